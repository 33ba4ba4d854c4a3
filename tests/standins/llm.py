"""A stand-in for OpenAI (Responses, Chat Completions) and Anthropic (Messages): refuses what they refuse, harms as they do.

In a test:

    with Model(lambda asked: {"text": "Hello"}) as model:
        model.harm("529", times=2)        # what happens to the next requests
        ...                               # OPENAI_BASE_URL = model.openai_url, ANTHROPIC_BASE_URL = model.anthropic_url
        assert model.asked[-1].customer == "Hi"

As a process of its own (its brain named as module:function):

    python -m tests.standins.llm --port 8766 --brain tests.brains:story --delay 5
    POST /_control/harm {"name": "hang", "times": 3}      GET /_control/count

A brain is a function of an `Asked` that gives a `Reply`, or a dict with "text", "calls": [(tool, arguments)], "refusal".
"""

from __future__ import annotations

import argparse
import json
import socket
import threading
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib import import_module
from typing import Any

from tests.standins.llm_dialects import DIALECTS, Asked, Part, Refusal, Reply

__all__ = ["KEY", "Asked", "Model", "Part", "Reply", "filled", "obeying", "polite"]

KEY = "sk-stand-in-1"
FOR_EVER = -1
Brain = Callable[[Asked], Reply | Mapping[str, Any]]


# --- harm ------------------------------------------------------------------------------------------


@dataclass
class Harm:
    """What happens to the next requests instead of the usual."""

    status: int = 0  # an error of the service
    kind: str = "server_error"
    code: str | None = None
    words: str = "As ordered."
    headers: Mapping[str, str] = field(default_factory=dict)
    hang: float = 0  # seconds without a byte, then the line is cut
    cut: bool = False  # no answer at all
    half: bool = False  # half of the answer, then the line is cut
    drip: bool = False  # a byte now and then, for ever
    raw: str | None = None  # this instead of JSON
    reply: Reply | None = None  # the model says this, whatever its brain would say
    times: int = 1
    key: str = ""  # only requests with this key
    api: str = ""  # only this dialect: responses, chat, messages


LONG = "Very long words without end. " * 3600  # 104 KB

HARMS: dict[str, Harm] = {
    "401": Harm(401, "authentication_error", "invalid_api_key"),
    "403": Harm(403, "permission_error"),
    "403_model": Harm(403, "permission_error", "model_not_found", "No access to the model small-1."),
    "403_firewall": Harm(403, raw="<html>Forbidden here</html>"),
    "429": Harm(429, "rate_limit_error", "rate_limit_exceeded"),
    "429_wait": Harm(429, "rate_limit_error", "rate_limit_exceeded", headers={"Retry-After": "7"}),
    "quota": Harm(429, "insufficient_quota", "insufficient_quota"),
    "spend_limit": Harm(429, "rate_limit_error", "enforced_spend_limit_reached"),
    "400": Harm(400, "invalid_request_error"),
    "404": Harm(404, "not_found_error", "model_not_found"),
    "500": Harm(500, "api_error"),
    "503": Harm(503, "api_error"),
    "529": Harm(529, "overloaded_error"),
    "hang": Harm(hang=3600),
    "cut": Harm(cut=True),
    "half": Harm(half=True),
    "drip": Harm(drip=True),
    "html": Harm(raw="<html>Bad gateway, but with a 200.</html>"),
    "not_an_object": Harm(raw="[1, 2"),
    "null": Harm(raw="null"),
    "wrong_shape": Harm(raw='{"output": 7, "choices": [], "content": "x", "usage": "many"}'),
    "huge": Harm(raw=" " * 5_000_000),
    "empty": Harm(reply=Reply()),
    "blank": Harm(reply=Reply(text=" \n ")),
    "refusal": Harm(reply=Reply(refusal="I cannot help with that.")),
    "length": Harm(reply=Reply(text="It was cut off in the mid", finish="length")),
    "unknown_tool": Harm(reply=Reply(calls=[("delete_everything", {"sure": True})])),
    "invalid_arguments": Harm(reply=Reply(calls=[("find_times", '{"day": "2026-')])),
    "wrong_types": Harm(reply=Reply(calls=[("find_times", {"day": ["x"], "people": "many", "extra": 1})])),
    "fifty_calls": Harm(reply=Reply(calls=[("find_times", {"day": "2026-11-24", "people": 2})] * 50)),
    "long": Harm(reply=Reply(text=LONG)),
    "other_language": Harm(reply=Reply(text="こんにちは、ご予約を承りました。")),
    "nul": Harm(reply=Reply(text="Hel\x00lo \ud83d there")),
    "no_usage": Harm(reply=Reply(text="Hello", usage=False)),
}


def calls_in_a_row(tool: str, arguments: dict[str, Any], times: int = 50) -> Harm:
    """The model wants the same tool again and again."""
    return Harm(reply=Reply(calls=[(tool, arguments)]), times=times)


# --- brains ----------------------------------------------------------------------------------------


