"""What came in becomes rows: contact, conversation, message. Thinks nothing, answers nothing.

Everything here is safe to repeat: the same event a second time changes nothing, not even a timer.
"""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_
from typing import Any

import psycopg
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F, Q

from bots import wakeups
from bots.channels.base import (
    Change,
    Consent,
    Event,
    Identity,
    Inbound,
    Item,
    Media,
    Moved,
    Receipt,
    StaffEcho,
    Unreadable,
    Unsupported,
)
from bots.language import stopping
from bots.language.stopping import command_in
from bots.models import ChannelAccount
from conversations import echoes, outbox, receipts, tasks
from conversations.attachments import fetching as attachment_fetching
from conversations.models import Contact, ContactIdentity, Conversation, DeadLetter, Message
from conversations.models.conversations import alone_if_held
from conversations.people import contacts, optout

logger = logging.getLogger(__name__)

OLD_AFTER = timedelta(hours=24)  # what was written longer ago (a late redelivery) is for staff, not for the bot
WAKEUP_LASTS = timedelta(seconds=30)  # one wake-up outstanding per conversation; a lost one is found by the sweep

# One statement for the hot path: lock the conversation, insert the message unless it is known, move the timers.
_BUTTONS = {optout.STOP_CHOICE: optout.STOP, optout.START_CHOICE: optout.START}

# Durability and order cost one round call; see docs/decisions/0005-webhook-path.md.
_STORE = """
WITH conv AS (
    SELECT c.id, c.last_seq, c.mode, c.enqueued_at, said.at AS sent_at, said.is_old,
        %(expected)s AND NOT said.is_old AS expected, %(releases)s AND NOT said.is_old AS releases,
        CASE WHEN %(expected)s AND said.is_old THEN %(late)s ELSE '' END AS attention
    FROM conversations_conversation c, (
        SELECT LEAST(%(sent_at)s, now()) AS at, COALESCE(%(sent_at)s < now() - %(old_after)s, false) AS is_old) said
    WHERE c.account_id = %(account)s AND c.peer_kind = %(peer_kind)s AND c.peer = %(peer)s
    FOR UPDATE OF c
), ins AS (
    INSERT INTO conversations_message (
        conversation_id, account_id, seq, author, kind, status, external_id, text, choice, media, buttons, asks, raw,
        sent_at, received_at, expected, purpose, dedupe_key, client_ref, attempts, maybe_duplicate, error, status_at,
        template)
    SELECT conv.id, %(account)s, conv.last_seq + 1, 'customer', %(kind)s, 'received', %(external_id)s, %(text)s,
        %(choice)s, %(media)s::jsonb, '[]', '[]', %(raw)s::jsonb, conv.sent_at, now(), conv.expected, '', '',
        gen_random_uuid(), 0, false, '', now(), '{}'
    FROM conv
    ON CONFLICT DO NOTHING
    RETURNING id, seq
), rel AS (
    UPDATE conversations_message m SET
        status = CASE WHEN m.purpose = 'reply' THEN 'cancelled' ELSE 'queued' END,
        error = CASE WHEN m.purpose = 'reply' THEN 'overtaken: the customer has written again' ELSE '' END,
        attempts = 0, not_before = NULL, status_at = now()
    FROM conv, ins WHERE m.conversation_id = conv.id AND m.status = 'held' AND conv.releases
    RETURNING m.id
), upd AS (
    UPDATE conversations_conversation c SET
        last_seq = ins.seq,
        last_message_at = now(),
        last_inbound_seq = CASE WHEN conv.expected THEN ins.seq ELSE c.last_inbound_seq END,
        last_inbound_at = CASE WHEN %(opens_window)s THEN GREATEST(c.last_inbound_at, conv.sent_at)
                               ELSE c.last_inbound_at END,
        oldest_unanswered_at = CASE WHEN NOT conv.expected THEN c.oldest_unanswered_at
                                    ELSE COALESCE(c.oldest_unanswered_at, now()) END,
        due_at = CASE WHEN NOT conv.expected THEN c.due_at
                      ELSE LEAST(now() + %(debounce)s, COALESCE(c.oldest_unanswered_at, now()) + %(ceiling)s) END,
        enqueued_at = CASE WHEN conv.expected AND c.mode = 'bot' AND (conv.enqueued_at IS NULL
                            OR conv.enqueued_at < now() - %(wakeup_lasts)s) THEN now() ELSE c.enqueued_at END,
        attention = CASE WHEN conv.attention <> '' AND c.attention = '' THEN conv.attention
                         WHEN conv.expected AND c.mode <> 'bot' AND c.attention = '' THEN 'waiting'
                         ELSE c.attention END,
        attention_at = CASE WHEN c.attention = '' AND (conv.attention <> '' OR (conv.expected AND c.mode <> 'bot'))
                            THEN now() ELSE c.attention_at END
    FROM ins, conv WHERE c.id = conv.id
    RETURNING c.id
)
SELECT conv.id, ins.seq, ins.id, conv.sent_at, conv.is_old, (SELECT count(*) FROM rel),
    conv.expected AND conv.mode = 'bot'
        AND (conv.enqueued_at IS NULL OR conv.enqueued_at < now() - %(wakeup_lasts)s) AS should_enqueue
FROM conv LEFT JOIN ins ON true
"""


