"""From findings to one answer: which day, which hour, what was offered, what is meant by a bare "2"."""

from datetime import date, datetime, time, timedelta
from itertools import pairwise
from typing import TypeVar

from bots.language import unsuitable
from bots.language.answers import bare_numbers, choose
from bots.language.choosing import Picked
from bots.language.context import Context
from bots.language.dates.days import Day
from bots.language.doubts import Unclear
from bots.language.message import Message
from bots.language.people.found import People
from bots.language.resolved import TWELVE_HOUR_LANGUAGES, Resolved, Slots, as_time, day_of_month, hours_of
from bots.language.stories import story, told, visitors
from bots.language.times.clock_time import NOON, Clock, Hours
from bots.language.times.durations import Stretch
from bots.language.times.moments import HALF_OF, OPEN_PARTS, PARTS, Moment

STRONG = 0.85
PLAIN_WORDS = 2
BUT = ("but", "pero", "ale", "lecz", "но", "але", "choice", "instead")
REACH = 5  # tokens between "first" and its day
Found = TypeVar("Found", Day, Moment)


def resolve(
    message: Message, slots: Slots, local: datetime, context: Context, picked: Picked | None = None
) -> Resolved:
    """Put the findings together."""
    out = Resolved(unclear=slots.unclear)
    if picked is not None:
        out.date, out.time = context.offered[picked.place]
        out.spans.append(("choice", picked.start, picked.end, picked.place + 1))
    _days(out, message, slots.days, local.date(), context)
    _durations(out, [one for one in slots.stretches if one.shift or not story(message, one)], local, context)
    _times(out, message, slots.moments, context)
    _people(out, message, slots.people, context)
    bare_numbers(out, message, local.date(), context)
    choose(out, message, context)
    return out


def _days(out: Resolved, message: Message, days: list[Day], today: date, context: Context) -> None:
    wanted: list[Day] = []
    for day in days:
        if day.problem:
            out.problems.append(day.problem)
        if day.role == "excluded":
            found: date | int | None = day.weekday if day.weekday is not None else day.first
            if found is not None:
                out.excluded.append(found)
                out.spans.append(("excluded", day.start, day.end, found))
        elif day.role == "from":
            out.from_date = day.first
            out.spans.append(("from_date", day.start, day.end, day.first))
        elif day.first is not None or day.last is not None:
            wanted.append(day)
        if day.role == "from" and day.passed:
            out.from_date = day.passed  # what is moved may have been
    present = [day for day in wanted if day.role != "past" and (day.passed is None or day.last is not None)]
    if wanted and not present:
        if told(message) or _spoken_of(message):
            for day in wanted:
                message.take(day.start, day.end, "story")
            wanted = []  # "it broke yesterday": a story, no wish
        else:
            out.problems.append("past_date")
        present = wanted[:1]
    if present and _in_doubt(out, present[0], today):
        return
    exact = [day for day in present if day.kind not in ("month", "week")] or present
    exact = _last_word(message, _old_day(out, message, exact))
    _drop_unsuitable(out, message, exact, context)
    if not exact:
        out.several = _all_of_them(message, exact)
        return
    first = exact[0]
    out.date, out.date_end = first.first, first.last if first.last != first.first else None
    out.spans.append(("date", first.start, first.end, first.first or first.last))
    for day in exact[1:]:
        if day.first and day.first != out.date and day.first not in out.alternatives:
            if first.first is None or (first.kind == "range" and day.kind == "weekday" and first.first <= day.first):
                continue
            out.alternatives.append(day.first)
            out.spans.append(("alternative", day.start, day.end, day.first))
    out.several = _all_of_them(message, exact)


def _all_of_them(message: Message, days: list[Day]) -> bool:
    """ "Tue and Thu at 5pm, 2 people each" are two wishes, "Tue or Thu" and "are you open Tue and Thu?" one."""
    if not {"time", "people", "date"} & set(message.used):
        return False
    if "all_of" in message.roles:
        return True
    if len(days) < 2 or not {"time", "people"} & set(message.used):
        return False
    gaps = [range(one.end, other.start) for one, other in pairwise(days)]
    if _one_and_another(message, days):
        return True
    joined = any(message.tag(place, "and") or message.mark(place, "+&") for place in gaps[-1])
    return joined and not any(message.tag(place, "or") for gap in gaps for place in gap)


