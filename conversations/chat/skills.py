"""The words that every app's skills speak: TurnContext, ReplyPart, Reply, Outcome, tools and their facts.

A *skill* is what an app lets a bot do. A *tool* is a typed function of it with a docstring: who is asking comes from
the turn, never from a model; it calls actions and searches and returns facts, and what is to be said of them. Rules
and models use the same tools. Skills do not look at each other: `conversations.dialogue.policy` asks each in turn.
"""

import inspect
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum
from typing import Any, ClassVar, TypeVar

from bots.channels.base import Button
from bots.language import Context, Understanding
from bots.models import Bot, Business
from bots.registry import brought
from conversations.dialogue.state import Dialogue, Frame, OpenQuestion
from conversations.models import Contact, Conversation, Message

ToolResult = dict[str, Any]  # plain JSON values: what a tool found or did
ToolReturn = TypeVar("ToolReturn")


class ModelRetry(Exception):
    """The arguments will not do: say so to whoever called, who may try again."""


class Failed(Exception):
    """It cannot be done: say so, and do not try again."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a tool: facts, for rules and models alike, and what is to be said of them, in our own words."""

    facts: ToolResult = field(default_factory=dict)
    says: "tuple[ReplyPart, ...]" = ()


@dataclass(frozen=True, slots=True)
class Tool:
    name: str
    function: Callable[..., Any]  # gives facts, or an Outcome
    changes: bool  # changes something, so that it must happen once only
    for_model: bool = True  # its arguments are plain values that a model can give

    @property
    def description(self) -> str:
        return inspect.getdoc(self.function) or ""


def tool(
    *, changes: bool = False, for_model: bool = True
) -> Callable[[Callable[..., ToolReturn]], Callable[..., ToolReturn]]:
    """Mark a skill's method as a tool. With `for_model` its arguments are text, numbers, days, times and choices."""

    def mark(function: Callable[..., ToolReturn]) -> Callable[..., ToolReturn]:
        function.tool_changes, function.tool_for_model = changes, for_model  # type: ignore[attr-defined]
        return function

    return mark


class Section(IntEnum):
    """Where a sentence stands in a reply: answers before questions of ours, always."""

    FIRST = 0  # disclosure, greeting
    OUTCOME = 1  # what was done
    ANSWER = 2  # what the customer asked
    QUESTION = 3  # what we need to know; only one of these is asked


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplyPart:
    """One message of a reply."""

    text: str
    section: Section = Section.ANSWER
    buttons: tuple[Button, ...] = ()
    asks: tuple[str, ...] = ()  # fields that the customer's next words may answer
    yes: str = ""  # payload of the button that a plain yes stands for, if this is a question of yes and no
    no: str = ""  # payload of the button that a plain no stands for
    skill: str = ""  # whose it is; filled in by the policy
    alone: str = ""  # its own text, where something was put before it


class Speaking:
    """Makes the parts of a reply. A sentence begins with a capital letter, also where it begins with a weekday."""

    def _say(self, text: str, *, section: Section = Section.ANSWER, buttons: tuple[Button, ...] = ()) -> ReplyPart:
        return ReplyPart(text=text[:1].upper() + text[1:], section=section, buttons=buttons)

    def _ask(
        self, text: str, *, asks: tuple[str, ...], buttons: tuple[Button, ...] = (), yes: str = "", no: str = ""
    ) -> ReplyPart:
        text = text[:1].upper() + text[1:]
        return ReplyPart(text=text, section=Section.QUESTION, buttons=buttons, asks=asks, yes=yes, no=no)


@dataclass(slots=True, kw_only=True)
class ToolCall:
    """A tool that was called: shown to staff beside the message."""

    tool: str
    arguments: ToolResult
    facts: ToolResult


