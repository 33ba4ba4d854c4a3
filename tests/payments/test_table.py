"""The way of a deposit: every action in every standing, and the buttons that staff are offered there."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bots.staff.actors import Actor
from bots.staff.decisions import choices_for
from payments import deposits, refunds, settlement
from payments.models import Deposit, Refund
from payments.providers.base import Session, SessionState
from payments.transitions import DEPOSIT
from tests.factories import BusinessFactory
from tests.payments.conftest import STAFF
from tests.transitions import check

pytestmark = pytest.mark.django_db

CLOCK = Actor.clock()
FACTS = {  # what a row says, for what is no status of its own
    "paid": {"payment_intent": "intent"},
    "late": {"late": True, "payment_intent": "intent"},
    "refunding": {"payment_intent": "intent"},
    "partly_refunded": {"refunded_amount": 4000, "payment_intent": "intent"},
    "refunded": {"refunded_amount": 15000, "payment_intent": "intent"},
    "disputed": {"dispute_status": "needs_response", "payment_intent": "intent"},
}


def deposit_in(standing: str) -> Deposit:
    facts = FACTS.get(standing, {})
    row = Deposit.objects.create(
        business=BusinessFactory(), subject="lead", subject_id=1, title="Deposit", amount=15000, currency="PLN",
        language="pl", provider="sandbox", status="paid" if facts else standing, session_id="page", sessions=["page"],
        session_status="open", paid_at=timezone.now() if facts else None,
        expires_at=timezone.now() + timedelta(hours=2), **facts,
    )  # fmt: skip
    if standing == "refunding":
        Refund.objects.create(deposit=row, amount=4000)
    assert row.standing == standing
    return row


def seen(row: Deposit, state: str, session_id: str = "page") -> Session:
    return Session(
        session_id=session_id, state=state, amount=row.amount, currency=row.currency, reference=row.reference.hex,
        payment_intent="intent", url="https://pay.example/",
    )  # fmt: skip


ACTIONS = {
    "withdraw": lambda row: deposits.withdraw(row.pk, by=STAFF),
    "expire": lambda row: deposits.expire(row.pk, by=CLOCK, now=row.expires_at + timedelta(seconds=1)),
    "fail": lambda row: deposits.fail(row.pk, reason="Refused", by=CLOCK),
    "keep": lambda row: deposits.keep(row.pk, by=STAFF),
    "refund": lambda row: refunds.refund(row.pk, by=STAFF),
}
SAID = {  # by a provider, who is never refused: what does not fit changes nothing
    ("open",): lambda row: settlement.opened(row.pk, seen(row, SessionState.OPEN, "new page"), attempt=1, by=CLOCK),
    ("pay", "pay_late"): lambda row: settlement.settle(row.pk, seen(row, SessionState.PAID), by=CLOCK),
    ("fail",): lambda row: settlement.settle(row.pk, seen(row, SessionState.FAILED), by=CLOCK),
    ("expire",): lambda row: settlement.lost(row.pk, by=CLOCK),
}


@pytest.mark.parametrize("name", ACTIONS)
@pytest.mark.parametrize("standing", Deposit.STANDINGS)
def test_only_the_transitions_of_the_table_can_be_taken(name, standing):
    check(DEPOSIT, deposit_in(standing), ACTIONS[name], name)


@pytest.mark.parametrize("names", SAID, ids=lambda names: names[0])
@pytest.mark.parametrize("standing", Deposit.STANDINGS)
def test_what_a_provider_says_moves_it_only_where_the_table_says(names, standing):
    row = deposit_in(standing)
    SAID[names](row)
    to = next((DEPOSIT[name].to for name in names if standing in DEPOSIT[name].start), (standing,))
    assert Deposit.objects.get(pk=row.pk).standing in to


@pytest.mark.parametrize("standing", Deposit.STANDINGS)
def test_no_button_is_offered_where_its_action_is_refused(standing):
    for choice in choices_for("deposit", standing):
        assert standing in DEPOSIT.start("refund" if choice.verb == "refund_part" else choice.verb)
