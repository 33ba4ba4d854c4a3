"""Many at once, with real connections: of paid and expired exactly one wins, and money moves once.

Each race has its control: the same without the lock, where it does go wrong.
"""

import random
import time

import pytest
from django.utils import timezone

from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.subjects import decide_about
from bots.staff.transitions import Transitions
from payments import checkout, deposits, events, refund_sync, refunds
from payments.models import Deposit, PaymentEvent, Refund
from payments.providers.stripe import objects
from tests.bookings.reservations.test_races import at_once, kinds
from tests.payments.conftest import STAFF, ask, asked, fresh, now_is_over, settle

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OTHER = Actor("Maria", "link")
CLOCK = Actor.clock()


def told(row) -> list[str]:
    verbs = Decision.objects.filter(subject="deposit", subject_id=row.pk).order_by("pk")
    return list(verbs.values_list("verb", flat=True))


@pytest.mark.parametrize("seed", range(6))
def test_webhook_and_sweep_settle_one_payment_once(stripe, seed, heard):
    row = asked()
    deliver, stripe.deliver = stripe.deliver, None
    event = stripe.pay(row.session_id)
    stripe.deliver = deliver
    stripe.bring(event)
    Deposit.objects.update(due_at=timezone.now())
    jobs = [lambda: events.handle(PaymentEvent.objects.get().pk), lambda: checkout.see_to(row.pk)] * 4
    random.Random(seed).shuffle(jobs)
    results = at_once(*jobs)
    assert not [one for one in results if isinstance(one, Exception)]
    settle()
    assert fresh(row).status == "paid"
    assert told(row).count("pay") == 1
    assert [change for change, *_ in heard].count("paid") == 1


@pytest.mark.parametrize("seed", range(8))
def test_of_paid_and_expired_exactly_one_wins_and_a_payment_is_never_lost(stripe, seed, heard):
    """F32, the payments' half."""
    row = asked()
    deliver, stripe.deliver = stripe.deliver, None
    stripe.pay(row.session_id)
    stripe.deliver = deliver
    seen = objects.session(stripe.sessions[row.session_id])
    now_is_over(row)
    jobs = [
        lambda: deposits.settle(row.pk, seen, by=STAFF),
        lambda: deposits.expire(row.pk, by=CLOCK),
        lambda: deposits.settle(row.pk, seen, by=STAFF),
        lambda: deposits.expire(row.pk, by=CLOCK),
    ]
    random.Random(seed).shuffle(jobs)
    at_once(*jobs)
    after = fresh(row)
    changes = [change for change, *_ in heard]
    assert after.status == "paid"
    assert after.late == ("expired" in changes)
    assert changes == (["opened", "expired", "paid_late"] if after.late else ["opened", "paid"])


def test_without_the_lock_both_win(stripe, heard, monkeypatch):
    """The control: what the lock of the deposit is for, and the condition of each change behind it."""
    row = asked()
    stripe.deliver = None
    stripe.pay(row.session_id)
    seen = objects.session(stripe.sessions[row.session_id])
    now_is_over(row)

    def unlocked(deposit_id):
        found = Deposit.objects.select_related("business").get(pk=deposit_id)
        time.sleep(0.2)
        return found

    def careless(table, row, **fields):
        Deposit.objects.filter(pk=row.pk).update(**fields)
        Deposit.refresh_from_db(row)

    monkeypatch.setattr(deposits, "lock", unlocked)
    monkeypatch.setattr(Transitions, "update", careless)
    at_once(lambda: deposits.settle(row.pk, seen, by=STAFF), lambda: deposits.expire(row.pk, by=CLOCK))
    assert {"paid", "expired"} <= {change for change, *_ in heard}


def test_two_staff_give_it_back_once(stripe, heard):
    row = asked()
    stripe.pay(row.session_id)
    settle()
    jobs = [
        lambda: decide_about("deposit", "refund", row.pk, from_status="paid", by=STAFF),
        lambda: decide_about("deposit", "refund", row.pk, from_status="paid", by=OTHER),
    ] * 5
    results = at_once(*jobs)
    assert kinds(results) == {"Choice": 1, "AlreadyDecided": 9}
    settle()
    assert [one["amount"] for one in stripe.refunds.values()] == [15000]
    assert fresh(row).standing == "refunded"


def test_two_workers_send_one_refund_once(stripe):
    row = asked()
    stripe.pay(row.session_id)
    settle()
    made = refunds.refund(row.pk, by=STAFF)
    at_once(*[lambda: refund_sync.see_to(made.pk)] * 6)
    settle()
    assert len(stripe.refunds) == 1
    assert Refund.objects.get().status == "succeeded"


def test_two_workers_make_one_page(stripe, heard):
    row = ask()
    at_once(*[lambda: checkout.see_to(row.pk)] * 6)
    assert len(stripe.sessions) == 1
    assert [change for change, *_ in heard] == ["opened"]


def test_twenty_requests_for_one_thing_make_one_deposit(stripe):
    business = asked().business
    results = at_once(*[lambda: ask(business=business, subject_id=77)] * 20)
    assert kinds(results) == {"Deposit": 1, "NotAllowed": 19}


def test_one_event_at_twenty_doors_is_one_row(stripe, heard):
    row = asked()
    deliver, stripe.deliver = stripe.deliver, None
    event = stripe.pay(row.session_id)
    stripe.deliver = deliver
    results = at_once(*[lambda: stripe.bring(event).status_code] * 20)
    assert set(results) == {200}
    settle()
    assert PaymentEvent.objects.count() == 1
    assert [change for change, *_ in heard].count("paid") == 1


def test_taken_back_and_paid_at_once_ends_paid_late_or_not_taken_back(stripe, heard):
    row = asked()
    deliver, stripe.deliver = stripe.deliver, None
    stripe.pay(row.session_id)
    stripe.deliver = deliver
    seen = objects.session(stripe.sessions[row.session_id])
    _first, second = at_once(
        lambda: deposits.settle(row.pk, seen, by=STAFF), lambda: deposits.withdraw(row.pk, by=STAFF)
    )
    assert fresh(row).status == "paid"
    assert fresh(row).late == (type(second).__name__ == "Deposit")
