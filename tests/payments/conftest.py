"""A deposit, the sandbox or Stripe's stand-in behind it, and all that is due done at once."""

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from bots.staff.actors import Actor
from payments import deposits, sweeps
from payments.models import Deposit, PaymentEvent, ProviderState, Refund
from payments.signals import payment_changed
from tests.factories import BusinessFactory
from tests.standins.stripe import KEY, SECRET, Stripe

STAFF = Actor("Anna", "admin")
WEBHOOK = "/webhooks/stripe/"


@pytest.fixture
def stripe(settings):
    """Stripe, whose events arrive at once."""
    with Stripe() as stripe:
        settings.STRIPE_API_URL, settings.STRIPE_SECRET_KEY = stripe.url, KEY
        settings.STRIPE_WEBHOOK_SECRET, settings.PAYMENTS_PROVIDER = SECRET, "stripe"
        client = Client()

        def deliver(body, headers):
            return client.post(WEBHOOK, body, content_type="application/json", headers=headers)

        stripe.deliver = deliver
        yield stripe


@pytest.fixture
def heard():
    """What was told of deposits: (change, status, late)."""
    found = []

    def hear(deposit, change, **_):
        found.append((change, str(deposit.status), deposit.late))

    payment_changed.connect(hear)
    yield found
    payment_changed.disconnect(hear)


def ask(**fields) -> Deposit:
    """A deposit that is asked for."""
    subject_id = Deposit.objects.count() + 1
    wanted = {
        "business": fields.pop("business", None) or BusinessFactory(),
        "subject": "lead",
        "subject_id": subject_id,
        "title": "Deposit: tattoo, 3 December",
        "amount": 15000,
        "currency": "PLN",
        "language": "pl",
        "expires_at": timezone.now() + timedelta(hours=2),
        "by": STAFF,
    }
    return deposits.request(**wanted | fields)


def asked(**fields) -> Deposit:
    """A deposit whose page is open."""
    row = ask(**fields)
    settle()
    row.refresh_from_db()
    assert row.status == "open", (row.status, row.trouble, row.reason)
    return row


def settle(*, wait: bool = True) -> None:
    """All that is due; with `wait`, also what waits for its next try after a failure."""
    for _ in range(20):
        if wait:
            now = timezone.now()
            Deposit.objects.filter(failures__gt=0).exclude(due_at=None).update(due_at=now)
            Refund.objects.filter(failures__gt=0).exclude(due_at=None).update(due_at=now)
            ProviderState.objects.update(try_at=None)
        if not sweeps.drain():
            return
    raise AssertionError(f"still due: {list(Deposit.objects.values())}")


def now_is_over(row: Deposit, *, by: timedelta = timedelta(seconds=1)) -> None:
    """As if the time to pay had passed."""
    past = timezone.now() - by
    Deposit.objects.filter(pk=row.pk).update(expires_at=past, due_at=past)


def fresh(row: Deposit) -> Deposit:
    return Deposit.objects.get(pk=row.pk)


def outcomes() -> list[tuple[str, str]]:
    return list(PaymentEvent.objects.order_by("pk").values_list("type", "outcome"))
