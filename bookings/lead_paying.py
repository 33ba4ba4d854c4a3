"""The deposit of an enquiry: asked for, perhaps with a time held for it, and what is heard of it."""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from bookings.lead_booking import chosen_service, place
from bookings.lead_moves import EDGES, lock_lead, move, must_be, settings_of, verb
from bookings.models import Lead, Reservation
from bookings.moves import withdraw as free
from bookings.verbs import lock_family
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed

Status = Lead.Status

HOLD_LONGER = timedelta(minutes=30)  # than the deposit: what a provider says of the last moment is waited for


@verb
def request_deposit(
    lead_id: int,
    *,
    by: Actor,
    amount: int | None = None,
    start: datetime | None = None,
    service_id: int | None = None,
    hours: int | None = None,
    now: datetime | None = None,
) -> Lead:
    """Ask for the deposit; the customer gets the link a moment later, when the provider has made it.

    From approved, and again from expired. `amount` in minor units and `hours` to pay it: the bot's own if None.
    With `start` that time is held until it is paid or the time to pay runs out; paid, it is booked. Locks conversation,
    resources, deposit. Raises AlreadyDecided, NotAllowed, NotFree.
    """
    now = now or timezone.now()
    if by.is_customer:
        raise NotAllowed(_("Only staff decide this."))
    lead = lock_lead(lead_id)
    must_be(lead, EDGES["request_deposit"].start)
    settings = settings_of(lead.bot)
    amount = amount if amount is not None else (lead.deposit_amount or settings.deposit_amount)
    if amount <= 0:
        raise NotAllowed(_("No deposit is asked for here: send the booking link."))
    if start is not None or service_id is not None:
        lead.service = chosen_service(lead, service_id)
    expires_at = now + timedelta(hours=hours or settings.deposit_hours)
    visit = hold(lead, start, until=expires_at + HOLD_LONGER, by=by, now=now) if start is not None else None
    move(
        lead,
        "request_deposit",
        by=by,
        now=now,
        service=lead.service,
        deposit_amount=amount,
        deposit_expires_at=expires_at,
        reservation=visit,
    )
    return lead


def hold(lead: Lead, start: datetime, *, until: datetime, by: Actor, now: datetime) -> Reservation:
    """Keep a time for the customer while they pay, never longer than it begins."""
    visit = place(lead, start, status=Reservation.Status.HELD, by=by, now=now)
    visit.hold_until = min(until, visit.period.lower)
    visit.save(update_fields=["hold_until"])
    return visit


def take_back_deposit(lead_id: int, *, by: Actor) -> None:
    """Take an open deposit back and free what is held for it; nothing if none is open."""
    lead = lock_lead(lead_id)
    if lead.status == Status.DEPOSIT_REQUESTED:
        release(lead, by)


def release(lead: Lead, by: Actor) -> bool:
    """Free the time that is held for the deposit; whether one was. The conversation must be locked."""
    if lead.reservation_id is None:
        return False
    family = lock_family(lead.reservation_id)
    if family.row.status != Reservation.Status.HELD:
        return False
    free([family.row], by)
    return True


@verb
def accept_late_payment(lead_id: int, *, by: Actor, now: datetime | None = None) -> Lead:
    """Staff keep a deposit that came when it was over: the enquiry goes on as paid. The customer may choose a time.

    Locks conversation and deposit. Raises AlreadyDecided, NotAllowed.
    """
    lead = lock_lead(lead_id)
    must_be(lead, EDGES["accept_late_payment"].start)
    if lead.paid_late_at is None:
        raise NotAllowed(_("Nothing was paid late here."))
    move(lead, "accept_late_payment", by=by, now=now, paid_late_at=None)
    return lead
