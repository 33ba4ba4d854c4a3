"""The embedded servers, for real. Tests that only look share a pair; those that do harm have their own."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urlsplit

import psutil
import psycopg
import pytest
import redis
from redis.backoff import NoBackoff
from redis.retry import Retry

from config import embedded
from config.embedded import account, programs

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parents[2]
is_root = os.geteuid() == 0


@pytest.fixture
def data_dir(tmp_path):
    """Where servers may be started; whatever runs there afterwards is stopped and deleted."""
    path = tmp_path / "servers"
    yield path
    embedded.forget(path)


@pytest.fixture(scope="module")
def shared(tmp_path_factory):
    """Running servers in the kind of place where people keep projects, and the rights of all folders above it before."""
    top = tmp_path_factory.mktemp("top")
    path = top / "it's a $place" / ("long" * 40) / ("path" * 40) / "servers"
    path.parent.mkdir(parents=True)
    top.chmod(0o700)
    before = rights_above(path)
    try:
        yield path, embedded.start(path, durable=False), before
    finally:
        embedded.forget(path)


def run(*words, timeout=60, **options):
    """`python -m config.embedded …` in a process of its own."""
    command = [sys.executable, "-m", "config.embedded", *map(str, words)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=timeout, **options)


def ask(servers, query):
    with psycopg.connect(servers.database_url, connect_timeout=5) as connection:
        return connection.execute(query).fetchone()[0]


def port_of(servers):
    return urlsplit(servers.database_url).port


def rights_above(path):
    return {folder: folder.stat().st_mode for folder in Path(path).parents if folder.exists()}


def test_a_path_with_a_blank_a_quote_and_300_characters(shared):
    data_dir, servers, before = shared
    assert ask(servers, "SELECT lower('ПРИВЕТ, ЩО')") == "привет, що"
    assert ask(servers, "SELECT '[1,2]'::vector::text") == "[1,2]"
    assert ask(servers, "SHOW timezone") == "UTC"
    with redis.Redis.from_url(servers.redis_url) as client:
        assert client.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}
    assert rights_above(data_dir) == before
    assert data_dir.stat().st_mode & 0o777 == 0o700
    assert (data_dir / "servers.json").stat().st_mode & 0o777 == 0o600


def test_nobody_gets_in_without_the_password_or_from_another_address(shared):
    data_dir, servers, _ = shared
    for user in ("frontdesk", "postgres", "root"):
        with pytest.raises(psycopg.OperationalError, match="password"):
            psycopg.connect(host="127.0.0.1", port=port_of(servers), user=user, password="wrong", dbname="frontdesk")
    for password in (None, "wrong"):
        port = urlsplit(servers.redis_url).port
        client = redis.Redis(port=port, password=password, retry=Retry(NoBackoff(), 0))
        with client, pytest.raises(redis.AuthenticationError):
            client.ping()
    listening = {c.laddr.ip for pid in pids(data_dir) for c in psutil.Process(pid).net_connections() if not c.raddr}
    assert listening == {"127.0.0.1"}
    assert ask(servers, "SELECT usesuper FROM pg_user WHERE usename = current_user") is False
    shown = [word for pid in pids(data_dir) for word in psutil.Process(pid).cmdline()]
    assert not [word for word in shown if urlsplit(servers.database_url).password in word]


def pids(data_dir):
    found = embedded.postgres_pid(data_dir), embedded.valkey_pid(data_dir)
    assert None not in found
    return found


def test_servers_outlive_a_killed_starter_and_are_taken_over(data_dir):
    starter = "import sys, time; from pathlib import Path; from config import embedded;"
    starter += "embedded.start(Path(sys.argv[1]), durable=False); print('up', flush=True); time.sleep(60)"
    process = subprocess.Popen([sys.executable, "-c", starter, data_dir], cwd=ROOT, stdout=subprocess.PIPE)
    with process:
        assert process.stdout.readline() == b"up\n"
        process.kill()
    before = pids(data_dir)
    servers = embedded.start(data_dir, durable=False)
    assert pids(data_dir) == before
    assert ask(servers, "SELECT 1") == 1
    embedded.stop(data_dir)
    assert embedded.status(data_dir) == {"postgres": None, "valkey": None}
    assert embedded.start(data_dir, durable=False) == servers, "ports and passwords stay"


def test_two_at_once_start_one_pair(data_dir):
    command = [sys.executable, "-m", "config.embedded", "start", "--not-durable", data_dir]
    both = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(2)]
    said = [process.communicate(timeout=60)[0] for process in both]
    assert [process.returncode for process in both] == [0, 0]
    assert said[0] == said[1] != ""
    for program in ("postgres", "valkey-server"):
        words = str(account.home(data_dir) / "postgres"), str(data_dir / "valkey.conf")
        running = [p for p in psutil.process_iter(["name", "cmdline"]) if set(words) & set(p.info["cmdline"] or ())]
        assert len([p for p in running if p.info["name"] == program]) == 1


def test_recovers_from_kill_on_the_same_ports(data_dir):
    servers = embedded.start(data_dir, durable=False)
    with psycopg.connect(servers.database_url, autocommit=True) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS n")
    for mode in ("immediate", "kill"):
        embedded.restart_postgres(data_dir, mode)
        assert ask(servers, "SELECT n FROM kept") == 42
    with redis.Redis.from_url(servers.redis_url) as client:
        client.set("gone", 1)
    os.kill(embedded.valkey_pid(data_dir), signal.SIGSTOP)
    embedded.stop_valkey(data_dir)
    embedded.start_valkey(data_dir)
    with redis.Redis.from_url(servers.redis_url) as client:
        assert client.get("gone") is None


def test_stale_pid_file_and_taken_port(data_dir):
    servers = embedded.start(data_dir, durable=False)
    embedded.stop(data_dir)
    stranger = subprocess.Popen(["sleep", "60"])
    pid_file = account.home(data_dir) / "postgres" / "postmaster.pid"
    pid_file.write_text(f"{stranger.pid}\n{pid_file.parent}\n{int(time.time())}\n1\n\n127.0.0.1\n  0 0\n")
    with socket.create_server(("127.0.0.1", port_of(servers))):
        again = embedded.start(data_dir, durable=False)
    assert again.database_url != servers.database_url
    assert ask(again, "SELECT 1") == 1
    assert stranger.poll() is None, "a number that was given to somebody else is left alone"
    stranger.kill()
    stranger.wait()


def test_half_made_cluster_is_made_anew_and_forgotten_without_other_peoples_files(data_dir):
    embedded.start(data_dir, durable=False)
    os.kill(embedded.postgres_pid(data_dir), signal.SIGKILL)
    (account.home(data_dir) / "cluster").unlink()
    (account.home(data_dir) / "postgres" / "PG_VERSION").unlink()
    assert ask(embedded.start(data_dir, durable=False), "SELECT 1") == 1

    (data_dir / "letter.txt").write_text("dear")
    embedded.forget(data_dir)
    assert embedded.status(data_dir) == {"postgres": None, "valkey": None}
    assert [path.name for path in data_dir.iterdir()] == ["letter.txt"]
    (data_dir / "letter.txt").unlink()
    embedded.forget(data_dir)
    assert not data_dir.exists()
    assert not account.home(data_dir).exists()


AS_NOBODY = """
import encodings.idna, os, pwd, sys, pathlib
from config import embedded
from config.embedded import account, programs
account = pwd.getpwnam("nobody")
os.setgroups([]), os.setgid(account.pw_gid), os.setuid(account.pw_uid)  # after the imports: Python may be root's alone
for action in sys.argv[2:]:
    options = {"durable": False} if action == "start" else {}
    print(getattr(embedded, action)(pathlib.Path(sys.argv[1]), **options))
