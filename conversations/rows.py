"""The conversation's row is the lock for all that is written in it."""

from conversations.models import Conversation


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
