"""What the channels of Meta share: how an address is verified, and what an error of the Graph API means."""

import hmac
import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from django.conf import settings

from bots import http
from bots.channels import calling, reading
from bots.channels.base import AccountLike, BadDelivery, Channel, ChannelError, Delivery, Event, TryLater
from bots.channels.reading import part, text

GRAPH_VERSION = "v25.0"


# --- what comes in -------------------------------------------------------------------------------


def challenge(params: Mapping[str, str], tokens: Collection[str]) -> str | None:
    """Return what to answer when Meta checks the address (GET), as text/plain; None means 403.

    Meta: "Webhooks", verification requests.
    """
    given = params.get("hub.verify_token", "").encode("utf-8", "replace")
    known = [hmac.compare_digest(given, token.encode("utf-8", "replace")) for token in tokens if token]
    answer = params.get("hub.challenge", "")
    if params.get("hub.mode") == "subscribe" and any(known) and re.fullmatch(r"[A-Za-z0-9._~-]{1,200}", answer):
        return answer
    return None


class MetaChannel(Channel):
    required_secrets: ClassVar[Collection[str]] = ("token", "app_secret")

    @classmethod
    def read_entry(cls, entry: Any, ours: Mapping[str, AccountLike]) -> Iterable[Event]:
        """Translate one entry of a delivery that `ours`, by external id, have signed."""
        raise NotImplementedError

    @classmethod
    def parse(cls, delivery: Delivery, accounts: Collection[AccountLike]) -> list[Event]:
        # Meta: "Webhooks", validating payloads. Non-ASCII letters are signed as \uXXXX; Instagram Login signs with the
        # Instagram app's secret, so an account may hold both.
        ours = reading.signers(delivery, accounts, "app_secret", header="x-hub-signature-256")
        entries = reading.read(delivery.body).get("entry")
        if not isinstance(entries, list):
            raise BadDelivery("no list of entries")
        return [event for entry in entries for event in cls.read_entry(entry, ours)]

    @classmethod
    def handshake(cls, params: Mapping[str, str], accounts: Collection[AccountLike]) -> str | None:
        brought = [account.secrets.get("verify_token", "") for account in accounts]
        return challenge(params, [*cls.verify_tokens().values(), *brought])

    def __init__(self, account: AccountLike) -> None:
        self._account = account


# --- the Graph API -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an error code means to us. `meaning` is for staff and logs."""

    error: type[ChannelError]
    meaning: str
    whole_account: bool = False
    after: timedelta | None = None


Verdicts = Mapping[tuple[int, int | None], Verdict]  # (code, subcode); subcode None is any other


def by_code(table: Mapping[Verdict, Collection[int | tuple[int, int]]]) -> Verdicts:
    """Return the table turned round: each verdict names its codes, or (code, subcode) where it takes both to tell."""
    return {
        one if isinstance(one, tuple) else (one, None): verdict for verdict, codes in table.items() for one in codes
    }


def post(
    account: AccountLike,
    path: str,
    body: Mapping[str, Any],
    verdicts: Verdicts,
    *,
    timeout: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """Call the Graph API once. The answer's JSON object (empty if unreadable), or a ChannelError."""
    return _call(account, "POST", path, body, verdicts, timeout)


def get(account: AccountLike, path: str, verdicts: Verdicts) -> dict[str, Any]:
    """Read from the Graph API once, like `post`. What cannot be known does no harm here: Uncertain means try later."""
    return _call(account, "GET", path, None, verdicts, None)


def _call(
    account: AccountLike,
    method: str,
    path: str,
    body: Mapping[str, Any] | None,
    verdicts: Verdicts,
    timeout: tuple[float, float] | None,
) -> dict[str, Any]:
    answer = calling.ask(account, method, graph_url(account, path), body, timeout=timeout)
    said = answer.json()
    content = said if isinstance(said, dict) else {}
    if answer.ok and not part(content, "error"):
        return content
    raise judge(answer, content, verdicts)


def graph_url(account: AccountLike, path: str) -> str:
    """Accounts of Instagram Login live on another host, which stands with the account as `api_url`."""
    base = account.secrets.get("api_url") or getattr(settings, "GRAPH_API_URL", "") or "https://graph.facebook.com"
    return f"{base.rstrip('/')}/{GRAPH_VERSION}/{path}"


def judge(answer: http.Response, content: Mapping[str, Any], verdicts: Verdicts) -> ChannelError:
    """Sort an error by (code, subcode), then by is_transient, then by HTTP status.

    Meta: "Common Error Codes" of the Messenger Platform. The message is neither shown nor logged: it may be
    localised, and with a bad token it repeats the token.
    """
    error = part(content, "error")
    code, subcode = _number(error, "code"), _number(error, "error_subcode")
    if code is None:
        return calling.by_status(answer)
    name = str(code) if subcode is None else f"{code}/{subcode}"
    verdict = verdicts.get((code, subcode)) or verdicts.get((code, None))
    if verdict is None and error.get("is_transient") is True:
        verdict = Verdict(TryLater, "temporary fault")
    if verdict is None:
        return calling.by_status(answer, name)
    detail = f"{verdict.meaning}{_trace(error)}"
    if verdict.error is TryLater:
        return TryLater(
            name, detail, after=calling.rest_of(answer) or verdict.after, whole_account=verdict.whole_account
        )
    return verdict.error(name, detail)


def _number(error: Mapping[str, Any], key: str) -> int | None:
    value = text(error, key)
    return int(value) if re.fullmatch(r"-?[0-9]{1,9}", value) else None


def _trace(error: Mapping[str, Any]) -> str:
    """Meta's support asks for this."""
    trace = text(error, "fbtrace_id")
    return f" (trace {trace})" if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", trace) else ""
