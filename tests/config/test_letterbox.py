"""The letter box behind the real web server: slow, endless and enormous requests, and a database that goes away."""

import socket
import threading
import time

import pytest

from conversations.models import Message
from tests.config.server import Outage, raw, serving, status
from tests.conversations.door import URL, instagram_account
from tests.standins import graph

pytestmark = pytest.mark.django_db(transaction=True)

HEAD = f"POST {URL} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n".encode()


def delivery(mid: str, text: str = "Hi") -> bytes:
    return graph.encode(graph.envelope(graph.item("9001", message={"mid": mid, "text": text})))


def post(port: int, body: bytes) -> tuple[int, bytes]:
    return status(port, URL, body, Content_Type="application/json", X_Hub_Signature_256=graph.sign(body))


def code(answer: bytes) -> int:
    return int(answer.split(b" ", 2)[1]) if answer.startswith(b"HTTP/1.1 ") else 0


def test_bad_requests_are_answered_and_the_next_one_works() -> None:
    instagram_account()
    huge = b"X-Hub-Signature-256: sha256=" + b"a" * 600_000 + b"\r\n"
    latin = b"X-Hub-Signature-256: sha256=\xe9\xff\r\n"
    body = delivery("chunked")
    signed = f"X-Hub-Signature-256: {graph.sign(body)}\r\n".encode()
    chunk = f"{len(body):x}\r\n".encode() + body + b"\r\n0\r\n\r\n"
    endless = f"{65536:x}\r\n".encode() + b"x" * 65536 + b"\r\n"
    with serving(threads=64) as port:
        asked = {
            "50 MB announced": [HEAD + b"Content-Length: 52428800\r\n\r\n"],
            "length of letters": [HEAD + b"Content-Length: many\r\n\r\n"],
            "negative length": [HEAD + b"Content-Length: -1\r\n\r\n"],
            "huge header": [HEAD + huge + b"Content-Length: 2\r\n\r\n{}"],
            "header that is not ASCII": [HEAD + latin + b"Content-Length: 2\r\n\r\n{}"],
            "chunked, signed": [HEAD + signed + b"Transfer-Encoding: chunked\r\n\r\n" + chunk],
            "chunked, 50 MB": [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[endless] * 800],
        }
        began = time.monotonic()
        codes = {}
        for name, pieces in asked.items():
            a = raw(port, *pieces)
            codes[name] = (code(a), a[-60:], round(time.monotonic() - began, 1))
        print(codes)
        print(post(port, delivery("next")))
        return_early = True
        # slow
        peers = []
        for n in range(12):
            peer = socket.create_connection(("127.0.0.1", port), 5)
            peer.sendall(HEAD + signed + b"Content-Length: 1000\r\n\r\n{")
            peers.append(peer)
        time.sleep(.5)
        began = time.monotonic()
        print("during slow", post(port, delivery("during")), time.monotonic()-began)
        for t in range(3):
            time.sleep(1)
            for p in peers:
                try: p.sendall(b" ")
                except OSError as e: print(t, e); break
        print("after slow", post(port, delivery("during2")), time.monotonic()-began)
    assert 0
