"""The project's backend, with a database that is emptied in a tenth of the time, and whose clock can be moved.

TRUNCATE makes every table, index and sequence anew, whether it held anything or not; most tests leave ten rows.
"""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import psycopg
from django.db.backends.postgresql import creation, operations
from psycopg import sql

from config.postgresql import base

THE_SAME_AFTER_EVERY_TEST = ("django_content_type", "auth_permission")  # made from the models by every flush
MOVED = (Path(__file__).parent / "moved.sql").read_text()
PATH = "moved, public, pg_catalog"


class DatabaseCreation(creation.DatabaseCreation):
    def _create_test_db(self, verbosity: int, autoclobber: bool, keepdb: bool = False) -> str:
        """Django's, made with a clock that can be moved before anything takes its defaults from it."""
        name = super()._create_test_db(verbosity, autoclobber, keepdb)
        place = self.connection.settings_dict
        with psycopg.connect(
            host=place["HOST"], port=place["PORT"] or None, user=place["USER"], password=place["PASSWORD"], dbname=name
        ) as connection:
            if not connection.execute("SELECT to_regclass('tests.clock')").fetchone()[0]:  # type: ignore[index]
                connection.execute(MOVED)
                path = sql.SQL("ALTER DATABASE {} SET search_path = " + PATH)
                connection.execute(path.format(sql.Identifier(name)))
        return name


class DatabaseOperations(operations.DatabaseOperations):
    def sql_flush(self, style: Any, tables: Sequence[str], **options: Any) -> list[str]:
        """Django's flush. In any order: foreign keys are looked at when the transaction ends."""
        return [f"DELETE FROM {self.quote_name(table)};" for table in tables if table not in THE_SAME_AFTER_EVERY_TEST]


class DatabaseWrapper(base.DatabaseWrapper):
    creation_class = DatabaseCreation
    ops_class = DatabaseOperations
