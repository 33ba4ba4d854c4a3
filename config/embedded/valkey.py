"""The embedded Valkey: keeps nothing on disk, because nothing of value is ever in it."""

import signal
from contextlib import closing
from pathlib import Path

import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config.embedded import files, processes, programs
from config.embedded.errors import ServerError
from config.embedded.state import HOST, State

JOIN_SECONDS = 5  # it has nothing to recover: one that does not answer by then is frozen

CONFIGURATION = """\
bind {host}
port {port}
protected-mode yes
requirepass {password}
save ""
appendonly no
maxmemory 256mb
maxmemory-policy noeviction
set-proc-title no
"""


def pid(data_dir: Path) -> int | None:
    """Return the process id of this directory's Valkey, or None."""
    return processes.pid_of("valkey-server", data_dir / "valkey.conf")


def ensure(data_dir: Path, state: State) -> None:
    """Join or start it. Raises ServerError."""
    if processes.joins(lambda: pid(data_dir), lambda: _answers(state), JOIN_SECONDS):
        return
    stop(data_dir, kill=True)  # frozen, or left by a directory of the same name
    processes.start_on_a_free_port(data_dir, state, "valkey", _launch, _answers)


def stop(data_dir: Path, *, kill: bool = False) -> None:
    """Stop it and wait until it is gone; SIGKILL where SIGTERM does not help. Raises ServerError."""
    running = pid(data_dir)
    for how in (signal.SIGKILL,) if kill else (signal.SIGTERM, signal.SIGKILL):
        if running is None or processes.end(running, how):
            return
    raise ServerError(f"Valkey (process {running}) does not stop.")


def _launch(data_dir: Path, state: State) -> int:
    config = data_dir / "valkey.conf"
    files.write(config, CONFIGURATION.format(host=HOST, port=state.valkey_port, password=state.valkey_password))
    return processes.launch([programs.valkey(), config], folder=data_dir, log=data_dir / "valkey.log", whose={})


def _answers(state: State) -> bool:
    client = redis.Redis(
        host=HOST, port=state.valkey_port, password=state.valkey_password,
        socket_timeout=2, socket_connect_timeout=2, retry=Retry(NoBackoff(), 0),
    )  # fmt: skip
    with closing(client):
        try:
            return bool(client.ping())
        except redis.RedisError:
            return False
