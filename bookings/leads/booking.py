"""The time of an enquiry: a link to choose it by, the booking itself, and what staff book in their own way."""

from datetime import datetime, timedelta

from django.conf import settings as django_settings
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings.leads import notifications
from bookings.leads.transitions import LEAD, lock_for_staff, lock_lead, settings_of
from bookings.leads.visits import chosen_service, visit_of
from bookings.models import BookingLink, Lead, Reservation
from bookings.reservations.allocation import allocate_new
from bookings.reservations.reminders import planning as reservation_reminders
from bots.db import clock
from bots.db.transactions import atomic_with_retry
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from bots.tokens import find_by_token, hash_token, is_token, new_token

Status = Lead.Status


@atomic_with_retry
def send_booking_link(lead_id: int, *, by: Actor, service_id: int | None = None, now: datetime | None = None) -> Lead:
    """Send the customer a page where they choose a time. From deposit paid; from approved where no deposit is asked.

    Locks the conversation. Raises AlreadyDecided, NotAllowed.
    """
    now = now or clock.now()
    lead = lock_for_staff(lead_id, by)
    LEAD.must_be(lead, "send_booking_link")
    _must_be_paid(lead)
    service = chosen_service(lead, service_id)
    LEAD.change(lead, "send_booking_link", by=by, now=now, service=service)
    link, until = make_link(lead, now=now)
    notifications.link(lead, link, until)
    return lead


def make_link(lead: Lead, *, now: datetime | None = None) -> tuple[str, datetime]:
    """A new page's whole address and until when it is good. It cannot be had again later: only its hash is kept."""
    now = now or clock.now()
    token = new_token()
    until = now + timedelta(days=settings_of(lead.bot).link_days)
    BookingLink.objects.create(lead=lead, token_hash=hash_token(token), created_at=now, expires_at=until)
    return django_settings.PUBLIC_URL + reverse("book", args=[token]), until


def find_link(token: str) -> BookingLink | None:
    """Return the link with `is_over` from the database's clock; None for what was never one."""
    if not is_token(token):
        return None
    related = BookingLink.objects.select_related(
        "lead__business", "lead__bot", "lead__service", "lead__conversation", "lead__contact"
    )
    return find_by_token(related.annotate(is_over=Q(expires_at__lte=Now())), token)


@atomic_with_retry
def book(lead_id: int, *, by: Actor, start: datetime, in_chat: bool = True, now: datetime | None = None) -> Lead:
    """Book a time for the enquiry: a confirmed visit, which will be reminded of. From deposit paid and link sent.

    The customer is told in the chat unless they chose it there (`in_chat`) themselves. Staff may go beyond notice,
    horizon and grid. Locks conversation, resources, reservations. Raises NotFree with the nearest times,
    AlreadyDecided, NotAllowed.
    """
    now = now or clock.now()
    lead = lock_lead(lead_id)
    LEAD.must_be(lead, "book")
    visit = allocate_new(visit_of(lead), start, status=Reservation.Status.CONFIRMED, by=by, now=now)
    reservation_reminders.plan(visit, now=now)
    LEAD.change(lead, "book", by=by, now=now, reservation=visit)
    BookingLink.objects.filter(lead=lead, used_at=None).update(used_at=Now())
    if not (by.is_customer and in_chat):
        notifications.booked(lead)
    return lead


@atomic_with_retry
def mark_booked(lead_id: int, *, by: Actor, reservation_id: int | None = None, now: datetime | None = None) -> Lead:
    """Staff have booked it themselves, here (then say which visit) or in a book of their own. The customer is told.

    From deposit paid and link sent; from approved where no deposit is asked. Locks the conversation. Raises
    AlreadyDecided; NotAllowed for a visit of somebody else or one that is not confirmed.
    """
    lead = lock_for_staff(lead_id, by)
    LEAD.must_be(lead, "mark_booked")
    _must_be_paid(lead)
    visit = None
    if reservation_id is not None:
        own = Reservation.objects.filter(business=lead.business, contact=lead.contact)
        visit = own.filter(pk=reservation_id, status=Reservation.Status.CONFIRMED).first()
        if visit is None:
            raise NotAllowed(_("This customer has no such confirmed visit."))
    LEAD.change(lead, "mark_booked", by=by, now=now, reservation=visit)
    notifications.booked_by_staff(lead)
    return lead


def _must_be_paid(lead: Lead) -> None:
    if lead.status == Status.APPROVED and lead.deposit_amount:
        raise NotAllowed(_("The deposit comes first."))
