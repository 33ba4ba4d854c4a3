"""Dates with a number and a name in them: 24 listopada, December 10–14, the 15th; and months alone."""

from calendar import monthrange
from datetime import date

from bots.language.dates.days import Day, calendar_day, days_of_month, shift_by, whole_month
from bots.language.dates.digits import CALENDAR, numeric
from bots.language.message import Message
from bots.language.numbers import number

# Short or everyday words that are months only after "in", "until" and the like.
AMBIGUOUS_MONTHS = set(
    "may march mar list lis sie maja maj dec lip gru sty мая май лис сер тра бер april june abril julio".split()  # noqa: SIM905
)


SHORT_MONTH = 4  # letters of an abbreviation


def day_number(message: Message, index: int) -> tuple[int, int, bool] | None:
    """(day of the month, index behind it, whether it is marked as an ordinal)."""
    ordinal = message.tag(index, "ord")
    if ordinal and message.tokens[index].kind == "word" and 1 <= ordinal[0] <= 31 and not message.used[index]:
        return ordinal[0], ordinal[1], True
    found = number(message, index)
    if not found or not 1 <= found[0] <= 31 or (message.glued(index) and message.mark(index - 1, ":.")):
        return None
    end = found[1]
    hyphen = message.mark(end, "-") and message.glued(end) and message.glued(end + 1)
    if hyphen and message.tag(end + 1, "suffix") and message.tokens[end + 1].kind == "word":
        return found[0], end + 2, True
    if message.glued(end) and message.tokens[end].kind in ("word", "mark") and message.tag(end, "suffix"):
        return found[0], end + 1, True
    return found[0], end, False


def day_and_month(message: Message, index: int, today: date, region: str) -> Day | None:
    """24 listopada, 24-го ноября, el 24 de noviembre, November 24th, 24–26 listopada, 24 or 25 November."""
    if message.tag(index, "month") and _leads_its_days(message, index):
        return _month_and_day(message, index, today)
    first = day_number(message, index)
    if not first:
        return None
    end = first[1]
    second: tuple[int, int, bool] | None = None
    if message.mark(end, "-–—/,") or message.tag(end, "to") or message.tag(end, "or") or message.tag(end, "and"):
        joined_by_or = (
            message.tag(end, "or") is not None
            or message.mark(end, "/,")
            or (message.tag(end, "and") is not None and message.before(index, "between") is None)
        )
        place = (
            end + 1
            if message.mark(end, "-–—/,")
            else max(message.after(end, "to"), message.after(end, "or"), message.after(end, "and"))
        )
        second = day_number(message, message.after(place, "the") if message.lexicon.code == "en" else place)
        if second and month_at(message, second[1]) is None:
            second = None
        if second and _place_of(message, index, first, place):
            return None
        if second and message.word(index - 1) in ("o", "о", "об") and message.before(index, "clock") is not None:
            return None  # "o 18-tej i 4 grudnia"
        if message.mark(end, ",") and (
            message.tokens[index].kind == "word" or message.before(index, "for") is not None
        ):
            return None  # "for eight, 20 December"
        if second:
            end = second[1]
    month = month_at(message, end)
    if month is None:
        return None if second else _of_next_month(message, index, first, today)
    year, behind = year_behind(message, _behind_short(message, month[1]))
    if second is None:
        return calendar_day(index, behind, first[0], month[0], year, today)
    if joined_by_or or _moves(message, index, first[1]):
        return calendar_day(index, first[1], first[0], month[0], year, today)
    return days_of_month(index, behind, first[0], second[0], month[0], year, today)


def _place_of(message: Message, index: int, first: tuple[int, int, bool], place: int) -> bool:
    """ "Первое на 4 декабря, второе на 9": the first of two visits, no day of the month."""
    spelled = first[2] and message.tokens[index].kind == "word"
    return spelled and message.word(place - 1) in ("на", "na") and message.before(index, "from", "i:change") is None


def _month_and_day(message: Message, index: int, today: date) -> Day | None:
    """November 24th, December 10-12, Dec/12."""
    month = message.tags[index]["month"]
    place = message.after(month[1], "the")
    if message.mark(place, "./") and message.glued(place):
        place += 1
    day = day_number(message, place)
    if not day:
        return None
    upper = _upper_day(message, day[1], month[0])
    if upper and upper[0] > day[0] and not message.mark(upper[1], ":"):
        return days_of_month(index, upper[1], day[0], upper[0], month[0], None, today)
    if message.mark(day[1], ":") or counts(message, day[1]) or _at_night(message, day):
        return None
    year, end = year_behind(message, day[1])
    return calendar_day(index, end, day[0], month[0], year, today)


