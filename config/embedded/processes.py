"""Starting, finding and ending a server's process, whichever server it is."""

import functools
import os
import signal
import socket
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any, Literal

import psutil

from config.embedded.errors import ServerError
from config.embedded.state import HOST, State

START_SECONDS = 60  # recovery after a crash included
STOP_SECONDS = 10


def start_on_a_free_port(
    data_dir: Path,
    state: State,
    name: Literal["postgres", "valkey"],
    launch: Callable[[Path, State], int],
    answers: Callable[[State], bool],
) -> None:
    """Launch until the server answers; a port may be lost to somebody between looking and listening."""
    port = f"{name}_port"
    for attempt in range(5):
        time.sleep(attempt / 2)  # orphaned backends of a killed postmaster need a moment to notice
        setattr(state, port, free_port(getattr(state, port)))
        state.save(data_dir)
        pid = launch(data_dir, state)
        if _wait(lambda: answers(state), functools.partial(_is_alive, pid)):
            return
        if _is_alive(pid):
            end(pid, signal.SIGKILL)
    log = data_dir / f"{name}.log"
    tail = log.read_text(errors="replace")[-1500:]
    raise ServerError(f"{name.capitalize()} does not start. The end of {log}:\n{tail}")


def joins(pid: Callable[[], int | None], answers: Callable[[], bool], seconds: float = START_SECONDS) -> bool:
    """Return whether a server is there and answers, given the time it may need to come up."""
    return pid() is not None and _wait(answers, lambda: pid() is not None, seconds)


def launch(command: list[Any], *, folder: Path, log: Path, whose: dict[str, Any]) -> int:
    """Start a server in a session of its own, so that it outlives us and no Ctrl-C reaches it. Returns its process id.

    The shell goes at once and leaves the server to init: nobody has to reap it, whichever of us ends first.
    """
    if log.exists():
        log.replace(log.with_name(log.name + ".1"))
    with os.fdopen(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab") as output:
        done = subprocess.run(
            ["/bin/sh", "-c", '"$@" >&2 & echo $!', "launch", *command],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=output,
            cwd=folder, env=environment(), start_new_session=True, check=True, **whose,
        )  # fmt: skip
    return int(done.stdout)


TIME = ("LD_PRELOAD", "FAKETIME", "FAKETIME_DONT_FAKE_MONOTONIC")


def environment() -> dict[str, str]:
    """Nothing of the caller's: PGDATA or a locale must not decide anything. Who shifts time shifts the servers' too."""
    shifted = {name: os.environ[name] for name in TIME if name in os.environ}
    return {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC", **shifted}


def pid_of(program: str, argument: Path) -> int | None:
    """The oldest process called `program` with `argument` among its words (a fresh child looks like its parent)."""
    found = []
    for process in psutil.process_iter(["name"]):
        with suppress(psutil.Error):
            if process.info["name"] == program and str(argument) in process.cmdline():
                found.append((process.create_time(), process.pid))
    return min(found)[1] if found else None


def end(pid: int, how: signal.Signals) -> bool:
    """Send a signal and wait until the process is gone; False if it is still there after STOP_SECONDS."""
    try:
        process = psutil.Process(pid)
        process.send_signal(how)
        if how != signal.SIGKILL:
            process.send_signal(signal.SIGCONT)  # a frozen one would not hear
    except psutil.NoSuchProcess:
        return True
    return _wait(lambda: not _is_alive(pid), lambda: True, STOP_SECONDS)


def free_port(wanted: int = 0) -> int:
    """`wanted` if nobody listens there, else a port that is free now."""
    for port in (wanted, 0) if wanted else (0,):
        with socket.socket() as probe, suppress(OSError):
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((HOST, port))
            return int(probe.getsockname()[1])
    raise ServerError("No free port on this machine.")


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


def _is_alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
