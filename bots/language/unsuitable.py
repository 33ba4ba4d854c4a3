"""Days that will not do, in whichever words: "12 December is no good", "I am away on Friday", "skip the 5th".

A day is not wanted if its own part of the message bars it, or the next part does and names no other day; if a reason
against it is told and nothing is wished for; or if every other day would do.
"""

from itertools import pairwise

from bots.language.context import Context
from bots.language.dates.days import Day
from bots.language.message import Message

Part = tuple[int, int]  # first token, index behind the last
AGAINST = ("cannot", "bars", "hindered", "then_not")
ROLES = (*AGAINST, "others", "i:deny", "except")
SURE_CANCEL = 0.75
BOOKS = 0.9
SMALL = {"num", "this", "the", "day_number"}  # may stand between "except" and its day
NO_WORDS = ("no", "nope", "nah", "nie", "не", "нє", "ні", "нет")
NEAR = 4  # tokens between a day and "cannot", where several days stand side by side


def find(message: Message, days: list[Day], context: Context) -> list[Day]:
    """Return those of the days that do not suit."""
    if not days or message.roles.isdisjoint(ROLES):
        return []
    parts = _parts(message)
    return [day for day in days if _is_day(day) and _unsuitable(message, day, days, parts, context)]


def parts_out(message: Message, places: list[Part]) -> list[bool]:
    """Return for each part of the day that stands here whether it does not suit: "mornings are no good"."""
    if message.roles.isdisjoint((*AGAINST, "i:deny")):
        return [False] * len(places)
    parts = _parts(message)
    return [_part_out(message, place, parts) for place in places]


def _part_out(message: Message, place: Part, parts: list[Part]) -> bool:
    here = next((part for part in parts if part[0] <= place[0] < part[1]), (0, len(message)))
    if "date" in message.used[here[0] : here[1]] or _asks(message, here) or _wanted(message, here):
        return False
    end = here[1] - 1
    ends_with_no = end == place[1] and message.tokens[end].kind == "word" and message.tag(end, "i:deny") is not None
    return ends_with_no or any(_first(message, here, role) is not None for role in ("cannot", "bars"))


def _is_day(day: Day) -> bool:
    return day.first is not None and not day.role and day.kind not in ("until", "from")


def _unsuitable(message: Message, day: Day, days: list[Day], parts: list[Part], context: Context) -> bool:
    here = next((part for part in parts if part[0] <= day.start < part[1]), (0, len(message)))
    if _beside_cannot(message, day):
        return len(days) > 1 or not (_cancels(message, context) or _asks(message, here))
    if day.last is not None or any(here[0] <= other.start < here[1] for other in days if other is not day):
        return False
    others = _first(message, (0, len(message)), "others")
    if others is not None and len(days) == 1 and not _wanted(message, here):
        theirs = next((part for part in parts if part[0] <= others < part[1]), here)
        return theirs == here or _first(message, theirs, *AGAINST) is None  # "on other days I can't"
    if _excepted(message, day, here):
        return True
    if len(days) == 1 and _refused_before(message, here):
        return True
    if _wanted(message, here) or _asks(message, here):
        return False
    behind = _next(message, parts, here, days)
    if _ends_with_no(message, day, here) or (message.mark(here[1], "?") and _denied(message, behind)):
        return True
    then_not = _first(message, (day.end, here[1]), "then_not")
    if (
        any(_barred(message, part) for part in (here, behind))
        or then_not is not None
        or (behind != here and _first(message, behind, "then_not") is not None)
    ):
        return not _cancels(message, context)
    if any(_first(message, part, "cannot") is not None for part in (here, behind)):
        return (len(days) > 1 or not _cancels(message, context)) and not _hour_in(message, here)
    if _not_coming(message, here, behind) and not _cancels(message, context):
        return True
    reasons = any(_reason(message, part) for part in (here, behind))
    if not (reasons or _others_away(message, here)) or _wishes(message):
        return False
    turned = behind != here and message.tag(behind[0], "but") is not None  # "I'd like the 4th but I am working"
    return turned or not _wished_for(message, day, here)


