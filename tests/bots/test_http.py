"""Our HTTP client: what left, what did not, and what nobody can know. Against raw sockets that misbehave."""

from __future__ import annotations

import contextlib
import gzip
import logging
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from bots import http

SECRET = "very-secret-token"
HEADERS = {"Authorization": f"Bearer {SECRET}"}


class Peer:
    """Accepts connections and does with each what it is told to."""

    def __init__(self, behave: Callable[[socket.socket], object]) -> None:
        self._behave = behave
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}/bot{SECRET}/send"
        self.connections = 0
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(connection,), daemon=True).start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            self._behave(connection)

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()


def read_request(connection: socket.socket) -> bytes:
    """One request with its body; empty when the peer has gone."""
    received = b""
    while b"\r\n\r\n" not in received:
        chunk = connection.recv(65_536)
        if not chunk:
            return b""
        received += chunk
    head, _, body = received.partition(b"\r\n\r\n")
    lengths = [line.split(b":")[1] for line in head.split(b"\r\n") if line.lower().startswith(b"content-length")]
    while lengths and len(body) < int(lengths[0]):
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


def answer(body: bytes = b"{}", *headers: bytes, length: int | None = None) -> bytes:
    size = len(body) if length is None else length
    lines = [b"HTTP/1.1 200 OK", f"Content-Length: {size}".encode(), *headers]
    return b"\r\n".join(lines) + b"\r\n\r\n" + body


@contextlib.contextmanager
def peer(behave: Callable[[socket.socket], object]) -> Iterator[Peer]:
    running = Peer(behave)
    try:
        yield running
    finally:
        running.close()


def answers(content: bytes) -> Callable[[socket.socket], None]:
    def behave(connection: socket.socket) -> None:
        while read_request(connection):
            connection.sendall(content)

    return behave


def hang_up(connection: socket.socket) -> None:
    read_request(connection)


def send(url: str, **options: Any) -> http.Response:
    return http.request("POST", url, **({"json": {"text": "words"}, "headers": HEADERS, "timeout": (20, 20)} | options))


def fails(url: str, kind: type[http.Failure], **options: Any) -> str:
    with pytest.raises(http.Failure) as caught:
        send(url, **options)
    assert type(caught.value) is kind, caught.value.reason
    error: BaseException = caught.value
    assert error.__cause__ is None
    assert error.__context__ is None, "the original holds the request with its secrets"
    assert SECRET not in repr(error)
    return caught.value.reason


# --- what comes back -----------------------------------------------------------------------------


def test_the_whole_request_and_the_whole_answer() -> None:
    seen: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        seen.append(read_request(connection))
        connection.sendall(answer(b'{"id": "\xd0\x96"}', b"Retry-After: 7"))

    with peer(behave) as service:
        got = send(service.url)
    assert (got.status, got.ok, got.json(), got.headers["retry-after"]) == (200, True, {"id": "Ж"}, "7")
    head, _, body = seen[0].partition(b"\r\n\r\n")
    assert body == b'{"text": "words"}'
    assert b"Content-Type: application/json" in head
    assert f"Content-Length: {len(body)}".encode() in head
    assert b"Transfer-Encoding" not in head


def test_without_a_body() -> None:
    with peer(answers(answer(b"[1]"))) as service:
        assert http.request("GET", service.url, headers=HEADERS).json() == [1]


@pytest.mark.parametrize("body", [b"", b"<html>", b"[" * 100_000, b"\xff", b"9" * 5000])
def test_an_answer_that_is_not_json(body: bytes) -> None:
    with peer(answers(answer(body))) as service:
        got = send(service.url)
    assert (got.body, got.json()) == (body, None)


def test_redirects_are_not_followed() -> None:
    moved = b"HTTP/1.1 307 Moved\r\nContent-Length: 0\r\nLocation: http://169.254.169.254/\r\n\r\n"
    with peer(answers(moved)) as service:
        assert send(service.url).status == 307
        assert service.connections == 1


