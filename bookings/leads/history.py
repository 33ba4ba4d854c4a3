"""The part of a preset's history that is about enquiries: told by the same actions as in life, at the story's time.

Deposits of a story are asked for at the sandbox, whatever takes real ones: no money moves for what never happened.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bookings.availability import free_times
from bookings.leads import actions, booking, deposits as lead_deposits, drafts, questions as lead_questions
from bookings.leads.answers import ReadAnswer
from bookings.leads.drafts import NewAnswer
from bookings.leads.visits import service_of
from bookings.models import ConsultationQuestion, Lead, LeadPhoto, Reservation
from bots.db import clock
from bots.staff.actors import Actor
from conversations.models import Conversation, Message
from conversations.presets.history import History
from payments import deposits
from payments.models import Deposit
from payments.providers import sandbox
from payments.providers.base import Order

Kind = ConsultationQuestion.Kind

SOON = timedelta(days=4)  # so far ahead is what is booked
PAYER = Actor("Sandbox", "provider")


class LeadHistory(History):
    """One talk's enquiry while it is being told: `lead` of the talk has answers by code, and photos."""

    def __init__(self, conversation: Conversation, talk: Mapping[str, Any], **story: Any) -> None:
        super().__init__(conversation, talk, **story)
        self.about: Mapping[str, Any] = talk.get("lead") or {}
        self.lead: Lead | None = None

    def happens(self, what: str, at: datetime) -> datetime | None:
        act = HAPPENINGS.get(what)
        if act is None:
            return None
        act(self, at)
        if self.lead is not None:
            self._dated(at)
        return at

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
        self.lead = drafts.start(self.conversation, by=Actor.customer(), now=at)
        self._note(at)

    def _note(self, at: datetime) -> None:
        questions = {one.code: one for one in lead_questions.questions_of(self.conversation.bot)}
        answers = [_answer(questions[code], said, at) for code, said in self.about.get("answers", {}).items()]
        answered = {one.question.code for one in answers}
        left = [one for code, one in questions.items() if code not in answered and one.only_if_id is None]
        asking = left[0] if left else None
        drafts.note_answers(self._pk(), answers, asking=asking, now=at)
        messages = Message.objects.filter(conversation=self.conversation).exclude(media=[])
        for message in messages:
            LeadPhoto.objects.get_or_create(lead_id=self._pk(), message=message, position=0)

    def submit(self, at: datetime) -> None:
        actions.submit(self._pk(), by=Actor.customer(), now=at)

    def approve(self, at: datetime) -> None:
        actions.approve(self._pk(), by=self.owner, now=at)

    def reject(self, at: datetime) -> None:
        actions.reject(self._pk(), by=self.owner, reason=self.about.get("reason", ""), now=at)

    def ask_deposit(self, at: datetime) -> None:
        """Asked for now, not at the story's time: it must still be possible to pay it."""
        lead_deposits.request_deposit(self._pk(), by=self.owner, now=clock.now())
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
        deposits.settle(row.pk, sandbox.simulate(row.session_id, "pay"), by=PAYER)

    def _deposit(self) -> Deposit:
        return Deposit.objects.about("lead", self._pk())[0]

    def send_link(self, at: datetime) -> None:
        booking.send_booking_link(self._pk(), by=self.owner)

    def book(self, at: datetime) -> None:
        lead = Lead.objects.select_related("bot", "business", "service").get(pk=self._pk())
        service = service_of(lead)
        assert service is not None
        first = (clock.now() + SOON).astimezone(lead.business.zone).date()
        slots = free_times.free_slots(service, first_day=first, last_day=first + SOON * 3, people=1, now=clock.now())
        booking.book(lead.pk, by=self.owner, start=slots[0].start)
        Reservation.objects.filter(leads=lead).update(created_at=at)


def _answer(question: ConsultationQuestion, said: Any, at: datetime) -> NewAnswer:
    """From what the preset writes: words, a choice's value, centimetres, a budget in whole units; null is a skip."""
    if said is None:
        return NewAnswer(question=question, is_skipped=True, said_at=at)
    found = ReadAnswer(str(said), {"text": str(said)})
    match question.kind:
        case Kind.CHOICE:
            titles = {option.value: option.title for option in lead_questions.options_of(question, "en")}
            found = ReadAnswer(titles.get(said, str(said)), {"choice": said})
        case Kind.SIZE:
            found = ReadAnswer(f"{said} cm", {"cm": [float(said)]})
        case Kind.BUDGET:
            found = ReadAnswer(str(said), {"high": int(said) * 100, "currency": question.bot.business.currency})
        case Kind.DATE:
            found = ReadAnswer(str(said), {"any": True})
    return NewAnswer(question=question, words=found.words, value=found.value, said_at=at)


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
