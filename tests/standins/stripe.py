"""A stand-in for Stripe's API: refuses what Stripe would refuse, and plays the payer and the payer's bank.

    with Stripe() as stripe:                           # STRIPE_API_URL, STRIPE_SECRET_KEY, STRIPE_WEBHOOK_SECRET
        stripe.deliver = lambda body, headers: client.post("/webhooks/stripe/", …)
        stripe.pay("cs_test_1")                        # and fail, expire, refund_by_hand, dispute
        stripe.harm("500", path="/v1/refunds")

What happens becomes a signed snapshot event: handed to `deliver` if that is set, kept in `undelivered` in any case.
As a process of its own: python -m tests.standins.stripe --port 8767 --webhook http://127.0.0.1:8000/webhooks/stripe/,
with GET /_pay/<session> (where a session's url leads to: the payer pays), and POST /_control/pay {"session_id": …}.

Checked against contracts/STRIPE.md: form bodies, Authorization, Stripe-Version, idempotency keys with their bodies and
stored 500s, expires_at from 30 minutes to 24 hours, expiring only what is open, refunds up to what was paid.
"""

from __future__ import annotations

import argparse
import json
import threading
import time
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import stripe as sdk

KEY = "sk_test_standinstandinstandin"
SECRET = "whsec_standin_of_the_endpoint"
VERSION = "2026-10-28.endive"
GONE = {"payment_method_types": "payment_method_types_no_longer_supported"}
SESSION_FIELDS = {
    "mode", "line_items", "client_reference_id", "metadata", "payment_intent_data", "success_url", "cancel_url",
    "expires_at", "locale", "customer_email", "submit_type", "ui_mode", "allowed_payment_method_types",
}  # fmt: skip
REFUND_FIELDS = {"payment_intent", "amount", "reason", "metadata"}
REASONS = {"duplicate", "fraudulent", "requested_by_customer"}
LOCALES = {"auto", "en", "en-GB", "pl", "ru", "es", "de", "fr", "it", "cs", "lt"}
ZERO = {"bif", "clp", "djf", "gnf", "jpy", "kmf", "krw", "mga", "pyg", "rwf", "vnd", "vuv", "xaf", "xof", "xpf"}
LEAST = {"usd": 50, "eur": 50, "gbp": 30, "pln": 200, "jpy": 50}


class Refusal(Exception):
    def __init__(
        self, status: int, words: str, *, kind: str = "invalid_request_error", code: str = "", param: str = ""
    ) -> None:
        super().__init__(words)
        self.status = status
        self.error = {"type": kind, "message": words} | ({"code": code} if code else {})
        self.error |= {"param": param} if param else {}


@dataclass
class Harm:
    """What happens to the next requests whose path begins so."""

    status: int = 0
    kind: str = "api_error"
    lost: bool = False  # the work is done, but the answer is lost
    garbage: bool = False
    slow: float = 0.0
    retry_after: str = ""
    path: str = "/v1/"
    method: str = ""
    times: int = 1


HARMS = {
    "500": Harm(500),
    "503": Harm(503),
    "429": Harm(429, "rate_limit_error"),
    "409": Harm(409, "idempotency_error"),
    "401": Harm(401, "invalid_request_error"),
    "403": Harm(403, "invalid_request_error"),
    "lost": Harm(lost=True),
    "garbage": Harm(garbage=True),
    "slow": Harm(slow=1.0),
}


