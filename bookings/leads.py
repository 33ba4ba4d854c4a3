"""The verbs: what may become of an enquiry. Each is one transaction: lock, check, change, record, announce.

The allowed moves and the order of locks stand in `bookings.lead_moves`. Who comes second gets AlreadyDecided, with who
was first and when; what cannot be done now raises NotAllowed, a time that cannot be had NotFree; none of them changes
anything. Customers are told by `lead_news`, unless they did it themselves in the chat, where the reply says so. Money
is in minor units, all times are aware.
"""

from datetime import datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from bookings import consultation, lead_news
from bookings.lead_booking import book, find_link, make_link, mark_booked, send_booking_link, service_of
from bookings.lead_drafts import active, draft, gather_photos, note_answers, note_photos, start
from bookings.lead_moves import EDGES, UNDOABLE, last_move, lock_lead, move, must_be, settings_of, verb
from bookings.lead_paying import accept_late_payment, request_deposit, take_back_deposit
from bookings.models import BookingLink, Lead
from bookings.placing import NotFree
from bots.db import clock
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed

__all__ = [
    "EDGES", "UNDOABLE", "AlreadyDecided", "NotAllowed", "NotFree", "accept_late_payment", "active", "approve",
    "approve_and_ask", "book", "can_be_undone", "can_undo", "draft", "expire", "find_link", "gather_photos",
    "make_link", "mark_booked", "note_answers", "note_photos", "reject", "request_deposit", "send_booking_link",
    "send_deposit", "service_of", "settings_of", "start", "submit", "undo", "withdraw",
]  # fmt: skip

Status = Lead.Status

UNDO_FOR = timedelta(minutes=10)  # for what ends an enquiry; other moves can be taken back as long as it stays there
WHILE_IT_STANDS = (Status.APPROVED, Status.DEPOSIT_REQUESTED, Status.BOOKING_LINK_SENT)
GOES_BACK_TO = (Status.PENDING_APPROVAL, Status.APPROVED, Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT)

send_deposit = request_deposit  # what staff and the API call it


@verb
def submit(lead_id: int, *, by: Actor, now: datetime | None = None) -> Lead:
    """Put a draft before the studio. From draft. Managers are told.

    Locks the conversation. Raises AlreadyDecided; NotAllowed while something that must be answered is not.
    """
    lead = lock_lead(lead_id)
    must_be(lead, EDGES["submit"].start)
    if missing := consultation.missing(lead):
        raise NotAllowed(_("Still missing: %(names)s.") % {"names": ", ".join(missing)})
    now = now or clock.now()
    settings = settings_of(lead.bot)
    move(
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
        lead_news.submitted(lead)
    return lead


@verb
def approve(lead_id: int, *, by: Actor, now: datetime | None = None) -> Lead:
    """The studio takes it on. From pending approval. The customer is told what comes next.

    Locks the conversation. Raises AlreadyDecided, NotAllowed.
    """
    lead = _for_staff(lead_id, by)
    move(lead, "approve", by=by, now=now)
    lead_news.approved(lead)
    return lead


@verb
def approve_and_ask(lead_id: int, *, by: Actor, now: datetime | None = None) -> Lead:
    """Take it on and ask for the deposit in one step. From pending approval. Locks, raises: as both do."""
    approve(lead_id, by=by, now=now)
    return request_deposit(lead_id, by=by, now=now)


@verb
def reject(lead_id: int, *, by: Actor, reason: str = "", now: datetime | None = None) -> Lead:
    """The studio declines it; the customer hears the reason. From pending approval and approved.

    Locks the conversation. Raises AlreadyDecided, NotAllowed.
    """
    lead = _for_staff(lead_id, by)
    move(lead, "reject", by=by, reason=reason, now=now)
    lead_news.rejected(lead, reason)
    return lead


@verb
def withdraw(lead_id: int, *, by: Actor, reason: str = "", now: datetime | None = None) -> Lead:
    """Let an enquiry go. From every status in which something is still to happen.

    An open deposit is taken back and a time held for it freed. Once a deposit is paid only staff may: it is about
    money. Locks conversation, deposit, reservations. Raises AlreadyDecided, NotAllowed.
    """
    lead = lock_lead(lead_id)
    must_be(lead, EDGES["withdraw"].start)
    if by.is_customer and lead.status in (Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT):
        raise NotAllowed(_("The deposit is paid, so only the team can close this enquiry."))
    was_draft = lead.status == Status.DRAFT
    take_back_deposit(lead, by=by, now=now)
    move(lead, "withdraw", by=by, reason=reason, now=now, asking=None)
    if not by.is_customer and not was_draft:
        lead_news.withdrawn(lead, reason)
    return lead


@verb
def expire(lead_id: int, *, now: datetime | None = None) -> Lead:
    """A draft that nobody goes on with is put away; nothing is said. From draft only.

    A deposit that was not paid ends its enquiry by itself (`lead_paying`). Locks the conversation. Raises
    AlreadyDecided; NotAllowed while it is not old enough.
    """
    lead = lock_lead(lead_id)
    must_be(lead, [Status.DRAFT])
    now = now or clock.now()
    if lead.touched_at > now - timedelta(days=settings_of(lead.bot).draft_days):
        raise NotAllowed(_("The customer has gone on with it meanwhile."))
    move(lead, "expire", by=Actor.clock(), now=now, asking=None)
    return lead


@verb
def undo(lead_id: int, *, by: Actor, now: datetime | None = None) -> Lead:
    """Take back the last move, where that is safe; the customer is told unless they had not heard of it yet.

    Approving, asking for a deposit that is not paid and sending a link: as long as the enquiry stands there. Declining,
    withdrawing and marking as booked: for ten minutes. Locks deposit, conversation, reservations. Raises NotAllowed.
    """
    now = now or clock.now()
    if by.is_customer:
        raise NotAllowed(_("Only staff decide this."))
    lead = lock_lead(lead_id)
    last = last_move(lead)
    if last is None or not can_be_undone(lead, last, now):
        raise NotAllowed(_("This cannot be taken back any more."))
    if lead.status == Status.BOOKING_LINK_SENT:
        BookingLink.objects.filter(lead=lead, used_at=None, withdrawn_at=None).update(withdrawn_at=now)
    unheard = lead_news.take_back(lead)
    if lead.status == Status.DEPOSIT_REQUESTED:
        take_back_deposit(lead, by=by, name="undo", now=now)
        if not unheard:
            lead_news.undone(lead)
        return lead
    fields: dict[str, Any] = {"reservation": None} if lead.status == Status.BOOKED else {}
    move(lead, "undo", by=by, to=last.from_status, now=now, **fields)
    if not unheard:
        lead_news.undone(lead)
    return lead


def can_undo(lead: Lead, *, now: datetime | None = None) -> bool:
    """Whether staff may take back the last move now; one query."""
    last = last_move(lead)
    return last is not None and can_be_undone(lead, last, now or clock.now())


def can_be_undone(lead: Lead, last: Decision, now: datetime) -> bool:
    """The same for who knows the last move already; asks nothing."""
    if UNDOABLE.get(last.verb) != lead.status or last.to_status != lead.status:
        return False
    if lead.status == Status.WITHDRAWN and last.way in ("chat", "clock"):
        return False
    if last.from_status not in GOES_BACK_TO:
        return False
    return lead.status in WHILE_IT_STANDS or now < last.at + UNDO_FOR


def _for_staff(lead_id: int, by: Actor) -> Lead:
    if by.is_customer:
        raise NotAllowed(_("Only staff decide this."))
    return lock_lead(lead_id)
