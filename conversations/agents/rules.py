"""Answers without a model: every skill says what is its own, and what they say is put in the order of a good talk."""

from typing import ClassVar

from django.utils import translation

from bots.channels.base import Button
from conversations import takeover
from conversations.agents.base import Agent, Plan
from conversations.chat.skills import Reply, ReplyPart, Section, TurnContext, skills_of
from conversations.models import Conversation
from conversations.wording import disclosure

ONE_MESSAGE = 300  # characters: what is short enough to be said in one breath is


class RulesAgent(Agent):
    code: ClassVar[str] = "rules"

    def prepare(self, turn: TurnContext) -> Plan:
        return Plan()

    def act(self, turn: TurnContext, plan: Plan) -> Reply:
        """Ask the skills in order of priority. None is left out: a question and a booking both get their answer.

        What came late, after something newer was answered, only gets its questions answered; the rest staff see.
        """
        with translation.override(turn.language):
            says: list[ReplyPart] = []
            ends = False
            for skill in skills_of(turn.bot):
                if turn.came_late and not skill.answers_late:
                    continue
                reply = skill.answer(turn, already_said=bool(says))
                if reply is None:
                    continue
                says += reply.says
                if reply.ends or reply.last:
                    ends = reply.ends
                    break
            if turn.came_late and not says:
                takeover.raise_attention(turn.conversation.pk, Conversation.Attention.LATE)
            if says and turn.first_contact:
                says.insert(0, ReplyPart(text=disclosure(turn.bot, turn.language), section=Section.FIRST))
            return Reply(says=arranged(says), ends=ends)


def arranged(says: list[ReplyPart]) -> list[ReplyPart]:
    """Answers first, then what was done, then one question; the first words join what follows if that stays short."""
    says = sorted(says, key=lambda say: say.section)
    questions = [say for say in says if say.section == Section.QUESTION]
    says = [say for say in says if say.section != Section.QUESTION] + questions[:1]
    while len(says) > 1 and says[0].section == Section.FIRST and len(says[0].text) + len(says[1].text) < ONE_MESSAGE:
        first, second, *rest = says
        buttons: tuple[Button, ...] = first.buttons + second.buttons
        joined = ReplyPart(
            text=f"{first.text} {second.text}", section=second.section, buttons=buttons, asks=second.asks
        )
        says = [joined, *rest]
    return says
