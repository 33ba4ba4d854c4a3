"""A denied value is not meant: "2 people, not 2 o'clock", "не 2 декабря, а 9", "nie 17 tylko 18".

What is meant instead has often lost its unit or month: it inherits them from the value that was denied, or from what
is known to have that value.
"""

from dataclasses import dataclass, field
from datetime import date

from bots.language.context import Context
from bots.language.dates.days import Day, calendar_day
from bots.language.dates.forms import day_number, month_at, year_behind
from bots.language.message import Message
from bots.language.people.found import People
from bots.language.resolved import Slots, as_date, as_time, day_of_month
from bots.language.times.clock_time import NOON, Clock
from bots.language.times.moments import Moment

REACH = 4  # tokens between "not" and its value, or between a value and "not"
ANSWERS_TOO = ("nie", "no")  # in Polish and Spanish the same word says no and not
LEADS = (
    "clock",
    "at",
    "for",
    "the",
    "people_prep",
    "we_are",
    "propose",
    "own",
    "is",
    "of",
    "to",
    "wish",
    "from",
    "i:book",
)
OTHERS = ("money", "measure", "age", "goods", "nth_noun", "option")


@dataclass(slots=True)
class Value:
    """A number with what it counts: "date", "time", "people", "length" or "" if nothing says so."""

    start: int
    end: int
    kind: str
    number: int
    month: int = 0
    year: int | None = None
    led: int = 0  # where its little words begin
    ordinal: bool = False  # "третьего"


@dataclass(slots=True)
class Denied:
    """Tokens whose values are not meant, and what is meant instead where its own words do not say."""

    places: set[int] = field(default_factory=set)
    replaced: set[int] = field(default_factory=set)  # "instead of 5": the old value
    days: list[Day] = field(default_factory=list)
    moments: list[Moment] = field(default_factory=list)
    people: list[People] = field(default_factory=list)

    def set_aside(self, message: Message) -> None:
        """Leave no denied number to the clock and to the count of people, once the days are read."""
        for place in self.places - self.replaced:
            if not message.used[place] and message.tag(place, "ord"):
                message.take(place, place + 1, "denied")

    def taken_out(self, slots: Slots) -> Slots:
        """Return the findings without what was denied: a day is excluded, an hour of old the one to change."""
        if not self.places:
            moments = _without_those_of(slots.days, slots.moments)
            return Slots(slots.days + self.days, moments, slots.stretches, slots.people, slots.unclear)
        for day in slots.days:
            if self.places & set(range(day.start, day.end)) and day.role != "from":
                day.role = "excluded"
        moments = []
        for moment in slots.moments:
            if not self.places & set(range(moment.start, moment.end)):
                moments.append(moment)
            elif self.replaced & set(range(moment.start, moment.end)):
                moment.role = "from"
                moments.append(moment)
        return Slots(
            slots.days + self.days,
            _without_those_of(slots.days, moments),
            [one for one in slots.stretches if not self.places & set(range(one.start, one.end))],
            [one for one in slots.people if not self.places & set(range(one.start, one.end))],
            slots.unclear,
        )


def _without_those_of(days: list[Day], moments: list[Moment]) -> list[Moment]:
    """ "Not Friday at 5 but Saturday at 6": with the day, its hour is denied."""
    ends = {day.end for day in days if day.role == "excluded"}
    if not ends or len(moments) < 2:
        return moments
    return [moment for moment in moments if moment.start not in ends and moment.start - 1 not in ends]


