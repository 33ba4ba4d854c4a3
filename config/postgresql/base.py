"""Django's PostgreSQL backend with one difference: whether a pooled connection still lives is seen without asking.

psycopg's own check is a round trip for every request, a quarter of what taking a webhook costs in the database
(docs/decisions/0005-webhook-path.md). A server that stopped or was restarted has closed its end, and that can be seen
here. A server that vanished without a word is met by the statement itself, which then fails.
"""

import select
from typing import Any

import psycopg
from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection whose other end is open. Raises OperationalError when the pool cannot give one in time."""
        while True:
            connection = super().get_new_connection(conn_params)
            if self.pool is None or is_open(connection):
                return connection
            connection.close()
            self.pool.putconn(connection)  # the pool throws it away and makes another


def is_open(connection: psycopg.Connection[Any]) -> bool:
    """Return whether the other end is there. Between statements a server says nothing, unless it is to say good-bye."""
    if connection.closed:
        return False
    line = select.poll()
    line.register(connection.fileno(), select.POLLIN)
    return not line.poll(0)
