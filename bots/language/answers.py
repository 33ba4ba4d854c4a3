"""Short answers: a bare "2" is what the bot just asked for, "the second one" a slot it just offered."""

from dataclasses import dataclass
from datetime import date, time

from bots.language.context import Context
from bots.language.message import Message
from bots.language.numbers import number
from bots.language.resolved import TWELVE_HOUR_LANGUAGES, Resolved, as_date, day_of_month, hours_of
from bots.language.times.clock_time import Clock

SHORT_ANSWER = 8
LONG_ANSWER = 16
AHEAD = 3
THAT = (
    "co",
    "ktory",
    "ktora",
    "ktore",
    "que",
    "q",
    "that",
    "you",
    "u",
    "что",
    "который",
    "що",
    "який",
)  # "the first that you named"
NOT = ("not", "no", "ni", "ani", "nie", "не", "ни", "ні", "ані")
FEW = 3  # tokens of "one", "one please"
ELSEWHEN = {"weekday", "day", "month", "feast"}  # a day of its own, or a refusal: nothing is picked
ACCUSATIVE = {"ru": ("в", "во", "на", "к"), "uk": ("в", "у")}  # these lead in "the second one" as well as an hour


@dataclass(slots=True)
class Picked:
    """One of the offered slots, by its place in the list, and the tokens that say so."""

    start: int
    end: int
    place: int
    named: bool = False  # in words that can mean nothing else, however long the message is


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


def pick(message: Message, context: Context) -> Picked | None:
    """Return which of the offered slots an answer points at: "the second one", "druga", "последний", "opción 2".

    It is read before the clock is, because "druga" is also two o'clock; an hour that is led in ("o drugiej")
    or named ("в первом часу") stays an hour.
    """
    count = len(context.offered)
    words = sum(1 for token in message.tokens if token.kind != "mark")
    if not count or words > LONG_ANSWER or any(ELSEWHEN & tags.keys() for tags in message.tags):
        return None
    left = _left_over(message, count)
    if left:
        message.take(left.start, left.end, "choice")
        return left
    for index in range(len(message)):
        found = _in_order(message, index, context) or _by_place(message, index, count) or _nth(message, index, count)
        found = found or _bare_place(message, index, context)
        if found and (words <= SHORT_ANSWER or found.named):
            message.take(index, found.end, "choice")
            return found
    return None


