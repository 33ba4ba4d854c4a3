"""What people answer to a summary, to “shall I move it?”, to “cancel, move or keep it?”, and who they say comes.

Most of the sentences are by people who had seen neither the lexicon nor the lab.
"""

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from bots.language import LANGUAGES, Context, Understanding, understand
from tests.language.examples import NOW, ZONE

FOLDER = Path(__file__).parent / "acts"
FRIDAY = NOW.date() + dt.timedelta(days=(4 - NOW.weekday()) % 7)
SUMMED_UP = Context(requested=("confirm",), state={"date": FRIDAY.isoformat(), "time": "18:00", "people": 2})
MOVED = Context(requested=("confirm",), proposed="move", state=SUMMED_UP.state)
WHICH = Context(requested=("visit",), proposed="cancel")


@cache
def sentences(lang: str) -> dict[str, list[str]]:
    found: dict[str, Any] = yaml.safe_load((FOLDER / f"{lang}.answers.yaml").read_text("utf-8"))
    return found


def read(text: str, lang: str, context: Context) -> Understanding:
    return understand(text, now=NOW, tz=ZONE, lang=lang, context=context)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_firm_yes_is_heard_in_peoples_own_words(lang: str) -> None:
    texts = sentences(lang)["yes"]

    assert [text for text in texts if read(text, lang, SUMMED_UP).answer != "yes"] == []
    assert len(texts) >= 100


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_slip_of_the_finger_takes_no_yes_away_and_makes_none(lang: str) -> None:
    swapped = [_with_slip(text) for text in sentences(lang)["yes"]]
    heard = [text for text in swapped if read(text, lang, SUMMED_UP).answer == "yes"]

    assert len(heard) >= 0.85 * len(swapped)
    spoilt = [_with_slip(text) for text in sentences(lang)["not_yes"]]
    assert [text for text in spoilt if read(text, lang, SUMMED_UP).answer == "yes"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_half_a_yes_is_none(lang: str) -> None:
    assert [text for text in sentences(lang)["not_yes"] if read(text, lang, SUMMED_UP).answer == "yes"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_stays_is_never_cancelled(lang: str) -> None:
    for text in sentences(lang)["keeps"]:
        understood = read(text, lang, WHICH)
        assert understood.does("keep"), text
        assert not understood.does("cancel"), text
        assert understood.answer != "yes", text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_cancelled_is_never_kept(lang: str) -> None:
    for text in sentences(lang)["cancels"]:
        understood = read(text, lang, WHICH)
        assert understood.does("cancel") or understood.answer == "yes", text
        assert not understood.does("keep"), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_is_only_asked_of_cancelling_cancels_nothing(lang: str) -> None:
    for text in sentences(lang)["asks_of_cancelling"]:
        understood = read(text, lang, Context())
        assert understood.does("ask_cancelling") or understood.does("ask_refund"), text
        assert not understood.does("cancel"), text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_move_is_agreed_to_in_peoples_own_words(lang: str) -> None:
    assert [text for text in sentences(lang)["moves"] if read(text, lang, MOVED).answer != "yes"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_what_may_leave_a_visit_where_it_is_moves_nothing(lang: str) -> None:
    assert [text for text in sentences(lang)["not_moves"] if read(text, lang, MOVED).answer == "yes"] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_more_comes_or_one_comes_alone(lang: str) -> None:
    assert [text for text in sentences(lang)["one_more"] if read(text, lang, Context()).people_shift != 1] == []
    assert [text for text in sentences(lang)["alone"] if read(text, lang, Context()).people != 1] == []


def _with_slip(text: str) -> str:
    """Return it with two letters swapped in the middle of its longest word."""
    word = max(text.split(), key=len)
    at = len(word) // 2
    if len(word) < 6 or not word.isalpha():
        return text
    return text.replace(word, word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :], 1)
