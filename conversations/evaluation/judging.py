"""Says what was wrong with a turn: by the rows, by what was asked and left open, by the invariants of every talk."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from bots.language.languages import detect
from bots.language.tokens import tokenize
from bots.models import KnowledgeText
from conversations.evaluation.faults import Fault, Kind
from conversations.evaluation.goals import Scene
from conversations.evaluation.utterances import Asked, Played
from conversations.models import Conversation

Attention = Conversation.Attention
CALLED = (Attention.WANTS_PERSON, Attention.WAITING, Attention.STUCK)  # a person is wanted, whoever wants it

WANTS_NOTHING = ("ask", "thank", "greet", "chat", "repeat", "status", "complain", "urgent", "person", "stop", "decline")
MAY_ASK = ("accept_but", "defer", "complain", "urgent")  # in lines of these somebody may well ask something
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d")  # in the payload of a button that stands for a time
LONG = 25  # characters: a shorter sentence may well be said twice
SURE = 0.62  # of a language, in a text of some words
FEW_WORDS = 5


def faults_of(played: Played, talk: Scene) -> list[Fault]:
    """Return all that was wrong with the latest turn of a talk."""
    found = [*_done(played, talk), *_silent(played, talk), *_called(played), *_answers(played, talk)]
    found += _offered(played, talk)
    if not played.heard.is_silence:
        found += [*_language(played, talk), *_repeated(played, talk)]
    assert talk.goal is not None
    found += talk.goal.inspect(played)
    unlike = {(fault.kind, fault.note): fault for fault in found}
    return [Fault(fault.kind, played.number, fault.note) for fault in unlike.values()]


def _done(played: Played, talk: Scene) -> Iterator[Fault]:
    """Nothing is done without a firm yes, and with one it is."""
    changed = played.new_commitments | played.lost_commitments
    if changed and not played.utterance.agrees:
        told = {f"{row.partition(' ')[0]} {status}" for row, status, *_ in changed}
        yield Fault(Kind.CONSENT, note=", ".join(sorted(told)))
    asked_to_confirm = played.question_before is not None and "confirm" in played.question_before.asks
    if played.utterance.agrees and asked_to_confirm and not changed and not played.was_reached:
        yield Fault(Kind.LOST_YES)


def _silent(played: Played, talk: Scene) -> Iterator[Fault]:
    """Return whether the reply leads anywhere."""
    heard, utterance = played.heard, played.utterance
    assert talk.goal is not None
    if heard.failed:
        yield Fault(Kind.BROKE, note=heard.failed)
    if heard.is_silence:
        if not utterance.does("stop") and not (utterance.does_only("thank") and played.was_reached):
            yield Fault(Kind.SILENCE)
        return
    was_done = bool(played.new_commitments or played.lost_commitments)
    handed_over = heard.mode != Conversation.Mode.BOT or heard.attention in CALLED
    leads_on = any(message.asks or message.buttons for message in heard.messages)
    if leads_on or was_done or handed_over or utterance.does("stop", "decline", "cancel.open"):
        return
    if talk.goal.is_open():
        yield Fault(Kind.DEAD_END)


def _offered(played: Played, talk: Scene) -> Iterator[Fault]:
    """Times are offered to who wants something at a time."""
    assert talk.goal is not None
    wants_nothing = not talk.goal.is_open() and played.utterance.does_only(*WANTS_NOTHING)
    if (
        wants_nothing
        and played.heard.asks_now
        and any(_MOMENT.search(one["payload"]) for one in played.heard.buttons())
    ):
        yield Fault(Kind.OFFERED)


def _called(played: Played) -> Iterator[Fault]:
    """A person comes when one is wanted or needed, and only then."""
    heard, utterance = played.heard, played.utterance
    wanted = utterance.does("person", "complain", "urgent")
    called = heard.attention in CALLED
    if wanted and not called and not played.was_called:
        yield Fault(Kind.NOT_CALLED)
    if called and not wanted and not played.was_called:
        yield Fault(Kind.HAND_OVER)


def _answers(played: Played, talk: Scene) -> Iterator[Fault]:
    """Every question is answered or passed on; what the rows know is said; what nobody asked is not doubted."""
    attention = played.heard.attention
    passed_on = attention in (Attention.QUESTION, Attention.WANTS_PERSON)
    asked = played.utterance.asked
    answered = [one for one in asked if is_answered(one, played, talk)]
    for one in asked:
        if one in answered or played.heard.is_silence:
            continue
        if not passed_on:
            yield Fault(Kind.STATUS if one.about == "status" else Kind.DROPPED_QUESTION, note=one.about)
        elif one.is_known:
            yield Fault(Kind.KNEW_BETTER, note=one.about)
    doubted = attention == Attention.QUESTION and not played.utterance.does(*MAY_ASK)
    if doubted and len(answered) == len(asked):
        yield Fault(Kind.DOUBTED)


def is_answered(asked: Asked, played: Played, talk: Scene) -> bool:
    """Return whether the reply has it: in words that the rows say, or from the knowledge by its topic."""
    reply = played.heard.text.casefold()
    if any(stands_in(words.casefold(), reply) for words in asked.words):
        return True
    told = {step["facts"].get("topic") for step in played.steps if step["facts"].get("found")}
    if not asked.is_known:
        return bool(told)  # this business happens to know it
    if told & set(asked.topics):
        return True
    return any(answer.casefold() in reply for topic in asked.topics for answer in answers_of(talk.business.slug)[topic])


def stands_in(words: str, text: str) -> bool:
    """Return whether it stands there by itself: 60 does not stand in 160."""
    return re.search(rf"(?<!\d){re.escape(words)}(?!\d)", text) is not None


@cache
def answers_of(slug: str) -> dict[str, tuple[str, ...]]:
    """Return the answers of a copy's knowledge in all languages, by topic."""
    found: dict[str, list[str]] = {}
    rows = KnowledgeText.objects.filter(knowledge__business__slug=slug, knowledge__is_active=True)
    for topic, answer in rows.values_list("knowledge__topic", "answer"):
        found.setdefault(topic, []).append(answer)
    return {topic: tuple(answers) for topic, answers in found.items()}


def _language(played: Played, talk: Scene) -> Iterator[Fault]:
    """Every message is in the language that the customer writes, if the business speaks it."""
    wanted = played.language
    if not wanted or talk.business.language_for(wanted) != wanted:
        return
    for message in played.heard.messages:
        found = language_of(message.text)
        if found not in ("", wanted):
            yield Fault(Kind.LANGUAGE, note=f"{found}, not {wanted}")
            return


@lru_cache(maxsize=2000)
def language_of(text: str) -> str:
    """Return the language of a sentence; "" where it is too short or too mixed to tell."""
    tokens = tokenize(text)
    found, sure, _ = detect(tokens, prior="", default="")
    words = sum(token.kind == "word" for token in tokens)
    return found if sure >= SURE and words >= FEW_WORDS else ""


def _repeated(played: Played, talk: Scene) -> Iterator[Fault]:
    """No sentence twice in a row; a question may come again, but not a third time in the same words."""
    earlier = [one for one in talk.log[:-1] if not one.heard.is_silence]
    if not earlier or played.utterance.does("repeat"):
        return
    for message in played.heard.messages:
        before = [one.text for one in earlier[-1].heard.messages]
        twice_ago = [one.text for one in earlier[-2].heard.messages] if len(earlier) > 1 else []
        again = message.text in before
        limit = bool(message.asks or message.buttons)
        if len(message.text) >= LONG and again and (not limit or message.text in twice_ago):
            yield Fault(Kind.REPEATED, note=message.text[:60])
            return
