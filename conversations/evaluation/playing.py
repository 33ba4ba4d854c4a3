"""Plays one talk with a copy of a bot, through the same inbox, turns and delivery as every customer's words."""

import time
from dataclasses import dataclass, field
from random import Random

from django.db import connection
from django.db.models import Sum

from bots.db import clock
from bots.models import Bot, Business
from conversations.evaluation import judging, sandbox
from conversations.evaluation.customer import Customer
from conversations.evaluation.faults import Fault, Kind
from conversations.evaluation.goals import Behaviour, Goal
from conversations.evaluation.utterances import Played, Utterance
from conversations.evaluation.wire import Wire
from conversations.models import Conversation, LLMCall

A_SENTENCE = 3  # words: fewer may be of any language
SLACK = 2  # turns beyond twice what the goal needs: a talk that goes a little astray is not hopeless
DAY_HOURS, NIGHT_HOURS = (11, 13, 14, 16), (21, 22, 23, 6)  # when customers write, on the business's clock


@dataclass(slots=True, kw_only=True)
class Result:
    """What came of a talk. `lines` are the talk as it went, faults beside it."""

    id: str
    language: str
    goal: str
    behaviours: tuple[str, ...]
    reached: bool = False
    turns: int = 0
    needs: int = 0
    faults: list[Fault] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    fallbacks: list[str] = field(default_factory=list)
    seconds: float = 0.0
    microdollars: int = 0

    @property
    def succeeded(self) -> bool:
        """The rows are as the customer wanted them, nothing was done without consent, and it did not take forever."""
        return self.reached and not {Kind.CONSENT, Kind.TOO_LONG} & {fault.kind for fault in self.faults}

    @property
    def faulty_turns(self) -> int:
        return len({fault.turn for fault in self.faults if fault.turn})


class Talk:
    """One customer with one goal and some behaviours, from the first word until they have it or give up."""

    def __init__(self, bot: Bot, *, id: str, rng: Random, language: str, part: str) -> None:
        self.id, self.bot, self.rng, self.language = id, bot, rng, language
        self.business: Business = bot.business
        self.now = self.business.now()
        self.customer = Customer(rng, language=language, part=part, today=self.now.date())
        self.wire: Wire
        self.log: list[Played] = []
        self.faults: list[Fault] = []
        self.behaviours: tuple[Behaviour, ...] = ()
        self.goal: Goal | None = None
        self.reached = False  # whether the customer had what they wanted after the latest turn
        self.called = False  # whether a person was called, or holds the talk
        self.spoken = ""  # the language that the customer last wrote a sentence in
        self._commitments: set[sandbox.Commitment] = set()

    def has(self, code: str) -> bool:
        return any(behaviour.code == code for behaviour in self.behaviours)

    def take_up(self, goal: type[Goal], behaviours: tuple[Behaviour, ...]) -> None:
        """Raises NotPossible."""
        self.behaviours = behaviours
        self.goal = goal(self)
        self.wire = Wire(self.bot)
        self.goal.prepare()
        self.wire.forget_what_was_said()

    @property
    def needs(self) -> int:
        assert self.goal is not None
        return self.goal.needs + sum(behaviour.turns for behaviour in self.behaviours)

    def play(self) -> Result:
        """Play it to its end; what breaks in between is a fault of its own."""
        assert self.goal is not None
        began = time.monotonic()
        result = Result(
            id=self.id,
            language=self.language,
            goal=self.goal.code,
            behaviours=tuple(one.code for one in self.behaviours),
            needs=self.needs,
        )
        try:
            self._turns(self.goal)
            result.reached = self.reached
        except Exception as error:  # a talk that breaks is a talk that failed
            self.faults.append(Fault(Kind.BROKE, len(self.log), f"{type(error).__name__}: {error}"[:200]))
            if connection.in_atomic_block:
                raise
        result.turns = len(self.log)
        result.faults, result.lines = self.faults, self._lines()
        result.fallbacks = self.wire.fallbacks
        result.seconds = time.monotonic() - began
        result.microdollars = self._spent()
        return result

    def _spent(self) -> int:
        if self.bot.agent == Bot.Agent.RULES:
            return 0
        calls = LLMCall.objects.filter(conversation=self.wire.conversation)
        return calls.aggregate(all=Sum("cost_microdollars"))["all"] or 0

    def _turns(self, goal: Goal) -> None:
        interrupts = [one.interrupt for one in self.behaviours if one.interrupt]
        utterance: Utterance | None = goal.open()
        limit = 2 * self.needs + SLACK
        while utterance is not None:
            if len(self.log) >= limit:
                self.faults.append(Fault(Kind.TOO_LONG, len(self.log), f"{limit} turns"))
                return
            played = self._turn(utterance)
            self.faults += judging.faults_of(played, self)
            utterance = None
            for interrupt in list(interrupts):
                if not played.heard.is_silence and (utterance := interrupt(self, played.heard)):
                    interrupts.remove(interrupt)
                    break
            utterance = utterance or goal.go_on(played.heard)

    def _turn(self, utterance: Utterance) -> Played:
        assert self.goal is not None
        contact = self.wire.conversation.contact
        before = self._commitments if self.log else sandbox.commitments(contact)
        question = self.wire.question
        was_reached = self.reached if self.log else self.goal.is_reached()
        self.wire.calm()
        sent = self.customer.typed(utterance)
        if not utterance.choice and len(utterance.text.split()) >= A_SENTENCE:
            self.spoken = self.customer.language
        self.wire.send(sent, utterance.choice)
        heard, steps = self.wire.hear()
        self._commitments = sandbox.commitments(contact)
        played = Played(
            number=len(self.log) + 1,
            utterance=utterance,
            sent=sent,
            heard=heard,
            question_before=question,
            steps=steps,
            new_commitments=frozenset(self._commitments - before),
            lost_commitments=frozenset(before - self._commitments),
            language=self.spoken,
            was_called=self.called,
            was_reached=was_reached,
        )
        self.called = self.called or heard.attention in judging.CALLED or heard.mode != Conversation.Mode.BOT
        self.log.append(played)
        self.reached = self.goal.is_reached()
        return played

    def _lines(self) -> list[str]:
        lines = []
        for played in self.log:
            lines += [f"> {text}" for text in played.sent]
            for message in played.heard.messages:
                buttons = " ".join(f"[{button['title']}]" for button in message.buttons)
                lines.append(f"< {message.text} {buttons}".rstrip())
            faults = [fault for fault in self.faults if fault.turn == played.number]
            lines += [f"  ! {fault.kind}{f': {fault.note}' if fault.note else ''}" for fault in faults]
        return lines


def set_clock(business: Business, rng: Random, *, at_night: bool) -> None:
    """Put a copy into a time zone where it is such an hour now, so that a talk goes alike at any hour of the day."""
    hours = NIGHT_HOURS if at_night else DAY_HOURS
    wanted = rng.choice(hours)
    ahead = (wanted - clock.now().hour) % 24
    ahead -= 24 if ahead > 14 else 0
    business.timezone = f"Etc/GMT{-ahead:+d}" if ahead else "Etc/GMT"  # there, east has a minus
    business.save(update_fields=["timezone"])
