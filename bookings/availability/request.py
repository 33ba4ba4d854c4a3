"""What a customer asks for: exact fields to keep, or a window of days and hours to look in."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bookings.models import Reservation, Service
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

    def wanted(self, now: datetime) -> datetime:
        """One moment that stands for the whole window, to look around it."""
        day = min(self.days) if self.days else self.first_day
        clock = self.earliest or self.latest
        if clock is None:
            return datetime.combine(day, time(12), self.zone) if day > now.date() else now
        return datetime.combine(day, clock, self.zone)


@dataclass(slots=True)
class SlotRequest:
    """The fields that the words fix, and the window that they leave open."""

    fields: dict[str, Any] = field(default_factory=dict)
    window: Window | None = None

    def __bool__(self) -> bool:
        return bool(self.fields) or self.window is not None


def request_of(
    understood: Understanding, draft: Reservation | None, service: Service | None, zone: ZoneInfo, today: date
) -> SlotRequest:
    """Read a request out of what was understood, on top of what the draft knows already."""
    fields: dict[str, Any] = {}
    if understood.service:
        fields["service_id"] = int(understood.service)
    if understood.people:
        fields["people"] = understood.people
    if understood.duration_minutes:
        fields["duration_minutes"] = understood.duration_minutes
    exact_day = understood.date and not understood.date_end and not understood.alternatives
    if exact_day:
        fields["day"] = understood.date
    exact_time = _exact_time(understood, service, fields)
    if exact_time:
        fields["start_time"] = exact_time
    open_days = bool(understood.date_end or understood.alternatives or understood.excluded)
    open_hours = bool(understood.time or understood.end_time) and not exact_time
    several_times = bool(understood.time_alternatives)
    if not (open_days or open_hours or several_times):
        return SlotRequest(fields)
    if open_hours or several_times:
        fields.pop("start_time", None)
    return SlotRequest(fields, _window(understood, draft, zone, today))


def _exact_time(understood: Understanding, service: Service | None, fields: dict[str, Any]) -> time | None:
    """The start, if one was named. “From 17 to 18:30” is a start and a length, “between 12 and 18” is a window."""
    if not understood.time or understood.open_ended or understood.time_alternatives:
        return None
    if understood.end_time is None:
        return understood.time
    minutes = _minutes(understood.end_time) - _minutes(understood.time)
    longest = (service.max_duration_minutes or service.duration_minutes) if service else 0
    in_figures = any(span.field == "time" and any(map(str.isdigit, span.value)) for span in understood.spans)
    if not in_figures or not 0 < minutes <= longest:
        return None
    fields.setdefault("duration_minutes", minutes)
    return understood.time


def _window(understood: Understanding, draft: Reservation | None, zone: ZoneInfo, today: date) -> Window:
    days = (
        tuple(sorted({understood.date, *understood.alternatives}))
        if understood.date and understood.alternatives
        else ()
    )
    first = days[0] if days else understood.date or (draft.day if draft and not understood.date_end else None) or today
    if understood.date_end:
        last = understood.date_end
    elif days:
        last = days[-1]
    else:
        last = understood.date or (draft.day if draft and draft.day else None) or today + timedelta(days=LOOK_DAYS)
    clocks = [understood.time, *understood.time_alternatives] if understood.time_alternatives else []
    known = [clock for clock in clocks if clock]
    return Window(
        first_day=first,
        last_day=last,
        zone=zone,
        earliest=min(known) if known else understood.time,
        latest=max(known) if known else _latest(understood),
        clocks=tuple(known),
        days=days,
        excluded=understood.excluded,
    )


def _latest(understood: Understanding) -> time | None:
    """A visit in the afternoon begins before the evening does."""
    if understood.end_time is None or understood.time is None:
        return understood.end_time
    return (datetime.combine(date.min, understood.end_time) - timedelta(minutes=1)).time()


def _minutes(clock: time) -> int:
    return clock.hour * 60 + clock.minute
