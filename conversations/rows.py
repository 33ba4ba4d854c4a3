"""The conversation's row is the lock for all that is written in it."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import OperationalError

from conversations.models import Conversation

LOCK_NOT_AVAILABLE = "55P03"

_held: dict[object, bool] = {}  # whose conversation was found held, and whether a thread of this process waits for it


def lock(conversation_id: int) -> Conversation:
    """The conversation, its row locked until the transaction ends. All that writes messages goes through this."""
    return (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("account__bot__business", "contact")
        .get(pk=conversation_id)
    )


def next_seq(conversation: Conversation) -> int:
    """The number of the next message. The row must be locked."""
    conversation.last_seq += 1
    Conversation.objects.filter(pk=conversation.pk).update(last_seq=conversation.last_seq)
    return conversation.last_seq


def lock_if_free(conversation_id: int) -> Conversation | None:
    """Like `lock`, for sweeps: None, at once, when somebody else holds the row. The next sweep comes soon."""
    return (
        Conversation.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("account__bot__business", "contact")
        .filter(pk=conversation_id)
        .first()
    )


@contextmanager
def alone_if_held(who: object) -> Iterator[None]:
    """Wait for the conversation of `who` in here: one thread at a time, once somebody has held it for too long.

    Those who meet the held row first wait as long as `lock_timeout` lets them. From then on, until one gets through,
    the others hear OperationalError at once: one conversation cannot take up all the threads of the web.
    """
    if _held.get(who):
        raise OperationalError("Somebody holds this conversation, and another thread waits for it already.")
    if who in _held:
        _held[who] = True
    too_long = False
    try:
        yield
    except OperationalError as error:
        too_long = getattr(error.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE
        raise
    finally:
        if too_long:
            _held[who] = False
        else:
            _held.pop(who, None)
