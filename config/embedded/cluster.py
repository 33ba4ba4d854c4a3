"""PostgreSQL's files: made once by initdb, and only believed when they are complete and ours."""

import subprocess
from pathlib import Path

from config.embedded import account, files, processes, programs
from config.embedded.errors import ServerError
from config.embedded.state import State

# The builtin C.UTF-8 treats all alphabets alike on every system, whatever locales that has installed.
LOCALE = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")


def exists(data_dir: Path, state: State) -> bool:
    """Whether there is a finished cluster that knows the passwords in `state`. Raises ServerError if it is no use."""
    home = account.home(data_dir)
    mark = home / "cluster"
    if not mark.exists():
        return False
    if mark.read_text(**files.UTF8).splitlines()[0] != state.cluster:
        if home == data_dir:
            raise ServerError(f"The passwords of the database in {data_dir} are lost, so its data must be forgotten.")
        return False  # root deleted the data directory itself: what is left in PostgreSQL's place is nobody's any more
    version = (home / "postgres" / "PG_VERSION").read_text().strip()
    if version != programs.POSTGRES_MAJOR:
        wanted = programs.POSTGRES_MAJOR
        raise ServerError(f"The data in {data_dir} were written by PostgreSQL {version}; this is {wanted}.")
    return True


def make(data_dir: Path, state: State, durable: bool) -> None:
    """Run initdb, in place of whatever a broken attempt has left."""
    home = account.home(data_dir)
    folder, password_file = home / "postgres", home / "password"
    for leftover in (home / "cluster", folder, password_file):
        files.delete(leftover)
    folder.mkdir(mode=0o700)
    files.write(password_file, state.superuser_password)
    account.give(folder)
    account.give(password_file)
    speed = () if durable else ("--no-sync",)
    words = ("-D", folder, "-U", "postgres", f"--pwfile={password_file}", "--auth=scram-sha-256", *LOCALE, *speed)
    done = subprocess.run(
        [programs.postgres() / "initdb", *words],
        cwd=folder, env=processes.environment(), capture_output=True, text=True, check=False, **account.run_as(),
    )  # fmt: skip
    files.delete(password_file)
    if done.returncode:
        raise ServerError(f"initdb failed in {folder}:\n{done.stdout[-500:]}\n{done.stderr[-1500:]}")


def mark_finished(data_dir: Path, state: State) -> None:
    """Written last; the second line is for people who wonder whose data this is."""
    files.write(account.home(data_dir) / "cluster", f"{state.cluster}\n{data_dir}\n", mode=0o644)


def forget(data_dir: Path) -> None:
    """Delete the files. The server must be stopped."""
    home = account.home(data_dir)
    for name in ("postgres", "cluster", "password", "postgresql.conf", "pg_hba.conf"):
        files.delete(home / name)
