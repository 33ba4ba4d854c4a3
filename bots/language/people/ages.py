"""How old the visitors are: "my daughter (9)", "3 kids aged 5, 7, 9", "ей 7", "mi hija de 9". Never hours or people."""

from bots.language.message import Message
from bots.language.numbers import number

OLDEST = 99
OLDEST_CHILD = 17
SURELY_A_CHILD = 12  # "córka 7" is an age, "córka 17" may be an hour
LEAST_OWN = 10  # "I'm 17", but "I'm 2"
NOT_AN_AGE = ("in", "ago_before", "from", "after", "until", "before", "around")


def find(message: Message, *, asked: bool = False) -> tuple[int, ...]:
    """Return the ages of visitors in years, in order, and set their words aside; `asked` if we wanted to know."""
    ages: list[int] = []
    if not any("num" in tags for tags in message.tags):
        return ()
    index = 0
    persons = _speaks_of_somebody(message)
    while index < len(message):
        listed = _list(message, index)
        if listed is None:
            index += 1
            continue
        values, end = listed
        place = (
            _of_years(message, index, values, end, persons or asked)
            or _behind_years(message, index, values, end)
            or _of_child(message, index, values, end)
            or _too_young(message, index, values, end)
        )
        if place is None and asked and max(values) <= OLDEST_CHILD and _stands_free(message, end):
            place = (index, end)
        if place is None:
            index = end
            continue
        ages += [0 if _in_months(message, end) else value for value in values]
        start, end = place
        while message.mark(end, ")"):
            end += 1
        message.take(start, end, "age")
        index = end
    return tuple(ages)


def behind(message: Message, index: int) -> int:
    """Return the index behind the ages that stand here, or `index` itself."""
    while index < len(message) and message.used[index] == "age":
        index += 1
    return index


def _speaks_of_somebody(message: Message) -> bool:
    words = sum(1 for token in message.tokens if token.kind == "word")
    roles = ("child", "relation", "relations", "me", "has_age", "aged", "people")
    return words <= 3 or any(role in tags for tags in message.tags for role in roles)


def _list(message: Message, index: int) -> tuple[list[int], int] | None:
    """ "5", "5, 7 and 9", "5/7": (the numbers, the index behind)."""
    first = number(message, index)
    if not first or not 0 <= first[0] <= OLDEST or message.mark(first[1], ":"):
        return None
    values, end = [first[0]], first[1]
    while True:
        place = message.after(end + message.mark(end, ",/"), "and")
        place += place == end and message.mark(end, "+&-–")
        following = number(message, place) if place > end else None
        if not following or following[0] > OLDEST or not _stands_free(message, following[1], listed=True):
            return values, end
        values.append(following[0])
        end = following[1]


def _stands_free(message: Message, end: int, *, listed: bool = False) -> bool:
    """Return whether nothing behind a number says that it is an hour, a day, money or a number of something else."""
    if message.mark(end, "-") and message.glued(end) and message.tag(end + 1, "suffix"):
        return False  # "4-go grudnia"
    if message.mark(end, ":%") or (message.mark(end, ".") and message.glued(end + 1)):
        return False
    roles = ("pm", "am", "oclock", "month", "money", "measure", "people", "relations", "relation", "half_more", "child")
    for role in roles:
        found = message.tag(end, role)
        if found and not (role == "oclock" and message.tag(end, "and")):
            return False
    unit = message.tag(end, "unit")
    return unit is None or (listed and message.tag(end, "age") is not None)


def _of_years(message: Message, index: int, values: list[int], end: int, persons: bool) -> tuple[int, int] | None:
    """ "7 lat", "7-летняя", "9 years old", "aged 5 and 7": with a word for years, or for being so old."""
    led = _named(message, index)
    if led is not None and _stands_free(message, end, listed=True):
        unit = message.tag(end, "age")
        return led, unit[1] if unit else end
    hyphen = end + 1 if message.mark(end, "-") and message.glued(end) else end
    unit = message.tag(hyphen, "age")
    if not unit or not persons or message.tag(unit[1], "ago"):
        return None
    if len(message.word(hyphen)) == 1 and not message.glued(hyphen):
        return None
    of = message.before(index, "of")
    of_somebody = of is not None and message.before(of, "child", "relation", "relations", "people") is not None
    if not of_somebody and message.before(index, *NOT_AN_AGE) is not None and message.before(index, "child") is None:
        return None
    months = _in_months(message, end)
    if months and not any("child" in tags for tags in message.tags):
        return None
    start = message.before(index, "has_age")
    return min(place for place in (index, start, of) if place is not None), unit[1]


