"""Numbers in digits and in words, in every case: "21", "twenty-one", "dwudziestego pierwszego"."""

from __future__ import annotations

from bots.language.message import Message


def read(message: Message) -> None:
    """Put a "num" tag wherever a number begins, and an "ord" tag wherever an ordinal does."""
    for index in range(len(message) - 1, -1, -1):
        token = message.tokens[index]
        if token.kind == "number":
            glued_to_word = token.glued and index > 0 and message.tokens[index - 1].kind == "word"
            if len(token.text) <= 4 and not glued_to_word:
                _put(message, index, "num", token.number, index + 1)
            continue
        tens = message.tag(index, "num")
        if tens is None or tens[0] not in (20, 30, 40, 50):
            tens_ordinal = message.tag(index, "ord")
            if tens_ordinal and tens_ordinal[0] in (20, 30):
                unit = message.tag(tens_ordinal[1], "ord")
                if unit and unit[0] < 10:
                    _put(message, index, "ord", tens_ordinal[0] + unit[0], unit[1])
            continue
        following = message.after(tens[1], "and") if message.lexicon.code == "es" else tens[1]
        if message.mark(following, "-"):
            following += 1
        unit = message.tag(following, "num")
        if unit and 0 < unit[0] < 10 and message.tokens[following].kind == "word":
            _put(message, index, "num", tens[0] + unit[0], unit[1])
        unit = message.tag(following, "ord")
        if unit and unit[0] < 10:
            _put(message, index, "ord", tens[0] + unit[0], unit[1])


def _put(message: Message, index: int, category: str, value: int, end: int) -> None:
    message.tags[index][category] = (value, end)
    message.ends[end][category] = index


def number(message: Message, index: int) -> tuple[int, int] | None:
    """The number that begins here and is not yet understood as something else."""
    found = message.tag(index, "num")
    if found and message.free(index, found[1]):
        return found
    return None


SIZES = ("US", "UK", "EU", "FR")  # in capitals: "us" is somebody


def guard(message: Message) -> None:
    """Set aside numbers that count other things: money, sizes, ages, house numbers, percentages."""
    for index, tags in enumerate(message.tags):
        if "street" in tags:
            _address(message, index, tags["street"][1])
    for index in range(len(message)):
        found = number(message, index)
        if not found:
            continue
        end = found[1]
        if message.mark(end, ".,") and message.glued(end) and message.glued(end + 1) and message.tag(end + 1, "num"):
            decimal = message.tags[end + 1]["num"][1]
            if message.tag(decimal, "money") or message.tag(decimal, "measure"):
                message.take(index, decimal + 1, "guard")
                continue
            if index and message.tokens[index - 1].text in SIZES:
                message.take(index, decimal, "guard")
                continue
        scale = _scale_end(message, end)
        if scale:
            message.take(index, scale, "guard")
            continue
        upper = _upper_end(message, end)
        for category in ("money", "measure", "age"):
            if upper and message.tag(upper, category) and not _means_other(message, upper, category):
                message.take(index, upper, "guard")
                break
            unit = message.tag(end, category)
            if unit and category == "age" and message.before(index, "in", "ago_before") is not None:
                continue  # "dentro de dos meses"
            if unit and not _means_other(message, end, category):
                message.take(index, end, "guard")
                break
        else:
            if found[0] > 2100 and message.tokens[index].kind == "number" and not message.tag(end, "people"):
                message.take(index, end, "guard")
            start = message.before(index, "before_number", "money")
            if start is not None and not message.tag(end, "people") and message.lexicon.vocabulary:
                if message.before(index, "money") is not None and message.tokens[index - 1].kind == "word":
                    continue
                if message.before(index, "unit", "i:deny", "the", "at") is None and not message.mark(end, ":"):
                    message.take(index, end, "guard")


def _address(message: Message, street: int, end: int) -> None:
    """Set aside the house number of "ul. Długa 12/4" or "12/4 Long Street"."""
    place = end + 1 if message.mark(end, ".") else end
    for _ in range(3):
        if place >= len(message) or message.tokens[place].kind == "number":
            break
        if message.mark(place, ",") or message.tag(place, "clock") or message.tag(place, "at"):
            break
        place += 1
    if place >= len(message) or message.tokens[place].kind != "number":
        place = street - 1
        while place > 0 and place >= street - 3 and message.tokens[place].text[:1].isupper():
            place -= 1
        if place < 0 or message.tokens[place].kind != "number":
            return
        while place >= 2 and message.mark(place - 1, "/-") and message.tokens[place - 2].kind == "number":
            place -= 2
    behind = place + 1
    while behind + 1 < len(message) and message.mark(behind, "/-") and message.glued(behind + 1):
        behind += 2
    message.take(place, behind, "guard")


def _scale_end(message: Message, index: int) -> int | None:
    """Behind the ten of "8 out of 10", "8 punktów na 10"."""
    points = message.tag(index, "points")
    joined = message.tag(points[1] if points else index, "out_of")
    place = joined[1] if joined else points[1] + 1 if points else None
    second = message.tag(place, "num") if place is not None else None
    return second[1] if second and second[0] in (5, 10, 100) else None


def _upper_end(message: Message, index: int) -> int | None:
    """Behind the second number of "6 to 8" or "6-8"."""
    joined = message.tag(index, "to")
    place = joined[1] if joined else index + 1 if message.mark(index, "-–") else None
    second = message.tag(place, "num") if place is not None else None
    return second[1] if second else None


def _means_other(message: Message, index: int, category: str) -> bool:
    """Words like "м" or "р" that are a unit only right after the number, and "x", "m" in "5 m"."""
    word = message.word(index)
    if category == "age":
        return message.tag(index, "suffix") is not None and message.glued(index)
    return len(word) == 1 and word.isalpha() and not message.glued(index) and message.tag(index, "and") is not None
