"""What every verb upon enquiries shares: the table of allowed moves, the order of locks, the record of what was done.

Locks are taken in this order (with those of `bookings.verbs` inside it), so that no two verbs wait for each other:

1. the conversation's row, or without one the enquiry's own (`lock_lead`);
2. resources and reservations, as `bookings.verbs` says, in verbs that hold, book or free a time;
3. the enquiry's deposit (`payments.ledger`, whose own first lock is step 1).

Each move is one UPDATE that holds only from the status that was looked at, so that a forgotten lock does no harm.
"""

from collections.abc import Collection
from datetime import datetime
from typing import Any, NamedTuple

from django.db.models import F
from django.db.models.functions import Now

from bookings.lead_tables import Lead, LeadReminder, LeadSettings
from bots.db import clock
from bots.models import Bot, Decision
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, already
from bots.staff.records import record
from bots.transactions import verb
from conversations import outbox
from conversations.models import Message

__all__ = [
    "EDGES",
    "UNDOABLE",
    "Edge",
    "change",
    "last_move",
    "lock_lead",
    "move",
    "must_be",
    "note",
    "settings_of",
    "verb",
]

Status = Lead.Status


class Edge(NamedTuple):
    """From one of these statuses to that one."""

    start: tuple[str, ...]
    to: str


EDGES: dict[str, Edge] = {
    "submit": Edge((Status.DRAFT,), Status.PENDING_APPROVAL),
    "approve": Edge((Status.PENDING_APPROVAL,), Status.APPROVED),
    "reject": Edge((Status.PENDING_APPROVAL, Status.APPROVED), Status.REJECTED),
    "request_deposit": Edge((Status.APPROVED, Status.EXPIRED), Status.DEPOSIT_REQUESTED),
    "deposit_paid": Edge((Status.DEPOSIT_REQUESTED,), Status.DEPOSIT_PAID),
    "deposit_failed": Edge((Status.DEPOSIT_REQUESTED,), Status.APPROVED),
    "take_back_deposit": Edge((Status.DEPOSIT_REQUESTED,), Status.APPROVED),
    "accept_late_payment": Edge((Status.APPROVED, Status.EXPIRED, Status.WITHDRAWN), Status.DEPOSIT_PAID),
    "deposit_refunded": Edge((Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT), Status.WITHDRAWN),
    "send_booking_link": Edge((Status.APPROVED, Status.DEPOSIT_PAID), Status.BOOKING_LINK_SENT),
    "book": Edge((Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT), Status.BOOKED),
    "mark_booked": Edge((Status.APPROVED, Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT), Status.BOOKED),
    "withdraw": Edge(Lead.ACTIVE, Status.WITHDRAWN),
    "expire": Edge((Status.DRAFT, Status.DEPOSIT_REQUESTED), Status.EXPIRED),
}

# Moves that staff may take back, and the statuses they lead to; `leads.undo` says until when.
UNDOABLE: dict[str, str] = {
    name: EDGES[name].to
    for name in ("approve", "reject", "request_deposit", "send_booking_link", "mark_booked", "withdraw")
}


def settings_of(bot: Bot) -> LeadSettings:
    """The bot's settings of enquiries, or the defaults; one query, unless they came with the bot."""
    try:
        return bot.lead_settings
    except LeadSettings.DoesNotExist:
        return LeadSettings(bot=bot)


def lock_lead(lead_id: int) -> Lead:
    """Step 1: the conversation's row, then the enquiry as it is now. Raises Lead.DoesNotExist for an unknown id."""
    conversation_id = Lead.objects.values_list("conversation_id", flat=True).get(pk=lead_id)
    if conversation_id is not None:
        outbox.lock(conversation_id)
    else:
        Lead.objects.select_for_update(of=("self",)).get(pk=lead_id)
    related = Lead.objects.select_related(
        "business", "bot", "contact", "conversation__account", "service", "reservation"
    )
    return related.get(pk=lead_id)


def must_be(lead: Lead, statuses: Collection[str]) -> None:
    """Raises AlreadyDecided, with who and when, if someone was first."""
    if lead.status not in statuses:
        raise _already(lead)


def move(
    lead: Lead,
    name: str,
    *,
    by: Actor,
    reason: str = "",
    to: str | None = None,
    now: datetime | None = None,
    **fields: Any,
) -> Decision:
    """Move the enquiry along one edge, from the status it was read in: one conditional UPDATE. Records who did it.

    `to` is for `undo` only, which goes an edge backwards. Reminders that were not sent yet are not needed any more.
    Raises AlreadyDecided, with who and when, if the edge does not begin here or someone moved it meanwhile.
    """
    before = lead.status
    if to is None:
        must_be(lead, EDGES[name].start)
        to = EDGES[name].to
    now = now or clock.now()
    if reason:
        fields["reason"] = reason
    changed = Lead.objects.filter(pk=lead.pk, status=before).update(
        status=to, status_at=now, version=F("version") + 1, updated_at=now, **fields
    )
    if not changed:
        raise _already(lead)
    _take_in(lead, {"status": to, "status_at": now, **fields})
    _drop_reminders(lead)
    return note(lead, name, before, by, reason)


def change(lead: Lead, **fields: Any) -> None:
    """Write fields of an enquiry that stays where it is, if it still does. Raises AlreadyDecided otherwise."""
    changed = Lead.objects.filter(pk=lead.pk, status=lead.status).update(
        version=F("version") + 1, updated_at=Now(), **fields
    )
    if not changed:
        raise _already(lead)
    _take_in(lead, fields)


def last_move(lead: Lead) -> Decision | None:
    """What brought the enquiry where it is; one query."""
    decisions = Decision.objects.filter(subject="lead", subject_id=lead.pk).exclude(from_status=F("to_status"))
    return decisions.order_by("-id").first()


def note(lead: Lead, name: str, before: str, by: Actor, reason: str = "") -> Decision:
    return record(
        business_id=lead.business_id,
        subject="lead",
        subject_id=lead.pk,
        verb=name,
        from_status=before,
        to_status=lead.status,
        by=by,
        reason=reason,
    )


def _take_in(lead: Lead, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(lead, name, value)
    lead.version = Lead.objects.values_list("version", flat=True).get(pk=lead.pk)


def _already(lead: Lead) -> AlreadyDecided:
    status = Lead.objects.values_list("status", flat=True).get(pk=lead.pk)
    return already("lead", lead.pk, status, str(Status(status).label))


def _drop_reminders(lead: Lead) -> None:
    """What was queued to remind of the status before is not said any more."""
    keys = [f"lead:{lead.pk}:reminder:{row.step}:{row.hours_after}" for row in LeadReminder.objects.filter(lead=lead)]
    waiting = Message.objects.filter(dedupe_key__in=keys, status__in=[Message.Status.QUEUED, Message.Status.HELD])
    waiting.update(status=Message.Status.CANCELLED, status_at=Now())
