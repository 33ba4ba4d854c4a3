"""Calendar arithmetic: a day or a stretch of days as it was found, and how it follows from today."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

SATURDAY = 5
LONG_AGO = timedelta(days=100)  # "12 November" said on the 30th is a slip; "3 January" is next year's


@dataclass(slots=True)
class Day:
    """One date or stretch of dates that stands at tokens start…end."""

    start: int
    end: int
    first: date | None
    last: date | None = None
    kind: str = "day"  # day, weekday, week, weekend, month, range, from, until
    weekday: int | None = None
    role: str = ""  # "", "excluded", "from" (the old date of a change), "past"
    problem: str = ""
    yearless: bool = True
    passed: date | None = None  # this year's, if it is over not long ago and so next year's was taken
    readings: tuple[date, ...] = ()  # if its words do not agree: which days it may be, best first
    whole: date | None = None  # the last day of the week or month of which this is the end


def calendar_day(start: int, end: int, day: int, month: int, year: int | None, today: date) -> Day:
    """Return the day itself, next year's if this year's is over, or what is wrong with it."""
    found: date | None = None
    for candidate in (year,) if year else (today.year, today.year + 1):
        if day <= monthrange(candidate, month)[1] if 1 <= candidate <= 9999 else False:
            found = date(candidate, month, day)
            if year or found >= today:
                break
    if found is None or (not year and found < today):
        leap = month == 2 and day == 29 and not year
        if leap:
            soon = next(
                candidate for candidate in range(today.year, today.year + 9) if monthrange(candidate, 2)[1] == 29
            )
            found = date(soon, 2, 29)
            found = found if found >= today else date(soon + 4, 2, 29)
            return Day(start, end, found, yearless=True)
        return Day(start, end, None, problem="impossible_date")
    day_found = Day(start, end, found, yearless=year is None, role="past" if found < today else "")
    if not year and found.year > today.year:
        over = shift_by(found, "year", -1)
        day_found.passed = over if today - over < LONG_AGO else None
    return day_found


def days_of_month(start: int, end: int, first: int, last: int, month: int, year: int | None, today: date) -> Day:
    """Two days of one month and what lies between; of a stretch that has begun, the part that is left."""
    finish = calendar_day(start, end, last, month, year, today)
    if finish.first is None:
        return finish
    begin = finish.first.replace(day=first)
    over = finish.role == "past"
    return Day(start, end, begin if over else max(begin, today), finish.first, kind="range", role=finish.role)


def shift_by(day: date, unit: str, count: int) -> date:
    if unit == "day":
        return day + timedelta(days=count)
    if unit == "week":
        return day + timedelta(weeks=count)
    months = day.month - 1 + count * (12 if unit == "year" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def stretch(index: int, end: int, unit: str, role: str, today: date) -> Day | None:
    monday = today - timedelta(days=today.weekday())
    weeks = {"this": 0, "last": -1}.get(role, 1)
    past = "past" if weeks < 0 else ""
    if unit == "day":
        if role in ("next", "next_before", "coming"):
            return Day(index, end, today + timedelta(days=1), yearless=False)
        return None
    if unit == "week":
        first = monday + timedelta(weeks=weeks)
        last = first + timedelta(days=6)
        return Day(index, end, max(first, today) if not weeks else first, last, kind="week", role=past)
    if unit == "weekend":
        if role == "coming":
            weeks = 0
        saturday = monday + timedelta(days=SATURDAY, weeks=weeks)
        sunday = saturday + timedelta(days=1)
        return Day(index, end, max(saturday, today) if not weeks else saturday, sunday, kind="weekend", role=past)
    first = shift_by(today.replace(day=1), "month", weeks)
    last = first.replace(day=monthrange(first.year, first.month)[1])
    return Day(index, end, max(first, today) if not weeks else first, last, kind="month", role=past)


def whole_month(index: int, end: int, month: int, today: date, year: int | None = None) -> Day:
    """Return all of a named month that is still to come; of another year if one is named that is not over."""
    if year is None or (year, month) < (today.year, today.month):
        year = today.year + (month < today.month)
    first, last = date(year, month, 1), date(year, month, monthrange(year, month)[1])
    return Day(index, end, max(first, today), last, kind="month")


def third(whole: Day, part: str, today: date, *, named: bool) -> Day:
    """The beginning, middle or end of a week or month; if it is over, of the next (of a named month: next year)."""
    if whole.last is None:
        return whole
    begin, finish = _bounds(whole.last, whole.kind, part)
    whole.whole = whole.last if part == "end" else None
    if finish < today and whole.role != "past":
        if whole.kind == "week":
            begin, finish = begin + timedelta(weeks=1), finish + timedelta(weeks=1)
        else:
            following = shift_by(whole.last.replace(day=1), "month", 12 if named else 1)
            last = following.replace(day=monthrange(following.year, following.month)[1])
            begin, finish = _bounds(last, "month", part)
    whole.first = begin if whole.role == "past" else max(begin, today)
    whole.last, whole.kind = finish, "range"
    return whole


def _bounds(last: date, kind: str, part: str) -> tuple[date, date]:
    """First and last day of a third of the week or month that ends on `last`."""
    if kind == "week":
        monday = last - timedelta(days=6)
        start, end = {"begin": (0, 1), "middle": (2, 3), "end": (3, 4)}[part]
        return monday + timedelta(days=start), monday + timedelta(days=end)
    return {
        "begin": (last.replace(day=1), last.replace(day=10)),
        "middle": (last.replace(day=11), last.replace(day=20)),
        "end": (last.replace(day=21), last),
    }[part]
