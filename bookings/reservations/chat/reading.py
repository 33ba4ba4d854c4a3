"""What the words of a turn tell of a visit, and what they are about: said of them, nothing done."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bookings.availability.slot_picker import recognised
from bookings.availability.wish import changes, merged
from bookings.models import Reservation
from bookings.reservations.chat.flow import VisitFlow
from bookings.reservations.chat.visits import OwnVisits
from conversations.chat.skills import TurnContext
from conversations.dialogue import consent

A_WEEK = timedelta(days=7)
CHANGES = 0.75  # of a word that says to change something
WHEN = ("day", "last_day", "days", "start_time", "earliest", "latest", "clocks")


class Reading:
    """`found` is what the words change of the wish, by slot; `asked` are the fields that our open question asks for."""

    def __init__(self, turn: TurnContext, flow: VisitFlow, visits: OwnVisits, asked: Sequence[str]) -> None:
        self.turn, self.flow, self.visits, self.asked = turn, flow, visits, asked
        self.understood = turn.understood
        self.found: dict[str, Any] = self._read()

    def _read(self) -> dict[str, Any]:
        """Return what the words change of the wish: completed from what was shown, from what there is already."""
        seen = self._seen()
        if self._only_in_questions():
            return {}
        found = changes(self.understood, self.flow.wish, self.flow.service(), seen)
        if self.understood.has("ask_offer") and not self.understood.has("book") and self.flow.wish.service_id:
            found.pop("service_id", None)  # “do you do sleeves as well?” is no wish for one
        shift = self.understood.people_shift
        if shift and self.flow.draft is None and len(visits := self.visits.all()) == 1:
            found["people"] = max((visits[0].people or 1) + shift, 1)  # “one more” of the visit there is
        if "last" in self.understood.same:
            found = {**self.flow.as_last_time(), **found}
        if day := self._day_of_theirs(found.get("day")):
            found["day"] = day
        return recognised(self.flow.wish, found, self.flow.shown)

    def _day_of_theirs(self, day: date | None) -> date | None:
        """Return the day of their visit where a weekday names that: “cancel Friday's”, “no, I'll come on Wednesday”."""
        understood = self.understood
        moved = self.flow.draft.moves if self.flow.draft else None
        no = understood.answer == consent.NO
        of_theirs = understood.does("cancel") or understood.does("cannot") or (no and understood.does("keep"))
        refuses = no or understood.has("deny", 0.25)  # “no, nothing changes, Tuesday”
        of_move = moved is not None and (understood.does("keep") or understood.has("change"))
        stands = (refuses and of_move) or (of_theirs and not understood.does("change"))
        dates = "".join(self.turn.text[span.start : span.end] for span in understood.spans if span.field == "date")
        if day is None or not stands or understood.time or any(map(str.isdigit, dates)):
            return None
        theirs = [self.visits.day_of(visit) for visit in (*self.visits.all(), *([moved] if moved else []))]
        same = {one for one in theirs if one.weekday() == day.weekday()}
        return same.pop() if len(same) == 1 and day - self.turn.now.date() <= A_WEEK else None

    def _only_in_questions(self) -> bool:
        """Return whether, with a summary open, all that is told stands in a question about something else.

        “Yes, and do you have vouchers for Mother's Day?” changes no day.
        """
        understood = self.understood
        if "confirm" not in self.asked or not understood.questions:
            return False
        told = [span for span in understood.spans if span.field not in ("name", "phone", "email")]
        places = [(self.turn.text.find(one), len(one)) for one in understood.questions]
        return all(any(0 <= at <= span.start < at + size for at, size in places) for span in told)

    def _seen(self) -> datetime | None:
        """Return the moment that “the same time” means where nothing is wished yet: shown, or of the visit there is."""
        if self.flow.shown:
            return self.flow.shown[0]
        visits = self.visits.all() if self.understood.same else []
        return visits[0].period.lower.astimezone(self.flow.zone) if visits else None

    def says_it_stands(self) -> bool:
        """Return whether “yes, all is as agreed” is said to “Will you come?”; elsewhere such words ask for it."""
        does = self.understood.does
        return (
            "coming" in self.asked
            and does("accept")
            and (does("keep") or does("status"))
            and not (does("cancel") or self.changes() or "?" in self.turn.text)
        )

    def changes(self) -> bool:
        understood = self.understood
        other = any(understood.does(act) for act in ("accept", "keep", "ask"))  # “good as it is, nothing to change”
        may = understood.has("change") and (self.when() or not other)
        changes = understood.does("change") or understood.has("change", CHANGES) or may
        return changes and not understood.does("another")

    def puts_off(self) -> bool:
        """Return whether they want to think: also “let us leave it for now, I will write”, which keeps and refuses."""
        understood = self.understood
        keeps = understood.answer == consent.NO and understood.does("keep")
        return understood.answer == consent.LATER or (keeps and understood.does("defer"))

    def keeps_what_stands(self) -> bool:
        """Return whether a move is refused: at its times with “leave it”, at its summary only where that is a no."""
        understood = self.understood
        moved = self.flow.draft.moves if self.flow.draft else None
        if moved is None or (self.differs() and not self.is_of(moved)):
            return False
        refuses = understood.answer == consent.NO or "confirm" not in self.asked
        tells = understood.does("ask") or bool(self.found.get("people"))
        back = (refuses or understood.has("deny", 0.25)) and self.found.get("day") == self.visits.day_of(moved)
        return ((refuses and understood.does("keep")) or (back and not self.hours())) and not tells

    def cancels_firmly(self) -> bool:
        """Return whether it is said to cancel, without a question, a condition, or putting it off.

        In “I want to cancel” one clause accepts and cancels; “yes, but I may have to cancel” has two.
        """
        understood = self.understood
        clauses = {kind: {act.start for act in understood.acts if act.kind == kind} for kind in ("accept", "cancel")}
        is_one = clauses["accept"] <= clauses["cancel"]
        return (
            understood.does("cancel", surely=True)
            and understood.has("cancel", 0.75)  # “bin it” may mean the wish to cancel itself
            and not (understood.does("request") and understood.time)  # “I can't make it, six on Friday rather”
            and "?" not in self.turn.text
            and not any(understood.does(act) for act in ("ask", "keep", "correct"))
            and (understood.answer != consent.BUT or is_one)
            and understood.answer != consent.LATER
        )

    def uncounted(self) -> tuple[str, ...]:
        """Return what counts nothing here: “we are both ill” of visits for one, “we two cancel, I work 12 hours”."""
        cancels = self.understood.does("cancel") and self.understood.has("cancel", 0.9)
        if cancels and not self.understood.people_shift and not self.changes():
            return ("people", "duration_minutes")
        counted = any(visit.service is None or visit.service.asks_people for visit in self.visits.all())
        return () if counted else ("people",)

    def only_names(self) -> set[str]:
        """Return the slots that, beside cancelling, say which visit and change nothing."""
        names = {"day", *self.uncounted()}
        names |= set() if self.changes() else {"service_id"}
        return names | ({"excluded"} if self.flow.draft is None else set())  # “I can't on Wednesday”

    def is_of(self, visit: Reservation) -> bool:
        """Return whether it is the visit itself that was named again, as in “yes, tomorrow at 5”."""
        start = visit.period.lower.astimezone(self.flow.zone)
        is_ = {"day": start.date(), "start_time": start.time(), "people": visit.people, "service_id": visit.service_id}
        out = self.found.get("excluded") or ()
        told = {name: value for name, value in self.found.items() if value and name != "excluded"}
        return all(value == is_.get(name) for name, value in told.items()) and set(out) <= {
            start.date(),
            start.weekday(),
        }

    def only_named(self) -> Reservation | None:
        """Return the visit whose day was named and nothing else: “don't expect me on the 12th”."""
        told = {name for name, value in self.found.items() if value} - {"day", "excluded", "service_id"}
        out = [day for day in self.understood.excluded if isinstance(day, date)]  # “the 12th won't do after all”
        day = self.found.get("day") or (out[0] if len(out) == 1 else None)
        if day is None or told:
            return None
        understood = self.understood
        if self.changes() or understood.has("book", 0.75) or understood.date_end or understood.alternatives:
            return None
        return _only(self.visits.starting(day))

    def named_visit(self) -> Reservation | None:
        """Return the visit whose day was named, and whose hour if one was, but not that of the draft."""
        day, clock = self.found.get("day"), self.found.get("start_time")
        if day is None or (self.flow.draft is not None and self.flow.draft.day == day):
            return None
        return _only(self.visits.starting(day, clock))

    def instead_of(self) -> Reservation | None:
        """Return the visit in whose place the wish is: “Friday instead of Thursday”, “not Saturday but Friday”.

        Where the day that will not do is that of the draft, it is the draft that changes.
        """
        day, draft = self.found.get("day"), self.flow.draft
        if self.understood.from_date:
            return _only(self.visits.starting(self.understood.from_date))
        names_other = day is not None or self.found.get("days") or self.hours()
        if draft is None and self.understood.does("cancel") and names_other and not self.understood.does("another"):
            return _only(self.visits.all())  # “I can't make it then, but Friday at noon”
        out = self.understood.excluded
        if day is None or not out or (draft is not None and draft.day and _is_among(draft.day, out)):
            return None
        return _only([one for one in self.visits.all() if _is_among(self.visits.day_of(one), out)])

    def is_of_what_is_booked(self) -> bool:
        """Return whether this tells something new of the visit there is: “in my booking we are three now”.

        Where there is one only, an hour or a number of people without a day is of that one too.
        """
        understood = self.understood
        if not self.found or not (self.when() or self.found.get("people") or understood.people_shift):
            return False
        visits = self.visits.all()
        if not visits or understood.does("another"):
            return False
        if understood.does("mine") or understood.does("keep"):
            return True  # “do not cancel it, Thursday at six instead”
        if understood.does("status") and self.when():
            return not any(self.is_of(visit) for visit in visits)  # “I'm booked in, any chance of Saturday at two?”
        wants_new = (understood.has("book", 0.75) and self.hours()) or self.days()
        return len(visits) == 1 and not wants_new and not understood.questions

    def asked_for_already(self) -> Reservation | None:
        """Return the visit that stands for exactly the moment that is wished for: no second one is asked for."""
        wish, draft = merged(self.flow.wish, self.found), self.flow.draft
        if not wish.is_exact or (draft is not None and draft.moves_id) or not self.when():
            return None
        moment = wish.start(self.flow.zone)
        same = (visit for visit in self.visits.all() if visit.period.lower == moment)
        return next((visit for visit in same if wish.service_id in (None, visit.service_id)), None)

    def wished_people(self) -> int | None:
        """Return for how many the wish is, with what was told now; as many as before where nobody said."""
        same = self.asked_for_already()
        return merged(self.flow.wish, self.found).people or (same.people if same else None)

    def answers(self) -> bool:
        """Return whether this tells what was asked for."""
        names = {"date": ("day", "last_day", "days"), "time": ("start_time", "earliest", "latest", "clocks", "day"),
                 "people": ("people",), "duration": ("duration_minutes",), "service": ("service_id",)}  # fmt: skip
        return any(self.found.get(name) for asked in self.asked for name in names.get(asked, ()))

    def is_wish(self) -> bool:
        """Return whether so much is told of a visit that somebody wants one, though no word says so."""
        told = [bool(self.days()), bool(self.hours()), bool(self.found.get("people"))]
        if not any(told):
            return False
        understood = self.understood
        about_hours = understood.has("ask_hours") or understood.has("my_booking")
        return sum(told) > 1 or (sum(told) == 1 and not understood.questions and not about_hours and not told[2])

    def only_asks_hours(self) -> bool:
        """ "Are you open on Saturday?" changes nothing of a wish for Thursday."""
        understood = self.understood
        return understood.has("ask_hours") and not understood.has("book") and not self.found.get("people")

    def differs(self) -> bool:
        """Return whether this says something else than what is wished already, or something that is not clear."""
        unclear = bool(self.understood.unclear or self.understood.problems)
        return unclear or any(
            value not in (None, ()) and getattr(self.flow.wish, name) != value for name, value in self.found.items()
        )

    def when(self) -> bool:
        return self.days() or self.hours()

    def days(self) -> bool:
        return any(self.found.get(name) for name in ("day", "last_day", "days", "excluded"))

    def hours(self) -> bool:
        return any(self.found.get(name) for name in ("start_time", "earliest", "latest", "clocks"))

    def is_about_offer(self) -> bool:
        """Return whether another day, hour or number of people is wished than staff offer, and nothing taken back."""
        understood = self.understood
        return (self.when() or bool(self.found.get("people"))) and not understood.does("cancel")

    def differs_from_offer(self) -> bool:
        shown = self.flow.shown
        told = (self.found.get("day"), self.found.get("start_time"))
        return bool(shown) and any(one not in (None, mine) for one, mine in zip(
            told, (shown[0].date(), shown[0].time()), strict=True
        ))  # fmt: skip

    def taken(self) -> str:
        """Return the button of the time that staff offered and that is chosen in words, or ""."""
        offer = self.turn.dialogue.offer
        day, clock = self.found.get("day"), self.found.get("start_time")
        if offer is None or not (day and clock) or self.understood.questions:
            return ""
        for button in offer.buttons:
            if button.payload.startswith("booking:take:"):
                moment = datetime.fromisoformat(button.payload.split(":", 4)[4]).astimezone(self.flow.zone)
                if (moment.date(), moment.time()) == (day, clock):
                    return button.payload
        return ""


def _only(visits: Sequence[Reservation]) -> Reservation | None:
    return visits[0] if len(visits) == 1 else None


def _is_among(day: date, out: Sequence[date | int]) -> bool:
    """Return whether it is one of these dates or weekdays (Monday is 0)."""
    return day in out or day.weekday() in out
