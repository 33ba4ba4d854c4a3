"""A visit that there is already: find it, tell of it, cancel it, move it, take another time that staff offer."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.translation import gettext as _

from bookings.availability.reasons import NotFree
from bookings.availability.wish import Wish
from bookings.models import Reminder, Reservation
from bookings.reservations import actions, reschedule, wording
from bookings.reservations.chat.flow import VisitFlow
from bookings.reservations.chat.past import own_visit, own_visits
from bookings.reservations.reminders import planning as reminder_planning
from bots.channels.base import Button
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed
from conversations.chat.everyday import person_button
from conversations.chat.skills import Outcome, ReplyPart, Section, Speaking, ToolResult, TurnContext
from conversations.wording import long_day, people_promise, time_text

A_MOMENT = timedelta(minutes=30)  # so long a correction is taken to mean what was just asked for
MOST_SHOWN = 5


class OwnVisits(Speaking):
    """The coming visits of the customer of this turn. `flow` is what is being talked about beside them."""

    def __init__(self, turn: TurnContext, flow: VisitFlow, opening: Button) -> None:
        self.turn, self.flow, self.opening = turn, flow, opening
        self.language = turn.language
        self.zone = turn.business.zone

    # --- which -----------------------------------------------------------------------------------------------------

    def all(self) -> list[Reservation]:
        return own_visits(self.turn)

    def meant(self, day: date | None = None) -> list[Reservation]:
        """Return the visits that the words may mean: those of the named day and time if there are any."""
        visits = self.all()
        understood = self.turn.understood
        day, start = day or understood.from_date or understood.date, understood.from_time or understood.time
        return self.starting(day, start) or visits if len(visits) > 1 and (day or start) else visits

    def starting(self, day: date | None, clock: time | None = None) -> list[Reservation]:
        """Return the visits that begin on this day, at this hour; None stands for any."""
        starts = ((visit, visit.period.lower.astimezone(self.zone)) for visit in self.all())
        return [visit for visit, start in starts if day in (None, start.date()) and clock in (None, start.time())]

    def day_of(self, visit: Reservation) -> date:
        start: datetime = visit.period.lower
        return start.astimezone(self.zone).date()

    def asked_about(self) -> Reservation | None:
        """Return the one visit on the buttons of the open question, if there is one."""
        question = self.turn.question
        buttons = question.buttons if question else ()
        ids = {one.payload.split(":")[2] for one in buttons if one.payload.startswith(ABOUT_VISIT)}
        visits = [visit for visit in self.all() if str(visit.pk) in ids]
        return visits[0] if len(visits) == 1 else None

    def just_asked_for(self) -> Reservation | None:
        """Return the customer's visit, if there is one only and they have asked for it a moment ago."""
        visits = self.all()
        fresh = len(visits) == 1 and self.turn.now - visits[0].created_at < A_MOMENT
        return visits[0] if fresh else None

    # --- telling and asking ----------------------------------------------------------------------------------------

    def tell(self) -> Outcome:
        """Say which visits there are; what may become of the only one."""
        visits = self.all()
        if len(visits) == 1:
            return self.which(visits)
        if not visits:
            return self.none()
        lines = "\n".join(f"• {wording.visit_line(visit, self.language)}" for visit in visits)
        return Outcome(says=(self._say(_("Your visits:") + "\n" + lines),))

    def none(self) -> Outcome:
        text = _("I see no coming visit of yours. Shall I look for a time, or shall a person check?")
        return Outcome(says=(self._ask(text, asks=(), buttons=(self.opening, person_button())),))

    def which(self, visits: Sequence[Reservation], *, cancels: bool = False) -> Outcome:
        """Ask which visit is meant or, of one, what shall become of it. `cancels`: they said so.

        A plain yes cancels it only where cancelling was asked for in so many words: not upon “I can't come”.
        """
        if not visits:
            return self.none()
        if len(visits) > 1:
            buttons = tuple(
                Button(wording.visit_line(visit, self.language), f"booking:visit:{visit.pk}")
                for visit in visits[:MOST_SHOWN]
            )
            asks = ("visit", "cancel") if cancels else ("visit",)
            return Outcome(says=(self._ask(_("Which visit do you mean?"), asks=asks, buttons=buttons),))
        visit = visits[0]
        waits = visit.status != Reservation.Status.CONFIRMED
        found = _("You have asked for %(visit)s.") if waits else _("I have you down for %(visit)s.")
        text = found % {"visit": wording.visit_line(visit, self.language)}
        question = _("Cancel it, move it to another time, or keep it?")
        cancel, _move, keep = buttons = wording.visit_buttons(visit)
        part = self._ask(f"{text} {question}", asks=("visit", "cancel") if cancels else ("visit",), buttons=buttons)
        if cancels and self.turn.understood.does("cancel", surely=True) and not self.turn.understood.does("cannot"):
            part = replace(part, yes=cancel.payload, no=keep.payload)
        return Outcome(says=(part,))

    def what_to_change(self, visits: Sequence[Reservation]) -> Outcome:
        """Something of a visit shall be different, and it is not clear what: which, and what of it?"""
        if len(visits) != 1:
            return self.which(visits)
        came = self.which(visits)
        text = _("What shall I change of it: the day, the time or the number of people? Or shall I cancel it?")
        line = wording.visit_line(visits[0], self.language)
        part = replace(came.says[0], text=_("I have you down for %(visit)s.") % {"visit": line} + " " + text)
        return Outcome(says=(part,))

    def ask_again(self) -> ReplyPart | None:
        """Return the open question about one visit once more, in few words."""
        visit, question = self.asked_about(), self.turn.question
        if visit is None or question is None:
            return None
        if "coming" in question.asks:
            text = _("Will you come on %(day)s at %(time)s?")
            start = visit.period.lower.astimezone(self.zone)
            text %= {"day": long_day(start.date()), "time": time_text(start)}
        elif "visit" in question.asks:
            text = _("Cancel it, move it to another time, or keep it?")
        else:
            return None
        return self._ask(text, asks=question.asks, buttons=question.buttons, yes=question.yes, no=question.no)

    def keep(self) -> Outcome:
        return Outcome(says=(self._say(_("All right, everything stays as it is."), section=Section.OUTCOME),))

    def standing(self, visit: Reservation) -> Outcome:
        """Return what an old button is answered with."""
        visit.refresh_from_db()
        return Outcome(says=(self._say(wording.status_sentence(visit), section=Section.OUTCOME),))

    # --- cancelling ------------------------------------------------------------------------------------------------

    def cancel(self, visit: Reservation) -> Outcome:
        """Cancel a visit. Only after the customer has agreed to exactly that."""
        line = wording.visit_line(visit, self.language)
        try:
            facts = self.turn.call(self.cancel_visit, reservation_id=visit.pk).facts
        except (AlreadyDecided, NotAllowed):
            return self.standing(visit)
        if facts["status"] == Reservation.Status.CANCELLED:
            text = _("Cancelled: %(visit)s.") % {"visit": line}
            return Outcome(facts | {"cancelled": True}, (self._say(text, section=Section.OUTCOME),))
        promise = people_promise(self.turn.business, self.turn.now)
        text = _("It is too late to cancel this one by yourself, so I have asked the team. They will answer %(when)s.")
        return Outcome(facts | {"cancelled": False}, (self._say(text % {"when": promise}, section=Section.OUTCOME),))

    def cancel_visit(self, turn: TurnContext, *, reservation_id: int) -> ToolResult:
        """Cancel one of the customer's own visits, and a move they may have asked for. Only after they agreed."""
        visit = own_visit(turn, reservation_id)
        while visit.moves and visit.moves.status in Reservation.LIVE and visit.status != Reservation.Status.HELD:
            visit = visit.moves
        after = actions.cancel(visit.pk, by=Actor.customer(), now=turn.now)
        return {"status": str(after.status)}

    # --- moving ----------------------------------------------------------------------------------------------------

    def move(self, visit: Reservation, found: Mapping[str, Any]) -> Outcome:
        """Begin a draft that will take the visit's place; what was wished in the same words counts at once."""
        visit = own_visit(self.turn, visit.pk)
        if visit.status not in Reservation.LIVE:
            return self.standing(visit)
        start = visit.period.lower.astimezone(self.zone)
        found = {name: value for name, value in found.items() if name != "service_id"}
        if found.get("day") == start.date() and not (found.get("start_time") or found.get("earliest")):
            found.pop("day")  # “move my visit on Thursday”: the day says which visit, not where to
        is_ = {"day": start.date(), "start_time": start.time(), "people": visit.people}
        told = {name: value for name, value in found.items() if value}
        if told and all(value == is_.get(name) for name, value in told.items()):
            return self.which([visit], cancels=self.turn.understood.has("cancel"))  # it is so already
        self.flow.forget()
        minutes = int((visit.period.upper - visit.period.lower).total_seconds() // 60)
        self.flow.turn.call(self.flow.note_wish, moves_id=visit.pk)
        was = Wish(service_id=visit.service_id, people=visit.people, duration_minutes=minutes)
        if found:
            # A new day keeps the hour, a new hour the day, more people keep both; the summary says so.
            was = replace(was, day=start.date(), start_time=start.time())
            if found.get("last_day") or found.get("days"):
                was = replace(was, day=None)
            if found.get("earliest") or found.get("latest") or found.get("clocks"):
                was = replace(was, start_time=None)
        self.flow.draft = self.flow.reload()
        self.flow.keep({name: getattr(was, name) for name in Wish.__slots__}, how="inferred")
        if found:
            came = self.flow.take_in(found)
            return Outcome({"moving": True} | came.facts, came.says)
        return Outcome({"moving": True}, (self.where_to(start),))

    def where_to(self, start: datetime) -> ReplyPart:
        text = _("To which day and time shall I move it? Now it is %(day)s at %(time)s.")
        return self._ask(
            text % {"day": long_day(start.date()), "time": time_text(start)},
            asks=("date", "time"),
            buttons=(Button(_("Keep it"), f"booking:drop:{self.flow.draft.pk}"),) if self.flow.draft else (),
        )

    # --- news that ask ---------------------------------------------------------------------------------------------

    def answer_reminder(self, visit: Reservation, answer: str, found: Mapping[str, Any] = {}) -> Outcome:
        """Keep what was answered to “Will you come?”, and do it."""
        if visit.status not in Reservation.LIVE:
            return self.standing(visit)
        self.turn.call(self.note_answer, visit_id=visit.pk, answer=answer)
        match answer:
            case Reminder.Answer.CANCELS:
                return self.cancel(visit)
            case Reminder.Answer.MOVES:
                return self.move(visit, found)
        return Outcome({"noted": True}, (self._say(_("Good, see you then."), section=Section.OUTCOME),))

    def note_answer(self, turn: TurnContext, *, visit_id: int, answer: str) -> ToolResult:
        """Keep for staff what the customer answered to the reminder."""
        return {"noted": reminder_planning.answered(own_visit(turn, visit_id).pk, answer), "answer": str(answer)}

    def take(self, reservation_id: int, version_and_start: str) -> Outcome:
        """Take a time that staff hold, or one instead of a visit that fell through."""
        version, _colon, start = version_and_start.partition(":")
        visit = own_visit(self.turn, reservation_id)
        try:
            moment = datetime.fromisoformat(start)
            return self.turn.call(self.take_offer, reservation_id=reservation_id, version=int(version), start=moment)
        except (AlreadyDecided, NotAllowed, ValueError):
            return self.standing(visit)

    def take_offer(self, turn: TurnContext, *, reservation_id: int, version: int, start: datetime) -> Outcome:
        """Take a time that staff hold for the customer, or ask for one instead of a visit that fell through."""
        visit = own_visit(turn, reservation_id)
        try:
            taken = reschedule.take(reservation_id, by=Actor.customer(), version=version, start=start, now=turn.now)
        except NotFree as error:
            self.flow.remember({"service_id": visit.service_id, "people": visit.people}, how="inferred")
            return self.flow.taken_meanwhile(error)
        return self.flow.sent(taken)

    def offered(self) -> Reservation | None:
        """Return the visit for which staff offer the times that were shown last: held for it, or instead of it."""
        offer = self.turn.dialogue.offer
        ids = {one.payload.split(":")[2] for one in (offer.buttons if offer else ()) if one.payload.startswith(TAKES)}
        return own_visit(self.turn, int(ids.pop())) if len(ids) == 1 else None

    def instead(self, visit: Reservation, found: Mapping[str, Any]) -> Outcome:
        """Look for another time than staff offer: a visit that stands is moved, else it is wished for as it was."""
        if visit.status == Reservation.Status.HELD and visit.moves is not None:
            old = visit.moves.period.lower.astimezone(self.zone)
            if found.get("day") == old.date() and found.get("start_time") in (None, old.time()):
                return self.decline(visit.pk)  # “no, Friday as I asked”
            return self.move(visit.moves, found)
        start, end = (moment.astimezone(self.zone) for moment in (visit.period.lower, visit.period.upper))
        was: dict[str, Any] = {"service_id": visit.service_id, "people": visit.people}
        if visit.service is not None and (minutes := int((end - start).total_seconds() // 60)):
            was["duration_minutes"] = minutes if minutes != visit.service.duration_minutes else None
        if not any(found.get(name) for name in HOURS):
            was["start_time"] = start.time()
        self.flow.keep(was, how="inferred")
        return self.flow.take_in(found)

    def decline(self, reservation_id: int) -> Outcome:
        """“No, thanks” to a time that staff offered: the visit itself stays, and staff see it."""
        visit = own_visit(self.turn, reservation_id)
        if visit.status != Reservation.Status.HELD:
            return self.standing(visit)
        self.turn.call(self.cancel_visit, reservation_id=reservation_id)
        return self.keep()


HOURS = ("start_time", "earliest", "latest", "clocks")
TAKES = "booking:take:"
ABOUT_VISIT = (
    "booking:cancel:",
    "booking:move:",
    "booking:keep:",
    "booking:come:",
    "booking:notcome:",
    "booking:visit:",
)
