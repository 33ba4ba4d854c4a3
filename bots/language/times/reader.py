"""Times of day in a message: exact ones, "after 6", "between 3 and 5", "tomorrow afternoon"."""

from bots.language.message import Message
from bots.language.times import clock as clocks
from bots.language.times.clock_time import NOON, Clock
from bots.language.times.moments import Moment, parts

LOOSE = ("like", "say", "maybe", "ish")  # "I have like 5" is no hour
PLAIN_TO = ("to", "do", "до", "till", "until", "til", "hasta")  # these join hours even without a "from"
PHRASAL = ("back", "forward", "up", "on")  # "push it back to 4"
SHORT_WORD = 3
FIRST_WORDS = 5  # a greeting and its marks, and then the "no"


def find(message: Message, *, date_ends: set[int], date_starts: set[int], asked: bool) -> list[Moment]:
    """Return every time of day in the message, in order; parts of the day come last."""
    moments: list[Moment] = []
    index = 0
    while index < len(message):
        moment = None
        if not message.used[index]:
            moment = _range(message, index) or _single(message, index, date_ends, date_starts, asked)
        elif message.used[index] == "date":
            moment = None
        if moment is None:
            index += 1
            continue
        message.take(moment.start, moment.end, "time")
        moments.append(moment)
        index = max(index + 1, moment.end)
    _old_times(message, moments)
    return moments + parts(message)


def _range(message: Message, index: int) -> Moment | None:
    """From 3 to 5, between 3 and 5, 15–17, de 5 a 7, с 3 до 5."""
    led = message.before(index, "between", "from")
    between = message.before(index, "between") is not None
    if _counted_group(message, index, led):
        return None
    first = clocks.read(message, index, bare=True)
    if first is None or _after_letters(message, index):
        return None
    place = first.end
    dash = message.mark(place, "-–—")
    connector = message.tag(place, "and" if between else "to")
    if dash:
        behind = place + 1
    elif connector and (led is not None or first.written or message.word(place) in PLAIN_TO):
        behind = connector[1]
    else:
        return None
    behind = _skip(message, behind)
    last = clocks.read(message, behind, bare=True)
    if last is None:
        return None
    if not (led is not None or first.written or last.written) and not _plain_range(message, first, last, dash):
        return None
    return Moment(led if led is not None else index, last.end, first, last)


def _skip(message: Message, index: int) -> int:
    found = message.tag(index, "clock")
    return found[1] if found else index


def _plain_range(message: Message, first: Clock, last: Clock, dash: bool) -> bool:
    """ "15-17" is a time; "2-3" is not, unless an hour is likely."""
    if message.tokens[first.start].kind != "number" or message.tokens[last.start].kind != "number":
        return False
    if dash and message.glued(first.start) and message.mark(first.start - 1, "-–./:"):
        return False
    return (
        last.hour > first.hour >= 8
        or message.tag(last.end, "window") is not None
        or (dash and first.hour >= 8 and _beside_a_date(message, first.start, last.end))
        or (not dash and last.hour > first.hour)
        or message.before(first.start, "at", "clock") is not None
    )


def _beside_a_date(message: Message, start: int, end: int) -> bool:
    """Return whether a date stands right before or behind, perhaps with a comma between."""
    before = start - 2 if message.mark(start - 1, ",") else start - 1
    used = message.used
    return (before >= 0 and used[before] == "date") or (end < len(message) and used[end] == "date")


def _after_letters(message: Message, index: int) -> bool:
    if message.word(index - 1) == "t" and index > 1 and message.used[index - 2] == "date":
        return False  # 2026-12-05T18:30
    return (
        message.glued(index)
        and index > 0
        and message.tokens[index - 1].kind == "word"
        and message.before(index, "at") is None
    )


def _single(message: Message, index: int, date_ends: set[int], date_starts: set[int], asked: bool) -> Moment | None:
    if _after_letters(message, index) or (message.glued(index) and message.mark(index - 1, "/#:+")):
        return None
    after = message.before(index, "after")
    before = message.before(index, "before", "until")
    around = message.before(index, "around")
    clock_word = message.before(index, "clock")
    if clock_word is not None and after is None and before is None:  # "nie później niż o 18"
        after, before = message.before(clock_word, "after"), message.before(clock_word, "before", "until")
    start_word = message.before(index, "from")
    if _counted_group(message, index, start_word):
        return None
    if after is not None and before is not None:  # "no later than 4", "not before 10": the longer phrase is meant
        after, before = (after, None) if after <= before else (None, before)
    led = next((place for place in (after, before, around, clock_word, start_word) if place is not None), None)
    clock = clocks.read(message, index, bare=True)
    if clock is None:
        return None
    if not clock.written and not _likely(message, clock, led, date_ends, date_starts, asked):
        return None
    start = led if led is not None and message.free(led, index) else index
    word = message.word(index - 1)
    if after is not None or (
        start_word is not None and before is None and clock_word is None and word not in ("z", "de", "на")
    ):
        if word in ("по",) and message.lexicon.code == "ru":
            return Moment(start, clock.end, None, clock)
        return Moment(start, clock.end, clock, None, part="after")
    if before is not None and message.before(index, "around") is None:
        return Moment(start, clock.end, None, clock)
    return Moment(start, clock.end, clock)


