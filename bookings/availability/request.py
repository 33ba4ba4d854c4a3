"""Where to look for a time: a window of days and hours, and how words about hours are read for it."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bots.language import Understanding

LOOK_DAYS = 14  # ahead, when no day was named


@dataclass(frozen=True, slots=True)
class Window:
    """Days and hours that would do. Times are the visit's start, on the business's clock."""

    first_day: date
    last_day: date
    zone: ZoneInfo
    earliest: time | None = None
    latest: time | None = None
    clocks: Collection[time] = ()  # if given, only these
    days: Collection[date] = ()  # if given, only these
    excluded: Collection[Any] = ()  # dates, or weekdays as numbers (Monday is 0)

    def takes(self, start: datetime) -> bool:
        day, clock = start.date(), start.time()
        return (
            (not self.days or day in self.days)
            and day not in self.excluded
            and day.weekday() not in self.excluded
            and (not self.clocks or clock in self.clocks)
            and (self.earliest is None or clock >= self.earliest)
            and (self.latest is None or clock <= self.latest)
        )

    def each_day(self, today: date, most: int = LOOK_DAYS) -> Iterator[date]:
        """Yield the days that would do, from today on, `most` at the most."""
        first = max(self.first_day, today)
        for number in range(min((self.last_day - first).days + 1, most)):
            day = first + timedelta(days=number)
            if (not self.days or day in self.days) and day not in self.excluded and day.weekday() not in self.excluded:
                yield day

    def wanted(self, now: datetime) -> datetime:
        """One moment that stands for the whole window, to look around it."""
        day = min(self.days) if self.days else self.first_day
        clock = self.earliest or self.latest
        if clock is None:
            return datetime.combine(day, time(12), self.zone) if day > now.date() else now
        return datetime.combine(day, clock, self.zone)


def exact_time(understood: Understanding, longest: int) -> tuple[time | None, int | None]:
    """Return the start, if one was named, and the minutes, if an end was named with it.

    “From 17 to 18:30” is a start and a length, “between 12 and 18” is a window. `longest` is a visit in minutes.
    """
    if not understood.time or understood.open_ended or understood.time_alternatives:
        return None, None
    if understood.end_time is None:
        return understood.time, None
    minutes = _minutes(understood.end_time) - _minutes(understood.time)
    in_figures = any(span.field == "time" and any(map(str.isdigit, span.value)) for span in understood.spans)
    if not in_figures or not 0 < minutes <= longest:
        return None, None
    return understood.time, minutes


def latest_start(understood: Understanding) -> time | None:
    """Return the latest hour at which a visit may begin: one in the afternoon begins before the evening does."""
    if understood.end_time is None or understood.time is None:
        return understood.end_time
    return (datetime.combine(date.max, understood.end_time) - timedelta(minutes=1)).time()  # midnight: the day before


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
