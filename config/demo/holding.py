"""Who may do what with a data directory at the same time.

Two files are locked, and a lock goes with the process that holds it, however that dies:
`demo.lock`   by one at a time: who runs the demo, prepares its data or forgets them; it says what it is doing.
`users.lock`  by all who use the servers; the last to go stops them.
"""

import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from config import embedded
from config.demo.stop import Stop
from config.demo.terminal import DemoError

PATIENCE_SECONDS = 3
PASSING = ("preparing", "stopping")  # who does this is soon done


class Lock:
    """The `demo.lock` of a data directory, not held yet."""

    def __init__(self, data_dir: Path) -> None:
        data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._descriptor = _opened(data_dir / "demo.lock")

    def take(self, doing: str) -> bool:
        """Hold it, unless somebody else does."""
        try:
            fcntl.flock(self._descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        self.note(doing)
        return True

    def note(self, doing: str, url: str = "") -> None:
        """Tell who finds it held."""
        text = json.dumps({"pid": os.getpid(), "doing": doing, "url": url}).encode()
        os.ftruncate(self._descriptor, 0)
        os.pwrite(self._descriptor, text, 0)

    def holder(self) -> dict[str, Any]:
        """Return what the holder has noted; nothing while it is at it."""
        with suppress(ValueError):
            read: dict[str, Any] = json.loads(os.pread(self._descriptor, 10_000, 0))
            return read
        return {}

    def release(self) -> None:
        os.close(self._descriptor)


@contextmanager
def held(data_dir: Path, doing: str, stop: Stop) -> Iterator[Lock]:
    """Hold the data directory. Waits for somebody who is soon done; raises DemoError if the demo runs."""
    lock = Lock(data_dir)
    try:
        end = time.monotonic() + PATIENCE_SECONDS
        while not lock.take(doing):
            holder = lock.holder()
            if holder.get("doing") in PASSING:
                end = max(end, time.monotonic() + 1)
            if stop.wanted:
                raise DemoError("Stopped.")
            if time.monotonic() > end:
                raise DemoError(
                    f"A demo is running here already: {holder.get('url') or 'it is just starting'} "
                    f"(process {holder.get('pid', 'unknown')}). Stop it with Ctrl-C first."
                )
            stop.pause(0.1)
        yield lock
    finally:
        lock.release()


@contextmanager
def using_servers(data_dir: Path) -> Iterator[None]:
    """Keep others from stopping the servers; whoever is the last to go stops them. Waits for one who is at that."""
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    users = _opened(data_dir / "users.lock")
    try:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            yield
        finally:
            with suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                embedded.stop(data_dir / "servers")
    finally:
        os.close(users)


@contextmanager
def unused_servers(data_dir: Path) -> Iterator[None]:
    """Keep others from using the servers. Raises DemoError if somebody does."""
    users = _opened(data_dir / "users.lock")
    try:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise DemoError("The demo's data is in use, maybe by make chat. End that first.") from None
        yield
    finally:
        os.close(users)


def _opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
