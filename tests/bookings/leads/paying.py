"""What a payment provider says of an enquiry's deposit, said straight to the actions that take it in."""

from datetime import timedelta

from bookings.models import Lead
from bots.staff.actors import Actor
from payments import deposits
from payments.models import Deposit
from payments.providers.base import Session, SessionState

STRIPE = Actor("Stripe", "provider")


def deposit_of(lead: Lead) -> Deposit:
    return Deposit.objects.about("lead", lead.pk)[0]


def seen(row: Deposit, state: SessionState) -> Session:
    return Session(
        session_id=f"session-{row.pk}",
        state=state,
        amount=row.amount,
        currency=row.currency,
        reference=row.reference.hex,
        payment_intent=f"intent-{row.pk}",
        url="https://pay.example/",
    )


def opened(lead: Lead) -> Deposit:
    row = deposit_of(lead)
    deposits.opened(row.pk, seen(row, SessionState.OPEN), attempt=row.attempt, by=STRIPE)
    return deposit_of(lead)


def paid(row: Deposit) -> Deposit:
    deposits.settle(row.pk, seen(row, SessionState.PAID), by=STRIPE)
    row.refresh_from_db()
    return row


def ran_out(row: Deposit) -> Deposit:
    deposits.expire(row.pk, by=Actor.clock(), now=row.expires_at + timedelta(seconds=1))
    row.refresh_from_db()
    return row