def _by_place(message: Message, index: int, count: int) -> Picked | None:
    """ "The middle one", "то, что сверху", "the one after the first"."""
    for role, place in (("top_one", 0), ("middle_one", count // 2), ("bottom_one", count - 1)):
        found = message.tag(index, role)
        if not found or (role == "middle_one" and count % 2 == 0):
            continue
        beyond = range(found[1], found[1] + AHEAD)  # "in the middle of the week"
        if any(message.tag(spot, other) for spot in beyond for other in ("unit", "month", "part")):
            continue
        if not message.free(index, found[1]):
            continue
        return Picked(index, message.after(found[1], "option"), place, named=True)
    after = message.tag(index, "after")
    first = message.tag(message.after(after[1], "the"), "ord") if after else None
    if first and first[0] < count and message.tokens[first[1] - 1].kind == "word":
        return Picked(index, first[1], first[0], named=True)
    return None


def _left_over(message: Message, count: int) -> Picked | None:
    """ "Not the first two, the other one", "ni la primera ni la última": what is left when some are denied."""
    denied: set[int] = set()
    start, end = len(message), 0
    for index in range(len(message)):
        ordinal = message.tag(index, "ord") if message.tokens[index].kind == "word" else None
        last = message.tag(index, "last_one") or message.tag(index, "last") or message.tag(index, "later")
        found = ordinal or last
        if not found or index < end:
            continue
        behind, before = message.tag(found[1], "num"), message.before(index, "num")
        several = behind or (message.tags[before]["num"] if before is not None else None)
        size = several[0] if several and several[0] < count else 1
        first = ordinal[0] - 1 if ordinal else count - size
        if not _denied_around(message, index if before is None else before, (behind or found)[1]):
            continue
        denied |= set(range(first, first + size))
        start, end = min(start, index), max(end, (behind or found)[1])
    if not denied:
        return None  # a single time that was offered is not picked by whatever is said
    left = sorted(set(range(count)) - denied)
    if len(left) == 1:
        return Picked(start, end, left[0], named=True)
    after = any("after" in tags or "other_one" in tags for tags in message.tags[end:])
    if len(denied) == 1 and after and max(denied) + 1 < count:
        return Picked(start, end, max(denied) + 1, named=True)
    return None


def _denied_around(message: Message, start: int, end: int) -> bool:
    """Return whether "not", "ni", "ani" stands before, or "no" behind: "las dos últimas no"."""
    begin = message.before(start, "the", "article")
    if any(message.word(place - 1) in NOT for place in (start, begin) if place is not None):
        return True
    return message.lexicon.code == "es" and message.word(end) == "no"


def _in_order(message: Message, index: int, context: Context) -> Picked | None:
    """ "The later one", "ten wcześniejszy": the last or the first of what was offered, if nothing else is asked."""
    if message.roles.isdisjoint(("later_one", "earlier_one", "same_day")):
        return None
    later, earlier = message.tag(index, "later_one"), message.tag(index, "earlier_one")
    beside = message.tag(index, "later") or message.tag(index, "earlier")
    that_day = beside is not None and (
        message.before(index, "same_day") is not None
        or any(message.tag(place, "same_day") for place in range(beside[1], beside[1] + 3))
    )
    if that_day and any("or" in tags for tags in message.tags):
        return None
    later = later or (message.tag(index, "later") if that_day else None)
    found = later or earlier or (beside if that_day else None)
    if not found or any(message.mark(place, "?") or "question" in message.tags[place] for place in range(len(message))):
        return None
    offered = sorted(context.offered)
    if that_day:
        day = as_date(context.state.get("date")) or offered[0][0]
        offered = [slot for slot in offered if slot[0] == day]
    if not offered:
        return None
    return Picked(index, message.after(found[1], "option"), context.offered.index(offered[-1 if later else 0]))


def _nth(message: Message, index: int, count: int) -> Picked | None:
    if any((part := message.tag(place, "part")) and part[1] > index + 1 for place in (index - 1, index)):
        return None  # "в первой половине дня"
    last = message.tag(index, "last_one") or message.tag(index, "last")
    if last and message.free(index, last[1]) and not message.tag(last[1], "unit"):
        return Picked(index, message.after(last[1], "option"), count - 1)
    ordinal = message.tag(index, "ord") if message.tokens[index].kind == "word" else None
    end = ordinal[1] if ordinal else index
    as_option = False
    if ordinal is None:
        written = message.tag(index, "num")
        if written is None:
            return None
        hyphen = written[1] + message.mark(written[1], "-")
        suffixed = message.tag(hyphen, "suffix") if message.glued(hyphen) else None
        behind = suffixed[1] if suffixed else written[1]
        as_option = message.tag(behind, "option") is not None or message.before(index, "option", "numbered") is not None
        as_option = as_option or (
            message.lexicon.code == "es" and message.word(index - 1) == "la" and behind == index + 1
        )
        if not (suffixed or as_option) or (not as_option and message.after(behind, "please") < len(message)):
            return None
        ordinal, end = written, behind
    if not 1 <= ordinal[0] <= count or not message.free(index, end):
        return None
    named = message.tag(end, "option")
    if message.lexicon.ordinal_hours and not named and _is_hour(message, index, end):
        return None
    among = message.tag(message.after(message.after(end, "of"), "from"), "them")
    if any(message.tag(end, category) for category in ("of", "pm", "am", "part", "people")) and not (named or among):
        return None
    sure = named is not None or as_option or bool(among) or index == 0 or message.word(end) in THAT
    return Picked(index, named[1] if named else end, ordinal[0] - 1, named=sure)


def _is_hour(message: Message, index: int, end: int) -> bool:
    """Return whether "drugiej" is led in as a time of day, or has its "o'clock" behind it."""
    if message.tag(end, "oclock") and not message.tag(end, "suffix"):
        return True
    led = message.before(index, "clock", "at", "after", "before", "until", "around", "from")
    if (
        message.lexicon.code == "pl"
        and message.tokens[end - 1].text.lower().endswith("ą")
        and message.word(index - 1) == "o"
    ):
        return False  # "proszę o pierwszą"
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
