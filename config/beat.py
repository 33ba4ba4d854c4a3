"""Beat: django-celery-beat's, which waits for no clock that was set back and fills no broker of absent workers."""

import logging
import time
from datetime import datetime
from typing import Any

from celery.beat import ScheduleEntry
from django_celery_beat.schedulers import DatabaseScheduler, ModelEntry
from redis.exceptions import RedisError

from bots import bell
from config.schedule import SCHEDULE

logger = logging.getLogger(__name__)

FULL = 200  # messages waiting in a queue, above which the frequent jobs are not rung for: what waits will find all work
EVERY = {job.task: job.every_seconds for job in SCHEDULE}
FREQUENT = 60  # seconds; a rarer job is rung for in any case, as the next time may be tomorrow


class Entry(ModelEntry):
    """A job, whose last run may have been noted by a clock that was ahead of this one."""

    def is_due(self) -> Any:
        """Whether to ring, and when to look again. A last run in the future counts as now, else it were waited for."""
        self.last_run_at: datetime = min(self.last_run_at, self._default_now())
        return super().is_due()


class Scheduler(DatabaseScheduler):
    """Rings for the periodic jobs. `expires` would be judged by the worker's clock, and is left out for that."""

    Entry = Entry
    _ahead = float("-inf")  # by how much this machine's clock is ahead of its monotonic one

    def tick(self, *args: Any, **kwargs: Any) -> Any:
        """Ring for what is due. When the clock was set back, all jobs are put in order anew."""
        ahead = time.time() - time.monotonic()  # noqa: TID251 - beat keeps its rounds by this machine's clock
        if ahead < self._ahead - 1:
            self._heap_invalidated = True
        self._ahead = ahead
        return super().tick(*args, **kwargs)

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        """Ring for one job, unless its queue is full of rings that nobody has taken."""
        if EVERY.get(entry.task, FREQUENT + 1) <= FREQUENT and _is_full(entry.task):
            logger.warning("workers do not take what was rung for", extra={"job": entry.task})
            return
        super().apply_entry(entry, producer)


def _is_full(task: str) -> bool:
    try:
        return bell.waiting(task) >= FULL
    except (RedisError, OSError):
        return False  # Celery will say what is wrong
