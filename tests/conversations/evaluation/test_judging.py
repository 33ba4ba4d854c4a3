"""The judge sees each fault in a turn that has it, and none in the same turn without it."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

import pytest

from bookings.reservations import drafts
from bookings.reservations.evaluation import behaviours as visit_behaviours
from bookings.reservations.evaluation.sandbox import book
from bookings.reservations.evaluation.wanting import WantsVisit
from bookings.reservations.evaluation.wishes import Wish, bookable
from bots.models import Bot
from conversations.evaluation import judging, sandbox
from conversations.evaluation.customer import together
from conversations.evaluation.everyday import AsksQuestions
from conversations.evaluation.faults import INVARIANTS, SAYS, Kind
from conversations.evaluation.playing import Result, Talk
from conversations.evaluation.utterances import Asked, Heard, Played, Utterance
from conversations.models import Conversation, Message
from tests.clock import travel
from tests.snapshots import load_preset

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

A_MONDAY = datetime(2026, 11, 30, 12, tzinfo=UTC)
THURSDAY = date(2026, 12, 3)
YES = Utterance(text="yes", acts=("accept",), agrees=True)
PRICE = Asked(about="price", topics=("Prices",))
UNKNOWN = Asked(about="unknown")
DONE = frozenset({("visit 1", "pending", "2026-12-03T18:00:00+00:00", 2)})


@pytest.fixture
def bot() -> Iterator[Bot]:
    with travel(A_MONDAY):
        load_preset("ceramics", {})
        made = Bot.objects.select_related("business").get(slug="ceramics")
        yield sandbox.copy_of(made, agent="rules")


@pytest.fixture
def visit(bot: Bot) -> Talk:
    """Somebody wants the wheel on Thursday at 18:00, for two, and has said nothing yet."""
    talk = Talk(bot, id="en-1-0", rng=Random(1), language="en", part="seen")
    talk.take_up(WantsVisit, ())
    assert isinstance(talk.goal, WantsVisit)
    talk.goal.wish = Wish(service=bookable(bot)[0], day=THURSDAY, time=time(18), part="evening", people=2)
    return talk


@pytest.fixture
def question(bot: Bot) -> Talk:
    talk = Talk(bot, id="en-1-1", rng=Random(1), language="en", part="seen")
    talk.take_up(AsksQuestions, ())
    talk.spoken = "en"
    return talk


def says(text: str, *, asks: tuple[str, ...] = (), buttons: tuple[str, ...] = ()) -> Message:
    return Message(
        pk=hash((text, asks, buttons)) % 10**6 + 1,
        text=text,
        asks=list(asks),
        buttons=[{"title": payload, "payload": payload} for payload in buttons],
        author=Message.Author.BOT,
    )


SUMMARY = says(
    "Thursday 3 December, 18:00–20:00, 2 people. Shall I send it?", asks=("confirm",), buttons=("booking:yes:1",)
)
ANYTHING = says("All right. Is there anything else?")


def judged(talk: Talk, utterance: Utterance, *messages: Message, **more: Any) -> set[Kind]:
    """Put a turn at the end of a talk, as `Talk` does, and let it be judged."""
    heard = more.pop("heard", {})
    before = more.pop("before", None)
    question = next((one for one in reversed(messages) if one.asks or one.buttons), before)
    played = Played(
        number=len(talk.log) + 1,
        utterance=utterance,
        sent=[utterance.text],
        heard=Heard(messages=list(messages), question=question, **heard),
        question_before=before,
        steps=more.pop("steps", []),
        new_commitments=more.pop("done", frozenset()),
        lost_commitments=frozenset(),
        language=talk.spoken,
        was_called=more.pop("was_called", False),
        was_reached=False,
    )
    talk.log.append(played)
    return {fault.kind for fault in judging.faults_of(played, talk)}


def draft(talk: Talk, **fields: Any) -> None:
    drafts.start_draft(talk.wire.conversation, service=bookable(talk.bot)[0], **fields)


# --- done, and not done -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("act", ["defer", "accept_but", "decline", "ask.price", "chat"])
def test_what_is_done_without_a_firm_yes_is_seen(visit: Talk, act: str) -> None:
    words = Utterance(text="hm", acts=(act,))
    sent = says("Sent.")
    assert Kind.CONSENT in judged(visit, words, sent, before=SUMMARY, done=DONE)
    assert Kind.CONSENT not in judged(visit, YES, sent, before=SUMMARY, done=DONE)


def test_a_yes_to_one_thing_is_none_to_another(visit: Talk) -> None:
    assert isinstance(visit.goal, WantsVisit)
    start = datetime.combine(THURSDAY, time(18), visit.business.zone)
    book(visit.wire.conversation, service=bookable(visit.bot)[0], start=start, people=2)
    assert Kind.CONSENT not in judged(visit, YES, says("Sent."), before=SUMMARY, done=DONE)
    visit.goal.wish = replace(visit.goal.wish, people=3)
    assert Kind.CONSENT in judged(visit, YES, says("Sent."), before=SUMMARY, done=DONE)


def test_a_number_stands_by_itself() -> None:
    assert judging.stands_in("60", "60 zł") and not judging.stands_in("60", "160 zł")
    assert judging.stands_in("18:00", "at 18:00–20:00") and not judging.stands_in("8:00", "18:00")


def test_a_yes_with_a_question_is_no_firm_yes(visit: Talk) -> None:
    both = together(YES, Utterance(text="is there parking", acts=("ask.parking",)))
    assert not both.agrees and together(YES).agrees
    assert Kind.CONSENT in judged(visit, both, says("Sent."), before=SUMMARY, done=DONE)


def test_a_yes_that_is_lost_is_seen(visit: Talk) -> None:
    assert Kind.LOST_YES in judged(visit, YES, ANYTHING, before=SUMMARY)
    assert Kind.LOST_YES not in judged(visit, YES, ANYTHING)  # nothing was open to say yes to


# --- where it leads -----------------------------------------------------------------------------------------------


def test_silence_and_dead_ends_are_seen(visit: Talk) -> None:
    told = Utterance(text="?", acts=("repeat",))
    assert judged(visit, told) == {Kind.SILENCE}
    assert Kind.DEAD_END in judged(visit, told, ANYTHING)
    assert Kind.DEAD_END not in judged(visit, told, SUMMARY)
    assert Kind.SILENCE not in judged(visit, Utterance(text="stop", acts=("stop",)))


def test_a_person_is_called_when_wanted_and_only_then(question: Talk) -> None:
    wanted = {"attention": Conversation.Attention.WANTS_PERSON, "mode": Conversation.Mode.PERSON}
    person = Utterance(text="a human please", acts=("person",))
    asks = Utterance(text="how much", acts=("ask.price",))
    told = says("I am passing you to a person.")
    assert Kind.NOT_CALLED in judged(question, person, ANYTHING)
    assert Kind.NOT_CALLED not in judged(question, person, told, heard=wanted)
    assert Kind.HAND_OVER in judged(question, asks, told, heard=wanted)


def test_who_waits_for_a_person_is_not_handed_over_again(question: Talk) -> None:
    waiting = {"attention": Conversation.Attention.WANTS_PERSON}
    asks = Utterance(text="how much", acts=("ask.price",))
    assert Kind.HAND_OVER in judged(question, asks, ANYTHING, heard=waiting)
    question.log.clear()
    assert Kind.HAND_OVER not in judged(question, asks, ANYTHING, heard=waiting, was_called=True)


def test_a_turn_that_failed_is_seen(question: Talk) -> None:
    assert Kind.BROKE in judged(question, Utterance(text="hi", acts=("greet",)), heard={"failed": "DataError"})


# --- questions ----------------------------------------------------------------------------------------------------


def test_questions_are_answered_or_passed_on(question: Talk) -> None:
    asks = Utterance(text="how much", acts=("ask.price",), asked=(PRICE,))
    answer = says(judging.answers_of(question.business.slug)["Prices"][0])
    passed = {"attention": Conversation.Attention.QUESTION}
    found = [{"tool": "search_knowledge", "facts": {"found": True, "topic": "Prices"}}]
    assert Kind.DROPPED_QUESTION in judged(question, asks, ANYTHING)
    assert Kind.KNEW_BETTER in judged(question, asks, says("I do not know that one."), heard=passed)
    assert judged(question, replace(asks, text="and how much?"), says("It is 120 zł."), steps=found) == set()
    assert Kind.DROPPED_QUESTION not in judged(question, asks, answer)
    assert Kind.DOUBTED in judged(question, asks, answer, says("I do not know that one."), heard=passed)


def test_what_nobody_knows_is_passed_on(question: Talk) -> None:
    asks = Utterance(text="which kiln", acts=("ask.unknown",), asked=(UNKNOWN,))
    assert Kind.DROPPED_QUESTION in judged(question, asks, ANYTHING)
    passed = {"attention": Conversation.Attention.QUESTION}
    assert judged(question, asks, says("I have asked the team."), heard=passed) == set()


def test_times_for_who_only_asks_are_seen(question: Talk) -> None:
    asks = Utterance(text="260 is steep", acts=("chat",))
    offer = says("Free:", asks=("date", "time"), buttons=("booking:slot:1:2026-12-03T18:00:00+00:00",))
    assert Kind.OFFERED in judged(question, asks, offer)


# --- words --------------------------------------------------------------------------------------------------------


def test_another_language_is_seen(question: Talk) -> None:
    asks = Utterance(text="hello", acts=("greet",))
    polish = says("Dzień dobry, w czym możemy pomóc? Chętnie zapiszemy Cię na warsztaty w tym tygodniu.")
    assert Kind.LANGUAGE in judged(question, asks, polish)
    assert Kind.LANGUAGE not in judged(question, asks, says("Good morning, how can we help you this week?"))
    question.spoken = "pl"
    assert Kind.LANGUAGE not in judged(question, asks, polish)
    question.spoken = ""  # nothing that could be told apart was written yet
    assert Kind.LANGUAGE not in judged(question, asks, polish)


def test_the_same_sentence_twice_and_a_question_a_third_time_are_seen(visit: Talk) -> None:
    told = Utterance(text="hm", acts=("chat",))
    sentence = says("We are always happy to see you in our studio.")
    judged(visit, told, sentence)
    assert Kind.REPEATED in judged(visit, told, sentence)
    judged(visit, told, SUMMARY)
    assert Kind.REPEATED not in judged(visit, told, SUMMARY)
    assert Kind.REPEATED in judged(visit, told, SUMMARY)


# --- visits -------------------------------------------------------------------------------------------------------


def tell(talk: Talk, **said: Any) -> Utterance:
    assert isinstance(talk.goal, WantsVisit)
    return talk.goal.tell(Utterance(text="thursday at 6, two of us", acts=("inform.all",), said=said))


def test_what_is_taken_in_wrongly_or_by_half_is_seen(visit: Talk) -> None:
    draft(visit, day=THURSDAY + timedelta(days=1), start_time=time(18), people=2)
    assert Kind.WRONG_DAY in judged(visit, tell(visit, day=THURSDAY, time=time(18), people=2), SUMMARY)
    draft(visit, day=THURSDAY, start_time=None, people=3)
    found = judged(visit, tell(visit, day=THURSDAY, time=time(18), people=2), SUMMARY)
    assert {Kind.HALF, Kind.WRONG_PEOPLE} <= found
    draft(visit, day=THURSDAY, start_time=time(18), people=2)
    visit.log.clear()
    assert judged(visit, tell(visit, day=THURSDAY, time=time(18), people=2), SUMMARY) == set()


def test_what_is_lost_or_asked_again_is_seen(visit: Talk) -> None:
    draft(visit, day=THURSDAY, start_time=time(18), people=2)
    judged(visit, tell(visit, day=THURSDAY, time=time(18), people=2), SUMMARY)
    draft(visit, day=THURSDAY, start_time=time(18), people=None)
    how_many = says("For how many people?", asks=("people",), buttons=("booking:people:1",))
    found = judged(visit, Utterance(text="hm", acts=("chat",)), how_many)
    assert {Kind.FORGOTTEN, Kind.REASKED} <= found


def test_offers_that_do_not_fit_although_something_would_are_seen(visit: Talk) -> None:
    draft(visit, people=2)
    moments = {"wrong": "2026-12-04T18:00:00", "right": "2026-12-03T18:00:00"}
    zone = visit.business.zone
    for which, text in moments.items():
        moment = datetime.fromisoformat(text).replace(tzinfo=zone).isoformat()
        offer = says(f"Free: {which}", asks=("date", "time"), buttons=(f"booking:slot:1:{moment}",))
        found = judged(visit, tell(visit, day=THURSDAY, part="evening"), offer)
        assert (Kind.HALF in found) == (which == "wrong"), which


def test_the_true_reason_is_wanted(visit: Talk) -> None:
    assert isinstance(visit.goal, WantsVisit)
    sunday = date(2026, 12, 6)
    visit.goal.unmet = replace(visit.goal.wish, day=sunday)
    draft(visit, people=2)
    words = Utterance(text="sunday at 6", acts=("inform.all",))
    offer = says("18:00 is too soon for us.", asks=("date", "time"))
    assert Kind.REASON in judged(visit, words, offer)
    visit.log.clear()
    assert Kind.REASON not in judged(visit, words, says("On Sunday 6 December we are closed.", asks=("date", "time")))


# --- a talk as a whole --------------------------------------------------------------------------------------------


def test_a_talk_succeeds_only_with_consent_and_in_time() -> None:
    from conversations.evaluation.faults import Fault

    result = Result(id="en-1-0", language="en", goal="visit", behaviours=(), reached=True)
    assert result.succeeded
    for kind in Kind:
        result.faults = [Fault(kind, 1)]
        assert result.succeeded == (kind not in (Kind.CONSENT, Kind.TOO_LONG))
    result.reached = False
    assert not result.succeeded


def test_every_fault_has_its_line() -> None:
    assert set(SAYS) == set(Kind) and set(INVARIANTS) < set(Kind)
    assert visit_behaviours.BEHAVIOURS
