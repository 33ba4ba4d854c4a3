"""The supervisor behind `make demo`: two servers, the data, and the processes of the Procfile, on this machine.

Everything it starts carries an environment variable that names its data directory. So after a `kill -9` the next start
finds what is left over and stops it, and never touches a process that is not ours. A process that dies by itself is
started again, as any supervisor in production does; honcho would stop all the others instead.
"""

import argparse
import errno
import fcntl
import http.client
import ipaddress
import json
import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import IO, Any

import psutil
import psycopg
from cryptography.fernet import Fernet
from honcho.environ import parse_procfile

from config import embedded

BASE_DIR = Path(__file__).resolve().parent.parent
DATA_DIR = BASE_DIR / ".frontdesk" / "demo"
MARK = "FRONTDESK_DEMO"  # in the environment of all that we start: the data directory it works for
HEALTHY_SECONDS = 90
STOP_SECONDS = 15  # for all processes together; the servers take their own time afterwards
BACK_OFF_SECONDS = (1, 2, 5, 10, 30)
STEADY_SECONDS = 60  # who has run this long is forgiven earlier deaths


class DemoError(Exception):
    """The demo cannot run. The text is all that its user needs to read."""


@dataclass
class Child:
    """One line of the Procfile."""

    name: str
    command: str
    process: subprocess.Popen[bytes] | None = None
    started_at: float = 0.0  # monotonic
    deaths: int = 0
    start_at: float = 0.0  # monotonic: not before this moment


