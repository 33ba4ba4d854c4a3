"""What the demo's processes need before they start: secrets, servers, tables, a business, collected files."""

import json
import os
import re
import secrets
import sys
from contextlib import suppress
from pathlib import Path

import psycopg
from cryptography.fernet import Fernet

from config import embedded
from config.demo import processes
from config.demo.address import Address
from config.demo.processes import Launcher, Process
from config.demo.stop import Stop
from config.demo.terminal import DemoError, say

STEP_END_SECONDS = 5
PRESET = "ceramics"
ALSO = "tattoo"  # where the environment names an account of it


def start_servers(data_dir: Path, environment: dict[str, str]) -> Launcher:
    """Start or join the servers. Returns what starts processes with `environment` and the way to the servers in it.

    The caller's environment completes it; the servers are always the demo's, so that it never writes into real data.
    """
    ours = _secrets(data_dir)
    servers = embedded.start(data_dir / "servers")
    whole = {
        "APP_ENV": "dev", "DEBUG": "false", "HTTPS": "false", "PYTHONUNBUFFERED": "1",
        "EMAIL_URL": "consolemail://", **ours,
        **os.environ,
        "DATABASE_URL": servers.database_url,
        "REDIS_URL": servers.redis_url,
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
        **environment,
    }  # fmt: skip
    return Launcher(data_dir, whole)


def served_at(address: Address, data_dir: Path) -> dict[str, str]:
    """Return what the processes of the Procfile need beyond what a single command does."""
    given = {"HOST": address.host, "PORT": str(address.port), processes.MARK: str(data_dir)}
    if "PUBLIC_URL" not in os.environ:
        given["PUBLIC_URL"] = address.url
    if address.allowed_hosts and "ALLOWED_HOSTS" not in os.environ:
        given["ALLOWED_HOSTS"] = address.allowed_hosts
    return given


def fill(launcher: Launcher, stop: Stop) -> None:
    """Collect the static files and bring the database up to date. Raises DemoError; returns early if stopped."""
    say("Preparing the database.")
    static = [] if _is_static_fresh() else [_begin(launcher, "collectstatic", "--noinput", "-v", "0")]
    try:  # beside each other: the files need no database
        fill_database(launcher, stop)
        for step in static:
            _wait_for(launcher, step, "collectstatic", stop)
    finally:
        processes.end(static, STEP_END_SECONDS, stop)


def fill_database(launcher: Launcher, stop: Stop, *, always: bool = True) -> None:
    """Migrate, and load the business with its history. Raises DemoError; returns early if stopped.

    `always`: also when there is one. That adds what an interrupted start, or an account named only now, has left out.
    """
    if _is_of_another_version(launcher.environment["DATABASE_URL"]):
        raise DemoError("The demo's data was made by another version; `make demo-reset` forgets it, then start again.")
    _do(launcher, stop, "migrate", "--noinput", "-v", "0")
    if stop.wanted:
        return
    is_new = not _has_business(launcher.environment["DATABASE_URL"])
    if is_new:
        say("Loading the demo business, with a few days of history.")
    if is_new or always:
        _do(launcher, stop, "load_preset", PRESET, "--also", ALSO, "--with-history")


def _do(launcher: Launcher, stop: Stop, *words: str) -> None:
    step = _begin(launcher, *words)
    try:
        _wait_for(launcher, step, words[0], stop)
    finally:
        processes.end([step], STEP_END_SECONDS, stop)


def _begin(launcher: Launcher, *words: str) -> Process:
    return launcher.start([sys.executable, "manage.py", *words], words[0])


def _wait_for(launcher: Launcher, step: Process, name: str, stop: Stop) -> None:
    """Wait for a command, or until we are to stop. Raises DemoError with the end of what it said."""
    while step.poll() is None and not stop.wanted:
        stop.pause(0.05)
    if step.returncode and not stop.wanted:
        said = launcher.tail(name)
        raise DemoError(_sentences(said) or f"manage.py {name} failed.\n{said}")


def _sentences(said: str) -> str:
    """Return what Django's checks found wrong with the settings, without the rest that they print."""
    found = re.findall(r"^\S+: \([\w.]+\) (.+)(?:\n\s+HINT: (.+))?", said, re.MULTILINE)
    return "\n".join(f"{sentence} {hint}".strip() for sentence, hint in found)


def _secrets(data_dir: Path) -> dict[str, str]:
    """Made once per data directory. Without them the data is of no use, so it is forgotten with them."""
    path = data_dir / "secrets.json"
    with suppress(FileNotFoundError):
        read: dict[str, str] = json.loads(path.read_text())
        return read
    embedded.forget(data_dir / "servers")
    made = {
        "SECRET_KEY": secrets.token_urlsafe(50),
        "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
        "FRONTDESK_DEMO_PASSWORD": secrets.token_urlsafe(9),
    }
    draft = path.with_suffix(".new")
    draft.unlink(missing_ok=True)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        json.dump(made, file)
    draft.replace(path)
    return made


def _is_static_fresh() -> bool:
    """Return whether the collected files are newer than the packages and all that our own apps bring."""
    base = processes.BASE_DIR
    manifest = base / ".frontdesk" / "staticfiles" / "staticfiles.json"
    sources = [base / "requirements.txt", *base.glob("*/static/**/*")]
    return manifest.exists() and manifest.stat().st_mtime > max(path.stat().st_mtime for path in sources)


def _is_of_another_version(database_url: str) -> bool:
    """Whether a migration of ours was applied that is not in this code: its tables would not be the ones we know."""
    ours = {(path.parts[-3], path.stem) for path in processes.BASE_DIR.glob("*/migrations/0*.py")}
    apps = sorted({app for app, _ in ours})
    with psycopg.connect(database_url, connect_timeout=5) as connection:
        if connection.execute("SELECT to_regclass('django_migrations')").fetchone() == (None,):
            return False
        query = "SELECT app, name FROM django_migrations WHERE app = ANY(%s)"
        return not ours.issuperset(connection.execute(query, [apps]).fetchall())


def _has_business(database_url: str) -> bool:
    with psycopg.connect(database_url, connect_timeout=5) as connection:
        return connection.execute("SELECT FROM bots_business LIMIT 1").fetchone() is not None
