"""What Instagram's webhook brings, translated item by item into our words. No database, no network.

Meta: "Webhooks for Instagram Messaging", "Instagram Platform webhooks", "Conversation Routing".
"""

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from bots.channels import reading
from bots.channels.base import Change, Event, Identity, Inbound, Media, Receipt, StaffEcho, Unsupported

# --- entries -------------------------------------------------------------------------------------

# The names differ between Meta's pages, so both spellings are read.
_LISTS = ("messaging", "standby", "messaging_handover", "messaging_handovers", "changes")
_FIELDS = {
    "messages", "message_echoes", "messaging_postbacks", "messaging_seen", "message_reactions", "messaging_reactions",
    "message_edit", "messaging_referral", "messaging_referrals", "messaging_handover", "messaging_handovers",
    "standby",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Place:
    """Where an item stood."""

    account: str
    time: Any  # the entry's own time, for items without one
    name: str  # the list that it stood in; for `changes`, the field


def read_entry(entry: Any, ours: Collection[str]) -> Iterator[Event]:
    """Return the events of one entry, if it is about one of our accounts."""
    account = reading.text(entry, "id").strip()
    if not account:  # whose it is can be told only if there is one shop that it can be of
        yield reading.unreadable(next(iter(ours)) if len(ours) == 1 else "", "an entry without id", entry)
        return
    if account not in ours:  # another shop of the same app, or the dashboard's test events with their id "0"
        return
    if not any(name in entry for name in _LISTS):
        yield reading.unreadable(account, "an entry without any known list", entry)
    for name in _LISTS:
        read = _change_of_field if name == "changes" else _translate
        place = _Place(account, entry.get("time"), name)
        yield from reading.translate(entry, name, account, partial(read, place=place))


def _change_of_field(change: dict[str, Any], place: _Place) -> Event | None:
    """Return the same items, wrapped: what the dashboard's Test button sends, and now and then production."""
    field = reading.text(change, "field")
    value = change.get("value")
    if field not in _FIELDS:  # comments, mentions, insights: not a conversation
        return _silent(change, _Place(place.account, place.time, field), kind=_word(field))
    if not isinstance(value, dict):
        raise reading.Malformed("value is not an object")
    return _translate(value, _Place(place.account, place.time, field))


# --- items ---------------------------------------------------------------------------------------


def _translate(item: dict[str, Any], place: _Place) -> Event | None:
    if place.name == "standby":
        return _standby(item, place)
    for key, read in _READERS.items():
        if key in item:
            if not isinstance(item[key], dict):
                raise reading.Malformed(f"{key} is not an object")
            return read(item, place)
    kinds = [key for key in item if key not in ("sender", "recipient", "timestamp")]
    return _silent(item, place, kind=_word(kinds[0] if kinds else ""))


def _standby(item: dict[str, Any], place: _Place) -> Event:
    """Another app holds the conversation. Its key is not the message's own: that one may still come to us to answer.

    What the business said there has no `text`, so that nobody takes it for the customer's words; it stands in `raw`.
    """
    message = reading.part(item, "message")
    words = "" if _is_ours(item, place) else reading.text(message, "text")
    return _silent(item, place, kind="standby", mid=reading.text(message, "mid"), words=words)


def _message(item: dict[str, Any], place: _Place) -> Event | None:
    message = reading.part(item, "message")
    mid = reading.identifier(message, "mid")
    customer, at = _customer(item, place), _at(item, place)
    if message.get("is_self") is True or customer.value == place.account:
        return None  # the account writes to itself
    if message.get("is_deleted") is True:
        key = reading.joined(mid, "deleted", _stamp(at))
        return Change(**_about(item, place), external_id=key, kind="deleted", target=mid)
    words, media = reading.text(message, "text"), _media(message)
    if _is_ours(item, place):
        return StaffEcho(
            account=place.account, external_id=mid, recipient=customer, sent_at=at, text=words, media=media, raw=item
        )
    choice = reading.text(reading.part(message, "quick_reply"), "payload")
    referral = _referral(reading.part(message, "referral"))
    if message.get("is_unsupported") is True or not (words or media or choice or referral):
        return Unsupported(**_about(item, place), external_id=mid, kind="unsupported", text=words, silent=False)
    return Inbound(
        account=place.account,
        external_id=mid,
        sender=customer,
        sent_at=at,
        text=words,
        choice=choice,
        media=media,
        reply_to=reading.text(reading.part(message, "reply_to"), "mid"),
        referral=referral,
        raw=item,
    )


def _postback(item: dict[str, Any], place: _Place) -> Event:
    """Return a button of a template, an ice breaker or the menu. Meta: "Ice Breakers" shows it without a mid."""
    postback = reading.part(item, "postback")
    customer, at = _customer(item, place), _at(item, place)
    title, payload = reading.text(postback, "title"), reading.text(postback, "payload")
    if not (title or payload):
        raise reading.Malformed("a postback without title and payload")
    return Inbound(
        account=place.account,
        external_id=reading.text(postback, "mid")
        or reading.joined("postback", customer.value, _stamp(at), payload or title),
        sender=customer,
        sent_at=at,
        text=title,
        choice=payload,
        referral=_referral(reading.part(postback, "referral")),
        raw=item,
    )


def _reaction(item: dict[str, Any], place: _Place) -> Event:
    reaction = reading.part(item, "reaction")
    mid, action = reading.identifier(reaction, "mid"), reading.text(reaction, "action") or "react"
    about = _about(item, place)
    emoji = reading.text(reaction, "emoji") or reading.text(reaction, "reaction") or "?"
    key = reading.joined("reaction", mid, about["sender"].value, action, _stamp(about["at"]))
    text = "" if action == "unreact" else emoji
    return Change(**about, external_id=key, kind="reaction", target=mid, text=text)


def _edit(item: dict[str, Any], place: _Place) -> Event:
    edit = reading.part(item, "message_edit")
    mid = reading.identifier(edit, "mid")
    if not reading.part(item, "sender"):  # seen in practice with num_edit 0: says nothing about anybody
        return _silent(item, place, kind="message_edit")
    key = reading.joined(mid, "edited", _stamp(_at(item, place)))
    return Change(**_about(item, place), external_id=key, kind="edited", target=mid, text=reading.text(edit, "text"))


def _seen(item: dict[str, Any], place: _Place) -> Event:
    """Meta names one message; those before it have been seen too. There is no receipt of delivery."""
    return Receipt(
        account=place.account,
        external_id=reading.identifier(reading.part(item, "read"), "mid"),
        status="read",
        at=_at(item, place),
        sender=_customer(item, place),
        upto=True,
    )


def _came_back(item: dict[str, Any], place: _Place) -> Event:
    """An ig.me link opened an existing chat, without a message."""
    return _silent(item, place, kind="referral", words=_referral(reading.part(item, "referral")))


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
    except reading.Malformed:
        customer = None
    return Unsupported(
        account=place.account,
        external_id=reading.joined(kind, mid) if mid else reading.fingerprint(item),
        kind=kind,
        at=_at(item, place),
        sender=customer,
        text=words,
        silent=True,
        raw=item,
    )


# --- parts of an item ----------------------------------------------------------------------------


def _is_ours(item: dict[str, Any], place: _Place) -> bool:
    """Return whether the business's own account did it."""
    is_echo = reading.part(item, "message").get("is_echo") is True
    return is_echo or reading.text(reading.part(item, "sender"), "id").strip() == place.account


def _about(item: dict[str, Any], place: _Place) -> dict[str, Any]:
    """Return what every change of the customer's carries: whose account, who, when, and the item itself."""
    return {"account": place.account, "sender": _customer(item, place), "at": _at(item, place), "raw": item}


def _customer(item: dict[str, Any], place: _Place) -> Identity:
    """Return the other side of the conversation: in an echo the customer is the recipient."""
    side = "recipient" if _is_ours(item, place) else "sender"
    try:
        return Identity("instagram", "igsid", reading.identifier(reading.part(item, side), "id"))
    except reading.Malformed as error:
        raise reading.Malformed(f"{side}.{error}") from None


def _at(item: dict[str, Any], place: _Place) -> datetime:
    try:
        return reading.moment(item.get("timestamp"))
    except reading.Malformed:
        return reading.moment(place.time)


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
    found = [_attachment(attachment) for attachment in reading.parts(message, "attachments")]
    if story := reading.part(reading.part(message, "reply_to"), "story"):
        found.append(Media("story", _link(story), "reply to story"))
    return tuple(found)


def _attachment(attachment: dict[str, Any]) -> Media:
    name, payload = reading.text(attachment, "type"), reading.part(attachment, "payload")
    kind: Any = _KINDS.get(name, "other")
    title = reading.text(payload, "title") or ("" if kind == name else name.replace("_", " "))
    return Media(kind, _link(payload), title)


def _link(payload: dict[str, Any]) -> str:
    url = reading.text(payload, "url")
    return url if url.startswith(("https://", "http://")) else ""


def _referral(referral: dict[str, Any]) -> str:
    """Return where the customer came from, in a line for staff. Meta spells `source` in several ways: only show it."""
    found = [
        reading.text(reading.part(referral, "ads_context_data"), "ad_title"),
        _named("ref", reading.text(referral, "ref")),
        _named("ad", reading.text(referral, "ad_id")),
        _named("product", reading.text(reading.part(referral, "product"), "id")),
        _named("source", reading.text(referral, "source")),
    ]
    return ", ".join(part for part in found if part)


def _named(name: str, value: str) -> str:
    return f"{name} {value}" if value else ""
