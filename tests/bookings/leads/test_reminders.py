"""Reminders of enquiries: each step once, at a decent hour, and never to somebody whom it does not concern any more."""

from datetime import timedelta

import pytest

from bookings.leads import actions as lead_actions, reminders as lead_reminders
from bookings.models import Lead, LeadReminder, LeadReminderRule
from bots.staff.actors import Actor
from conversations import delivery
from conversations.models import Contact, Conversation, Message
from tests.bookings.availability.times import at
from tests.bookings.leads.paying import opened, paid
from tests.clock import travel
from tests.factories import LeadFactory, ServiceFactory

pytestmark = pytest.mark.django_db

OWNER = Actor("Ewa", "admin")
NOON = at("2026-11-24 12:00")
Status = Lead.Status
Step = LeadReminderRule.Step


@pytest.fixture(autouse=True)
def noon(db):
    with travel(NOON, tick=False) as clock:
        yield clock


def remembered(step, *hours, **fields) -> Lead:
    lead = LeadFactory(**fields)
    lead.service = ServiceFactory(business=lead.business)
    lead.save()
    for number in hours:
        LeadReminderRule.objects.create(bot=lead.bot, step=step, hours_after=number)
    return lead


def reminders() -> list[str]:
    return list(Message.objects.filter(purpose="reminder").exclude(status="cancelled").values_list("text", flat=True))


@pytest.mark.parametrize(
    ("step", "status"),
    [(Step.UNFINISHED, Status.DRAFT), (Step.UNBOOKED, Status.DEPOSIT_PAID), (Step.UNBOOKED, Status.BOOKING_LINK_SENT)],
)
def test_each_step_is_said_once(step, status):
    remembered(step, 20, status=status)
    assert lead_reminders.queue_due(NOON + timedelta(hours=19)) == 0
    assert lead_reminders.queue_due(NOON + timedelta(hours=24)) == 1
    assert lead_reminders.queue_due(NOON + timedelta(hours=24)) == 0
    assert lead_reminders.queue_due(NOON + timedelta(days=9)) == 0
    assert len(reminders()) == 1


def test_the_deposits_link_is_said_again():
    lead = remembered(Step.UNPAID, 24, status=Status.APPROVED)
    lead_actions.send_deposit(lead.pk, by=OWNER)
    url = opened(lead).url
    assert lead_reminders.queue_due(NOON + timedelta(hours=24)) == 1
    assert url in reminders()[0]


def test_two_steps_that_an_outage_held_up_do_not_come_together():
    remembered(Step.UNBOOKED, 24, 72, status=Status.DEPOSIT_PAID)
    assert lead_reminders.queue_due(NOON + timedelta(days=5)) == 1
    assert lead_reminders.queue_due(NOON + timedelta(days=5, hours=1)) == 0
    assert lead_reminders.queue_due(NOON + timedelta(days=6)) == 1


def test_nobody_is_reminded_at_night():
    remembered(Step.UNBOOKED, 24, status=Status.DEPOSIT_PAID)
    assert lead_reminders.queue_due(at("2026-11-26 03:00")) == 0
    assert not LeadReminder.objects.exists()
    assert lead_reminders.queue_due(at("2026-11-26 09:00")) == 1


def test_what_is_queued_is_taken_back_when_the_enquiry_moves_on():
    lead = remembered(Step.UNPAID, 24, status=Status.APPROVED)
    lead_actions.send_deposit(lead.pk, by=OWNER)
    row = opened(lead)
    lead_reminders.queue_due(NOON + timedelta(hours=24))
    paid(row)
    assert reminders() == []


def test_stop_between_approval_and_payment_leaves_nothing_to_be_sent(noon):
    lead = remembered(Step.UNPAID, 24, status=Status.APPROVED)
    lead_actions.send_deposit(lead.pk, by=OWNER)
    opened(lead)
    noon.move_to(NOON + timedelta(hours=24))
    lead_reminders.queue_due()
    Contact.objects.update(opted_out_at=NOON)
    delivery.deliver(lead.conversation_id)
    assert set(Message.objects.values_list("status", flat=True)) == {"cancelled"}


def test_staff_see_that_news_cannot_reach_who_wants_none():
    lead = LeadFactory(status=Status.PENDING_APPROVAL, conversation__contact__opted_out_at=NOON)
    lead_actions.approve(lead.pk, by=OWNER)
    assert Conversation.objects.get(pk=lead.conversation_id).attention == "waiting"


def test_old_drafts_are_put_away():
    lead = LeadFactory(status=Status.DRAFT)
    assert lead_reminders.put_away(NOON + timedelta(days=29)) == 0
    assert lead_reminders.put_away(NOON + timedelta(days=31)) == 1
    lead.refresh_from_db()
    assert lead.status == Status.EXPIRED
