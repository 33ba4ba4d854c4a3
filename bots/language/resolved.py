"""The findings of all grammars, and the one answer that is made of them."""

import datetime as dt
from dataclasses import dataclass, field

from bots.language.context import Context
from bots.language.dates.days import Day
from bots.language.doubts import Unclear
from bots.language.people.found import People
from bots.language.times.clock_time import Hours
from bots.language.times.durations import Stretch
from bots.language.times.moments import Moment

TWELVE_HOUR_LANGUAGES = ("en", "es")


@dataclass(slots=True)
class Slots:
    """What each grammar found, in the order of the text."""

    days: list[Day]
    moments: list[Moment]
    stretches: list[Stretch]
    people: list[People]
    unclear: list[Unclear] = field(default_factory=list)


@dataclass(slots=True)
class Resolved:
    """The answer, and where each part of it stands (token indexes)."""

    date: dt.date | None = None
    date_end: dt.date | None = None
    alternatives: list[dt.date] = field(default_factory=list)
    excluded: list[dt.date | int] = field(default_factory=list)
    from_date: dt.date | None = None
    time: dt.time | None = None
    end_time: dt.time | None = None
    time_alternatives: list[dt.time] = field(default_factory=list)
    from_time: dt.time | None = None
    open_ended: bool = False
    duration: int | None = None
    people: int | None = None
    people_shift: int | None = None
    several: bool = False
    not_parts: list[str] = field(default_factory=list)
    unclear: list[Unclear] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    spans: list[tuple[str, int, int, object]] = field(default_factory=list)


def hours_of(out: Resolved, context: Context) -> Hours:
    """Opening hours of the day in question, or of the whole week if none is known."""
    if not context.opening_hours:
        return ()
    day = out.date or as_date(context.state.get("date")) or context.offered_date
    if day is not None:
        todays = context.opening_hours.get(day.weekday())
        if todays:
            return todays
    return [window for windows in context.opening_hours.values() for window in windows]


def day_of_month(day: int, today: dt.date) -> dt.date:
    """The next day with this number, 1 to 31, from today on."""
    candidate = today
    while candidate.day != day:
        candidate += dt.timedelta(days=1)
    return candidate


def as_time(value: object) -> dt.time | None:
    if isinstance(value, dt.time):
        return value
    if isinstance(value, str) and value:
        try:
            return dt.time.fromisoformat(value)
        except ValueError:
            return None
    return None


def as_date(value: object) -> dt.date | None:
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, dt.date):
        return value
    if isinstance(value, str) and value:
        try:
            return dt.date.fromisoformat(value[:10])
        except ValueError:
            return None
    return None
