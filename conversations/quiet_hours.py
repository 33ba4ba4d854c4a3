"""The hours in which nobody is woken by a reminder, on the business's clock."""

from datetime import datetime, time, timedelta

QUIET_FROM, QUIET_UNTIL = time(21, 0), time(9, 0)
EVENING = time(20, 30)  # when one that is due after QUIET_FROM goes instead


def end_of_night(now: datetime) -> datetime | None:
    """Return when the quiet hours that we are in end; None by day. `now` on the business's clock, the answer too."""
    if QUIET_UNTIL <= now.time() < QUIET_FROM:
        return None
    day = now.date() + timedelta(days=1) if now.time() >= QUIET_FROM else now.date()
    return datetime.combine(day, QUIET_UNTIL, now.tzinfo)
