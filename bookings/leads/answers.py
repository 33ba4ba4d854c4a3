"""What a message answers of a consultation: several questions at once, each by its kind. Reads, changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from babel.numbers import get_currency_precision

from bookings.leads import questions as lead_questions
from bookings.leads.questions import Option
from bookings.models.leads import ConsultationQuestion, LeadAnswer
from bots.language import Understanding, measures
from bots.language.lexicon import LEXICONS
from bots.language.steps import FILLERS, NOT, UNITS, YES_AND_NO, find, pattern, steps, words_of
from bots.language.tokens import Token

Kind = ConsultationQuestion.Kind

SMALL_TALK = {"greet", "thank", "affirm", "deny", "bye", "start"}
LONGEST_WORDS = 1000  # of one answer


@dataclass(frozen=True, slots=True)
class ReadAnswer:
    """What a question was answered with; `problem` says why it cannot be taken: "small", "big" or "unclear"."""

    words: str = ""
    value: Mapping[str, Any] = field(default_factory=dict)
    problem: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """What there is to read: the words, what the language layer made of them, and what was asked."""

    text: str
    understood: Understanding
    language: str
    currency: str
    asked: ConsultationQuestion | None = None
    asked_twice: bool = False  # the second time own words are taken, for staff to read
    corrects: bool = False
    services: tuple[str, ...] = ()

    @property
    def plain(self) -> str:
        """The words without the questions that the customer asks; those are answered by others."""
        text = self.text
        asks = "?" in text or self.understood.has("ask")  # else an idea was taken for a question about goods
        for question in self.understood.questions if asks else ():
            text = text.replace(question, " ")
        return " ".join(text.split())


def read(
    questions: Sequence[ConsultationQuestion], answers: Mapping[int, LeadAnswer], utterance: Utterance
) -> dict[ConsultationQuestion, ReadAnswer]:
    """Return what each question is answered with by this message; those that it does not answer are left out."""
    found: dict[ConsultationQuestion, ReadAnswer] = {}
    told = False  # an idea is told once: other questions for words are answered when they are asked
    for question in questions:
        if not lead_questions.is_asked(question, answers) or (
            question.kind == Kind.TEXT and told and not utterance.asked
        ):
            continue
        known = question.pk in answers and not answers[question.pk].is_skipped
        asked = utterance.asked is not None and question.pk == utterance.asked.pk
        one = _READERS[Kind(question.kind)](question, utterance, asked)
        if one is None or (known and not asked and not _replaces(question, utterance)):
            continue
        found[question] = one
        told = told or question.kind == Kind.TEXT
    return _without_echo(found, utterance)


def _replaces(question: ConsultationQuestion, utterance: Utterance) -> bool:
    """Whether an answer that is there may be replaced though something else was asked: a figure says so by itself."""
    figures = question.kind in (Kind.SIZE, Kind.BUDGET)
    about_something_else = utterance.asked is not None and utterance.asked.kind == Kind.TEXT  # “the scar is 5 cm”
    return utterance.corrects or (figures and not about_something_else)


def _without_echo(
    found: dict[ConsultationQuestion, ReadAnswer], utterance: Utterance
) -> dict[ConsultationQuestion, ReadAnswer]:
    """Words are no answer to a text question where all they say is what another question was answered with."""
    asked = utterance.asked
    if asked is None or asked not in found or asked.kind != Kind.TEXT or len(found) == 1 or utterance.asked_twice:
        return found
    if len(content(utterance)) >= 2:
        return found
    return {question: one for question, one in found.items() if question != asked}


def content(utterance: Utterance) -> list[str]:
    """Return the words that say something of their own: no greeting, no small words, no figures with their units."""
    lexicon = LEXICONS.get(utterance.language) or LEXICONS["en"]
    services = {word.fold for name in utterance.services for word in words_of(name)}
    return [
        token.text
        for token in words_of(utterance.plain)
        if token.kind == "word"
        and len(token.fold) > 2
        and token.fold not in FILLERS | UNITS | services
        and token.fold not in lexicon.everyday
    ]


# --- one reader for each kind ----------------------------------------------------------------------------------------


def _text(question: ConsultationQuestion, utterance: Utterance, asked: bool) -> ReadAnswer | None:
    words = utterance.plain[:LONGEST_WORDS].strip(" ,;")  # a question that was asked beside it has left a comma
    if not words:
        return None
    if asked:
        only_polite = {name for name, score in utterance.understood.intents if score >= 0.5} <= SMALL_TALK
        if only_polite and len(words_of(words)) <= 3 and not content(utterance):
            return None
        return ReadAnswer(words, {"text": words})
    if utterance.asked is None and len(content(utterance)) >= 1 and len(words_of(words)) >= 3:
        return ReadAnswer(words, {"text": words})
    return None


def _choice(question: ConsultationQuestion, utterance: Utterance, asked: bool) -> ReadAnswer | None:
    options = lead_questions.options_of(question, utterance.language)
    words = utterance.plain
    option = chosen(options, words, asked=asked)
    if option is None:
        for language in ("en", *LEXICONS):
            option = option or chosen(lead_questions.options_of(question, language), words, asked=asked)
    if option is not None:
        return ReadAnswer(words[:LONGEST_WORDS], {"choice": option.value})
    if not asked or not words:
        return None
    number = measures.number(words, lang=utterance.language)
    if len(words_of(words)) <= 2 and number is not None and 1 <= number <= len(options) and number == int(number):
        picked = options[int(number) - 1]
        return ReadAnswer(picked.title, {"choice": picked.value})
    if question.takes_other_words and content(utterance):
        return ReadAnswer(words[:LONGEST_WORDS], {"text": words[:LONGEST_WORDS]})
    return None


def chosen(options: Iterable[Option], text: str, *, asked: bool = True) -> Option | None:
    """Return the option whose words stand in the text; of several the one with the longest words, then the first.

    What is denied ("no cover up") is the answer no, where the question takes one. What was not asked for is not
    answered by a mere yes or no.
    """
    options, words = list(options), words_of(text)
    refusal = next((one for one in options if any(map(_says_no, one.words))), None)
    best: tuple[int, int, Option] | None = None
    for option in options:
        for name in option.words:
            phrase = pattern(name)
            place = find(words, phrase) if phrase else -1
            if place < 0 or (not asked and set(phrase) <= YES_AND_NO):
                continue
            meant: Option | None = option
            if option is not refusal and _denied(words, place, text):
                meant = refusal
            if meant is not None and (best is None or (-len(phrase), place) < best[:2]):
                best = (-len(phrase), place, meant)
    return best[2] if best else None


def _says_no(name: str) -> bool:
    words = pattern(name)
    return bool(words) and NOT.issuperset(words)


def _denied(words: Sequence[Token], place: int, text: str) -> bool:
    """Return whether one of the three words before says no, in the same breath: not "no, a scar"."""
    for word in words[max(0, place - 3) : place]:
        if word.fold in NOT and not set(",.;!?") & set(text[word.end : words[place].start]):
            return True
    return False


def _number(question: ConsultationQuestion, utterance: Utterance, asked: bool) -> ReadAnswer | None:
    if not asked:
        return None
    number = measures.number(utterance.plain, lang=utterance.language)
    if number is None:
        return None
    return ReadAnswer(utterance.plain[:LONGEST_WORDS], {"number": float(number)}, _beyond(question, number))


def _date(question: ConsultationQuestion, utterance: Utterance, asked: bool) -> ReadAnswer | None:
    understood = utterance.understood
    days = [day for day in (understood.date, *understood.alternatives) if day]
    end = understood.date_end or (max(days) if days else None)
    if days or end:
        value = {"from": min(days).isoformat() if days else "", "to": end.isoformat() if end else ""}
        return ReadAnswer(utterance.plain[:LONGEST_WORDS], {name: day for name, day in value.items() if day})
    if asked and ("any" in steps(utterance.text) or utterance.asked_twice) and utterance.plain:
        return ReadAnswer(utterance.plain[:LONGEST_WORDS], {"any": True})
    return None


def _size(question: ConsultationQuestion, utterance: Utterance, asked: bool) -> ReadAnswer | None:
    found = measures.sizes(utterance.plain, lang=utterance.language, bare=asked)
    if not found:
        words = utterance.plain[:LONGEST_WORDS]
        return ReadAnswer(words, {"text": words}) if asked and _own_words_will_do(utterance) else None
    lengths = list(found[0].cm)
    return ReadAnswer(utterance.plain[:LONGEST_WORDS], {"cm": lengths}, _beyond(question, Decimal(str(max(lengths)))))


def _budget(question: ConsultationQuestion, utterance: Utterance, asked: bool) -> ReadAnswer | None:
    found = measures.money(utterance.plain, currency=utterance.currency, lang=utterance.language, bare=asked)
    if found is None:
        words = utterance.plain[:LONGEST_WORDS]
        return ReadAnswer(words, {"text": words}) if asked and _own_words_will_do(utterance) else None
    minor = 10 ** get_currency_precision(found.currency)
    low, high = (None if amount is None else int(amount * minor) for amount in (found.low, found.high))
    most = found.high or found.low
    beyond = _beyond(question, most) if most is not None and found.currency == utterance.currency else ""
    value = {"low": low, "high": high, "currency": found.currency}
    return ReadAnswer(
        utterance.plain[:LONGEST_WORDS], {key: one for key, one in value.items() if one is not None}, beyond
    )


def _own_words_will_do(utterance: Utterance) -> bool:
    """Asked twice in vain: the words are kept for staff, unless they are a question or about a day."""
    return (
        utterance.asked_twice
        and bool(content(utterance))
        and "?" not in utterance.text
        and utterance.understood.date is None
    )


def _photos(question: ConsultationQuestion, utterance: Utterance, asked: bool) -> ReadAnswer | None:
    return None  # they come as media, not as words


def _beyond(question: ConsultationQuestion, number: Decimal) -> str:
    if question.least is not None and number < question.least:
        return "small"
    return "big" if question.most is not None and number > question.most else ""


_READERS = {
    Kind.TEXT: _text, Kind.CHOICE: _choice, Kind.NUMBER: _number, Kind.DATE: _date, Kind.SIZE: _size,
    Kind.BUDGET: _budget, Kind.PHOTOS: _photos,
}  # fmt: skip


def named(questions: Iterable[ConsultationQuestion], text: str) -> ConsultationQuestion | None:
    """Return the question that is called by its name in the text, in any language."""
    words = words_of(text)
    for question in questions:
        for said in question.texts.all():
            for name in (said.name, *said.other_names.split(",")):
                phrase = pattern(name)
                if phrase and find(words, phrase) >= 0:
                    return question
    return None
