"""The data directory: made with no more rights than needed, locked by one process at a time, never half-written."""

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from config.embedded import account
from config.embedded.errors import ServerError

UTF8: Any = {"encoding": "utf-8", "errors": "surrogateescape"}  # a path may hold bytes that are no text
LONGEST_PATH = 900  # bytes


def prepare(data_dir: Path) -> Path:
    """Make the directories that are ours, leave the rights of all others alone, and return the full path."""
    data_dir = data_dir.resolve()
    if len(os.fsencode(data_dir)) > LONGEST_PATH:
        raise ServerError(f"PostgreSQL cannot keep data at so long a path ({len(os.fsencode(data_dir))} bytes).")
    if not data_dir.exists():
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        data_dir.mkdir(mode=0o700, exist_ok=True)
    _check_owner(data_dir)
    account.make_home(data_dir)
    return data_dir


def _check_owner(data_dir: Path) -> None:
    owner = data_dir.stat().st_uid
    if owner != os.geteuid():
        raise ServerError(f"{data_dir} belongs to another user (number {owner}). Run this as that user.")


@contextmanager
def locked(data_dir: Path) -> Iterator[None]:
    """One process at a time starts or stops the servers of a directory. A missing directory is not made for it."""
    path = data_dir / "lock"
    while data_dir.exists():
        _check_owner(data_dir)
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX)
            with suppress(FileNotFoundError):
                if os.path.samestat(os.fstat(descriptor), path.stat()):  # else `forget` has deleted it meanwhile
                    yield
                    return
        finally:
            os.close(descriptor)
    yield


def write(path: Path, text: str, mode: int = 0o600) -> None:
    """Replace a file at once, never half-written and never readable by more than `mode` allows."""
    draft = path.with_name(path.name + ".new")
    delete(draft)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", **UTF8) as file:
        file.write(text)
    draft.chmod(mode)
    draft.replace(path)


def delete(path: Path) -> None:
    """A file, a link or a folder with all that is in it, if it is there."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
