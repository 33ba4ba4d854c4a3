"""Days: what stands in the text, resolved against the day it was written.

What the field agrees on, and we keep to:
- A bare weekday is the next such day *after* today. "Today" must be said, or "this Tuesday" on a Tuesday.
- "Next Friday" is Friday of next week (weeks begin on Monday); Spanish "el próximo viernes" and
  "the coming Friday" are the nearest.
- A day without a year is never in the past: "5.12" said on 6 December is next year's.
- 5/12 is 5 December; 12 May only if the region is the United States.
- Beginning, middle and end of a month are its days 1–10, 11–20 and 21–last.
"""

from datetime import date, timedelta

from bots.language.dates.days import Day, shift_by
from bots.language.dates.digits import numeric, span_of_days
from bots.language.dates.forms import day_and_month, month_alone, ordinal
from bots.language.dates.ordinals import week_of_month, week_with, weekday_of_month, weekend_of
from bots.language.dates.words import ahead, feast, named, part_of, relative
from bots.language.message import Message

LONGEST_STRETCH = timedelta(days=92)
RULES = (
    span_of_days, numeric, feast, weekday_of_month, weekend_of, week_of_month, week_with, day_and_month, relative,
    ahead, part_of, named, month_alone, ordinal,
)  # fmt: skip


def find(message: Message, today: date, region: str) -> list[Day]:
    """Return every date in the message, in order, joined into ranges where the words say so."""
    days: list[Day] = []
    index = 0
    while index < len(message):
        if message.used[index] or (
            message.tokens[index].kind == "word" and message.before(index, "name_intro") is not None
        ):
            index += 1
            continue
        day = _one(message, index, today, region)
        if day is None:
            index += 1
            continue
        message.take(day.start, day.end, "past" if day.role == "past" else "date")
        days.append(day)
        index = max(day.end, index + 1)
    days = _agree(message, days)
    days = _ranges(message, days, today)
    days = _within(days, message)
    _bounds(message, days)
    _the_other_one(message, days)
    return days


def _one(message: Message, index: int, today: date, region: str) -> Day | None:
    for rule in RULES:
        day = rule(message, index, today, region)
        if day is not None:
            return day
    return None


def _agree(message: Message, days: list[Day]) -> list[Day]:
    """ "Tuesday, 24 November" and "24.11 (wtorek)" are one day said twice."""
    kept: list[Day] = []
    for day in days:
        if not (kept and _same_day(message, kept[-1], day)):
            kept.append(day)
    return kept


def _same_day(message: Message, before: Day, day: Day) -> bool:
    """Return whether `day` says again which day `before` is; then `before` becomes both."""
    if before.last or day.last or day.start - before.end > 2:
        return False
    if any(message.tag(place, "or") for place in range(before.end, day.start)):
        return False
    named, exact = (before, day) if before.weekday is not None else (day, before)
    if named.weekday is None or exact.weekday is not None or named.first is None or exact.first is None:
        return False
    first = exact.first
    if exact.kind == "week_on":
        first += timedelta(days=named.weekday - first.weekday())
    elif first.weekday() != named.weekday and exact.passed is None:
        if not _said_together(message, before, day, exact):
            return False
        before.problem = "weekday_mismatch"
        before.readings = (first, _nearest(first, named.weekday, min(first, named.first)))
    before.role = exact.role or before.role
    before.first, before.end, before.kind = first, day.end, "day"
    before.weekday, before.yearless, before.passed = None, exact.yearless, exact.passed
    return True


def _said_together(message: Message, before: Day, day: Day, exact: Day) -> bool:
    """Return whether "Friday, 16 December", "16.12 (piątek)", "16 grudnia w piątek" speaks of one day."""
    gap = range(before.end, day.start)
    if not exact.yearless:  # "not tomorrow, Friday", "de mañana al viernes": of "tomorrow" it is another day
        moves = any("i:change" in tags or "instead" in tags for tags in message.tags)
        return not gap or (not moves and len(gap) == 1 and message.word(before.end) in ("w", "we", "в", "у", "on"))
    return all(message.mark(place, ",(-–") or message.tag(place, "the") or message.tag(place, "of") for place in gap)


