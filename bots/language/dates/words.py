"""Dates in words: tomorrow, next Friday, in two weeks, the end of the month, Christmas Eve."""

from calendar import monthrange
from datetime import date, timedelta

from bots.language.dates.days import Day, calendar_day, shift_by, stretch, third, whole_month
from bots.language.dates.forms import counts, day_number, month_at
from bots.language.dates.ordinals import modifier
from bots.language.message import Message
from bots.language.numbers import number

NEAR = timedelta(days=31)  # "fri 15": the 15th of this or the coming month, if that is a Friday
FAR = timedelta(days=62)
LAST_HOUR = 23
NOON = 12


def relative(message: Message, index: int, today: date, region: str) -> Day | None:
    """Today, tomorrow, the day after tomorrow."""
    found = message.tag(index, "day")
    if not found:
        return None
    shift, end = found
    if message.lexicon.code == "es" and shift == 1 and message.tag(index - 1, "weekday"):
        message.tags[index]["part"] = ("morning", end)  # "sábado mañana"
        return None
    for start in (index - 1, index - 2):
        part = message.tag(start, "part")
        if part and part[1] >= end and message.lexicon.code == "es":
            return None  # "por la mañana"
    role = "past" if shift < 0 else ""
    return Day(index, end, today + timedelta(days=shift), role=role, yearless=False)


def feast(message: Message, index: int, today: date, region: str) -> Day | None:
    """Christmas Eve, sylwester, 8 березня by name."""
    found = message.tag(index, "feast")
    if not found:
        return None
    month, day = found[0]
    named_day = calendar_day(index, found[1], day, month, None, today)
    named_day.passed = None  # a feast that is over can only be next year's
    return named_day


def ahead(message: Message, index: int, today: date, region: str) -> Day | None:
    """In two weeks, за 3 дні, через неделю, three days ago, a week from now."""
    place = message.after(index, "in")
    led = place > index
    ago_led = message.tag(index, "ago_before")
    if ago_led:
        place = ago_led[1]
    count, end = _count(message, place)
    unit = message.tag(end, "unit")
    if not unit or unit[0] not in ("day", "week", "fortnight", "month", "year"):
        return None
    if unit[0] == "fortnight":
        unit, count = ("week", unit[1]), (count or 1) * 2
    if any("i:complaint" in tags for tags in message.tags):
        message.take(index, unit[1], "idiom")  # "it broke after two days" is no day to book
        return None
    behind = unit[1]
    ago = ago_led or message.tag(behind, "ago")
    if ago and unit[0] in ("month", "year"):
        message.take(index, message.after(behind, "ago"), "idiom")  # "three years ago" is a story, not a day
        return None
    from_now = message.tag(behind, "from_now")
    if lexicon_counts_on(message) and count is None and (from_now or message.tag(behind, "from")):
        count = 1  # "week from Tuesday"
    if lexicon_counts_on(message) and count is not None and not ago:
        base = _base(message, behind, today)
        if base:
            return Day(index, base.end, shift_by(base.first or today, unit[0], count), yearless=False)
    if ago:
        return Day(
            index, message.after(behind, "ago"), shift_by(today, unit[0], -(count or 1)), role="past", yearless=False
        )
    if from_now and count is not None:
        return Day(index, from_now[1], shift_by(today, unit[0], count), yearless=False)
    if not led or (count is None and end == place and message.lexicon.code in ("en", "es")):
        return None
    if message.tokens[index].fold in ("en", "within") and unit[0] == "month" and count is None:
        return None
    return Day(
        index,
        behind,
        shift_by(today, unit[0], count or 1),
        kind="week_on" if unit[0] == "week" else "day",
        yearless=False,
    )


def lexicon_counts_on(message: Message) -> bool:
    """Return whether "two weeks tomorrow" counts from tomorrow in this language, as it does in English."""
    return message.lexicon.code == "en"


def _base(message: Message, index: int, today: date) -> Day | None:
    """Return the day in "two weeks from tomorrow", "a week on Sunday", "a fortnight today"."""
    place = message.after(message.after(index, "from"), "the")
    place = message.after(place, "after") if place == index else place
    day = message.tag(place, "day")
    if day and 0 <= day[0] <= 2:
        return Day(index, day[1], today + timedelta(days=day[0]))
    weekday = message.tag(place, "weekday") if place > index else None
    if weekday:
        away = (weekday[0] - today.weekday()) % 7 or 7
        return Day(index, weekday[1], today + timedelta(days=away))
    return None


