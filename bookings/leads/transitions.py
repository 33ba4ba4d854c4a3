"""What may become of an enquiry: the table of its transitions, and the order of locks.

Locks are taken in this order (with those of `bookings.reservations.transitions` inside it), so that no two actions wait
for each other:

1. the conversation's row, or without one the enquiry's own (`lock_lead`);
2. resources and reservations, as `bookings.reservations.transitions` says, in actions that hold, book or free a time;
3. the enquiry's deposit (`payments.transitions`, whose own first lock is step 1).
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from bookings.models.leads import Lead, LeadReminder, LeadSettings
from bots.db import clock
from bots.models import Bot, Decision
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from bots.staff.transitions import Transition, Transitions
from conversations import outbox
from conversations.models import Message

Status = Lead.Status


class LeadTransitions(Transitions):
    stamps: ClassVar[Mapping[str, Any]] = {"updated_at": Now()}

    def columns(self, to: str, *, reason: str, now: datetime | None) -> dict[str, Any]:
        at = now or clock.now()
        told = {"reason": reason} if reason else {}
        return super().columns(to, reason=reason, now=now) | {"status_at": at, "updated_at": at} | told

    def note(self, row: Lead, name: str, before: str, by: Actor, reason: str = "") -> Decision:
        """Record it. Reminders that were not sent yet are not needed any more."""
        _drop_reminders(row)
        return super().note(row, name, before, by, reason)


_TABLE: dict[str, Transition] = {
    "start": Transition((Status.DRAFT,)),
    "answer": Transition((Status.DRAFT,)),
    "add_photos": Transition(Lead.ACTIVE),
    "submit": Transition((Status.DRAFT,), (Status.PENDING_APPROVAL,)),
    "approve": Transition((Status.PENDING_APPROVAL,), (Status.APPROVED,)),
    "reject": Transition((Status.PENDING_APPROVAL, Status.APPROVED), (Status.REJECTED,)),
    "request_deposit": Transition((Status.APPROVED, Status.EXPIRED), (Status.DEPOSIT_REQUESTED,)),
    "deposit_paid": Transition((Status.DEPOSIT_REQUESTED,), (Status.DEPOSIT_PAID,)),
    "deposit_failed": Transition((Status.DEPOSIT_REQUESTED,), (Status.APPROVED,)),
    "deposit_expired": Transition((Status.DEPOSIT_REQUESTED,), (Status.EXPIRED,), verb="expire"),
    "take_back_deposit": Transition((Status.DEPOSIT_REQUESTED,), (Status.APPROVED,)),
    "accept_late_payment": Transition((Status.APPROVED, Status.EXPIRED, Status.WITHDRAWN), (Status.DEPOSIT_PAID,)),
    "deposit_refunded": Transition((Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT), (Status.WITHDRAWN,)),
    "send_booking_link": Transition((Status.APPROVED, Status.DEPOSIT_PAID), (Status.BOOKING_LINK_SENT,)),
    "book": Transition((Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT), (Status.BOOKED,)),
    "mark_booked": Transition((Status.APPROVED, Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT), (Status.BOOKED,)),
    "withdraw": Transition(Lead.ACTIVE, (Status.WITHDRAWN,)),
    "expire": Transition((Status.DRAFT,), (Status.EXPIRED,)),
}
# What staff may take back; `leads.actions.undo` says until when, and leads back to where it came from.
UNDOABLE = ("approve", "reject", "request_deposit", "send_booking_link", "mark_booked", "withdraw")
_UNDO = Transition(tuple(to for name in UNDOABLE for to in _TABLE[name].to))

LEAD = LeadTransitions("lead", {**_TABLE, "undo": _UNDO}, words=dict(Status.choices))


def settings_of(bot: Bot) -> LeadSettings:
    """Return the bot's settings of enquiries, or the defaults; one query, unless they came with the bot."""
    try:
        return bot.lead_settings
    except LeadSettings.DoesNotExist:
        return LeadSettings(bot=bot)


def lock_lead(lead_id: int) -> Lead:
    """Step 1: lock the conversation's row and return the enquiry as it is now. Raises Lead.DoesNotExist."""
    conversation_id = Lead.objects.values_list("conversation_id", flat=True).get(pk=lead_id)
    if conversation_id is not None:
        outbox.lock(conversation_id)
    else:
        Lead.objects.select_for_update(of=("self",)).get(pk=lead_id)
    related = Lead.objects.select_related(
        "business", "bot", "contact", "conversation__account", "service", "reservation"
    )
    return related.get(pk=lead_id)


def lock_for_staff(lead_id: int, by: Actor) -> Lead:
    """Do the same for what only staff decide. Raises NotAllowed for a customer."""
    if by.is_customer:
        raise NotAllowed(_("Only staff decide this."))
    return lock_lead(lead_id)


def last_move(lead: Lead) -> Decision | None:
    """Return what brought the enquiry where it is; one query."""
    decisions = Decision.objects.filter(subject="lead", subject_id=lead.pk).exclude(from_status=F("to_status"))
    return decisions.order_by("-id").first()


def _drop_reminders(lead: Lead) -> None:
    """What was queued to remind of the status before is not said any more."""
    keys = [f"lead:{lead.pk}:reminder:{row.step}:{row.hours_after}" for row in LeadReminder.objects.filter(lead=lead)]
    waiting = Message.objects.filter(dedupe_key__in=keys, status__in=[Message.Status.QUEUED, Message.Status.HELD])
    waiting.update(status=Message.Status.CANCELLED, status_at=Now())
