"""One gate for everything that is sent on its own: asked at the moment of sending, not when it was queued."""

from dataclasses import dataclass
from datetime import datetime

from bots.channels import CHANNELS
from bots.channels.base import Template
from bots.db import clock
from bots.templates.automatic import automatic_messages
from bots.templates.messages import template_for
from conversations.models import Conversation, Message
from conversations.quiet_hours import end_of_night

Purpose = Message.Purpose

CLOSED = "the channel's reply window is closed"


@dataclass(frozen=True, slots=True)
class Go:
    window_open: bool = True
    template: Template | None = None  # as this, because the window is closed


@dataclass(frozen=True, slots=True)
class Drop:
    """Not needed or not wanted any more."""

    why: str


@dataclass(frozen=True, slots=True)
class Hold:
    """Cannot go by itself; a person decides."""

    why: str


@dataclass(frozen=True, slots=True)
class Wait:
    """Not yet. `until` None: until something else changes."""

    until: datetime | None


def verdict(message: Message, conversation: Conversation) -> Go | Drop | Hold | Wait:
    """Return whether this message may go now. The conversation must be locked, its contact read under a share lock."""
    now = clock.now()
    by_staff = message.purpose == Purpose.STAFF
    if message.expires_at and message.expires_at <= now:
        return Drop("too late")
    if not conversation.account.is_active or conversation.account.paused_at:
        return Wait(None)
    if conversation.account.send_not_before and conversation.account.send_not_before > now:
        return Wait(conversation.account.send_not_before)
    if message.not_before and message.not_before > now:
        return Wait(message.not_before)
    if message.purpose == Purpose.REMINDER and (morning := end_of_night(now.astimezone(conversation.business.zone))):
        return Wait(morning)
    if conversation.contact.opted_out_at and message.purpose not in (Purpose.STAFF, Purpose.NOTICE):
        return Drop("opted out")
    if conversation.mode == Conversation.Mode.PERSON and message.purpose == Purpose.REPLY:
        return Drop("a person holds the conversation")
    window_open = _open(conversation.window_until(), now)
    if not window_open and not (by_staff and _open(conversation.window_until(by_staff=True), now)):
        return _outside(message, conversation)
    return Go(window_open)


def _outside(message: Message, conversation: Conversation) -> Go | Hold:
    """Outside the window: as the approved template that stands for this message, or a person must see to it."""
    key = str(message.template.get("key", ""))
    if not CHANNELS[conversation.account.channel].has_templates or not key:
        return Hold(CLOSED)
    language = str(message.template.get("language") or conversation.language)
    row = template_for(conversation.account, key, language)
    if row is None:
        label = automatic_messages().get(key, (key, ()))[0]
        return Hold(f"{CLOSED}, and no template stands for “{label}” ({language})")
    if not row.is_usable:
        return Hold(f"{CLOSED}, and the template {row} cannot be used: {row.why_not or 'not checked yet'}")
    filled = row.filled(message.template.get("parameters") or {}, [one["payload"] for one in message.buttons])
    return Go(window_open=False, template=filled) if filled else Hold(f"{CLOSED}, and the template {row} lacks a fact")


def _open(until: datetime | None, now: datetime) -> bool:
    return until is None or until > now
