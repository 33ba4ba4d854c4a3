"""The part of a preset's history that is about enquiries: told by the same verbs as in life, at the story's time.

Deposits of a story are asked for at the sandbox, whatever takes real ones: no money moves for what never happened.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bookings import availability, consultation, leads
from bookings.consultation_reading import Found
from bookings.lead_drafts import Answer
from bookings.models import ConsultationQuestion, Lead, LeadPhoto, Reservation
from bots.db import clock
from bots.staff.actors import Actor
from conversations.models import Conversation, Message
from payments import deposits
from payments.models import Deposit
from payments.providers import sandbox
from payments.providers.base import Order

Kind = ConsultationQuestion.Kind

SOON = timedelta(days=4)  # so far ahead is what is booked
PAYER = Actor("Sandbox", "provider")


class LeadHistory:
    """One talk's enquiry while it is being told. `about` is what the preset says of it: answers by code, photos."""

    def __init__(self, conversation: Conversation, about: Mapping[str, Any], *, owner: Actor) -> None:
        self.conversation, self.about, self.owner = conversation, about, owner
        self.lead: Lead | None = None

    def happens(self, what: str, at: datetime) -> bool:
        """Whether this is about an enquiry; if so, it has happened. `at` is the story's clock."""
        act = HAPPENINGS.get(what)
        if act is None:
            return False
        act(self, at)
        if self.lead is not None:
            self._dated(at)
        return True

    def _dated(self, at: datetime) -> None:
        rows = Lead.objects.filter(pk=self._pk())
        rows.update(status_at=at, touched_at=at)
        if not self.lead:
            return
        self.lead.refresh_from_db()

    def _pk(self) -> int:
        assert self.lead is not None, "The history asks for something before its enquiry."
        return self.lead.pk

    def start(self, at: datetime) -> None:
        self.lead = leads.start(self.conversation, by=Actor.customer(), now=at)
        self._note(at)

    def _note(self, at: datetime) -> None:
        questions = {one.code: one for one in consultation.questions_of(self.conversation.bot)}
        answers = [_answer(questions[code], said, at) for code, said in self.about.get("answers", {}).items()]
        answered = {one.question.code for one in answers}
        left = [one for code, one in questions.items() if code not in answered and one.only_if_id is None]
        asking = left[0] if left else None
        leads.note_answers(self._pk(), answers, asking=asking, now=at)
        messages = Message.objects.filter(conversation=self.conversation).exclude(media=[])
        for message in messages:
            LeadPhoto.objects.get_or_create(lead_id=self._pk(), message=message, position=0)

    def submit(self, at: datetime) -> None:
        leads.submit(self._pk(), by=Actor.customer(), now=at)

    def approve(self, at: datetime) -> None:
        leads.approve(self._pk(), by=self.owner, now=at)

    def reject(self, at: datetime) -> None:
        leads.reject(self._pk(), by=self.owner, reason=self.about.get("reason", ""), now=at)

    def ask_deposit(self, at: datetime) -> None:
        """Asked for now, not at the story's time: it must still be possible to pay it."""
        leads.request_deposit(self._pk(), by=self.owner, now=clock.now())
        row = self._deposit()
        Deposit.objects.filter(pk=row.pk).update(provider=sandbox.Sandbox.code)
        row.refresh_from_db()
        order = Order(
            reference=row.reference.hex,
            attempt=row.attempt,
            key=f"history:{row.pk}",
            amount=row.amount,
            currency=row.currency,
            title=row.title,
            language=row.language,
            expires_at=row.expires_at,
            done_url="",
            back_url="",
            business=row.business.name,
            since=row.created_at,
        )
        deposits.opened(row.pk, sandbox.Sandbox().open(order), attempt=row.attempt, by=PAYER)

    def pay(self, at: datetime) -> None:
        row = self._deposit()
        deposits.settle(row.pk, sandbox.press(row.session_id, "pay"), by=PAYER)

    def _deposit(self) -> Deposit:
        return Deposit.objects.about("lead", self._pk())[0]

    def send_link(self, at: datetime) -> None:
        leads.send_booking_link(self._pk(), by=self.owner)

    def book(self, at: datetime) -> None:
        lead = Lead.objects.select_related("bot", "business", "service").get(pk=self._pk())
        service = leads.service_of(lead)
        assert service is not None
        first = (clock.now() + SOON).astimezone(lead.business.zone).date()
        slots = availability.free_slots(service, first_day=first, last_day=first + SOON * 3, people=1, now=clock.now())
        leads.book(lead.pk, by=self.owner, start=slots[0].start)
        Reservation.objects.filter(leads=lead).update(created_at=at)


def _answer(question: ConsultationQuestion, said: Any, at: datetime) -> Answer:
    """From what the preset writes: words, a choice's value, centimetres, a budget in whole units; null is a skip."""
    if said is None:
        return Answer(question=question, is_skipped=True, said_at=at)
    found = Found(str(said), {"text": str(said)})
    match question.kind:
        case Kind.CHOICE:
            titles = {option.value: option.title for option in consultation.options_of(question, "en")}
            found = Found(titles.get(said, str(said)), {"choice": said})
        case Kind.SIZE:
            found = Found(f"{said} cm", {"cm": [float(said)]})
        case Kind.BUDGET:
            found = Found(str(said), {"high": int(said) * 100, "currency": question.bot.business.currency})
        case Kind.DATE:
            found = Found(str(said), {"any": True})
    return Answer(question=question, words=found.words, value=found.value, said_at=at)


HAPPENINGS: dict[str, Callable[[LeadHistory, datetime], None]] = {
    "enquiry": LeadHistory.start,
    "send enquiry": LeadHistory.submit,
    "take": LeadHistory.approve,
    "decline": LeadHistory.reject,
    "ask deposit": LeadHistory.ask_deposit,
    "pay": LeadHistory.pay,
    "send link": LeadHistory.send_link,
    "book": LeadHistory.book,
}
