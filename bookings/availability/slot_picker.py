"""Choosing a time in a talk: look for free ones, offer them, recognise which is meant. For visits and enquiries.

A picker decides nothing about whose time it is: the flow that uses it says which payload a button carries and what
becomes of the time that is chosen.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.utils.translation import gettext as _

from bookings.availability import free_times, wording
from bookings.availability.reasons import NotFree, Reason, Why
from bookings.availability.request import LOOK_DAYS, Window
from bookings.availability.wish import Wish
from bookings.models import Service
from bots.channels.base import Button
from conversations.chat.everyday import person_button
from conversations.chat.skills import ReplyPart, Section, ToolResult, TurnContext
from conversations.dialogue.state import Offer
from conversations.wording import short_day, time_text

CHOICES = 3  # times in one message


@dataclass(frozen=True, slots=True, kw_only=True)
class Times:
    """What was found: times that fit, or why none does and the nearest that can be had."""

    starts: tuple[datetime, ...] = ()
    fits: bool = True
    reason: str = ""  # of `Why`
    why: str = ""  # for the customer
    minutes: int | None = None  # so short it would fit at the time that was asked for

    @classmethod
    def refused(cls, error: NotFree) -> "Times":
        """Return what an action said that found the time taken."""
        starts = tuple(slot.start for slot in error.nearest)
        return cls(starts=starts, fits=False, reason=str(error.reason.why), why=wording.why(error.reason))


class SlotPicker:
    """Times of one service for one customer. Speaks the language that is active."""

    def __init__(
        self, turn: TurnContext, service: Service, *, payload: Callable[[datetime], str], ignore: int | None = None
    ) -> None:
        """`ignore`: the reservation whose own place does not count against the customer."""
        self.turn, self.service, self.payload, self.ignore = turn, service, payload, ignore
        self.zone = turn.business.zone

    # --- looking ---------------------------------------------------------------------------------------------------

    def look(self, wish: Wish) -> Times:
        """Return up to three free times that fit the wish; for an exact one that time or why not."""
        if wish.is_exact:
            return self.check(wish.start(self.zone), wish)
        window = wish.window(self.zone, self.turn.now.date())
        return self._times(self.turn.call(self.free_times, window=window, **_size(wish)).facts)

    def check(self, start: datetime, wish: Wish) -> Times:
        return self._times(self.turn.call(self.check_time, start=start, **_size(wish)).facts)

    def free_times(
        self, turn: TurnContext, *, window: Window, people: int, duration_minutes: int | None = None
    ) -> ToolResult:
        """Up to three free times in a window; if there are none in it, why, and the nearest that fit otherwise."""
        size: dict[str, Any] = {"people": people, "duration_minutes": duration_minutes, "now": turn.now}
        fitting = self._fitting(window, size)
        if fitting:
            chosen = spread(fitting, self.service, duration_minutes)
            return {"fits": True, "offers": [start.isoformat() for start in chosen]}
        reason = free_times.why_none(self.service, window, **size)
        offers = [] if reason and reason.why in _ABOUT_SIZE else self._near(window, size)
        return _refusal(reason, offers or self._nearest(window, size)) | {"wanted": window.wanted(turn.now).isoformat()}

    def check_time(
        self, turn: TurnContext, *, start: datetime, people: int, duration_minutes: int | None = None
    ) -> ToolResult:
        """Whether a visit can start exactly then; if not, why, and the three nearest times."""
        size: dict[str, Any] = {"people": people, "duration_minutes": duration_minutes, "now": turn.now}
        reason = free_times.why_not(self.service, start, ignore_reservation_id=self.ignore, **size)
        if reason is None:
            return {"fits": True, "offers": [start.isoformat()]}
        slots = free_times.nearest(self.service, start, ignore_reservation_id=self.ignore, **self._possible(size))
        shorter = self._shorter(start, size) if reason.why in (Why.OUTSIDE_HOURS, Why.BREAK, Why.FULL) else None
        return _refusal(reason, [slot.start for slot in slots]) | ({"shorter": shorter} if shorter else {})

    def _fitting(self, window: Window, size: Mapping[str, Any]) -> list[datetime]:
        slots = free_times.free_slots(
            self.service,
            first_day=max(window.first_day, self.turn.now.date()),
            last_day=window.last_day,
            ignore_reservation_id=self.ignore,
            **size,
        )
        return [slot.start for slot in slots if window.takes(slot.start)]

    def _near(self, window: Window, size: Mapping[str, Any]) -> list[datetime]:
        """Return times at the hours that were asked for on the days around, and one of the day itself if it has any."""
        wanted, today = window.wanted(self.turn.now), self.turn.now.date()
        around = replace(
            window, first_day=today, last_day=max(window.last_day, today) + timedelta(days=LOOK_DAYS), days=()
        )
        same_day = self._fitting(replace(window, earliest=None, latest=None, clocks=()), size)
        first = min(same_day, key=lambda start: abs(start - wanted), default=None)
        others = {start.date(): start for start in reversed(self._fitting(around, size))}  # the first of each day
        near = sorted(others.values(), key=lambda start: abs(start.date() - wanted.date()))
        return sorted(([first] if first else []) + near[: CHOICES - bool(first)])

    def _nearest(self, window: Window, size: Mapping[str, Any]) -> list[datetime]:
        """Return the nearest times of all, if possible on none of the days that will not do."""
        wanted = window.wanted(self.turn.now)
        slots = free_times.nearest(
            self.service, wanted, ignore_reservation_id=self.ignore, count=CHOICES * 4, **self._possible(size)
        )
        good = [slot.start for slot in slots if not _is_out(slot.start.date(), window)]
        return sorted(good[:CHOICES])

    def _possible(self, size: Mapping[str, Any]) -> dict[str, Any]:
        return {**size, "people": max(min(size["people"], self.service.max_people), self.service.min_people)}

    def _shorter(self, start: datetime, size: Mapping[str, Any]) -> int | None:
        """Return how many minutes would fit then, where customers may choose the length."""
        shortest, length = self.service.min_duration_minutes, size["duration_minutes"] or self.service.duration_minutes
        if shortest is None:
            return None
        for minutes in range(length - 30, shortest - 1, -30):
            shorter = {**size, "duration_minutes": minutes}
            if free_times.why_not(self.service, start, ignore_reservation_id=self.ignore, **shorter) is None:
                return minutes
        return None

    def _times(self, facts: ToolResult) -> Times:
        starts = tuple(datetime.fromisoformat(one).astimezone(self.zone) for one in facts["offers"])
        if facts["fits"]:
            return Times(starts=starts)
        return Times(starts=starts, fits=False, reason=facts["reason"], why=facts["why"], minutes=facts.get("shorter"))

    # --- offering --------------------------------------------------------------------------------------------------

    def offer(
        self, starts: Sequence[datetime], *, before: str = "", question: str = "", asks: Iterable[str] = ()
    ) -> ReplyPart:
        """Return the times with a button each, behind a sentence of why not; a way out where there are none."""
        asked = ("date", "time", *asks)
        if not starts:
            text = f"{before} " + _("I see no free time in the coming weeks. Shall a person write to you?")
            person = person_button()
            return _asks(text, ("person",), (person,), yes=person.payload)
        free = _("Free: %(times)s.") % {"times": wording.times(starts, self.turn.now)}
        text = " ".join(filter(None, (before, free, question or _("Which suits you?"))))
        buttons = self.buttons(starts)
        return _asks(text, asked, buttons, yes=buttons[0].payload if len(buttons) == 1 else "")

    def buttons(self, starts: Sequence[datetime]) -> tuple[Button, ...]:
        return tuple(Button(f"{short_day(start.date())} {time_text(start)}", self.payload(start)) for start in starts)


def offered(offer: Offer | None, beginnings: Sequence[str], zone: Any) -> list[datetime]:
    """Return the times that were shown last, from the buttons whose payloads begin so and end with a moment."""
    starts = []
    for button in offer.buttons if offer else ():
        if button.payload.startswith(tuple(beginnings)):
            moment = _moment(button.payload)
            if moment is not None:
                starts.append(moment.astimezone(zone))
    return starts


def recognised(wish: Wish, found: Mapping[str, Any], shown: Sequence[datetime]) -> dict[str, Any]:
    """Return the change of a wish, completed from the times that were shown.

    “Wednesday” or “18:30” alone means the one of the times shown on that day or at that hour. An hour that none of them
    has, where none was shown of the day that was talked about, is looked for on the days that were shown.
    """
    day, clock = found.get("day"), found.get("start_time")
    is_open = any(found.get(name) for name in ("days", "last_day", "earliest", "latest", "clocks"))
    if not shown or is_open or (day is None) == (clock is None):
        return dict(found)
    meant = [one for one in shown if (day is None or one.date() == day) and (clock is None or one.time() == clock)]
    if clock is None:
        same = [one for one in meant if wish.start_time and one.time() == wish.start_time]
        meant = same or (meant if len(meant) == 1 else [])
        if len(meant) == 1 and not (wish.start_time and not same):
            return {**found, **_exact(meant[0])}
        return dict(found)
    if len(meant) == 1 and (wish.day is None or wish.day == meant[0].date() or not _has(shown, wish.day)):
        return {**found, **_exact(meant[0])}
    if wish.day is None or not _has(shown, wish.day):
        days = tuple(sorted({one.date() for one in (meant or shown)}))
        return {**found, "day": None, "days": days, "last_day": None}
    return dict(found)


def _exact(start: datetime) -> dict[str, Any]:
    nothing: dict[str, Any] = {"days": (), "last_day": None, "clocks": (), "earliest": None, "latest": None}
    return nothing | {"day": start.date(), "start_time": start.time()}


def _has(shown: Sequence[datetime], day: date) -> bool:
    return any(one.date() == day for one in shown)


def spread(
    starts: Sequence[datetime], service: Service, duration_minutes: int | None, count: int = CHOICES
) -> list[datetime]:
    """A real choice out of many: one time of each day if there are several days, else visits one after another."""
    by_day: dict[date, list[datetime]] = {}
    for start in starts:
        by_day.setdefault(start.date(), []).append(start)
    if len(by_day) >= count:
        return [times[0] for times in list(by_day.values())[:count]]
    length = timedelta(minutes=duration_minutes or service.duration_minutes)
    chosen: list[datetime] = []
    for start in starts:
        if not chosen or start >= chosen[-1] + length:
            chosen.append(start)
    if len(chosen) > count:  # keep the first, one from the middle, the last
        chosen = [chosen[0], chosen[len(chosen) // 2], chosen[-1]]
    more = [start for start in starts if start not in chosen]
    return sorted([*chosen, *more[: max(0, count - len(chosen))]])


def _size(wish: Wish) -> dict[str, Any]:
    return {"people": wish.people or 1, "duration_minutes": wish.duration_minutes}


_ABOUT_SIZE = (Why.BAD_DURATION, Why.TOO_FEW_PEOPLE, Why.TOO_MANY_PEOPLE, Why.NOT_OFFERED)


def _refusal(reason: Reason | None, offers: Sequence[datetime]) -> ToolResult:
    return {
        "fits": False,
        "why": wording.why(reason) if reason else "",
        "reason": str(reason.why) if reason else str(Why.FULL),
        "offers": [start.isoformat() for start in offers],
    }


def _is_out(day: date, window: Window) -> bool:
    return day in window.excluded or day.weekday() in window.excluded


def _asks(text: str, asks: tuple[str, ...], buttons: tuple[Button, ...], *, yes: str = "") -> ReplyPart:
    text = wording.capital(text.strip())
    return ReplyPart(text=text, section=Section.QUESTION, asks=asks, buttons=buttons, yes=yes)


def _moment(payload: str) -> datetime | None:
    """Return the moment at the end of a payload: “booking:slot:3:2026-12-01T17:00:00+01:00”."""
    place = payload.find("T")
    text = payload[max(place - 10, 0) :]
    try:
        return datetime.fromisoformat(text) if place > 0 else None
    except ValueError:
        return None
