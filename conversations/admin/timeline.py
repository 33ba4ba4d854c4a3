"""A conversation as bubbles, and the one cheap question whether anything is new in it."""

import hashlib
import zlib
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import DateTimeField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Now
from django.urls import reverse

from bots.staff.presentation import day_name, file_size, printable, web_link
from conversations.admin.panels import all_panels
from conversations.admin.why import Explanation, why
from conversations.agents.base import CLOCKS_DIFFER
from conversations.dialogue.representation import Reader
from conversations.models import Conversation, Message, Pause, Turn
from conversations.models.attachments import Attachment

PAGE = 60  # messages shown at once

STATUSES = {
    Message.Status.QUEUED: ("schedule", "Queued", "grey"),
    Message.Status.SENDING: ("outbox", "Sending", "grey"),
    Message.Status.SENT: ("done", "Sent", "grey"),
    Message.Status.DELIVERED: ("done_all", "Delivered", "grey"),
    Message.Status.READ: ("done_all", "Read", "blue"),
    Message.Status.FAILED: ("error", "Not delivered", "red"),
    Message.Status.HELD: ("pause_circle", "Waits for you", "orange"),
    Message.Status.CANCELLED: ("block", "Not sent", "grey"),
    Message.Status.UNKNOWN: ("help", "Perhaps not delivered", "orange"),
}
STUCK = (Message.Status.FAILED, Message.Status.HELD, Message.Status.UNKNOWN)
MEDIA_WORDS = {
    "image": "Photo", "audio": "Voice message", "video": "Video", "file": "File", "share": "Shared post",
    "story": "Story", "sticker": "Sticker", "location": "Place", "contact": "Contact card", "other": "Attachment",
}  # fmt: skip
FILE_STATES = {
    Attachment.Status.WAITING: "is being fetched",
    Attachment.Status.REFUSED: "was not kept",
    Attachment.Status.LOST: "could not be fetched",
}
PURPOSES = {Message.Purpose.REMINDER: "Reminder", Message.Purpose.NEWS: "News about a booking"}


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message as it is shown. `event` ones stand in the middle, without a bubble."""

    pk: int
    seq: int
    side: str  # "in", "out"
    author: str
    author_icon: str
    kind: str
    text: str
    note: str
    media: list[dict[str, Any]]
    buttons: list[str]
    pressed: bool
    at: str
    day: str
    status: str
    status_icon: str
    status_word: str
    status_colour: str
    stuck: bool
    error: str
    twice: bool
    purpose: str
    why: Explanation | None = None
    reactions: list[str] = field(default_factory=list)
    mark: int = 0


def news_of(conversations: QuerySet[Conversation], conversation_id: int) -> tuple[Any, str] | None:
    """The conversation and a mark that changes with whatever its page shows; None if it is not among these. One query.

    The marks of the newest messages stand for all: an older one does not change any more.
    """
    newest = Message.objects.filter(conversation=OuterRef("pk")).order_by("-seq")
    pause = Pause.objects.filter(conversation=OuterRef("pk"), ended_at=None)
    panels: dict[str, Any] = {f"mark_{panel.name}": panel.mark() for panel in all_panels()}
    found = (
        conversations.filter(pk=conversation_id)
        .select_related("contact", "account__bot__business")
        .annotate(
            marks=ArraySubquery(newest.values("status_at")[:PAGE]),
            pause_until=Subquery(pause.values("until")[:1], output_field=DateTimeField()),
            pause_by_id=Subquery(pause.values("by_id")[:1]),
            pause_by=Subquery(pause.values("by_name")[:1]),
            moment=Now(),
            **panels,
        )
        .first()
    )
    if found is None:
        return None
    window = found.window_until(by_staff=True)
    seen = [
        found.last_seq, found.mode, found.attention, found.marks, found.pause_until, found.pause_by, found.contact.name,
        found.contact.opted_out_at, window and (window - found.moment) // timedelta(hours=1), found.dialogue,
        *(getattr(found, name) for name in panels),
    ]  # fmt: skip
    return found, hashlib.sha256(repr(seen).encode()).hexdigest()[:32]


def bubbles(conversation: Conversation, now: datetime, *, before: int | None = None) -> list[Bubble]:
    """Return the newest messages (those before a `seq`, if given) in the order they were said. Few queries."""
    reader = Reader(conversation.business)
    rows = conversation.messages.select_related("turn", "by").order_by("-seq")
    rows = rows.prefetch_related("turn__llm_calls", "attachments")
    if before is not None:
        rows = rows.filter(seq__lt=before)
    messages = in_order(list(rows[:PAGE])[::-1])
    by_id = {message.external_id: message for message in messages if message.external_id}
    reactions: dict[int, list[str]] = {}
    shown_here = []
    for message in messages:
        target = by_id.get(str(message.raw.get("target", ""))) if message.kind == Message.Kind.REACTION else None
        if target is None:
            shown_here.append(message)
        else:
            reactions[target.pk] = [printable(message.text, 12)] if message.text else []
    return [
        _bubble(message, conversation, now, reactions.get(message.pk, []), by_id, messages, reader)
        for message in shown_here
    ]


def in_order(messages: list[Message]) -> list[Message]:
    """As they were said: what came late stands where it belongs, before what was written after it.

    Clocks differ by seconds, and WhatsApp's tells whole ones: what is less late than that stays where it came.
    """
    said: list[Message] = []
    for message in messages:
        place = len(said)
        if message.author == Message.Author.CUSTOMER:
            while place and said[place - 1].sent_at - message.sent_at > CLOCKS_DIFFER:
                place -= 1
        said.insert(place, message)
    return said


def _bubble(
    message: Message,
    conversation: Conversation,
    now: datetime,
    reactions: list[str],
    by_id: dict[str, Message],
    said: list[Message],
    reader: Reader,
) -> Bubble:
    zone = conversation.business.zone
    at = message.sent_at.astimezone(zone)
    outgoing = message.author != Message.Author.CUSTOMER
    icon, word, colour = STATUSES.get(Message.Status(message.status), ("", "", "")) if outgoing else ("", "", "")
    author, author_icon = _author(message, conversation)
    bubble = Bubble(
        pk=message.pk,
        seq=message.seq,
        side="out" if outgoing else "in",
        author=author,
        author_icon=author_icon,
        kind=message.kind,
        text=printable(message.text),
        note=_note(message, by_id),
        media=_media_of(message),
        buttons=[printable(str(button.get("title", "")), 60) for button in message.buttons if isinstance(button, dict)],
        pressed=bool(message.choice),
        at=f"{at:%H:%M}",
        day=day_name(at, now.astimezone(zone)),
        status=message.status,
        status_icon=icon,
        status_word=word,
        status_colour=colour,
        stuck=message.status in STUCK,
        error=printable(message.error, 200) if message.status not in (Message.Status.SENT, Message.Status.READ) else "",
        twice=message.maybe_duplicate,
        purpose=_purpose(message),
        why=why(message.turn, _asked(message.turn, said), reader)
        if message.turn and message.author == Message.Author.BOT
        else None,
        reactions=reactions,
    )
    object.__setattr__(bubble, "mark", zlib.crc32(repr(asdict(bubble)).encode()))
    return bubble


def _asked(turn: Turn, said: list[Message]) -> str:
    """What the customer had written before this turn, as the turn read it; "" if not all of it is on this page."""
    if not said or turn.after_seq + 1 < said[0].seq:
        return ""
    before = [
        message
        for message in said
        if message.author == Message.Author.CUSTOMER
        and message.expected
        and turn.after_seq < message.seq <= turn.upto_seq
    ]
    return "\n".join(message.text for message in sorted(before, key=lambda one: (one.sent_at, one.seq)) if message.text)


def _purpose(message: Message) -> str:
    word = PURPOSES.get(message.purpose, "")  # type: ignore[call-overload]
    template = printable(str(message.template.get("sent_as", "")), 60)
    return ", ".join(filter(None, [word, f"as the template “{template}”" if template else ""]))


def _author(message: Message, conversation: Conversation) -> tuple[str, str]:
    if message.author == Message.Author.CUSTOMER:
        return printable(conversation.contact.name, 60) or "Customer", "person"
    if message.author == Message.Author.BOT:
        return conversation.bot.name, "smart_toy"
    if message.by is None:
        return "A colleague, in the app", "badge"
    return message.by.get_full_name() or message.by.get_username(), "badge"


def _note(message: Message, by_id: dict[str, Message]) -> str:
    """Return what happened, for what is not simply a text."""
    target = by_id.get(str(message.raw.get("target", "")))
    before = f" (was: “{printable(target.text, 60)}”)" if target and target.text and target.text != message.text else ""
    match message.kind:
        case Message.Kind.EDITED:
            return f"Edited a message{before}:"
        case Message.Kind.DELETED:
            return "Deleted a message" if not message.text else "Deleted this message"
        case Message.Kind.REACTION:
            return "Reacted" if message.text else "Took a reaction back"
        case Message.Kind.UNSUPPORTED:
            return "Sent something that the channel does not pass on"
        case Message.Kind.EVENT:
            return str(message.raw.get("kind", "Event")).replace("_", " ").capitalize()
    return ""


def _media_of(message: Message) -> list[dict[str, Any]]:
    files = {one.position: one for one in message.attachments.all()}
    items = [item for item in message.media if isinstance(item, dict)]
    return [_media(item, files.get(position), message) for position, item in enumerate(items)]


def _media(item: dict[str, Any], file: Attachment | None, message: Message) -> dict[str, Any]:
    """What came, where to open it, and what became of fetching it. What we keep goes before the platform's address."""
    word = MEDIA_WORDS.get(str(item.get("kind")), "Attachment")
    title = printable(str(item.get("title") or ""), 80)
    found = {"title": f"{word}: {title}" if title else word, "url": web_link(str(item.get("url") or ""))}
    if file is None:
        return found
    if file.status != Attachment.Status.STORED:
        return found | {"state": FILE_STATES[Attachment.Status(file.status)], "why": printable(file.trouble, 120)}
    url = reverse("admin:conversations_conversation_file", args=[message.conversation_id]) + f"?number={file.pk}"
    return found | {"url": url, "small": f"{url}&small" if file.is_image else "", "size": file_size(file.size)}
