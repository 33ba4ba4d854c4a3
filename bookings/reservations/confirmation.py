"""A reservation that has its place is confirmed, or gives it up: its status and its reminders together."""

from collections.abc import Iterable
from datetime import datetime

from bookings.models.reservations import Reservation
from bookings.reservations.reminders import planning as reminder_planning
from bookings.reservations.transitions import RESERVATION
from bots.staff.actors import Actor


def confirm(row: Reservation, name: str, *, by: Actor, now: datetime) -> None:
    """Confirm a reservation that has its place. What it moves must have made way already. The row must be locked."""
    exclusive = row.resource is not None and row.resource.capacity == 1
    RESERVATION.change(row, name, by=by, hold_until=None, exclusive=exclusive)
    reminder_planning.plan(row, now=now)


def supersede(rows: Iterable[Reservation], by: Actor) -> None:
    for row in rows:
        RESERVATION.change(row, "make_way", by=by, hold_until=None)
        reminder_planning.drop(row)


def withdraw(rows: Iterable[Reservation], by: Actor) -> None:
    for row in rows:
        RESERVATION.change(row, "withdraw", by=by, hold_until=None)
        reminder_planning.drop(row)
