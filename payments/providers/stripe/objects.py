"""Stripe's objects and events in our own words. Pure: no network, no table. Facts as of API 2026-10-28.endive."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from payments.providers.base import RefundSeen, Session, SessionState

OURS = "frontdesk_deposit"  # the key of our reference in Stripe's metadata
OUR_ATTEMPT = "frontdesk_attempt"
OUR_REFUND = "frontdesk_refund"
PAID = ("paid", "no_payment_required")
REFUND_STATUS = {
    "pending": "pending",
    "requires_action": "pending",
    "succeeded": "succeeded",
    "failed": "failed",
    "canceled": "failed",
}
SESSION_EVENTS = (
    "checkout.session.completed",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "checkout.session.expired",
)
REFUND_EVENTS = ("refund.created", "refund.updated", "refund.failed", "charge.refund.updated")


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an event says. Of the four at most one is there; `payment_intent` says which payment it is about."""

    session: Session | None = None
    refund: RefundSeen | None = None
    dispute: tuple[str, str, str] | None = None  # id, status, reason
    asks_for_refunds: bool = False  # something was given back: ask what
    payment_intent: str = ""


def report_of(event: Mapping[str, Any]) -> Report | None:
    """What a snapshot event says; None for a kind that means nothing to us. Raises ValueError if it makes no sense."""
    kind = str(event.get("type", ""))
    thing = (event.get("data") or {}).get("object")
    if not isinstance(thing, dict):
        raise ValueError("no object in it")
    if kind in SESSION_EVENTS:
        found = session(thing, failed=kind.endswith("async_payment_failed"))
        return Report(session=found, payment_intent=found.payment_intent)
    intent = _id(thing.get("payment_intent"))
    if kind in REFUND_EVENTS:
        return Report(refund=refund(thing), payment_intent=intent)
    if kind == "charge.refunded":
        return Report(asks_for_refunds=True, payment_intent=intent)
    if kind.startswith("charge.dispute."):
        dispute = (_text(thing, "id"), _text(thing, "status"), str(thing.get("reason") or ""))
        return Report(dispute=dispute, payment_intent=intent)
    return None


def session(thing: Mapping[str, Any], *, failed: bool = False) -> Session:
    """Return a Checkout Session. `failed`: an event said so, which the session itself does not. Raises ValueError."""
    metadata = thing.get("metadata") or {}
    attempt = str(metadata.get(OUR_ATTEMPT, ""))
    livemode = thing.get("livemode")
    return Session(
        session_id=_text(thing, "id"),
        state=SessionState.FAILED if failed and thing.get("payment_status") not in PAID else _state(thing),
        amount=_number(thing.get("amount_total")),
        currency=str(thing.get("currency") or "").upper(),
        reference=_reference(thing, metadata),
        attempt=int(attempt) if attempt.isdecimal() else 0,
        payment_intent=_id(thing.get("payment_intent")),
        url=str(thing.get("url") or ""),
        expires_at=_moment(thing.get("expires_at")),
        livemode=livemode if isinstance(livemode, bool) else None,
    )


def _reference(thing: Mapping[str, Any], metadata: Mapping[str, Any]) -> str:
    """Ours, said twice: if the two differ it is neither."""
    said = {str(metadata.get(OURS) or ""), str(thing.get("client_reference_id") or "")}
    return said.pop() if len(said) == 1 else ""


def is_about_us(event: Mapping[str, Any]) -> bool:
    """Return whether it names a deposit of ours, rightly or not: other shops may share the account."""
    thing = (event.get("data") or {}).get("object")
    metadata = thing.get("metadata") if isinstance(thing, dict) else None
    return isinstance(metadata, dict) and any(key in metadata for key in (OURS, OUR_REFUND))


def _state(thing: Mapping[str, Any]) -> SessionState:
    status, payment = thing.get("status"), thing.get("payment_status")
    if status == "expired":
        return SessionState.EXPIRED
    if status != "complete":
        return SessionState.OPEN
    if payment in PAID:
        return SessionState.PAID
    intent = thing.get("payment_intent")
    # Known when the intent was asked for as well: the bank said no, and the session stays “complete” for ever.
    if isinstance(intent, dict) and intent.get("status") in ("requires_payment_method", "canceled"):
        return SessionState.FAILED
    return SessionState.PROCESSING


def refund(thing: Mapping[str, Any]) -> RefundSeen:
    """Return a refund. Raises ValueError."""
    metadata = thing.get("metadata") or {}
    return RefundSeen(
        refund_id=_text(thing, "id"),
        payment_intent=_id(thing.get("payment_intent")),
        amount=_number(thing.get("amount")),
        status=REFUND_STATUS.get(str(thing.get("status")), "pending"),
        reference=str(metadata.get(OUR_REFUND) or ""),
        reason=str(thing.get("failure_reason") or "").replace("_", " "),
    )


def _text(thing: Mapping[str, Any], name: str) -> str:
    value = thing.get(name)
    if not isinstance(value, str) or not value:
        raise ValueError(f"no {name} in it")
    return value


def _number(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise ValueError("no amount in it")
    return value


def _id(value: Any) -> str:
    """Return an object's id, whether the object itself was sent or only its id."""
    return str((value.get("id") if isinstance(value, dict) else value) or "")


def _moment(value: Any) -> datetime | None:
    return datetime.fromtimestamp(value, UTC) if isinstance(value, int) else None
