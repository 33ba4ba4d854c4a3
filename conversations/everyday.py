"""The skills that every bot has: stop and start, a person, questions from the knowledge, small talk."""

from typing import ClassVar, Literal

from django.utils.translation import gettext as _

from bots.channels.base import Button
from bots.db import clock
from bots.knowledge import search
from bots.staff.actors import Actor
from conversations import optout, takeover
from conversations.models import Conversation
from conversations.skills import Facts, Place, Reply, Say, Situation, Skill, tool
from conversations.wording import handover_sentence, unknown_sentence

HUMAN_CHOICE = "person:please"


def person_button() -> Button:
    return Button(_("Talk to a person"), HUMAN_CHOICE)


class StopAndStart(Skill):
    """Wants no automatic messages any more, or wants them again."""

    code: ClassVar[str] = "stop"

    @tool(changes=True, for_model=False)
    def stop(self, situation: Situation) -> Facts:
        """The customer wants no automatic messages any more."""
        optout.stop(situation.conversation.pk, at=clock.now(), confirm=False)
        return {"opted_out": True}

    @tool(changes=True, for_model=False)
    def start(self, situation: Situation) -> Facts:
        """The customer wants automatic messages again."""
        optout.start(situation.conversation.pk, at=clock.now(), confirm=False)
        return {"opted_out": False}

    def answer(self, situation: Situation, *, already_said: bool) -> Reply | None:
        if situation.understood.intent == "stop":
            situation.call(self.stop)
            text = _("All right: no automatic messages from now on. Write “start” if you want them again.")
            return Reply([Say(text=text, place=Place.OUTCOME)], ends=True)
        if situation.contact.opted_out_at and situation.understood.has("start"):
            situation.call(self.start)
            return Reply([Say(text=_("Welcome back! I will answer here again."), place=Place.OUTCOME)])
        return None


class HandOver(Skill):
    """A person, one tap or word away, always announced."""

    code: ClassVar[str] = "person"
    instructions: ClassVar[str] = (
        "Hand over to a person as soon as the customer asks for one, complains, or needs what you cannot do."
    )

    @tool(changes=True)
    def hand_over(
        self, situation: Situation, *, reason: Literal["Asked for a person", "Complains", "The bot cannot help"]
    ) -> Facts:
        """Give the conversation to a person. Use it whenever the customer asks for one or is upset."""
        takeover.pause(situation.conversation.pk, by=Actor.customer(), reason=reason)
        takeover.raise_attention(situation.conversation.pk, Conversation.Attention.WANTS_PERSON)
        promise = handover_sentence(situation.bot, situation.now, situation.language)
        situation.tell(Say(text=promise, place=Place.OUTCOME))
        return {"held_by": "person"}

    def answer(self, situation: Situation, *, already_said: bool) -> Reply | None:
        understood = situation.understood
        if situation.choice == HUMAN_CHOICE or understood.has("human"):
            reason = "Asked for a person"
        elif understood.has("complaint"):
            reason = "Complains"
        else:
            return None
        situation.call(self.hand_over, reason=reason)
        text = handover_sentence(situation.bot, situation.now, situation.language)
        return Reply([Say(text=text, place=Place.OUTCOME)], ends=True)


