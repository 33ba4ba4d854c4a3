"""Answers without a model: every skill says what is its own, and what they say is put in the order of a good talk."""

from typing import ClassVar

from django.utils import translation

from bots.channels.base import Button
from conversations import takeover
from conversations.agents.base import Agent, Plan
from conversations.models import Conversation
from conversations.skills import Place, Reply, Say, Situation, skills_of
from conversations.wording import disclosure

ONE_MESSAGE = 300  # characters: what is short enough to be said in one breath is


class RulesAgent(Agent):
    code: ClassVar[str] = "rules"

    def prepare(self, situation: Situation) -> Plan:
        return Plan()

    def act(self, situation: Situation, plan: Plan) -> Reply:
        """Ask the skills in order of priority. None is left out: a question and a booking both get their answer.

        What came late, after something newer was answered, only gets its questions answered; the rest staff see.
        """
        with translation.override(situation.language):
            says: list[Say] = []
            ends = False
            for skill in skills_of(situation.bot):
                if situation.came_late and not skill.answers_late:
                    continue
                reply = skill.answer(situation, already_said=bool(says))
                if reply is None:
                    continue
                says += reply.says
                if reply.ends or reply.last:
                    ends = reply.ends
                    break
            if situation.came_late and not says:
                takeover.raise_attention(situation.conversation.pk, Conversation.Attention.LATE)
            if says and situation.first_contact:
                says.insert(0, Say(text=disclosure(situation.bot, situation.language), place=Place.FIRST))
            return Reply(says=arranged(says), ends=ends)


def arranged(says: list[Say]) -> list[Say]:
    """Answers first, then what was done, then one question; the first words join what follows if that stays short."""
    says = sorted(says, key=lambda say: say.place)
    questions = [say for say in says if say.place == Place.QUESTION]
    says = [say for say in says if say.place != Place.QUESTION] + questions[:1]
    while len(says) > 1 and says[0].place == Place.FIRST and len(says[0].text) + len(says[1].text) < ONE_MESSAGE:
        first, second, *rest = says
        buttons: tuple[Button, ...] = first.buttons + second.buttons
        joined = Say(text=f"{first.text} {second.text}", place=second.place, buttons=buttons, asks=second.asks)
        says = [joined, *rest]
    return says
