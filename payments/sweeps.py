"""The clock's doorbells (config/schedule.py): they ring for what is due and was not rung for."""

from celery import shared_task

from bots import bell
from payments import checkout, claims, events, refunding


def drain() -> int:
    """Do all of it that is due now, in this process; returns how much was done."""
    done = sum(events.handle(row_id) for row_id in events.due())
    done += sum(checkout.see_to(row_id) for row_id in claims.due())
    return done + sum(refunding.see_to(row_id) for row_id in claims.due_refunds())


@shared_task(name="sweeps.payments")
def payments_task() -> None:
    for row_id in events.due():
        bell.ring_now(events.TASK, row_id)
    for row_id in claims.due():
        bell.ring_now(checkout.TASK, row_id)
    for row_id in claims.due_refunds():
        bell.ring_now(refunding.TASK, row_id)


@shared_task(name="sweeps.old_payment_events")
def old_payment_events_task() -> None:
    events.forget_old()
