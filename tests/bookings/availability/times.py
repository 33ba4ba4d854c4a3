"""Moments as tests write them, and a frozen “now” that needs no clock: actions take it as an argument."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

WARSAW = ZoneInfo("Europe/Warsaw")


def at(text: str, zone: str = "Europe/Warsaw") -> datetime:
    """“2026-11-24 17:00” on that zone's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone))


def day(text: str) -> date:
    return date.fromisoformat(text)


def clock(text: str) -> time:
    return time.fromisoformat(text)


NOW = at("2026-11-23 12:00")  # a Monday
