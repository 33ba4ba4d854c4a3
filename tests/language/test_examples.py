"""Messages as customers write them, and what must be understood: the share that is right, per language."""

from __future__ import annotations

import pytest

from bots.language import LANGUAGES
from tests.language.examples import figures

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("lang", LANGUAGES)
def test_examples_are_understood(lang: str) -> None:
    shares, failures = figures(lang)

    right, total = (int(part) for part in shares["all"].split("/"))
    assert total >= 80
    assert right / total >= 0.95, failures


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_found_where_nothing_is_said(lang: str) -> None:
    shares, failures = figures(lang)

    false, bare = (int(part) for part in shares["false findings"].split("/"))
    assert false / bare <= 0.03, failures
