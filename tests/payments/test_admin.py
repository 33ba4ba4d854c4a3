"""Staff's pages: what needs them stands first, each business sees its own, and buttons call the actions."""

import pytest
from django.contrib.auth import get_user_model
from django.test import Client

from bots.models import Manager, StaffNotice
from bots.staff.roles import front_desk_group
from payments import deposits
from payments.models import Deposit, PaymentEvent, ProviderState
from tests.factories import BusinessFactory
from tests.payments.conftest import STAFF, ask, asked, fresh, settle

pytestmark = pytest.mark.django_db(transaction=True)

LIST = "/admin/payments/deposit/"


def staff_of(*businesses, superuser=False):
    user = get_user_model().objects.create_user(
        f"u{get_user_model().objects.count()}", is_staff=True, is_superuser=superuser
    )
    user.groups.add(front_desk_group())
    for business in businesses:
        business.staff.add(user)
    client = Client()
    client.force_login(user)
    return client


def paid_late(stripe, **fields) -> Deposit:
    row = asked(**fields)
    deliver, stripe.deliver = stripe.deliver, None
    event = stripe.pay(row.session_id)
    stripe.deliver = deliver
    deposits.withdraw(row.pk, by=STAFF)
    stripe.bring(event)
    settle()
    return fresh(row)


def press(client, row, choice, *, shown="", **more):
    data = {"choice": choice, "from_status": shown or row.standing, **more}
    return client.post(f"{LIST}{row.pk}/decide/", data, follow=True).content.decode()


def test_late_payment_cannot_be_missed(stripe):
    late = paid_late(stripe, title="The late one")
    asked(business=late.business, title="A newer one")
    client = staff_of(late.business)
    page = client.get(LIST).content.decode()
    assert page.index("The late one") < page.index("A newer one")
    assert "Paid too late: keep it or give it back" in page
    only = client.get(LIST, {"state": "needs_you"}).content.decode()
    assert "The late one" in only
    assert "A newer one" not in only


@pytest.mark.parametrize("state", ["needs_you", "open", "paid", "late", "refunded", "disputed", "over"])
def test_every_filter_and_page_opens(stripe, state):
    late = paid_late(stripe)
    client = staff_of(late.business)
    assert client.get(LIST, {"state": state}).status_code == 200
    assert client.get(f"{LIST}{late.pk}/change/").status_code == 200


def test_staff_keep_it(stripe, heard):
    late = paid_late(stripe)
    assert "kept" in press(staff_of(late.business), late, "keep")
    assert fresh(late).standing == "paid"
    assert heard[-1] == ("paid", "paid", True)


def test_staff_give_part_of_it_back(stripe):
    late = paid_late(stripe)
    client = staff_of(late.business)
    for text in ("", "x", "-5", "0", "1e3", "999999", "1,001", "٣"):
        press(client, late, "refund_part", amount=text)
        assert fresh(late).standing == "late", text
    press(client, late, "refund_part", amount="50,50")
    settle()
    assert fresh(late).refunded_amount == 5050
    assert fresh(late).standing == "partly_refunded"


def test_button_of_an_old_page_is_told_who_was_first(stripe):
    late = paid_late(stripe)
    client = staff_of(late.business)
    press(client, late, "keep")
    assert "Already decided" in press(client, late, "keep", shown="late")


def test_others_see_nothing_of_it(stripe):
    late = paid_late(stripe)
    client = staff_of(BusinessFactory())
    assert late.title not in client.get(LIST).content.decode()
    assert client.get(f"{LIST}{late.pk}/change/").status_code == 404
    assert client.post(f"{LIST}{late.pk}/decide/", {"choice": "keep", "from_status": "late"}).status_code == 404
    assert fresh(late).standing == "late"


def test_badge_counts_what_needs_a_person(stripe, rf):
    from payments.admin import badge

    late = paid_late(stripe)
    request = rf.get("/")
    request.user = get_user_model().objects.create_user("x", is_staff=True)
    assert badge(request) == ""
    late.business.staff.add(request.user)
    assert badge(request) == "1"
    request.user.is_superuser = True
    ProviderState.objects.create(pk="stripe", paused_at="2026-01-01T00:00Z", paused_reason="Key!")
    assert badge(request) == "2"


def test_provider_that_shuts_us_out_is_told_on_the_list(stripe):
    business = ask().business
    ProviderState.objects.create(pk="stripe", paused_at="2026-01-01T00:00Z", paused_reason="Set the new key.")
    assert "Set the new key." in staff_of(business).get(LIST).content.decode()


def test_suspicious_event_is_shown_until_somebody_has_looked(stripe):
    row = asked()
    stripe.pay(row.session_id, amount_total=1)
    settle()
    client = staff_of(superuser=True)
    events = "/admin/payments/paymentevent/"
    event = PaymentEvent.objects.get()
    assert "Look at it" in client.get(events, {"state": "look"}).content.decode()
    assert client.get(f"{events}{event.pk}/change/").status_code == 200
    client.post(events, {"action": "mark_seen", "_selected_action": [event.pk]})
    assert PaymentEvent.objects.get().seen_at is not None
    assert "does not fit" in client.get(f"{LIST}{row.pk}/change/").content.decode()
    press(client, fresh(row), "see to")
    assert fresh(row).problem == ""


def test_event_that_was_given_up_can_be_taken_in_again(stripe):
    row = asked()
    stripe.deliver, deliver = None, stripe.deliver
    event = stripe.pay(row.session_id)
    stripe.deliver = deliver
    stripe.bring(event)
    PaymentEvent.objects.update(handled_at="2026-01-01T00:00Z", is_suspicious=True, tries=5)
    events = "/admin/payments/paymentevent/"
    staff_of(superuser=True).post(events, {"action": "take_again", "_selected_action": [PaymentEvent.objects.get().pk]})
    settle()
    assert fresh(row).status == "paid"


def test_managers_are_told_of_a_late_payment_with_its_buttons(stripe, settings):
    business = BusinessFactory()
    Manager.objects.create(business=business, name="Ola", email="ola@example.com", language="pl")
    late = paid_late(stripe, business=business)
    notice = StaffNotice.objects.get(kind="money")
    assert (notice.subject, notice.subject_id) == ("deposit", late.pk)
    from bots.staff.subjects import subject_of

    card = subject_of("deposit").card(late.pk)
    assert [choice.verb for choice in card.choices] == ["keep", "refund"]
    from bots.staff.notifications.email import email_of

    letter = email_of(notice)
    assert "150 zł" in letter.subject
    assert "/a/" in letter.text


def test_one_time_link_decides(stripe):
    from bots.staff.links import actions as link_actions
    from bots.staff.subjects import choice_of

    late = paid_late(stripe)
    manager = Manager.objects.create(business=late.business, name="Ola", email="ola@example.com")
    url = link_actions.make(
        choice_of("deposit", "refund"), late.pk, business_id=late.business_id, from_status="late", manager=manager
    )
    path = url.partition("://")[2].partition("/")[2]
    client = Client()
    page = client.get(f"/{path}").content.decode()
    assert fresh(late).standing == "late"
    mark = page.partition('name="page" value="')[2].partition('"')[0]
    assert client.post(f"/{path}", {"page": mark}).status_code == 200
    settle()
    assert fresh(late).standing == "refunded"
