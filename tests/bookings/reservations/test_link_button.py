"""Staff make one-time links on a reservation's page, for themselves or a manager, and can take them back."""

from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from bookings.models import Reservation
from bots.models import ActionLink, Manager
from bots.staff.roles import front_desk_group
from tests import factories

pytestmark = pytest.mark.django_db


def person(business: Any, name: str, **fields: Any) -> Client:
    user = factories.UserFactory(first_name=name, **fields)
    user.groups.add(front_desk_group())
    business.staff.add(user)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def row() -> Reservation:
    service = factories.ServiceFactory(business__default_language="en")
    start = (timezone.now() + timedelta(days=3)).replace(hour=10, minute=0, second=0, microsecond=0)
    conversation = factories.ConversationFactory(account__bot__business=service.business, contact__name="Marta")
    found: Reservation = factories.ReservationFactory(
        service=service, start=start, status="pending", conversation=conversation
    )
    return found


@pytest.fixture
def anna(row: Reservation) -> Client:
    return person(row.business, "Anna")


def make(client: Client, row: Reservation, choice: str = "approve", **form: Any) -> Any:
    url = reverse("admin:bookings_reservation_link", args=[row.pk])
    return client.post(url, {"choice": choice, **form}, headers={"accept": "application/json"})


def test_the_page_offers_a_link_for_each_decision(anna: Client, row: Reservation) -> None:
    body = anna.get(reverse("admin:bookings_reservation_change", args=[row.pk])).content.decode()
    assert [label for label in ("Confirm", "Other time", "Decline") if f"Copy link: {label}" in body] == [
        "Confirm", "Other time", "Decline",
    ]  # fmt: skip


def test_a_copied_link_is_shown_once_and_speaks_for_who_made_it(anna: Client, row: Reservation) -> None:
    response = make(anna, row)
    assert "no-store" in response["Cache-Control"]
    address = response.json()["address"]
    assert "made for Anna" in Client().get(urlsplit(address).path).content.decode()
    page = anna.get(reverse("admin:bookings_reservation_change", args=[row.pk])).content.decode()
    assert "Not used yet" in page and address not in page


def test_without_a_script_it_stands_on_a_page(anna: Client, row: Reservation) -> None:
    response = anna.post(reverse("admin:bookings_reservation_link", args=[row.pk]), {"choice": "approve"})
    assert response.status_code == 200 and "http://localhost/a/" in response.content.decode()


def test_it_can_be_made_for_a_manager_of_the_business_only(anna: Client, row: Reservation) -> None:
    ola = Manager.objects.create(business=row.business, name="Ola")
    other = Manager.objects.create(business=factories.BusinessFactory(), name="Eve")
    make(anna, row, manager=ola.pk)
    make(anna, row, manager=other.pk)
    make(anna, row, manager="9" * 30)
    assert [link.manager for link in ActionLink.objects.order_by("pk")] == [ola, None, None]


def test_what_cannot_be_decided_now_gets_no_link(anna: Client, row: Reservation) -> None:
    assert make(anna, row, "cancel").status_code == 409
    assert make(anna, row, "").status_code == 409
    assert not ActionLink.objects.exists()


def test_a_link_is_taken_back_once(anna: Client, row: Reservation) -> None:
    path = urlsplit(make(anna, row).json()["address"]).path
    url = reverse("admin:bookings_reservation_take_back", args=[row.pk])
    form, headers = {"link": ActionLink.objects.get().pk}, {"accept": "application/json"}
    assert [anna.post(url, form, headers=headers).json()["ok"] for _ in range(2)] == [True, False]
    assert Client().get(path).status_code == 410


def test_others_make_and_take_back_nothing(anna: Client, row: Reservation) -> None:
    make(anna, row)
    stranger = person(factories.BusinessFactory(), "Eve")
    looker = Client()
    user = factories.UserFactory()
    row.business.staff.add(user)
    looker.force_login(user)
    link = {"link": ActionLink.objects.get().pk}
    url = reverse("admin:bookings_reservation_take_back", args=[row.pk])
    assert (make(stranger, row).status_code, stranger.post(url, link).status_code) == (404, 404)
    assert {make(looker, row).status_code, looker.post(url, link).status_code} <= {403, 404}
    assert {make(Client(), row).status_code, Client().post(url, link).status_code} == {302}
    assert ActionLink.objects.count() == 1 and ActionLink.objects.get().withdrawn_at is None


def test_a_link_of_another_reservation_is_not_taken_back_from_here(anna: Client, row: Reservation) -> None:
    make(anna, row)
    other = factories.ReservationFactory(service=row.service, start=timezone.now() + timedelta(days=5))
    url = reverse("admin:bookings_reservation_take_back", args=[other.pk])
    anna.post(url, {"link": ActionLink.objects.get().pk})
    assert ActionLink.objects.get().withdrawn_at is None