def _barred(message: Message, part: Part) -> bool:
    """Return whether a part bars its day; "the kids are off school" tells of others and bars nothing."""
    return any(
        _first(message, (place, place + 1), "bars") is not None and not _of_others(message, place)
        for place in range(*part)
    )


def _of_others(message: Message, place: int) -> bool:
    return message.before(place, "relation", "relations", "people", "child") is not None


def _others_away(message: Message, part: Part) -> bool:
    return any(message.tag(place, "bars") and _of_others(message, place) for place in range(*part))


def _refused_before(message: Message, here: Part) -> bool:
    """ "Ese día no, que el 4 se casa mi sobrina": the refusal stands before the day, and a reason beside it."""
    refused = any(message.tag(place, "then_not") for place in range(here[0]) if message.before(place, "not") is None)
    return refused and _reason(message, here)


def _reason(message: Message, part: Part) -> bool:
    """Return whether a part tells a reason against its day; what comes "after that" is none."""
    place = _first(message, part, "hindered")
    if place is None:
        return False
    return not any(
        {"later", "second_visit"} & message.tags[spot].keys() for spot in range(max(part[0], place - NEAR), place)
    )


def _not_coming(message: Message, *parts: Part) -> bool:
    """ "I have a test on the 4th and I will not come": where no visit is called off, that day is none for one."""
    return any(
        (cue := message.tag(place, "i:cancel")) and message.tag(place, "not") and message.before(cue[1], "comes")
        for part in parts
        for place in range(*part)
    )


def _wished_for(message: Message, day: Day, part: Part) -> bool:
    """ "Давайте на 4 грудня, бо потім їду до бабусі": a word of wishing before the day, and a reason beside it."""
    return any(
        role in message.tags[place] and message.before(place, "not") is None
        for place in range(part[0], day.start)
        for role in ("i:book", "suited")
    )


def _beside_cannot(message: Message, day: Day) -> bool:
    """ "Thursday, I'm afraid, doesn't suit me", "I can't on Thursday": with small words between at most."""
    for place in range(day.end, min(day.end + NEAR, len(message))):
        if _cannot_at(message, place):
            return True
        if message.tokens[place].kind == "mark" or message.used[place]:
            break
    begin = message.before(day.start, "the", "clock")
    return any(
        _cannot_at(message, message.before(place, "cannot")) for place in (day.start, begin) if place is not None
    )


def _cancels(message: Message, context: Context) -> bool:
    """Return whether a visit on that day is called off, and no day is looked for: then the day says which visit."""
    looked_for = bool(context.offered) or "date" in context.requested or "time" in context.requested
    for tags in message.tags:  # "I can't come" calls off as well, but is not all that does
        only_refuses = "cannot" in tags or "bars" in tags
        cue = tags.get("i:cancel", (0.0, 0))
        only_refuses = only_refuses or (looked_for and "not" in tags and message.before(cue[1], "comes") is not None)
        if "i:my_booking" in tags or (cue[0] >= SURE_CANCEL and not only_refuses):
            return True
    return not looked_for and "come" in message.roles


def _wishes(message: Message) -> bool:
    """Return whether the message asks for something: then what is told of a day is no reason against it."""
    if {"time", "people"} & set(message.used) or any(message.mark(place, "?") for place in range(len(message))):
        return True
    return any(tags.get("i:book", (0.0, 0))[0] >= BOOKS or "i:cancel" in tags for tags in message.tags)


def _wanted(message: Message, part: Part) -> bool:
    """Return whether a part of the message says that its day suits: "12 December works, I am busy on the others"."""
    return any(_suits(message, place, part[0]) for place in range(*part))


