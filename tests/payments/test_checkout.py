"""The job to Stripe: makes the page, asks, closes; whatever breaks on the way, the same end."""

from datetime import timedelta

import pytest
from django.utils import timezone

from payments import checkout, claims, deposits
from payments.models import Deposit, ProviderState
from payments.providers.stripe import provider
from tests.payments.conftest import STAFF, ask, asked, fresh, now_is_over, settle
from tests.standins.stripe import LEAST

pytestmark = pytest.mark.django_db(transaction=True)


def sessions(stripe):
    return list(stripe.sessions.values())


def test_page_is_made_with_everything_that_proves_whose_it_is(stripe, heard):
    row = asked()
    (session,) = sessions(stripe)
    assert (session["amount_total"], session["currency"], session["status"]) == (15000, "pln", "open")
    assert session["client_reference_id"] == row.reference.hex
    assert session["metadata"] == session["_intent_metadata"]
    assert session["metadata"]["frontdesk_deposit"] == row.reference.hex
    assert session["expires_at"] == int(row.expires_at.timestamp())
    assert (row.session_id, row.livemode, row.session_url) == (session["id"], False, session["url"])
    assert row.url.endswith(f"/pay/{row.token}/")
    assert heard == [("opened", "open", False)]
    _, _, form = stripe.asked[0]
    assert "payment_method_types" not in form


def test_link_is_empty_until_the_page_is_there(stripe):
    row = ask()
    assert (row.status, row.url) == ("requested", "")


@pytest.mark.parametrize(("hours", "least", "most"), [(0.1, 30, 32), (48, 23 * 60, 24 * 60), (3, 179, 181)])
def test_session_lives_as_long_as_stripe_lets_it(stripe, hours, least, most):
    row = asked(expires_at=timezone.now() + timedelta(hours=hours))
    left = (row.session_expires_at - timezone.now()).total_seconds() / 60
    assert least <= left <= most


@pytest.mark.parametrize("harm", ["409", "429", "slow", "garbage", "lost"])
def test_whatever_breaks_one_page_is_made(stripe, harm, heard, settings):
    stripe.harm(harm, times=2)
    row = asked()
    assert len(sessions(stripe)) == 1
    assert row.attempt == 1
    assert heard == [("opened", "open", False)]


def test_stripe_that_does_not_answer_in_time_is_asked_again_with_the_same_key(stripe, monkeypatch):
    monkeypatch.setattr(provider, "SECONDS", (3, 0.3))
    stripe.harm("slow", times=2)
    row = ask()
    checkout.see_to(row.pk)
    assert (fresh(row).status, fresh(row).trouble) == ("requested", "Stripe did not answer (APIConnectionError).")
    settle()
    assert (fresh(row).status, fresh(row).attempt) == ("open", 1)
    assert len(sessions(stripe)) == 1


def test_stored_500_is_left_behind_by_another_key_after_looking(stripe, heard):
    stripe.harm("500", method="POST")
    row = asked()
    assert len(sessions(stripe)) == 1
    assert row.attempt == 2
    paths = [(method, path) for method, path, _ in stripe.asked]
    assert ("GET", "/v1/checkout/sessions") in paths
    assert heard == [("opened", "open", False)]


def test_page_whose_answer_was_lost_is_found_again_when_its_key_is_spent(stripe):
    """Made at Stripe, then answered 500 for ever: the session that is there is taken, not a second one made."""
    stripe.harm("lost", times=2)
    row = ask()
    checkout.see_to(row.pk)
    Deposit.objects.filter(pk=row.pk).update(must_look=True)
    settle()
    assert fresh(row).session_id == sessions(stripe)[0]["id"]
    assert len(sessions(stripe)) == 1


def test_address_that_changed_between_two_tries_makes_no_second_page(stripe, settings):
    stripe.harm("lost", times=2)
    row = ask()
    checkout.see_to(row.pk)
    settings.PUBLIC_URL = "https://elsewhere.example"
    settle()
    assert len(sessions(stripe)) == 1
    assert fresh(row).status == "open"
    assert any("same parameters" in words for _, _, words in stripe.refused)


def test_expires_at_does_not_change_between_tries(stripe):
    stripe.harm("lost", times=2)
    row = ask(expires_at=timezone.now() + timedelta(hours=30))
    checkout.see_to(row.pk)
    first = fresh(row).session_expires_at
    settle()
    assert fresh(row).session_expires_at == first


def test_time_that_became_too_short_for_stripe_is_planned_anew(stripe):
    row = ask(expires_at=timezone.now() + timedelta(minutes=40))
    Deposit.objects.filter(pk=row.pk).update(session_expires_at=timezone.now() + timedelta(minutes=10))
    settle()
    assert fresh(row).status == "open"
    assert fresh(row).attempt == 2


@pytest.mark.parametrize(("harm", "words"), [("401", "STRIPE_SECRET_KEY"), ("403", "restricted")])
def test_stripe_that_shuts_us_out_is_left_alone_and_told_to_staff(stripe, harm, words):
    stripe.harm(harm, times=99)
    first, second = ask(), ask()
    settle(wait=False)
    state = ProviderState.objects.get(pk="stripe")
    assert words in state.paused_reason
    assert state.paused_at is not None
    assert len(stripe.asked) == 1 if harm == "401" else len(stripe.asked) <= 2
    stripe.harms.clear()
    settle()
    assert fresh(first).status == fresh(second).status == "open"
    assert ProviderState.objects.get(pk="stripe").paused_at is None


