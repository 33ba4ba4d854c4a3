"""What came in at the door becomes rows: contact, conversation, message. Thinks nothing, answers nothing.

Everything here is safe to repeat: the same event a second time changes nothing, not even a timer.
"""

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

import psycopg
from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import F
from django.utils import timezone

from bots.channels.base import Change, Event, Identity, Inbound, Receipt, StaffEcho, Unreadable, Unsupported
from bots.models import ChannelAccount
from conversations import bell, echoes, takeover
from conversations.contacts import find_conversation
from conversations.models import Conversation, Message, UnreadableDelivery
from conversations.rows import alone_if_held, lock

logger = logging.getLogger(__name__)

OLD_AFTER = timedelta(hours=24)  # what was written longer ago (a late redelivery) is for staff, not for the bot
RING_LASTS = timedelta(seconds=30)  # one ring outstanding per conversation; a lost one is found by the sweep

# One statement for the hot path: lock the conversation, insert the message unless it is known, move the timers.
# Durability and order cost one round trip; see docs/decisions/0005-webhook-path.md.
_STORE = """
WITH conv AS (
    SELECT c.id, c.last_seq, c.mode, c.rung_at
    FROM conversations_conversation c
    WHERE c.account_id = %(account)s AND c.peer_kind = %(peer_kind)s AND c.peer = %(peer)s
    FOR UPDATE
), ins AS (
    INSERT INTO conversations_message (
        conversation_id, account_id, seq, author, kind, status, external_id, text, choice, media, buttons, asks, raw,
        sent_at, received_at, expected, purpose, dedupe_key, client_ref, attempts, maybe_duplicate, error, status_at)
    SELECT conv.id, %(account)s, conv.last_seq + 1, 'customer', %(kind)s, 'received', %(external_id)s, %(text)s,
        %(choice)s, %(media)s::jsonb, '[]', '[]', %(raw)s::jsonb, %(sent_at)s, now(), %(expected)s, '', '',
        gen_random_uuid(), 0, false, '', now()
    FROM conv
    ON CONFLICT DO NOTHING
    RETURNING seq
), upd AS (
    UPDATE conversations_conversation c SET
        last_seq = ins.seq,
        last_message_at = now(),
        last_inbound_seq = CASE WHEN %(expected)s THEN ins.seq ELSE c.last_inbound_seq END,
        last_inbound_at = CASE WHEN %(opens_window)s THEN GREATEST(c.last_inbound_at, %(sent_at)s)
                               ELSE c.last_inbound_at END,
        oldest_unanswered_at = CASE WHEN NOT %(expected)s THEN c.oldest_unanswered_at
                                    ELSE COALESCE(c.oldest_unanswered_at, now()) END,
        due_at = CASE WHEN NOT %(expected)s THEN c.due_at
                      ELSE LEAST(now() + %(debounce)s, COALESCE(c.oldest_unanswered_at, now()) + %(ceiling)s) END,
        rung_at = CASE WHEN %(expected)s AND c.mode = 'bot' AND (conv.rung_at IS NULL
                            OR conv.rung_at < now() - %(ring_lasts)s) THEN now() ELSE c.rung_at END,
        attention = CASE WHEN %(attention)s <> '' AND c.attention = '' THEN %(attention)s
                         WHEN %(expected)s AND c.mode <> 'bot' AND c.attention = '' THEN 'waiting'
                         ELSE c.attention END,
        attention_at = CASE WHEN c.attention = '' AND (%(attention)s <> '' OR (%(expected)s AND c.mode <> 'bot'))
                            THEN now() ELSE c.attention_at END
    FROM ins, conv WHERE c.id = conv.id
    RETURNING c.id
)
SELECT conv.id, ins.seq,
    %(expected)s AND conv.mode = 'bot' AND (conv.rung_at IS NULL OR conv.rung_at < now() - %(ring_lasts)s) AS ring
FROM conv LEFT JOIN ins ON true
"""


def receive(account: ChannelAccount, events: Sequence[Event]) -> None:
    """Store what came in for one account, each item once, and ring for answers on commit.

    One transaction. An item that the database refuses is set aside with its raw form and the rest is stored. Locks
    the conversations concerned, always in the same order. Raises OperationalError when the database is away.
    """
    events = sorted(events, key=_who)
    try:
        if len(events) == 1 and isinstance(events[0], Inbound):
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
        set_aside(account.channel, account.external_id, type(error).__name__, repr(event).encode())


def set_aside(channel: str, account: str, reason: str, body: bytes) -> None:
    """Keep what could not be read, once however often it comes, so that nothing is lost."""
    digest = hashlib.sha256(b"\0".join([channel.encode(), account.encode(), body])).hexdigest()
    row, made = UnreadableDelivery.objects.get_or_create(
        digest=digest, defaults={"channel": channel, "account": account[:80], "reason": reason[:200], "body": body}
    )
    if not made:
        UnreadableDelivery.objects.filter(pk=row.pk).update(times=F("times") + 1)


def _take(account: ChannelAccount, event: Event) -> None:
    match event:
        case Inbound():
            _take_inbound(account, event)
        case Receipt():
            _take_receipt(account, event)
        case StaffEcho():
            echoes.take(account, event)
        case Change():
            _take_change(account, event)
        case Unsupported():
            _take_unsupported(account, event)
        case Unreadable():
            set_aside(account.channel, account.external_id, event.reason, event.raw)


