"""A time for a paid enquiry, chosen in the chat: real free times as buttons, said back once, then booked."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

from bookings.availability import reasons
from bookings.availability.slot_picker import SlotPicker, Times, offered, recognised
from bookings.availability.wish import Wish, changes, merged
from bookings.leads.transitions import LEAD
from bookings.leads.visits import service_of
from bookings.models import Lead, Service
from bookings.reservations import wording as reservation_wording
from bots.channels.base import Button
from conversations import wording
from conversations.chat.skills import Outcome, ReplyPart, Section, Speaking, TurnContext
from conversations.dialogue import consent
from conversations.dialogue.state import Dialogue

if TYPE_CHECKING:
    from bookings.leads.chat.skill import Consultation

PREFIX = "consultation"
FRAME = "enquiry_time"
SHOWS_TIMES = ("consultation:time:", "consultation:book:")


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
        wish, found = self._told(service)
        differs = any(value not in (None, ()) and getattr(wish, name) != value for name, value in found.items())
        question = self.turn.question
        if question is not None and question.yes.startswith(f"{PREFIX}:book:") and not differs:
            if consent.agrees(self.turn):
                self.turn.decide("a firm yes to exactly the time that was said back: booked")
                return self._about_time("book", lead.pk, question.yes.split(":", 3)[3])
            if consent.puts_off(self.turn):
                return [self._takes_time()]
        if found or wants or understood.has("book"):
            return self._look(lead, service, merged(wish, found))
        asked_for_time = bool({"date", "time", "confirm"} & set(self.asked))
        if asked_for_time and understood.answer == consent.FIRM and self._shown():
            buttons = self._picker(lead, service).buttons(self._shown())
            return [self._ask(_("Which of these times?"), asks=("date", "time"), buttons=buttons)]
        if asked_for_time and understood.answer in (consent.FIRM, consent.NO):
            return self._look(lead, service, Wish(people=1))
        return None

    def _takes_time(self) -> ReplyPart:
        raise NotImplementedError

    def _told(self, service: Service) -> tuple[Wish, dict[str, Any]]:
        """Return the wish as it was, and what these words change of it."""
        shown = self._shown()
        frame = self.turn.frame(FRAME)
        wish = Wish.of(frame) if frame else Wish(people=1)
        found = changes(self.turn.understood, wish, service, shown[0] if shown else None)
        for name in ("service_id", "people", "ages", "duration_minutes"):
            found.pop(name, None)
        return wish, recognised(wish, found, shown)

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
            return self._look(lead, service, Wish(people=1))
        if action == "book":
            return self._book_time(lead, service, start)
        return self._look(lead, service, Wish(people=1).chosen(start))

    def _look(self, lead: Lead, service: Service, wish: Wish) -> list[ReplyPart]:
        """Offer what fits; an exact time is said back before it is booked."""
        self.turn.remember(FRAME, wish.as_slots())
        picker = self._picker(lead, service)
        times = picker.look(wish)
        if times.fits and wish.is_exact:
            return [self._confirm_time(lead, service, times.starts[0])]
        return [picker.offer(times.starts, before=times.why)]

    def _picker(self, lead: Lead, service: Service) -> SlotPicker:
        return SlotPicker(self.turn, service, payload=lambda start: f"{PREFIX}:time:{lead.pk}:{start.isoformat()}")

    def _confirm_time(self, lead: Lead, service: Service, start: datetime) -> ReplyPart:
        end = start + timedelta(minutes=service.duration_minutes)
        name = reservation_wording.service_name(service, self.turn.language)
        text = f"{name}: {wording.span_text(start, end)}. " + _("Shall I book it?")
        book = Button(_("Yes, book it"), f"{PREFIX}:book:{lead.pk}:{start.isoformat()}")
        other = Button(_("Another time"), f"{PREFIX}:times:{lead.pk}")
        asks = ("confirm", "date", "time")
        return self._ask(text, asks=asks, buttons=(book, other), yes=book.payload, no=other.payload)

    def _book_time(self, lead: Lead, service: Service, start: datetime) -> list[ReplyPart]:
        came = self.turn.call(self.skill.book_enquiry, lead_id=lead.pk, start=start)
        if not came.facts["booked"]:
            return list(came.says)
        booked = (
            Lead.objects.select_related("reservation__service", "reservation__business").get(pk=lead.pk).reservation
        )
        assert booked is not None
        self.turn.forget(FRAME)
        text = _("Booked: %(visit)s. If anything changes, just write.")
        line = reservation_wording.visit_line(booked, self.turn.language)
        return [self._say(text % {"visit": line}, section=Section.OUTCOME)]

    def instead(self, error: reasons.NotFree) -> Outcome:
        """Return what is said when the time has gone: why, and what can be had instead."""
        lead, service = self.lead, service_of(self.lead) if self.lead else None
        assert lead is not None and service is not None
        times = Times.refused(error)
        starts = [start.astimezone(self.turn.business.zone) for start in times.starts]
        part = self._picker(lead, service).offer(starts, before=times.why)
        facts = {"booked": False, "why": times.why, "offers": [start.isoformat() for start in starts]}
        return Outcome(facts, (part,))

    def _shown(self) -> list[datetime]:
        return shown_times(self.turn.dialogue, self.turn.business.zone)

    def _standing(self) -> str:
        raise NotImplementedError


def shown_times(dialogue: Dialogue, zone: ZoneInfo) -> list[datetime]:
    """Return the times of an enquiry's visit that are talked about: the one that was said back, else those shown."""
    question = dialogue.question
    if question is not None and question.yes.startswith(f"{PREFIX}:book:"):
        return [datetime.fromisoformat(question.yes.split(":", 3)[3]).astimezone(zone)]
    return offered(dialogue.offer, SHOWS_TIMES, zone)
