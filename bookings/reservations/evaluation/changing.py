"""Customers who have a visit already, or want two: they move it, cancel it, change it, ask about it."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from bookings.models import Reservation
from bookings.reservations.evaluation import speech, wishes
from bookings.reservations.evaluation.sandbox import book
from bookings.reservations.evaluation.visit import BY_BUTTON, VisitTalk
from bookings.reservations.evaluation.wishes import LATE_DAY, Wish
from conversations.evaluation.everyday import TOPICS
from conversations.evaluation.goals import NotPossible, Scene
from conversations.evaluation.judging import is_answered
from conversations.evaluation.utterances import Asked, Heard, Utterance

MOVE = frozenset({"on_day", "at_time"})
TWO = frozenset({"on_day", "on_other_day", "at_time", "for_people"})


class HasVisit(VisitTalk):
    """Begins with a confirmed visit, far enough ahead to be changed by the customer."""

    def __init__(self, talk: Scene) -> None:
        super().__init__(talk)
        service = wishes.bookable(talk.bot)[0]
        self.booked = wishes.draw(talk.bot, self.rng, service=service, exact=True, ahead=LATE_DAY)
        self.wish = self.booked

    def prepare(self) -> None:
        wish = self.booked
        assert wish.time is not None
        start = datetime.combine(wish.day, wish.time, self.talk.business.zone)
        talk = self.talk.wire.conversation
        self.visit = book(talk, service=wish.service, start=start, people=wish.people)

    def wants(self, visit: Reservation) -> bool:
        return visit.pk == self.visit.pk or super().wants(visit)

    def _status(self) -> str:
        self.visit.refresh_from_db()
        return str(self.visit.status)

    def _is_one_live(self) -> bool:
        return [visit.pk for visit in self.live()] == [self.visit.pk]


class Moves(HasVisit):
    """Wants another time for it; the old one stays until the new one stands."""

    code: ClassVar[str] = "move"
    says: ClassVar[str] = "moves a visit"
    weight: ClassVar[float] = 1.2
    needs = 2

    def __init__(self, talk: Scene) -> None:
        super().__init__(talk)
        booked = self.booked
        self.wish = wishes.draw(
            talk.bot, self.rng, service=booked.service, people=booked.people, exact=True, but={booked.day}
        )
        self.keeps_hour = talk.has("same_hour")
        if self.keeps_hour:
            same = replace(self.wish, time=booked.time, part=booked.part)
            if not wishes.fits_somewhere(same):
                raise NotPossible
            self.wish = same

    def open(self) -> Utterance:
        customer, wish = self.customer, self.wish
        if self.talk.has("cancels_first"):
            return self.tell(customer.says("cancel.visit", speech.values(self.booked, customer, "day")))
        if self.keeps_hour or self.talk.has("bare_move"):
            return self.tell(customer.says("request.move_bare"))
        return self.tell(speech.tells(wish, customer, "request.move", "day", "time", must=MOVE))

    def _reply(self, heard: Heard) -> Utterance | None:
        customer, wish = self.customer, self.wish
        if heard.buttons("booking:move"):
            self.tries["which"] += 1
            if self.tries["which"] > 2:
                return None
            if self.rng.random() < 0.2:
                return customer.presses(heard.buttons("booking:move")[0], "request.move_bare")
            return speech.tells(wish, customer, "request.move", "day", "time", must=MOVE)
        if self.keeps_hour and {"date", "time"} & set(heard.asks) and not heard.buttons("booking:slot"):
            self.answers["same hour"] += 1
            if self.answers["same hour"] > 2:
                return None
            given = speech.values(wish, customer, "day")
            text = customer.phrase("inform.same_time", given, must=speech.DAY)
            return Utterance(text=text, acts=("inform.same_time",), said=speech.slots_of(wish, "day", "time"))
        return super()._reply(heard)

    def _again(self, why: str) -> Utterance | None:
        if super()._again(why) is None:
            return None
        return speech.tells(self.wish, self.customer, "request.move", "day", "time", must=MOVE)

    def is_reached(self) -> bool:
        live = self.live()
        if [visit.pk for visit in live] == [self.visit.pk]:
            return self.wish.is_met_by(live[0])  # it was changed where it stands
        new = [visit for visit in live if visit.pk != self.visit.pk]
        if len(new) != 1 or not self.wish.is_met_by(new[0]):
            return False
        left = {Reservation.Status.MOVED} if new[0].status == Reservation.Status.CONFIRMED else {"confirmed"}
        return new[0].moves_id == self.visit.pk and self._status() in left


class ChangesVisit(Moves):
    """Has a visit, and comes with more people or an hour's difference: the same day stays."""

    code: ClassVar[str] = "change"
    says: ClassVar[str] = "changes a detail of a visit"
    weight: ClassVar[float] = 0.8

    def __init__(self, talk: Scene) -> None:
        HasVisit.__init__(self, talk)
        self.keeps_hour = False
        if not self.booked.service.asks_people:
            raise NotPossible
        count = self.rng.choice([number for number in (1, 2, 3, 4) if number != self.booked.people])
        self.wish = replace(self.booked, people=count)

    def open(self) -> Utterance:
        customer, before, said = self.customer, self.booked.people, {"people": self.wish.people}
        if self.wish.people == 1 and before == 2:
            return self.tell(customer.says("request.alone", said=said))
        if self.wish.people == before + 1 and self.rng.random() < 0.6:
            return self.tell(customer.says("request.one_more", said=said))
        return self.tell(self._total())

    def _total(self) -> Utterance:
        return speech.tells(self.wish, self.customer, "request.change_people", "people")

    def _again(self, why: str) -> Utterance | None:
        self.tries[why] += 1
        return self._total() if self.tries[why] <= 1 else None

    def _reply(self, heard: Heard) -> Utterance | None:
        if heard.buttons("booking:move"):
            return self._again("which")
        return super(Moves, self)._reply(heard)


