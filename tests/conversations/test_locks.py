"""A conversation that somebody holds for long takes up one thread of the web, not all of them."""

import threading
import time

import pytest
from django.db import connection, transaction

from conversations.models.conversations import lock
from tests.conversations.writer import InstagramWriter, the_conversation
from tests.standins import graph


class Delivery(threading.Thread):
    """One delivery to our address, by a thread whose patience with locks ends after so many milliseconds."""

    def __init__(self, text: str, *, patience: int) -> None:
        super().__init__()
        self.text, self.patience = text, patience
        self.start()

    def run(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(f"SET lock_timeout = {self.patience}")
        started = time.monotonic()
        self.status = (
            InstagramWriter().bring(graph.item("9001", message={"mid": self.text, "text": self.text})).status_code
        )
        self.seconds = time.monotonic() - started
        connection.close()

    def result(self) -> int:
        self.join(20)
        return self.status


@pytest.mark.timers
@pytest.mark.django_db(transaction=True)
def test_one_delivery_waits_for_a_held_conversation_and_the_others_are_told_to_come_again(
    writer: InstagramWriter,
) -> None:
    writer.write("Hi")
    with transaction.atomic():
        lock(the_conversation().pk)
        assert Delivery("first", patience=100).result() == 503  # nobody knew
        waiting = Delivery("second", patience=10_000)
        time.sleep(0.3)
        third = Delivery("third", patience=10_000)
        assert third.result() == 503
        assert third.seconds < 1
        assert waiting.is_alive()
        InstagramWriter("9002").write("Somebody else is not kept waiting")
    assert waiting.result() == 200
    assert Delivery("third", patience=10_000).result() == 200
