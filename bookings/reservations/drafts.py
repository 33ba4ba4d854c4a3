"""A reservation that is still being talked about: a row in status draft, visible to staff, one a conversation."""

from typing import Any

from django.db import transaction

from bookings.models import Reservation
from bookings.reservations.transitions import RESERVATION
from bots.db.transactions import atomic_with_retry
from conversations import outbox
from conversations.models import Conversation

FIELDS = frozenset({
    "service", "service_id", "moves_id", "people", "day", "start_time", "duration_minutes", "contact", "language",
    "note", "moves",
})  # fmt: skip


def draft(conversation: Conversation) -> Reservation | None:
    """Return what this conversation is about to reserve, if anything."""
    drafts = Reservation.objects.filter(conversation=conversation, status=Reservation.Status.DRAFT)
    return drafts.select_related("business", "service", "moves").first()


@atomic_with_retry
def start_draft(conversation: Conversation, **fields: Any) -> Reservation:
    """Begin a draft, or go on with the one there is, with these fields filled. Locks the conversation."""
    _known(fields)
    conversation = outbox.lock(conversation.pk)
    row = draft(conversation)
    if row is None:
        row = Reservation(
            business=conversation.business,
            conversation=conversation,
            contact=conversation.contact,
            language=conversation.language,
        )
    return _write(row, fields)


@atomic_with_retry
def fill(draft_id: int, **fields: Any) -> Reservation:
    """Note what the customer said; None forgets it. Locks the draft. Raises AlreadyDecided if it is none any more."""
    _known(fields)
    row = Reservation.objects.select_for_update(of=("self",)).select_related("business", "service").get(pk=draft_id)
    RESERVATION.must_be(row, "fill")
    return _write(row, fields)


@transaction.atomic
def drop(draft_id: int) -> bool:
    """Forget a draft; nothing else is touched. False if it is gone or has become a request."""
    deleted, _ = Reservation.objects.filter(pk=draft_id, status=Reservation.Status.DRAFT).delete()
    return bool(deleted)


def _known(fields: dict[str, Any]) -> None:
    if unknown := set(fields) - FIELDS:
        raise TypeError(f"A draft has no {', '.join(sorted(unknown))}.")


def _write(row: Reservation, fields: dict[str, Any]) -> Reservation:
    for name, value in fields.items():
        setattr(row, name, value)
    row.save()
    return row
