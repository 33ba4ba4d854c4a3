"""What is counted: it equals what the tables say, whoever asks and however often processes start anew."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from prometheus_client.openmetrics import parser as openmetrics
from prometheus_client.parser import text_string_to_metric_families

from bots.metrics import exposition, rejections, rollups
from bots.models import BotSpend, Decision, Heartbeat, RefusedDelivery, Rollup, RollupMark
from bots.staff.api_keys import authentication
from conversations import metrics
from conversations.models import Conversation, Message, Turn
from conversations.sweeps import add_up
from tests.conversations.writer import instagram_account
from tests.factories import (
    BusinessFactory,
    ChannelAccountFactory,
    ContactFactory,
    ConversationFactory,
    MessageFactory,
    UserFactory,
)

pytestmark = pytest.mark.django_db

KEY = "the-environments-own-key-0123456789"
LONG_AGO = timedelta(days=400)


@pytest.fixture(autouse=True)
def key(settings: Any) -> None:
    settings.ADMIN_API_KEY = KEY


def scrape(**headers: str) -> dict[str, dict[tuple[tuple[str, str], ...], float]]:
    """What Prometheus reads: sample name → labels → value."""
    response = Client().get("/metrics", headers={"authorization": f"Bearer {KEY}", **headers})
    assert response.status_code == 200, response.content
    found: dict[str, dict[Any, float]] = {}
    for family in text_string_to_metric_families(response.content.decode()):
        for sample in family.samples:
            found.setdefault(sample.name, {})[tuple(sorted(sample.labels.items()))] = sample.value
    return found


def value(name: str, **labels: str) -> float | None:
    return scrape().get(f"frontdesk_{name}", {}).get(tuple(sorted(labels.items())))


def said(conversation: Conversation, status: str, *, author: str = "bot", ago: timedelta = timedelta(0)) -> Message:
    message: Message = MessageFactory(
        conversation=conversation, author=author, status=status, received_at=timezone.now() - ago
    )
    return message


def thought(conversation: Conversation, seconds: float, *, ago: timedelta = timedelta(0), **fields: Any) -> Turn:
    end = timezone.now() - ago
    given = {"agent": "rules", "outcome": "answered", **fields}
    return Turn.objects.create(
        conversation=conversation, generation=1, after_seq=0, upto_seq=1, started_at=end - timedelta(seconds=seconds),
        finished_at=end, **given,
    )  # fmt: skip


# --- messages and turns ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("folded", [False, True], ids=["fresh", "added up"])
def test_messages_are_counted_as_they_stand(folded: bool) -> None:
    web = ConversationFactory()
    gram = ConversationFactory(account=ChannelAccountFactory(channel="instagram"))
    for conversation, status, author in [
        (web, "received", "customer"), (web, "sent", "bot"), (web, "failed", "bot"), (web, "sent", "staff"),
        (gram, "received", "customer"), (gram, "received", "customer"), (gram, "read", "bot"),
    ]:  # fmt: skip
        said(conversation, status, author=author, ago=LONG_AGO)
    if folded:
        assert rollups.aggregate(metrics.MESSAGES) == 7
    said(web, "queued")
    found = scrape()
    assert found["frontdesk_messages_received_total"] == {(("channel", "webchat"),): 1, (("channel", "instagram"),): 2}
    assert found["frontdesk_messages_written_total"] == {
        (("author", "bot"), ("channel", "webchat")): 3,
        (("author", "staff"), ("channel", "webchat")): 1,
        (("author", "bot"), ("channel", "instagram")): 1,
    }
    assert found["frontdesk_messages_by_outcome"] == {
        (("channel", "webchat"), ("outcome", "sent")): 2,
        (("channel", "webchat"), ("outcome", "failed")): 1,
        (("channel", "webchat"), ("outcome", "queued")): 1,
        (("channel", "instagram"), ("outcome", "read")): 1,
    }


@pytest.mark.parametrize("folded", [False, True], ids=["fresh", "added up"])
def test_turns_fall_into_their_buckets(folded: bool) -> None:
    conversation = ConversationFactory()
    for seconds in (0.05, 0.1, 0.3, 50):
        thought(conversation, seconds, ago=LONG_AGO)
    if folded:
        assert rollups.aggregate(metrics.TURNS) == 4
    thought(conversation, 7, agent="llm")
    found = scrape()
    rules = {dict(labels)["le"]: n for labels, n in found["frontdesk_turn_seconds_bucket"].items()
             if dict(labels)["agent"] == "rules"}  # fmt: skip
    assert (rules["0.1"], rules["0.25"], rules["0.5"], rules["45.0"], rules["+Inf"]) == (2, 2, 3, 3, 4)
    labels = (("agent", "rules"), ("outcome", "answered"))
    assert found["frontdesk_turn_seconds_count"][labels] == 4
    assert found["frontdesk_turn_seconds_sum"][labels] == pytest.approx(50.45)


def test_what_is_not_settled_is_not_added_up_yet() -> None:
    conversation = ConversationFactory()
    said(conversation, "sent", ago=LONG_AGO)
    late = said(conversation, "sent", ago=timedelta(days=2))
    assert (rollups.aggregate(metrics.MESSAGES), rollups.aggregate(metrics.MESSAGES)) == (1, 0)
    Message.objects.filter(pk=late.pk).update(status="read")
    assert value("messages_by_outcome", channel="webchat", outcome="read") == 1


def test_added_up_in_steps(monkeypatch: Any) -> None:
    conversation = ConversationFactory()
    for _ in range(7):
        said(conversation, "sent", ago=LONG_AGO)
    monkeypatch.setattr(rollups, "STEP", 2)
    assert rollups.aggregate(metrics.MESSAGES) == 7
    assert value("messages_written_total", channel="webchat", author="bot") == 7
    assert RollupMark.objects.get().upto_id == Message.objects.latest("pk").pk


def test_a_deleted_message_was_written_all_the_same() -> None:
    """A counter that sinks would look like a restart, and all there ever was like new."""
    conversation = ConversationFactory()
    said(conversation, "sent", ago=LONG_AGO)
    rollups.aggregate(metrics.MESSAGES)
    conversation.delete()
    assert value("messages_written_total", channel="webchat", author="bot") == 1


def test_sweep_adds_up_what_is_read() -> None:
    conversation = ConversationFactory()
    said(conversation, "sent", ago=LONG_AGO)
    thought(conversation, 1, ago=LONG_AGO)
    add_up()
    assert set(Rollup.objects.values_list("source", flat=True)) == {"messages", "turns"}


def test_who_is_read_while_it_is_added_up_reads_again(monkeypatch: Any) -> None:
    conversation = ConversationFactory()
    said(conversation, "sent", ago=LONG_AGO)
    grouped, tries = rollups._grouped, []

    def and_then_the_sweep(*arguments: Any) -> Any:
        rows = grouped(*arguments)
        if not tries:
            rollups.aggregate(metrics.MESSAGES)
        tries.append(1)
        return rows

    monkeypatch.setattr(rollups, "_grouped", and_then_the_sweep)
    (found,) = rollups.read(metrics.MESSAGES)
    assert (found.number, len(tries)) == (1, 2)


# --- who waits ---------------------------------------------------------------------------------------------------------------


def test_nobody_waits() -> None:
    found = scrape()
    for name in ("unanswered_conversations", "conversations_needing_staff", "unsent_messages"):
        assert found[f"frontdesk_{name}"] == {(): 0} and found[f"frontdesk_{name}_oldest_seconds"] == {(): 0}


def test_who_waits_longest() -> None:
    now = timezone.now()
    for seconds in (30, 90):
        ConversationFactory(last_seq=1, last_inbound_seq=1, oldest_unanswered_at=now - timedelta(seconds=seconds))
    ConversationFactory(mode="person", last_seq=1, last_inbound_seq=1, oldest_unanswered_at=now - timedelta(days=1))
    ConversationFactory(attention="question", attention_at=now - timedelta(minutes=5))
    conversation = ConversationFactory()
    said(conversation, "queued", ago=timedelta(minutes=2))
    said(conversation, "sending", ago=timedelta(minutes=1))
    later = said(conversation, "queued", ago=timedelta(hours=2))
    Message.objects.filter(pk=later.pk).update(not_before=now + timedelta(hours=9))
    found = {name: values.get(()) for name, values in scrape().items()}
    assert found["frontdesk_unanswered_conversations"] == 2
    assert found["frontdesk_unanswered_conversations_oldest_seconds"] == pytest.approx(90, abs=5)
    assert found["frontdesk_conversations_needing_staff"] == 1
    assert found["frontdesk_conversations_needing_staff_oldest_seconds"] == pytest.approx(300, abs=5)
    assert found["frontdesk_unsent_messages"] == 2
    assert found["frontdesk_unsent_messages_oldest_seconds"] == pytest.approx(120, abs=5)


def test_opted_out() -> None:
    ContactFactory(opted_out_at=timezone.now())
    ContactFactory()
    assert value("customers_opted_out") == 1


# --- the installation ----------------------------------------------------------------------------------------------------------------


def test_turned_away_deliveries_by_door_and_reason() -> None:
    for writer, why in [("instagram", "forged"), ("instagram", "forged"), ("telegram", "unreadable")]:
        rejections.count(writer, why)
    RefusedDelivery.objects.create(
        channel="instagram", why="forged", day=timezone.now().date() - timedelta(days=1), times=5
    )
    assert RefusedDelivery.objects.filter(day=timezone.now().date()).count() == 2
    assert scrape()["frontdesk_webhooks_refused_total"] == {
        (("channel", "instagram"), ("reason", "forged")): 7,
        (("channel", "telegram"), ("reason", "unreadable")): 1,
    }


@pytest.mark.parametrize(
    ("url", "body", "reason"),
    [
        ("/webhooks/instagram/", b"{}", "forged"),
        ("/webhooks/instagram/", b" " * (3 * 1024 * 1024 + 1), "too_large"),
        ("/webhooks/telegram/nobody/", b"{}", "forged"),
        ("/webhooks/whatsapp/", b"{}", "forged"),
        ("/webhooks/stripe/", b"{}", "forged"),
    ],
)
def test_what_is_turned_away_at_the_door_is_counted(url: str, body: bytes, reason: str) -> None:
    instagram_account()
    for _ in range(2):
        assert Client().post(url, body, content_type="application/json").status_code in (400, 403, 413)
    writer = url.split("/")[2]
    assert value("webhooks_refused_total", channel=writer, reason=reason) == 2


def test_what_models_cost() -> None:
    bot = ConversationFactory().bot
    for ago in (0, 1):
        BotSpend.objects.create(
            bot=bot, day=timezone.now().date() - timedelta(days=ago), spent_microdollars=250_000, requests=3
        )
    assert (value("llm_cost_dollars_total", bot=bot.slug), value("llm_requests_total", bot=bot.slug)) == (0.5, 6)


def test_decisions_by_verb_and_way() -> None:
    business = BusinessFactory()
    for way in ("admin", "api", "api"):
        Decision.objects.create(
            business=business, subject="reservation", subject_id=1, verb="approve", by_name="A", source=way
        )
    assert value("decisions_total", subject="reservation", verb="approve", way="api") == 2


@pytest.mark.parametrize(("ago", "expected"), [(None, None), (42, 42)])
def test_when_the_work_was_last_heard_of(ago: int | None, expected: int | None) -> None:
    if ago is not None:
        Heartbeat.objects.create(name="beat and worker", at=timezone.now() - timedelta(seconds=ago))
    found = value("heartbeat_age_seconds")
    assert found is None if expected is None else found == pytest.approx(expected, abs=5)


# --- how it reads -------------------------------------------------------------------------------------------------------------


def everything() -> None:
    """Something to count for every name."""
    conversation = ConversationFactory()
    said(conversation, "sent")
    said(conversation, "received", author="customer")
    thought(conversation, 1)
    rejections.count("instagram", "forged")
    BotSpend.objects.create(bot=conversation.bot, day=timezone.now().date(), spent_microdollars=1, requests=1)
    Heartbeat.objects.create(name="beat and worker", at=timezone.now())
    Decision.objects.create(
        business=conversation.business, subject="lead", subject_id=1, verb="approve", by_name="A", source="api"
    )


def test_names_follow_prometheus_conventions() -> None:
    """Ours begin alike, are told in a sentence, counters alone end in _total, units are base units, labels are few."""
    everything()
    names = set()
    for family in exposition.families(None):
        names.add(family.name)
        assert family.name.startswith("frontdesk_") and family.name == family.name.lower() and "__" not in family.name
        assert family.documentation.endswith(".") and family.documentation[0].isupper()
        assert family.type in ("counter", "gauge", "histogram")
        assert not family.name.endswith(("_total", "_count", "_sum", "_bucket", "_info", "_ms", "_minutes", "_cents"))
        for sample in family.samples:
            assert family.type != "counter" or sample.name == f"{family.name}_total"
            assert not {"le", "quantile", "job", "instance"} & set(sample.labels) or family.type == "histogram"
    assert len(names) >= 14


@pytest.mark.parametrize(
    ("accept", "content_type"),
    [("", "text/plain"), ("application/openmetrics-text; version=1.0.0", "application/openmetrics-text")],
)
def test_it_is_told_in_the_format_that_is_asked_for(accept: str, content_type: str) -> None:
    everything()
    response = Client().get("/metrics", headers={"x-admin-api-key": KEY, "accept": accept})
    assert response["Content-Type"].startswith(content_type) and response["Cache-Control"] == "no-store"
    read = openmetrics.text_string_to_metric_families if accept else text_string_to_metric_families
    assert {"frontdesk_messages_received", "frontdesk_turn_seconds"} <= {
        one.name for one in read(response.content.decode())
    }


def test_a_scrape_asks_as_many_questions_for_many_as_for_few() -> None:
    def count() -> int:
        conversation = ConversationFactory()
        said(conversation, "sent")
        thought(conversation, 1)
        with CaptureQueriesContext(connection) as queries:
            Client().get("/metrics", headers={"x-admin-api-key": KEY})
        return len(queries)

    assert count() == count() == count() <= 27


# --- who may read it -----------------------------------------------------------------------------------------------------------


def logged_in(*businesses: Any, **fields: Any) -> Client:
    user = UserFactory(**fields)
    for business in businesses:
        business.staff.add(user)
    client = Client()
    client.force_login(user)
    return client


def test_prometheus_needs_a_key_that_opens_every_business() -> None:
    business = BusinessFactory()
    _, everywhere = authentication.make("Prometheus")
    _, here = authentication.make("Here", business_id=business.pk)
    asked = {
        "nobody": Client().get("/metrics"),
        "wrong": Client().get("/metrics", headers={"x-admin-api-key": "wrong"}),
        "of one": Client().get("/metrics", headers={"x-admin-api-key": here}),
        "of all": Client().get("/metrics", headers={"x-admin-api-key": everywhere}),
        "staff": logged_in(business).get("/metrics"),
        "boss": logged_in(is_superuser=True).get("/metrics"),
        "post": Client().post("/metrics", headers={"x-admin-api-key": everywhere}),
    }
    assert {who: response.status_code for who, response in asked.items()} == {
        "nobody": 401, "wrong": 401, "of one": 403, "of all": 200, "staff": 403, "boss": 200, "post": 405,
    }  # fmt: skip
    assert asked["nobody"]["WWW-Authenticate"] == "Bearer" and b"frontdesk_" not in asked["staff"].content


@pytest.mark.parametrize(
    ("allowed", "address", "expected"),
    [
        ([], "127.0.0.1", 401),
        (["127.0.0.1"], "127.0.0.1", 200),
        (["10.0.0.0/8", "::1"], "10.9.8.7", 200),
        (["10.0.0.0/8", "::1"], "11.9.8.7", 401),
        (["::1"], "::1", 200),
        (["nonsense"], "127.0.0.1", 401),
    ],
)
def test_addresses_that_are_named_need_no_key(settings: Any, allowed: list[str], address: str, expected: int) -> None:
    settings.METRICS_ALLOW = allowed
    assert Client().get("/metrics", REMOTE_ADDR=address).status_code == expected


@pytest.mark.parametrize("header", ["x-forwarded-for", "x-real-ip", "forwarded"])
def test_what_a_proxy_brings_does_not_come_from_here(settings: Any, header: str) -> None:
    """A proxy on this machine is 127.0.0.1 to us, whoever stands behind it."""
    settings.METRICS_ALLOW = ["127.0.0.1"]
    assert Client().get("/metrics", headers={header: "127.0.0.1"}).status_code == 401


def test_people_read_the_numbers_of_their_own_businesses() -> None:
    here, there = ConversationFactory(), ConversationFactory()
    for conversation, times in ((here, 1), (there, 2)):
        for _ in range(times):
            said(conversation, "received", author="customer", ago=LONG_AGO)
            thought(conversation, 2, ago=LONG_AGO)
    rollups.aggregate(metrics.MESSAGES)
    rejections.count("instagram", "forged")
    _, key_here = authentication.make("Here", business_id=here.business.pk)
    headers = {"x-admin-api-key": key_here}
    bodies = {
        "staff": logged_in(here.business).get("/api/metrics").json(),
        "key": Client().get("/api/metrics", headers=headers).json(),
        "boss": logged_in(is_superuser=True).get("/api/metrics").json(),
        "stranger": logged_in(BusinessFactory()).get("/api/metrics").json(),
    }
    received = {who: body["metrics"]["messages_received"]["values"] for who, body in bodies.items()}
    line = {"channel": "webchat"}
    assert received == {
        "staff": [{**line, "value": 1}], "key": [{**line, "value": 1}], "boss": [{**line, "value": 3}], "stranger": [],
    }  # fmt: skip
    turns = bodies["key"]["metrics"]["turn_seconds"]["values"]
    assert turns == [{"agent": "rules", "outcome": "answered", "count": 1, "seconds": 2.0, "average": 2.0}]
    assert "webhooks_refused" not in bodies["staff"]["metrics"] and "webhooks_refused" in bodies["boss"]["metrics"]
    assert bodies["key"]["businesses"] == [here.business.name]


def test_strangers_read_nothing() -> None:
    assert Client().get("/api/metrics").status_code == 401
    assert logged_in(is_staff=False).get("/api/metrics").status_code == 403
