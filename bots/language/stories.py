"""What a message tells about, and does not wish for: "it broke yesterday", "I waited for 40 minutes"."""

from itertools import pairwise
from typing import TypeVar

from bots.language.dates.days import Day
from bots.language.message import Message
from bots.language.people.found import People
from bots.language.resolved import Slots
from bots.language.times.durations import Stretch
from bots.language.times.moments import Moment

TELLING = ("i:complaint", "i:track_order", "i:product", "i:ask_delivery", "i:thank")
ENDED = ("i:complaint", "i:track_order")  # what these tell of has happened, and nobody asks for it again
WISHES = ("i:change", "i:cancel", "i:my_booking", "wish")
# A word that means something besides these is no verb of a story, whatever its ending looks like.
MAY_TELL = {"takes", "late", "i:complaint", "i:track_order", "i:ask_delivery", "i:ask_hours", "i:human", "i:order",
            "i:ask", "i:product", "i:thank", "i:affirm", "i:correct", "cannot"}  # fmt: skip
SHORTEST_VERB = 4
SMALL_WORDS = 4  # "thanks so much everybody for"
BOOKS = 0.8
SUBJECTS = ("i", "we", "she", "he", "it", "they", "you", "who", "and", "which", "that", "just", "never")
CHILDREN = ("kid", "child", "son", "daughter", "dzie", "syn", "cor", "діт", "син", "доч", "дет", "сын", "hij", "nin")
NEAR = 3  # tokens between "takes" and how long
Finding = TypeVar("Finding", Day, Stretch, Moment, People)


def told(message: Message) -> bool:
    """Return whether days that are over belong to a story: then they are no mistake that the bot should point out."""
    if _wishes(message):
        return False
    return any(category in tags for tags in message.tags for category in TELLING)


def story(message: Message, stretch: Stretch) -> bool:
    """Return whether a length says how long something takes or took, and not how long a visit should be."""
    if _wishes(message):
        return False
    around = (*range(max(0, stretch.start - NEAR), stretch.start), *range(stretch.end, stretch.end + NEAR))
    if any(message.tag(place, "takes") or message.tag(place, "late") for place in around):
        return True
    return any(category in tags for tags in message.tags for category in TELLING[:-1])


def visitors(message: Message, people: People) -> bool:
    """Return whether people are said to come, and not just spoken of: "me and my sister got the wrong parcel"."""
    if _wishes(message) or people.shift or _still_to_come(message, people):
        return True
    owned = message.before(people.start, "own") is not None
    words = [message.word(place) for place in range(people.start, people.end)]
    if owned and words and any(word.startswith(CHILDREN) for word in words):
        return False  # "I have two kids and a dog"
    return not any(category in tags for tags in message.tags for category in ENDED)


def without(message: Message, slots: Slots) -> Slots:
    """Return the findings that are no part of a story."""
    told_of = _telling(message)
    return Slots(
        _kept(message, slots.days, told_of),
        _kept(message, slots.moments, told_of),
        _kept(message, slots.stretches, told_of),
        _kept(message, slots.people, told_of),
        slots.unclear,
    )


def _kept(message: Message, found: list[Finding], told_of: list[int]) -> list[Finding]:
    """Return what is no story; the words of the rest say nothing about a visit any more."""
    kept: list[Finding] = []
    for one in found:
        over = isinstance(one, Day) and one.role == "past"
        if isinstance(one, People) and (one.shift or _still_to_come(message, one)):
            kept.append(one)  # "my sister dropped out" is told, and is one fewer
        elif isinstance(one, Day) and _wrote_of(message, one):
            kept.append(one)  # "I wrote the 4th": what is wished for
        elif told_of[one.start] > (0 if over else 1) or (isinstance(one, Day) and _named_after(message, one)):
            message.take(one.start, one.end, "story")
        else:
            kept.append(one)
    return kept


def _wrote_of(message: Message, day: Day) -> bool:
    """ "A ja pisałam na 4 grudnia", "на 4 грудня я ж писала": a day to come beside what the customer said before."""
    if day.role == "past" or day.passed is not None or day.first is None:
        return False
    start, near = day.start, day.weekday is not None or message.tag(day.start, "day") is not None
    while (led := message.before(start, "the", "at", "to", "for", "clock", "article")) is not None:
        start = led
    if near and message.lexicon.code not in ("en", "es") and message.word(day.start - 1) not in ("на", "na"):
        return False  # "писала в пятницу" tells when
    if near and message.word(day.start - 1) == "on":
        return False
    if message.before(start, "said") is not None:
        return not any("i:complaint" in tags for tags in message.tags)
    place = day.end
    while any(message.tag(place, role) for role in ("me", "he", "particle")) and message.tag(place, "said") is None:
        place += 1
    said = message.tag(place, "said")
    return said is not None and (said[1] >= len(message) or message.tokens[said[1]].kind == "mark")


def _still_to_come(message: Message, people: People) -> bool:
    """ "I miscounted, there will be three of us": what is told of is over, who comes is not."""
    if people.alone:
        return True
    places = range(max(0, people.start - 1), people.end)
    if message.tag(people.end, "comes"):
        return True
    return any(message.tag(place, "we_are") and not message.tag(place, "past") for place in places)


