"""The work of the workers in one process, without Celery or a broker: break-glass, tests, and the terminal chat."""

from collections.abc import Callable, Iterable

from bots.registry import brought


def each(due: Callable[[], Iterable[int]], run: Callable[[int], int | bool]) -> Callable[[], int]:
    """Return what does all that is due, row by row."""
    return lambda: sum(run(row_id) for row_id in due())


def drain() -> int:
    """Do everything that is due now, until nothing is; returns how much was done."""
    done = 0
    while did := sum(job.drain() for job in brought("jobs") if job.drain):
        done += did
    return done
