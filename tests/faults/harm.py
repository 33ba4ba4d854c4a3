"""The harm: where a process is killed, which guard is taken away, and an agent that leaves traces.

Production code has no switches for any of it. A process of an experiment imports this, and functions are wrapped at
their boundaries as the environment says:

    HARM_KILL_AT   one of KILL_POINTS: this process dies there, by SIGKILL
    HARM_SIGNAL    another signal to send itself there: SIGSTOP freezes it until somebody lets it go on
    HARM_WITHOUT   names out of guards.GUARDS, separated by commas: these guards are taken away (controls)
    HARM_THINK     seconds that the agent thinks about a message that begins with "slow"
    HARM_LINGER    seconds that a sweep lingers between finding a reminder due and claiming it: a race is sure
    HARM_TRACE     a file that gets a line when thinking begins and ends, and when a reminder is about to be claimed
"""

import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from bots import wakeups
from bots.channels.instagram.channel import Instagram
from conversations import agents, delivery, reminders, turns
from conversations.agents.base import Plan
from conversations.agents.llm import LLMAgent
from conversations.agents.rules import RulesAgent
from conversations.chat.skills import Reply, ReplyPart, TurnContext
from tests.faults.guards import GUARDS


def die() -> None:
    os.kill(os.getpid(), signal.Signals[os.environ.get("HARM_SIGNAL", "SIGKILL")])
    time.sleep(0.5)  # the signal is on its way


# --- an agent that leaves traces -------------------------------------------------------------------------------------


class Tracer(RulesAgent):
    """Answers with the names of the messages it has read: `re m1 m2`. What it says shows what it knew."""

    def prepare(self, turn: TurnContext) -> Plan:
        trace("begin", turn.conversation.pk)
        if any(message.text.startswith("poison") for message in turn.messages):
            os._exit(1)
        if any(message.text.startswith("slow") for message in turn.messages):
            time.sleep(float(os.environ.get("HARM_THINK", "1.5")))
        trace("end", turn.conversation.pk)
        return Plan()

    def act(self, turn: TurnContext, plan: Plan) -> Reply:
        return Reply(says=[ReplyPart(text="re " + " ".join(message.text for message in turn.messages))])


class TracedModel(LLMAgent):
    """The real agent with a model, which leaves the same traces; where it fails, the Tracer answers. It introduces
    itself to nobody, for the checker reads every word of a reply as the name of a message."""

    def prepare(self, turn: TurnContext) -> Plan:
        trace("begin", turn.conversation.pk)
        try:
            return super().prepare(turn)
        finally:
            trace("end", turn.conversation.pk)

    def act(self, turn: TurnContext, plan: Plan) -> Reply:
        return super().act(replace(turn, first_contact=False), plan)


def trace(what: str, conversation_id: int) -> None:
    if path := os.environ.get("HARM_TRACE"):
        # The monotonic clock is the same for all processes of a machine, whatever time they think it is.
        line = json.dumps({"what": what, "conversation": conversation_id, "at": time.monotonic(), "pid": os.getpid()})
        with Path(path).open("a") as file:  # one short write to a file opened for appending is not torn
            file.write(line + "\n")


# --- kill points -----------------------------------------------------------------------------------------------------


def dying_after(owner: Any, name: str, *, only_if: Callable[[Any], bool] = lambda result: True) -> None:
    original = getattr(owner, name)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        result = original(*args, **kwargs)
        if only_if(result):
            die()
        return result

    setattr(owner, name, wrapped)


def dying_before_the_wakeup() -> None:
    original = wakeups.enqueue_now

    def enqueue(task: str, conversation_id: int) -> None:
        if task == "delivery.deliver":
            die()
        original(task, conversation_id)

    wakeups.enqueue_now = enqueue


KILL_POINTS: dict[str, Callable[[], None]] = {
    "claimed": lambda: dying_after(turns, "claim", only_if=lambda lease: lease is not None),
    "thought": lambda: dying_after(Tracer, "prepare"),
    "committing": lambda: dying_after(turns, "_queue"),
    "committed": dying_before_the_wakeup,
    "send claimed": lambda: dying_after(delivery, "claim_next", only_if=lambda claim: claim is not None),
    "sent": lambda: dying_after(Instagram, "send"),
    "recorded": lambda: dying_after(delivery, "_sent"),
}


# --- a race that is sure -----------------------------------------------------------------------------------------------


def lingering(seconds: float) -> None:
    original = reminders._queue

    def queue(kind: Any, found: Any, **kwargs: Any) -> bool:
        trace("reminder", found.pk)
        time.sleep(seconds)
        return original(kind, found, **kwargs)

    reminders._queue = queue


# --- all of it -----------------------------------------------------------------------------------------------------


def inflict() -> None:
    """Wrap what the environment names. Raises KeyError for an unknown name."""
    agents.AGENTS["rules"] = Tracer()
    agents.AGENTS["llm"] = TracedModel(rules=agents.AGENTS["rules"])
    for name in filter(None, os.environ.get("HARM_WITHOUT", "").split(",")):
        GUARDS[name]()
    if seconds := os.environ.get("HARM_LINGER"):
        lingering(float(seconds))
    if point := os.environ.get("HARM_KILL_AT"):
        KILL_POINTS[point]()
