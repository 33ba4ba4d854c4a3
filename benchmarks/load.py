"""A load generator that costs little: one thread, raw sockets, requests made beforehand."""

import re
import selectors
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field


@dataclass
class Round:
    """What one server did in one round."""

    seconds: float = 0.0
    waits: list[float] = field(default_factory=list)  # seconds, one for each answer
    bad: int = 0  # answers other than 200

    @property
    def per_second(self) -> float:
        return len(self.waits) / self.seconds

    def percentile(self, percent: float) -> float:
        """Milliseconds."""
        ordered = sorted(self.waits)
        return 1000 * ordered[min(int(len(ordered) * percent / 100), len(ordered) - 1)]


def request(path: str, body: bytes, headers: dict[str, str]) -> bytes:
    lines = [f"POST {path} HTTP/1.1", "Host: 127.0.0.1", "Content-Type: application/json"]
    lines += [f"Content-Length: {len(body)}", *(f"{name}: {value}" for name, value in headers.items())]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def load(port: int, requests: Iterator[bytes], *, seconds: float, connections: int = 16) -> Round:
    """Keep each connection busy with one request after the other for so long, or until there are no more."""
    done = Round()
    selector = selectors.DefaultSelector()
    for _ in range(connections):
        client = socket.create_connection(("127.0.0.1", port))
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        selector.register(client, selectors.EVENT_READ, Exchange(client))
    started = time.perf_counter()
    open_ones = [key.data for key in selector.get_map().values() if key.data.send(requests)]
    while open_ones and time.perf_counter() - started < seconds:
        for key, _ in selector.select(1):
            if key.data.receive(done) and not key.data.send(requests):
                open_ones.remove(key.data)
                selector.unregister(key.data.client)
    done.seconds = time.perf_counter() - started
    for key in list(selector.get_map().values()):
        key.data.client.close()
    selector.close()
    return done


class Exchange:
    """One connection, with at most one request under way."""

    def __init__(self, client: socket.socket) -> None:
        self.client = client

    def send(self, requests: Iterator[bytes]) -> bool:
        """Send the next one; False if there is none."""
        following = next(requests, None)
        if following is None:
            return False
        self.began, self.answer = time.perf_counter(), b""
        self.client.sendall(following)
        return True

    def receive(self, done: Round) -> bool:
        """Read on; whether the answer is whole now."""
        self.answer += self.client.recv(65_536)
        if not is_whole(self.answer):
            return False
        done.waits.append(time.perf_counter() - self.began)
        done.bad += self.answer[9:12] != b"200"
        return True


def is_whole(answer: bytes) -> bool:
    head, gap, body = answer.partition(b"\r\n\r\n")
    if not gap:
        return not answer  # the server hung up
    length = re.search(rb"(?i)content-length: *([0-9]+)", head)
    return len(body) >= int(length[1]) if length else body.endswith(b"0\r\n\r\n")
