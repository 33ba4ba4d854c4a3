"""What is asked of a visit that is being talked about: one thing at a time, with what may be pressed."""

from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from bookings.availability import wording as availability_wording
from bookings.models import Reservation, Service
from bookings.reservations import wording
from bookings.reservations.chat import knowing
from bots.channels.base import Button
from conversations.chat.everyday import person_button
from conversations.chat.skills import Outcome, ReplyPart, Speaking, TurnContext
from conversations.wording import on_day, time_text

PEOPLE_BUTTONS = 4


class VisitQuestions(Speaking):
    def __init__(self, turn: TurnContext) -> None:
        self.turn, self.language = turn, turn.language

    def shall_it_go(self, draft: Reservation) -> Outcome:
        """It seems that what is open is not wanted any more: is it so?"""
        drop, stay = Button(_("Yes, let it go"), f"booking:drop:{draft.pk}"), Button(_("No, go on"), "booking:go")
        text = _("Shall I let it go? Nothing of it is sent yet.")
        part = self._ask(text, asks=("drop",), buttons=(drop, stay), yes=drop.payload, no=stay.payload)
        return Outcome(says=(part,))

    def which_service(self) -> Outcome:
        services = knowing.bookable(self.turn).order_by("name")
        buttons = tuple(
            Button(wording.service_name(service, self.language), f"booking:service:{service.pk}")
            for service in services
        )
        return Outcome(says=(self._ask(_("What would you like to book?"), asks=("service",), buttons=buttons),))

    def how_many(self, service: Service, start: datetime) -> ReplyPart:
        free = _("%(on_day)s at %(time)s there is room.") % {"on_day": on_day(start.date()), "time": time_text(start)}
        text = f"{free} " + _("For how many people?")
        return self._ask(text, asks=("people",), buttons=self.counts(service))

    def counts(self, service: Service) -> tuple[Button, ...]:
        counts = range(service.min_people, min(service.max_people, service.min_people + PEOPLE_BUTTONS - 1) + 1)
        return tuple(Button(str(count), f"booking:people:{count}") for count in counts)

    def what_to_change(self, draft: Reservation | None, service: Service | None) -> Outcome:
        text = _("What shall I change: the day, the time or the number of people?")
        buttons = self._slot_buttons(service)
        if draft:
            buttons.append(Button(_("Cancel"), f"booking:drop:{draft.pk}"))
        return Outcome(says=(self._ask(text, asks=("date", "time", "people"), buttons=tuple(buttons)),))

    def what_else(self, draft: Reservation, service: Service) -> Outcome:
        """What was asked for a visit that is to be changed is how it stands: what shall be different, then?"""
        text = _("That is how it is booked already. What shall be different?")
        buttons = (*self._slot_buttons(service), Button(_("Keep it"), f"booking:drop:{draft.pk}"))
        return Outcome(says=(self._ask(text, asks=("date", "time", "people"), buttons=buttons),))

    def _slot_buttons(self, service: Service | None) -> list[Button]:
        slots = [("day", _("Day")), ("time", _("Time"))]
        if service is None or service.asks_people:
            slots.append(("people", _("People")))
        return [Button(title, f"booking:ask:{slot}") for slot, title in slots]

    def which(self, slot: str, service: Service | None) -> Outcome:
        """Ask for one slot that shall be different."""
        if slot == "people" and service is not None:
            text, asks = _("For how many people?"), "people"
            return Outcome(says=(self._ask(text, asks=(asks,), buttons=self.counts(service)),))
        text = _("At what time?") if slot == "time" else _("On which day?")
        return Outcome(
            says=(self._ask(text, asks=("time",) if slot == "time" else ("date",), buttons=(person_button(),)),)
        )

    def unclear(self, field: str, values: tuple[Any, ...], why: str) -> Outcome:
        """Two readings, too close to call: both as buttons."""
        if field == "date":
            today = self.turn.now.date()
            days = [value for value in values if isinstance(value, date)]
            named = [on_day(day) if day.year == today.year else f"{on_day(day)} {day.year}" for day in days]
            shown = availability_wording.either(named)
            if why == "past":
                text = _("That day has passed already. Do you mean %(days)s?") % {"days": shown}
            else:
                text = _("Day and date do not belong together. Do you mean %(days)s?") % {"days": shown}
            buttons = tuple(Button(wording.button_day(day, today), f"booking:day:{day.isoformat()}") for day in days)
            yes = buttons[0].payload if len(buttons) == 1 else ""
            return Outcome(says=(self._ask(text, asks=("date",), buttons=buttons, yes=yes),))
        asks = {"time": "time", "people": "people"}.get(field, field)
        return self._again(_("I am not sure about the numbers. Could you say it once more?"), (asks,))

    def problem(self, problem: str) -> Outcome | None:
        said = {
            "impossible_date": _("That day is not in the calendar. Which day do you mean?"),
            "past_date": _("That day has passed already. Which day would suit you?"),
            "past_time": _("That time has passed already. When would suit you?"),
            "people_zero": _("For how many people shall I look?"),
        }.get(problem)
        if said is None:
            return None
        return self._again(said, ("people",) if problem == "people_zero" else ("date", "time"))

    def _again(self, text: str, asks: tuple[str, ...]) -> Outcome:
        return Outcome(says=(self._ask(text, asks=asks, buttons=(person_button(),)),))

    def which_day(self) -> Outcome:
        """None of what was shown will do."""
        text = _("Which day or time would suit you better?")
        return Outcome(says=(self._ask(text, asks=("date", "time"), buttons=(person_button(),)),))
