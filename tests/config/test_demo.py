"""The supervisor of `make demo`, with real servers and real processes.

A small project stands in for ours where only the supervising is in question: its web process is a small HTTP server,
its workers sleep. The whole demo is started, killed and stopped by the last test (`make faults`).
"""

import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
import pytest

from config import demo, demo_hint, embedded
from config.demo.address import host_from_environment
from config.demo.processes import mark_of

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]

WEB = """
import http.server, os
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b"ok")
    def log_message(self, *words): pass
http.server.ThreadingHTTPServer((os.environ["HOST"], int(os.environ["PORT"])), Handler).serve_forever()
"""
MANAGE = """
import os, sys, psycopg
with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    if sys.argv[1] == "migrate":
        connection.execute("CREATE TABLE IF NOT EXISTS bots_business (id int unique)")
    if sys.argv[1] == "load_preset":
        connection.execute("INSERT INTO bots_business VALUES (1) ON CONFLICT DO NOTHING")
    if sys.argv[1] == "repeat":
        businesses = connection.execute("SELECT count(*) FROM bots_business").fetchone()[0]
        for line in sys.stdin:
            print(businesses, *sys.argv[2:], line.strip(), flush=True)
        sys.exit(7)
"""
PROCFILE = """
release: false
web: python web.py
worker: sleep 600
stubborn: python -c "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); time.sleep(600)"
"""
RUN = """
import functools, pathlib, sys
from config import embedded
from config.demo import holding, main, processes, supervisor
processes.BASE_DIR = pathlib.Path(sys.argv[1])
processes.LEFTOVER_SECONDS = holding.PATIENCE_SECONDS = 0.5
supervisor.STOP_SECONDS = 1
embedded.start = functools.partial(embedded.start, durable=False)  # what it costs to be safe from power cuts
sys.exit(main(sys.argv[2:]))
"""


@pytest.fixture
def project(tmp_path):
    """A project of three files, and nothing left running when the test is over."""
    folder = tmp_path / "a project"
    folder.mkdir()
    for name, text in (("web.py", WEB), ("manage.py", MANAGE), ("Procfile", PROCFILE)):
        (folder / name).write_text(text)
    yield folder
    for process in ours(folder / "data"):
        process.kill()
    embedded.forget(folder / "data" / "servers")


@contextmanager
def running(project, port, *words):
    """The demo in a process of its own; killed at the end if it still lives."""
    command = [sys.executable, "-c", RUN, project, "--data-dir", project / "data", "--port", port, *words]
    process = subprocess.Popen(
        list(map(str, command)), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )
    with process:
        try:
            yield process
        finally:
            process.kill()


def run(project, *words, **options):
    """The demo's command line, to the end."""
    command = [sys.executable, "-c", RUN, project, "--data-dir", project / "data", *words]
    return subprocess.run(
        list(map(str, command)), cwd=ROOT, capture_output=True, text=True, timeout=60, check=False, **options
    )


def read_until(process, pattern):
    """All lines up to the first that matches; fails with what was said instead."""
    said = ""
    for line in process.stdout:
        said += line
        if re.search(pattern, line):
            return said
    raise AssertionError(f"It never said {pattern!r}, only:\n{said}")


def ours(data_dir):
    marked = [process for process in psutil.process_iter() if mark_of(process) == str(data_dir)]
    return [process for process in marked if process.status() != psutil.STATUS_ZOMBIE]


def called(data_dir, word):
    """The process with `word` in its command line; waits for it to appear."""
    end = time.monotonic() + 15
    while time.monotonic() < end:
        for process in ours(data_dir):
            if word in " ".join(process.cmdline()) and process.name() != "sh":
                return process
        time.sleep(0.05)
    raise AssertionError(f"No {word} among {ours(data_dir)}")


def health(port):
    with closing(http.client.HTTPConnection("127.0.0.1", port, timeout=5)) as connection:
        connection.request("GET", "/health/")
        with connection.getresponse() as answer:
            return answer.status


