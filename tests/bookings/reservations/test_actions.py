"""Every verb: what it changes, what it says, and that a refusal changes nothing."""

from datetime import timedelta

import pytest

from bookings.availability.reasons import NotFree, Why
from bookings.models import Reminder, Reservation
from bookings.reservations import actions as reservation_actions, drafts as reservation_drafts, holds, reschedule
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed
from conversations.models import Conversation, Message
from tests.bookings.availability.times import NOW, at, clock, day
from tests.factories import ConversationFactory, DraftFactory, ReservationFactory, ResourceFactory, ServiceFactory

pytestmark = pytest.mark.django_db

CUSTOMER = Actor.customer()
STAFF = Actor("Maria", "admin")
OTHER = Actor("Jan", "telegram")
Status = Reservation.Status


def studio(*, capacity=1, **fields):
    service = ServiceFactory(**fields)
    service.resources.update(capacity=capacity)
    return service


def wish(service, text="2026-11-24 17:00", **fields) -> Reservation:
    start = at(text)
    return DraftFactory(service=service, day=start.date(), start_time=start.time(), **fields)


def asked(service, text="2026-11-24 17:00", **fields) -> Reservation:
    return reservation_actions.request(wish(service, text, **fields).pk, by=CUSTOMER, now=NOW)


def confirmed(service, text="2026-11-24 17:00", **fields) -> Reservation:
    visit = reservation_actions.approve(asked(service, text, **fields).pk, by=STAFF, now=NOW)
    visit.conversation.messages.all().delete()
    return visit


def fresh(reservation) -> Reservation:
    return Reservation.objects.get(pk=reservation.pk)


def said(reservation) -> list[str]:
    return [message.text for message in Message.objects.filter(conversation=reservation.conversation).order_by("seq")]


def state() -> list:
    """All that a refusal may not change."""
    tables = (Reservation, Reminder, Decision, Message, Conversation)
    return [list(table.objects.order_by("pk").values()) for table in tables]


# --- drafts --------------------------------------------------------------------------------------------------------


def test_a_conversation_has_one_draft_which_is_gone_on_with():
    conversation = ConversationFactory()
    first = reservation_drafts.start_draft(conversation, people=2)
    second = reservation_drafts.start_draft(conversation, day=day("2026-11-24"))
    assert first.pk == second.pk
    draft = reservation_drafts.draft(conversation)
    assert (draft.people, draft.day, draft.contact) == (2, day("2026-11-24"), conversation.contact)
    assert draft.business == conversation.business


def test_fill_notes_and_forgets():
    conversation = ConversationFactory()
    draft = reservation_drafts.start_draft(conversation, people=2)
    reservation_drafts.fill(draft.pk, start_time=clock("17:00"), people=None)
    assert (fresh(draft).people, fresh(draft).start_time) == (None, clock("17:00"))
    with pytest.raises(TypeError):
        reservation_drafts.fill(draft.pk, status="confirmed")


def test_drop_forgets_a_draft_and_nothing_else():
    service = studio()
    draft = wish(service)
    assert reservation_drafts.drop(draft.pk) is True
    assert reservation_drafts.drop(draft.pk) is False
    visit = asked(service)
    assert reservation_drafts.drop(visit.pk) is False
    with pytest.raises(AlreadyDecided):
        reservation_drafts.fill(visit.pk, people=3)
    assert fresh(visit).status == Status.PENDING


# --- request -------------------------------------------------------------------------------------------------------


def test_request_holds_the_place_until_staff_decide():
    service = studio(hold_minutes=120, buffer_after_minutes=15)
    visit = fresh(asked(service, people=1))
    assert (visit.status, visit.hold_until, visit.exclusive) == (Status.PENDING, NOW + timedelta(hours=2), True)
    assert (visit.period.lower, visit.period.upper) == (at("2026-11-24 17:00"), at("2026-11-24 18:00"))
    assert visit.block.upper == at("2026-11-24 18:15")
    assert (visit.price, visit.version, visit.duration_minutes) == (12000, 2, 60)
    decision = Decision.objects.get(subject="reservation", subject_id=visit.pk)
    assert (decision.verb, decision.from_status, decision.to_status) == ("request", "draft", "pending")
    assert said(visit) == []  # the customer did it themselves: the reply says so
    assert not visit.reminders.exists()


