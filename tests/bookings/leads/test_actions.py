"""The way of an enquiry: every allowed move, every other one refused with nothing changed, and what customers hear."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.leads import (
    actions as lead_actions,
    booking as lead_booking,
    choices,
    deposits as lead_deposits,
    drafts as lead_drafts,
)
from bookings.leads.transitions import LEAD
from bookings.models import BookingLink, Lead, LeadSettings, Reservation
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from conversations.models import Message
from payments.models import Deposit
from tests.bookings.leads.paying import deposit_of, opened, paid, ran_out
from tests.factories import ConsultationQuestionFactory, ConversationFactory, LeadFactory, ServiceFactory
from tests.transitions import check

pytestmark = pytest.mark.django_db

OWNER = Actor("Ewa", "admin")
CUSTOMER = Actor.customer()
Status = Lead.Status


def lead_in(status, **fields):
    return LeadFactory(status=status, **fields)


def said(lead) -> list[str]:
    return list(Message.objects.filter(conversation=lead.conversation).order_by("seq").values_list("text", flat=True))


def soon(days=3, hour=12):
    return (timezone.now() + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def with_service(lead):
    lead.service = ServiceFactory(business=lead.business)
    lead.save()
    return lead


MOVES = {
    "submit": lambda lead: lead_actions.submit(lead.pk, by=CUSTOMER),
    "approve": lambda lead: lead_actions.approve(lead.pk, by=OWNER),
    "reject": lambda lead: lead_actions.reject(lead.pk, by=OWNER, reason="Full"),
    "request_deposit": lambda lead: lead_deposits.request_deposit(lead.pk, by=OWNER),
    "send_booking_link": lambda lead: lead_booking.send_booking_link(lead.pk, by=OWNER),
    "book": lambda lead: lead_booking.book(lead.pk, by=OWNER, start=soon()),
    "mark_booked": lambda lead: lead_booking.mark_booked(lead.pk, by=OWNER),
    "withdraw": lambda lead: lead_actions.withdraw(lead.pk, by=OWNER, reason="No news"),
    "expire": lambda lead: lead_actions.expire(lead.pk, now=timezone.now() + timedelta(days=60)),
    "answer": lambda lead: lead_drafts.ask(lead.pk, None),
    "add_photos": lambda lead: lead_drafts.note_photos(lead.pk, []),
}


@pytest.mark.parametrize("name", MOVES)
@pytest.mark.parametrize("status", Status.values)
def test_only_the_transitions_of_the_table_can_be_taken(name, status):
    lead = with_service(
        lead_in(status, deposit_amount=0 if status == Status.APPROVED and name != "request_deposit" else 20000)
    )
    check(LEAD, lead, MOVES[name], name)


@pytest.mark.parametrize("name", ["approve", "reject", "request_deposit", "send_booking_link", "mark_booked"])
def test_customers_cannot_decide_for_the_studio(name):
    lead = with_service(lead_in(LEAD[name].start[0]))
    verb = next(
        getattr(holder, name) for holder in (lead_actions, lead_deposits, lead_booking) if hasattr(holder, name)
    )
    with pytest.raises(NotAllowed):
        verb(lead.pk, by=CUSTOMER)
    lead.refresh_from_db()
    assert lead.status == LEAD[name].start[0]


def test_the_whole_way_with_a_deposit():
    lead = with_service(lead_in(Status.PENDING_APPROVAL))
    lead_actions.approve(lead.pk, by=OWNER)
    lead_actions.send_deposit(lead.pk, by=OWNER)
    deposit = opened(lead)
    assert deposit.amount == 20000
    assert deposit.url in said(lead)[-1]
    paid(deposit)
    lead.refresh_from_db()
    assert lead.status == Status.DEPOSIT_PAID
    lead_booking.send_booking_link(lead.pk, by=OWNER)
    token = said(lead)[-1].split("/book/")[1].split("/")[0]
    link = lead_booking.find_link(token)
    assert link.lead_id == lead.pk
    assert token not in str(BookingLink.objects.values().get())
    lead_booking.book(lead.pk, by=CUSTOMER, start=soon(), in_chat=False)
    lead.refresh_from_db()
    assert lead.status == Status.BOOKED
    assert lead.reservation.status == Reservation.Status.CONFIRMED
    assert said(lead)[-1].startswith("Booked:")
    assert [one.verb for one in Decision.objects.filter(subject="lead").order_by("pk")] == [
        "approve", "request_deposit", "deposit_paid", "send_booking_link", "book",
    ]  # fmt: skip


def test_a_held_time_is_booked_by_the_payment():
    lead = with_service(lead_in(Status.APPROVED))
    lead_deposits.request_deposit(lead.pk, by=OWNER, start=soon())
    lead.refresh_from_db()
    assert lead.reservation.status == Reservation.Status.HELD
    assert lead.reservation.hold_until > lead.deposit_expires_at
    paid(opened(lead))
    lead.refresh_from_db()
    assert (lead.status, lead.reservation.status) == (Status.BOOKED, Reservation.Status.CONFIRMED)
    assert lead.reservation.reminders.count() == 1
    assert "Booked:" in said(lead)[-1]


def test_a_deposit_that_runs_out_frees_its_time_and_ends_the_enquiry():
    lead = with_service(lead_in(Status.APPROVED))
    lead_deposits.request_deposit(lead.pk, by=OWNER, start=soon())
    ran_out(opened(lead))
    lead.refresh_from_db()
    assert (lead.status, lead.reservation.status) == (Status.EXPIRED, Reservation.Status.CANCELLED)
    assert "is not kept for you any more" in said(lead)[-1]


def test_paid_late_waits_for_staff_and_takes_nothing_back():
    lead = with_service(lead_in(Status.APPROVED))
    lead_deposits.request_deposit(lead.pk, by=OWNER, start=soon())
    paid(ran_out(opened(lead)))
    lead.refresh_from_db()
    assert lead.status == Status.EXPIRED
    assert list(Lead.objects.paid_late()) == [lead]
    assert not Reservation.objects.occupying().exists()
    assert lead.conversation.__class__.objects.get(pk=lead.conversation_id).attention == "waiting"


@pytest.mark.parametrize("taken", [False, True])
def test_a_late_payment_that_staff_keep_gets_its_time_only_if_it_is_free(taken):
    lead = with_service(lead_in(Status.APPROVED))
    lead_deposits.request_deposit(lead.pk, by=OWNER, start=soon())
    paid(ran_out(opened(lead)))
    if taken:
        rival = with_service(lead_in(Status.DEPOSIT_PAID, conversation__account=lead.conversation.account))
        Lead.objects.filter(pk=rival.pk).update(service=lead.service)
        lead_booking.book(rival.pk, by=OWNER, start=soon())
    lead_deposits.accept_late_payment(lead.pk, by=OWNER)
    lead.refresh_from_db()
    assert lead.paid_late_at is None
    assert lead.status == (Status.DEPOSIT_PAID if taken else Status.BOOKED)
    assert Reservation.objects.occupying().count() == 1


def test_a_full_refund_ends_the_enquiry():
    from payments import refunds  # noqa: F401
    from payments.transitions import DEPOSIT

    lead = with_service(lead_in(Status.APPROVED))
    lead_deposits.request_deposit(lead.pk, by=OWNER)
    row = paid(opened(lead))
    DEPOSIT.change(row, "refunded", by=OWNER, refunded_amount=row.amount)
    lead.refresh_from_db()
    assert lead.status == Status.WITHDRAWN
    assert "on its way back" in said(lead)[-1]


def test_withdrawing_takes_the_deposit_back_and_frees_the_time():
    lead = with_service(lead_in(Status.APPROVED))
    lead_deposits.request_deposit(lead.pk, by=OWNER, start=soon())
    opened(lead)
    lead_actions.withdraw(lead.pk, by=CUSTOMER)
    lead.refresh_from_db()
    assert (lead.status, deposit_of(lead).status) == (Status.WITHDRAWN, Deposit.Status.WITHDRAWN)
    assert not Reservation.objects.occupying().exists()


def test_a_customer_cannot_close_what_is_paid():
    lead = lead_in(Status.DEPOSIT_PAID)
    with pytest.raises(NotAllowed):
        lead_actions.withdraw(lead.pk, by=CUSTOMER)


def test_the_deposit_comes_before_the_link():
    lead = with_service(lead_in(Status.APPROVED))
    with pytest.raises(NotAllowed):
        lead_booking.send_booking_link(lead.pk, by=OWNER)
    with pytest.raises(NotAllowed):
        lead_booking.mark_booked(lead.pk, by=OWNER)


# --- undo ----------------------------------------------------------------------------------------------------------


def test_undo_of_what_nobody_heard_of_says_nothing():
    lead = lead_in(Status.PENDING_APPROVAL)
    lead_actions.approve(lead.pk, by=OWNER)
    assert choices.can_undo(Lead.objects.get(pk=lead.pk))
    lead_actions.undo(lead.pk, by=OWNER)
    lead.refresh_from_db()
    assert lead.status == Status.PENDING_APPROVAL
    assert [one.status for one in Message.objects.filter(conversation=lead.conversation)] == ["cancelled"]


def test_undo_of_what_was_sent_is_told():
    lead = lead_in(Status.PENDING_APPROVAL)
    lead_actions.approve(lead.pk, by=OWNER)
    Message.objects.update(status="sent")
    lead_actions.undo(lead.pk, by=OWNER)
    assert len(said(lead)) == 2
    assert "once more" in said(lead)[-1]


def test_a_refusal_can_be_taken_back_for_ten_minutes():
    lead = lead_in(Status.PENDING_APPROVAL)
    lead_actions.reject(lead.pk, by=OWNER, reason="Full")
    with pytest.raises(NotAllowed):
        lead_actions.undo(lead.pk, by=OWNER, now=timezone.now() + timedelta(minutes=11))
    lead_actions.undo(lead.pk, by=OWNER)
    lead.refresh_from_db()
    assert lead.status == Status.PENDING_APPROVAL


def test_undo_of_a_deposit_takes_it_back():
    lead = with_service(lead_in(Status.APPROVED))
    lead_deposits.request_deposit(lead.pk, by=OWNER, start=soon())
    lead_actions.undo(lead.pk, by=OWNER)
    lead.refresh_from_db()
    assert (lead.status, lead.reservation, deposit_of(lead).status) == (Status.APPROVED, None, Deposit.Status.WITHDRAWN)
    assert not choices.can_undo(lead)


@pytest.mark.parametrize("status", [Status.DRAFT, Status.DEPOSIT_PAID, Status.EXPIRED])
def test_other_moves_stay(status):
    lead = lead_in(status)
    with pytest.raises(NotAllowed):
        lead_actions.undo(lead.pk, by=OWNER)


# --- drafts ---------------------------------------------------------------------------------------------------------


def test_an_open_enquiry_is_continued_and_a_new_one_begins_when_it_is_over():
    conversation = ConversationFactory()
    ConsultationQuestionFactory(bot=conversation.bot, is_required=False)
    first = lead_drafts.start(conversation, by=CUSTOMER)
    assert lead_drafts.start(conversation, by=CUSTOMER) == first
    assert lead_drafts.start(conversation, by=CUSTOMER, another=True) == first  # it is a draft still
    lead_actions.submit(first.pk, by=CUSTOMER)
    assert lead_drafts.start(conversation, by=CUSTOMER) == first
    second = lead_drafts.start(conversation, by=CUSTOMER, another=True)
    assert second != first
    lead_actions.withdraw(second.pk, by=CUSTOMER)
    lead_actions.reject(first.pk, by=OWNER)
    assert lead_drafts.start(conversation, by=CUSTOMER) not in (first, second)


def test_what_must_be_answered_must_be():
    conversation = ConversationFactory()
    ConsultationQuestionFactory(bot=conversation.bot, code="idea")
    lead = lead_drafts.start(conversation, by=CUSTOMER)
    with pytest.raises(NotAllowed, match="Idea"):
        lead_actions.submit(lead.pk, by=CUSTOMER)


def test_a_draft_that_nobody_goes_on_with_is_put_away():
    conversation = ConversationFactory()
    ConsultationQuestionFactory(bot=conversation.bot)
    LeadSettings.objects.create(bot=conversation.bot, draft_days=7)
    lead = lead_drafts.start(conversation, by=CUSTOMER)
    with pytest.raises(NotAllowed):
        lead_actions.expire(lead.pk, now=timezone.now() + timedelta(days=6))
    lead_actions.expire(lead.pk, now=timezone.now() + timedelta(days=8))
    lead.refresh_from_db()
    assert lead.status == Status.EXPIRED
    assert said(lead) == []
