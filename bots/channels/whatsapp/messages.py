"""The messages of WhatsApp's customers, kind by kind, in our words.

Meta: "messages webhook reference" and the page of each kind.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bots.channels import reading
from bots.channels.base import Change, Event, Inbound, Media, Moved, Unsupported
from bots.channels.whatsapp.people import Person, Place, person_of, split

FILES: Mapping[str, Any] = {
    "image": "image",
    "audio": "audio",
    "voice": "audio",
    "video": "video",
    "document": "file",
    "sticker": "sticker",
}
MOVES = {"user_changed_number", "user_changed_user_id", "customer_changed_number"}


@dataclass(frozen=True, slots=True)
class Content:
    """What a message says, whatever its kind. `person` if it tells more about who sent it."""

    text: str = ""
    choice: str = ""
    media: tuple[Media, ...] = ()
    person: Person | None = None


def read_message(item: dict[str, Any], place: Place) -> Event:
    """One item of `messages`. Raises Malformed."""
    kind = reading.text(item, "type")
    at = reading.moment(item.get("timestamp"))
    person = person_of(item, place.book)
    if kind in _EVENTS:
        return _EVENTS[kind](item, place, person, at)
    read = _CONTENTS.get(kind)
    content = read(item) if read and not reading.text(item, "group_id") else None
    if content is None or not (content.text or content.media or content.choice or item.get("referral")):
        return _unsupported(item, place, person, at)
    person = content.person or person
    context = reading.part(item, "context")
    return Inbound(
        **_about(item, place, person),
        sender_name=person.name,
        sent_at=at,
        text=content.text,
        choice=content.choice,
        media=content.media,
        reply_to=reading.text(context, "id"),  # a forwarded message has a context without one
        referral=_referral(reading.part(item, "referral"), reading.part(context, "referred_product")),
    )


def _unsupported(item: dict[str, Any], place: Place, person: Person, at: datetime, *, kind: str = "") -> Unsupported:
    """Understood as a message and not as content: told to the customer, unless it is in a group."""
    named = reading.text(reading.part(item, "unsupported"), "type")
    silent = bool(kind or reading.text(item, "group_id"))
    shown = kind or named[:40] or "unsupported"
    return Unsupported(**_about(item, place, person), at=at, kind=shown, silent=silent)


def _about(item: dict[str, Any], place: Place, person: Person) -> dict[str, Any]:
    """Return what every event of a person carries: whose account, its id, who, and the item itself."""
    return {
        "account": place.account,
        "external_id": reading.identifier(item, "id"),
        "sender": person.sender,
        "also": person.also,
        "raw": item,
    }


# --- content -------------------------------------------------------------------------------------


def _text(item: dict[str, Any]) -> Content:
    return Content(reading.text(reading.part(item, "text"), "body"))


def _interactive(item: dict[str, Any]) -> Content | None:
    """Return a button, a row of a list, a filled-in form. May come without its key when Meta failed (131000)."""
    given = reading.part(item, "interactive")
    for name in ("button_reply", "list_reply"):
        if reply := reading.part(given, name):
            return Content(reading.text(reply, "title"), reading.text(reply, "id"))
    if form := reading.part(given, "nfm_reply"):
        return Content(_form(form))
    return None


def _form(form: dict[str, Any]) -> str:
    """Return the words of a form, and its answers a line each. `response_json` is JSON inside a string."""
    try:
        answers = json.loads(reading.text(form, "response_json") or "{}")
    except (ValueError, RecursionError):
        answers = {}
    rows = answers.items() if isinstance(answers, dict) else ()
    lines = [
        f"{name}: {value}" for name, value in rows if isinstance(value, str | int | float) and name != "flow_token"
    ]
    return "\n".join(filter(None, [reading.text(form, "body") or reading.text(form, "name"), *lines]))[:4000]


def _button(item: dict[str, Any]) -> Content:
    """Return a quick reply beneath a template. Its payload is its label unless we gave it another one."""
    button = reading.part(item, "button")
    text, payload = reading.text(button, "text"), reading.text(button, "payload")
    return Content(text or payload, "" if payload == text else payload)


def _file(item: dict[str, Any]) -> Content:
    """A file is asked for by its id. The address beside it lives for five minutes only, so it is not kept."""
    kind = reading.text(item, "type")
    given = reading.part(item, kind)
    title = reading.text(given, "filename")[:200]
    return Content(reading.text(given, "caption"), media=(Media(FILES[kind], "", title, reading.text(given, "id")),))


def _location(item: dict[str, Any]) -> Content:
    given = reading.part(item, "location")
    latitude, longitude = given.get("latitude"), given.get("longitude")
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in (latitude, longitude)):
        raise reading.Malformed("a location without its numbers")
    title = ", ".join(filter(None, [reading.text(given, "name"), reading.text(given, "address")]))
    url = f"https://www.google.com/maps/search/?api=1&query={latitude},{longitude}"
    return Content(media=(Media("location", url, title or f"{latitude}, {longitude}"),))


def _cards(item: dict[str, Any]) -> Content:
    """Contact cards. The sender's own, if it answers our question for the number: that makes them known by it."""
    found, own = [], None
    for card in reading.parts(item, "contacts"):
        name = reading.part(card, "name")
        phones = [reading.text(phone, "phone") for phone in reading.parts(card, "phones")]
        title = ", ".join(
            filter(None, [reading.text(name, "formatted_name") or reading.text(name, "first_name"), *phones])
        )
        found.append(Media("contact", "", title[:200]))
        if reading.text(card, "origin") == "contact_request":
            numbers = [split(reading.text(phone, "wa_id"), "")[0] for phone in reading.parts(card, "phones")]
            own = next(filter(None, numbers), "")
    sender = split(reading.text(item, "from"), reading.text(item, "from_user_id"))
    person = Person(own, sender[1]) if own and sender[1] and not sender[0] else None
    return Content(media=tuple(found), person=person)