def test_hold_ends_with_the_visits_beginning_at_the_latest():
    assert asked(studio(), "2026-11-23 17:00").hold_until == at("2026-11-23 17:00")


def test_request_confirms_at_once_where_nobody_has_to_agree():
    visit = asked(studio(needs_approval=False), "2026-11-26 17:00")
    assert (visit.status, visit.hold_until) == (Status.CONFIRMED, None)
    assert visit.reminders.get().fire_at == at("2026-11-25 17:00")


@pytest.mark.parametrize("missing", ["service", "people", "day", "start_time"])
def test_request_needs_everything(missing):
    draft = wish(studio())
    setattr(draft, missing, None)
    draft.save()
    before = state()
    with pytest.raises(NotAllowed):
        reservation_actions.request(draft.pk, by=CUSTOMER, now=NOW)
    assert state() == before


def test_request_for_a_taken_time_says_why_and_offers_the_nearest():
    service = studio()
    asked(service)
    draft = wish(service)
    before = state()
    with pytest.raises(NotFree) as refused:
        reservation_actions.request(draft.pk, by=CUSTOMER, now=NOW)
    assert refused.value.reason.why == Why.FULL
    assert [f"{slot.start:%d %H:%M}" for slot in refused.value.nearest] == ["23 17:00", "24 16:00", "25 17:00"]
    assert state() == before


def test_request_twice_is_told_who_was_first():
    visit = asked(studio())
    before = state()
    with pytest.raises(AlreadyDecided) as late:
        reservation_actions.request(visit.pk, by=CUSTOMER, now=NOW)
    assert late.value.by == "Customer"
    assert state() == before


def test_request_takes_a_place_whose_hold_ran_out():
    service = studio(hold_minutes=60)
    slow = asked(service)
    later = NOW + timedelta(hours=1)
    quick = reservation_actions.request(wish(service).pk, by=CUSTOMER, now=later)
    assert (fresh(slow).status, quick.status) == (Status.EXPIRED, Status.PENDING)
    assert said(slow) == []  # told by the sweep, which may lock that conversation
    assert holds.expire_holds(later) == 1
    assert "not reserved any more" in said(slow)[0]
    assert holds.expire_holds(later) == 0


def test_shared_place_fills_up_to_its_capacity():
    service = studio(capacity=4, max_people=4)
    asked(service, people=3)
    with pytest.raises(NotFree) as refused:
        asked(service, people=2)
    assert (refused.value.reason.why, refused.value.reason.left) == (Why.FULL, 1)
    asked(service, people=1)
    assert not Reservation.objects.occupying().filter(exclusive=True).exists()


def test_staffs_own_booking_is_confirmed_and_told():
    visit = reservation_actions.request(wish(studio(), "2026-11-26 17:00").pk, by=STAFF, now=NOW)
    assert visit.status == Status.CONFIRMED
    assert said(visit) == [
        "Confirmed: Thursday 26 November, 17:00–18:00. We will remind you the day before. "
        "If anything changes, just write."
    ]


PRICES = [(12000, True, 60, 3, None, 36000), (12000, False, 60, 3, None, 12000), (12000, True, 120, 2, 180, 36000)]
PRICES += [(0, True, 60, 3, None, 0), (101, True, 60, 1, 90, 152), (100, True, 90, 1, 60, 67)]


