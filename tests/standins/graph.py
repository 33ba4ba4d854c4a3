"""A stand-in for Meta's Graph API (Instagram): refuses what Meta would refuse, does the harm that networks do.

In a test:

    with Graph() as graph:
        graph.customer_wrote("9001")
        graph.harm("closed")              # the next message is delivered, its answer is lost
        ...                               # GRAPH_API_URL = graph.url
        assert graph.count(text="Hello") == 1

As a process of its own, with the same words over HTTP (JSON in, JSON out):

    python -m tests.standins.graph --port 8765
    POST /_control/harm {"name": "closed"}      POST /_control/customer_wrote {"customer": "9001"}
    GET  /_control/deliveries?text=Hello        GET  /_control/count?text=Hello

It is Meta towards us too: `webhook` says where our address is and which secret signs; `write` lets a customer write
there; each delivered message comes back as an echo. Meta's errors, limits and shapes: "Common Error Codes"
(Messenger Platform), "Send a Message", "Quick Replies", "Webhooks for Instagram Messaging".
What Meta answers to a wrong path or to no token at all is not documented; the codes here are the likely ones.
"""

from __future__ import annotations

import argparse
import contextlib
import hashlib
import hmac
import itertools
import json
import re
import socket
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, parse_qsl, urlsplit

ACCOUNT = "17841400000000001"
TOKEN = "stand-in-token"
APP_SECRET = "test-app-secret"
VERSIONS = {"v23.0", "v24.0", "v25.0", "v26.0"}
DAY = 24 * 3600.0
FOR_EVER = -1

# --- what Meta sends to us -----------------------------------------------------------------------

_numbers = itertools.count(1)


def new_mid() -> str:
    return f"aWdf{time.time_ns():x}{next(_numbers):04d}"


def item(customer: str, account: str = ACCOUNT, *, at: float | None = None, **content: Any) -> dict[str, Any]:
    """One thing that a customer did: item("9001", message={"mid": "m1", "text": "Hello"})."""
    stamp = round((time.time() if at is None else at) * 1000)
    return {"sender": {"id": customer}, "recipient": {"id": account}, "timestamp": stamp, **content}


def echo(customer: str, mid: str, text: str, account: str = ACCOUNT, *, at: float | None = None) -> dict[str, Any]:
    """What the account itself said, by our API or in the app: sender and recipient change places."""
    return item(account, customer, at=at, message={"mid": mid, "text": text, "is_echo": True})


def envelope(*items: Mapping[str, Any], account: str = ACCOUNT) -> dict[str, Any]:
    entry = {"id": account, "time": round(time.time() * 1000), "messaging": list(items)}
    return {"object": "instagram", "entry": [entry]}


def encode(body: Mapping[str, Any]) -> bytes:
    """As Meta writes it: compact, everything that is not ASCII as \\uXXXX in lower case."""
    return json.dumps(body, ensure_ascii=True, separators=(",", ":")).encode()


def sign(body: bytes, secret: str = APP_SECRET) -> str:
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def post_signed(url: str, body: bytes, secret: str = APP_SECRET, *, timeout: float = 10) -> int:
    """Post one delivery; the HTTP status, or 0 if there was none."""
    headers = {"Content-Type": "application/json", "X-Hub-Signature-256": sign(body, secret)}
    request = urllib.request.Request(url, data=body, headers=headers, method="POST")
    try:
        with urllib.request.urlopen(request, timeout=timeout) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        with error:
            return error.code
    except OSError:
        return 0


# --- harm ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Harm:
    """What happens to the next valid messages instead of the usual."""

    deliver: bool = False  # does the customer get it?
    wait: float = 0  # seconds before the answer
    hang_up: bool = False  # close the connection without an answer
    status: int = 200
    code: int | None = None  # answer Meta's error
    subcode: int | None = None
    transient: bool | None = None
    body: str | None = None  # answer this instead of JSON of ours
    headers: Mapping[str, str] = field(default_factory=dict)
    times: int = 1
    text: str = ""  # only messages that contain this
    customer: str = ""  # only messages to this one


