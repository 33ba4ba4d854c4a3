"""The harm: where a process is killed, which guard is taken away, and an agent that leaves traces.

Production code has no switches for any of it. A process of an experiment imports this, and functions are wrapped at
their boundaries as the environment says:

    HARM_KILL_AT   one of KILL_POINTS: this process dies there, by SIGKILL
    HARM_SIGNAL    another signal to send itself there: SIGSTOP freezes it until somebody lets it go on
    HARM_WITHOUT   names out of GUARDS, separated by commas: these guards are taken away (controls)
    HARM_THINK     seconds that the agent thinks about a message that begins with "slow"
    HARM_TRACE     a file that gets a line when thinking begins and ends
"""

import json
import os
import signal
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.db.models import F
from django.utils import timezone

from bots.channels.instagram import Instagram
from conversations import agents, bell, delivery, inbox, outbox, turns, webhooks
from conversations.agents.base import Plan
from conversations.agents.llm import LLMAgent
from conversations.agents.rules import RulesAgent
from conversations.models import Conversation, Message
from conversations.skills import Reply, Say, Situation


def die() -> None:
    os.kill(os.getpid(), signal.Signals[os.environ.get("HARM_SIGNAL", "SIGKILL")])
    time.sleep(0.5)  # the signal is on its way


# --- an agent that leaves traces -------------------------------------------------------------------------------------


class Tracer(RulesAgent):
    """Answers with the names of the messages it has read: `re m1 m2`. What it says shows what it knew."""

    def prepare(self, situation: Situation) -> Plan:
        trace("begin", situation.conversation.pk)
        if any(message.text.startswith("poison") for message in situation.messages):
            os._exit(1)
        if any(message.text.startswith("slow") for message in situation.messages):
            time.sleep(float(os.environ.get("HARM_THINK", "1.5")))
        trace("end", situation.conversation.pk)
        return Plan()

    def act(self, situation: Situation, plan: Plan) -> Reply:
        return Reply(says=[Say(text="re " + " ".join(message.text for message in situation.messages))])


class TracedModel(LLMAgent):
    """The real agent with a model, which leaves the same traces; where it fails, the Tracer answers. It introduces
    itself to nobody, for the checker reads every word of a reply as the name of a message."""

    def prepare(self, situation: Situation) -> Plan:
        trace("begin", situation.conversation.pk)
        try:
            return super().prepare(situation)
        finally:
            trace("end", situation.conversation.pk)

    def act(self, situation: Situation, plan: Plan) -> Reply:
        situation.first_contact = False
        return super().act(situation, plan)


def trace(what: str, conversation_id: int) -> None:
    if path := os.environ.get("HARM_TRACE"):
        line = json.dumps({"what": what, "conversation": conversation_id, "at": time.time(), "pid": os.getpid()})
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


def dying_before_the_ring() -> None:
    original = bell._ring

    def ring(task: str, conversation_id: int) -> None:
        if task == "delivery.deliver":
            die()
        original(task, conversation_id)

    bell._ring = ring


KILL_POINTS: dict[str, Callable[[], None]] = {
    "claimed": lambda: dying_after(turns, "claim", only_if=lambda lease: lease is not None),
    "thought": lambda: dying_after(Tracer, "prepare"),
    "committing": lambda: dying_after(turns, "_queue"),
    "committed": dying_before_the_ring,
    "send claimed": lambda: dying_after(delivery, "claim_next", only_if=lambda claim: claim is not None),
    "sent": lambda: dying_after(Instagram, "send"),
    "recorded": lambda: dying_after(delivery, "_sent"),
}


# --- guards taken away -------------------------------------------------------------------------------------------------


def without_lease() -> None:
    """Anybody may answer at any time: no lease at the claim, no generation at the commit."""
    lease = " AND (lease_until IS NULL OR lease_until < now())"
    assert lease in turns._CLAIM
    turns._CLAIM = turns._CLAIM.replace(lease, "")

    def seconds_until_due(conversation_id: int) -> float | None:
        waiting = Conversation.objects.filter(pk=conversation_id, answered_seq__lt=F("last_inbound_seq"))
        due_at = waiting.values_list("due_at", flat=True).first()
        return None if due_at is None else max((due_at - timezone.now()).total_seconds() + 0.01, 0.0)

    turns._seconds_until_due = seconds_until_due
    without_fence()


def without_fence() -> None:
    """A turn is committed whoever has taken over meanwhile."""
    original = turns.commit

    def commit(lease: turns.Lease, *args: Any, **kwargs: Any) -> str:
        now = Conversation.objects.values_list("generation", flat=True).get(pk=lease.conversation_id)
        return original(replace(lease, generation=now), *args, **kwargs)

    turns.commit = commit


def without_dedupe_key() -> None:
    """The same cause may have its effect twice."""
    original = outbox.say

    def say(*args: Any, **kwargs: Any) -> Message | None:
        return original(*args, **kwargs | {"dedupe_key": ""})

    outbox.say = say


def without_second_look() -> None:
    """A turn does not look whether more was written while it thought."""
    turns.MAX_REDO = 0


def without_flag() -> None:
    """What may have arrived is sent again without a word about it."""

    def settle(message: Message) -> None:
        delivery._requeue(message, "", not_before=None)

    delivery._settle = settle


def without_external_id() -> None:
    """The platform's own id is not looked at: a repeated delivery is a new message."""
    external_id = "%(external_id)s"
    assert external_id in inbox._STORE
    inbox._STORE = inbox._STORE.replace(external_id, f"left({external_id}, 300) || gen_random_uuid()::text")


def without_commit_before_200() -> None:
    """The webhook thanks for what it could not store."""
    original = webhooks.Webhook._receive

    def receive(self: Any, *args: Any) -> Any:
        try:
            return original(self, *args)
        except (OperationalError, InterfaceError):
            connection.close()
            return webhooks._plain("ok", 200)

    webhooks.Webhook._receive = receive


GUARDS: dict[str, Callable[[], None]] = {
    "lease": without_lease,
    "fence": without_fence,
    "dedupe key": without_dedupe_key,
    "second look": without_second_look,
    "flag": without_flag,
    "external id": without_external_id,
    "commit before 200": without_commit_before_200,
}


def inflict() -> None:
    """Wrap what the environment names. Raises KeyError for an unknown name."""
    agents.AGENTS["rules"] = Tracer()
    agents.AGENTS["llm"] = TracedModel(rules=agents.AGENTS["rules"])
    for name in filter(None, os.environ.get("HARM_WITHOUT", "").split(",")):
        GUARDS[name]()
    if point := os.environ.get("HARM_KILL_AT"):
        KILL_POINTS[point]()
