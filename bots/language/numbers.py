"""Numbers in digits and in words, in every case: "21", "twenty-one", "dwudziestego pierwszego"."""

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
        spelled = message.lexicon.tree.words.get(token.fold[:-3]) if token.fold.endswith("ish") else None
        hour = spelled.found.get("num") if spelled else None
        if isinstance(hour, int) and message.lexicon.code == "en":
            _put(message, index, "num", hour, index + 1)
            _put(message, index, "about_hour", hour, index + 1)
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
    """Return the number that begins here and is not yet understood as something else."""
    found = message.tag(index, "num")
    if found and message.free(index, found[1]):
        return found
    return None


LATEST_YEAR = 2100
SIZES = ("US", "UK", "EU", "FR")  # in capitals: "us" is somebody


def guard(message: Message, *, asked: bool = False) -> None:
    """Set aside numbers that count other things: money, sizes, ages, house numbers, percentages.

    `asked` if we wanted to know how many come: then "6 for 2" is no offer in a shop.
    """
    for index, tags in enumerate(message.tags):
        if "street" in tags:
            _address(message, index, tags["street"][1])
        if "live" in tags:
            _house(message, tags["live"][1])
    rated = any("scale" in tags for tags in message.tags)
    for index in range(len(message)):
        found = number(message, index)
        end = _counts_other(message, index, found, rated, asked) if found else None
        if end:
            message.take(index, end, "guard")


def _counts_other(message: Message, index: int, found: tuple[int, int], rated: bool, asked: bool) -> int | None:
    """Behind a number that is no day, hour, length or number of people, with what it counts."""
    end = found[1]
    other = _rating(message, index, found, rated) or (None if asked else _deal(message, index, found))
    other = other or _decimal(message, index, end) or _scale_end(message, end) or _stands_for_a_noun(message, index)
    if other:
        return other
    upper = _upper_end(message, end)
    for category in ("money", "measure", "age"):
        if upper and message.tag(upper, category) and not _means_other(message, upper, category):
            return upper
        unit = message.tag(end, category)
        if unit and category == "age" and message.before(index, "in", "ago_before") is not None:
            continue  # "dentro de dos meses"
        if unit and not _means_other(message, end, category):
            return end
    if found[0] > LATEST_YEAR and message.tokens[index].kind == "number" and not message.tag(end, "people"):
        return end
    return end if _named_by_number(message, index, end) else None


def _stands_for_a_noun(message: Message, index: int) -> int | None:
    """Behind the "one" of "the blue one", whatever the word before it is: no hour, and no number of people."""
    described = index >= 2 and message.tokens[index - 1].kind == "word" and not message.tags[index - 1]
    if not described or message.tag(index, "option") is None or message.tokens[index].kind != "word":
        return None
    return index + 1 if message.tag(index - 2, "the") else None


def _decimal(message: Message, index: int, end: int) -> int | None:
    """Behind the price, measure or size in "12.50 zł", "US 8.5"."""
    point = message.mark(end, ".,") and message.glued(end) and message.glued(end + 1)
    fraction = message.tag(end + 1, "num") if point else None
    if not fraction:
        return None
    if message.tag(fraction[1], "money") or message.tag(fraction[1], "measure"):
        return fraction[1] + 1
    return fraction[1] if index and message.tokens[index - 1].text in SIZES else None


def _named_by_number(message: Message, index: int, end: int) -> bool:
    """ "Order 17", "room 5", "$ 20"."""
    if message.before(index, "before_number", "money") is None or message.tag(end, "people"):
        return False
    if _day_of_month(message, end):
        return False  # "a lesson 4 December"
    if not message.lexicon.vocabulary:
        return False
    suffixed = message.mark(end, "-") and message.tag(end + 1, "suffix")
    if message.tag(suffixed[1] if suffixed else message.after(end, "suffix"), "month"):
        return False  # "урок 4-го декабря", "a lesson 4 December"
    if message.before(index, "money") is not None and message.tokens[index - 1].kind == "word":
        return False
    return message.before(index, "unit", "i:deny", "the", "at") is None and not message.mark(end, ":")


def _day_of_month(message: Message, end: int) -> bool:
    """Return whether a month stands behind a number, with what makes it an ordinal between: "4-го декабря"."""
    hyphen = end + 1 if message.mark(end, "-") and message.glued(end) else end
    behind = message.after(hyphen, "suffix") if message.glued(hyphen) else end
    return message.tag(message.after(behind, "of"), "month") is not None


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


HOUSE = 4  # tokens between "I live" and the number of the house
FULL_MARKS = (5, 10, 100)
MOST_GIVEN = 6  # "6 for 5" is an offer


def _house(message: Message, index: int) -> None:
    """Set aside the first number behind "I live at", with what is glued to it."""
    for place in range(index, min(index + HOUSE, len(message))):
        if message.mark(place, ",.;!?"):
            return
        found = message.tag(place, "num")
        if found and message.tokens[place].kind == "number":
            if not any(message.tag(found[1], counted) for counted in ("unit", "age", "month")):
                message.take(place, found[1], "guard")
            return


def _rating(message: Message, index: int, found: tuple[int, int], rated: bool) -> int | None:
    """Behind "1 to 10", or behind any small number where a scale is spoken of."""
    upper = _upper_end(message, found[1])
    whole = len(message.tokens[index].text) == 1 and not (message.mark(upper or 0, ":.") and message.glued(upper or 0))
    if upper and whole and found[0] <= 1 and message.tag(upper - 1, "num") == (10, upper):
        for place in range(upper, len(message)):
            mark = message.tag(place, "num")
            if mark and mark[0] <= FULL_MARKS[1] and message.before(place, "clock") is None:
                message.take(place, mark[1], "guard")
        return upper
    if rated and found[0] <= FULL_MARKS[1] and not message.tag(found[1], "people"):
        return upper if upper and message.tag(upper - 1, "num") else found[1]
    return None


def _deal(message: Message, index: int, found: tuple[int, int]) -> int | None:
    """Behind "3 for 2", "2 w cenie 1": an offer, neither an hour nor people."""
    joined = message.tag(found[1], "deal")
    second = message.tag(joined[1], "num") if joined else None
    if not second or not second[0] < found[0] <= MOST_GIVEN:
        return None
    if message.before(index, "clock", "at", "around", "after", "before", "weekday", "day", "part") is not None:
        return None
    return second[1]


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
