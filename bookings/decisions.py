"""What a person may decide about a reservation. The rules stand in the verbs."""

from datetime import datetime

from bookings import reservations
from bookings.models import Reservation
from bots.staff.actors import Actor
from bots.staff.decisions import Choice

Status = Reservation.Status


def _other_time(reservation_id: int, *, by: Actor, time: datetime) -> Reservation:
    return reservations.offer_other_time(reservation_id, by=by, start=time)


DECISIONS: list[Choice] = [
    Choice(
        subject="reservation",
        verb="approve",
        label="Confirm",
        from_statuses=(Status.PENDING,),
        run=reservations.approve,
        icon="check",
    ),
    Choice(
        subject="reservation",
        verb="other_time",
        label="Other time",
        from_statuses=(Status.PENDING, Status.CONFIRMED),
        run=_other_time,
        asks=("time",),
        icon="schedule",
    ),
    Choice(
        subject="reservation",
        verb="reject",
        label="Decline",
        from_statuses=(Status.PENDING,),
        run=reservations.reject,
        asks=("reason",),
        destructive=True,
        icon="close",
    ),
    Choice(
        subject="reservation",
        verb="cancel",
        label="Cancel",
        from_statuses=(Status.HELD, Status.CONFIRMED),
        run=reservations.cancel,
        asks=("reason",),
        destructive=True,
        icon="event_busy",
    ),
    Choice(
        subject="reservation",
        verb="no_show",
        label="Did not come",
        from_statuses=(Status.CONFIRMED,),
        run=reservations.no_show,
        destructive=True,
        icon="person_off",
    ),
]