HARMS: dict[str, Harm] = {
    "throttled": Harm(status=429, body="", headers={"Retry-After": "7"}),
    "rate_limit": Harm(status=400, code=4),
    "temporary": Harm(status=500, code=2, transient=True),
    "fault": Harm(status=503, body="<html>Sorry, something went wrong.</html>"),
    "fault_though_sent": Harm(deliver=True, status=502, body=""),
    "error_though_sent": Harm(deliver=True, status=500, code=1, subcode=1357046),
    "hang": Harm(deliver=True, wait=3600, hang_up=True),  # sent, and the answer never comes
    "closed": Harm(deliver=True, hang_up=True),  # sent, and the connection is closed without an answer
    "dropped": Harm(hang_up=True),  # not sent, and the connection is closed without an answer
    "slow": Harm(deliver=True, wait=3),
    "nonsense": Harm(deliver=True, body="OK"),
    "without_id": Harm(deliver=True, body='{"recipient_id":"9001"}'),
    "oversized": Harm(deliver=True, body="x" * 2_000_000),
    "redirect": Harm(status=302, body="", headers={"Location": "/elsewhere"}),
    "token_dead": Harm(status=401, code=190, subcode=463, times=FOR_EVER),
    "blocked": Harm(status=400, code=551, subcode=1545041),
    "error": Harm(status=400),  # with code=…, subcode=…
}


