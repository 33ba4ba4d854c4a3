"""What the suite tries once and `make again` as often as there are seeds, languages and harms."""

from collections.abc import Iterable
from typing import Any

import pytest


def once(values: Iterable[Any], *, first: int = 1) -> list[Any]:
    """Return the values as parameters: the suite takes the `first` ones, `make again` the others."""
    found = list(values)
    return [*found[:first], *(pytest.param(value, marks=pytest.mark.again) for value in found[first:])]


def in_two_languages(values: Iterable[tuple[Any, ...]]) -> list[Any]:
    """Return what begins with a language as parameters: the suite takes one of each of two, `make again` all others.

    How words are read is tried in every language by `tests/language`; what a talk does with them is the same for all.
    """
    seen: set[Any] = set()
    found: list[Any] = []
    for value in values:
        marks = (pytest.mark.again,) if value[0] in seen or len(seen) == 2 else ()
        seen |= {value[0]} if not marks else set()
        found.append(pytest.param(*value, marks=marks))
    return found
