"""What the account itself said comes back as an echo: our own sends, and what a person wrote in the platform's app."""

import unicodedata
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models.functions import Now

from bots.channels.base import StaffEcho
from bots.db import clock
from bots.models import ChannelAccount
from conversations import takeover
from conversations.models import Message, ParkedEcho
from conversations.models.conversations import lock
from conversations.people.contacts import find_conversation

PATIENCE = timedelta(seconds=8)  # an echo of ours may arrive before the answer to our send was noted


def take(account: ChannelAccount, event: StaffEcho) -> None:
    """Know it as ours at once, take it for ours if a send of this text is under way, or park it.

    Locks the conversation.
    """
    known = Message.objects.filter(account=account, external_id=event.external_id).exists()
    if known or ParkedEcho.objects.filter(account=account, external_id=event.external_id).exists():
        return
    conversation = find_conversation(account, event.recipient)
    lock(conversation.pk)
    if settle_by(conversation.pk, event.external_id, event.text, event.sent_at):
        return
    ParkedEcho.objects.get_or_create(
        account=account,
        external_id=event.external_id[:400],
        defaults={
            "conversation": conversation,
            "text": event.text,
            "media": [{"kind": item.kind, "url": item.url, "title": item.title} for item in event.media],
            "raw": dict(event.raw),
            "sent_at": event.sent_at,
            "decide_at": Now() + PATIENCE,
        },
    )


def settle_by(conversation_id: int, external_id: str, text: str, sent_at: datetime) -> bool:
    """Return whether this echo is a send of ours whose outcome or id was not known; if so note it as sent.

    The conversation must be locked. Locks that message.
    """
    candidates = (
        Message.objects.select_for_update()
        .filter(
            conversation_id=conversation_id,
            status__in=[Message.Status.SENDING, Message.Status.UNKNOWN, Message.Status.SENT],
            external_id="",
            status_at__gte=sent_at - timedelta(minutes=10),
        )
        .exclude(author=Message.Author.CUSTOMER)
        .order_by("seq")
    )
    ours = next((message for message in candidates if _same(message.text, text)), None)
    if ours is None:
        return False
    ours.status, ours.external_id, ours.status_at = Message.Status.SENT, external_id[:400], clock.now()
    ours.lease_until, ours.error = None, ""
    ours.save(update_fields=["status", "external_id", "status_at", "lease_until", "error"])
    return True


def _same(one: str, other: str) -> bool:
    """Return whether two texts read alike: a platform may normalise what it echoes."""
    return unicodedata.normalize("NFC", one).split() == unicodedata.normalize("NFC", other).split()


def decide() -> int:
    """Settle the parked echoes whose time has come: known by now as ours, or said by a person, which pauses the bot.

    Returns how many were settled. One transaction each; locks the conversation, then the echo.
    """
    waiting = ParkedEcho.objects.filter(decide_at__lte=Now()).values_list("pk", "conversation_id")
    settled = 0
    for echo_id, conversation_id in list(waiting[:500]):
        with transaction.atomic():
            lock(conversation_id)
            echo = ParkedEcho.objects.select_for_update(of=("self",)).filter(pk=echo_id).first()
            if echo:
                _decide(echo)
                settled += 1
    return settled


def _decide(echo: ParkedEcho) -> None:
    ours = Message.objects.filter(account_id=echo.account_id, external_id=echo.external_id).exists()
    if not ours and not settle_by(echo.conversation_id, echo.external_id, echo.text, echo.sent_at):
        takeover.heard_from_person(
            echo.conversation_id,
            external_id=echo.external_id,
            text=echo.text,
            media=echo.media,
            raw=echo.raw,
            sent_at=echo.sent_at,
        )
    echo.delete()
