"""A number alone, weighed by what we asked, what we offered and what is known: an hour, a day or people?"""

from datetime import date, time

from bots.language.context import Context
from bots.language.doubts import Unclear
from bots.language.message import Message
from bots.language.numbers import number
from bots.language.people.found import People
from bots.language.resolved import TWELVE_HOUR_LANGUAGES, Resolved, as_time, day_of_month, hours_of
from bots.language.times.clock_time import NOON, Clock, counts_something, hour_number
from bots.language.times.moments import Moment

LAST_HOUR = 23
MOST_WORDS = 14
FEW = 4  # so many people are more likely than an hour of that number
PARTY = 8  # where hours are counted to 24, a number up to this one is people if people were asked for
OTHER_ANSWERS = {"date", "duration", "ages", "name", "phone", "service", "specialist"}
# What may stand beside an hour that has no little word of its own. Anything else is what the number counts.
BESIDE = (
    "propose", "and", "but", "or", "now", "please", "too", "instead", "rather", "not", "around", "question", "i:book",
    "i:change", "i:affirm", "i:deny", "i:correct", "i:ask", "i:greet", "i:thank", "comes", "for", "at", "suffix",
)  # fmt: skip
PROPOSES = ("propose", "rather", "instead", "i:book", "i:change", "i:correct")


def offered_hours(message: Message, context: Context) -> tuple[list[Moment], list[Unclear]]:
    """ "18, 2" in answer to "which of these times, and how many?": the hour that was offered is no number of people."""
    asked = set(context.requested)
    if not {"time", "people"} <= asked:
        return [], []
    clocks = [clock for index in range(len(message)) if (clock := _bare(message, index)) is not None]
    for clock in clocks:
        reading = _as_offered(message, clock, len(clocks) > 1, context)
        if reading is None:
            continue
        message.take(clock.start, clock.end, "time")
        if isinstance(reading, Unclear):
            return [], [reading]
        return [Moment(clock.start, clock.end, clock)], []
    return [], []


def _as_offered(message: Message, clock: Clock, among_others: bool, context: Context) -> Clock | Unclear | None:
    hours = [slot[1] for slot in context.offered] or ([context.offered_time] if context.offered_time else [])
    matching = [hour for hour in hours if hour.hour == clock.hour or hour.hour % NOON == clock.hour % NOON]
    if message.before(clock.start, "for") is not None:
        return None
    if clock.hour > NOON:
        return clock
    if not matching:
        return None
    twelve = message.lexicon.code in TWELVE_HOUR_LANGUAGES
    spelled = message.tokens[clock.start].kind == "word"
    if among_others or any(what == "people" for what in message.used):
        return clock
    if twelve and clock.hour <= FEW:
        return Unclear("time", (matching[0], clock.hour), "number")
    likely_people = spelled or clock.hour <= (FEW if twelve else PARTY)
    return None if likely_people else clock


def changed_hour(
    message: Message, moments: list[Moment], people: list[People], today: date, context: Context
) -> tuple[list[Moment], list[Unclear]]:
    """ "Może być 18?", "2 of us, could it be 6?": another hour for what is known, without its little word."""
    asked = set(context.requested)
    known = as_time(context.state.get("time"))
    if known is None or asked & OTHER_ANSWERS or ("people" in asked and not people):
        return [], []
    _for_an_hour(message, people)
    if any(moment.first or moment.last for moment in moments) or len(message) > 2 * MOST_WORDS:
        return [], []
    if sum(token.kind == "word" for token in message.tokens) > MOST_WORDS:
        return [], []
    for index in range(len(message)):
        clock = _bare(message, index)
        if clock is None or not _beside_small_words(message, clock):
            continue
        proposed = _proposed(message, clock)
        if _ordinal(message, index) and not proposed:
            continue
        if not people and clock.hour == context.state.get("people") and clock.hour != known.hour % NOON:
            continue
        message.take(index, clock.end, "time")
        doubt = None if people else _doubt(message, clock, proposed, today, context)
        return ([], [doubt]) if doubt else ([Moment(index, clock.end, clock)], [])
    return [], []