def receive(account: ChannelAccount, events: Sequence[Event]) -> None:
    """Store what came in for one account, each item once, and enqueue answers on commit.

    One transaction. An item that the database refuses is set aside with its raw form and the rest is stored. Locks
    the conversations concerned, always in the same order. Raises OperationalError when the database is away.
    """
    events = sorted(events, key=_who)
    try:
        if len(events) == 1 and isinstance(events[0], Inbound) and not _leaves_more_rows(events[0]):
            _take_inbound(account, events[0])  # one statement, a transaction by itself
        else:
            with transaction.atomic():
                for event in events:
                    _take(account, event)
    except (DataError, IntegrityError):
        for event in events:
            _take_alone(account, event)


def _who(event: Event) -> str:
    """By whom an event is: two deliveries that name the same people lock them in the same order."""
    person = getattr(event, "sender", None) or getattr(event, "recipient", None)
    return f"{person.kind}:{person.value}" if person else ""


def _take_alone(account: ChannelAccount, event: Event) -> None:
    try:
        with transaction.atomic():
            _take(account, event)
    except (DataError, IntegrityError) as error:
        logger.error("event set aside", extra={"account": account.pk, "error": type(error).__name__})
        dead_letter(account.channel, account.external_id, type(error).__name__, repr(event).encode())


def dead_letter(channel: str, account: str, reason: str, body: bytes) -> None:
    """Keep what could not be read, once however often it comes, so that nothing is lost."""
    digest = hashlib.sha256(b"\0".join([channel.encode(), account.encode(), body])).hexdigest()
    row, made = DeadLetter.objects.get_or_create(
        digest=digest, defaults={"channel": channel, "account": account[:80], "reason": reason[:200], "body": body}
    )
    if not made:
        DeadLetter.objects.filter(pk=row.pk).update(times=F("times") + 1)


def _take(account: ChannelAccount, event: Event) -> None:
    match event:
        case Inbound():
            _take_inbound(account, event)
        case Receipt():
            receipts.take(account, event)
        case StaffEcho():
            echoes.take(account, event)
        case Change():
            _take_change(account, event)
        case Unsupported():
            _take_unsupported(account, event)
        case Moved():
            _take_move(account, event)
        case Consent():
            _take_consent(account, event)
        case Unreadable():
            dead_letter(account.channel, account.external_id, event.reason, event.raw)


def _leaves_more_rows(event: Inbound) -> bool:
    """Return whether more than the message itself is to be written."""
    return bool(event.media or _stop_or_start(event))


def _stop_or_start(event: Inbound) -> str:
    """Return STOP, START, or "" for a message that is about something else."""
    return _BUTTONS.get(event.choice) or command_in(event.text)


def _take_inbound(account: ChannelAccount, event: Inbound) -> None:
    request = _stop_or_start(event)
    if request == optout.START and not _wants_quiet(account, event):
        request = ""  # a word like any other
    stored = _store(
        account,
        event.sender,
        event,
        kind=Message.Kind.MEDIA if event.media and not event.text else Message.Kind.TEXT,
        text=event.text,
        choice=event.choice,
        media=[as_json(item) for item in event.media],
        sent_at=event.sent_at,
        expected=not request,
        opens_window=True,
        releases=True,
        late=Conversation.Attention.LATE,
        name=event.sender_name,
    )
    if stored is None:
        return
    if event.media:
        attachment_fetching.expect(stored.message_id, account.channel, event.media)
    if request:
        act = optout.stop if request == optout.STOP else optout.start
        language = stopping.language_of(event.text)
        act(stored.conversation_id, at=stored.sent_at, confirm=not stored.is_old, language=language)


def as_json(item: Media) -> dict[str, str]:
    """As it stands in the message's row."""
    return {"kind": item.kind, "url": item.url, "title": item.title}


def _wants_quiet(account: ChannelAccount, event: Inbound) -> bool:
    """Return whether this person has opted out."""
    known = [Q(kind=one.kind, value=one.value) for one in (event.sender, *event.also)]
    identities = ContactIdentity.objects.filter(
        reduce(or_, known), business_id=account.bot.business_id, channel=account.channel
    )
    return Contact.objects.filter(identities__in=identities).exclude(opted_out_at=None).exists()