def _count(message: Message, index: int) -> tuple[int | None, int]:
    found = number(message, index)
    if found and found[0] <= 60:
        return found[0], found[1]
    couple = message.tag(index, "couple")
    if couple:
        return 2, couple[1]
    if message.word(index) in ("a", "an") and message.lexicon.code == "en":
        found = number(message, index + 1)
        return (found[0], found[1]) if found else (1, index + 1)
    return None, index


def named(message: Message, index: int, today: date, region: str) -> Day | None:
    """Weekdays, weeks, weekends and months, with what stands before and behind them."""
    role, place = modifier(message, index)
    weekday = message.tag(place, "weekday")
    unit = message.tag(place, "unit")
    month = message.tag(place, "month")
    if weekday:
        return _weekday(message, index, role, weekday, today)
    if not unit and month and role in ("this", "next", "next_before", "coming"):
        return whole_month(index, month[1], month[0], today)
    if not unit or unit[0] not in ("week", "weekend", "month", "day"):
        return None
    after_next = message.tag(unit[1], "after_next")
    if after_next and unit[0] == "week":
        following = stretch(index, after_next[1], "week", "next", today)
        if following and following.first and following.last:
            following.first += timedelta(weeks=1)
            following.last += timedelta(weeks=1)
        return following
    behind = message.tag(unit[1], "next_after")
    if behind and not role:
        role = "next"
    end = behind[1] if behind else unit[1]
    if not role:
        if unit[0] == "weekend" and not message.before(index, "num"):
            role = "this"
        else:
            last_after = message.tag(unit[1], "last")
            if not last_after or unit[0] == "day" or message.lexicon.code != "es":
                return None
            role, end = "last", last_after[1]
    return stretch(index, end, unit[0], role, today)


def _weekday(message: Message, index: int, role: str, weekday: tuple[int, int], today: date) -> Day | None:
    end = weekday[1]
    if message.word(end - 1) == "wed" and len(message.tokens[end - 1].text) > len("wed"):
        return None  # "we'd"
    if message.mark(end, ".") and message.glued(end) and end + 1 < len(message):
        end += 1
    behind = message.tag(end, "next_after")
    week_on = message.tag(end, "unit") if lexicon_counts_on(message) and not role else None
    if week_on and week_on[0] in ("week", "fortnight"):  # "Sunday week"
        away = (weekday[0] - today.weekday()) % 7 or 7
        return Day(index, week_on[1], today + timedelta(days=away + (7 if week_on[0] == "week" else 14)))
    if behind:
        role, end = "coming", behind[1]
    elif role == "next_before" and message.lexicon.code == "es":
        role = "coming"
    elif not role and message.lexicon.code == "es" and message.tag(end, "last"):
        role, end = "last", message.tags[end]["last"][1]
    away = (weekday[0] - today.weekday()) % 7
    monday = today - timedelta(days=today.weekday())
    if role == "this":
        found = today + timedelta(days=away)
    elif role in ("next", "next_before"):
        found = monday + timedelta(days=7 + weekday[0])
    elif role == "last":
        found = today - timedelta(days=(today.weekday() - weekday[0]) % 7 or 7)
    else:
        found = today + timedelta(days=away or 7)
    day = Day(index, end, found, kind="weekday", weekday=weekday[0], role="past" if role == "last" else "")
    if role:
        day.kind = "day"
    return _day_behind_weekday(message, day, today) if not role else day


def _day_behind_weekday(message: Message, day: Day, today: date) -> Day:
    """Tuesday the 24th; Tuesday 24 where that is how people write it."""
    place = day.end + 1 if message.mark(day.end, ",") else day.end
    if message.tag(place, "clock") and message.lexicon.code != "es":
        return day  # "в субботу в 12"
    article = message.after(place, "the")
    number_of_day = day_number(message, article)
    if not number_of_day or (message.mark(number_of_day[1], ":.-/") and message.glued(number_of_day[1])):
        return day
    month_follows = month_at(message, number_of_day[1]) is not None
    if (
        month_follows
        or counts(message, number_of_day[1])
        or message.tag(number_of_day[1], "am")
        or message.tag(number_of_day[1], "pm")
    ):
        return day
    wanted, end, is_ordinal = number_of_day
    if is_ordinal and (message.lexicon.ordinal_hours and message.tokens[article].kind == "word"):
        return day
    plain = not is_ordinal and not message.tag(end, "day_number")
    if plain and _more_hours_follow(message, end):
        return day  # "sat 12 to 2", "fri 5 or 6pm"
    led = place > day.end or article > place
    if plain and led and message.lexicon.number_after_weekday_is_hour:
        return day  # "у четвер, на 17": led in on its own, it is an hour
    candidate = _such_a_day(message, wanted, day.weekday or 0, today)
    hour = plain and wanted <= LAST_HOUR and not _time_follows(message, end) and _may_be_hour(message, day, wanted)
    if candidate is None or (hour and wanted in message.hours and candidate not in message.near):
        return day if hour else _differing(message, day, wanted, end, today)
    if hour and candidate not in message.near and any(shown.weekday() == day.weekday for shown in message.shown):
        return day  # "sat 12" of a Saturday that was offered, which is another one than the 12th
    near = candidate in message.near or candidate - today <= NEAR
    if hour and not near and not any(spoken.month == candidate.month for spoken in message.near):
        return day
    day.first, day.end, day.kind = candidate, message.after(end, "day_number"), "day"
    return day