class Stripe:
    def __init__(self, port: int = 0, *, key: str = KEY, secret: str = SECRET) -> None:
        self.key, self.secret = key, secret
        self.lock = threading.RLock()
        self.sessions: dict[str, dict[str, Any]] = {}
        self.intents: dict[str, dict[str, Any]] = {}
        self.refunds: dict[str, dict[str, Any]] = {}
        self.answers: dict[str, tuple[str, int, Any]] = {}  # by idempotency key: what was asked, what was answered
        self.running: set[str] = set()
        self.asked: list[tuple[str, str, dict[str, Any]]] = []
        self.refused: list[tuple[str, int, str]] = []
        self.undelivered: list[dict[str, Any]] = []
        self.harms: list[Harm] = []
        self.deliver: Callable[[bytes, dict[str, str]], Any] | None = None
        self.refund_status = "succeeded"
        self.api_version = VERSION
        self.skew = 0  # seconds that Stripe's clock is ahead
        self._numbers = 0
        self._server = _Server(("127.0.0.1", port), _Handler)
        self._server.stripe = self

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Stripe:
        threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()

    def harm(self, name: str, **change: Any) -> None:
        self.harms.append(Harm(**{**vars(HARMS[name]), **change}))

    def now(self) -> int:
        return int(time.time()) + self.skew

    # --- the payer and the bank -------------------------------------------------------------------------------------

    def pay(self, session_id: str, **change: Any) -> dict[str, Any]:
        """The payer pays. `change` alters the session in the event only, as a forger or a mistake would."""
        with self.lock:
            session = self._open(session_id)
            intent = self._intent(session)
            intent["status"], intent["amount_received"] = "succeeded", intent["amount"]
            session |= {"status": "complete", "payment_status": "paid", "payment_intent": intent["id"], "url": None}
        return self.tell("checkout.session.completed", {**session, **change})

    def pay_by_debit(self, session_id: str) -> dict[str, Any]:
        """The payer is done, the bank is not."""
        with self.lock:
            session = self._open(session_id)
            intent = self._intent(session)
            intent["status"] = "processing"
            session |= {"status": "complete", "payment_status": "unpaid", "payment_intent": intent["id"], "url": None}
        return self.tell("checkout.session.completed", session)

    def debit_arrives(self, session_id: str) -> dict[str, Any]:
        session = self.sessions[session_id]
        self.intents[session["payment_intent"]] |= {"status": "succeeded", "amount_received": session["amount_total"]}
        session["payment_status"] = "paid"
        return self.tell("checkout.session.async_payment_succeeded", session)

    def debit_fails(self, session_id: str) -> dict[str, Any]:
        session = self.sessions[session_id]
        self.intents[session["payment_intent"]]["status"] = "requires_payment_method"
        return self.tell("checkout.session.async_payment_failed", session)

    def expire(self, session_id: str) -> dict[str, Any]:
        """Its time is over."""
        with self.lock:
            session = self._open(session_id)
            session |= {"status": "expired", "url": None}
        return self.tell("checkout.session.expired", session)

    def refund_by_hand(self, intent_id: str, amount: int) -> dict[str, Any]:
        """Somebody gives money back in Stripe's own pages."""
        refund = self._refund({"payment_intent": intent_id, "amount": str(amount)})
        self.tell("refund.created", refund)
        return refund

    def refund_ends(self, refund_id: str, status: str, reason: str = "") -> dict[str, Any]:
        refund = self.refunds[refund_id]
        refund |= {"status": status} | ({"failure_reason": reason} if reason else {})
        return self.tell("refund.failed" if status == "failed" else "refund.updated", refund)

    def charge_refunded(self, intent_id: str) -> dict[str, Any]:
        given = sum(one["amount"] for one in self.refunds.values() if one["payment_intent"] == intent_id)
        whole = self.intents[intent_id]["amount"]
        charge = {"id": self._id("ch"), "object": "charge", "payment_intent": intent_id, "amount": whole}
        return self.tell("charge.refunded", charge | {"amount_refunded": given, "refunded": given == whole})

    def dispute(self, intent_id: str, status: str = "needs_response", kind: str = "created") -> dict[str, Any]:
        thing = {
            "id": f"dp_{intent_id}",
            "object": "dispute",
            "payment_intent": intent_id,
            "amount": self.intents[intent_id]["amount"],
            "currency": self.intents[intent_id]["currency"],
            "reason": "fraudulent",
            "status": status,
            "metadata": {},
        }
        return self.tell(f"charge.dispute.{kind}", thing)

    # --- events -----------------------------------------------------------------------------------------------------

    def event(self, kind: str, thing: dict[str, Any], **change: Any) -> dict[str, Any]:
        return {
            "id": self._id("evt"),
            "object": "event",
            "api_version": self.api_version,
            "created": self.now(),
            "livemode": False,
            "pending_webhooks": 1,
            "request": {"id": None, "idempotency_key": None},
            "type": kind,
            "data": {"object": public(thing)},
        } | change

    def tell(self, kind: str, thing: dict[str, Any]) -> dict[str, Any]:
        event = self.event(kind, thing)
        self.undelivered.append(event)
        if self.deliver is not None:
            self.bring(event)
        return event

    def bring(self, event: dict[str, Any], *, age: int = 0) -> Any:
        assert self.deliver is not None
        body, headers = self.signed(event, age=age)
        return self.deliver(body, headers)

    def signed(self, event: dict[str, Any], *, age: int = 0, secret: str = "") -> tuple[bytes, dict[str, str]]:
        text = json.dumps(event, indent=2)
        header = sdk.WebhookSignature.generate_signature_header(text, secret or self.secret, int(time.time()) - age)
        return text.encode(), {"Stripe-Signature": header}

    # --- the API ----------------------------------------------------------------------------------------------------

    def take(self, method: str, path: str, form: dict[str, Any]) -> Any:
        parts = path.strip("/").split("/")
        match method, parts:
            case "POST", ["v1", "checkout", "sessions"]:
                return self._make(form)
            case "GET", ["v1", "checkout", "sessions"]:
                return self._list(form)
            case "GET", ["v1", "checkout", "sessions", session_id]:
                return self._shown(self._session(session_id), form)
            case "POST", ["v1", "checkout", "sessions", session_id, "expire"]:
                session = self._session(session_id)
                self._open(session_id)
                session |= {"status": "expired", "url": None}
                return session
            case "GET", ["v1", "payment_intents", intent_id]:
                return self._known(self.intents, intent_id, "payment_intent")
            case "POST", ["v1", "refunds"]:
                return self._refund(form)
            case "GET", ["v1", "refunds"]:
                found = [one for one in self.refunds.values() if one["payment_intent"] == form.get("payment_intent")]
                return {"object": "list", "data": found[::-1], "has_more": False, "url": "/v1/refunds"}
        raise Refusal(404, f"Unrecognized request URL ({method}: {path}).")

    def _make(self, form: dict[str, Any]) -> Any:
        for name, code in GONE.items():
            if name in form:
                raise Refusal(400, f"{name} is no longer supported.", code=code, param=name)
        if unknown := sorted(set(form) - SESSION_FIELDS):
            raise Refusal(400, f"Received unknown parameter: {unknown[0]}", code="parameter_unknown", param=unknown[0])
        for name in ("mode", "line_items", "success_url"):
            if not form.get(name):
                raise Refusal(400, f"Missing required param: {name}.", code="parameter_missing", param=name)
        if form["mode"] != "payment" or form.get("ui_mode", "hosted_page") != "hosted_page":
            raise Refusal(400, "Invalid mode or ui_mode.", param="mode")
        if form.get("locale", "auto") not in LOCALES:
            raise Refusal(400, "Invalid locale.", param="locale")
        amount, currency = self._price(form["line_items"])
        ends = int(form.get("expires_at", self.now() + 86_400))
        if not 30 * 60 <= ends - self.now() <= 86_400:
            words = "The `expires_at` timestamp must be between 30 minutes and 24 hours from Checkout Session creation."
            raise Refusal(400, words, param="expires_at")
        for metadata in (form.get("metadata", {}), form.get("payment_intent_data", {}).get("metadata", {})):
            if len(metadata) > 50 or any(len(key) > 40 or len(value) > 500 for key, value in metadata.items()):
                raise Refusal(400, "Metadata is too long.", param="metadata")
        session_id = self._id("cs_test")
        self.sessions[session_id] = {
            "id": session_id,
            "object": "checkout.session",
            "amount_total": amount,
            "currency": currency,
            "client_reference_id": form.get("client_reference_id"),
            "metadata": form.get("metadata", {}),
            "mode": "payment",
            "created": self.now(),
            "expires_at": ends,
            "livemode": False,
            "payment_intent": None,  # until the payer pays, since API 2022-08-01
            "payment_method_types": ["card"],
            "payment_status": "unpaid",
            "status": "open",
            "success_url": form["success_url"],
            "url": f"{self.url}/_pay/{session_id}",
            "_intent_metadata": form.get("payment_intent_data", {}).get("metadata", {}),
        }
        return self.sessions[session_id]

    def _price(self, lines: dict[str, Any]) -> tuple[int, str]:
        if set(lines) != {"0"}:
            raise Refusal(400, "Invalid array", param="line_items")
        price = lines["0"].get("price_data", {})
        currency = price.get("currency", "")
        if not price.get("product_data", {}).get("name"):
            raise Refusal(400, "Missing required param: name.", param="line_items[0][price_data][product_data][name]")
        if len(currency) != 3 or currency != currency.lower():
            raise Refusal(400, f"Invalid currency: {currency}.", param="line_items[0][price_data][currency]")
        try:
            amount = int(price["unit_amount"]) * int(lines["0"].get("quantity", 0))
        except (KeyError, ValueError):
            raise Refusal(400, "Invalid integer", param="line_items[0][price_data][unit_amount]") from None
        if amount < LEAST.get(currency, 1):
            words = "The Checkout Session's total amount must convert to at least 50 cents."
            raise Refusal(400, words, code="amount_too_small")
        if currency in {"bhd", "jod", "kwd", "omr", "tnd"} and amount % 10:
            raise Refusal(400, "Invalid amount: the last digit must be 0.", param="line_items[0][price_data]")
        return amount, currency

    def _list(self, form: dict[str, Any]) -> Any:
        since = int(form.get("created", {}).get("gte", 0))
        found = [one for one in self.sessions.values() if one["created"] >= since][::-1]
        if "starting_after" in form:
            found = found[[one["id"] for one in found].index(form["starting_after"]) + 1 :]
        limit = int(form.get("limit", 10))
        if not 1 <= limit <= 100:
            raise Refusal(400, "Invalid limit.", param="limit")
        return {"object": "list", "data": found[:limit], "has_more": len(found) > limit, "url": "/v1/checkout/sessions"}

    def _shown(self, session: dict[str, Any], form: dict[str, Any]) -> Any:
        wanted = form.get("expand", {}).values()
        if any(name != "payment_intent" for name in wanted):
            raise Refusal(400, "This property cannot be expanded.", param="expand")
        intent = self.intents.get(session["payment_intent"]) if wanted else None
        return {**session, "payment_intent": intent or session["payment_intent"]}

    def _refund(self, form: dict[str, Any]) -> Any:
        if unknown := sorted(set(form) - REFUND_FIELDS):
            raise Refusal(400, f"Received unknown parameter: {unknown[0]}", param=unknown[0])
        if form.get("reason", "duplicate") not in REASONS:
            raise Refusal(400, "Invalid reason.", param="reason")
        intent = self._known(self.intents, form.get("payment_intent", ""), "payment_intent")
        if intent["status"] != "succeeded":
            raise Refusal(400, "This PaymentIntent does not have a successful charge to refund.")
        same = [one for one in self.refunds.values() if one["payment_intent"] == intent["id"]]
        left = intent["amount"] - sum(one["amount"] for one in same if one["status"] not in ("failed", "canceled"))
        amount = int(form.get("amount", left))
        if left == 0:
            raise Refusal(400, "Charge has already been refunded.", code="charge_already_refunded")
        if not 0 < amount <= left:
            raise Refusal(400, f"Refund amount ({amount}) is greater than unrefunded amount ({left}).", param="amount")
        refund_id = self._id("re")
        self.refunds[refund_id] = {
            "id": refund_id,
            "object": "refund",
            "amount": amount,
            "currency": intent["currency"],
            "payment_intent": intent["id"],
            "metadata": form.get("metadata", {}),
            "status": self.refund_status,
        }
        return self.refunds[refund_id]

    def _session(self, session_id: str) -> dict[str, Any]:
        session = self._known(self.sessions, session_id, "checkout.session")
        if session["status"] == "open" and session["expires_at"] <= self.now():
            session |= {"status": "expired", "url": None}
        return session

    def _open(self, session_id: str) -> dict[str, Any]:
        session = self._session(session_id)
        if session["status"] != "open":
            words = f'Only Checkout Sessions with a status in ["open"] can be expired. It is {session["status"]}.'
            raise Refusal(400, words)
        return session

    def _intent(self, session: dict[str, Any]) -> dict[str, Any]:
        intent_id = self._id("pi")
        self.intents[intent_id] = {
            "id": intent_id,
            "object": "payment_intent",
            "amount": session["amount_total"],
            "amount_received": 0,
            "currency": session["currency"],
            "metadata": session["_intent_metadata"],
            "status": "requires_payment_method",
        }
        return self.intents[intent_id]

    def _known(self, things: dict[str, Any], number: str, name: str) -> Any:
        if number not in things:
            raise Refusal(404, f"No such {name}: '{number}'", code="resource_missing", param="id")
        return things[number]

    def _id(self, prefix: str) -> str:
        with self.lock:
            self._numbers += 1
            return f"{prefix}_{self._numbers:06d}standin"

    # --- how a request is answered ----------------------------------------------------------------------------------

    def answer(self, method: str, path: str, form: dict[str, Any], body: str, headers: Any) -> tuple[int, Any]:
        """Status and object, with what idempotency keys ask for."""
        self._check(headers, method)
        self.asked.append((method, path, form))
        key = headers.get("Idempotency-Key", "") if method == "POST" else ""
        asked = f"{path}?{body}"
        with self.lock:
            if key in self.running:
                raise Refusal(409, "There is currently another in-progress request.", kind="idempotency_error")
            if key in self.answers:
                before, status, thing = self.answers[key]
                if before != asked:
                    words = "Keys for idempotent requests can only be used with the same parameters."
                    raise Refusal(400, words, kind="idempotency_error")
                return status, thing
            self.running.add(key)
        try:
            harm = self._harm(method, path)
            if harm and harm.status:
                error = {"error": {"type": harm.kind, "message": f"harm {harm.status}"}}
                if harm.status >= 500 and key:
                    self.answers[key] = (asked, harm.status, error)  # v1 keeps its failures too
                return harm.status, error
            with self.lock:
                thing = public(self.take(method, path, form))
            if key:
                self.answers[key] = (asked, 200, thing)
            return 200, thing
        finally:
            self.running.discard(key)

    def _check(self, headers: Any, method: str) -> None:
        if headers.get("Authorization") != f"Bearer {self.key}":
            raise Refusal(401, "Invalid API Key provided: sk_test_****", kind="invalid_request_error")
        if headers.get("Stripe-Version") != VERSION:
            raise Refusal(400, f"Invalid Stripe API version: {headers.get('Stripe-Version')}")
        kind = headers.get("Content-Type", "").partition(";")[0]
        if method == "POST" and kind not in ("application/x-www-form-urlencoded", ""):
            raise Refusal(400, f"Invalid content type {kind}")

    def _harm(self, method: str, path: str) -> Harm | None:
        with self.lock:
            for harm in self.harms:
                if harm.times > 0 and harm.status and path.startswith(harm.path) and harm.method in ("", method):
                    harm.times -= 1
                    return harm
        return None

    def line_harm(self, method: str, path: str) -> Harm:
        """Harm to the line, not to the work."""
        with self.lock:
            for harm in self.harms:
                if harm.times > 0 and not harm.status and path.startswith(harm.path) and harm.method in ("", method):
                    harm.times -= 1
                    return harm
        return Harm()


