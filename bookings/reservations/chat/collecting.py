"""Towards a request: keep what was said, ask only for what is missing, offer real times, sum up, send.

One of these lives for one turn. It decides nothing about places: it calls the skill's tools and says what they found.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from bookings.availability import wording as availability_wording
from bookings.availability.request import LOOK_DAYS, SlotRequest, Window, request_of
from bookings.models import Reservation, Service
from bookings.reservations import drafts, wording
from bookings.reservations.chat.upcoming import offered_starts
from bots.channels.base import Button
from conversations.chat.everyday import person_button
from conversations.chat.skills import ReplyPart, Section, Speaking, ToolResult, TurnContext
from conversations.wording import on_day, people_promise, time_text

if TYPE_CHECKING:
    from bookings.reservations.chat.skill import Booking

PEOPLE_BUTTONS = 4


class Collecting(Speaking):
    def __init__(self, skill: Booking, turn: TurnContext) -> None:
        self.skill = skill
        self.turn = turn
        self.understood = turn.understood
        self.language = turn.language
        self.zone = turn.business.zone
        self.draft = drafts.draft(turn.conversation)
        self.asked: tuple[str, ...] = tuple(turn.last_reply.asks) if turn.last_reply else ()
        self.offered = offered_starts(turn.last_reply, self.zone)

    def _request(self) -> SlotRequest:
        request = request_of(self.understood, self.draft, self._service(None), self.zone, self.turn.now.date())
        return self._completed(request)

    def _completed(self, request: SlotRequest) -> SlotRequest:
        """“Wednesday” or “18:30” alone means the one of the offered times that is on that day or at that hour."""
        day, clock = request.fields.get("day"), request.fields.get("start_time")
        if request.window or (day is None) == (clock is None):
            return request
        meant = [
            one for one in self.offered if (day is None or one.date() == day) and (clock is None or one.time() == clock)
        ]
        if len(meant) == 1 and (
            clock is None or not self.draft or not self.draft.day or self.draft.day != meant[0].date()
        ):
            request.fields |= {"day": meant[0].date(), "start_time": meant[0].time()}
        return request

    def _yes_to_offers(self) -> list[ReplyPart]:
        """A yes where several times were offered: the one if there is only one, else which of them."""
        service = self._service(self.draft)
        if len(self.offered) == 1:
            return self._collect(SlotRequest({"day": self.offered[0].date(), "start_time": self.offered[0].time()}))
        buttons = wording.time_buttons(self.offered, service) if service and self.offered else ()
        return [self._ask(_("Which of these times?"), asks=("date", "time"), buttons=buttons)]

    def _answers_a_question(self) -> bool:
        return bool({"date", "time", "people", "duration", "service"} & set(self.asked))

    def _problem(self, problem: str) -> list[ReplyPart] | None:
        said = {
            "impossible_date": _("That day is not in the calendar. Which day do you mean?"),
            "past_date": _("That day has passed already. Which day would suit you?"),
            "past_time": _("That time has passed already. When would suit you?"),
            "people_zero": _("For how many people shall I look?"),
        }.get(problem)
        asks = ("people",) if problem == "people_zero" else ("date", "time")
        return [self._ask(said, asks=asks)] if said else None

    def _collect(self, request: SlotRequest) -> list[ReplyPart]:
        """Take in what was wished and say the next thing: a free time, why not, what is missing, or the summary."""
        if request.fields.get("day") and not request.fields.get("start_time") and request.window:
            request.fields["start_time"] = None  # hours were opened anew
        self._keep(request.fields)
        assert self.draft is not None
        service = self._service(self.draft)
        if service is None:
            return self._which_service()
        if self.draft.service_id is None:
            self._keep({"service_id": service.pk})
        if request.window:
            return self._offer(service, request.window)
        if self.draft.day and self.draft.start_time:
            return self._check(service, self._start())
        return self._offer(service, self._open_window())

    def _keep(self, fields: dict[str, Any]) -> None:
        if fields or self.draft is None:
            self.turn.call(self.skill.note_wish, **fields)
            self.draft = drafts.draft(self.turn.conversation)

    def _service(self, draft: Reservation | None) -> Service | None:
        """Return the one that was named, else the usual one, else the only one."""
        draft = draft or self.draft
        if draft and draft.service_id:
            return Service.objects.prefetch_related("names").get(pk=draft.service_id)
        offered = list(
            Service.objects.filter(business=self.turn.business, is_active=True)
            .prefetch_related("names")
            .order_by("-is_usual", "name")
        )
        usual = [service for service in offered if service.is_usual]
        return usual[0] if usual else offered[0] if len(offered) == 1 else None

    def _which_service(self) -> list[ReplyPart]:
        services = Service.objects.filter(business=self.turn.business, is_active=True).prefetch_related("names")
        buttons = tuple(
            Button(wording.service_name(service, self.language), f"booking:service:{service.pk}")
            for service in services
        )
        return [self._ask(_("What would you like to book?"), asks=("service",), buttons=buttons)]

    def _start(self) -> datetime:
        assert self.draft and self.draft.day and self.draft.start_time
        return datetime.combine(self.draft.day, self.draft.start_time, self.zone)

    def _people(self) -> int:
        return (self.draft.people if self.draft else None) or 1

    def _minutes(self) -> int | None:
        return self.draft.duration_minutes if self.draft else None

    def _open_window(self) -> Window:
        """Return where to look while day or time is still open."""
        assert self.draft is not None
        today = self.turn.now.date()
        first = self.draft.day or today
        last = self.draft.day or today + timedelta(days=LOOK_DAYS)
        clock_time = self.draft.start_time
        return Window(first_day=first, last_day=last, zone=self.zone, earliest=clock_time, latest=clock_time)

    def _check(self, service: Service, start: datetime) -> list[ReplyPart]:
        """Return an exact time: the summary if it can be had, else why not and the way out in the same message."""
        assert self.draft is not None
        facts = self.turn.call(
            self.skill.check_time, service=service, start=start, people=self._people(), duration_minutes=self._minutes()
        )
        if not facts["free"]:
            return self._not_free(service, facts)
        if self.draft.people is None and service.asks_people:
            return self._how_many(service, start)
        if self.draft.people is None:
            self._keep({"people": 1})
        text = wording.summary(self.draft, start, self.language)
        if self.draft.moves_id:
            question = _("Shall I ask for this instead?") if service.needs_approval else _("Shall I move it?")
        else:
            question = _("Shall I send the request?") if service.needs_approval else _("Shall I book it?")
        return [self._ask(f"{text} {question}", asks=("confirm",), buttons=wording.confirm_buttons(self.draft))]

    def _how_many(self, service: Service, start: datetime) -> list[ReplyPart]:
        counts = range(service.min_people, min(service.max_people, service.min_people + PEOPLE_BUTTONS - 1) + 1)
        buttons = tuple(Button(str(count), f"booking:people:{count}") for count in counts)
        free = _("%(on_day)s at %(time)s there is room.") % {"on_day": on_day(start.date()), "time": time_text(start)}
        return [self._ask(f"{free} " + _("For how many people?"), asks=("people",), buttons=buttons)]

    def _not_free(self, service: Service, facts: ToolResult) -> list[ReplyPart]:
        """The request is not kept as it was; what is near is offered in the same message."""
        if facts["reason"] in ("too_many_people", "too_few_people"):
            self._keep({"people": None})
            text = f"{facts['why']} " + _("For how many people?")
            return [self._ask(text, asks=("people",), buttons=(person_button(),))]
        if facts["reason"] == "bad_duration":
            self._keep({"duration_minutes": None})
            return [self._ask(facts["why"], asks=("duration",))]
        self._let_go_of_time(facts["offers"])
        return self._with_offers(service, facts["why"], facts["offers"])

    def _let_go_of_time(self, offers: list[str]) -> None:
        """A day with nothing to offer is not kept either: else the next word would be refused for it again."""
        assert self.draft is not None
        days = {datetime.fromisoformat(start).astimezone(self.zone).date() for start in offers}
        self._keep({"start_time": None} if self.draft.day in days else {"start_time": None, "day": None})

    def _offer(self, service: Service, window: Window) -> list[ReplyPart]:
        facts = self.turn.call(
            self.skill.free_times,
            service=service,
            window=window,
            people=self._people(),
            duration_minutes=self._minutes(),
        )
        if not facts["fits"]:
            return self._not_free(service, facts)
        starts = [datetime.fromisoformat(start) for start in facts["offers"]]
        if len(starts) == 1 and window.earliest and window.earliest == window.latest:
            self._keep({"day": starts[0].date(), "start_time": starts[0].time()})
            return self._check(service, starts[0])
        question, asks = self._offer_question(service)
        text = _("Free: %(times)s.") % {"times": availability_wording.times(starts, self.turn.now)}
        buttons = wording.time_buttons(starts, service)
        return [self._ask(f"{text} {question}", asks=asks, buttons=buttons)]

    def _offer_question(self, service: Service) -> tuple[str, tuple[str, ...]]:
        if self.draft and self.draft.people is None and service.asks_people:
            return _("Which suits you, and for how many people?"), ("date", "time", "people")
        return _("Which suits you?"), ("date", "time")

    def _with_offers(self, service: Service, why: str, offers: list[str]) -> list[ReplyPart]:
        starts = [datetime.fromisoformat(start).astimezone(self.zone) for start in offers]
        if not starts:
            text = f"{why} " + _("I see no free time in the coming weeks. Shall a person write to you?")
            return [self._ask(text.strip(), asks=(), buttons=(person_button(),))]
        free = _("Free: %(times)s.") % {"times": availability_wording.times(starts, self.turn.now)}
        question, asks = self._offer_question(service)
        text = f"{why} {free} {question}"
        return [self._ask(text.strip(), asks=asks, buttons=wording.time_buttons(starts, service))]

    def _what_else(self) -> list[ReplyPart]:
        return [
            self._ask(
                _("What shall I change: the day, the time or the number of people?"), asks=("date", "time", "people")
            )
        ]

    def _send(self, draft: Reservation) -> list[ReplyPart]:
        facts = self.turn.call(self.skill.send_request, draft_id=draft.pk)
        if not facts["sent"]:
            service = self._service(draft)
            assert service is not None
            self.draft = drafts.draft(self.turn.conversation)
            self._let_go_of_time(facts["offers"])
            return self._with_offers(service, facts["why"], facts["offers"])
        return self._sent(facts)

    def _sent(self, facts: ToolResult) -> list[ReplyPart]:
        if facts["status"] == Reservation.Status.CONFIRMED:
            visit = Reservation.objects.select_related("service", "business").get(pk=facts["reservation"])
            text = _("Booked: %(visit)s. If anything changes, just write.") % {
                "visit": wording.visit_line(visit, self.language)
            }
            return [self._say(text, section=Section.OUTCOME)]
        promise = people_promise(self.turn.business, self.turn.now)
        if facts["moved"]:
            text = _("Asked. The team will answer %(when)s; until they say yes, your first time is kept.")
        else:
            text = _("Sent. The team will answer %(when)s, and I will tell you at once.")
        return [self._say(text % {"when": promise}, section=Section.OUTCOME)]
