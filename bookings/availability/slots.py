"""A time that can be had, and which of many a person would call near to another."""

from collections.abc import Iterable, Sequence
from datetime import datetime, time
from typing import NamedTuple

DAY_WEIGHS = 4 * 60  # another day at the same hour is as far as so many minutes on the same day
APART = 3 * 60  # minutes between two offers of one day from which on they are a real choice


class Slot(NamedTuple):
    """A visit that can be had. Both ends on the business's clock; `left` places at the resource before it is taken."""

    start: datetime
    end: datetime
    resource_id: int
    left: int


def choose_nearest(slots: Sequence[Slot], wanted: datetime, count: int) -> list[Slot]:
    """Of many the `count` nearest that are still a real choice: two times of one day lie apart, or around the wish."""
    left = list(slots)
    chosen: list[Slot] = []
    while left and len(chosen) < count:
        best = min(left, key=lambda slot: (_distance(slot, wanted) + _sameness(slot, chosen, wanted), slot.start))
        left.remove(best)
        chosen.append(best)
    return sorted(chosen, key=lambda slot: slot.start)


def _distance(slot: Slot, wanted: datetime) -> int:
    days = abs((slot.start.date() - wanted.date()).days)
    return days * DAY_WEIGHS + abs(_minutes(slot.start.time()) - _minutes(wanted.time()))


def _sameness(slot: Slot, chosen: Iterable[Slot], wanted: datetime) -> int:
    """How little it adds to what is chosen already: nothing on the other side of the wished-for time, that day."""
    gaps = []
    for one in chosen:
        same_day = one.start.date() == slot.start.date()
        around = one.start < wanted < slot.start or slot.start < wanted < one.start
        if same_day and not around:
            gaps.append(abs(_minutes(one.start.time()) - _minutes(slot.start.time())))
    return DAY_WEIGHS // 2 + max(0, APART - min(gaps)) if gaps else 0


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute
