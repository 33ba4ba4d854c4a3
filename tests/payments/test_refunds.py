"""Money that goes back: full, in part, by hand at the provider, failed days later, and by two at once."""

import pytest
from django.utils import timezone

from bots.models import Decision
from bots.staff.decisions import AlreadyDecided, NotAllowed
from bots.staff.subjects import decide_about
from payments import deposits, refunds
from payments.models import Deposit, Refund
from tests.payments.conftest import STAFF, asked, fresh, settle

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def paid(stripe, heard):
    row = asked()
    stripe.pay(row.session_id)
    settle()
    heard.clear()
    return fresh(row)


def test_all_of_it_goes_back_once(stripe, paid, heard):
    refunds.refund(paid.pk, by=STAFF)
    settle()
    row = fresh(paid)
    assert (row.standing, row.refunded_amount, row.status) == ("refunded", 15000, "paid")
    assert [one["amount"] for one in stripe.refunds.values()] == [15000]
    assert heard == [("refunded", "paid", False)]
    with pytest.raises(AlreadyDecided):
        refunds.refund(paid.pk, by=STAFF)


def test_parts_may_go_back_up_to_what_was_paid(stripe, paid):
    refunds.refund(paid.pk, by=STAFF, amount=10000)
    settle()
    with pytest.raises(NotAllowed, match="50 zł"):
        refunds.refund(paid.pk, by=STAFF, amount=5001)
    refunds.refund(paid.pk, by=STAFF, amount=5000)
    settle()
    assert fresh(paid).standing == "refunded"


def test_while_one_is_under_way_another_is_refused(stripe, paid):
    refunds.refund(paid.pk, by=STAFF, amount=100)
    with pytest.raises(AlreadyDecided, match="Anna"):
        refunds.refund(paid.pk, by=STAFF, amount=100)


@pytest.mark.parametrize("harm", ["500", "409", "429", "lost", "garbage", "401", "503"])
def test_whatever_breaks_it_goes_back_once(stripe, paid, heard, harm):
    stripe.harm(harm, times=2, path="/v1/refunds", method="POST")
    refunds.refund(paid.pk, by=STAFF, amount=7000)
    settle()
    assert [one["amount"] for one in stripe.refunds.values()] == [7000]
    assert fresh(paid).refunded_amount == 7000
    assert heard == [("refunded", "paid", False)]


def test_pending_refund_is_asked_about_until_the_bank_has_it(stripe, paid, heard):
    stripe.refund_status = "pending"
    refunds.refund(paid.pk, by=STAFF)
    settle()
    assert fresh(paid).standing == "refunding"
    assert heard == []
    stripe.deliver = None
    stripe.refund_ends(next(iter(stripe.refunds)), "succeeded")
    Refund.objects.update(due_at=timezone.now())
    settle()
    assert fresh(paid).standing == "refunded"
    assert heard == [("refunded", "paid", False)]


def test_refund_that_fails_days_later_is_shown_to_staff(stripe, paid, heard):
    refunds.refund(paid.pk, by=STAFF)
    settle()
    stripe.refund_ends(next(iter(stripe.refunds)), "failed", "lost_or_stolen_card")
    settle()
    row = fresh(paid)
    assert (row.standing, row.refunded_amount) == ("paid", 0)
    assert "lost or stolen card" in row.problem
    assert Deposit.objects.needing_staff().get() == row
    deposits.dismiss(row.pk, by=STAFF)
    assert fresh(row).problem == ""


def test_what_was_given_back_at_stripe_is_noticed(stripe, paid, heard):
    intent = paid.payment_intent
    stripe.refund_by_hand(intent, 3000)
    settle()
    assert fresh(paid).refunded_amount == 3000
    assert Refund.objects.get().by_name == ""


def test_slow_refund_made_at_stripe_is_asked_about_too(stripe, paid):
    stripe.refund_status = "pending"
    made = stripe.refund_by_hand(paid.payment_intent, 3000)
    settle()
    assert fresh(paid).standing == "refunding"
    stripe.deliver = None
    stripe.refund_ends(made["id"], "succeeded")
    Refund.objects.update(due_at=timezone.now())
    settle()
    assert (fresh(paid).refunded_amount, fresh(paid).standing) == (3000, "partly_refunded")


def test_key_that_is_gone_stops_nothing_for_good(stripe, paid, settings):
    settings.STRIPE_SECRET_KEY = ""
    refunds.refund(paid.pk, by=STAFF)
    settle(wait=False)
    assert fresh(paid).standing == "refunding"
    settings.STRIPE_SECRET_KEY = stripe.key
    settle()
    assert fresh(paid).standing == "refunded"


def test_only_told_that_something_went_back_we_ask_what(stripe, paid):
    deliver, stripe.deliver = stripe.deliver, None
    stripe.refund_by_hand(paid.payment_intent, 3000)
    stripe.deliver = deliver
    stripe.charge_refunded(paid.payment_intent)
    settle()
    assert fresh(paid).refunded_amount == 3000
    assert fresh(paid).due_at is None


def test_given_back_there_already_it_is_not_given_back_again(stripe, paid):
    deliver, stripe.deliver = stripe.deliver, None
    stripe.refund_by_hand(paid.payment_intent, 15000)
    stripe.deliver = deliver
    refunds.refund(paid.pk, by=STAFF)
    settle()
    row = fresh(paid)
    assert (row.refunded_amount, row.standing) == (15000, "refunded")
    assert sorted(Refund.objects.values_list("status", flat=True)) == ["failed", "succeeded"]


def test_dispute_is_told_and_its_end_too(stripe, paid, heard):
    stripe.dispute(paid.payment_intent)
    settle()
    assert (fresh(paid).standing, fresh(paid).dispute_reason) == ("disputed", "fraudulent")
    stripe.dispute(paid.payment_intent, "lost", "closed")
    settle()
    assert fresh(paid).standing == "disputed"
    assert [change for change, *_ in heard] == ["disputed", "disputed"]
    with pytest.raises(AlreadyDecided):
        refunds.refund(paid.pk, by=STAFF)


def test_decision_made_on_an_old_page_does_nothing(stripe, paid):
    decide_about("deposit", "refund_part", paid.pk, from_status="paid", by=STAFF, answers={"amount": 1000})
    settle()
    with pytest.raises(AlreadyDecided):
        decide_about("deposit", "refund", paid.pk, from_status="paid", by=STAFF)
    assert Refund.objects.count() == 1


def test_everything_stands_in_the_record(stripe, paid):
    refunds.refund(paid.pk, by=STAFF, reason="The artist is ill")
    settle()
    story = Decision.objects.filter(subject="deposit", subject_id=paid.pk).order_by("pk")
    assert list(story.values_list("verb", "from_status", "to_status", "by_name")) == [
        ("request", "requested", "requested", "Anna"),
        ("open", "requested", "open", "Stripe"),
        ("pay", "open", "paid", "Stripe"),
        ("refund", "paid", "refunding", "Anna"),
        ("refunded", "refunding", "refunded", "Stripe"),
    ]
