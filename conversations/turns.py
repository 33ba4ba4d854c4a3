"""Who speaks next: lease, gates, agent, outbox. One turn at a time for a conversation, and none is lost.

A turn thinks without lock, transaction or connection. It is committed only if its lease is still the current one, and
in one transaction: what the skills did, what is said, and how far is answered.
"""

import logging
import time
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models.functions import Now

from bots import wakeups
from bots.channels import CHANNELS
from bots.db.claims import wait_of
from conversations import outbox, takeover, tasks
from conversations.agents import AGENTS, agent_for
from conversations.agents.base import Agent, Plan, turn_context
from conversations.chat.skills import Reply, TurnContext, TurnLog
from conversations.dialogue import policy
from conversations.dialogue.state import Dialogue
from conversations.models import Conversation, Message, Turn
from conversations.models.conversations import lock
from conversations.wording import holding_sentence

logger = logging.getLogger(__name__)

PATIENCE_SECONDS = 20  # how long a worker waits for a burst to end before it leaves the conversation to the sweep
MAX_REDO = 2  # how often a turn is put aside because more was written while it thought
MAX_FAILED_TURNS = 5
RETRY_SECONDS = [5, 15, 60]
MAX_REPLIES_AN_HOUR = 60  # beyond that two machines are talking to each other


@dataclass(frozen=True, slots=True)
class Lease:
    """The right to answer a conversation for what was written after `after_seq` up to `upto_seq`."""

    conversation_id: int
    generation: int
    after_seq: int
    upto_seq: int
    failed_turns: int
    taken_at: datetime


_CLAIM = """
UPDATE conversations_conversation SET
    generation = generation + 1,
    lease_until = now() + make_interval(secs => %(seconds)s),
    failed_turns = failed_turns + 1,
    enqueued_at = NULL
WHERE id = %(id)s AND mode = 'bot' AND answered_seq < last_inbound_seq AND due_at <= now()
    AND (next_try_at IS NULL OR next_try_at <= now()) AND (lease_until IS NULL OR lease_until < now())
RETURNING id, generation, answered_seq, last_inbound_seq, failed_turns, now()
"""


def answer(conversation_id: int, *, patience: float = PATIENCE_SECONDS) -> int:
    """Answer the conversation as soon as the customer has been quiet for long enough; returns how many turns it took.

    Waits at most `patience` seconds in all, holding nothing. Safe to call twice or never: the claim lets one through,
    and the sweep finds what nobody answers.
    """
    give_up = time.monotonic() + patience
    taken = 0
    while True:
        wait = _seconds_until_due(conversation_id)
        if wait is None or (wait and time.monotonic() + wait > give_up):
            return taken
        if wait > 0:
            connection.close()
            time.sleep(wait)
            continue
        lease = claim(conversation_id)
        if lease is None:
            continue  # someone was faster, or something was written this very moment: look again
        take(lease)
        taken += 1


