"""The buttons of a visit: what each means now, also where it is an old one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bookings.models import Reminder, Reservation, Service
from bookings.reservations import wording
from bookings.reservations.chat.flow import VisitFlow
from bookings.reservations.chat.past import own_visit
from bookings.reservations.chat.reading import WHEN
from bookings.reservations.chat.visits import OwnVisits
from conversations.chat.skills import Outcome, TurnContext

COMES, MOVES, CANCELS = Reminder.Answer.COMES, Reminder.Answer.MOVES, Reminder.Answer.CANCELS
OF_A_WISH = ("slot", "short", "day", "ask", "people", "service", "yes", "change", "drop")
OF_A_VISIT = ("cancel", "move", "come", "notcome", "keep", "visit", "take", "decline")


class VisitButtons:
    """`asked` are the fields that our open question asks for."""

    def __init__(self, turn: TurnContext, flow: VisitFlow, visits: OwnVisits, asked: Sequence[str]) -> None:
        self.turn, self.flow, self.visits, self.asked = turn, flow, visits, asked

    def pressed(self, payload: str) -> Outcome:
        """Return what comes of a button of ours, perhaps an old one: what it means is looked at again now."""
        _prefix, action, *rest = payload.split(":", 3)
        number = int(rest[0]) if rest and rest[0].isdigit() else 0
        value = rest[1] if len(rest) > 1 else ""
        if action in OF_A_WISH:
            return self._of_the_wish(action, number, value, ":".join(rest))
        if action in OF_A_VISIT:
            return self._of_a_visit(action, number, value)
        return self.flow.go_on()

    def _of_the_wish(self, action: str, number: int, value: str, rest: str) -> Outcome:
        """A slot of the visit that is talked about, or what shall become of it."""
        flow = self.flow
        match action:
            case "slot":
                return self._pressed_time(value, {"service_id": number})
            case "short":
                return self._pressed_time(value, {"duration_minutes": number})
            case "day":
                return self._pressed_day(rest)
            case "ask":
                return flow.questions.which(rest, flow.service())
            case "people":
                return flow.take_in({"people": number}, how="pressed")
            case "service":
                return flow.take_in(self._known_service(number), how="pressed")
        return self._pressed_on_draft(action, number, value)

    def _of_a_visit(self, action: str, number: int, value: str) -> Outcome:
        """What shall become of a visit that there is."""
        visits = self.visits
        if action == "take":
            return visits.take(number, value)
        if action == "decline":
            return visits.decline(number)
        visit = own_visit(self.turn, number)
        match action:
            case "cancel":
                return visits.cancel(visit)
            case "move":
                return visits.answer_reminder(visit, MOVES) if "coming" in self.asked else visits.move(visit, {})
            case "come":
                return visits.answer_reminder(visit, COMES)
            case "notcome":
                return visits.answer_reminder(visit, CANCELS)
            case "visit":
                return visits.which([visit])
        return visits.keep()

    def _known_service(self, number: int) -> dict[str, Any]:
        known = Service.objects.filter(pk=number, business=self.turn.business, is_active=True).exists()
        return {"service_id": number} if known else {}

    def _pressed_time(self, start: str, found: Mapping[str, Any]) -> Outcome:
        try:
            moment = datetime.fromisoformat(start).astimezone(self.flow.zone)
        except ValueError:
            return self.flow.go_on()
        chosen = self.flow.wish.chosen(moment)
        exact = {name: getattr(chosen, name) for name in WHEN}
        told = {"people": self.turn.understood.people} if self.turn.understood.people else {}
        more = self._known_service(found["service_id"]) if "service_id" in found else found
        return self.flow.take_in({**exact, **more, **told}, how="pressed")

    def _pressed_day(self, day: str) -> Outcome:
        try:
            chosen = datetime.fromisoformat(day).date()
        except ValueError:
            return self.flow.go_on()
        return self.flow.take_in({"day": chosen, "last_day": None, "days": ()}, how="pressed")

    def _pressed_on_draft(self, action: str, number: int, mark: str) -> Outcome:
        meant = own_visit(self.turn, number)
        draft = self.flow.draft
        if meant.status != Reservation.Status.DRAFT or draft is None or draft.pk != number:
            return self.visits.standing(meant)
        if action == "drop":
            return self.flow.let_go()
        if action == "change":
            return self.flow.questions.what_to_change(self.flow.draft, self.flow.service())
        if not self.flow.wish.is_exact or not draft.people or mark != wording.mark(draft):
            self.turn.decide("a yes to an older summary: the one of now is shown")
            return self.flow.go_on()
        self.turn.decide("a firm yes to exactly the summary that was shown: sent")
        return self.flow.send()
