"""A decision made on a staff page: for several rows at once, and told in plain words."""

from typing import Any

from bookings.availability.reasons import NotFree, Why
from bookings.models import Reservation
from bots.db import clock
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed
from bots.staff.presentation import clock_time
from bots.staff.subjects import decide_about
from conversations.admin.answers import who_was_first

WHY_NOT = {
    Why.NOT_OFFERED: "the service is not offered",
    Why.BAD_DURATION: "the service does not last so long or so short",
    Why.TOO_FEW_PEOPLE: "there are too few people",
    Why.TOO_MANY_PEOPLE: "there are too many people",
    Why.NONEXISTENT_TIME: "the clocks change, and that hour does not exist",
    Why.PAST: "it is past",
    Why.TOO_SOON: "it is too soon",
    Why.TOO_FAR: "it is too far ahead",
    Why.HOLIDAY: "it is a holiday",
    Why.FULL: "it is taken",
    Why.TIME_OFF: "there is time off",
    Why.NOT_ON_GRID: "visits do not begin at that minute",
    Why.BREAK: "it falls into a break",
    Why.OUTSIDE_HOURS: "it is outside the working hours",
    Why.CLOSED_DAY: "that day is closed",
}


def decide_many(rows: list[Reservation], name: str, *, by: Actor, **answers: Any) -> tuple[int, list[str]]:
    """Return the same decision for several; (how many were made, what was said of the others). One transaction each."""
    made, refused = 0, []
    for row in rows:
        try:
            decide_about("reservation", name, row.pk, from_status=row.status, by=by, answers=answers)
            made += 1
        except (AlreadyDecided, NotAllowed, NotFree) as error:
            refused.append(f"{row.contact or 'Unknown'}: {explanation(error, row)}")
    return made, refused


def explanation(error: Exception, row: Reservation) -> str:
    """Return the error in plain words."""
    if isinstance(error, AlreadyDecided):
        return who_was_first(error, dict(Reservation.Status.choices), row.business.zone)
    if isinstance(error, NotFree):
        now = clock.now()
        others = ", ".join(clock_time(slot.start, row.business.zone, now) for slot in error.nearest)
        free = f" Free: {others}." if others else ""
        return f"That time cannot be had: {WHY_NOT.get(error.reason.why, 'it is not free')}.{free}"
    return str(error)
