"""Moments of a day, and the parts of one: "in the evening", "but not in the morning"."""

from dataclasses import dataclass
from datetime import time

from bots.language.message import Message
from bots.language.times.clock_time import Clock

# What a business calls the parts of a day; opening hours cut them shorter.
PARTS: dict[str, tuple[time, time]] = {
    "morning": (time(8), time(12)),
    "forenoon": (time(8), time(12)),
    "afternoon": (time(12), time(18)),
    "evening": (time(18), time(22)),
    "night": (time(20), time(23, 59)),
    "lunch": (time(12), time(14)),
}
HALF_OF = {"morning": "am", "forenoon": "am", "afternoon": "pm", "evening": "pm", "night": "night", "lunch": "pm",
           "after_work": "pm", "before_noon": "am", "after_lunch": "pm"}  # fmt: skip
OPEN_PARTS = {"after_work": time(17), "after_lunch": time(13)}


@dataclass(slots=True)
class Moment:
    """A time or a stretch of it at tokens start…end."""

    start: int
    end: int
    first: Clock | None
    last: Clock | None = None
    part: str = ""
    role: str = ""  # "", "from" (the old time of a change), "excluded"
    weak: bool = False


def _part_excluded(message: Message, index: int) -> bool:
    """ "But not in the morning", "nie rano", "только не утром"."""
    place = index
    while place > 0 and place > index - 3:
        if message.before(place, "except", "not") is not None:
            denial = message.before(place, "i:deny")
            return denial is None or not message.mark(place - 1, ",")
        if not any(message.tag(place - 1, role) for role in ("the", "in", "at")) and message.word(place - 1) != "the":
            return False
        place -= 1
    return False


def parts(message: Message) -> list[Moment]:
    found: list[Moment] = []
    index = 0
    while index < len(message):
        part = message.tag(index, "part")
        used = message.used[index]
        in_a_feast = any(
            (feast := message.tag(start, "feast")) and feast[1] > index for start in (index - 1, index - 2)
        )
        if message.tag(index, "measure") and message.before(index, "num") is not None:
            part = None  # "for 3 nights"
        if not part or used not in ("", "date") or part[0] in ("noon", "midnight") or in_a_feast:
            index += 1
            continue
        if _part_excluded(message, index):
            message.take(index, part[1], "excluded")
            found.append(Moment(index, part[1], None, part=part[0], role="excluded"))
            index = part[1]
            continue
        before = message.before(index, "before", "until")
        if before is not None and message.before(index, "around") is not None:
            before = None  # "ближче до вечора" is towards it
        moment = Moment(index, part[1], None, part=part[0])
        if (
            before is not None
            and part[0] in ("evening", "lunch", "afternoon")
            and message.before(index, "after") is None
        ):
            moment.role = "before"
            moment.start = before
        if not used:
            message.take(index, part[1], "time")
        found.append(moment)
        index = part[1]
    return found