class Cancels(HasVisit):
    """Cannot come: the visit is cancelled once they have said yes to that."""

    code: ClassVar[str] = "cancel"
    says: ClassVar[str] = "cancels a visit"
    weight: ClassVar[float] = 0.7
    needs = 2

    def open(self) -> Utterance:
        return self.customer.says("cancel.visit", speech.values(self.booked, self.customer, "day"))

    def _reply(self, heard: Heard) -> Utterance | None:
        customer = self.customer
        buttons = heard.buttons("booking:cancel")
        if "confirm" in heard.asks:
            return self._agree(heard)
        self.tries["cancel"] += 1
        if self.tries["cancel"] > 3:
            return None
        if not buttons:
            return customer.says("cancel.visit", speech.values(self.booked, customer, "day"))
        if self.rng.random() < 0.3:
            return customer.presses(buttons[0], "cancel.visit", agrees=True)
        said = customer.says("cancel.visit", speech.values(self.booked, customer, "day"))
        return replace(said, agrees=True)

    def is_reached(self) -> bool:
        return self._status() == Reservation.Status.CANCELLED and not self.live()


class KeepsAfterAll(HasVisit):
    """Asks what happens if they cannot come, or says they cancel and thinks better of it: nothing is cancelled."""

    code: ClassVar[str] = "keep"
    says: ClassVar[str] = "thinks of cancelling, and comes after all"
    weight: ClassVar[float] = 0.5
    needs = 2

    def open(self) -> Utterance:
        self.left = 1
        if self.rng.random() < 0.5:
            hours = str(self.booked.service.free_cancellation_hours) if self.booked.service else ""
            asked = Asked(about="cancelling", topics=TOPICS["cancelling"], words=(hours,) if hours else ())
            return self.customer.says("ask.cancelling", asked=(asked,))
        return self.customer.says("cancel.visit", speech.values(self.booked, self.customer, "day"))

    def go_on(self, heard: Heard) -> Utterance | None:
        self.left -= 1
        if self.left < 0 or heard.is_silence:
            return None
        if not self.talk.log[0].utterance.does("cancel.visit"):
            return self.customer.says("thank")
        keep = heard.buttons("booking:keep")
        if keep and self.rng.random() < BY_BUTTON:
            return self.customer.presses(keep[0], "select.keep")
        return self.customer.says("select.keep")

    def is_open(self) -> bool:
        return False

    def is_reached(self) -> bool:
        asked = [(one, played) for played in self.talk.log for one in played.utterance.asked]
        return self._is_one_live() and all(is_answered(one, played, self.talk) for one, played in asked)


