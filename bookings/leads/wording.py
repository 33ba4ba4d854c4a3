"""How answers to a consultation read: on staff's cards, in the summary that the customer confirms."""

from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from bookings.leads import questions
from bookings.models.leads import ConsultationQuestion, Lead, LeadAnswer
from conversations import wording

Kind = ConsultationQuestion.Kind

LONGEST_DAYS = 40  # characters: in a longer message the day was said among other things


def answer_words(answer: LeadAnswer, language: str) -> str:
    """Return the answer as it is said back: what it was understood as, else the customer's own words."""
    value = answer.value
    if answer.is_skipped:
        return ""
    match answer.question.kind:
        case Kind.CHOICE if value.get("choice"):
            options = {option.value: option.title for option in questions.options_of(answer.question, language)}
            return str(options.get(value["choice"], value["choice"]))
        case Kind.SIZE if value.get("cm"):
            return " × ".join(_plain(length) for length in value["cm"]) + " cm"
        case Kind.BUDGET if value.get("currency"):
            return budget_words(value, language)
        case Kind.DATE if len(answer.words) > LONGEST_DAYS and (value.get("from") or value.get("to")):
            days = [
                wording.long_day(date.fromisoformat(value[end]), language) for end in ("from", "to") if end in value
            ]
            return " – ".join(dict.fromkeys(days))
        case Kind.NUMBER if value.get("number") is not None:
            return _plain(value["number"])
        case Kind.PHOTOS:
            return str(value.get("count") or "")
    return answer.words.strip()


def budget_words(value: dict[str, object], language: str) -> str:
    """“up to 300 zł”, “from 200 €”, “200–300 €”."""
    low, high, currency = value.get("low"), value.get("high"), str(value.get("currency"))
    said = {
        name: wording.money(int(str(amount)), currency, language)
        for name, amount in (("low", low), ("high", high))
        if amount
    }
    if len(said) == 2:
        return f"{said['low']} – {said['high']}"
    if "low" in said:
        return _("from %(amount)s") % {"amount": said["low"]}
    return _("up to %(amount)s") % {"amount": said.get("high", "")}


def summary(lead: Lead, language: str) -> str:
    """All that was answered, a line each, and how many photos there are."""
    answers = questions.answers_of(lead)
    lines = []
    for question in questions.questions_of(lead.bot):
        answer = answers.get(question.pk)
        if answer is None or question.kind == Kind.PHOTOS or not questions.is_asked(question, answers):
            continue
        answer.question = question
        words = " ".join(answer_words(answer, language).split())
        if words:
            lines.append(f"{questions.name_of(question, language)}: {words}")
    photos = lead.photos.count()
    if photos:
        lines.append(_("Photos: %(count)d") % {"count": photos})
    return "\n".join(lines)


def _plain(number: object) -> str:
    """“12”, not “12.0”."""
    return f"{Decimal(str(number)).normalize():f}"
