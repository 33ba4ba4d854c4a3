"""Runs one command of manage.py on the demo's data, whether the demo is running or not."""

import os
import signal
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path

from config.demo import holding, preparation, processes
from config.demo.processes import Launcher
from config.demo.stop import Stop
from config.demo.terminal import DemoError, say

QUIET = {"LOG_LEVEL": os.environ.get("LOG_LEVEL") or "WARNING"}  # what is printed belongs to the command


def run(data_dir: Path, words: list[str]) -> int:
    """Run `manage.py <words>` in this terminal. Joins the demo's servers, or starts them and stops them afterwards.

    Returns the command's exit code. Raises DemoError and embedded.ServerError.
    """
    stop = Stop()
    stop.listen()
    with redirect_stdout(sys.stderr), holding.using_servers(data_dir):  # stdout is the command's
        launcher = _prepare(data_dir, stop)
        return 128 + signal.SIGINT if stop.wanted else _run(words, launcher)


def _prepare(data_dir: Path, stop: Stop) -> Launcher:
    """Bring the data up to date, or wait until the demo that is starting has done it."""
    lock = holding.Lock(data_dir)
    try:
        while not lock.take("preparing"):
            if stop.wanted:
                raise DemoError("Stopped.")
            if lock.holder().get("doing") == "running":
                return preparation.start_servers(data_dir, QUIET)
            stop.pause(0.1)
        say("Starting the demo's database.")
        processes.end_leftovers(data_dir)
        launcher = preparation.start_servers(data_dir, QUIET)
        preparation.fill_database(launcher, stop, always=False)
        return launcher
    finally:
        lock.release()


def _run(words: list[str], launcher: Launcher) -> int:
    """In the foreground: the command reads what is typed here, and decides itself what a Ctrl-C means to it."""
    command = [sys.executable, "manage.py", *words]
    signal.signal(signal.SIGINT, lambda *_: None)  # a handler of our own is not inherited, ignoring would be
    process = subprocess.Popen(  # noqa: S603 - our user's own words
        command, cwd=processes.BASE_DIR, env=launcher.environment
    )
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda *_: process.terminate())
    code = process.wait()
    return code if code >= 0 else 128 - code
