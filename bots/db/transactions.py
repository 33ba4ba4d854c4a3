"""One transaction, taken again after a clash of locks: what every action is wrapped in."""

import random
import time
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

from django.db import Error, OperationalError, connection, transaction

P = ParamSpec("P")
R = TypeVar("R")

PASSING = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available: the next try may succeed
TRIES = 4


def sqlstate(error: Error) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


def atomic_with_retry(function: Callable[P, R]) -> Callable[P, R]:
    """One transaction. Repeated up to three times after a clash of locks, if it is the outermost one."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        tries = 1 if connection.in_atomic_block else TRIES
        for left in range(tries - 1, -1, -1):
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except OperationalError as error:
                if not left or sqlstate(error) not in PASSING:
                    raise
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - spreads the next tries, guards nothing
        raise AssertionError("unreachable")

    return run
