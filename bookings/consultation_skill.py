"""What enquiries let a bot do: ask about an idea, keep the answers and photos, send it to the studio, book its time.

Only bots with consultation questions do any of it; for all others this skill does not exist.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar

from bookings import consultation, lead_drafts, leads, news
from bookings.choosing_time import free_times, times_on
from bookings.consultation_reading import Found
from bookings.consultation_tools import ConsultationTools, enquiry_facts, question_facts
from bookings.consulting import Consulting
from bookings.lead_drafts import Answer
from bookings.models import ConsultationQuestion, Lead, Service
from bookings.wish import Window
from bots.models import Bot, Business
from bots.staff.actors import Actor
from conversations.models import Conversation, Message
from conversations.skills import Facts, Failed, Reply, Situation, Skill, tool


class Consultation(ConsultationTools, Skill):
    """An enquiry, from its first word to its time. The tools are the same for rules and for a model."""

    code: ClassVar[str] = "consultation"
    instructions: ClassVar[str] = (
        "When the facts list consultation questions, a customer's idea is taken as an enquiry: call note_enquiry with "
        "every answer that their words hold, in their own words, and ask what it says is asked next, one question a "
        "message. If they want to skip a question, call skip_enquiry_question. When all is answered they are shown a "
        "summary with buttons; when they agree to it, call send_enquiry. Never say that the studio accepts, and never "
        "name a price or a time for the work, unless a tool says so."
    )

    def serves(self, bot: Bot) -> bool:
        return consultation.takes_enquiries(bot)

    def context(self, conversation: Conversation, last_reply: Message | None, context: dict[str, Any]) -> None:
        zone = conversation.business.zone
        buttons = last_reply.buttons if last_reply else []
        shown = [moment.astimezone(zone) for moment in (*times_on(buttons, "time"), *times_on(buttons, "book"))]
        if shown:
            context["offered"] = tuple((start.date(), start.time()) for start in shown)
            if len(shown) == 1:
                context["offered_date"], context["offered_time"] = shown[0].date(), shown[0].time()

    def answer(self, situation: Situation, *, already_said: bool) -> Reply | None:
        return Consulting(self, situation).reply()

    def clear(self, conversation: Conversation) -> int:
        draft = lead_drafts.draft(conversation)
        if draft is None:
            return 0
        leads.withdraw(draft.pk, by=Actor("The front desk", "command"))
        return 1

    def lasting_facts(self, business: Business) -> Facts:
        questions = ConsultationQuestion.objects.filter(bot__business=business, is_active=True)
        found = [question_facts(one) for one in questions.prefetch_related("texts").select_related("bot__business")]
        return {"consultation_questions": found} if found else {}

    def facts(self, situation: Situation) -> Facts:
        return {"enquiry": enquiry_facts(leads.active(situation.conversation), situation.language)}

    def words_of_service(self, service_id: int) -> list[str]:
        """By which customers ask for it."""
        service = Service.objects.prefetch_related("names").filter(pk=service_id).first()
        if service is None:
            return []
        words = [service.name]
        for row in service.names.all():
            words += [row.name, *row.other_words.splitlines()]
        return [word.strip() for word in words if word.strip()]

    # --- tools -----------------------------------------------------------------------------------------------------

    @tool(changes=True, for_model=False)
    def start_enquiry(self, situation: Situation, *, another: bool = False) -> Facts:
        """Begin an enquiry, or go on with the one there is."""
        who, language = Actor.customer(), situation.language
        lead = leads.start(situation.conversation, by=who, another=another, language=language)
        return {"enquiry": lead.pk, "status": str(lead.status)}

    @tool(changes=True, for_model=False)
    def keep_answers(
        self,
        situation: Situation,
        *,
        lead_id: int,
        found: Mapping[ConsultationQuestion, Found],
        skipped: ConsultationQuestion | None = None,
    ) -> Facts:
        """Keep what these words answered, and the photos that came with them."""
        lead = self._own(situation, lead_id)
        said_at = max((message.sent_at for message in situation.messages), default=situation.now)
        answers = [
            Answer(question=question, words=one.words, value=one.value, said_at=said_at)
            for question, one in found.items()
        ]
        if skipped is not None:
            answers.append(Answer(question=skipped, is_skipped=True, said_at=said_at))
        photos = lead_drafts.gather_photos(lead.pk)
        if answers:
            leads.note_answers(lead.pk, answers, asking=lead.asking)
        return {"kept": {one.question.code: dict(one.value) for one in answers}, "photos": photos}

    @tool(changes=True, for_model=False)
    def add_photos(self, situation: Situation, *, lead_id: int) -> Facts:
        """Let the photos of these messages go with an enquiry that is with the studio already."""
        return {"photos": lead_drafts.gather_photos(self._own(situation, lead_id).pk)}

    @tool(changes=True, for_model=False)
    def send_to_studio(self, situation: Situation, *, lead_id: int) -> Facts:
        """Send the enquiry. Only after the customer has agreed to the summary."""
        lead = leads.submit(self._own(situation, lead_id).pk, by=Actor.customer())
        return {"sent": True, "enquiry": lead.pk, "status": str(lead.status)}

    @tool(changes=True, for_model=False)
    def let_enquiry_go(self, situation: Situation, *, lead_id: int) -> Facts:
        """Let an enquiry go that is not sent yet. Only after the customer has agreed to it."""
        lead = leads.withdraw(self._own(situation, lead_id).pk, by=Actor.customer())
        return {"dropped": True, "enquiry": lead.pk}

    @tool(for_model=False)
    def free_times_for_enquiry(self, situation: Situation, *, service: Service, window: Window) -> Facts:
        """Up to three free times for the enquiry's visit; if there are none in the window, why, and the nearest."""
        starts, why = free_times(service, window, situation.now, situation.language)
        return {"offers": [start.isoformat() for start in starts], "why": why}

    @tool(changes=True, for_model=False)
    def book_enquiry(self, situation: Situation, *, lead_id: int, start: datetime) -> Facts:
        """Book a time for a paid enquiry. Only after the customer has agreed to this very time."""
        lead = self._own(situation, lead_id)
        try:
            leads.book(lead.pk, by=Actor.customer(), start=start, now=situation.now)
        except leads.NotFree as error:
            offers = [slot.start.isoformat() for slot in error.nearest]
            return {"booked": False, "why": news.why(error.reason, situation.language), "offers": offers}
        return {"booked": True, "status": "confirmed", "start": start.isoformat()}

    def _own(self, situation: Situation, lead_id: int) -> Lead:
        lead = Lead.objects.select_related("asking").filter(pk=lead_id, contact=situation.contact).first()
        if lead is None:
            raise Failed("There is no such enquiry of this customer.")
        return lead
