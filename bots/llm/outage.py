"""A service that is down is left alone for a while, so that not every customer waits for it to fail once more.

One row for the service's address, beside those of the keys. After the rest one request tries again.
"""

from datetime import timedelta

from django.db.models import F, QuerySet
from django.db.models.functions import Now

from bots.llm.choosing import ModelChoice
from bots.llm.keys import fingerprint
from bots.models import KeyState

ENOUGH = 2  # requests in a row, each with its own repeats, until it counts as down
SHORTEST_REST = 5.0  # seconds, doubled with every failure
LONGEST_REST = 60.0


def is_down(choice: ModelChoice) -> bool:
    return _rows(choice).filter(resting_until__gt=Now()).exists()


def failed(choice: ModelChoice) -> None:
    """A request got no answer from there in all its tries."""
    names = {"provider": choice.provider, "fingerprint": _fingerprint(choice)}
    KeyState.objects.get_or_create(**names, defaults={"name": _name(choice)})
    _rows(choice).filter(failures__lt=1000).update(failures=F("failures") + 1)
    failures = _rows(choice).values_list("failures", flat=True).get()
    if failures >= ENOUGH:
        rest = min(SHORTEST_REST * 2 ** min(failures - ENOUGH, 8), LONGEST_REST)
        _rows(choice).update(resting_until=Now() + timedelta(seconds=rest), reason="The service does not answer.")


def worked(choice: ModelChoice) -> None:
    """An answer came; most of the time there is nothing to write."""
    _rows(choice).filter(failures__gt=0).update(failures=0, resting_until=None, reason="")


def _rows(choice: ModelChoice) -> QuerySet[KeyState]:
    return KeyState.objects.filter(provider=choice.provider, fingerprint=_fingerprint(choice))


def _fingerprint(choice: ModelChoice) -> str:
    return fingerprint(choice.provider, f"address {choice.base_url}")


def _name(choice: ModelChoice) -> str:
    return f"The service at {choice.base_url}"[:120]