@pytest.mark.parametrize(("price", "per_person", "length", "people", "chosen", "expected"), PRICES)
def test_price_goes_with_people_and_length(price, per_person, length, people, chosen, expected):
    service = ServiceFactory.build(price=price, price_per_person=per_person, duration_minutes=length)
    assert service.price_for(people, chosen) == expected


# --- approve, reject, no-show --------------------------------------------------------------------------------------


def test_approve_confirms_tells_and_reminds():
    visit = reservation_actions.approve(asked(studio(), "2026-11-26 17:00").pk, by=STAFF, now=NOW)
    assert (visit.status, visit.hold_until, visit.version) == (Status.CONFIRMED, None, 3)
    assert "Confirmed: Thursday 26 November, 17:00–18:00." in said(visit)[0]
    reminder = Reminder.objects.get()
    assert (reminder.reservation_version, reminder.fire_at) == (3, at("2026-11-25 17:00"))
    decision = Decision.objects.filter(subject_id=visit.pk).first()
    assert (decision.verb, decision.by_name, decision.source) == ("approve", "Maria", "admin")


@pytest.mark.parametrize("second", [reservation_actions.approve, reservation_actions.reject])
def test_second_decision_changes_nothing_and_hears_who_was_first(second):
    visit = asked(studio())
    reservation_actions.approve(visit.pk, by=STAFF, now=NOW)
    before = state()
    with pytest.raises(AlreadyDecided) as late:
        second(visit.pk, by=OTHER, now=NOW)
    assert (late.value.by, late.value.status) == ("Maria", "Confirmed")
    assert late.value.at is not None
    assert state() == before


TOO_LATE = [("2026-11-24 17:00", NOW + timedelta(hours=3)), ("2026-11-23 13:00", at("2026-11-23 13:00"))]


@pytest.mark.parametrize(("start", "now"), TOO_LATE)
def test_approve_is_refused_when_time_is_over(start, now):
    visit = asked(studio(hold_minutes=120), start)
    before = state()
    with pytest.raises(NotAllowed):
        reservation_actions.approve(visit.pk, by=STAFF, now=now)
    assert state() == before


STAFF_ONLY = [reservation_actions.approve, reservation_actions.reject, reservation_actions.no_show]


@pytest.mark.parametrize("verb", STAFF_ONLY)
def test_customers_do_not_decide_for_staff(verb):
    visit = asked(studio())
    before = state()
    with pytest.raises(NotAllowed):
        verb(visit.pk, by=CUSTOMER, now=NOW)
    assert state() == before


def test_reject_frees_the_place_gives_the_reason_and_offers_others():
    service = studio()
    visit = reservation_actions.reject(asked(service).pk, by=STAFF, reason="the kiln is on", now=NOW)
    assert (visit.status, visit.hold_until) == (Status.REJECTED, None)
    message = Message.objects.get()
    assert message.text == (
        "Sorry, Tuesday 24 November, 17:00–18:00 will not work. The reason: the kiln is on. "
        "Free: on Monday 23 November at 17:00; on Tuesday 24 November at 16:30; on Wednesday 25 November at 17:00. "
        "Would one of these suit you?"
    )
    assert [button["payload"] for button in message.buttons] == [
        f"booking:take:{visit.pk}:{visit.version}:2026-11-{slot}:00+01:00"
        for slot in ("23T17:00", "24T16:30", "25T17:00")
    ]
    asked(service)


def test_no_show_is_noted_once_the_visit_has_begun_and_says_nothing():
    visit = confirmed(studio())
    with pytest.raises(NotAllowed):
        reservation_actions.no_show(visit.pk, by=STAFF, now=NOW)
    after = reservation_actions.no_show(visit.pk, by=STAFF, now=at("2026-11-24 17:15"))
    assert after.status == Status.NO_SHOW
    assert said(visit) == []


# --- cancel --------------------------------------------------------------------------------------------------------