def test_slowed_down_provider_rests_as_long_as_it_says(stripe):
    stripe.harm("429")
    row, other = ask(), ask()
    settle(wait=False)
    assert len(stripe.asked) == 1
    assert fresh(row).status == fresh(other).status == "requested"
    rest = ProviderState.objects.get(pk="stripe").try_at - timezone.now()
    assert rest > timedelta(seconds=20)


def test_reason_of_a_refusal_is_kept_for_staff(stripe, heard, monkeypatch):
    monkeypatch.setitem(LEAST, "pln", 20000)
    row = ask()
    settle()
    assert fresh(row).status == "failed"
    assert "50 cents" in fresh(row).failure
    assert heard == [("failed", "failed", False)]


def test_lost_webhook_is_made_good_by_asking(stripe, heard, settings):
    """F35."""
    row = asked()
    stripe.deliver = None
    stripe.pay(row.session_id)
    assert fresh(row).status == "open"
    settings.PAYMENTS_ASK_SECONDS = 0
    Deposit.objects.update(due_at=timezone.now())
    settle()
    assert fresh(row).status == "paid"
    assert fresh(row).payment_intent
    assert heard == [("opened", "open", False), ("paid", "paid", False)]


def test_control_without_asking_a_lost_webhook_leaves_it_open(stripe, heard):
    """F35 without its guard."""
    row = asked()
    stripe.deliver = None
    stripe.pay(row.session_id)
    settle()
    assert fresh(row).status == "open"
    assert heard == [("opened", "open", False)]


def test_open_page_is_asked_about_every_ten_minutes_and_no_more(stripe, settings):
    row = asked()
    assert settings.PAYMENTS_ASK_SECONDS == 600
    wait = fresh(row).due_at - timezone.now()
    assert timedelta(seconds=590) < wait <= timedelta(seconds=600)
    Deposit.objects.update(due_at=timezone.now())
    settle()
    assert [method for method, _, _ in stripe.asked] == ["POST", "GET"]
    assert fresh(row).due_at - timezone.now() > timedelta(seconds=590)


def test_overdue_deposit_is_closed_at_stripe_before_its_place_is_free(stripe, heard):
    row = asked()
    now_is_over(row)
    settle()
    assert fresh(row).status == "expired"
    assert sessions(stripe)[0]["status"] == "expired"
    assert heard[-1] == ("expired", "expired", False)


def test_payer_who_was_faster_than_the_clock_has_paid(stripe, heard):
    row = asked()
    stripe.deliver = None
    stripe.pay(row.session_id)
    now_is_over(row)
    settle()
    assert fresh(row).status == "paid"
    assert not fresh(row).late
    assert ("expired", "expired", False) not in heard


def test_place_is_kept_a_while_when_stripe_cannot_say_and_then_freed(stripe, heard):
    row = asked()
    stripe.harm("503", times=99)
    now_is_over(row, by=timedelta(minutes=1))
    settle(wait=False)
    assert fresh(row).status == "open"
    now_is_over(row, by=timedelta(minutes=20))
    checkout.see_to(row.pk)
    assert fresh(row).status == "expired"
    stripe.harms.clear()
    stripe.deliver = None
    stripe.pay(row.session_id)
    settle()
    assert fresh(row).status == "paid"
    assert fresh(row).late
    assert heard[-1] == ("paid_late", "paid", True)


def test_page_that_stripe_ends_after_a_day_is_made_anew_while_there_is_time(stripe, heard):
    row = asked(expires_at=timezone.now() + timedelta(hours=48))
    url = row.url
    stripe.expire(row.session_id)
    settle()
    again = fresh(row)
    assert (again.status, again.attempt, again.url) == ("open", 2, url)
    assert [one["status"] for one in sessions(stripe)] == ["expired", "open"]
    assert again.session_id == sessions(stripe)[1]["id"] != row.session_id
    assert heard == [("opened", "open", False)]
    stripe.pay(again.session_id)
    settle()
    assert fresh(row).status == "paid"


def test_taken_back_request_is_closed_at_stripe(stripe, heard):
    row = asked()
    deposits.withdraw(row.pk, by=STAFF)
    settle()
    assert sessions(stripe)[0]["status"] == "expired"
    assert (fresh(row).status, fresh(row).due_at) == ("withdrawn", None)
    assert heard[-1] == ("withdrawn", "withdrawn", False)


def test_request_taken_back_while_its_page_is_being_made_is_closed_too(stripe):
    row = ask()
    claim = claims.claim(row.pk)
    deposits.withdraw(row.pk, by=STAFF)
    checkout._make(checkout.provider("stripe"), claim.row)
    claims.give_back(claim.row)
    settle()
    assert fresh(row).status == "withdrawn"
    assert sessions(stripe)[0]["status"] == "expired"


def test_errand_that_died_is_taken_over_when_its_lease_is_over(stripe):
    row = ask()
    assert claims.claim(row.pk)
    assert claims.claim(row.pk) is None
    Deposit.objects.update(lease_until=timezone.now())
    settle()
    assert fresh(row).status == "open"
    assert len(sessions(stripe)) == 1