@dataclass
class Demo:
    data_dir: Path
    host: str
    port: int
    with_parent: int | None = None  # stop when our parent is no longer this process (make, killed)
    stopping: bool = False
    impatient: bool = False
    children: list[Child] = field(default_factory=list)
    steps: list[subprocess.Popen[bytes]] = field(default_factory=list)
    environment: dict[str, str] = field(default_factory=dict)
    logs: set[Path] = field(default_factory=set)

    # --- the story ---------------------------------------------------------------------------------------------

    def run(self) -> int:
        """Run until somebody stops it. Returns the exit code; raises DemoError and embedded.ServerError."""
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        lock = self._take_lock()
        try:
            self._stop_leftovers()
            self._check_port()
            try:
                self._prepare()
                if not self.stopping:
                    self._start_all()
                    self._wait_until_healthy()
                while not self.stopping:
                    self._look_after_children()
                    self._pause(0.3)
            finally:
                self._stop_all(lock)
        finally:
            os.close(lock)
        return 0

    # --- one at a time -----------------------------------------------------------------------------------------

    def _take_lock(self) -> int:
        """Hold the data directory for as long as we live, however we die. Waits for a demo that is stopping."""
        self.data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
        lock = os.open(self.data_dir / "demo.lock", os.O_RDWR | os.O_CREAT, 0o600)
        end = time.monotonic() + 3
        while not self.stopping:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                holder = _read_holder(lock)
                if holder.get("stopping"):
                    end = max(end, time.monotonic() + 1)
                if time.monotonic() > end:
                    raise DemoError(
                        f"A demo is running here already: {holder.get('url', 'it is just starting')} "
                        f"(process {holder.get('pid', 'unknown')}). Stop it with Ctrl-C first."
                    ) from None
                time.sleep(0.1)
            else:
                self._note(lock)
                return lock
        raise DemoError("Stopped.")

    def _note(self, lock: int, *, stopping: bool = False) -> None:
        text = json.dumps({"pid": os.getpid(), "url": self.url, "stopping": stopping}).encode()
        os.ftruncate(lock, 0)
        os.pwrite(lock, text, 0)

    def _stop_leftovers(self) -> None:
        """End what a killed demo of this directory has left; its servers are taken over later, not ended."""
        left = [process for process in psutil.process_iter() if _mark_of(process) == str(self.data_dir)]
        if not left:
            return
        say(f"Stopping {len(left)} processes that an earlier demo has left.")
        numbers = {process.pid for process in left}
        for process in left:
            with suppress(psutil.Error):
                if process.ppid() not in numbers:  # a parent stops its own children, in its own order
                    process.terminate()
        for process in psutil.wait_procs(left, timeout=3)[1]:
            with suppress(psutil.Error):
                process.kill()
        psutil.wait_procs(left, timeout=5)

    def _check_port(self) -> None:
        reason = _why_not(self.host, self.port)
        if reason == errno.EADDRINUSE:
            free = next((p for p in range(self.port + 10, 65_536, 10) if _why_not(self.host, p) is None), 8010)
            raise DemoError(f"Port {self.port} is taken. Run: make demo PORT={free}")
        if reason is not None:
            raise DemoError(f"Cannot listen on {self.host}, port {self.port}: {os.strerror(reason)}.")

    # --- servers and data --------------------------------------------------------------------------------------

    @property
    def url(self) -> str:
        return f"http://{_bracketed(self._near_host())}:{self.port}"

    def _near_host(self) -> str:
        """Where we reach ourselves: a wildcard is no address to connect to."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104

    def _prepare(self) -> None:
        ours = self._secrets()
        say("Starting PostgreSQL and Valkey.")
        servers = embedded.start(self.data_dir / "servers")
        self.environment = self._environment(ours, servers)
        if self.stopping:
            return
        (self.data_dir / "logs").mkdir(exist_ok=True)
        say("Preparing the database.")
        static = None
        if not _is_static_fresh():
            static = self._begin_step(
                "collectstatic", "--noinput", "-v", "0"
            )  # beside the others: it needs no database
        self._finish_step(self._begin_step("migrate", "--noinput", "-v", "0"), "migrate")
        if not self.stopping:
            if not _has_business(servers.database_url):
                say("Loading the demo business, with a few days of history.")
            # Every time: it adds what an interrupted start, or an account that was named only now, has left out.
            self._finish_step(self._begin_step("load_preset", "ceramics", "--with-history"), "load_preset")
        if static is not None:
            self._finish_step(static, "collectstatic")

    def _secrets(self) -> dict[str, str]:
        """Made once per data directory. Without them the data is of no use, so it is forgotten with them."""
        path = self.data_dir / "secrets.json"
        with suppress(FileNotFoundError):
            return json.loads(path.read_text())
        embedded.forget(self.data_dir / "servers")
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

    def _environment(self, ours: dict[str, str], servers: embedded.Servers) -> dict[str, str]:
        """The caller's environment, completed; the servers are always ours, so that no demo writes into real data."""
        plain = {"DEBUG": "false", "HTTPS": "false", "PYTHONUNBUFFERED": "1", **ours}
        if not _is_loopback(self.host):
            wildcard = self._near_host() != self.host
            plain["ALLOWED_HOSTS"] = "*" if wildcard else f"localhost,127.0.0.1,[::1],{_bracketed(self.host)}"
        return {
            **plain,
            **os.environ,
            "DATABASE_URL": servers.database_url,
            "REDIS_URL": servers.redis_url,
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", os.defpath)]),
            "HOST": self.host,
            "PORT": str(self.port),
            MARK: str(self.data_dir),
        }

    def _begin_step(self, *words: str) -> subprocess.Popen[bytes]:
        process = self._spawn([sys.executable, "manage.py", *words], words[0])
        self.steps.append(process)
        return process

    def _finish_step(self, process: subprocess.Popen[bytes], name: str) -> None:
        """Wait for a command, or until we are to stop. Raises DemoError with the end of what it said."""
        while process.poll() is None and not self.stopping:
            self._pause(0.05)
        if process.returncode and not self.stopping:
            raise DemoError(f"manage.py {name} failed.\n{self._tail(name)}")

    def _spawn(self, command: list[str], log_name: str) -> subprocess.Popen[bytes]:
        """Start something of ours in a session of its own: a Ctrl-C reaches us only, and we stop things in order."""
        with self._log(log_name) as log:
            return subprocess.Popen(  # noqa: S603 - our own words, and the Procfile's
                command, cwd=BASE_DIR, env=self.environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True,
            )  # fmt: skip

    # --- processes ---------------------------------------------------------------------------------------------

    def _start_all(self) -> None:
        lines = parse_procfile((BASE_DIR / "Procfile").read_text()).processes
        self.children = [Child(name, command) for name, command in lines.items() if name != "release"]
        say(f"Starting {', '.join(child.name for child in self.children)}.")
        for child in self.children:
            self._start(child)

    def _start(self, child: Child) -> None:
        # `exec`: the process that we watch and signal is the program, not a shell around it.
        child.process = self._spawn(["/bin/sh", "-c", f"exec {child.command}"], child.name)
        child.started_at = time.monotonic()

    def _look_after_children(self) -> None:
        """Start again, with growing patience, what died by itself."""
        now = time.monotonic()
        for child in self.children:
            if child.process is None:
                if now >= child.start_at:
                    self._start(child)
            elif child.process.poll() is not None:
                _kill_group(child.process)  # what it left behind may hold the port
                if now - child.started_at > STEADY_SECONDS:
                    child.deaths = 0
                wait = BACK_OFF_SECONDS[min(child.deaths, len(BACK_OFF_SECONDS) - 1)]
                child.deaths += 1
                say(
                    f"{child.name} stopped by itself ({_how(child.process.returncode)}); starting it again in {wait} s."
                )
                child.process, child.start_at = None, now + wait

    def _wait_until_healthy(self) -> None:
        end = time.monotonic() + HEALTHY_SECONDS
        while not self.stopping:
            self._look_after_children()
            if _is_healthy(self._near_host(), self.port):
                self._welcome()
                return
            web = next(child for child in self.children if child.name == "web")
            if time.monotonic() > end or web.deaths > 2:
                raise DemoError(f"The web server does not get healthy.\n{self._tail('web')}")
            self._pause(0.2)

    def _stop_all(self, lock: int) -> None:
        """Web, workers, beat, then the servers; who does not go within STOP_SECONDS is killed."""
        self._note(lock, stopping=True)
        say("Stopping.")
        end = time.monotonic() + STOP_SECONDS
        running = {child.name: child.process for child in self.children if child.process is not None}
        web = running.pop("web", None)
        if web is not None:
            self._end([web], end - STOP_SECONDS / 2)
        self._end([*running.values(), *self.steps], end)
        embedded.stop(self.data_dir / "servers")
        say("Stopped. The data stays; make demo-reset forgets it.")

    def _end(self, processes: list[subprocess.Popen[bytes]], end: float) -> None:
        for process in processes:
            process.terminate()
        while any(process.poll() is None for process in processes) and time.monotonic() < end and not self.impatient:
            time.sleep(0.05)
        for process in processes:
            _kill_group(process)
            process.wait()

    # --- small things ------------------------------------------------------------------------------------------

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.impatient |= self.stopping and number == signal.SIGINT  # a second Ctrl-C
        self.stopping = True

    def _pause(self, seconds: float) -> None:
        time.sleep(seconds)
        if self.with_parent is not None and os.getppid() != self.with_parent:
            self.stopping = True

    def _log(self, name: str) -> IO[bytes]:
        """A fresh log for the first start of each run, the same one for what is started again."""
        path = self._log_path(name)
        if path not in self.logs:
            self.logs.add(path)
            if path.exists():
                path.replace(path.with_name(path.name + ".1"))
        return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600), "ab")

    def _log_path(self, name: str) -> Path:
        return self.data_dir / "logs" / f"{name}.log"

    def _tail(self, name: str) -> str:
        path = self._log_path(name)
        return f"{path.read_text(errors='replace')[-2000:]}\nThe whole log: {path}"

    def _welcome(self) -> None:
        password = self.environment["FRONTDESK_DEMO_PASSWORD"]
        say(
            f"""
Ready.
  Chat as a customer   {self.url}/chat/ceramics/
  Work as staff        {self.url}/admin/    user: owner    password: {password}
  Logs                 {self.data_dir / "logs"}
Ctrl-C stops everything and keeps the data; make demo-reset forgets it.
"""
        )


