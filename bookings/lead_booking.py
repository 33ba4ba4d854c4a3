"""The time of an enquiry: a link to choose it by, the booking itself, and what staff book in their own way."""

import hashlib
import re
import secrets
from datetime import datetime, timedelta

from django.conf import settings as django_settings
from django.db.models import Q
from django.db.models.functions import Now
from django.urls import reverse
from django.utils.translation import gettext as _

from bookings import lead_news, reminders
from bookings.lead_moves import EDGES, lock_lead, move, must_be, settings_of, verb
from bookings.models import BookingLink, Lead, Reservation, Service
from bookings.placing import take_place
from bookings.verbs import lock_resources
from bots.db import clock
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed

Status = Lead.Status
_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@verb
def send_booking_link(lead_id: int, *, by: Actor, service_id: int | None = None, now: datetime | None = None) -> Lead:
    """Send the customer a page where they choose a time. From deposit paid; from approved where no deposit is asked.

    Locks the conversation. Raises AlreadyDecided, NotAllowed.
    """
    now = now or clock.now()
    lead = _for_staff(lead_id, by)
    must_be(lead, EDGES["send_booking_link"].start)
    _must_be_paid(lead)
    service = chosen_service(lead, service_id)
    move(lead, "send_booking_link", by=by, now=now, service=service)
    link, until = make_link(lead, now=now)
    lead_news.link(lead, link, until)
    return lead


def make_link(lead: Lead, *, now: datetime | None = None) -> tuple[str, datetime]:
    """A new page's whole address and until when it is good. It cannot be had again later: only its hash is kept."""
    now = now or clock.now()
    token = secrets.token_urlsafe(32)
    until = now + timedelta(days=settings_of(lead.bot).link_days)
    BookingLink.objects.create(lead=lead, token_hash=hashed(token), created_at=now, expires_at=until)
    return django_settings.PUBLIC_URL + reverse("book", args=[token]), until


def hashed(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def find_link(token: str) -> BookingLink | None:
    """The link with `is_over` from the database's clock; None for what was never one."""
    if not _TOKEN.fullmatch(token):
        return None
    related = BookingLink.objects.select_related(
        "lead__business", "lead__bot", "lead__service", "lead__conversation", "lead__contact"
    )
    return related.annotate(is_over=Q(expires_at__lte=Now())).filter(token_hash=hashed(token)).first()


@verb
def book(lead_id: int, *, by: Actor, start: datetime, in_chat: bool = True, now: datetime | None = None) -> Lead:
    """Book a time for the enquiry: a confirmed visit, which will be reminded of. From deposit paid and link sent.

    The customer is told in the chat unless they chose it there (`in_chat`) themselves. Staff may go beyond notice,
    horizon and grid. Locks conversation, resources, reservations. Raises NotFree with the nearest times,
    AlreadyDecided, NotAllowed.
    """
    now = now or clock.now()
    lead = lock_lead(lead_id)
    must_be(lead, EDGES["book"].start)
    visit = place(lead, start, status=Reservation.Status.CONFIRMED, by=by, now=now)
    reminders.plan(visit, now=now)
    move(lead, "book", by=by, now=now, reservation=visit)
    BookingLink.objects.filter(lead=lead, used_at=None).update(used_at=Now())
    if not (by.is_customer and in_chat):
        lead_news.booked(lead)
    return lead


def place(lead: Lead, start: datetime, *, status: str, by: Actor, now: datetime) -> Reservation:
    """A visit for the enquiry at this time. Locks resources; the conversation must be locked. Raises NotFree."""
    service = chosen_service(lead, None)
    visit = Reservation(
        business=lead.business,
        contact=lead.contact,
        conversation=lead.conversation,
        service=service,
        people=1,
        language=lead.language,
        note=lead.title,
        version=0,
    )
    return take_place(
        visit,
        start,
        resources=lock_resources(service.pk),
        status=status,
        verb="book",
        by=by,
        now=now,
        lenient=not by.is_customer,
    )


@verb
def mark_booked(lead_id: int, *, by: Actor, reservation_id: int | None = None, now: datetime | None = None) -> Lead:
    """Staff have booked it themselves, here (then say which visit) or in a book of their own. The customer is told.

    From deposit paid and link sent; from approved where no deposit is asked. Locks the conversation. Raises
    AlreadyDecided; NotAllowed for a visit of somebody else or one that is not confirmed.
    """
    lead = _for_staff(lead_id, by)
    must_be(lead, EDGES["mark_booked"].start)
    _must_be_paid(lead)
    visit = None
    if reservation_id is not None:
        own = Reservation.objects.filter(business=lead.business, contact=lead.contact)
        visit = own.filter(pk=reservation_id, status=Reservation.Status.CONFIRMED).first()
        if visit is None:
            raise NotAllowed(_("This customer has no such confirmed visit."))
    move(lead, "mark_booked", by=by, now=now, reservation=visit)
    lead_news.booked_by_staff(lead)
    return lead


def chosen_service(lead: Lead, service_id: int | None) -> Service:
    """What is booked for the enquiry. Raises NotAllowed if nobody has said."""
    if service_id is not None:
        chosen = Service.objects.filter(pk=service_id, business=lead.business_id, is_active=True).first()
    else:
        chosen = service_of(lead)
    if chosen is None:
        raise NotAllowed(_("Choose what shall be booked."))
    return chosen


def service_of(lead: Lead) -> Service | None:
    """What is booked for the enquiry, as far as anybody has said."""
    return lead.service or settings_of(lead.bot).service


def _for_staff(lead_id: int, by: Actor) -> Lead:
    if by.is_customer:
        raise NotAllowed(_("Only staff decide this."))
    return lock_lead(lead_id)


def _must_be_paid(lead: Lead) -> None:
    if lead.status == Status.APPROVED and lead.deposit_amount:
        raise NotAllowed(_("The deposit comes first."))
