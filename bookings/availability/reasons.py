"""Why a time cannot be had: a closed list, and what a sentence about it needs."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property

from bookings.availability.slots import Slot


class Why(StrEnum):
    """Why a time cannot be had: a closed list. Each has its sentence in `wording.why`."""

    NOT_OFFERED = "not_offered"  # the service is switched off, or nothing is there that could give it
    BAD_DURATION = "bad_duration"
    TOO_FEW_PEOPLE = "too_few_people"
    TOO_MANY_PEOPLE = "too_many_people"
    NONEXISTENT_TIME = "nonexistent_time"  # the hour that the change to summer time leaves out
    PAST = "past"
    TOO_SOON = "too_soon"
    TOO_FAR = "too_far"
    HOLIDAY = "holiday"
    FULL = "full"
    TIME_OFF = "time_off"
    NOT_ON_GRID = "not_on_grid"
    BREAK = "break"
    OUTSIDE_HOURS = "outside_hours"
    CLOSED_DAY = "closed_day"
    NOTHING_LEFT = "nothing_left"  # of a whole day, or of the hours that were asked for


# Of several resources the reason nearest to a yes is told, in this order.
HOPEFUL = (Why.FULL, Why.TIME_OFF, Why.NOT_ON_GRID, Why.BREAK, Why.OUTSIDE_HOURS, Why.CLOSED_DAY)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why not, with what a sentence about it needs."""

    why: Why
    start: datetime  # that was asked for, on the business's clock
    name: str = ""  # of the holiday, if it has one in the language being spoken
    left: int = 0  # places, when it is full for so many people
    limit: int = 0  # people, or minutes of the shortest or longest visit
    last_day: date | None = None  # that can be booked, when it is too far
    earliest: datetime | None = None  # that can be booked, when it is too soon
    hours: tuple[tuple[time, time], ...] = ()  # of that day
    between: tuple[time, time] | None = None  # the hours that were asked for, when nothing of them is left


class NotFree(Exception):
    """The time cannot be had: why, and the nearest that can. Nothing was changed."""

    def __init__(self, reason: Reason, look: Callable[[], list[Slot]] = list) -> None:
        super().__init__(str(reason.why))
        self.reason = reason
        self._look = look

    @cached_property
    def nearest(self) -> list[Slot]:
        """Looked for when asked, so that nobody waits for it at the locks of the action that was refused."""
        return self._look()