def _suits(message: Message, place: int, begin: int) -> bool:
    """Return whether a day suits by the word here, which is no part of a longer phrase against it: "doesn't suit"."""
    suits = message.tag(place, "suits")
    if suits is None or message.before(place, "not", "i:deny") is not None:
        return False
    around = [message.tags[spot] for spot in range(max(begin, place - NEAR), place + 1)]
    return not any(role in tags and tags[role][1] >= suits[1] for tags in around for role in ROLES)


def _cannot_at(message: Message, index: int | None) -> bool:
    """ "Can't on Friday", but not "can't wait for Friday"."""
    return index is not None and message.tag(index, "cannot") is not None and not _suits(message, index, index)


def _excepted(message: Message, day: Day, part: Part) -> bool:
    """ "Any day but one: the 5th", "кроме одного дня (пятница)": small words between the exception and its day."""
    place = day.start - 1
    while place >= max(part[0], day.start - NEAR):
        if any(message.before(place + 1, role) is not None for role in ("except", "bars")):
            return True
        small = message.mark(place, ":(") or bool(SMALL & message.tags[place].keys())
        if not small and message.before(place + 1, "unit", "idiom") is None:
            return False
        place -= 1
    return False


def _ends_with_no(message: Message, day: Day, part: Part) -> bool:
    """ "12.12 сразу нет", "the 5th sadly no": the last word of its part refuses it."""
    end = part[1] - 1
    denied = message.tag(end, "i:deny") if day.end <= end < day.end + NEAR else None
    return denied is not None and message.tokens[end].kind == "word" and not message.used[end]


def _denied(message: Message, part: Part) -> bool:
    """ "12 December? nope, football"."""
    place = part[0]
    while place < part[1] and message.tokens[place].kind == "mark":
        place += 1
    return message.tag(place, "i:deny") is not None or message.word(place) in NO_WORDS


def _asks(message: Message, part: Part) -> bool:
    """ "Is 12 December not possible?"; "12 December? no way" asks in another sense: the day alone is no question."""
    if not message.mark(part[1], "?"):
        return False
    return any(not message.used[place] and "the" not in message.tags[place] for place in range(*part))


def _hour_in(message: Message, part: Part) -> bool:
    return "time" in message.used[part[0] : part[1]]


def _next(message: Message, parts: list[Part], here: Part, days: list[Day]) -> Part:
    """Return the part behind, if it is about the same day: it names no other, asks nothing and wishes nothing."""
    for begin, end in parts[parts.index(here) + 1 :] if here in parts else []:
        if any(begin <= day.start < end for day in days) or message.mark(end, "?"):
            break
        if any(message.tag(place, "on_condition") for place in range(begin, min(begin + 2, end))):
            continue  # "…, jeśli to nie kłopot"
        if message.tag(begin, "only") or any("i:correct" in message.tags[place] for place in range(begin, end)):
            break
        if _first(message, (begin, end), *ROLES) is not None:
            return begin, end
    return here


def _first(message: Message, part: Part, *roles: str) -> int | None:
    for place in range(*part):
        if message.used[place] == "same":
            continue  # "leave the time alone"
        if any(role in message.tags[place] for role in roles) and message.before(place, "not") is None:
            return place
    return None


def _parts(message: Message) -> list[Part]:
    """What stands between marks and before "but"."""
    cuts = [0]
    inside = {
        place for start, tags in enumerate(message.tags) for role in ("bars", "except", "others") if role in tags
        for place in range(start + 1, tags[role][1])
    }  # fmt: skip
    for index in range(1, len(message)):
        if message.used[index] or index in inside:
            continue
        mark = message.mark(index, ",;.!?…)–—") or (message.mark(index, "-") and not message.glued(index))
        if mark or (message.tag(index, "but") and message.tokens[index].kind == "word"):
            cuts.append(index)
    cuts.append(len(message))
    return [(begin, end) for begin, end in pairwise(cuts) if end > begin]
