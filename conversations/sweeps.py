"""Looks for work that was not enqueued, or that nobody finished. All may run twice, late, or never."""

from datetime import timedelta

from django.db.models.functions import Now

from bots import wakeups
from bots.metrics import rollups
from bots.models import Heartbeat
from conversations import delivery, metrics, takeover, tasks, turns
from conversations.models import Conversation, Message

MISSED_FOR = timedelta(seconds=1.5)  # a wake-up usually does it sooner
REST = timedelta(seconds=5)  # before the same conversation is enqueued again
STUCK_AFTER = timedelta(minutes=2)


def enqueue_turns() -> int:
    """Enqueue the conversations that should have been answered by now."""
    return turns.enqueue_again(missed_for=MISSED_FOR, rest=REST)


def enqueue_sends() -> int:
    """Enqueue the queues that should have left by now."""
    waiting = delivery.due(missed_for=MISSED_FOR)
    for conversation_id in waiting:
        wakeups.enqueue(tasks.DELIVER, conversation_id)
    return len(waiting)


def show_stuck() -> int:
    """Put on *Needs you* what has waited for two minutes for no good reason. Returns how many conversations."""
    before = Now() - STUCK_AFTER
    late = Conversation.objects.filter(pk__in=turns.due(missed_for=STUCK_AFTER), attention="")
    unsent = Conversation.objects.filter(
        attention="", messages__status=Message.Status.QUEUED, messages__status_at__lt=before, messages__not_before=None
    )
    ids = {*late.values_list("pk", flat=True), *unsent.values_list("pk", flat=True)}
    for conversation_id in ids:
        takeover.raise_attention(conversation_id, Conversation.Attention.STUCK)
    return len(ids)


def beat(name: str) -> None:
    """Note that this process is alive and can write."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": Now()})


def add_up() -> None:
    """Add up the counts of what is settled."""
    rollups.aggregate(metrics.MESSAGES)
    rollups.aggregate(metrics.TURNS)
