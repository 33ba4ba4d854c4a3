"""Dates in digits: 2026-12-05, 5.12, 5/12/26, 3-5.12; and what looks like one but is not."""

from datetime import date

from bots.language.dates.days import Day, calendar_day, days_of_month
from bots.language.message import Message

MARKS_OF_TEN = (5, 10)
RATING = 10
HALVES = 4  # 1/2, 2/3, 3/4
# What may stand behind a date; anything else behind "1/2" is what there is half of.
CALENDAR = {
    "clock", "at", "from", "to", "or", "and", "but", "weekday", "part", "day", "for", "after", "before", "until",
    "around", "people", "num", "people_prep",
}  # fmt: skip
FAR_AHEAD_DAYS = 200
SOON_DAYS = 75
LAST_MONTH = 20
TWELVE_HOUR_LANGUAGES = ("en", "es")


def numeric(message: Message, index: int, today: date, region: str) -> Day | None:
    """2026-12-05, 5.12, 5.12.2026, 5/12/26, 12/5 in the United States."""
    tokens = message.tokens
    if tokens[index].kind != "number" or len(tokens[index].text) > 4 or not message.glued(index + 1):
        return None
    behind_a_date = message.mark(index - 1, "-–") and index > 1 and message.used[index - 2] == "date"
    joined = index > 0 and (tokens[index - 1].text in ":.,/-–" or tokens[index - 1].kind == "word")
    if joined and tokens[index].glued and not behind_a_date:
        return None
    separator = message.word(index + 1)
    if separator not in (".", "/", "-") or not message.glued(index + 2) or tokens[index + 2].kind != "number":
        return None
    parts, end = [index], index + 1
    while (
        len(parts) < 3
        and message.mark(end, separator)
        and message.glued(end)
        and message.glued(end + 1)
        and tokens[end + 1].kind == "number"
    ):
        parts.append(end + 1)
        end += 2
    texts = [tokens[part].text for part in parts]
    numbers = [tokens[part].number for part in parts]
    if len(texts[0]) == 4 and len(parts) == 3:
        return calendar_day(index, end, numbers[2], numbers[1], numbers[0], today)
    if any(len(text) > 2 for text in texts[:2]):
        return None
    day, month = numbers[0], numbers[1]
    year = None
    if len(parts) == 3:
        if len(texts[2]) not in (2, 4):
            return None
        year = numbers[2] + (2000 if numbers[2] < 100 else 0)
    elif _is_no_day(message, index, end, separator, today):
        return None
    if separator == "/" and day == month and day in MARKS_OF_TEN and year is None:
        return None  # "10/10, loved it"
    if separator == "/" and month == RATING and day <= RATING and year is None and _far(day, month, today):
        return None  # "7/10"
    if separator != "." and (region == "US" or month > 12) and day <= 12:
        day, month = month, day
    if not 1 <= month <= 12 or not 1 <= day <= 31:
        return None if year is None else Day(index, end, None, problem="impossible_date")
    return calendar_day(index, end, day, month, year, today)


def span_of_days(message: Message, index: int, today: date, region: str) -> Day | None:
    """ "3-5.12", "3–5/12": two days of one month in digits."""
    first, tokens = message.tokens[index], message.tokens
    dotted = message.mark(index + 1, ".") and message.glued(index + 1)
    dash = index + 2 if dotted else index + 1
    if first.kind != "number" or not 1 <= first.number <= 31 or not message.mark(dash, "-–"):
        return None
    if (first.glued and message.mark(index - 1, ":.,/-–")) or not (dotted or message.glued(dash)):
        return None
    behind = dash + 1
    if not message.mark(behind + 1, "./") or (not dotted and message.before(index, "clock") is not None):
        return None
    if len(tokens) <= behind + 2 or tokens[behind + 2].kind != "number" or not 1 <= tokens[behind + 2].number <= 12:
        return None
    if not first.number < tokens[behind].number <= 31 or not message.glued(behind + 1) or not message.glued(behind + 2):
        return None
    end, year = behind + 3, None
    if message.mark(end, "./") and message.glued(end) and message.glued(end + 1) and len(tokens[end + 1].text) == 4:
        year, end = tokens[end + 1].number, end + 2
    if message.mark(end, "-:/") and message.glued(end):
        return None
    return days_of_month(index, end, first.number, tokens[behind].number, tokens[behind + 2].number, year, today)


def _far(day: int, month: int, today: date) -> bool:
    """Return whether a day without a year is so far ahead that nobody would book it."""
    return ((month - today.month) % 12) * 30 + day - today.day > FAR_AHEAD_DAYS


def _soon(day: int, month: int, today: date) -> bool:
    """Return whether a day and month in digits are among those that people book now."""
    return (
        1 <= day <= 31
        and 1 <= month <= 12
        and -LAST_MONTH <= (((month - today.month + 6) % 12 - 6) * 30 + day - today.day) <= SOON_DAYS
    )


def _is_no_day(message: Message, index: int, end: int, separator: str, today: date) -> bool:
    """Return whether "10-12", "5.10", "1.5 h" or "5.30 pm" is something else than a day and a month."""
    first, second = message.tokens[index], message.tokens[index + 2]
    if message.tag(end, "am") or message.tag(end, "pm"):
        near = message.lexicon.code not in TWELVE_HOUR_LANGUAGES and _soon(first.number, second.number, today)
        led = message.before(index, "clock") is not None and message.word(index - 1) not in ("на", "na")
        return not (near and separator == "." and not led)  # "12.12 rano" is a day, "7.10 rano" an hour
    maker = message.tokens[index - 1].text if index else ""
    if message.tag(index - 1, "i:product") or (len(maker) > 1 and maker.isupper() and not message.text.isupper()):
        return True  # "USB 3.1", "Bluetooth 5.3"
    counted = message.tag(index - 1, "num") is not None and not message.glued(index)
    if separator == "/" and first.number < second.number <= HALVES and (counted or _halves(message, end)):
        return True
    if separator == "-":
        if message.lexicon.code == "es" and message.word(index - 1) == "el" and second.number <= 12:
            return False
        return not (len(first.text) == len(second.text) == 2 and second.number <= 12 and second.text[0] == "0")
    if separator != ".":
        return False
    unit = message.tag(end, "unit")
    if unit and unit[0] == "hour" and not message.tag(unit[1], "num"):
        return True
    return len(second.text) == 2 and _asks_for_clock(message, index, end, first.number, second.number)


def _halves(message: Message, end: int) -> bool:
    """Return whether "1/2" is followed by what it is half of: "1/2 price", "3/4 cup"."""
    if end >= len(message) or message.tokens[end].kind != "word":
        return False
    return message.tag(end, "unit") is not None or not CALENDAR & message.tags[end].keys()


def _asks_for_clock(message: Message, index: int, end: int, hour: int, minute: int) -> bool:
    """Return whether "at 5.10" is rather a time of day."""
    if minute == 0 or minute > 12:
        return True
    if hour > 24:
        return False
    code = message.lexicon.code
    if code in ("pl", "en", "es") and message.before(index, "clock") is not None:
        return True
    return code in ("uk",) and message.before(index, "clock") is not None and message.word(index - 1) in ("о", "об")
