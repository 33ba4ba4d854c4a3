"""Google Calendar: one call each, in our own words. Knows no table; answers with events or raises what to do next.

A service account signs in (`GOOGLE_CREDENTIALS_BASE64`, or a file); owners share their calendars with its address.
Google's own library speaks HTTP, with the discovery document that it carries, so nothing is fetched to begin with.
httplib2 may not be shared between threads: each client has its own, and only the token is kept for all of them.
"""

import json
import logging
import time
from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from http.client import HTTPException
from typing import Any

import httplib2
from django.conf import settings
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from google_auth_httplib2 import AuthorizedHttp
from googleapiclient.discovery import build
from googleapiclient.errors import HttpError
from googleapiclient.http import HttpRequest

from bookings.mirrors.google_calendar import account, errors
from bots.http import retry_after

Event = dict[str, Any]
Period = tuple[datetime, datetime]

SECONDS = 10  # for connecting, and for each answer
QUOTA = {"rateLimitExceeded", "userRateLimitExceeded", "quotaExceeded", "dailyLimitExceeded", "calendarUsageLimits"}
SWITCHED_OFF = {"accessNotConfigured", "SERVICE_DISABLED"}

logging.getLogger("googleapiclient").setLevel(logging.ERROR)  # it writes addresses of calendars into the log


@lru_cache(maxsize=4)
def _api(base: str) -> Any:
    """Return the library's description of the API: it only builds requests, so that all threads may share it."""
    endpoint = {"api_endpoint": f"{base}/calendar/v3/"}
    return build("calendar", "v3", http=httplib2.Http(), cache_discovery=False, client_options=endpoint)


class Client:
    """One calendar. `until`: by this process's monotonic clock; later nothing may leave, someone else has taken over.

    Every method raises TryLater, Quota, NoAccess or Refused; the others are named where they can come.
    """

    def __init__(self, calendar_id: str, *, until: float | None = None) -> None:
        self.calendar_id = calendar_id
        self._until = until
        self.account = account.load()
        self._api = _api(settings.GOOGLE_API_URL)

    def insert(self, event: Event) -> Event:
        """Raises Duplicate: the id has been used before, perhaps by an event that is deleted."""
        made: dict[str, Any] = self._run(
            self._api.events().insert(calendarId=self.calendar_id, body=event, sendUpdates="none")
        )
        return made

    def get(self, event_id: str) -> Event:
        """Raises Missing. An event that was deleted may also come with status “cancelled”."""
        found: dict[str, Any] = self._run(self._api.events().get(calendarId=self.calendar_id, eventId=event_id))
        return found

    def patch(self, event_id: str, event: Event, *, etag: str) -> Event:
        """Change it if it is still as it was at `etag`. Raises Changed, Missing."""
        body = {key: value for key, value in event.items() if key != "id"}
        events = self._api.events()
        request = events.patch(calendarId=self.calendar_id, eventId=event_id, body=body, sendUpdates="none")
        found: dict[str, Any] = self._run(request, etag=etag)
        return found

    def delete(self, event_id: str, *, etag: str) -> None:
        """Remove it if it is still as it was at `etag`. Raises Changed, Missing."""
        request = self._api.events().delete(calendarId=self.calendar_id, eventId=event_id, sendUpdates="none")
        self._run(request, etag=etag)

    def ping(self) -> None:
        """Read next to nothing, to learn whether we are let in. Raises NoAccess if not."""
        try:
            self._run(self._api.events().list(calendarId=self.calendar_id, maxResults=1))
        except errors.EventMissing:
            raise errors.CalendarForbidden(self.not_shared()) from None

    def busy(self, since: datetime, until: datetime) -> list[Period]:
        """When something stands in the calendar, in order. Aware times. An error about it is never read as free."""
        body = {"timeMin": since.isoformat(), "timeMax": until.isoformat(), "items": [{"id": self.calendar_id}]}
        try:
            answer = self._run(self._api.freebusy().query(body=body))
        except errors.EventMissing:
            raise errors.CalendarRefused("Google does not tell busy times here (404).") from None
        found = (answer.get("calendars") or {}).get(self.calendar_id) or {}
        if found.get("errors") or "busy" not in found:
            reason = str(((found.get("errors") or [{}])[0] or {}).get("reason", ""))
            if reason in ("notFound", ""):
                raise errors.CalendarForbidden(self.not_shared())
            raise errors.CalendarUnavailable(f"Google says: {reason}.")
        return [(datetime.fromisoformat(one["start"]), datetime.fromisoformat(one["end"])) for one in found["busy"]]

    def not_shared(self) -> str:
        return (
            f"Google does not know the calendar {self.calendar_id}, or it is not shared. In Google Calendar open its "
            f"settings and share it with {self.account.email}, with the right “Make changes to events”."
        )

    def _run(self, request: HttpRequest, *, etag: str = "") -> Any:
        if etag:
            request.headers["If-Match"] = etag
        if self._until is not None and time.monotonic() > self._until - SECONDS:
            raise errors.CalendarUnavailable("It took too long here; another worker goes on.")
        return _sorted(lambda: self._execute(request), self)

    def _execute(self, request: HttpRequest) -> Any:
        http = httplib2.Http(timeout=SECONDS)
        http.follow_redirects = False
        credentials = self.account.credentials()
        try:
            return request.execute(http=AuthorizedHttp(credentials, http=http))
        finally:
            self.account.keep(credentials)
            http.close()