def public(thing: Any) -> Any:
    """A copy without what only the stand-in knows."""
    if isinstance(thing, dict):
        return {key: public(value) for key, value in thing.items() if not key.startswith("_")}
    return [public(one) for one in thing] if isinstance(thing, list) else thing


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][0]=c` as a tree. Raises Refusal for a name that is none, or is given twice."""
    tree: dict[str, Any] = {}
    for name, value in pairs:
        head, _, rest = name.partition("[")
        keys = [head, *(rest[:-1].split("][") if rest else [])]
        if (rest and not rest.endswith("]")) or not all(keys):
            raise Refusal(400, f"Invalid parameter name {name}", param=name)
        at = tree
        for key in keys[:-1]:
            at = at.setdefault(key, {})
        if keys[-1] in at:
            raise Refusal(400, f"{name} was given twice", param=name)
        if value == "":
            raise Refusal(400, f"You passed an empty string for '{name}'.", code="parameter_invalid_empty", param=name)
        at[keys[-1]] = value
    return tree


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    stripe: Stripe

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Peers that hang up are what this server is for."""


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path.startswith("/_pay/"):
            session_id = parts.path.removeprefix("/_pay/")
            self.server.stripe.pay(session_id)
            self.send_response(303)
            self.send_header("Location", self.server.stripe.sessions[session_id]["success_url"])
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self._answer("GET", parts.path, parts.query)

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        if self.path.startswith("/_control/"):
            action = getattr(self.server.stripe, self.path.removeprefix("/_control/"))
            self._send(200, action(**(json.loads(body) if body else {})))
            return
        self._answer("POST", urlsplit(self.path).path, body)

    def _answer(self, method: str, path: str, text: str) -> None:
        stripe = self.server.stripe
        harm = stripe.line_harm(method, path)
        if harm.slow:
            time.sleep(harm.slow)
        try:
            form = nested(parse_qsl(text, keep_blank_values=True, strict_parsing=bool(text)))
            status, thing = stripe.answer(method, path, form, text, self.headers)
        except Refusal as refusal:
            status, thing = refusal.status, {"error": refusal.error}
        if status != 200:
            stripe.refused.append((path, status, thing["error"]["message"]))
        if harm.lost:
            self.close_connection = True
            return
        self._send(status, "<html>" if harm.garbage else thing, raw=harm.garbage)

    def _send(self, status: int, content: Any, *, raw: bool = False) -> None:
        body = (content if raw else json.dumps(content)).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Request-Id", "req_standin")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--port", type=int, default=8767)
    parser.add_argument("--webhook", default="")
    given = parser.parse_args()

    def deliver(body: bytes, headers: dict[str, str]) -> None:
        request = urllib.request.Request(given.webhook, body, {"Content-Type": "application/json", **headers})
        urllib.request.urlopen(request, timeout=10).close()

    with Stripe(given.port) as stripe:
        stripe.deliver = deliver if given.webhook else None
        print(f"STRIPE_API_URL={stripe.url} STRIPE_SECRET_KEY={KEY} STRIPE_WEBHOOK_SECRET={SECRET}", flush=True)
        threading.Event().wait()


if __name__ == "__main__":
    main()
