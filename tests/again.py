"""What the suite tries once and `make again` as often as there are seeds, languages and harms."""

from collections.abc import Iterable
from typing import Any

import pytest


def once(values: Iterable[Any], *, first: int = 1) -> list[Any]:
    """Return the values as parameters: the suite takes the `first` ones, `make again` the others."""
    found = list(values)
    return [*found[:first], *(pytest.param(value, marks=pytest.mark.again) for value in found[first:])]
