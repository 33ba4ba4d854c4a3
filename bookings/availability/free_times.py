"""What times can be had, and why one cannot: the questions that bots, staff and actions ask.

All times in and out are aware; what comes out stands on the business's clock. Each question reads the calendar once
(`schedule.load`) and works it out in whole minutes (`timetable`).
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta

from bookings.availability import schedule, timetable
from bookings.availability.reasons import HOPEFUL, Reason, Why
from bookings.availability.request import Window
from bookings.availability.slots import Slot, choose_nearest
from bookings.availability.timetable import DAY, Bookable, Calendar, Opening
from bookings.models import Service, WorkingHours
from bots.models import Business

SEARCH_DAYS = 14  # how far around the wished-for day the nearest times are looked for first…
WIDE_SEARCH_DAYS = 90  # …and then from today, if there are too few
STAFF_HORIZON_DAYS = 2 * 365  # staff may book further ahead than customers, but not by a slip of the finger
EARLIEST, LATEST = datetime(1970, 1, 2, tzinfo=UTC), datetime(2200, 1, 1, tzinfo=UTC)  # what can be reckoned with


def free_slots(
    service: Service,
    *,
    first_day: date,
    last_day: date,
    people: int,
    duration_minutes: int | None = None,
    now: datetime,
    ignore_reservation_id: int | None = None,
) -> list[Slot]:
    """Return all visits of that length for so many people that can start between two days, both included, in order.

    None where the last day is before the first: who asks for a day that has passed gets no times of it.
    """
    if last_day < first_day:
        return []
    calendar = schedule.load(
        service, first_day=first_day, last_day=last_day, now=now, ignore=_ids(ignore_reservation_id)
    )
    length = service.duration_minutes if duration_minutes is None else duration_minutes
    found = timetable.openings(
        calendar, first_day=first_day, last_day=last_day, people=people, duration=length, now=now
    )
    return _slots(found, calendar, length)


def why_not(
    service: Service,
    start: datetime,
    *,
    people: int,
    duration_minutes: int | None = None,
    now: datetime,
    ignore_reservation_id: int | None = None,
) -> Reason | None:
    """Why a visit cannot start then; None if it can. An aware time that the wall clock leaves out is told apart."""
    found = find_slot(
        service, start, people=people, duration_minutes=duration_minutes, now=now, ignore=_ids(ignore_reservation_id)
    )
    return found if isinstance(found, Reason) else None


def why_none(
    service: Service, window: Window, *, people: int, duration_minutes: int | None = None, now: datetime
) -> Reason | None:
    """Return why nothing is free in a window of days and hours: the reason that is nearest to a yes.

    Of a day that is open it is that nothing is left; none is named at an hour that nobody asked for.
    """
    zone = service.business.zone
    clock = window.earliest or window.latest
    exact = clock is not None and window.earliest == window.latest
    reasons = []
    for day in window.each_day(now.astimezone(zone).date()):
        moment = datetime.combine(day, clock or time(12), zone)
        reason = why_not(service, moment, people=people, duration_minutes=duration_minutes, now=now)
        is_open = reason is None or reason.why in (Why.FULL, Why.TIME_OFF, Why.TOO_SOON, Why.PAST, Why.NOT_ON_GRID)
        if is_open and not exact and (reason is None or clock is None or reason.why not in (Why.PAST, Why.TOO_SOON)):
            between = (window.earliest or time(0), _to_the_hour(window.latest)) if clock and window.latest else None
            reason = Reason(why=Why.NOTHING_LEFT, start=moment, between=between)
        if reason is not None:
            reasons.append(reason)
    order = (Why.NOTHING_LEFT, *HOPEFUL)
    return min(reasons, key=lambda one: order.index(one.why) if one.why in order else len(order), default=None)


def _to_the_hour(latest: time) -> time:
    """Return the end of the hours that were asked for: a visit that begins by 16:59 is one before 17:00."""
    after = (datetime.combine(date.min, latest) + timedelta(minutes=1)).time()
    return after if latest.minute % 5 and after > latest else latest


def find_slot(
    service: Service,
    start: datetime,
    *,
    people: int,
    duration_minutes: int | None = None,
    now: datetime,
    ignore: Collection[int] = (),
    by_staff: bool = False,
) -> Slot | Reason:
    """Where a visit can start then, or why nowhere. Staff are not held to notice, horizon, grid and group size."""
    zone = service.business.zone
    length = service.duration_minutes if duration_minutes is None else duration_minutes
    start = min(max(start, EARLIEST), LATEST)
    if not timetable.is_on_clock(start):
        return Reason(why=Why.NONEXISTENT_TIME, start=start)
    start = start.astimezone(zone)
    refusal = _against_rules(service, start, people, length, now, by_staff)
    if refusal and refusal.why != Why.TOO_SOON:
        return refusal
    calendar = schedule.load(service, first_day=start.date(), last_day=start.date(), now=now, ignore=ignore)
    if start.date() in calendar.closed:
        return Reason(why=Why.HOLIDAY, start=start, name=calendar.closed[start.date()])
    if refusal:  # on a day on which nobody works anyway, that is the reason
        works = any(bookable.hours.get(start.weekday()) for bookable in calendar.bookables)
        return refusal if works else Reason(why=Why.CLOSED_DAY, start=start)
    answers = [_ask(bookable, calendar, start, people, length, by_staff) for bookable in calendar.bookables]
    openings = [answer for answer in answers if not isinstance(answer, Reason)]
    if openings:
        return _slots([min(openings)], calendar, length)[0]
    reasons = [answer for answer in answers if isinstance(answer, Reason)]
    return min(
        reasons,
        key=lambda reason: (HOPEFUL.index(reason.why), -reason.left),
        default=Reason(why=Why.NOT_OFFERED, start=start),
    )


def nearest(
    service: Service,
    wanted_start: datetime,
    *,
    people: int,
    duration_minutes: int | None = None,
    now: datetime,
    count: int = 3,
    ignore_reservation_id: int | None = None,
    but_not: Collection[datetime] = (),
) -> list[Slot]:
    """The free times that a person would call near, in order: that day around the hour, then days nearby, same hour.

    `but_not` are starts that shall not be offered (the one that staff have just declined).
    """
    zone = service.business.zone
    wanted = min(max(wanted_start, EARLIEST), LATEST).astimezone(zone)
    today = now.astimezone(zone).date()
    horizon = today + timedelta(days=service.horizon_days)
    around = min(max(wanted.date(), today), horizon)
    windows = [
        (max(today, around - timedelta(days=SEARCH_DAYS)), min(horizon, around + timedelta(days=SEARCH_DAYS))),
        (today, min(horizon, today + timedelta(days=WIDE_SEARCH_DAYS))),
    ]
    # Compared as numbers: in the hour that comes twice, Python never finds times of two zones equal.
    unwanted = {start.timestamp() for start in but_not}
    slots: list[Slot] = []
    for first_day, last_day in windows:
        slots = free_slots(
            service,
            first_day=first_day,
            last_day=last_day,
            people=people,
            duration_minutes=duration_minutes,
            now=now,
            ignore_reservation_id=ignore_reservation_id,
        )
        slots = [slot for slot in slots if slot.start.timestamp() not in unwanted]
        if len(slots) >= count:
            break
    return choose_nearest(slots, wanted, count)


def opening_hours(business: Business) -> Mapping[int, list[tuple[time, time]]]:
    """Return when any resource of the business works, by weekday (Monday is 0); 00:00 as an end is midnight."""
    rows = WorkingHours.objects.filter(resource__business=business, resource__is_active=True)
    spans = [
        (weekday, _minutes(opens), _minutes(closes) or DAY)
        for weekday, opens, closes in rows.values_list("weekday", "opens", "closes")
    ]
    return {
        weekday: [
            (_time(opens), _time(closes))
            for opens, closes in timetable.merge((opens, closes) for day, opens, closes in spans if day == weekday)
        ]
        for weekday in sorted({day for day, _, _ in spans})
    }


def _against_rules(
    service: Service, start: datetime, people: int, length: int, now: datetime, by_staff: bool
) -> Reason | None:
    """Return what speaks against it whatever the calendar says."""
    rules = schedule.rules_of(service)
    earliest, last_day = timetable.bounds(rules, now)
    if not rules.is_active:
        return Reason(why=Why.NOT_OFFERED, start=start)
    if length < min(5, rules.shortest) or not (by_staff or rules.shortest <= length <= rules.longest):
        return Reason(
            why=Why.BAD_DURATION, start=start, limit=rules.shortest if length < rules.shortest else rules.longest
        )
    if people < 1 or (people < rules.min_people and not by_staff):
        return Reason(why=Why.TOO_FEW_PEOPLE, start=start, limit=rules.min_people)
    if people > rules.max_people and not by_staff:
        return Reason(why=Why.TOO_MANY_PEOPLE, start=start, limit=rules.max_people)
    if start < now:
        return Reason(why=Why.PAST, start=start)
    if timetable.ceil_minute_of(start) < earliest and not by_staff:
        return Reason(why=Why.TOO_SOON, start=start, earliest=timetable.moment_of(earliest, rules.zone))
    if start.date() > (
        now.astimezone(rules.zone).date() + timedelta(days=STAFF_HORIZON_DAYS) if by_staff else last_day
    ):
        return Reason(why=Why.TOO_FAR, start=start, last_day=last_day)
    return None


def _ask(
    bookable: Bookable, calendar: Calendar, start: datetime, people: int, length: int, by_staff: bool
) -> Opening | Reason:
    """One resource's answer."""
    rules = calendar.rules
    day, tomorrow = start.date(), start.date() + timedelta(days=1 + length // DAY)
    over = timetable.days(day - timedelta(days=1), tomorrow, rules.zone)
    rows = bookable.hours.get(day.weekday(), ())
    shown = tuple((_time(opens), _time(closes)) for opens, closes in timetable.merge(rows))
    minute, end = timetable.ceil_minute_of(start), timetable.ceil_minute_of(start) + length
    works = timetable.merge(
        (one.at(opens), one.at(closes))
        for one in over
        if one.date not in calendar.closed
        for opens, closes in bookable.hours.get(one.weekday, ())
    )
    if not _within(minute, end, works):
        return Reason(why=_closed_how(minute, end, over[1], rows), start=start, hours=shown)
    if any(since < end and until > minute for since, until in bookable.off):
        return Reason(why=Why.TIME_OFF, start=start, hours=shown)
    grid = (minute in one.starts(opens, closes, rules.step) for one in over[1:2] for opens, closes in rows)
    if not by_staff and (start.second or start.microsecond or not any(grid)):
        return Reason(why=Why.NOT_ON_GRID, start=start, hours=shown)
    left = bookable.capacity - bookable.load.peak(minute - rules.before, end + rules.after)
    if left < bookable.need(people):
        return Reason(why=Why.FULL, start=start, left=max(left, 0), hours=shown)
    return minute, left, bookable.id


def _within(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(since <= start and end <= until for since, until in spans)


def _closed_how(start: int, end: int, day: timetable.Day, rows: Sequence[tuple[int, int]]) -> Why:
    if not rows:
        return Why.CLOSED_DAY
    inside = day.at(rows[0][0]) <= start and end <= day.at(rows[-1][1])
    return Why.BREAK if inside else Why.OUTSIDE_HOURS


def _slots(found: Iterable[Opening], calendar: Calendar, length: int) -> list[Slot]:
    zone = calendar.rules.zone
    return [
        Slot(timetable.moment_of(start, zone), timetable.moment_of(start + length, zone), resource_id, left)
        for start, left, resource_id in found
    ]


def _ids(reservation_id: int | None) -> tuple[int, ...]:
    return () if reservation_id is None else (reservation_id,)


def _minutes(moment: time) -> int:
    return moment.hour * 60 + moment.minute


def _time(minutes: int) -> time:
    return time(minutes // 60 % 24, minutes % 60)
