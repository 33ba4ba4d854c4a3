"""The Celery app. Its tasks are what the apps bring (`bots.registry`)."""

import os
from collections.abc import Callable
from typing import Any

from celery import Celery
from celery.signals import worker_init
from django.core.exceptions import ImproperlyConfigured

from bots.registry import brought
from config.start import refuse_without_a_key

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

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
