"""Reservations as staff decide them: one tap, one row changed, the second one told who was first."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bookings.models import Reservation, TimeOff
from bots.models import Decision
from bots.staff.roles import front_desk_group
from tests import factories

pytestmark = pytest.mark.django_db

LIST = "admin:bookings_reservation_changelist"
WARSAW = ZoneInfo("Europe/Warsaw")


@pytest.fixture(autouse=True)
def plain_static_files(settings):
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }


def person(business, name) -> Client:
    user = factories.UserFactory(first_name=name)
    user.groups.add(front_desk_group())
    business.staff.add(user)
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def business():
    return factories.BusinessFactory()


@pytest.fixture
def service(business):
    return factories.ServiceFactory(business=business)


@pytest.fixture
def anna(business):
    return person(business, "Anna")


def at(days: int, hour: int) -> datetime:
    day = datetime.now(WARSAW).date() + timedelta(days=days)
    return datetime.combine(day, time(hour), tzinfo=WARSAW)


def visit(service, days=3, hour=12, status="pending", name="Maria", **fields) -> Reservation:
    conversation = factories.ConversationFactory(account__bot__business=service.business, contact__name=name)
    hold = datetime.now(UTC) + timedelta(hours=5) if status in ("pending", "held") else None
    return factories.ReservationFactory(
        service=service, start=at(days, hour), status=status, conversation=conversation, hold_until=hold, **fields
    )


def decide(client, row, choice, *, seen=None, **data):
    url = reverse("admin:bookings_reservation_decide", args=[row.pk])
    data |= {"choice": choice, "from_status": seen or row.status}
    return client.post(url, data, headers={"accept": "application/json"}).json()


def test_one_tap_confirms(anna, service):
    row = visit(service)
    assert decide(anna, row, "approve") == {"ok": True, "message": "Confirmed. The customer is told."}
    row.refresh_from_db()
    assert row.status == "confirmed"
    decision = Decision.objects.get(subject="reservation", subject_id=row.pk)
    assert (decision.by_name, decision.source, decision.from_status, decision.to_status) == (
        "Anna",
        "admin",
        "pending",
        "confirmed",
    )
    assert row.conversation.messages.filter(author="bot").exists()


def test_the_second_is_told_who_was_first(anna, service, business):
    row = visit(service)
    decide(anna, row, "approve")
    answer = decide(person(business, "Ewa"), row, "reject", seen="pending", reason="full")
    assert not answer["ok"]
    assert answer["message"].startswith("Already decided: confirmed by Anna, ")
    row.refresh_from_db()
    assert row.status == "confirmed"
    assert Decision.objects.count() == 1


def test_a_stale_card_cannot_cancel_what_was_confirmed_meanwhile(anna, service):
    row = visit(service, status="held")
    Reservation.objects.filter(pk=row.pk).update(status="confirmed")
    assert not decide(anna, row, "cancel", seen="held")["ok"]
    row.refresh_from_db()
    assert row.status == "confirmed"


def test_declining_tells_the_reason(anna, service):
    row = visit(service)
    assert decide(anna, row, "reject", reason=" zamknięte \n święto ")["ok"]
    row.refresh_from_db()
    assert row.status == "rejected"
    assert Decision.objects.get().reason == "zamknięte święto"


def test_another_time_is_offered_from_the_three_nearest(anna, service):
    row = visit(service)
    response = anna.get(reverse("admin:bookings_reservation_times", args=[row.pk]))
    body = response.content.decode()
    assert body.count('name="time"') == 3
    time_offered = body.split('value="')[1].split('"')[0]
    assert decide(anna, row, "other_time", time=time_offered)["ok"]
    offered = Reservation.objects.get(status="held")
    assert offered.moves == row
    assert offered.period.lower == datetime.fromisoformat(time_offered)


def test_a_time_from_the_browsers_own_field_is_on_the_business_clock(anna, service):
    row = visit(service)
    wanted = at(4, 11)
    assert decide(anna, row, "other_time", time=f"{wanted:%Y-%m-%dT%H:%M}")["ok"]
    assert Reservation.objects.get(status="held").period.lower == wanted


def test_a_time_that_cannot_be_had_is_refused_with_the_nearest(anna, service):
    row = visit(service)
    visit(service, days=4, hour=11, status="confirmed", name="Piotr")
    answer = decide(anna, row, "other_time", time=at(4, 11).isoformat())
    assert not answer["ok"]
    assert answer["message"].startswith("That time cannot be had: it is taken. Free: ")
    assert decide(anna, row, "other_time", time="nonsense") == {"ok": False, "message": "Choose a time."}
    row.refresh_from_db()
    assert row.status == "pending"


def test_the_buttons_stand_in_the_expected_order_and_destructive_ones_ask_again(anna, service):
    visit(service)
    response = anna.get(reverse(LIST))
    buttons = response.context["cards"][0].buttons
    assert [(button.label, button.destructive) for button in buttons] == [
        ("Confirm", False),
        ("Other time", False),
        ("Decline", True),
    ]
    body = response.content.decode()
    assert "Yes: decline" in body
    assert 'name="from_status" value="pending"' in body


def test_the_list_opens_on_what_waits(anna, service):
    visit(service, name="Waits")
    visit(service, hour=15, status="confirmed", name="Confirmed")
    tabs = {
        tab: [card.customer for card in anna.get(reverse(LIST), {"show": tab}).context["cards"]]
        for tab in ("", "confirmed", "all")
    }
    assert tabs[""] == ["Waits"]
    assert tabs["confirmed"] == ["Confirmed"]
    assert set(tabs["all"]) == {"Waits", "Confirmed"}


def test_days_are_those_of_the_business_clock(anna, service):
    for days, name in ((1, "Tomorrow"), (2, "Later"), (8, "Next week")):
        visit(service, days=days, status="confirmed", name=name)

    def names(day: str) -> set[str]:
        return {card.customer for card in anna.get(reverse(LIST), {"show": "confirmed", "day": day}).context["cards"]}

    assert names("tomorrow") == {"Tomorrow"}
    assert names("today") == set()
    assert names("week") == {"Tomorrow", "Later"}
    assert names(f"{at(8, 12):%Y-%m-%d}") == {"Next week"}
    assert names("nonsense") == names("") == {"Tomorrow", "Later", "Next week"}


def test_several_are_confirmed_at_once_and_the_others_explained(anna, service):
    rows = [visit(service, hour=hour, name=f"Customer {hour}") for hour in (11, 13)]
    late = visit(service, hour=15, name="Decided")
    Reservation.objects.filter(pk=late.pk).update(status="rejected")
    data = {"action": "approve_selected", "index": 0, "_selected_action": [row.pk for row in [*rows, late]]}
    response = anna.post(f"{reverse(LIST)}?show=all", data, follow=True)
    told = [str(message) for message in response.context["messages"]]
    assert told[0] == "2 requests confirmed."
    assert told[1].startswith("Decided: Already decided: declined")
    assert set(Reservation.objects.filter(status="confirmed")) == set(rows)


def test_declining_several_asks_once_more(anna, service):
    rows = [visit(service, hour=hour) for hour in (11, 13)]
    data = {"action": "reject_selected", "index": 0, "_selected_action": [row.pk for row in rows]}
    asked = anna.post(reverse(LIST), data)
    assert "Decline 2 requests?" in asked.content.decode()
    assert Reservation.objects.filter(status="pending").count() == 2
    anna.post(reverse(LIST), {**data, "sure": "yes", "reason": "choroba"})
    assert Reservation.objects.filter(status="rejected").count() == 2
    assert set(Decision.objects.values_list("reason", flat=True)) == {"choroba"}


def test_bulk_decisions_do_not_reach_another_business(anna, service):
    foreign = visit(factories.ServiceFactory())
    anna.post(reverse(LIST), {"action": "approve_selected", "index": 0, "_selected_action": [foreign.pk]})
    foreign.refresh_from_db()
    assert foreign.status == "pending"


def test_the_page_shows_facts_history_and_no_form(anna, service):
    row = visit(service)
    decide(anna, row, "approve")
    url = reverse("admin:bookings_reservation_change", args=[row.pk])
    body = anna.get(url).content.decode()
    assert "What happened" in body
    assert "<b>Confirmed</b> <span>Anna</span>" in body
    assert 'name="status"' not in body
    assert anna.post(url, {"status": "cancelled"}).status_code == 405


def test_the_card_in_the_chat_says_who_decided(anna, service):
    row = visit(service)
    chat = reverse("admin:conversations_conversation_change", args=[row.conversation_id])
    assert 'data-key="a"' in anna.get(chat).content.decode()
    decide(anna, row, "approve")
    body = anna.get(chat).content.decode()
    assert "Confirmed by Anna, " in body
    assert 'data-key="a"' not in body


def test_a_request_puts_its_conversation_on_needs_you(anna, service):
    row = visit(service, name="Maria")
    inbox = anna.get(reverse("admin:conversations_conversation_changelist"))
    assert [(one.name, one.reasons[0][1]) for one in inbox.context["rows"]] == [("Maria", "Reservation to approve")]
    decide(anna, row, "approve")
    assert anna.get(reverse("admin:conversations_conversation_changelist")).context["rows"] == []


def test_a_draft_is_visible_while_it_is_talked_about(anna, service):
    draft = factories.DraftFactory(service=service, people=2)
    body = anna.get(reverse("admin:conversations_conversation_change", args=[draft.conversation_id])).content.decode()
    assert "Being talked about" in body
    assert "Still to ask: day, time" in body


def test_the_list_asks_as_many_questions_for_twelve_as_for_two(anna, service):
    def count(hours) -> int:
        for number in hours:
            visit(service, days=3 + number, name=f"Customer {number}")
        with CaptureQueriesContext(connection) as queries:
            anna.get(reverse(LIST))
        return len(queries)

    anna.get(reverse(LIST))
    assert count(range(2)) == count(range(2, 12)) <= 20


def test_after_a_decision_one_is_back_where_one_was_and_never_elsewhere(anna, service):
    row = visit(service)
    url = reverse("admin:bookings_reservation_decide", args=[row.pk])
    data = {"choice": "approve", "from_status": "pending"}
    here = reverse("admin:conversations_conversation_change", args=[row.conversation_id])
    assert anna.post(url, {**data, "next": here}).headers["Location"] == here
    assert (
        anna.post(url, {**data, "next": "https://evil.example/"})
        .headers["Location"]
        .endswith(f"/reservation/{row.pk}/change/")
    )


def test_time_off_is_written_on_the_business_clock(anna, business):
    place = factories.ResourceFactory(business=business, hours={})
    data = {"business": business.pk, "resource": place.pk, "reason": "Holiday"}
    url = reverse("admin:bookings_timeoff_add")
    wrong = anna.post(url, {**data, "begins": "2027-07-01T18:00", "ends": "2027-07-01T10:00"})
    assert "The end must come after the beginning." in wrong.content.decode()
    assert anna.post(url, {**data, "begins": "2027-07-01T10:00", "ends": "2027-07-01T18:00"}).status_code == 302
    row = TimeOff.objects.get()
    assert row.period.lower == datetime(2027, 7, 1, 8, tzinfo=UTC)
    body = anna.get(reverse("admin:bookings_timeoff_change", args=[row.pk])).content.decode()
    assert 'value="2027-07-01T10:00"' in body
