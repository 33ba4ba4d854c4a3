"""The only way out for our own HTTP: time-outs, a size limit, no redirects, no retries, no secrets in errors.

What it raises says whether the other side can have acted on the request, because that decides whether it may be
repeated: `NotSent` never left, `NoAnswer` may have been acted on. The one retry layer is the caller's table.

Connections are kept alive, per thread and host, for as long as requests follow each other closely. A peer that hangs
up on an idle connection is noticed before writing; if it hangs up in the very moment of our writing nobody can tell
whether it read the request, so that is `NoAnswer` like any other lost connection.
"""

import io
import json as jsonlib
import logging
import os
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from http.cookiejar import DefaultCookiePolicy
from typing import Any
from urllib.parse import urlsplit

import requests
import urllib3

CONNECT_SECONDS = 5.0
LONGEST_REST = 100_000  # seconds, a day and a little more: who asks for more is not believed
TOO_LARGE, TOO_SLOW = "answer too large", "answer too slow"
TIMEOUT = (CONNECT_SECONDS, 20.0)  # seconds to connect, and without a byte of answer
USER_AGENT = "Frontdesk/1.0"
IDLE_SECONDS = 20.0  # NATs and load balancers forget quiet connections without a word; be well below them
BODY_SECONDS = 30.0

# Tokens stand in some services' URLs (Telegram, GREEN-API), and urllib3 writes URLs into its log.
logging.getLogger("urllib3").setLevel(logging.ERROR)


# --- what holds for every answer from the network, whichever library brings it --------------------------


class Bounds:
    """The time and the size that one answer's body may have.

    A library's own time-out begins anew with every byte, so that a body which drips would outlive any of them.
    """

    def __init__(self, *, seconds: float, max_bytes: int) -> None:
        self._deadline = time.monotonic() + seconds
        self._left = max_bytes

    def broken_by(self, chunk: bytes) -> str:
        """Count what has come. Return TOO_LARGE or TOO_SLOW, or "" while it is within the bounds."""
        self._left -= len(chunk)
        if self._left < 0:
            return TOO_LARGE
        return TOO_SLOW if time.monotonic() > self._deadline else ""


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Return how many seconds the other side wants to be left alone; None if it did not say so, or not in seconds.

    Names of headers are in any case, or small.
    """
    for name, unit in (("retry-after-ms", 1000), ("retry-after", 1)):
        try:
            seconds = float(headers.get(name, "")) / unit
        except ValueError:
            continue
        if 0 <= seconds < LONGEST_REST:  # not NaN, not infinite
            return seconds
    return None


# --- our own requests ---------------------------------------------------------------------------------


class Failure(Exception):
    """No answer that can be read. `reason` is in plain words and safe to log."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class NotSent(Failure):
    """The request never left: name not found, refused, TLS failed, connect time-out, a malformed URL or header."""


class NoAnswer(Failure):
    """The request was written and no whole answer came back: the other side may have acted on it."""


@dataclass(frozen=True, slots=True)
class Response:
    status: int
    headers: Mapping[str, str]  # names in any case
    body: bytes

    @property
    def ok(self) -> bool:
        return 200 <= self.status < 300

    def json(self) -> Any:
        """Return the body as JSON, or None when it is not JSON."""
        try:
            return jsonlib.loads(self.body)
        except (ValueError, RecursionError):
            return None


def request(
    method: str,
    url: str,
    *,
    json: Any = None,
    headers: Mapping[str, str] | None = None,
    timeout: tuple[float, float] = TIMEOUT,
    max_bytes: int = 1_000_000,
) -> Response:
    """Send once and read the whole answer, whatever its status.

    Raises NotSent or NoAnswer. Neither they nor what led to them carry the URL, the headers or the body.
    """
    payload = None if json is None else _Watched(jsonlib.dumps(json).encode())
    try:
        return _exchange(method, url, payload, dict(headers or {}), timeout, max_bytes)
    except Failure as failure:
        kind, reason = type(failure), failure.reason
    except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
        _close_all()  # whatever state the connection is in, nobody shall meet it again
        kind, reason = _judge(error, payload)
    # Raised out here so that the original, which holds the request with its headers, is not chained to it.
    raise kind(reason)


