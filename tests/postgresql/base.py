"""The project's backend, with a database that is made by copying, emptied in a tenth of the time, and whose clock can be moved.

Tables are made once for all processes of a run, and again when what makes them has changed. TRUNCATE makes every table,
index and sequence anew, whether it held anything or not; most tests leave ten rows.
"""

import fcntl
import hashlib
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import creation, operations
from psycopg import sql

from config.postgresql import base

THE_SAME_AFTER_EVERY_TEST = ("django_content_type", "auth_permission")  # made from the models by every flush
MOVED = Path(__file__).parent / "moved.sql"
PREFIX = "tables_"


class DatabaseCreation(creation.DatabaseCreation):
    """Makes a test database as a copy of one that has the tables."""

    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        self.connection.settings_dict["TEST"]["TEMPLATE"] = self._with_tables()
        name = super()._create_test_db(verbosity, autoclobber, keepdb)
        with self._connected("postgres") as server:
            _put_moved_clocks_first(server, name)
        return name

    def _with_tables(self) -> str:
        """The name of a database with all tables and nothing in them; made by the first process that needs it."""
        name = PREFIX + _fingerprint()
        with (
            (settings.BASE_DIR / ".frontdesk" / "tables.lock").open("w") as file,
            self._connected("postgres") as server,
        ):
            fcntl.flock(file, fcntl.LOCK_EX)
            old = server.execute("SELECT datname FROM pg_database WHERE starts_with(datname, %s)", [PREFIX]).fetchall()
            if (name,) in old:
                return name
            half_made = f"{PREFIX}half_made"
            for (one,) in {*old, (half_made,)}:
                server.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(one)))
            server.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(half_made)))
            _put_moved_clocks_first(server, half_made)  # before any column takes its default from a clock
            with self._connected(half_made) as database:
                database.execute(MOVED.read_text())
            self._migrate(half_made)
            rename = sql.SQL("ALTER DATABASE {} RENAME TO {}")
            server.execute(rename.format(sql.Identifier(half_made), sql.Identifier(name)))
        return name

    def _migrate(self, name: str) -> None:
        """In a process of its own: nothing there is traced or patched."""
        own = {"DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": self._url(name)}
        command = [sys.executable, "manage.py", "migrate", "--verbosity", "0"]
        done = subprocess.run(command, cwd=settings.BASE_DIR, env=os.environ | own, capture_output=True, text=True)
        if done.returncode:
            raise RuntimeError(done.stdout + done.stderr)

    def _connected(self, name: str) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self._url(name), autocommit=True)

    def _url(self, name: str) -> str:
        server, _, _ = os.environ["DATABASE_URL"].rpartition("/")
        return f"{server}/{name}"


def _put_moved_clocks_first(server: psycopg.Connection[tuple[Any, ...]], name: str) -> None:
    path = sql.SQL("ALTER DATABASE {} SET search_path = moved, public, pg_catalog")
    server.execute(path.format(sql.Identifier(name)))


def _fingerprint() -> str:
    """Of all that makes tables: our migrations, the versions of what brings others, and the moved clocks."""
    made_of = [*sorted(settings.BASE_DIR.glob("*/migrations/*.py")), settings.BASE_DIR / "requirements.txt", MOVED]
    return hashlib.sha256(b"".join(path.read_bytes() for path in made_of)).hexdigest()[:16]


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        """Django's flush. In any order: foreign keys are looked at when the transaction ends."""
        return [f"DELETE FROM {self.quote_name(table)};" for table in tables if table not in THE_SAME_AFTER_EVERY_TEST]


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
