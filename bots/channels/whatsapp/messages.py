"""The messages of WhatsApp's customers, kind by kind, in our words.

Meta: "messages webhook reference" and the page of each kind.
"""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bots.channels.base import Change, Event, Identity, Inbound, Media, Moved, Unsupported
from bots.channels.meta import graph
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
    kind = graph.text(item, "type")
    at, key = graph.moment(item.get("timestamp")), graph.identifier(item, "id")
    person = person_of(item, place.book)
    if kind in _EVENTS:
        return _EVENTS[kind](item, place, person, at)
    read = _CONTENTS.get(kind)
    content = read(item) if read and not graph.text(item, "group_id") else None
    if content is None or not (content.text or content.media or content.choice or item.get("referral")):
        return _unsupported(item, place, person, at)
    person = content.person or person
    context = graph.part(item, "context")
    return Inbound(
        account=place.account,
        external_id=key,
        sender=person.sender,
        also=person.also,
        sender_name=person.name,
        sent_at=at,
        text=content.text,
        choice=content.choice,
        media=content.media,
        reply_to=graph.text(context, "id"),  # a forwarded message has a context without one
        referral=_referral(graph.part(item, "referral"), graph.part(context, "referred_product")),
        raw=item,
    )


def _unsupported(item: dict[str, Any], place: Place, person: Person, at: datetime, *, kind: str = "") -> Unsupported:
    """Understood as a message and not as content: told to the customer, unless it is in a group."""
    named = graph.text(graph.part(item, "unsupported"), "type")
    return Unsupported(
        account=place.account,
        external_id=graph.identifier(item, "id"),
        kind=kind or named[:40] or "unsupported",
        at=at,
        sender=person.sender,
        also=person.also,
        silent=bool(kind or graph.text(item, "group_id")),
        raw=item,
    )


# --- content -------------------------------------------------------------------------------------


def _text(item: dict[str, Any]) -> Content:
    return Content(graph.text(graph.part(item, "text"), "body"))


def _interactive(item: dict[str, Any]) -> Content | None:
    """A button, a row of a list, a filled-in form. May come without its key when Meta failed (131000)."""
    given = graph.part(item, "interactive")
    for name in ("button_reply", "list_reply"):
        if reply := graph.part(given, name):
            return Content(graph.text(reply, "title"), graph.text(reply, "id"))
    if form := graph.part(given, "nfm_reply"):
        return Content(_form(form))
    return None


def _form(form: dict[str, Any]) -> str:
    """The words of a form, and its answers a line each. `response_json` is JSON inside a string."""
    try:
        answers = json.loads(graph.text(form, "response_json") or "{}")
    except (ValueError, RecursionError):
        answers = {}
    rows = answers.items() if isinstance(answers, dict) else ()
    lines = [
        f"{name}: {value}" for name, value in rows if isinstance(value, str | int | float) and name != "flow_token"
    ]
    return "\n".join(filter(None, [graph.text(form, "body") or graph.text(form, "name"), *lines]))[:4000]


def _button(item: dict[str, Any]) -> Content:
    """A quick reply beneath a template. Its payload is its label unless we gave it another one."""
    button = graph.part(item, "button")
    text, payload = graph.text(button, "text"), graph.text(button, "payload")
    return Content(text or payload, "" if payload == text else payload)


def _file(item: dict[str, Any]) -> Content:
    """A file is asked for by its id. The address beside it lives for five minutes only, so it is not kept."""
    kind = graph.text(item, "type")
    given = graph.part(item, kind)
    title = graph.text(given, "filename")[:200]
    return Content(graph.text(given, "caption"), media=(Media(FILES[kind], "", title, graph.text(given, "id")),))


def _location(item: dict[str, Any]) -> Content:
    given = graph.part(item, "location")
    latitude, longitude = given.get("latitude"), given.get("longitude")
    if not all(isinstance(one, int | float) and not isinstance(one, bool) for one in (latitude, longitude)):
        raise graph.Malformed("a location without its numbers")
    title = ", ".join(filter(None, [graph.text(given, "name"), graph.text(given, "address")]))
    url = f"https://www.google.com/maps/search/?api=1&query={latitude},{longitude}"
    return Content(media=(Media("location", url, title or f"{latitude}, {longitude}"),))


