"""Many at once upon one enquiry, with real connections; each race has its control."""

import time
from collections import Counter
from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.availability.reasons import NotFree
from bookings.leads import (
    actions as lead_actions,
    booking as lead_booking,
    deposits as lead_deposits,
    reminders as lead_reminders,
)
from bookings.models import Lead, LeadReminderRule, Reservation
from bookings.reservations import holds
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided
from conversations import delivery
from conversations.models import Contact, Message
from payments import deposits
from payments.models import Deposit
from tests.again import once
from tests.bookings.leads import paying
from tests.bookings.reservations.test_races import at_once, kinds, overlaps
from tests.conversations.test_stop_races import moments
from tests.conversations.writer import zone_by_day
from tests.factories import LeadFactory, ServiceFactory

__all__ = ["moments"]

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

OWNER = Actor("Ewa", "admin")
CUSTOMER = Actor.customer()
Status = Lead.Status


def test_of_twenty_approvals_one_wins_and_nineteen_are_told():
    lead = LeadFactory(status=Status.PENDING_APPROVAL)
    results = at_once(*[lambda: lead_actions.approve(lead.pk, by=OWNER)] * 20)
    assert kinds(results) == {"Lead": 1, "AlreadyDecided": 19}
    assert all("Ewa" in str(one) for one in results if isinstance(one, AlreadyDecided))
    assert Decision.objects.filter(subject="lead").count() == 1
    assert Message.objects.count() == 1


def test_of_approvals_and_refusals_at_once_one_decides():
    lead = LeadFactory(status=Status.PENDING_APPROVAL)
    jobs = [lambda: lead_actions.approve(lead.pk, by=OWNER), lambda: lead_actions.reject(lead.pk, by=OWNER)]
    results = at_once(*(jobs * 10))
    lead.refresh_from_db()
    first = Decision.objects.filter(subject="lead").order_by("pk").first()
    assert lead.status in (Status.APPROVED, Status.REJECTED)
    if first.verb == "reject":
        assert kinds(results) == {"Lead": 1, "AlreadyDecided": 19}
    else:  # what was approved may still be declined, once
        assert kinds(results)["Lead"] in (1, 2)
    assert Decision.objects.filter(subject="lead").count() == kinds(results)["Lead"]


@pytest.mark.again
def test_control_without_the_condition_several_win(monkeypatch):
    """The same with neither lock nor condition: the status is looked at and then written."""
    lead = LeadFactory(status=Status.PENDING_APPROVAL)

    def careless():
        row = Lead.objects.get(pk=lead.pk)
        if row.status != Status.PENDING_APPROVAL:
            raise AlreadyDecided(row.status)
        timezone.now()
        Lead.objects.filter(pk=row.pk).update(status=Status.APPROVED)
        return row

    wins = 0
    for _ in range(10):
        Lead.objects.update(status=Status.PENDING_APPROVAL)
        wins = max(wins, kinds(at_once(*[careless] * 20))["Lead"])
        if wins > 1:
            return
    pytest.fail("The control never went wrong.")


def held_for_payment(service) -> tuple[Lead, Deposit]:
    """An enquiry with a time held for its open deposit, of which the time to pay is over this moment."""
    lead = LeadFactory(status=Status.APPROVED, conversation__account__bot__business=service.business)
    lead.service = service
    lead.save()
    start = (timezone.now() + timedelta(days=3)).replace(hour=12, minute=0, second=0, microsecond=0)
    lead_deposits.request_deposit(lead.pk, by=OWNER, start=start)
    row = paying.opened(lead)
    past = timezone.now() - timedelta(seconds=1)
    Deposit.objects.filter(pk=row.pk).update(expires_at=past)
    Reservation.objects.filter(pk=Lead.objects.get(pk=lead.pk).reservation_id).update(hold_until=past)
    return lead, Deposit.objects.get(pk=row.pk)


def rival_for(service, start) -> Lead:
    return LeadFactory(
        status=Status.DEPOSIT_PAID, conversation__account__bot__business=service.business, service=service
    )


