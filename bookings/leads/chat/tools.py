"""The enquiry tools that a model chooses from: plain arguments in, and what the rules would say to the customer out.

A model says which question the customer's words answer. What the answer is, whether it will do, what is asked next and
whether the customer has agreed to the summary is decided here, by the same talk that the rules lead.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, cast

from django.utils import translation

from bookings.leads import drafts, questions as lead_questions, wording
from bookings.leads.answers import Utterance, read
from bookings.leads.chat.talk import Consulting, standing
from bookings.models import ConsultationQuestion, Lead
from conversations.chat.skills import ModelRetry, Outcome, ToolResult, TurnContext, tool
from conversations.dialogue import consent

if TYPE_CHECKING:
    from bookings.leads.chat.skill import Consultation

Code = Annotated[str, "Code of the question, as in consultation_questions."]


class ConsultationTools:
    """Mixed into the consultation skill."""

    @tool(changes=True)
    def note_enquiry(
        self,
        turn: TurnContext,
        *,
        question: Code,
        words: Annotated[str, "The customer's own words that answer it, copied from their message."],
    ) -> Outcome:
        """Keep one answer of the customer's enquiry, which begins with the first one. Call it once for each answer.
        Says what is asked next; when nothing is left, the customer is shown the summary with buttons."""
        talk = self._talk(turn)
        asked = _question(talk, question)
        if " ".join(words.split()).casefold() not in " ".join(turn.text.split()).casefold():
            raise ModelRetry("The words must be the customer's own, from their last message.")
        utterance = Utterance(
            text=words,
            understood=turn.understood,
            language=turn.language,
            currency=turn.business.currency,
            asked=asked,
            corrects=True,
        )
        found = read([asked], {}, utterance).get(asked)
        if found is None or found.problem:
            raise ModelRetry(
                f"These words do not answer it ({found.problem if found else 'unclear'}). Ask the customer."
            )
        if talk.draft is None:
            turn.call(talk.skill.start_enquiry, another=False)
            talk.reload()
        if talk.draft is None:
            return Outcome({"kept": False, "enquiry": standing(talk.lead) if talk.lead else ""})
        turn.call(talk.skill.keep_answers, lead_id=talk.draft.pk, found={asked: found})
        talk.reload()
        return self._goes_on(talk)

    @tool(changes=True)
    def skip_enquiry_question(self, turn: TurnContext, *, question: Code) -> Outcome:
        """Leave a question of the enquiry open, as the customer wishes. Not for those that must be answered."""
        talk = self._talk(turn)
        asked = _question(talk, question)
        if talk.draft is None:
            raise ModelRetry("There is no enquiry that is being talked about.")
        if asked.is_required:
            raise ModelRetry("The studio needs this one.")
        turn.call(talk.skill.keep_answers, lead_id=talk.draft.pk, found={}, skipped=asked)
        talk.reload()
        return self._goes_on(talk)

    @tool(changes=True)
    def send_enquiry(
        self,
        turn: TurnContext,
        *,
        agreement: Annotated[str, "The words of the customer's last message that say yes, copied letter by letter."],
    ) -> Outcome:
        """Send the enquiry to the studio. Only after the customer agreed to the summary they were shown; if they were
        not shown it yet, it is shown now and nothing is sent."""
        talk = self._talk(turn)
        draft = talk.draft
        if draft is None:
            raise ModelRetry("There is no enquiry that is being talked about.")
        if missing := lead_questions.missing(draft):
            raise ModelRetry(f"Still missing: {', '.join(missing)}.")
        payload = f"consultation:send:{draft.pk}:{draft.version}"
        is_open = turn.question is not None and turn.question.yes == payload
        if not is_open and turn.choice != payload:
            shown = self._goes_on(talk)
            return Outcome({"sent": False, "not_agreed_yet": True} | shown.facts, shown.says)
        if turn.choice != payload and not _is_firm(turn, agreement):
            raise ModelRetry("Their message as a whole is no firm yes. Answer what they ask, and let them confirm.")
        return Outcome({"sent": True, "status": "pending_approval"}, tuple(talk.send(draft)))

    @tool()
    def my_enquiry(self, turn: TurnContext) -> ToolResult:
        """How far the customer's enquiry is."""
        return enquiry_facts(drafts.active(turn.conversation), turn.language)

    def _talk(self, turn: TurnContext) -> Consulting:
        return Consulting(cast("Consultation", self), turn)

    def _goes_on(self, talk: Consulting) -> Outcome:
        """Return what the rules would say next is told in our own words, under which the buttons stand."""
        says = tuple(talk.next_step())
        return Outcome({"kept": True, "customer_is_asked": [say.text for say in says]}, says)


def _is_firm(turn: TurnContext, agreement: str) -> bool:
    """Return whether these are words of the customer's, and their message as a whole is a firm yes."""
    quote = " ".join(agreement.casefold().split())
    return bool(quote) and quote in " ".join(turn.text.casefold().split()) and consent.agrees(turn)


def question_facts(question: ConsultationQuestion) -> ToolResult:
    """A question as a model sees it."""
    options = [option.title for option in lead_questions.options_of(question, "en")]
    text = lead_questions.text_of(question, "en")
    facts: ToolResult = {"code": question.code, "kind": str(question.kind), "must_be_answered": question.is_required}
    return facts | {"asks": text.text if text else question.code} | ({"choices": options} if options else {})


def enquiry_facts(lead: Lead | None, language: str) -> ToolResult:
    if lead is None:
        return {}
    with translation.override(language):
        facts: ToolResult = {"status": str(lead.status), "said": standing(lead)}
        if lead.status == Lead.Status.DRAFT:
            questions = lead_questions.open_questions(
                lead_questions.questions_of(lead.bot), lead_questions.answers_of(lead)
            )
            facts |= {"answered": wording.summary(lead, language), "open_questions": [one.code for one in questions]}
    return facts


def _question(talk: Consulting, code: str) -> ConsultationQuestion:
    found = next((one for one in talk.questions if one.code == code), None)
    if found is None:
        raise ModelRetry(f"There is no question “{code}”; there are: {', '.join(one.code for one in talk.questions)}.")
    return found
