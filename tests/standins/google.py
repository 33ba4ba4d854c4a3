"""A stand-in for Google: signs service accounts in and keeps calendars; refuses what Google would refuse.

In a test:

    with Google() as google:
        google.share("studio@example.com")
        google.harm("lost")               # the next request is done, its answer is lost
        ...                               # GOOGLE_API_URL = google.url, GOOGLE_CREDENTIALS_BASE64 = google.credentials()
        assert google.events("studio@example.com")[0]["summary"] == "Anna"

As a process of its own, with the same words over HTTP (JSON in, JSON out), which prints what to put into `.env`:

    python -m tests.standins.google --port 8767
    POST /_control/share {"calendar": "a@b"}      POST /_control/edit {"calendar": "a@b", "event_id": "…", "summary": "x"}
    GET  /_control/events?calendar=a@b            POST /_control/block {"calendar": "a@b", "start": "…", "end": "…"}

Every parameter and field is held against the discovery document that ships with Google's client library. The token is
given for a correctly signed assertion only. Etags, ids that stay used after a deletion, and errors: ../contracts/GOOGLE.md.
"""

from __future__ import annotations

import argparse
import base64
import contextlib
import copy
import itertools
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, unquote, urlsplit
from zoneinfo import ZoneInfo

from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from google.auth import jwt

from tests.standins import google_schema
from tests.standins.google_schema import BadRequest

EMAIL = "frontdesk@stand-in.iam.gserviceaccount.com"
PROJECT = "stand-in"
JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer"
AUDIENCE = "https://oauth2.googleapis.com/token"  # google-auth signs for it wherever it sends the assertion
WRITE = "https://www.googleapis.com/auth/calendar.events"
BUSY = "https://www.googleapis.com/auth/calendar.freebusy"
ZONE = ZoneInfo("Europe/Warsaw")  # the calendars' own, in which times come back


class Answer(Exception):
    """An answer that is an error, in Google's shape."""

    def __init__(self, status: int, reason: str, message: str = "", **headers: str) -> None:
        super().__init__(reason)
        self.status, self.headers = status, headers
        one = {"domain": "global", "reason": reason, "message": message or reason}
        self.body = {"error": {"errors": [one], "code": status, "message": message or reason}}


@dataclass
class Calendar:
    role: str = "writer"  # "reader", or "" for not shared
    events: dict[str, dict[str, Any]] = field(default_factory=dict)


HARMS: dict[str, Answer] = {
    "401": Answer(401, "authError", "Invalid Credentials"),
    "403-rate": Answer(403, "rateLimitExceeded", "Rate Limit Exceeded"),
    "403-user-rate": Answer(403, "userRateLimitExceeded"),
    "403-quota": Answer(403, "quotaExceeded", "Calendar usage limits exceeded."),
    "403-forbidden": Answer(403, "forbidden", "Forbidden"),
    "403-off": Answer(403, "accessNotConfigured", "Google Calendar API has not been used in project 1 before"),
    "429": Answer(429, "rateLimitExceeded", "Too Many Requests", **{"Retry-After": "30"}),
    "500": Answer(500, "backendError", "Backend Error"),
    "503": Answer(503, "backendError", "Service Unavailable"),
    "400": Answer(400, "invalid", "Invalid value"),
}


