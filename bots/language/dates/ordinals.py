"""The n-th of something: the last Friday of November, the first week of May, the last day of the month."""

from datetime import date, timedelta

from bots.language.dates.days import SATURDAY, Day, shift_by, stretch, whole_month
from bots.language.dates.digits import numeric, span_of_days
from bots.language.dates.forms import day_and_month, day_number, ordinal, year_behind
from bots.language.message import Message


def weekday_of_month(message: Message, index: int, today: date, region: str) -> Day | None:
    """Return the last Friday of November, druga sobota grudnia, el primer lunes de enero, the first weekend in May."""
    place = message.after(index, "the")
    ordinal = message.tag(place, "ord")
    if message.tokens[min(place, len(message) - 1)].kind == "number":
        written = day_number(message, place)
        ordinal = (written[0], written[1]) if written and written[2] else None  # "1st Monday"
    found = ordinal or message.tag(place, "last")
    if not found or (ordinal and not 1 <= ordinal[0] <= 5):
        return None
    weekday = message.tag(found[1], "weekday")
    unit = message.tag(found[1], "unit")
    weekend = unit is not None and unit[0] == "weekend"
    if unit and unit[0] == "day":
        return _day_of_month(message, index, unit[1], ordinal[0] if ordinal else 0, today)
    named = weekday or unit
    if named is None or not (weekday or weekend):
        return None
    month = _month_of(message, named[1]) or (None if ordinal else _this_month(message, named[1], today))
    if not month:
        return None
    wanted = SATURDAY if weekend else named[0]
    said, end = year_behind(message, month[1])
    for year in (said,) if said else (today.year, today.year + 1):
        first = date(year, month[0], 1)
        days = [first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * week) for week in range(5)]
        days = [day for day in days if day.month == month[0]]
        which = ordinal[0] - 1 if ordinal else len(days) - 1
        if which < len(days) and days[which] >= today:
            last = days[which] + timedelta(days=1) if weekend else None
            return Day(index, end, days[which], last, kind="weekend" if weekend else "day")
    return None


def _this_month(message: Message, index: int, today: date) -> tuple[int, int] | None:
    """Return the month of "the last Friday of the month", "of next month"."""
    if not message.tag(index, "of") and not message.tag(index, "unit"):
        return None
    role, place = modifier(message, message.after(index, "of"))
    place = place if role else message.after(place, "the")
    unit = message.tag(place, "unit")
    if not unit or unit[0] != "month":
        return None
    following = shift_by(today.replace(day=1), "month", int(role in ("next", "next_before", "coming")))
    return following.month, unit[1]


def weekend_of(message: Message, index: int, today: date, region: str) -> Day | None:
    """Return the weekend of 12 December, weekend 12-13 grudnia, выходные 12-13 декабря."""
    place = message.after(index, "the")
    unit = message.tag(place, "unit")
    if not unit or unit[0] != "weekend":
        return None
    spot = message.after(unit[1], "of")
    for start in (spot, message.after(spot, "the")):
        for rule in (span_of_days, numeric, day_and_month, ordinal):
            day = rule(message, start, today, region) if start < len(message) else None
            if day is None or day.first is None:
                continue
            if day.last:
                return Day(index, day.end, day.first, day.last, kind="range")
            away = (SATURDAY - day.first.weekday()) % 7
            saturday = day.first - timedelta(days=1) if day.first.weekday() == 6 else day.first + timedelta(days=away)
            return Day(index, day.end, saturday, saturday + timedelta(days=1), kind="range")
    return None


def _day_of_month(message: Message, index: int, place: int, wanted: int, today: date) -> Day | None:
    """Return the last (0) or n-th day of December, of the month, of next month."""
    month = _month_of(message, place)
    if month:
        year, end = year_behind(message, month[1])
        whole: Day | None = whole_month(index, end, month[0], today, year)
    else:
        role, spot = modifier(message, message.after(place, "of"))
        spot = spot if role else message.after(spot, "the")
        unit = message.tag(spot, "unit")
        if not unit or unit[0] != "month":
            return None
        behind = message.tag(unit[1], "next_after")
        whole = stretch(index, behind[1] if behind else unit[1], "month", "next" if behind else role or "this", today)
    if whole is None or whole.last is None:
        return None
    day = whole.last.replace(day=wanted) if wanted else whole.last
    if day < today:
        day = shift_by(day, "month", 12 if month else 1)
    return Day(index, whole.end, day)


def week_with(message: Message, index: int, today: date, region: str) -> Day | None:
    """Return the week of December 7, la semana del 7 de diciembre."""
    unit = message.tag(index, "unit")
    if not unit or unit[0] != "week" or message.tag(unit[1], "of") is None:
        return None
    place = message.after(unit[1], "of")
    for spot in (place, message.after(place, "the")):
        for rule in (numeric, day_and_month, ordinal):
            day = rule(message, spot, today, region)
            if day and day.first and not day.last:
                monday = day.first - timedelta(days=day.first.weekday())
                return Day(index, day.end, max(monday, today), monday + timedelta(days=6), kind="range")
    return None


def _month_of(message: Message, index: int) -> tuple[int, int] | None:
    """Return the month in "of December", "in the month of December", "de diciembre"."""
    for place in (index, message.after(index, "of"), message.after(index, "in"), message.after(index, "the")):
        for spot in (place, message.after(place, "the")):
            month = message.tag(spot, "month")
            if month:
                return month
    return None


def week_of_month(message: Message, index: int, today: date, region: str) -> Day | None:
    """Return the first week of December, ostatni tydzień grudnia."""
    ordinal = message.tag(index, "ord")
    final = message.tag(index, "last")
    found = ordinal or final
    if not found or message.tokens[index].kind != "word":
        return None
    unit = message.tag(found[1], "unit")
    if not unit or unit[0] != "week":
        return None
    month = _month_of(message, unit[1])
    if not month or (ordinal and ordinal[0] > 4):
        return None
    whole = whole_month(index, month[1], month[0], today)
    if whole.last is None:
        return None
    first = whole.last.replace(day=7 * ordinal[0] - 6) if ordinal else whole.last - timedelta(days=6)
    last = first + timedelta(days=6)
    return Day(index, month[1], max(first, today), last, kind="range") if last >= today else None


def modifier(message: Message, index: int) -> tuple[str, int]:
    """this / next / coming / last before a noun."""
    place = message.after(index, "the") if not message.tag(index, "next_before") else index
    for role in ("next_before", "next", "coming", "this", "last"):
        for spot in (index, place):
            found = message.tag(spot, role)
            if found:
                return role, found[1]
    return "", index
