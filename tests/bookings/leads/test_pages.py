"""The page behind a booking link: looking changes nothing, one press books, and nothing works after its time."""

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bookings.leads import actions as lead_actions, booking as lead_booking
from bookings.models import BookingLink, Lead, Reservation
from bots.staff.actors import Actor
from tests.factories import LeadFactory, ServiceFactory

pytestmark = pytest.mark.django_db

OWNER = Actor("Ewa", "admin")
Status = Lead.Status


@pytest.fixture
def lead() -> Lead:
    lead = LeadFactory(status=Status.DEPOSIT_PAID)
    lead.service = ServiceFactory(business=lead.business, name="Small session", duration_minutes=120)
    lead.save()
    lead_booking.send_booking_link(lead.pk, by=OWNER)
    lead.refresh_from_db()
    return lead


def address(lead: Lead) -> str:
    text = lead.conversation.messages.latest("seq").text
    return re.search(r"/book/\S+", text)[0]


def page() -> Client:
    return Client(enforce_csrf_checks=True)


def everything() -> list:
    rows = [list(model.objects.order_by("pk").values_list()) for model in (Lead, BookingLink, Reservation)]
    return [row for model in rows for row in model]


def start_on(html: str, number: int = 0) -> str:
    """The address of a time that the page shows."""
    return re.findall(r'href="(/book/[^"]+\?start=[^"]+)"', html)[number].replace("&amp;", "&")


def fields(html: str) -> dict[str, str]:
    return {
        "page": re.search(r'name="page" value="([^"]+)"', html)[1],
        "start": re.search(r'name="start" value="([^"]+)"', html)[1],
    }


def test_looking_changes_nothing_and_needs_no_script(lead):
    before = everything()
    client = page()
    shown = client.get(address(lead))
    chosen = client.get(start_on(shown.content.decode()))
    client.head(address(lead))
    assert shown.status_code == chosen.status_code == 200
    assert "<script" not in shown.content.decode() + chosen.content.decode()
    assert shown["Cache-Control"] == "no-store" and shown["Referrer-Policy"] == "no-referrer"
    assert not client.cookies
    assert everything() == before


def test_one_press_books_and_the_chat_says_so(lead):
    client, where = page(), address(lead)
    html = client.get(start_on(client.get(where).content.decode(), -1)).content.decode()
    response = client.post(where, fields(html))
    assert response.status_code == 200
    lead.refresh_from_db()
    assert (lead.status, lead.reservation.status) == (Status.BOOKED, Reservation.Status.CONFIRMED)
    assert lead.reservation.reminders.exists()
    assert lead.conversation.messages.latest("seq").text.startswith("Booked:")
    assert "Booked" in client.get(where).content.decode()
    again = client.post(where, fields(html))
    assert again.status_code == 200
    assert Reservation.objects.count() == 1


def test_a_time_that_somebody_else_took_is_refused_with_others(lead):
    client = page()
    html = client.get(start_on(client.get(address(lead)).content.decode())).content.decode()
    rival = LeadFactory(
        status=Status.DEPOSIT_PAID, conversation__account=lead.conversation.account, service=lead.service
    )
    lead_booking.book(rival.pk, by=OWNER, start=datetime.fromisoformat(fields(html)["start"]))
    response = client.post(address(lead), fields(html))
    assert response.status_code == 409
    assert 'role="alert"' in response.content.decode()
    lead.refresh_from_db()
    assert lead.status == Status.BOOKING_LINK_SENT


@pytest.mark.parametrize(
    ("spoil", "status"),
    [
        (lambda lead: lead_actions.withdraw(lead.pk, by=OWNER), 409),
        (lambda lead: lead_booking.mark_booked(lead.pk, by=OWNER), 409),
        (lambda lead: lead_actions.undo(lead.pk, by=OWNER), 409),
        (lambda lead: BookingLink.objects.update(expires_at=timezone.now() - timedelta(minutes=1)), 410),
    ],
    ids=["withdrawn", "booked elsewhere", "taken back", "expired"],
)
def test_a_link_whose_time_is_over_books_nothing(lead, spoil, status):
    client = page()
    html = client.get(start_on(client.get(address(lead)).content.decode())).content.decode()
    where = address(lead)
    spoil(lead)
    assert client.get(where).status_code == status
    assert client.post(where, fields(html)).status_code == status
    assert not Reservation.objects.exists()


@pytest.mark.parametrize(
    "change", [{"page": "made up"}, {"page": ""}, {"start": "tomorrow"}, {"start": "2026-01-01T10:00"}]
)
def test_a_form_that_was_not_shown_books_nothing(lead, change):
    client = page()
    html = client.get(start_on(client.get(address(lead)).content.decode())).content.decode()
    assert client.post(address(lead), fields(html) | change).status_code == 409
    assert not Reservation.objects.exists()


@pytest.mark.parametrize("token", ["x", "A" * 43, "A" * 500, "..%2f.."])
def test_a_link_that_never_was_is_not_found(token):
    assert page().get(f"/book/{token}/").status_code == 404


def test_who_guesses_is_slowed():
    codes = [page().get(f"/book/{'A' * 42}{letter}/").status_code for letter in "ABCDEFGHIJKLMNOP"]
    assert codes[-1] == 429


def test_it_reads_in_the_customers_language(lead):
    lead.conversation.__class__.objects.update(language="pl")
    shown = page().get(address(lead))
    assert shown["Content-Language"] == "pl"
