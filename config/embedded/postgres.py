"""The embedded PostgreSQL: its configuration, how it is started, joined and stopped."""

import signal
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Literal

import psutil
import psycopg
from psycopg import sql

from config.embedded import account, cluster, files, processes, programs
from config.embedded.errors import ServerError
from config.embedded.state import HOST, ROLE, State

StopMode = Literal["fast", "immediate", "kill"]
SIGNALS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT, "kill": signal.SIGKILL}

CONFIGURATION = """
    listen_addresses = '{host}'
    port = {port}
    unix_socket_directories = ''
    hba_file = {hba_file}
    max_connections = 200
    timezone = 'UTC'
    log_timezone = 'UTC'
    deadlock_timeout = 1s
    fsync = {safe}
    synchronous_commit = on
    full_page_writes = {safe}
    max_wal_size = 256MB
    max_parallel_workers_per_gather = 0   # they need /dev/shm, which is small in containers
    max_parallel_maintenance_workers = 0
    log_line_prefix = '%m [%p] %a '
    log_min_error_statement = panic       # what customers write does not belong into logs
    log_error_verbosity = terse
"""


def pid(data_dir: Path) -> int | None:
    """Return the process id of this directory's postmaster, or None."""
    return processes.pid_of("postgres", account.home(data_dir) / "postgres")


def ensure(data_dir: Path, state: State, durable: bool) -> None:
    """Make the cluster if there is none, then join or start its server. Raises ServerError."""
    new = not cluster.exists(data_dir, state)
    if new:
        stop(data_dir, "kill")  # of a half-made or forgotten cluster
        cluster.make(data_dir, state, durable)
    elif processes.joins(lambda: pid(data_dir), lambda: _answers(state)):
        return
    else:
        stop(data_dir, "kill")  # ours, but it does not answer
    state.durable = durable
    processes.start_on_a_free_port(data_dir, state, "postgres", _launch, _answers)
    if new:
        _set_up(state)
        cluster.mark_finished(data_dir, state)


def stop(data_dir: Path, mode: StopMode = "fast") -> None:
    """Stop it and wait until it is gone, the harder way where the given one does not help. Raises ServerError."""
    running = pid(data_dir)
    for step in dict.fromkeys((mode, "immediate", "kill")):
        if running is None or processes.end(running, SIGNALS[step]):
            return
    raise ServerError(f"PostgreSQL (process {running}) does not stop.")


def ensure_database(state: State, database: str) -> None:
    with _as_superuser(state) as connection:
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
            names = sql.Identifier(database), sql.Identifier(ROLE)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def _set_up(state: State) -> None:
    """Once per cluster: the project's role, and the vector extension for every database made from now on."""
    with _as_superuser(state, "template1") as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        role, password = sql.Identifier(ROLE), sql.Literal(state.password)
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(role))
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, password))


def _launch(data_dir: Path, state: State) -> int:
    home = account.home(data_dir)
    settings = CONFIGURATION.format(
        host=HOST,
        port=state.postgres_port,
        hba_file=_quoted(home / "pg_hba.conf"),
        safe="on" if state.durable else "off",  # off: a killed server still loses nothing, a killed machine does
    )
    files.write(home / "postgresql.conf", settings, mode=0o644)
    files.write(home / "pg_hba.conf", f"host all all {HOST}/32 scram-sha-256\n", mode=0o644)
    folder = home / "postgres"
    _remove_stale_postmaster_pid(folder)
    command = [programs.postgres() / "postgres", "-D", folder, f"--config-file={home / 'postgresql.conf'}"]
    return processes.launch(command, folder=folder, log=data_dir / "postgres.log", whose=account.run_as())


def _remove_stale_postmaster_pid(folder: Path) -> None:
    """PostgreSQL refuses to start while the process in `postmaster.pid` lives, even if the number was given to another.

    Called when we know that no postmaster runs here. A dead number is left to PostgreSQL, which then also makes sure
    that no orphaned backend still holds the shared memory.
    """
    pid_file = folder / "postmaster.pid"
    with suppress(OSError, ValueError, IndexError):
        if psutil.pid_exists(int(pid_file.read_text().split()[0])):
            pid_file.unlink()


def _answers(state: State) -> bool:
    try:
        with _as_superuser(state):
            return True
    except psycopg.OperationalError:
        return False


def _as_superuser(state: State, database: str = "postgres") -> closing[psycopg.Connection[Any]]:
    connection = psycopg.connect(
        host=HOST, port=state.postgres_port, user="postgres", password=state.superuser_password,
        dbname=database, autocommit=True, connect_timeout=3, application_name="frontdesk-embedded",
    )  # fmt: skip
    return closing(connection)


def _quoted(path: Path) -> str:
    return "'" + str(path).replace("\\", "\\\\").replace("'", "''") + "'"
