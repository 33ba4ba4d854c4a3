"""Wakes up the workers for what is due at the payment providers and was not enqueued."""

from bots import wakeups
from payments import checkout, claims, events, refund_sync


def drain() -> int:
    """Do all of it that is due now, in this process; returns how much was done."""
    done = sum(events.handle(row_id) for row_id in events.due())
    done += sum(checkout.see_to(row_id) for row_id in claims.due())
    return done + sum(refund_sync.see_to(row_id) for row_id in claims.due_refunds())


def wake_up() -> None:
    """For all of it that is due."""
    for row_id in events.due():
        wakeups.enqueue_now(events.TASK, row_id)
    for row_id in claims.due():
        wakeups.enqueue_now(checkout.TASK, row_id)
    for row_id in claims.due_refunds():
        wakeups.enqueue_now(refund_sync.TASK, row_id)
