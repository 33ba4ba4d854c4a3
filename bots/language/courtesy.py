"""Greetings and farewells: "good evening" is no evening, "thanks, see you Friday" no wish for Friday."""

from bots.language.message import Message


def set_aside(message: Message) -> None:
    """ "Good evening" is not an evening, "have a nice weekend" not a weekend."""
    _until_then(message)
    index = 0
    while index < len(message):
        idiom = message.tag(index, "idiom")
        one = idiom and message.tag(idiom[1], "people") and message.tag(idiom[1] - 1, "num")  # "make that one person"
        counts = one or (message.tag(index, "one_of_us") and message.before(index, "just") is not None)
        if idiom and not counts and not message.tag(idiom[1], "month") and not _on_saturday(message, index, idiom[1]):
            message.take(index, idiom[1], "idiom")
        whatever = message.tag(index, "no_matter")
        if whatever:
            message.take(index, whatever[1], "any")
        for category in ("i:greet", "i:bye"):
            found = message.tag(index, category)
            if found and (found[1] - index > 1 or message.tag(index, "part")) and (category == "i:bye" or index <= 3):
                if found[1] - index == 1 and (index > 0 or not _stands_alone(message, found[1])):
                    continue
                message.take(index, found[1], "greet")
                if category == "i:bye":
                    _farewell(message, found[1])
        index += 1


def _on_saturday(message: Message, index: int, end: int) -> bool:
    """ "On sat in the evening" is a day; "I sat in the kitchen" is none."""
    return message.tag(index, "weekday") is not None and message.tag(end, "part") is not None


def _farewell(message: Message, index: int) -> None:
    """ "Have a nice weekend", "see you tomorrow!": the day of a farewell is not a wish; with an hour it is one."""
    unit = message.tag(index, "unit") or message.tag(index, "part")
    place = message.after(index, "the")
    day = message.tag(place, "day")
    if unit:
        message.take(index, unit[1], "greet")
    elif day and (day[1] >= len(message) or message.tokens[day[1]].kind == "mark"):
        message.take(index, day[1], "greet")


def _until_then(message: Message) -> None:
    """ "До завтра", "dzięki, to do soboty", "thanks, see you Friday": whoever leaves says no deadline and no wish."""
    for start in range(len(message)):
        led = message.tag(start, "see_you") or message.tag(start, "until")
        place = message.after(led[1], "the") if led else 0
        day = (message.tag(place, "day") or message.tag(place, "weekday")) if led else None
        if not day or not all(_is_courtesy(message, spot) for spot in range(day[1], len(message))):
            continue
        before = range(start)
        leaves = any(_is_leave(message, spot) for spot in before) or message.tag(start, "see_you") is not None
        alone = all(message.tokens[spot].kind == "mark" or message.tag(spot, "i:greet") for spot in before)
        certain = message.tag(place, "day") is not None or message.mark(len(message) - 1, "!")
        if (alone and certain) or (leaves and all(_is_courtesy(message, spot) for spot in before)):
            message.take(start, day[1], "greet")
            return


def _is_leave(message: Message, index: int) -> bool:
    return message.tag(index, "i:thank") is not None or message.tag(index, "i:bye") is not None


def _is_courtesy(message: Message, index: int) -> bool:
    """Return whether a word only thanks, greets, agrees or joins: "super, dzięki, to…"."""
    roles = (
        "i:thank",
        "i:bye",
        "i:greet",
        "i:affirm",
        "this",
        "therefore",
        "and",
        "propose",
        "please",
        "then",
        "later",
    )
    inside = message.before(index, "i:thank") is not None  # the "you" of "thank you"
    return message.tokens[index].kind == "mark" or inside or any(message.tag(index, role) for role in roles)


def _stands_alone(message: Message, index: int) -> bool:
    """Return whether "evening" was the whole greeting: nothing behind it, or a mark or another greeting."""
    return index >= len(message) or message.tokens[index].kind == "mark" or message.tag(index, "i:greet") is not None
