"""Rehearse, then perform.

While a model thinks, nothing may be held and nothing may have happened. So its tool calls are *rehearsed*: all that it
has asked for so far in this turn is done in order in one short transaction, and taken back. When its answer stands, the
same calls are *performed* inside the turn's own transaction, once, with the turn. Should anything that matters come
out differently then (a place has gone), the answer is dropped.
"""

import uuid
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from django.db import connection, transaction
from django.utils import translation

from bots.staff.decisions import AlreadyDecided, NotAllowed
from conversations.agents.schemas import ModelTool
from conversations.chat.skills import (
    Failed,
    ModelRetry,
    ReplyPart,
    ToolCall,
    ToolResult,
    TurnContext,
    TurnLog,
    skills_of,
)
from conversations.models import Contact, Conversation, Message
from conversations.models.conversations import lock


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestedCall:
    """A call of the model's, its arguments read."""

    tool: ModelTool
    arguments: dict[str, Any]

    @property
    def name(self) -> str:
        return self.tool.tool.name

    @property
    def changes(self) -> bool:
        return self.tool.tool.changes


@dataclass(slots=True, kw_only=True)
class Rehearsed:
    """What came of a call: facts, or why not, and what is to be said of it."""

    wanted: RequestedCall
    facts: ToolResult
    error: str = ""
    says: list[ReplyPart] = field(default_factory=list)
    steps: list[ToolCall] = field(default_factory=list)

    def sameness(self) -> Any:
        """What must be the same when it is performed. Buttons carry numbers of rows, which a rehearsal uses up."""
        return self.facts, [say.text for say in self.says]


class Outdated(Exception):
    """What was rehearsed does not come out the same now."""


def tools_of(turn: TurnContext) -> dict[str, ModelTool]:
    """Return the tools that a model may choose from, by name, in the same order every time."""
    skills = skills_of(turn.bot)
    found = [(tool, skill.code) for skill in skills for tool in skill.tools() if tool.for_model]
    return {tool.name: ModelTool(tool, code) for tool, code in found}


def dry_run(turn: TurnContext, done: Sequence[Rehearsed], wanted: Sequence[RequestedCall]) -> list[Rehearsed]:
    """Return what these calls would find and do, after what was done in this turn already. Changes nothing.

    Locks the conversation while it lasts if anything would change, and gives the connection back.
    """
    before = [outcome.wanted for outcome in done if outcome.wanted.changes and not outcome.error]
    outcomes: list[Rehearsed] = []
    with taken_back(turn, locked=bool(before) or any(one.changes for one in wanted)) as staged:
        for call in before:
            _run(staged, call)
        outcomes += [_run(staged, call) for call in wanted]
    return outcomes


@contextmanager
def taken_back(turn: TurnContext, *, locked: bool) -> Iterator[TurnContext]:
    """A transaction in which a copy of the turn may act, and of which nothing stays. Gives the connection back."""
    try:
        with transaction.atomic():
            yield _apart(turn, locked=locked)
            transaction.set_rollback(True)
    finally:
        if not connection.in_atomic_block:
            connection.close()


def _apart(turn: TurnContext, *, locked: bool) -> TurnContext:
    pk = turn.conversation.pk
    if pk is None:
        return _imagined(turn)
    conversation = lock(pk) if locked else turn.conversation
    return replace(turn, conversation=conversation, log=turn.log.copy())


def _imagined(turn: TurnContext) -> TurnContext:
    """A turn that stands in no table yet, written down for as long as the transaction lasts."""
    account = turn.conversation.account
    contact = Contact.objects.create(business=turn.business)
    conversation = Conversation.objects.create(
        account=account, contact=contact, peer_kind="preview", peer=uuid.uuid4().hex, last_seq=1, last_inbound_seq=1
    )
    messages = [
        Message.objects.create(
            conversation=conversation,
            account=account,
            seq=1,
            author=Message.Author.CUSTOMER,
            status=Message.Status.RECEIVED,
            external_id=f"preview:{uuid.uuid4()}",
            text=message.text,
            sent_at=turn.now,
        )
        for message in turn.messages
    ]
    return replace(turn, conversation=conversation, contact=contact, messages=messages, log=TurnLog())


def apply(turn: TurnContext, outcomes: Sequence[Rehearsed]) -> list[ReplyPart]:
    """Do for real what was rehearsed, in the same order. Inside the turn's transaction, the conversation locked.

    Returns what is to be said of it, with buttons that carry the real rows. Raises Outdated, everything taken back.
    """
    says: list[ReplyPart] = []
    real_turn = replace(turn, log=turn.log.copy())
    steps: list[ToolCall] = []
    with transaction.atomic():
        for rehearsed in outcomes:
            if rehearsed.error or not rehearsed.wanted.changes:
                says += rehearsed.says
                steps += rehearsed.steps
                continue
            real = _run(real_turn, rehearsed.wanted)
            if real.error or real.sameness() != rehearsed.sameness():
                raise Outdated(rehearsed.wanted.name)
            says += real.says
            steps += real.steps
    turn.log.steps += steps
    turn.log.rules += real_turn.log.rules
    turn.log.frames.update(real_turn.log.frames)
    return says


def _run(turn: TurnContext, wanted: RequestedCall) -> Rehearsed:
    """One call. What a tool refuses is an outcome too; then it has changed nothing."""
    steps, frames = len(turn.log.steps), dict(turn.log.frames)
    facts: ToolResult = {}
    says: list[ReplyPart] = []
    error = ""
    try:
        with transaction.atomic(), translation.override(turn.language):
            came = turn.call(wanted.tool.tool.function, **wanted.arguments)
        facts = came.facts
        says = [replace(say, skill=wanted.tool.skill) for say in came.says]
    except (ModelRetry, Failed, NotAllowed, AlreadyDecided) as refusal:
        error = str(refusal)
        turn.log.frames = frames
    return Rehearsed(wanted=wanted, facts=facts, error=error, says=says, steps=turn.log.steps[steps:])
