"""Which of several that were offered: "the second one", "the last of those", "not the first two", a bare "2"."""

from dataclasses import dataclass

from bots.language.context import Context
from bots.language.message import Message
from bots.language.numbers import number
from bots.language.resolved import as_date
from bots.language.times.clock_time import NOON

SHORT_ANSWER = 8
LONG_ANSWER = 16
AHEAD = 3
THAT = (
    "co",
    "ktory",
    "ktora",
    "ktore",
    "que",
    "q",
    "that",
    "you",
    "u",
    "что",
    "который",
    "що",
    "який",
)  # "the first that you named"
NOT = ("not", "no", "ni", "ani", "nie", "не", "ни", "ні", "ані")
FEW = 3  # tokens of "one", "one please"
NEAR = 4  # tokens between the one that is chosen and what is said of it
WIDE = 6  # tokens between "we would like to take" and "the second"
AGAINST = ("cannot", "bars", "then_not", "too_early")
# What may stand beside a number that is a place in the list: "2 poproszę", "let's go with 2 then, thanks".
BESIDE_PLACE = (
    "please", "propose", "i:affirm", "i:thank", "i:book", "i:order", "chooses", "article", "this", "is", "then", "me",
    "i:greet",
)  # fmt: skip
NOT_BESIDE_PLACE = ("for", "people", "we_are", "unit", "part", "not", "clock")
ELSEWHEN = {"weekday", "day", "month", "feast"}  # a day of its own, or a refusal: nothing is picked
NO_HOUR = {  # endings of ordinals in a gender that hours never have
    "pl": ("y", "i", "go", "mu", "ym", "im", "e"),
    "uk": ("ий", "ого", "ому", "им", "е", "є", "ім", "і"),
}
PLACE_NOUNS = ("place", "choice", "lugar")
ACCUSATIVE = {"ru": ("в", "во", "на", "к"), "uk": ("в", "у")}  # these lead in "the second one" as well as an hour


@dataclass(slots=True)
class Picked:
    """One of the offered slots, by its place in the list, and the tokens that say so."""

    start: int
    end: int
    place: int
    named: bool = False  # in words that can mean nothing else, however long the message is


def pick(message: Message, context: Context) -> Picked | None:
    """Return which of the offered slots an answer points at: "the second one", "druga", "последний", "opción 2".

    It is read before the clock is, because "druga" is also two o'clock; an hour that is led in ("o drugiej")
    or named ("в первом часу") stays an hour.
    """
    count = len(context.offered)
    words = sum(1 for token in message.tokens if token.kind != "mark")
    if not count or words > LONG_ANSWER or _elsewhen(message):
        return None
    left = _left_over(message, count)
    if left:
        message.take(left.start, left.end, "choice")
        _take_again(message, left.place, count)
        return left
    for index in range(len(message)):
        found = _in_order(message, index, context) or _by_place(message, index, count) or _nth(message, index, count)
        found = found or _bare_place(message, index, context)
        if not found or not (words <= SHORT_ANSWER or found.named):
            continue
        if _turned_down(message, found):
            message.take(index, found.end, "denied")
            continue
        message.take(index, found.end, "choice")
        return found
    return None


def _elsewhen(message: Message) -> bool:
    """Return whether a day of its own is named; "if we may" names none."""
    return any(ELSEWHEN & tags.keys() and not message.used[place] for place, tags in enumerate(message.tags))


def _turned_down(message: Message, found: Picked) -> bool:
    """ "The first is too early", "can't do the second": its own clause speaks against what it names."""
    start, end = _clause(message, found.start, found.end)
    if _denied_around(message, found.start, found.end):
        return True
    behind = range(found.end, end)
    if any(_against(message, place, *AGAINST) for place in (*range(start, found.start), *behind)):
        return True
    wished = any({"please", "chooses", "suits", "i:affirm"} & message.tags[place].keys() for place in range(start, end))
    return not wished and any(_against(message, place, "hindered", "i:deny") for place in behind)


