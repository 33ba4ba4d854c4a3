"""A decision made on a staff page: checked against what the page showed, made by its verb, told in plain words."""

from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from bookings.availability import Slot, Why, nearest
from bookings.models import Reservation
from bookings.reservations import NotFree
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, Choice, NotAllowed, choices_for, latest
from conversations.admin.answers import acting, who_was_first
from conversations.admin.words import clock_time

DONE = {
    "approve": "Confirmed. The customer is told.",
    "reject": "Declined. The customer is told.",
    "cancel": "Cancelled. The customer is told.",
    "other_time": "The other time is held, and the customer is asked.",
    "no_show": "Noted: did not come.",
}
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


def decide(request: HttpRequest, row: Reservation) -> tuple[bool, str]:
    """Make the decision that was pressed; (whether it was made, words for the person)."""
    verb, shown_status = request.POST.get("choice", ""), request.POST.get("from_status", "")
    try:
        if row.status != shown_status:
            raise _decided_before(row)
        choice = next((one for one in choices_for("reservation", row.status) if one.verb == verb), None)
        if choice is None:
            raise NotAllowed("That cannot be decided now.")
        choice.run(row.pk, by=acting(request), **_answers(request, row, choice))
    except (AlreadyDecided, NotAllowed, NotFree) as error:
        return False, told(error, row)
    return True, DONE.get(verb, "Done.")


def decide_many(rows: list[Reservation], verb: str, *, by: Actor, **answers: Any) -> tuple[int, list[str]]:
    """The same decision for several; (how many were made, what was said of the others). One transaction each."""
    made, refused = 0, []
    for row in rows:
        choice = next((one for one in choices_for("reservation", row.status) if one.verb == verb), None)
        try:
            if choice is None:
                raise _decided_before(row)
            choice.run(row.pk, by=by, **answers)
            made += 1
        except (AlreadyDecided, NotAllowed, NotFree) as error:
            refused.append(f"{row.contact or 'Unknown'}: {told(error, row)}")
    return made, refused


def told(error: Exception, row: Reservation) -> str:
    """The error in plain words."""
    if isinstance(error, AlreadyDecided):
        return who_was_first(error, dict(Reservation.Status.choices), row.business.zone)
    if isinstance(error, NotFree):
        now = timezone.now()
        others = ", ".join(clock_time(slot.start, row.business.zone, now) for slot in error.nearest)
        free = f" Free: {others}." if others else ""
        return f"That time cannot be had: {WHY_NOT.get(error.reason.why, 'it is not free')}.{free}"
    return str(error)


def times_for(row: Reservation) -> list[Slot]:
    """The three free times nearest to the one asked for."""
    if row.service is None or row.people is None or row.period is None:
        return []
    start, end = row.period.lower, row.period.upper
    return nearest(
        row.service,
        start,
        people=row.people,
        duration_minutes=int((end - start).total_seconds() // 60),
        now=timezone.now(),
        count=3,
        ignore_reservation_id=row.pk,
        but_not=[start],
    )


def _decided_before(row: Reservation) -> AlreadyDecided:
    decision = latest("reservation", row.pk)
    first = decision if decision and decision.to_status == row.status else None
    return AlreadyDecided(row.get_status_display(), first.by_name if first else "", first.at if first else None)


def _answers(request: HttpRequest, row: Reservation, choice: Choice) -> dict[str, Any]:
    answers: dict[str, Any] = {}
    if "reason" in choice.asks:
        answers["reason"] = " ".join(request.POST.get("reason", "").split())[:500]
    if "time" in choice.asks:
        answers["time"] = _time(request.POST.get("time", ""), row)
    return answers


def _time(text: str, row: Reservation) -> datetime:
    """A time as our chips write it (with its offset) or as the browser's own field does (on the business's clock)."""
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise NotAllowed("Choose a time.") from None
    return at if at.tzinfo else at.replace(tzinfo=row.business.zone)
