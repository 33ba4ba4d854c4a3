"""Free times as arithmetic: whole minutes since 1970 (UTC), no database, no Django.

The clock on the business's wall is read in one place, `instant`: a time that the change to summer time leaves out is
shifted forward, and of a time that comes twice the first is meant. So every start has one name on the wall clock; in
the one night a year when an hour comes twice, nothing starts in its second pass.

A visit must lie within working hours. Its buffers must be free of other visits, but may reach beyond the hours.
"""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from operator import le
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY = 24 * 60
Span = tuple[int, int]  # from, until: minutes since 1970, or of a day for working hours
NEVER = sys.maxsize

_EPOCH = date(1970, 1, 1).toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """What a service asks for. All lengths in minutes unless they say otherwise."""

    zone: ZoneInfo
    step: int
    before: int
    after: int
    lead: int
    horizon_days: int
    shortest: int
    longest: int
    min_people: int
    max_people: int
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class Load:
    """When how many people are at a place: stretches in order that do not overlap, as three lists side by side."""

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    people: Sequence[int] = ()

    def bounds(rules: Rules, now: datetime) -> tuple[int, date]:
    """The earliest start (minutes since 1970) and the last day that may be booked."""
    earliest = ceil_minute_of(now + timedelta(minutes=rules.lead))
    return earliest, now.astimezone(rules.zone).date() + timedelta(days=rules.horizon_days)


def openings(
    calendar: Calendar, *, first_day: date, last_day: date, people: int, duration: int, now: datetime
) -> list[Opening]:
    """All starts that can be had between two days, both included, in order; of several places the fullest that fits."""
    rules = calendar.rules
    earliest, horizon = bounds(rules, now)
    first_day, last_day = max(first_day, now.astimezone(rules.zone).date()), min(last_day, horizon)
    if first_day > last_day or not fits(rules, people=people, duration=duration):
        return []
    over = days(first_day, last_day + timedelta(days=1 + duration // DAY), rules.zone)
    asked = over[: (last_day - first_day).days + 1]
    best: dict[int, Opening] = {}
    for place in calendar.places:
        spans = open_spans(place, over, calendar.closed)
        starts = _starts(place, asked, spans, calendar, duration, earliest)
        for opening in _free(place, starts, rules, people, duration):
            known = best.get(opening.start)
            if known is None or opening.left < known.left:
                best[opening.start] = opening
    return sorted(best.values()) if len(calendar.places) > 1 else list(best.values())


def fits(rules: Rules, *, people: int, duration: int) -> bool:
    return (
        rules.is_active
        and rules.min_people <= people <= rules.max_people
        and rules.shortest <= duration <= rules.longest
    )


def _starts(
    place: Place, asked: Sequence[Day], spans: Sequence[Span], calendar: Calendar, duration: int, earliest: int
) -> Iterator[int]:
    """The starts on the grid that lie within working hours, in order. Walks days and hours side by side, each once."""
    step, current = calendar.rules.step, 0
    for day in asked:
        if day.date in calendar.closed:
            continue
        for opens, closes in place.hours.get(day.weekday, ()):
            grid = day.starts(opens, closes, step)
            if not grid:
                continue
            while current < len(spans) and spans[current][1] <= grid[0]:
                current += 1
            for since, until in spans[current:]:
                if since > grid[-1]:
                    break
                low, high = bisect_left(grid, max(since, earliest)), bisect_right(grid, until - duration)
                yield from grid[low:high]


def _free(
    place: Place, starts: Iterable[int], rules: Rules, people: int, duration: int
) -> Iterator[Opening]:
    """Those of the starts, given in order, at which there is room. Walks starts and visits side by side, each once."""
    begins, ends, there = [*place.load.starts, NEVER], [*place.load.ends, NEVER], place.load.people
    before, reach, most = rules.before, duration + rules.after, place.capacity - place.need(people)
    capacity, place_id, at = place.capacity, place.id, 0
    if most < 0:
        return
    for start in starts:
        while ends[at] <= start - before:
            at += 1
        if begins[at] >= start + reach:
            yield Opening(start, capacity, place_id)
        elif there[at] <= most:
            ahead, peak = at, 0
            while begins[ahead] < start + reach:
                peak = max(peak, there[ahead])
                ahead += 1
            if peak <= most:
                yield Opening(start, capacity - peak, place_id)
