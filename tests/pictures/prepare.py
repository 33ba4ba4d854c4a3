"""Run inside of the demo by `manage.py shell`: addresses that depend on the data, and links that are shown once."""

import json
from urllib.parse import urlsplit

from django.contrib.auth import get_user_model
from django.db.models import Model
from django.db.models.functions import Now
from django.urls import reverse

from bookings.leads import booking as lead_booking
from bookings.leads.booking import make_link
from bookings.models import BookingLink, ConsultationQuestion, Lead, Reservation, Resource
from bookings.reservations.admin import linking
from bots.models import Bot, Knowledge
from bots.staff.actors import Actor
from bots.staff.links import actions as link_actions
from conversations.models import Conversation
from payments.models import Deposit


def addresses() -> None:
    """Print a path for each page that is known by a number or a secret."""
    print(json.dumps(_pages_of_rows() | _links_to_decide() | _pages_of_booking() | _pages_of_paying()))


def _pages_of_rows() -> dict[str, str]:
    pending = Reservation.objects.filter(status=Reservation.Status.PENDING)
    asks = Lead.objects.filter(status=Lead.Status.PENDING_APPROVAL, photos__isnull=False)
    asked = Lead.objects.filter(status=Lead.Status.DEPOSIT_REQUESTED)
    rows: dict[str, Model] = {
        "conversation": Conversation.objects.get(pk=pending[0].conversation_id),
        "conversation with an enquiry": Conversation.objects.get(pk=asks[0].conversation_id),
        "conversation with a payment": Conversation.objects.get(pk=asked[0].conversation_id),
        "reservation": pending[0],
        "enquiry": asks[0],
        "booked enquiry": Lead.objects.filter(status=Lead.Status.BOOKED)[0],
        "deposit": _deposit(Deposit.Status.PAID),
        "question": ConsultationQuestion.objects.filter(code="placement")[0],
        "knowledge": Knowledge.objects.filter(topic="Prices")[0],
        "place": Resource.objects.all()[0],
        "bot": Bot.objects.get(slug="tattoo"),
    }
    return {name: _change_page(row) for name, row in rows.items()}


def _change_page(row: Model) -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


def _links_to_decide() -> dict[str, str]:
    """One for every choice that the owner has about a request, and one about an enquiry."""
    owner = get_user_model().objects.get(username="owner")
    request = Reservation.objects.filter(status=Reservation.Status.PENDING)[0]
    enquiry = Lead.objects.filter(status=Lead.Status.PENDING_APPROVAL)[0]
    wanted = [(request, choice) for choice in linking.choices(request)]
    wanted += [(enquiry, choice) for choice in linking.choices(enquiry)[:1]]
    made = {}
    for row, choice in wanted:
        business, status = row.business_id, row.status
        address = link_actions.make(choice, row.pk, business_id=business, from_status=status, user_id=owner.pk)
        made[f"{choice.subject} {choice.verb}"] = urlsplit(address).path
    return made


def _pages_of_booking() -> dict[str, str]:
    """Where the customer of an enquiry that is paid chooses a time, and what one sees who has chosen."""
    owner = get_user_model().objects.get(username="owner")
    paid = Lead.objects.filter(status=Lead.Status.DEPOSIT_PAID)[0]
    booked = Lead.objects.filter(status=Lead.Status.BOOKED)[0]
    lead_booking.send_booking_link(paid.pk, by=Actor.staff(owner))
    found = {name: urlsplit(make_link(lead)[0]).path for name, lead in (("book", paid), ("booked", booked))}
    BookingLink.objects.filter(lead=booked).update(used_at=Now())
    return found


def _pages_of_paying() -> dict[str, str]:
    rows = {"pay": _deposit(Deposit.Status.OPEN), "paid": _deposit(Deposit.Status.PAID)}
    return {name: reverse("pay", args=[row.token]) for name, row in rows.items()}


def _deposit(status: str) -> Deposit:
    return Deposit.objects.filter(status=status, provider="sandbox", language="pl")[0]
