"""Amounts: which can be paid, how they read, and what staff may type."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bots.staff.decisions import NotAllowed
from payments import checks, money, providers, setup
from payments.models import Deposit
from tests.payments.conftest import ask, asked

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("amount", "currency", "language", "read"),
    [
        (12000, "PLN", "pl", "120 zł"),
        (1550, "PLN", "en", "15.50 zł"),
        (1500, "USD", "en", "US$15"),
        (1550, "EUR", "es", "15,50 €"),
        (1500, "JPY", "en", "JP¥1,500"),
        (1500, "KWD", "en", "KWD1.500"),
        (50000, "UGX", "en", "UGX500"),
        (120050, "UAH", "uk", "1 200,50 ₴"),
    ],
)
def test_amounts_as_people_read_them(amount, currency, language, read):
    assert money.money(amount, currency, language) == read


@pytest.mark.parametrize(
    ("amount", "currency", "word"),
    [
        (0, "PLN", "more than nothing"),
        (-5, "PLN", "more than nothing"),
        (100_000_000, "PLN", "more than can be paid"),
        (199, "PLN", "least"),
        (49, "USD", "least"),
        (1501, "KWD", "last digit"),
        (1550, "ISK", "whole"),
        (1000, "XYZ", "no currency"),
        (1000, "", "no currency"),
    ],
)
def test_what_cannot_be_paid_is_said_before_anybody_is_asked(amount, currency, word):
    assert word in money.problem_of(amount, currency)
    with pytest.raises(NotAllowed, match=word):
        ask(amount=amount, currency=currency)
    assert Deposit.objects.count() == 0


@pytest.mark.parametrize(("amount", "currency"), [(200, "PLN"), (50, "usd"), (500, "JPY"), (1500, "KWD"), (500, "ISK")])
def test_what_can_be_paid(amount, currency):
    assert money.problem_of(amount, currency) == ""
    assert ask(amount=amount, currency=currency).currency == currency.upper()


@pytest.mark.parametrize(
    ("text", "currency", "amount"),
    [
        ("15", "PLN", 1500),
        ("15,50", "PLN", 1550),
        ("1 500.5", "PLN", 150050),
        ("1500", "JPY", 1500),
        ("1.5", "KWD", 1500),
    ],
)
def test_amounts_that_staff_type(text, currency, amount):
    assert money.minor_units(text, currency) == amount


@pytest.mark.parametrize("text", ["", "x", "1,2,3", "15.555", "-1", "1e9", "NaN", "Infinity", "0", "٣"])
def test_amounts_that_are_none(text):
    with pytest.raises(NotAllowed):
        money.minor_units(text, "PLN")


def test_time_that_is_over_and_a_second_request_are_refused():
    with pytest.raises(NotAllowed, match="over"):
        ask(expires_at=timezone.now() - timedelta(seconds=1))
    row = ask()
    with pytest.raises(NotAllowed, match="already"):
        ask(business=row.business, subject_id=row.subject_id)


# --- configuration -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "wrong"),
    [
        ({}, set()),
        ({"IN_PRODUCTION": True}, {"frontdesk.E021"}),
        ({"PAYMENTS_PROVIDER": "paypal"}, {"frontdesk.E020"}),
        ({"PAYMENTS_PROVIDER": "stripe"}, {"frontdesk.E022"}),
        ({"PAYMENTS_PROVIDER": "", "IN_PRODUCTION": True}, set()),
        ({"STRIPE_SECRET_KEY": "pk_test_x", "STRIPE_WEBHOOK_SECRET": "w"}, {"frontdesk.E023"}),
        ({"STRIPE_SECRET_KEY": "sk_test_x"}, {"frontdesk.W024"}),
    ],
)
def test_system_checks(settings, changes, wrong):
    for name, value in changes.items():
        setattr(settings, name, value)
    assert {one.id for one in checks.payment_provider(None)} == wrong


def test_checks_know_every_provider():
    assert set(checks.KNOWN) == set(providers.PROVIDERS)


def test_sandbox_is_never_used_in_production(settings):
    settings.IN_PRODUCTION = True
    with pytest.raises(NotAllowed, match="not set up"):
        ask()
    settings.PAYMENTS_PROVIDER = ""
    with pytest.raises(NotAllowed, match="not set up"):
        ask()


@pytest.mark.django_db(transaction=True)
def test_check_setup_says_what_works(stripe, settings):
    states = [(one.service, one.state) for one in setup.check(None)]
    assert states == [("Stripe", "works"), ("Stripe’s events", "look at it")]
    row = asked()
    stripe.pay(row.session_id)
    assert [one.state for one in setup.check(None)] == ["works", "works"]
    stripe.harm("401")
    assert [one.state for one in setup.check(None)] == ["does not work", "works"]
    settings.STRIPE_WEBHOOK_SECRET = ""
    assert [one.state for one in setup.check(None)] == ["works", "does not work"]
    settings.PAYMENTS_PROVIDER = "sandbox"
    assert [one.state for one in setup.check(None)] == ["not set up"]
    settings.PAYMENTS_PROVIDER = ""
    assert [one.state for one in setup.check(None)] == ["not set up"]
