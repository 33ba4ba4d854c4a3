"""What is said, sent and fetched."""

import json
from datetime import datetime, timedelta
from typing import Any

from django.db.models.functions import Now
from django.test import RequestFactory
from django.utils import timezone

from bots.llm import keys
from bots.llm.environment import NamedKey
from bots.models import ChannelAccount, Heartbeat, KeyState
from conversations import delivery, echoes, gate, takeover, turns
from conversations.attachments import fetching as attachment_fetching
from conversations.health import health
from conversations.models import Attachment, Conversation, Message, ParkedEcho, Pause
from tests.factories import ConversationFactory, MessageFactory
from tests.one_clock import Ask, situation


def waiting(**fields: Any) -> Conversation:
    """A conversation with a message that waits for its answer, due an hour ago."""
    conversation: Conversation = MessageFactory().conversation
    Conversation.objects.filter(pk=conversation.pk).update(**{"due_at": Now() - timedelta(hours=1), **fields})
    return conversation


def queued(**fields: Any) -> Message:
    """A reply that waits to be sent."""
    reply = {"status": Message.Status.QUEUED, "author": Message.Author.BOT, "purpose": Message.Purpose.REPLY}
    message: Message = MessageFactory(external_id="", **reply | fields)
    return message


def verdict(message: Message) -> Any:
    return gate.verdict(Message.objects.get(pk=message.pk), Conversation.objects.get(pk=message.conversation_id))


@situation
def a_turn_is_due(moment: datetime) -> Ask:
    conversation = waiting(due_at=moment)
    return lambda: conversation.pk in turns.due() and turns.claim(conversation.pk) is not None


@situation
def a_turns_lease_is_over(moment: datetime) -> Ask:
    conversation = waiting(lease_until=moment)
    return lambda: conversation.pk in turns.due() and turns.claim(conversation.pk) is not None


@situation
def a_turn_is_tried_again(moment: datetime) -> Ask:
    conversation = waiting(next_try_at=moment)
    return lambda: conversation.pk in turns.due() and turns.claim(conversation.pk) is not None


@situation
def a_message_may_leave(moment: datetime) -> Ask:
    message = queued(not_before=moment)
    return lambda: message.conversation_id in delivery.due() and isinstance(verdict(message), gate.Go)


@situation
def an_account_may_send_again(moment: datetime) -> Ask:
    message = queued()
    ChannelAccount.objects.filter(pk=message.account_id).update(send_not_before=moment)
    return lambda: message.conversation_id in delivery.due() and isinstance(verdict(message), gate.Go)


@situation
def a_message_is_too_late(moment: datetime) -> Ask:
    message = queued(expires_at=moment)
    return lambda: verdict(message) == gate.Drop("too late")


@situation
def a_window_is_closed(moment: datetime) -> Ask:
    message = queued(conversation__account__channel="instagram")
    Conversation.objects.filter(pk=message.conversation_id).update(last_inbound_at=moment - timedelta(days=1))
    return lambda: isinstance(verdict(message), gate.Hold)


@situation
def a_send_is_in_doubt(moment: datetime) -> Ask:
    queued(status=Message.Status.SENDING, lease_until=moment)
    return lambda: delivery.settle_uncertain() == 1


@situation
def a_pause_ends(moment: datetime) -> Ask:
    conversation = waiting(mode=Conversation.Mode.PERSON)
    Pause.objects.create(conversation=conversation, until=moment)
    return lambda: takeover.end_pauses() == 1


@situation
def a_file_is_fetched(moment: datetime) -> Ask:
    row = Attachment.objects.create(message=MessageFactory(), kind="image", due_at=moment)
    return lambda: attachment_fetching.due() == [row.pk]


@situation
def a_files_lease_is_over(moment: datetime) -> Ask:
    row = Attachment.objects.create(
        message=MessageFactory(), kind="image", due_at=Now() - timedelta(hours=1), lease_until=moment
    )
    return lambda: attachment_fetching.due() == [row.pk]


@situation
def an_echo_is_decided(moment: datetime) -> Ask:
    conversation = ConversationFactory()
    ParkedEcho.objects.create(
        conversation=conversation, account=conversation.account, external_id="e", text="Hello from the phone",
        sent_at=timezone.now(), decide_at=moment,
    )  # fmt: skip
    return lambda: echoes.decide() == 1


@situation
def beat_and_workers_are_silent(moment: datetime) -> Ask:
    Heartbeat.objects.create(name="beat and worker", at=moment - timedelta(seconds=60))
    return lambda: json.loads(health(RequestFactory().get("/health/")).content)["work"] == "silent"


@situation
def a_key_of_a_model_may_be_used(moment: datetime) -> Ask:
    key = NamedKey("OPENAI_API_KEY", "sk-an-example")
    KeyState.objects.create(provider="openai", fingerprint=keys.fingerprint("openai", key.key), resting_until=moment)
    return lambda: keys.wakes_in("openai", [key]) == 0.0
