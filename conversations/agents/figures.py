"""The figures of a text: days, times, money, other numbers, addresses. Pure, to compare a reply with facts."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from bots.language import understand

_CURRENCY = (
    r"(?:zł|zl|pln|zlot\w*|złot\w*|злот\w*|eur(?:os?)?\b|€|usd\b|dollars?|\$|£|gbp\b"
    r"|грн|грив\w*|uah\b|руб\w*|₽|rub\b)"
)
_NUMBER = r"\d+(?:[ \u00a0\u202f]\d{3})*(?:[.,]\d+)?"
_MONEY = re.compile(rf"(?P<after>{_NUMBER})\s?{_CURRENCY}|(?:[€$£₽]|\b(?:pln|eur|usd)\b)\s?(?P<before>{_NUMBER})", re.I)
_SHARE = re.compile(r"(\d+(?:[.,]\d+)?)\s?(?:%|percent\b|procent\w*|процент\w*|відсот\w*|por ciento)", re.I)
_TIME = re.compile(r"(?<![\d:.])([01]?\d|2[0-3]):([0-5]\d)(?!\d)")
_HALF_DAY = re.compile(r"\b(1[0-2]|[1-9])(?::([0-5]\d))?\s?([ap])\.?m\b", re.I)
_PLAIN = re.compile(r"\d+(?:[.,]\d+)?")
_ISO = re.compile(r"\b(\d{4})-(\d{2})-(\d{2})(?:[T ](\d{2}):(\d{2}))?")
_LINK = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|net|org|info|pl|ua|ru|es|eu|io|me|app|link|ly|example|test)\b\S*",
    re.I,
)
_MAIL = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PHONE = re.compile(r"(?<![\w/])\+?\d(?:[ ().\-]?\d){6,14}(?!\w)")
_DAY_FIELDS = frozenset({"date", "date_end", "alternative", "from_date"})
_TIME_FIELDS = frozenset({"time", "time_alternative", "end_time", "from_time"})


@dataclass(slots=True)
class Figures:
    """What a text names in figures. Numbers are in their plainest form: “1 200,00” is “1200”."""

    days: set[date] = field(default_factory=set)
    times: set[str] = field(default_factory=set)
    money: set[str] = field(default_factory=set)
    shares: set[str] = field(default_factory=set)
    numbers: set[str] = field(default_factory=set)
    links: set[str] = field(default_factory=set)
    mails: set[str] = field(default_factory=set)
    phones: set[str] = field(default_factory=set)
    wrong_days: set[str] = field(default_factory=set)  # a weekday and a date that do not belong together

    def __or__(self, other: "Figures") -> "Figures":
        return Figures(*(getattr(self, name) | getattr(other, name) for name in self.__slots__))


def of_text(text: str, *, now: datetime, language: str) -> Figures:
    """Return the figures of a text as people write it, in this language."""
    found = Figures()
    text = _addresses(text, found)
    text = _take(_ISO, text, lambda match: _iso(match, found))
    text = _take(_MONEY, text, lambda match: found.money.add(_plain(match["after"] or match["before"])))
    text = _take(_SHARE, text, lambda match: found.shares.add(_plain(match[1])))
    text = _take(_HALF_DAY, text, lambda match: found.times.add(_afternoon(match)))
    for sentence in sentences(text):
        text = text.replace(sentence, _clock_and_calendar(sentence, now, language, found), 1)
    text = _take(_TIME, text, lambda match: found.times.add(f"{int(match[1]):02}:{match[2]}"))
    found.numbers = {_plain(match[0]) for match in _PLAIN.finditer(text)}
    return found


def of_facts(text: str) -> Figures:
    """Return the figures of facts written as JSON, and of the sentences in them, whatever their language."""
    found = Figures()
    rest = _addresses(text, found)
    _take(_ISO, rest, lambda match: _iso(match, found))
    for match in _MONEY.finditer(rest):
        found.money.add(_plain(match["after"] or match["before"]))
    found.shares = {_plain(match[1]) for match in _SHARE.finditer(rest)}
    found.times |= {f"{int(match[1]):02}:{match[2]}" for match in _TIME.finditer(rest)}
    found.numbers = {_plain(match[0]) for match in _PLAIN.finditer(rest)}
    return found


def hours_of(minutes: Iterable[str]) -> set[str]:
    """“120” minutes are also “2” hours."""
    return {_plain(f"{int(one) / 60:.2f}") for one in minutes if one.isdigit() and len(one) < 5 and int(one) % 15 == 0}


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.!?…])\s+|\n+|\|\|\|", text) if part.strip()]


def _addresses(text: str, found: Figures) -> str:
    text = _take(_MAIL, text, lambda match: found.mails.add(match[0].lower().rstrip(".")))
    text = _take(_LINK, text, lambda match: found.links.add(match[0].lower().rstrip(".,;:!?)\"'”»")))
    return _take(_PHONE, text, lambda match: _phone(match, found))


def _phone(match: re.Match[str], found: Figures) -> None:
    digits = re.sub(r"\D", "", match[0])
    if not _ISO.match(match[0]):
        found.phones.add(digits[-9:])


def _take(pattern: re.Pattern[str], text: str, note: object) -> str:
    """Note every match, and blank it, so that nothing is read twice."""

    def blank(match: re.Match[str]) -> str:
        if pattern is _PHONE and _ISO.match(match[0]):
            return match[0]
        note(match)  # type: ignore[operator]
        return " " * len(match[0])

    return pattern.sub(blank, text)


def _iso(match: re.Match[str], found: Figures) -> None:
    try:
        found.days.add(date(int(match[1]), int(match[2]), int(match[3])))
    except ValueError:
        return
    if match[4]:
        found.times.add(f"{match[4]}:{match[5]}")


def _afternoon(match: re.Match[str]) -> str:
    hour = int(match[1]) % 12 + (12 if match[3].lower() == "p" else 0)
    return f"{hour:02}:{match[2] or '00'}"


def _clock_and_calendar(sentence: str, now: datetime, language: str, found: Figures) -> str:
    """Read days and times as a customer's are read; only days that are named by a figure, for “Saturday” may be any."""
    understood = understand(sentence, now=now, tz=str(now.tzinfo), lang=language)
    if "weekday_mismatch" in understood.problems:
        found.wrong_days.add(sentence.strip())
    for span in understood.spans:
        words = sentence[span.start : span.end]
        if not any(letter.isdigit() for letter in words):
            continue
        if span.field in _DAY_FIELDS:
            _take(_ISO, span.value, lambda match: _iso(match, found))
        elif span.field in _TIME_FIELDS:
            found.times |= {f"{int(one[1]):02}:{one[2]}" for one in _TIME.finditer(span.value)}
        else:
            continue
        sentence = sentence[: span.start] + " " * len(words) + sentence[span.end :]
    return sentence


def _plain(number: str) -> str:
    """“1 200,00” and “1200” are the same; “007” is “7”."""
    text = re.sub(r"[ \u00a0\u202f]", "", number).replace(",", ".")
    if text.count(".") == 1:
        text = text.rstrip("0").rstrip(".")
    return text.lstrip("0") or "0"
