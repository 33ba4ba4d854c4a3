"""The Celery app. Its tasks are what the apps bring (`bots.registry`)."""

import logging
import os
import time
from collections.abc import Callable
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured

from bots.registry import brought
from config.start import refuse_without_a_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

logger = logging.getLogger(__name__)

app = Celery("frontdesk")
app.config_from_object("django.conf:settings", namespace="CELERY")


@app.on_after_finalize.connect
def register_tasks(**_: object) -> None:
    """Register every task that an app brings, when somebody first asks which tasks there are."""
    for name, run in brought("tasks"):
        _register(name, run)
    for job in brought("jobs"):
        _register(job.task, job.run)


def _register(name: str, run: Callable[..., Any]) -> None:
    def work(*row_id: int) -> None:
        run(*row_id)

    app.task(name=name)(work)


@worker_init.connect
def refuse_to_start(**_: object) -> None:
    """Celery swallows every exception of a receiver but this one."""
    try:
        refuse_without_a_key()
    except ImproperlyConfigured as error:
        raise SystemExit(str(error)) from None


@worker_init.connect
def warm_up(sender: Any, **_: object) -> None:
    """Load what the first customer after a start would else wait for, as far as this worker's queues need it."""
    for queue, load in brought("warm_ups"):
        if queue in sender.app.amqp.queues.consume_from:
            began = time.monotonic()
            load()
            logger.info("warmed up", extra={"queue": queue, "seconds": round(time.monotonic() - began, 1)})