def _nearest(day: date, weekday: int, earliest: date) -> date:
    """Return the day with this weekday that is nearest, but not before `earliest`."""
    away = (weekday - day.weekday()) % 7
    before = day - timedelta(days=7 - away)
    return before if away > 3 and before >= earliest else day + timedelta(days=away)


def _ranges(message: Message, days: list[Day], today: date) -> list[Day]:
    """From Monday to Wednesday, Mon–Wed, between the 3rd and the 5th."""
    kept: list[Day] = []
    for day in days:
        before = kept[-1] if kept else None
        if before and before.first and day.first and before.last is None and day.last is None and not before.role:
            last = day.first
            if last < before.first and day.weekday is not None:
                last += timedelta(weeks=1)
            first = today if _has_begun(before, last, today) else before.first
            if last >= first and _joins(message, before, day):
                before.first, before.last, before.end, before.kind = first, last, day.end, "range"
                continue
        kept.append(day)
    return kept


def _has_begun(begin: Day, last: date, today: date) -> bool:
    """Whether "from 28 December" was taken for next year's only because this year's is over while its end is not."""
    if begin.first is None or begin.first <= last or not begin.yearless or begin.weekday is not None:
        return False
    return timedelta(0) <= last - shift_by(begin.first, "year", -1) <= LONGEST_STRETCH and last >= today


def _joins(message: Message, first: Day, second: Day) -> bool:
    """Return whether the words between two dates make a stretch of them, and not a move from one to the other."""
    gap = range(first.end, second.start)
    if len(gap) == 1 and message.mark(gap[0], "-–—"):
        return True
    if not 1 <= len(gap) <= 3:
        return False
    joined = message.tag(gap[0], "to")
    if message.before(first.start, "between") is not None and message.tag(gap[0], "and"):
        return True
    if not joined:
        return False
    word = message.word(gap[0])
    led = message.before(first.start, "from") is not None
    if word in ("na", "на", "a", "al"):  # "z piątku na sobotę" moves; "de lunes a viernes" is a stretch
        exact = word == "a" and first.weekday is None and second.weekday is None and first.kind == second.kind == "day"
        return (led or exact) and message.lexicon.code == "es" and not any("i:change" in tags for tags in message.tags)
    if any("i:change" in tags for tags in message.tags) and led:
        return False
    return led or word in ("to", "till", "through", "until", "do", "до", "по", "hasta")


def _within(days: list[Day], message: Message) -> list[Day]:
    """ "Next week on Friday": the whole and the weekday are one day."""
    stretches = [day for day in days if day.kind == "week" and not day.role]
    for whole in stretches:
        named = [
            day
            for day in days
            if day.kind == "weekday" and abs(_gap(day, whole)) <= 8 and not _excluded(message, day, day.start)
        ]
        if not named or whole.last is None:
            continue
        monday = whole.last - timedelta(days=6)
        for day in named:
            if day.weekday is not None:
                day.first = monday + timedelta(days=day.weekday)
                day.kind = "day"
        named[0].start, named[0].end = min(named[0].start, whole.start), max(named[0].end, whole.end)
        days = [day for day in days if day is not whole]
    return days


def _gap(one: Day, other: Day) -> int:
    return other.start - one.end if other.start >= one.end else one.start - other.end


def _bounds(message: Message, days: list[Day]) -> None:
    """Until Friday, from Monday, after the 20th; not on Friday; from Friday (to Saturday)."""
    changing = any("i:change" in tags for tags in message.tags)
    for place, day in enumerate(days):
        start = day.start
        if message.tag(start, "the") is None or message.before(start, "the") is not None:
            begin = message.before(start, "the")
            start = begin if begin is not None else start
        following = days[place + 1] if place + 1 < len(days) else None
        if _excluded(message, day, start):
            day.role = day.role or "excluded"
            continue
        # "en vez del jueves": the article is a part of the phrase before it
        led = next((at for at in (start, day.start) if message.before(at, "instead") is not None), None)
        if led is not None and message.word(led - 1) not in ("not", "nie", "не", "no"):
            day.role = "from"
            continue
        led_from = message.before(day.start, "from") or message.before(start, "from")
        if changing and following and not day.last and led_from is not None and following.start - day.end <= 6:
            day.role = "from"
            continue
        if day.last and day.first and _bounded_stretch(message, day, start):
            continue
        if day.last or day.first is None or day.kind in ("week", "weekend", "month"):
            continue
        if not _until(message, day, start):
            _after(message, day, start)


