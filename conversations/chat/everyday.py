"""The skills that every bot has: stop and start, a person, questions from the knowledge, small talk."""

from typing import ClassVar, Literal

from django.utils.translation import gettext as _

from bots.channels.base import Button
from bots.db import clock
from bots.knowledge import search
from bots.staff.actors import Actor
from conversations import takeover
from conversations.chat.skills import (
    Priority,
    Reply,
    ReplyPart,
    Section,
    Skill,
    ToolResult,
    TurnContext,
    skills_of,
    tool,
)
from conversations.models import Conversation
from conversations.people import optout
from conversations.wording import handover_sentence, unknown_sentence

HUMAN_CHOICE = "person:please"


def person_button() -> Button:
    return Button(_("Talk to a person"), HUMAN_CHOICE)


class StopAndStart(Skill):
    """Wants no automatic messages any more, or wants them again."""

    code: ClassVar[str] = "stop"
    priority: ClassVar[Priority] = Priority.STOP

    @tool(changes=True, for_model=False)
    def stop(self, turn: TurnContext) -> ToolResult:
        """The customer wants no automatic messages any more."""
        optout.stop(turn.conversation.pk, at=clock.now(), confirm=False)
        return {"opted_out": True}

    @tool(changes=True, for_model=False)
    def start(self, turn: TurnContext) -> ToolResult:
        """The customer wants automatic messages again."""
        optout.start(turn.conversation.pk, at=clock.now(), confirm=False)
        return {"opted_out": False}

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        if turn.understood.intent == "stop":
            turn.call(self.stop)
            text = _("All right: no automatic messages from now on. Write “start” if you want them again.")
            return Reply([ReplyPart(text=text, section=Section.OUTCOME)], ends=True)
        if turn.contact.opted_out_at and turn.understood.has("start"):
            turn.call(self.start)
            return Reply([ReplyPart(text=_("Welcome back! I will answer here again."), section=Section.OUTCOME)])
        return None


class HandOver(Skill):
    """A person, one tap or word away, always announced."""

    code: ClassVar[str] = "person"
    priority: ClassVar[Priority] = Priority.PERSON
    instructions: ClassVar[str] = (
        "Hand over to a person as soon as the customer asks for one, complains, or needs what you cannot do."
    )

    @tool(changes=True)
    def hand_over(
        self, turn: TurnContext, *, reason: Literal["Asked for a person", "Complains", "The bot cannot help"]
    ) -> ToolResult:
        """Give the conversation to a person. Use it whenever the customer asks for one or is upset."""
        takeover.pause(turn.conversation.pk, by=Actor.customer(), reason=reason)
        takeover.raise_attention(turn.conversation.pk, Conversation.Attention.WANTS_PERSON)
        promise = handover_sentence(turn.bot, turn.now, turn.language)
        turn.say(ReplyPart(text=promise, section=Section.OUTCOME))
        return {"held_by": "person"}

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        understood = turn.understood
        if turn.choice == HUMAN_CHOICE or understood.has("human"):
            reason = "Asked for a person"
        elif understood.has("complaint"):
            reason = "Complains"
        else:
            return None
        turn.call(self.hand_over, reason=reason)
        text = handover_sentence(turn.bot, turn.now, turn.language)
        return Reply([ReplyPart(text=text, section=Section.OUTCOME)], ends=True)