# --- looking at the machine ----------------------------------------------------------------------------------------


def _mark_of(process: psutil.Process) -> str | None:
    """For which demo a process works, if any. Other people's processes do not tell, and are not ours."""
    try:
        return None if process.pid == os.getpid() else process.environ().get(MARK)
    except (psutil.Error, OSError):
        return None


def _kill_group(process: subprocess.Popen[bytes]) -> None:
    """Kill a process and all that it started: each is the leader of its own group."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def _why_not(host: str, port: int) -> int | None:
    """The error number that keeps us from listening there; None if nothing does."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except socket.gaierror:
            return errno.EADDRNOTAVAIL
        except OSError as error:
            return error.errno
    return None


def _is_healthy(host: str, port: int) -> bool:
    connection = http.client.HTTPConnection(host, port, timeout=3)
    try:
        connection.request("GET", "/health/")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def _is_static_fresh() -> bool:
    """Whether the collected files are newer than the packages and all that our own apps bring."""
    manifest = BASE_DIR / ".frontdesk" / "staticfiles" / "staticfiles.json"
    sources = [BASE_DIR / "requirements.txt", *BASE_DIR.glob("*/static/**/*")]
    return manifest.exists() and manifest.stat().st_mtime > max(path.stat().st_mtime for path in sources)


