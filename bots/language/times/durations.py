"""How long: "2h", "półtorej godziny", "1,5 ч", "an hour and a half", "90 min"."""

from dataclasses import dataclass

from bots.language.message import Message
from bots.language.numbers import number
from bots.language.times import clock as clocks

LONGEST = 12 * 60
EARLIEST_HOUR = 7  # "8h20" is a time of day, "2h20" a length
SO_LONG, LATEST_HOUR = 9, 22
BY = ("by", "o", "unos", "unas")  # "move it by half an hour"


@dataclass(slots=True)
class Stretch:
    """So many minutes at tokens start…end; `shift` if it moves a time instead of being a length."""

    start: int
    end: int
    minutes: int
    shift: str = ""  # "", "in" (from now), "later", "earlier", "ago", "late"


def find(message: Message) -> list[Stretch]:
    """Every length of time that is counted in minutes or hours."""
    found: list[Stretch] = []
    index = 0
    while index < len(message):
        stretch = None if message.used[index] else _one(message, index)
        if stretch is None:
            index += 1
            continue
        message.take(
            stretch.start,
            stretch.end,
            {"": "duration", "later": "shift", "earlier": "shift"}.get(stretch.shift, "ahead"),
        )
        found.append(stretch)
        index = stretch.end
    return found


def _one(message: Message, index: int) -> Stretch | None:
    measured = _measure(message, index) or _turned_round(message, index) or _one_unit(message, index)
    if measured is None:
        return None
    led = message.before(index, "in")
    hours = clocks.read(message, index - 2, bare=False) if index > 1 else None
    if hours and hours.written and hours.end > index:
        return None  # "17 часов 30 минут"
    for place in (index, led):
        clock = clocks.read(message, place, bare=False) if place is not None else None
        if clock and clock.written and clock.end > measured[1]:
            return None
    minutes, end = measured
    if message.tag(end, "from_now") and led is None:
        return Stretch(index, message.after(end, "from_now"), minutes, "in")
    following = _measure(message, message.after(end, "and"))
    if following and following[0] < 60 <= minutes and minutes % 60 == 0:
        minutes, end = minutes + following[0], following[1]
    later, earlier, ago = message.tag(end, "later"), message.tag(end, "earlier"), message.tag(end, "ago")
    if later or earlier or ago:
        name = "later" if later else "earlier" if earlier else "ago"
        behind = (later or earlier or ago or (None, end))[1]
        start = message.before(index, "at")
        if start is None or message.word(start) not in ("на", "o", "на", "na"):
            start = index
        return Stretch(start, behind, minutes, name)
    if led is not None and message.word(led) in ("in", "za", "за", "через", "dentro", "en"):
        return Stretch(led, end, minutes, "in")
    if (
        message.tag(index, "dur")
        and message.tags[index]["dur"][1] == end
        and minutes == 15
        and message.before(index, "clock")
    ):
        return None
    moving = any("i:change" in tags for tags in message.tags)
    if _late(message, index, end) or (moving and message.word(index - 1) in BY):
        return Stretch(index, end, minutes, "late")
    if not 5 <= minutes <= LONGEST:
        return None
    return Stretch(index, end, minutes)


def _late(message: Message, index: int, end: int) -> bool:
    """ "15 minutes late", "spóźnię się 15 minut": a delay is not a length."""
    return any(message.tag(place, "late") for place in (*range(end, end + 3), *range(max(0, index - 4), index)))


def _one_unit(message: Message, index: int) -> tuple[int, int] | None:
    """ "На час позже", "godzinę wcześniej": one of them, without a number."""
    unit = message.tag(index, "unit")
    if unit and unit[0] == "hour":
        led = message.before(index, "in")
        ahead = led is not None and message.word(led) in ("через", "за")
        more = _measure(message, message.after(unit[1], "and"))
        if more and more[0] < 60 and message.before(index, "num", "clock") is None:
            return 60 + more[0], more[1]
        if ahead or message.tag(unit[1], "later") or message.tag(unit[1], "earlier"):
            return 60, unit[1]
    return None


