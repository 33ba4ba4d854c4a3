"""Looks for work that was not rung for, or that nobody finished. All may run twice, late, or never."""

from datetime import timedelta

from celery import shared_task
from django.db.models.functions import Now

from bots import tallies
from bots.models import Heartbeat
from conversations import bell, delivery, echoes, memory, metrics, takeover, turns
from conversations.models import Conversation, Message

MISSED_FOR = timedelta(seconds=1.5)  # a ring usually does it sooner
REST = timedelta(seconds=5)  # before the same conversation is rung for again
STUCK_AFTER = timedelta(minutes=2)


def ring_turns() -> int:
    """Ring for the conversations that should have been answered by now."""
    return turns.ring_again(missed_for=MISSED_FOR, rest=REST)


def ring_sends() -> int:
    """Ring for the queues that should have left by now."""
    waiting = delivery.due(missed_for=MISSED_FOR)
    for conversation_id in waiting:
        bell.ring_delivery(conversation_id)
    return len(waiting)


def show_stuck() -> int:
    """Put on *Needs you* what has waited for two minutes for no good reason. Returns how many conversations."""
    before = Now() - STUCK_AFTER
    late = Conversation.objects.filter(pk__in=turns.due(missed_for=STUCK_AFTER), attention="")
    unsent = Conversation.objects.filter(
        attention="",
        messages__status=Message.Status.QUEUED,
        messages__status_at__lt=before,
        messages__not_before=None,
    )
    ids = {*late.values_list("pk", flat=True), *unsent.values_list("pk", flat=True)}
    for conversation_id in ids:
        takeover.raise_attention(conversation_id, Conversation.Attention.STUCK)
    return len(ids)


def beat(name: str) -> None:
    """Note that this process is alive and can write."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": Now()})


@shared_task(name="sweeps.turns")
def turns_task() -> None:
    ring_turns()


@shared_task(name="sweeps.sends")
def sends_task() -> None:
    ring_sends()


@shared_task(name="sweeps.echoes")
def echoes_task() -> None:
    echoes.decide()


@shared_task(name="sweeps.uncertain")
def uncertain_task() -> None:
    delivery.settle_uncertain()


@shared_task(name="sweeps.pauses")
def pauses_task() -> None:
    takeover.end_pauses()


@shared_task(name="sweeps.memory")
def memory_task() -> None:
    memory.sweep()


@shared_task(name="sweeps.stuck")
def stuck_task() -> None:
    show_stuck()


@shared_task(name="sweeps.tallies")
def tallies_task() -> None:
    tallies.fold(metrics.MESSAGES)
    tallies.fold(metrics.TURNS)


@shared_task(name="sweeps.heartbeat")
def heartbeat_task() -> None:
    beat("beat and worker")
