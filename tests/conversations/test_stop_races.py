"""F36: STOP against a reminder that is due, 150 times, in two conversations of one person; and the control without the lock.

A claim lingers between asking the gate and its commit. If it still claims, the STOP must not have been committed
before the claim was: whoever has read "all right, no more messages" gets none that was not on its way by then.
"""

import random
import sys
import threading
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.db import close_old_connections, connection
from django.utils import timezone

from conversations import delivery, gate, outbox, turns
from conversations.agents import AGENTS
from conversations.models import Contact, ContactIdentity, Conversation, Message
from tests.conversations.whatsapp_writer import WhatsAppWriter, whatsapp_account
from tests.conversations.writer import by_day, said
from tests.factories import ContactFactory, ConversationFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(240)]

linger = 0.02  # seconds


class Race:
    """One person, two numbers of ours: the reminder is due on one, STOP is written on the other."""

    def __init__(self, talk: Conversation, writer: WhatsAppWriter, moments: dict[int, float], offset: float) -> None:
        self.talk, self.writer, self.moments, self.offset = talk, writer, moments, offset
        self.claimed, self.stopped_at = False, 0.0
        self.ready = threading.Barrier(2)

    def run(self) -> None:
        threads = [threading.Thread(target=self._alone, args=[part]) for part in (self._claim, self._stop)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    def _alone(self, part: Any) -> None:
        close_old_connections()
        self.ready.wait()
        part()
        connection.close()

    def _claim(self) -> None:
        time.sleep(max(self.offset, 0))
        self.claimed = delivery.claim_next(self.talk.pk) is not None

    def _stop(self) -> None:
        time.sleep(max(-self.offset, 0))
        self.writer.write("STOP")
        self.stopped_at = time.monotonic()

    @property
    def is_violated(self) -> bool:
        return self.claimed and self.stopped_at < self.moments[self.talk.pk]


@pytest.fixture
def moments(monkeypatch: pytest.MonkeyPatch) -> dict[int, float]:
    """When each claim had lingered, by conversation: its commit is still to come."""
    found: dict[int, float] = {}
    original = gate.verdict

    def verdict(message: Message, conversation: Conversation) -> Any:
        said = original(message, conversation)
        time.sleep(linger)
        found[conversation.pk] = time.monotonic()
        return said

    monkeypatch.setattr(gate, "verdict", verdict)
    return found


def races(count: int, moments: dict[int, float]) -> Iterator[Race]:
    """One after the other, each when it is over."""
    chance = random.Random(36)
    here = whatsapp_account()
    there = whatsapp_account(external_id="106000000000002", bot=here.bot)
    by_day()
    for number in range(count):
        phone = f"486001{number:05d}"
        contact = ContactFactory(business=here.bot.business, phone=f"+{phone}")
        ContactIdentity.objects.create(
            contact=contact, business=contact.business, channel="whatsapp", kind="phone", value=phone
        )
        ConversationFactory(account=here, contact=contact, peer_kind="phone", peer=phone)
        due = ConversationFactory(account=there, contact=contact, peer_kind="phone", peer=phone)
        outbox.say(due.pk, "A reminder", purpose="reminder")
        lead = {0: 0.5, 15: -0.5}.get(number % 30)  # on the slowest machine each is first now and then
        race = Race(due, WhatsAppWriter(phone), moments, lead or chance.uniform(-0.03, 0.03))
        race.run()
        yield race
    assert Contact.objects.filter(opted_out_at=None).count() == 0, "every STOP was heard"


def test_no_reminder_is_claimed_after_stop_was_committed(moments: dict[int, float]) -> None:
    done = list(races(150, moments))
    assert [race.talk.pk for race in done if race.is_violated] == []
    claimed = sum(race.claimed for race in done)
    assert 0 < claimed < 150, "both came first now and then"
    dropped = Message.objects.filter(purpose="reminder", status="cancelled").count()
    assert claimed + dropped == 150


def test_control_without_the_lock_on_the_contact_some_are(
    moments: dict[int, float], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(type(Contact.objects), "raw", lambda self, *args: [])
    monkeypatch.setattr(sys.modules[__name__], "linger", 0.3)  # however slow the machine, STOP falls into it
    assert any(race.is_violated for race in races(60, moments))


def test_stop_while_a_turn_runs_silences_it(monkeypatch: pytest.MonkeyPatch) -> None:
    whatsapp_account()
    writer = WhatsAppWriter()
    writer.write("Where can I park?")
    talk = Conversation.objects.get()
    Conversation.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    lease = turns.claim(talk.pk)
    original = AGENTS["rules"].prepare

    def prepare(turn: Any) -> Any:
        writer.write("STOP")
        return original(turn)

    monkeypatch.setattr(AGENTS["rules"], "prepare", prepare)
    assert lease
    turns.take(lease)
    assert len(said()) == 1, "the confirmation, and nothing else"