def test_customer_cancels_alone_while_it_is_early():
    service = studio()
    visit = confirmed(service, "2026-11-26 17:00")
    after = reservation_actions.cancel(visit.pk, by=CUSTOMER, now=NOW)
    assert after.status == Status.CANCELLED
    assert visit.reminders.get().status == Reminder.Status.DROPPED
    assert said(visit) == []
    asked(service, "2026-11-26 17:00")


def test_late_cancellation_is_a_wish_for_staff():
    visit = confirmed(studio(free_cancellation_hours=24), "2026-11-24 11:30")
    after = reservation_actions.cancel(visit.pk, by=CUSTOMER, reason="kid is sick", now=NOW)
    assert (after.status, after.version) == (Status.CONFIRMED, visit.version)
    assert fresh(visit).status == Status.CONFIRMED
    conversation = Conversation.objects.get(pk=visit.conversation_id)
    assert conversation.attention == Conversation.Attention.WAITING
    decision = Decision.objects.first()
    assert (decision.verb, decision.reason, decision.by_name) == ("ask to cancel", "kid is sick", "Customer")
    assert reservation_actions.cancel(visit.pk, by=STAFF, now=NOW).status == Status.CANCELLED


def test_request_that_waits_is_cancelled_by_the_customer_at_any_time():
    visit = asked(studio(free_cancellation_hours=24), "2026-11-23 17:00")
    assert reservation_actions.cancel(visit.pk, by=CUSTOMER, now=NOW).status == Status.CANCELLED


def test_staff_cancel_and_the_customer_hears_it_with_other_times():
    visit = confirmed(studio())
    reservation_actions.cancel(visit.pk, by=STAFF, reason="Maria is ill", now=NOW)
    text = said(visit)[0]
    assert text.startswith(
        "Sorry, we have to cancel Tuesday 24 November, 17:00–18:00. The reason: Maria is ill. Free: "
    )


def test_what_is_over_or_closed_is_not_cancelled():
    visit = confirmed(studio())
    before = state()
    with pytest.raises(NotAllowed):
        reservation_actions.cancel(visit.pk, by=STAFF, now=at("2026-11-24 18:00"))
    assert state() == before
    reservation_actions.cancel(visit.pk, by=STAFF, now=NOW)
    before = state()
    with pytest.raises(AlreadyDecided) as late:
        reservation_actions.cancel(visit.pk, by=CUSTOMER, now=NOW)
    assert late.value.by == "Maria"
    assert state() == before


def test_without_a_conversation_nothing_is_said_and_nobody_reminded():
    service = studio()
    visit = ReservationFactory(
        service=service, conversation=None, status="pending", start=at("2026-11-26 17:00"), hold_until=None
    )
    reservation_actions.approve(visit.pk, by=STAFF, now=NOW)
    reservation_actions.cancel(visit.pk, by=STAFF, now=NOW)
    assert not Message.objects.exists()
    assert not Reminder.objects.exists()


# --- holds that run out --------------------------------------------------------------------------------------------


def test_hold_that_runs_out_frees_the_place_and_tells_the_customer_once():
    service = studio(hold_minutes=60)
    visit = asked(service)
    assert holds.expire_holds(NOW + timedelta(minutes=59)) == 0
    later = NOW + timedelta(minutes=60)
    assert holds.expire_holds(later) == 1
    assert holds.expire_holds(later) == 0
    assert (fresh(visit).status, fresh(visit).hold_until) == (Status.EXPIRED, None)
    message = Message.objects.get()
    assert message.text.startswith("Sorry, nobody could confirm Tuesday 24 November, 17:00–18:00 in time")
    assert any(button["payload"].endswith("2026-11-24T17:00:00+01:00") for button in message.buttons)
    with pytest.raises(AlreadyDecided) as late:
        reservation_actions.approve(visit.pk, by=STAFF, now=later)
    assert late.value.by == "Time ran out"


# --- moves ---------------------------------------------------------------------------------------------------------


