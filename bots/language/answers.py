"""Short answers: a bare "2" is what the bot just asked for, "the second one" a slot it just offered."""

from dataclasses import dataclass
from datetime import date, timedelta

from bots.language.context import Context
from bots.language.message import Message
from bots.language.numbers import number
from bots.language.resolved import TWELVE_HOUR_LANGUAGES, Resolved, hours_of
from bots.language.times.clock_time import Clock

SHORT_ANSWER = 8
ELSEWHEN = {"weekday", "day", "month", "feast", "i:deny", "except"}  # a day of its own, or a refusal: nothing is picked
ACCUSATIVE = {"ru": ("в", "во", "на", "к"), "uk": ("в", "у")}  # these lead in "the second one" as well as an hour


@dataclass(slots=True)
class Picked:
    """One of the offered slots, by its place in the list, and the tokens that say so."""

    start: int
    end: int
    place: int


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
            slot for slot in slots if slot[0].weekday() == out.date.weekday() and _said_by_weekday(message)
        ]
        if len({slot[0] for slot in same_weekday}) == 1:
            out.date = same_weekday[0][0]
            if out.time is None and len(same_weekday) == 1:
                out.time = same_weekday[0][1]


def _said_by_weekday(message: Message) -> bool:
    return any("weekday" in tags for tags in message.tags)


def pick(message: Message, context: Context) -> Picked | None:
    """Return which of the offered slots a short answer points at: "the second one", "druga", "последний", "opción 2".

    It is read before the clock is, because "druga" is also two o'clock; an hour that is led in ("o drugiej")
    or named ("в первом часу") stays an hour.
    """
    count = len(context.offered)
    words = sum(1 for token in message.tokens if token.kind != "mark")
    if not count or words > SHORT_ANSWER or any(ELSEWHEN & tags.keys() for tags in message.tags):
        return None
    for index in range(len(message)):
        found = _nth(message, index, count) or _bare_place(message, index, context)
        if found:
            message.take(index, found.end, "choice")
            return found
    return None


def _nth(message: Message, index: int, count: int) -> Picked | None:
    last = message.tag(index, "last_one") or message.tag(index, "last")
    if last and message.free(index, last[1]) and not message.tag(last[1], "unit"):
        return Picked(index, message.after(last[1], "option"), count - 1)
    ordinal = message.tag(index, "ord") if message.tokens[index].kind == "word" else None
    end = ordinal[1] if ordinal else index
    if ordinal is None:
        written = message.tag(index, "num")
        if written is None:
            return None
        hyphen = written[1] + message.mark(written[1], "-")
        suffixed = message.tag(hyphen, "suffix") if message.glued(hyphen) else None
        behind = suffixed[1] if suffixed else written[1]
        as_option = message.tag(behind, "option") is not None or message.before(index, "option") is not None
        if not (suffixed or as_option) or (not as_option and behind < len(message)):
            return None
        ordinal, end = written, behind
    if not 1 <= ordinal[0] <= count or not message.free(index, end):
        return None
    named = message.tag(end, "option")
    if message.lexicon.ordinal_hours and not named and _is_hour(message, index, end):
        return None
    if any(message.tag(end, category) for category in ("of", "pm", "am", "part", "people")) and not named:
        return None
    return Picked(index, named[1] if named else end, ordinal[0] - 1)


def _is_hour(message: Message, index: int, end: int) -> bool:
    """Return whether "drugiej" is led in as a time of day, or has its "o'clock" behind it."""
    if message.tag(end, "oclock") and not message.tag(end, "suffix"):
        return True
    led = message.before(index, "clock", "at", "after", "before", "until", "around", "from")
    return led is not None and message.word(index - 1) not in ACCUSATIVE.get(message.lexicon.code, ())


def _bare_place(message: Message, index: int, context: Context) -> Picked | None:
    """ "2" alone, if nothing else was asked for and no offered time begins at two."""
    found = number(message, index)
    words = [token for token in message.tokens if token.kind != "mark"]
    if not found or len(words) != 1 or {"people", "duration"} & set(context.requested):
        return None
    if not 1 <= found[0] <= len(context.offered) or any(slot[1].hour % 12 == found[0] for slot in context.offered):
        return None
    return Picked(index, found[1], found[0] - 1)
