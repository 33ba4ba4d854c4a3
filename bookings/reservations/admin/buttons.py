"""What cards of reservations and of enquiries share: buttons, what was done, and how long it is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bots.models import Decision
from bots.staff.decisions import Choice
from bots.staff.presentation import clock_time, printable

KEYS = {"approve": "a", "other_time": "o"}
SHOWN_AFTERWARDS = timedelta(days=1)  # how long what was decided stays on the conversation's page


@dataclass(frozen=True, slots=True)
class CardButton:
    verb: str
    label: str
    icon: str
    asks_reason: bool
    asks_time: bool
    destructive: bool
    key: str


@dataclass(frozen=True, slots=True)
class Done:
    words: str
    who: str
    source: str
    when: str
    reason: str


def button_of(choice: Choice) -> CardButton:
    return CardButton(
        verb=choice.verb,
        label=str(choice.label),
        icon=choice.icon,
        asks_reason="reason" in choice.asks,
        asks_time="time" in choice.asks,
        destructive=choice.destructive,
        key=KEYS.get(choice.verb, ""),
    )


def done_of(decision: Decision, row: Any, now: datetime, words: Mapping[str, str]) -> Done:
    return Done(
        words=words.get(decision.verb, decision.verb.replace("_", " ").capitalize()),
        who=printable(decision.by_name, 80),
        source=decision.source,
        when=clock_time(decision.at, row.business.zone, now),
        reason=printable(decision.reason, 200),
    )
