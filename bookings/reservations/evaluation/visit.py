"""What all talks about a visit have in common: the customer reads what the bot asks, answers, corrects, agrees."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from bookings.models import Reservation
from bookings.reservations import drafts
from bookings.reservations.evaluation import judging, speech, wishes
from bookings.reservations.evaluation.wishes import Wish
from bots.models import Bot
from conversations.evaluation.customer import together
from conversations.evaluation.everyday import question
from conversations.evaluation.faults import Fault
from conversations.evaluation.goals import Goal, Scene
from conversations.evaluation.utterances import Asked, Heard, Played, Utterance

Step = Callable[[Heard], Utterance]

PATIENCE = 2  # how often a customer corrects the same thing before they give up
WHOLE_AGAIN = 1  # how often they begin from the beginning
BY_BUTTON = 0.15  # how often people press what they could write
MUCH_PATIENCE = 3  # how often in all they say again what they said


class VisitTalk(Goal):
    """What all talks about a visit have in common: read what the bot asks, answer it, correct it, agree to it."""

    def __init__(self, talk: Scene) -> None:
        super().__init__(talk)
        self.wish: Wish
        self.said: dict[str, object] = {}  # what was said and still holds
        self.at_summary = self._at_every_summary()  # what happens when the summary is shown, one a time
        self.tries: Counter[str] = Counter()  # how often something was said again
        self.answers: Counter[str] = Counter()  # how often something was asked
        self.yeses = 0
        self.excluded: set[date] = set()
        self.unmet: Wish | None = None  # what was asked for first and cannot be had

    @classmethod
    def fits(cls, bot: Bot) -> bool:
        return bool(wishes.bookable(bot))

    # --- reading the rows --------------------------------------------------------------------------------------------

    @property
    def draft(self) -> Reservation | None:
        return self.once("draft", lambda: drafts.draft(self.talk.wire.conversation))

    def live(self) -> list[Reservation]:
        return self.once("live", self._live)

    def _live(self) -> list[Reservation]:
        rows = Reservation.objects.filter(contact=self.talk.wire.conversation.contact, status__in=Reservation.LIVE)
        return list(rows.select_related("business", "service").order_by("pk"))

    def is_reached(self) -> bool:
        live = self.live()
        return len(live) == 1 and self.wants(live[0])

    def wants(self, visit: Reservation) -> bool:
        """Return whether a visit that stands is one that the customer agreed to."""
        return self.wish.is_met_by(visit)

    # --- talking -----------------------------------------------------------------------------------------------------

    def tell(self, utterance: Utterance) -> Utterance:
        """Remember what was said: from now on it must not be asked or lost."""
        if "excluded" in utterance.said:
            self.excluded.add(utterance.said["excluded"])
        self.said |= {slot: value for slot, value in utterance.said.items() if slot != "excluded"}
        if "part" in utterance.said:
            self.said.pop("time", None)
        return utterance

    def go_on(self, heard: Heard) -> Utterance | None:
        if self.talk.reached:
            return None
        found = self._reply(heard)
        return self.tell(found) if found is not None else None

    def _reply(self, heard: Heard) -> Utterance | None:
        if heard.is_silence:
            return self._again("silence") if self.tries["silence"] < 1 else None
        if "confirm" in heard.asks:
            return self._at_summary(heard)
        if heard.buttons("booking:slot"):
            return self._choose(heard)
        for slot in ("people", "service", "date", "time"):
            if slot in heard.asks and (answer := self._answer(slot)):
                return answer
        return self._again("astray")

    def _again(self, why: str) -> Utterance | None:
        """Say the whole once more; None when they have had enough."""
        self.tries[why] += 1
        if self.tries[why] > WHOLE_AGAIN or self.tries.total() > MUCH_PATIENCE:
            return None
        return speech.whole(self.wish, self.customer)

    def _at_summary(self, heard: Heard) -> Utterance | None:
        if (wrong := self._wrong_in_draft()) is not None:
            return self._correct(wrong)
        if self.at_summary:
            return self.at_summary.pop(0)(heard)
        return self._agree(heard)

    def _agree(self, heard: Heard) -> Utterance | None:
        self.yeses += 1
        if self.yeses > PATIENCE:
            return None
        buttons = heard.buttons("booking:yes")
        if buttons and self.rng.random() < 0.25:
            return self.customer.presses(buttons[0], "accept", agrees=True)
        return self.customer.says("accept", agrees=True)

    def _wrong_in_draft(self) -> str | None:
        """Return the slot in which the summary is not what the customer wants."""
        row, wish = self.draft, self.wish
        if row is None:
            return None
        if row.day is not None and row.day != wish.day:
            return "day"
        if row.start_time is not None and not wish.takes_time(row.start_time):
            return speech.when(wish)
        if row.people is not None and row.people != wish.people:
            return "people"
        if not wish.any_service and row.service_id not in (None, wish.service.pk):
            return "service"
        return None

    def _correct(self, slot: str) -> Utterance | None:
        """Say one slot again; None when the bot does not get it."""
        self.tries[slot] += 1
        if self.tries[slot] > PATIENCE or self.tries.total() > MUCH_PATIENCE:
            return None
        return speech.change(self.wish, self.customer, slot)

    def _answer(self, slot: str) -> Utterance | None:
        """Answer what was asked for by this name; None if it is not to be had."""
        self.answers[slot] += 1
        if self.answers[slot] > PATIENCE + 1:
            return None
        wish, customer = self.wish, self.customer
        if slot == "people":
            if not wish.service.asks_people:
                return None
            return speech.tells(wish, customer, "inform.people", "people")
        if slot == "service":
            return speech.tells(wish, customer, "inform.service", "service")
        if slot == "time" and "day" in self.said:
            return speech.tells(wish, customer, f"inform.{speech.when(wish)}", speech.when(wish))
        day = speech.tells(wish, customer, "inform.day", "day")
        return together(day, speech.tells(wish, customer, f"inform.{speech.when(wish)}", speech.when(wish)))

    def _choose(self, heard: Heard) -> Utterance | None:
        """Take one of the offered times, if one would do; else say again what would."""
        buttons = heard.buttons("booking:slot")
        shown = speech.offers(buttons, self.wish)
        fitting = [moment for moment in shown if self.wish.takes(moment)]
        if not fitting:
            return self._not_offered(shown)
        chosen = self.rng.choice(fitting)
        said = self._selection(chosen, shown, buttons[shown.index(chosen)])
        if "people" in heard.asks and "people" not in self.said and self.wish.service.asks_people and not said.choice:
            said = together(said, speech.tells(self.wish, self.customer, "inform.people", "people"), joint=", ")
        return said

    def _selection(self, chosen: datetime, shown: list[datetime], button: Mapping[str, str]) -> Utterance:
        """Say which, in one of the ways that can only mean this one."""
        customer = self.customer
        exact = replace(self.wish, time=chosen.time())
        said = speech.slots_of(exact, "day", "time")
        is_plain = len(shown) == 3 and shown == sorted(shown)  # else “the latest” and “the third” may be two
        places = {0: "first", 1: "second", 2: "last"} if is_plain else {}
        place = places.get(shown.index(chosen)) if len(shown) > 1 else None
        ways: dict[str, Callable[[], Utterance]] = {}
        if place:
            ways["by_ordinal"] = lambda: customer.says(f"select.{place}", said=said)
        if [moment.time() for moment in shown].count(chosen.time()) == 1:
            ways["by_hour"] = lambda: customer.says("select.time", speech.values(exact, customer, "time"), said=said)
        if [moment.date() for moment in shown].count(chosen.date()) == 1 and len(shown) > 1:
            ways["by_words"] = lambda: customer.says("inform.day", speech.values(exact, customer, "day"), said=said)
        if self.talk.has("by_button") or not ways or self.rng.random() < BY_BUTTON:
            return customer.presses(button, "select.button", said=said)
        habit = next((way for code, way in ways.items() if self.talk.has(code)), None)
        return (habit or self.rng.choice(list(ways.values())))()

    def _not_offered(self, shown: list[datetime]) -> Utterance | None:
        wish = self.wish
        if "day" not in self.said:
            return speech.whole(wish, self.customer)
        if all(moment.date() != wish.day for moment in shown):
            return self._correct("day")
        return self._correct(speech.when(wish))

    # --- at the summary ----------------------------------------------------------------------------------------------

    def _at_every_summary(self) -> list[Step]:
        """Return what behaviours do when the summary is shown, whatever the visit is about."""
        steps: dict[str, Step] = {
            "defers": lambda _: self.customer.says("defer"),
            "yes_but": lambda _: self.customer.says("accept_but"),
            "yes_and_asks": lambda _: together(self.customer.says("accept"), question(self.talk, known=True)),
            "asks_total": lambda _: self._asks("total"),
            "asks_end": lambda _: self._asks("end"),
        }
        return [step for code, step in steps.items() if self.talk.has(code)]

    def _asks(self, what: str) -> Utterance:
        words = self.facts().get(what, ())
        return self.customer.says(f"ask.{what}", asked=(Asked(about=what, words=words),))

    # --- judging -----------------------------------------------------------------------------------------------------

    def inspect(self, played: Played) -> Iterator[Fault]:
        yield from judging.faults_of(self, played)

    def facts(self) -> Mapping[str, tuple[str, ...]]:
        """Return what can be known of the visit: the one that was asked for, else the one that is talked about."""
        live = self.live()
        if live:
            begin, end = (
                moment.astimezone(live[0].business.zone) for moment in (live[0].period.lower, live[0].period.upper)
            )
            price = live[0].price
        else:
            row = self.draft
            if row is None or row.day is None or row.start_time is None or row.service is None:
                return {}
            minutes = row.duration_minutes or row.service.duration_minutes
            begin = datetime.combine(row.day, row.start_time)
            end = begin + timedelta(minutes=minutes)
            price = row.service.price_for(row.people or 1, minutes)
        known = {
            "status": (f"{begin:%H:%M}",),
            "end": (f"{end:%H:%M}",),
            "total": (str(price // 100),) if price else (),
        }
        return known | {"price": known["total"]}
