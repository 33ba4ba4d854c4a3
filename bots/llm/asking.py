"""Asks until there is an answer or no time: the next key, the same service once more, the other provider.

Every try is written into `attempts`, also one that failed. No connection to the database is held while a model thinks.
"""

import logging
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field

from django.db import connection

from bots.llm import keys as pool, outage, prices
from bots.llm.base import (
    BadRequest,
    Completion,
    CompletionRequest,
    KeyRefused,
    KeySpent,
    LLMError,
    Nonsense,
    RateLimited,
    Unavailable,
    Usage,
)
from bots.llm.budget import Budget
from bots.llm.choosing import ModelChoice
from bots.llm.environment import NamedKey
from bots.llm.providers import provider

logger = logging.getLogger(__name__)

SHARE = 0.6  # of the time that is left goes to one try, so that something is left for another
LEAST_SECONDS = 1.0  # a try with less than this would be wasted
TRIES = 2  # of a service that fails, with another provider behind it
LAST_TRIES = 4  # and without
BACKOFF = 0.5  # seconds, doubled with every try, of which a random part is waited
LONGEST_BACKOFF = 8.0
LONGEST_WAIT = 10.0  # seconds that a turn waits for a limited key, if there is no other

_random = random.SystemRandom()


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One try: what it took and cost. No texts, no keys."""

    provider: str
    model: str
    key: str  # fingerprint
    usage: Usage
    cost_microdollars: int
    latency_ms: int
    outcome: str  # a `Finish`, or "failed"
    error: str = ""
    request_id: str = ""
    ended: float = field(default_factory=time.monotonic)


class NoCompletion(Exception):
    """No model answered. `reason` is in plain words for staff."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class OverBudget(NoCompletion):
    """The day's money does not suffice for this request. `is_first`: nobody has been told today."""

    def __init__(self, *, is_first: bool) -> None:
        super().__init__("the daily budget is used up")
        self.is_first = is_first


class _TooDear(Exception):
    """A request that the budget does not allow."""


def ask(
    request: CompletionRequest,
    *,
    choices: Sequence[ModelChoice],
    deadline: float,
    attempts: list[Attempt],
    budget: Budget | None = None,
) -> Completion:
    """Return the first answer that one of the choices gives before `deadline` (on `time.monotonic`).

    Raises OverBudget if money was what was missing, NoAnswer else. Must not be called inside a transaction.
    """
    asking = _Asking(request, deadline, attempts, budget)
    for number, choice in enumerate(choices, start=1):
        if answer := asking.by(choice, is_last=number == len(choices)):
            return answer
    if answer := asking.after_a_rest(choices):
        return answer
    if asking.is_too_dear and budget:
        raise OverBudget(is_first=budget.note_empty())
    raise NoCompletion("; ".join(dict.fromkeys(asking.reasons)) or "no key")


