"""The sandbox: plays a payment provider where there are no keys, so that everything can be tried. No money moves.

Its pages are rows of `SandboxSession`; the payer's page with its buttons is `payments.pages`.
"""

import uuid
from typing import ClassVar

from django.db import transaction

from bots.db import clock
from payments.models import SandboxSession
from payments.providers.base import Missing, Order, Provider, RefundSeen, Refused, Session, SessionState


class Sandbox(Provider):
    code: ClassVar[str] = "sandbox"
    label: ClassVar[str] = "Sandbox"
    longest: ClassVar[int] = 30 * 24 * 3600
    shortest: ClassVar[int] = 0

    def open(self, order: Order) -> Session:
        fields = {
            "session_id": f"sandbox_{uuid.uuid4().hex}",
            "reference": order.reference,
            "amount": order.amount,
            "currency": order.currency,
            "expires_at": order.expires_at,
        }
        return seen(SandboxSession.objects.get_or_create(key=order.key, defaults=fields)[0])

    def find(self, order: Order) -> Session | None:
        row = SandboxSession.objects.filter(key=order.key).first()
        return seen(row) if row else None

    def look(self, session_id: str) -> Session:
        return seen(_row(session_id))

    @transaction.atomic
    def close(self, session_id: str) -> Session:
        row = _row(session_id, lock=True)
        if row.status == "open":
            row.status = "expired"
            row.save(update_fields=["status"])
        return seen(row)

    @transaction.atomic
    def refund(self, payment_intent: str, amount: int, *, reference: str, key: str) -> RefundSeen:
        row = SandboxSession.objects.select_for_update().filter(payment_intent=payment_intent).first()
        if row is None:
            raise Missing("The sandbox has no such payment.")
        if key not in row.refunds:
            if sum(one["amount"] for one in row.refunds.values()) + amount > row.amount:
                raise Refused("More than was paid cannot be given back.")
            row.refunds[key] = {"amount": amount, "reference": reference}
            row.save(update_fields=["refunds"])
        return _refund(row, key)

    def refunds(self, payment_intent: str) -> list[RefundSeen]:
        row = SandboxSession.objects.filter(payment_intent=payment_intent).first()
        return [_refund(row, key) for key in row.refunds] if row else []


@transaction.atomic
def simulate(session_id: str, button: str) -> Session:
    """Return what the payer presses: pay, fail or expire. Does nothing to a page that is not open any more."""
    row = _row(session_id, lock=True)
    if row.status == "open":
        paid = button == "pay"
        row.status = "expired" if button == "expire" else "complete"
        row.payment = "paid" if paid else "failed" if button == "fail" else "unpaid"
        row.payment_intent = f"sandbox_payment_{uuid.uuid4().hex}" if paid else ""
        row.save(update_fields=["status", "payment", "payment_intent"])
    return seen(row)


def seen(row: SandboxSession) -> Session:
    """Return the page in the words that all providers use."""
    state = SessionState.OPEN
    if row.status == "complete":
        state = SessionState.PAID if row.payment == "paid" else SessionState.FAILED
    elif row.status == "expired" or row.expires_at <= clock.now():
        state = SessionState.EXPIRED
    return Session(
        session_id=row.session_id,
        state=state,
        amount=row.amount,
        currency=row.currency,
        reference=row.reference,
        payment_intent=row.payment_intent,
        expires_at=row.expires_at,
        livemode=False,
    )


def _row(session_id: str, *, lock: bool = False) -> SandboxSession:
    rows = SandboxSession.objects.select_for_update() if lock else SandboxSession.objects.all()
    row = rows.filter(pk=session_id).first()
    if row is None:
        raise Missing("The sandbox has no such page.")
    return row


def _refund(row: SandboxSession, key: str) -> RefundSeen:
    made = row.refunds[key]
    return RefundSeen(
        refund_id=f"sandbox_{key}",
        payment_intent=row.payment_intent,
        amount=made["amount"],
        status="succeeded",
        reference=made["reference"],
    )
