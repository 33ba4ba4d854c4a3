"""The clock's doorbells (config/schedule.py): each calls one verb, and may ring twice, late or never."""

from celery import shared_task

from bookings import lead_reminders
from bookings.holds import expire_holds
from bookings.reminders import queue_due, replan


@shared_task(name="sweeps.holds")
def holds() -> None:
    expire_holds()


@shared_task(name="sweeps.reminders")
def reminders() -> None:
    queue_due()


@shared_task(name="sweeps.replan_reminders")
def replan_reminders() -> None:
    replan()


@shared_task(name="sweeps.lead_reminders")
def lead_reminders_task() -> None:
    lead_reminders.queue_due()
    lead_reminders.put_away()
