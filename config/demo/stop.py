"""Whether somebody wants us to stop."""

import os
import signal
import time
from types import FrameType


class Stop:
    """Wanted by a signal, or by the death of what started us."""

    def __init__(self, with_parent: int | None = None) -> None:
        """`with_parent`: stop when our parent is no longer this process (make, killed)."""
        self.with_parent = with_parent
        self.wanted = False
        self.is_urgent = False  # a second Ctrl-C: nobody is given time any more

    def listen(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)

    def pause(self, seconds: float) -> None:
        time.sleep(seconds)
        if self.with_parent is not None and os.getppid() != self.with_parent:
            self.wanted = True

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.is_urgent |= self.wanted and number == signal.SIGINT
        self.wanted = True
