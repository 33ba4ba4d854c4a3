"""Recorded talks as YAML: what the customer says, and what must be true after it. By hand, or saved from a talk.

- id: pl-books
  goal: books a visit in one go        # in words, for people
  talk:
    - says: "We wtorek {tuesday} o 18:30, 3 osoby"      # {tuesday} is the coming one that is no holiday, as a date
      reply: ["18:30"]          # all of these stand in what was said; with | in it, one of several
      never: ["potwierdzone"]   # none of these
      tools: [check_time]       # called in this turn, among others
      no_tools: [send_request]
    - presses: booking:yes      # the button whose payload begins so; “booking:slot 2”: of several the second
  held_by: bot                  # or person
  attention: question           # why it stands on Needs you; "" for nothing

What else may stand there, each app says for its own rows (`Sandbox.case_keys`): `before`, `visits`, `lead`.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from bots.language import LANGUAGES
from bots.language.context import WEEKDAYS
from bots.models import Business
from conversations.evaluation.sandbox import sandboxes

LEAST_DAYS = 3  # ahead, so that a visit is not late to cancel
LOOK_DAYS = 60  # no weekday is a holiday so often
AFTER = "_after"  # the same weekday, the time after next
OWN_KEYS = frozenset({"id", "goal", "talk", "held_by", "attention"})


class BadCase(Exception):
    """The file does not say what a recorded talk says."""


@dataclass(frozen=True, slots=True)
class Line:
    says: str = ""
    presses: str = ""
    reply: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    no_tools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """One recorded talk. `rows` is what apps say of their own rows, at the beginning and at the end."""

    id: str
    talk: tuple[Line, ...]
    goal: str = ""
    held_by: str | None = None
    attention: str | None = None
    rows: Mapping[str, Any] = field(default_factory=dict)
    days: Mapping[str, date] = field(default_factory=dict)

    @property
    def language(self) -> str:
        return self.id.partition("-")[0]

    def filled(self, text: str) -> str:
        for name, day in self.days.items():
            text = text.replace(f"{{{name}}}", written(day, self.language))
        return text


def written(day: date, language: str) -> str:
    """Return a date as a customer types it."""
    return f"{day.day} {day:%B}" if language == "en" else f"{day:%d.%m}"


def days_of(business: Business) -> dict[str, date]:
    """Return the day that each name in a case stands for, on this business's calendar."""
    today = business.now().date()
    last = today + timedelta(days=LOOK_DAYS)
    return coming(today, {day for sandbox in sandboxes() for day in sandbox.closed_days(business, today, last)})


def coming(today: date, closed: Collection[date]) -> dict[str, date]:
    """Return the days that the weekdays' names stand for: “friday” the next that is no holiday (`closed`).

    “friday_after” is the one after that.
    """
    days = [today + timedelta(days=ahead) for ahead in range(LEAST_DAYS, LOOK_DAYS)]
    found: dict[str, date] = {}
    for number, name in enumerate(WEEKDAYS):
        first, second, *_ = [day for day in days if day.weekday() == number and day not in closed]
        found |= {name: first, f"{name}{AFTER}": second}
    return found


def read(path: Path, days: Mapping[str, date]) -> list[Case]:
    """Return all cases of a file, or of the files of a folder. Raises BadCase, naming the place."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    found: list[Case] = []
    for file in files:
        try:
            rows = yaml.safe_load(file.read_text("utf-8"))
            found += [_case(row, days) for row in rows]
        except (OSError, yaml.YAMLError, TypeError, AttributeError, KeyError, ValueError) as error:
            raise BadCase(f"{file.name}: {error}") from error
    if repeated := {one.id for one in found if [other.id for other in found].count(one.id) > 1}:
        raise BadCase(f"twice: {', '.join(sorted(repeated))}")
    return found


def _case(row: dict[str, Any], days: Mapping[str, date]) -> Case:
    theirs = {key for sandbox in sandboxes() for key in sandbox.case_keys}
    if unknown := set(row) - OWN_KEYS - theirs:
        raise ValueError(f"{row.get('id')}: nobody knows {', '.join(sorted(unknown))}")
    if str(row["id"]).partition("-")[0] not in LANGUAGES:
        raise ValueError(f"{row['id']}: the id begins with a language, like pl-books")
    own = {key: row[key] for key in ("goal", "held_by", "attention") if key in row}
    rows = {key: value for key, value in row.items() if key in theirs}
    return Case(id=str(row["id"]), talk=tuple(_line(line) for line in row["talk"]), days=days, rows=rows, **own)


def _line(row: dict[str, Any]) -> Line:
    given: dict[str, Any] = {
        key: value if isinstance(value, str) else tuple(str(one) for one in value) for key, value in row.items()
    }
    return Line(**given)