@dataclass(slots=True)
class _Asking:
    request: CompletionRequest
    deadline: float
    attempts: list[Attempt]
    budget: Budget | None
    reasons: list[str] = field(default_factory=list)
    is_too_dear: bool = False

    def by(self, choice: ModelChoice, *, is_last: bool) -> Completion | None:
        """Ask one provider with its keys and a few tries; None if it gave nothing, with the reason noted."""
        if outage.is_down(choice):
            self._note(choice, "is down")
            return None
        keys = pool.usable(choice.provider, choice.keys, self.request.cache_key)
        if not keys:
            self._note(choice, "no key is usable now")
        tries = LAST_TRIES if is_last else TRIES
        while keys and tries and self._left() >= LEAST_SECONDS:
            try:
                answer = self._try(choice, keys[0])
            except (KeyRefused, KeySpent, RateLimited) as error:
                self._note(choice, str(error), error)
                pool.failed(choice.provider, keys.pop(0), error)
            except (Unavailable, Nonsense) as error:
                self._note(choice, str(error), error)
                tries = self._tries_left(tries, error, is_last=is_last)
                if not tries:
                    outage.failed(choice)
            except BadRequest as error:
                self._note(choice, str(error), error)
                return None
            except _TooDear:
                self.is_too_dear = True
                return None
            else:
                pool.worked(choice.provider, keys[0])
                outage.worked(choice)
                return answer
        return None

    def after_a_rest(self, choices: Sequence[ModelChoice]) -> Completion | None:
        """If nothing but a short rest of a key stands between us and an answer, wait for it. Once."""
        waits = [
            (seconds, choice)
            for choice in choices
            if not outage.is_down(choice)
            and not pool.usable(choice.provider, choice.keys, "")
            and (seconds := pool.wakes_in(choice.provider, choice.keys)) is not None
        ]
        if self.is_too_dear or not waits:
            return None
        seconds, choice = min(waits, key=lambda wait: wait[0])
        if seconds > min(LONGEST_WAIT, self._left() - LEAST_SECONDS):
            return None
        self._sleep(seconds + 0.05)
        return self.by(choice, is_last=True)

    def _try(self, choice: ModelChoice, key: NamedKey) -> Completion:
        """One request, with its money held back and its attempt written down."""
        most = prices.most(choice.model, self.request)
        if self.budget and not self.budget.hold(most):
            raise _TooDear
        began, spent = time.monotonic(), most
        try:
            answer = self._answer(choice, key)
            spent = prices.cost(choice.model, answer.usage) if answer.usage != Usage() else most
            self._write(choice, key, began, spent, answer.usage, answer.finish, request_id=answer.request_id)
            return answer
        except LLMError as error:
            spent = most if error.may_cost else 0
            self._write(choice, key, began, spent, Usage(), "failed", f"{error.kind}: {error}", error.request_id)
            raise
        finally:
            if self.budget:
                self.budget.commit(most, spent)

    def _answer(self, choice: ModelChoice, key: NamedKey) -> Completion:
        _let_go()
        llm = provider(choice.provider)  # the first time this takes a while
        seconds = self._left()
        try:
            return llm.ask(
                self.request,
                key=key.key,
                model=choice.model,
                base_url=choice.base_url,
                timeout=seconds * SHARE if seconds > 2 * LEAST_SECONDS else seconds,
            )
        except LLMError:
            raise
        except Exception as error:  # an SDK met something that its authors did not think of
            logger.exception("model client failed", extra={"provider": choice.provider})
            raise Nonsense(type(error).__name__) from None

    def _tries_left(self, tries: int, error: Unavailable | Nonsense, *, is_last: bool) -> int:
        """Return how many tries there are after a failure; waits before the next one."""
        number = (LAST_TRIES if is_last else TRIES) - tries
        is_slow = isinstance(error, Unavailable) and error.is_slow
        left = min(tries - 1, 1 if is_last else 0) if is_slow else tries - 1
        wait = _random.uniform(0, min(BACKOFF * 2**number, LONGEST_BACKOFF))
        if isinstance(error, Unavailable) and error.rest_seconds:
            wait = max(wait, error.rest_seconds)
        if not left or wait > self._left() - LEAST_SECONDS:
            return 0
        self._sleep(wait)
        return left

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _sleep(self, seconds: float) -> None:
        _let_go()
        time.sleep(seconds)

    def _note(self, choice: ModelChoice, words: str, error: LLMError | None = None) -> None:
        self.reasons.append(f"{choice.provider}: {f'{error.kind}, ' if error else ''}{words}")

    def _write(
        self, choice: ModelChoice, key: NamedKey, began: float, spent: int, usage: Usage, outcome: str, error: str = "",
        request_id: str = "",
    ) -> None:  # fmt: skip
        attempt = Attempt(
            provider=choice.provider,
            model=choice.model,
            key=pool.fingerprint(choice.provider, key.key),
            usage=usage,
            cost_microdollars=spent,
            latency_ms=round((time.monotonic() - began) * 1000),
            outcome=outcome,
            error=error[:200],
            request_id=request_id,
        )
        self.attempts.append(attempt)


def _let_go() -> None:
    """Give the connection to the database back, if nobody is in the middle of something (a test is)."""
    if not connection.in_atomic_block:
        connection.close()
