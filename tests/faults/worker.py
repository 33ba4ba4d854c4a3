"""The workers' Celery app, with the harm that the environment orders: `celery -A tests.faults.worker worker …`.

With HARM_QUEUE it rings only itself, so that an experiment decides which worker meets which conversation.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from config.celery import app  # noqa: E402 - the apps must be ready first
from tests.faults import harm  # noqa: E402

harm.inflict()
if queue := os.environ.get("HARM_QUEUE"):
    app.conf.task_routes = {}
    app.conf.task_default_queue = queue
