"""A visit that there is already: find it, show it, cancel it, move it."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from bookings.availability.request import SlotRequest
from bookings.models import Reminder, Reservation
from bookings.reservations import wording
from bookings.reservations.chat.collecting import Collecting
from bookings.reservations.chat.upcoming import own_visit, own_visits
from bots.channels.base import Button
from bots.staff.decisions import AlreadyDecided, NotAllowed
from conversations.chat.everyday import person_button
from conversations.chat.skills import ReplyPart, Section
from conversations.wording import long_day, people_promise, time_text

A_MOMENT = timedelta(minutes=30)  # so long a correction is taken to mean what was just asked for


class Visiting(Collecting):
    def _visits_meant(self) -> list[Reservation]:
        """Return the coming visits that the words may mean: those of the named day and time if there are any."""
        visits = own_visits(self.turn)
        day, start = self.understood.date, self.understood.time
        if len(visits) < 2 or not (day or start):
            return visits
        local = {visit.pk: visit.period.lower.astimezone(self.zone) for visit in visits}
        named = [
            visit
            for visit in visits
            if (day is None or local[visit.pk].date() == day) and (start is None or local[visit.pk].time() == start)
        ]
        return named or visits

    def _visit_asked(self, about: str) -> Reservation | None:
        """Return the one visit on the buttons of the last message, if that asked `about` it."""
        if about not in self.asked or self.turn.last_reply is None:
            return None
        ids = {str(one.get("payload", "")).rpartition(":")[2] for one in self.turn.last_reply.buttons}
        visits = [visit for visit in own_visits(self.turn) if str(visit.pk) in ids]
        return visits[0] if len(visits) == 1 else None

    def _corrects(self, request: SlotRequest) -> bool:
        """Whether this changes a detail of what was said before: “oh, we are 3”, “19:00 rather”, “I meant Friday”."""
        if not request or request.window:
            return False
        return self.understood.has("correct") or request.fields.keys() <= {"people", "duration_minutes", "start_time"}

    def _just_asked_for(self) -> Reservation | None:
        """Return the customer's visit, if there is one only and they have asked for it a moment ago."""
        visits = own_visits(self.turn)
        fresh = len(visits) == 1 and self.turn.now - visits[0].created_at < A_MOMENT
        return visits[0] if fresh else None

    def _about_visit(self, visit: Reservation) -> list[ReplyPart] | None:
        if self.understood.has("change"):
            return self._move(visit)
        if self.understood.has("cancel") or (self.understood.has("affirm") and not self._request()):
            return self._cancel_visit(visit)
        if self.understood.has("deny"):
            return [self._say(_("All right, everything stays as it is."), section=Section.OUTCOME)]
        if self._request():
            return self._move(visit)
        return None

    def _about_coming(self, visit: Reservation) -> list[ReplyPart] | None:
        """What was written to “Will you come?”. A plain no cancels nothing: it is asked what shall become of it."""
        request = self._request()
        if self.understood.has("change") or (request and not self._is_of(visit, request)):
            return self._answer(visit, Reminder.Answer.MOVES)
        if self.understood.has("cancel"):
            return self._answer(visit, Reminder.Answer.CANCELS)
        if self.understood.has("deny"):
            return self._which_visit([visit])
        if self.understood.has("affirm") or request:
            return self._answer(visit, Reminder.Answer.COMES)
        return None

    def _is_of(self, visit: Reservation, request: SlotRequest) -> bool:
        """Return whether it is the visit itself that was named again, as in “yes, tomorrow at 5”."""
        start = visit.period.lower.astimezone(self.zone)
        is_ = {"day": start.date(), "start_time": start.time(), "people": visit.people, "service_id": visit.service_id}
        return not request.window and all(is_.get(name) == value for name, value in request.fields.items())

    def _answer(self, visit: Reservation, answer: str) -> list[ReplyPart]:
        """Keep what was answered to the reminder, and do it."""
        if visit.status not in Reservation.LIVE:
            return [self._say(wording.status_sentence(visit), section=Section.OUTCOME)]
        self.turn.call(self.skill.note_answer, visit_id=visit.pk, answer=answer)
        match answer:
            case Reminder.Answer.CANCELS:
                return self._cancel_visit(visit)
            case Reminder.Answer.MOVES:
                return self._move(visit)
        return [self._say(_("Good, see you then."), section=Section.OUTCOME)]

    def _cancel(self) -> list[ReplyPart]:
        visits = self._visits_meant()
        if self.draft and (not visits or self._answers_a_question() or "confirm" in self.asked):
            self.turn.call(self.skill.drop_wish)
            let_go = self._say(_("All right, I have let it go. Write whenever you like."), section=Section.OUTCOME)
            # A visit that stands is named: nobody shall think that it went with the request.
            return [let_go, *(self._which_visit(visits) if visits else ())]
        return self._which_visit(visits)

    def _change(self) -> list[ReplyPart]:
        if self.draft:
            return self._what_else()
        visits = self._visits_meant()
        if len(visits) == 1:
            return self._move(visits[0])
        return self._which_visit(visits)

    def _visits(self) -> list[ReplyPart]:
        visits = own_visits(self.turn)
        if len(visits) == 1:
            return self._which_visit(visits)
        if not visits:
            return self._no_visit()
        lines = "\n".join(f"• {wording.visit_line(visit, self.language)}" for visit in visits)
        return [self._say(_("Your visits:") + "\n" + lines)]

    def _no_visit(self) -> list[ReplyPart]:
        text = _("I see no coming visit of yours. Shall I look for a time, or shall a person check?")
        return [self._ask(text, asks=(), buttons=(self.skill.opening(), person_button()))]

    def _which_visit(self, visits: list[Reservation]) -> list[ReplyPart]:
        if not visits:
            return self._no_visit()
        if len(visits) > 1:
            buttons = tuple(
                Button(wording.visit_line(visit, self.language), f"booking:visit:{visit.pk}") for visit in visits[:5]
            )
            return [self._ask(_("Which visit do you mean?"), asks=("visit",), buttons=buttons)]
        visit = visits[0]
        waits = visit.status != Reservation.Status.CONFIRMED
        found = _("You have asked for %(visit)s.") if waits else _("I have you down for %(visit)s.")
        text = found % {"visit": wording.visit_line(visit, self.language)}
        question = _("Cancel it, move it to another time, or keep it?")
        return [self._ask(f"{text} {question}", asks=("visit",), buttons=wording.visit_buttons(visit))]

    def _cancel_visit(self, visit: Reservation) -> list[ReplyPart]:
        line = wording.visit_line(visit, self.language)
        try:
            facts = self.turn.call(self.skill.cancel_visit, reservation_id=visit.pk)
        except (AlreadyDecided, NotAllowed):
            visit.refresh_from_db()
            return [self._say(wording.status_sentence(visit), section=Section.OUTCOME)]
        if facts["status"] == Reservation.Status.CANCELLED:
            return [self._say(_("Cancelled: %(visit)s.") % {"visit": line}, section=Section.OUTCOME)]
        promise = people_promise(self.turn.business, self.turn.now)
        text = _("It is too late to cancel this one by yourself, so I have asked the team. They will answer %(when)s.")
        return [self._say(text % {"when": promise}, section=Section.OUTCOME)]

    def _move(self, visit: Reservation, request: SlotRequest | None = None) -> list[ReplyPart]:
        """Begin a draft that will take the visit's place; what was wished in the same words counts at once."""
        visit = own_visit(self.turn, visit.pk)
        if visit.status not in Reservation.LIVE:
            return [self._say(wording.status_sentence(visit), section=Section.OUTCOME)]
        start, end = visit.period.lower.astimezone(self.zone), visit.period.upper
        request = self._request() if request is None else request
        if request.fields.get("day") == start.date() and not request.fields.get("start_time"):
            request.fields.pop("day")  # “move my visit on Thursday”: the day says which visit, not where to
        if self.draft:
            self.turn.call(self.skill.drop_wish)
            self.draft = None
        minutes = int((end - visit.period.lower).total_seconds() // 60)
        self._keep(
            {"moves_id": visit.pk, "service_id": visit.service_id, "people": visit.people, "duration_minutes": minutes}
        )
        request.fields.pop("service_id", None)
        if request.fields and not request.window:
            # A new day keeps the hour, a new hour the day, more people keep both; the summary says so.
            request.fields = {"day": start.date(), "start_time": start.time()} | request.fields
        if request:
            return self._collect(request)
        return [
            self._ask(
                _("To which day and time shall I move it? Now it is %(day)s at %(time)s.")
                % {"day": long_day(start.date()), "time": time_text(start)},
                asks=("date", "time"),
            )
        ]

    def _take(self, reservation_id: int, version_and_start: str) -> list[ReplyPart]:
        """Return a button under our news: a time that staff hold, or one instead of a visit that fell through."""
        version, _colon, start = version_and_start.partition(":")
        visit = own_visit(self.turn, reservation_id)
        try:
            moment = datetime.fromisoformat(start)
            facts = self.turn.call(
                self.skill.take_offer, reservation_id=reservation_id, version=int(version), start=moment
            )
        except (AlreadyDecided, NotAllowed, ValueError):
            visit.refresh_from_db()
            return [self._say(wording.status_sentence(visit), section=Section.OUTCOME)]
        if facts["sent"]:
            return self._sent(facts)
        assert visit.service is not None
        return self._with_offers(visit.service, facts["why"], facts["offers"])

    def _decline(self, reservation_id: int) -> list[ReplyPart]:
        """“No, thanks” to a time that staff offered: the visit itself stays, and staff see it."""
        visit = own_visit(self.turn, reservation_id)
        if visit.status != Reservation.Status.HELD:
            return [self._say(wording.status_sentence(visit), section=Section.OUTCOME)]
        self.turn.call(self.skill.cancel_visit, reservation_id=reservation_id)
        return [self._say(_("All right, everything stays as it is."), section=Section.OUTCOME)]
