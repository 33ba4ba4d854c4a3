"""What enquiries let a bot do: ask about an idea, keep the answers and photos, send it to the studio, book its time.

Only bots with consultation questions do any of it; for all others this skill does not exist.
"""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any, ClassVar

from bookings.availability import reasons
from bookings.leads import actions, booking, drafts, questions as lead_questions
from bookings.leads.answers import ReadAnswer
from bookings.leads.chat.choosing_time import shown_times
from bookings.leads.chat.talk import Consulting
from bookings.leads.chat.tools import ConsultationTools, enquiry_facts, question_facts
from bookings.leads.drafts import NewAnswer
from bookings.models import ConsultationQuestion, Lead, Service
from bots.models import Bot, Business
from bots.staff.actors import Actor
from conversations.chat.skills import Failed, Outcome, Reply, ReplyPart, Skill, ToolResult, TurnContext, tool
from conversations.dialogue.state import Dialogue, OpenQuestion
from conversations.models import Conversation, Message


class Consultation(ConsultationTools, Skill):
    """An enquiry, from its first word to its time. The tools are the same for rules and for a model."""

    code: ClassVar[str] = "consultation"
    offers: ClassVar[Collection[str]] = ("consultation:time",)
    instructions: ClassVar[str] = (
        "When the facts list consultation questions, a customer's idea is taken as an enquiry: call note_enquiry with "
        "every answer that their words hold, in their own words, and ask what it says is asked next, one question a "
        "message. If they want to skip a question, call skip_enquiry_question. When all is answered they are shown a "
        "summary with buttons; when they agree to it, call send_enquiry. Never say that the studio accepts, and never "
        "name a price or a time for the work, unless a tool says so."
    )

    def serves(self, bot: Bot) -> bool:
        return lead_questions.takes_enquiries(bot)

    def context(self, conversation: Conversation, dialogue: Dialogue, context: dict[str, Any]) -> None:
        if dialogue.question and "consultation:drop" in dialogue.question.asks:
            context["proposed"] = "cancel"
        shown = shown_times(dialogue, conversation.business.zone)
        if shown:
            context["offered"] = tuple((start.date(), start.time()) for start in shown)
            if len(shown) == 1:
                context["offered_date"], context["offered_time"] = shown[0].date(), shown[0].time()

    def opens(self, message: Message, question: OpenQuestion) -> OpenQuestion | None:
        mine = [button.payload for button in question.buttons if self.owns(button.payload)]
        return replace(question, yes=mine[0]) if mine else None

    def asks_again(self, turn: TurnContext, question: OpenQuestion) -> ReplyPart | None:
        return Consulting(self, turn).asks_again(question)

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        return Consulting(self, turn).reply()

    def clear(self, conversation: Conversation) -> int:
        draft = drafts.draft(conversation)
        if draft is None:
            return 0
        actions.withdraw(draft.pk, by=Actor("The front desk", "command"))
        return 1

    def static_facts(self, business: Business) -> ToolResult:
        questions = ConsultationQuestion.objects.filter(bot__business=business, is_active=True)
        found = [question_facts(one) for one in questions.prefetch_related("texts").select_related("bot__business")]
        return {"consultation_questions": found} if found else {}

    def facts(self, turn: TurnContext) -> ToolResult:
        return {"enquiry": enquiry_facts(drafts.active(turn.conversation), turn.language)}

    def words_of_services(self, service_ids: Collection[int]) -> tuple[str, ...]:
        """Return by which words customers ask for these."""
        words = []
        for service in Service.objects.prefetch_related("names").filter(pk__in=service_ids):
            words.append(service.name)
            for row in service.names.all():
                words += [row.name, *row.other_words.splitlines()]
        return tuple(word.strip() for word in words if word.strip())

    # --- tools -----------------------------------------------------------------------------------------------------

    @tool(changes=True, for_model=False)
    def start_enquiry(self, turn: TurnContext, *, another: bool = False) -> ToolResult:
        """Begin an enquiry, or go on with the one there is."""
        who, language = Actor.customer(), turn.language
        lead = drafts.start(turn.conversation, by=who, another=another, language=language)
        return {"enquiry": lead.pk, "status": str(lead.status)}

    @tool(changes=True, for_model=False)
    def keep_answers(
        self,
        turn: TurnContext,
        *,
        lead_id: int,
        found: Mapping[ConsultationQuestion, ReadAnswer],
        skipped: ConsultationQuestion | None = None,
    ) -> ToolResult:
        """Keep what these words answered, and the photos that came with them."""
        lead = self._own(turn, lead_id)
        said_at = max((message.sent_at for message in turn.messages), default=turn.now)
        answers = [
            NewAnswer(question=question, words=one.words, value=one.value, said_at=said_at)
            for question, one in found.items()
        ]
        if skipped is not None:
            answers.append(NewAnswer(question=skipped, is_skipped=True, said_at=said_at))
        photos = drafts.gather_photos(lead.pk)
        if answers:
            drafts.note_answers(lead.pk, answers, asking=lead.asking)
        return {"kept": {one.question.code: dict(one.value) for one in answers}, "photos": photos}

    @tool(changes=True, for_model=False)
    def add_photos(self, turn: TurnContext, *, lead_id: int) -> ToolResult:
        """Let the photos of these messages go with an enquiry that is with the studio already."""
        return {"photos": drafts.gather_photos(self._own(turn, lead_id).pk)}

    @tool(changes=True, for_model=False)
    def send_to_studio(self, turn: TurnContext, *, lead_id: int) -> ToolResult:
        """Send the enquiry. Only after the customer has agreed to the summary."""
        lead = actions.submit(self._own(turn, lead_id).pk, by=Actor.customer())
        return {"sent": True, "enquiry": lead.pk, "status": str(lead.status)}

    @tool(changes=True, for_model=False)
    def let_enquiry_go(self, turn: TurnContext, *, lead_id: int) -> ToolResult:
        """Let an enquiry go that is not sent yet. Only after the customer has agreed to it."""
        lead = actions.withdraw(self._own(turn, lead_id).pk, by=Actor.customer())
        return {"dropped": True, "enquiry": lead.pk}

    @tool(changes=True, for_model=False)
    def book_enquiry(self, turn: TurnContext, *, lead_id: int, start: datetime) -> Outcome:
        """Book a time for a paid enquiry. Only after the customer has agreed to this very time."""
        lead = self._own(turn, lead_id)
        try:
            booking.book(lead.pk, by=Actor.customer(), start=start, now=turn.now)
        except reasons.NotFree as error:
            return Consulting(self, turn).instead(error)
        return Outcome({"booked": True, "status": "confirmed", "start": start.isoformat()})

    def _own(self, turn: TurnContext, lead_id: int) -> Lead:
        lead = Lead.objects.select_related("asking").filter(pk=lead_id, contact=turn.contact).first()
        if lead is None:
            raise Failed("There is no such enquiry of this customer.")
        return lead
