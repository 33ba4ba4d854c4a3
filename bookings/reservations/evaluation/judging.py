"""What the rows show to be wrong in a turn about a visit: what was said, what the draft has, what is offered."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol

from bookings.availability import free_times
from bookings.models import Reservation
from bookings.reservations import notifications
from bookings.reservations.evaluation import speech, wishes
from bookings.reservations.evaluation.wishes import Wish
from conversations.evaluation.faults import Fault, Kind
from conversations.evaluation.goals import Scene
from conversations.evaluation.utterances import Played


class AboutVisit(Protocol):
    """What is known of a customer who wants a visit: `said` still holds, `unmet` is what cannot be had."""

    talk: Scene
    said: dict[str, Any]
    excluded: set[date]
    unmet: Wish | None

    @property
    def wish(self) -> Wish: ...

    @property
    def draft(self) -> Reservation | None: ...

    def live(self) -> list[Reservation]: ...

    def wants(self, visit: Reservation) -> bool: ...


NEXT_YEAR = timedelta(days=40)  # beyond it nobody looks who named a day of last week

WRONG = {"day": Kind.WRONG_DAY, "time": Kind.WRONG_DAY, "people": Kind.WRONG_PEOPLE, "service": Kind.WRONG_SERVICE}


def faults_of(goal: AboutVisit, played: Played) -> Iterator[Fault]:
    """Yield what is wrong, by the draft as it stands after the turn."""
    if played.new_commitments and not all(goal.wants(visit) for visit in goal.live()):
        yield Fault(Kind.CONSENT, note="something else than was agreed to")
    if played.heard.is_silence or played.new_commitments or goal.talk.reached:
        return
    if goal.unmet is not None:
        if played.number == 1:
            yield from _refusal(goal, goal.unmet, played)
        return
    shown = _shown(goal, played)
    now, before = played.utterance.said, _earlier(goal, played)
    yield from _taken_in(goal, now, shown)
    yield from _kept(goal, before, shown)
    yield from _asked_again(goal, played, shown)


def _earlier(goal: AboutVisit, played: Played) -> Mapping[str, Any]:
    return {slot: value for slot, value in goal.said.items() if slot not in played.utterance.said}


def _shown(goal: AboutVisit, played: Played) -> list[datetime]:
    """Return the times that this turn offers."""
    return speech.offers(played.heard.buttons("booking:slot"), goal.wish) if played.heard.asks_now else []


def _values(row: Reservation) -> dict[str, Any]:
    return {"day": row.day, "time": row.start_time, "people": row.people, "service": row.service_id}


def _taken_in(goal: AboutVisit, said: Mapping[str, Any], shown: list[datetime]) -> Iterator[Fault]:
    """What this turn told stands in the draft, or in what is offered for it."""
    told = {slot: said[slot] for slot in WRONG if slot in said}
    row = goal.draft
    if row is None:
        if told.keys() & {"day", "time", "people"}:
            yield Fault(Kind.HALF, note="nothing of it")
        return
    for slot, value in told.items():
        kept = _values(row)[slot]
        if kept not in (None, value):
            yield Fault(WRONG[slot], note=slot if slot == "service" else f"{slot} {kept}, not {value}")
        elif (
            kept is None
            and not _is_offered(slot, value, shown)
            and not (slot == "service" and goal.wish.service.is_usual)
        ):
            yield Fault(Kind.HALF, note=slot)
    yield from _offers_fit(goal, {**goal.said, **said}, shown, Kind.HALF if told or "part" in said else Kind.FORGOTTEN)


def _is_offered(slot: str, value: Any, shown: list[datetime]) -> bool:
    of = {"day": lambda moment: moment.date(), "time": lambda moment: moment.time()}.get(slot)
    return of is not None and bool(shown) and all(of(moment) == value for moment in shown)


def _offers_fit(goal: AboutVisit, said: Mapping[str, Any], shown: list[datetime], kind: Kind) -> Iterator[Fault]:
    """What is offered fits what was said, if anything does; a day that was ruled out is not offered."""
    if any(moment.date() in goal.excluded for moment in shown):
        yield Fault(kind, note="a day that was ruled out")
    if not shown or "day" not in said or not said.keys() & {"time", "part"}:
        return
    wanted = replace(goal.wish, day=said["day"], time=said.get("time"), part=said.get("part", goal.wish.part))
    if not any(wanted.takes(moment) for moment in shown) and wishes.fits_somewhere(wanted):
        yield Fault(kind, note="offers something else")


def _kept(goal: AboutVisit, before: Mapping[str, Any], shown: list[datetime]) -> Iterator[Fault]:
    """What was told earlier is still there."""
    row = goal.draft
    for slot, value in before.items():
        if slot not in WRONG or row is None:
            continue
        kept = _values(row)[slot]
        lost = kept is None and not _is_offered(slot, value, shown) and not (slot == "time" and shown)
        if kept not in (None, value) or (lost and slot != "service"):
            yield Fault(Kind.FORGOTTEN, note=slot if slot == "service" else f"{slot} {value}")


def _asked_again(goal: AboutVisit, played: Played, shown: list[datetime]) -> Iterator[Fault]:
    if not played.heard.asks_now:
        return
    asks = set(played.heard.asks)
    known = {**goal.said, **played.utterance.said}
    for slot in ("people", "service"):
        if slot in asks and slot in known and "confirm" not in asks and not {"date", "time", "people"} <= asks - {slot}:
            yield Fault(Kind.REASKED, note=slot)
    if {"date", "time"} & asks and not shown and {"day", "time"} <= known.keys() and "confirm" not in asks:
        yield Fault(Kind.REASKED, note="day and time")


def _refusal(goal: AboutVisit, unmet: Wish, played: Played) -> Iterator[Fault]:
    """What cannot be had is refused with the reason that is true for it."""
    business, now = goal.talk.business, goal.talk.business.now()
    if unmet.time is None:
        unmet = replace(unmet, time=wishes.middle_of(unmet.part))
    assert unmet.time is not None
    moment = datetime.combine(unmet.day, unmet.time, business.zone)
    reason = free_times.why_not(unmet.service, moment, people=unmet.people, now=now)
    if unmet.day < now.date():
        taken = [*(moment.date() for moment in _shown(goal, played)), *([goal.draft.day] if goal.draft else [])]
        if any(day is not None and day > now.date() + NEXT_YEAR for day in taken):
            yield Fault(Kind.WRONG_DAY, note="a past day, taken for one of next year")
        return
    if reason is None:
        return
    sentence = notifications.why(reason, business.language_for(played.language or goal.talk.customer.language))
    if sentence.casefold() not in played.heard.text.casefold():
        yield Fault(Kind.REASON, note=str(reason.why))
