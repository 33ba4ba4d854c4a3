"""Guards."""

from collections.abc import Sequence
from dataclasses import dataclass

from conversations.agents.stage import Outcome
from conversations.skills import Situation


@dataclass(slots=True, kw_only=True)
class Checked:
    situation: Situation
    instructions: str
    canary: str
    grounds: list[str]


def parts(text: str) -> list[str]:
    return [part.strip() for part in text.split("|||") if part.strip()]


def without_question(texts: list[str]) -> list[str]:
    return texts


def mending(text: str, complaints: Sequence[str]) -> str:
    return ""


def check(texts: Sequence[str], checked: Checked, outcomes: Sequence[Outcome]) -> list[str]:
    return []
