"""The webhook endpoint behind the real web server: slow, endless and enormous requests, and a database that goes away."""

import contextlib
import socket
import time
from collections.abc import Iterator

import pytest
from django.db import connection

from conversations.models import Message
from tests.config.server import THREADS, Outage, raw, serving, status
from tests.conversations.writer import URL, instagram_account
from tests.standins import graph

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

HEAD = f"POST {URL} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n".encode()
CHUNKED = b"Transfer-Encoding: chunked\r\n\r\n"


def delivery(mid: str) -> bytes:
    return graph.encode(graph.envelope(graph.item("9001", message={"mid": mid, "text": "Hi"})))


def signed(body: bytes) -> bytes:
    return f"X-Hub-Signature-256: {graph.sign(body)}\r\n".encode()


def post(port: int, mid: str, *, timeout: float = 20) -> tuple[int, bytes]:
    body = delivery(mid)
    headers = {"Content_Type": "application/json", "X_Hub_Signature_256": graph.sign(body)}
    return status(port, URL, body, timeout=timeout, **headers)


def code(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


@contextlib.contextmanager
def slow_senders(port: int, number: int) -> Iterator[None]:
    """So many who announce a body and do not send it."""
    peers = [socket.create_connection(("127.0.0.1", port), 5) for _ in range(number)]
    try:
        for peer in peers:
            peer.sendall(HEAD + b"Content-Length: 1000\r\n\r\n{")
        time.sleep(0.3)
        yield
    finally:
        for peer in peers:
            peer.close()


def test_bad_requests_are_answered_and_the_next_one_works() -> None:
    instagram_account()
    body = delivery("chunked")
    endless = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"
    asked = {
        "50 MB announced": ([HEAD + b"Content-Length: 52428800\r\n\r\n"], {413}),
        "length of letters": ([HEAD + b"Content-Length: many\r\n\r\n"], {400}),
        "negative length": ([HEAD + b"Content-Length: -1\r\n\r\n"], {400}),
        "two lengths": ([HEAD + b"Content-Length: 2\r\nContent-Length: 3\r\n\r\n{}"], {400}),
        "huge header": ([HEAD + b"X-Hub-Signature-256: " + b"a" * 600_000 + b"\r\n\r\n"], {431}),
        "header not ASCII": ([HEAD + b"X-Hub-Signature-256: sha256=\xe9\xff\r\nContent-Length: 2\r\n\r\n{}"], {403}),
        "chunked without length": (
            [HEAD + signed(body) + CHUNKED + b"%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)],
            {403},
        ),
        "50 MB in chunks": ([HEAD + CHUNKED, *[endless] * 800], {403, 0}),  # hangs up while we are still talking
        "cut in the middle": ([HEAD + signed(body) + b"Content-Length: 999\r\n\r\n" + body], {0}),
        "not HTTP": ([b"hello\r\n\r\n"], {0, 400}),
    }
    with serving() as port:
        for number, (name, (pieces, expected)) in enumerate(asked.items()):
            patience = 1 if expected == {0} else 10
            answer = raw(port, *pieces, patience=patience)
            assert code(answer) in expected, (name, answer[:200])
            assert b"Traceback" not in answer and len(answer.partition(b"\r\n\r\n")[2]) <= 200
            assert post(port, f"after{number}") == (200, b"ok"), name
    assert Message.objects.count() == len(asked)


def test_slow_senders_do_not_stop_the_others() -> None:
    """Each holds one thread for as long as it likes: a proxy in front, which takes bodies whole, is for more of them."""
    instagram_account()
    with serving() as port, slow_senders(port, THREADS - 1):
        assert post(port, "m1", timeout=5) == (200, b"ok")


def test_server_is_itself_again_once_slow_senders_are_gone() -> None:
    instagram_account()
    with serving() as port:
        with slow_senders(port, THREADS * 3):
            pass
        assert post(port, "m1") == (200, b"ok")


def test_database_goes_away_and_comes_back() -> None:
    account = instagram_account()
    connection.close()
    with serving(VERIFY_TOKEN="our-token") as port:
        assert post(port, "before") == (200, b"ok")
        assert status(port, "/health/")[0] == 200
        with Outage():
            for _ in range(3):
                assert post(port, "during") == (503, b"Not available right now.")
            assert status(port, "/health/")[0] == 503
            time.sleep(5.5)  # the accounts that it remembers are older than it trusts
            assert post(port, "during") == (503, b"Not available right now.")
            query = "?hub.mode=subscribe&hub.verify_token=our-token&hub.challenge=1"
            assert status(port, URL + query) == (200, b"1"), "the handshake needs no database"
        assert post(port, "during") == (200, b"ok")
        assert status(port, "/health/")[0] == 200
    assert set(Message.objects.filter(account=account).values_list("external_id", flat=True)) == {"before", "during"}


def test_server_that_starts_without_a_database_recovers_by_itself() -> None:
    instagram_account()
    connection.close()
    with contextlib.ExitStack() as later:
        with Outage():
            port = later.enter_context(serving())
            assert post(port, "m1") == (503, b"Not available right now.")
        assert post(port, "m1") == (200, b"ok")
    assert Message.objects.count() == 1
