"""A customer's end of the wire: what they write goes in as from their channel, what they get is read from it."""

import time
import uuid
from datetime import timedelta
from typing import Any

from django.db.models import DateTimeField, F

from bots.channels.base import Identity, Inbound
from bots.db import clock
from bots.models import Bot, ChannelAccount
from conversations import delivery, inbox, turns
from conversations.chat.everyday import HUMAN_CHOICE
from conversations.chat.skills import all_skills
from conversations.evaluation.sandbox import PREFIX
from conversations.evaluation.utterances import Heard
from conversations.models import Conversation, Message, Turn
from conversations.people.contacts import find_conversation

PATIENCE_SECONDS = 90


class Wire:
    """One customer's conversation with a copy of a bot, over its web chat."""

    def __init__(self, bot: Bot) -> None:
        self.bot = bot
        self.account = ChannelAccount.objects.select_related("bot__business").get(bot=bot, channel="webchat")
        self.peer = Identity("webchat", "session", f"{PREFIX}{uuid.uuid4().hex}")
        self.conversation = find_conversation(self.account, self.peer)
        self.question: Message | None = None
        self._seq = 0
        self._turn = 0
        self.fallbacks: list[str] = []

    def forget_what_was_said(self) -> None:
        """News of rows that were made before the first word are no part of the talk."""
        Message.objects.filter(conversation=self.conversation).delete()
        self.conversation.refresh_from_db()
        self._seq = self.conversation.last_seq

    def send(self, texts: list[str], choice: str = "") -> None:
        now = clock.now()
        events = [
            Inbound(
                account=self.account.external_id,
                external_id=f"{PREFIX}{uuid.uuid4()}",
                sender=self.peer,
                sent_at=now + timedelta(milliseconds=place),
                text=text,
                choice=choice,
            )
            for place, text in enumerate(texts)
        ]
        for event in events:
            inbox.receive(self.account, [event])

    def hear(self) -> tuple[Heard, list[dict[str, Any]]]:
        """Answer and deliver this conversation; return what was said, and the tools that were called."""
        give_up = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < give_up:
            if lease := turns.claim(self.conversation.pk):
                turns.take(lease)
            delivery.deliver(self.conversation.pk)
            self.conversation.refresh_from_db()
            talk = self.conversation
            is_answered = talk.answered_seq >= talk.last_inbound_seq or talk.next_try_at is not None  # or it failed
            if is_answered or talk.mode != Conversation.Mode.BOT:
                break
            time.sleep(0.05)
        news = list(Message.objects.filter(conversation=self.conversation, seq__gt=self._seq).order_by("seq"))
        said = [message for message in news if message.author != Message.Author.CUSTOMER]
        self._seq = news[-1].seq if news else self._seq
        self.question = next((one for one in reversed(said) if asks_something(one)), self.question)
        steps: list[dict[str, Any]] = []
        failed = ""
        for turn in Turn.objects.filter(conversation=self.conversation, pk__gt=self._turn).order_by("pk"):
            self._turn = turn.pk
            steps += turn.steps
            self.fallbacks += [turn.fallback] if turn.fallback else []
            failed = turn.error or failed
        if failed:  # who writes next does not wait until it is tried again
            Conversation.objects.filter(pk=self.conversation.pk).update(failed_turns=0, next_try_at=None)
        talk = self.conversation
        heard = Heard(messages=said, question=self.question, mode=talk.mode, attention=talk.attention, failed=failed)
        return heard, steps

    def calm(self) -> None:
        """Staff have seen what needed them: what needs them next is seen anew."""
        if self.conversation.attention:
            Conversation.objects.filter(pk=self.conversation.pk).update(attention="")

    def age(self, by: timedelta) -> None:
        """Make all that was said so much older, as if the customer came back after that time."""
        for relation in Conversation._meta.related_objects:
            rows = relation.related_model._default_manager.filter(**{relation.field.name: self.conversation})
            _older(rows, by)
        _older(Conversation.objects.filter(pk=self.conversation.pk), by)


def asks_something(message: Message) -> bool:
    """Return whether it asks or offers anything of its own.

    What only shows the ways that are always open (begin something, call a person) leaves the earlier question standing,
    as it does for who reads it.
    """
    ways = (HUMAN_CHOICE, *(button.payload for skill in all_skills() if (button := skill.opening())))
    return bool(message.asks) or any(button["payload"] not in ways for button in message.buttons)


def _older(rows: Any, by: timedelta) -> None:
    names = [one.name for one in rows.model._meta.concrete_fields if isinstance(one, DateTimeField)]
    if names:
        rows.update(**{name: F(name) - by for name in names})