def find(message: Message, today: date, context: Context) -> Denied:
    """Find what is denied and take the values that are meant instead but have no unit of their own."""
    out = Denied()
    if message.roles.isdisjoint(("denies", "instead")):
        return out
    for index, tags in enumerate(message.tags):
        denier = tags.get("denies") or tags.get("instead")
        if denier is None or message.used[index] or message.mark(denier[1], ",.!;"):
            continue
        wrong = _led_value(message, denier[1])
        if wrong is None:
            out.places.update(_named_day(message, denier[1]))
            continue
        meant = _meant(message, index, wrong)
        if message.word(index) in ANSWERS_TOO and not _contrasts(message, index, wrong, meant, context):
            continue
        kind = wrong.kind or _kind_by_state(wrong, context) or (meant.kind if meant else "")
        out.places.update(range(wrong.led, wrong.end))
        if message.tag(index, "not") is None:
            out.replaced.update(range(wrong.led, wrong.end))
        elif wrong.kind not in ("date", "other"):
            message.take(wrong.start, wrong.end, "denied")
        if not wrong.kind:
            message.take(wrong.start, wrong.end, "denied")
        if meant and kind and (not meant.kind or (meant.ordinal and meant.kind == kind)):
            _inherit(out, message, meant, wrong, kind, today, context)
    return out


def _led_value(message: Message, index: int) -> Value | None:
    """Return the value behind a "not", with the little words that lead it in."""
    place = index
    while place < min(index + REACH, len(message)):
        value = value_at(message, place)
        if value is not None:
            value.led = index
            _by_leads(message, value)
            return value
        led = [message.tags[place][role][1] for role in LEADS if role in message.tags[place]]
        if not led:
            return None
        place = max(led) if value_at(message, max(led)) else place + 1
    return None


def _named_day(message: Message, index: int) -> range:
    """ "No mañana, el viernes": the day behind "no", if another one is named; elsewhere "not" excludes it anyway."""
    place = message.after(index, "the")
    day = message.tag(place, "day") or message.tag(place, "weekday")
    if day is None or message.lexicon.code != "es" or not (message.mark(day[1], ",") or message.tag(day[1], "only")):
        return range(0)
    others = range(day[1], len(message))
    named = any(message.tag(spot, role) for spot in others for role in ("day", "weekday", "num"))
    return range(place, day[1]) if named else range(0)


def value_at(message: Message, index: int) -> Value | None:
    """Return the number that stands here, with its unit."""
    if not 0 <= index < len(message) or message.used[index]:
        return None
    if message.glued(index) and message.mark(index - 1, ":./-"):
        return None
    together = message.tag(index, "together")
    if together and not message.tag(index, "ord"):
        return Value(index, together[1], "people", together[0], led=index)
    spelled = message.tokens[index].kind == "word"
    found = message.tag(index, "num") or (message.tag(index, "ord") if spelled else None)
    if not found:
        return None
    value, end = found
    second = message.tokens[end + 1] if end + 1 < len(message) and message.glued(end) else None
    if second and second.kind == "number" and message.mark(end, ":."):
        if message.mark(end, ":") or not 1 <= second.number <= NOON:
            return Value(index, end + 2, "time", value, led=index)
        return Value(index, end + 2, "date", value, second.number, led=index)
    day = day_number(message, index)
    if day and day[2]:
        end = day[1]
    month = month_at(message, end)
    if month:
        year, behind = year_behind(message, month[1])
        return Value(index, behind, "date", value, month[0], year, led=index)
    leading = message.before(index, "month")
    if leading is not None and message.lexicon.code == "en":
        return Value(index, end, "date", value, message.tags[leading]["month"][0], led=leading)
    ordinal = bool(day and day[2])
    behind, kind = _counted(message, index, end, ordinal=ordinal)
    return Value(index, behind, kind, value, led=index, ordinal=ordinal and spelled)


def _counted(message: Message, index: int, end: int, *, ordinal: bool) -> tuple[int, str]:
    """(index behind, kind) of a number by what stands behind it."""
    for role, kind in (
        ("people", "people"),
        ("relations", "people"),
        ("oclock", "time"),
        ("pm", "time"),
        ("am", "time"),
    ):
        behind = message.tag(end, role)
        if behind and not (role == "oclock" and message.tag(end, "and")):
            return behind[1], kind
    unit = message.tag(end, "unit")
    if unit:
        clock = unit[0] == "hour" and message.before(index, "clock") is not None
        return unit[1], "time" if clock else "length"
    unknown = end < len(message) and message.tokens[end].kind == "word" and not message.tags[end]
    if any(message.tag(end, role) for role in OTHERS) or (
        unknown and not message.glued(end) and message.word(end) not in message.lexicon.vocabulary
    ):
        return end, "other"
    feminine = message.lexicon.hour_endings.split() if message.lexicon.ordinal_hours_alone else []
    if ordinal:
        return end, "time" if feminine and message.word(end - 1).endswith(tuple(feminine)) else "date"
    return end, ""


