"""Customers who write, and Meta, which brings what they wrote again and again until it is taken."""

import random
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

from tests.standins import whatsapp
from tests.standins.graph import encode, envelope, item, post_signed


@dataclass
class Written:
    """One message, and how it was taken."""

    customer: str
    mid: str
    acked_at: float = 0.0  # 0 until it was answered with 200
    seconds: list[float] = field(default_factory=list)  # how long each answer took
    statuses: list[int] = field(default_factory=list)


def by_instagram(customer: str, text: str, at: float | None) -> bytes:
    return encode(envelope(item(customer, at=at, message={"mid": text, "text": text})))


def by_whatsapp(customer: str, text: str, at: float | None) -> bytes:
    """WhatsApp's customers are numbers: 9001 is +4860009001."""
    return encode(whatsapp.envelope(whatsapp.text(f"486000{customer}", text, id=text, at=at)))


class Customers:
    def __init__(self, url: str, compose: Callable[[str, str, float | None], bytes] = by_instagram) -> None:
        self.url, self.compose = url, compose
        self.written: dict[str, Written] = {}
        self._pool = ThreadPoolExecutor(24)
        self._closing = threading.Event()

    def close(self) -> None:
        self._closing.set()
        self._pool.shutdown(cancel_futures=True)

    def write(self, customer: str, text: str, *, at: float | None = None) -> Written:
        """Bring one message until it is taken. Its text is its name."""
        written = self.written[text] = Written(customer, text)
        self._bring(written, self.compose(customer, text, at))
        return written

    def bring(self, written: Written, items: Iterable[dict[str, Any]]) -> None:
        self._bring(written, encode(envelope(*items)))

    def _bring(self, written: Written, body: bytes) -> None:
        while not self._closing.is_set():
            started = time.monotonic()
            status = post_signed(self.url, body, timeout=20)
            written.seconds.append(time.monotonic() - started)
            written.statuses.append(status)
            if status == 200:
                written.acked_at = written.acked_at or time.time()
                return
            self._closing.wait(0.3)

    def talk(self, *, people: int, messages: int, seconds: float, seed: int, prefix: str = "m") -> "Talk":
        """Let `messages` be written by `people`, at random moments within `seconds`. Does not wait.

        With the prefix "slow" the agent thinks about each.
        """
        return Talk(self, people=people, messages=messages, seconds=seconds, seed=seed, prefix=prefix)

    def submit(self, customer: str, text: str) -> "Future[Written]":
        return self._pool.submit(self.write, customer, text)


class Talk:
    """Many customers writing at once, in a thread of its own. Each sends one message after the other."""

    def __init__(
        self, customers: Customers, *, people: int, messages: int, seconds: float, seed: int, prefix: str
    ) -> None:
        chance = random.Random(seed)
        names = [f"{9000 + number}" for number in range(people)]
        moments = sorted(chance.uniform(0, seconds) for _ in range(messages))
        self.plan = [(moment, chance.choice(names), f"{prefix}{number}") for number, moment in enumerate(moments)]
        self.customers, self.seconds = customers, seconds
        self._futures: list[Future[Written]] = []
        self._started = time.monotonic()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        for moment, customer, text in self.plan:
            if self.customers._closing.wait(max(0.0, self._started + moment - time.monotonic())):
                return
            self._futures.append(self.customers.submit(customer, text))

    @property
    def goes_on(self) -> bool:
        return time.monotonic() < self._started + self.seconds

    def wait(self) -> None:
        """Until everything has been written and taken."""
        self._thread.join()
        for future in self._futures:
            future.result(timeout=120)
