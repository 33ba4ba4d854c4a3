"""The one clock: PostgreSQL's. Whatever decides by time asks it, whichever machine it runs on.

In a query write Django's `Now()`; where Python must know the moment, ask `now()` once and hand it on. Machines' own
clocks are minutes apart sooner or later, and a lease, a hold or a link that one of them writes is judged by another.
Durations within a process are `time.monotonic()`. ruff (TID251 in pyproject.toml) refuses every other clock
(docs/decisions/0013-one-clock.md).
"""

from datetime import datetime

from django.db import connection


def now() -> datetime:
    """Return this moment by the database's clock, aware, in UTC: one round trip.

    It goes on within a transaction, and is never before what an earlier query called `Now()`. Raises what any query
    raises: OperationalError when the database is away.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT statement_timestamp()")
        row: tuple[datetime] = cursor.fetchone()
    return row[0]
