"""How many deliveries were turned away on which channel, and why: counted in the database, so true everywhere.

A row for a channel, a reason and a day (UTC). Called outside of transactions: the statement is one by itself, and
does not wait for the disk, since a flood of forgeries must not cost more than it has to. A power cut may lose the last
of it.
"""

import logging

from django.db import DatabaseError, connection

from bots.models import RefusedDelivery

logger = logging.getLogger(__name__)

Why = RefusedDelivery.Why

_COUNT = f"""
    WITH quick AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO {RefusedDelivery._meta.db_table} (channel, why, day, times)
    SELECT %s, %s, (now() AT TIME ZONE 'UTC')::date, 1 FROM quick
    ON CONFLICT (channel, why, day) DO UPDATE SET times = {RefusedDelivery._meta.db_table}.times + 1
"""  # noqa: S608 - the table's own name


def count(channel: str, why: str) -> None:
    """One more. Whatever happens here, the answer to the other side stays the same."""
    try:
        with connection.cursor() as cursor:
            cursor.execute(_COUNT, [channel, why])
    except DatabaseError as error:
        logger.error("refused delivery not counted", extra={"channel": channel, "error": type(error).__name__})