def _has_business(database_url: str) -> bool:
    with psycopg.connect(database_url, connect_timeout=5) as connection:
        return connection.execute("SELECT FROM bots_business LIMIT 1").fetchone() is not None


def _read_holder(lock: int) -> dict[str, Any]:
    """What the demo that holds the lock has written about itself; nothing while it is at it."""
    with suppress(ValueError):
        return json.loads(os.pread(lock, 10_000, 0))
    return {}


def _is_loopback(host: str) -> bool:
    return host == "localhost" or ipaddress.ip_address(host).is_loopback


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _how(returncode: int) -> str:
    return f"signal {-returncode}" if returncode < 0 else f"exit code {returncode}"


# --- by hand -------------------------------------------------------------------------------------------------------


def say(text: str) -> None:
    """Tell the person at the terminal, if it is still there."""
    with suppress(OSError):
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()


def reset(data_dir: Path) -> None:
    """Forget a demo's data. Raises DemoError while it runs."""
    if not (data_dir / "demo.lock").exists():
        say("There is nothing to forget.")
        return
    demo = Demo(data_dir, "127.0.0.1", 0)
    lock = demo._take_lock()
    demo._stop_leftovers()
    embedded.forget(data_dir / "servers")
    shutil.rmtree(data_dir)
    os.close(lock)
    say("The demo's data is forgotten.")


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and 0 < int(text) < 65_536:
        return int(text)
    raise argparse.ArgumentTypeError(f"{text!r} is no port: it takes a number from 1 to 65535.")


def _host(text: str) -> str:
    if text != "localhost":
        try:
            ipaddress.ip_address(text)
        except ValueError:
            raise argparse.ArgumentTypeError(f"{text!r} is no address: for example 127.0.0.1, or 0.0.0.0.") from None
    return text


def _host_from_environment() -> str:
    """Some shells set HOST to the machine's name without being asked; only an address is meant for us."""
    try:
        return _host(os.environ.get("HOST", ""))
    except argparse.ArgumentTypeError:
        return "127.0.0.1"


def main(arguments: list[str] | None = None) -> int:
    """Parse the command line, run, and say in plain words what went wrong. Returns the exit code."""
    parser = argparse.ArgumentParser(prog="manage.py demo", description="Run everything on this machine, until Ctrl-C.")
    parser.add_argument("--host", type=_host, default=_host_from_environment(), help="default: this machine only")
    parser.add_argument("--port", type=_port, default=os.environ.get("PORT") or "8000")
    parser.add_argument("--reset", action="store_true", help="forget the demo's data instead")
    parser.add_argument("--data-dir", type=Path, default=DATA_DIR, help="default: .frontdesk/demo")
    parser.add_argument("--stop-with-parent", action="store_true", help="stop when what started this is gone")
    given = parser.parse_args(arguments)
    data_dir = given.data_dir.resolve()
    try:
        if given.reset:
            reset(data_dir)
            return 0
        with_parent = os.getppid() if given.stop_with_parent else None
        return Demo(data_dir, given.host, given.port, with_parent).run()
    except (DemoError, embedded.ServerError, OSError) as error:
        say(str(error))
        return 1


if __name__ == "__main__":
    sys.exit(main())