@dataclass(slots=True, kw_only=True)
class TurnLog:
    """What was called in a turn and what came of it, by which rules it was decided, and what is remembered of it."""

    steps: list[ToolCall] = field(default_factory=list)
    rules: list[str] = field(default_factory=list)  # in plain words, for staff
    frames: dict[str, Frame | None] = field(default_factory=dict)  # that this turn changed; None: let go
    disagreements: list[ToolResult] = field(default_factory=list)  # where a model read something else than the rules
    agent: str = ""  # who answered in the end, if not the one that was asked to
    fallback: str = ""  # why

    def copy(self) -> "TurnLog":
        """Return a log that goes on from this one, for a dry run."""
        return TurnLog(frames=dict(self.frames), disagreements=self.disagreements)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnContext:
    """All that a skill may know of a turn, and where it writes down what it did. Times are aware, on our clock."""

    conversation: Conversation
    contact: Contact
    bot: Bot
    business: Business
    now: datetime
    language: str
    messages: Sequence[Message]  # what waits for an answer, in the order it was written
    text: str  # the words of these together
    choice: str  # the button pressed last, or ""
    understood: Understanding
    last_reply: Message | None  # the last message that the customer got
    dialogue: Dialogue = field(default_factory=Dialogue)  # what is going on, before this turn
    first_contact: bool = False  # nothing was ever answered here
    came_late: bool = False  # all of it was written before something that was answered already
    log: TurnLog = field(default_factory=TurnLog)

    @property
    def question(self) -> OpenQuestion | None:
        """What is asked and not answered yet."""
        return self.dialogue.question

    @property
    def asked(self) -> tuple[str, ...]:
        """The fields that the open question asks for."""
        return self.dialogue.question.asks if self.dialogue.question else ()

    @property
    def seq(self) -> int:
        """The number of the customer's message that is answered: the latest."""
        return max((message.seq for message in self.messages), default=0)

    def frame(self, kind: str) -> Frame | None:
        """Return what the customer wants of this kind, as it stands within this turn."""
        return self.log.frames[kind] if kind in self.log.frames else self.dialogue.frame(kind)

    def remember(self, kind: str, values: Mapping[str, Any], *, how: str = "said") -> None:
        """Keep these slots of what the customer wants; None takes one out."""
        frame = self.frame(kind) or Frame(kind=kind, at=self.now)
        self.log.frames[kind] = frame.with_values(values, seq=self.seq, at=self.now, how=how)

    def forget(self, kind: str) -> None:
        """Let go of what was wanted of this kind: it is done, or not wanted any more."""
        self.log.frames[kind] = None

    def decide(self, rule: str) -> None:
        """Write down for staff by which rule it went on, in plain words."""
        self.log.rules.append(rule)

    def call(self, function: Callable[..., Any], /, **arguments: Any) -> Outcome:
        """Call a tool and keep what it found. ModelRetry and Failed are kept too, then raised."""
        name = function.__name__
        shown = {key: str(value) for key, value in arguments.items() if value not in (None, "", ())}
        try:
            found = function(self, **arguments)
        except (ModelRetry, Failed) as error:
            self.log.steps.append(ToolCall(tool=name, arguments=shown, facts={type(error).__name__: str(error)}))
            raise
        outcome = found if isinstance(found, Outcome) else Outcome(facts=found)
        self.log.steps.append(ToolCall(tool=name, arguments=shown, facts=outcome.facts))
        return outcome


@dataclass(slots=True)
class Reply:
    """What a skill says in one turn.

    `ends` keeps later skills from speaking, and the bot is quiet from now on (a stop, a hand-over); `last` only keeps
    later skills from speaking in this turn. `closes`: what this skill had asked is answered or not asked any more,
    also where nothing says so.
    """

    says: list[ReplyPart] = field(default_factory=list)
    ends: bool = False
    last: bool = False
    closes: bool = False
    rests: bool = False  # what is open stays open, and is not asked again now


class Priority(IntEnum):
    """Who of the skills speaks first; of equals, the apps in their order."""

    STOP = 0  # wants nothing more, or wants it again
    PERSON = 1  # wants a person
    KNOWLEDGE = 2  # asks what is known
    TASK = 3  # wants something done
    SMALL_TALK = 4  # when nobody else has spoken