@pytest.fixture
def port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_killed_and_started_again_then_stopped(project, port):
    data_dir = project / "data"
    with running(project, port) as first:
        said = read_until(first, "Ctrl-C stops")
        assert "Loading the demo business" in said
        password = re.search(r"user: owner +password: (\S+)", said)[1]
        assert health(port) == 200

        with running(project, port) as second:
            told = second.communicate(timeout=20)[0]
            assert (second.returncode, "running here already" in told) == (1, True)

        before = embedded.status(data_dir / "servers")
        done = run(project, "--run", "repeat", "--loud", input="hello\n")
        assert (done.returncode, done.stdout, done.stderr) == (7, "1 --loud hello\n", "")
        assert embedded.status(data_dir / "servers") == before

        worker = called(data_dir, "sleep 600")
        worker.kill()
        assert "starting it again in 1 s" in read_until(first, "worker stopped by itself")
        assert called(data_dir, "sleep 600").pid != worker.pid
        servers = embedded.status(data_dir / "servers")
        first.kill()
    left = ours(data_dir)
    assert len(left) == 3

    with running(project, port) as third:
        said = read_until(third, "Ctrl-C stops")
        assert "Stopping 3 processes" in said
        assert "Loading the demo business" not in said
        assert password in said
        assert embedded.status(data_dir / "servers") == servers
        assert not set(left) & set(ours(data_dir))
        third.send_signal(signal.SIGINT)
        assert third.wait(timeout=20) == 0
    assert ours(data_dir) == []
    assert embedded.status(data_dir / "servers") == {"postgres": None, "valkey": None}
    assert data_dir.stat().st_mode & 0o777 == 0o700
    assert (data_dir / "secrets.json").stat().st_mode & 0o777 == 0o600


def test_command_without_a_demo_starts_the_servers_and_the_last_one_stops_them(project):
    data_dir = project / "data"
    words = [sys.executable, "-c", RUN, project, "--data-dir", data_dir, "--run", "repeat"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    with subprocess.Popen(list(map(str, words)), cwd=ROOT, **pipes) as first:
        print("hello", file=first.stdin, flush=True)
        assert first.stdout.readline() == "1 hello\n"
        assert run(project, "--run", "repeat", "twice", input="hello\n").stdout == "1 twice hello\n"
        assert None not in embedded.status(data_dir / "servers").values()
        refused = run(project, "--reset")
        assert (refused.returncode, "in use" in refused.stdout) == (1, True)
        said = first.communicate()[1]
        assert (first.returncode, said.splitlines()[0]) == (7, "Starting the demo's database.")
    assert embedded.status(data_dir / "servers") == {"postgres": None, "valkey": None}
    assert run(project, "--reset").returncode == 0
    assert not data_dir.exists()


def test_stopped_by_a_signal_while_it_starts(project, port):
    with running(project, port) as process:
        read_until(process, "Starting PostgreSQL")
        process.send_signal(signal.SIGTERM)
        assert "Stopped." in process.communicate(timeout=20)[0]
    assert process.returncode == 0
    assert ours(project / "data") == []
    assert embedded.status(project / "data" / "servers") == {"postgres": None, "valkey": None}


def test_taken_port_is_said_in_one_sentence(project):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with running(project, port) as process:
            said = process.communicate(timeout=20)[0]
    assert process.returncode == 1
    assert re.fullmatch(rf"Port {port} is taken\. Run: make demo PORT=\d+\n", said)


def test_stops_when_make_is_killed(project, port):
    """What stands between us and the demo dies; the demo notices and cleans up."""
    command = [sys.executable, "-c", RUN, project, "--data-dir", project / "data", "--port", port, "--stop-with-parent"]
    parent = "import subprocess, sys; subprocess.run(sys.argv[1:])"
    with subprocess.Popen([sys.executable, "-c", parent, *map(str, command)], cwd=ROOT, stdout=subprocess.PIPE) as make:
        lines = iter(make.stdout.readline, b"")
        assert any(b"Ctrl-C stops" in line for line in lines)
        make.kill()
        assert any(b"Stopped." in line for line in lines)
    assert ours(project / "data") == []


@pytest.mark.parametrize("port", ["0", "70000", "eighty", "-1", "٨٠٠٠"])
def test_wrong_port(port, capsys):
    with pytest.raises(SystemExit):
        demo.main([f"--port={port}"])
    assert "is no port" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("given", "listens"),
    [("my-laptop", "127.0.0.1"), ("", "127.0.0.1"), ("0.0.0.0", "0.0.0.0"), ("::1", "::1"), ("localhost", "localhost")],
)
def test_host_that_a_shell_sets_is_no_wish(given, listens, monkeypatch):
    monkeypatch.setenv("HOST", given)
    assert host_from_environment() == listens


