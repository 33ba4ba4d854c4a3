"""A load generator that costs little: one thread, raw sockets, requests made beforehand."""

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
        selector.register(client, selectors.EVENT_READ, [0.0])
    started = time.perf_counter()
    for key in list(selector.get_map().values()):
        _send(key, requests)
    while selector.get_map() and time.perf_counter() - started < seconds:
        for key, _ in selector.select(1):
            _receive(key, done)
            if not _send(key, requests):
                selector.unregister(key.fileobj)
                key.fileobj.close()  # type: ignore[union-attr]
    done.seconds = time.perf_counter() - started
    for key in list(selector.get_map().values()):
        key.fileobj.close()  # type: ignore[union-attr]
    selector.close()
    return done


def _send(key: selectors.SelectorKey, requests: Iterator[bytes]) -> bool:
    following = next(requests, None)
    if following is None:
        return False
    key.data[0] = time.perf_counter()
    key.fileobj.sendall(following)  # type: ignore[union-attr]
    return True


def _receive(key: selectors.SelectorKey, done: Round) -> None:
    """Answers here are short: they arrive in one piece."""
    answer = key.fileobj.recv(65_536)  # type: ignore[union-attr]
    done.waits.append(time.perf_counter() - key.data[0])
    done.bad += answer[9:12] != b"200"
