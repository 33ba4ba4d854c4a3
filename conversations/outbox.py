"""What is to be said: rows in the queue. Nothing leaves here; `delivery` sends it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import translation

from bots import wakeups
from bots.channels import CHANNELS
from bots.channels.base import Button, Limits
from bots.db import clock
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from conversations import takeover, tasks
from conversations.models import Conversation, Message, Turn
from conversations.models.conversations import lock, next_seq

SENTENCE_ENDS = (". ", "! ", "? ", "… ", "\n")
NOT_DELIVERED = (Message.Status.FAILED, Message.Status.HELD, Message.Status.UNKNOWN)

__all__ = ["discard", "lock", "reply_as_staff", "retry", "say", "seen_to"]


@transaction.atomic
def say(
    conversation_id: int,
    text: str,
    *,
    purpose: str = Message.Purpose.REPLY,
    buttons: Sequence[Button] = (),
    asks: Sequence[str] = (),
    dedupe_key: str = "",
    turn: Turn | None = None,
    by_id: int | None = None,
    expires_at: datetime | None = None,
    template: str = "",
    parameters: Mapping[str, Any] | None = None,
    replaces: str = "",
) -> Message | None:
    """Queue a message for the customer, in as many parts as the channel needs, and enqueue its delivery on commit.

    Locks the conversation. With a `dedupe_key` that was used before nothing is queued and None returned: one effect
    per cause. After `expires_at` (aware) it is not sent any more. `template` is the key of the automatic message
    (`bots.templates`) and `parameters` the facts it was made of, in the language that is active: outside
    the channel's window it goes as the account's approved template of that key. What still waits for a person with a
    `dedupe_key` that begins with `replaces` is overtaken by this one and not sent. Returns the last part, which
    carries the buttons.
    """
    conversation = lock(conversation_id)
    if dedupe_key and Message.objects.filter(dedupe_key=dedupe_key).exists():
        return None
    if replaces:
        _overtake(conversation, replaces)
    limits = CHANNELS[conversation.account.channel].limits
    parts = _split(text, limits)
    now = clock.now()
    message = None
    for number, part in enumerate(parts, start=1):
        last = number == len(parts)
        message = Message.objects.create(
            conversation=conversation,
            account=conversation.account,
            seq=next_seq(conversation),
            author=Message.Author.STAFF if purpose == Message.Purpose.STAFF else Message.Author.BOT,
            status=Message.Status.QUEUED,
            text=part,
            buttons=[{"title": one.title, "payload": one.payload} for one in _fitting(buttons, limits)] if last else [],
            asks=list(asks) if last else [],
            sent_at=now,
            purpose=purpose,
            turn=turn,
            by_id=by_id,
            dedupe_key=dedupe_key if number == 1 else dedupe_key and f"{dedupe_key}#{number}",
            expires_at=expires_at,
            template=_template(template, parameters or {}) if template and len(parts) == 1 else {},
        )
    Conversation.objects.filter(pk=conversation.pk).update(last_message_at=now)
    wakeups.enqueue(tasks.DELIVER, conversation.pk)
    return message


def _template(key: str, parameters: Mapping[str, Any]) -> dict[str, Any]:
    facts = {name: str(value) for name, value in parameters.items()}
    return {"key": key, "language": translation.get_language() or "", "parameters": facts}


def _overtake(conversation: Conversation, prefix: str) -> None:
    older = Message.objects.filter(
        conversation=conversation, status=Message.Status.HELD, dedupe_key__startswith=prefix
    ).exclude(purpose=Message.Purpose.STAFF)
    if older.update(status=Message.Status.CANCELLED, status_at=Now(), error="something newer was said of it"):
        seen_to(conversation.pk)


@transaction.atomic
def reply_as_staff(conversation_id: int, text: str, *, by: Actor) -> Message:
    """Return a person answers: typing is taking over, and nothing waits any more. Locks the conversation.

    Raises NotAllowed for an empty text.
    """
    if not text.strip():
        raise NotAllowed("Write something first.")
    takeover.pause(conversation_id, by=by, reason="Answered")
    message = say(conversation_id, text, purpose=Message.Purpose.STAFF, by_id=by.user_id)
    assert message is not None  # only a repeated dedupe_key queues nothing
    takeover.answered_by_person(message.conversation)
    return message


@transaction.atomic
def retry(message_id: int, *, by: Actor) -> Message:
    """Send again what failed, was held, or of which it is not known whether it arrived. Locks conversation and message.

    Raises NotAllowed when it is under way or done already.
    """
    message = _locked(message_id)
    was_uncertain = message.status == Message.Status.UNKNOWN
    if message.status not in NOT_DELIVERED:
        raise NotAllowed("This message needs no second try.")
    if message.purpose != Message.Purpose.STAFF:
        message.purpose = Message.Purpose.STAFF  # a person vouches for it now, so a pause does not hold it back
        message.by_id = by.user_id
    message.status, message.status_at = Message.Status.QUEUED, clock.now()
    message.attempts, message.not_before, message.expires_at, message.error = 0, None, None, ""
    message.maybe_duplicate = message.maybe_duplicate or was_uncertain
    message.save()
    seen_to(message.conversation_id)
    wakeups.enqueue(tasks.DELIVER, message.conversation_id)
    return message


@transaction.atomic
def discard(message_id: int, *, by: Actor) -> Message:
    """Give up on a message that failed or was held. Locks conversation and message. Raises NotAllowed otherwise."""
    message = _locked(message_id)
    if message.status not in NOT_DELIVERED:
        raise NotAllowed("This message is under way or done already.")
    message.status, message.status_at, message.error = (
        Message.Status.CANCELLED,
        clock.now(),
        f"dropped by {by.name}"[:200],
    )
    message.save(update_fields=["status", "status_at", "error"])
    seen_to(message.conversation_id)
    return message


def seen_to(conversation_id: int) -> None:
    """Take the conversation off *Needs you* once none of its messages is left undelivered."""
    left = Message.objects.filter(conversation_id=conversation_id, status__in=NOT_DELIVERED)
    if not left.exists():
        Conversation.objects.filter(pk=conversation_id, attention=Conversation.Attention.FAILED_SEND).update(
            attention="", attention_at=None
        )


def _locked(message_id: int) -> Message:
    message = Message.objects.get(pk=message_id)
    lock(message.conversation_id)
    message.refresh_from_db()
    return message


# --- what a channel takes -------------------------------------------------------------------------------


def _size(text: str, limits: Limits) -> int:
    return len(text.encode()) if limits.text_unit == "bytes" else len(text)


def _split(text: str, limits: Limits) -> list[str]:
    """Return the text in parts that the channel takes: cut after a sentence where there is one, else between words."""
    parts = []
    rest = text.strip()
    while _size(rest, limits) > limits.text:
        longest = _prefix(rest, limits)
        cut = _good_cut(longest)
        parts.append(rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest or not parts:
        parts.append(rest)
    return parts


def _prefix(text: str, limits: Limits) -> str:
    if limits.text_unit == "characters":
        return text[: limits.text]
    return text.encode()[: limits.text].decode(errors="ignore")


def _good_cut(text: str) -> int:
    """Where to cut: after the last sentence if that leaves at least half, else at the last blank, else at the end."""
    sentence = max(text.rfind(end) + 1 for end in SENTENCE_ENDS)
    if sentence > len(text) // 2:
        return sentence
    blank = text.rfind(" ")
    return blank if blank > 0 else max(len(text), 1)


def _fitting(choices: Sequence[Button], limits: Limits) -> list[Button]:
    """As many buttons as the channel shows, with titles of the length that it shows."""
    cut = limits.button_title
    return [
        Button(one.title if len(one.title) <= cut else one.title[: cut - 1] + "…", one.payload)
        for one in choices[: limits.buttons]
    ]
