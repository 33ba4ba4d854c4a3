"""Enquiries, visits and deposits in numbers: what the tables say, each business its own."""

from datetime import timedelta
from typing import Any

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from bookings.leads import actions as lead_actions
from bookings.models import Lead
from bots.metrics import exposition
from bots.models import Business
from bots.staff.actors import Actor
from payments.models import Deposit
from tests import factories
from tests.bookings.leads.paying import opened, paid

pytestmark = pytest.mark.django_db

Status = Lead.Status
ANNA = Actor("Anna", "admin")


def numbers(name: str, businesses: QuerySet[Business] | None = None) -> dict[tuple[str, ...], float]:
    """The values of one family by their labels' values."""
    family = next(one for one in exposition.families(businesses) if one.name == f"frontdesk_{name}")
    return {tuple(sample.labels.values()): sample.value for sample in family.samples}


def only(name: str, businesses: QuerySet[Business] | None = None) -> float:
    return numbers(name, businesses)[()]


def test_enquiries_and_visits_by_where_they_stand() -> None:
    for status in (Status.DRAFT, Status.PENDING_APPROVAL, Status.PENDING_APPROVAL, Status.BOOKED):
        factories.LeadFactory(status=status)
    factories.ReservationFactory(start=timezone.now() + timedelta(days=3))
    assert numbers("leads") == {("draft",): 1, ("pending_approval",): 2, ("booked",): 1}
    assert numbers("reservations") == {("confirmed",): 1}


def test_conversion_is_the_booked_share_of_what_came_before_the_studio() -> None:
    assert "frontdesk_lead_conversion_ratio" not in {one.name for one in exposition.families(None)}
    now = timezone.now()
    factories.LeadFactory(status=Status.DRAFT)
    for status in (Status.BOOKED, Status.REJECTED, Status.APPROVED, Status.PENDING_APPROVAL):
        factories.LeadFactory(status=status, submitted_at=now)
    assert only("lead_conversion_ratio") == 0.25


def test_how_long_the_first_has_waited_for_approval() -> None:
    assert only("leads_pending_oldest_seconds") == 0
    for hours in (1, 3):
        factories.LeadFactory(status=Status.PENDING_APPROVAL, status_at=timezone.now() - timedelta(hours=hours))
    assert only("leads_pending_oldest_seconds") == pytest.approx(3 * 3600, abs=5)


def test_deposits_and_what_they_come_to() -> None:
    for amount, is_paid in ((10_000, True), (5_000, True), (7_000, False)):
        lead = factories.LeadFactory(status=Status.APPROVED, deposit_amount=amount)
        lead_actions.send_deposit(lead.pk, by=ANNA)
        row = opened(lead)
        if is_paid:
            paid(row)
    Deposit.objects.filter(amount=5_000).update(refunded_amount=2_000)
    assert numbers("deposits") == {("open", "PLN"): 1, ("paid", "PLN"): 2}
    assert numbers("deposits_minor_units") == {("open", "PLN"): 7_000, ("paid", "PLN"): 15_000}
    assert numbers("deposits_given_back_minor_units") == {("open", "PLN"): 0, ("paid", "PLN"): 2_000}


def test_what_came_late_waits_for_staff() -> None:
    lead = factories.LeadFactory(status=Status.EXPIRED, paid_late_at=timezone.now())
    Deposit.objects.create(
        business=lead.business, subject="lead", subject_id=lead.pk, title="x", amount=100, currency="PLN",
        language="en", status="paid", paid_at=timezone.now(), late=True, expires_at=timezone.now(), provider="sandbox",
    )  # fmt: skip
    assert (only("leads_paid_late"), only("deposits_needing_staff")) == (1, 1)


@pytest.mark.parametrize("whose", ["mine", "another's"])
def test_each_business_has_its_own(whose: str) -> None:
    lead = factories.LeadFactory(status=Status.APPROVED)
    lead_actions.send_deposit(lead.pk, by=ANNA)
    other = factories.BusinessFactory()
    asked = Business.objects.filter(pk=lead.business.pk if whose == "mine" else other.pk)
    found: Any = [numbers("leads", asked), numbers("deposits", asked)]
    assert found == ([{("deposit_requested",): 1}, {("requested", "PLN"): 1}] if whose == "mine" else [{}, {}])
