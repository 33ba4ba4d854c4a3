"""What the person at the keyboard reads."""

import sys
from contextlib import suppress


class DemoError(Exception):
    """The demo cannot run. The text is all that its user needs to read."""


def say(text: str) -> None:
    """Tell the person at the terminal, if it is still there."""
    with suppress(OSError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