def test_move_keeps_the_old_place_until_staff_agree():
    service = studio()
    old = confirmed(service, "2026-11-26 17:00")
    new = reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-27 11:00"), now=NOW)
    assert (new.status, new.moves_id, new.people) == (Status.PENDING, old.pk, 1)
    assert fresh(old).status == Status.CONFIRMED
    for start in ("2026-11-26 17:00", "2026-11-27 11:00"):
        with pytest.raises(NotFree):
            asked(service, start)
    reservation_actions.approve(new.pk, by=STAFF, now=NOW)
    assert (fresh(old).status, fresh(new).status) == (Status.MOVED, Status.CONFIRMED)
    assert said(new) == [
        "Confirmed, the new time is Friday 27 November, 11:00–12:00. The old one, Thursday 26 November, 17:00, "
        "is cancelled."
    ]
    reminders = Reminder.objects.order_by("pk").values_list("reservation_id", "status")
    assert list(reminders) == [(old.pk, "dropped"), (new.pk, "scheduled")]
    asked(service, "2026-11-26 17:00")


def test_rejected_move_leaves_the_old_visit_and_says_so():
    old = confirmed(studio(), "2026-11-26 17:00")
    new = reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-27 11:00"), now=NOW)
    reservation_actions.reject(new.pk, by=STAFF, now=NOW)
    assert (fresh(old).status, fresh(new).status) == (Status.CONFIRMED, Status.REJECTED)
    assert "Your place on Thursday 26 November, 17:00 stays as it is." in said(old)[0]
    assert old.reminders.get().status == Reminder.Status.SCHEDULED


def test_move_at_once_where_nobody_has_to_agree():
    old = asked(studio(needs_approval=False), "2026-11-26 17:00")
    new = reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-27 11:00"), people=1, now=NOW)
    assert (fresh(old).status, new.status) == (Status.MOVED, Status.CONFIRMED)
    assert said(new) == []


def test_late_move_is_for_staff_even_where_nobody_has_to_agree():
    old = asked(studio(needs_approval=False), "2026-11-24 11:00")
    new = reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-27 11:00"), now=NOW)
    assert (fresh(old).status, new.status) == (Status.CONFIRMED, Status.PENDING)


def test_request_that_waits_is_simply_replaced():
    old = asked(studio(), "2026-11-26 17:00")
    new = reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-26 15:00"), now=NOW)
    assert (fresh(old).status, new.status) == (Status.MOVED, Status.PENDING)


def test_staff_move_at_once_and_the_customer_is_told():
    old = confirmed(studio(), "2026-11-26 17:00")
    new = reschedule.move(old.pk, by=STAFF, start=at("2026-11-27 11:00"), now=NOW)
    assert (fresh(old).status, new.status) == (Status.MOVED, Status.CONFIRMED)
    assert said(new)[0].startswith("Confirmed, the new time is Friday 27 November")


@pytest.mark.parametrize("start", ["2026-11-26 17:00", "2026-11-26 16:30", "2026-11-26 16:00"])
def test_visit_may_move_into_its_own_time_and_is_guarded_again_afterwards(start):
    service = studio(duration_minutes=120, min_duration_minutes=60, max_duration_minutes=120)
    old = confirmed(service, "2026-11-26 16:00")
    length = 60 if start.endswith("17:00") else 90
    new = reschedule.move(old.pk, by=CUSTOMER, start=at(start), duration_minutes=length, now=NOW)
    assert new.exclusive is False
    with pytest.raises(NotFree):
        asked(service, start, duration_minutes=60)
    reservation_actions.approve(new.pk, by=STAFF, now=NOW)
    assert fresh(new).exclusive is True
    assert fresh(old).status == Status.MOVED


def test_second_move_withdraws_the_first():
    old = confirmed(studio(), "2026-11-26 17:00")
    first = reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-27 11:00"), now=NOW)
    second = reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-27 12:00"), now=NOW)
    assert (fresh(first).status, second.status) == (Status.CANCELLED, Status.PENDING)


