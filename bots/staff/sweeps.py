"""Wakes up the workers for what managers were not told, and for what they wrote or pressed."""

from bots import wakeups
from bots.staff.notifications import delivery as notification_delivery
from bots.staff.telegram import updates


def wake_up() -> None:
    """For all of it that is due."""
    notification_delivery.enqueue_due()
    for row_id in updates.due():
        wakeups.enqueue(updates.TASK, row_id)


def drain() -> int:
    """Do all of it that is due now, in this process; returns how much was done."""
    done = sum(updates.handle(row_id) for row_id in updates.due())
    return done + notification_delivery.take_back() + notification_delivery.deliver_due()