def _turned_round(message: Message, index: int) -> tuple[int, int] | None:
    """ "Часа на два", "минут на сорок": the unit first, for about so long."""
    unit = message.tag(index, "unit")
    if not unit or unit[0] not in ("hour", "minute") or message.word(unit[1]) != "на":
        return None
    count = number(message, unit[1] + 1)
    if count is None or message.before(index, "num") is not None or message.tag(count[1], "people"):
        return None
    return (count[0] * (60 if unit[0] == "hour" else 1), count[1]) if count[0] > 1 else None


def _measure(message: Message, index: int) -> tuple[int, int] | None:
    """(minutes, index behind)."""
    fixed = message.tag(index, "dur")
    if fixed and message.free(index, fixed[1]):
        led = message.before(index, "ord")
        at_hour = led is not None and fixed[0] == 60 and fixed[1] == index + 1 and message.word(led - 1) in ("на", "na")
        if at_hour or message.before(index, "which") is not None:
            return None  # "на яку годину": the hour is asked for
        half = message.tag(fixed[1], "half_more")
        if half and fixed[0] == 60:
            return 90, half[1]
        if not (message.tag(fixed[1], "num") and fixed[0] == 15) and not _leads_an_hour(message, index, fixed):
            return fixed[0], fixed[1]
    found = number(message, index)
    if not found:
        return None
    value, end = float(found[0]), found[1]
    if (
        message.mark(end, ".,")
        and message.glued(end)
        and message.glued(end + 1)
        and message.tokens[end + 1].kind == "number"
    ):
        digits = message.tokens[end + 1].text
        if len(digits) > 2:
            return None
        value, end = value + int(digits) / 10 ** len(digits), end + 2
    half = message.tag(end, "half_more")
    if half:
        value, end = value + 0.5, half[1]
    if message.mark(end, "-") and (message.tag(end + 1, "num") or message.tag(end + 1, "unit")):
        higher = message.tag(end + 1, "num")
        end = higher[1] if higher and message.tag(higher[1], "unit") else end + 1
    unit = message.tag(end, "unit")
    if not unit or unit[0] not in ("minute", "hour"):
        return None
    behind = unit[1]
    if unit[0] == "minute":
        return int(value), behind
    if _is_clock(message, index, found[0], behind):
        return None
    half = message.tag(behind, "half_more")
    if half:
        return int(value * 60) + 30, half[1]
    if message.glued(behind) and message.tokens[behind].kind == "number" and message.tokens[behind].number < 60:
        return int(value * 60) + message.tokens[behind].number, behind + 1
    return int(value * 60), behind


def _leads_an_hour(message: Message, index: int, fixed: tuple[int, int]) -> bool:
    """ "Na godzinę 16", "на час дня": a phrase that is a length leads in an hour here."""
    if fixed[0] != 60 or not {message.word(index), message.word(index - 1)} & {"na", "на"}:
        return False
    if message.tag(fixed[1], "pm"):
        return True
    hour = message.tag(fixed[1], "num") or message.tag(fixed[1], "ord")
    return (
        hour is not None
        and hour[0] <= 24
        and not any(message.tag(hour[1], counted) for counted in ("unit", "people", "money"))
    )


def _is_clock(message: Message, index: int, hour: int, behind: int) -> bool:
    """ "в 2 часа", "o 5 godzinie", "a las 5 horas", "3 часа дня", "15h": an hour of the day."""
    if message.before(index, "clock") is not None and message.word(index - 1) not in ("на",):
        return True
    if message.tag(behind, "pm") or message.tag(behind, "am"):
        return True
    if (
        SO_LONG <= hour <= LATEST_HOUR
        and message.before(index, "for", "at", "to") is None
        and message.lexicon.code != "en"
    ):
        return True  # "13 ч", "11h": nobody comes for so long
    if message.glued(behind) and message.tokens[behind].kind == "number" and hour >= EARLIEST_HOUR:
        return True
    if message.lexicon.hour_noun_is_clock:
        roles = ("before", "after", "until", "from", "around", "to")
        if (
            message.before(index, *roles) is not None
            and message.before(index, "in") is None
            and message.word(index - 1) != "на"
        ):
            return True
        if message.mark(index - 1, "-–") and message.tag(index - 2, "num") is not None:
            return True
        return message.tag(behind, "part") is not None
    return hour > 12 and message.lexicon.code == "es"
