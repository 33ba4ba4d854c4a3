"""Starting, finding and ending the demo's processes."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import psutil

from config.demo.stop import Stop
from config.demo.terminal import say

BASE_DIR = Path(__file__).resolve().parents[2]
LEFTOVER_SECONDS = 3  # for what a killed demo has left to end in order
MARK = "FRONTDESK_DEMO"  # in the environment of all that the demo starts: the data directory it works for
TAIL_LINES = 15

Process = subprocess.Popen[bytes]


@dataclass
class Launcher:
    """Starts processes in the demo's environment, each with its log."""

    data_dir: Path
    environment: dict[str, str]
    fresh: set[Path] = field(default_factory=set)

    def start(self, command: list[str], log_name: str) -> Process:
        """Start something of ours in a session of its own: a Ctrl-C reaches us only, and we stop things in order."""
        with self._log(log_name) as log:
            return subprocess.Popen(  # noqa: S603 - our own words, and the Procfile's
                command, cwd=BASE_DIR, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    def tail(self, name: str) -> str:
        """Return the end of what it said."""
        path = self._path(name)
        lines = path.read_text(errors="replace").splitlines()[-TAIL_LINES:]
        return "\n".join([*lines, f"The whole log: {path}"])

    def _log(self, name: str) -> IO[bytes]:
        """Return a fresh log for the first start of each run, the same one for what is started again."""
        path = self._path(name)
        path.parent.mkdir(exist_ok=True)
        if path not in self.fresh:
            self.fresh.add(path)
            if path.exists():
                path.replace(path.with_name(path.name + ".1"))
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")

    def _path(self, name: str) -> Path:
        return self.data_dir / "logs" / f"{name}.log"


def end(processes: list[Process], seconds: float, stop: Stop) -> None:
    """Ask them to go and wait; who is still there after `seconds`, or when it is urgent, is killed."""
    last = time.monotonic() + seconds
    for process in processes:
        process.terminate()
    while any(process.poll() is None for process in processes) and time.monotonic() < last and not stop.is_urgent:
        time.sleep(0.05)
    for process in processes:
        kill_group(process)
        process.wait()


def kill_group(process: Process) -> None:
    """Kill a process and all that it started: each is the leader of its own group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def end_leftovers(data_dir: Path) -> None:
    """End what a killed demo of this directory has left; its servers are taken over later, not ended."""
    left = [process for process in psutil.process_iter() if mark_of(process) == str(data_dir)]
    if not left:
        return
    say(f"Stopping {len(left)} processes that an earlier demo has left.")
    numbers = {process.pid for process in left}
    for process in left:
        with suppress(psutil.Error):
            if process.ppid() not in numbers:  # a parent stops its own children, in its own order
                process.terminate()
    for process in psutil.wait_procs(left, timeout=LEFTOVER_SECONDS)[1]:
        with suppress(psutil.Error):
            process.kill()
    psutil.wait_procs(left, timeout=5)


def mark_of(process: psutil.Process) -> str | None:
    """For which demo a process works, if any. Other people's processes do not tell, and are not ours."""
    try:
        return None if process.pid == os.getpid() else process.environ().get(MARK)
    except (psutil.Error, OSError):
        return None