def test_cancelling_the_visit_withdraws_its_move():
    old = confirmed(studio(), "2026-11-26 17:00")
    new = reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-27 11:00"), now=NOW)
    reservation_actions.cancel(old.pk, by=CUSTOMER, now=NOW)
    assert {fresh(old).status, fresh(new).status} == {Status.CANCELLED}


def test_move_that_runs_out_leaves_the_old_visit():
    old = confirmed(studio(hold_minutes=60), "2026-11-26 17:00")
    new = reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-27 11:00"), now=NOW)
    holds.expire_holds(NOW + timedelta(hours=2))
    assert (fresh(old).status, fresh(new).status) == (Status.CONFIRMED, Status.EXPIRED)
    assert "Your place on Thursday 26 November, 17:00 stays as it is." in said(old)[0]


def test_move_to_a_taken_time_changes_nothing():
    service = studio()
    old = confirmed(service, "2026-11-26 17:00")
    confirmed(service, "2026-11-27 11:00")
    before = state()
    with pytest.raises(NotFree):
        reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-27 11:00"), now=NOW)
    with pytest.raises(NotAllowed):
        reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-28 11:00"), now=at("2026-11-26 17:00"))
    assert state() == before


def test_draft_that_moves_a_visit_asks_like_move():
    service = studio()
    old = confirmed(service, "2026-11-26 17:00")
    draft = wish(service, "2026-11-26 16:30", moves=old, conversation=old.conversation)
    new = reservation_actions.request(draft.pk, by=CUSTOMER, now=NOW)
    assert (new.status, fresh(old).status) == (Status.PENDING, Status.CONFIRMED)
    reservation_actions.approve(new.pk, by=STAFF, now=NOW)
    assert fresh(old).status == Status.MOVED


# --- another time, offered by staff ----------------------------------------------------------------------------------


def offer(service, start="2026-11-27 11:10", **fields):
    old = asked(service, "2026-11-26 17:00", **fields)
    return old, reschedule.offer_other_time(old.pk, by=STAFF, start=at(start), now=NOW)


def test_offered_time_is_held_and_shown_with_buttons():
    service = studio()
    old, new = offer(service)
    assert (fresh(old).status, new.status, new.moves_id) == (Status.PENDING, Status.HELD, old.pk)
    message = Message.objects.get()
    assert message.text == (
        "Could you come at another time instead of Thursday 26 November, 17:00? We can offer Friday 27 November, "
        "11:10–12:10. We keep it for you until Tuesday 24 November, 12:00; until you answer, nothing changes."
    )
    assert [button["payload"] for button in message.buttons] == [
        f"booking:take:{new.pk}:{new.version}:{new.period.lower.isoformat()}",
        f"booking:decline:{new.pk}:{new.version}",
    ]
    with pytest.raises(NotFree):
        asked(service, "2026-11-27 11:00")


def test_taking_the_offer_confirms_it_and_gives_up_the_old():
    old, new = offer(studio())
    start = at("2026-11-27 11:10")
    taken = reschedule.take(new.pk, by=CUSTOMER, version=new.version, start=start, now=NOW)
    assert (taken.status, fresh(old).status, taken.hold_until) == (Status.CONFIRMED, Status.MOVED, None)
    assert taken.reminders.get().status == Reminder.Status.SCHEDULED
    with pytest.raises(AlreadyDecided):
        reschedule.take(new.pk, by=CUSTOMER, version=new.version, start=start, now=NOW)


def test_forged_button_takes_nothing():
    _old, new = offer(studio())
    before = state()
    with pytest.raises(NotAllowed):
        reschedule.take(new.pk, by=CUSTOMER, version=new.version, start=at("2026-11-27 15:00"), now=NOW)
    with pytest.raises(AlreadyDecided):
        reschedule.take(new.pk, by=CUSTOMER, version=9, start=at("2026-11-27 11:10"), now=NOW)
    assert state() == before