def _against(message: Message, place: int, *roles: str) -> bool:
    """Return whether a word against something stands here, and no part of "can't wait" or "no problem"."""
    said = message.tags[place]
    reach = max((said[role][1] for role in roles if role in said), default=0)
    return reach > max(message.after(place, "suits"), message.after(place, "i:affirm"), place)


def _clause(message: Message, start: int, end: int) -> tuple[int, int]:
    """Return where what stands between marks and before "but" begins and ends around these tokens."""
    while start > 0 and not message.mark(start - 1, ",.;!?()–—\n") and not _but(message, start - 1):
        start -= 1
    while end < len(message) and not message.mark(end, ",.;!?()–—\n") and not _but(message, end):
        end += 1
    return start, end


def _but(message: Message, index: int) -> bool:
    return message.tag(index, "but") is not None and message.tokens[index].kind == "word"


def _stands_out(message: Message, start: int, end: int) -> bool:
    """ "We would like to take the second", "of the three, the first would be best": no place in passing."""
    if end < len(message) and message.tokens[end].kind == "word" and not message.tags[end]:
        return False  # "we take the first bus"
    begin, finish = _clause(message, start, end)
    led = max(begin, start - WIDE)
    if any({"chooses", "i:book"} & message.tags[place].keys() for place in range(led, start)):
        return True
    article = message.before(start, "the", "article", "this")
    if begin in (start, article) and begin > 0:
        return True
    behind = range(end, min(finish, end + NEAR))
    return any({"suits", "i:affirm", "suited"} & message.tags[place].keys() for place in behind)


