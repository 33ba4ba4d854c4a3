"""Only what a test brings, instead of what the installed apps bring."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest import mock

from bots import registry


@contextmanager
def only(**brings: Any) -> Iterator[None]:
    """`brings` are fields of Feature."""
    with mock.patch.object(registry, "features", lambda: (registry.Feature(**brings),)):
        registry.brought.cache_clear()
        try:
            yield
        finally:
            registry.brought.cache_clear()