def _one_and_another(message: Message, days: list[Day]) -> bool:
    """ "First on the 4th, then on the 9th", "один на 4.12, второй на 9.12": two visits, told one by one."""
    if len(days) != 2 or any(day.last not in (None, day.first) for day in days):
        return False
    before, between = range(max(0, days[0].start - REACH), days[0].start), range(days[0].end, days[1].start)
    if len(between) > 2 * REACH or any({"or", "not"} & message.tags[place].keys() for place in between):
        return False
    if any(message.word(place) in BUT or "option" in message.tags[place] for place in (*before, *between)):
        return False  # "first choice the 4th, second choice the 9th"
    first = any("first_visit" in message.tags[place] for place in before)
    second = any("second_visit" in message.tags[place] for place in between)
    return first and second and not any("i:correct" in message.tags[place] for place in between)


def _in_doubt(out: Resolved, day: Day, today: date) -> bool:
    """Keep a day open that is over, or whose weekday and number do not agree, with the days that it may be."""
    readings, why = day.readings, "weekday_differs"
    if day.passed is not None and day.last is None and day.first is not None:
        readings, why = (day_of_month(day.first.day, today), day.first), "past"
    if not readings:
        return False
    out.unclear.append(Unclear("date", tuple(dict.fromkeys(readings)), why))
    out.spans.append(("unclear", day.start, day.end, readings[0]))
    return True


def _spoken_of(message: Message) -> bool:
    """ "The screen went dark yesterday": plain words and no wish beside a day that is over."""
    if any("i:book" in tags or "question" in tags for tags in message.tags):
        return False
    if any(what == "time" and message.tokens[index].kind == "number" for index, what in enumerate(message.used)):
        return False
    polite = {
        place
        for index, tags in enumerate(message.tags)
        if "i:greet" in tags
        for place in range(index, tags["i:greet"][1])
    }
    plain = [
        index
        for index, token in enumerate(message.tokens)
        if token.kind == "word" and not message.used[index] and index not in polite and "the" not in message.tags[index]
    ]
    return len(plain) >= PLAIN_WORDS


def _change_at(message: Message) -> int | None:
    """Return where the message asks to change something that was agreed, if it does."""
    for index, tags in enumerate(message.tags):
        cue = tags.get("i:change")
        if cue and cue[0] >= STRONG:
            return index
    return None


def _old_day(out: Resolved, message: Message, days: list[Day]) -> list[Day]:
    """ "I'm booked on Tuesday, can I change it to Wednesday?": the day before the wish is the old one."""
    change = _change_at(message)
    if change is None:
        change = _behind_agreed(message, days)
    if change is None or len(days) < 2 or out.from_date:
        return days
    old = [day for day in days if day.end <= change]
    new = [day for day in days if day.start > change]
    if not old and not _moved_to(message, days[0]) and _moved_to(message, days[1]):
        old, new = days[:1], days[1:]  # "move tomorrow's appointment to Friday"
    if not old or not new:
        return days
    out.from_date = old[0].first
    out.spans.append(("from_date", old[0].start, old[0].end, old[0].first))
    return new


def _behind_agreed(message: Message, days: list[Day]) -> int | None:
    """Return where the agreed day ends in "I booked for Friday, can I come on Saturday?"."""
    if len(days) != 2 or not any(message.mark(index, "?") for index in range(days[1].end, len(message))):
        return None
    agreed = any("agreed" in tags for tags in message.tags[: days[0].start])
    gap = range(days[0].end, days[1].start)
    apart = any(message.tokens[index].kind == "mark" or message.tag(index, "but") for index in gap)
    return days[0].end if agreed and apart else None


def _moved_to(message: Message, day: Day) -> bool:
    """Return whether a "to" leads this day in."""
    place = day.start
    begin = message.before(place, "the")
    if any("swap" in tags for tags in message.tags) and message.word(place - 1) in ("for", "with", "por"):
        return True
    words = ("na", "на", "para", *(("por",) if message.lexicon.code == "es" else ()))
    return any(
        message.before(spot, "to") is not None or message.word(spot - 1) in words
        for spot in (place, place if begin is None else begin)
    )