def _take_unsupported(account: ChannelAccount, event: Unsupported) -> None:
    if event.sender is None:
        body = json.dumps(event.raw, ensure_ascii=False).encode("utf-8", "replace")
        dead_letter(account.channel, account.external_id, event.kind, body)
        return
    _store(
        account,
        event.sender,
        event,
        kind=Message.Kind.EVENT if event.silent else Message.Kind.UNSUPPORTED,
        text=event.text,
        note={"kind": event.kind},
        sent_at=event.at,
        expected=not event.silent,
        opens_window=not event.silent,
        releases=not event.silent,
    )


def _take_change(account: ChannelAccount, event: Change) -> None:
    stored = _store(
        account,
        event.sender,
        event,
        kind=Message.Kind(event.kind),
        text=event.text,
        note={"target": event.target},
        sent_at=event.at,
    )
    if stored is None or event.kind == "reaction":
        return
    # What was not answered yet is answered as it reads now; what was answered stays as it was read then.
    target = Message.objects.filter(
        account=account,
        external_id=event.target,
        author=Message.Author.CUSTOMER,
        conversation_id=stored.conversation_id,
        seq__gt=F("conversation__answered_seq"),
    )
    if event.kind == "edited":
        target.update(text=event.text)
    else:
        target.update(text="", choice="", media=[], kind=Message.Kind.DELETED, expected=False)


def _take_move(account: ChannelAccount, event: Moved) -> None:
    """A person has another number or id. Noted where staff read, so that nobody wonders."""
    conversation = contacts.move(account, event.sender, event.now)
    peer = Identity(account.channel, conversation.peer_kind, conversation.peer)
    note = {"kind": "has_a_new_number_or_id"}
    _store(account, peer, event, kind=Message.Kind.EVENT, note=note, sent_at=event.at)


def _take_consent(account: ChannelAccount, event: Consent) -> None:
    """What they told the platform holds here too. Nothing is said back: they asked for quiet."""
    note = {"kind": "wants_messages_again" if event.wanted else "wants_no_automatic_messages"}
    stored = _store(account, event.sender, event, kind=Message.Kind.EVENT, note=note, sent_at=event.at)
    if stored is not None:
        act = optout.start if event.wanted else optout.stop
        act(stored.conversation_id, at=event.at, source=optout.BY_PLATFORM, confirm=False)


@dataclass(frozen=True, slots=True)
class Stored:
    conversation_id: int
    message_id: int
    sent_at: datetime
    is_old: bool


def _store(
    account: ChannelAccount,
    sender: Identity,
    item: Item,
    *,
    kind: str,
    sent_at: datetime | None,
    expected: bool = False,
    opens_window: bool = False,
    releases: bool = False,
    text: str = "",
    choice: str = "",
    media: Sequence[dict[str, str]] = (),
    note: Mapping[str, str] | None = None,
    late: str = "",
    name: str = "",
) -> Stored | None:
    """Insert one message of the customer; where it stands if it was new, None if it was known.

    The item's raw form is kept, and the `note` with it. With `releases` what was held for want of an open window is
    queued again. What is older than `OLD_AFTER` neither releases anything nor is it `expected` to be answered: staff
    find it under the attention `late`.
    """
    values: dict[str, Any] = {
        "account": account.pk,
        "peer_kind": sender.kind,
        "peer": sender.value,
        "kind": kind,
        "external_id": item.external_id[:400],
        "text": text,
        "choice": choice[:400],
        "media": json.dumps(list(media)),
        "raw": json.dumps({**(note or {}), **item.raw}),
        "sent_at": sent_at,
        "old_after": OLD_AFTER,
        "expected": expected,
        "opens_window": opens_window,
        "releases": releases,
        "late": late,
        "debounce": timedelta(seconds=account.bot.debounce_seconds),
        "ceiling": timedelta(seconds=account.bot.debounce_ceiling_seconds),
        "wakeup_lasts": WAKEUP_LASTS,
    }
    with alone_if_held((account.pk, sender.kind, sender.value)):
        is_met = not item.also or contacts.are_known(account, {sender, *item.also})
        row = _prepared(_STORE, values) if is_met else None
        if row is None:
            conversation = contacts.find_conversation(account, sender, name=name, also=item.also)
            row = _prepared(_STORE, values | {"peer_kind": conversation.peer_kind, "peer": conversation.peer})
    assert row is not None
    conversation_id, seq, message_id, sent_at, is_old, released, should_enqueue = row
    if seq is None:
        return None
    logger.info("message stored", extra={"conversation": conversation_id, "seq": seq, "kind": kind})
    if released:
        outbox.seen_to(conversation_id)
        wakeups.enqueue(tasks.DELIVER, conversation_id)
    if should_enqueue:
        wakeups.enqueue(tasks.ANSWER, conversation_id)
    return Stored(conversation_id, message_id, sent_at, is_old)


def _prepared(statement: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """Return the statement's first row. Prepared once per connection: planning it costs more than running it."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(statement, values, prepare=True).fetchone()