def _exchange(
    method: str,
    url: str,
    payload: "_Watched | None",
    headers: dict[str, str],
    timeout: tuple[float, float],
    max_bytes: int,
) -> Response:
    if payload is not None:
        headers["Content-Type"] = "application/json"
    response = _session(url).request(
        method, url, data=payload, headers=headers, timeout=timeout, allow_redirects=False, stream=True, auth=_no_netrc
    )
    try:
        _check_announced(response.headers.get("Content-Length", ""), max_bytes)
        body = _read(response.raw, max_bytes)
    except BaseException:
        response.close()
        raise
    return Response(response.status_code, response.headers, body)


def _check_announced(length: str, max_bytes: int) -> None:
    """Not a byte is read of what says itself that it is too large; what says too little is counted while it comes."""
    if length.isascii() and length.isdigit() and (len(length) > 15 or int(length) > max_bytes):
        raise NoAnswer(TOO_LARGE)


def _read(raw: urllib3.BaseHTTPResponse, max_bytes: int) -> bytes:
    bounds = Bounds(seconds=BODY_SECONDS, max_bytes=max_bytes)
    body = bytearray()
    while chunk := raw.read1(65_536, decode_content=True):
        body += chunk
        if broken := bounds.broken_by(chunk):
            raise NoAnswer(broken)
    raw.release_conn()
    return bytes(body)


class _Watched(io.BytesIO):
    """A request body that remembers whether anybody began to send it."""

    begun = False

    def read(self, size: int | None = -1, /) -> bytes:
        self.begun = True
        return super().read(size)


def _judge(error: Exception, payload: _Watched | None) -> tuple[type[Failure], str]:
    if isinstance(error, requests.ConnectTimeout):
        return NotSent, "connect time-out"
    if isinstance(error, UnicodeError | requests.exceptions.InvalidURL | requests.exceptions.InvalidHeader):
        return NotSent, "malformed URL or header"
    if isinstance(error, requests.exceptions.InvalidSchema | requests.exceptions.MissingSchema):
        return NotSent, "malformed URL or header"
    if _never_connected(error):
        return NotSent, "no connection"
    if payload is not None and not payload.begun:  # a request without its body cannot have been acted on
        return NotSent, "TLS failed" if isinstance(error, requests.exceptions.SSLError) else "connection lost early"
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError | TimeoutError):
        return NoAnswer, "read time-out"
    return NoAnswer, "connection lost"


def _never_connected(error: Exception) -> bool:
    if isinstance(error, requests.exceptions.ProxyError):
        return True  # urllib3 says so only as long as it has not got through to the proxy
    cause = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(cause, urllib3.exceptions.NewConnectionError | urllib3.exceptions.ConnectTimeoutError)


def _no_netrc(prepared: requests.PreparedRequest) -> requests.PreparedRequest:
    """Keep requests from replacing our Authorization header by what a .netrc file says."""
    return prepared


# --- one session per thread and host -------------------------------------------------------------

_local = threading.local()


def _session(url: str) -> requests.Session:
    parts = urlsplit(url)
    origin = f"{parts.scheme}://{parts.netloc}"
    now = time.monotonic()
    sessions: dict[str, tuple[requests.Session, float]] = _local.__dict__.setdefault("sessions", {})
    for old in [key for key, (_, used) in sessions.items() if now - used > IDLE_SECONDS]:
        sessions.pop(old)[0].close()
    session = sessions[origin][0] if origin in sessions else _new_session()
    sessions[origin] = (session, now)
    return session


def _new_session() -> requests.Session:
    session = requests.Session()
    session.headers.update({"User-Agent": USER_AGENT, "Accept": "application/json", "Accept-Encoding": "identity"})
    session.cookies.set_policy(DefaultCookiePolicy(allowed_domains=[]))
    return session


def _close_all() -> None:
    for session, _ in _local.__dict__.pop("sessions", {}).values():
        session.close()


def _forget_all() -> None:
    """After a fork the parent's sockets are not ours to use."""
    global _local
    _local = threading.local()


os.register_at_fork(after_in_child=_forget_all)
