"""Wake-ups for workers: hints that may be lost, doubled or late; the sweeps find the same work in the tables."""

import base64
import json
import logging
import time
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from celery import current_app
from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import ConnectionError, RedisError
from redis.retry import Retry

logger = logging.getLogger(__name__)

REST_SECONDS = 10  # after a failure nobody in this process enqueues for so long: a dead broker costs one time-out
SLOW_SECONDS = 1  # while a wake-up has been under way for longer, no other thread joins the waiting

_quiet_until = 0.0
_in_doubt = False  # after a failed wake-up one thread at a time tries, until one gets through
_under_way: list[float] = []  # when the wake-ups that are not through yet began, by the monotonic clock


_silenced = False


@contextmanager
def silenced() -> Iterator[None]:
    """Wake nobody up from this process: it does the work itself, as the talk lab does."""
    global _silenced
    _silenced = True
    try:
        yield
    finally:
        _silenced = False


def enqueue(task: str, row_id: int) -> None:
    """Enqueue a task that takes one row's id, once the transaction has committed. Never raises."""
    if _silenced:
        return
    transaction.on_commit(lambda: enqueue_now(task, row_id), robust=True)


def enqueue_now(task: str, row_id: int) -> None:
    """Enqueue at once. Never raises."""
    global _quiet_until, _in_doubt
    if _silenced:
        return
    now = time.monotonic()
    waiting_for = now - min(list(_under_way), default=now)
    if now < _quiet_until or waiting_for > SLOW_SECONDS or (_in_doubt and _under_way):
        return
    _under_way.append(now)
    try:
        _publish(task, row_id)
        _in_doubt = False
    except (RedisError, OSError) as error:
        _in_doubt = True
        _quiet_until = time.monotonic() + REST_SECONDS
        logger.warning("broker does not answer; the sweeps take over", extra={"error": type(error).__name__})
    finally:
        _under_way.remove(now)


def waiting(task: str) -> int:
    """Return how many messages wait in the task's queue. Raises RedisError while the broker is away."""
    return int(_broker().llen(_list_of(task)))


def _publish(task: str, row_id: int) -> None:
    """Push one task message, as kombu 5.7 lays it into Redis (Celery's message protocol 2).

    `send_task` costs five times as much CPU, kombu's producer twice as much: it makes a client for every message.
    """
    number = str(uuid.uuid4())
    queue = _queue_of(task)
    message = {
        "body": base64.b64encode(json.dumps([[row_id], {}, {}]).encode()).decode(),
        "content-encoding": "utf-8",
        "content-type": "application/json",
        "headers": {"lang": "py", "task": task, "id": number, "root_id": number, "retries": 0, "ignore_result": True},
        "properties": {
            "correlation_id": number,
            "delivery_mode": 2,
            "delivery_info": {"exchange": "", "routing_key": queue},
            "priority": 0,
            "body_encoding": "base64",
            "delivery_tag": number,
        },
    }
    _broker().lpush(_list_of(task), json.dumps(message))


def _list_of(task: str) -> str:
    """Return the list in Redis that holds the messages of the task's queue."""
    return f"{settings.CELERY_BROKER_TRANSPORT_OPTIONS['global_keyprefix']}{_queue_of(task)}"


@cache
def _broker() -> Redis:
    """One client for the process. A connection that the broker has closed meanwhile is made anew, once."""
    options = settings.CELERY_BROKER_TRANSPORT_OPTIONS
    return Redis.from_url(
        settings.CELERY_BROKER_URL,
        socket_timeout=options["socket_timeout"],
        socket_connect_timeout=options["socket_connect_timeout"],
        socket_keepalive=True,
        retry=Retry(NoBackoff(), 1, supported_errors=(ConnectionError,)),
    )


@cache
def _queue_of(task: str) -> str:
    queue: str = current_app.amqp.router.route({}, task)["queue"].name
    return queue
