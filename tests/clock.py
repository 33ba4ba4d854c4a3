"""Moving through time: PostgreSQL's clock and Python's together, so that whatever is compared has moved alike.

    with travel(datetime(2026, 11, 22, 19, 40, tzinfo=WARSAW)) as clock:
        …
        clock.shift(hours=2)

The product knows one clock, the database's; Python's moves with it for what libraries and stand-ins ask. A database of
tests is made with functions of its own that stand before PostgreSQL's `now()` and its like (`moved.sql`), so that every
connection, of other threads and processes too, sees the moved time from the next statement on.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import time_machine
from django.db import connection


class Clock:
    """Both clocks while they are moved."""

    def __init__(self, traveller: time_machine.Traveller, *, ticks: bool) -> None:
        self._traveller, self._ticks = traveller, ticks
        self._take_along()

    def move_to(self, moment: datetime) -> None:
        """To another moment (aware), forwards or backwards."""
        self._traveller.move_to(moment)
        self._take_along()

    def shift(self, delta: timedelta | None = None, **length: float) -> None:
        """By so much, forwards or backwards."""
        self._traveller.shift(delta or timedelta(**length))
        self._take_along()

    def _take_along(self) -> None:
        if self._ticks:
            moved, still = (time.time_ns() - time_machine.escape_hatch.time.time_ns()) / 1e9, None
        else:
            moved, still = 0.0, datetime.now(UTC)
        _write(moved, still)


@contextmanager
def travel(moment: datetime | timedelta, *, tick: bool = True) -> Iterator[Clock]:
    """Both clocks show this moment (aware), or the present one and so much more; with `tick=False` they stand still.

    Within another travel it starts from there, and its end brings back to there. Needs the database.
    """
    goal = datetime.now(UTC) + moment if isinstance(moment, timedelta) else moment
    before = _read()
    with time_machine.travel(goal, tick=tick) as traveller:
        yield Clock(traveller, ticks=tick)
    if not connection.needs_rollback:  # else the row goes with the transaction
        _write(*before)


@contextmanager
def skewed(by: timedelta) -> Iterator[None]:
    """This process's own clock is wrong by so much; the database's goes on as before."""
    with time_machine.travel(datetime.now(UTC) + by):
        yield


def _read() -> tuple[float, datetime | None]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT extract(epoch FROM by)::float8, still FROM tests.clock")
        found: tuple[float, datetime | None] = cursor.fetchone()
    return found


def _write(moved: float, still: datetime | None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tests.clock SET by = make_interval(secs => %s), still = %s", [moved, still])
