"""What a customer wants of a visit, slot by slot: what they told is merged into what was known. Pure.

A change of one slot keeps the others: a new day keeps the hour or the part of the day, a new hour keeps the day, more
people keep both. What is exact goes into the draft row as well, which staff see; what is loose stands here only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bookings.availability.request import LOOK_DAYS, Window, exact_time, latest_start
from bookings.models import Reservation, Service
from bots.language import Understanding
from conversations.dialogue.state import Frame

IN_DRAFT = ("service_id", "day", "start_time", "people", "duration_minutes")  # slots that the draft row has too


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """Days and times on the business's clock. `day` and `start_time` alone are exact; the rest leaves them open."""

    service_id: int | None = None
    day: date | None = None
    last_day: date | None = None  # with it, any day from `day` (or today) on
    days: tuple[date, ...] = ()  # any of these
    excluded: tuple[date | int, ...] = ()  # dates and weekdays (Monday is 0) that will not do
    start_time: time | None = None
    earliest: time | None = None
    latest: time | None = None
    clocks: tuple[time, ...] = ()  # any of these
    people: int | None = None
    ages: tuple[int, ...] = ()  # of children, in years
    duration_minutes: int | None = None
    then: tuple[date, ...] = ()  # further days that are wanted as well, one visit each

    @property
    def is_exact(self) -> bool:
        return bool(self.day and self.start_time) and not (self.last_day or self.days or self.clocks)

    @property
    def is_open(self) -> bool:
        """Whether nothing is known of when."""
        return not (self.day or self.last_day or self.days or self.start_time or self.earliest or self.latest)

    def start(self, zone: ZoneInfo) -> datetime:
        """Return the moment that is wanted. Only of an exact wish."""
        assert self.day and self.start_time
        return datetime.combine(self.day, self.start_time, zone)

    def window(self, zone: ZoneInfo, today: date) -> Window:
        """Return the days and hours to look in."""
        days = tuple(day for day in self.days if day >= today)
        first = min(days) if days else self.day or today
        last = max(days) if days else self.last_day or self.day or today + timedelta(days=LOOK_DAYS)
        clocks = self.clocks
        return Window(
            first_day=first,
            last_day=last,
            zone=zone,
            earliest=min(clocks) if clocks else self.start_time or self.earliest,
            latest=max(clocks) if clocks else self.start_time or self.latest,
            clocks=clocks,
            days=days,
            excluded=self.excluded,
        )

    def chosen(self, start: datetime) -> "Wish":
        """Return the wish for exactly this moment."""
        return replace(
            self,
            day=start.date(),
            start_time=start.time(),
            last_day=None,
            days=(),
            clocks=(),
            earliest=None,
            latest=None,
        )

    def row(self) -> dict[str, Any]:
        """Return the fields of the draft row."""
        day = None if self.last_day or self.days else self.day
        start = None if self.clocks else self.start_time
        return {
            "service_id": self.service_id,
            "day": day,
            "start_time": start,
            "people": self.people,
            "duration_minutes": self.duration_minutes,
        }

    @classmethod
    def of(cls, frame: Frame) -> "Wish":
        """Read it from where it is remembered."""
        return _from_frame(frame)

    def as_slots(self) -> dict[str, Any]:
        """Return plain JSON values by slot, None where nothing is known."""
        return {name: _plain(getattr(self, name)) for name in self.__slots__}


def known(frame: Frame | None, draft: Reservation | None) -> Wish:
    """Return the wish as it stands: the draft row, where there is one, has the exact slots; the frame the rest."""
    loose = _from_frame(frame) if frame else Wish()
    if draft is None:
        return loose
    exact: dict[str, Any] = {name: getattr(draft, name) for name in IN_DRAFT}
    if exact["day"] is None and (loose.last_day or loose.days):
        exact.pop("day")
    if exact["start_time"] is None and loose.clocks:
        exact.pop("start_time")
    if exact.get("day") is not None:
        exact |= {"last_day": None, "days": ()}
    return replace(loose, **exact)


