"""A whole installation of real processes to do harm to: its own PostgreSQL and Valkey, web, workers, beat, and Meta.

with Rig(installation, tmp_path) as rig:
    rig.web(); rig.worker(); rig.beat()
    rig.customers.write(...)
    rig.drain()
    check(rig).assert_good()
"""

import itertools
import json
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import suppress
from pathlib import Path
from typing import Any, Self
from urllib.parse import urlencode

import psycopg
import redis
from celery import Celery
from psycopg import sql

from config import embedded
from config.celery_settings import CELERY_BROKER_TRANSPORT_OPTIONS
from tests import shifted
from tests.faults.customers import Customers, by_instagram, by_whatsapp
from tests.standins import graph

ROOT = Path(__file__).resolve().parent.parent.parent
PYTHON = Path(sys.executable)
READY_SECONDS = 60
_numbers = itertools.count()
TURN_LEASE_SECONDS, SEND_LEASE_SECONDS = 3, 2  # 120 and 45 in production; what is tested is the same


class Installation:
    """The servers, and a database with tables and one account to copy. One for all experiments of a run."""

    def __init__(self, data_dir: Path, *, durable: bool = False) -> None:
        self.data_dir, self.durable = data_dir, durable
        self.servers = embedded.start(data_dir, database="template", durable=durable)
        subprocess.run(
            [PYTHON, "-m", "tests.faults.prepare"],
            cwd=ROOT, env=self.environment("template"), check=True, timeout=READY_SECONDS,
        )  # fmt: skip

    def database_url(self, database: str) -> str:
        return embedded.addresses(self.data_dir, database).database_url

    def environment(self, database: str) -> dict[str, str]:
        return {
            "PATH": os.environ["PATH"],
            "HOME": os.environ.get("HOME", "/"),
            "PYTHONPATH": os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH", "")])),
            **shifted.inherited(),
            "PYTHONUNBUFFERED": "1",
            "DJANGO_SETTINGS_MODULE": "config.settings",
            "SECRET_KEY": "experiments-only",
            "DEBUG": "false",
            "ADMIN_API_KEY": "an-api-key-of-experiments-only",
            "HTTPS": "false",
            "LOG_LEVEL": "INFO",
            "CELERY_SKIP_CHECKS": "1",  # Django's, which `make test` runs apart
            "FIELD_ENCRYPTION_KEYS": os.environ["FIELD_ENCRYPTION_KEYS"],
            "DATABASE_URL": self.database_url(database),
            "REDIS_URL": self.servers.redis_url,
            "TURN_LEASE_SECONDS": str(TURN_LEASE_SECONDS),
            "SEND_LEASE_SECONDS": str(SEND_LEASE_SECONDS),
        }

    def copy(self, name: str) -> str:
        """A fresh database from the template; its URL."""
        with psycopg.connect(self.database_url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template").format(sql.Identifier(name)))
        return self.database_url(name)

    def repair(self) -> None:
        """Whatever an experiment has done to the servers: running, not frozen, Valkey empty."""
        for pid in filter(None, embedded.status(self.data_dir).values()):
            os.kill(pid, signal.SIGCONT)
        embedded.start(self.data_dir, database="template", durable=self.durable)
        with self.valkey() as client:
            client.flushall()

    def valkey(self) -> redis.Redis:
        return redis.Redis.from_url(self.servers.redis_url, socket_timeout=5)

    def close(self) -> None:
        embedded.forget(self.data_dir)


class Process:
    """One program of the installation, in a process group of its own, its words in a file."""

    def __init__(self, name: str, command: list[str], environment: dict[str, str], folder: Path) -> None:
        self.name, self.command, self.environment = name, command, environment
        self.log = folder / f"{name}.log"
        self.restarts = False
        self.deaths = 0
        self.start()

    def start(self) -> None:
        with self.log.open("ab") as output:
            self.popen = subprocess.Popen(
                self.command, cwd=ROOT, env=self.environment, stdin=subprocess.DEVNULL, stdout=output, stderr=output,
                start_new_session=True,
            )  # fmt: skip

    @property
    def is_alive(self) -> bool:
        return self.popen.poll() is None

    def send(self, number: signal.Signals) -> None:
        with suppress(ProcessLookupError):
            os.killpg(self.popen.pid, number)

    def kill(self) -> None:
        """SIGKILL to the whole group, as the kernel does when memory is short."""
        self.send(signal.SIGKILL)
        self.popen.wait(10)

    def stop(self, seconds: float = 40) -> None:
        """SIGTERM, as a deployment does; SIGKILL for who does not listen."""
        if self.is_alive:
            os.kill(self.popen.pid, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            self.popen.wait(seconds)
        self.kill()

    def said(self, words: str, since: int = 0) -> bool:
        return words in self.log.read_text(errors="replace")[since:]

    def wait_until_said(self, words: str, seconds: float = READY_SECONDS, since: int = 0) -> None:
        until(lambda: self.said(words, since) or not self.is_alive, seconds, f"{self.name} to say {words!r}")
        assert self.said(words, since), f"{self.name} died:\n{self.log.read_text(errors='replace')[-2000:]}"


class Rig:
    """The installation with processes in it. Leaving it kills them all."""

    def __init__(
        self,
        installation: Installation,
        folder: Path,
        *,
        echo: str = "after",
        channel: str = "instagram",
        **environment: str,
    ) -> None:
        self.installation, self.folder, self.channel = installation, folder, channel
        installation.repair()
        number = next(_numbers)
        self.database = f"rig_{number}"
        self.database_url = installation.copy(self.database)
        self.environment = installation.environment(self.database) | environment
        # Rigs that live at the same time must not take each other's tasks.
        self.environment["REDIS_URL"] = installation.servers.redis_url.removesuffix("/0") + f"/{number % 16}"
        self.trace = folder / "trace.jsonl"
        self.environment["HARM_TRACE"] = str(self.trace)
        self.processes: list[Process] = []
        self.port = embedded.free_port()
        self.webhook_url = f"http://127.0.0.1:{self.port}/webhooks/{channel}/"
        self.graph_url = self._start_graph(echo)
        self.environment["GRAPH_API_URL"] = self.graph_url
        self.customers = Customers(self.webhook_url, by_whatsapp if channel == "whatsapp" else by_instagram)
        self.kills = 0
        self._closing = threading.Event()
        self._supervisor = threading.Thread(target=self._supervise, daemon=True)
        self._supervisor.start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._closing.set()
        self._supervisor.join()
        for process in self.processes:
            process.kill()
        self.customers.close()
        with psycopg.connect(self.installation.database_url("postgres"), autocommit=True) as connection:
            connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(self.database)))

    # --- processes ---------------------------------------------------------------------------------------------------

    def web(self, *, without: str = "", workers: int = 1, wait: bool = True, **environment: str) -> Process:
        application = "tests.faults.web:application" if without else "config.wsgi:application"
        command = [
            str(PYTHON.parent / "granian"), "--interface", "wsgi", "--http", "1", "--no-ws",
            "--workers", str(workers), "--blocking-threads", "4", "--respawn-failed-workers",
            "--workers-kill-timeout", "10", "--host", "127.0.0.1", "--port", str(self.port), application,
        ]  # fmt: skip
        process = self._add("web", command, {"PROCESS": "web", "HARM_WITHOUT": without} | environment)
        if wait:
            self.ready(process)
        return process

    def worker(
        self, name: str = "worker", *, queues: str = "turns,sends,sweeps", restarts: bool = True, **environment: str
    ) -> Process:
        """A worker as in the Procfile, both kinds in one. Not waited for: `ready` does that for many at once."""
        command = [
            str(PYTHON.parent / "celery"), "-A", "tests.faults.worker", "worker", "-P", "threads", "-c", "64",
            "-Q", queues, "--without-gossip", "--without-mingle", "-l", "INFO", "-n", f"{name}@rig",
        ]  # fmt: skip
        return self._add(name, command, {"PROCESS": "worker"} | environment, restarts=restarts)

    def beat(self, name: str = "beat") -> Process:
        command = [str(PYTHON.parent / "celery"), "-A", "config", "beat", "-l", "INFO"]
        return self._add(name, [*command, "--pidfile="], {"PROCESS": "beat"}, restarts=True)

    def ready(self, *processes: Process) -> None:
        for process in processes:
            if process.name == "web":
                until(lambda: self.get("/health/")[0] == 200, READY_SECONDS, "the web")
            else:
                process.wait_until_said("is starting." if "beat" in process.name else "ready.")

    def run(self, *, workers: int = 2, without: str = "", **environment: str) -> list[Process]:
        """Web, beat and workers, all up. Returns the workers."""
        some = [self.worker(f"worker{number}", HARM_WITHOUT=without, **environment) for number in range(workers)]
        self.ready(self.web(wait=False), self.beat(), *some)
        return some

    def kill(self, process: Process) -> None:
        self.kills += 1
        process.kill()

    def _add(self, name: str, command: list[str], more: dict[str, str], *, restarts: bool = False) -> Process:
        process = Process(name, command, self.environment | more, self.folder)
        process.restarts = restarts
        self.processes.append(process)
        return process

    def _supervise(self) -> None:
        """Who dies is started again at once, as in production."""
        while not self._closing.wait(0.1):
            for process in list(self.processes):
                if process.restarts and not process.is_alive:
                    process.deaths += 1
                    process.start()

    # --- Meta ------------------------------------------------------------------------------------------------------

    def _start_graph(self, echo: str) -> str:
        standin = "tests.standins.whatsapp" if self.channel == "whatsapp" else "tests.standins.graph"
        command = [str(PYTHON), "-m", standin, "--anyone", "--echo", echo, "--webhook", self.webhook_url]
        process = self._add("graph", command, {})
        until(lambda: process.log.exists() and process.said("\n"), READY_SECONDS, "the Graph stand-in")
        return process.log.read_text().strip()

    def meta(self, verb: str, **options: Any) -> Any:
        """Tell the stand-in something (see tests/standins/graph.py)."""
        request = urllib.request.Request(
            f"{self.graph_url}/_control/{verb}", json.dumps(options).encode(), method="POST"
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def asked(self) -> list[dict[str, Any]]:
        """What the stand-in was asked, whatever became of it."""
        with urllib.request.urlopen(f"{self.graph_url}/_control/asked", timeout=10) as answer:
            return list(json.load(answer))

    def deliveries(self, **of: str) -> list[graph.Delivered]:
        with urllib.request.urlopen(f"{self.graph_url}/_control/deliveries?{urlencode(of)}", timeout=10) as answer:
            return [graph.Delivered(**one) for one in json.load(answer)]

    # --- looking in ----------------------------------------------------------------------------------------------------

    def sql(self, query: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.database_url, autocommit=True) as connection:
            cursor = connection.execute(query, values or None)
            return cursor.fetchall() if cursor.description else []

    def get(self, path: str) -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=15) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, error.read().decode()
        except OSError:
            return 0, ""

    def ring(self, task: str, conversation_id: int, queue: str) -> None:
        app = Celery(broker=self.environment["REDIS_URL"], set_as_current=False)
        app.conf.broker_transport_options = CELERY_BROKER_TRANSPORT_OPTIONS
        with app.connection_for_write() as connection:
            app.send_task(task, args=[conversation_id], queue=queue, ignore_result=True, connection=connection)

    def conversation(self, customer: str) -> int:
        return int(self.sql("SELECT id FROM conversations_conversation WHERE peer = %s", customer)[0][0])

    def open_work(self) -> int:
        """How much is not done yet: conversations to answer, messages to send, echoes to judge."""
        return int(
            self.sql(
                "SELECT (SELECT count(*) FROM conversations_conversation "
                "        WHERE mode = 'bot' AND answered_seq < last_inbound_seq)"
                " + (SELECT count(*) FROM conversations_message WHERE status IN ('queued', 'sending'))"
                " + (SELECT count(*) FROM conversations_parkedecho)"
            )[0][0]
        )

    def drain(self, seconds: float = 90) -> float:
        """Wait until nothing is left to do (Jepsen's rule: judge only what has come to rest). How long it took."""
        started = time.monotonic()
        with suppress(AssertionError):  # what is left is for the checker to name
            until(lambda: self.open_work() == 0, seconds, "the work to be done")
        return time.monotonic() - started


def until(done: Any, seconds: float, what: str) -> None:
    """Ask until it is so. Errors of servers that are being harmed count as no."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(psycopg.OperationalError, redis.RedisError, OSError):
            if done():
                return
        time.sleep(0.05)
    raise AssertionError(f"{seconds} seconds were not enough for {what}.")
