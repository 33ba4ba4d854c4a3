"""Starts and stops the embedded PostgreSQL and Valkey; nothing else in the project starts a server.

Both are ordinary programs out of PyPI wheels, run directly and told everything by configuration files of ours:
loopback only, a password each, a port that is remembered. They outlive the process that started them. Whoever calls
`start` for the same data directory joins them; `stop` stops them, `forget` deletes their data as well.

A server is known by its command line, which names its data directory: never by a number in a file, which may belong
to somebody else by now. Why it is done this way stands in docs/decisions/0002-embedded-servers.md.
"""

from contextlib import suppress
from pathlib import Path

from config.embedded import account, cluster, files, postgres, valkey
from config.embedded.errors import ServerError
from config.embedded.postgres import StopMode
from config.embedded.processes import free_port
from config.embedded.state import Servers, State

__all__ = [
    "ServerError", "Servers", "StopMode", "addresses", "forget", "free_port", "postgres_pid", "restart_postgres",
    "start", "start_postgres", "start_valkey", "status", "stop", "stop_postgres", "stop_valkey", "valkey_pid",
]  # fmt: skip


def start(data_dir: Path, *, database: str = "frontdesk", durable: bool = True) -> Servers:
    """Start both servers, or join those already running for `data_dir`, and make sure that `database` exists.

    Safe to call from several processes at once. `durable=False` gives up what survives a power cut for speed (tests);
    it counts when PostgreSQL is started, not when it is joined. Raises ServerError.
    """
    data_dir = files.prepare(data_dir)
    with files.locked(data_dir):
        state = State.load(data_dir)
        postgres.ensure(data_dir, state, durable)
        postgres.ensure_database(state, database)
        valkey.ensure(data_dir, state)
        return state.servers(database)


def stop(data_dir: Path) -> None:
    """Stop both servers and wait until they are gone. Does nothing where none runs. Raises ServerError."""
    data_dir = data_dir.resolve()
    with files.locked(data_dir):
        valkey.stop(data_dir)
        postgres.stop(data_dir)


def forget(data_dir: Path) -> None:
    """Stop both servers and delete what they kept. Files in the directory that are not ours stay."""
    data_dir = data_dir.resolve()
    with files.locked(data_dir):
        valkey.stop(data_dir)
        postgres.stop(data_dir)
        cluster.forget(data_dir)
        logs = ("postgres.log", "postgres.log.1", "valkey.log", "valkey.log.1")
        for name in ("servers.json", "valkey.conf", *logs, "lock"):
            files.delete(data_dir / name)
    for folder in (account.home(data_dir), data_dir):
        with suppress(OSError):  # missing, or somebody else's file is in there
            folder.rmdir()
    account.tidy()


def addresses(data_dir: Path, database: str = "frontdesk") -> Servers:
    """Where the servers of `data_dir` listen, without starting them. Raises ServerError if they never were started."""
    if not (data_dir / "servers.json").exists():
        raise ServerError(f"Nothing was ever started in {data_dir}.")
    return State.load(data_dir).servers(database)


def status(data_dir: Path) -> dict[str, int | None]:
    """Return the process ids of the two servers; None for one that does not run."""
    return {"postgres": postgres_pid(data_dir), "valkey": valkey_pid(data_dir)}


def postgres_pid(data_dir: Path) -> int | None:
    """Return the process id of this directory's postmaster, or None."""
    return postgres.pid(data_dir.resolve())


def valkey_pid(data_dir: Path) -> int | None:
    """Return the process id of this directory's Valkey, or None."""
    return valkey.pid(data_dir.resolve())


def start_postgres(data_dir: Path) -> None:
    """Start PostgreSQL again, on the same port unless somebody took it. Raises ServerError."""
    data_dir = files.prepare(data_dir)
    with files.locked(data_dir):
        state = State.load(data_dir)
        postgres.ensure(data_dir, state, state.durable)


def stop_postgres(data_dir: Path, mode: StopMode = "fast") -> None:
    """Stop PostgreSQL: "fast" in order, "immediate" with recovery at the next start, "kill" by SIGKILL."""
    data_dir = data_dir.resolve()
    with files.locked(data_dir):
        postgres.stop(data_dir, mode)


def restart_postgres(data_dir: Path, mode: StopMode = "immediate") -> None:
    """Stop PostgreSQL the given way and start it again on the same port. Returns when it answers."""
    stop_postgres(data_dir, mode)
    start_postgres(data_dir)


def start_valkey(data_dir: Path) -> None:
    """Start Valkey again, empty, on the same port unless somebody took it. Raises ServerError."""
    data_dir = files.prepare(data_dir)
    with files.locked(data_dir):
        valkey.ensure(data_dir, State.load(data_dir))


def stop_valkey(data_dir: Path, *, kill: bool = False) -> None:
    """Stop Valkey; with `kill` by SIGKILL. What it held is gone: it keeps nothing on disk."""
    data_dir = data_dir.resolve()
    with files.locked(data_dir):
        valkey.stop(data_dir, kill=kill)
