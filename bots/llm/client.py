"""How the SDKs go out: one bounded HTTP client, no redirects, no retries, errors in our own words.

Both SDKs (openai 3, anthropic 2) ride on httpx2. What bounds an answer stands in `bots.http`.
"""

import atexit
import os
import threading
from collections.abc import Callable, Iterator
from typing import Any

import httpx2

from bots.http import CONNECT_SECONDS, TOO_LARGE, Bounds, retry_after
from bots.llm.base import BadRequest, KeyRefused, LLMError, Nonsense, RateLimited, Unavailable
from bots.llm.text import json_object

MAX_BYTES = 4_000_000
FOR_THE_BODY = 0.95  # of the time allowed: the clock is looked at only when bytes come, and the next may be late


class ResponseTooLarge(httpx2.ReadError):
    """More than any answer of a model needs."""


class _Bounded(httpx2.SyncByteStream):
    """An answer's body that ends with an error when its time or its size is used up."""

    def __init__(self, stream: httpx2.SyncByteStream, bounds: Bounds) -> None:
        self._stream = stream
        self._bounds = bounds

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self._stream:
            if broken := self._bounds.broken_by(chunk):
                raise ResponseTooLarge(broken) if broken == TOO_LARGE else httpx2.ReadTimeout(broken)
            yield chunk

    def close(self) -> None:
        self._stream.close()


class BoundedClient(httpx2.Client):
    """A client whose `timeout` bounds the whole answer. Redirects are not followed: a key goes to one host only."""

    def __init__(self) -> None:
        limits = httpx2.Limits(max_connections=200, max_keepalive_connections=20, keepalive_expiry=30)
        super().__init__(follow_redirects=False, limits=limits, timeout=CONNECT_SECONDS)

    def send(self, request: httpx2.Request, *, stream: bool = False, **options: Any) -> httpx2.Response:
        allowed = request.extensions.get("timeout", {}).get("read") or 60.0
        bounds = Bounds(seconds=allowed * FOR_THE_BODY, max_bytes=MAX_BYTES)
        options["follow_redirects"] = False  # the SDKs ask for them
        response = super().send(request, stream=True, **options)
        response.stream = _Bounded(response.stream, bounds)  # type: ignore[arg-type]  # ours is a sync client
        if not stream:
            try:
                response.read()
            finally:
                response.close()
        return response


def patience(seconds: float) -> httpx2.Timeout:
    """Return a time-out for one try."""
    seconds = max(seconds, 0.1)
    return httpx2.Timeout(seconds, connect=min(seconds, CONNECT_SECONDS))


_clients: dict[tuple[str, str], Any] = {}
_lock = threading.Lock()


def shared(kind: str, base_url: str, make: Callable[[BoundedClient], Any]) -> Any:
    """One SDK client per process, provider and address; keys differ by `with_options`."""
    with _lock:
        if (kind, base_url) not in _clients:
            _clients[kind, base_url] = make(BoundedClient())
        return _clients[kind, base_url]


def close_all() -> None:
    """Close every connection; the next request opens new ones."""
    with _lock:
        while _clients:
            _clients.popitem()[1].close()


atexit.register(close_all)


def _forget_all() -> None:
    """After a fork the parent's sockets are not ours to use."""
    global _clients, _lock
    _clients, _lock = {}, threading.Lock()


os.register_at_fork(after_in_child=_forget_all)


def cut(error: Exception) -> LLMError:
    """Return what an SDK's connection error means, by what led to it. Carries no text of the request."""
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, httpx2.ConnectError | httpx2.ConnectTimeout | httpx2.UnsupportedProtocol):
            return Unavailable("no connection")
        if isinstance(cause, httpx2.TimeoutException):
            return Unavailable("no answer in time", is_slow=True, may_cost=True)
        if isinstance(cause, ResponseTooLarge):
            return Unavailable(TOO_LARGE, is_slow=True, may_cost=True)
        cause = cause.__cause__ or cause.__context__
    return Unavailable("connection lost", may_cost=True)


def called(
    sdk: Any,
    base_error: type[Exception],
    create: Callable[..., Any],
    body: dict[str, Any],
    meaning: Callable[[Any, dict[str, Any]], LLMError],
    id_header: str,
) -> dict[str, Any]:
    """Return the answer's JSON object, with its `_request_id`. Raises an LLMError that carries no text of the request.

    `sdk` is the module that `create` comes from, `base_error` the base of its errors; `meaning` reads those that have
    a status, beside what was sent.
    """
    try:
        response = create(**body).http_response
    except sdk.APIStatusError as error:
        raise meaning(error, body) from None
    except sdk.APIConnectionError as error:
        raise cut(error) from None
    except base_error as error:
        raise Nonsense(type(error).__name__) from None
    found = json_object(response.text)
    request_id = response.headers.get(id_header, "")
    if found is None:
        raise Nonsense("not JSON", request_id=request_id)
    return {**found, "_request_id": request_id}


def usual_meaning(error: Any, detail: str, *, names_model: bool) -> LLMError:
    """Return what a status means to every service; `names_model`: the refusal is about the model, not about the key."""
    status, request_id = error.status_code, error.request_id or ""
    rest = retry_after(error.response.headers)
    if status == 403 and not isinstance(error.body, dict):  # a proxy or a firewall, not the service
        return Unavailable(detail, request_id=request_id)
    if status in (401, 403) and not (status == 403 and names_model):  # else the key is good, only not for this model
        return KeyRefused(detail, request_id=request_id)
    if status == 429:
        return RateLimited(detail, request_id=request_id, rest_seconds=rest)
    if status in (408, 409) or status >= 500:
        return Unavailable(detail, request_id=request_id, rest_seconds=rest)
    return BadRequest(detail, request_id=request_id) if status >= 400 else Nonsense(detail, request_id=request_id)
