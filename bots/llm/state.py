"""How the keys are, for people: which a bot uses, which of them rest, which need somebody."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bots.db import clock
from bots.llm.choosing import keys_for
from bots.llm.keys import fingerprint
from bots.llm.providers import LLMS
from bots.models import Bot, KeyState

GOOD, RESTING, RETIRED = "Good", "Rests", "Refused by the service"


@dataclass(frozen=True, slots=True)
class KeyLine:
    """One key of a bot; `until` is when it may be used again."""

    provider: str
    name: str
    state: str
    reason: str = ""
    until: datetime | None = None


def state_of(row: KeyState, now: datetime) -> str:
    if row.retired_at:
        return RETIRED
    return RESTING if row.resting_until and row.resting_until > now else GOOD


def keys_of(bot: Bot) -> list[KeyLine]:
    """Return the keys that this bot uses, of the installation or its own, each with its state."""
    named = {fingerprint(code, key.key): (code, key.name) for code in LLMS for key in keys_for(bot, code)}
    rows = {row.fingerprint: row for row in KeyState.objects.filter(fingerprint__in=named)}
    now = clock.now()
    return [_line(code, name, rows.get(one), now) for one, (code, name) in named.items()]


def _line(code: str, name: str, row: KeyState | None, now: datetime) -> KeyLine:
    state = state_of(row, now) if row else GOOD
    if row is None or state == GOOD:
        return KeyLine(code, name, GOOD)
    return KeyLine(code, name, state, row.reason, row.resting_until if state == RESTING else None)


def own_fingerprints(bots: Iterable[Bot]) -> list[str]:
    """Of the keys that were given to these bots themselves."""
    return [fingerprint(code, key) for bot in bots for code in LLMS for key in bot.keys_of(code)]


def refused_keys(bots: Iterable[Bot]) -> int:
    """Return how many keys that these bots use were refused. One query while none was."""
    retired = set(KeyState.objects.exclude(retired_at=None).values_list("fingerprint", flat=True))
    if not retired:
        return 0
    used = {fingerprint(code, key.key) for bot in bots for code in LLMS for key in keys_for(bot, code)}
    return len(used & retired)
