"""Which of a bot's questions are open in an enquiry, and how they read in the customer's language. Changes nothing."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import get_language

from bookings.models.leads import ConsultationQuestion, ConsultationQuestionText, Lead, LeadAnswer
from bots.models import Bot

Kind = ConsultationQuestion.Kind


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: what is kept, what its button says, and the words that mean it in this language."""

    value: str
    title: str
    words: tuple[str, ...]


def questions_of(bot: Bot) -> list[ConsultationQuestion]:
    """Return the bot's questions in the order they are asked, with their texts; two queries."""
    return list(bot.consultation_questions.filter(is_active=True).prefetch_related("texts"))


def takes_enquiries(bot: Bot) -> bool:
    """Return whether it has any question; asked of the tables once for each object that a turn holds."""
    known = bot.__dict__.get("_takes_enquiries")
    if known is None:
        known = bot.__dict__["_takes_enquiries"] = bot.consultation_questions.filter(is_active=True).exists()
    return bool(known)


def answers_of(lead: Lead) -> dict[int, LeadAnswer]:
    """Return what was answered or skipped, by the question's number."""
    return {answer.question_id: answer for answer in lead.answers.all()}


def is_asked(question: ConsultationQuestion, answers: Mapping[int, LeadAnswer]) -> bool:
    """Return whether the question's condition holds: it follows only on some answers."""
    if question.only_if_id is None:
        return True
    answer = answers.get(question.only_if_id)
    if answer is None or answer.is_skipped:
        return False
    return not question.only_if_value or answer.value.get("choice") == question.only_if_value


def open_questions(
    questions: Sequence[ConsultationQuestion], answers: Mapping[int, LeadAnswer]
) -> list[ConsultationQuestion]:
    """Return what is still to be asked, in order."""
    return [one for one in questions if one.pk not in answers and is_asked(one, answers)]


def missing(lead: Lead, language: str = "") -> list[str]:
    """Return the names of required questions that are open."""
    answers = answers_of(lead)
    questions = questions_of(lead.bot)
    must = [one for one in questions if one.is_required and is_asked(one, answers)]
    return [name_of(one, language) for one in must if one.pk not in answers or answers[one.pk].is_skipped]


def text_of(question: ConsultationQuestion, language: str = "") -> ConsultationQuestionText | None:
    """Return the question in this language, else in the business's, else in any."""
    texts = {text.language: text for text in question.texts.all()}
    wanted = (language or get_language() or "en", question.bot.business.default_language, *texts)
    return next((texts[code] for code in wanted if code in texts), None)


def name_of(question: ConsultationQuestion, language: str = "") -> str:
    text = text_of(question, language)
    return text.name if text else question.code


def options_of(question: ConsultationQuestion, language: str = "") -> list[Option]:
    """Return the choices of a question as this language has them."""
    text = text_of(question, language)
    options = []
    for line in text.choices.splitlines() if text else ():
        value, _equals, said = line.partition("=")
        title, *others = [part.strip() for part in (said or value).split("|")]
        if title:
            options.append(Option(value.strip(), title, tuple(word for word in (title, *others) if word)))
    return options
