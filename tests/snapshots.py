"""What is made once for all processes of a test run: loaded presets, written back row by row; and vectors of texts.

Loading a preset for real takes a second (`tests/bookings/test_presets.py` does that), and the vectors of its texts ten more.
"""

import fcntl
import hashlib
import json
import os
import pickle
import shutil
import sqlite3
from array import array
from collections.abc import Mapping
from threading import Lock
from typing import Any

from django.apps import apps
from django.conf import settings
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from bots.embeddings import BundledEmbedder
from bots.models import Bot
from conversations.presets import loading

RUN = os.environ.get("PYTEST_XDIST_TESTRUNUID", f"alone-{os.getpid()}")
KEPT = settings.BASE_DIR / ".frontdesk" / "test-presets" / RUN

Rows = dict[str, bytes]  # what COPY wrote, by table


def load_preset(name: str, environment: Mapping[str, str]) -> Bot:
    """The preset's bot with everything it needs, as `conversations.presets.loading.load` makes it in an empty database."""
    key = hashlib.sha256(json.dumps([name, sorted(environment.items())]).encode()).hexdigest()
    KEPT.mkdir(parents=True, exist_ok=True)
    with (KEPT / key).open("a+b") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        file.seek(0)
        if kept := file.read():
            slug, rows = pickle.loads(kept)
            _write(rows)
            return Bot.objects.get(slug=slug)
        bot = loading.load(name, environment)
        pickle.dump((bot.slug, _read()), file)
        return bot


def remember_vectors() -> None:
    """From now on each text is embedded by the first process that meets it, for later runs too."""
    KEPT.parent.mkdir(parents=True, exist_ok=True)
    place = KEPT.parent / f"vectors-{BundledEmbedder.name}"
    vectors = sqlite3.connect(place, timeout=60, isolation_level=None, check_same_thread=False)
    vectors.execute("CREATE TABLE IF NOT EXISTS vector (text, is_query, coordinates, PRIMARY KEY (text, is_query))")
    embed = BundledEmbedder._embed

    def kept(self: BundledEmbedder, text: str, is_query: bool) -> tuple[float, ...]:
        question = "SELECT coordinates FROM vector WHERE text = ? AND is_query = ?"
        with lock:
            if found := vectors.execute(question, (text, is_query)).fetchone():
                return tuple(array("d", found[0]))
        made = embed(self, text, is_query)
        with lock:
            row = (text, is_query, array("d", made).tobytes())
            vectors.execute("INSERT OR IGNORE INTO vector VALUES (?, ?, ?)", row)
        return made

    lock = Lock()
    BundledEmbedder._embed = kept  # type: ignore[method-assign]


def forget() -> None:
    """To be called when the run is over."""
    shutil.rmtree(KEPT, ignore_errors=True)


def _tables() -> list[str]:
    return [table for table in connection.introspection.django_table_names() if not table.startswith("django_")]


def _read() -> Rows:
    rows = {}
    with connection.cursor() as cursor:
        for table in _tables():
            with _copy(cursor, f"COPY {connection.ops.quote_name(table)} TO STDOUT (FORMAT binary)") as copy:
                rows[table] = b"".join(copy)
    return {table: data for table, data in rows.items() if table != "auth_permission"}


@transaction.atomic
def _write(rows: Rows) -> None:
    with connection.cursor() as cursor:
        for table, data in rows.items():
            with _copy(cursor, f"COPY {connection.ops.quote_name(table)} FROM STDIN (FORMAT binary)") as copy:
                copy.write(data)
        # With the tables between two models: where a number is taken already, Django passes over such a row in silence.
        models = [one for one in apps.get_models(include_auto_created=True) if one._meta.db_table in rows]
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _copy(cursor: CursorWrapper, statement: str) -> Any:
    return cursor.cursor.copy(statement)
