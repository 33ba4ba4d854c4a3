"""Enquiries by the API: every path, every kind of caller, and nothing of another business."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from bookings.leads import actions as lead_actions
from bookings.models import ConsultationQuestion, ConsultationQuestionText, Lead, LeadAnswer, LeadPhoto, LeadSettings
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.api_keys import authentication
from bots.staff.roles import front_desk_group
from conversations.attachments.fetching import path_of
from conversations.models import Message
from conversations.models.attachments import Attachment
from tests.factories import (
    BusinessFactory,
    ConversationFactory,
    MessageFactory,
    ReservationFactory,
    ServiceFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

Status = Lead.Status
ANNA = Actor("Anna", "admin")
MOVES = ["approve", "reject", "send-deposit", "send-booking-link", "mark-booked"]


@pytest.fixture
def business() -> Any:
    return BusinessFactory(name="Studio Tusz", slug="tusz", default_language="en", languages=["en", "pl"])


@pytest.fixture
def key(business: Any) -> str:
    return authentication.make("Zapier", business_id=business.pk)[1]


def enquiry(business: Any, status: str = Status.PENDING_APPROVAL, **fields: Any) -> Lead:
    name = fields.pop("name", "Marta")
    conversation = fields.pop("conversation", None) or ConversationFactory(
        account__bot__business=business, contact__name=name, contact__phone=fields.pop("phone", "+48600700800")
    )
    given = {"title": "A fern on the forearm", "deposit_amount": 10_000, "submitted_at": timezone.now(), **fields}
    return Lead.objects.create(
        business=business, bot=conversation.bot, contact=conversation.contact, conversation=conversation,
        status=status, language="en", **given,
    )  # fmt: skip


def by_key(key: str) -> Client:
    return Client(enforce_csrf_checks=True, headers={"x-admin-api-key": key})


def person(*businesses: Any, desk: bool = True, **fields: Any) -> Client:
    user = UserFactory(**fields)
    if desk:
        user.groups.add(front_desk_group())
    for business in businesses:
        business.staff.add(user)
    client = Client()
    client.force_login(user)
    return client


def post(client: Client, lead: Lead | int, move: str, **body: Any) -> Any:
    number = lead if isinstance(lead, int) else lead.pk
    return client.post(f"/api/leads/{number}/{move}/", body, content_type="application/json")


def said_to(lead: Lead) -> list[str]:
    assert lead.conversation is not None
    return list(lead.conversation.messages.filter(author="bot").values_list("text", flat=True))


# --- the list -----------------------------------------------------------------------------------------------------------


def test_list_tells_what_one_needs_to_choose(business: Any, key: str) -> None:
    lead = enquiry(business, size_cm="12.5", budget_amount=80_000, budget_currency="PLN", wished_day="2026-12-01")
    body = by_key(key).get("/api/leads/").json()
    (row,) = body.pop("results")
    assert body == {"count": 1, "next": None, "previous": None}
    assert {name: row[name] for name in row if not name.endswith("_at")} == {
        "id": lead.pk, "business": "tusz", "status": "pending_approval", "version": 1, "next_step": "approve",
        "waits_for": "staff", "language": "en", "title": "A fern on the forearm", "size_cm": "12.5",
        "customer": {"id": lead.contact_id, "name": "Marta", "phone": "+48600700800", "email": ""},
        "budget": {"amount": 80_000, "currency": "PLN"}, "wished_day": "2026-12-01", "deposit_amount": 10_000,
        "photos": 0,
    }  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["fern", "koi", "name"]),
        ("?status=approved", ["koi"]),
        ("?status=approved&status=rejected", ["koi", "name"]),
        ("?search=KOI", ["koi"]),
        ("?search=olga", ["name"]),
        ("?search=600%20111%20222", ["koi"]),
        ("?search=111", []),
        ("?search=%25", []),
        ("?since={yesterday}", ["fern", "name"]),
        ("?since={yesterday}&status=rejected", ["name"]),
        ("?business=tusz", ["fern", "koi", "name"]),
        ("?business=another", []),
    ],
)
def test_list_is_narrowed(business: Any, key: str, query: str, expected: list[str]) -> None:
    enquiry(business, title="A fern")
    old = enquiry(business, Status.APPROVED, title="A koi", phone="+48600111222")
    enquiry(business, Status.REJECTED, title="Her name", name="Olga")
    Lead.objects.filter(pk=old.pk).update(updated_at=timezone.now() - timedelta(days=3))
    yesterday = (timezone.now() - timedelta(days=1)).isoformat().replace("+", "%2B")
    found = by_key(key).get(f"/api/leads/{query.format(yesterday=yesterday)}").json()["results"]
    assert sorted(row["title"].split()[-1] for row in found) == sorted(expected)


def test_a_number_finds_its_enquiry(business: Any, key: str) -> None:
    lead = enquiry(business)
    enquiry(business, name="Olga")
    found = by_key(key).get(f"/api/leads/?search={lead.pk}").json()["results"]
    assert [row["id"] for row in found] == [lead.pk]


@pytest.mark.parametrize(
    ("query", "field"),
    [
        ("status=nonsense", "status"),
        ("since=yesterday", "since"),
        ("since=2026-11-21T10:00:00", "since"),
        ("page_size=101", "page_size"),
        ("page_size=0", "page_size"),
        ("page=x", "page"),
        ("order=name", "order"),
        ("business=a%20b", "business"),
        (f"search={'x' * 101}", "search"),
    ],
)
def test_list_refuses_what_it_does_not_know(key: str, query: str, field: str) -> None:
    response = by_key(key).get(f"/api/leads/?{query}")
    assert (response.status_code, list(response.json())) == (400, [field])


def test_list_is_paged_and_asks_the_database_as_often_for_many_as_for_few(
    business: Any, key: str, django_assert_num_queries: Any
) -> None:
    for number in range(7):
        enquiry(business, title=str(number))
    client = by_key(key)
    client.get("/api/leads/")  # notes that the key was used
    pages = []
    for page in (1, 2, 3):
        with django_assert_num_queries(3):  # whose key, how many, which
            pages.append(client.get(f"/api/leads/?page={page}&page_size=3").json())
    assert [[row["title"] for row in page["results"]] for page in pages] == [["6", "5", "4"], ["3", "2", "1"], ["0"]]
    assert pages[0]["next"].endswith("page=2&page_size=3") and pages[2]["next"] is None
    assert client.get("/api/leads/?page=4&page_size=3").status_code == 404


# --- one ------------------------------------------------------------------------------------------------------------------


def test_one_tells_everything(business: Any, key: str, django_assert_max_num_queries: Any) -> None:
    lead = enquiry(business)
    for position, code in enumerate(["idea", "size"]):
        question = ConsultationQuestion.objects.create(bot=lead.bot, code=code, kind="text", position=position)
        ConsultationQuestionText.objects.create(question=question, language="en", name=code.title(), text="?")
        LeadAnswer.objects.create(lead=lead, question=question, words=f"my {code}", value={"text": code})
    message = MessageFactory(conversation=lead.conversation, kind="media", media=[{}, {}])
    for position in (0, 1):
        LeadPhoto.objects.create(lead=lead, message=message, position=position)
    lead_actions.approve(lead.pk, by=ANNA)
    visit = ReservationFactory(
        service=ServiceFactory(business=business),
        start=timezone.now() + timedelta(days=9),
        conversation=lead.conversation,
    )
    Lead.objects.filter(pk=lead.pk).update(reservation=visit)
    with django_assert_max_num_queries(10):
        body = by_key(key).get(f"/api/leads/{lead.pk}/").json()
    assert body["answers"] == [
        {"question": code, "name": code.title(), "kind": "text", "words": f"my {code}", "value": {"text": code},
         "skipped": False}
        for code in ("idea", "size")
    ]  # fmt: skip
    assert (body["photos"], [photo["position"] for photo in body["photo_list"]]) == (2, [0, 1])
    (happened,) = body["history"]
    assert (happened["verb"], happened["from_status"], happened["to_status"], happened["by"], happened["way"]) == (
        "approve", "pending_approval", "approved", "Anna", "admin"
    )  # fmt: skip
    assert (body["reservation"]["id"], body["reservation"]["status"]) == (visit.pk, "confirmed")
    assert body["conversation"] == lead.conversation_id and body["deposit"] is None
    assert body["can"] == ["reject", "send-deposit", "send-booking-link", "mark-booked"]


def test_a_photo_is_fetched_by_its_address(business: Any, key: str, settings: Any, tmp_path: Any) -> None:
    settings.MEDIA_ROOT = tmp_path
    lead = enquiry(business)
    message = MessageFactory(conversation=lead.conversation, kind="media", media=[{}, {}])
    file = Attachment.objects.create(
        message=message, kind="image", status="stored", has_thumbnail=True, content_type="image/png", size=5
    )
    path_of(file).parent.mkdir(parents=True)
    path_of(file).write_bytes(b"large")
    for position in (0, 1):
        LeadPhoto.objects.create(lead=lead, message=message, position=position)
    kept, gone = by_key(key).get(f"/api/leads/{lead.pk}/").json()["photo_list"]
    assert (kept["status"], kept["content_type"], kept["size"], gone["status"], gone["url"]) == (
        "stored", "image/png", 5, "", ""
    )  # fmt: skip
    response = by_key(key).get(kept["url"])
    assert (b"".join(response.streaming_content), response["Content-Type"]) == (b"large", "image/png")
    assert "sandbox" in response["Content-Security-Policy"]
    stranger = by_key(authentication.make("Other", business_id=BusinessFactory().pk)[1])
    assert (stranger.get(kept["url"]).status_code, Client().get(kept["url"]).status_code) == (404, 401)
    assert by_key(key).get(f"/api/leads/{lead.pk}/photos/{gone['id']}/").status_code == 404
    other = enquiry(business, name="Olga")
    assert by_key(key).get(kept["url"].replace(f"/{lead.pk}/", f"/{other.pk}/", 1)).status_code == 404


# --- the moves ------------------------------------------------------------------------------------------------------------


def test_approve(business: Any, key: str) -> None:
    lead = enquiry(business)
    response = post(by_key(key), lead, "approve")
    assert (response.status_code, response.json()["status"]) == (200, "approved")
    decision = Decision.objects.get(subject="lead", subject_id=lead.pk)
    assert (decision.by_name, decision.source, decision.by_id) == ("Zapier", "api", None)
    assert len(said_to(lead)) == 1


def test_reject_tells_the_reason(business: Any, key: str) -> None:
    lead = enquiry(business)
    response = post(by_key(key), lead, "reject", reason="We do no faces.")
    assert response.json()["status"] == "rejected" and response.json()["reason"] == "We do no faces."
    assert "We do no faces." in said_to(lead)[0]


def test_send_deposit_with_its_own_amount_and_time(business: Any, key: str) -> None:
    service = ServiceFactory(business=business)
    lead = enquiry(business, Status.APPROVED)
    start = (timezone.now() + timedelta(days=5)).replace(hour=11, minute=0, second=0, microsecond=0)
    response = post(
        by_key(key), lead, "send-deposit", amount=15_000, hours=12, service=service.pk, start=start.isoformat()
    )
    assert response.status_code == 200, response.json()
    body = response.json()
    assert (body["status"], body["deposit_amount"], body["service"]) == ("deposit_requested", 15_000, service.pk)
    assert body["reservation"]["status"] == "held"


def test_send_booking_link(business: Any, key: str) -> None:
    lead = enquiry(business, Status.DEPOSIT_PAID, service=ServiceFactory(business=business))
    assert post(by_key(key), lead, "send-booking-link").json()["status"] == "booking_link_sent"
    assert "/book/" in said_to(lead)[0]


def test_mark_booked_with_a_visit_of_the_customer(business: Any, key: str) -> None:
    lead = enquiry(business, Status.DEPOSIT_PAID)
    mine = ReservationFactory(
        service=ServiceFactory(business=business),
        start=timezone.now() + timedelta(days=9),
        conversation=lead.conversation,
    )
    other = ReservationFactory(service=mine.service, start=timezone.now() + timedelta(days=10))
    refused = post(by_key(key), lead, "mark-booked", reservation=other.pk)
    assert (refused.status_code, refused.json()) == (409, {"detail": "This customer has no such confirmed visit."})
    body = post(by_key(key), lead, "mark-booked", reservation=mine.pk).json()
    assert (body["status"], body["reservation"]["id"]) == ("booked", mine.pk)


def test_who_comes_second_hears_who_was_first(business: Any, key: str) -> None:
    lead = enquiry(business)
    lead_actions.approve(lead.pk, by=ANNA)
    response = post(by_key(key), lead, "approve")
    body = response.json()
    assert (response.status_code, body["by"]) == (409, "Anna")
    assert body["detail"].startswith("Already decided: Approved by Anna at ") and body["at"]
    assert Decision.objects.filter(subject="lead").count() == 1 and len(said_to(lead)) == 1


def test_only_from_the_status_that_was_seen(business: Any, key: str) -> None:
    """Declining is allowed once it is approved, too: who meant to decline what waits is told that it was approved."""
    lead = enquiry(business)
    lead_actions.approve(lead.pk, by=ANNA)
    refused = post(by_key(key), lead, "reject", from_status="pending_approval")
    assert (refused.status_code, refused.json()["by"]) == (409, "Anna")
    lead.refresh_from_db()
    assert lead.status == Status.APPROVED
    assert post(by_key(key), lead, "reject", from_status="approved").json()["status"] == "rejected"


def test_a_time_that_is_taken_is_refused_with_others(business: Any, key: str) -> None:
    service = ServiceFactory(business=business)
    start = (timezone.now() + timedelta(days=5)).replace(hour=11, minute=0, second=0, microsecond=0)
    ReservationFactory(service=service, start=start)
    lead = enquiry(business, Status.APPROVED, service=service)
    response = post(by_key(key), lead, "send-deposit", start=start.isoformat())
    assert response.status_code == 409 and response.json()["detail"] and len(response.json()["free"]) > 0
    lead.refresh_from_db()
    assert (lead.status, lead.reservation) == (Status.APPROVED, None)


@pytest.mark.parametrize(
    ("move", "body", "field"),
    [
        ("approve", {"status": "booked"}, "status"),
        ("approve", {"from_status": "nonsense"}, "from_status"),
        ("reject", {"reason": "x" * 501}, "reason"),
        ("reject", {"reason": {"a": 1}}, "reason"),
        ("send-deposit", {"ammount": 5}, "ammount"),
        ("send-deposit", {"amount": 0}, "amount"),
        ("send-deposit", {"amount": -5}, "amount"),
        ("send-deposit", {"amount": 10**12}, "amount"),
        ("send-deposit", {"amount": "many"}, "amount"),
        ("send-deposit", {"amount": 12.5}, "amount"),
        ("send-deposit", {"start": "tomorrow"}, "start"),
        ("send-deposit", {"start": "2026-12-01T10:00:00"}, "start"),
        ("send-deposit", {"start": 5}, "start"),
        ("send-deposit", {"hours": 0}, "hours"),
        ("send-booking-link", {"service": "x"}, "service"),
        ("send-booking-link", {"service": 2**63}, "service"),
        ("mark-booked", {"reservation": None}, "reservation"),
    ],
)
def test_bad_input_is_named_and_changes_nothing(
    business: Any, key: str, move: str, body: dict[str, Any], field: str
) -> None:
    lead = enquiry(business, Status.APPROVED)
    before = Lead.objects.values().get()
    response = post(by_key(key), lead, move, **body)
    assert (response.status_code, list(response.json())) == (400, [field])
    assert Lead.objects.values().get() == before and not Message.objects.exists() and not Decision.objects.exists()


@pytest.mark.parametrize(
    ("body", "content_type", "expected"),
    [
        (b"{", "application/json", 400),
        (b"[]", "application/json", 400),
        (b'"approve"', "application/json", 400),
        (b"\xff", "application/json", 400),
        (b"a=1", "application/x-www-form-urlencoded", 415),
        (b"", "application/json", 200),
    ],
)
def test_bodies_that_are_none(business: Any, key: str, body: bytes, content_type: str, expected: int) -> None:
    lead = enquiry(business)
    url = f"/api/leads/{lead.pk}/approve/"
    assert by_key(key).post(url, body, content_type=content_type).status_code == expected


def test_no_body_is_needed(business: Any, key: str) -> None:
    assert by_key(key).generic("POST", f"/api/leads/{enquiry(business).pk}/approve/").status_code == 200


@pytest.mark.parametrize(
    ("move", "status", "words"),
    [
        ("approve", Status.DRAFT, "Already decided: Being talked about"),
        ("approve", Status.BOOKED, "Already decided: Booked"),
        ("reject", Status.DEPOSIT_PAID, "Already decided: Deposit paid"),
        ("send-deposit", Status.PENDING_APPROVAL, "Already decided: Waits for approval"),
        ("send-booking-link", Status.APPROVED, "The deposit comes first."),
        ("mark-booked", Status.APPROVED, "The deposit comes first."),
        ("mark-booked", Status.REJECTED, "Already decided: Declined"),
    ],
)
def test_moves_that_are_not_allowed_from_there(business: Any, key: str, move: str, status: str, words: str) -> None:
    lead = enquiry(business, status)
    response = post(by_key(key), lead, move)
    assert response.status_code == 409 and response.json()["detail"].startswith(words)
    lead.refresh_from_db()
    assert lead.status == status and not Message.objects.exists()


# --- who may --------------------------------------------------------------------------------------------------------------

PATHS = [("get", ""), ("get", "{id}/"), *[("post", f"{{id}}/{move}/") for move in MOVES]]


def statuses(client: Client, lead: Lead) -> set[int]:
    """What every path answers."""
    return {
        getattr(client, method)(f"/api/leads/{path.format(id=lead.pk)}", content_type="application/json").status_code
        for method, path in PATHS
    }


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        ("nobody", {401}),
        ("wrong key", {401}),
        ("revoked key", {401}),
        ("customer who logs in", {403}),
        ("staff without rights", {403}),
        ("staff who have left", {401}),
        ("foreign page", {403}),
    ],
)
def test_who_may_not(business: Any, who: str, expected: set[int]) -> None:
    lead = enquiry(business)
    before = Lead.objects.values().get()
    row, revoked = authentication.make("Old", business_id=business.pk)
    authentication.revoke([row.pk])
    left = person(business)
    if who == "staff who have left":
        business.staff.first().__class__.objects.update(is_active=False)
    client = {
        "nobody": lambda: Client(),
        "wrong key": lambda: by_key("nonsense"),
        "revoked key": lambda: by_key(revoked),
        "customer who logs in": lambda: person(business, is_staff=False),
        "staff without rights": lambda: person(business, desk=False),
        "staff who have left": lambda: left,
        "foreign page": lambda: _without_token(business),
    }[who]()
    found = statuses(client, lead)
    assert found == (expected | {200} if who == "foreign page" else expected)
    assert Lead.objects.values().get() == before and not Decision.objects.exists()


def _without_token(business: Any) -> Client:
    user = UserFactory()
    user.groups.add(front_desk_group())
    business.staff.add(user)
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    return client


@pytest.mark.parametrize("who", ["key", "staff"])
def test_another_businesss_enquiry_does_not_exist(business: Any, who: str) -> None:
    lead, other = enquiry(business), BusinessFactory()
    stranger = person(other) if who == "staff" else by_key(authentication.make("Other", business_id=other.pk)[1])
    before = Lead.objects.values().get()
    assert stranger.get("/api/leads/").json()["results"] == []
    assert stranger.get(f"/api/leads/?search={lead.pk}&business=tusz").json()["results"] == []
    found = {stranger.get(f"/api/leads/{lead.pk}/").status_code}
    found |= {post(stranger, lead, move).status_code for move in MOVES}
    assert found == {404}
    theirs, none = (post(stranger, number, "approve").content for number in (lead.pk, 999_999_999))
    assert theirs == none, "not even that it exists is told"
    assert Lead.objects.values().get() == before and not Decision.objects.exists()


def test_another_businesss_service_and_visit_are_no_use(business: Any, key: str) -> None:
    lead = enquiry(business, Status.DEPOSIT_PAID)
    theirs = ServiceFactory()
    assert post(by_key(key), lead, "send-booking-link", service=theirs.pk).status_code == 409
    visit = ReservationFactory(service=theirs, start=timezone.now() + timedelta(days=9))
    assert post(by_key(key), lead, "mark-booked", reservation=visit.pk).status_code == 409


@pytest.mark.parametrize("who", ["key of all", "environment", "bearer", "staff", "boss"])
def test_who_may(business: Any, who: str, settings: Any) -> None:
    settings.ADMIN_API_KEY = "the-environments-own-key-0123456789"
    lead = enquiry(business)
    client = {
        "key of all": lambda: by_key(authentication.make("All")[1]),
        "environment": lambda: by_key(settings.ADMIN_API_KEY),
        "bearer": lambda: Client(headers={"authorization": f"Bearer {settings.ADMIN_API_KEY}"}),
        "staff": lambda: person(business, first_name="Ola"),
        "boss": lambda: person(is_superuser=True, username="boss", desk=False),
    }[who]()
    assert [row["id"] for row in client.get("/api/leads/").json()["results"]] == [lead.pk]
    assert post(client, lead, "approve").status_code == 200
    signed = {
        "key of all": "All",
        "environment": "ADMIN_API_KEY",
        "bearer": "ADMIN_API_KEY",
        "staff": "Ola",
        "boss": "boss",
    }
    decision = Decision.objects.get(subject="lead")
    assert (decision.by_name, decision.source) == (signed[who], "api")
    assert (decision.by is not None) == (who in ("staff", "boss"))


def test_nothing_else_is_answered(business: Any, key: str) -> None:
    lead = enquiry(business)
    client = by_key(key)
    assert client.get(f"/api/leads/{lead.pk}/approve/").status_code == 405
    assert {client.delete(f"/api/leads/{lead.pk}/").status_code, client.put("/api/leads/").status_code} == {405}
    assert post(client, lead, "undo").status_code == 404
    assert client.get(f"/api/leads/{'9' * 30}/").status_code == 404


# --- how it is described ------------------------------------------------------------------------------------------------


def test_schema_is_whole_and_without_warnings(tmp_path: Any) -> None:
    file = tmp_path / "schema.yml"
    call_command("spectacular", "--fail-on-warn", "--validate", "--file", str(file))
    told = file.read_text()
    assert all(f"/api/leads/{{id}}/{move}/:" in told for move in MOVES)
    assert "name: X-Admin-API-Key" in told and "/webhooks/" not in told


def test_settings_of_the_bot_are_the_deposit(business: Any, key: str) -> None:
    lead = enquiry(business, Status.APPROVED, deposit_amount=0)
    assert "No deposit is asked for here" in post(by_key(key), lead, "send-deposit").json()["detail"]
    LeadSettings.objects.create(bot=lead.bot, deposit_amount=20_000)
    assert post(by_key(key), lead, "send-deposit").json()["deposit_amount"] == 20_000