def _last_word(message: Message, found: list[Found]) -> list[Found]:
    """ "Friday, actually no, Saturday": what stands before the correction no longer counts."""
    for place in range(len(found) - 1, 0, -1):
        gap = range(found[place - 1].end, found[place].start)
        if len(gap) <= 6 and any(message.tag(index, "i:correct") for index in gap):
            return found[place:]
    return found


def _drop_unsuitable(out: Resolved, message: Message, days: list[Day], context: Context) -> None:
    """ "Friday doesn't work, Saturday?", "I'm away on the 12th": such a day is out."""
    for day in unsuitable.find(message, days, context):
        days.remove(day)
        found: date | int | None = day.weekday if day.weekday is not None else day.first
        if found is not None:
            out.excluded.append(found)
            out.spans.append(("excluded", day.start, day.end, found))
            message.take(day.start, day.end, "excluded")


def _durations(out: Resolved, stretches: list[Stretch], local: datetime, context: Context) -> None:
    for stretch in stretches:
        if not stretch.shift and out.duration is None:
            out.duration = stretch.minutes
            out.spans.append(("duration", stretch.start, stretch.end, stretch.minutes))
        elif stretch.shift == "in" and out.time is None:
            moment = local + timedelta(minutes=stretch.minutes)
            out.time = time(moment.hour, moment.minute)
            out.date = out.date or moment.date()
            out.spans.append(("time", stretch.start, stretch.end, out.time.strftime("%H:%M")))
        elif stretch.shift in ("later", "earlier") and out.time is None:
            base = as_time(context.state.get("time")) or context.offered_time
            if base is None and context.offered:
                base = context.offered[0][1]
            if base is not None:
                sign = 1 if stretch.shift == "later" else -1
                minutes = base.hour * 60 + base.minute + sign * stretch.minutes
                if 0 <= minutes < 24 * 60:
                    out.time = time(minutes // 60, minutes % 60)
                    out.spans.append(("time", stretch.start, stretch.end, out.time.strftime("%H:%M")))


def _times(out: Resolved, message: Message, moments: list[Moment], context: Context) -> None:
    hours = hours_of(out, context)
    twelve = message.lexicon.code in TWELVE_HOUR_LANGUAGES
    used = message.used
    moments = [
        moment
        for moment in moments
        if "story" not in used[max(0, moment.start - 1) : moment.start] + used[moment.end : moment.end + 1]
    ]  # "yesterday at night" is over as a whole
    loose = [moment for moment in moments if moment.part in PARTS and moment.first is None and not moment.role]
    for moment, out_of_it in zip(
        loose, unsuitable.parts_out(message, [(one.start, one.end) for one in loose]), strict=True
    ):
        moment.role = "excluded" if out_of_it else ""
    for moment in moments:
        if moment.role == "excluded":
            out.not_parts.append(moment.part)
            out.spans.append(("not_part", moment.start, moment.end, moment.part))
    moments = [moment for moment in moments if moment.role != "excluded"]
    parts = [moment for moment in moments if moment.part and moment.part != "after"]
    hint = HALF_OF.get(parts[0].part, "") if parts else ""
    exact = [moment for moment in moments if moment not in parts]
    change = _change_at(message)
    if change is not None and out.from_date:
        for moment in exact:
            if moment.end <= change and moment.last is None:
                moment.role = "from"
    for moment in _last_word(message, exact):
        _moment(out, moment, hours, hint, twelve)
    if parts and out.time is None and out.end_time is None:
        _part(out, parts[0], hours)
    elif parts:
        out.spans.append(("part", parts[0].start, parts[0].end, parts[0].part))


def _moment(out: Resolved, moment: Moment, hours: Hours, hint: str, twelve: bool) -> None:
    first, last = moment.first, moment.last
    if first is not None and last is not None:
        begin, end = _pair(first, last, hours, hint, twelve)
        if out.time is None and out.end_time is None:
            out.time, out.end_time = begin, end
            out.spans.append(("time", moment.start, moment.end, f"{begin:%H:%M}-{end:%H:%M}"))
        elif out.time is not None:
            out.time_alternatives.append(begin)
            out.spans.append(("time_alternative", moment.start, moment.end, f"{begin:%H:%M}"))
    elif first is not None:
        begin = first.resolve(hours, hint=hint, twelve_hours=twelve)
        if moment.role == "from":
            out.from_time = begin
            out.spans.append(("from_time", moment.start, moment.end, f"{begin:%H:%M}"))
        elif out.time is None:
            out.time = begin
            out.open_ended = moment.part == "after"
            out.spans.append(("time", moment.start, moment.end, f"{begin:%H:%M}"))
        elif begin != out.time:
            out.time_alternatives.append(begin)
            out.spans.append(("time_alternative", moment.start, moment.end, f"{begin:%H:%M}"))
    elif last is not None and out.end_time is None:
        end = last.resolve(
            hours, hint=hint, twelve_hours=twelve, least=out.time if last.half == "" and last.hour <= 12 else None
        )
        out.end_time = end
        out.open_ended = False
        out.spans.append(("end_time", moment.start, moment.end, f"{end:%H:%M}"))


def _pair(first: Clock, last: Clock, hours: Hours, hint: str, twelve: bool) -> tuple[time, time]:
    """Both ends of "3 to 5", "10 to 2", "5 to 7 pm" in the same sense."""
    shared = hint or (last.half if last.half in ("am", "pm") and first.hour <= last.hour else "")
    begin = first.resolve(hours, hint=shared, twelve_hours=twelve)
    if last.hour == NOON and last.half == "am" and first.hour < NOON:
        last.half = "pm"  # "с 9 до 12 утра"
    if first.half and not last.half and last.hour > first.hour and first.half != "24":
        last.half = first.half
    end = last.resolve(hours, hint="" if last.hour <= 12 and last.hour < first.hour else shared, twelve_hours=twelve)
    if end <= begin and last.hour < 12 and last.half == "":
        end = time(last.hour + 12, last.minute) if last.hour + 12 < 24 else end
    if end <= begin and begin.hour >= 12 and not first.half and begin.hour - 12 < end.hour:
        begin = time(begin.hour - 12, begin.minute)
    return begin, end


def _part(out: Resolved, moment: Moment, hours: Hours) -> None:
    """ "In the afternoon": what the business calls so, as far as it is open."""
    if moment.part in OPEN_PARTS:
        out.time, out.open_ended = OPEN_PARTS[moment.part], True
        out.spans.append(("time", moment.start, moment.end, moment.part))
        return
    if moment.part == "before_noon":
        out.end_time = time(NOON)
        out.spans.append(("end_time", moment.start, moment.end, f"{out.end_time:%H:%M}"))
        return
    begin, end = PARTS[moment.part]
    if moment.role == "before":
        out.end_time = begin
        out.spans.append(("end_time", moment.start, moment.end, moment.part))
        return
    opened, closed = [window[0] for window in hours], [window[1] for window in hours]
    if opened and min(opened) < end and begin < max(closed):
        begin, end = max(begin, min(opened)), min(end, max(closed))
    out.time, out.end_time = begin, end
    out.spans.append(("time", moment.start, moment.end, moment.part))


def _people(out: Resolved, message: Message, found: list[People], context: Context) -> None:
    if not found or (out.date is None and out.time is None and not visitors(message, found[0])):
        return
    best = found[0]
    if best.shift:
        known = context.state.get("people")
        if not isinstance(known, int):
            out.people_shift = best.shift
        elif known + best.shift > 0:
            out.people = known + best.shift
        else:  # nobody is left: that is no visit any more
            message.used[best.start : best.end] = [""] * (best.end - best.start)
            return
        out.spans.append(("people", best.start, best.end, out.people or best.shift))
        return
    if best.count == 0:
        out.problems.append("people_zero")
        return
    if best.companions and out.date is None and out.time is None and _only_asked_for(message, best, context):
        message.used[best.start : best.end] = [""] * (best.end - best.start)
        return
    out.people = best.count
    out.spans.append(("people", best.start, best.end, best.count))


def _only_asked_for(message: Message, people: People, context: Context) -> bool:
    """ "Can I bring a child of 5?" is a question, not a booking; "my daughter of 9 and I" says who comes."""
    words = range(people.start, min(people.end + 1, len(message)))
    if not any(message.used[place] == "age" for place in words) or "people" in context.requested:
        return False
    named = any(message.tag(place, "me") for place in range(max(0, people.start - 1), people.end))
    asks = any(message.mark(place, "?") for place in range(people.end, len(message)))
    return asks or not named