class Skill:
    """Base of all skills. `code` also begins the payload of its buttons: “booking:yes:17”."""

    code: ClassVar[str]
    priority: ClassVar[Priority] = Priority.TASK
    instructions: ClassVar[str] = ""  # what a model is told about its tools
    numbered: ClassVar[Collection[str]] = ()  # fields whose buttons may also be chosen by their number
    offers: ClassVar[Collection[str]] = ()  # beginnings of payloads: what may be chosen until others are shown
    answers_late: ClassVar[bool] = True  # False: what came after something newer was answered changes nothing here

    def serves(self, bot: Bot) -> bool:
        """Return whether this bot has any use for the skill; if not, it is as if the skill were not there."""
        return True

    def opening(self) -> Button | None:
        """Return the button by which a customer begins what this skill does, if it has one."""
        return None

    def owns(self, payload: str) -> bool:
        """Return whether a button with this payload is one of this skill's."""
        return payload.partition(":")[0] == self.code

    def context(self, conversation: Conversation, dialogue: Dialogue, context: dict[str, Any]) -> None:
        """Add what helps to understand the customer: names, opening hours, what is known so far, what was offered.

        `context` holds arguments of `bots.language.Context`; `dialogue` says what is open and what was offered.
        """

    def opens(self, message: Message, question: OpenQuestion) -> OpenQuestion | None:
        """Return what news of ours asks: a reminder's “Will you come?”, a time that staff offer. None: not mine."""
        return None

    def asks_again(self, turn: TurnContext, question: OpenQuestion) -> ReplyPart | None:
        """Return the open question of this skill as it is to be asked now; None if there is no point any more.

        Asked by the policy when something else was answered in between.
        """
        return None

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        """Return what the rules say when there is no model. None: this is not mine. Runs inside the turn's transaction.

        `already_said`: a skill of higher priority has something to say in this turn.
        """
        raise NotImplementedError

    def claims(self, turn: TurnContext, question: str) -> bool:
        """Return whether this skill answers the clause itself, so that staff need not be asked what nobody knows."""
        return False

    def knows(self, turn: TurnContext, question: str) -> bool:
        """Return whether this skill answers the clause from its own rows, better than general knowledge would."""
        return False

    def tells(self, turn: TurnContext, question: str) -> str:
        """Return what this skill's rows say of the clause, where the knowledge does not know it; else ""."""
        return ""

    def clear(self, conversation: Conversation) -> int:
        """Let go of what is half-finished in this conversation; how many things that were. The row is locked."""
        return 0

    def tools(self) -> list[Tool]:
        found = []
        for name, function in inspect.getmembers(self, inspect.ismethod):
            changes = getattr(function, "tool_changes", None)
            if changes is not None:
                for_model = getattr(function, "tool_for_model", False)
                found.append(Tool(name, function, changes, for_model))
        return found

    def static_facts(self, business: Business) -> ToolResult:
        """Return what a model must know of the business that is the same from turn to turn: services, opening hours."""
        return {}

    def facts(self, turn: TurnContext) -> ToolResult:
        """Return what a model must know of this moment: what is half-finished, what this customer has."""
        return {}


def all_skills() -> list[Skill]:
    """Return every skill of every app, in order of priority."""
    return sorted(brought("skills"), key=lambda skill: skill.priority)


def skills_of(bot: Bot) -> list[Skill]:
    """Return the bot's skills in order of priority; an empty list on the bot means all of them."""
    chosen = [skill for skill in all_skills() if not bot.skills or skill.code in bot.skills]
    return [skill for skill in chosen if skill.serves(bot)]


def context_for(conversation: Conversation, dialogue: Dialogue, *, said: str = "") -> Context:
    """Return what all skills know that helps to understand the next words of this conversation.

    `said` is the last thing that the customer read from us: they may quote it.
    """
    arguments: dict[str, Any] = {"region": conversation.business.country, "bot_text": said}
    if dialogue.question:
        arguments["requested"] = dialogue.question.asks
    for skill in skills_of(conversation.bot):
        skill.context(conversation, dialogue, arguments)
    return Context(**arguments)