def _telling(message: Message) -> list[int]:
    """For each token, whether its part of the message tells what happened: 2 if so, 1 if it may wish for more."""
    told_of = [0] * len(message)
    ended = any(category in tags for tags in message.tags for category in ENDED)
    for start, end, asks in _parts(message):
        places = range(start, end)
        thanked = _thanked_for(message, start, end)
        if thanked < end:
            told_of[thanked:end] = [2] * (end - thanked)
        elif any(_is_past(message, place, start) for place in places):
            wishes = any(_wished(message, place) for place in places) or (
                not ended
                and (
                    any(message.tags[place].get("i:book", (0.0, 0))[0] > BOOKS for place in places)
                    or (asks and not any(message.tag(place, "day") for place in places))
                )
            )
            told_of[start:end] = [1 if wishes else 2] * (end - start)
        elif not asks and _only_ended(message, places):
            told_of[start:end] = [2] * (end - start)
    return told_of


def _only_ended(message: Message, places: range) -> bool:
    """ "My order from the 3rd is not here": a complaint or a parcel, and no wish beside it."""
    ended = [message.tags[place] for place in places if any(category in message.tags[place] for category in ENDED)]
    if all("bars" in tags or "cannot" in tags for tags in ended):
        return False  # "the 12th is bad"
    beside = ("i:book", "i:order", "repair", "come", "until", *WISHES)
    return not any(category in message.tags[place] for place in places for category in beside)


def _named_after(message: Message, day: Day) -> bool:
    """ "The receipt from the 4th", "fryzura z soboty": a thing has its name from that day."""
    start = message.before(day.start, "the")
    led = message.before(day.start, "from")
    if led is None and start is not None:
        led = message.before(start, "from")
    if led is None or led == 0 or day.last or _wishes(message):
        return False
    noun = message.tags[led - 1]
    plain = message.tokens[led - 1].kind == "word" and not noun.keys() - {"i:track_order", "i:product", "goods"}
    wanted = any(category in tags for tags in message.tags for category in (*WISHES, "i:book", "i:affirm", "people"))
    return plain and not wanted and "time" not in message.used


def _wished(message: Message, index: int) -> bool:
    """Return whether a word of asking for or agreeing on a visit stands here; "we moved here" moves no visit."""
    corrects = message.tag(index, "i:correct")
    if corrects and corrects[1] - index > 1:
        return True  # "I said Friday"
    if message.tag(index, "past") or ((led := message.tag(index - 1, "past")) and led[1] > index):
        return False
    return any(category in message.tags[index] for category in WISHES)


def _parts(message: Message) -> list[tuple[int, int, bool]]:
    """(start, end, whether it asks) of what stands between marks, "and" and "but"."""
    cuts = [0]
    for index in range(1, len(message)):
        joint = message.mark(index, ",;.!?…()–—\n") and not message.used[index]
        if joint and message.glued(index + 1) and message.tokens[index + 1].kind != "mark":
            joint = False  # "12.50"
        word = message.tag(index, "and") or message.tag(index, "but") or _leads_to_wish(message, index)
        if joint or (word and not message.used[index] and message.tokens[index].kind == "word"):
            cuts.append(index)
    cuts.append(len(message))
    parts = []
    for start, end in pairwise(cuts):
        asks = message.mark(end, "?") or any(message.mark(place, "?¿") for place in range(start, end))
        parts.append((start, end, asks))
    return parts


def _leads_to_wish(message: Message, index: int) -> tuple[str, int] | None:
    """ "She has been dropping hints for months, so I'd like…": what follows from a story is none."""
    therefore = message.tag(index, "therefore")
    if therefore is None:
        return None
    behind = range(therefore[1], min(therefore[1] + NEAR, len(message)))
    wishes = any("i:book" in message.tags[place] or "wish" in message.tags[place] for place in behind)
    return therefore if wishes else None


def _is_past(message: Message, index: int, start: int) -> bool:
    """Return whether a verb of something that has happened stands here."""
    token = message.tokens[index]
    raw = token.text.lower()
    if message.used[index] == "same":
        return False  # "at the time that it was"
    if message.word(index - 1) == "have" and message.word(index + 1) == "got":
        return False  # "what have you got"
    if message.tag(index, "past"):
        return raw not in ("we're", "we’re")
    endings = tuple(message.lexicon.past_endings.split())
    if not endings or token.kind != "word" or len(token.fold) < SHORTEST_VERB:
        return False
    if message.tags[index].keys() - MAY_TELL and (raw == token.fold or message.lexicon.code != "es"):
        return False
    if raw == token.fold and token.fold in message.lexicon.everyday:
        return False  # a common word, and no accent that tells it from one
    if message.lexicon.code == "en" and not _has_subject(message, index, start):
        return False
    return raw.endswith(endings) or token.fold.endswith(endings)


def _has_subject(message: Message, index: int, start: int) -> bool:
    """ "We waited", "the heel snapped": but "my nails polished" may stand behind "I want"."""
    if message.word(index - 1) in SUBJECTS:
        return True
    return index - start in (2, 3) and (message.word(index - 2) == "the" or message.tag(index - 2, "my") is not None)


def _thanked_for(message: Message, start: int, end: int) -> int:
    """Return where "for Saturday" begins in "thanks so much for Saturday", or `end`."""
    for index in range(start, end):
        cue = message.tag(index, "i:thank")
        if cue is None:
            continue
        for place in range(index, min(cue[1] + SMALL_WORDS, end)):
            if not message.tag(place, "thanked_for"):
                continue
            answers = any(
                message.tags[spot].keys() & {"i:affirm", "cannot"}
                or (message.used[spot] == "time" and message.tokens[spot].kind == "number")
                for spot in range(place, end)
            )
            return end if answers else place
    return end


def _wishes(message: Message) -> bool:
    """Return whether the message asks for a visit in so many words."""
    return any(tags.get("i:book", (0.0, 0))[0] > 0.7 or "i:change" in tags for tags in message.tags)
