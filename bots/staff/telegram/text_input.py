"""A time that a manager wrote in words, read as customers' words are."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bots.language import understand


def moment_in(text: str, *, now: datetime, zone: ZoneInfo, language: str) -> datetime | None:
    """“tomorrow at 12”, “25.11 18:30”: one day and one time, on the business's clock; None if either is missing.

    An hour that has passed today, with no day named, is none: nobody means the past.
    """
    found = understand(text, now=now, tz=zone, lang=language, default_lang=language)
    if found.date is None or found.time is None or found.alternatives or found.time_alternatives:
        return None
    if found.date_end and found.date_end != found.date:
        return None
    at = datetime.combine(found.date, found.time, tzinfo=zone)
    return at if at > now - timedelta(minutes=1) else None
