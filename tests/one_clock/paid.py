"""What is paid and given back."""

import hashlib
import hmac
import json
from datetime import datetime, timedelta
from typing import Any

from django.db.models.functions import Now

from bots.db import clock
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from payments import claims, deposits, events, refunds
from payments.models import Deposit, PaymentEvent, ProviderState, Refund
from payments.providers.stripe.provider import TOLERANCE, verified
from tests.one_clock import Ask, situation
from tests.payments.conftest import ask

OWNER = Actor("Ewa", "admin")
SECRET = "whsec_an_example"


def deposit(**fields: Any) -> Deposit:
    row = ask()
    Deposit.objects.filter(pk=row.pk).update(**{"due_at": Now() - timedelta(hours=1), **fields})
    return row


@situation
def a_deposit_is_seen_to(moment: datetime) -> Ask:
    row = deposit(due_at=moment)
    return lambda: claims.due() == [row.pk] and claims.claim(row.pk) is not None


@situation
def a_deposits_lease_is_over(moment: datetime) -> Ask:
    row = deposit(lease_until=moment)
    return lambda: claims.due() == [row.pk] and claims.claim(row.pk) is not None


@situation
def a_provider_is_asked_again(moment: datetime) -> Ask:
    row = deposit()
    ProviderState.objects.create(provider=row.provider, try_at=moment)
    return lambda: claims.due() == [row.pk] and not claims.rests(row.provider, clock.now())


@situation
def a_deposit_can_be_paid_no_more(moment: datetime) -> Ask:
    row = deposit(expires_at=moment)

    def is_over() -> bool:
        try:
            return deposits.expire(row.pk, by=Actor.clock()) is not None
        except NotAllowed:
            return False

    return is_over


@situation
def a_refund_is_seen_to(moment: datetime) -> Ask:
    row = deposit(status=Deposit.Status.PAID, payment_intent="intent", paid_at=Now(), due_at=None)
    refunds.refund(row.pk, by=OWNER)
    Refund.objects.update(due_at=moment)
    return lambda: claims.due_refunds() == [Refund.objects.get().pk]


@situation
def a_payment_event_is_due(moment: datetime) -> Ask:
    row = PaymentEvent.objects.create(provider="stripe", event_id="evt_1", type="t", payload={}, due_at=moment)
    return lambda: events.due() == [row.pk]


@situation
def a_signature_of_stripe_is_too_old(moment: datetime) -> Ask:
    at = int(moment.timestamp()) - TOLERANCE
    body = json.dumps({"object": "event", "id": "evt_1"})
    signed = hmac.new(SECRET.encode(), f"{at}.{body}".encode(), hashlib.sha256).hexdigest()

    def is_refused() -> bool:
        try:
            return verified(body.encode(), f"t={at},v1={signed}")["id"] != "evt_1"
        except ValueError:
            return True

    return is_refused
