"""Loaded by every Python of a run under a shifted clock, from PYTHONPATH.

libfaketime 0.9.10 with real monotonic time answers EINVAL to the way Python sleeps since 3.11 (`clock_nanosleep` until a
moment of CLOCK_MONOTONIC), so sleeping is waiting for nothing here.
"""

import select
import time


def sleep(seconds: float) -> None:
    """Suspend the thread for so many seconds, as `time.sleep` does."""
    if seconds < 0:
        raise ValueError("sleep length must be non-negative")
    select.select([], [], [], seconds)


time.sleep = sleep
