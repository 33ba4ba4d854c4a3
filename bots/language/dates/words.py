"""Dates in words: tomorrow, next Friday, in two weeks, the end of the month, Christmas Eve."""

from datetime import date, timedelta

from bots.language.dates.days import Day, calendar_day, shift_by, stretch, third, whole_month
from bots.language.dates.forms import counts, day_number, month_at
from bots.language.dates.ordinals import modifier
from bots.language.message import Message
from bots.language.numbers import number


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
    return calendar_day(index, found[1], day, month, None, today)


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
    candidate = today
    for _ in range(62):
        candidate += timedelta(days=1)
        if candidate.day == wanted and candidate.weekday() == day.weekday:
            break
    else:
        return day
    nearest = candidate == day.first
    plain = not is_ordinal and not message.tag(end, "day_number")
    if plain and wanted <= 21 and message.lexicon.number_after_weekday_is_hour and not (nearest and wanted > 12):
        return day
    if plain and wanted <= 21 and candidate - today > timedelta(days=31):
        return day
    day.first, day.end, day.kind = candidate, message.after(end, "day_number"), "day"
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
