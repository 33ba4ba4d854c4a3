"""What became of what we sent, as the channel tells it: early, late, twice, in any order."""

import uuid
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models.functions import Now

from bots import wakeups
from bots.channels.base import Receipt, Rejected, TryLater
from bots.db import clock
from bots.models import ChannelAccount
from conversations import delivery, tasks
from conversations.models import Message
from conversations.models.conversations import lock

Status = Message.Status

FRESH = timedelta(minutes=10)  # a message that failed for a passing reason is sent again only while it is so young


def take(account: ChannelAccount, event: Receipt) -> None:
    """Note a delivery status. Never goes backwards, whatever the order of the receipts.

    A receipt that carries our own reference settles a send whose answer was lost, or has not been noted yet. Locks the
    conversation.
    """
    found = _find(account, event)
    if found is None:
        return
    conversation = lock(found.conversation_id)  # before the message, as everywhere: else two could wait for each other
    message = Message.objects.select_related("account").get(pk=found.pk)
    message.conversation = conversation
    is_another_copy = bool(message.external_id) and message.external_id != event.external_id
    if not message.external_id and not _name(message, event.external_id):
        return
    if event.status == "failed":
        if not is_another_copy:
            _failed(message, event)
        return
    rank, at = Message.RANK[Status(event.status)], event.at or Now()
    lower = [status for status, value in Message.RANK.items() if value < rank]
    ours = Message.objects.exclude(author=Message.Author.CUSTOMER)
    if event.upto:
        earlier = ours.filter(conversation=conversation, seq__lt=message.seq, status__in=lower)
        earlier.update(status=event.status, status_at=at)
    lower += [Status.SENDING, Status.UNKNOWN]
    moved = ours.filter(pk=message.pk, status__in=lower)
    if moved.update(status=event.status, status_at=at, lease_until=None, error=""):
        wakeups.enqueue(tasks.DELIVER, conversation.pk)  # what stood behind it may go


def _find(account: ChannelAccount, event: Receipt) -> Message | None:
    ours = Message.objects.filter(account=account).exclude(author=Message.Author.CUSTOMER)
    found = ours.filter(external_id=event.external_id).first()
    if found or not event.client_ref:
        return found
    try:
        return ours.filter(client_ref=uuid.UUID(event.client_ref)).first()
    except ValueError:
        return None  # a reference of another program's


def _name(message: Message, external_id: str) -> bool:
    """Note the platform's id, which was not known; False if another message of ours has it."""
    try:
        with transaction.atomic():
            Message.objects.filter(pk=message.pk).update(external_id=external_id[:400])
    except IntegrityError:
        return False
    message.external_id = external_id
    return True


def _failed(message: Message, event: Receipt) -> None:
    if message.status not in (Status.SENT, Status.SENDING, Status.UNKNOWN):
        return
    kind = event.failure or Rejected
    if kind is TryLater and clock.now() - message.sent_at > FRESH:
        kind = Rejected
    code, _, detail = event.error.partition(" ")
    Message.objects.filter(pk=message.pk).update(external_id="")  # its next try gets an id of its own
    delivery.refused(message, kind(code, detail), at=event.at)
