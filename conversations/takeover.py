"""Who holds a conversation: the bot, a person, or nobody; and what of it needs a person's eye."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from bots import wakeups
from bots.db import clock
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.records import record
from conversations import tasks
from conversations.chat.skills import all_skills
from conversations.dialogue.state import Dialogue
from conversations.models import Conversation, Message, Pause
from conversations.models.conversations import lock, next_seq


@transaction.atomic
def pause(conversation_id: int, *, by: Actor, hours: float | None = None, reason: str = "") -> Pause:
    """Let a person hold the conversation for `hours` (the bot's own setting if None); prolongs a pause that runs.

    Locks the conversation. What the bot was about to say is not said: its queued replies are cancelled and a turn
    under way is fenced off.
    """
    conversation = lock(conversation_id)
    until = clock.now() + timedelta(hours=hours if hours is not None else conversation.bot.takeover_hours)
    pause, made = Pause.objects.get_or_create(
        conversation=conversation,
        ended_at=None,
        defaults={"until": until, "by_id": by.user_id, "by_name": by.name, "reason": reason},
    )
    if not made:
        pause.until = max(pause.until, until) if hours is None else until
        pause.save(update_fields=["until"])
    if conversation.mode != Conversation.Mode.PERSON:
        _note(conversation, "take over", Conversation.Mode.PERSON, by, reason)
    _cancel_queued_replies(conversation)
    Conversation.objects.filter(pk=conversation.pk).update(
        mode=Conversation.Mode.PERSON, generation=F("generation") + 1, lease_until=None, enqueued_at=None
    )
    return pause


@transaction.atomic
def resume(conversation_id: int, *, by: Actor) -> Conversation:
    """Hand the conversation back to the bot, which answers what is still unanswered. Locks the conversation."""
    conversation = lock(conversation_id)
    if conversation.mode == Conversation.Mode.BOT:
        return conversation
    now = clock.now()
    Pause.objects.filter(conversation=conversation, ended_at=None).update(ended_at=now)
    _note(conversation, "hand back", Conversation.Mode.BOT, by)
    settled = conversation.attention in (Conversation.Attention.WAITING, Conversation.Attention.STUCK)
    unanswered = conversation.answered_seq < conversation.last_inbound_seq
    Conversation.objects.filter(pk=conversation.pk).update(
        mode=Conversation.Mode.BOT,
        attention="" if settled else conversation.attention,
        failed_turns=0,
        not_understood=0,
        next_try_at=None,
        disclosed_at=None,  # people are told again that an assistant answers, once a person has
        due_at=now if unanswered else conversation.due_at,
    )
    if unanswered:
        wakeups.enqueue(tasks.ANSWER, conversation.pk)
    conversation.mode = Conversation.Mode.BOT
    return conversation


def _note(conversation: Conversation, verb: str, to_mode: str, by: Actor, reason: str = "") -> Decision:
    return record(
        business_id=conversation.business.pk,
        subject="conversation",
        subject_id=conversation.pk,
        verb=verb,
        from_status=conversation.mode,
        to_status=to_mode,
        by=by,
        reason=reason,
    )


def _cancel_queued_replies(conversation: Conversation) -> None:
    Message.objects.filter(
        conversation=conversation, status=Message.Status.QUEUED, purpose=Message.Purpose.REPLY
    ).update(status=Message.Status.CANCELLED, status_at=Now())


def raise_attention(conversation_id: int | None, attention: str) -> None:
    """Put the conversation on *Needs you*. An older reason stays; a person who is wanted goes before all others."""
    if conversation_id is None:
        return  # what is seen to did not begin in a conversation
    rows = Conversation.objects.filter(pk=conversation_id)
    if attention != Conversation.Attention.WANTS_PERSON:
        rows = rows.filter(attention="")
    rows.update(attention=attention, attention_at=Now())


@transaction.atomic
def settle_attention(conversation_id: int, *, by: Actor) -> None:
    """Take the conversation off *Needs you*: a person has seen to it. What it waited for counts as answered."""
    conversation = lock(conversation_id)
    if conversation.attention:
        _note(conversation, "done", conversation.mode, by, conversation.attention)
    Conversation.objects.filter(pk=conversation.pk).update(
        attention="",
        attention_at=None,
        answered_seq=F("last_inbound_seq") if conversation.mode != Conversation.Mode.BOT else F("answered_seq"),
    )


def mark_read(conversation_id: int, upto_seq: int) -> None:
    """Note how far staff have read. Never goes backwards."""
    Conversation.objects.filter(pk=conversation_id, staff_read_seq__lt=upto_seq).update(staff_read_seq=upto_seq)


@transaction.atomic
def heard_from_person(
    conversation_id: int,
    *,
    external_id: str,
    text: str,
    media: Sequence[dict[str, Any]],
    raw: dict[str, Any],
    sent_at: datetime,
) -> None:
    """A person wrote in the platform's own app: kept as a message, and the bot makes way. Locks the conversation."""
    conversation = lock(conversation_id)
    Message.objects.create(
        conversation=conversation,
        account=conversation.account,
        seq=next_seq(conversation),
        author=Message.Author.STAFF,
        kind=Message.Kind.MEDIA if media and not text else Message.Kind.TEXT,
        status=Message.Status.SENT,
        external_id=external_id,
        text=text,
        media=list(media),
        raw=raw,
        sent_at=sent_at,
        purpose=Message.Purpose.STAFF,
    )
    answered_by_person(conversation)
    pause(conversation_id, by=Actor("A colleague in the app", "app"), reason="Answered in the channel's own app")


def answered_by_person(conversation: Conversation) -> None:
    """A person has answered: nothing waits any more. The row must be locked."""
    Conversation.objects.filter(pk=conversation.pk).update(
        answered_seq=F("last_inbound_seq"),
        oldest_unanswered_at=None,
        attention="",
        attention_at=None,
        last_message_at=Now(),
        staff_read_seq=F("last_seq"),
    )


def end_pauses() -> int:
    """Hand back each conversation whose pause is over, unless the customer waits for the person they asked for."""
    over = (
        Pause.objects.filter(ended_at=None, until__lte=Now(), conversation__mode=Conversation.Mode.PERSON)
        .exclude(conversation__attention=Conversation.Attention.WANTS_PERSON)
        .values_list("conversation_id", flat=True)
    )
    for conversation_id in list(over):
        resume(conversation_id, by=Actor.clock())
    return len(over)


@transaction.atomic
def clear_state(conversation_id: int, *, by: Actor) -> dict[str, int]:
    """Forget what is half-finished in a conversation, so that it can start afresh; messages and visits stay.

    Returns how many things each skill let go, like {"booking": 1}, with {"dialogue": 1} where something was wished,
    asked or offered. Locks the conversation.
    """
    conversation = lock(conversation_id)
    cleared = {skill.code: count for skill in all_skills() if (count := skill.clear(conversation))}
    was = Dialogue.from_json(conversation.dialogue, now=clock.now())
    if was.frames or was.question or was.offer:
        cleared["dialogue"] = 1
    _note(conversation, "clear state", conversation.mode, by)
    Conversation.objects.filter(pk=conversation.pk).update(
        generation=F("generation") + 1,
        lease_until=None,
        redo=0,
        failed_turns=0,
        not_understood=0,
        next_try_at=None,
        answered_seq=F("last_inbound_seq"),
        oldest_unanswered_at=None,
        dialogue=Dialogue(upto_seq=conversation.last_seq).as_json(),  # what was shown so far offers nothing any more
    )
    Message.objects.filter(conversation=conversation).exclude(asks=[]).update(asks=[])
    return cleared
