"""The payer's pages: the sandbox's buttons, the way to Stripe and back, and what they do not tell or prove."""

import pytest
from django.test import Client

from payments import deposits
from payments.models import Deposit
from tests.payments.conftest import STAFF, ask, asked, fresh, now_is_over, settle

pytestmark = pytest.mark.django_db(transaction=True)


def page(row, tail="", **query):
    return Client().get(f"/pay/{row.token}/{tail}", query)


def press(row, button):
    return Client().post(f"/pay/{row.token}/", {"button": button}, follow=True)


def test_without_a_key_the_sandbox_takes_the_deposit(heard):
    row = asked()
    assert row.provider == "sandbox"
    shown = page(row)
    assert shown.status_code == 200
    assert "150 zł" in shown.content.decode()
    assert "Deposit: tattoo, 3 December" in shown.content.decode()
    press(row, "pay")
    assert fresh(row).status == "paid"
    assert heard == [("opened", "open", False), ("paid", "paid", False)]


@pytest.mark.parametrize(("button", "status"), [("fail", "failed"), ("expire", "expired")])
def test_other_buttons_of_the_sandbox(button, status, heard):
    row = asked()
    assert press(row, button).status_code == 200
    assert fresh(row).status == status
    press(row, "pay")
    assert fresh(row).status == status
    assert heard[-1][0] == status


def test_sandbox_refunds_too():
    from payments import refunds

    row = asked()
    press(row, "pay")
    refunds.refund(row.pk, by=STAFF, amount=5000)
    settle()
    assert fresh(row).refunded_amount == 5000


def test_unknown_button_and_looking_change_nothing():
    row = asked()
    press(row, "steal")
    page(row)
    page(row, "done/")
    Client().head(f"/pay/{row.token}/")
    assert fresh(row).status == "open"


def test_button_works_in_a_browser_which_names_no_origin_on_a_page_without_referrers():
    row = asked()
    browser = Client(enforce_csrf_checks=True)
    assert b"csrf" not in browser.get(f"/pay/{row.token}/").content
    browser.post(f"/pay/{row.token}/", {"button": "pay"}, headers={"Origin": "null"})
    assert fresh(row).status == "paid"


def test_sandbox_does_not_play_in_production(settings):
    row = asked()
    settings.IN_PRODUCTION = True
    press(row, "pay")
    assert fresh(row).status == "open"
    assert b'name="button"' not in page(row).content


def test_link_leads_on_to_stripe_and_pays_nothing_here(stripe):
    row = asked()
    answer = page(row)
    assert (answer.status_code, answer["Location"]) == (302, row.session_url)
    assert answer["Cache-Control"] == "no-store"
    press(row, "pay")
    assert fresh(row).status == "open"


def test_coming_back_proves_nothing_but_is_asked_about_at_once(stripe):
    row = asked()
    stripe.deliver = None
    assert "Refresh" in page(row, "done/")
    settle()
    assert fresh(row).status == "open"
    stripe.pay(row.session_id)
    Deposit.objects.update(asked_at=None)
    page(row, "done/")
    settle()
    assert fresh(row).status == "paid"
    assert "Refresh" not in page(row, "done/")


def test_page_that_waits_stops_looking_after_a_minute(stripe):
    row = asked()
    assert "Refresh" not in page(row, "done/", n="20")
    assert "Refresh" not in page(row, "done/", n="x" * 50)
    assert "Refresh" not in page(row, "done/", back="1")


def test_provider_is_not_asked_more_often_than_every_ten_seconds(stripe):
    row = asked()
    Deposit.objects.update(asked_at=None)
    for _ in range(5):
        page(row, "done/")
        settle()
    assert [method for method, _, _ in stripe.asked].count("GET") == 1


def test_every_state_has_a_page_that_nobody_keeps(stripe):
    row = ask()
    for status in Deposit.Status.values:
        Deposit.objects.filter(pk=row.pk).update(status=status, paid_at="2026-01-01T00:00Z")
        answer = page(row, "done/")
        assert answer.status_code == 200
        assert answer["Referrer-Policy"] == "no-referrer"
        assert answer["Cache-Control"] == "no-store"
        assert "frame-ancestors 'none'" in answer["Content-Security-Policy"]


def test_page_over_its_time_does_not_lead_to_stripe_once_it_is_closed(stripe):
    row = asked()
    now_is_over(row)
    settle()
    assert page(row).status_code == 200
    gone = ask()
    deposits.withdraw(gone.pk, by=STAFF)
    assert page(gone).status_code == 200


@pytest.mark.parametrize("token", ["x", "a" * 22, "a" * 200, "%00", "..", "é"])
def test_guessed_addresses_are_not_found(token):
    assert Client().get(f"/pay/{token}/").status_code == 404
    assert Client().get(f"/pay/{token}/done/").status_code == 404


def test_title_is_text_and_not_html():
    row = asked(title="<script>alert(1)</script>")
    assert b"<script>alert" not in page(row).content
