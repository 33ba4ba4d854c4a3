"""What is to be said becomes rows: split to fit, once per cause, by the bot or by a person."""

from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone

from bots.channels.base import Button
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from conversations import outbox, takeover
from conversations.models import Conversation, Message, Pause
from tests.conversations.test_inbox import at_once
from tests.conversations.writer import instagram_account
from tests.factories import ConversationFactory, MessageFactory, UserFactory

pytestmark = pytest.mark.django_db


def on_instagram() -> Conversation:
    talk: Conversation = ConversationFactory(account=instagram_account(), last_inbound_at=timezone.now())
    return talk


SENTENCE = "Żółw pisze długie zdanie o ceramice, glinie i piecu. "  # 53 letters, more bytes


def test_long_text_is_split_at_sentence_ends_with_the_buttons_on_the_last_part() -> None:
    talk = on_instagram()
    last = outbox.say(talk.pk, SENTENCE * 50, buttons=[Button("Tak", "yes")], asks=["confirm"], dedupe_key="k")
    parts = list(Message.objects.order_by("seq"))
    assert len(parts) >= 3 and parts[-1] == last
    assert all(len(part.text.encode()) <= 1000 and part.text.endswith("piecu.") for part in parts)
    assert " ".join(part.text for part in parts) == (SENTENCE * 50).strip()
    assert [bool(part.buttons) for part in parts] == [False] * (len(parts) - 1) + [True]
    assert [part.asks for part in parts] == [[]] * (len(parts) - 1) + [["confirm"]]
    assert len({part.dedupe_key for part in parts}) == len(parts)
    assert [part.seq for part in parts] == list(range(1, len(parts) + 1))


@pytest.mark.parametrize(
    "text", ["x" * 2500, "🙂" * 700, "שלום " * 500, "a" * 999 + "ż" * 3, "word " * 400 + "\n\n" + "b" * 1200]
)
def test_any_text_fits_and_nothing_of_it_is_lost(text: str) -> None:
    outbox.say(on_instagram().pk, text)
    parts = list(Message.objects.order_by("seq").values_list("text", flat=True))
    assert all(0 < len(part.encode()) <= 1000 for part in parts)
    assert "".join("".join(parts).split()) == "".join(text.split())


def test_more_buttons_than_the_channel_shows_are_cut() -> None:
    buttons = [Button(f"A very long title number {n}", f"p{n}") for n in range(20)]
    message = outbox.say(on_instagram().pk, "Which one?", buttons=buttons)
    assert message and len(message.buttons) == 13
    assert all(len(one["title"]) <= 20 for one in message.buttons)


def test_one_effect_per_cause() -> None:
    talk = on_instagram()
    assert outbox.say(talk.pk, "Confirmed.", dedupe_key="reservation:1:1:confirmed")
    assert outbox.say(talk.pk, "Confirmed.", dedupe_key="reservation:1:1:confirmed") is None
    assert outbox.say(talk.pk, "Confirmed.") and outbox.say(talk.pk, "Confirmed.")
    assert Message.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_one_effect_per_cause_at_the_same_moment() -> None:
    talk = on_instagram()
    assert at_once(*[lambda: outbox.say(talk.pk, "Confirmed.", dedupe_key="one")] * 6) == []
    assert (Message.objects.count(), Conversation.objects.get().last_seq) == (1, 1)


def test_nothing_is_queued_when_the_verb_fails() -> None:
    talk = on_instagram()
    with pytest.raises(RuntimeError), transaction.atomic():
        outbox.say(talk.pk, "Confirmed.", dedupe_key="one")
        raise RuntimeError
    assert not Message.objects.exists() and Conversation.objects.get().last_seq == 0
    assert not connection.run_on_commit


# --- a person writes ---------------------------------------------------------------------------------------


def test_reply_of_a_person_takes_over() -> None:
    talk = MessageFactory(text="Is anybody there?").conversation
    user = UserFactory()
    outbox.say(talk.pk, "The bot's words")
    takeover.raise_attention(talk.pk, "wants_person")
    message = outbox.reply_as_staff(talk.pk, "Yes, hello", by=Actor.staff(user))
    talk.refresh_from_db()
    assert (message.author, message.purpose, message.status, message.by) == ("staff", "staff", "queued", user)
    assert (talk.mode, talk.attention, talk.answered_seq, talk.staff_read_seq) == ("person", "", 1, 3)
    assert Message.objects.get(text="The bot's words").status == "cancelled"
    assert Pause.objects.get().by == user


@pytest.mark.parametrize("text", ["", "   ", "\n"])
def test_reply_without_words_is_refused_and_changes_nothing(text: str) -> None:
    talk = MessageFactory().conversation
    with pytest.raises(NotAllowed):
        outbox.reply_as_staff(talk.pk, text, by=Actor("Ewa", "admin"))
    talk.refresh_from_db()
    assert talk.mode == "bot" and not Pause.objects.exists()


@pytest.mark.parametrize("status", ["failed", "held", "unknown"])
def test_what_did_not_go_can_be_sent_again_by_a_person(status: str) -> None:
    now = timezone.now()
    message = MessageFactory(
        author="bot", status=status, purpose="news", attempts=8, expires_at=now, not_before=now, error="x"
    )
    outbox.retry(message.pk, by=Actor("Ewa", "admin"))
    message.refresh_from_db()
    assert (message.status, message.purpose, message.attempts) == ("queued", "staff", 0)
    assert (message.expires_at, message.not_before, message.error) == (None, None, "")
    assert message.maybe_duplicate is (status == "unknown")


@pytest.mark.parametrize("status", ["failed", "held", "unknown"])
def test_what_did_not_go_can_be_dropped(status: str) -> None:
    message = MessageFactory(author="bot", status=status, purpose="news")
    outbox.discard(message.pk, by=Actor("Ewa", "admin"))
    message.refresh_from_db()
    assert (message.status, message.error) == ("cancelled", "dropped by Ewa")


@pytest.mark.parametrize("status", ["queued", "sending", "sent", "delivered", "read", "cancelled", "received"])
@pytest.mark.parametrize("verb", [outbox.retry, outbox.discard], ids=["retry", "discard"])
def test_what_is_under_way_or_done_is_left_alone(verb: Any, status: str) -> None:
    author = "customer" if status == "received" else "bot"
    message = MessageFactory(author=author, status=status)
    before = Message.objects.filter(pk=message.pk).values().get()
    with pytest.raises(NotAllowed):
        verb(message.pk, by=Actor("Ewa", "admin"))
    assert Message.objects.filter(pk=message.pk).values().get() == before
