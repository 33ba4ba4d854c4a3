"""The pool of keys: which may be used now, in which order, and what becomes of one that failed.

The state stands in PostgreSQL, so that a key that one worker found limited or refused rests for all of them. It is
found by a keyed hash; the key itself is in the environment or, encrypted, on the bot.
"""

import hashlib
import hmac
import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from bots.db import clock
from bots.llm.base import KeyRefused, KeySpent, LLMError, RateLimited
from bots.llm.environment import NamedKey
from bots.models import KeyState

logger = logging.getLogger(__name__)

SHORTEST_REST = 5.0  # seconds; doubled with every failure in a row where the service names no time
LONGEST_REST = 60.0
LONGEST_NAMED_REST = 3600.0
TOUCH = timedelta(minutes=1)


def fingerprint(provider: str, key: str) -> str:
    """Return a keyed hash: without SECRET_KEY it does not even tell whether a guess is right."""
    secret = hashlib.sha256(b"llm key" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(secret, f"{provider}\0{key}".encode(), hashlib.sha256).hexdigest()


def usable(provider: str, keys: Sequence[NamedKey], cache_key: str) -> list[NamedKey]:
    """Return the keys that may be used now; first the one that this conversation always had.

    Each conversation ranks the keys in an order of its own (rendezvous hashing): the load spreads, prompt caches, which
    belong to an account, stay warm, and a key that comes or goes moves only its own conversations.
    """
    prints = {fingerprint(provider, key.key): key for key in keys}
    out = _out().filter(provider=provider, fingerprint__in=prints)
    resting = set(out.values_list("fingerprint", flat=True))
    free = [one for one in prints if one not in resting]
    free.sort(key=lambda one: hashlib.sha256(f"{cache_key}\0{one}".encode()).digest())
    return [prints[one] for one in free]


def _out() -> QuerySet[KeyState]:
    return KeyState.objects.filter(Q(retired_at__isnull=False) | Q(resting_until__gt=Now()))


def wakes_in(provider: str, keys: Sequence[NamedKey]) -> float | None:
    """Seconds until the first resting key may be used again; None if all are retired or there are none."""
    prints = [fingerprint(provider, key.key) for key in keys]
    resting = KeyState.objects.filter(provider=provider, fingerprint__in=prints, retired_at=None)
    first = resting.order_by("resting_until").values_list("resting_until", flat=True).first()
    return None if first is None else max((first - clock.now()).total_seconds(), 0.0)


def worked(provider: str, key: NamedKey) -> None:
    """Note that a key is in use: at most one write a minute, and one at the end of a row of failures."""
    rows = KeyState.objects.filter(provider=provider, fingerprint=fingerprint(provider, key.key))
    stale = Q(last_used_at=None) | Q(last_used_at__lt=Now() - TOUCH) | Q(failures__gt=0)
    if not rows.exclude(stale).exists():
        _write(provider, key, {"last_used_at": Now(), "failures": 0, "reason": "", "resting_until": None})


def failed(provider: str, key: NamedKey, error: LLMError) -> None:
    """What an error means for its key: retired, resting, or not its fault."""
    if isinstance(error, KeyRefused):
        _write(provider, key, {"retired_at": Now(), "reason": f"Refused: {error}"[:200]})
        logger.error("a key of a language model was refused", extra={"provider": provider, "key_name": key.name})
    elif isinstance(error, KeySpent):
        _write(provider, key, {"resting_until": tomorrow(), "reason": f"Its money is used up: {error}"[:200]})
    elif isinstance(error, RateLimited):
        _rest(provider, key, error.rest_seconds, f"Too many requests: {error}"[:200])


def _rest(provider: str, key: NamedKey, seconds: float | None, reason: str) -> None:
    _write(provider, key, {"reason": reason, "failures": F("failures") + 1})
    state = KeyState.objects.get(provider=provider, fingerprint=fingerprint(provider, key.key))
    if seconds is None:
        seconds = min(SHORTEST_REST * 2 ** (min(state.failures, 8) - 1), LONGEST_REST)
    until = clock.now() + timedelta(seconds=min(seconds, LONGEST_NAMED_REST))
    longer = KeyState.objects.filter(pk=state.pk).exclude(resting_until__gt=until)
    longer.update(resting_until=until)


def bring_back(states: Sequence[int]) -> int:
    """A person says that these keys (by id) are good again. Returns how many came back."""
    rows = KeyState.objects.filter(pk__in=states).exclude(retired_at=None, resting_until=None)
    return rows.update(retired_at=None, resting_until=None, failures=0, reason="")


def tomorrow() -> datetime:
    """Return when services begin to count anew: midnight, UTC."""
    now = clock.now()
    return (now + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)


def _write(provider: str, key: NamedKey, fields: dict[str, Any]) -> None:
    names = {"provider": provider, "fingerprint": fingerprint(provider, key.key)}
    KeyState.objects.get_or_create(**names, defaults={"name": key.name[:120]})
    KeyState.objects.filter(**names).update(name=key.name[:120], **fields)
