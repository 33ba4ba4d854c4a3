"""Short answers: a bare "2" is what the bot just asked for, "the second one" a slot it just offered."""

from __future__ import annotations

from datetime import date, timedelta

from bots.language.clock_time import Clock
from bots.language.context import Context
from bots.language.message import Message
from bots.language.numbers import number
from bots.language.resolved import TWELVE_HOUR_LANGUAGES, Resolved, hours_of

SHORT_ANSWER = 6


def bare_numbers(out: Resolved, message: Message, today: date, context: Context) -> None:
    """A number alone is what the bot just asked for."""
    asked = context.requested
    if not asked:
        return
    for index in range(len(message)):
        found = number(message, index)
        if not found:
            continue
        value, end = found
        if "duration" in asked and out.duration is None and 1 <= value <= 12 and out.people is None:
            out.duration = value * 60
            out.spans.append(("duration", index, end, out.duration))
        elif "duration" in asked and out.duration is None and value in (15, 20, 30, 40, 45, 60, 75, 90, 120, 150, 180):
            out.duration = value
            out.spans.append(("duration", index, end, value))
        elif "date" in asked and out.date is None and 1 <= value <= 31:
            day = _day_of_month(value, today)
            if day:
                out.date = day
                out.spans.append(("date", index, end, day))
        elif "time" in asked and out.time is None and out.end_time is None and 0 < value <= 24:
            moment = Clock(index, end, value).resolve(
                hours_of(out, context), twelve_hours=message.lexicon.code in TWELVE_HOUR_LANGUAGES
            )
            out.time = moment
            out.spans.append(("time", index, end, f"{moment:%H:%M}"))
        else:
            continue
        message.take(index, end, "duration")
        return


def _day_of_month(day: int, today: date) -> date | None:
    for shift in range(62):
        candidate = today + timedelta(days=shift)
        if candidate.day == day:
            return candidate
    return None


def choose(out: Resolved, message: Message, context: Context) -> None:
    """ "The second one", "18:30" or "wed" picks one of the slots that were offered."""
    slots = context.offered
    if not slots:
        return
    if out.date is None and out.time is None and out.end_time is None:
        picked = _by_place(out, message, len(slots))
        if picked is not None:
            out.date, out.time = slots[picked]
        return
    if out.time is not None and out.date is None:
        fits = [slot for slot in slots if slot[1] == out.time]
        if not fits and out.time.minute == 0 and out.end_time is None:
            fits = [slot for slot in slots if slot[1].hour % 12 == out.time.hour % 12]
        if len({slot[0] for slot in fits}) == 1:
            out.date, out.time = fits[0]
    elif out.date is not None and out.date_end is None:
        same_weekday = [slot for slot in slots if slot[0] == out.date] or [
            slot for slot in slots if slot[0].weekday() == out.date.weekday() and _said_by_weekday(message)
        ]
        if len({slot[0] for slot in same_weekday}) == 1:
            out.date = same_weekday[0][0]
            if out.time is None and len(same_weekday) == 1:
                out.time = same_weekday[0][1]


def _said_by_weekday(message: Message) -> bool:
    return any("weekday" in tags for tags in message.tags)


def _by_place(out: Resolved, message: Message, count: int) -> int | None:
    if sum(1 for token in message.tokens if token.kind != "mark") > SHORT_ANSWER:
        return None
    for index in range(len(message)):
        last = message.tag(index, "last_one")
        ordinal = message.tag(index, "ord") if message.tokens[index].kind == "word" else None
        counted = number(message, index)
        if ordinal and 1 <= ordinal[0] <= count:
            message.take(index, ordinal[1], "choice")
            out.spans.append(("choice", index, ordinal[1], ordinal[0]))
            return ordinal[0] - 1
        if last:
            message.take(index, last[1], "choice")
            out.spans.append(("choice", index, last[1], count))
            return count - 1
        if counted and 1 <= counted[0] <= count and len(message) <= 2 and "people" not in message.used:
            message.take(index, counted[1], "choice")
            out.spans.append(("choice", index, counted[1], counted[0]))
            return counted[0] - 1
    return None
