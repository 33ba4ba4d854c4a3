"""What the channels of Meta share: who signed a delivery, how to read it, and what an error of the Graph API means."""

import hashlib
import hmac
import json
import math
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from django.conf import settings

from bots import http
from bots.bounds import retry_after
from bots.channels.base import (
    AccountBroken,
    AccountLike,
    BadDelivery,
    ChannelError,
    Delivery,
    Forged,
    Rejected,
    TryLater,
    Uncertain,
)

GRAPH_VERSION = "v25.0"
TIMEOUT = http.TIMEOUT
MAX_DEPTH = 60  # far above what Meta nests, far below what Python minds
MAX_ID = 300  # characters; Meta's are below 200


# --- what comes in -------------------------------------------------------------------------------


def challenge(params: Mapping[str, str], tokens: Collection[str]) -> str | None:
    """What to answer when Meta checks the address (GET), as text/plain; None means 403.

    Meta: "Webhooks", verification requests.
    """
    given = params.get("hub.verify_token", "").encode("utf-8", "replace")
    known = [hmac.compare_digest(given, token.encode("utf-8", "replace")) for token in tokens if token]
    answer = params.get("hub.challenge", "")
    if params.get("hub.mode") == "subscribe" and any(known) and re.fullmatch(r"[A-Za-z0-9._~-]{1,200}", answer):
        return answer
    return None


def signers(delivery: Delivery, accounts: Collection[AccountLike]) -> dict[str, AccountLike]:
    """The accounts, by external id, with whose app secret this body was signed. Raises Forged if there is none.

    Meta: "Webhooks", validating payloads. The signature covers the raw bytes: Meta writes non-ASCII letters as
    \\uXXXX and signs that, so a body that was read and written again no longer verifies.
    An account may hold several secrets, separated by commas: while one is replaced, or because Instagram Login
    signs with the Instagram app's secret.
    """
    given = _signature(delivery.headers.get("x-hub-signature-256", ""))
    genuine: dict[str, bool] = {}
    for secret in {secret for account in accounts for secret in secrets_of(account)}:
        expected = hmac.new(secret.encode(), delivery.body, hashlib.sha256).hexdigest()
        genuine[secret] = hmac.compare_digest(expected.encode(), given)
    signed = {
        account.external_id: account for account in accounts if any(genuine[secret] for secret in secrets_of(account))
    }
    if not signed:
        raise Forged("signature missing or wrong")
    return signed


def _signature(header: str) -> bytes:
    """The 64 hex digits of the header, as Meta writes them. Two headers joined, capitals or SHA-1 are not it."""
    if not re.fullmatch(r"sha256=[0-9a-f]{64}", header):
        raise Forged("signature missing or wrong")
    return header.removeprefix("sha256=").encode("ascii")


def secrets_of(account: AccountLike) -> list[str]:
    return [secret for part in account.secrets.get("app_secret", "").split(",") if (secret := part.strip())]


def read(body: bytes) -> dict[str, Any]:
    """The delivery as clean JSON: no NUL and no lone surrogate in any string, no NaN, nothing bottomless."""
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_refuse, parse_float=_finite)
    except (ValueError, RecursionError):  # not UTF-8, not JSON, a number of 5,000 digits, 100,000 brackets
        value = None
    if not isinstance(value, dict):
        raise BadDelivery("not a JSON object")
    cleaned: dict[str, Any] = _clean(value, MAX_DEPTH)
    return cleaned


def _refuse(name: str) -> float:
    raise ValueError(name)


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("too large a number")
    return number


_SURROGATE = re.compile("[\ud800-\udfff]")


def _clean(value: Any, depth: int) -> Any:
    """PostgreSQL takes neither NUL nor half a surrogate pair, in text or in jsonb."""
    if not depth:
        raise BadDelivery("nested too deep")
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else _SURROGATE.sub("\ufffd", value.replace("\0", ""))
    if isinstance(value, dict):
        return {_clean(key, depth): _clean(item, depth - 1) for key, item in value.items()}
    if isinstance(value, list):
        return [_clean(item, depth - 1) for item in value]
    return value


# --- reading an item -----------------------------------------------------------------------------


class Malformed(ValueError):
    """An item lacks what it cannot do without. Says what, without quoting the customer."""


