"""One conversation's queue is sent in order, against a Graph API that does the harm that networks do."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bots.models import ChannelAccount
from conversations import delivery, gate, outbox
from conversations.models import Conversation, Message
from tests.conversations.test_inbox import at_once
from tests.conversations.writer import InstagramWriter, by_day, row, the_conversation
from tests.standins.graph import Graph

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def talk(writer: InstagramWriter) -> Conversation:
    writer.write("Hi")
    by_day()
    Conversation.objects.update(answered_seq=1)
    return the_conversation()


def ours() -> Message:
    return Message.objects.filter(author__in=["bot", "staff"]).order_by("seq")[0]


def statuses() -> list[str]:
    return list(Message.objects.exclude(author="customer").order_by("seq").values_list("status", flat=True))


def soon(**fields: Any) -> None:
    """The waiting is over."""
    Message.objects.exclude(author="customer").update(not_before=None, **fields)


def test_queue_leaves_in_order(talk: Conversation, graph_api: Graph) -> None:
    for text in ("one", "two", "three"):
        outbox.say(talk.pk, text)
    assert delivery.deliver(talk.pk) == 3
    assert [one.text for one in graph_api.deliveries] == ["one", "two", "three"]
    assert statuses() == ["sent"] * 3
    assert {one.message_id for one in graph_api.deliveries} == set(
        Message.objects.exclude(author="customer").values_list("external_id", flat=True)
    )
    assert delivery.deliver(talk.pk) == 0


def test_many_workers_send_each_message_once_and_in_order(talk: Conversation, graph_api: Graph) -> None:
    texts = [f"part {number}" for number in range(12)]
    for text in texts:
        outbox.say(talk.pk, text)
    while "queued" in statuses():
        assert at_once(*[lambda: delivery.deliver(talk.pk)] * 4) == []
    assert [one.text for one in graph_api.deliveries] == texts


# The harm, then: status, whether the account was paused, attention, how many the customer got, whether it waits
HARMS: dict[str, tuple[str, dict[str, Any], dict[str, Any]]] = {
    "throttled": ("throttled", {}, {"status": "queued", "waits": 7, "account_waits": True}),
    "rate limit": ("rate_limit", {}, {"status": "queued", "waits": 60, "account_waits": True}),
    "temporary": ("temporary", {}, {"status": "queued", "waits": 1}),
    "fault of a server": ("fault", {}, {"status": "sending"}),
    "fault though sent": ("fault_though_sent", {}, {"status": "sending", "got": 1}),
    "error though sent": ("error_though_sent", {}, {"status": "sending", "got": 1}),
    "closed after sending": ("closed", {}, {"status": "sending", "got": 1}),
    "closed before": ("dropped", {}, {"status": "sending"}),
    "nonsense for an answer": ("nonsense", {}, {"status": "sent", "got": 1}),
    "no id": ("without_id", {}, {"status": "sent", "got": 1}),
    "answer too large": ("oversized", {}, {"status": "sending", "got": 1}),
    "redirect": ("redirect", {}, {"status": "failed", "attention": "failed_send"}),
    "token dead": ("token_dead", {}, {"status": "queued", "paused": True, "attention": "failed_send"}),
    "blocked by the customer": ("blocked", {}, {"status": "failed", "attention": "failed_send"}),
    "window closed": ("error", {"code": 10, "subcode": 2534022}, {"status": "held", "attention": "failed_send"}),
    "malformed": ("error", {"code": 100}, {"status": "failed", "attention": "failed_send"}),
    "permission": ("error", {"code": 200}, {"status": "queued", "paused": True, "attention": "failed_send"}),
}


@pytest.mark.parametrize(("harm", "options", "expected"), HARMS.values(), ids=HARMS)
def test_what_an_error_makes_of_a_message(
    talk: Conversation, graph_api: Graph, harm: str, options: dict[str, Any], expected: dict[str, Any]
) -> None:
    graph_api.harm(harm, **options)
    outbox.say(talk.pk, "We are open.")
    outbox.say(talk.pk, "And tomorrow too.")
    before = timezone.now()
    delivery.deliver(talk.pk)
    message, conversation = ours(), the_conversation()
    waits = round((message.not_before - before).total_seconds()) if message.not_before else 0
    found = {
        "status": message.status,
        "waits": waits,
        "account_waits": conversation.account.send_not_before is not None,
        "paused": conversation.account.paused_at is not None,
        "attention": conversation.attention,
        "got": graph_api.count(text="We are open."),
    }
    usual = {"waits": 0, "account_waits": False, "paused": False, "attention": "", "got": 0}
    assert found == usual | expected
    goes_on = expected["status"] in ("sent", "failed", "held")
    assert graph_api.count(text="And tomorrow too.") == (1 if goes_on else 0), "order is kept"
    assert "stand-in-token" not in message.error


def test_connection_refused_is_tried_again(talk: Conversation, settings: Any) -> None:
    settings.GRAPH_API_URL = "http://127.0.0.1:9"
    outbox.say(talk.pk, "We are open.")
    delivery.deliver(talk.pk)
    assert (ours().status, ours().attempts) == ("queued", 1) and ours().not_before


def test_what_never_succeeds_is_given_to_staff_after_eight_tries(talk: Conversation, graph_api: Graph) -> None:
    graph_api.harm("temporary", times=-1, text="first")
    outbox.say(talk.pk, "first")
    outbox.say(talk.pk, "second")
    for _ in range(delivery.MAX_ATTEMPTS):
        assert statuses() == ["queued", "queued"]
        delivery.deliver(talk.pk)
        soon()
    assert statuses() == ["failed", "sent"]
    assert the_conversation().attention == "failed_send"
    assert len([one for one in graph_api.asked if one.body["message"]["text"] == "first"]) == 8


def test_account_that_was_put_right_sends_in_order(talk: Conversation, graph_api: Graph) -> None:
    graph_api.harm("token_dead")
    for text in ("one", "two"):
        outbox.say(talk.pk, text)
    delivery.deliver(talk.pk)
    delivery.deliver(talk.pk)
    assert len(graph_api.asked) == 1, "one call, then quiet"
    assert delivery.due() == []
    graph_api.calm()
    ChannelAccount.objects.update(paused_at=None)
    assert delivery.due() == [talk.pk]
    delivery.deliver(talk.pk)
    assert [one.text for one in graph_api.deliveries] == ["one", "two"]


def test_gate_is_asked_at_the_moment_of_sending(talk: Conversation, graph_api: Graph) -> None:
    outbox.say(talk.pk, "news", purpose="news")
    outbox.say(talk.pk, "reply")
    outbox.say(talk.pk, "late reminder", purpose="reminder", expires_at=timezone.now())
    outbox.say(talk.pk, "staff", purpose="staff")
    Conversation.objects.update(mode="person", last_inbound_at=timezone.now() - timedelta(hours=25))
    delivery.deliver(talk.pk)
    assert statuses() == ["held", "cancelled", "cancelled", "sent"]
    assert the_conversation().attention == "failed_send"
    sent = graph_api.deliveries[0].body
    assert (sent["messaging_type"], sent["tag"]) == ("MESSAGE_TAG", "HUMAN_AGENT")


def test_stop_at_the_last_moment_drops_what_is_queued(talk: Conversation, graph_api: Graph) -> None:
    outbox.say(talk.pk, "reminder", purpose="reminder")
    talk.contact.opted_out_at = timezone.now()
    talk.contact.save()
    delivery.deliver(talk.pk)
    assert (statuses(), graph_api.count()) == (["cancelled"], 0)


# --- of which it is not known whether it arrived ---------------------------------------------------------------


def uncertain(talk: Conversation, purpose: str, graph_api: Graph, **fields: Any) -> Message:
    """Sent, the answer lost, and no echo came in time."""
    graph_api.harm("closed")
    outbox.say(talk.pk, "We are open.", purpose=purpose)
    Message.objects.exclude(author="customer").update(**fields) if fields else None
    delivery.deliver(talk.pk)
    assert delivery.settle_uncertain() == 0, "its echo may still come"
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    return ours()


@pytest.mark.parametrize("purpose", ["reply", "news", "notice", "staff"])
def test_uncertain_is_sent_once_more_and_marked(talk: Conversation, graph_api: Graph, purpose: str) -> None:
    message = uncertain(talk, purpose, graph_api)
    assert delivery.settle_uncertain() == 1
    delivery.deliver(talk.pk)
    message.refresh_from_db()
    assert (message.status, message.maybe_duplicate, graph_api.count()) == ("sent", True, 2)


def test_uncertain_reminder_is_not_sent_again(talk: Conversation, graph_api: Graph) -> None:
    message = uncertain(talk, "reminder", graph_api)
    delivery.settle_uncertain()
    delivery.deliver(talk.pk)
    message.refresh_from_db()
    assert (message.status, graph_api.count()) == ("unknown", 1)
    assert the_conversation().attention == "failed_send"


def test_uncertain_reply_that_was_overtaken_is_not_sent_again(
    talk: Conversation, graph_api: Graph, writer: InstagramWriter
) -> None:
    message = uncertain(talk, "reply", graph_api)
    writer.write("And on Sunday?")
    delivery.settle_uncertain()
    message.refresh_from_db()
    assert (message.status, graph_api.count()) == ("unknown", 1)


def test_uncertain_twice_is_given_to_staff(talk: Conversation, graph_api: Graph) -> None:
    message = uncertain(talk, "news", graph_api, maybe_duplicate=True)
    delivery.settle_uncertain()
    message.refresh_from_db()
    assert (message.status, graph_api.count()) == ("unknown", 1)
    assert the_conversation().attention == "failed_send"


def test_uncertain_that_expired_meanwhile_is_not_sent_again(talk: Conversation, graph_api: Graph) -> None:
    message = uncertain(talk, "news", graph_api)
    Message.objects.filter(pk=message.pk).update(expires_at=timezone.now())
    delivery.settle_uncertain()
    delivery.deliver(talk.pk)
    assert (statuses(), graph_api.count()) == (["cancelled"], 1)


def test_parked_echo_settles_it(talk: Conversation, graph_api: Graph, writer: InstagramWriter) -> None:
    message = uncertain(talk, "news", graph_api)
    Message.objects.filter(pk=message.pk).update(status="queued")
    writer.echo(graph_api.deliveries[0].message_id, "We are open.")  # it came while the row stood otherwise
    Message.objects.filter(pk=message.pk).update(status="sending")
    assert delivery.settle_uncertain() == 1
    message.refresh_from_db()
    assert (message.status, message.external_id) == ("sent", graph_api.deliveries[0].message_id)
    assert graph_api.count() == 1


def test_later_ones_wait_for_the_uncertain_one(talk: Conversation, graph_api: Graph) -> None:
    uncertain(talk, "news", graph_api)
    outbox.say(talk.pk, "second")
    delivery.deliver(talk.pk)
    assert statuses() == ["sending", "queued"]
    delivery.settle_uncertain()
    delivery.deliver(talk.pk)
    assert statuses() == ["sent", "sent"]
    assert [one.text for one in graph_api.deliveries] == ["We are open.", "We are open.", "second"]


def test_worker_that_was_overtaken_notes_nothing(talk: Conversation, graph_api: Graph) -> None:
    """Frozen past its lease: another has sent the row again, and only that one's outcome counts."""
    outbox.say(talk.pk, "We are open.")
    claim = delivery.claim_next(talk.pk)
    assert claim
    Message.objects.filter(pk=claim.message.pk).update(attempts=2, status="sent", external_id="of the other")
    before = row(claim.message)
    delivery._sent(claim, "late")
    assert row(claim.message) == before


def test_gate_says_wait_to_nobody_else(talk: Conversation, graph_api: Graph) -> None:
    """A limited account keeps its own messages back and nobody else's."""
    graph_api.harm("throttled")
    outbox.say(talk.pk, "one")
    delivery.deliver(talk.pk)
    assert isinstance(gate.verdict(ours(), the_conversation()), gate.Wait)
    assert delivery.deliver(talk.pk) == 0 and len(graph_api.asked) == 1