def _by_leads(message: Message, value: Value) -> None:
    """ "At 5" is an hour, "for 2" people, "the 3" a day, where nothing behind the number says what it is."""
    if value.kind:
        return
    index = value.start
    if message.before(index, "clock") is not None:
        value.kind = "time"
    elif message.before(index, "for", "we_are") is not None and message.word(index - 1) not in ("на", "na"):
        value.kind = "people"
    elif message.word(index - 1) in ("el", "the", "día"):
        value.kind = "date"


def _meant(message: Message, denier: int, wrong: Value) -> Value | None:
    """Return the value beside a denied one: behind it, or before the "not"."""
    for place in range(wrong.end, min(wrong.end + REACH + 1, len(message))):
        value = value_at(message, place)
        if value is not None:
            _by_leads(message, value)
            return value
        if message.mark(place, ".!?;") or message.tag(place, "weekday") or message.tag(place, "day"):
            break
    for place in range(denier - 1, max(-1, denier - REACH - 2), -1):
        value = value_at(message, place)
        if value is not None and value.end <= denier:
            _by_leads(message, value)
            return value
    return None


def _contrasts(message: Message, index: int, wrong: Value, meant: Value | None, context: Context) -> bool:
    """Return whether "no" or "nie" denies what follows rather than answers: something is meant instead of it."""
    opens = index == 0 or message.mark(index - 1, ",.!?;")
    if not opens or (wrong.kind or "?") == _kind_by_state(wrong, context) != "":
        return True
    if not wrong.kind and _kind_by_state(wrong, context):
        return True
    if meant is None or meant.kind not in ("", wrong.kind or meant.kind):
        return False
    if meant.start > wrong.end:
        gap = range(wrong.end, meant.start)
        return any(
            message.mark(place, ",-–") or message.tag(place, "but") or message.tag(place, "only") for place in gap
        )
    return True


def _kind_by_state(value: Value, context: Context) -> str:
    """Return which known slot has this value: then it is that slot which is denied."""
    if value.kind and value.kind not in ("date", "time", "people"):
        return ""
    hour, day = as_time(context.state.get("time")), as_date(context.state.get("date"))
    fits = {
        "people": context.state.get("people") == value.number,
        "time": hour is not None and (hour.hour == value.number or hour.hour == value.number + NOON),
        "date": day is not None and day.day == value.number,
    }
    fitting = [kind for kind, fit in fits.items() if fit and value.kind in ("", kind)]
    return fitting[0] if len(fitting) == 1 or "people" in fitting else ""


def _inherit(
    out: Denied, message: Message, meant: Value, wrong: Value, kind: str, today: date, context: Context
) -> None:
    """Give a number without a unit what the denied one had."""
    start, end, number = meant.start, meant.end, meant.number
    if kind == "date" and 1 <= number <= 31:
        known = as_date(context.state.get("date"))
        if wrong.month:
            day = calendar_day(start, end, number, wrong.month, wrong.year, today)
        elif known is not None and known.day == wrong.number:
            day = calendar_day(start, end, number, known.month, known.year, today)
        else:
            day = Day(start, end, day_of_month(number, today))
        message.take(start, end, "date")
        out.days.append(day)
    elif kind == "time" and 0 <= number <= 24:
        message.take(start, end, "time")
        out.moments.append(Moment(start, end, Clock(start, end, number)))
    elif kind == "people" and number >= 1:
        message.take(start, end, "people")
        out.people.append(People(start, end, number))