class Questions(Skill):
    """Answers from the knowledge that staff keep; what it does not know goes to staff with a promise, not a guess."""

    code: ClassVar[str] = "questions"
    priority: ClassVar[Priority] = Priority.KNOWLEDGE
    instructions: ClassVar[str] = (
        "Answer questions about the business only from what search_knowledge finds, one search for each question, in "
        "the customer's own words. If it finds nothing that answers, call ask_staff; never guess."
    )

    @tool()
    def search_knowledge(self, turn: TurnContext, *, question: str) -> ToolResult:
        """What the business knows about this question, in the customer's language where there is a translation."""
        found = search.find(turn.business, question, language=turn.language)
        if not found or not found[0].confident:
            return {"found": False, "nearest": [one.topic for one in found]}
        best = found[0]
        return {
            "found": True,
            "topic": best.topic,
            "answer": best.answer,
            "language": best.answer_language,
            "translated": not best.is_translation_missing,
            "score": round(best.score, 3),
        }

    @tool(changes=True)
    def ask_staff(self, turn: TurnContext, *, question: str) -> ToolResult:
        """Pass a question that the knowledge does not answer to staff."""
        takeover.raise_attention(turn.conversation.pk, Conversation.Attention.QUESTION)
        promise = unknown_sentence(turn.bot, turn.now, turn.language)
        turn.say(ReplyPart(text=promise, buttons=(person_button(),)))
        return {"asked_staff": True}

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        if turn.choice:
            return None
        says, unknown, excused = [], "", False
        told: set[str] = set()
        for question in self._questions(turn):
            facts = turn.call(self.search_knowledge, question=question)
            if not facts["found"]:
                claimed = any(skill.claims(turn, question) for skill in skills_of(turn.bot))
                unknown = unknown or ("" if claimed else question)
            elif facts["topic"] not in told:
                told.add(facts["topic"])
                says.append(ReplyPart(text=self._said(facts, excused=excused)))
                excused = excused or not facts["translated"]
        if unknown:
            turn.call(self.ask_staff, question=unknown)
            text = unknown_sentence(turn.bot, turn.now, turn.language)
            says.append(ReplyPart(text=text, buttons=() if says else (person_button(),)))
        return Reply(says) if says else None

    def _questions(self, turn: TurnContext) -> list[str]:
        understood = turn.understood
        if understood.questions:
            return list(understood.questions)[:4]
        return [turn.text] if understood.has("ask") and turn.text else []

    def _said(self, facts: ToolResult, *, excused: bool) -> str:
        """Return the answer; if it is in another language, that is said once."""
        if facts["translated"] or excused:
            return str(facts["answer"])
        return _("I only have this in another language: %(answer)s") % {"answer": facts["answer"]}


class SmallTalk(Skill):
    """Greetings, thanks, and what nothing else understood. Speaks only when nobody else has."""

    code: ClassVar[str] = "small_talk"
    priority: ClassVar[Priority] = Priority.SMALL_TALK
    answers_late: ClassVar[bool] = False

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        if already_said:
            self._understood(turn)
            return None
        understood = turn.understood
        if not turn.text and not turn.choice:
            return self._without_words(turn)
        if understood.intent == "thank":
            self._understood(turn)
            return Reply([ReplyPart(text=_("You are welcome!"))])
        if understood.intent == "greet":
            self._understood(turn)
            return Reply([ReplyPart(text=_("How can I help?"), section=Section.QUESTION, buttons=self._ways(turn))])
        if understood.intent in ("affirm", "deny") and not understood.questions:
            return Reply([ReplyPart(text=_("All right. Is there anything else?"), section=Section.QUESTION)])
        return self._not_understood(turn)

    def _ways(self, turn: TurnContext) -> tuple[Button, ...]:
        openings = [skill.opening() for skill in skills_of(turn.bot)]
        return (*(button for button in openings if button), person_button())

    def _understood(self, turn: TurnContext) -> None:
        if turn.conversation.not_understood:
            Conversation.objects.filter(pk=turn.conversation.pk).update(not_understood=0)

    def _without_words(self, turn: TurnContext) -> Reply:
        """A photo, a voice note or something the channel does not show: staff look at it, and the customer is told."""
        if any(message.media for message in turn.messages):
            takeover.raise_attention(turn.conversation.pk, Conversation.Attention.QUESTION)
            return Reply(
                [ReplyPart(text=_("Thank you, I have passed it to the team. Could you add a few words about it?"))]
            )
        return Reply([ReplyPart(text=_("I could not open that. Could you write it in words?"))])

    def _not_understood(self, turn: TurnContext) -> Reply:
        """Once: offer ways on. Twice: a person."""
        conversation = turn.conversation
        if conversation.not_understood >= 1:
            Conversation.objects.filter(pk=conversation.pk).update(not_understood=0)
            takeover.pause(conversation.pk, by=Actor.customer(), reason="Not understood twice")
            takeover.raise_attention(conversation.pk, Conversation.Attention.WANTS_PERSON)
            text = handover_sentence(turn.bot, turn.now, turn.language)
            return Reply([ReplyPart(text=text, section=Section.OUTCOME)], ends=True)
        Conversation.objects.filter(pk=conversation.pk).update(not_understood=1)
        text = _("I am not sure what you mean. Would you like to book a visit, or shall a person write to you?")
        return Reply([ReplyPart(text=text, section=Section.QUESTION, buttons=self._ways(turn))])
