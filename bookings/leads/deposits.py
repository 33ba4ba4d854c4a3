"""The deposit of an enquiry: asked for, perhaps with a time held for it, and what is heard of it."""

from datetime import datetime, timedelta

from django.utils import translation
from django.utils.translation import gettext as _

from bookings.leads import notifications
from bookings.leads.transitions import LEAD, lock_for_staff, settings_of
from bookings.leads.visits import chosen_service, visit_of
from bookings.models import Lead, Reservation
from bookings.reservations.allocation import allocate_new
from bookings.reservations.confirmation import withdraw as free
from bookings.reservations.transitions import lock_family
from bots.db import clock
from bots.db.transactions import atomic_with_retry
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from payments import deposits
from payments.models import Deposit

Status = Lead.Status

SUBJECT = "lead"
# A held time is freed by what becomes of its deposit, which may wait for a bank for days; this is the last resort only.
HOLD_LONGER = timedelta(days=7)


@atomic_with_retry
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
    now = now or clock.now()
    lead = lock_for_staff(lead_id, by)
    LEAD.must_be(lead, "request_deposit")
    settings = settings_of(lead.bot)
    amount = amount if amount is not None else (lead.deposit_amount or settings.deposit_amount)
    if amount <= 0:
        raise NotAllowed(_("No deposit is asked for here: send the booking link."))
    if start is not None or service_id is not None:
        lead.service = chosen_service(lead, service_id)
    expires_at = now + timedelta(hours=hours or settings.deposit_hours)
    visit = hold(lead, start, until=expires_at + HOLD_LONGER, by=by, now=now) if start is not None else None
    LEAD.change(
        lead,
        "request_deposit",
        by=by,
        now=now,
        service=lead.service,
        deposit_amount=amount,
        deposit_expires_at=expires_at,
        reservation=visit,
    )
    language = notifications.language_of(lead)
    deposits.request(
        business=lead.business,
        subject=SUBJECT,
        subject_id=lead.pk,
        title=_title(lead, language),
        amount=amount,
        currency=lead.business.currency,
        language=language,
        expires_at=expires_at,
        by=by,
    )
    return lead


def hold(lead: Lead, start: datetime, *, until: datetime, by: Actor, now: datetime) -> Reservation:
    """Keep a time for the customer while they pay, never longer than it begins."""
    visit = allocate_new(visit_of(lead), start, status=Reservation.Status.HELD, by=by, now=now)
    visit.hold_until = min(until, visit.period.lower)
    visit.save(update_fields=["hold_until"])
    return visit


def take_back_deposit(lead: Lead, *, by: Actor, name: str = "take_back_deposit", now: datetime | None = None) -> None:
    """Take an open deposit back and free what is held for it; nothing if none is open. The lead must be locked."""
    if not LEAD.allows(lead, "take_back_deposit"):
        return
    release(lead, by)
    LEAD.change(lead, name, by=by, to=LEAD.target("take_back_deposit"), now=now, reservation=None)
    live = Deposit.objects.about(SUBJECT, lead.pk).live().first()
    if live is not None:
        deposits.withdraw(live.pk, by=by)


def release(lead: Lead, by: Actor) -> bool:
    """Free the time that is held for the deposit; whether one was. The conversation must be locked."""
    if lead.reservation_id is None:
        return False
    family = lock_family(lead.reservation_id)
    if family.row.status != Reservation.Status.HELD:
        return False
    free([family.row], by)
    return True


@atomic_with_retry
def accept_late_payment(lead_id: int, *, by: Actor, now: datetime | None = None) -> Lead:
    """Staff keep a deposit that came when it was over. The time that was held for it is booked if it is still free;
    if not, the customer may choose another one.

    Locks conversation, resources, deposit. Raises AlreadyDecided, NotAllowed.
    """
    lead = lock_for_staff(lead_id, by)
    late = Deposit.objects.about(SUBJECT, lead.pk).filter(late=True, decided_at=None).first()
    if late is None:
        raise NotAllowed(_("Nothing was paid late here."))
    deposits.keep(late.pk, by=by, now=now)  # which `receivers` hears
    lead.refresh_from_db()
    return lead


def _title(lead: Lead, language: str) -> str:
    """Return what the payer reads beside the amount."""
    with translation.override(language):
        what = _("Deposit, %(business)s") % {"business": lead.business.name}
    return f"{what}: {lead.title}"[:120] if lead.title else what
