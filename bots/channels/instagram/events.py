"""What Instagram's webhook brings, translated item by item into our words. No database, no network.

Meta: "Webhooks for Instagram Messaging", "Instagram Platform webhooks", "Conversation Routing".
"""

import json
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bots.channels.base import Change, Event, Identity, Inbound, Media, Receipt, StaffEcho, Unreadable, Unsupported
from bots.channels.meta import graph

# --- entries -------------------------------------------------------------------------------------

# The names differ between Meta's pages, so both spellings are read.
_LISTS = ("messaging", "standby", "messaging_handover", "messaging_handovers", "changes")
_FIELDS = {
    "messages",
    "message_echoes",
    "messaging_postbacks",
    "messaging_seen",
    "message_reactions",
    "messaging_reactions",
    "message_edit",
    "messaging_referral",
    "messaging_referrals",
    "messaging_handover",
    "messaging_handovers",
    "standby",
}


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item stood."""

    account: str
    time: Any  # the entry's own time, for items without one
    name: str  # the list that it stood in; for `changes`, the field


def read_entry(entry: Any, ours: Collection[str]) -> Iterator[Event]:
    """The events of one entry, if it is about one of our accounts."""
    account = graph.text(entry, "id").strip()
    if not account:  # whose it is can be told only if there is one shop that it can be of
        yield _unreadable(next(iter(ours)) if len(ours) == 1 else "", "an entry without id", entry)
        return
    if account not in ours:  # another shop of the same app, or the dashboard's test events with their id "0"
        return
    if not any(name in entry for name in _LISTS):
        yield _unreadable(account, "an entry without any known list", entry)
    for name in _LISTS:
        items = entry.get(name, [])
        if not isinstance(items, list):
            yield _unreadable(account, f"{name} is not a list", items)
            continue
        for item in items:
            event = _read_item(item, _Place(account, entry.get("time"), name))
            if event is not None:
                yield event


def _read_item(item: Any, place: _Place) -> Event | None:
    try:
        if not isinstance(item, dict):
            raise graph.Malformed("not an object")
        if place.name == "changes":
            return _change_of_field(item, place)
        return _translate(item, place)
    except graph.Malformed as error:
        return _unreadable(place.account, str(error), item)
    except Exception as error:  # one item that we failed to foresee must not cost the other 999
        return _unreadable(place.account, f"unforeseen: {type(error).__name__}", item)


def _change_of_field(change: dict[str, Any], place: _Place) -> Event | None:
    """The same items, wrapped: what the dashboard's Test button sends, and now and then production."""
    field = graph.text(change, "field")
    value = change.get("value")
    if field not in _FIELDS:  # comments, mentions, insights: not a conversation
        return _silent(change, _Place(place.account, place.time, field), kind=_word(field))
    if not isinstance(value, dict):
        raise graph.Malformed("value is not an object")
    return _translate(value, _Place(place.account, place.time, field))


def _unreadable(account: str, reason: str, raw: Any) -> Unreadable:
    return Unreadable(account=account, reason=reason, raw=json.dumps(raw).encode())


# --- items ---------------------------------------------------------------------------------------


def _translate(item: dict[str, Any], place: _Place) -> Event | None:
    if place.name == "standby":
        return _standby(item, place)
    for key, read in _READERS.items():
        if key in item:
            if not isinstance(item[key], dict):
                raise graph.Malformed(f"{key} is not an object")
            return read(item, place)
    kinds = [key for key in item if key not in ("sender", "recipient", "timestamp")]
    return _silent(item, place, kind=_word(kinds[0] if kinds else ""))


def _standby(item: dict[str, Any], place: _Place) -> Event:
    """Another app holds the conversation. Its key is not the message's own: that one may still come to us to answer.

    What the business said there has no `text`, so that nobody takes it for the customer's words; it stands in `raw`.
    """
    message = graph.part(item, "message")
    words = "" if _is_ours(item, place) else graph.text(message, "text")
    return _silent(item, place, kind="standby", mid=graph.text(message, "mid"), words=words)


def _message(item: dict[str, Any], place: _Place) -> Event | None:
    message = graph.part(item, "message")
    mid = graph.identifier(message, "mid")
    customer, at = _customer(item, place), _at(item, place)
    if message.get("is_self") is True or customer.value == place.account:
        return None  # the account writes to itself
    if message.get("is_deleted") is True:
        return Change(
            account=place.account,
            external_id=graph.joined(mid, "deleted", _stamp(at)),
            kind="deleted",
            target=mid,
            sender=customer,
            at=at,
            raw=item,
        )
    words, media = graph.text(message, "text"), _media(message)
    if _is_ours(item, place):
        return StaffEcho(
            account=place.account, external_id=mid, recipient=customer, sent_at=at, text=words, media=media, raw=item
        )
    choice = graph.text(graph.part(message, "quick_reply"), "payload")
    referral = _referral(graph.part(message, "referral"))
    if message.get("is_unsupported") is True or not (words or media or choice or referral):
        return Unsupported(
            account=place.account,
            external_id=mid,
            kind="unsupported",
            at=at,
            sender=customer,
            text=words,
            silent=False,
            raw=item,
        )
    return Inbound(
        account=place.account,
        external_id=mid,
        sender=customer,
        sent_at=at,
        text=words,
        choice=choice,
        media=media,
        reply_to=graph.text(graph.part(message, "reply_to"), "mid"),
        referral=referral,
        raw=item,
    )


