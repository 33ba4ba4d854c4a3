"""What customers of every business want and do: ask, want a person, complain, want quiet; digress, chat, come back."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import ClassVar

from bots.models import Bot, KnowledgeText
from conversations.evaluation.customer import together
from conversations.evaluation.goals import Behaviour, Goal, NotPossible, Scene
from conversations.evaluation.judging import CALLED, is_answered
from conversations.evaluation.utterances import Asked, Heard, Utterance
from conversations.models import Conversation

# Under which topics a business's knowledge has what the bank's questions ask; a business may have any of them.
TOPICS: Mapping[str, tuple[str, ...]] = {
    "price": ("Prices",),
    "duration": ("How long a workshop takes",),
    "address": ("Address",),
    "parking": ("Parking",),
    "hours": ("Opening hours",),
    "children": ("Children",),
    "wear": ("What to wear",),
    "paying": ("Paying",),
    "dogs": ("Dogs",),
    "food": ("Food and drinks",),
    "late": ("Being late",),
    "beginners": ("Beginners",),
    "pickup": ("Firing and pick-up",),
    "vouchers": ("Vouchers",),
    "cancelling": ("Cancelling and moving",),
    "pain": ("Pain",),
    "age": ("Age",),
    "aftercare": ("Aftercare",),
    "deposit": ("Deposit",),
}
Interrupt = Callable[[Scene, Heard], Utterance | None]

UNKNOWN_RATE = 0.12  # of questions: what nobody has prepared an answer for
BACK_AFTER = timedelta(hours=20)


def topics_of(bot: Bot) -> list[str]:
    """Return the topics that this bot's business knows, all of those that anybody may ask about."""
    rows = KnowledgeText.objects.filter(knowledge__business=bot.business_id, knowledge__is_active=True)
    return sorted(set(rows.values_list("knowledge__topic", flat=True)))


def question(talk: Scene, *, known: bool | None = None, but: tuple[str, ...] = ()) -> Utterance:
    """Return a question that customers ask, perhaps one that nobody can answer; `but` names what was asked already."""
    rng, customer = talk.rng, talk.customer
    if known is not True and (known is False or rng.random() < UNKNOWN_RATE):
        return customer.says("ask.unknown", asked=(Asked(about="unknown"),))
    topics = topics_of(talk.bot)
    named = [code for code, found in TOPICS.items() if code not in but and set(found) & set(topics)]
    if named:
        code = rng.choice(named)
        known_now = talk.goal.facts().get(code, ()) if talk.goal is not None else ()
        return customer.says(f"ask.{code}", asked=(Asked(about=code, words=known_now, topics=TOPICS[code]),))
    if not topics:
        raise NotPossible
    topic = rng.choice(topics)
    rows = KnowledgeText.objects.filter(
        knowledge__business=talk.business, knowledge__topic=topic, language=customer.language
    )
    row = rows.first()
    if row is None or not row.questions.strip():
        raise NotPossible
    words = rng.choice(row.questions.splitlines())
    return Utterance(text=words, acts=("ask.own",), asked=(Asked(about=topic, topics=(topic,)),))


# --- goals -------------------------------------------------------------------------------------------------------


class AsksQuestions(Goal):
    """Two or three questions and no more: each is answered, or passed on where nobody knows."""

    code: ClassVar[str] = "asks"
    says: ClassVar[str] = "only asks questions"
    weight: ClassVar[float] = 0.8

    @classmethod
    def fits(cls, bot: Bot) -> bool:
        return bool(topics_of(bot))

    def __init__(self, talk: Scene) -> None:
        super().__init__(talk)
        self.left = self.rng.choice((2, 3))
        self.needs = self.left
        self.asked: tuple[str, ...] = ()

    def _ask(self) -> Utterance:
        found = question(self.talk, but=self.asked)
        self.asked += tuple(one.about for one in found.asked)
        self.left -= 1
        return found

    def open(self) -> Utterance:
        found = self._ask()
        return together(self.customer.says("greet"), found) if self.rng.random() < 0.3 else found

    def go_on(self, heard: Heard) -> Utterance | None:
        return None if heard.is_silence or not self.left else self._ask()

    def is_open(self) -> bool:
        return False

    def is_reached(self) -> bool:
        if self.left:
            return False
        attentions = (Conversation.Attention.QUESTION, *CALLED)
        for played in self.talk.log:
            passed_on = any(step["tool"] in ("ask_staff", "hand_over") for step in played.steps)
            passed_on = passed_on or played.heard.attention in attentions
            for one in played.utterance.asked:
                if not is_answered(one, played, self.talk) and (one.is_known or not passed_on):
                    return False
        return True


class _Calls(Goal):
    """Needs a person, and has a question besides: the person is called, and the question is answered all the same."""

    act: ClassVar[str]
    needs = 2

    def open(self) -> Utterance:
        return self.customer.says(self.act)

    def go_on(self, heard: Heard) -> Utterance | None:
        return question(self.talk, known=True) if len(self.talk.log) == 1 and not heard.is_silence else None

    def is_open(self) -> bool:
        return False

    def is_reached(self) -> bool:
        log = self.talk.log
        if len(log) < 2 or log[1].heard.is_silence:
            return False
        called = log[0].heard.attention in CALLED
        return called and all(is_answered(one, log[1], self.talk) for one in log[1].utterance.asked)


