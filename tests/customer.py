"""A ceramics studio, a customer who writes to its bot, and the stand-in of a language model that the bot may ask."""

import uuid
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone

from bookings.models import Reservation
from bots.channels.base import Identity, Inbound
from bots.llm.environment import NamedKey
from bots.models import Bot, ChannelAccount
from bots.work import drain
from conversations import inbox
from conversations.chat.skills import skills_of
from conversations.dialogue import policy
from conversations.dialogue.state import Dialogue
from conversations.models import Conversation, Message, Turn
from tests import brains
from tests.clock import Clock, travel
from tests.snapshots import load_preset
from tests.standins.llm import KEY, Model

WARSAW = ZoneInfo("Europe/Warsaw")
SUNDAY = datetime(2026, 11, 22, 19, 40, tzinfo=WARSAW)


@pytest.fixture
def model(settings: Any) -> Iterator[Model]:
    """The stand-in, with its key in the environment of both providers; OpenAI is asked first."""
    with Model(brains.sensible) as server:
        settings.OPENAI_BASE_URL, settings.ANTHROPIC_BASE_URL = server.openai_url, server.anthropic_url
        settings.LLM_KEYS = {"openai": [NamedKey("OPENAI_API_KEY", KEY)], "anthropic": [NamedKey("A", KEY)]}
        settings.LLM_TURN_SECONDS = 6
        yield server
        assert not server.refusals, server.refusals


@pytest.fixture
def clock(transactional_db: Any) -> Iterator[Clock]:
    with travel(SUNDAY) as moved:
        yield moved


@pytest.fixture
def studio(transactional_db: Any, clock: Any) -> Bot:
    bot = load_preset("ceramics", {})
    bot.debounce_seconds = 0
    bot.save()
    return bot


class Customer:
    """Writes and presses in the web chat; `hears` is what came back since."""

    def __init__(self, bot: Bot) -> None:
        self.account = ChannelAccount.objects.get(bot=bot, channel="webchat")
        self.peer = Identity("webchat", "session", uuid.uuid4().hex)
        self.seq = 0
        self.buttons: list[dict[str, str]] = []

    @property
    def conversation(self) -> Conversation:
        return Conversation.objects.get(account=self.account, peer=self.peer.value)

    def receive(self, text: str, choice: str = "") -> None:
        event = Inbound(
            account=self.account.external_id,
            external_id=f"talk:{uuid.uuid4()}",
            sender=self.peer,
            sent_at=timezone.now(),
            text=text,
            choice=choice,
        )
        inbox.receive(self.account, [event])
        Conversation.objects.filter(pk=self.conversation.pk).update(due_at="2020-01-01T00:00Z")

    def writes(self, *texts: str) -> list[str]:
        for text in texts:
            self.receive(text)
        return self.hears()

    def presses(self, title: str) -> list[str]:
        payload = next(one["payload"] for one in reversed(self.buttons) if one["title"] == title)
        self.receive(title, payload)
        return self.hears()

    def hears(self) -> list[str]:
        drain()
        texts = []
        for message in Message.objects.filter(conversation=self.conversation, seq__gt=self.seq).order_by("seq"):
            self.seq = message.seq
            if message.author != Message.Author.CUSTOMER:
                texts.append(message.text)
                self.buttons += message.buttons
        return texts

    @property
    def dialogue(self) -> Dialogue:
        """What is going on, as the next turn will find it."""
        talk = self.conversation
        return policy.state_before(talk, skills_of(talk.bot), upto_seq=talk.last_seq)

    @property
    def turn(self) -> Turn:
        return Turn.objects.filter(conversation=self.conversation).latest("pk")

    @property
    def visits(self) -> list[tuple[str, str, int | None]]:
        rows = Reservation.objects.filter(conversation=self.conversation).order_by("pk")
        return [(one.status, f"{one.day} {one.start_time:%H:%M}" if one.start_time else "", one.people) for one in rows]


@pytest.fixture
def customer(studio: Bot) -> Customer:
    return Customer(studio)
