"""The installation itself: database, broker, the processes that do the work, and the address by which people come."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from bots.db import clock
from bots.models import Bot, Heartbeat
from bots.setup import LOOK, OK, WRONG, Finding

OLDEST_POSTGRES = 15
SILENT_AFTER = timedelta(seconds=60)
MOST_SKEW = timedelta(seconds=5)


def check(bot: Bot | None) -> Iterator[Finding]:
    """Return the same for every bot."""
    yield from _database()
    yield _broker()
    yield _address()


def _database() -> Iterator[Finding]:
    try:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT current_setting('server_version_num')::int / 10000, clock_timestamp(),"
                " (SELECT extversion FROM pg_extension WHERE extname = 'vector')"
            )
            version, theirs, vectors = cursor.fetchone()
        steps = MigrationExecutor(connection)
        missing = len(steps.migration_plan(steps.loader.graph.leaf_nodes()))
    except DatabaseError:
        yield Finding(
            service="Database", state=WRONG, words="It cannot be reached.", todo="Check DATABASE_URL, and that it runs."
        )
        return
    words = f"PostgreSQL {version}, pgvector {vectors or 'missing'}."
    if version < OLDEST_POSTGRES or vectors is None:
        todo = f"Use PostgreSQL {OLDEST_POSTGRES} or newer, with the extension pgvector."
        yield Finding(service="Database", state=WRONG, words=words, todo=todo)
    elif missing:
        yield Finding(service="Database", state=WRONG, words=f"{words} Its tables are behind by {missing} steps.",
                      todo="Run: manage.py migrate")  # fmt: skip
    else:
        yield Finding(service="Database", state=OK, words=words)
        yield _worker()
    skew = abs(theirs - datetime.now(UTC))  # noqa: TID251 - this machine's clock is what is looked at
    if skew > MOST_SKEW:
        words = f"Its clock and this machine's differ by {skew.total_seconds():.0f} seconds."
        yield Finding(service="Clock", state=WRONG, words=words, todo="Let both take the time by NTP.")


def _worker() -> Finding:
    beat_at = Heartbeat.objects.filter(name="beat and worker").values_list("at", flat=True).first()
    if beat_at is not None and clock.now() - beat_at < SILENT_AFTER:
        return Finding(service="Work in the background", state=OK, words="Beat and workers are alive.")
    words = "Nothing was heard of beat and workers in the last minute." if beat_at else "It has never run."
    return Finding(
        service="Work in the background", state=LOOK, words=words, todo="Start the processes of the Procfile."
    )


def _broker() -> Finding:
    client = redis.Redis.from_url(settings.REDIS_URL, socket_timeout=3, socket_connect_timeout=3)
    try:
        client.ping()
    except redis.AuthenticationError:
        return Finding(service="Broker", state=WRONG, words="It refuses the password.", todo="Check REDIS_URL.")
    except (redis.RedisError, OSError):
        todo = "Check REDIS_URL, and that it runs. Until then everything is done a few seconds later."
        return Finding(service="Broker", state=WRONG, words="It cannot be reached.", todo=todo)
    finally:
        client.close()
    return Finding(service="Broker", state=OK, words="It answers.")


def _address() -> Finding:
    parts = urlsplit(settings.PUBLIC_URL)
    words = f"Links in messages to managers begin with {settings.PUBLIC_URL}."
    if parts.hostname in ("localhost", "127.0.0.1", "::1"):
        todo = "Set PUBLIC_URL to the address by which your team reaches this site from their phones."
        return Finding(service="Address", state=LOOK, words=words, todo=todo)
    if parts.scheme != "https":
        return Finding(service="Address", state=LOOK, words=words, todo="Serve it by HTTPS: who listens can decide.")
    return Finding(service="Address", state=OK, words=words)