@lru_cache(maxsize=2)
def _key(name: str) -> tuple[str, str]:
    """A real key, private and public; made once a process, since that takes a while."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    private = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    public = key.public_key().public_bytes(serialization.Encoding.PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    return private.decode(), public.decode()


class Google:
    def __init__(self, port: int = 0) -> None:
        self.calendars: dict[str, Calendar] = {}
        self.requests: list[tuple[str, str]] = []  # (method, path) of what came to the calendar's API
        self.tokens: dict[str, tuple[float, frozenset[str]]] = {}
        self.account_known = True
        self._harms: list[tuple[str, str]] = []  # (name, only for this method)
        self._lock = threading.RLock()
        self._numbers = itertools.count(1)
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.google = self
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Google:
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    # --- what a test says --------------------------------------------------------------------------------------

    def key_file(self, **other: Any) -> dict[str, Any]:
        names = {"type": "service_account", "project_id": PROJECT, "private_key_id": "1", "client_email": EMAIL}
        return {**names, "private_key": _key("ours")[0], "client_id": "1", "token_uri": f"{self.url}/token", **other}

    def credentials(self, **other: Any) -> str:
        return base64.b64encode(json.dumps(self.key_file(**other)).encode()).decode()

    def share(self, calendar: str, role: str = "writer") -> None:
        with self._lock:
            self.calendars.setdefault(calendar, Calendar()).role = role

    def harm(self, name: str, times: int = 1, method: str = "") -> None:
        """Spoil the next requests: one of HARMS, “lost” (done, no answer), “dropped” (not done, no answer)."""
        assert name in HARMS or name in ("lost", "dropped")
        with self._lock:
            self._harms += [(name, method)] * times

    def events(self, calendar: str, *, cancelled: bool = False) -> list[dict[str, Any]]:
        with self._lock:
            found = self.calendars[calendar].events.values()
            return [copy.deepcopy(one) for one in found if cancelled or one["status"] != "cancelled"]

    def edit(self, calendar: str, event_id: str, **fields: Any) -> None:
        """Somebody changes it by hand."""
        with self._lock:
            self._store(calendar, {**self.calendars[calendar].events[event_id], **fields})

    def delete(self, calendar: str, event_id: str) -> None:
        """Somebody deletes it by hand."""
        self.edit(calendar, event_id, status="cancelled")

    def block(self, calendar: str, start: str, end: str, **fields: Any) -> str:
        """Somebody writes something of their own into it; times with an offset."""
        times = {"start": {"dateTime": start}, "end": {"dateTime": end}}
        event = {"id": secrets.token_hex(8), "status": "confirmed", "summary": "Private", **times, **fields}
        with self._lock:
            return str(self._store(calendar, event)["id"])

    # --- what Google does --------------------------------------------------------------------------------------

    def spoiled(self, method: str) -> str:
        with self._lock:
            for number, (name, only) in enumerate(self._harms):
                if only in ("", method):
                    del self._harms[number]
                    return name
        return ""

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        if form.get("grant_type") != JWT_BEARER:
            raise Answer(400, "unsupported_grant_type")
        try:
            claims = jwt.decode(form["assertion"], certs=_key("ours")[1], audience=AUDIENCE)
        except Exception as error:
            raise Answer(400, "invalid_grant", f"Invalid JWT Signature. {error}") from None
        if claims["iss"] != EMAIL or not self.account_known:
            raise Answer(400, "invalid_grant", "Invalid grant: account not found")
        token = secrets.token_hex(16)
        self.tokens[token] = (time.time() + 3600, frozenset(claims["scope"].split()))
        return {"access_token": token, "expires_in": 3600, "token_type": "Bearer"}

    def authorize(self, header: str, scope: str) -> None:
        until, scopes = self.tokens.get(header.removeprefix("Bearer "), (0.0, frozenset[str]()))
        if not header.startswith("Bearer ") or until < time.time():
            raise Answer(401, "authError", "Invalid Credentials")
        if scope not in scopes:
            raise Answer(403, "insufficientPermissions", "Request had insufficient authentication scopes.")

    def _calendar(self, name: str, *, write: bool) -> Calendar:
        calendar = self.calendars.get(name)
        if calendar is None or not calendar.role:
            raise Answer(404, "notFound", "Not Found")
        if write and calendar.role != "writer":
            raise Answer(403, "requiredAccessLevel", "You need to have writer access to this calendar.")
        return calendar

    def _store(self, calendar: str, event: dict[str, Any]) -> dict[str, Any]:
        number = next(self._numbers)
        for name in ("start", "end"):
            if "dateTime" in event[name]:
                at = google_schema.moment(event[name]).astimezone(ZONE)
                event[name] = {**event[name], "dateTime": at.isoformat()}
        stored = {
            **copy.deepcopy(event),
            "kind": "calendar#event",
            "etag": f'"{number}"',
            "updated": datetime.now(UTC).isoformat(),
            "htmlLink": f"https://www.google.com/calendar/event?eid={event['id']}",
        }
        self.calendars[calendar].events[event["id"]] = stored
        return copy.deepcopy(stored)

    def insert(self, calendar: str, body: dict[str, Any]) -> dict[str, Any]:
        known = self._calendar(calendar, write=True).events
        google_schema.check_event(body)
        body.setdefault("id", secrets.token_hex(13))
        if body["id"] in known:
            raise Answer(409, "duplicate", "The requested identifier already exists.")
        return self._store(calendar, {"status": "confirmed", **body})

    def get(self, calendar: str, event_id: str) -> dict[str, Any]:
        found = self._calendar(calendar, write=False).events.get(event_id)
        if found is None:
            raise Answer(404, "notFound", "Not Found")
        return copy.deepcopy(found)

    def patch(self, calendar: str, event_id: str, body: dict[str, Any], etag: str) -> dict[str, Any]:
        found = self._matching(calendar, event_id, etag)
        if "id" in body:
            raise BadRequest("invalid", "The id cannot be changed.")
        event = {**found, **body}
        google_schema.check_event(event)
        return self._store(calendar, event)

    def remove(self, calendar: str, event_id: str, etag: str) -> None:
        found = self._matching(calendar, event_id, etag)
        if found["status"] == "cancelled":
            raise Answer(410, "deleted", "Resource has been deleted")
        self._store(calendar, {**found, "status": "cancelled"})

    def _matching(self, calendar: str, event_id: str, etag: str) -> dict[str, Any]:
        found = self._calendar(calendar, write=True).events.get(event_id)
        if found is None:
            raise Answer(404, "notFound", "Not Found")
        if etag and etag != found["etag"]:
            raise Answer(412, "conditionNotMet", "Precondition Failed")
        return found

    def free_busy(self, body: dict[str, Any]) -> dict[str, Any]:
        since, until = google_schema.rfc3339(body.get("timeMin")), google_schema.rfc3339(body.get("timeMax"))
        if since >= until or (until - since).days > 92:
            raise BadRequest("timeRangeTooLong", "The requested time range is too long.")
        return {
            "kind": "calendar#freeBusy",
            "calendars": {one["id"]: self._busy(one["id"], since, until) for one in body.get("items", [])},
        }

    def _busy(self, name: str, since: datetime, until: datetime) -> dict[str, Any]:
        calendar = self.calendars.get(name)
        if calendar is None or not calendar.role:
            return {"errors": [{"domain": "global", "reason": "notFound"}], "busy": []}
        spans = []
        for event in calendar.events.values():
            if event["status"] == "cancelled" or event.get("transparency") == "transparent":
                continue
            start, end = google_schema.moment(event["start"]), google_schema.moment(event["end"])
            if start < until and end > since:
                spans.append([max(start, since).astimezone(UTC), min(end, until).astimezone(UTC)])
        merged: list[list[datetime]] = []
        for span in sorted(spans):
            if merged and span[0] <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], span[1])
            else:
                merged.append(span)
        return {"busy": [{"start": f"{a:%Y-%m-%dT%H:%M:%SZ}", "end": f"{b:%Y-%m-%dT%H:%M:%SZ}"} for a, b in merged]}

    def listed(self, calendar: str) -> dict[str, Any]:
        found = self._calendar(calendar, write=False).events.values()
        return {"kind": "calendar#events", "items": [one for one in found if one["status"] != "cancelled"]}

    def control(self, word: str, arguments: dict[str, Any]) -> Any:
        return getattr(self, {"share": "share", "harm": "harm", "events": "events", "edit": "edit",
                              "delete": "delete", "block": "block"}[word])(**arguments)  # fmt: skip


class _Server(ThreadingHTTPServer):
    google: Google
    daemon_threads = True
    request_queue_size = 128


class _Handler(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"

    def log_message(self, *_: Any) -> None:
        """Says nothing."""

    def _answer(self, status: int, body: Any, headers: dict[str, str] | None = None) -> None:
        raw = b"" if body is None else json.dumps(body).encode()
        with contextlib.suppress(OSError):
            self.send_response(status)
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.send_header("Content-Type", "application/json; charset=UTF-8")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

    def _serve(self) -> None:
        google, parts = self.server.google, urlsplit(self.path)
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        try:
            if parts.path.startswith("/_control/"):
                arguments = json.loads(raw) if raw else dict(parse_qsl(parts.query))
                self._answer(200, google.control(parts.path.removeprefix("/_control/"), arguments))
            elif parts.path == "/token":
                self._answer(200, google.token({key: value[0] for key, value in parse_qs(raw.decode()).items()}))
            else:
                self._calendar(parts.path, dict(parse_qsl(parts.query, keep_blank_values=True)), raw)
        except BadRequest as bad:
            answer = Answer(400, bad.reason, bad.message)
            self._answer(400, answer.body)
        except PermissionError:
            self._answer(403, Answer(403, "forbiddenForServiceAccounts").body)
        except Answer as answer:
            body: Any = answer.body
            if parts.path == "/token":
                body = {"error": answer.args[0], "error_description": body["error"]["message"]}
            self._answer(answer.status, body, answer.headers)

    do_GET = do_POST = do_PATCH = do_DELETE = do_PUT = _serve  # noqa: N815 - the names are http.server's

    def _calendar(self, path: str, query: dict[str, str], raw: bytes) -> None:
        google = self.server.google
        google.requests.append((self.command, path))
        harm = google.spoiled(self.command)
        if harm == "dropped":
            self.close_connection = True
            return
        if harm in HARMS:
            raise HARMS[harm]
        with google._lock:
            result = self._done(path, query, raw)
        if harm == "lost":
            self.close_connection = True
            return
        self._answer(204 if result is None else 200, result)

    def _done(self, path: str, query: dict[str, str], raw: bytes) -> Any:
        google, bearer = self.server.google, self.headers.get("Authorization", "")
        pieces = [unquote(piece) for piece in path.removeprefix("/calendar/v3/").split("/")]
        etag = self.headers.get("If-Match", "")
        match self.command, pieces:
            case "POST", ["freeBusy"] if path.startswith("/calendar/v3/"):
                google.authorize(bearer, BUSY)
                google_schema.check_query(google_schema.method("freebusy", "query"), query)
                return google.free_busy(self._json("FreeBusyRequest", raw))
            case "POST", ["calendars", calendar, "events"]:
                google.authorize(bearer, WRITE)
                google_schema.check_query(google_schema.method("events", "insert"), query)
                return google.insert(calendar, self._json("Event", raw))
            case "GET", ["calendars", calendar, "events"]:
                google.authorize(bearer, WRITE)
                google_schema.check_query(google_schema.method("events", "list"), query)
                return google.listed(calendar)
            case "GET", ["calendars", calendar, "events", event_id]:
                google.authorize(bearer, WRITE)
                google_schema.check_query(google_schema.method("events", "get"), query)
                return google.get(calendar, event_id)
            case "PATCH", ["calendars", calendar, "events", event_id]:
                google.authorize(bearer, WRITE)
                google_schema.check_query(google_schema.method("events", "patch"), query)
                return google.patch(calendar, event_id, self._json("Event", raw), etag)
            case "DELETE", ["calendars", calendar, "events", event_id]:
                google.authorize(bearer, WRITE)
                google_schema.check_query(google_schema.method("events", "delete"), query)
                return google.remove(calendar, event_id, etag)
        raise Answer(404, "notFound", "Not Found")

    def _json(self, schema: str, raw: bytes) -> dict[str, Any]:
        if not self.headers.get("Content-Type", "").startswith("application/json"):
            raise BadRequest("badRequest", "JSON is expected")
        try:
            body = json.loads(raw)
        except ValueError:
            raise BadRequest("parseError", "Parse Error") from None
        google_schema.check_body(schema, body)
        return body


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8767)
    parser.add_argument("--calendar", default="studio@example.com", help="shared from the beginning")
    options = parser.parse_args()
    with Google(options.port) as google:
        google.share(options.calendar)
        print(f"GOOGLE_API_URL={google.url}")
        print(f"GOOGLE_CALENDAR_ID={options.calendar}")
        print(f"GOOGLE_CREDENTIALS_BASE64={google.credentials()}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