def _by_place(message: Message, index: int, count: int) -> Picked | None:
    """ "The middle one", "то, что сверху", "the one after the first"."""
    for role, place in (("top_one", 0), ("middle_one", count // 2), ("bottom_one", count - 1)):
        found = message.tag(index, role)
        if not found or (role == "middle_one" and count % 2 == 0):
            continue
        beyond = range(found[1], found[1] + AHEAD)  # "in the middle of the week"
        if any(message.tag(spot, other) for spot in beyond for other in ("unit", "month", "part")):
            continue
        if any(what not in ("", "idiom") for what in message.used[index : found[1]]):
            continue
        return Picked(index, message.after(found[1], "option"), place, named=True)
    after = message.tag(index, "after")
    first = message.tag(message.after(after[1], "the"), "ord") if after else None
    if first and first[0] < count and message.tokens[first[1] - 1].kind == "word":
        return Picked(index, first[1], first[0], named=True)
    return None


def _left_over(message: Message, count: int) -> Picked | None:
    """ "Not the first two, the other one", "ni la primera ni la última": what is left when some are denied."""
    denied: set[int] = set()
    named: set[int] = set()
    start, end, sure = len(message), 0, True
    for index in range(len(message)):
        ordinal = message.tag(index, "ord") if message.tokens[index].kind == "word" else None
        last = message.tag(index, "last_one") or message.tag(index, "last") or message.tag(index, "later")
        found = ordinal or last
        if not found or index < end:
            continue
        behind, before = message.tag(found[1], "num"), message.before(index, "num")
        several = behind or (message.tags[before]["num"] if before is not None else None)
        size = several[0] if several and several[0] < count else 1
        first = ordinal[0] - 1 if ordinal else count - size
        places = set(range(first, first + size))
        if not _denied_around(message, index if before is None else before, (behind or found)[1]):
            if not _turned_down(message, Picked(index, (behind or found)[1], first)):
                named |= places
                continue
            sure = False  # "the first two don't suit": another is chosen only if it is named
        denied |= places
        start, end = min(start, index if before is None else before), max(end, (behind or found)[1])
    if not denied:
        return None  # a single time that was offered is not picked by whatever is said
    left = sorted(set(range(count)) - denied)
    if len(left) == 1 and (sure or left[0] in named):
        return Picked(start, end, left[0], named=True)
    after = any("after" in tags or "other_one" in tags for tags in message.tags[end:])
    if sure and len(denied) == 1 and after and max(denied) + 1 < count:
        return Picked(start, end, max(denied) + 1, named=True)
    return None


def _take_again(message: Message, place: int, count: int) -> None:
    """Note that "the last" is understood in "the first two are no good, so the last"."""
    for index in range(len(message)):
        ordinal, last = message.tag(index, "ord"), message.tag(index, "last_one") or message.tag(index, "last")
        if ordinal and ordinal[0] == place + 1:
            message.take(index, ordinal[1], "choice")
        elif last and place == count - 1:
            message.take(index, last[1], "choice")


def _denied_around(message: Message, start: int, end: int) -> bool:
    """Return whether "not", "ni", "ani" stands before, or "no" behind: "las dos últimas no"."""
    begin = message.before(start, "the", "article")
    if any(message.word(place - 1) in NOT for place in (start, begin) if place is not None):
        return True
    return message.lexicon.code == "es" and message.word(end) == "no"


def _in_order(message: Message, index: int, context: Context) -> Picked | None:
    """ "The later one", "ten wcześniejszy": the last or the first of what was offered, if nothing else is asked."""
    if message.roles.isdisjoint(("later_one", "earlier_one", "same_day")):
        return None
    later, earlier = message.tag(index, "later_one"), message.tag(index, "earlier_one")
    beside = message.tag(index, "later") or message.tag(index, "earlier")
    that_day = beside is not None and (
        message.before(index, "same_day") is not None
        or any(message.tag(place, "same_day") for place in range(beside[1], beside[1] + 3))
    )
    if that_day and any("or" in tags for tags in message.tags):
        return None
    later = later or (message.tag(index, "later") if that_day else None)
    found = later or earlier or (beside if that_day else None)
    if not found or any(message.mark(place, "?") or "question" in message.tags[place] for place in range(len(message))):
        return None
    offered = sorted(context.offered)
    if that_day:
        day = as_date(context.state.get("date")) or offered[0][0]
        offered = [slot for slot in offered if slot[0] == day]
    if not offered:
        return None
    return Picked(index, message.after(found[1], "option"), context.offered.index(offered[-1 if later else 0]))


def _nth(message: Message, index: int, count: int) -> Picked | None:
    if any((part := message.tag(place, "part")) and part[1] > index + 1 for place in (index - 1, index)):
        return None  # "в первой половине дня"
    last = message.tag(index, "last_one") or message.tag(index, "last")
    if last and _free(message, index, last[1]):
        named = _option(message, last[1])
        if message.tag(last[1], "unit") and not named:
            return None
        end = named[1] if named else last[1]
        sure = named is not None or _among(message, end) or _stands_out(message, index, end) or _ends(message, end)
        return Picked(index, end, count - 1, named=sure)
    ordinal = message.tag(index, "ord") if message.tokens[index].kind == "word" else None
    end = ordinal[1] if ordinal else index
    as_option, written_in_digits = False, ordinal is None
    if ordinal is None:
        written = message.tag(index, "num")
        if written is None:
            return None
        hyphen = written[1] + message.mark(written[1], "-")
        suffixed = message.tag(hyphen, "suffix") if message.glued(hyphen) else None
        behind = suffixed[1] if suffixed else written[1]
        as_option = message.tag(behind, "option") is not None or message.before(index, "option", "numbered") is not None
        as_option = as_option or (
            message.lexicon.code == "es" and message.word(index - 1) == "la" and behind == index + 1
        )
        if not (suffixed or as_option) or (not as_option and message.after(behind, "please") < len(message)):
            return None
        ordinal, end = written, behind
    if not 1 <= ordinal[0] <= count or not _free(message, index, end):
        return None
    named = message.tag(end, "option") if written_in_digits else _option(message, end)
    if named is None and message.tag(end, "nth_noun") and message.word(end) not in PLACE_NOUNS:
        return None  # "our second visit"
    among = _among(message, named[1] if named else end)
    clocked = not named or message.tag(end, "oclock") is not None
    if message.lexicon.ordinal_hours and clocked and not among and _is_hour(message, index, end, ordinal[0]):
        return None
    if any(message.tag(end, category) for category in ("of", "pm", "am", "part", "people")) and not (named or among):
        return None
    sure = named is not None or as_option or among or index == 0 or message.word(end) in THAT
    led = message.before(index, "the", "article") is not None
    sure = sure or (led and _ends(message, end)) or _stands_out(message, index, end)
    return Picked(index, named[1] if named else end, ordinal[0] - 1, named=sure)


def _among(message: Message, end: int) -> bool:
    """ "The second of those", "drugi z podanych", "другий зі списку"."""
    return message.tag(message.after(message.after(end, "of"), "from"), "them") is not None


def _ends(message: Message, end: int) -> bool:
    """Return whether nothing but a mark stands behind."""
    return end >= len(message) or message.tokens[end].kind == "mark"


def _free(message: Message, start: int, end: int) -> bool:
    """Return whether these words are not understood yet; "the last time" is an idiom but for who takes it."""
    if message.free(start, end):
        return True
    named = _option(message, end)
    idiom = all(what in ("", "idiom") for what in message.used[start:end])
    return named is not None and idiom and _stands_out(message, start, named[1])


def _option(message: Message, index: int) -> tuple[str, int] | None:
    """Return the noun of what was offered, behind its place: "the second option", "the last time"."""
    return message.tag(index, "option") or message.tag(index, "hour_noun")


def _is_hour(message: Message, index: int, end: int, hour: int) -> bool:
    """Return whether "drugiej" is led in as a time of day, or has its "o'clock" behind it.

    An hour that was not offered is rather the place of one that was: "друга година мені до вподоби".
    """
    offered = any(hour % NOON == one % NOON for one in message.hours)
    led = message.before(index, "clock", "at", "after", "before", "until", "around", "from")
    if message.tag(end, "oclock") and not message.tag(end, "suffix"):
        behind = message.after(end, "oclock")
        return offered or led is not None or any(message.tag(behind, half) for half in ("am", "pm", "part"))
    word, lead = message.tokens[end - 1].text.lower(), message.word(index - 1)
    if word.endswith(NO_HOUR.get(message.lexicon.code, ())):
        return False
    if message.lexicon.code == "pl" and word.endswith("ą") and lead == "o":
        return False  # "proszę o pierwszą"
    if lead in ("на", "na") and not offered:
        return False
    return led is not None and lead not in ACCUSATIVE.get(message.lexicon.code, ())


def _bare_place(message: Message, index: int, context: Context) -> Picked | None:
    """ "2" alone or with courtesy, "el 2": if nothing else was asked for and no offered time begins at two."""
    found = number(message, index)
    if not found or not _beside_place(message, index, found[1]) or "duration" in context.requested:
        return None
    led = message.lexicon.code == "es" and message.word(index - 1) == "el"
    alone = sum(token.kind != "mark" for token in message.tokens) == 1
    value, count = found[0], len(context.offered)
    if not 1 <= value <= count or ("people" in context.requested and not led):
        return None
    if not alone and any(slot[0].day == value for slot in context.offered):
        return None
    hours = [place for place, slot in enumerate(context.offered) if slot[1].hour % NOON == value]
    if hours:
        return Picked(index, found[1], hours[0], named=True) if led and len(hours) == 1 else None
    return Picked(index, found[1], value - 1)


def _beside_place(message: Message, start: int, end: int) -> bool:
    """Return whether nothing stands beside a number but courtesy and words of choosing."""
    if message.mark(start - 1, "+-/%.:") and message.glued(start):
        return False
    place = 0
    while place < len(message):
        if start <= place < end:
            place = end
            continue
        if message.mark(place, "?%+/:=$€£") or message.used[place]:
            return False
        if message.tokens[place].kind == "mark":
            place += 1
            continue
        tags = message.tags[place]
        if message.tokens[place].kind == "number" or any(role in tags for role in NOT_BESIDE_PLACE):
            return False
        behind = max((tags[role][1] for role in BESIDE_PLACE if role in tags), default=0)
        if not behind:
            return False
        place = start if place < start < behind else behind
    return True
