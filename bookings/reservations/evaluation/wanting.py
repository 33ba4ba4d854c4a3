"""A customer who wants a visit, and all the ways they go about it."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import ClassVar

from bookings.availability import free_times
from bookings.reservations.evaluation import speech, wishes
from bookings.reservations.evaluation.sandbox import book, stranger
from bookings.reservations.evaluation.visit import Step, VisitTalk
from bookings.reservations.evaluation.wishes import Wish
from conversations.evaluation.bank import NoPhrasing
from conversations.evaluation.customer import together
from conversations.evaluation.everyday import question
from conversations.evaluation.goals import NotPossible, Scene
from conversations.evaluation.utterances import Heard, Utterance

CHILD = (7, 12)  # years


class WantsVisit(VisitTalk):
    code: ClassVar[str] = "visit"
    says: ClassVar[str] = "wants a visit"
    weight: ClassVar[float] = 4.0
    needs = 3

    def __init__(self, talk: Scene) -> None:
        super().__init__(talk)
        self.agreed = False  # said yes to what is no question of yes and no
        with_child = talk.has("children")
        exact = True if talk.has("contradicts") else None
        self.wish = wishes.draw(talk.bot, self.rng, exact=exact, people=2 if with_child else None)
        if with_child:
            if not self.wish.service.asks_people or not self.wish.service.is_usual:
                raise NotPossible
            self.wish = replace(self.wish, any_service=True)
        if self.talk.has("drops_people"):  # “she cannot come” leaves one only of two
            self.wish = replace(self.wish, people=2)
        if (talk.has("adds_people") or talk.has("drops_people")) and not self.wish.service.asks_people:
            raise NotPossible
        steps: dict[str, Step] = {
            "changes_one": lambda _: self._changes_one(),
            "changes_all": lambda _: self._changes_all(),
            "adds_people": lambda _: self._changes_people(self.wish.people + 1, "correct.more"),
            "drops_people": lambda _: self._changes_people(1, "correct.alone"),
        }
        self.at_summary = [*(step for code, step in steps.items() if talk.has(code)), *self.at_summary]

    def prepare(self) -> None:
        talk, rng = self.talk, self.rng
        wish = wishes.exact(self.wish, rng)
        if talk.has("closed"):
            self.unmet = replace(wish, day=wishes.closed_day(talk.business, rng))
        elif talk.has("past"):
            today = talk.now.date()
            self.unmet = replace(wish, day=today - timedelta(days=rng.choice((1, 2, 3))))
        elif talk.has("full"):
            self.unmet = wishes.exact(
                wishes.draw(talk.bot, rng, exact=True, service=wish.service, people=wish.people), rng
            )
            if self.unmet.day == wish.day:
                raise NotPossible
            self._fill(self.unmet)

    def _fill(self, wish: Wish) -> None:
        """Take all that is there at that time, in the name of others."""
        assert wish.time is not None
        service, zone = wish.service, self.talk.business.zone
        moment = datetime.combine(wish.day, wish.time, zone)
        now = self.talk.business.now()
        for _ in range(4):
            reason = free_times.why_not(service, moment, people=wish.people, now=now)
            if reason is not None:
                return
            left = free_times.find_slot(service, moment, people=1, now=now)
            free = getattr(left, "left", 1)
            book(
                stranger(self.talk.wire.conversation),
                service=service,
                start=moment,
                people=min(free, service.max_people),
            )

    def open(self) -> Utterance:
        customer, talk, wish = self.customer, self.talk, self.wish
        if self.unmet is not None:
            return self.tell(self._asks_for_unmet(self.unmet))
        if talk.has("nothing") or talk.has("excludes"):
            named = {"service": speech.service_name(wish.service, customer)}
            must = frozenset() if wish.service.is_usual else frozenset({"service"})
            try:
                return self.tell(customer.says("request.visit", named, must=must, said=speech.slots_of(wish, *must)))
            except NoPhrasing:  # nobody wrote a line that names a service: it is named beside the wish to come
                return self.tell(speech.with_service(wish, customer, customer.says("request.visit", {})))
        if talk.has("children"):
            return self.tell(self._with_child())
        if talk.has("bit_by_bit"):
            return self.tell(speech.with_service(wish, customer, speech.tells(wish, customer, "inform.day", "day")))
        if talk.has("contradicts"):
            first = speech.whole(replace(self._another(), time=wish.time), customer)
            return self.tell(together(first, speech.change(wish, customer, "day")))
        said = speech.whole(wish, customer)
        if talk.has("asks_too"):
            said = together(said, question(talk, known=True))
        elif not talk.has("all_at_once") and self.rng.random() < 0.3:
            said = speech.with_service(wish, customer, speech.tells(wish, customer, "inform.day", "day"))
            said = together(customer.says("request.visit", {}), said, joint=", ")
        return self.tell(said)

    def _asks_for_unmet(self, unmet: Wish) -> Utterance:
        """What is said of it does not hold: it is judged by its refusal, not by being kept."""
        customer = self.customer
        relative, customer.words.relative = customer.words.relative, unmet.day > self.talk.now.date()
        said = speech.whole(unmet, customer)
        customer.words.relative = relative
        kept = {slot: value for slot, value in said.said.items() if slot in ("people", "service")}
        return replace(said, said=kept)

    def _with_child(self) -> Utterance:
        """Say the age, and with it or after it the day and the time."""
        customer, wish = self.customer, self.wish
        given = speech.values(wish, customer, "day", "part") | {"age": str(self.rng.randint(*CHILD))}
        text = customer.phrase("inform.ages", given, must=frozenset({"age", "on_day"}))
        return Utterance(text=text, acts=("inform.ages",), said=speech.slots_of(wish, "people", "day"))

    def _reply(self, heard: Heard) -> Utterance | None:
        if self.unmet is not None and not heard.is_silence:
            self.unmet = None
            return speech.whole(self.wish, self.customer)
        several = len(heard.buttons("booking:slot")) != 1  # to one time that is offered a yes is an answer
        if self.talk.has("just_yes") and not self.agreed and "confirm" not in heard.asks and heard.asks_now and several:
            self.agreed = True
            return self.customer.says("accept.plain")
        if self.talk.has("excludes") and not self.excluded and heard.buttons("booking:slot"):
            days = [moment.date() for moment in speech.offers(heard.buttons("booking:slot"), self.wish)]
            others = [day for day in days if day != self.wish.day]
            if others:
                return speech.excludes(others[0], self.customer)
        return super()._reply(heard)

    def _changes_one(self) -> Utterance:
        slots = ["day", "time"] + (["people"] if self.wish.service.asks_people else [])
        slot = self.rng.choice(slots)
        other = self._another()
        if slot == "people":
            count = next(number for number in (3, 2) if number != self.wish.people)
            self.wish = replace(self.wish, people=count)
        elif slot == "day":
            kept = self.draft.start_time if self.draft else None
            self.wish = replace(self.wish, day=other.day, time=kept or self.wish.time)
            if not wishes.fits_somewhere(self.wish):
                self.wish = other
                return speech.whole(other, self.customer)
        else:
            same_day = [
                one for one in (self._another(day=self.wish.day) for _ in range(4)) if one.time != self.wish.time
            ]
            if not same_day:
                self.wish = other
                return speech.whole(other, self.customer)
            self.wish = replace(self.wish, time=same_day[0].time, part=same_day[0].part)
        return speech.change(self.wish, self.customer, slot)

    def _another(self, day: date | None = None) -> Wish:
        """Return another wish for the same service and as many people, with a time of its own."""
        for _ in range(30):
            found = wishes.draw(
                self.talk.bot, self.rng, service=self.wish.service, people=self.wish.people, exact=True,
                but=self.excluded if day else {self.wish.day, *self.excluded},
            )  # fmt: skip
            if day is None or found.day == day:
                return replace(found, people=self.wish.people, any_service=self.wish.any_service)
        return wishes.exact(self.wish, self.rng)

    def _changes_all(self) -> Utterance:
        self.wish = self._another()
        if self.wish.service.asks_people:
            self.wish = replace(self.wish, people=3 if self.wish.people != 3 else 2)
        return speech.whole(self.wish, self.customer)

    def _changes_people(self, count: int, act: str) -> Utterance:
        self.wish = replace(self.wish, people=count)
        return self.customer.says(act, said={"people": count})
