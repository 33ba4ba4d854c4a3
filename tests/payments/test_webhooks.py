"""What Stripe tells us: signed or refused, each event once, in any order, and never more than fits."""

import itertools
import json
import logging
import random

import pytest
from django.test import Client
from django.utils import timezone

from payments import deposits, events
from payments.models import Deposit, PaymentEvent, ProviderState
from tests.payments.conftest import STAFF, WEBHOOK, asked, fresh, now_is_over, outcomes, settle
from tests.standins.stripe import SECRET

pytestmark = pytest.mark.django_db(transaction=True)


def post(body, headers=None, **extra):
    return Client().post(WEBHOOK, body, content_type="application/json", headers=headers or {}, **extra)


@pytest.fixture
def paid_event(stripe):
    """A deposit, and the event that would pay it, not delivered yet."""
    row = asked()
    stripe.deliver, deliver = None, stripe.deliver
    event = stripe.pay(row.session_id)
    stripe.deliver = deliver
    return row, event


def test_payment_is_told_and_taken_once(stripe, heard):
    row = asked()
    stripe.pay(row.session_id)
    settle()
    assert fresh(row).status == "paid"
    assert fresh(row).due_at is None
    assert heard == [("opened", "open", False), ("paid", "paid", False)]
    assert outcomes() == [("checkout.session.completed", "paid")]


def test_same_event_many_times_is_one_row_and_one_effect(stripe, paid_event, heard):
    _row, event = paid_event
    answers = [stripe.bring(event).status_code for _ in range(5)]
    settle()
    assert answers == [200] * 5
    assert PaymentEvent.objects.count() == 1
    assert [change for change, *_ in heard] == ["opened", "paid"] or heard == [("paid", "paid", False)]


@pytest.mark.parametrize("forgery", ["none", "empty", "other secret", "old", "v0", "changed", "blank", "garbage"])
def test_forged_event_is_refused_and_nothing_is_kept(stripe, paid_event, forgery):
    row, event = paid_event
    body, headers = stripe.signed(event)
    header = headers["Stripe-Signature"]
    match forgery:
        case "none":
            headers = {}
        case "empty":
            headers["Stripe-Signature"] = ""
        case "other secret":
            body, headers = stripe.signed(event, secret="whsec_of_somebody")
        case "old":
            body, headers = stripe.signed(event, age=360)
        case "v0":
            headers["Stripe-Signature"] = header.replace("v1=", "v0=")
        case "changed":
            body = body.replace(b"15000", b"15")
        case "blank":
            headers["Stripe-Signature"] = "t=,v1="
        case "garbage":
            headers["Stripe-Signature"] = "t=x,v1=é,=,,"
    assert post(body, headers).status_code == 400
    assert PaymentEvent.objects.count() == 0
    settle()
    assert fresh(row).status == "open"


def test_one_good_signature_of_several_is_enough_while_a_secret_is_changed(stripe, paid_event, settings):
    _row, event = paid_event
    body, headers = stripe.signed(event)
    _, old = stripe.signed(event, secret="whsec_old")
    both = headers["Stripe-Signature"] + "," + old["Stripe-Signature"].partition(",")[2]
    assert post(body, {"Stripe-Signature": both}).status_code == 200
    settings.STRIPE_WEBHOOK_SECRET = f"whsec_new {SECRET}"
    assert stripe.bring(stripe.event("customer.created", {"id": "cus_1"})).status_code == 200


def test_without_a_secret_nothing_is_believed(stripe, paid_event, settings):
    _, event = paid_event
    settings.STRIPE_WEBHOOK_SECRET = ""
    body, headers = stripe.signed(event, secret="")
    assert post(body, headers).status_code == 400
    assert PaymentEvent.objects.count() == 0


@pytest.mark.parametrize(
    "body", ["", "x", "[]", "null", "{}", '{"object":"v2.core.event","id":"e"}', '{"id":1,"object":"event"}']
)
def test_signed_nonsense_is_refused(stripe, body):
    import stripe as sdk

    header = sdk.WebhookSignature.generate_signature_header(body, SECRET)
    assert post(body, {"Stripe-Signature": header}).status_code == 400
    assert PaymentEvent.objects.count() == 0


def test_letter_box_takes_posts_of_a_sane_size_only(stripe, settings):
    assert Client().get(WEBHOOK).status_code == 405
    assert post(b"x" * 1_100_000, {"Stripe-Signature": "t=1,v1=x"}).status_code == 413


def test_nul_and_half_pairs_and_endless_numbers_do_not_break_it(stripe):
    event = stripe.event("customer.created", {"id": "cus_1", "name": "a\x00b\ud800", "n": 1e308})
    assert stripe.bring(event).status_code == 200
    settle()
    assert outcomes() == [("customer.created", "of no meaning to us")]


# --- what must fit ---------------------------------------------------------------------------------------------------

MISFITS = {
    "amount": {"amount_total": 100},
    "currency": {"currency": "jpy"},
    "reference": {"client_reference_id": "0" * 32},
    "session": {"id": "cs_of_somebody_else"},
    "livemode": {"livemode": True},
}


