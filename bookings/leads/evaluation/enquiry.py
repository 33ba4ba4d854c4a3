"""A customer who wants to be taken on: tells an idea, answers what is asked about it, and has it sent."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, ClassVar

from rapidfuzz import fuzz

from bookings.leads import questions
from bookings.leads.chat.asking import PREFIX
from bookings.leads.evaluation.sandbox import answers_by_code, latest
from bookings.models import ConsultationQuestion, Lead
from bots.models import Bot
from conversations.evaluation.customer import together
from conversations.evaluation.everyday import question as any_question
from conversations.evaluation.faults import Fault, Kind
from conversations.evaluation.goals import Behaviour, Goal, NotPossible, Scene
from conversations.evaluation.noise import without_marks
from conversations.evaluation.utterances import Heard, Played, Utterance

QuestionKind = ConsultationQuestion.Kind
PATIENCE = 2  # how often the same question is answered before they give up
MUCH_PATIENCE = 4  # how often in all they tell their idea again
ALIKE = 75  # of 100: a typing error in the idea is kept as it was written
IDEA, BODY, SIZE = frozenset({"idea"}), frozenset({"on_body"}), frozenset({"size"})


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to stand for one question at the end: the value, or none for a question that is left open."""

    question: ConsultationQuestion
    value: Any = None


