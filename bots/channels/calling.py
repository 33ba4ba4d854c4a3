"""Asks a service's API once, as JSON with a bearer token, and says by a ChannelError what to do next if it refuses.

What a code of the service's own means stands with its channel; here is what HTTP alone says.
"""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from bots import http
from bots.channels.base import AccountBroken, AccountLike, ChannelError, Rejected, TryLater, Uncertain
from bots.http import retry_after

TIMEOUT = http.TIMEOUT  # seconds to connect, and without a byte of answer


def ask(
    account: AccountLike,
    method: str,
    url: str,
    body: Mapping[str, Any] | None = None,
    *,
    timeout: tuple[float, float] | None = None,
) -> http.Response:
    """Send one request with the account's secret `token`, and return the answer, whatever its status.

    Raises AccountBroken without a token, TryLater if nothing was sent, Uncertain if it may have been acted on.
    """
    token = account.secrets.get("token", "").strip()
    if not (token and token.isascii() and token.isprintable()):
        raise AccountBroken("no token", "the account has no usable access token")
    headers = {"Authorization": f"Bearer {token}"}
    try:
        return http.request(method, url, json=body, headers=headers, timeout=timeout or TIMEOUT)
    except http.NotSent as failure:
        raise TryLater("not sent", failure.reason) from None
    except http.NoAnswer as failure:
        raise Uncertain("no answer", failure.reason) from None


def rest_of(answer: http.Response) -> timedelta | None:
    """Return how long the service wants to be left alone, if it says so."""
    seconds = retry_after(answer.headers)
    return None if seconds is None else timedelta(seconds=seconds)


def by_status(answer: http.Response, code: str = "") -> ChannelError:
    """Return what the HTTP status means. `code` is one of the service's own that nobody knows here, if it gave one."""
    status, name = answer.status, code or f"HTTP {answer.status}"
    if status == 429:
        return TryLater(name, "too many requests", after=rest_of(answer), whole_account=True)
    if status == 401 or (status == 403 and not code):  # a code that we do not know may be about one message only
        return AccountBroken(name, "access refused")
    if status >= 500 or status < 300:
        return Uncertain(name, "the service failed and did not say whether it sent the message")
    return Rejected(name, "the service refused the message")
