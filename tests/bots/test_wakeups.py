"""The hand-made message of a wake-up is what Celery itself would have sent: kombu reads both alike."""

from typing import Any

import pytest
from celery import current_app
from django.conf import settings

from bots import wakeups

TASK = "attachments.fetch"


def taken(queue: Any) -> tuple[Any, dict[str, Any], dict[str, Any]]:
    """Body, headers and properties of the next message, as a worker's consumer gets them."""
    message = queue.get(timeout=5)
    message.ack()
    return message.payload, message.headers, message.properties


@pytest.mark.slow
def test_kombu_reads_a_wakeup_as_a_task_of_celery() -> None:
    name = current_app.amqp.router.route({}, TASK)["queue"].name
    with current_app.connection_for_read() as connection:
        queue = connection.SimpleQueue(name)
        queue.clear()
        wakeups.enqueue_now(TASK, 7)
        current_app.send_task(TASK, [7], queue=name)
        (body, headers, properties), (its_body, its_headers, its_properties) = taken(queue), taken(queue)
        queue.close()
    assert body[:2] == its_body[:2] == [[7], {}]
    for field in ("task", "lang", "retries"):
        assert headers[field] == its_headers[field], field
    for field in ("delivery_mode", "priority", "body_encoding", "delivery_info"):
        assert properties[field] == its_properties[field], field
    assert headers["id"] == headers["root_id"] == properties["correlation_id"]
    assert headers["ignore_result"] and settings.CELERY_TASK_IGNORE_RESULT