class WantsEnquiry(Goal):
    code: ClassVar[str] = "enquiry"
    says: ClassVar[str] = "has an idea taken down and sent"
    weight: ClassVar[float] = 3.0

    def __init__(self, talk: Scene) -> None:
        super().__init__(talk)
        self.questions = questions.questions_of(talk.bot)
        self.wanted = {one.code: Wanted(one, self._value(one)) for one in self.questions if one.only_if_id is None}
        self.ideas: list[str] = []  # all that were told: in another language it is another word
        self.said: set[str] = set()  # codes that were answered in words
        self.tries: Counter[str] = Counter()
        self.answers: Counter[str] = Counter()
        self.needs = len(self.wanted) + 1
        steps: dict[str, Callable[[], Utterance]] = {
            "defers": lambda: self.customer.says("defer"),
            "yes_but": lambda: self.customer.says("accept_but"),
            "yes_and_asks": lambda: together(self.customer.says("accept"), any_question(self.talk, known=True)),
            "changes_answer": self._changes,
        }
        self.at_summary = [step for code, step in steps.items() if talk.has(code)]

    @classmethod
    def fits(cls, bot: Bot) -> bool:
        return questions.takes_enquiries(bot)

    # --- what is wanted ----------------------------------------------------------------------------------------------

    def _value(self, one: ConsultationQuestion) -> Any:
        rng, words = self.rng, self.customer.words
        match one.kind:
            case QuestionKind.CHOICE if one.code == "placement":
                values = [option.value for option in questions.options_of(one, self.customer.language)]
                return rng.choice([value for value in values if value in words.forms["bodies"]] or values)
            case QuestionKind.CHOICE if one.is_required:
                values = [option.value for option in questions.options_of(one, self.customer.language)]
                return "no" if "no" in values else rng.choice(values)
            case QuestionKind.SIZE:
                return rng.randint(max(one.least or 2, 3), min(one.most or 30, 30))
            case QuestionKind.BUDGET:
                return rng.choice((500, 600, 800, 1000, 1500, 2000, 3000))
            case QuestionKind.DATE:
                return (self.talk.now.month - 1 + rng.randint(1, 3)) % 12 + 1
            case QuestionKind.NUMBER:
                return rng.randint(one.least or 1, one.most or 9)
            case QuestionKind.TEXT:
                return words.any("ideas")
        return None

    def _values(self, *codes: str) -> dict[str, str]:
        """Return the words for what is wanted of these questions, as the bank's lines name them."""
        words, found = self.customer.words, {}
        for code in codes:
            one = self.wanted[code]
            match one.question.kind:
                case QuestionKind.TEXT:
                    found["idea"] = str(one.value)
                case QuestionKind.CHOICE if code == "placement":
                    found |= {"body": words.of("bodies", one.value), "on_body": words.of("on_bodies", one.value)}
                case QuestionKind.SIZE:
                    found["size"] = words.number("sizes", one.value)
                case QuestionKind.BUDGET:
                    found["money"] = words.number("moneys", one.value)
                case QuestionKind.DATE:
                    found["month"] = words.of("in_months", one.value)
        return found

    # --- talking -----------------------------------------------------------------------------------------------------

    def open(self) -> Utterance:
        whole = {"idea", "placement", "size"} <= self.wanted.keys()
        if whole and (self.talk.has("tells_all") or self.rng.random() < 0.3):
            text = self.customer.phrase(
                "answer.enquiry", self._values("idea", "placement", "size"), must=IDEA | BODY | SIZE
            )
            return self._told(text, "answer.enquiry", "idea", "placement", "size")
        if "idea" not in self.wanted:
            raise NotPossible
        text = self.customer.phrase("request.enquiry", self._values("idea"), must=IDEA)
        return self._told(text, "request.enquiry", "idea")

    def _told(self, text: str, act: str, *codes: str) -> Utterance:
        self.said |= set(codes)
        return Utterance(text=text, acts=(act,), said={code: self.wanted[code].value for code in codes})

    @property
    def draft(self) -> Lead | None:
        lead = self.lead
        return lead if lead is not None and lead.status == Lead.Status.DRAFT else None

    @property
    def lead(self) -> Lead | None:
        return self.once("lead", lambda: latest(self.talk.wire.conversation.contact))

    def answers_now(self) -> dict[str, Any]:
        return self.once("answers", lambda: answers_by_code(self.lead))

    def go_on(self, heard: Heard) -> Utterance | None:
        if self.talk.reached:
            return None
        if heard.is_silence:
            return self._again("silence") if self.tries["silence"] < 1 else None
        if "confirm" in heard.asks and self.draft is not None:
            return self._at_summary(heard)
        code = next((one.removeprefix(f"{PREFIX}:") for one in heard.asks if one.startswith(PREFIX)), "")
        if code == "start" and heard.buttons(f"{PREFIX}:start"):
            return self._begin(heard)
        if code in self.wanted:
            return self._answer(code, heard)
        return self._again("astray")

    def _begin(self, heard: Heard) -> Utterance | None:
        self.tries["begin"] += 1
        if self.tries["begin"] > PATIENCE:
            return None
        if self.rng.random() < 0.5:
            return self.customer.presses(heard.buttons(f"{PREFIX}:start")[0], "request.enquiry")
        return self.customer.says("accept.plain")

    def _again(self, why: str) -> Utterance | None:
        self.tries[why] += 1
        if self.tries[why] > PATIENCE or self.tries.total() > MUCH_PATIENCE:
            return None
        if self.customer.language != self.talk.language:  # an idea is told in the words of the language that is spoken
            self.ideas.append(str(self.wanted["idea"].value))
            self.wanted["idea"] = replace(self.wanted["idea"], value=self.customer.words.any("ideas"))
        text = self.customer.phrase("request.enquiry", self._values("idea"), must=IDEA)
        return self._told(text, "request.enquiry", "idea")

    def _answer(self, code: str, heard: Heard) -> Utterance | None:
        self.answers[code] += 1
        if self.answers[code] > PATIENCE:
            return None
        one = self.wanted[code]
        customer, kind = self.customer, one.question.kind
        if self.answers[code] > 1 and (button := self._button(one, heard)):
            return customer.presses(button, "answer.button", said={code: one.value})
        act, values, must = {
            QuestionKind.SIZE: ("answer.size", self._values(code), SIZE),
            QuestionKind.BUDGET: ("answer.budget", self._values(code), frozenset({"money"})),
            QuestionKind.DATE: ("answer.when", self._values(code), frozenset({"month"})),
            QuestionKind.PHOTOS: ("answer.no_photos", {}, frozenset()),
        }.get(QuestionKind(kind), ("", {}, frozenset()))
        if code == "placement":
            act, values = "answer.body", self._values(code)
        elif code == "cover_up":
            act = "answer.cover_no"
        if act:
            return self._told(customer.phrase(act, values, must=must), act, code)
        return self._answer_otherwise(one, heard)

    def _button(self, one: Wanted, heard: Heard) -> Mapping[str, str] | None:
        """Return the button that answers it, which people press when their words were not understood."""
        action = "skip" if one.value is None else "pick"
        buttons = heard.buttons(f"{PREFIX}:{action}:{one.question.pk}")
        return next((each for each in buttons if action == "skip" or each["payload"].endswith(f":{one.value}")), None)

    def _answer_otherwise(self, one: Wanted, heard: Heard) -> Utterance:
        """Answer what the bank has no act for: by a button, in the words of the value, or not at all."""
        code, kind = one.question.code, one.question.kind
        if kind == QuestionKind.TEXT:
            return self._told(str(one.value), "answer.text", code)
        if one.value is None:
            skip = heard.buttons(f"{PREFIX}:skip")
            if skip and self.rng.random() < 0.5:
                return self.customer.presses(skip[0], "answer.any")
            return self.customer.says("answer.any")
        options = questions.options_of(one.question, self.customer.language)
        title = next((option.title for option in options if option.value == one.value), str(one.value))
        return self._told(title, "answer.choice", code)

    # --- at the summary ----------------------------------------------------------------------------------------------

    def _at_summary(self, heard: Heard) -> Utterance | None:
        if (wrong := self._wrong()) is not None:
            return self._correct(wrong)
        if self.at_summary:
            return self.at_summary.pop(0)()
        self.tries["yes"] += 1
        if self.tries["yes"] > PATIENCE:
            return None
        buttons = heard.buttons(f"{PREFIX}:send")
        if buttons and self.rng.random() < 0.25:
            return self.customer.presses(buttons[0], "accept", agrees=True)
        return self.customer.says("accept", agrees=True)

    def _wrong(self) -> str | None:
        """Return the question whose answer in the summary is not what the customer wants."""
        found = self.differing()
        return next((code for code in found if code in ("placement", "size")), None)

    def _correct(self, code: str) -> Utterance | None:
        self.tries[code] += 1
        return self._say_otherwise(code) if self.tries[code] <= PATIENCE else None

    def _say_otherwise(self, code: str) -> Utterance:
        act = {"placement": "correct.body", "size": "correct.size"}[code]
        must = SIZE if code == "size" else frozenset()
        return self._told(self.customer.phrase(act, self._values(code), must=must), act, code)

    def _changes(self) -> Utterance:
        codes = [code for code in ("placement", "size") if code in self.wanted]
        if not codes:
            return self.customer.says("defer")
        code = self.rng.choice(codes)
        one = self.wanted[code]
        values = [value for value in (self._value(one.question) for _ in range(20)) if value != one.value]
        self.wanted[code] = replace(one, value=values[0])
        return self._say_otherwise(code)

    # --- the end -----------------------------------------------------------------------------------------------------

    def differing(self) -> list[str]:
        """Return the questions whose answers are not what the customer said."""
        real = self.answers_now()
        values = {code: [one] for code, one in self.wanted.items()}
        if "idea" in values:
            values["idea"] += [replace(self.wanted["idea"], value=idea) for idea in self.ideas]
        return [code for code, ones in values.items() if not any(_is(one, real.get(code)) for one in ones)]

    def is_reached(self) -> bool:
        lead = self.lead
        return lead is not None and lead.status == Lead.Status.PENDING_APPROVAL and not self.differing()

    def facts(self) -> Mapping[str, tuple[str, ...]]:
        """Return what is to be told of it: that it is not sent yet shows in its summary or its next question."""
        return {}

    def inspect(self, played: Played) -> Iterator[Fault]:
        """Yield what was taken as an answer and is none, and what was asked although it was told."""
        if played.heard.is_silence or (played.was_called and not played.heard.messages):
            return
        lead = self.lead
        if lead is None:
            if played.utterance.said:
                yield Fault(Kind.HALF, note="nothing of it")
            return
        said = played.utterance.said
        words = {line.casefold() for line in played.sent}
        for answer in lead.answers.select_related("question"):
            code = answer.question.code
            is_wrong = code in self.wanted and not _is(self.wanted[code], self.answers_now().get(code))
            if (
                is_wrong
                and code not in said
                and answer.words
                and answer.words.casefold() in words
                and not played.utterance.choice
            ):
                yield Fault(Kind.SWALLOWED, note=code)
        if played.heard.asks_now:
            code = next((one.removeprefix(f"{PREFIX}:") for one in played.heard.asks if one.startswith(PREFIX)), "")
            if code in said or (code in self.said and code not in ("photos",)):
                yield Fault(Kind.REASKED, note=code)


def _is(one: Wanted, real: Any) -> bool:
    """Return whether this answer is what the customer wants; what they left open may be anything."""
    match one.question.kind:
        case QuestionKind.SIZE:
            return real is not None and list(real) == [float(one.value)]
        case QuestionKind.BUDGET:
            return bool(real == one.value * 100)
        case QuestionKind.CHOICE if one.value is not None:
            return bool(real == one.value)
        case QuestionKind.TEXT:
            told, kept = (without_marks(str(text).casefold()) for text in (one.value, real or ""))
            return bool(kept) and fuzz.partial_ratio(told, kept) >= ALIKE
    return True


GOALS = (WantsEnquiry,)

ENQUIRY = ("enquiry",)
BEHAVIOURS = (
    Behaviour(
        code="tells_all", says="tells idea, place and size at once", rate=0.35, goals=ENQUIRY, group="begins", turns=0
    ),
    Behaviour(code="changes_answer", says="changes an answer at the summary", rate=0.2, goals=ENQUIRY, group="changes"),
)
