"""Beat: django-celery-beat's, which waits for no clock that was set back and fills no broker of absent workers."""

import logging
import time
from datetime import datetime
from typing import Any

from celery.beat import ScheduleEntry
from django_celery_beat.schedulers import DatabaseScheduler, ModelEntry
from redis.exceptions import RedisError

from bots import wakeups
from bots.registry import brought

logger = logging.getLogger(__name__)

FULL = 200  # messages waiting in a queue, above which the frequent jobs are not enqueued: what waits will find all work
FREQUENT = 60  # seconds; a rarer job is enqueued in any case, as the next time may be tomorrow


class Entry(ModelEntry):
    """A job, whose last run may have been noted by a clock that was ahead of this one."""

    def is_due(self) -> Any:
        """Return whether to enqueue, and when to look again. A last run in the future counts as now."""
        now: datetime = self._default_now()  # type: ignore[no-untyped-call]
        self.last_run_at: datetime = min(self.last_run_at, now)
        return super().is_due()  # type: ignore[no-untyped-call]


class Scheduler(DatabaseScheduler):
    """Rings for the periodic jobs. `expires` would be judged by the worker's clock, and is left out for that."""

    Entry = Entry
    _ahead = float("-inf")  # by how much this machine's clock is ahead of its monotonic one

    def setup_schedule(self) -> None:
        """The jobs that the apps bring."""
        jobs = brought("jobs")
        self.app.conf.beat_schedule = {job.name: {"task": job.task, "schedule": job.every_seconds} for job in jobs}
        super().setup_schedule()  # type: ignore[no-untyped-call]

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        """Enqueue what is due. When the clock was set back, all jobs are put in order anew."""
        ahead = time.time() - time.monotonic()  # noqa: TID251 - beat keeps its rounds by this machine's clock
        if ahead < self._ahead - 1:
            self._heap_invalidated = True
        self._ahead = ahead
        return super().tick(*args, **kwargs)

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        """Enqueue one job, unless its queue is full of wake-ups that nobody has taken."""
        task = str(entry.task)
        if _is_frequent(task) and _is_full(task):
            logger.warning("workers do not take what was enqueued", extra={"job": entry.task})
            return
        super().apply_entry(entry, producer)


def _is_frequent(task: str) -> bool:
    return any(job.task == task and job.every_seconds <= FREQUENT for job in brought("jobs"))


def _is_full(task: str) -> bool:
    try:
        return wakeups.waiting(task) >= FULL
    except (RedisError, OSError):
        return False  # Celery will say what is wrong