def test_declined_offer_leaves_the_request_and_shows_staff():
    old, new = offer(studio())
    reservation_actions.cancel(new.pk, by=CUSTOMER, now=NOW)
    assert (fresh(old).status, fresh(new).status) == (Status.PENDING, Status.CANCELLED)
    assert Conversation.objects.get(pk=old.conversation_id).attention == Conversation.Attention.WAITING


def test_second_offer_withdraws_the_first():
    old, first = offer(studio())
    second = reschedule.offer_other_time(old.pk, by=STAFF, start=at("2026-11-27 15:00"), now=NOW)
    assert (fresh(first).status, second.status) == (Status.CANCELLED, Status.HELD)


def test_offer_that_runs_out_leaves_a_confirmed_visit():
    old = confirmed(studio(hold_minutes=60), "2026-11-26 17:00")
    new = reschedule.offer_other_time(old.pk, by=STAFF, start=at("2026-11-27 11:00"), now=NOW)
    holds.expire_holds(NOW + timedelta(hours=2))
    assert (fresh(old).status, fresh(new).status) == (Status.CONFIRMED, Status.EXPIRED)
    assert "is not kept for you any more. Your place on Thursday 26 November, 17:00 stays" in said(old)[1]


def test_offered_time_that_ran_out_can_still_be_taken_while_nobody_else_has_it():
    service = studio(hold_minutes=60)
    _old, new = offer(service, "2026-11-27 11:00")
    later = NOW + timedelta(hours=2)
    taken = reschedule.take(new.pk, by=CUSTOMER, version=new.version, start=at("2026-11-27 11:00"), now=later)
    assert taken.status == Status.CONFIRMED


def test_offer_must_be_free_and_made_by_staff():
    service = studio()
    old = asked(service, "2026-11-26 17:00")
    asked(service, "2026-11-27 11:00")
    before = state()
    with pytest.raises(NotFree):
        reschedule.offer_other_time(old.pk, by=STAFF, start=at("2026-11-27 11:30"), now=NOW)
    with pytest.raises(NotAllowed):
        reschedule.offer_other_time(old.pk, by=CUSTOMER, start=at("2026-11-27 15:00"), now=NOW)
    assert state() == before


def test_button_under_a_rejection_asks_for_that_time_once():
    visit = reservation_actions.reject(asked(studio()).pk, by=STAFF, now=NOW)
    start = at("2026-11-24 16:30")
    again = reschedule.take(visit.pk, by=CUSTOMER, version=visit.version, start=start, now=NOW)
    assert (again.status, again.moves_id, again.period.lower) == (Status.PENDING, visit.pk, start)
    before = state()
    with pytest.raises(AlreadyDecided):
        reschedule.take(visit.pk, by=CUSTOMER, version=visit.version, start=at("2026-11-25 17:00"), now=NOW)
    assert state() == before


def test_button_under_a_rejected_move_still_moves_the_visit():
    old = confirmed(studio(), "2026-11-26 17:00")
    new = reschedule.move(old.pk, by=CUSTOMER, start=at("2026-11-27 11:00"), now=NOW)
    rejected = reservation_actions.reject(new.pk, by=STAFF, now=NOW)
    start = at("2026-11-27 12:00")
    again = reschedule.take(rejected.pk, by=CUSTOMER, version=rejected.version, start=start, now=NOW)
    assert again.status == Status.PENDING
    reservation_actions.approve(again.pk, by=STAFF, now=NOW)
    assert (fresh(old).status, fresh(again).status) == (Status.MOVED, Status.CONFIRMED)


def test_two_resources_serve_side_by_side():
    service = studio()
    service.resources.add(ResourceFactory(business=service.business))
    one, two = asked(service), asked(service)
    assert one.resource_id != two.resource_id
    with pytest.raises(NotFree):
        asked(service)