def part(value: Any, key: str) -> dict[str, Any]:
    """The object under this key; an empty one if there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    return found if isinstance(found, dict) else {}


def parts(value: Any, key: str) -> list[dict[str, Any]]:
    """The objects of the list under this key; what is not an object is left to `raw`."""
    found = value.get(key) if isinstance(value, dict) else None
    return [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []


def text(value: Any, key: str) -> str:
    """The string under this key, also when it came as a number; empty if there is none."""
    found = value.get(key) if isinstance(value, dict) else None
    if isinstance(found, str):
        return found
    return str(found) if isinstance(found, int | float) and not isinstance(found, bool) else ""


def identifier(value: Any, key: str) -> str:
    """The id under this key: an opaque string that must be there."""
    found = text(value, key).strip()
    if not found:
        raise Malformed(f"{key} is missing")
    if len(found) > MAX_ID:
        raise Malformed(f"{key} is too long")
    return found


def moment(value: Any) -> datetime:
    """Meta's times come as seconds or milliseconds, as number or string. Raises Malformed for anything else."""
    try:
        number = int(value)
        if isinstance(value, bool) or number <= 0:
            raise ValueError
        return datetime.fromtimestamp(number if number < 10**12 else number / 1000, tz=UTC)
    except (TypeError, ValueError, OverflowError, OSError):
        pass
    raise Malformed("timestamp is not a time")


def joined(*names: object) -> str:
    """A unique key made of several things; a fingerprint of it when they are too long for a key."""
    key = ":".join(str(name) for name in names)
    return key if len(key) <= MAX_ID else "sha256:" + hashlib.sha256(key.encode()).hexdigest()


def fingerprint(item: Any) -> str:
    """A unique key for an item without an id of its own."""
    return "sha256:" + hashlib.sha256(json.dumps(item, sort_keys=True).encode()).hexdigest()


# --- the Graph API -------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an error code means to us. `meaning` is for staff and logs."""

    error: type[ChannelError]
    meaning: str
    whole_account: bool = False
    after: timedelta | None = None


Verdicts = Mapping[tuple[int, int | None], Verdict]  # (code, subcode); subcode None is any other


def post(
    account: AccountLike,
    path: str,
    body: Mapping[str, Any],
    verdicts: Verdicts,
    *,
    timeout: tuple[float, float] | None = None,
) -> dict[str, Any]:
    """Call the Graph API once. The answer's JSON object (empty if unreadable), or a ChannelError."""
    return _call(account, "POST", path, body, verdicts, timeout or TIMEOUT)


def get(account: AccountLike, path: str, verdicts: Verdicts) -> dict[str, Any]:
    """Read from the Graph API once, like `post`. What cannot be known does no harm here: Uncertain means try later."""
    return _call(account, "GET", path, None, verdicts, TIMEOUT)


def _call(
    account: AccountLike,
    method: str,
    path: str,
    body: Mapping[str, Any] | None,
    verdicts: Verdicts,
    timeout: tuple[float, float],
) -> dict[str, Any]:
    token = account.secrets.get("token", "").strip()
    if not (token and token.isascii() and token.isprintable()):
        raise AccountBroken("no token", "the account has no usable access token")
    headers = {"Authorization": f"Bearer {token}"}
    try:
        answer = http.request(method, graph_url(account, path), json=body, headers=headers, timeout=timeout)
    except http.NotSent as failure:
        raise TryLater("not sent", failure.reason) from None
    except http.NoAnswer as failure:
        raise Uncertain("no answer", failure.reason) from None
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
    rest = retry_after(answer.headers)
    after = None if rest is None else timedelta(seconds=rest)
    if code is None:
        return _by_status(answer.status, after)
    name = str(code) if subcode is None else f"{code}/{subcode}"
    verdict = verdicts.get((code, subcode)) or verdicts.get((code, None))
    if verdict is None and error.get("is_transient") is True:
        verdict = Verdict(TryLater, "temporary fault")
    if verdict is None:
        return _by_status(answer.status, after, name)
    detail = f"{verdict.meaning}{_trace(error)}"
    if verdict.error is TryLater:
        return TryLater(name, detail, after=after or verdict.after, whole_account=verdict.whole_account)
    return verdict.error(name, detail)


def _by_status(status: int, after: timedelta | None, code: str = "") -> ChannelError:
    name = code or f"HTTP {status}"
    if status == 429:
        return TryLater(name, "too many requests", after=after, whole_account=True)
    if status == 401 or (status == 403 and not code):  # a code that we do not know may be about one message only
        return AccountBroken(name, "access refused")
    if status >= 500 or status < 300:
        return Uncertain(name, "the service failed and did not say whether it sent the message")
    return Rejected(name, "the service refused the message")


def _number(error: Mapping[str, Any], key: str) -> int | None:
    value = text(error, key)
    return int(value) if re.fullmatch(r"-?[0-9]{1,9}", value) else None


def _trace(error: Mapping[str, Any]) -> str:
    """Meta's support asks for this."""
    trace = text(error, "fbtrace_id")
    return f" (trace {trace})" if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", trace) else ""
