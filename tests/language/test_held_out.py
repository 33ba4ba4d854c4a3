"""Messages that no rule was written for: the shares that are right. Only counts are shown, so that nobody tunes to them."""

from __future__ import annotations

import pytest

from bots.language import LANGUAGES
from tests.language.examples import figures

pytestmark = pytest.mark.slow


def share(counts: str) -> float:
    part, whole = (int(number) for number in counts.split("/"))
    return part / whole


@pytest.fixture(scope="module")
def shares() -> dict[str, dict[str, str]]:
    return {lang: figures(lang, held_out=True)[0] for lang in LANGUAGES}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_date_and_time_of_unseen_messages_are_right(lang: str, shares: dict[str, dict[str, str]]) -> None:
    counts = shares[lang]["date and time"]

    assert share(counts) >= 0.90, counts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_intent_of_unseen_messages_is_right(lang: str, shares: dict[str, dict[str, str]]) -> None:
    counts = shares[lang]["intent"]

    assert share(counts) >= 0.90, counts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_found_in_unseen_messages_that_say_nothing(lang: str, shares: dict[str, dict[str, str]]) -> None:
    counts = shares[lang]["false findings"]

    assert share(counts) <= 0.03, counts


@pytest.mark.parametrize("lang", LANGUAGES)
def test_there_are_enough_unseen_messages(lang: str, shares: dict[str, dict[str, str]]) -> None:
    wholes = {name: int(counts.split("/")[1]) for name, counts in shares[lang].items()}

    assert wholes["date and time"] >= 100
    assert wholes["intent"] >= 120
    assert wholes["false findings"] >= 80
