"""Short answers: a bare "2" is what the bot just asked for, "the second one" a slot it just offered."""

from datetime import date, time

from bots.language.context import Context
from bots.language.message import Message
from bots.language.numbers import number
from bots.language.resolved import TWELVE_HOUR_LANGUAGES, Resolved, day_of_month, hours_of
from bots.language.times.clock_time import Clock

FEW = 3  # tokens of "one", "one please"


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
        if value == 1 and message.tokens[index].kind == "word" and "duration" not in asked and len(message) > FEW:
            continue  # "any day but one"
        if "duration" in asked and out.duration is None and 1 <= value <= 12 and out.people is None:
            out.duration = value * 60
            out.spans.append(("duration", index, end, out.duration))
        elif "duration" in asked and out.duration is None and value in (15, 20, 30, 40, 45, 60, 75, 90, 120, 150, 180):
            out.duration = value
            out.spans.append(("duration", index, end, value))
        elif "date" in asked and out.date is None and 1 <= value <= 31:
            out.date = day_of_month(value, today)
            out.spans.append(("date", index, end, out.date))
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


def choose(out: Resolved, message: Message, context: Context) -> None:
    """ "The second one", "18:30" or "wed" picks one of the slots that were offered."""
    slots = context.offered
    if not slots and context.offered_date and context.offered_time == out.time:
        slots = ((context.offered_date, context.offered_time),) if context.offered_time else ()
    if not slots:
        return
    if out.time is not None and out.date is None:
        fits = [slot for slot in slots if slot[1] == out.time]
        if not fits and out.time.minute == 0 and out.end_time is None:
            fits = [slot for slot in slots if slot[1].hour % 12 == out.time.hour % 12]
        if len({slot[0] for slot in fits}) == 1:
            out.date, out.time = fits[0]
    elif out.date is not None and out.date_end is None:
        same_weekday = [slot for slot in slots if slot[0] == out.date] or [
            slot for slot in slots if slot[0].weekday() == out.date.weekday() and _said_by_weekday(out, message)
        ]
        if len({slot[0] for slot in same_weekday}) == 1:
            out.date = same_weekday[0][0]
            if "same_time" in message.roles or "same" in message.used:
                return  # "Saturday then, same time": the hour that was wished for, not the one that was offered
            if out.time is None and len(same_weekday) == 1:
                out.time = same_weekday[0][1]
            elif out.time is None:
                out.time = _later_or_earlier(message, [slot[1] for slot in same_weekday])


def _later_or_earlier(message: Message, hours: list[time]) -> time | None:
    """Return the last or first hour of a day, for "the later one on Friday"."""
    if any("later_one" in tags for tags in message.tags):
        return max(hours)
    return min(hours) if any("earlier_one" in tags for tags in message.tags) else None


def _said_by_weekday(out: Resolved, message: Message) -> bool:
    """Return whether a weekday says which day is meant, and no number with it: "sat the 12th" is no other Saturday."""
    days = [range(start, end) for name, start, end, _value in out.spans if name == "date"]
    said = {category for span in days for place in span for category in message.tags[place]}
    return "weekday" in said and not said & {"num", "ord"}
