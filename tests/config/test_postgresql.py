"""The database connection that is handed out lives, without a question to the server."""

import psycopg
import pytest
from django.db import connection

from config.postgresql.base import is_open

pytestmark = pytest.mark.django_db(transaction=True)


def backend() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


def another() -> psycopg.Connection:
    """A connection that is not of the pool."""
    connection.ensure_connection()
    info = connection.connection.info
    return psycopg.connect(info.dsn, password=info.password, autocommit=True)


def end(pid: int, by: psycopg.Connection) -> None:
    """As a restart of the server does."""
    by.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def test_a_connection_that_the_server_ended_is_not_handed_out_again() -> None:
    pid = backend()
    with another() as other:
        connection.close()  # back into the pool
        end(pid, by=other)
    assert backend() != pid


def test_a_living_connection_is_handed_out_again() -> None:
    connection.close()
    connection.close_pool()  # which may still be replacing what another test has killed
    backend()
    made = connection.pool.get_stats()["connections_num"]
    connection.close()
    backend()
    assert connection.pool.get_stats()["connections_num"] == made


def test_open_is_told_from_closed() -> None:
    with another() as one, another() as other:
        assert is_open(one)
        end(one.info.backend_pid, by=other)
        assert not is_open(one)
        one.close()
        assert not is_open(one)