@pytest.mark.parametrize("misfit", MISFITS)
def test_money_that_does_not_fit_pays_nothing_and_is_shown(stripe, heard, misfit):
    row = asked()
    stripe.pay(row.session_id, **MISFITS[misfit])
    settle()
    assert fresh(row).status == "open"
    assert "does not fit" in fresh(row).problem
    assert PaymentEvent.objects.get().is_suspicious
    assert Deposit.objects.needing_staff().get() == row
    assert [change for change, *_ in heard] == ["opened"]


def test_event_of_another_account_is_kept_shown_and_not_taken(stripe, paid_event):
    row, event = paid_event
    stripe.bring(event | {"account": "acct_other"})
    settle()
    assert fresh(row).status == "open"
    kept = PaymentEvent.objects.get()
    assert (kept.is_suspicious, kept.outcome) == (True, "of another account: not taken")


def test_real_money_where_the_key_is_for_tests_is_not_taken(stripe, paid_event):
    row, event = paid_event
    stripe.bring(event | {"livemode": True})
    settle()
    assert fresh(row).status == "open"
    assert PaymentEvent.objects.get().is_suspicious


def test_another_shop_of_the_same_account_is_none_of_our_business(stripe):
    thing = {"id": "cs_shop", "object": "checkout.session", "status": "complete", "payment_status": "paid",
             "amount_total": 5, "currency": "pln", "payment_intent": "pi_shop", "metadata": {}, "client_reference_id": None}  # fmt: skip
    stripe.tell("checkout.session.completed", thing)
    settle()
    kept = PaymentEvent.objects.get()
    assert (kept.is_suspicious, kept.outcome) == (False, "not ours")


def test_unknown_events_are_kept(stripe):
    stripe.tell("invoice.paid", {"id": "in_1"})
    settle()
    assert outcomes() == [("invoice.paid", "of no meaning to us")]


def test_senseless_session_is_kept_and_shown(stripe):
    stripe.tell("checkout.session.completed", {"id": 7, "metadata": "x"})
    settle()
    assert PaymentEvent.objects.get().is_suspicious


def test_other_api_version_warns_and_works(stripe):
    stripe.api_version = "2017-08-15"
    row = asked()
    stripe.pay(row.session_id)
    settle()
    assert fresh(row).status == "paid"
    assert "2017-08-15" in ProviderState.objects.get(pk="stripe").warning


# --- stories ----------------------------------------------------------------------------------------------------------


def test_completed_but_unpaid_keeps_the_place_and_confirms_nothing(stripe, heard):
    row = asked()
    stripe.pay_by_debit(row.session_id)
    now_is_over(row)
    settle()
    assert (fresh(row).status, fresh(row).session_status) == ("open", "processing")
    with pytest.raises(deposits.NotAllowed):
        deposits.expire(row.pk, by=STAFF)
    stripe.debit_arrives(row.session_id)
    settle()
    assert fresh(row).status == "paid"
    assert [change for change, *_ in heard] == ["opened", "paid"]


@pytest.mark.parametrize("by_webhook", [True, False])
def test_debit_that_bounces_fails(stripe, heard, by_webhook):
    row = asked()
    stripe.pay_by_debit(row.session_id)
    settle()
    if not by_webhook:
        stripe.deliver = None
    stripe.debit_fails(row.session_id)
    Deposit.objects.update(due_at=timezone.now())
    settle()
    assert fresh(row).status == "failed"
    assert [change for change, *_ in heard] == ["opened", "failed"]


def test_paid_after_it_was_over_is_late_and_never_lost(stripe, heard, paid_event):
    row, event = paid_event
    deposits.withdraw(row.pk, by=STAFF)
    stripe.bring(event)
    settle()
    late = fresh(row)
    assert (late.status, late.late, late.standing) == ("paid", True, "late")
    assert heard[-1][0] == "paid_late"
    assert Deposit.objects.needing_staff().get() == row
    deposits.keep(row.pk, by=STAFF)
    assert fresh(row).standing == "paid"
    assert heard[-1] == ("paid", "paid", True)
    assert not Deposit.objects.needing_staff().exists()


def test_second_payment_of_one_deposit_is_shown(stripe, heard):
    row = asked()
    stripe.pay(row.session_id)
    settle()
    stripe.tell("checkout.session.completed", stripe.sessions[row.session_id] | {"payment_intent": "pi_second"})
    settle()
    assert "pi_second" in fresh(row).problem
    assert PaymentEvent.objects.filter(is_suspicious=True).count() == 1
    assert [change for change, *_ in heard] == ["opened", "paid"]


def test_refund_before_its_payment_is_known_waits_for_it(stripe, heard):
    row = asked()
    deliver, stripe.deliver = stripe.deliver, None
    paid = stripe.pay(row.session_id)
    intent = stripe.sessions[row.session_id]["payment_intent"]
    stripe.refund_by_hand(intent, 5000)
    given = stripe.undelivered[-1]
    stripe.deliver = deliver
    stripe.bring(given)
    settle()
    assert outcomes() == [("refund.created", "waits until its payment is known")]
    stripe.bring(paid)
    settle()
    PaymentEvent.objects.filter(handled_at=None).update(due_at=timezone.now())
    settle()
    assert (fresh(row).status, fresh(row).refunded_amount, fresh(row).standing) == ("paid", 5000, "partly_refunded")