def _at_night(message: Message, day: tuple[int, int, bool]) -> bool:
    """ "May 5am": an hour; "December 5 in the morning" is a day."""
    half = message.tag(day[1], "am")
    return half is not None and half[1] == day[1] + 1 and not day[2]


def _behind_short(message: Message, end: int) -> int:
    """Behind the full stop of "6 ene. a las 5"."""
    short = len(message.word(end - 1)) <= SHORT_MONTH and message.mark(end, ".") and message.glued(end)
    return end + 1 if short and end + 1 < len(message) and not message.tokens[end + 1].text[:1].isupper() else end


def _leads_its_days(message: Message, index: int) -> bool:
    """Whether a month may stand before its day: in English and Spanish; in Polish where it is in no oblique case."""
    code = message.lexicon.code
    return code in ("en", "es") or (
        code == "pl"
        and (len(message.word(index)) <= SHORT_MONTH or not message.word(index).endswith(("u", "zie", "ym", "em")))
    )


def _upper_day(message: Message, index: int, month: int) -> tuple[int, int, bool] | None:
    """Return the end of "December 10-12", "December 10 to 12", "December 10 through December 14"."""
    joined = message.tag(index, "to")
    if message.mark(index, "-–—"):
        place = index + 1
    elif joined and message.word(index) not in ("na", "a"):
        place = joined[1]
    else:
        return None
    again = message.tag(place, "month")
    upper = day_number(message, message.after(again[1] if again and again[0] == month else place, "the"))
    if upper and (counts(message, upper[1]) or message.tag(upper[1], "am") or message.tag(upper[1], "pm")):
        return None
    return upper


def _moves(message: Message, index: int, end: int) -> bool:
    """ "Move it from 3 to 5 December": not a stretch but an old day and a new one."""
    moving = any("i:change" in tags for tags in message.tags)
    return moving and message.tag(end, "to") is not None and message.before(index, "from") is not None


def _of_next_month(message: Message, index: int, first: tuple[int, int, bool], today: date) -> Day | None:
    """Return the 19th of next month, 19 przyszłego miesiąca, el 19 del mes que viene, 5-го числа этого месяца."""
    place = message.after(message.after(message.after(first[1], "day_number"), "of"), "the")
    for role, months in (("next", 1), ("next_before", 1), ("coming", 1), ("this", 0)):
        found = message.tag(place, role)
        unit = message.tag(found[1], "unit") if found else None
        if unit and unit[0] == "month":
            month = shift_by(today.replace(day=1), "month", months)
            return calendar_day(index, unit[1], first[0], month.month, month.year, today)
    unit = message.tag(place, "unit")
    if (
        unit
        and unit[0] == "month"
        and first[2]
        and message.tag(first[1], "of")
        and not message.tag(unit[1], "next_after")
    ):
        month = today if first[0] >= today.day else shift_by(today.replace(day=1), "month", 1)
        return calendar_day(index, unit[1], first[0], month.month, month.year, today)
    behind = message.tag(unit[1], "next_after") if unit and unit[0] == "month" else None
    if behind:
        month = shift_by(today.replace(day=1), "month", 1)
        return calendar_day(index, behind[1], first[0], month.month, month.year, today)
    return None


def counts(message: Message, index: int) -> bool:
    """Return whether the number before counts people or hours instead of days."""
    return message.tag(index, "people") is not None or message.tag(index, "unit") is not None


def month_at(message: Message, index: int) -> tuple[int, int] | None:
    if message.mark(index, "./") and message.glued(index):
        index += 1
    index = message.after(index, "of")
    return message.tag(index, "month")


def year_behind(message: Message, index: int) -> tuple[int | None, int]:
    """Return a four-digit year behind a date, with its comma, "de" or "года"."""
    place = index + 1 if message.mark(index, ",./") else index
    place = message.after(place, "of")
    if place < len(message) and message.tokens[place].kind == "number" and 1900 <= message.tokens[place].number <= 2100:
        year = message.tokens[place].number
        unit = message.tag(place + 1, "unit")
        return year, unit[1] if unit and unit[0] == "year" else place + 1
    return None, index