def changes(understood: Understanding, wish: Wish, service: Service | None, seen: datetime | None) -> dict[str, Any]:
    """Return what these words change of the wish, by slot.

    `seen` is the moment that is talked about where the wish has none: “the same time” refers to it.
    """
    found: dict[str, Any] = {}
    if understood.service:
        found["service_id"] = int(understood.service)
    if understood.people:
        found["people"] = understood.people
    elif understood.people_shift and wish.people:
        found["people"] = max(wish.people + understood.people_shift, 0) or None
    if understood.ages:
        found["ages"] = understood.ages
    if understood.duration_minutes:
        found["duration_minutes"] = understood.duration_minutes
    found |= _days(understood, wish, seen)
    found |= _hours(understood, wish, service, seen, found)
    return found


def merged(wish: Wish, found: Mapping[str, Any]) -> Wish:
    return replace(wish, **found)


def _days(understood: Understanding, wish: Wish, seen: datetime | None) -> dict[str, Any]:
    day = understood.date
    if day is None and "day" in understood.same:
        day = wish.day or (seen.date() if seen else None)
    if day and wish.day and wish.last_day and not understood.date_end:
        later = day + timedelta(days=7)  # “Friday then”: of the week that was talked about
        day = later if day + timedelta(days=2) <= wish.day <= later <= wish.last_day else day
    found: dict[str, Any] = {}
    if understood.excluded:
        found["excluded"] = tuple(dict.fromkeys((*wish.excluded, *understood.excluded)))
        if wish.day and day is None and _is_out(wish.day, understood.excluded):
            found["day"] = None
    if understood.alternatives and day:
        days = tuple(sorted({day, *understood.alternatives}))
        if understood.several:
            return found | {"day": days[0], "then": days[1:], "days": (), "last_day": None}
        return found | {"day": None, "days": days, "last_day": None}
    if understood.date_end:
        return found | {"day": day, "last_day": understood.date_end, "days": ()}
    if day:
        kept = tuple(one for one in found.get("excluded", wish.excluded) if not _is_out(day, (one,)))
        return found | {"day": day, "last_day": None, "days": (), "excluded": kept}
    return found


def _is_out(day: date, excluded: tuple[date | int, ...]) -> bool:
    return day in excluded or day.weekday() in excluded


def _hours(
    understood: Understanding, wish: Wish, service: Service | None, seen: datetime | None, found: Mapping[str, Any]
) -> dict[str, Any]:
    nothing = {"start_time": None, "earliest": None, "latest": None, "clocks": ()}
    longest = (service.max_duration_minutes or service.duration_minutes) if service else 0
    start, minutes = exact_time(understood, longest)
    if start is None and "time" in understood.same:
        start = wish.start_time or (seen.time() if seen else None)
    if start:
        return nothing | {"start_time": start} | ({"duration_minutes": minutes} if minutes else {})
    if understood.time_alternatives and understood.time:
        return nothing | {"clocks": tuple(sorted({understood.time, *understood.time_alternatives}))}
    if understood.time or understood.end_time:
        return nothing | {"earliest": understood.time, "latest": latest_start(understood)}
    return {}


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return [_plain(one) for one in value] or None
    if isinstance(value, time):
        return f"{value:%H:%M}"
    return value.isoformat() if isinstance(value, date) else value


def _from_frame(frame: Frame) -> Wish:
    values = {name: slot.value for name, slot in frame.slots.items()}
    read: dict[str, Any] = {
        name: value for name, value in values.items() if name in ("service_id", "people", "duration_minutes")
    }
    for name in ("day", "last_day"):
        read[name] = _day(values.get(name))
    for name in ("start_time", "earliest", "latest"):
        read[name] = _clock(values.get(name))
    read["days"] = tuple(date.fromisoformat(one) for one in values.get("days") or ())
    read["then"] = tuple(date.fromisoformat(one) for one in values.get("then") or ())
    read["clocks"] = tuple(time.fromisoformat(one) for one in values.get("clocks") or ())
    read["ages"] = tuple(values.get("ages") or ())
    read["excluded"] = tuple(
        one if isinstance(one, int) else date.fromisoformat(one) for one in values.get("excluded") or ()
    )
    return Wish(**read)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _clock(text: str | None) -> time | None:
    return time.fromisoformat(text) if text else None