class WantsPerson(_Calls):
    code: ClassVar[str] = "person"
    says: ClassVar[str] = "wants a person, and asks something while waiting"
    weight: ClassVar[float] = 0.35
    act: ClassVar[str] = "person"


class WantsPersonAtNight(WantsPerson):
    code: ClassVar[str] = "person_at_night"
    says: ClassVar[str] = "wants a person at night, and asks something while waiting"
    weight: ClassVar[float] = 0.25
    at_night: ClassVar[bool] = True


class Complains(_Calls):
    code: ClassVar[str] = "complains"
    says: ClassVar[str] = "complains, and asks something while waiting"
    weight: ClassVar[float] = 0.3
    act: ClassVar[str] = "complain"


class Urgent(_Calls):
    code: ClassVar[str] = "urgent"
    says: ClassVar[str] = "needs a person this minute"
    weight: ClassVar[float] = 0.3
    act: ClassVar[str] = "urgent"


class WantsQuiet(Goal):
    """Wants no more messages, in whatever words."""

    code: ClassVar[str] = "stop"
    says: ClassVar[str] = "wants no more messages"
    weight: ClassVar[float] = 0.25

    def open(self) -> Utterance:
        return self.customer.says("stop")

    def go_on(self, heard: Heard) -> Utterance | None:
        """Say it once more to who asks back."""
        is_asked_back = heard.asks_now and not self.talk.reached and len(self.talk.log) == 1
        return self.customer.says("stop") if is_asked_back else None

    def is_open(self) -> bool:
        return False

    def is_reached(self) -> bool:
        contact = self.talk.wire.conversation.contact
        contact.refresh_from_db(fields=["opted_out_at"])
        return contact.opted_out_at is not None


GOALS = (AsksQuestions, WantsPerson, WantsPersonAtNight, Complains, Urgent, WantsQuiet)


# --- behaviours --------------------------------------------------------------------------------------------------


def _in_the_middle(talk: Scene, heard: Heard) -> bool:
    """Return whether something of ours waits for an answer and the customer does not have what they wanted."""
    assert talk.goal is not None
    return heard.question is not None and talk.goal.is_open() and talk.rng.random() < 0.6


def digress(talk: Scene, heard: Heard) -> Utterance | None:
    """Ask something that was not asked yet; not from which age, as “I am 17” would end what is under way."""
    asked = tuple(one.about for played in talk.log for one in played.utterance.asked)
    return question(talk, known=True, but=("age", *asked)) if _in_the_middle(talk, heard) else None


def wonder(talk: Scene, heard: Heard) -> Utterance | None:
    return question(talk, known=False) if _in_the_middle(talk, heard) else None


def chat(talk: Scene, heard: Heard) -> Utterance | None:
    if not _in_the_middle(talk, heard):
        return None
    return talk.customer.says(talk.rng.choice(("chat", "chat", "thank")))


def ask_again(talk: Scene, heard: Heard) -> Utterance | None:
    return talk.customer.says("repeat") if _in_the_middle(talk, heard) else None


def call_person(talk: Scene, heard: Heard) -> Utterance | None:
    return talk.customer.says("person") if _in_the_middle(talk, heard) else None


def change_language(talk: Scene, heard: Heard) -> Utterance | None:
    """No words of its own: what comes next is in another language that the business speaks."""
    spoken = [code for code in talk.business.languages if code != talk.language]
    if spoken and talk.customer.language == talk.language:
        talk.customer.speak(talk.rng.choice(spoken))
    return None


def come_back(talk: Scene, heard: Heard) -> Utterance | None:
    if not _in_the_middle(talk, heard):
        return None
    talk.wire.age(BACK_AFTER)
    talk.customer.words.relative = False
    return talk.customer.says("greet")


def ask_status(talk: Scene, heard: Heard) -> Utterance | None:
    assert talk.goal is not None
    known = talk.goal.facts().get("status", ())
    if not known or not _in_the_middle(talk, heard):
        return None
    return talk.customer.says("status", asked=(Asked(about="status", words=known),))


TASKS = ("visit", "two_visits", "move", "change", "enquiry")  # goals in whose middle something can happen

# What cuts in: code, what the report says, rate, how.
CUTS_IN: tuple[tuple[str, str, float, Interrupt], ...] = (
    ("digresses", "asks something else in the middle", 0.4, digress),
    ("wonders", "asks in the middle what nobody knows", 0.15, wonder),
    ("answers_late", "says something else first, and answers late", 0.25, chat),
    ("asks_again", "did not get it, and asks again", 0.12, ask_again),
    ("asks_status", "asks in the middle how it stands", 0.2, ask_status),
    ("calls_person", "asks for a person at night, and goes on meanwhile", 0.12, call_person),
    ("comes_back", "comes back the next day", 0.15, come_back),
)

BEHAVIOURS = (
    *(
        Behaviour(
            code=code,
            says=says,
            rate=rate,
            goals=TASKS,
            group="cuts in",
            at_night=code == "calls_person",
            interrupt=interrupt,
        )
        for code, says, rate, interrupt in CUTS_IN
    ),
    Behaviour(
        code="language", says="goes on in another language", rate=0.1, goals=TASKS, turns=0, interrupt=change_language
    ),
)