def _order(item: dict[str, Any]) -> Content:
    order = reading.part(item, "order")
    goods = [
        f"{reading.text(one, 'quantity') or '1'} × {reading.text(one, 'product_retailer_id')}"
        for one in reading.parts(order, "product_items")
    ]
    return Content(reading.text(order, "text"), media=(Media("other", "", f"Order: {', '.join(goods)}"[:200]),))


_CONTENTS: dict[str, Callable[[dict[str, Any]], Content | None]] = {
    "text": _text,
    "interactive": _interactive,
    "button": _button,
    "location": _location,
    "contacts": _cards,
    "order": _order,
    **dict.fromkeys(FILES, _file),
}


# --- what changes something else -----------------------------------------------------------------


def _reaction(item: dict[str, Any], place: Place, person: Person, at: datetime) -> Event:
    """Taken back: the emoji is missing, or empty."""
    given = reading.part(item, "reaction")
    target, emoji = reading.identifier(given, "message_id"), reading.text(given, "emoji")
    return Change(**_about(item, place, person), at=at, kind="reaction", target=target, text=emoji)


def _edit(item: dict[str, Any], place: Place, person: Person, at: datetime) -> Event:
    given = reading.part(item, "edit")
    new = reading.part(given, "message")
    kind = reading.text(new, "type")
    text = reading.text(reading.part(new, "text"), "body") or reading.text(reading.part(new, kind), "caption")
    target = reading.identifier(given, "original_message_id")
    return Change(**_about(item, place, person), at=at, kind="edited", target=target, text=text)


def _revoke(item: dict[str, Any], place: Place, person: Person, at: datetime) -> Event:
    target = reading.identifier(reading.part(item, "revoke"), "original_message_id")
    return Change(**_about(item, place, person), at=at, kind="deleted", target=target)


def _system(item: dict[str, Any], place: Place, person: Person, at: datetime) -> Event:
    """Another number or user id: `from` is the old one, the new ones stand in `system`. Its prose is not read."""
    given = reading.part(item, "system")
    phone, bsuid = split(
        reading.text(given, "wa_id") or reading.text(given, "new_wa_id"), reading.text(given, "user_id")
    )
    new = Person(phone, bsuid).identities
    if reading.text(given, "type") not in MOVES or not new:
        return _unsupported(item, place, person, at, kind=_kind(reading.text(given, "type"), "system"))
    old = next((one for one in person.identities if one not in new), person.sender)  # that which is no new one too
    return Moved(**_about(item, place, person) | {"sender": old}, at=at, now=new)


def _welcome(item: dict[str, Any], place: Place, person: Person, at: datetime) -> Event:
    """The customer opened the chat and has not written yet."""
    return _unsupported(item, place, person, at, kind="request_welcome")


def _kind(name: str, otherwise: str) -> str:
    return name[:40] if name.replace("_", "").isalnum() and name.isascii() else otherwise


_EVENTS: dict[str, Callable[[dict[str, Any], Place, Person, datetime], Event]] = {
    "reaction": _reaction,
    "edit": _edit,
    "revoke": _revoke,
    "system": _system,
    "request_welcome": _welcome,
}


def _referral(referral: Mapping[str, Any], product: Mapping[str, Any]) -> str:
    """Return where the customer came from, in a line for staff."""
    source = reading.text(referral, "source_type") or "ad"
    found = [
        reading.text(referral, "headline"),
        _named(source, reading.text(referral, "source_id")),
        reading.text(referral, "source_url") if not referral.get("headline") else "",
        _named("product", reading.text(product, "product_retailer_id")),
    ]
    return ", ".join(part for part in found if part)[:300]


def _named(name: str, value: str) -> str:
    return f"{name} {value}" if value else ""
