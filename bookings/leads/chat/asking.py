"""One question of a consultation at a time: what it says, what may be pressed, what the next words answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bookings.leads import drafts, questions as lead_questions
from bookings.leads.answers import ReadAnswer, Utterance, read
from bookings.leads.chat.choosing_time import ChoosingTime
from bookings.leads.wording import answer_words
from bookings.models import ConsultationQuestion, Lead, LeadAnswer, LeadSettings
from bots.channels.base import Button
from bots.language import Understanding
from bots.language.steps import YES_AND_NO, pattern
from bots.money import decimals
from conversations import wording
from conversations.chat.skills import ReplyPart, TurnContext

if TYPE_CHECKING:
    from bookings.leads.chat.skill import Consultation

Kind = ConsultationQuestion.Kind

PREFIX = "consultation"
MOST_BUTTONS = 10
LONGEST_NOTED = 40  # characters of an answer that is said back in passing


class Asking(ChoosingTime):
    skill: Consultation
    turn: TurnContext
    understood: Understanding
    language: str
    steps: set[str]
    asked: tuple[str, ...]
    questions: list[ConsultationQuestion]
    settings: LeadSettings
    lead: Lead | None

    @property
    def draft(self) -> Lead | None:
        return self.lead if self.lead is not None and self.lead.status == Lead.Status.DRAFT else None

    def _enquired(self) -> set[str]:
        """Return the services that are only booked after an enquiry, as the language layer names them."""
        if self.settings.pk is None:
            return set()
        found = set(self.settings.needs_enquiry.values_list("pk", flat=True))
        return {str(pk) for pk in found | ({self.settings.service_id} if self.settings.service_id else set())}

    def _wants_change(self) -> bool:
        return "change" in self.steps or self.understood.has("change") or self.understood.has("correct")

    def _utterance(self, asked: ConsultationQuestion | None, *, twice: bool) -> Utterance:
        return Utterance(
            text=self.turn.text,
            understood=self.understood,
            language=self.language,
            currency=self.turn.business.currency,
            asked=asked,
            asked_twice=twice,
            corrects=self._wants_change(),
            services=self._service_words(),
        )

    def _service_words(self) -> tuple[str, ...]:
        return self.skill.words_of_services([int(pk) for pk in self._enquired()])

    def _read(self, draft: Lead) -> dict[ConsultationQuestion, ReadAnswer]:
        answers = lead_questions.answers_of(draft)
        asking = draft.asking
        twice = asking is not None and f"{PREFIX}:again:{asking.code}" in self.asked
        current = next((one for one in self.questions if asking is not None and one.pk == asking.pk), None)
        return read(self.questions, answers, self._utterance(current, twice=twice))

    def _keep(self, found: dict[ConsultationQuestion, ReadAnswer]) -> int:
        """Note answers and photos; how many photos were new."""
        draft = self.draft
        assert draft is not None
        if not found and not self._has_photos():
            return 0
        facts = self.turn.call(self.skill.keep_answers, lead_id=draft.pk, found=found).facts
        self.reload()
        return int(facts["photos"])

    def _noted(self, found: dict[ConsultationQuestion, ReadAnswer], asked: ConsultationQuestion | None) -> str:
        """What was taken down besides the answer to what was asked, said back: misunderstandings are caught so."""
        said = []
        for question, one in found.items():
            if question.kind == Kind.TEXT or question == asked:
                continue
            words = answer_words(LeadAnswer(question=question, words=one.words, value=dict(one.value)), self.language)
            if len(words) < LONGEST_NOTED:
                says_little = question.kind == Kind.CHOICE and not YES_AND_NO.isdisjoint(pattern(words)[:1])
                said.append(f"{lead_questions.name_of(question, self.language)}: {words}" if says_little else words)
        return _("Noted: %(answers)s.") % {"answers": ", ".join(said)} if said else ""

    def _set_asking(self, question: ConsultationQuestion | None) -> None:
        draft = self.draft
        if draft is not None and draft.asking_id != (question.pk if question else None):
            drafts.ask(draft.pk, question)
            self.reload()

    def reload(self) -> None:
        self.lead = drafts.active(self.turn.conversation)

    def _has_photos(self) -> bool:
        return any(drafts.photo_places(message) for message in self.turn.messages)

    def _question(self, question: ConsultationQuestion, *, before: str = "", again: bool = False) -> ReplyPart:
        """One question with what may be pressed; from now on it is the one that is asked."""
        self._set_asking(question)
        said = lead_questions.text_of(question, self.language)
        text = f"{before} {said.text if said else question.code}".strip()
        buttons = [
            Button(option.title, f"{PREFIX}:pick:{question.pk}:{option.value}")
            for option in lead_questions.options_of(question, self.language)
            if question.kind == Kind.CHOICE
        ]
        if not question.is_required:
            buttons = [*buttons[: MOST_BUTTONS - 1], Button(_("Skip"), f"{PREFIX}:skip:{question.pk}")]
        asks = [f"{PREFIX}:{question.code}"]
        if question.kind == Kind.DATE:
            asks.append("date")
        if again:
            asks.append(f"{PREFIX}:again:{question.code}")
        return self._ask(text, asks=tuple(asks), buttons=tuple(buttons))

    def _problem(self, question: ConsultationQuestion, found: ReadAnswer) -> str:
        if found.problem == "small":
            return _("That is less than the studio does: from %(least)s.") % {
                "least": self._limit(question, question.least)
            }
        return _("That is more than the studio does: up to %(most)s.") % {"most": self._limit(question, question.most)}

    def _limit(self, question: ConsultationQuestion, limit: int | None) -> str:
        if question.kind == Kind.SIZE:
            return f"{limit} cm"
        if question.kind == Kind.BUDGET and limit is not None:
            currency = self.turn.business.currency
            return wording.money(limit * 10 ** decimals(currency), currency, self.language)
        return str(limit)

    def _hint(self, question: ConsultationQuestion) -> str:
        match question.kind:
            case Kind.SIZE:
                return _("In centimetres, please, for example 12 cm.")
            case Kind.BUDGET:
                currency = self.turn.business.currency
                example = wording.money(500 * 10 ** decimals(currency), currency, self.language)
                return _("As a sum, please, for example %(example)s.") % {"example": example}
            case Kind.DATE:
                return _("A day or a month is enough, for example “next week” or “in March”.")
            case Kind.NUMBER:
                return _("As a number, please.")
            case Kind.CHOICE:
                return _("One of these, please.")
            case Kind.PHOTOS:
                return _("I see no photo yet.")
        return _("A few words are enough.")