class Refusal(Exception):
    """An error of the Graph API."""

    def __init__(self, status: int, code: int, subcode: int | None, message: str, transient: bool | None = None):
        super().__init__(message)
        error: dict[str, Any] = {"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "AbC1"}
        if subcode is not None:
            error["error_subcode"] = subcode
        if transient is not None:
            error["is_transient"] = transient
        self.status = status
        self.body = json.dumps({"error": error})


@dataclass(frozen=True)
class Delivered:
    """A message that reached the customer."""

    at: float
    account: str
    customer: str
    text: str
    message_id: str
    client_ref: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Asked:
    """A request as it came, whatever became of it."""

    at: float
    method: str
    path: str
    headers: dict[str, str]
    body: Any


@dataclass(frozen=True)
class Webhook:
    url: str
    secret: str = APP_SECRET
    echo: str = "after"  # "after" the answer, "before" it, or "never"
    delay: float = 0.1  # seconds from delivering to the echo, if after
    patience: float = 60  # seconds for which a delivery that is not answered with 200 is repeated


# --- the service ---------------------------------------------------------------------------------


class Graph:
    """The service: what it knows, what it was asked, what it delivered. Thread safe."""

    harms: Mapping[str, Harm] = HARMS

    def __init__(
        self,
        *,
        port: int = 0,
        account: str = ACCOUNT,
        token: str = TOKEN,
        anyone: bool = False,
        host: str = "127.0.0.1",
    ) -> None:
        self._lock = threading.RLock()
        self._stopped = threading.Event()
        self._first = (account, token)
        self._anyone = anyone  # every customer exists and has just written
        self._server = _Server((host, port), self)
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)
        self._meta = ThreadPoolExecutor(32, thread_name_prefix="meta")
        self.reset()

    @property
    def url(self) -> str:
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    def start(self) -> Graph:
        self._thread.start()
        return self

    def stop(self) -> None:
        self._stopped.set()
        self._server.shutdown()
        self._server.hang_up_all()
        self._server.server_close()
        self._meta.shutdown(wait=True, cancel_futures=True)

    def __enter__(self) -> Graph:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    # What the story needs to be true. Each of these is also POST /_control/<name>.

    def reset(self) -> None:
        """Forget everything but the first account."""
        with self._lock:
            self._accounts = dict([self._first])
            self._wrote: dict[tuple[str, str], float] = {}
            self._harms: list[Harm] = []
            self._webhook: Webhook | None = None
            self._deliveries: list[Delivered] = []
            self._asked: list[Asked] = []
            self._actions: list[dict[str, Any]] = []
            self._posted: list[dict[str, Any]] = []
            self.subscribed: dict[str, set[str]] = {}  # fields that an account sends to the app; else the usual ones

    def account(self, account: str, token: str) -> None:
        with self._lock:
            self._accounts[account] = token

    def customer_wrote(self, customer: str, account: str = "", hours_ago: float = 0) -> None:
        """The customer exists; their window has been open since then."""
        with self._lock:
            self._wrote[account or self._first[0], customer] = time.time() - hours_ago * 3600

    def harm(self, name: str, **options: Any) -> None:
        """Let the next message (or `times` of them; -1 is for ever) meet a harm by name. Several queue up."""
        with self._lock:
            self._harms.append(replace(self.harms[name], **options))

    def calm(self) -> None:
        with self._lock:
            self._harms.clear()

    def webhook(self, url: str, **options: Any) -> None:
        """Where our own address is; `options` are the other fields of Webhook."""
        with self._lock:
            self._webhook = Webhook(url, **options)

    def write(self, customer: str, text: str = "", account: str = "", mid: str = "", **message: Any) -> dict[str, Any]:
        """The customer writes: delivered to the webhook at once, and answered with its status."""
        account, mid = account or self._first[0], mid or new_mid()
        self.customer_wrote(customer, account)
        content = {"mid": mid, **({"text": text} if text else {}), **message}
        return {"mid": mid, "status": self.bring([item(customer, account, message=content)], account)}

    def bring(self, items: list[dict[str, Any]], account: str = "") -> int:
        """Deliver items of any kind to the webhook, once; its status."""
        with self._lock:
            webhook = self._webhook
        if webhook is None:
            raise LookupError("no webhook was set")
        return self._bring(webhook, encode(envelope(*items, account=account or self._first[0])))

    # What happened.

    @property
    def deliveries(self) -> list[Delivered]:
        with self._lock:
            return list(self._deliveries)

    @property
    def asked(self) -> list[Asked]:
        with self._lock:
            return list(self._asked)

    @property
    def actions(self) -> list[dict[str, Any]]:
        """Typing and the like."""
        with self._lock:
            return list(self._actions)

    @property
    def posted(self) -> list[dict[str, Any]]:
        """Deliveries to the webhook, each try with its status."""
        with self._lock:
            return list(self._posted)

    def find(
        self, *, text: str | None = None, client_ref: str | None = None, customer: str | None = None
    ) -> list[Delivered]:
        return [
            one
            for one in self.deliveries
            if text in (None, one.text) and client_ref in (None, one.client_ref) and customer in (None, one.customer)
        ]

    def count(self, *, text: str | None = None, client_ref: str | None = None, customer: str | None = None) -> int:
        """How many messages of exactly this text, reference or customer were delivered."""
        return len(self.find(text=text, client_ref=client_ref, customer=customer))

    # Inside.

    def take(self, asked: Asked) -> tuple[Harm, str | bytes]:
        """Judge a request and deliver it if nothing is against it: how to answer, and with what. Raises Refusal."""
        with self._lock:
            self._asked.append(asked)
            if asked.method == "GET":
                account = self._account_of(asked, "GET", "subscribed_apps")
                fields = sorted(self.subscribed.get(account, {"messages", "messaging_postbacks"}))
                return Harm(), json.dumps({"data": [{"name": "Frontdesk", "id": "4", "subscribed_fields": fields}]})
            account = self._account_of(asked)
            body = asked.body
            if not isinstance(body, dict):
                raise Refusal(400, 100, None, "(#100) The body is not a JSON object")
            customer = self._recipient(body, account)
            if "sender_action" in body:
                _check_action(body)
                self._actions.append(body)
                return Harm(), json.dumps({"recipient_id": customer})
            kept = _check_message(body)
            self._check_window(body, account, customer)
            harm = self._next_harm(customer, str(kept["message"].get("text", "")))
            answer = ""
            if harm is None or harm.deliver:
                delivered = self._deliver(account, customer, kept)
                answer = json.dumps({"recipient_id": customer, "message_id": delivered.message_id})
                webhook = self._webhook
        harm_or_none = harm or Harm()
        if answer and webhook is not None:
            self._echo(webhook, delivered)
        if harm_or_none.code is not None:
            raise HarmedRefusal(harm_or_none)
        return harm_or_none, answer if harm_or_none.body is None else harm_or_none.body

    def wait(self, seconds: float) -> None:
        self._stopped.wait(seconds)

    def _account_of(self, asked: Asked, method: str = "POST", edge: str = "messages") -> str:
        url = urlsplit(asked.path)
        path = re.fullmatch(rf"/(v\d+\.\d+)/(me|\d+)/{edge}", url.path)
        if asked.method != method or path is None or path[1] not in VERSIONS:
            raise Refusal(400, 2500, None, f"Unknown path components: {url.path}")
        bearer = re.fullmatch(r"Bearer (.+)", asked.headers.get("authorization", ""))
        token = bearer[1] if bearer else parse_qs(url.query).get("access_token", [""])[0]
        account = next((account for account, known in self._accounts.items() if token and known == token), None)
        if account is None:  # Meta repeats the token in its message: nobody may log or show that
            raise Refusal(401, 190, None, f"Invalid OAuth access token: {token}")
        if path[2] not in ("me", account):
            raise Refusal(400, 100, 33, f"Unsupported post request. Object with ID '{path[2]}' does not exist")
        return account

    def _recipient(self, body: dict[str, Any], account: str) -> str:
        recipient = body.get("recipient")
        customer = recipient.get("id") if isinstance(recipient, dict) else None
        if not isinstance(customer, str) or not customer:
            raise Refusal(400, 100, 2534015, "(#100) recipient.id is missing")
        if (account, customer) not in self._wrote and not self._anyone:
            raise Refusal(400, 100, 2534014, "(#100) The requested user cannot be found")
        return customer

    def _check_window(self, body: dict[str, Any], account: str, customer: str) -> None:
        silent_for = time.time() - self._wrote.get((account, customer), time.time())
        allowed = 7 * DAY if body.get("tag") == "HUMAN_AGENT" else DAY
        if silent_for > allowed:
            raise Refusal(403, 10, 2534022, "(#10) This message is sent outside of allowed window.")

    def _next_harm(self, customer: str, text: str) -> Harm | None:
        for index, harm in enumerate(self._harms):
            if harm.text in text and harm.customer in ("", customer):
                if harm.times == 1:
                    del self._harms[index]
                elif harm.times > 1:
                    self._harms[index] = replace(harm, times=harm.times - 1)
                return harm
        return None

    def _deliver(self, account: str, customer: str, body: dict[str, Any]) -> Delivered:
        message = body["message"]
        client_ref = body.get("biz_opaque_callback_data") or message.get("metadata") or ""
        delivered = Delivered(
            time.time(), account, customer, str(message.get("text", "")), new_mid(), str(client_ref), body
        )
        self._deliveries.append(delivered)
        return delivered

    def _echo(self, webhook: Webhook, delivered: Delivered) -> None:
        if webhook.echo == "never":
            return
        back = echo(delivered.customer, delivered.message_id, delivered.text, delivered.account, at=delivered.at)
        body = encode(envelope(back, account=delivered.account))
        if webhook.echo == "before":
            self._bring(webhook, body)
        else:
            self._meta.submit(self._bring_until_taken, webhook, body)

    def _bring(self, webhook: Webhook, body: bytes) -> int:
        status = post_signed(webhook.url, body, webhook.secret)
        with self._lock:
            self._posted.append({"at": time.time(), "status": status, "body": json.loads(body)})
        return status

    def _bring_until_taken(self, webhook: Webhook, body: bytes) -> None:
        """Meta repeats what was not answered with 200, for hours. Here every half second, for `patience` seconds."""
        self._stopped.wait(webhook.delay)
        deadline = time.monotonic() + webhook.patience
        while self._bring(webhook, body) != 200 and time.monotonic() < deadline and not self._stopped.wait(0.5):
            pass


