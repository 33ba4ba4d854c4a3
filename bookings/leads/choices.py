"""What staff may decide about an enquiry at this moment, and whether its last move can be taken back."""

from datetime import datetime, timedelta

from bookings.leads.transitions import LEAD, UNDOABLE, last_move, settings_of
from bookings.leads.visits import service_of
from bookings.models import Lead
from bots.db import clock
from bots.models import Decision
from bots.staff.decisions import Choice, choices_for

Status = Lead.Status

UNDO_FOR = timedelta(minutes=10)  # for what ends an enquiry; other moves can be taken back as long as it stays there
WHILE_IT_STANDS = (Status.APPROVED, Status.DEPOSIT_REQUESTED, Status.BOOKING_LINK_SENT)
GOES_BACK_TO = (Status.PENDING_APPROVAL, Status.APPROVED, Status.DEPOSIT_PAID, Status.BOOKING_LINK_SENT)


def choices_now(row: Lead, now: datetime, *, last: Decision | None = None) -> list[Choice]:
    """Return what can be decided about it at this moment, in the order that staff expect.

    Who has many asks nothing for each: with `bot__lead_settings__service` selected, and the `last` move given.
    """
    asks_deposit = bool(row.deposit_amount or settings_of(row.bot).deposit_amount)
    fits = {
        "approve_and_ask": asks_deposit,
        "send_deposit": asks_deposit,
        "hold_time": asks_deposit and service_of(row) is not None,
        "accept_late": row.paid_late_at is not None,
        "send_booking_link": row.status == Status.DEPOSIT_PAID or not asks_deposit,
        "mark_booked": row.status != Status.APPROVED or not asks_deposit,
        "book_time": service_of(row) is not None,
    }
    offered = [choice for choice in choices_for("lead", row.status) if fits.get(choice.verb, True)]
    if not any(choice.verb == "undo" for choice in offered):
        return offered
    is_undoable = can_be_undone(row, last, now) if last else can_undo(row, now=now)
    return offered if is_undoable else [choice for choice in offered if choice.verb != "undo"]


def can_undo(lead: Lead, *, now: datetime | None = None) -> bool:
    """Return whether staff may take back the last move now; one query."""
    last = last_move(lead)
    return last is not None and can_be_undone(lead, last, now or clock.now())


def can_be_undone(lead: Lead, last: Decision, now: datetime) -> bool:
    """Return the same for who knows the last move already; asks nothing."""
    if last.verb not in UNDOABLE or not lead.status == last.to_status == LEAD.target(last.verb):
        return False
    if lead.status == Status.WITHDRAWN and last.source in ("chat", "clock"):
        return False
    if last.from_status not in GOES_BACK_TO:
        return False
    return lead.status in WHILE_IT_STANDS or now < last.at + UNDO_FOR
