"""One clock decides: what a machine does whose own is wrong.

Each situation makes rows whose moment (a lease's end, when something is due, until when it is good) is given by the
database's clock, and returns what to ask: whether that moment has come.
"""

from collections.abc import Callable
from datetime import datetime

from django.db import connection

Ask = Callable[[], bool]
SITUATIONS: dict[str, Callable[[datetime], Ask]] = {}


def situation(make: Callable[[datetime], Ask]) -> Callable[[datetime], Ask]:
    """List a situation under its name."""
    SITUATIONS[make.__name__] = make
    return make


def by_the_database(seconds: float = 0) -> datetime:
    """So many seconds from now, asked without anything of ours."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT now() + make_interval(secs => %s)", [seconds])
        (moment,) = cursor.fetchone()
    return moment
