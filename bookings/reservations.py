"""The verbs: what may become of a reservation. Each is one transaction: lock, check, change, record, announce.

The order of locks stands in `bookings.verbs`. Who comes second gets AlreadyDecided, with who was first and when; what
cannot be done now raises NotAllowed, a time that cannot be had NotFree; none of them changes anything. Customers are
told by `news`, unless they did it themselves in the chat, where the reply says so. All times are aware.
"""

from datetime import datetime

from django.utils.translation import gettext as _

from bookings import news, reminders
from bookings.drafts import draft, drop, fill, start_draft
from bookings.holds import expire_holds
from bookings.models import Reservation
from bookings.moves import ask, make_way, move, offer_other_time, settle, take, withdraw
from bookings.placing import NotFree, is_late, price_for
from bookings.refusals import at_day
from bookings.verbs import (
    Family,
    change,
    ends_at,
    lock_conversation,
    lock_family,
    lock_for_place,
    must_be,
    note,
    starts_at,
    verb,
)
from bots.db import clock
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed
from conversations import takeover
from conversations.models import Conversation

__all__ = [
    "AlreadyDecided", "NotAllowed", "NotFree", "approve", "cancel", "draft", "drop", "expire_holds", "fill", "move",
    "no_show", "offer_other_time", "price_for", "reject", "request", "start_draft", "take",
]  # fmt: skip

Status = Reservation.Status


@verb
def request(draft_id: int, *, by: Actor, now: datetime | None = None) -> Reservation:
    """Turn a draft into a request (pending) or, where nobody has to agree, into a visit (confirmed).

    A draft whose `moves` is set asks to move that visit, with the rules of `move`. Locks conversation, resources,
    reservations. Raises NotFree with the nearest times, AlreadyDecided if it is no draft any more, NotAllowed if
    something is still missing.
    """
    now = now or clock.now()
    resources, family = lock_for_place(draft_id)
    row = family.row
    must_be(row, [Status.DRAFT])
    if row.service is None or row.people is None or row.day is None or row.start_time is None:
        raise NotAllowed(_("Service, number of people, day and time must be known first."))
    start = datetime.combine(row.day, row.start_time, tzinfo=row.business.zone)
    ask(row, start, resources=resources, before=family.before, beside=family.beside, by=by, now=now, verb="request")
    if not by.is_customer:
        news.confirmed(row)
    return row


@verb
def approve(reservation_id: int, *, by: Actor, now: datetime | None = None) -> Reservation:
    """Confirm a request; a visit that it moves gives up its place. The customer is told and will be reminded.

    From pending. Locks conversation and reservations. Raises AlreadyDecided; NotAllowed when the visit's time is past
    or the time to decide has run out.
    """
    now = now or clock.now()
    family = _for_staff(reservation_id, by, [Status.PENDING])
    row = family.row
    if starts_at(row) <= now:
        raise NotAllowed(_("The visit would have begun: %(when)s.") % {"when": at_day(starts_at(row))})
    if row.hold_until is not None and row.hold_until <= now:
        ran_out = row.hold_until.astimezone(row.business.zone)
        raise NotAllowed(
            _("The time to decide ran out: %(when)s. The place is free again.") % {"when": at_day(ran_out)}
        )
    make_way(family.before, by)
    withdraw(family.after, by)
    settle(row, verb="approve", by=by, now=now)
    if family.before:
        news.moved(row, family.before[-1])
    else:
        news.confirmed(row)
    return row


@verb
def reject(reservation_id: int, *, by: Actor, reason: str = "", now: datetime | None = None) -> Reservation:
    """Decline a request; a visit that it would have moved stays. The customer hears the reason and other times.

    From pending. Locks conversation and reservations. Raises AlreadyDecided.
    """
    now = now or clock.now()
    family = _for_staff(reservation_id, by, [Status.PENDING])
    withdraw(family.after, by)
    change(family.row, Status.REJECTED, verb="reject", by=by, reason=reason, hold_until=None)
    news.rejected(family.row, family.before, reason, now=now)
    return family.row


@verb
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
    must_be(row, Reservation.LIVE)
    if ends_at(row) <= now:
        raise NotAllowed(_("The visit is over since %(when)s.") % {"when": at_day(ends_at(row))})
    if by.is_customer and row.status == Status.CONFIRMED and is_late(row, now):
        note(row, "ask to cancel", row.status, row.status, by, reason)
        _show_staff(row)
        return row
    was_offer = row.status == Status.HELD
    withdraw(family.after, by)
    change(row, Status.CANCELLED, verb="cancel", by=by, reason=reason, hold_until=None)
    reminders.drop(row)
    if not by.is_customer:
        news.cancelled(row, family.before, reason, now=now)
    elif was_offer:
        _show_staff(row)
    return row


@verb
def no_show(reservation_id: int, *, by: Actor, now: datetime | None = None) -> Reservation:
    """Note that nobody came. From confirmed, once it has begun. Says nothing. Raises AlreadyDecided, NotAllowed."""
    now = now or clock.now()
    row = _for_staff(reservation_id, by, [Status.CONFIRMED]).row
    if starts_at(row) > now:
        raise NotAllowed(_("The visit only begins: %(when)s.") % {"when": at_day(starts_at(row))})
    change(row, Status.NO_SHOW, verb="no-show", by=by)
    return row


def _for_staff(reservation_id: int, by: Actor, statuses: list[Status]) -> Family:
    """The reservation, locked and in one of these statuses. Raises NotAllowed for a customer."""
    if by.is_customer:
        raise NotAllowed(_("Only staff decide this."))
    lock_conversation(reservation_id)
    family = lock_family(reservation_id)
    must_be(family.row, statuses)
    return family


def _show_staff(row: Reservation) -> None:
    if row.conversation_id is not None:
        takeover.raise_attention(row.conversation_id, Conversation.Attention.WAITING)