def ordinal(message: Message, index: int, today: date, region: str) -> Day | None:
    """Return the 15th, 15-го, 15 числа, el 15, el día 15."""
    place = message.after(index, "the")
    led = place > index
    lexicon = message.lexicon
    found = day_number(message, place)
    if not found:
        return None
    wanted, end, is_ordinal = found
    if message.tag(end, "nth_noun") or _birthday(message, place, end):
        return None
    if numeric(message, place, today, region) is not None:
        return None
    if month_at(message, end) is not None or day_and_month(message, place, today, region) is not None:
        return None
    behind = message.tag(end, "day_number")
    day_led = message.tag(index, "day_number")
    if day_led and not behind:
        found = day_number(message, day_led[1])
    spelled = message.tokens[place].kind == "word"
    if behind and spelled and wanted == 1 and not is_ordinal:
        return None  # "jednego dnia"
    if not behind:
        if lexicon.code == "es":
            if (
                not led
                or message.before(index, "clock") is not None
                or counts(message, end)
                or (message.word(index) == "los" and wanted < 5)
                or (spelled and is_ordinal and (message.word(place) != "primero" or not _ends_here(message, end)))
            ):
                return None
        elif lexicon.code == "en":
            if not is_ordinal or (spelled and not led) or message.tag(end, "option"):
                return None
            if spelled and wanted < 4:
                return None
        elif lexicon.ordinal_hours:
            if spelled and is_ordinal and _stands_for_a_day(message, place, end):
                pass
            elif (
                not is_ordinal
                or spelled
                or message.word(end - 1)
                not in ("го", "ого", "его", "ього", "go", "ego", "tego", "ho", "числа", "е", "те")
            ):
                return None
        elif not is_ordinal or not led:
            return None
    for months in range(14):
        month = shift_by(today.replace(day=1), "month", months)
        if wanted <= monthrange(month.year, month.month)[1] and month.replace(day=wanted) >= today:
            return Day(index, behind[1] if behind else end, month.replace(day=wanted))
    return None


def _birthday(message: Message, place: int, end: int) -> bool:
    """ "My sister's 30th", "los 30 de mi hermana": an age, not a day."""
    if message.lexicon.code == "en":
        owner = message.tokens[place - 1] if place else None
        return owner is not None and (
            message.tag(place - 1, "relation") is not None
            or message.tag(place - 1, "relations") is not None
            or (
                (owner.fold in ("my", "his", "her", "our") or owner.text.endswith(("'s", "’s")))
                and owner.fold not in ("its", "thats", "todays", "whats", "lets", "heres")
            )
        )
    return message.lexicon.code == "es" and message.tag(message.after(end, "of"), "my") is not None


def _ends_here(message: Message, end: int) -> bool:
    """Return whether nothing but a mark or words of the calendar stand behind a day."""
    return end >= len(message) or message.tokens[end].kind == "mark" or bool(CALENDAR & message.tags[end].keys())


def _stands_for_a_day(message: Message, place: int, end: int) -> bool:
    """ "Trzeciego", "пятнадцатого" with no noun behind: hours are feminine, so it can only be a day."""
    if message.lexicon.code == "ru" or not message.word(end - 1).endswith(("ego", "ого", "ього")):
        return False  # Russian hours are masculine: "в половине восьмого"
    if message.before(place, "from", "after", "not") is not None and message.before(place, "until", "to") is None:
        return False
    if end >= len(message) or message.tokens[end].kind == "mark":
        return True
    return any(message.tag(end, role) for role in ("clock", "at", "part", "for", "or", "and"))


def month_alone(message: Message, index: int, today: date, region: str) -> Day | None:
    """In December."""
    found = message.tag(index, "month")
    if not found:
        return None
    alone = sum(token.kind != "mark" for token in message.tokens) == 1 and message.word(index) not in ("may", "list")
    if (
        not alone
        and year_behind(message, found[1])[0] is None
        and (message.word(index) in AMBIGUOUS_MONTHS or len(message.word(index)) < 4)
    ):
        if message.before(index, "the", "in", "until", "from") is None and message.word(index - 1) not in ("in", "en"):
            return None
        if message.word(index) in ("may", "march") and message.word(index - 1) not in ("in", "until", "from", "till"):
            return None
    year, end = year_behind(message, found[1])
    return whole_month(index, end, found[0], today, year)