def _until(message: Message, day: Day, start: int) -> bool:
    """ "By Friday", "before the 5th": the day becomes an end."""
    before = message.before(day.start, "until", "before")
    if before is None:
        before = message.before(start, "until", "before")
    if before is None or message.used[before] == "idiom" or message.word(day.start - 1) in ("na", "на", "по"):
        return False
    strict = message.before(day.start, "before") is not None and message.before(day.start, "until") is None
    strict = strict and message.word(day.start - 1) != "by" and not _denies(message, before)
    if day.first is not None:
        day.last, day.first = day.first - timedelta(days=int(strict)), None
    day.kind = "until"
    return True


def _after(message: Message, day: Day, start: int) -> None:
    """ "After Friday": from the day behind it."""
    after = message.before(day.start, "after")
    if after is None and start != day.start:
        after = message.before(start, "after")
    if after is None or message.word(after) == "najwczesniej" or day.first is None:
        return
    if all((led := message.before(spot, "from")) is None or led > after for spot in (day.start, start)):
        day.first += timedelta(days=1)
        day.kind = "from"


def _denies(message: Message, index: int) -> bool:
    """Return whether a phrase begins with a denial: "no later than" includes the day, "earlier than" does not."""
    return message.tag(index, "not") is not None or message.tag(index, "i:deny") is not None


def _bounded_stretch(message: Message, day: Day, start: int) -> bool:
    """ "By the end of the month", "before the weekend", "after next week": one end of a stretch is meant."""
    led = {
        role: place
        for role in ("until", "before", "after", "around")
        for place in (message.before(day.start, role), message.before(start, role))
        if place is not None and message.used[place] != "idiom"
    }
    if (
        day.last is None
        or day.first is None
        or "around" in led
        or not led
        or message.word(day.start - 1) in ("на", "по")
    ):
        return False
    first, last = day.first, day.last
    if day.whole and ("until" in led or "before" in led):
        day.first, day.last, day.kind = None, day.whole, "until"
    elif day.kind in ("week", "weekend", "month") and "after" in led and min(led.values()) == led["after"]:
        day.first, day.last, day.kind = last + timedelta(days=1), None, "from"
    elif day.kind in ("week", "weekend", "month") and "before" in led:
        day.first, day.last, day.kind = None, first - timedelta(days=1), "until"
    else:
        return False
    return True


def _the_other_one(message: Message, days: list[Day]) -> None:
    """ "Not this Saturday but the one after": the second day has no name of its own."""
    for place, day in enumerate(days):
        if day.first is None or day.last or day.role == "past" or day.kind not in ("day", "weekday"):
            continue
        until = min(day.end + 6, len(message))
        for index in range(day.end, until):
            found = message.tag(index, "day_after") or message.tag(index, "other_one")
            if not found:
                continue
            told = next((one for one in days[place + 1 :] if one.start == index), None)
            if told and message.tag(index, "day_after") and day.role == "excluded":
                told.first = day.first + timedelta(days=1)
                return
            if set(message.used[index : found[1]]) - {"", "idiom"}:
                continue
            if any(message.tag(found[1], noun) for noun in ("weekday", "unit", "month", "num", "day")):
                continue
            if not any(message.tag(spot, "or") for spot in range(day.end, found[1])):
                day.role = "excluded"
            later = timedelta(days=1) if message.tag(index, "day_after") else timedelta(weeks=1)
            days.insert(place + 1, Day(index, found[1], day.first + later))
            message.take(index, found[1], "date")
            return


def _excluded(message: Message, day: Day, start: int) -> bool:
    """Return whether this day is the one that does not suit."""
    denied = message.tag(day.end, "i:deny")
    if (
        denied
        and message.tokens[day.end].kind == "word"
        and (denied[1] >= len(message) or message.tokens[denied[1]].kind == "mark")
    ):
        return True
    for place in {day.start, start}:
        found = message.before(place, "except")
        if found is not None and not (message.word(place - 1) == "no" and message.lexicon.code == "en"):
            return True
    return False
