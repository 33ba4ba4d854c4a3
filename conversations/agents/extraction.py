"""Reading with a model."""

from collections.abc import Mapping
from typing import Any

from conversations.skills import Situation


def read(situation: Situation, asker: Any, instead: Mapping[str, str] | None = None) -> None:
    return None
