"""Reads what a service posts to us as JSON: who signed it, clean values, and items that cost each other nothing.

Every channel with a webhook may be attacked by its body, so the defence is here once: `signers`, then `read`, then
`translate` for each item.
"""

import hashlib
import hmac
import json
import math
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import Any

from bots.channels.base import AccountLike, BadDelivery, Delivery, Event, Forged, Unreadable

MAX_DEPTH = 60  # far above what any service nests, far below what Python minds
MAX_ID = 300  # characters; Meta's are below 200


# --- the delivery --------------------------------------------------------------------------------


def signers(
    delivery: Delivery, accounts: Collection[AccountLike], secret: str, *, header: str
) -> dict[str, AccountLike]:
    """Return the accounts, by external id, with whose secret this body was signed. Raises Forged if there is none.

    `header` (in lower case) holds “sha256=” and the HMAC-SHA256 of the raw bytes, in 64 small hex digits: a body that
    was read and written again no longer verifies. `secret` is its name; an account may hold several, separated by
    commas, while one is replaced.
    """
    given = _signature(delivery.headers.get(header, ""))
    known = {
        account.external_id: {part.strip() for part in account.secrets.get(secret, "").split(",")} - {""}
        for account in accounts
    }
    genuine = {
        value for value in set().union(*known.values()) if hmac.compare_digest(_signed(delivery.body, value), given)
    }
    signed = {account.external_id: account for account in accounts if known[account.external_id] & genuine}
    if not signed:
        raise Forged("signature missing or wrong")
    return signed


def _signed(body: bytes, secret: str) -> bytes:
    return hmac.new(secret.encode(), body, hashlib.sha256).hexdigest().encode()


def _signature(header: str) -> bytes:
    """The 64 hex digits of the header. Two headers joined, capitals or SHA-1 are not it."""
    if not re.fullmatch(r"sha256=[0-9a-f]{64}", header):
        raise Forged("signature missing or wrong")
    return header.removeprefix("sha256=").encode("ascii")


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
    """A time in seconds or milliseconds since 1970, as number or string. Raises Malformed for anything else."""
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


# --- items ---------------------------------------------------------------------------------------


def translate(
    holder: Mapping[str, Any], key: str, account: str, read_item: Callable[[dict[str, Any]], Event | None]
) -> Iterator[Event]:
    """Yield what `read_item` makes of each item of the list under `key`; an item that it cannot read costs no other.

    Such an item, or what stands there instead of a list, becomes an Unreadable, which keeps it whole for staff.
    """
    items = holder.get(key, [])
    if not isinstance(items, list):
        yield unreadable(account, f"{key} is not a list", items)
        return
    for item in items:
        if (event := _translated(item, account, read_item)) is not None:
            yield event


def _translated(item: Any, account: str, read_item: Callable[[dict[str, Any]], Event | None]) -> Event | None:
    try:
        if not isinstance(item, dict):
            raise Malformed("not an object")
        return read_item(item)
    except Malformed as error:
        return unreadable(account, str(error), item)
    except Exception as error:  # one item that we failed to foresee must not cost the other 999
        return unreadable(account, f"unforeseen: {type(error).__name__}", item)


def unreadable(account: str, reason: str, raw: Any) -> Unreadable:
    """Return what keeps an item whole. `reason` quotes nothing of it."""
    return Unreadable(account=account, reason=reason, raw=json.dumps(raw).encode())