def race(number: int) -> str:
    """F32: payer, rival, the sweep of holds and the deposit's own expiry at the same moment; how it ended."""
    service = ServiceFactory()
    lead, row = held_for_payment(service)
    visit = Lead.objects.select_related("reservation").get(pk=lead.pk).reservation
    start = visit.period.lower
    rival = rival_for(service, start)
    head_start = number % 5 * 0.025  # seconds of the payer, who without any comes second each time

    def book() -> Lead:
        time.sleep(head_start)
        return lead_booking.book(rival.pk, by=CUSTOMER, start=start)

    def expire() -> object:
        time.sleep(head_start)
        return deposits.expire(row.pk, by=Actor.clock())

    results = at_once(
        lambda: deposits.settle(row.pk, paying.seen(row, paying.SessionState.PAID), by=paying.STRIPE),
        book,
        expire,
        lambda: holds.expire_holds(),
    )
    wrong = [one for one in results if isinstance(one, Exception) and not isinstance(one, AlreadyDecided | NotFree)]
    assert not wrong, wrong
    live = Reservation.objects.filter(service=service).occupying()
    assert live.count() == 1, (number, [(one.pk, one.status) for one in live])
    assert live[0].status == Reservation.Status.CONFIRMED
    lead.refresh_from_db()
    rival.refresh_from_db()
    row.refresh_from_db()
    assert row.status == Deposit.Status.PAID
    mine = live[0].contact_id == lead.contact_id
    assert (lead.status == Status.BOOKED) == mine
    assert (rival.status == Status.BOOKED) != mine
    if mine:
        return "payer"
    # Without the time: paid in time and may choose another, or paid late and before staff. Never both, never neither.
    assert (lead.status == Status.DEPOSIT_PAID) != (lead.paid_late_at is not None and lead.status == Status.EXPIRED)
    assert bool(lead.paid_late_at) == row.late
    return "rival, late" if row.late else "rival"


@pytest.mark.parametrize("part", once(range(4)))
def test_a_hold_that_expires_while_payer_and_rival_race_is_never_booked_twice(part):
    ended = Counter(race(part * 25 + number) for number in range(25))
    assert {"payer", "rival"} <= set(ended), ended  # the race was one
    assert overlaps() == 0


@pytest.mark.again
def test_control_without_lock_and_constraint_the_time_is_booked_twice(monkeypatch):
    """The same race where nothing is locked and the table lets visits overlap."""
    from django.db import connection

    from bookings.reservations import allocation

    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE bookings_reservation DROP CONSTRAINT reservation_no_overlap")
    monkeypatch.setattr(allocation, "lock_resources", lambda pk: {row.pk: row for row in resources})
    try:
        twice = 0
        for _ in range(20):
            service = ServiceFactory()
            resources = list(service.resources.all())
            start = (timezone.now() + timedelta(days=3)).replace(hour=12, minute=0, second=0, microsecond=0)
            rivals = [rival_for(service, start) for _ in range(6)]
            at_once(*[lambda pk=one.pk, at=start: lead_booking.book(pk, by=OWNER, start=at) for one in rivals])
            twice += Reservation.objects.filter(service=service).occupying().count() > 1
            if twice:
                break
        assert twice, "The control never went wrong."
    finally:
        Reservation.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(
                "ALTER TABLE bookings_reservation ADD CONSTRAINT reservation_no_overlap EXCLUDE USING gist "
                "(int8range(resource_id, resource_id, '[]') WITH &&, block WITH &&) "
                "WHERE (exclusive AND status IN ('held', 'pending', 'confirmed'))"
            )


def test_stop_against_a_due_reminder_never_lets_it_out_after_the_stop(moments):
    """Each comes first once, while the other rests for half a second; in between they meet."""
    ended: Counter[str] = Counter()
    for pause in (-0.5, 0.5, *(number * 0.005 for number in range(13))):
        Message.objects.all().delete()
        lead = LeadFactory(status=Status.DEPOSIT_PAID, conversation__account__bot__business__timezone=zone_by_day())
        lead.service = ServiceFactory(business=lead.business)
        lead.status_at = timezone.now() - timedelta(hours=30)
        lead.save()
        LeadReminderRule.objects.create(bot=lead.bot, step="unbooked", hours_after=24)
        noon = timezone.now().astimezone(lead.business.zone).replace(hour=12)
        assert lead_reminders.queue_due(noon + timedelta(days=2)) == 1

        def stop(pause: float = pause, contact: int = lead.contact_id) -> float:
            time.sleep(max(pause, 0))
            Contact.objects.filter(pk=contact).update(opted_out_at=timezone.now())
            return time.monotonic()

        def send(pause: float = pause, pk: int = lead.conversation_id) -> int:
            time.sleep(max(-pause, 0))
            return delivery.deliver(pk)

        stopped_at, _ = at_once(stop, send)
        delivery.deliver(lead.conversation_id)
        message = Message.objects.get(conversation=lead.conversation)
        if message.status == "sent":
            assert moments[lead.conversation_id] <= stopped_at, "it was claimed before the STOP was committed"
        else:
            assert (message.status, message.error) == ("cancelled", "opted out")
        ended[message.status] += 1
    assert set(ended) == {"sent", "cancelled"}, ended