class AsksStatus(HasVisit):
    """Asks when the visit is, when it ends, whether it stands; nothing of it changes."""

    code: ClassVar[str] = "status"
    says: ClassVar[str] = "asks about a visit"
    weight: ClassVar[float] = 0.8
    needs = 2

    def open(self) -> Utterance:
        self.left = ["end"]
        return self._ask("status")

    def _ask(self, what: str) -> Utterance:
        act = "status" if what == "status" else f"ask.{what}"
        return self.customer.says(act, asked=(Asked(about=what, words=self.facts()[what]),))

    def go_on(self, heard: Heard) -> Utterance | None:
        return self._ask(self.left.pop()) if self.left and not heard.is_silence else None

    def is_open(self) -> bool:
        return False

    def is_reached(self) -> bool:
        log = self.talk.log
        told = [is_answered(one, played, self.talk) for played in log for one in played.utterance.asked]
        return len(told) == 2 and all(told) and self._is_one_live()


class WantsTwo(VisitTalk):
    """Two visits, said in one breath; each is summed up and agreed to by itself or with the other."""

    code: ClassVar[str] = "two_visits"
    says: ClassVar[str] = "wants two visits"
    weight: ClassVar[float] = 0.4
    needs = 5

    def __init__(self, talk: Scene) -> None:
        super().__init__(talk)
        service = wishes.bookable(talk.bot)[0]
        if not service.asks_people:
            raise NotPossible
        for _ in range(20):
            first = wishes.draw(talk.bot, self.rng, service=service, exact=True, people=2)
            other = wishes.draw(talk.bot, self.rng, service=service, exact=True, people=2, but={first.day})
            second = replace(other, time=first.time, part=first.part)
            if wishes.fits_somewhere(second):
                break
        else:
            raise NotPossible
        self.both = sorted((first, second), key=lambda wish: wish.day)

    @property
    def wish(self) -> Wish:
        """Return the one that is not booked yet; when the draft is one of them, that."""
        open_ones = [one for one in self.both if not any(one.is_met_by(visit) for visit in self.live())]
        row = self.draft
        fitting = [one for one in open_ones if row is not None and row.day == one.day]
        return (fitting or open_ones or self.both)[0]

    @wish.setter
    def wish(self, _: Wish) -> None:
        raise TypeError("There are two.")

    def wants(self, visit: Reservation) -> bool:
        return any(one.is_met_by(visit) for one in self.both)

    def open(self) -> Utterance:
        first, second = self.both
        customer = self.customer
        given = speech.values(first, customer, "day", "time", "people")
        given["on_other_day"] = customer.words.day(second.day, inside=True)
        text = customer.phrase("inform.two_visits", given, must=TWO)
        return Utterance(text=text, acts=("inform.two_visits",), said={"people": first.people})

    def _reply(self, heard: Heard) -> Utterance | None:
        if not heard.asks_now and self.live() and not heard.is_silence:
            self.tries["other"] += 1
            return speech.whole(self.wish, self.customer) if self.tries["other"] <= 2 else None
        return super()._reply(heard)

    def is_reached(self) -> bool:
        live = self.live()
        return len(live) == 2 and all(any(one.is_met_by(visit) for visit in live) for one in self.both)


class ThinksBetter(VisitTalk):
    """Wants a visit until the summary is there, then does not want it any more: nothing is sent."""

    code: ClassVar[str] = "thinks_better"
    says: ClassVar[str] = "does not want the visit after all"
    weight: ClassVar[float] = 0.5
    needs = 4

    def __init__(self, talk: Scene) -> None:
        super().__init__(talk)
        self.wish = wishes.draw(talk.bot, self.rng)
        self.declined = False
        self.at_summary = [lambda _: self._declines()]

    def open(self) -> Utterance:
        return self.tell(speech.whole(self.wish, self.customer))

    def _declines(self) -> Utterance:
        self.declined = True
        return self.customer.says(self.rng.choice(("decline", "cancel.open")))

    def is_open(self) -> bool:
        return not self.declined

    def is_reached(self) -> bool:
        return self.declined and not self.live()


GOALS = (WantsTwo, Moves, ChangesVisit, Cancels, KeepsAfterAll, ThinksBetter, AsksStatus)
