"""A payment and a decision of staff take their locks in the same order, and a receiver's fault undoes the change."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from payments import deposits
from payments.models import Deposit
from payments.providers.stripe import objects
from payments.signals import payment_changed
from tests.bookings.availability.times import at
from tests.factories import ReservationFactory, ServiceFactory
from tests.payments.conftest import STAFF, ask, asked, fresh, settle

pytestmark = pytest.mark.django_db(transaction=True)


def locked(queries) -> list[str]:
    """The tables whose rows were locked, in order."""
    found = [re.search(r'FROM "(\w+)".* FOR (?:NO KEY )?UPDATE', query["sql"], re.DOTALL) for query in queries]
    return [match[1] for match in found if match]


def test_what_it_is_for_is_locked_before_the_deposit(stripe):
    visit = ReservationFactory(service=ServiceFactory(), start=at("2027-01-05 12:00"))
    row = asked(business=visit.business, subject="reservation", subject_id=visit.pk)
    stripe.deliver = None
    stripe.pay(row.session_id)
    with CaptureQueriesContext(connection) as queries:
        deposits.settle(row.pk, objects.session(stripe.sessions[row.session_id]), by=STAFF)
    assert locked(queries)[:2] == ["conversations_conversation", "payments_deposit"]
    assert fresh(row).status == "paid"


def test_what_a_receiver_raises_undoes_the_change_and_it_is_tried_again(stripe):
    row = asked()

    def refuse(**_):
        raise RuntimeError("the app above has a fault")

    payment_changed.connect(refuse)
    stripe.pay(row.session_id)
    settle()
    assert fresh(row).status == "open"
    payment_changed.disconnect(refuse)
    Deposit.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    settle()
    assert fresh(row).status == "paid"


def test_money_for_a_thing_that_is_gone_is_taken_in_all_the_same(stripe):
    row = asked(subject="reservation", subject_id=987654)
    stripe.pay(row.session_id)
    settle()
    assert fresh(row).status == "paid"


def test_request_inside_a_transaction_that_fails_leaves_nothing(stripe):
    from django.db import transaction

    with pytest.raises(RuntimeError), transaction.atomic():
        ask()
        raise RuntimeError
    assert Deposit.objects.count() == 0
    assert stripe.asked == []