YOUNG = ("young", "old", "mlod", "маленьк", "pequen", "joven", "chic")
AGED = 6  # tokens between "age" and the number


def _named(message: Message, index: int) -> int | None:
    """ "Aged 5", "edad de ella: 9", "возраст ребёнка — 9", "her age is 9": where the word for it begins."""
    place = index
    while index - place < AGED:
        led = message.before(place, "aged")
        if led is not None:
            return led
        between = message.before(place, "child", "relation", "he", "my", "is", "of")
        if between is not None:
            place = between
        elif message.mark(place - 1, ":-–—=("):
            place -= 1
        else:
            return None
    return None


def _behind_years(message: Message, index: int, values: list[int], end: int) -> tuple[int, int] | None:
    """ "Córka lat 9", "сын, лет 9": the word for years stands before the number and behind the child."""
    led = message.before(index, "age")
    if led is None or max(values) > OLDEST or not _stands_free(message, end):
        return None
    child = message.before(led - message.mark(led - 1, ",:-–("), "child", "relation", "relations")
    return (led, end) if child is not None else None


def _too_young(message: Message, index: int, values: list[int], end: int) -> tuple[int, int] | None:
    """ "Would 9 be too young?", "9 не мало?": an age that may not do."""
    part_of_date = message.glued(index) and message.mark(index - 1, "./-:")
    if max(values) > OLDEST_CHILD or part_of_date or not _stands_free(message, end):
        return None
    told_of = any("child" in tags for tags in message.tags)
    for place in range(end, min(end + AGED, len(message))):
        found = message.tag(place, "too_young")
        if "num" in message.tags[place] or message.mark(place, ".!?;"):
            return None
        if found and (told_of or message.word(found[1] - 1).startswith(YOUNG)):
            return index, end
    return None


def _in_months(message: Message, end: int) -> bool:
    unit = message.tag(end, "unit")
    return unit is not None and unit[0] == "month"


def _of_child(message: Message, index: int, values: list[int], end: int) -> tuple[int, int] | None:
    """ "She is 7", "córka 7", "niños de 5 y 7", "my daughter (9)", "2 kids, 5 and 7": so old without a word for it."""
    if not _stands_free(message, end):
        return None
    several = len(values) > 1
    start = message.before(index, "has_age")
    if start is not None:
        own = message.tag(start, "own_age") is not None
        if (own and (several or values[0] < LEAST_OWN)) or _counts_unknown(message, end):
            return None
        return start, end
    start = message.before(index, "is")
    if start is not None and message.before(start, "child", "relation", "relations") is not None:
        return start, end
    turned = message.before(index, "turned")
    if turned is not None and max(values) <= OLDEST_CHILD and any("child" in tags for tags in message.tags):
        return turned, end
    if max(values) > OLDEST_CHILD:
        return None
    start = index
    bracket = message.mark(start - 1, "(")
    apart = message.mark(start - 1, ",:-–")
    start -= bracket or apart
    of = message.before(start, "of")
    start = of if of is not None else start
    mine = message.before(start, "mine")  # "дочь моя 9"
    child = message.before(start if mine is None else mine, "child")
    if child is None:
        return None
    count = _count_before(message, child)
    if bracket or several:
        return (start, end) if (several and count in (None, len(values))) or not several else None
    plural = count not in (None, 1) or message.tag(child, "relations") is not None
    if plural or apart or (of is None and values[0] > SURELY_A_CHILD):
        return None
    return start, end


def _counts_unknown(message: Message, end: int) -> bool:
    """ "Mam 12 kubków": a word behind the number that we do not know may be what it counts."""
    if end >= len(message) or message.tokens[end].kind != "word":
        return False
    return not message.tags[end] and message.word(end) not in message.lexicon.vocabulary


def _count_before(message: Message, child: int) -> int | None:
    """How many children are spoken of, where it is said."""
    led = message.before(child, "num", "together")
    if led is None:
        return None
    value = message.tags[led].get("num") or message.tags[led]["together"]
    return int(value[0])