def test_event_that_cannot_be_handled_does_not_stop_the_others(stripe, monkeypatch):
    row = asked()
    stripe.tell("invoice.paid", {"id": "in_1"})
    stripe.pay(row.session_id)
    poison = PaymentEvent.objects.get(type="invoice.paid").pk
    take = events._take
    monkeypatch.setattr(events, "_take", lambda one: 1 / 0 if one.pk == poison else take(one))
    for _ in range(6):
        PaymentEvent.objects.filter(handled_at=None).update(due_at=timezone.now())
        settle()
    assert fresh(row).status == "paid"
    kept = PaymentEvent.objects.get(pk=poison)
    assert (kept.outcome, kept.is_suspicious) == ("given up: it failed each time", True)


# --- F34: any order, any number ----------------------------------------------------------------------------------------


def story(stripe, row) -> list[dict]:
    """All that Stripe says of one deposit, in order, with what is not about it."""
    deliver, stripe.deliver = stripe.deliver, None
    start = len(stripe.undelivered)
    stripe.pay(row.session_id)
    intent = stripe.sessions[row.session_id]["payment_intent"]
    refund = stripe.refund_by_hand(intent, 4000)
    refund["status"] = "pending"
    stripe.undelivered[-1]["data"]["object"]["status"] = "pending"
    stripe.refund_ends(refund["id"], "succeeded")
    stripe.charge_refunded(intent)
    stripe.dispute(intent)
    stripe.dispute(intent, "under_review", "updated")
    stripe.dispute(intent, "won", "closed")
    stripe.tell("payment_intent.succeeded", {"id": intent})
    foreign = stripe.event("checkout.session.completed", stripe.sessions[row.session_id], account="acct_other")
    stripe.deliver = deliver
    return [*stripe.undelivered[start:], foreign]


def outcome_of(row) -> dict:
    now = fresh(row)
    return {
        "status": now.status,
        "standing": now.standing,
        "late": now.late,
        "refunded": now.refunded_amount,
        "dispute": now.dispute_status,
        "problem": now.problem,
        "refunds": sorted(now.refunds.values_list("amount", "status")),
        "suspicious": PaymentEvent.objects.filter(is_suspicious=True).count(),
    }


def take_in(stripe, told) -> None:
    for event in told:
        assert stripe.bring(event).status_code == 200
        settle()
    for _ in range(3):
        PaymentEvent.objects.filter(handled_at=None).update(due_at=timezone.now())
        settle()


EXPECTED = {
    "status": "paid", "standing": "partly_refunded", "late": False, "refunded": 4000, "dispute": "won", "problem": "",
    "refunds": [(4000, "succeeded")], "suspicious": 1,
}  # fmt: skip


def test_story_in_order(stripe):
    row = asked()
    take_in(stripe, story(stripe, row))
    assert outcome_of(row) == EXPECTED


def shuffled(told, seed) -> list[dict]:
    """Each one to four times, in any order."""
    chance = random.Random(seed)
    many = list(itertools.chain.from_iterable([one] * chance.randint(1, 4) for one in told))
    chance.shuffle(many)
    return many


@pytest.mark.parametrize("seed", range(12))
def test_shuffled_and_repeated_events_end_as_in_order(stripe, seed, heard):
    """F34."""
    row = asked()
    told = story(stripe, row)
    take_in(stripe, shuffled(told, seed))
    assert outcome_of(row) == EXPECTED
    changes = [change for change, *_ in heard]
    assert (changes.count("paid"), changes.count("refunded")) == (1, 1)
    assert PaymentEvent.objects.count() == len(told)


def test_control_without_waiting_for_the_payment_some_end_otherwise(stripe, monkeypatch):
    """F34 without its guard: what comes before the payment it is about is dropped."""
    monkeypatch.setattr(events, "WAITS", [])

    def ends_otherwise(seed) -> bool:
        row = asked()
        take_in(stripe, shuffled(story(stripe, row), seed))
        return {**outcome_of(row), "suspicious": 1} != EXPECTED

    assert any(ends_otherwise(seed) for seed in range(12))


def test_event_does_not_stand_in_the_log(stripe, caplog, monkeypatch):
    """Neither when it is taken nor when that fails."""
    caplog.set_level(logging.DEBUG)
    row = asked()
    with monkeypatch.context() as broken:
        broken.setattr(events, "_take", lambda event: 1 / 0)
        stripe.pay(row.session_id, customer_details={"email": "somebody@example.com", "name": "Somebody"})
        settle()
    PaymentEvent.objects.update(due_at=timezone.now())
    settle()
    assert fresh(row).status == "paid"
    assert "payment event not handled" in caplog.text
    assert "somebody" not in (caplog.text + str([record.__dict__ for record in caplog.records])).lower()
    assert json.dumps(PaymentEvent.objects.get().payload).count("somebody") == 1
