"""What the account itself said comes back: our own sends are known again, a person's words pause the bot."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bots.models import Decision
from conversations import delivery, echoes, outbox
from conversations.models import Conversation, Message, ParkedEcho, Pause
from tests.conversations.writer import InstagramWriter, the_conversation
from tests.standins.graph import Graph

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def talk(writer: InstagramWriter) -> Conversation:
    writer.write("Hi")
    Conversation.objects.update(answered_seq=1)
    return the_conversation()


def later() -> int:
    """The patience with unknown echoes is over."""
    ParkedEcho.objects.update(decide_at=timezone.now())
    return echoes.decide()


def state() -> dict[str, Any]:
    message = Message.objects.exclude(author="customer").get()
    return {"status": message.status, "id": message.external_id, "author": message.author}


def test_echo_after_the_answer_is_known(writer: InstagramWriter, talk: Conversation, graph_api: Graph) -> None:
    outbox.say(talk.pk, "We are open.")
    delivery.deliver(talk.pk)
    mid = graph_api.deliveries[0].message_id
    writer.echo(mid, "We are open.")
    assert not ParkedEcho.objects.exists()
    assert state() == {"status": "sent", "id": mid, "author": "bot"}
    assert the_conversation().mode == "bot"


def test_echo_before_the_answer_settles_the_send(writer: InstagramWriter, talk: Conversation) -> None:
    outbox.say(talk.pk, "We are open.")
    claim = delivery.claim_next(talk.pk)
    assert claim
    writer.echo("theirs", "We are  open. ")
    assert state() == {"status": "sent", "id": "theirs", "author": "bot"}
    assert later() == 0 and the_conversation().mode == "bot"


def test_echo_of_a_send_that_was_taken_without_an_id_is_ours(
    writer: InstagramWriter, talk: Conversation, graph_api: Graph
) -> None:
    graph_api.harm("without_id")
    outbox.say(talk.pk, "We are open.")
    delivery.deliver(talk.pk)
    assert state() == {"status": "sent", "id": "", "author": "bot"}
    writer.echo("theirs", "We are open.")
    later()
    assert state() == {"status": "sent", "id": "theirs", "author": "bot"}
    assert the_conversation().mode == "bot"


def test_echo_settles_what_was_not_known(writer: InstagramWriter, talk: Conversation) -> None:
    outbox.say(talk.pk, "We are open.")
    Message.objects.filter(author="bot").update(status="unknown")
    writer.echo("theirs", "We are open.")
    assert state() == {"status": "sent", "id": "theirs", "author": "bot"}


def test_each_echo_settles_one_send(writer: InstagramWriter, talk: Conversation) -> None:
    for _ in range(2):
        outbox.say(talk.pk, "Yes.")
    Message.objects.filter(author="bot").update(status="unknown")
    writer.echo("e1", "Yes.")
    writer.echo("e1", "Yes.")
    writer.echo("e2", "Yes.")
    assert list(Message.objects.filter(author="bot").values_list("external_id", flat=True)) == ["e1", "e2"]


def test_persons_words_in_the_app_pause_the_bot_and_are_kept(writer: InstagramWriter, talk: Conversation) -> None:
    writer.write("And on Sunday?")
    outbox.say(talk.pk, "The bot's own words")
    writer.echo("theirs", "This is Ewa, I will call you.")
    assert the_conversation().mode == "bot", "it might be ours: wait a little"
    assert later() == 1
    conversation = the_conversation()
    assert (conversation.mode, conversation.attention, conversation.answered_seq) == ("person", "", 2)
    kept = Message.objects.get(author="staff")
    assert (kept.text, kept.status, kept.external_id) == ("This is Ewa, I will call you.", "sent", "theirs")
    assert Message.objects.get(text="The bot's own words").status == "cancelled"
    pause = Pause.objects.get()
    assert timedelta(hours=2, minutes=59) < pause.until - timezone.now() <= timedelta(hours=3)
    told = Decision.objects.get()
    assert (told.verb, told.source, told.to_status) == ("take over", "app", "person")


def test_persons_echo_comes_again_and_again(writer: InstagramWriter) -> None:
    for _ in range(2):
        writer.echo("theirs", "This is Ewa.")
    later()
    writer.echo("theirs", "This is Ewa.")
    assert later() == 0
    assert Message.objects.filter(author="staff").count() == Decision.objects.count() == 1


def test_further_words_of_a_person_prolong_the_pause(writer: InstagramWriter) -> None:
    writer.echo("t1", "One")
    later()
    Pause.objects.update(until=timezone.now() + timedelta(minutes=1))
    writer.echo("t2", "Two")
    later()
    assert Pause.objects.get().until > timezone.now() + timedelta(hours=2)


def test_persons_picture_in_the_app_is_kept(writer: InstagramWriter) -> None:
    from tests.standins import graph

    picture = [{"type": "image", "payload": {"url": "https://cdn.example/a.jpg"}}]
    writer.bring(graph.item(graph.ACCOUNT, "9001", message={"mid": "p1", "is_echo": True, "attachments": picture}))
    later()
    kept = Message.objects.get(author="staff")
    assert (kept.kind, kept.media[0]["url"]) == ("media", "https://cdn.example/a.jpg")


def test_person_writes_first_to_somebody_new() -> None:
    InstagramWriter("9777").echo("theirs", "Hello, your bowl is ready.")
    later()
    conversation = Conversation.objects.get(peer="9777")
    assert (conversation.mode, conversation.last_inbound_at) == ("person", None)


def test_lost_answer_is_settled_by_its_echo_and_not_sent_twice(
    writer: InstagramWriter, talk: Conversation, graph_api: Graph
) -> None:
    graph_api.harm("closed")
    outbox.say(talk.pk, "We are open.")
    delivery.deliver(talk.pk)
    assert state()["status"] == "sending"
    writer.echo(graph_api.deliveries[0].message_id, "We are open.")
    Message.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    delivery.settle_uncertain()
    delivery.deliver(talk.pk)
    assert state()["status"] == "sent" and graph_api.count() == 1