class Questions(Skill):
    """Answers from the knowledge that staff keep; what it does not know goes to staff with a promise, not a guess."""

    code: ClassVar[str] = "questions"
    instructions: ClassVar[str] = (
        "Answer questions about the business only from what search_knowledge finds, one search for each question, in "
        "the customer's own words. If it finds nothing that answers, call ask_staff; never guess."
    )

    @tool()
    def search_knowledge(self, situation: Situation, *, question: str) -> Facts:
        """What the business knows about this question, in the customer's language where there is a translation."""
        found = search.find(situation.business, question, language=situation.language)
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
    def ask_staff(self, situation: Situation, *, question: str) -> Facts:
        """Pass a question that the knowledge does not answer to staff."""
        takeover.raise_attention(situation.conversation.pk, Conversation.Attention.QUESTION)
        promise = unknown_sentence(situation.bot, situation.now, situation.language)
        situation.tell(Say(text=promise, buttons=(person_button(),)))
        return {"asked_staff": True}

    def answer(self, situation: Situation, *, already_said: bool) -> Reply | None:
        if situation.choice:
            return None
        says, unknown, excused = [], "", False
        told: set[str] = set()
        for question in self._questions(situation):
            facts = situation.call(self.search_knowledge, question=question)
            if not facts["found"]:
                unknown = unknown or ("" if self._is_about_a_booking(situation, question) else question)
            elif facts["topic"] not in told:
                told.add(facts["topic"])
                says.append(Say(text=self._said(facts, excused=excused)))
                excused = excused or not facts["translated"]
        if unknown:
            situation.call(self.ask_staff, question=unknown)
            text = unknown_sentence(situation.bot, situation.now, situation.language)
            says.append(Say(text=text, buttons=() if says else (person_button(),)))
        return Reply(says) if says else None

    def _questions(self, situation: Situation) -> list[str]:
        understood = situation.understood
        if understood.questions:
            return list(understood.questions)[:4]
        return [situation.text] if understood.has("ask") and situation.text else []

    def _is_about_a_booking(self, situation: Situation, question: str) -> bool:
        """Whether the booking skill answers this clause: it asks for a time, or for one's own visit."""
        understood = situation.understood
        where = situation.text.find(question)
        about_time = any(
            span.field in ("date", "time", "people", "duration", "date_end", "end_time")
            and (where < 0 or where <= span.start < where + len(question))
            for span in understood.spans
        )
        wants = any(understood.has(intent) for intent in ("book", "change", "cancel", "my_booking"))
        return about_time or (wants and not understood.has("ask"))

    def _said(self, facts: Facts, *, excused: bool) -> str:
        """The answer; if it is in another language, that is said once."""
        if facts["translated"] or excused:
            return str(facts["answer"])
        return _("I only have this in another language: %(answer)s") % {"answer": facts["answer"]}


class SmallTalk(Skill):
    """Greetings, thanks, and what nothing else understood. Speaks only when nobody else has."""

    code: ClassVar[str] = "small_talk"
    answers_late: ClassVar[bool] = False

    def answer(self, situation: Situation, *, already_said: bool) -> Reply | None:
        if already_said:
            self._understood(situation)
            return None
        understood = situation.understood
        if not situation.text and not situation.choice:
            return self._without_words(situation)
        if understood.intent == "thank":
            self._understood(situation)
            return Reply([Say(text=_("You are welcome!"))])
        if understood.intent == "greet":
            self._understood(situation)
            return Reply([Say(text=_("How can I help?"), place=Place.QUESTION, buttons=self._ways(situation))])
        if understood.intent in ("affirm", "deny") and not understood.questions:
            return Reply([Say(text=_("All right. Is there anything else?"), place=Place.QUESTION)])
        return self._not_understood(situation)

    def _ways(self, situation: Situation) -> tuple[Button, ...]:
        return (Button(_("Book a visit"), "booking:start"), person_button())

    def _understood(self, situation: Situation) -> None:
        if situation.conversation.not_understood:
            Conversation.objects.filter(pk=situation.conversation.pk).update(not_understood=0)

    def _without_words(self, situation: Situation) -> Reply:
        """A photo, a voice note or something the channel does not show: staff look at it, and the customer is told."""
        if any(message.media for message in situation.messages):
            takeover.raise_attention(situation.conversation.pk, Conversation.Attention.QUESTION)
            return Reply([Say(text=_("Thank you, I have passed it to the team. Could you add a few words about it?"))])
        return Reply([Say(text=_("I could not open that. Could you write it in words?"))])

    def _not_understood(self, situation: Situation) -> Reply:
        """Once: offer ways on. Twice: a person."""
        conversation = situation.conversation
        if conversation.not_understood >= 1:
            Conversation.objects.filter(pk=conversation.pk).update(not_understood=0)
            takeover.pause(conversation.pk, by=Actor.customer(), reason="Not understood twice")
            takeover.raise_attention(conversation.pk, Conversation.Attention.WANTS_PERSON)
            text = handover_sentence(situation.bot, situation.now, situation.language)
            return Reply([Say(text=text, place=Place.OUTCOME)], ends=True)
        Conversation.objects.filter(pk=conversation.pk).update(not_understood=1)
        text = _("I am not sure what you mean. Would you like to book a visit, or shall a person write to you?")
        return Reply([Say(text=text, place=Place.QUESTION, buttons=self._ways(situation))])
