"""Ringing for work of this room (`bots.bell`). A ring is a hint: the sweeps find the same work in the tables."""

from django.db import transaction

from bots.bell import ring_now as _ring


def ring_answer(conversation_id: int) -> None:
    """Ring for a turn once the transaction has committed. Never raises."""
    transaction.on_commit(lambda: _ring("turns.answer", conversation_id), robust=True)


def ring_delivery(conversation_id: int) -> None:
    """Ring for the conversation's queue to be sent once the transaction has committed. Never raises."""
    transaction.on_commit(lambda: _ring("delivery.deliver", conversation_id), robust=True)


def ring_attention(conversation_id: int) -> None:
    """Ring for the customer to be shown that an answer is being written. Never raises; a lost one is not missed."""
    transaction.on_commit(lambda: _ring("delivery.attention", conversation_id), robust=True)


def ring_attachment(attachment_id: int) -> None:
    """Ring for a file to be fetched once the transaction has committed. Never raises."""
    transaction.on_commit(lambda: _ring("attachments.fetch", attachment_id), robust=True)
