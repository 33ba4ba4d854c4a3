"""The Celery app. Tasks stand at the foot of the module whose verb they ring."""

import os

from celery import Celery

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("frontdesk")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks(["conversations"], related_name="turns")
app.autodiscover_tasks(["conversations"], related_name="warming")
app.autodiscover_tasks(["conversations"], related_name="delivery")
app.autodiscover_tasks(["conversations"], related_name="attachments")
app.autodiscover_tasks(["conversations"], related_name="sweeps")
app.autodiscover_tasks(["bots"], related_name="template_check")
app.autodiscover_tasks(["bots.staff"], related_name="sweeps")
app.autodiscover_tasks(["bookings"], related_name="sweeps")
app.autodiscover_tasks(["bookings"], related_name="calendar")
app.autodiscover_tasks(["bookings"], related_name="busy")
app.autodiscover_tasks(["payments"], related_name="sweeps")
