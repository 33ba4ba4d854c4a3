"""A time of day as it was written, before the day and the opening hours are known."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import time

from bots.language.message import Message
from bots.language.numbers import number

Hours = Sequence[tuple[time, time]]
NOON = 12
EARLIEST_NIGHT = 5  # "6 at night" is 18:00, "2 at night" is 2:00
LAST_EVENING_HOUR = 7  # "at 7" is 19:00, "at 8" is 8:00, unless opening hours or words say otherwise


@dataclass(slots=True)
class Clock:
    """An hour as written; `half` is what is known of the half of the day: "am", "pm", "" or "24" (nothing to guess)."""

    start: int
    end: int
    hour: int
    minute: int = 0
    half: str = ""
    written: bool = False  # with minutes, am/pm or o'clock: certainly a time, even standing alone
    about: bool = False
    digital: bool = False  # minutes in digits, as on a 24-hour display

    def resolve(self, hours: Hours, *, hint: str = "", twelve_hours: bool = True, least: time | None = None) -> time:
        """Return the time on a 24-hour clock."""
        hour = self.hour % 24
        half = self.half or hint
        if self.half == "24" or hour > NOON or hour == 0:
            return time(hour, self.minute)
        if half == "night":
            half = "pm" if EARLIEST_NIGHT <= hour < NOON else "am"
        if half == "am":
            return time(0 if hour == NOON and self.half else hour, self.minute)  # "in the morning… at 12" is noon
        if half == "pm":
            return time(hour if hour == NOON else hour + 12, self.minute)
        if hour == NOON:
            return time(NOON, self.minute)
        early, late = time(hour, self.minute), time(hour + 12, self.minute)
        if least is not None:
            return early if early > least else late
        fits = [moment for moment in (early, late) if any(begin <= moment <= finish for begin, finish in hours)]
        if len(fits) == 1:
            return fits[0]
        if hour < LAST_EVENING_HOUR:
            return late
        if hour == LAST_EVENING_HOUR and not (self.digital and not twelve_hours):
            return late
        return early


def hour_number(message: Message, index: int) -> tuple[int, int] | None:
    token = message.tokens[index]
    ordinal = message.tag(index, "ord")
    if (
        ordinal
        and token.kind == "word"
        and message.lexicon.ordinal_hours
        and message.word(ordinal[1] - 1).endswith(tuple(message.lexicon.hour_endings.split()))
        and 1 <= ordinal[0] <= 24
        and not message.used[index]
    ):
        return ordinal
    found = number(message, index)
    if found and found[0] == 1 and token.kind == "word" and not _one_is_hour(message, index):
        return None
    if found and found[0] <= 24 and (token.kind == "word" or len(token.text) <= 2):
        return found
    return None


def _one_is_hour(message: Message, index: int) -> bool:
    """ "La una" and "at one" are hours; "como un", "w jednej", "в одной" are not."""
    if message.lexicon.code == "es":
        return message.word(index) == "una" and message.word(index - 1) in ("la", "las")
    return not message.lexicon.ordinal_hours


def compound(message: Message, end: int) -> bool:
    """ "16-bit", "2-м": a number that is the first half of a word."""
    if not (message.mark(end, "-") and message.glued(end) and message.glued(end + 1)):
        return False
    behind = end + 1
    return message.tokens[behind].kind == "word" and not any(
        message.tag(behind, role) for role in ("suffix", "oclock", "num", "ord", "weekday", "unit", "people")
    )


def counts_something(message: Message, index: int, end: int) -> bool:
    """Return whether a number is followed by what it counts."""
    if message.mark(end, "%°#") or message.tag(end, "half_more") or compound(message, end):
        return True
    for category in ("people", "unit", "money", "measure", "age", "month", "relations", "nth_noun"):
        found = message.tag(end, category)
        if found and not (message.tag(end, "and") or message.tag(end, "for") or message.tag(end, "to")):
            return True
    if message.glued(end) and message.tokens[end].kind == "word" and not message.tag(end, "oclock"):
        return True
    return (
        message.glued(end)
        and message.mark(end, ":./")
        and message.glued(end + 1)
        and message.tokens[end + 1].kind == "number"
    )
