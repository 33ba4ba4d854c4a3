"""The skills that every bot has: stop and start, a person, questions from the knowledge, small talk."""

from dataclasses import replace
from typing import ClassVar, Literal

from django.utils.translation import gettext as _

from bots.channels.base import Button
from bots.db import clock
from bots.knowledge import search
from conversations import takeover
from conversations.chat.skills import (
    Outcome,
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
from conversations.dialogue import consent
from conversations.models import Conversation, Message
from conversations.people import optout
from conversations.wording import handover_sentence, unknown_sentence

HUMAN_CHOICE = "person:please"
STOP_CHOICE = "stop:please"
SLOTS = ("date", "time", "date_end", "end_time", "people", "duration")  # of which the knowledge says nothing


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
        understood, question = turn.understood, turn.question
        of_what_is_open = question is not None and understood.has("cancel", 0.5)  # “rezygnuję” to a summary
        says_so = understood.intent == "stop" and understood.does("stop", surely=True) and not of_what_is_open
        asked_back = question is not None and question.yes == STOP_CHOICE
        agrees = turn.choice == STOP_CHOICE or (asked_back and consent.agrees(turn))
        if agrees or (says_so and understood.answer not in ("but", "later")):
            turn.call(self.stop)
            text = _("All right: no automatic messages from now on. Write “start” if you want them again.")
            return Reply([ReplyPart(text=text, section=Section.OUTCOME)], ends=True)
        if asked_back and consent.declines(turn):
            return Reply([ReplyPart(text=_("All right. Is there anything else?"), section=Section.QUESTION)], last=True)
        if understood.seems_to("stop") and not turn.choice:
            return self._asks_back(turn)
        if turn.contact.opted_out_at and understood.has("start"):
            turn.call(self.start)
            return Reply([ReplyPart(text=_("Welcome back! I will answer here again."), section=Section.OUTCOME)])
        return None

    def _asks_back(self, turn: TurnContext) -> Reply:
        turn.decide("taken to want no more messages, not plainly said: asked")
        button = Button(_("Yes, stop them"), STOP_CHOICE)
        text = _("Shall I stop sending you automatic messages?")
        asks = ReplyPart(text=text, section=Section.QUESTION, asks=("stop",), buttons=(button,), yes=button.payload)
        return Reply([asks], last=True)


class HandOver(Skill):
    """A person, one tap or word away, always announced."""

    code: ClassVar[str] = "person"
    priority: ClassVar[Priority] = Priority.PERSON
    instructions: ClassVar[str] = (
        "Hand over to a person as soon as the customer asks for one, complains, or needs what you cannot do."
    )

    @tool(changes=True)
    def hand_over(
        self, turn: TurnContext, *, reason: Literal["Asked for a person", "Complains", "Urgent", "The bot cannot help"]
    ) -> Outcome:
        """Call a person, who will write here. Use it whenever the customer asks for one, is upset, or is at the door.

        Until then the bot goes on answering facts and taking wishes.
        """
        turn.decide(f"{reason.lower()}: waiting for a person, the bot goes on listening")
        takeover.raise_attention(turn.conversation.pk, Conversation.Attention.WANTS_PERSON)
        promise = handover_sentence(turn.bot, turn.now, turn.language)
        return Outcome({"waiting_for": "a person"}, (ReplyPart(text=promise),))

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        understood = turn.understood
        if turn.choice == HUMAN_CHOICE or understood.has("human") or understood.does("human"):
            reason = "Asked for a person"
        elif understood.has("complaint") or understood.seems_to("complain"):
            reason = "Complains"
        elif understood.does("urgent"):
            reason = "Urgent"
        else:
            return None
        return Reply(list(turn.call(self.hand_over, reason=reason).says), rests=True)


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
    def ask_staff(self, turn: TurnContext, *, question: str) -> Outcome:
        """Pass a question that the knowledge does not answer to staff."""
        takeover.raise_attention(turn.conversation.pk, Conversation.Attention.QUESTION)
        promise = unknown_sentence(turn.bot, turn.now, turn.language)
        return Outcome({"asked_staff": True}, (ReplyPart(text=promise, buttons=(person_button(),)),))

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        if turn.choice:
            return None
        says, unknown, excused = [], "", False
        told: set[str] = set()
        for question in self._questions(turn):
            if any(skill.knows(turn, question) for skill in skills_of(turn.bot)):
                continue
            plain = without_slots(turn, question)
            if not any(map(str.isalpha, plain)):
                continue  # “friday?” asks for a time, whatever the knowledge says of Fridays
            facts = self._found(turn, question, plain)
            rows = [] if facts["found"] else self._told_by_rows(turn, question)
            if rows:
                says += rows
            elif not facts["found"]:
                claimed = any(skill.claims(turn, question) for skill in skills_of(turn.bot))
                unknown = unknown or ("" if claimed else question)
            elif facts["topic"] not in told:
                told.add(facts["topic"])
                says.append(ReplyPart(text=self._said(facts, excused=excused)))
                excused = excused or not facts["translated"]
        needless = turn.understood.does("human") or turn.understood.does("repeat")  # called already; “sorry, what?”
        if unknown and not needless:
            [promise] = turn.call(self.ask_staff, question=unknown).says
            says.append(replace(promise, buttons=() if says or turn.question else promise.buttons))
        return Reply(says) if says else None

    def _found(self, turn: TurnContext, question: str, plain: str) -> ToolResult:
        """Return what the knowledge has, searched as it was asked and then without its days and numbers."""
        facts = turn.call(self.search_knowledge, question=question).facts
        if not facts["found"] and plain != question:
            facts = turn.call(self.search_knowledge, question=plain).facts
        return facts

    def _told_by_rows(self, turn: TurnContext, question: str) -> list[ReplyPart]:
        texts = (skill.tells(turn, question) for skill in skills_of(turn.bot))
        return [ReplyPart(text=text) for text in texts if text][:1]

    def _questions(self, turn: TurnContext) -> list[str]:
        understood = turn.understood
        if understood.questions:
            return list(understood.questions)[:4]
        return [turn.text] if turn.text and (understood.has("ask") or understood.does("ask")) else []

    def _said(self, facts: ToolResult, *, excused: bool) -> str:
        """Return the answer; if it is in another language, that is said once."""
        if facts["translated"] or excused:
            return str(facts["answer"])
        return _("I only have this in another language: %(answer)s") % {"answer": facts["answer"]}


def without_slots(turn: TurnContext, question: str) -> str:
    """Return what is asked without its days, hours and people: “how much is it on Thursday for two?” asks the price."""
    at = turn.text.find(question)
    letters = list(question)
    for span in turn.understood.spans:
        if at >= 0 and span.field in SLOTS and at <= span.start and span.end <= at + len(question):
            letters[span.start - at : span.end - at] = " " * (span.end - span.start)
    return " ".join("".join(letters).split())


class SmallTalk(Skill):
    """Greetings, thanks, and what nothing else understood. Speaks only when nobody else has.

    What is open is asked again by the policy, so nothing here asks where something is.
    """

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
        if understood.does("repeat") and not turn.question and (again := self._once_more(turn)):
            return Reply([again])
        if understood.answer == "later":
            self._understood(turn)
            return Reply([ReplyPart(text=_("All right, take your time. I am here when you know."))])
        if understood.intent == "thank":
            self._understood(turn)
            return Reply([ReplyPart(text=_("You are welcome!"))])
        if understood.intent == "greet":
            self._understood(turn)
            if turn.question:
                return Reply([ReplyPart(text=_("Hello!"))])
            return Reply([ReplyPart(text=_("How can I help?"), section=Section.QUESTION, buttons=self._ways(turn))])
        answers = understood.intent in ("affirm", "deny") and understood.has(understood.intent)
        if answers and not understood.questions and not turn.question:
            return Reply([ReplyPart(text=_("All right. Is there anything else?"), section=Section.QUESTION)])
        return self._not_understood(turn)

    def _once_more(self, turn: TurnContext) -> ReplyPart | None:
        """Return what the customer got last, where nothing is open that the policy would ask again."""
        last = turn.last_reply
        if last is None or last.author != Message.Author.BOT or not last.text:
            return None
        turn.decide("asked to say it again: the last answer once more")
        buttons = tuple(Button(one["title"], one["payload"]) for one in last.buttons)
        return ReplyPart(text=last.text, buttons=buttons or self._ways(turn))

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
        """Once: say so, with ways on. Twice: a person is called, and the bot goes on listening."""
        conversation = turn.conversation
        times = conversation.not_understood + 1
        Conversation.objects.filter(pk=conversation.pk).update(not_understood=times)
        if times > 1:
            turn.decide("not understood twice: a person is called, the bot goes on listening")
            takeover.raise_attention(conversation.pk, Conversation.Attention.WANTS_PERSON)
            text = handover_sentence(turn.bot, turn.now, turn.language)
            return Reply(
                [ReplyPart(text=text, section=Section.ANSWER, buttons=() if turn.question else self._ways(turn)[:-1])]
            )
        if turn.question:
            return Reply([ReplyPart(text=_("Sorry, I did not understand that."))])
        text = _("I am not sure what you mean. Would you like to book a visit, or shall a person write to you?")
        return Reply([ReplyPart(text=text, section=Section.QUESTION, buttons=self._ways(turn))])