class HarmedRefusal(Refusal):
    """An error that was ordered."""

    def __init__(self, harm: Harm) -> None:
        assert harm.code is not None
        super().__init__(harm.status, harm.code, harm.subcode, "An error that was ordered", harm.transient)
        self.harm = harm


# --- what Meta refuses ---------------------------------------------------------------------------


def _bad(message: str) -> Refusal:
    return Refusal(400, 100, 2534015, f"(#100) {message}")


def _check_action(body: dict[str, Any]) -> None:
    if body["sender_action"] not in ("typing_on", "typing_off", "mark_seen", "react", "unreact"):
        raise _bad("unknown sender_action")
    if set(body) - {"recipient", "sender_action", "payload"}:
        raise _bad("a sender action goes alone")


def _check_message(body: dict[str, Any]) -> dict[str, Any]:
    """The body as the customer gets it: long titles are cut, not refused."""
    message = body.get("message")
    if not isinstance(message, dict) or not message:
        raise _bad("message is missing")
    kind, tag = body.get("messaging_type", "RESPONSE"), body.get("tag")
    if kind not in ("RESPONSE", "UPDATE", "MESSAGE_TAG"):
        raise _bad("unknown messaging_type")
    if (kind == "MESSAGE_TAG") != (tag is not None) or tag not in (None, "HUMAN_AGENT"):
        raise Refusal(400, 100, None, "(#100) Invalid message tag")
    if "text" in message:
        _check_text(message["text"])
    elif not ("attachment" in message or "attachments" in message):
        raise _bad("text or attachment is missing")
    if "quick_replies" not in message:
        return body
    if "text" not in message:
        raise _bad("quick replies go with a text")
    return {**body, "message": {**message, "quick_replies": _check_quick_replies(message["quick_replies"])}}


def _check_text(text: Any) -> None:
    if not isinstance(text, str) or not text.strip():
        raise _bad("text is empty")
    if len(text.encode("utf-8", "surrogatepass")) > 1000:
        raise _bad("Length of param message[text] must be less than or equal to 1000")


