"""How things read on staff's screens: texts of customers made harmless, moments and lengths in plain words."""

import re
from datetime import datetime, timedelta, tzinfo
from urllib.parse import urlsplit

from bots.models import LANGUAGE_NAMES

_BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def printable(text: str, longest: int = 0) -> str:
    """Return a text with its invisible direction marks made visible and control characters taken out.

    Cut after `longest` characters if that is not 0. Templates escape it as they do every text.
    """
    visible = _BIDI.sub(lambda match: f"[U+{ord(match[0]):04X}]", _CONTROL.sub("", text.replace("\r\n", "\n")))
    return visible if not longest or len(visible) <= longest else visible[: longest - 1].rstrip() + "…"


def one_line(text: str, longest: int = 90) -> str:
    return printable(" ".join(text.split()), longest)


def span(length: timedelta) -> str:
    """“4 min”, “2 h 59 min”, “21 h”, “3 d”: as exact as one needs to know."""
    minutes = max(int(length.total_seconds() // 60), 0)
    if minutes < 60:
        return f"{minutes} min"
    hours, minutes = divmod(minutes, 60)
    if hours < 48:
        return f"{hours} h {minutes} min" if minutes and hours < 6 else f"{hours} h"
    return f"{hours // 24} d"


def age(since: datetime | None, now: datetime) -> str:
    """Return how long ago, or "" if never."""
    if since is None:
        return ""
    return "now" if now - since < timedelta(minutes=1) else span(now - since)


def moment(at: datetime, now: datetime) -> str:
    """Return the time today, else the day with it. Both are on the business's clock already."""
    if at.date() == now.date():
        return f"{at:%H:%M}"
    return f"{at:%a} {at.day} {at:%b}, {at:%H:%M}" if at.year == now.year else f"{at.day} {at:%b %Y}"


def day_name(at: datetime, now: datetime) -> str:
    days = (now.date() - at.date()).days
    if days in (0, 1, -1):
        return {0: "Today", 1: "Yesterday", -1: "Tomorrow"}[days]
    return f"{at:%A} {at.day} {at:%B}" + ("" if at.year == now.year else f" {at.year}")


def language_name(code: str) -> str:
    return LANGUAGE_NAMES.get(code, code)


def web_link(url: str) -> str:
    """Return the address if it is one of the web that can be opened, else ""."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return url if parts.scheme in ("http", "https") and parts.netloc else ""


def file_size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 100_000 else f"{max(size // 1000, 1)} kB"


def counted(number: int, one: str, many: str = "") -> str:
    return f"{number} {one if number == 1 else many or one + 's'}"


def clock_time(at: datetime, zone: tzinfo, now: datetime) -> str:
    """Return a moment, on the business's clock: “18:20”, or with its day if that is not today."""
    return moment(at.astimezone(zone), now.astimezone(zone))
