"""Stripe Checkout, by Stripe's own library (16.1.0, API 2026-10-28.endive). Knows no table.

The library retries connection errors, 409 and 5xx once, with the same idempotency key; what is left comes back as what
to do next. Keys are ours, so that a request repeated after a crash makes nothing twice. Stripe keeps them for a day.
"""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache, partial
from typing import Any, ClassVar, TypeVar

import stripe
from django.conf import settings

from bots.db import clock
from bots.http import retry_after
from payments.providers.base import (
    Missing,
    NoAccess,
    Order,
    Provider,
    ProviderUnavailable,
    RefundSeen,
    Refused,
    Session,
)
from payments.providers.stripe import objects

Seen = TypeVar("Seen")

stripe.enable_telemetry = False  # else it writes a file into the home directory and tells about this machine

SECONDS = (3, 7)  # for connecting, and for the answer; two calls of two attempts each are below SEND_LEASE_SECONDS
LISTED = 100  # sessions on one page of a list, the most there can be
PAGES = 5
TOLERANCE = 300  # seconds that a webhook's signature is good for
LOCALES = {
    "en": "en",
    "pl": "pl",
    "ru": "ru",
    "es": "es",
}  # Stripe's page does not speak Ukrainian: the browser decides
REST_SECONDS = 30  # after a 429, which carries no word of when


class Stripe(Provider):
    code: ClassVar[str] = "stripe"
    label: ClassVar[str] = "Stripe"
    # 30 minutes to 24 hours from when Stripe makes it; a little inside, as clocks differ and requests take time.
    longest: ClassVar[int] = 24 * 3600 - 300
    shortest: ClassVar[int] = 31 * 60

    def __init__(self) -> None:
        if not settings.STRIPE_SECRET_KEY:
            raise NoAccess("STRIPE_SECRET_KEY is not set.")
        self._api = _client(settings.STRIPE_SECRET_KEY, settings.STRIPE_API_URL).v1

    def open(self, order: Order) -> Session:
        made = _asked(lambda: self._api.checkout.sessions.create(_page(order), {"idempotency_key": order.key}))
        return _read(objects.session, made)

    def find(self, order: Order) -> Session | None:
        params: Any = {"limit": LISTED, "created": {"gte": int(order.since.timestamp()) - 60}}
        for _page_number in range(PAGES):
            some = _asked(partial(self._api.checkout.sessions.list, params)).to_dict()
            for one in some["data"]:
                metadata = one.get("metadata") or {}
                mine = metadata.get(objects.OURS) == order.reference
                if mine and metadata.get(objects.OUR_ATTEMPT) == str(order.attempt):
                    return objects.session(one)
            if not some.get("has_more"):
                return None
            params = params | {"starting_after": some["data"][-1]["id"]}
        raise ProviderUnavailable("Too many sessions to look through.")

    def look(self, session_id: str) -> Session:
        params: Any = {"expand": ["payment_intent"]}
        return _read(objects.session, _asked(lambda: self._api.checkout.sessions.retrieve(session_id, params)))

    def close(self, session_id: str) -> Session:
        try:
            return _read(objects.session, _asked(lambda: self._api.checkout.sessions.expire(session_id)))
        except Refused:  # it is not open any more: paid, or expired by itself
            return self.look(session_id)

    def refund(self, payment_intent: str, amount: int, *, reference: str, key: str) -> RefundSeen:
        params: Any = {
            "payment_intent": payment_intent,
            "amount": amount,
            "reason": "requested_by_customer",
            "metadata": {objects.OUR_REFUND: reference},
        }
        made = _asked(lambda: self._api.refunds.create(params, {"idempotency_key": key}))
        return _read(objects.refund, made)

    def refunds(self, payment_intent: str) -> list[RefundSeen]:
        params: Any = {"payment_intent": payment_intent, "limit": LISTED}
        found = _asked(lambda: self._api.refunds.list(params)).to_dict()
        return [objects.refund(one) for one in found["data"]]

    def ping(self) -> None:
        """Read next to nothing, to learn whether the key is good. Raises NoAccess if not."""
        _asked(lambda: self._api.checkout.sessions.list({"limit": 1}))


def verified(body: bytes, signature: str | None) -> dict[str, Any]:
    """Return a webhook's event. Raises ValueError for what Stripe has not signed, or signed more than TOLERANCE ago.

    The secret is the whole `whsec_…`; several, divided by blanks, while it is being changed.
    """
    secrets = settings.STRIPE_WEBHOOK_SECRET.split()
    try:
        text = body.decode()
        if not any(_is_signed(text, signature, secret) for secret in secrets):
            raise ValueError("not signed by Stripe")
        if clock.now().timestamp() - _signed_at(signature) > TOLERANCE:
            raise ValueError("signed too long ago")
        event = json.loads(text)
    except RecursionError:
        raise ValueError("too deep") from None
    if not isinstance(event, dict) or event.get("object") != "event" or not isinstance(event.get("id"), str):
        raise ValueError("not a snapshot event")
    return event


