"""The suite under another clock: servers, pytest and what the tests start live at another moment or in another zone."""

import os
import sys
from pathlib import Path

_NAMES = ("LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC", "TZ")


def inherited() -> dict[str, str]:
    """What a process must be given that starts with an environment of its own, to live in the same time as we do."""
    return {name: os.environ[name] for name in _NAMES if name in os.environ}


def by(seconds: int) -> dict[str, str]:
    """The environment in which a process's own clock is so many seconds ahead; monotonic time stays real.

    Ends the program with a word about what to install where libfaketime is not.
    """
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))
    if not found:
        sys.exit("libfaketime is not here. On Debian or Ubuntu: apt install faketime")
    return {
        "LD_PRELOAD": str(found[0]),
        "FAKETIME": f"{seconds:+d}s",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        "PYTHONPATH": os.pathsep.join(filter(None, [str(Path(__file__).parent), os.environ.get("PYTHONPATH", "")])),
    }