"""


@pytest.mark.skipif(not is_root, reason="only root can become somebody else")
def test_an_ordinary_user():
    nobody = pwd.getpwnam("nobody")
    if not programs.may_run(programs.installed_postgres() / "postgres"):
        pytest.skip("the packages lie in a folder that only root may enter")
    home = Path(tempfile.mkdtemp(prefix="frontdesk"))  # pytest's own folder is root's alone
    os.chown(home, nobody.pw_uid, nobody.pw_gid)
    data_dir = home / "a blank" / "servers"

    def as_nobody(*actions):
        command = [sys.executable, "-c", AS_NOBODY, data_dir, *actions]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)
        assert done.stderr == ""
        return done.stdout.split()

    try:
        *_, postgres, valkey = as_nobody("start", "postgres_pid", "valkey_pid")
        for pid in (postgres, valkey):
            assert psutil.Process(int(pid)).uids().effective == nobody.pw_uid
        refused = run("start", data_dir)
        assert (refused.returncode, "belongs to another user" in refused.stderr) == (1, True)
        as_nobody("forget")
        assert not data_dir.exists()
        assert not psutil.pid_exists(int(valkey)) or psutil.Process(int(valkey)).status() == psutil.STATUS_ZOMBIE
    finally:
        as_nobody("forget")
        shutil.rmtree(home)


@pytest.mark.faults  # a case for few, and some 70 MB to copy
@pytest.mark.skipif(not is_root, reason="only root runs PostgreSQL as somebody else")
def test_programs_that_the_account_cannot_reach_are_copied(tmp_path, monkeypatch):
    monkeypatch.setattr(account, "SYSTEM_DIR", Path(f"/var/lib/frontdesk-test-{os.getpid()}"))
    monkeypatch.setattr(programs, "may_run", lambda program: program.is_relative_to(account.SYSTEM_DIR))
    data_dir = tmp_path / "servers"
    try:
        servers = embedded.start(data_dir, durable=False)
        program = psutil.Process(embedded.postgres_pid(data_dir)).exe()
        assert program.startswith(str(account.SYSTEM_DIR / "programs-"))
        assert ask(servers, "SELECT '[1,2]'::vector::text") == "[1,2]"
    finally:
        embedded.forget(data_dir)
    assert not account.SYSTEM_DIR.exists()


def test_command_line(shared, tmp_path):
    data_dir, servers, _ = shared
    refused = run("url", tmp_path)
    assert (refused.returncode, "Nothing was ever started" in refused.stderr) == (1, True)
    exported = f"DATABASE_URL={servers.database_url}\nREDIS_URL={servers.redis_url}\n"
    assert [run(action, data_dir).stdout for action in ("start", "url")] == [exported, exported]
    assert run("status", data_dir).stdout.count("running, process") == 2
    assert run("stop", data_dir).returncode == 0
    assert embedded.status(data_dir) == {"postgres": None, "valkey": None}