def polite(asked: Asked) -> Reply:
    """Says the same to everybody; fills a schema with nothing."""
    return Reply(text=json.dumps(filled(asked.schema))) if asked.schema else Reply(text="Hello, how can I help?")


def filled(schema: Any) -> Any:
    """The emptiest value that a schema allows."""
    if "enum" in schema:
        return schema["enum"][0]
    kinds = schema.get("type", "null" if "anyOf" in schema else "object")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    if "null" in kinds:
        return None
    empty = {"string": "", "integer": 0, "number": 0, "boolean": False, "array": []}
    return empty.get(kinds[0], {name: filled(inner) for name, inner in schema.get("properties", {}).items()})


def obeying(orders: Mapping[str, Mapping[str, Any]], otherwise: Brain = polite) -> Brain:
    """A model that does what any text it sees tells it: `orders` are {words: {"calls": […], "text": …}}.

    The words may stand anywhere: in a message, a name, a document, a tool's result. Calls come first, then the text.
    """

    def brain(asked: Asked) -> Reply | Mapping[str, Any]:
        seen = "\n".join([asked.facts, *(part.text for part in asked.parts)])
        for words, order in orders.items():
            if words in seen and not asked.schema:
                has_called = any(part.role in ("call", "result") for part in asked.parts)
                if order.get("calls") and not has_called:
                    return {"calls": order["calls"]}
                return {"text": order.get("text", "Done.")}
        return otherwise(asked)

    return brain


# --- the server ------------------------------------------------------------------------------------


class Model:
    """The server. `keys` are the good ones; `lacks` are dialects that it does not speak, by path."""

    def __init__(
        self,
        brain: Brain = polite,
        *,
        port: int = 0,
        keys: set[str] | None = None,
        delay: float = 0,
        lacks: set[str] | None = None,
        refuses: set[str] | None = None,
    ) -> None:
        self.brain = brain
        self.keys = keys if keys is not None else {KEY, "sk-stand-in-2", "sk-stand-in-3"}
        self.delay = delay
        self.lacks = lacks or set()
        self.refuses = refuses or set()  # parameters that the model does not take: "temperature", "effort"
        self.asked: list[Asked] = []
        self.refusals: list[str] = []
        self.running = 0
        self.most_running = 0
        self._harms: list[Harm] = []
        self._cached: set[str] = set()
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._server = _Server(("127.0.0.1", port), _handler(self))
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)

    def __enter__(self) -> Model:
        self._thread.start()
        return self

    def __exit__(self, *_: Any) -> None:
        self._stop.set()
        self._server.shutdown()
        self._server.server_close()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def openai_url(self) -> str:
        return f"{self.url}/v1"

    @property
    def anthropic_url(self) -> str:
        return self.url

    def harm(self, harm: str | Harm, **changes: Any) -> None:
        """Harm the next requests; `times=FOR_EVER` until `heal`."""
        found = HARMS[harm] if isinstance(harm, str) else harm
        with self._lock:
            self._harms.append(Harm(**{**found.__dict__, **changes}))

    def heal(self) -> None:
        with self._lock:
            self._harms.clear()

    # --- for the handler

    def next_harm(self, key: str, api: str) -> Harm | None:
        with self._lock:
            for harm in self._harms:
                if harm.times and harm.key in ("", key) and harm.api in ("", api):
                    harm.times -= 1 if harm.times > 0 else 0
                    return harm
        return None

    def cached(self, dialect: Any, body: dict[str, Any], key: str) -> int:
        """How many tokens this account's cache knows already; from now on it knows these."""
        name, size = dialect.cache_of(body)
        with self._lock:
            known = f"{key} {name}" in self._cached
            self._cached.add(f"{key} {name}")
        return size if known else 0

    def think(self, asked: Asked, harm: Harm | None) -> Reply:
        with self._lock:
            self.asked.append(asked)
        if harm and harm.reply:
            return harm.reply
        reply = self.brain(asked)
        return reply if isinstance(reply, Reply) else Reply(**reply)

    def count(self, change: int) -> None:
        with self._lock:
            self.running += change
            self.most_running = max(self.most_running, self.running)

    def pause(self, seconds: float) -> None:
        self._stop.wait(seconds)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 200  # many conversations think at once

    def handle_error(self, request: Any, client_address: Any) -> None:
        pass  # a client that has lost its patience