def _sorted(run: Callable[[], Any], client: Client) -> Any:
    """What went wrong, as what to do next. Never chained to the original, which holds the request with its token."""
    error: Exception
    try:
        return run()
    except HttpError as failure:
        error = _answered(failure, client)
    except RefreshError as failure:
        error = _not_signed_in(failure)
    except (TransportError, httplib2.HttpLib2Error, HTTPException, OSError) as failure:
        error = errors.Trouble(f"Google did not answer ({type(failure).__name__}).")
    except GoogleAuthError as failure:
        error = errors.CalendarForbidden(f"Signing in at Google failed ({type(failure).__name__}).")
    except ValueError:
        error = errors.Trouble("Google's answer could not be read.")
    raise error


PLAIN = {404: errors.EventMissing, 409: errors.Duplicate, 410: errors.EventMissing, 412: errors.EventChanged}


def _answered(failure: HttpError, client: Client) -> Exception:
    status, reason, words = int(failure.resp.status), *_reason(failure.content)
    after = retry_after(failure.resp)
    match status:
        case _ if status in PLAIN:
            return PLAIN[status](words)
        case 429:
            return errors.Quota("Google asks us to slow down.", after)
        case 403 if reason in QUOTA:
            return errors.Quota("The quota of Google Calendar is used up for now.", after)
        case 401 | 403:
            return errors.CalendarForbidden(_shut_out(status, reason, client))
        case 408:
            return errors.Trouble("Google was too slow (408).", after)
        case _ if status >= 500:
            return errors.Trouble(f"Google has trouble ({status}).", after)
        case _:
            return errors.CalendarRefused(
                f"Google refused it ({status}{' ' + reason if reason else ''}): {words[:200]}"
            )


def _shut_out(status: int, reason: str, client: Client) -> str:
    if status == 401:
        return f"Google does not accept the key of {client.account.email}: make a new one."
    if reason in SWITCHED_OFF:
        return (
            "The Google Calendar API is switched off in the Google Cloud project "
            f"“{client.account.project}”: enable it there, or use a key of the right project."
        )
    return (
        f"Google lets {client.account.email} only look at the calendar {client.calendar_id} ({reason or 403}). "
        "Share it with that address with the right “Make changes to events”."
    )


def _reason(content: bytes) -> tuple[str, str]:
    """Return the short code and the words of Google's error."""
    try:
        error = json.loads(content)["error"]
        details = [one for one in error.get("details") or [] if isinstance(one, dict) and one.get("reason")]
        reason = (error.get("errors") or details or [{}])[0].get("reason", "")
        return str(reason), " ".join(str(error.get("message", "")).split())
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return "", ""


def _not_signed_in(failure: RefreshError) -> Exception:
    """Signing in failed: for good, unless Google itself has trouble."""
    if failure.retryable:
        return errors.Trouble("Google could not sign us in just now.")
    text = str(failure.args[0]) if failure.args else ""
    if "short-lived" in text:
        return errors.CalendarForbidden("Google finds this machine's clock wrong: set it right (NTP).")
    return errors.CalendarForbidden(
        "Google does not know the service account any more, or its key was deleted: make a new key."
    )