def _postback(item: dict[str, Any], place: _Place) -> Event:
    """A button of a template, an ice breaker or the menu. Meta: "Ice Breakers" shows it without a mid."""
    postback = graph.part(item, "postback")
    customer, at = _customer(item, place), _at(item, place)
    title, payload = graph.text(postback, "title"), graph.text(postback, "payload")
    if not (title or payload):
        raise graph.Malformed("a postback without title and payload")
    return Inbound(
        account=place.account,
        external_id=graph.text(postback, "mid")
        or graph.joined("postback", customer.value, _stamp(at), payload or title),
        sender=customer,
        sent_at=at,
        text=title,
        choice=payload,
        referral=_referral(graph.part(postback, "referral")),
        raw=item,
    )


def _reaction(item: dict[str, Any], place: _Place) -> Event:
    reaction = graph.part(item, "reaction")
    mid, action = graph.identifier(reaction, "mid"), graph.text(reaction, "action") or "react"
    customer, at = _customer(item, place), _at(item, place)
    emoji = graph.text(reaction, "emoji") or graph.text(reaction, "reaction") or "?"
    return Change(
        account=place.account,
        external_id=graph.joined("reaction", mid, customer.value, action, _stamp(at)),
        kind="reaction",
        target=mid,
        sender=customer,
        at=at,
        text="" if action == "unreact" else emoji,
        raw=item,
    )


def _edit(item: dict[str, Any], place: _Place) -> Event:
    edit = graph.part(item, "message_edit")
    mid, at = graph.identifier(edit, "mid"), _at(item, place)
    if not graph.part(item, "sender"):  # seen in practice with num_edit 0: says nothing about anybody
        return _silent(item, place, kind="message_edit")
    return Change(
        account=place.account,
        external_id=graph.joined(mid, "edited", _stamp(at)),
        kind="edited",
        target=mid,
        sender=_customer(item, place),
        at=at,
        text=graph.text(edit, "text"),
        raw=item,
    )


def _seen(item: dict[str, Any], place: _Place) -> Event:
    """Meta names one message; those before it have been seen too. There is no receipt of delivery."""
    return Receipt(
        account=place.account,
        external_id=graph.identifier(graph.part(item, "read"), "mid"),
        status="read",
        at=_at(item, place),
        sender=_customer(item, place),
        upto=True,
    )


def _came_back(item: dict[str, Any], place: _Place) -> Event:
    """An ig.me link opened an existing chat, without a message."""
    return _silent(item, place, kind="referral", words=_referral(graph.part(item, "referral")))


_READERS = {
    "message": _message,
    "postback": _postback,
    "reaction": _reaction,
    "message_edit": _edit,
    "read": _seen,
    "referral": _came_back,
}


def _silent(item: dict[str, Any], place: _Place, *, kind: str, mid: str = "", words: str = "") -> Unsupported:
    """Something to keep and not to answer: thread control, standby traffic, what we do not know."""
    try:
        customer = _customer(item, place)
    except graph.Malformed:
        customer = None
    return Unsupported(
        account=place.account,
        external_id=graph.joined(kind, mid) if mid else graph.fingerprint(item),
        kind=kind,
        at=_at(item, place),
        sender=customer,
        text=words,
        silent=True,
        raw=item,
    )


# --- parts of an item ----------------------------------------------------------------------------


def _is_ours(item: dict[str, Any], place: _Place) -> bool:
    """Whether the business's own account did it."""
    is_echo = graph.part(item, "message").get("is_echo") is True
    return is_echo or graph.text(graph.part(item, "sender"), "id").strip() == place.account


def _customer(item: dict[str, Any], place: _Place) -> Identity:
    """The other side of the conversation: in an echo the customer is the recipient."""
    side = "recipient" if _is_ours(item, place) else "sender"
    try:
        return Identity("instagram", "igsid", graph.identifier(graph.part(item, side), "id"))
    except graph.Malformed as error:
        raise graph.Malformed(f"{side}.{error}") from None


def _at(item: dict[str, Any], place: _Place) -> datetime:
    try:
        return graph.moment(item.get("timestamp"))
    except graph.Malformed:
        return graph.moment(place.time)


def _stamp(at: datetime) -> int:
    return round(at.timestamp() * 1000)


def _word(name: str) -> str:
    return name if re.fullmatch(r"[a-z_]{1,40}", name) else "unknown"


_KINDS = {
    "image": "image",
    "audio": "audio",
    "video": "video",
    "file": "file",
    "share": "share",
    "ig_post": "share",
    "ig_reel": "share",
    "reel": "share",
    "story_mention": "story",
    "like_heart": "sticker",
}


def _media(message: dict[str, Any]) -> tuple[Media, ...]:
    """Attachments, and the story that the customer answered. A heart and view-once media come without a link."""
    found = [_attachment(attachment) for attachment in graph.parts(message, "attachments")]
    if story := graph.part(graph.part(message, "reply_to"), "story"):
        found.append(Media("story", _link(story), "reply to story"))
    return tuple(found)


def _attachment(attachment: dict[str, Any]) -> Media:
    name, payload = graph.text(attachment, "type"), graph.part(attachment, "payload")
    kind: Any = _KINDS.get(name, "other")
    title = graph.text(payload, "title") or ("" if kind == name else name.replace("_", " "))
    return Media(kind, _link(payload), title)


def _link(payload: dict[str, Any]) -> str:
    url = graph.text(payload, "url")
    return url if url.startswith(("https://", "http://")) else ""


def _referral(referral: dict[str, Any]) -> str:
    """Where the customer came from, in a line for staff. Meta spells `source` in several ways: only show it."""
    found = [
        graph.text(graph.part(referral, "ads_context_data"), "ad_title"),
        _named("ref", graph.text(referral, "ref")),
        _named("ad", graph.text(referral, "ad_id")),
        _named("product", graph.text(graph.part(referral, "product"), "id")),
        _named("source", graph.text(referral, "source")),
    ]
    return ", ".join(part for part in found if part)


def _named(name: str, value: str) -> str:
    return f"{name} {value}" if value else ""
