"""The number of people by its name: "party size is four", "zmień liczbę osób: 3"; and which numbers are none."""

from bots.language.message import Message
from bots.language.numbers import number
from bots.language.people.party import SEATS
from bots.language.times.clock_time import compound

MOST = 9_999  # too many for any of our businesses, but they are the ones to say so
HEADS = 5  # tokens between "the number of people" and the number


def find(message: Message) -> tuple[int, int, int] | None:
    """ "Change the number of people: 3", "party size is four now", "по людям трое"."""
    for index, tags in enumerate(message.tags):
        named = tags.get("headcount")
        for place in range(named[1], min(named[1] + HEADS, len(message))) if named else ():
            if message.tag(place, "month"):
                break  # "it should be December 4"
            counted = number(message, place) or message.tag(place, "together")
            if counted and not (message.tag(index, "people") and counted[1] <= index):
                if not 1 <= counted[0] <= MOST or followed(message, counted[1]) or is_clock(message, place, counted[1]):
                    break
                return index, counted[1], counted[0]
            if message.mark(place, ".!?;") or any(message.tag(place, role) for role in ("weekday", "day", "clock")):
                break
    return None


def family(message: Message) -> tuple[int, int, int] | None:
    """ "Family 2+2"."""
    for tags in message.tags:
        first = number(message, tags["family"][1]) if "family" in tags else None
        second = number(message, first[1] + 1) if first and message.mark(first[1], "+") else None
        if first and second:
            return first[1] - 1, second[1], first[0] + second[0]
    return None


def is_clock(message: Message, start: int, end: int) -> bool:
    """Return whether a number is a part of "16:30", "13 00", "12-го"."""
    if message.glued(start) and message.mark(start - 1, ":.-/"):
        return True
    behind = message.tokens[end] if end < len(message) else None
    minutes = (
        behind is not None and behind.kind == "number" and len(behind.text) == 2 and behind.text.endswith(("0", "5"))
    )
    dashed = message.mark(end, "-:.") and message.glued(end) and message.glued(end + 1)
    return minutes or (
        dashed and (message.tag(end + 1, "suffix") is not None or message.tokens[end + 1].kind == "number")
    )


def hour_before_seats(message: Message, start: int, end: int) -> bool:
    """ "В 13 места на четверых": the hour stands before what there should be places for."""
    if message.glued(start) and message.mark(start - 1, ":.-"):
        return True
    if message.before(start, "clock") is None or not message.word(end).startswith(SEATS):
        return False
    rest = range(end + 1, min(end + HEADS, len(message)))
    return any(message.tag(place, "num") or message.tag(place, "together") for place in rest)


def followed(message: Message, index: int) -> bool:
    """Return whether a number ends here that something behind it, or the month before it, says to be none of people."""
    start = message.before(index, "num")
    month = start is not None and message.before(message.before(start, "the") or start, "month") is not None
    return (
        month
        or message.tag(message.after(index, "of"), "month") is not None
        or any(message.tag(index, category) for category in ("unit", "money", "measure", "age", "month", "pm", "am"))
        or (message.glued(index) and message.mark(index, ":./%") and message.glued(index + 1))
        or compound(message, index)
    )
