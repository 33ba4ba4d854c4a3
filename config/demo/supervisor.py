"""Runs the processes of the Procfile until somebody stops the demo, and starts again what dies by itself."""

import time
from dataclasses import dataclass, field
from pathlib import Path

from honcho.environ import parse_procfile

from config import embedded
from config.demo import holding, preparation, processes
from config.demo.address import Address
from config.demo.processes import Launcher, Process
from config.demo.stop import Stop
from config.demo.terminal import DemoError, say

HEALTHY_SECONDS = 90
STOP_SECONDS = 15  # for all processes together; the servers take their own time afterwards
BACK_OFF_SECONDS = (1, 2, 5, 10, 30)
STEADY_SECONDS = 60  # who has run this long is forgiven earlier deaths
TRIES = 3  # for the web server to get healthy


@dataclass
class Child:
    """One line of the Procfile."""

    name: str
    command: str
    process: Process | None = None
    started_at: float = 0.0  # monotonic
    deaths: int = 0
    start_at: float = 0.0  # monotonic: not before this moment

    def start(self, launcher: Launcher) -> None:
        # `exec`: the process that we watch and signal is the program, not a shell around it.
        self.process = launcher.start(["/bin/sh", "-c", f"exec {self.command}"], self.name)
        self.started_at = time.monotonic()

    def look_after(self, launcher: Launcher) -> None:
        """Start it again, with growing patience, if it died by itself."""
        now = time.monotonic()
        if self.process is None:
            if now >= self.start_at:
                self.start(launcher)
        elif self.process.poll() is not None:
            processes.kill_group(self.process)  # what it left behind may hold the port
            if now - self.started_at > STEADY_SECONDS:
                self.deaths = 0
            wait = BACK_OFF_SECONDS[min(self.deaths, len(BACK_OFF_SECONDS) - 1)]
            self.deaths += 1
            say(f"{self.name} stopped by itself ({_how(self.process.returncode)}); starting it again in {wait} s.")
            self.process, self.start_at = None, now + wait


@dataclass
class Demo:
    data_dir: Path
    address: Address
    stop: Stop
    children: list[Child] = field(default_factory=list)

    def run(self) -> int:
        """Run until somebody stops it. Returns the exit code; raises DemoError and embedded.ServerError."""
        self.stop.listen()
        with holding.held(self.data_dir, "starting", self.stop) as lock:
            lock.note("starting", self.address.url)
            processes.end_leftovers(self.data_dir)
            self.address.check()
            with holding.using_servers(self.data_dir):
                try:
                    self._run(lock)
                finally:
                    lock.note("stopping")
                    self._stop_all()
            say("Stopped. Your data is kept for the next make demo.")
        return 0

    def _run(self, lock: holding.Lock) -> None:
        say("Starting PostgreSQL and Valkey.")
        launcher = preparation.start_servers(self.data_dir, preparation.served_at(self.address, self.data_dir))
        if not self.stop.wanted:
            preparation.fill(launcher, self.stop)
        if not self.stop.wanted:
            lock.note("running", self.address.url)
            self._start_all(launcher)
            self._wait_until_healthy(launcher)
        while not self.stop.wanted:
            self._look_after_children(launcher)
            self.stop.pause(0.3)

    def _start_all(self, launcher: Launcher) -> None:
        lines = parse_procfile((processes.BASE_DIR / "Procfile").read_text()).processes
        self.children = [Child(name, command) for name, command in lines.items() if name != "release"]
        say(f"Starting {', '.join(child.name for child in self.children)}.")
        for child in self.children:
            child.start(launcher)

    def _look_after_children(self, launcher: Launcher) -> None:
        for child in self.children:
            child.look_after(launcher)

    def _wait_until_healthy(self, launcher: Launcher) -> None:
        end = time.monotonic() + HEALTHY_SECONDS
        web = next(child for child in self.children if child.name == "web")
        while not self.stop.wanted:
            self._look_after_children(launcher)
            if self.address.is_healthy():
                self._welcome(launcher)
                return
            if time.monotonic() > end or web.deaths >= TRIES:
                raise DemoError(f"The web server does not get healthy.\n{launcher.tail('web')}")
            self.stop.pause(0.2)

    def _stop_all(self) -> None:
        """Web, workers, beat, then the servers; who does not go within STOP_SECONDS is killed."""
        say("\nStopping.")
        started = time.monotonic()
        running = {child.name: child.process for child in self.children if child.process is not None}
        web = running.pop("web", None)
        if web is not None:
            processes.end([web], STOP_SECONDS / 2, self.stop)
        processes.end([*running.values()], started + STOP_SECONDS - time.monotonic(), self.stop)
        embedded.stop(self.data_dir / "servers")

    def _welcome(self, launcher: Launcher) -> None:
        url, password = self.address.url, launcher.environment["FRONTDESK_DEMO_PASSWORD"]
        say(
            f"""
Frontdesk is ready.

  Chat as a customer   {url}/chat/{preparation.PRESET}/
  Work as staff        {url}/admin/
                       user: owner   password: {password}

Logs: {_short(self.data_dir / "logs")}
Ctrl-C stops everything and keeps the data; make demo-reset forgets it."""
        )


def _short(path: Path) -> str:
    """As somebody in the project's folder would write it."""
    return str(path.relative_to(processes.BASE_DIR) if path.is_relative_to(processes.BASE_DIR) else path)


def _how(returncode: int) -> str:
    return f"signal {-returncode}" if returncode < 0 else f"exit code {returncode}"