def _such_a_day(message: Message, wanted: int, weekday: int, today: date) -> date | None:
    """Return the day with this number and weekday: in a month that is talked about, else among the next two months."""
    months = [spoken.replace(day=1) for spoken in message.near]
    months += [shift_by(today.replace(day=1), "month", ahead) for ahead in range(3)]
    for month in months:
        if wanted <= monthrange(month.year, month.month)[1]:
            found = month.replace(day=wanted)
            if found.weekday() == weekday and found >= today and (found - today <= FAR or month != months[-1]):
                return found
    return None


def _more_hours_follow(message: Message, index: int) -> bool:
    """Return whether a second hour stands behind a number, so that both are hours; "el sábado 5 a las 3" has one."""
    if message.tag(index, "clock"):
        return False
    place = message.after(message.after(index, "to"), "or") + (1 if message.mark(index, "-–") else 0)
    second = message.tag(place, "num") if place > index else None
    if not second or month_at(message, second[1]) or second[0] > LAST_HOUR:
        return False
    marked = message.tag(second[1], "pm") or message.tag(second[1], "am") or message.mark(second[1], ":")
    return message.tag(index, "or") is None or bool(marked)


def _time_follows(message: Message, index: int) -> bool:
    """ "Fri 15 at 5pm": with an hour of its own behind it, the number is a day."""
    place = message.after(index, "clock")
    return place > index and message.tag(place, "num") is not None


def _may_be_hour(message: Message, day: Day, wanted: int) -> bool:
    """ "Fri 18" may be an hour, if the business is open then; where nothing is known of that, any hour of a day."""
    windows = message.open_on(day.weekday or 0)
    if not windows:
        return True
    hours = {wanted, wanted + NOON} if wanted < NOON else {wanted}
    return any(begin <= hour <= end for begin, end in windows for hour in hours)


def _differing(message: Message, day: Day, wanted: int, end: int, today: date) -> Day:
    """ "Friday the 16th" where the 16th is a Wednesday: either day may be meant."""
    months = [*message.near, *(shift_by(today.replace(day=1), "month", ahead) for ahead in range(3))]
    possible = [month for month in months if wanted <= monthrange(month.year, month.month)[1]]
    dates = [month.replace(day=wanted) for month in possible if month.replace(day=wanted) >= today]
    if not dates or day.first is None:
        return day
    away = (day.first.weekday() - dates[0].weekday()) % 7
    other = dates[0] + timedelta(days=away - 7 if away > 3 else away)
    day.readings = (dates[0], other if other >= today else day.first)
    day.problem, day.first, day.kind = "weekday_mismatch", dates[0], "day"
    day.end = message.after(end, "day_number")
    return day


def part_of(message: Message, index: int, today: date, region: str) -> Day | None:
    """Return the beginning, middle or end of a week or month."""
    for role in ("begin", "middle", "end"):
        found = message.tag(index, role)
        weekend = message.tag(index, "unit")
        if not found or (weekend and weekend[1] > found[1]):
            continue  # "fin de semana" is the weekend, not the end of the week
        place = message.after(found[1], "of")
        if message.mark(place, "-"):
            place += 1
        place = message.after(place, "article")
        month = message.tag(place, "month")
        if month:
            span: Day | None = whole_month(index, month[1], month[0], today)
        else:
            which, spot = modifier(message, place)
            spot = message.after(spot, "the") if not which else spot
            unit = message.tag(spot, "unit")
            if not unit or unit[0] not in ("week", "month"):
                continue
            behind = message.tag(unit[1], "next_after")
            which = "next" if behind else which or "this"
            span = stretch(index, behind[1] if behind else unit[1], unit[0], which, today)
        if span is None or span.first is None or span.last is None:
            continue
        return third(span, role, today, named=month is not None)
    return None
