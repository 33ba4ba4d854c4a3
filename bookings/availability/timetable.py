"""Free times as arithmetic: whole minutes since 1970 (UTC), no database, no Django.

The clock on the business's wall is read in one place, `instant`: a time that the change to summer time leaves out is
shifted forward, and of a time that comes twice the first is meant. So every start has one name on the wall clock; in
the one night a year when an hour comes twice, nothing starts in its second pass.

A visit must lie within working hours. Its buffers must be free of other visits, but may reach beyond the hours.
"""

import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from itertools import pairwise
from operator import le
from zoneinfo import ZoneInfo

DAY = 24 * 60
NEVER = sys.maxsize
Span = tuple[int, int]  # from, until: minutes since 1970, or of a day for working hours
Opening = tuple[int, int, int]  # a start that can be had, how many places are left at that time, and the resource's id


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
    """When how many people are in a bookable: stretches in order that do not overlap, as three lists side by side."""

    starts: Sequence[int] = ()
    ends: Sequence[int] = ()
    people: Sequence[int] = ()

    def peak(self, start: int, end: int) -> int:
        """Return the most people at once between the two."""
        stretches = zip(self.starts, self.ends, self.people, strict=True)
        return max((people for since, until, people in stretches if since < end and until > start), default=0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookable:
    """A resource: its hours by weekday in minutes of the day, and when it is off or taken."""

    id: int
    capacity: int  # 1: one visit at a time, whatever the number of people
    hours: Mapping[int, Sequence[Span]]  # in order, not overlapping; 1440 is midnight at the end of the day
    off: Sequence[Span] = ()  # in order, not overlapping
    load: Load = Load()

    def need(self, people: int) -> int:
        return 1 if self.capacity == 1 else people


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    rules: Rules
    bookables: Sequence[Bookable]
    closed: Mapping[date, str]  # holidays and own closed days, with their names


def minute_of(moment: datetime) -> int:
    return int(moment.timestamp() // 60)


def ceil_minute_of(moment: datetime) -> int:
    return int(-(-moment.timestamp() // 60))


def moment_of(minute: int, zone: tzinfo) -> datetime:
    return datetime.fromtimestamp(minute * 60, zone)


def instant(day: date, wall: int, zone: ZoneInfo) -> int:
    """Return when the wall clock shows `wall` minutes of that day: gap forward, of two the first."""
    naive = datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=wall)
    return minute_of(naive)


def is_on_clock(moment: datetime) -> bool:
    """Whether the wall clock ever shows it; False in the hour that is left out in spring. `moment` in its own zone."""
    back = moment.astimezone(UTC).astimezone(moment.tzinfo)
    return back.replace(tzinfo=None) == moment.replace(tzinfo=None)


def merge(spans: Iterable[Span], *, touching: bool = True) -> list[Span]:
    """Spans in order, joined where they overlap and, if asked, where they touch."""
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and (start < merged[-1][1] or (touching and start == merged[-1][1])):
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def subtract(spans: Sequence[Span], off: Sequence[Span]) -> list[Span]:
    """Return what is left of `spans` without `off`; both in order and not overlapping."""
    left = []
    for start, end in spans:
        for off_start, off_end in off:
            if off_end <= start:
                continue
            if off_start >= end:
                break
            if start < off_start:
                left.append((start, off_start))
            start = off_end
        if start < end:
            left.append((start, end))
    return left


def pile(starts: Sequence[int], ends: Sequence[int], people: Sequence[int]) -> Load:
    """Return how many people are there at once, from visits that may overlap, given in order of their start."""
    if all(map(le, ends, starts[1:])):
        return Load(starts, ends, people)
    steps: dict[int, int] = {}
    for start, end, count in zip(starts, ends, people, strict=True):
        steps[start] = steps.get(start, 0) + count
        steps[end] = steps.get(end, 0) - count
    piled: list[tuple[int, int, int]] = []
    there = 0
    for start, end in pairwise(sorted(steps)):
        there += steps[start]
        if there:
            piled.append((start, end, there))
    return Load(*map(list, zip(*piled, strict=True)))


def midnight(day: date, zone: ZoneInfo) -> int:
    return minute_of(datetime(day.year, day.month, day.day, tzinfo=zone))


@dataclass(frozen=True, slots=True)
class Day:
    """One day on the business's clock. On most days a minute of the day is simply added to its midnight."""

    date: date
    weekday: int
    base: int
    is_plain: bool
    zone: ZoneInfo

    def at(self, wall: int) -> int:
        return self.base + wall if self.is_plain else instant(self.date, wall, self.zone)

    def starts(self, opens: int, closes: int, step: int) -> Sequence[int]:
        """Return the grid of a stretch of working hours, counted from its opening on the wall clock."""
        if self.is_plain:
            return range(self.base + opens, self.base + closes, step)
        walls = range(opens, closes, step)
        return [minute for wall in walls if self._shows(wall, minute := self.at(wall))]

    def _shows(self, wall: int, minute: int) -> bool:
        shown = moment_of(minute, self.zone)
        return shown.hour * 60 + shown.minute == wall


def days(first: date, last: date, zone: ZoneInfo) -> list[Day]:
    numbers = range(first.toordinal(), last.toordinal() + 2)
    bases = [(day := date.fromordinal(number), midnight(day, zone)) for number in numbers]
    return [Day(day, day.weekday(), base, after - base == DAY, zone) for (day, base), (_, after) in pairwise(bases)]


def open_spans(bookable: Bookable, over: Sequence[Day], closed: Mapping[date, str]) -> list[Span]:
    """Return when the bookable works on these days, joined over midnight, without its time off."""
    hours = [
        (day.at(opens), day.at(closes))
        for day in over
        if day.date not in closed
        for opens, closes in bookable.hours.get(day.weekday, ())
    ]
    return subtract(merge(hours), bookable.off)


def bounds(rules: Rules, now: datetime) -> tuple[int, date]:
    """Return the earliest start (minutes since 1970) and the last day that may be booked."""
    earliest = ceil_minute_of(now + timedelta(minutes=rules.lead))
    return earliest, now.astimezone(rules.zone).date() + timedelta(days=rules.horizon_days)


def openings(
    calendar: Calendar, *, first_day: date, last_day: date, people: int, duration: int, now: datetime
) -> list[Opening]:
    """All starts that can be had between two days, both included, in order; of several the fullest that fits."""
    rules = calendar.rules
    earliest, horizon = bounds(rules, now)
    first_day, last_day = max(first_day, now.astimezone(rules.zone).date()), min(last_day, horizon)
    if first_day > last_day or not fits(rules, people=people, duration=duration):
        return []
    over = days(first_day, last_day + timedelta(days=1 + duration // DAY), rules.zone)
    asked = over[: (last_day - first_day).days + 1]
    best: dict[int, Opening] = {}
    for bookable in calendar.bookables:
        spans = open_spans(bookable, over, calendar.closed)
        starts = _starts(bookable, asked, spans, calendar, duration, earliest)
        for opening in _free(bookable, starts, rules, people, duration):
            known = best.setdefault(opening[0], opening)
            if opening < known:
                best[opening[0]] = opening
    return sorted(best.values())


def fits(rules: Rules, *, people: int, duration: int) -> bool:
    return (
        rules.is_active
        and rules.min_people <= people <= rules.max_people
        and rules.shortest <= duration <= rules.longest
    )


def _starts(
    bookable: Bookable, asked: Sequence[Day], spans: Sequence[Span], calendar: Calendar, duration: int, earliest: int
) -> list[int]:
    """The starts on the grid that lie within working hours, in order. Walks days and hours side by side, each once."""
    found: list[int] = []
    step, current = calendar.rules.step, 0
    for day in asked:
        if day.date in calendar.closed:
            continue
        for opens, closes in bookable.hours.get(day.weekday, ()):
            grid = day.starts(opens, closes, step)
            if not grid:
                continue
            while current < len(spans) and spans[current][1] <= grid[0]:
                current += 1
            ahead = current
            while ahead < len(spans) and spans[ahead][0] <= grid[-1]:
                since, until = spans[ahead]
                found += grid[bisect_left(grid, max(since, earliest)) : bisect_right(grid, until - duration)]
                ahead += 1
    return found


def _free(bookable: Bookable, starts: Iterable[int], rules: Rules, people: int, duration: int) -> list[Opening]:
    """Those of the starts, given in order, at which there is room. Walks starts and visits side by side, each once."""
    begins, ends, there = [*bookable.load.starts, NEVER], [*bookable.load.ends, NEVER], bookable.load.people
    before, reach, most = rules.before, duration + rules.after, bookable.capacity - bookable.need(people)
    capacity, resource_id, at = bookable.capacity, bookable.id, 0
    found: list[Opening] = []
    if most < 0:
        return found
    for start in starts:
        since, until = start - before, start + reach
        while ends[at] <= since:
            at += 1
        if begins[at] >= until:
            found.append((start, capacity, resource_id))
        elif there[at] <= most:
            ahead, peak = at, 0
            while begins[ahead] < until:
                peak = max(peak, there[ahead])
                ahead += 1
            if peak <= most:
                found.append((start, capacity - peak, resource_id))
    return found
