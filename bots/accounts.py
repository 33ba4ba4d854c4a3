"""The accounts of a channel as a webhook needs them: read once a few seconds, since every delivery asks."""

import time
from threading import Lock

from bots.models import ChannelAccount

FRESH_SECONDS = 5.0

_kept: dict[str, tuple[float, dict[str, ChannelAccount]]] = {}
_lock = Lock()


def accounts_of(channel: str) -> dict[str, ChannelAccount]:
    """Active accounts by the platform's id, their bots with them. At most five seconds old.

    An account that lacks a secret it needs is not among them: it must never pass for verified.
    """
    now = time.monotonic()
    read_at, accounts = _kept.get(channel, (0.0, {}))
    if now - read_at < FRESH_SECONDS and read_at:
        return accounts
    found = ChannelAccount.objects.filter(channel=channel, is_active=True, bot__is_active=True).select_related(
        "bot__business"
    )
    accounts = {account.external_id: account for account in found if not account.missing_secrets()}
    with _lock:
        _kept[channel] = (now, accounts)
    return accounts


def forget() -> None:
    """Read again at the next delivery: an account has changed."""
    with _lock:
        _kept.clear()
