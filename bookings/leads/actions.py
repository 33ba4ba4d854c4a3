"""The actions: what may become of an enquiry. Each is one transaction: lock, check, change, record, announce.

The table and the order of locks stand in `bookings.leads.transitions`. Who comes second gets AlreadyDecided, with who
was first and when; what cannot be done now raises NotAllowed, a time that cannot be had NotFree; none of them
changes anything. Customers are told by `notifications`, unless they did it themselves in the chat, where the reply says
so. Money is in minor units, all times are aware.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from bookings.leads import notifications, questions
from bookings.leads.choices import can_be_undone
from bookings.leads.deposits import request_deposit, take_back_deposit
from bookings.leads.transitions import LEAD, last_move, lock_for_staff, lock_lead, settings_of
from bookings.models import BookingLink, Lead
from bots.db import clock
from bots.db.transactions import atomic_with_retry
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed

Status = Lead.Status

send_deposit = request_deposit  # what staff and the API call it


@atomic_with_retry
def submit(lead_id: int, *, by: Actor, now: datetime | None = None) -> Lead:
    """Put a draft before the studio. From draft. Managers are told.

    Locks the conversation. Raises AlreadyDecided; NotAllowed while something that must be answered is not.
    """
    lead = lock_lead(lead_id)
    LEAD.must_be(lead, "submit")
    if missing := questions.missing(lead):
        raise NotAllowed(_("Still missing: %(names)s.") % {"names": ", ".join(missing)})
    now = now or clock.now()
    settings = settings_of(lead.bot)
    LEAD.change(
        lead,
        "submit",
        by=by,
        now=now,
        submitted_at=now,
        asking=None,
        deposit_amount=settings.deposit_amount,
        service=lead.service or settings.service,
    )
    if not by.is_customer:
        notifications.submitted(lead)
    return lead


@atomic_with_retry
def approve(lead_id: int, *, by: Actor, now: datetime | None = None) -> Lead:
    """The studio takes it on. From pending approval. The customer is told what comes next.

    Locks the conversation. Raises AlreadyDecided, NotAllowed.
    """
    lead = lock_for_staff(lead_id, by)
    LEAD.change(lead, "approve", by=by, now=now)
    notifications.approved(lead)
    return lead


@atomic_with_retry
def approve_and_ask(lead_id: int, *, by: Actor, now: datetime | None = None) -> Lead:
    """Take it on and ask for the deposit in one step. From pending approval. Locks, raises: as both do."""
    approve(lead_id, by=by, now=now)
    return request_deposit(lead_id, by=by, now=now)


@atomic_with_retry
def reject(lead_id: int, *, by: Actor, reason: str = "", now: datetime | None = None) -> Lead:
    """Return the studio declines it; the customer hears the reason. From pending approval and approved.

    Locks the conversation. Raises AlreadyDecided, NotAllowed.
    """
    lead = lock_for_staff(lead_id, by)
    LEAD.change(lead, "reject", by=by, reason=reason, now=now)
    notifications.rejected(lead, reason)
    return lead


@atomic_with_retry
def withdraw(lead_id: int, *, by: Actor, reason: str = "", now: datetime | None = None) -> Lead:
    """Let an enquiry go. From every status in which something is still to happen.

    An open deposit is taken back and a time held for it freed. Once a deposit is paid only staff may: it is about
    money. Locks conversation, deposit, reservations. Raises AlreadyDecided, NotAllowed.
    """
    lead = lock_lead(lead_id)
    LEAD.must_be(lead, "withdraw")
    if by.is_customer and lead.status in (Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT):
        raise NotAllowed(_("The deposit is paid, so only the team can close this enquiry."))
    was_draft = lead.status == Status.DRAFT
    take_back_deposit(lead, by=by, now=now)
    LEAD.change(lead, "withdraw", by=by, reason=reason, now=now, asking=None)
    if not by.is_customer and not was_draft:
        notifications.withdrawn(lead, reason)
    return lead


@atomic_with_retry
def expire(lead_id: int, *, now: datetime | None = None) -> Lead:
    """A draft that nobody goes on with is put away; nothing is said. From draft only.

    A deposit that was not paid ends its enquiry by itself (`deposits`). Locks the conversation. Raises
    AlreadyDecided; NotAllowed while it is not old enough.
    """
    lead = lock_lead(lead_id)
    LEAD.must_be(lead, "expire")
    now = now or clock.now()
    if lead.touched_at > now - timedelta(days=settings_of(lead.bot).draft_days):
        raise NotAllowed(_("The customer has gone on with it meanwhile."))
    LEAD.change(lead, "expire", by=Actor.clock(), now=now, asking=None)
    return lead


@atomic_with_retry
def undo(lead_id: int, *, by: Actor, now: datetime | None = None) -> Lead:
    """Take back the last move, where that is safe; the customer is told unless they had not heard of it yet.

    Approving, asking for a deposit that is not paid and sending a link: as long as the enquiry stands there. Declining,
    withdrawing and marking as booked: for ten minutes. Locks deposit, conversation, reservations. Raises NotAllowed.
    """
    now = now or clock.now()
    lead = lock_for_staff(lead_id, by)
    last = last_move(lead)
    if last is None or not can_be_undone(lead, last, now):
        raise NotAllowed(_("This cannot be taken back any more."))
    if lead.status == Status.BOOKING_LINK_SENT:
        BookingLink.objects.filter(lead=lead, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    unheard = notifications.take_back(lead)
    if lead.status == Status.DEPOSIT_REQUESTED:
        take_back_deposit(lead, by=by, name="undo", now=now)
        if not unheard:
            notifications.undone(lead)
        return lead
    fields: dict[str, Any] = {"reservation": None} if lead.status == Status.BOOKED else {}
    LEAD.change(lead, "undo", by=by, to=last.from_status, now=now, **fields)
    if not unheard:
        notifications.undone(lead)
    return lead
