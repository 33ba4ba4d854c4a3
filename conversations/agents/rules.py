"""Answers without a model: every skill says what is its own, in the order of the dialogue's policy."""

from typing import ClassVar

from django.utils import translation

from conversations import takeover
from conversations.agents.base import Agent, Plan
from conversations.chat.skills import Reply, ReplyPart, Section, TurnContext
from conversations.dialogue import policy
from conversations.models import Conversation
from conversations.wording import disclosure


class RulesAgent(Agent):
    code: ClassVar[str] = "rules"

    def prepare(self, turn: TurnContext) -> Plan:
        return Plan()

    def act(self, turn: TurnContext, plan: Plan) -> Reply:
        """Let the skills answer. What came late and asks nothing, staff see."""
        with translation.override(turn.language):
            reply = policy.reply_to(turn)
            if turn.came_late and not reply.says:
                takeover.raise_attention(turn.conversation.pk, Conversation.Attention.LATE)
            if reply.says and turn.first_contact:
                first = ReplyPart(text=disclosure(turn.bot, turn.language), section=Section.FIRST)
                reply.says = [first, *reply.says]
            reply.says = policy.arranged(reply.says)
            return reply
