"""What holds for every answer that is waited for over the network, whichever library brings it."""

import time
from collections.abc import Mapping

CONNECT_SECONDS = 5.0
LONGEST_REST = 100_000  # seconds, a day and a little more: who asks for more is not believed
TOO_LARGE, TOO_SLOW = "answer too large", "answer too slow"


class Bounds:
    """The time and the size that one answer's body may have.

    A library's own time-out begins anew with every byte, so that a body which drips would outlive any of them.
    """

    def __init__(self, *, seconds: float, max_bytes: int) -> None:
        self._deadline = time.monotonic() + seconds
        self._left = max_bytes

    def broken_by(self, chunk: bytes) -> str:
        """Count what has come. Return TOO_LARGE or TOO_SLOW, or "" while it is within the bounds."""
        self._left -= len(chunk)
        if self._left < 0:
            return TOO_LARGE
        return TOO_SLOW if time.monotonic() > self._deadline else ""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds the other side wants to be left alone; None if it did not say so, or not in seconds.

    Names of headers are in any case, or small.
    """
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            seconds = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        if 0 <= seconds < LONGEST_REST:  # not NaN, not infinite
            return seconds
    return None