def _counted_group(message: Message, index: int, led: int | None) -> bool:
    """ "Un grupo de ocho": a number of people behind a word that could lead in an hour as well."""
    group = message.before(index, "for")
    return led is not None and group is not None and group < led


def _likely(
    message: Message, clock: Clock, led: int | None, date_ends: set[int], date_starts: set[int], asked: bool
) -> bool:
    """Return whether a bare number is an hour."""
    index, hour = clock.start, clock.hour
    spelled = message.tokens[index].kind == "word"
    ordinal = message.tag(index, "ord") is not None and spelled
    if hour == 0 and not message.tokens[index].text.startswith("00"):
        return False
    if clock.start in date_ends or (message.mark(index - 1, ",;-–(") and index - 1 in date_ends):
        if message.word(index) == "one":
            return False  # "the Friday one"
        return (
            not (spelled and ordinal and message.lexicon.code in ("en", "es")) and message.tag(clock.end, "of") is None
        )
    if message.word(index) == "one" and message.tag(clock.end, "clock") and message.lexicon.code == "en":
        return False  # "one at 16:30"
    if message.before(index, "i:correct") is not None and _denied_behind(message, clock.end):
        return True
    if message.before(index, "clock") is not None:
        return (
            not (spelled and message.word(index) in ("una", "one", "один", "одна", "одну", "jeden"))
            or message.word(index - 1) == "la"
            or (message.word(index - 1) == "at" and (index - 1 in date_ends or clock.end in date_starts or asked))
        )
    if message.word(index - 1) == "to" and message.word(index - 2) in PHRASAL and hour:
        return any("i:change" in tags for tags in message.tags)
    if message.word(index - 1) in ("from", "desde", "starting") and hour:
        return not spelled or hour > 1
    if message.before(index, "at") is not None and message.before(index, "around") is None:
        return _at(message, index, hour, ordinal, date_ends, clock)
    if led is not None:
        if _counts_unknown(message, clock):
            return False
        if (
            message.before(index, "from") is not None
            and message.before(index, "after", "before", "until", "around") is None
        ):
            return ordinal or hour >= 8 or message.word(index - 1) in ("from", "od", "від", "desde", "с")
        if message.before(index, "around") is not None and message.before(index, "after", "before", "until") is None:
            return hour >= 6 or ordinal or asked or bool(date_ends) or message.word(index - 1) not in LOOSE
        return True
    if asked and message.before(index, "for", "we_are", "people_prep") is None:
        return (hour >= 1 and not message.mark(clock.end, ".")) or len(message) <= 2
    if message.lexicon.code == "en" and _tonight(message, clock.end):
        return True
    return clock.end in date_starts and hour >= 7 and not spelled


def _tonight(message: Message, index: int) -> bool:
    """ "Eight tonight", "ten, tonight"."""
    return message.word(index + message.mark(index, ",")) in ("tonight", "tonite")


def _denied_behind(message: Message, index: int) -> bool:
    """ "I said 7 not 8", "mówiłam 19 a nie 20"."""
    denied = any(message.tag(place, "i:deny") for place in range(min(index, FIRST_WORDS)))
    return denied and any(message.tag(place, "not") or message.tag(place, "except") for place in (index, index + 1))


def _counts_unknown(message: Message, clock: Clock) -> bool:
    """ "After one wash", "po 3 myciach": a small number before a noun that we do not know counts it."""
    if clock.hour > NOON or clock.end >= len(message) or message.glued(clock.end):
        return False
    behind = message.tokens[clock.end]
    return (
        behind.kind == "word"
        and len(behind.fold) > SHORT_WORD
        and not message.tags[clock.end]
        and behind.fold not in message.lexicon.vocabulary
    )


def _at(message: Message, index: int, hour: int, ordinal: bool, date_ends: set[int], clock: Clock) -> bool:
    """ "na 17", "на 5" behind a date, "for 7": an hour rather than a number of people?"""
    word = message.word(index - 1)
    if word in ("na", "на"):
        if ordinal or hour >= 9:
            return True
        place = message.before(index, "at")
        beside_a_date = place in date_ends or clock.end in date_ends
        return message.lexicon.bare_for_is_time and beside_a_date
    return (
        ordinal
        or (word == "a" and message.lexicon.code == "es" and index - 1 in date_ends)
        or word in ("godz", "godzina", "od", "ok", "tipo", "desde", "к", "в", "у", "hora", "година")
        or hour >= 13
    )


def _old_times(message: Message, moments: list[Moment]) -> None:
    """ "Move it from 5 to 6", "z 17 na 18": the first is the old time."""
    if not any("i:change" in tags for tags in message.tags):
        return
    for moment in list(moments):
        if moment.first and moment.last and not moment.part:
            connector = message.word(moment.last.start - 1)
            led = message.before(moment.first.start, "from") is not None
            if (
                (led or moment.first.written)
                and message.before(moment.first.start, "between") is None
                and connector in ("na", "на", "to", "a", "las", "o", "at")
            ):
                place = moments.index(moment)
                old = Moment(moment.start, moment.first.end, moment.first, role="from")
                new = Moment(moment.last.start, moment.end, moment.last)
                moments[place : place + 1] = [old, new]
                return
