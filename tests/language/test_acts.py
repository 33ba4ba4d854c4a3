"""What a message does, and whether it is a firm yes: sentences of our own, all their combinations, and the bank."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
import yaml

from bots.language import LANGUAGES, Context, Understanding, understand
from bots.language.acts.reader import KINDS
from bots.language.lexicon.base import expand
from tests.language.examples import NOW, ZONE

HERE = Path(__file__).parent
BANK = HERE.parents[1] / "conversations" / "evaluation" / "bank"
VISITS = HERE.parents[1] / "bookings" / "reservations" / "evaluation" / "bank"
WHEN = {
    "en": ("on friday", "at 5 pm"), "es": ("el viernes", "a las 17"), "pl": ("w piątek", "o 17"),
    "ru": ("в пятницу", "в 17"), "uk": ("в п'ятницю", "о 17"),
}  # fmt: skip
# Acts of the bank, and the acts of a message any of which is right.
DOES = {
    "accept": ("accept",), "accept.plain": ("accept",), "accept_but": ("accept", "defer", "decline"),
    "decline": ("decline",), "defer": ("defer",), "cancel.open": ("cancel", "decline"), "status": ("status", "ask_when"),
    "repeat": ("repeat",), "urgent": ("urgent",), "stop": ("stop",), "person": ("human",), "thank": ("thank",),
    "greet": ("greet",), "complain": ("complain",), "chat": ("chat", "bot"), "ask.duration": ("ask_duration",),
    "ask.cancelling": ("ask",),
}  # fmt: skip
FLOORS = {"greet": 0.65, "chat": 0.65, "complain": 0.82, "thank": 0.82}
FLOOR = 0.9
ANSWERS = {"accept_but": {"but", "later", "no"}, "defer": {"later"}, "decline": {"no"}}
ANSWER_FLOOR = 0.9
OF_VISITS = {
    "ask.end": "ask_end", "cancel.visit": "cancel", "select.keep": "keep", "request.move": "change",
    "request.move_bare": "change",
}  # fmt: skip
VISITS_FLOOR = 0.8
MAY_BE_YES = {"accept", "accept.plain", "thank"}  # "ok, thanks" is one
BETWEEN = (" ", ", ", ". ", " - ", "\n")


@cache
def own(lang: str) -> dict[str, Any]:
    sentences: dict[str, Any] = yaml.safe_load((HERE / "acts" / f"{lang}.yaml").read_text("utf-8"))
    return sentences


@cache
def bank(lang: str) -> dict[str, list[str]]:
    acts = yaml.safe_load((BANK / f"{lang}.yaml").read_text("utf-8"))
    return {act: [line for lines in by_writer.values() for line in lines] for act, by_writer in acts.items()}


def filled(line: str, lang: str) -> str:
    """A line of the bank with a day and an hour in it."""
    day, hour = WHEN[lang]
    return line.replace("{on_day}", day).replace("{at_time}", hour)


@cache
def visits(lang: str) -> dict[str, list[str]]:
    acts = yaml.safe_load((VISITS / f"{lang}.yaml").read_text("utf-8"))
    return {
        act: [filled(line, lang) for lines in by_writer.values() for line in lines] for act, by_writer in acts.items()
    }


def read(text: str, lang: str, **context: str) -> Understanding:
    return understand(text, now=NOW, tz=ZONE, lang=lang, context=Context(**context))  # type: ignore[arg-type]


def yeses(texts: list[str] | Iterator[str], lang: str) -> list[str]:
    return [text for text in texts if read(text, lang).answer == "yes"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_plain_yes_is_heard(lang: str) -> None:
    texts = own(lang)["yes"]

    assert [text for text in texts if read(text, lang).answer != "yes"] == []
    assert len(texts) >= 100


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_no_firm_yes_is_never_taken_for_one(lang: str) -> None:
    assert yeses(own(lang)["not_yes"], lang) == []


@pytest.mark.parametrize("every", [32, pytest.param(4, marks=pytest.mark.again)])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_yes_survives_a_question_a_condition_or_a_delay_beside_it(lang: str, every: int) -> None:
    def combined() -> Iterator[str]:
        between = cycle(BETWEEN)
        for step, tail in enumerate(own(lang)["tails"]):
            for text in own(lang)["yes"][step % every :: every]:
                yield text + next(between) + tail
                yield tail + next(between) + text

    assert yeses(combined(), lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_yes_survives_a_question_mark(lang: str) -> None:
    assert yeses([text + "?" for text in own(lang)["yes"]], lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bank_accepts_and_nothing_else_does(lang: str) -> None:
    plain = [line for act in ("accept", "accept.plain") for line in bank(lang)[act]]
    others = [line for act, lines in bank(lang).items() if act not in MAY_BE_YES for line in lines]

    assert len(yeses(plain, lang)) / len(plain) >= 0.97
    assert yeses(others, lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("act", sorted(ANSWERS))
def test_the_bank_puts_off_and_declines(lang: str, act: str) -> None:
    wrong = [line for line in bank(lang)[act] if read(line, lang).answer not in ANSWERS[act]]

    assert 1 - len(wrong) / len(bank(lang)[act]) >= ANSWER_FLOOR, wrong


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("act", sorted(DOES))
def test_the_acts_of_the_bank_are_read(lang: str, act: str) -> None:
    missed = [line for line in bank(lang)[act] if not any(read(line, lang).does(kind) for kind in DOES[act])]

    assert 1 - len(missed) / len(bank(lang)[act]) >= FLOORS.get(act, FLOOR), missed


@pytest.mark.parametrize("lang", LANGUAGES)
def test_acts_in_our_own_words(lang: str) -> None:
    for kind, texts in own(lang)["acts"].items():
        assert kind in KINDS
        missed = [text for text in texts if not read(text, lang).does(kind)]
        assert len(missed) <= len(texts) // 8 + (len(texts) < 8), (kind, missed)
        assert kind == "keep" or yeses(texts, lang) == []  # "do not change anything" is right beside a proposal


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_only_looks_like_an_act_is_none(lang: str) -> None:
    for kind, texts in own(lang)["never"].items():
        assert kind in KINDS
        assert (kind, [text for text in texts if read(text, lang).does(kind)]) == (kind, [])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_thanks_and_praise_alone_are_no_firm_yes(lang: str) -> None:
    assert yeses(own(lang)["thanked"], lang) == []


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("key", sorted(OF_VISITS))
def test_the_acts_of_a_visit_are_read(lang: str, key: str) -> None:
    lines = visits(lang)[key]
    missed = [line for line in lines if not read(line, lang).does(OF_VISITS[key])]

    assert 1 - len(missed) / len(lines) >= VISITS_FLOOR, missed


def test_an_act_knows_its_clause() -> None:
    text = "ok great. when does it end?"
    found = read(text, "en")

    assert [(act.kind, text[act.start : act.end]) for act in found.acts] == [
        ("accept", "ok great"),
        ("ask_end", "when does it end"),
    ]
    assert found.as_json()["acts"][0] == {"kind": "accept", "start": 0, "end": 8}
    assert found.answer == found.as_json()["answer"] == "but"
    assert found.does("ask") and not found.does("status")


@pytest.mark.parametrize(
    ("text", "proposed"),
    [("yes cancel it", "cancel"), ("cancel it please", "cancel"), ("yes, move it", "move"), ("change it", "move")],
)
def test_the_deed_itself_accepts_only_where_it_was_proposed(text: str, proposed: str) -> None:
    assert read(text, "en", proposed=proposed).answer == "yes"
    assert read(text, "en").answer != "yes"


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("no changes needed, send it", "yes"),
        ("no, everything is right, send it", "yes"),
        ("no problem, book it", "yes"),
        ("no, don't send it", "no"),
        ("yes but not friday", "but"),
        ("yes, friday at 5 for two", "yes"),
        ("yes, in an hour", "but"),
        ("friday at 5", ""),
    ],
)
def test_no_may_mean_yes_and_slots_are_neutral(text: str, answer: str) -> None:
    assert read(text, "en").answer == answer


@pytest.mark.parametrize(
    ("lang", "text", "kind", "other"),
    [
        ("en", "what if i do not come?", "ask", "cancel"),
        ("en", "can i cancel later?", "ask", "cancel"),
        ("en", "if something comes up can i cancel it?", "ask", "cancel"),
        ("en", "no need to cancel, just move it", "change", "cancel"),
        ("en", "stop, wrong day", "correct", "stop"),
        ("pl", "a co jeśli nie przyjdę?", "ask", "cancel"),
        ("ru", "не надо отменять, просто перенесите", "change", "cancel"),
        ("uk", "стоп, не той день", "correct", "stop"),
        ("es", "puedo cancelar después?", "ask", "cancel"),
    ],
)
def test_what_only_looks_like_cancelling(lang: str, text: str, kind: str, other: str) -> None:
    found = read(text, lang)

    assert found.does(kind), found.acts
    assert not found.does(other), found.acts


def test_a_phrase_of_which_nothing_may_be_left_matches_nothing() -> None:
    assert list(expand("{a,b,}")) == [("a",), ("b",)]
    assert list(expand("{x,} {y,} | {x,} *")) == [("x", "y"), ("x",), ("y",), ("x", "*")]
