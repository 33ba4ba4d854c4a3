"""A web server of ours as a real process, on the database of the running test."""

import contextlib
import os
import re
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]
_WEB = next(line for line in (ROOT / "Procfile").read_text().splitlines() if line.startswith("web:")).split()
THREADS = int(_WEB[_WEB.index("--blocking-threads") + 1])  # of one worker, as it is deployed


def database_url() -> str:
    """Of the test's own database."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path="/" + connection.settings_dict["NAME"]))


@contextlib.contextmanager
def serving(**environment: str) -> Iterator[int]:
    """The port of a granian of one process, as the Procfile starts it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--workers", "1"),
        *("--blocking-threads", str(THREADS), "--host", "127.0.0.1", "--port", str(port), "config.wsgi:application"),
    ]
    given = {**os.environ, "DATABASE_URL": database_url(), "PROCESS": "web", "DEBUG": "false"}
    given |= {"DJANGO_SETTINGS_MODULE": "config.settings", **environment}
    process = subprocess.Popen(command, cwd=ROOT, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        _until_it_listens(port, process)
        yield port
    finally:
        process.terminate()
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _until_it_listens(port: int, process: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + 30
    while time.monotonic() < give_up and process.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.1)
    raise AssertionError("the server does not listen")


def status(
    port: int, path: str, body: bytes | None = None, *, timeout: float = 15, **headers: str
) -> tuple[int, bytes]:
    """Ask once: the status and the body; 0 if there was no answer."""
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=body, headers=names)
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return response.status, response.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()
    except OSError:
        return 0, b""


def raw(port: int, *pieces: bytes, pause: float = 0, patience: float = 10) -> bytes:
    """Write these pieces to the socket, `pause` seconds apart, and read whatever comes within `patience` seconds."""
    with socket.create_connection(("127.0.0.1", port), 5) as peer:
        answer = b""
        try:
            for piece in pieces:
                peer.sendall(piece)
                time.sleep(pause)
            peer.settimeout(patience)
            while (chunk := peer.recv(65_536)) and not _whole(answer := answer + chunk):
                pass
        except OSError:
            pass
        return answer


def _whole(answer: bytes) -> bool:
    head, _, body = answer.partition(b"\r\n\r\n")
    length = re.search(rb"content-length: (\d+)", head.lower())
    return len(body) >= int(length[1]) if length else body.endswith(b"0\r\n\r\n")


class Outage:
    """The database lets nobody in, and throws out whoever is there. For the length of a `with`."""

    def __init__(self) -> None:
        self._name = connection.settings_dict["NAME"]

    def __enter__(self) -> None:
        connection.close()
        connection.close_pool()
        self._say(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS false')
        self._say(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self._name}'")

    def __exit__(self, *_: object) -> None:
        self._say(f'ALTER DATABASE "{self._name}" ALLOW_CONNECTIONS true')

    def _say(self, sql: str) -> None:
        parts = urlsplit(os.environ["DATABASE_URL"])
        with psycopg.connect(urlunsplit(parts._replace(path="/postgres")), autocommit=True) as outside:
            outside.execute(sql)