def test_reset_forgets_nothing_that_is_not_a_demo(tmp_path, capsys):
    (tmp_path / "letter.txt").write_text("dear")
    assert demo.main(["--reset", "--data-dir", str(tmp_path)]) == 0
    assert capsys.readouterr().out == "There is nothing to forget.\n"
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_a_setting_that_is_wrong_is_said_in_its_own_sentence(project, port):
    """And not as a failed step with the path of a log."""
    said = (
        "SystemCheckError: System check identified some issues:\n\nERRORS:\n"
        "?: (frontdesk.E012) ADMIN_API_KEY has fewer than 20 characters, so it opens nothing.\n"
        "\tHINT: Make one with: python -c 'import secrets'\nThe whole log: /somewhere/migrate.log"
    )
    (project / "manage.py").write_text(f"import sys\nsys.stderr.write({said!r})\nsys.exit(1)\n")
    with running(project, port) as process:
        lines = process.communicate(timeout=30)[0].splitlines()
    assert lines[-1] == (
        "ADMIN_API_KEY has fewer than 20 characters, so it opens nothing. Make one with: python -c 'import secrets'"
    )
    assert process.returncode == 1


@pytest.mark.parametrize(("made", "environment", "says"), [
    (True, {}, True),
    (False, {}, False),
    (True, {"DATABASE_URL": "postgres://elsewhere/db"}, False),
    (True, {"FIELD_ENCRYPTION_KEYS": "own"}, False),
])  # fmt: skip
def test_a_bare_command_beside_a_demo_is_told_the_way(made, environment, says, tmp_path, monkeypatch):
    monkeypatch.setattr(demo_hint, "DEMO", tmp_path)
    for name in demo_hint.OWN:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    if made:
        (tmp_path / "secrets.json").write_text("{}")
    assert demo_hint.way_to_the_demo(["demo"]) == ""
    way = ".venv/bin/python -m config.demo --run load_preset 'my shop'"
    assert (way in demo_hint.way_to_the_demo(["load_preset", "my shop"])) is says


@pytest.mark.faults
@pytest.mark.timeout(300)
def test_the_whole_demo(tmp_path, port):
    data_dir = tmp_path / "demo"
    command = [sys.executable, "manage.py", "demo", "--data-dir", str(data_dir), "--port", str(port)]
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL")}
    try:
        for _ in range(2):  # cold, then over what the killed one has left; how long it takes is in `make bench`
            with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
                read_until(process, "Ctrl-C stops")
                assert health(port) == 200
                process.kill()
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True) as process:
            read_until(process, "Ctrl-C stops")
            chat = [*command[:5], "--run", "chat", "ceramics"]
            told = subprocess.run(chat, cwd=ROOT, env=environment, input="Hi\n\n", capture_output=True, text=True)
            assert "assistant of" in told.stdout
            process.send_signal(signal.SIGHUP)
            assert process.wait(timeout=30) == 0
        assert ours(data_dir) == []
        assert embedded.status(data_dir / "servers") == {"postgres": None, "valkey": None}
    finally:
        subprocess.run([*command[:5], "--reset"], cwd=ROOT, env=environment, check=True)
    assert not data_dir.exists()
