"""Whose PostgreSQL runs, and where its own files lie: for root, as an unprivileged account and in a place of its own.

PostgreSQL refuses to be root, and the account it runs as then may not enter root's folders. No right of any existing
folder is changed for that: the files move instead.
"""

import hashlib
import os
import pwd
import shutil
from pathlib import Path
from typing import Any

from config.embedded.errors import ServerError

SYSTEM_DIR = Path("/var/lib/frontdesk")  # PostgreSQL's place when root calls
SYSTEM_ACCOUNT = "nobody"  # who PostgreSQL runs as when root calls


def is_root() -> bool:
    return os.geteuid() == 0


def home(data_dir: Path) -> Path:
    """Return where PostgreSQL's own files are: in the data directory, or for root in a place of their own."""
    if not is_root():
        return data_dir
    return SYSTEM_DIR / hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]


def make_home(data_dir: Path) -> None:
    """Only for root; the account passes through these folders, and sees only what is its own."""
    if is_root():
        for folder in (SYSTEM_DIR, home(data_dir)):
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                folder.chmod(0o711)


def run_as() -> dict[str, Any]:
    """Return how `subprocess` is told to run PostgreSQL: as ourselves, or for root as an unprivileged account."""
    if not is_root():
        return {}
    try:
        entry = pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        raise ServerError(f"PostgreSQL refuses to run as root, and there is no account {SYSTEM_ACCOUNT!r}.") from None
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def give(path: Path) -> None:
    """Let the account that PostgreSQL runs as own a file or a folder of ours."""
    if owner := run_as():
        os.chown(path, owner["user"], owner["group"])


def tidy() -> None:
    """Remove the copied programs with the last data that needed them."""
    if is_root() and SYSTEM_DIR.exists() and all(path.name.startswith("programs-") for path in SYSTEM_DIR.iterdir()):
        shutil.rmtree(SYSTEM_DIR, ignore_errors=True)
