"""What WhatsApp's webhook brings, translated item by item into our words. No database, no network.

Meta: "messages webhook reference", "Status messages webhook reference", "Business-scoped user IDs", "user_preferences".
A person is known by a phone number, by a business-scoped user id (“bsuid”), or by both; either may be missing.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from bots.channels import reading
from bots.channels.base import AccountLike, Consent, Event, Identity, Receipt, StaffEcho, Unsupported
from bots.channels.whatsapp.errors import failure_of
from bots.channels.whatsapp.messages import read_message
from bots.channels.whatsapp.people import Book, Place, person_of

# --- the envelope --------------------------------------------------------------------------------


def read_entry(entry: Any, ours: Mapping[str, AccountLike]) -> Iterator[Event]:
    """Return the events of one entry, as far as they are about our accounts (phone number ids)."""
    changes = entry.get("changes") if isinstance(entry, dict) else None
    if not isinstance(changes, list):
        yield reading.unreadable(_only(ours), "an entry without a list of changes", entry)
        return
    for change in changes:
        value = reading.part(change, "value")
        account = _account(entry, value, ours)
        if account is None:
            continue  # another number of the same app, or a sample from the dashboard
        if not isinstance(change, dict) or not isinstance(change.get("value"), dict):
            yield reading.unreadable(account, "a change without a value", change)
            continue
        yield from _read_value(value, Place(account, reading.text(change, "field"), Book(value)))


def _account(entry: Mapping[str, Any], value: Mapping[str, Any], ours: Mapping[str, AccountLike]) -> str | None:
    """Whose it is: told by the phone number's id; where that is missing, by the WhatsApp Business account's.

    "" where several could be meant.
    """
    if number := reading.text(reading.part(value, "metadata"), "phone_number_id").strip():
        return number if number in ours else None
    business = reading.text(entry, "id").strip()
    named = [code for code, one in ours.items() if business and one.secrets.get("business_account_id") == business]
    return named[0] if len(named) == 1 else _only(ours)


def _only(ours: Mapping[str, AccountLike]) -> str:
    return next(iter(ours)) if len(ours) == 1 else ""


@dataclass(frozen=True, slots=True)
class _List:
    """A list of a value and what reads its items."""

    name: str
    read: Any


def _read_value(value: dict[str, Any], place: Place) -> Iterator[Event]:
    if not any(one.name in value for one in _LISTS):
        yield _silent(value, place)
        return
    for one in _LISTS:
        yield from reading.translate(value, one.name, place.account, partial(one.read, place=place))


# --- what is no message of the customer's --------------------------------------------------------

_RANKED: Mapping[str, Any] = {
    "sent": "sent",
    "delivered": "delivered",
    "read": "read",
    "played": "read",  # a voice message was listened to
    "failed": "failed",
}


def _status(item: dict[str, Any], place: Place) -> Event | None:
    """Return what became of a message of ours. Other words ("deleted", "warning") say nothing that we could act on."""
    status = _RANKED.get(reading.text(item, "status"))
    if status is None:
        return None
    error = next(iter(reading.parts(item, "errors")), {})
    failed = status == "failed"
    return Receipt(
        account=place.account,
        external_id=reading.identifier(item, "id"),
        status=status,
        at=reading.moment(item.get("timestamp")),
        sender=_recipient(item, place),
        client_ref=reading.text(item, "biz_opaque_callback_data"),
        error=_said(error) if failed else "",
        failure=failure_of(error) if failed else None,
    )


def _recipient(item: dict[str, Any], place: Place) -> Identity | None:
    """Whose message it was: so that deliveries about the same people lock them in the same order."""
    try:
        return person_of(item, place.book, phone="recipient_id", bsuid="recipient_user_id").sender
    except reading.Malformed:
        return None


def _said(error: Mapping[str, Any]) -> str:
    """“131047 Re-engagement message”: Meta's own title, which quotes nobody."""
    return f"{reading.text(error, 'code')} {reading.text(error, 'title')}".strip()[:160]


def _error(item: dict[str, Any], place: Place) -> Event:
    """Return a fault of the account or of Meta, not of one message: kept where whoever runs the installation looks."""
    return Unsupported(
        account=place.account,
        external_id=reading.fingerprint(item),
        kind=f"error {_said(item)}".strip()[:100],
        raw=item,
    )


def _preference(item: dict[str, Any], place: Place) -> Event:
    """Meta: "user_preferences". The customer stopped or resumed marketing messages in WhatsApp itself."""
    person = person_of(item, place.book, phone="wa_id", bsuid="user_id")
    at = reading.moment(item.get("timestamp"))
    value = reading.text(item, "value").lower()
    if value not in ("stop", "resume"):
        return Unsupported(
            account=place.account,
            external_id=reading.fingerprint(item),
            kind="user_preferences",
            at=at,
            sender=person.sender,
            also=person.also,
            raw=item,
        )
    return Consent(
        account=place.account,
        external_id=reading.joined("preference", person.sender.value, value, round(at.timestamp())),
        sender=person.sender,
        also=person.also,
        wanted=value == "resume",
        at=at,
        raw=item,
    )


def _echo(item: dict[str, Any], place: Place) -> Event | None:
    """Return a person answered in the WhatsApp Business app on the phone (coexistence)."""
    person = person_of(item, place.book, phone="to", bsuid="to_user_id")
    inner = read_message({**item, "from": person.phone, "from_user_id": person.bsuid}, place)
    return StaffEcho(
        account=place.account,
        external_id=reading.identifier(item, "id"),
        recipient=person.sender,
        also=person.also,
        sent_at=reading.moment(item.get("timestamp")),
        text=getattr(inner, "text", ""),
        media=getattr(inner, "media", ()),
        raw=item,
    )


def _silent(value: dict[str, Any], place: Place) -> Event:
    """A field that is no conversation (templates, quality, calls): kept, never answered."""
    return Unsupported(
        account=place.account,
        external_id=reading.fingerprint(value),
        kind=place.field if re.fullmatch(r"[a-z_]{1,40}", place.field) else "unknown",
        raw=value,
    )


_LISTS = (
    _List("messages", read_message),
    _List("message_echoes", _echo),
    _List("statuses", _status),
    _List("user_preferences", _preference),
    _List("errors", _error),
)