def fewer_or_earlier(
    message: Message, moments: list[Moment], people: list[People], context: Context
) -> tuple[list[Moment], list[People], list[Unclear]]:
    """ "Change my booking from two to one": hours or people, as far as what is known does not tell."""
    places = [place for place, moment in enumerate(moments) if moment.role == "from"]
    new = moments[places[0] + 1] if places and places[0] + 1 < len(moments) else None
    if new is None or people or len(moments) != 2:
        return moments, people, []
    clocks = moments[places[0]].first, new.first
    if any(clock is None or clock.written or clock.half or clock.minute or clock.hour > FEW for clock in clocks):
        return moments, people, []
    old, now = (clock.hour for clock in clocks if clock is not None)
    known = as_time(context.state.get("time")) or context.offered_time
    if now >= old:
        return moments, people, []
    if context.state.get("people") == old and not (known and known.hour % NOON == old):
        message.take(new.start, new.end, "people")
        return [], [People(new.start, new.end, now)], []
    if known and known.hour % NOON == old:
        return moments, people, []
    clock = new.first
    moment = clock.resolve(hours_of(Resolved(), context), twelve_hours=False) if clock else None
    doubt = Unclear("time", (moment, now), "number") if moment else None
    return ([], people, [doubt]) if doubt else (moments, people, [])


def _for_an_hour(message: Message, people: list[People]) -> None:
    """ "А на 6?" where an hour is known and people were not asked for: another hour, so free the number again."""
    if not message.lexicon.bare_for_is_time or len(people) != 1 or people[0].sure:
        return
    found = people[0]
    if message.tokens[found.start].kind == "number" and message.word(found.start - 1) == "на" and found.count > FEW:
        message.used[found.start : found.end] = [""] * (found.end - found.start)
        people.clear()


def _bare(message: Message, index: int) -> Clock | None:
    """Return a number that may be an hour and is not yet anything else."""
    token = message.tokens[index]
    if message.used[index] or (token.glued and message.mark(index - 1, ":./#+-")):
        return None
    spelled_one = token.kind == "word" and message.tag(index, "num") == (1, index + 1)
    found = None if spelled_one else hour_number(message, index) or number(message, index)
    if not found or not 1 <= found[0] <= LAST_HOUR or not message.free(index, found[1]):
        return None
    end = found[1]
    if message.mark(end, "+%") or message.tag(index - 1, "has_age") or message.before(index, "child") is not None:
        return None
    if counts_something(message, index, end) or message.tag(end, "nth_noun") or message.tag(end, "goods"):
        return None
    hyphen = message.mark(end, "-") and message.glued(end)
    if hyphen and message.tag(end + 1, "suffix"):
        end += 2
    return Clock(index, end, found[0])


def _ordinal(message: Message, index: int) -> bool:
    return message.tag(index, "ord") is not None and message.tokens[index].kind == "word"


def _beside_small_words(message: Message, clock: Clock) -> bool:
    """Return whether nothing stands beside a number that it could count or belong to."""
    return _small(message, clock.start - 1, ends=True) and _small(message, clock.end, ends=False)


def _small(message: Message, index: int, *, ends: bool) -> bool:
    if not 0 <= index < len(message) or message.used[index]:
        return True
    token = message.tokens[index]
    if token.kind == "mark":
        return token.text not in "%#/:$€£+=" or bool(message.used[index])
    if token.kind == "number":
        return False
    tags = message.tags[index]
    if any(role in tags for role in BESIDE):
        return True
    return ends and any(message.before(index + 1, role) is not None for role in BESIDE)


def _proposed(message: Message, clock: Clock) -> bool:
    """Return whether a word of proposing or changing stands in the clause of this number."""
    start, end = clock.start, clock.end
    while start > 0 and not message.mark(start - 1, ",.;!?"):
        start -= 1
    while end < len(message) and not message.mark(end, ",.;!?"):
        end += 1
    return any(role in message.tags[place] for place in range(start, end) for role in PROPOSES)


def _doubt(message: Message, clock: Clock, proposed: bool, today: date, context: Context) -> Unclear | None:
    """A small number may be people, and one outside the opening hours a day of the month."""
    if clock.hour > NOON:
        return None
    hours = hours_of(Resolved(), context)
    twelve = message.lexicon.code in TWELVE_HOUR_LANGUAGES
    moment = clock.resolve(hours, twelve_hours=twelve)
    if hours and not any(begin <= moment < end for begin, end in hours):
        day = day_of_month(clock.hour, today)
        readings: tuple[date | time | int, ...] = (clock.hour, moment) if clock.hour <= FEW else (day, moment)
        return Unclear("date" if clock.hour > FEW else "people", readings, "number")
    if clock.hour <= FEW and not (twelve and proposed):
        return Unclear("time", (moment, clock.hour), "number")
    return None
