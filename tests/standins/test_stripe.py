"""The stand-in refuses what Stripe refuses, as contracts/STRIPE.md has it."""

import time

import pytest
import stripe as sdk

from tests.standins.stripe import KEY, Stripe


@pytest.fixture
def server():
    with Stripe() as server:
        yield server


@pytest.fixture
def api(server):
    return sdk.StripeClient(KEY, base_addresses={"api": server.url}).v1


def page(**change):
    line = {"quantity": 1, "price_data": {"currency": "pln", "unit_amount": 1500, "product_data": {"name": "Deposit"}}}
    return {
        "mode": "payment",
        "line_items": [line],
        "success_url": "https://x.example/",
        "client_reference_id": "r",
    } | change


def test_a_session_as_stripe_makes_it(api):
    made = api.checkout.sessions.create(page())
    assert (made.status, made.payment_status, made.amount_total, made.payment_intent) == ("open", "unpaid", 1500, None)


@pytest.mark.parametrize(
    "change",
    [
        {"payment_method_types": ["card"]},
        {"expires_at": int(time.time()) + 60},
        {"expires_at": int(time.time()) + 25 * 3600},
        {"mode": "setup"},
        {"customer_email": ""},
        {"locale": "uk"},
        {"ui_mode": "hosted"},
        {"metadata": {"k" * 41: "v"}},
        {"nonsense": "1"},
        {"success_url": ""},
    ],
)
def test_what_is_refused(api, change):
    with pytest.raises(sdk.InvalidRequestError) as refused:
        api.checkout.sessions.create(page(**change))
    assert refused.value.http_status == 400


def test_key_with_other_contents_is_an_error_and_with_the_same_the_same_session(api):
    first = api.checkout.sessions.create(page(), {"idempotency_key": "k"})
    assert api.checkout.sessions.create(page(), {"idempotency_key": "k"}).id == first.id
    with pytest.raises(sdk.IdempotencyError):
        api.checkout.sessions.create(page(client_reference_id="other"), {"idempotency_key": "k"})


def test_failure_is_kept_under_its_key_and_a_refusal_is_not(server, api):
    server.harm("500")
    for _ in range(2):
        with pytest.raises(sdk.APIError):
            api.checkout.sessions.create(page(), {"idempotency_key": "k"})
    with pytest.raises(sdk.InvalidRequestError):
        api.checkout.sessions.create(page(nonsense="1"), {"idempotency_key": "other"})
    assert api.checkout.sessions.create(page(), {"idempotency_key": "third"}).id


def test_only_an_open_session_expires(server, api):
    made = api.checkout.sessions.create(page())
    server.pay(made.id)
    with pytest.raises(sdk.InvalidRequestError, match="Only Checkout Sessions"):
        api.checkout.sessions.expire(made.id)


def test_refunds_end_at_what_was_paid(server, api):
    made = api.checkout.sessions.create(page())
    with pytest.raises(sdk.InvalidRequestError):
        api.refunds.create({"payment_intent": "pi_unknown"})
    server.pay(made.id)
    intent = api.checkout.sessions.retrieve(made.id).payment_intent
    api.refunds.create({"payment_intent": intent, "amount": 1000})
    with pytest.raises(sdk.InvalidRequestError, match="greater than"):
        api.refunds.create({"payment_intent": intent, "amount": 501})
    api.refunds.create({"payment_intent": intent})
    with pytest.raises(sdk.InvalidRequestError, match="already been refunded"):
        api.refunds.create({"payment_intent": intent})


def test_strangers_and_old_versions_are_refused(server):
    with pytest.raises(sdk.AuthenticationError):
        sdk.StripeClient("sk_test_other", base_addresses={"api": server.url}).v1.refunds.list()
    old = sdk.StripeClient(KEY, base_addresses={"api": server.url}, stripe_version="2017-08-15")
    with pytest.raises(sdk.InvalidRequestError):
        old.v1.refunds.list()


def test_events_are_signed_as_the_library_reads_them(server, api):
    made = api.checkout.sessions.create(page())
    body, headers = server.signed(server.pay(made.id))
    client = sdk.StripeClient(KEY)
    event = client.construct_event(body, headers["Stripe-Signature"], server.secret, tolerance=300)
    assert event.data.object.payment_status == "paid"
