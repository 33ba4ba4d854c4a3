"""Who holds a conversation, and what of it needs a person's eye."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bots.channels.base import Button
from bots.models import Decision
from bots.staff.actors import Actor
from conversations import outbox, takeover
from conversations.chat.skills import all_skills
from conversations.dialogue.policy import state_before
from conversations.dialogue.state import Dialogue, OpenQuestion
from conversations.models import Conversation, Message, Pause
from tests.factories import ConversationFactory, MessageFactory

pytestmark = pytest.mark.django_db

EWA = Actor("Ewa", "admin")


@pytest.fixture
def talk() -> Conversation:
    talk: Conversation = MessageFactory(text="Are you there?").conversation
    Conversation.objects.update(due_at=timezone.now())
    return talk


def again(talk: Conversation) -> Conversation:
    return Conversation.objects.get(pk=talk.pk)


def test_take_over_cancels_what_the_bot_was_about_to_say(talk: Conversation) -> None:
    for purpose in ("reply", "news", "reminder", "notice"):
        outbox.say(talk.pk, purpose, purpose=purpose)
    before = again(talk).generation
    pause = takeover.pause(talk.pk, by=EWA, hours=1, reason="I know her")
    statuses = dict(Message.objects.filter(author="bot").values_list("text", "status"))
    assert statuses == {"reply": "cancelled", "news": "queued", "reminder": "queued", "notice": "queued"}
    assert again(talk).mode == "person" and again(talk).generation == before + 1
    assert timedelta(minutes=59) < pause.until - timezone.now() <= timedelta(hours=1)
    decision = Decision.objects.get()
    assert (decision.verb, decision.from_status, decision.to_status, decision.by_name, decision.reason) == (
        "take over", "bot", "person", "Ewa", "I know her",
    )  # fmt: skip


def test_second_take_over_prolongs_and_is_one_decision(talk: Conversation) -> None:
    takeover.pause(talk.pk, by=EWA, hours=6)
    takeover.pause(talk.pk, by=EWA)
    assert Pause.objects.get().until > timezone.now() + timedelta(hours=5), "no pause is cut short by a reply"
    takeover.pause(talk.pk, by=EWA, hours=1)
    assert Pause.objects.get().until < timezone.now() + timedelta(hours=2), "but a person may say so"
    assert Decision.objects.count() == 1


def test_hand_back_makes_the_bot_answer_what_waits_and_say_again_who_it_is(talk: Conversation) -> None:
    Conversation.objects.update(disclosed_at=timezone.now(), failed_turns=3, attention="waiting")
    takeover.pause(talk.pk, by=EWA)
    takeover.resume(talk.pk, by=EWA)
    back = again(talk)
    assert (back.mode, back.attention, back.failed_turns, back.disclosed_at) == ("bot", "", 0, None)
    assert Conversation.objects.answerable().get() == talk
    assert Pause.objects.get().ended_at
    assert [one.verb for one in Decision.objects.all()] == ["hand back", "take over"]


def test_hand_back_of_what_the_bot_holds_does_nothing(talk: Conversation) -> None:
    takeover.resume(talk.pk, by=EWA)
    assert not Decision.objects.exists()


@pytest.mark.parametrize("attention", ["", "waiting", "question", "failed_send", "stuck"])
def test_pause_that_is_over_hands_back(talk: Conversation, attention: str) -> None:
    takeover.pause(talk.pk, by=EWA)
    Conversation.objects.update(attention=attention)
    Pause.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert takeover.end_pauses() == 1
    assert again(talk).mode == "bot"
    assert Decision.objects.first().source == "clock"
    assert takeover.end_pauses() == 0


def test_pause_goes_on_while_the_person_who_was_asked_for_has_not_come(talk: Conversation) -> None:
    takeover.pause(talk.pk, by=EWA)
    takeover.raise_attention(talk.pk, "wants_person")
    Pause.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert takeover.end_pauses() == 0
    assert again(talk).mode == "person"
    outbox.reply_as_staff(talk.pk, "Here I am", by=EWA)
    Pause.objects.update(until=timezone.now() - timedelta(seconds=1))
    assert takeover.end_pauses() == 1


def test_attention_keeps_its_first_reason_and_age_but_a_person_wanted_goes_before() -> None:
    talk = ConversationFactory()
    takeover.raise_attention(talk.pk, "question")
    first = again(talk)
    takeover.raise_attention(talk.pk, "failed_send")
    assert (again(talk).attention, again(talk).attention_at) == ("question", first.attention_at)
    takeover.raise_attention(talk.pk, "wants_person")
    assert again(talk).attention == "wants_person"
    takeover.raise_attention(talk.pk, "stuck")
    assert again(talk).attention == "wants_person"


def test_done_takes_it_off_the_list(talk: Conversation) -> None:
    takeover.raise_attention(talk.pk, "question")
    takeover.settle_attention(talk.pk, by=EWA)
    assert (again(talk).attention, again(talk).attention_at) == ("", None)
    assert Conversation.objects.answerable().exists(), "the bot still answers what it has not answered"
    assert Decision.objects.get().reason == "question"


def test_done_in_a_conversation_of_a_person_counts_as_answered(talk: Conversation) -> None:
    takeover.pause(talk.pk, by=EWA)
    takeover.settle_attention(talk.pk, by=EWA)
    takeover.resume(talk.pk, by=EWA)
    assert not Conversation.objects.answerable().exists()


def test_staff_read_mark_never_goes_backwards(talk: Conversation) -> None:
    for upto in (5, 3):
        takeover.mark_read(talk.pk, upto)
    assert again(talk).staff_read_seq == 5


def test_clear_state_leaves_messages_and_begins_afresh(talk: Conversation) -> None:
    outbox.say(talk.pk, "How many people?", asks=["people"])
    Conversation.objects.update(redo=1, failed_turns=2, not_understood=1, next_try_at=timezone.now())
    generation = again(talk).generation
    assert takeover.clear_state(talk.pk, by=EWA) == {}
    cleared = again(talk)
    assert (cleared.redo, cleared.failed_turns, cleared.not_understood, cleared.next_try_at) == (0, 0, 0, None)
    assert cleared.generation == generation + 1, "a turn under way is fenced off"
    assert not Conversation.objects.answerable().exists()
    assert Message.objects.count() == 2 and not Message.objects.exclude(asks=[]).exists()
    assert Decision.objects.get().verb == "clear state"


def test_clear_state_forgets_what_was_wished_asked_and_offered(talk: Conversation) -> None:
    said = outbox.say(talk.pk, "Which time?", asks=["time"], buttons=(Button("17:00", "booking:slot:1:2026-12-03"),))
    assert said is not None
    state = Dialogue(question=OpenQuestion(text="Which time?", asks=("time",), seq=said.seq), at=timezone.now())
    Conversation.objects.filter(pk=talk.pk).update(dialogue=state.as_json())
    assert takeover.clear_state(talk.pk, by=EWA) == {"dialogue": 1}
    cleared = again(talk)
    assert Dialogue.from_json(cleared.dialogue, now=timezone.now()) == Dialogue(upto_seq=said.seq)
    before = state_before(cleared, all_skills(), upto_seq=cleared.last_seq)
    assert (before.question, before.offer) == (None, None), "what was shown before offers nothing any more"
    assert takeover.clear_state(talk.pk, by=EWA) == {}


def test_nobody_else_is_touched(talk: Conversation) -> None:
    other = MessageFactory().conversation
    before: Any = Conversation.objects.filter(pk=other.pk).values().get()
    for verb in (takeover.pause, takeover.resume, takeover.clear_state, takeover.settle_attention):
        verb(talk.pk, by=EWA)
    assert Conversation.objects.filter(pk=other.pk).values().get() == before
