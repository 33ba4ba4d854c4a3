"""No network but loopback; which tests run, which are traced, and which are tried again."""

import os
import socket
import zlib
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.contrib.contenttypes.management import create_contenttypes
from django.db.models.signals import post_migrate
from hypothesis import settings

from bots.limits import Limit
from conversations.webchat.views import SessionMessages
from tests import snapshots

# The suite tries the same cases every time, so that a failure is the change's own. `make hunt` looks for new ones.
settings.register_profile("suite", max_examples=300, deadline=None, derandomize=True, database=None)
settings.register_profile("hunt", max_examples=20_000, deadline=None)
settings.load_profile("suite")

_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: Any) -> Any:
    if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in ("127.0.0.1", "::1", "localhost"):
        raise PermissionError(f"Tests talk to this machine only, not to {address[0]}.")
    return _connect(self, address)


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart(session: pytest.Session) -> None:
    """Stop what pytest-cov 7.1 starts in each of xdist's workers before it knows that it is one.

    It then starts another, and two tracers, one behind the other, cost ten times what one does.
    """
    coverage = session.config.pluginmanager.get_plugin("_cov")
    if hasattr(session.config, "workerinput") and coverage and coverage.cov_controller:
        coverage.cov_controller.cov.stop()


@pytest.hookimpl(wrapper=True)
def pytest_collection(session: pytest.Session) -> Generator[None, Any, Any]:
    """What is run by importing the tests is traced by one process: it is the same in all."""
    coverage = session.config.pluginmanager.get_plugin("_cov")
    is_first = getattr(session.config, "workerinput", {"workerid": "gw0"})["workerid"] == "gw0"
    if is_first or not (coverage and coverage.cov_controller):
        return (yield)
    with untraced(coverage):
        return (yield)


@contextmanager
def untraced(coverage: Any) -> Iterator[None]:
    """`coverage` is pytest-cov's plugin, which goes on afterwards."""
    coverage.cov_controller.pause()
    try:
        yield
    finally:
        coverage.cov_controller.resume()


@pytest.fixture(autouse=True, scope="session")
def loopback_only() -> Any:
    socket.socket.connect = _loopback_only  # type: ignore[method-assign]
    yield
    socket.socket.connect = _connect  # type: ignore[method-assign]


@pytest.fixture(autouse=True)
def nobody_has_tried() -> None:
    """What one test tried too often would be refused to a later one, and for long if that one goes back in time."""
    Limit.cache.clear()
    SessionMessages.cache.clear()


@pytest.fixture(autouse=True, scope="session")
def remembered_vectors() -> None:
    snapshots.remember_vectors()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None) -> None:
    """Rights and content types stay when a database is emptied (tests/postgresql): nobody need look whether they are there."""
    post_migrate.disconnect(create_contenttypes)
    post_migrate.disconnect(dispatch_uid="django.contrib.auth.management.create_permissions")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    if third := os.environ.get("TESTS_THIRD"):  # see tests/shifted
        others = [item for item in items if zlib.crc32(item.path.name.encode()) % 3 != int(third)]
        items[:] = [item for item in items if item not in set(others)]
        config.hook.pytest_deselected(items=others)
    for item in items:
        if item.originalname.startswith("test_control_"):
            # A control shows that an experiment can fail: it is repeated until it does, within bounds.
            item.add_marker(pytest.mark.flaky(reruns=2, only_rerun=["AssertionError"]))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, Any, Any]:
    """Tracing each line takes half as long again, and longer where words are read: what is slow goes without."""
    coverage = item.config.pluginmanager.get_plugin("_cov")
    if not (item.get_closest_marker("slow") and coverage and coverage.cov_controller):
        return (yield)
    with untraced(coverage):
        return (yield)


def pytest_sessionfinish(session: pytest.Session) -> None:
    if not hasattr(session.config, "workerinput"):  # not in the processes that xdist starts
        snapshots.forget()
