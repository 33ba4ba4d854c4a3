"""The actions: what may become of a reservation. Each is one transaction: lock, check, change, record, announce.

The table and the order of locks stand in `bookings.reservations.transitions`. Who comes second gets AlreadyDecided,
with who was first and when; what cannot be done now raises NotAllowed, a time that cannot be had NotFree; none of them
changes anything. Customers are told by `notifications`, unless they did it themselves in the chat, where the reply says
so. All times are aware.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from bookings.availability.wording import at_day
from bookings.models import Reservation
from bookings.reservations import notifications
from bookings.reservations.allocation import is_late
from bookings.reservations.confirmation import confirm, supersede, withdraw
from bookings.reservations.reminders import planning as reminder_planning
from bookings.reservations.reschedule import ask
from bookings.reservations.transitions import (
    RESERVATION,
    Family,
    ends_at,
    lock_conversation,
    lock_family,
    lock_for_allocation,
    starts_at,
)
from bots.db import clock
from bots.db.transactions import atomic_with_retry
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from conversations import takeover
from conversations.models import Conversation

Status = Reservation.Status


@atomic_with_retry
def request(draft_id: int, *, by: Actor, now: datetime | None = None) -> Reservation:
    """Turn a draft into a request (pending) or, where nobody has to agree, into a visit (confirmed).

    A draft whose `moves` is set asks to move that visit, with the rules of `move`. Locks conversation, resources,
    reservations. Raises NotFree with the nearest times, AlreadyDecided if it is no draft any more, NotAllowed if
    something is still missing.
    """
    now = now or clock.now()
    resources, family = lock_for_allocation(draft_id)
    row = family.row
    RESERVATION.must_be(row, "request")
    if row.service is None or row.people is None or row.day is None or row.start_time is None:
        raise NotAllowed(_("Service, number of people, day and time must be known first."))
    start = datetime.combine(row.day, row.start_time, tzinfo=row.business.zone)
    ask(row, start, resources=resources, before=family.before, beside=family.beside, by=by, now=now, name="request")
    if not by.is_customer:
        notifications.confirmed(row)
    return row


@atomic_with_retry
def approve(reservation_id: int, *, by: Actor, now: datetime | None = None) -> Reservation:
    """Confirm a request; a visit that it moves gives up its place. The customer is told and will be reminded.

    From pending. Locks conversation and reservations. Raises AlreadyDecided; NotAllowed when the visit's time is past
    or the time to decide has run out.
    """
    now = now or clock.now()
    family = _for_staff(reservation_id, by, "approve")
    row = family.row
    if starts_at(row) <= now:
        raise NotAllowed(_("The visit would have begun: %(when)s.") % {"when": at_day(starts_at(row))})
    if row.hold_until is not None and row.hold_until <= now:
        ran_out = row.hold_until.astimezone(row.business.zone)
        raise NotAllowed(
            _("The time to decide ran out: %(when)s. The place is free again.") % {"when": at_day(ran_out)}
        )
    supersede(family.before, by)
    withdraw(family.after, by)
    confirm(row, "approve", by=by, now=now)
    if family.before:
        notifications.moved(row, family.before[-1])
    else:
        notifications.confirmed(row)
    return row


@atomic_with_retry
def reject(reservation_id: int, *, by: Actor, reason: str = "", now: datetime | None = None) -> Reservation:
    """Decline a request; a visit that it would have moved stays. The customer hears the reason and other times.

    From pending. Locks conversation and reservations. Raises AlreadyDecided.
    """
    now = now or clock.now()
    family = _for_staff(reservation_id, by, "reject")
    withdraw(family.after, by)
    RESERVATION.change(family.row, "reject", by=by, reason=reason, hold_until=None)
    notifications.rejected(family.row, family.before, reason, now=now)
    return family.row


@atomic_with_retry
def cancel(reservation_id: int, *, by: Actor, reason: str = "", now: datetime | None = None) -> Reservation:
    """Free the place. A customer who turns down a held time cancels that one, and the visit itself stays.

    When a customer comes too late (`free_cancellation_hours`), nothing is cancelled: the wish is written down, the
    conversation is put before staff, and what is returned is still confirmed. From held, pending and confirmed. Locks
    conversation and reservations. Raises AlreadyDecided; NotAllowed when the visit is over.
    """
    now = now or clock.now()
    lock_conversation(reservation_id)
    family = lock_family(reservation_id)
    row = family.row
    RESERVATION.must_be(row, "cancel")
    if ends_at(row) <= now:
        raise NotAllowed(_("The visit is over since %(when)s.") % {"when": at_day(ends_at(row))})
    if by.is_customer and row.status == Status.CONFIRMED and is_late(row, now):
        RESERVATION.note(row, "ask_to_cancel", row.status, by, reason)
        takeover.raise_attention(row.conversation_id, Conversation.Attention.WAITING)
        return row
    was_offer = row.status == Status.HELD
    withdraw(family.after, by)
    RESERVATION.change(row, "cancel", by=by, reason=reason, hold_until=None)
    reminder_planning.drop(row)
    if not by.is_customer:
        notifications.cancelled(row, family.before, reason, now=now)
    elif was_offer:
        takeover.raise_attention(row.conversation_id, Conversation.Attention.WAITING)
    return row


@atomic_with_retry
def no_show(reservation_id: int, *, by: Actor, now: datetime | None = None) -> Reservation:
    """Note that nobody came. From confirmed, once it has begun. Says nothing. Raises AlreadyDecided, NotAllowed."""
    now = now or clock.now()
    row = _for_staff(reservation_id, by, "no_show").row
    if starts_at(row) > now:
        raise NotAllowed(_("The visit only begins: %(when)s.") % {"when": at_day(starts_at(row))})
    RESERVATION.change(row, "no_show", by=by)
    return row


def _for_staff(reservation_id: int, by: Actor, name: str) -> Family:
    """Return the reservation, locked. Raises AlreadyDecided; NotAllowed for a customer."""
    if by.is_customer:
        raise NotAllowed(_("Only staff decide this."))
    lock_conversation(reservation_id)
    family = lock_family(reservation_id)
    RESERVATION.must_be(family.row, name)
    return family
