"""Answers with a language model. Where the model fails, or is not needed, the same turn is answered by rules."""

import logging
from typing import ClassVar

from django.db import transaction
from django.utils import translation

from bots.channels.base import Button
from bots.llm.choosing import choices_for
from conversations import llm_calls
from conversations.agents.base import Agent, Plan
from conversations.agents.dry_run import Outdated, apply
from conversations.agents.thinking import Thoughts, think
from conversations.chat.skills import Reply, ReplyPart, Section, TurnContext
from conversations.dialogue.policy import arranged
from conversations.models import Conversation, Turn
from conversations.wording import disclosure

logger = logging.getLogger(__name__)

MOST_BUTTONS = 4


class LLMAgent(Agent):
    code: ClassVar[str] = "llm"

    def __init__(self, rules: Agent) -> None:
        self.rules = rules

    def prepare(self, turn: TurnContext) -> Plan:
        if is_for_rules(turn):
            return Plan()
        choices = choices_for(turn.bot)
        if not choices:
            return Plan(Thoughts(fallback="there is no key"))
        thoughts = think(turn, choices)
        return Plan(thoughts, thoughts.turn)

    def act(self, turn: TurnContext, plan: Plan) -> Reply:
        thoughts: Thoughts | None = plan.thoughts
        if thoughts is None:
            return self._by_rules(turn, "")
        if thoughts.fallback:
            return self._by_rules(turn, thoughts.fallback)
        try:
            with transaction.atomic(), translation.override(turn.language):
                return self._reply(turn, thoughts)
        except Outdated as changed:
            return self._by_rules(turn, f"{changed} came out differently than rehearsed")

    def recorded(self, plan: Plan, turn: Turn) -> None:
        if plan.thoughts:
            llm_calls.belong_to(plan.thoughts.call_ids, turn)

    def _by_rules(self, turn: TurnContext, reason: str) -> Reply:
        turn.log.agent, turn.log.fallback = self.rules.code, reason
        if reason:
            logger.warning("rules answer", extra={"conversation": turn.conversation.pk, "reason": reason})
        return self.rules.act(turn, Plan())

    def _reply(self, turn: TurnContext, thoughts: Thoughts) -> Reply:
        """Do what was rehearsed, and put our words and the model's in the order of a good talk."""
        told = apply(turn, thoughts.outcomes)
        says = [say for say in told if say.text]
        asked = any(say.section == Section.QUESTION for say in says)
        beneath = [say for say in told if not say.text] if not asked else []
        says += _own_words(thoughts.texts, beneath)
        if says and turn.first_contact:
            says.insert(0, ReplyPart(text=disclosure(turn.bot, turn.language), section=Section.FIRST))
        if turn.conversation.not_understood:
            Conversation.objects.filter(pk=turn.conversation.pk).update(not_understood=0)
        mode = Conversation.objects.values_list("mode", flat=True).get(pk=turn.conversation.pk)
        return Reply(arranged(says), ends=mode != Conversation.Mode.BOT)


def is_for_rules(turn: TurnContext) -> bool:
    """What the law, a tap or a plain wish decides, no model decides: stop, start, a person, a button; nor a photo
    without words, nor what came late."""
    understood = turn.understood
    only_pressed = bool(turn.choice) and all(message.choice for message in turn.messages)
    wordless = not turn.text.strip()
    typed = bool(turn.choice) and len(turn.messages) == 1
    stops = understood.intent == "stop" or turn.contact.opted_out_at is not None
    return turn.came_late or only_pressed or typed or wordless or stops or understood.has("human")


def _own_words(texts: list[str], beneath: list[ReplyPart]) -> list[ReplyPart]:
    """Return the model's messages; the buttons of what it offers, and what it asks for, go beneath the last one."""
    says = [ReplyPart(text=text) for text in texts]
    if not says or not beneath:
        return says
    last = says[-1].text
    buttons: dict[str, Button] = {}
    for say in beneath:
        buttons |= {one.payload: one for one in say.buttons if one.title.rpartition(" ")[2] in last}
    asks = tuple(dict.fromkeys(field for say in beneath for field in say.asks))
    if buttons or last.rstrip().endswith("?"):
        shown = tuple(buttons.values())[:MOST_BUTTONS]
        says[-1] = ReplyPart(text=last, section=Section.QUESTION, buttons=shown, asks=asks)
    return says