def _take_inbound(account: ChannelAccount, event: Inbound) -> None:
    old = timezone.now() - event.sent_at > OLD_AFTER
    _store(
        account,
        event.sender,
        kind=Message.Kind.MEDIA if event.media and not event.text else Message.Kind.TEXT,
        external_id=event.external_id,
        text=event.text,
        choice=event.choice,
        media=[{"kind": item.kind, "url": item.url, "title": item.title} for item in event.media],
        raw=dict(event.raw),
        sent_at=event.sent_at,
        expected=not old,
        opens_window=True,
        attention=Conversation.Attention.LATE if old else "",
        name=event.sender_name,
    )


def _take_unsupported(account: ChannelAccount, event: Unsupported) -> None:
    if event.sender is None:
        body = json.dumps(event.raw, ensure_ascii=False).encode("utf-8", "replace")
        set_aside(account.channel, account.external_id, event.kind, body)
        return
    old = timezone.now() - event.at > OLD_AFTER
    _store(
        account,
        event.sender,
        kind=Message.Kind.EVENT if event.silent else Message.Kind.UNSUPPORTED,
        external_id=event.external_id,
        text=event.text,
        raw={"kind": event.kind, **event.raw},
        sent_at=event.at,
        expected=not event.silent and not old,
        opens_window=not event.silent,
    )


def _take_change(account: ChannelAccount, event: Change) -> None:
    conversation_id = _store(
        account,
        event.sender,
        kind=Message.Kind(event.kind),
        external_id=event.external_id,
        text=event.text,
        raw={"target": event.target, **event.raw},
        sent_at=event.at,
        expected=False,
        opens_window=False,
    )
    if conversation_id is None or event.kind == "reaction":
        return
    # What was not answered yet is answered as it reads now; what was answered stays as it was read then.
    target = Message.objects.filter(
        account=account,
        external_id=event.target,
        author=Message.Author.CUSTOMER,
        conversation_id=conversation_id,
        seq__gt=F("conversation__answered_seq"),
    )
    if event.kind == "edited":
        target.update(text=event.text)
    else:
        target.update(text="", choice="", media=[], kind=Message.Kind.DELETED, expected=False)


def _store(
    account: ChannelAccount,
    sender: Identity,
    *,
    kind: str,
    external_id: str,
    sent_at: datetime,
    expected: bool,
    opens_window: bool,
    text: str = "",
    choice: str = "",
    media: Sequence[dict[str, str]] = (),
    raw: dict[str, Any] | None = None,
    attention: str = "",
    name: str = "",
) -> int | None:
    """Insert one message of the customer; the conversation's id if it was new, None if it was known."""
    values: dict[str, Any] = {
        "account": account.pk,
        "peer_kind": sender.kind,
        "peer": sender.value,
        "kind": kind,
        "external_id": external_id[:400],
        "text": text,
        "choice": choice[:400],
        "media": json.dumps(list(media)),
        "raw": json.dumps(raw or {}),
        "sent_at": min(sent_at, timezone.now()),
        "expected": expected,
        "opens_window": opens_window,
        "attention": attention,
        "debounce": timedelta(seconds=account.bot.debounce_seconds),
        "ceiling": timedelta(seconds=account.bot.debounce_ceiling_seconds),
        "ring_lasts": RING_LASTS,
    }
    with alone_if_held((account.pk, sender.kind, sender.value)):
        row = _prepared(_STORE, values)
        if row is None:
            find_conversation(account, sender, name=name)
            row = _prepared(_STORE, values)
    assert row is not None
    conversation_id, seq, should_ring = row
    if seq is None:
        return None
    logger.info("message stored", extra={"conversation": conversation_id, "seq": seq, "kind": kind})
    if should_ring:
        bell.ring_answer(conversation_id)
    return conversation_id


def _prepared(statement: str, values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    """The statement's first row. Prepared once per connection: planning it costs more than running it."""
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        return cursor.execute(statement, values, prepare=True).fetchone()


def _take_receipt(account: ChannelAccount, event: Receipt) -> None:
    """Delivery status of what we sent. Never goes backwards, whatever the order of the receipts."""
    ours = Message.objects.exclude(author=Message.Author.CUSTOMER)
    one = ours.filter(account=account, external_id=event.external_id).values("pk", "conversation_id", "seq").first()
    if one is None:
        return
    lock(one["conversation_id"])  # before the message, as everywhere: else two could wait for each other
    target = ours.filter(pk=one["pk"])
    if event.status == "failed":
        failed = target.filter(status__in=[Message.Status.SENT, Message.Status.SENDING, Message.Status.UNKNOWN])
        if failed.update(status=Message.Status.FAILED, status_at=event.at, error=event.error[:200]):
            takeover.raise_attention(one["conversation_id"], Conversation.Attention.FAILED_SEND)
        return
    rank = Message.RANK[Message.Status(event.status)]
    lower = [status for status, value in Message.RANK.items() if value < rank]
    if event.upto:
        earlier = ours.filter(conversation_id=one["conversation_id"], seq__lt=one["seq"], status__in=lower)
        earlier.update(status=event.status, status_at=event.at)
    lower += [Message.Status.SENDING, Message.Status.UNKNOWN]
    target.filter(status__in=lower).update(status=event.status, status_at=event.at, lease_until=None)