def _seconds_until_due(conversation_id: int) -> float | None:
    """Return how long until the bot may answer; None if it has nothing to answer or another worker is at it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT extract(epoch FROM GREATEST(due_at, next_try_at) - now()) FROM conversations_conversation "
            "WHERE id = %s AND mode = 'bot' AND answered_seq < last_inbound_seq "
            "AND (lease_until IS NULL OR lease_until < now())",
            [conversation_id],
        )
        row = cursor.fetchone()
    return None if row is None or row[0] is None else max(float(row[0]), 0.0)


def claim(conversation_id: int) -> Lease | None:
    """Take the lease with one conditional UPDATE; None if someone else has it or nothing is due.

    The failure is counted now, so that a message that kills its worker counts too; success takes it back.
    """
    with connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"id": conversation_id, "seconds": settings.TURN_LEASE_SECONDS})
        row = cursor.fetchone()
    if row is None:
        return None
    lease = Lease(*row)
    if lease.failed_turns > MAX_FAILED_TURNS:
        give_up(lease)
        return None
    return lease


def take(lease: Lease) -> None:
    """Take one turn under a lease. Never raises for what goes wrong inside: that is retried, then given to staff."""
    try:
        context = turn_context(lease.conversation_id, after_seq=lease.after_seq, upto_seq=lease.upto_seq)
        agent = agent_for(context.bot)
        if CHANNELS[context.conversation.account.channel].shows_attention:
            wakeups.enqueue(tasks.SHOW_ATTENTION, lease.conversation_id)
        connection.close()  # nothing is held while the agent thinks
        plan = agent.prepare(context)
        commit(lease, agent, context, plan)
    except (OperationalError, InterfaceError) as error:
        connection.close()
        logger.warning("turn interrupted", extra={"conversation": lease.conversation_id, "error": type(error).__name__})
        time.sleep(0.2)
        _release(lease, error)
    except Exception as error:
        logger.exception("turn failed", extra={"conversation": lease.conversation_id})
        _release(lease, error)


@transaction.atomic
def commit(lease: Lease, agent: Agent, context: TurnContext, plan: Plan) -> str:
    """Let the skills act and queue what they say, if this lease is still the current one. Returns the turn's outcome.

    Locks the conversation. With more written meanwhile the draft is dropped and the turn comes again, twice at most.
    """
    conversation = lock(lease.conversation_id)
    if conversation.generation != lease.generation or conversation.mode != Conversation.Mode.BOT:
        return _record(lease, agent, context, Turn.Outcome.FENCED, plan=plan).outcome
    if conversation.last_inbound_seq > lease.upto_seq and conversation.redo < MAX_REDO:
        Conversation.objects.filter(pk=conversation.pk).update(
            redo=conversation.redo + 1,
            failed_turns=lease.failed_turns - 1,
            due_at=Now() + timedelta(seconds=conversation.bot.debounce_seconds),
            lease_until=None,
        )
        return _record(lease, agent, context, Turn.Outcome.REDO, plan=plan).outcome
    context = replace(plan.turn or context, conversation=conversation)
    reply = _gated_reply(conversation, agent, context, plan)
    outcome = Turn.Outcome.ANSWERED if reply.says else Turn.Outcome.SILENT
    turn = _record(lease, agent, context, outcome, plan=plan)
    state = _queue(context, turn, reply, lease)
    more = conversation.last_inbound_seq > lease.upto_seq
    Conversation.objects.filter(pk=conversation.pk).update(
        answered_seq=lease.upto_seq,
        dialogue=state.as_json(),
        language=context.understood.lang,
        oldest_unanswered_at=Now() if more else None,
        redo=0,
        failed_turns=0,
        next_try_at=None,
        lease_until=None,
        **({"disclosed_at": Now()} if reply.says and context.first_contact else {}),
    )
    logger.info(
        "turn taken",
        extra={"conversation": conversation.pk, "turn": turn.pk, "outcome": turn.outcome, "upto_seq": lease.upto_seq},
    )
    return turn.outcome


def _gated_reply(conversation: Conversation, agent: Agent, context: TurnContext, plan: Plan) -> Reply:
    """Return what is said, or nothing: to what was taken back, to who wants quiet, and in a talk that never ends."""
    if not context.messages:
        return Reply()
    wants_quiet = conversation.contact.opted_out_at and not context.understood.has("start")
    if wants_quiet:
        takeover.raise_attention(conversation.pk, Conversation.Attention.WAITING)
        return Reply()
    recent = Turn.objects.filter(
        conversation=conversation, outcome=Turn.Outcome.ANSWERED, finished_at__gte=Now() - timedelta(hours=1)
    ).count()
    if recent >= MAX_REPLIES_AN_HOUR:
        takeover.raise_attention(conversation.pk, Conversation.Attention.STUCK)
        return Reply()
    return agent.act(context, plan)


def _queue(context: TurnContext, turn: Turn, reply: Reply, lease: Lease) -> Dialogue:
    """Queue the reply's messages and return what is going on from now on.

    What a skill says as it hands over goes out although a person now holds the talk.
    """
    conversation = context.conversation
    mode = Conversation.objects.values_list("mode", flat=True).get(pk=conversation.pk)
    quiet_from_now = mode != Conversation.Mode.BOT or reply.ends
    asked_seq = context.dialogue.upto_seq
    for part, say in enumerate(reply.says):
        message = outbox.say(
            conversation.pk,
            say.text,
            purpose=Message.Purpose.NOTICE if quiet_from_now else Message.Purpose.REPLY,
            buttons=say.buttons,
            asks=say.asks,
            turn=turn,
            dedupe_key=f"turn:{conversation.pk}:{lease.upto_seq}:{part}",
        )
        asked_seq = message.seq if message else asked_seq
    return policy.state_after(context, reply, upto_seq=lease.upto_seq, asked_seq=asked_seq)


def _record(
    lease: Lease, agent: Agent, context: TurnContext | None, outcome: str, *, plan: Plan | None = None, error: str = ""
) -> Turn:
    log = context.log if context else TurnLog()
    turn = Turn.objects.create(
        conversation_id=lease.conversation_id,
        generation=lease.generation,
        after_seq=lease.after_seq,
        upto_seq=lease.upto_seq,
        agent=log.agent or agent.code,
        fallback=log.fallback,
        understood=_understood(context) if context else {},
        steps=[{"tool": step.tool, "arguments": step.arguments, "facts": step.facts} for step in log.steps],
        before=context.dialogue.as_json() if context else {},
        rules=log.rules,
        outcome=outcome,
        error=error,
        started_at=lease.taken_at,
    )
    if plan is not None:
        agent.recorded(plan, turn)
    return turn


def _understood(context: TurnContext) -> dict[str, Any]:
    """Return what was understood, and where a model read something else than the rules."""
    found = context.understood.as_json()
    return found | ({"disagreements": context.log.disagreements} if context.log.disagreements else {})


def _release(lease: Lease, error: Exception) -> None:
    """Give the lease back after a failure, to be tried again after a while. Does nothing if it is lost already."""
    try:
        released = Conversation.objects.filter(pk=lease.conversation_id, generation=lease.generation).update(
            lease_until=None, next_try_at=Now() + wait_of(RETRY_SECONDS, lease.failed_turns)
        )
        if released:
            _record(lease, AGENTS["rules"], None, Turn.Outcome.FAILED, error=type(error).__name__)
    except (OperationalError, InterfaceError):
        connection.close()  # the database is away: the lease runs out by itself


@transaction.atomic
def give_up(lease: Lease) -> None:
    """Nobody could answer this in many tries: staff see it, and the customer hears that a person will."""
    conversation = lock(lease.conversation_id)
    if conversation.generation != lease.generation:
        return
    Conversation.objects.filter(pk=conversation.pk).update(
        mode=Conversation.Mode.NOBODY, lease_until=None, answered_seq=lease.upto_seq
    )
    takeover.raise_attention(conversation.pk, Conversation.Attention.STUCK)
    outbox.say(
        conversation.pk,
        holding_sentence(conversation.business, conversation.business.language_for(conversation.language)),
        purpose=Message.Purpose.NOTICE,
        dedupe_key=f"stuck:{conversation.pk}:{lease.upto_seq}",
    )


def due(*, missed_for: timedelta = timedelta(0), limit: int = 500) -> list[int]:
    """Conversations that should have been answered at least `missed_for` ago, the longest waiting first."""
    return list(Conversation.objects.answerable(missed_for=missed_for).values_list("pk", flat=True)[:limit])


def enqueue_again(*, missed_for: timedelta, rest: timedelta) -> int:
    """Enqueue conversations whose wake-up was lost, each at most once in `rest`. Returns how many.

    Passes over rows that somebody holds: one that is held for long must not keep the others waiting.
    """
    waiting = due(missed_for=missed_for)
    fresh = Conversation.objects.filter(pk__in=waiting).exclude(enqueued_at__gt=Now() - rest)
    with transaction.atomic():
        ids = list(fresh.select_for_update(skip_locked=True).values_list("pk", flat=True))
        Conversation.objects.filter(pk__in=ids).update(enqueued_at=Now())
    for conversation_id in ids:
        wakeups.enqueue(tasks.ANSWER, conversation_id)
    return len(ids)
