"""What must hold for every text, however strange."""

from __future__ import annotations

import time as clock
from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given, strategies as st

from bots.language import LANGUAGES, Context, Understanding, understand
from bots.language.tokens import LIMIT
from tests.language.examples import NOW, ZONE, load, run

pytestmark = pytest.mark.slow

GREETINGS = {"en": "hi", "pl": "cześć", "uk": "привіт", "ru": "привет", "es": "hola"}
WORDS = sorted({word for lang in LANGUAGES for example in load(lang) for word in example["text"].split()})
FIELDS = ("date", "date_end", "time", "end_time", "people", "duration_minutes", "phone", "email")
SAID_TO_BE_PAST = {"past_date"}


def read(text: str, now: datetime = NOW) -> Understanding:
    return understand(text, now=now, tz=ZONE)


@given(st.text(max_size=300))
def test_any_text_is_read_and_spans_lie_within_it(text: str) -> None:
    for span in read(text).spans:
        assert 0 <= span.start < span.end <= len(text)


@given(st.lists(st.sampled_from(WORDS), max_size=25), st.integers(0, 1500))
def test_a_date_is_never_past_unless_said(words: list[str], days: int) -> None:
    now = NOW + timedelta(days=days)
    text = " ".join(words)
    found = read(text, now)

    for span in found.spans:
        assert 0 <= span.start < span.end <= len(text)
    if found.date and not set(found.problems) & SAID_TO_BE_PAST:
        assert found.date >= now.date()
    if found.date and found.date_end:
        assert found.date <= found.date_end


KNOWN = Context(
    requested=("date", "time", "people", "duration", "name", "phone", "confirm"),
    offered=((date(2026, 12, 1), time(18, 30)), (date(2026, 12, 2), time(18))),
    offered_date=date(2026, 12, 1),
    offered_time=time(23, 30),
    state={"date": "2026-12-01", "time": "17:00", "people": 2},
    services={"wheel": ["pottery wheel", "koło"], "Manicure": []},
    specialists={"Anna": ["Ania", "Аня"]},
    opening_hours={0: [(time(10), time(14)), (time(15), time(20))], 5: []},
)


@given(st.lists(st.sampled_from(WORDS), max_size=12), st.sampled_from((*LANGUAGES, "")))
def test_any_context_is_borne(words: list[str], lang: str) -> None:
    text = " ".join(words)
    found = understand(text, now=NOW, tz=ZONE, lang=lang, context=KNOWN)

    for span in found.spans:
        assert 0 <= span.start < span.end <= len(text)
    assert found.people is None or found.people > 0


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_greeting_or_an_emoji_changes_nothing_else(lang: str) -> None:
    changed = []
    for text in [example["text"] for example in load(lang)]:
        plain = run({"text": text}, lang)
        if plain.lang != lang or "greet" in dict(plain.intents):
            continue
        for dressed in (f"{GREETINGS[lang]}! {text}", f"{text} 🙂"):
            found = run({"text": dressed}, lang)
            changed += [(dressed, name) for name in FIELDS if getattr(found, name) != getattr(plain, name)]
    assert not changed


HOSTILE = [
    "1", "a", "at ", "5-", "5.", "1/", "@", "a@", "+", "(", "+1-", "1:", "?", "🙂", "́", "'", "a'", "\n", "¿",
    "with my ", "with my daughter and ", "me and ", " from 5 to ", "2 adults and ", "not ", "во вторник и ", "a.",
    "twenty ", "за ", "пів на ", "next ", "the ", "5 to ", "the 5th of ", "tuesday or ", "end of ", "in two ",
    "zh", "пол", "between ", "2-3-", "1,5 ", "monday to ", "a las ", "y ", "Anna ", "ul. 1/", "the week of ",
    "last day of the ", "3-5.12-", "часа на ", "no later than ", "can't ", "may ", "domingo ", "wendesday ", "sat ",
]  # fmt: skip
LEAST = 0.002  # seconds: below that a clock's own grain decides


def cost(text: str) -> float:
    """Seconds of the processor for one message, the lesser of two: the first also warms up."""
    least = float("inf")
    for _ in range(2):
        started = clock.process_time()
        read(text)
        least = min(least, clock.process_time() - started)
    return least


@pytest.mark.parametrize("piece", HOSTILE)
def test_hostile_text_costs_no_more_than_its_length(piece: str) -> None:
    """Eight times the text may cost some eight times as much; if it cost the square, it would be sixty-four."""
    short, whole = ((piece * LIMIT)[:size] for size in (LIMIT // 8, LIMIT))

    assert cost(whole) < 24 * cost(short) + LEAST


@pytest.mark.parametrize("piece", HOSTILE[::4])
def test_ten_thousand_characters_cost_no_more_than_five_thousand(piece: str) -> None:
    text = (piece * 10_000)[:10_000]

    assert cost(text) < 4 * cost(text[:5_000]) + LEAST


def test_only_the_beginning_of_a_novel_is_read() -> None:
    found = read("x " * 2000 + "tomorrow at 5")

    assert found.date is None
