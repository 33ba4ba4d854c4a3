"""What staff's buttons say of a decision that somebody else made first."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bots.db import clock
from bots.staff.decisions import AlreadyDecided
from bots.staff.presentation import clock_time


def who_was_first(error: AlreadyDecided, labels: dict[str, str], zone: ZoneInfo) -> str:
    """“Already confirmed by Anna, 14:03.” The time is on the business's clock."""
    status = labels.get(error.status, error.status).lower()
    by = f" by {error.by}" if error.by else ""
    return f"Already decided: {status}{by}{', ' + moment_text(error.at, zone) if error.at else ''}."


def moment_text(at: datetime, zone: ZoneInfo) -> str:
    return clock_time(at, zone, clock.now())
