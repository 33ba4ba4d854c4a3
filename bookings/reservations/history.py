"""The part of a preset's history that is about visits: told by the same actions as in life, at the story's time."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, time, timedelta
from typing import Any

from bookings.availability import free_times
from bookings.availability.slots import Slot
from bookings.models import WEEKDAYS, Reservation, Service
from bookings.reservations import actions, drafts
from bots.presets import PresetError
from bots.staff.actors import Actor
from conversations.models import Conversation
from conversations.presets.history import STAFF_TYPES, History
from conversations.wording import long_day, money, on_day, time_text

SEARCH_DAYS = 14  # how far behind the wanted day a free time is looked for


class VisitHistory(History):
    """One talk's visit while it is being told: `visit` of the talk says which."""

    def __init__(self, conversation: Conversation, talk: Mapping[str, Any], **story: Any) -> None:
        super().__init__(conversation, talk, **story)
        self.visit: Mapping[str, Any] = talk.get("visit") or {}
        self.slot = _free_slot(conversation, self.visit, self.began, self.now) if self.visit else None
        self.reservation: Reservation | None = None

    def words(self) -> dict[str, str]:
        return _words(self.conversation, self.visit, self.slot) if self.slot else {}

    def happens(self, what: str, at: datetime) -> datetime | None:
        act = HAPPENINGS.get(what)
        return act(self, at) if act else None

    def draft(self, at: datetime) -> datetime:
        assert self.slot is not None, "The history has a draft and no visit."
        start = self.slot.start if self.visit["start"] else None
        self.reservation = drafts.start_draft(
            self.conversation,
            service=_service(self.conversation, self.visit),
            people=self.visit["people"],
            day=self.slot.start.date(),
            start_time=start.time() if start else None,
        )
        Reservation.objects.filter(pk=self.reservation.pk).update(created_at=at)
        return at

    def request(self, at: datetime) -> datetime:
        actions.request(self._pk(), by=Actor.customer(), now=at)
        return at

    def approve(self, at: datetime) -> datetime:
        at += STAFF_TYPES
        actions.approve(self._pk(), by=self.owner, now=at)
        return at

    def cancel(self, at: datetime) -> datetime:
        actions.cancel(self._pk(), by=Actor.customer(), now=at)
        return at

    def _pk(self) -> int:
        assert self.reservation is not None, "The history asks for something before its draft."
        return self.reservation.pk


HAPPENINGS: dict[str, Callable[[VisitHistory, datetime], datetime]] = {
    "draft": VisitHistory.draft,
    "request": VisitHistory.request,
    "approve": VisitHistory.approve,
    "cancel": VisitHistory.cancel,
}


def _service(conversation: Conversation, visit: Mapping[str, Any]) -> Service:
    return Service.objects.select_related("business").get(business=conversation.business, name=visit["service"])


def _free_slot(conversation: Conversation, visit: Mapping[str, Any], began: datetime, now: datetime) -> Slot:
    """Return the first free time that the visit may have: on its weekday and at its hour, if those can be had."""
    service = _service(conversation, visit)
    first_day = (now + timedelta(days=visit["after_days"])).date()
    slots = free_times.free_slots(
        service,
        first_day=first_day,
        last_day=first_day + timedelta(days=SEARCH_DAYS),
        people=visit["people"] or 1,
        now=began,
    )
    if not slots:
        raise PresetError(f"{service} has no free time in the {SEARCH_DAYS} days from {first_day}.")
    return next(_as_wanted(slots, visit))


def _as_wanted(slots: list[Slot], visit: Mapping[str, Any]) -> Iterator[Slot]:
    weekday = {name.lower(): number for number, name in WEEKDAYS}.get(visit.get("weekday", ""))
    start = time.fromisoformat(visit["start"]) if visit["start"] else None
    on_weekday = [slot for slot in slots if weekday is None or slot.start.weekday() == weekday]
    yield from (slot for slot in on_weekday if start is None or slot.start.time() == start)
    yield from on_weekday
    yield from slots


def _words(conversation: Conversation, visit: Mapping[str, Any], slot: Slot) -> dict[str, str]:
    service, language = _service(conversation, visit), conversation.language
    amount = service.price_for(visit["people"] or 1)
    day = long_day(slot.start.date(), language)
    return {
        "day": day[0].upper() + day[1:],
        "on_day": on_day(slot.start.date(), language),
        "start": time_text(slot.start),
        "end": time_text(slot.end),
        "price": money(amount, conversation.business.currency, language),
    }
