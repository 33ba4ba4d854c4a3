"""A sixth language is a lexicon, a catalogue and examples: German, as docs/adding-a-language.md shows it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from bots.language import understand
from bots.language.lexicon import LEXICONS
from tests.language.examples import NOW, ZONE, figures, load, run
from tests.language.german import LEXICON

GUIDE = Path(__file__).parents[2] / "docs" / "adding-a-language.md"


@pytest.fixture
def german(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The language is known while the test runs, as one line in `lexicon/__init__.py` would make it."""
    monkeypatch.setitem(LEXICONS, LEXICON.code, LEXICON)
    yield


@pytest.mark.usefixtures("german")
def test_a_new_lexicon_is_enough_to_understand_its_language() -> None:
    shares, failures = figures("de_example", lang="de")

    assert not failures, shares


@pytest.mark.usefixtures("german")
def test_the_new_language_is_told_from_the_others() -> None:
    told = [run(example, "en").lang for example in load("de_example") if len(example["text"].split()) > 3]

    assert told.count("de") / len(told) >= 0.9


@pytest.mark.usefixtures("german")
def test_the_others_keep_their_messages() -> None:
    for text, lang in (("jutro o 17", "pl"), ("mañana a las 5", "es"), ("tomorrow at 5", "en"), ("завтра в 5", "ru")):
        assert understand(text, now=NOW, tz=ZONE, default_lang=lang).lang == lang


def test_without_its_lexicon_the_language_is_not_there() -> None:
    assert understand("übermorgen um halb sechs", now=NOW, tz=ZONE).lang != "de"


def test_the_guide_names_only_what_exists() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    root = Path(__file__).parents[2]

    for path in ("bots/language/lexicon/base.py", "bots/language/lexicon/en.py", "tests/language/german.py",
                 "tests/language/de_example.jsonl", "tests/language/test_new_language.py"):  # fmt: skip
        assert path in guide
        assert (root / path).exists()
    for phrase in ("halb H = -30", "verschieb*"):
        assert phrase in guide
        assert phrase in (root / "tests/language/german.py").read_text(encoding="utf-8")
