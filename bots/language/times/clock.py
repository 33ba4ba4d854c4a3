"""One time of day as it stands in a text, before anything is known about the day or the opening hours."""

from bots.language.message import Message
from bots.language.numbers import number
from bots.language.times.clock_time import NOON, Clock, counts_something, hour_number
from bots.language.times.phrases import fit, templates_of

LAST_HOUR = 23
HALF_HOURS = ("00", "30", "45")  # "17-30" is a time, "17-20" rather a stretch


LATE_MORNING = (10, 11)  # “11 of the day” is no 23:00
EARLY = 8  # the first hour that may be written "8 30" with nothing before it


def read(message: Message, index: int, *, bare: bool) -> Clock | None:
    """Return the time of day that begins at this token; with `bare`, a number alone will do."""
    if index >= len(message) or (message.used[index] and message.used[index] != "date"):
        return None
    for rule in (_template, _digits, _named):
        found = rule(message, index)
        if found is not None:
            return _half_of_day(message, found)
    return _hour(message, index, bare=bare)


def _digits(message: Message, index: int) -> Clock | None:
    """18:30, 18.30, 18h30, 5:30 pm, 1830 after "at"."""
    token = message.tokens[index]
    if token.kind != "number" or message.used[index]:
        return None
    marked = message.tag(index + 1, "pm") or message.tag(index + 1, "am")
    if marked and 3 <= len(token.text) <= 4 and token.number // 100 <= NOON and token.number % 100 < 60:
        return Clock(index, index + 1, token.number // 100, token.number % 100, written=True)  # "630pm"
    if len(token.text) == 3 and token.number % 100 < 60 and message.lexicon.code in ("en", "es"):
        if message.before(index, "clock") is not None and not counts_something(message, index, index + 1):
            return Clock(index, index + 1, token.number // 100, token.number % 100, written=True)  # "at 530"
        return None
    if (
        len(token.text) == 4
        and 600 <= token.number <= 2359
        and token.number % 100 in (0, 15, 30, 45)
        and token.number not in (2000, 2015, 2030)
    ):
        alone = sum(token.kind != "mark" for token in message.tokens) == 1 and token.number % 100 == 30
        if message.before(index, "clock") is not None or alone or message.tag(index + 1, "oclock"):
            return Clock(index, index + 1, token.number // 100, token.number % 100, "24", written=True)
        return None
    if len(token.text) > 2 or token.number > 24 or not message.glued(index + 1) or not message.glued(index + 2):
        return _spaced(message, index)
    minutes = message.tokens[index + 2]
    separator = message.word(index + 1)
    if (
        separator not in (":", ".", ",", "h", "-", "ч", "год")
        or minutes.kind != "number"
        or len(minutes.text) != 2
        or minutes.number > 59
    ):
        return None
    unled = separator in (",", "-") and (message.before(index, "clock", "at") is None or minutes.number % 5)
    if unled and (separator != "-" or not _dashed(message, index)):
        return None
    priced = separator == "." and any("i:ask_price" in tags for tags in message.tags)
    if priced and message.before(index, "clock", "at", "after", "before") is None:
        return None  # "the price is 12.50"
    if message.used[index + 2] or (
        message.mark(index + 3, ".:/")
        and message.glued(index + 3)
        and message.glued(index + 4)
        and message.tokens[index + 4].kind == "number"
        and separator != ":"
    ):
        return None
    end = index + 3
    if (
        message.mark(end, ":")
        and message.glued(end)
        and message.glued(end + 1)
        and message.tokens[end + 1].kind == "number"
    ):
        end += 2
    if message.glued(end) and message.word(end) in ("ч", "г", "h", "год") and not message.used[end]:
        end += 1
    half = "24" if (len(token.text) == 2 and (token.text[0] == "0" or token.number > NOON)) or token.number == 0 else ""
    return Clock(index, end, token.number, minutes.number, half, written=True, digital=True)


def _dashed(message: Message, index: int) -> bool:
    """ "17-30 tomorrow" and "17-30" alone are a time of day; "I need 10-30 of them" is not."""
    if message.tokens[index].glued or not 6 <= message.tokens[index].number <= LAST_HOUR:
        return False
    if message.tokens[index + 2].text not in HALF_HOURS or counts_something(message, index + 2, index + 3):
        return False
    words = sum(1 for token in message.tokens if token.kind == "word")
    beside = [place for place in (index - 1, index + 3) if 0 <= place < len(message)]
    proposed = message.before(index, "propose", "clock", "at", "hour_noun", "option") is not None
    named = message.mark(index - 1, ":") and message.before(index - 1, "hour_noun") is not None
    return words == 0 or proposed or named or any(message.used[place] == "date" for place in beside)


def _stands_apart(message: Message, index: int) -> bool:
    """Return whether "16 30" is a thing of its own, with small words around it: "давайте 16 30", "12 30 будет ок"."""
    before = ("propose", "hour_noun", "i:correct", "i:affirm", "i:deny", "option", "unchanged", "only", "is", "please")
    opens = index == 0 or message.tokens[index - 1].kind == "mark" or message.before(index, *before) is not None
    end = index + 2
    counted = ("people", "unit", "month", "money", "measure", "relations", "goods", "age")
    return opens and not any(message.tag(end, role) for role in counted)


def _spaced(message: Message, index: int) -> Clock | None:
    """ "o 18 30", "в 18 30", "a las 18 30"."""
    token = message.tokens[index]
    if token.number > 24 or index + 1 >= len(message):
        return None
    led = message.before(index, "clock", "at") is not None
    if not led and not (EARLY <= token.number < LAST_HOUR and _stands_apart(message, index)):
        return None
    minutes = message.tokens[index + 1]
    if (
        minutes.kind != "number"
        or len(minutes.text) != 2
        or minutes.number not in (0, 15, 30, 45)
        or minutes.glued
        or message.used[index + 1]
    ):
        return None
    if any(message.tag(index + 2, category) for category in ("people", "unit", "month")):
        return None
    return Clock(index, index + 2, token.number, minutes.number, written=True)


def _named(message: Message, index: int) -> Clock | None:
    """Noon and midnight."""
    one = message.tag(index, "one_oclock")
    led = message.before(index, "clock", "after", "before", "until") is not None
    if one and led and not message.used[index] and not message.tag(one[1], "num") and not message.tag(one[1], "of"):
        return Clock(index, one[1], 1, written=True)  # "в час"
    found = message.tag(index, "part")
    spot = message.before(index, "the")
    if found and found[0] == "noon" and any(place and message.used[place - 1] == "time" for place in (index, spot)):
        return None  # "o dwunastej trzydzieści w południe"
    if not found or found[0] not in ("noon", "midnight") or message.used[index] == "time":
        return None
    return Clock(index, found[1], NOON if found[0] == "noon" else 0, 0, "24", written=True)


def _hour(message: Message, index: int, *, bare: bool) -> Clock | None:
    """Return an hour alone: it needs am, pm, o'clock or a part of the day behind it, unless `bare`."""
    found = hour_number(message, index)
    if found is None or not message.free(index, found[1]):
        return None
    hour, end = found
    part = message.tag(index, "part")
    ordinal = message.tag(index, "ord") is not None and message.tokens[index].kind == "word"
    if ordinal and not message.lexicon.ordinal_hours_alone and not message.tag(end, "oclock"):
        return None
    if part and part[1] > end:
        return None  # "в першій половині дня"
    marked = _half_of_day(message, Clock(index, end, hour))
    if marked.half:
        marked.written = not _counts_days(message, index, end)
        return marked if marked.written else None
    spelled = message.tokens[index].kind == "word"
    if hour == LAST_HOUR + 1 and message.glued(end):
        return None  # "24h" is how long
    oclock = message.tag(end, "oclock")
    if oclock and message.tag(end, "suffix") and not message.glued(end):
        oclock = None  # "десятою та дванадцятою": and, not an ending
    unit = message.tag(end, "unit")
    if (
        oclock
        and (
            message.glued(end)
            or len(message.word(end)) > 1
            or (hour > NOON and message.word(end) == "h")
            or message.mark(end, "-")
            or oclock[1] > end + 1
        )
        and not message.used[end]
    ):
        led = message.before(index, "clock", "at", "before", "after", "until", "from", "around", "to") is not None
        minutes = _counted_minutes(message, oclock[1])
        if not unit or led or bare or (minutes and hour >= EARLY):  # “2 часа 30 минут” is how long
            if minutes:
                return _half_of_day(message, Clock(index, minutes[1], hour, minutes[0], written=True))
            return _half_of_day(message, Clock(index, oclock[1], hour, written=True))
    if message.tag(index, "about_hour"):
        return Clock(index, end, hour, written=True, about=True)
    if message.tag(end, "ish") and message.lexicon.code == "en":
        return Clock(index, end + 1, hour, written=True, about=True)
    if message.mark(end, "-") and message.glued(end) and message.tag(end + 1, "suffix") and message.glued(end + 1):
        if message.tokens[index].kind == "number" and message.lexicon.ordinal_hours and bare:
            return _half_of_day(message, Clock(index, end + 2, hour))
        return None
    if not bare or hour > LAST_HOUR or counts_something(message, index, end):
        return None
    minutes = _spelled_minutes(message, end) if spelled else None
    if minutes:
        return _half_of_day(message, Clock(index, minutes[1], hour, minutes[0], written=True))
    return Clock(
        index,
        end,
        hour,
        0,
        "24" if message.tokens[index].text.startswith("0") and len(message.tokens[index].text) == 2 else "",
    )


def _counts_days(message: Message, index: int, end: int) -> bool:
    """ "3 дня" is three days as well as three in the afternoon: only what leads it in tells."""
    unit = message.tag(end, "unit")
    if not unit or unit[0] != "day":
        return False
    roles = ("clock", "at", "before", "after", "until", "from", "around", "to", "or", "between", "and")
    if message.before(index, *roles) is not None or message.before(index, "part", "day") is not None:
        return False
    return not (index == 0 or message.used[index - 1] == "date" or message.mark(index - 1, ","))


def _counted_minutes(message: Message, index: int) -> tuple[int, int] | None:
    """ "17 часов 30 минут"."""
    found = number(message, index)
    unit = message.tag(found[1], "unit") if found else None
    return (found[0], unit[1]) if found and unit and unit[0] == "minute" and found[0] < 60 else None


def _spelled_minutes(message: Message, index: int) -> tuple[int, int] | None:
    """ "o siedemnastej trzydzieści"."""
    found = number(message, index)
    again = number(message, found[1]) if found and found[0] == 0 else None
    if again and again[0] == 0:
        return again  # "siedemnasta zero zero"
    if (
        found
        and found[0] in (5, 10, 15, 20, 25, 30, 35, 40, 45, 50, 55)
        and not counts_something(message, index, found[1])
    ):
        return found
    return None


def _half_of_day(message: Message, clock: Clock) -> Clock:
    """am, pm, "wieczorem", "de la tarde" right behind the time."""
    place = clock.end
    if clock.half == "24":
        extra = message.tag(place, "pm") or message.tag(place, "am")
        if extra:
            clock.end = extra[1]
            clock.half = "pm" if message.tag(place, "pm") and 0 < clock.hour < NOON else "24"
        return clock
    part = message.tag(place, "part")
    if part and part[0] == "night" and clock.hour <= NOON:
        clock.half, clock.end = "night", part[1]
        return clock
    for half in ("pm", "am"):
        found = message.tag(place, half)
        lone = found and found[1] == place + 1 and len(message.word(place)) == 1
        if lone and not (message.glued(place) and clock.hour):
            continue  # "9a", but not "9 a friend"
        if found and clock.hour <= NOON:
            late = part is None and message.tag(found[1] - 1, "part")
            midnight = clock.hour == NOON and half == "pm" and (late or part or ("", 0))[0] in ("evening", "night")
            by_day = half == "pm" and clock.hour in LATE_MORNING and _by_day(message, place, found[1])
            clock.half, clock.end, clock.written = "am" if midnight or by_day else half, found[1], True
            return clock
    return clock


def _by_day(message: Message, place: int, end: int) -> bool:
    """ "Пів на дванадцяту дня", "11 дня": half of the day is said, and it is not the evening."""
    parts = [message.tags[spot]["part"][0] for spot in range(place, end) if "part" in message.tags[spot]]
    return "afternoon" in parts or any("unit" in message.tags[spot] for spot in range(place, end))


def _template(message: Message, index: int) -> Clock | None:
    table = templates_of(message.lexicon)
    firsts = [message.word(index)]
    tags = message.tags[index]
    if "num" in tags or "ord" in tags:
        firsts += ["M", "H"]
    elif "quarter" in tags or "dur" in tags:
        firsts.append("M")
    if "+" in table:
        firsts.append("+")
    for first in firsts:
        for elements, sign, constant in table.get(first, ()):
            found = fit(message, index, elements, sign, constant)
            if found is not None:
                return found
    return None
