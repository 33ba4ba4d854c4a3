"""A time for a paid enquiry, chosen in the chat: real free times as buttons, said back once, then booked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from bookings import availability, leads, news, sentences
from bookings.models import Lead, Service
from bookings.skills import spread
from bookings.wish import LOOK_DAYS, Window, Wish, wish_of
from bots.channels.base import Button
from conversations import wording
from conversations.everyday import person_button
from conversations.skills import Place, Say, Situation

if TYPE_CHECKING:
    from bookings.consultation_skill import Consultation

PREFIX = "consultation"


class ChoosingTime:
    skill: Consultation
    situation: Situation
    lead: Lead | None
    asked: tuple[str, ...]

    def _choose_time(self, lead: Lead, *, wants: bool) -> list[Say] | None:
        """What was written about the time of a paid enquiry; None if it is about something else."""
        understood = self.situation.understood
        service = leads.service_of(lead)
        if service is None or understood.has("cancel") or understood.has("my_booking"):
            return None
        offered = self._shown("book")
        if "confirm" in self.asked and len(offered) == 1 and understood.has("affirm"):
            return self._book_time(lead, service, offered[0])
        today = self.situation.now.date()
        wish = self._completed(wish_of(understood, None, service, self.situation.business.zone, today))
        start = wish.fields.get("start_time")
        if wish.fields.get("day") and start and not wish.window:
            moment = datetime.combine(wish.fields["day"], start, self.situation.business.zone)
            return self._confirm_time(lead, service, moment)
        asked_for_time = bool({"date", "time", "confirm"} & set(self.asked)) and bool(offered or self._shown("time"))
        if wish.fields.get("day") or start or wish.window or wants or understood.has("book"):
            return self._offer_times(lead, service, self._window(wish))
        if asked_for_time and understood.has("affirm") and (shown := self._shown("time")):
            return [
                self._ask(_("Which of these times?"), asks=("date", "time"), buttons=self._time_buttons(lead, shown))
            ]
        if asked_for_time and (understood.has("affirm") or understood.has("deny")):
            return self._offer_times(lead, service, self._window(Wish()))
        return None

    def _about_time(self, action: str, lead_id: int, value: str) -> list[Say]:
        """A button about the time was pressed."""
        lead = self.lead
        service = leads.service_of(lead) if lead is not None else None
        if lead is None or service is None or lead.pk != lead_id or lead.status not in leads.EDGES["book"].start:
            return [self._say(self._standing(), place=Place.OUTCOME)]
        try:
            start = datetime.fromisoformat(value).astimezone(self.situation.business.zone) if value else None
        except ValueError:
            start = None
        if start is None or action == "times":
            return self._offer_times(lead, service, self._window(Wish()))
        if action == "book":
            return self._book_time(lead, service, start)
        return self._confirm_time(lead, service, start)

    def _offer_times(self, lead: Lead, service: Service, window: Window, before: str = "") -> list[Say]:
        facts = self.situation.call(self.skill.free_times_for_enquiry, service=service, window=window)
        starts = [datetime.fromisoformat(start).astimezone(self.situation.business.zone) for start in facts["offers"]]
        before = before or facts["why"]
        if not starts:
            text = f"{before} " + _("I see no free time in the coming weeks. Shall a person write to you?")
            return [self._ask(text.strip(), asks=(), buttons=(person_button(),))]
        free = _("Free: %(times)s.") % {"times": sentences.times(starts, self.situation.now)}
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

    def _confirm_time(self, lead: Lead, service: Service, start: datetime) -> list[Say]:
        """Say an exact time back before it is booked; if it cannot be had, why not and what can."""
        reason = availability.why_not(service, start, people=1, now=self.situation.now)
        if reason is not None:
            why = news.why(reason, self.situation.language)
            slots = availability.nearest(service, start, people=1, now=self.situation.now)
            return self._instead(lead, service, why, [slot.start for slot in slots])
        end = start + timedelta(minutes=service.duration_minutes)
        name = sentences.service_name(service, self.situation.language)
        text = f"{name}: {wording.visit_time(start, end)}. " + _("Shall I book it?")
        buttons = (
            Button(_("Yes, book it"), f"{PREFIX}:book:{lead.pk}:{start.isoformat()}"),
            Button(_("Another time"), f"{PREFIX}:times:{lead.pk}"),
        )
        return [self._ask(text, asks=("confirm", "date", "time"), buttons=buttons)]

    def _instead(self, lead: Lead, service: Service, why: str, starts: list[datetime]) -> list[Say]:
        days = [start.date() for start in starts]
        window = self._window(Wish())
        if days:
            clocks = tuple(start.time() for start in starts)
            window = Window(first_day=min(days), last_day=max(days), zone=window.zone, days=tuple(days), clocks=clocks)
        return self._offer_times(lead, service, window, before=why)

    def _book_time(self, lead: Lead, service: Service, start: datetime) -> list[Say]:
        facts = self.situation.call(self.skill.book_enquiry, lead_id=lead.pk, start=start)
        if not facts["booked"]:
            starts = [datetime.fromisoformat(one) for one in facts["offers"]]
            return self._instead(lead, service, facts["why"], starts)
        booked = (
            Lead.objects.select_related("reservation__service", "reservation__business").get(pk=lead.pk).reservation
        )
        assert booked is not None
        text = _("Booked: %(visit)s. If anything changes, just write.")
        line = sentences.visit_line(booked, self.situation.language)
        return [self._say(text % {"visit": line}, place=Place.OUTCOME)]

    def _window(self, wish: Wish) -> Window:
        """Where to look while day or time is still open."""
        if wish.window is not None:
            return wish.window
        today = self.situation.now.date()
        day, clock = wish.fields.get("day"), wish.fields.get("start_time")
        last = day or today + timedelta(days=LOOK_DAYS * 2)
        zone = self.situation.business.zone
        return Window(first_day=day or today, last_day=last, zone=zone, earliest=clock, latest=clock)

    def _shown(self, action: str) -> list[datetime]:
        """The times on the buttons of the last message."""
        return shown_times(self.situation, action)

    def _completed(self, wish: Wish) -> Wish:
        """“Wednesday” or “12:00” alone means the one of the offered times on that day or at that hour."""
        day, clock = wish.fields.get("day"), wish.fields.get("start_time")
        if wish.window or (day is None) == (clock is None):
            return wish
        shown = self._shown("time") or self._shown("book")
        meant = [one for one in shown if (day is None or one.date() == day) and (clock is None or one.time() == clock)]
        if len(meant) == 1:
            wish.fields |= {"day": meant[0].date(), "start_time": meant[0].time()}
        elif day is None and "confirm" in self.asked and len(shown) == 1:
            wish.fields["day"] = shown[0].date()  # “12:00 rather”
        return wish

    def _standing(self) -> str:
        raise NotImplementedError

    def _say(self, text: str, *, place: Place = Place.ANSWER, buttons: tuple[Button, ...] = ()) -> Say:
        raise NotImplementedError

    def _ask(self, text: str, *, asks: tuple[str, ...], buttons: tuple[Button, ...] = ()) -> Say:
        raise NotImplementedError


def shown_times(situation: Situation, action: str) -> list[datetime]:
    """The times on the last message's buttons that do this."""
    shown = times_on(situation.last_reply.buttons if situation.last_reply else [], action)
    return [moment.astimezone(situation.business.zone) for moment in shown]


def times_on(buttons: list[dict[str, str]], action: str) -> list[datetime]:
    """The times on a message's buttons that do this."""
    found = []
    for button in buttons:
        prefix, _colon, rest = str(button.get("payload", "")).partition(":")
        named, _colon, rest = rest.partition(":")
        _number, _colon, moment = rest.partition(":")
        if prefix == PREFIX and named == action and moment:
            found.append(datetime.fromisoformat(moment))
    return found


def free_times(service: Service, window: Window, now: datetime, language: str) -> tuple[list[datetime], str]:
    """Up to three free times in the window; if there are none, the nearest ones and why."""
    slots = availability.free_slots(
        service, first_day=max(window.first_day, now.date()), last_day=window.last_day, people=1, now=now
    )
    fitting = [slot.start for slot in slots if window.takes(slot.start)]
    if fitting:
        return spread(fitting, service, None), ""
    wanted = window.wanted(now)
    reason = availability.why_not(service, wanted, people=1, now=now)
    near = [slot.start for slot in availability.nearest(service, wanted, people=1, now=now)]
    return near, news.why(reason, language) if reason else ""