def _check_quick_replies(replies: Any) -> list[dict[str, Any]]:
    if not isinstance(replies, list) or not 1 <= len(replies) <= 13:
        raise _bad("1 to 13 quick replies")
    kept = []
    for reply in replies:
        if not isinstance(reply, dict) or reply.get("content_type") not in ("text", "user_phone_number", "user_email"):
            raise _bad("unknown content_type")
        title, payload = reply.get("title"), reply.get("payload")
        if reply["content_type"] == "text":
            if not (isinstance(title, str) and title and isinstance(payload, str) and 1 <= len(payload) <= 1000):
                raise _bad("a quick reply needs a title and a payload of at most 1000 characters")
            reply = {**reply, "title": title[:20]}
        kept.append(reply)
    return kept


# --- HTTP ----------------------------------------------------------------------------------------


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], graph: Graph) -> None:
        self.graph = graph
        self._open: set[socket.socket] = set()
        super().__init__(address, _Handler)

    def process_request(self, request: Any, client_address: Any) -> None:
        self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        self._open.discard(request)
        super().shutdown_request(request)

    def hang_up_all(self) -> None:
        """Connections that are kept alive end with the service, as they would with its process."""
        for request in list(self._open):
            with contextlib.suppress(OSError):
                request.shutdown(socket.SHUT_RDWR)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Peers that hang up are what this server is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # one packet for head and body
    disable_nagle_algorithm = True
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        self._handle()

    def do_POST(self) -> None:
        self._handle()

    def _handle(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.path.startswith("/_control/"):
            self._control(raw)
            return
        try:
            body = json.loads(raw) if raw else None
        except ValueError:
            body = None
        headers = {name.lower(): value for name, value in self.headers.items()}
        try:
            harm, content = self.server.graph.take(Asked(time.time(), self.command, self.path, headers, body))
            status = harm.status
        except Refusal as refusal:
            harm = refusal.harm if isinstance(refusal, HarmedRefusal) else Harm()
            status, content = refusal.status, refusal.body
        if harm.wait:
            self.server.graph.wait(harm.wait)
        if harm.hang_up:
            self.close_connection = True
            return
        self._answer(status, content, harm.headers)

    def _answer(self, status: int, content: str | bytes, headers: Mapping[str, str] | None = None) -> None:
        body = content.encode() if isinstance(content, str) else content
        self.send_response(status)
        usual = {"Content-Type": "application/json; charset=UTF-8", "Content-Length": str(len(body))}
        for name, value in (usual | dict(headers or {})).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def _control(self, raw: bytes) -> None:
        url = urlsplit(self.path)
        name = url.path.removeprefix("/_control/").strip("/")
        graph = self.server.graph
        try:
            if self.command == "GET":
                result = _READ[name](graph, dict(parse_qsl(url.query, keep_blank_values=True)))
            else:
                result = _WRITE[name](graph)(**(json.loads(raw) if raw else {}))
        except (KeyError, TypeError, ValueError, LookupError) as error:
            self._answer(400, json.dumps({"error": f"{type(error).__name__}: {error}"}))
            return
        self._answer(200, json.dumps(result))


_READ: dict[str, Callable[[Graph, dict[str, str]], Any]] = {
    "deliveries": lambda graph, query: [asdict(one) for one in graph.find(**query)],
    "count": lambda graph, query: graph.count(**query),
    "asked": lambda graph, query: [asdict(one) for one in graph.asked],
    "actions": lambda graph, query: graph.actions,
    "posted": lambda graph, query: graph.posted,
    "health": lambda graph, query: "ok",
}
_WRITE: dict[str, Callable[[Graph], Callable[..., Any]]] = {
    "reset": lambda graph: graph.reset,
    "account": lambda graph: graph.account,
    "customer_wrote": lambda graph: graph.customer_wrote,
    "harm": lambda graph: graph.harm,
    "calm": lambda graph: graph.calm,
    "webhook": lambda graph: graph.webhook,
    "write": lambda graph: graph.write,
    "bring": lambda graph: graph.bring,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m tests.standins.graph", description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0, help="0 takes a free one and says which")
    parser.add_argument("--account", default=ACCOUNT)
    parser.add_argument("--token", default=TOKEN)
    parser.add_argument("--anyone", action="store_true", help="every customer exists and has just written")
    parser.add_argument("--webhook", default="", help="our own address, for echoes and for `write`")
    parser.add_argument("--app-secret", default=APP_SECRET)
    parser.add_argument("--echo", choices=["after", "before", "never"], default="after")
    given = parser.parse_args()
    graph = Graph(port=given.port, account=given.account, token=given.token, anyone=given.anyone)
    if given.webhook:
        graph.webhook(given.webhook, secret=given.app_secret, echo=given.echo)
    with graph:
        print(graph.url, flush=True)
        with contextlib.suppress(KeyboardInterrupt):
            threading.Event().wait()


if __name__ == "__main__":
    main()