def _cards(item: dict[str, Any]) -> Content:
    """Contact cards. The sender's own, if it answers our question for the number: that makes them known by it."""
    found, own = [], None
    for card in graph.parts(item, "contacts"):
        name = graph.part(card, "name")
        phones = [graph.text(phone, "phone") for phone in graph.parts(card, "phones")]
        title = ", ".join(filter(None, [graph.text(name, "formatted_name") or graph.text(name, "first_name"), *phones]))
        found.append(Media("contact", "", title[:200]))
        if graph.text(card, "origin") == "contact_request":
            numbers = [split(graph.text(phone, "wa_id"), "")[0] for phone in graph.parts(card, "phones")]
            own = next(filter(None, numbers), "")
    sender = split(graph.text(item, "from"), graph.text(item, "from_user_id"))
    person = Person(own, sender[1]) if own and sender[1] and not sender[0] else None
    return Content(media=tuple(found), person=person)


def _order(item: dict[str, Any]) -> Content:
    order = graph.part(item, "order")
    goods = [
        f"{graph.text(one, 'quantity') or '1'} × {graph.text(one, 'product_retailer_id')}"
        for one in graph.parts(order, "product_items")
    ]
    return Content(graph.text(order, "text"), media=(Media("other", "", f"Order: {', '.join(goods)}"[:200]),))


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
    given = graph.part(item, "reaction")
    return _changed(
        item, place, person, at, "reaction", graph.identifier(given, "message_id"), graph.text(given, "emoji")
    )


def _edit(item: dict[str, Any], place: Place, person: Person, at: datetime) -> Event:
    given = graph.part(item, "edit")
    new = graph.part(given, "message")
    kind = graph.text(new, "type")
    text = graph.text(graph.part(new, "text"), "body") or graph.text(graph.part(new, kind), "caption")
    return _changed(item, place, person, at, "edited", graph.identifier(given, "original_message_id"), text)


def _revoke(item: dict[str, Any], place: Place, person: Person, at: datetime) -> Event:
    target = graph.identifier(graph.part(item, "revoke"), "original_message_id")
    return _changed(item, place, person, at, "deleted", target, "")


def _changed(
    item: dict[str, Any], place: Place, person: Person, at: datetime, kind: Any, target: str, text: str
) -> Change:
    return Change(
        account=place.account,
        external_id=graph.identifier(item, "id"),
        kind=kind,
        target=target,
        sender=person.sender,
        also=person.also,
        at=at,
        text=text,
        raw=item,
    )


def _system(item: dict[str, Any], place: Place, person: Person, at: datetime) -> Event:
    """Another number or user id: `from` is the old one, the new ones stand in `system`. Its prose is not read."""
    given = graph.part(item, "system")
    phone, bsuid = split(graph.text(given, "wa_id") or graph.text(given, "new_wa_id"), graph.text(given, "user_id"))
    new = Person(phone, bsuid).identities
    if graph.text(given, "type") not in MOVES or not new:
        return _unsupported(item, place, person, at, kind=_kind(graph.text(given, "type"), "system"))
    return Moved(
        account=place.account,
        external_id=graph.identifier(item, "id"),
        sender=_old(person, new),
        now=new,
        at=at,
        raw=item,
    )


def _old(person: Person, new: tuple[Identity, ...]) -> Identity:
    """That of the old identities which is not among the new ones, if there is one."""
    return next((one for one in person.identities if one not in new), person.sender)


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
    """Where the customer came from, in a line for staff."""
    source = graph.text(referral, "source_type") or "ad"
    found = [
        graph.text(referral, "headline"),
        _named(source, graph.text(referral, "source_id")),
        graph.text(referral, "source_url") if not referral.get("headline") else "",
        _named("product", graph.text(product, "product_retailer_id")),
    ]
    return ", ".join(part for part in found if part)[:300]


def _named(name: str, value: str) -> str:
    return f"{name} {value}" if value else ""
