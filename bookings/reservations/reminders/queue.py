"""Says the reminders of visits whose time has come (`reminders` has planned them)."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from bookings.models import Reminder, Reservation
from bookings.reservations import notifications
from bookings.reservations.transitions import lock_conversation
from bots.db import clock
from conversations import reminders
from conversations.reminders import ReminderText

Status = Reminder.Status


class OfVisits:
    """What was planned, if the visit still stands as it did then."""

    subject = "reminder"

    def due(self, now: datetime) -> QuerySet[Reminder]:
        return Reminder.objects.filter(status=Status.SCHEDULED, fire_at__lte=now).order_by("fire_at")

    def locked(self, found: Reminder, now: datetime) -> Reminder | None:
        """Claim the reminder and look at the visit again. What is not needed any more, or comes too late, is closed.

        The conversation first, as everywhere: whoever cancels the visit at this moment holds it, and is waited for.
        """
        lock_conversation(found.reservation_id)
        claimed = Reminder.objects.select_for_update(skip_locked=True).filter(pk=found.pk, status=Status.SCHEDULED)
        reminder = claimed.first()
        if reminder is None:
            return None
        related = Reservation.objects.select_related("business", "service", "conversation", "contact")
        reservation = reminder.reservation = related.get(pk=found.reservation_id)
        is_current = (
            reservation.status == Reservation.Status.CONFIRMED
            and reservation.version == reminder.reservation_version
            and reservation.conversation_id is not None
        )
        if is_current and now < reminder.expires_at:
            return reminder
        _close(reminder, Status.LATE if is_current else Status.DROPPED)
        return None

    def zone(self, row: Reminder) -> ZoneInfo:
        return row.reservation.business.zone

    def said(self, row: Reminder, now: datetime) -> ReminderText:
        return notifications.reminder(row.reservation, row)

    def mark(self, row: Reminder, now: datetime) -> bool:
        _close(row, Status.SENT)
        return True


def _close(reminder: Reminder, status: str) -> None:
    reminder.status, reminder.status_at = status, clock.now()
    reminder.save(update_fields=["status", "status_at"])


def queue_due(now: datetime | None = None) -> int:
    """Queue the reminders whose time has come. Returns how many were queued."""
    return reminders.queue_due(OfVisits(), now)
