"""How the rules talk about a visit: what was written or pressed, and which way the talk goes from there."""

from datetime import datetime

from django.utils.translation import gettext as _

from bookings.availability.request import SlotRequest
from bookings.models import Reminder, Reservation, Service
from bookings.reservations import wording
from bookings.reservations.chat.upcoming import own_visit
from bookings.reservations.chat.visiting import Visiting
from conversations.chat.everyday import person_button
from conversations.chat.skills import Failed, Reply, ReplyPart, Section

COMES, MOVES, CANCELS = Reminder.Answer.COMES, Reminder.Answer.MOVES, Reminder.Answer.CANCELS


class Talk(Visiting):
    def reply(self) -> Reply | None:
        """Return what to say in this turn; None if it is not about a visit."""
        says: list[ReplyPart] | None
        try:
            pressed = self.turn.choice.startswith("booking:")
            says = self._pressed(self.turn.choice) if pressed else self._said()
        except Failed:
            says = [self._say(_("I cannot find that visit. Shall a person look for it?"), buttons=(person_button(),))]
        return Reply(says) if says else None

    def _said(self) -> list[ReplyPart] | None:
        understood = self.understood
        visit = self._visit_asked("visit")  # what shall become of it
        if visit and (says := self._about_visit(visit)):
            return says
        if (reminded := self._visit_asked("coming")) and (says := self._about_coming(reminded)):
            return says
        if understood.has("cancel"):
            return self._cancel()
        if understood.has("my_booking"):
            return self._visits()
        request = self._request()
        if understood.has("change") and (self.draft is None or not (self.draft.moves_id or request)):
            return self._change()
        if self.draft is None and self._corrects(request) and (visit := self._just_asked_for()):
            return self._move(visit)
        if self.draft and "confirm" in self.asked and not request:
            if understood.has("affirm"):
                return self._send(self.draft)
            if understood.has("deny"):
                return self._what_else()
        about_this = self.draft or understood.has("book")
        if understood.problems and about_this and (says := self._problem(understood.problems[0])):
            return says
        if (self.draft and request) or understood.has("book") or (request and self._answers_a_question()):
            return self._collect(request)
        if self.draft and {"date", "time"} & set(self.asked):
            if understood.has("deny"):
                return [self._ask(_("Which day or time would suit you better?"), asks=("date", "time"))]
            if understood.has("affirm"):
                return self._yes_to_offers()
        return None

    def _pressed(self, payload: str) -> list[ReplyPart]:
        """Return a button of ours, perhaps an old one: what it means is looked at again now."""
        _prefix, action, *rest = payload.split(":", 3)
        number = int(rest[0]) if rest and rest[0].isdigit() else 0
        match action:
            case "start":
                return self._collect(SlotRequest())
            case "slot":
                return self._pressed_slot(number, rest[1] if len(rest) > 1 else "")
            case "people":
                return self._collect(SlotRequest({"people": number}))
            case "service":
                return self._collect(SlotRequest({"service_id": number}))
            case "yes" | "change" | "drop":
                return self._pressed_on_draft(action, number)
            case "cancel":
                return self._cancel_visit(own_visit(self.turn, number))
            case "move":
                visit = own_visit(self.turn, number)
                return self._answer(visit, MOVES) if "coming" in self.asked else self._move(visit)
            case "come":
                return self._answer(own_visit(self.turn, number), COMES)
            case "notcome":
                return self._answer(own_visit(self.turn, number), CANCELS)
            case "keep":
                return [self._say(_("All right, everything stays as it is."), section=Section.OUTCOME)]
            case "visit":
                return self._which_visit([own_visit(self.turn, number)])
            case "take":
                return self._take(number, rest[1] if len(rest) > 1 else "")
            case "decline":
                return self._decline(number)
            case _:
                return self._collect(SlotRequest())

    def _pressed_slot(self, service_id: int, start: str) -> list[ReplyPart]:
        try:
            moment = datetime.fromisoformat(start).astimezone(self.zone)
        except ValueError:
            return self._collect(SlotRequest())
        known = Service.objects.filter(pk=service_id, business=self.turn.business, is_active=True).exists()
        fields = {"day": moment.date(), "start_time": moment.time()} | ({"service_id": service_id} if known else {})
        if self.understood.people:
            fields["people"] = self.understood.people
        return self._collect(SlotRequest(fields))

    def _pressed_on_draft(self, action: str, number: int) -> list[ReplyPart]:
        meant = own_visit(self.turn, number)
        if meant.status != Reservation.Status.DRAFT or self.draft is None or self.draft.pk != number:
            return [self._say(wording.status_sentence(meant), section=Section.OUTCOME)]
        if action == "drop":
            self.turn.call(self.skill.drop_wish)
            return [self._say(_("All right, I have let it go. Write whenever you like."), section=Section.OUTCOME)]
        if action == "change":
            return self._what_else()
        if not (self.draft.day and self.draft.start_time and self.draft.people):
            return self._collect(SlotRequest())
        return self._send(self.draft)