def test_cookies_are_not_kept() -> None:
    seen: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        while request := read_request(connection):
            seen.append(request)
            connection.sendall(answer(b"{}", b"Set-Cookie: a=b; Path=/"))

    with peer(behave) as service:
        send(service.url)
        send(service.url)
    assert b"Cookie" not in seen[1]


def test_a_netrc_file_does_not_replace_our_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "netrc").write_text("default login somebody password else\n")
    monkeypatch.setenv("NETRC", str(tmp_path / "netrc"))
    seen: list[bytes] = []

    def behave(connection: socket.socket) -> None:
        seen.append(read_request(connection))
        connection.sendall(answer())

    with peer(behave) as service:
        send(service.url)
    assert f"Authorization: Bearer {SECRET}".encode() in seen[0]


# --- never left ----------------------------------------------------------------------------------


def test_refused() -> None:
    with peer(answers(b"")) as service:
        url = service.url
    assert fails(url, http.NotSent) == "no connection"


def test_name_not_found(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(*_: object, **__: object) -> None:
        raise socket.gaierror(-2, "Name or service not known")

    monkeypatch.setattr(socket, "getaddrinfo", nobody)
    assert fails("http://graph.invalid/", http.NotSent) == "no connection"


def test_connect_time_out() -> None:
    """A listener with a full queue, which is not answered."""
    with socket.socket() as listener, contextlib.ExitStack() as stack:
        listener.bind(("127.0.0.1", 0))
        listener.listen(0)
        for _ in range(4):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(listener.getsockname())
        time.sleep(0.05)
        url = f"http://127.0.0.1:{listener.getsockname()[1]}/"
        assert fails(url, http.NotSent, timeout=(0.5, 20)) == "connect time-out"


def test_tls_to_a_port_that_does_not_speak_it() -> None:
    with peer(lambda connection: connection.sendall(b"hello, this is not TLS\r\n")) as service:
        assert fails(service.url.replace("http:", "https:"), http.NotSent) == "TLS failed"


def test_a_tls_handshake_that_is_cut() -> None:
    with peer(lambda connection: connection.recv(10)) as service:
        fails(service.url.replace("http:", "https:"), http.NotSent)


@pytest.mark.parametrize(
    "url", ["", "graph.example/x", "ftp://graph.example/", "http://", "http://[::1", "http://a:port/"]
)
def test_malformed_urls(url: str) -> None:
    fails(url, http.NotSent)


@pytest.mark.parametrize("value", [f"{SECRET}\r\nX: y", f"{SECRET}-ключ", f"{SECRET}\ud83d"])
def test_malformed_headers(value: str) -> None:
    with peer(answers(answer())) as service:
        fails(service.url, http.NotSent, headers={"Authorization": value})


# --- nobody knows --------------------------------------------------------------------------------


def test_closed_without_an_answer() -> None:
    with peer(hang_up) as service:
        assert fails(service.url, http.NoAnswer) == "connection lost"


def test_reset_after_the_request() -> None:
    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    with peer(behave) as service:
        assert fails(service.url, http.NoAnswer) == "connection lost"


def test_no_answer_in_time() -> None:
    with peer(lambda connection: time.sleep(2)) as service:
        assert fails(service.url, http.NoAnswer, timeout=(20, 0.5)) == "read time-out"


def test_an_answer_that_breaks_off() -> None:
    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(answer(b'{"message_id"', length=500))

    with peer(behave) as service:
        assert fails(service.url, http.NoAnswer) == "connection lost"


def test_an_answer_that_stops() -> None:
    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(answer(b'{"message_id"', length=500))
        time.sleep(2)

    with peer(behave) as service:
        assert fails(service.url, http.NoAnswer, timeout=(20, 0.5)) == "read time-out"


def test_an_answer_that_drips(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "BODY_SECONDS", 0.3)

    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(answer(b"", length=1000))
        for _ in range(1000):
            connection.sendall(b" ")
            time.sleep(0.02)

    with peer(behave) as service:
        started = time.monotonic()
        assert fails(service.url, http.NoAnswer) == "answer too slow"
        assert time.monotonic() - started < 10


@pytest.mark.parametrize("chunked", [False, True])
def test_an_answer_that_is_too_large(chunked: bool) -> None:
    def behave(connection: socket.socket) -> None:
        read_request(connection)
        if chunked:
            connection.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
            while True:
                connection.sendall(b"1000\r\n" + b"x" * 0x1000 + b"\r\n")
        connection.sendall(answer(b"x" * 2_000_000))

    with peer(behave) as service:
        assert fails(service.url, http.NoAnswer) == "answer too large"
        assert fails(service.url, http.NoAnswer, max_bytes=10) == "answer too large"


def test_a_small_answer_that_unpacks_to_a_large_one() -> None:
    bomb = gzip.compress(b"0" * 200_000_000, compresslevel=1)
    with peer(answers(answer(bomb, b"Content-Encoding: gzip"))) as service:
        assert fails(service.url, http.NoAnswer) == "answer too large"


def test_an_answer_that_is_not_http() -> None:
    with peer(answers(b"220 smtp.example ESMTP\r\n")) as service:
        assert fails(service.url, http.NoAnswer) == "connection lost"


def test_nothing_is_repeated() -> None:
    """One layer of retries only, and that is not here."""
    seen: list[bytes] = []
    with peer(lambda connection: seen.append(read_request(connection))) as service:
        fails(service.url, http.NoAnswer)
        time.sleep(0.1)
    assert len(seen) == 1


def test_a_large_request_that_the_peer_does_not_want() -> None:
    """It hangs up after the head: the rest cannot have been acted on, but nobody tells us what it read."""
    with peer(lambda connection: connection.recv(1000)) as service:
        fails(service.url, http.NoAnswer, json={"text": "x" * 20_000_000})


# --- connections ---------------------------------------------------------------------------------


def test_connections_are_kept() -> None:
    with peer(answers(answer())) as service:
        for _ in range(5):
            send(service.url)
        assert service.connections == 1


def test_a_kept_connection_that_the_peer_closed_is_not_used_again() -> None:
    def behave(connection: socket.socket) -> None:
        read_request(connection)
        connection.sendall(answer())

    with peer(behave) as service:
        for _ in range(3):
            send(service.url)
            time.sleep(0.1)
        assert service.connections == 3


def test_an_idle_connection_is_not_used_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "IDLE_SECONDS", 0.05)
    with peer(answers(answer())) as service:
        send(service.url)
        time.sleep(0.1)
        send(service.url)
        assert service.connections == 2


def test_after_a_failure_the_connection_is_not_used_again() -> None:
    """What is left of the first answer must not be read as the second."""
    with peer(answers(answer(b"x" * 200_000))) as service:
        fails(service.url, http.NoAnswer, max_bytes=100)
        assert send(service.url).body == b"x" * 200_000
        assert service.connections == 2


def test_threads_do_not_share_connections() -> None:
    with peer(answers(answer())) as service:
        threads = [threading.Thread(target=send, args=(service.url,)) for _ in range(3)]
        for thread in threads:
            thread.start()
            thread.join()
        assert service.connections == 3


def test_nothing_is_logged_even_when_everything_is(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    with peer(answers(answer(b"{}", b"broken header line"))) as service:
        send(service.url)
    with peer(hang_up) as service:
        fails(service.url, http.NoAnswer)
    assert SECRET not in caplog.text
    assert caplog.records == []


def test_the_answer_of_a_real_server() -> None:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(201)
            self.end_headers()
            self.wfile.write(b'{"ok": true}')  # HTTP/1.0: ends with the connection

        def log_message(self, format: str, *args: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        got = send(f"http://127.0.0.1:{server.server_address[1]}/")
        server.shutdown()
    assert (got.status, got.json()) == (201, {"ok": True})
