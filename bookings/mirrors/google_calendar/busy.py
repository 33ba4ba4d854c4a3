"""Reads from Google when something else than a visit of ours stands in a calendar: such times are not offered.

Google tells merged stretches, ours among them. In a calendar that stands for several places our visits are written as
“free”, so that they do not come back; in that of one exclusive place they are taken out here, and keep their place by
themselves. What cannot be read stays as it was read last, and staff see since when.
"""

import logging
import time
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import Max, Q
from django.db.models.functions import Now

from bookings.availability.timetable import Span, ceil_minute_of, merge, minute_of, moment_of, subtract
from bookings.mirrors.google_calendar.client import Client, Period
from bookings.mirrors.google_calendar.errors import CalendarError
from bookings.mirrors.google_calendar.events import is_exclusive
from bookings.models import BusyPeriod, CalendarEvent, GoogleCalendar, Service
from bots.db import claims, clock

logger = logging.getLogger(__name__)

EVERY = timedelta(minutes=2)
WAITS = [300]  # seconds
DAYS_PER_REQUEST = 60  # Google answers for some three months at most
AT_ONCE = 20


def read_due() -> int:
    """Read the calendars whose busy times are due, one after another; how many were read."""
    opened = Q(try_at=None) | Q(try_at__lte=Now())
    due = GoogleCalendar.objects.due().filter(opened, is_active=True, blocks_times=True)
    return sum(read(pk) for pk in list(due.values_list("pk", flat=True)[:AT_ONCE]))


def read(calendar_pk: int) -> bool:
    """Ask Google about one calendar and keep what it says; False if somebody else is at it, or it failed."""
    until = time.monotonic() + settings.SEND_LEASE_SECONDS
    now = clock.now()
    rows = GoogleCalendar.objects.select_related("resource", "business")
    calendar = claims.claim(rows, calendar_pk, settings.SEND_LEASE_SECONDS, due_at=now + EVERY)
    if calendar is None:
        return False
    last = now + timedelta(days=_horizon(calendar) + 2)
    connection.close()  # back to the pool: Google may take its time
    try:
        periods = _ask(calendar, now - timedelta(days=1), last, until)
    except CalendarError as error:
        logger.info("busy times not read", extra={"calendar": calendar_pk, "error": type(error).__name__})
        claims.put_off(calendar, WAITS, trouble=error.words)
        return False
    with transaction.atomic():
        if not claims.release(calendar, busy_read_at=Now()):
            return False
        _replace(calendar, periods)
    return True


def _horizon(calendar: GoogleCalendar) -> int:
    """For how many days ahead anything of the business can be booked."""
    services = Service.objects.filter(business=calendar.business_id, is_active=True)
    return services.aggregate(most=Max("horizon_days"))["most"] or 0


def _ask(calendar: GoogleCalendar, since: datetime, last: datetime, until: float) -> list[Period]:
    client, found = Client(calendar.calendar_id, until=until), list[Period]()
    while since < last:
        end = min(since + timedelta(days=DAYS_PER_REQUEST), last)
        found += client.busy(since, end)
        since = end
    return found


def _replace(calendar: GoogleCalendar, periods: Iterable[Period]) -> None:
    spans = merge((minute_of(start), ceil_minute_of(end)) for start, end in periods)
    if is_exclusive(calendar):
        spans = subtract(spans, _own(calendar))
    BusyPeriod.objects.filter(calendar=calendar).delete()
    BusyPeriod.objects.bulk_create(
        BusyPeriod(calendar=calendar, period=DateTimeTZRange(moment_of(start, UTC), moment_of(end, UTC)))
        for start, end in spans
    )


def _own(calendar: GoogleCalendar) -> list[Span]:
    """Return what our own copies make busy: as they stood there last, and as they may stand there by now."""
    copies = CalendarEvent.objects.filter(calendar=calendar).exclude(status=CalendarEvent.Status.REMOVED)
    known = [one for seen, sent in copies.values_list("seen", "sent") for one in (seen, *sent)]
    whole = [one for one in known if one.get("start", "").isdigit() and one.get("end", "").isdigit()]
    return merge((int(one["start"]) // 60, -(-int(one["end"]) // 60)) for one in whole)