def _is_signed(text: str, signature: str | None, secret: str) -> bool:
    try:
        return bool(stripe.WebhookSignature.verify_header(text, signature, secret))
    except (stripe.SignatureVerificationError, ValueError, AttributeError, TypeError):
        return False


def _signed_at(signature: str | None) -> int:
    """Return when a good signature was made, seconds since 1970. The SDK would compare it with this machine's clock."""
    return next(
        int(value) for name, _, value in (part.partition("=") for part in (signature or "").split(",")) if name == "t"
    )


def expects_livemode() -> bool | None:
    """Return whether the key moves real money; None if it does not say."""
    kind = settings.STRIPE_SECRET_KEY.split("_")
    return {"live": True, "test": False}.get(kind[1]) if len(kind) > 2 else None


@lru_cache(maxsize=4)
def _client(key: str, url: str) -> stripe.StripeClient:
    http = stripe.RequestsClient(timeout=SECONDS)  # a session for each thread
    return stripe.StripeClient(key, base_addresses={"api": url}, max_network_retries=1, http_client=http)


def _page(order: Order) -> Any:
    """Return what is asked for: the same for the same key, or Stripe refuses it."""
    ours = {objects.OURS: order.reference, objects.OUR_ATTEMPT: str(order.attempt)}
    return {
        "mode": "payment",
        "line_items": [
            {
                "quantity": 1,
                "price_data": {
                    "currency": order.currency.lower(),
                    "unit_amount": order.amount,
                    "product_data": {"name": order.title},
                },
            }
        ],
        "client_reference_id": order.reference,
        "metadata": ours,
        "payment_intent_data": {"metadata": ours, "description": f"{order.business}: {order.title}"[:500]},
        "success_url": order.done_url,
        "cancel_url": order.back_url,
        "expires_at": int(order.expires_at.timestamp()),
        "locale": LOCALES.get(order.language, "auto"),
    }


def _read(words: Callable[[Mapping[str, Any]], Seen], thing: Any) -> Seen:
    """Return a StripeObject, which is no dict since version 15, in our words."""
    try:
        return words(thing.to_dict())
    except (ValueError, AttributeError):
        raise ProviderUnavailable("Stripe's answer could not be read.") from None


def _asked(run: Callable[[], Any]) -> Any:
    """Return what went wrong, as what to do next. Never chained to the original, which holds the request."""
    error: Exception
    try:
        return run()
    except stripe.APIConnectionError as failure:
        error = ProviderUnavailable(f"Stripe did not answer ({type(failure).__name__}).")
    except stripe.StripeError as failure:
        error = _sorted(failure)
    raise error


def _sorted(failure: stripe.StripeError) -> Exception:
    """Return the one table of errors: by class, then by HTTP status."""
    status, words = failure.http_status or 0, _words(failure)
    match failure:
        case stripe.RateLimitError():
            headers = {name.lower(): value for name, value in (failure.headers or {}).items()}  # the library reads none
            return ProviderUnavailable("Stripe asks us to slow down.", retry_after(headers) or REST_SECONDS)
        case stripe.AuthenticationError():
            return NoAccess("Stripe does not accept STRIPE_SECRET_KEY: it was rolled or deleted. Set the new one.")
        case stripe.PermissionError():
            return NoAccess(
                "STRIPE_SECRET_KEY may not do this: a restricted key needs to write Checkout Sessions and Refunds."
            )
        case stripe.IdempotencyError():
            return ProviderUnavailable("Stripe knows our key with other contents.", stale_key=True)
    match status:
        case 409:
            return ProviderUnavailable("The same request is under way at Stripe.")
        case 404:
            return Missing(words)
        case _ if status >= 500:  # kept under our key, and given again as long as we come with it
            return ProviderUnavailable(f"Stripe has trouble ({status}).", stale_key=True)
        case _ if status in (400, 402):
            return Refused(f"Stripe refused it: {words}")
        case _:
            return ProviderUnavailable(f"Stripe's answer could not be read ({status}).")


def _words(failure: stripe.StripeError) -> str:
    said = " ".join(str(failure.user_message or failure.code or "").split())
    parameter = getattr(failure, "param", None)
    return f"{said[:200]} ({parameter})" if parameter else said[:200]