def _handler(model: Model) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True

        def log_message(self, *_: Any) -> None:
            pass

        def do_GET(self) -> None:
            if self.path.startswith("/v1/models/"):
                return self.look(self.path.removeprefix("/v1/models/"))
            counts = {"asked": len(model.asked), "refusals": model.refusals, "most_running": model.most_running}
            return self.write(200, json.dumps(counts))

        def look(self, name: str) -> None:
            """Tells of one model: names that begin with “no” are unknown here."""
            key = self.headers.get("Authorization", "").removeprefix("Bearer ")
            harm = model.next_harm(key, "models")
            if key not in model.keys:
                status, words, kind = 401, "Incorrect API key provided.", "authentication_error"
            elif harm and harm.status:
                status, words, kind = harm.status, harm.words, harm.kind
            elif name.startswith("no") or "/v1/models" in model.lacks:
                status, words, kind = 404, f"The model '{name}' does not exist", "not_found_error"
            else:
                return self.write(200, json.dumps({"id": name, "object": "model", "type": "model"}))
            return self.write(status, json.dumps({"error": {"message": words, "type": kind}}))

        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            if self.path == "/_control/harm":
                order = json.loads(body)
                model.harm(order.pop("name"), **order)
                return self.write(200, "{}")
            if self.path == "/_control/heal":
                model.heal()
                return self.write(200, "{}")
            dialect = DIALECTS.get(self.path)
            if dialect is None or self.path in model.lacks:
                return self.write(404, '{"detail": "Not Found"}')
            model.count(1)
            try:
                with suppress(BrokenPipeError, ConnectionResetError):
                    self.answer(dialect, body)
            finally:
                model.count(-1)
            return None

        def answer(self, dialect: Any, raw: bytes) -> None:
            key = self.headers.get("Authorization", "").removeprefix("Bearer ")
            harm = model.next_harm(key, dialect.__name__.lower())
            try:
                self.check_head(dialect, key)
                if harm and (harm.hang or harm.cut):
                    model.pause(harm.hang)
                    return self.hang_up()
                if harm and harm.status:
                    more = {"code": harm.code} if harm.code else {}
                    raise Refusal(harm.status, harm.words, kind=harm.kind, **more)
                asked = self.read(dialect, raw, key)
                model.pause(model.delay)
                reply = model.think(asked, harm)
                cached = model.cached(dialect, asked.body, key)
                text = json.dumps(dialect.write(reply, asked, cached))  # ASCII: NUL and half pairs go as \\u escapes
            except Refusal as refusal:
                if not (harm and harm.status):
                    model.refusals.append(refusal.message)
                said = harm.raw if harm and harm.raw is not None else json.dumps(dialect.error(refusal))
                return self.write(refusal.status, said, harm.headers if harm else {})
            if harm and harm.raw is not None:
                text = harm.raw
            self.write(200, text, {dialect.request_id_header: f"req_{len(model.asked)}"}, harm)
            return None

        def check_head(self, dialect: Any, key: str) -> None:
            if key not in model.keys:
                raise Refusal(401, "Incorrect API key provided.", kind="authentication_error", code="invalid_api_key")
            if dialect.__name__ == "Messages" and self.headers.get("anthropic-version") != "2026-10-21":
                raise Refusal(400, "anthropic-version: header is required")

        def read(self, dialect: Any, raw: bytes, key: str) -> Asked:
            try:
                body = json.loads(raw)
            except ValueError:
                raise Refusal(400, "We could not parse the JSON body of your request.") from None
            if body.get("stream"):
                raise Refusal(400, "The stand-in does not stream.")
            effort = body.get("output_config", {}).get("effort")
            if "effort" in model.refuses and effort:
                raise Refusal(400, "output_config.effort: This model does not support the effort parameter.")
            for name in model.refuses & set(body):
                message = f"Unsupported parameter: '{name}' is not supported with this model."
                raise Refusal(400, message, code="unsupported_parameter", param=name)
            try:
                return dialect.read(body, key)
            except (KeyError, TypeError, AttributeError) as error:
                raise Refusal(400, f"Missing or wrong: {error!r}") from error

        def write(
            self, status: int, text: str, headers: Mapping[str, str] | None = None, harm: Harm | None = None
        ) -> None:
            body = text.encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            for name, value in (headers or {}).items():
                self.send_header(name, value)
            self.end_headers()
            if harm and harm.half:
                self.wfile.write(body[: len(body) // 2])
                return self.hang_up()
            if harm and harm.drip:
                return self.drip(body)
            self.wfile.write(body)
            return None

        def drip(self, body: bytes) -> None:
            for number in range(len(body)):
                self.wfile.write(body[number : number + 1])
                self.wfile.flush()
                model.pause(0.2)
                if model._stop.is_set():
                    return

        def hang_up(self) -> None:
            self.close_connection = True
            with suppress(OSError):
                self.connection.shutdown(socket.SHUT_RDWR)

    return Handler


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--port", type=int, default=8766)
    parser.add_argument("--brain", default="tests.standins.llm:polite")
    parser.add_argument("--delay", type=float, default=0, help="seconds that every answer takes")
    arguments = parser.parse_args()
    module, _, name = arguments.brain.partition(":")
    brain = getattr(import_module(module), name)
    with Model(brain, port=arguments.port, delay=arguments.delay) as model:
        print(f"OPENAI_BASE_URL={model.openai_url} OPENAI_API_KEY={KEY}", flush=True)
        print(f"ANTHROPIC_BASE_URL={model.anthropic_url} ANTHROPIC_API_KEY={KEY}", flush=True)
        while True:
            time.sleep(3600)


if __name__ == "__main__":
    main()
