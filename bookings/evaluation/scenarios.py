"""Scripted talks as YAML: what the customer says, and what must be true after it.

- id: pl-books
  before:                       # visits that there are already: "mine" are the customer's own, confirmed
    - {mine: true, day: thursday, time: "15:00", people: 2}
  talk:
    - says: "We wtorek {tuesday} o 18:30, 3 osoby"      # {tuesday} is the coming one that is no holiday, as a date
      reply: ["18:30"]          # all of these stand in what was said; with | in it, one of several
      never: ["potwierdzone"]   # none of these
      tools: [check_time]       # called in this turn, among others
      no_tools: [send_request]
    - presses: booking:yes      # the button whose payload begins so
  visits: [{status: pending, day: tuesday, time: "18:30", people: 3}]     # the customer's, in order; no drafts
  lead: {status: draft, placement: forearm, size: [12.0]}     # the customer's enquiry; answers as they are kept
  held_by: bot                  # or person
  attention: question           # why it stands on Needs you; "" for nothing
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from bookings.models import WEEKDAYS
from bots.language import LANGUAGES

NUMBERS = {name.lower(): number for number, name in WEEKDAYS}
LEAST_DAYS = 3  # ahead, so that a visit is not late to cancel
LOOK_DAYS = 60  # no weekday is a holiday so often


class BadScenario(Exception):
    """The file does not say what a scenario says."""


@dataclass(frozen=True, slots=True)
class Line:
    says: str = ""
    presses: str = ""
    reply: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    tools: tuple[str, ...] = ()
    no_tools: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Scenario:
    id: str
    talk: tuple[Line, ...]
    before: tuple[dict[str, Any], ...] = ()
    visits: tuple[dict[str, Any], ...] | None = None
    lead: Mapping[str, Any] | None = None
    held_by: str | None = None
    attention: str | None = None
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


def coming(today: date, closed: Collection[date]) -> dict[str, date]:
    """Return the day that each weekday's name stands for: the next one that is no holiday (`closed`)."""
    days = [today + timedelta(days=ahead) for ahead in range(LEAST_DAYS, LOOK_DAYS)]
    open_days = [day for day in days if day not in closed]
    return {name: next(day for day in open_days if day.weekday() == number) for name, number in NUMBERS.items()}


def read(path: Path, days: Mapping[str, date]) -> list[Scenario]:
    """Return all scenarios of a file, or of the files of a folder. Raises BadScenario, naming the place."""
    files = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
    found: list[Scenario] = []
    for file in files:
        try:
            rows = yaml.safe_load(file.read_text())
            found += [_scenario(row, days) for row in rows]
        except (OSError, yaml.YAMLError, TypeError, AttributeError, KeyError, ValueError) as error:
            raise BadScenario(f"{file.name}: {error}") from error
    if repeated := {one.id for one in found if [other.id for other in found].count(one.id) > 1}:
        raise BadScenario(f"twice: {', '.join(sorted(repeated))}")
    return found


def _scenario(row: dict[str, Any], days: Mapping[str, date]) -> Scenario:
    known = {"id", "talk", "before", "visits", "lead", "held_by", "attention"}
    if unknown := set(row) - known:
        raise ValueError(f"{row.get('id')}: nobody knows {', '.join(sorted(unknown))}")
    if str(row["id"]).partition("-")[0] not in LANGUAGES:
        raise ValueError(f"{row['id']}: the id begins with a language, like pl-books")
    more: dict[str, Any] = {key: tuple(row[key]) for key in ("before", "visits") if row.get(key) is not None}
    more |= {key: row[key] for key in ("lead", "held_by", "attention") if key in row}
    return Scenario(id=str(row["id"]), talk=tuple(_line(line) for line in row["talk"]), days=days, **more)


def _line(row: dict[str, Any]) -> Line:
    given: dict[str, Any] = {
        key: value if isinstance(value, str) else tuple(str(one) for one in value) for key, value in row.items()
    }
    return Line(**given)
