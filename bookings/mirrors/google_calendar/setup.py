"""Whether Google Calendar works, in plain words: one reading request a calendar (`manage.py check_setup`)."""

from collections.abc import Iterator

from bookings.mirrors.google_calendar import account as google_calendar_account
from bookings.mirrors.google_calendar.client import Client
from bookings.mirrors.google_calendar.errors import CalendarError, CalendarForbidden
from bookings.models import GoogleCalendar
from bots.models import Bot
from bots.setup import LOOK, OFF, OK, WRONG, Finding

SERVICE = "Google Calendar"


def check(bot: Bot | None) -> Iterator[Finding]:
    """Of the bot's business, or of all."""
    calendars = GoogleCalendar.objects.filter(is_active=True).select_related("business")
    if bot is not None:
        calendars = calendars.filter(business=bot.business_id)
    if not google_calendar_account.is_configured():
        yield _not_configured(calendars.exists())
        return
    try:
        account = google_calendar_account.load()
    except CalendarForbidden as error:
        yield Finding(service=SERVICE, state=WRONG, words=error.words, todo="Set the variable anew, then restart.")
        return
    if not calendars:
        todo = f"Share a calendar with {account.email} and add it in the admin, or set GOOGLE_CALENDAR_ID."
        yield Finding(service=SERVICE, state=LOOK, words=f"Signed in as {account.email}; no calendar yet.", todo=todo)
    for calendar in calendars:
        yield _look_into(calendar, account.email)


def _not_configured(wanted: bool) -> Finding:
    if not wanted:
        return Finding(service=SERVICE, state=OFF, words="Not set up: GOOGLE_CREDENTIALS_BASE64 is empty.", todo="")
    todo = "Set GOOGLE_CREDENTIALS_BASE64 to the key file of a service account: base64 -w0 key.json"
    return Finding(service=SERVICE, state=WRONG, words="A calendar is connected, but there is no key.", todo=todo)


def _look_into(calendar: GoogleCalendar, email: str) -> Finding:
    try:
        Client(calendar.calendar_id).ping()
    except CalendarError as error:
        todo = "" if isinstance(error, CalendarForbidden) else "Try again in a minute; nothing is lost meanwhile."
        return Finding(service=SERVICE, state=WRONG, words=error.words, todo=todo)
    words = f"The calendar {calendar.calendar_id} of {calendar.business} can be read as {email}."
    return Finding(service=SERVICE, state=OK, words=words, todo="")
