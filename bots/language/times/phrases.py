"""The lexicon's clock phrases ("M past H = +", "wpół do H = -30") and whether one fits here."""

from bots.language.lexicon.base import Lexicon
from bots.language.message import Message
from bots.language.numbers import number
from bots.language.times.clock_time import NOON, Clock, counts_something, hour_number
from bots.language.tokens import fold

USUAL_MINUTES = (5, 10, 15, 20, 25)
Template = tuple[tuple[str, ...], int, int]  # elements, sign of M, constant minutes
_compiled: dict[str, dict[str, list[Template]]] = {}


def templates(lexicon: Lexicon) -> dict[str, list[Template]]:
    """Return the lexicon's clock phrases by their first element: (elements, sign of M, constant minutes)."""
    table: dict[str, list[Template]] = {}
    lines = [line.partition("=") for line in lexicon.clock]
    for pattern, shift in [(one, shift.strip()) for patterns, _, shift in lines for one in patterns.split("|")]:
        elements = tuple(word if word in ("M", "H") or "+H" in word else fold(word) for word in pattern.split())
        sign = 0
        constant = 0
        if shift in ("+", "-"):
            sign = 1 if shift == "+" else -1
        elif "M" in elements:
            sign, constant = 1, int(shift)
        else:
            constant = int(shift)
        first = elements[0] if elements[0] in ("M", "H") else ("+" if "+H" in elements[0] else elements[0])
        table.setdefault(first, []).append((elements, sign, constant))
    for choices in table.values():
        choices.sort(key=lambda item: -len(item[0]))
    return table


def templates_of(lexicon: Lexicon) -> dict[str, list[Template]]:
    table = _compiled.get(lexicon.code)
    if table is None:
        table = _compiled[lexicon.code] = templates(lexicon)
    return table


def fit(message: Message, index: int, elements: tuple[str, ...], sign: int, constant: int) -> Clock | None:
    place, hour, minutes = index, -1, 0
    hour_spelled = minutes_spelled = False
    for element in elements:
        if place >= len(message):
            return None
        if element == "H":
            noon = message.tag(place, "part")
            found = (NOON, noon[1]) if noon and noon[0] == "noon" else hour_number(message, place)
            if found is None:
                return None
            hour, hour_spelled = found[0], message.tokens[place].kind == "word"
            place = found[1]
        elif element == "M":
            quarter = message.tag(place, "quarter")
            found = quarter or number(message, place)
            if found is None:
                return None
            minutes = 15 if quarter else found[0]
            minutes_spelled = quarter is not None or message.tokens[place].kind == "word"
            place = found[1]
        elif "+H" in element:
            rest = message.word(place).removeprefix(element[:-2])
            node = message.lexicon.tree.words.get(rest) if rest != message.word(place) else None
            ordinal = node.found.get("ord") if node else None
            if not isinstance(ordinal, int):
                return None
            hour, hour_spelled, place = ordinal, True, place + 1
        elif message.word(place) == element:
            place += 1
        else:
            return None
    if (
        not 0 <= hour <= 24
        or not message.free(index, place)
        or (counts_something(message, place - 1, place) and not (message.tag(place, "pm") or message.tag(place, "am")))
    ):
        return None
    if "M" in elements:
        between = elements[0] == "M" and elements[1] in ("to", "do", "до", "till", "на", "before", "przed")
        if elements[0] == "M" and minutes not in USUAL_MINUTES:
            return None
        plain = message.lexicon.code == "en" and hour <= NOON and message.before(index, "from", "between") is None
        written_out = minutes_spelled or (minutes > NOON and plain)
        if between and not written_out and message.before(index, "clock") is None:
            return None
        if elements == ("H", "y", "M") and message.before(index, "between") is not None:
            return None
        if elements[1:2] == ("на",) and not hour_spelled:
            return None
        if not 0 < minutes < 60 or (elements[0] == "H" and minutes < 5):
            return None
        if minutes_spelled and between and message.before(index, "from", "between") is not None:
            return None
    elif (
        elements[0] != "H" and not hour_spelled and message.lexicon.ordinal_hours and elements[0] in ("пол", "четверть")
    ):
        return None
    total = hour * 60 + constant + sign * minutes
    if total < 0:
        total += NOON * 60
    clock = Clock(index, place, total // 60 % 24, total % 60, "24" if hour > NOON else "", written=True)
    if hour <= NOON and total // 60 == 0:
        clock.hour = NOON
    return clock
