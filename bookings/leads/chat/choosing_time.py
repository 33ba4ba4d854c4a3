"""A time for a paid enquiry, chosen in the chat: real free times as buttons, said back once, then booked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bookings.availability import free_times as availability_free_times, wording as availability_wording
from bookings.availability.request import LOOK_DAYS, SlotRequest, Window, request_of
from bookings.leads.transitions import LEAD
from bookings.leads.visits import service_of
from bookings.models import Lead, Service
from bookings.reservations import notifications as reservation_notifications, wording as reservation_wording
from bookings.reservations.chat.skill import spread
from bots.channels.base import Button
from conversations import wording
from conversations.chat.everyday import person_button
from conversations.chat.skills import ReplyPart, Section, Speaking, TurnContext

if TYPE_CHECKING:
    from bookings.leads.chat.skill import Consultation

PREFIX = "consultation"


class ChoosingTime(Speaking):
    skill: Consultation
    turn: TurnContext
    lead: Lead | None
    asked: tuple[str, ...]

    def _choose_time(self, lead: Lead, *, wants: bool) -> list[ReplyPart] | None:
        """Return what was written about the time of a paid enquiry; None if it is about something else."""
        understood = self.turn.understood
        service = service_of(lead)
        if service is None or understood.has("cancel") or understood.has("my_booking"):
            return None
        offered = self._shown("book")
        if "confirm" in self.asked and len(offered) == 1 and understood.has("affirm"):
            return self._book_time(lead, service, offered[0])
        today = self.turn.now.date()
        request = self._completed(request_of(understood, None, service, self.turn.business.zone, today))
        start = request.fields.get("start_time")
        if request.fields.get("day") and start and not request.window:
            moment = datetime.combine(request.fields["day"], start, self.turn.business.zone)
            return self._confirm_time(lead, service, moment)
        asked_for_time = bool({"date", "time", "confirm"} & set(self.asked)) and bool(offered or self._shown("time"))
        if request.fields.get("day") or start or request.window or wants or understood.has("book"):
            return self._offer_times(lead, service, self._window(request))
        if asked_for_time and understood.has("affirm") and (shown := self._shown("time")):
            return [
                self._ask(_("Which of these times?"), asks=("date", "time"), buttons=self._time_buttons(lead, shown))
            ]
        if asked_for_time and (understood.has("affirm") or understood.has("deny")):
            return self._offer_times(lead, service, self._window(SlotRequest()))
        return None

    def _about_time(self, action: str, lead_id: int, value: str) -> list[ReplyPart]:
        """A button about the time was pressed."""
        lead = self.lead
        service = service_of(lead) if lead is not None else None
        if lead is None or service is None or lead.pk != lead_id or not LEAD.allows(lead, "book"):
            return [self._say(self._standing(), section=Section.OUTCOME)]
        try:
            start = datetime.fromisoformat(value).astimezone(self.turn.business.zone) if value else None
        except ValueError:
            start = None
        if start is None or action == "times":
            return self._offer_times(lead, service, self._window(SlotRequest()))
        if action == "book":
            return self._book_time(lead, service, start)
        return self._confirm_time(lead, service, start)

    def _offer_times(self, lead: Lead, service: Service, window: Window, before: str = "") -> list[ReplyPart]:
        facts = self.turn.call(self.skill.free_times_for_enquiry, service=service, window=window)
        starts = [datetime.fromisoformat(start).astimezone(self.turn.business.zone) for start in facts["offers"]]
        before = before or facts["why"]
        if not starts:
            text = f"{before} " + _("I see no free time in the coming weeks. Shall a person write to you?")
            return [self._ask(text.strip(), asks=(), buttons=(person_button(),))]
        free = _("Free: %(times)s.") % {"times": availability_wording.times(starts, self.turn.now)}
        text = " ".join(filter(None, (before, free, _("Which suits you?"))))
        return [self._ask(text, asks=("date", "time"), buttons=self._time_buttons(lead, starts))]

    def _time_buttons(self, lead: Lead, starts: list[datetime]) -> tuple[Button, ...]:
        return tuple(
            Button(
                f"{wording.short_day(start.date())} {wording.time_text(start)}",
                f"{PREFIX}:time:{lead.pk}:{start.isoformat()}",
            )
            for start in starts
        )

    def _confirm_time(self, lead: Lead, service: Service, start: datetime) -> list[ReplyPart]:
        """Say an exact time back before it is booked; if it cannot be had, why not and what can."""
        reason = availability_free_times.why_not(service, start, people=1, now=self.turn.now)
        if reason is not None:
            why = reservation_notifications.why(reason, self.turn.language)
            slots = availability_free_times.nearest(service, start, people=1, now=self.turn.now)
            return self._instead(lead, service, why, [slot.start for slot in slots])
        end = start + timedelta(minutes=service.duration_minutes)
        name = reservation_wording.service_name(service, self.turn.language)
        text = f"{name}: {wording.span_text(start, end)}. " + _("Shall I book it?")
        buttons = (
            Button(_("Yes, book it"), f"{PREFIX}:book:{lead.pk}:{start.isoformat()}"),
            Button(_("Another time"), f"{PREFIX}:times:{lead.pk}"),
        )
        return [self._ask(text, asks=("confirm", "date", "time"), buttons=buttons)]

    def _instead(self, lead: Lead, service: Service, why: str, starts: list[datetime]) -> list[ReplyPart]:
        days = [start.date() for start in starts]
        window = self._window(SlotRequest())
        if days:
            clocks = tuple(start.time() for start in starts)
            window = Window(first_day=min(days), last_day=max(days), zone=window.zone, days=tuple(days), clocks=clocks)
        return self._offer_times(lead, service, window, before=why)

    def _book_time(self, lead: Lead, service: Service, start: datetime) -> list[ReplyPart]:
        facts = self.turn.call(self.skill.book_enquiry, lead_id=lead.pk, start=start)
        if not facts["booked"]:
            starts = [datetime.fromisoformat(one) for one in facts["offers"]]
            return self._instead(lead, service, facts["why"], starts)
        booked = (
            Lead.objects.select_related("reservation__service", "reservation__business").get(pk=lead.pk).reservation
        )
        assert booked is not None
        text = _("Booked: %(visit)s. If anything changes, just write.")
        line = reservation_wording.visit_line(booked, self.turn.language)
        return [self._say(text % {"visit": line}, section=Section.OUTCOME)]

    def _window(self, request: SlotRequest) -> Window:
        """Return where to look while day or time is still open."""
        if request.window is not None:
            return request.window
        today = self.turn.now.date()
        day, clock = request.fields.get("day"), request.fields.get("start_time")
        last = day or today + timedelta(days=LOOK_DAYS * 2)
        zone = self.turn.business.zone
        return Window(first_day=day or today, last_day=last, zone=zone, earliest=clock, latest=clock)

    def _shown(self, action: str) -> list[datetime]:
        """Return the times on the buttons of the last message."""
        return shown_times(self.turn, action)

    def _completed(self, request: SlotRequest) -> SlotRequest:
        """“Wednesday” or “12:00” alone means the one of the offered times on that day or at that hour."""
        day, clock = request.fields.get("day"), request.fields.get("start_time")
        if request.window or (day is None) == (clock is None):
            return request
        shown = self._shown("time") or self._shown("book")
        meant = [one for one in shown if (day is None or one.date() == day) and (clock is None or one.time() == clock)]
        if len(meant) == 1:
            request.fields |= {"day": meant[0].date(), "start_time": meant[0].time()}
        elif day is None and "confirm" in self.asked and len(shown) == 1:
            request.fields["day"] = shown[0].date()  # “12:00 rather”
        return request

    def _standing(self) -> str:
        raise NotImplementedError


def shown_times(turn: TurnContext, action: str) -> list[datetime]:
    """Return the times on the last message's buttons that do this."""
    shown = times_on(turn.last_reply.buttons if turn.last_reply else [], action)
    return [moment.astimezone(turn.business.zone) for moment in shown]


def times_on(buttons: list[dict[str, str]], action: str) -> list[datetime]:
    """Return the times on a message's buttons that do this."""
    found = []
    for button in buttons:
        prefix, _colon, rest = str(button.get("payload", "")).partition(":")
        named, _colon, rest = rest.partition(":")
        _number, _colon, moment = rest.partition(":")
        if prefix == PREFIX and named == action and moment:
            found.append(datetime.fromisoformat(moment))
    return found


def free_times(service: Service, window: Window, now: datetime, language: str) -> tuple[list[datetime], str]:
    """Return up to three free times in the window; if there are none, the nearest ones and why."""
    slots = availability_free_times.free_slots(
        service, first_day=max(window.first_day, now.date()), last_day=window.last_day, people=1, now=now
    )
    fitting = [slot.start for slot in slots if window.takes(slot.start)]
    if fitting:
        return spread(fitting, service, None), ""
    wanted = window.wanted(now)
    reason = availability_free_times.why_not(service, wanted, people=1, now=now)
    near = [slot.start for slot in availability_free_times.nearest(service, wanted, people=1, now=now)]
    return near, reservation_notifications.why(reason, language) if reason else ""
