"""The reminder: at a decent hour on the day before, once for each visit as it stands, never for one that is gone."""

from datetime import UTC, timedelta

import pytest

from bookings.models import Reminder, ReminderRule, Reservation
from bookings.reservations import actions as reservation_actions, reschedule
from bookings.reservations.reminders import planning as reservation_reminders, queue as reminder_queue
from bots.staff.actors import Actor
from conversations.models import Message
from tests.bookings.availability.times import NOW, at
from tests.factories import ConversationFactory, DraftFactory, ReservationFactory, ResourceFactory, ServiceFactory

pytestmark = pytest.mark.django_db

STAFF = Actor("Maria", "admin")


def visit(start="2026-11-26 17:00", *, zone="Europe/Warsaw", now=NOW, language="en", **fields) -> Reservation:
    service = ServiceFactory(business__timezone=zone)
    reservation = ReservationFactory(service=service, start=at(start, zone), conversation__language=language, **fields)
    reservation_reminders.plan(reservation, now=now)
    return reservation


WALL_TIMES = [
    # the visit, the reminder, on the wall clock
    ("2026-11-26 17:00", "2026-11-25 17:00"),
    ("2026-11-26 09:00", "2026-11-25 09:00"),
    ("2026-11-26 08:59", "2026-11-25 09:00"),
    ("2026-11-26 00:30", "2026-11-25 09:00"),
    ("2026-11-26 20:59", "2026-11-25 20:59"),
    ("2026-11-26 21:00", "2026-11-25 20:30"),
    ("2026-11-26 23:30", "2026-11-25 20:30"),
    # the nights of the clocks lie between reminder and visit: the wall clock counts, not 24 hours
    ("2027-03-28 17:00", "2027-03-27 17:00"),
    ("2027-10-31 17:00", "2027-10-30 17:00"),
    ("2027-03-29 12:00", "2027-03-28 12:00"),
]


@pytest.mark.parametrize(("start", "expected"), WALL_TIMES)
def test_reminder_comes_at_the_same_hour_the_day_before_but_never_at_night(start, expected):
    reminder = visit(start).reminders.get()
    assert reminder.fire_at == at(expected)
    assert f"{reminder.local_day} {reminder.local_time:%H:%M}" == expected
    assert reminder.expires_at == at(start) - timedelta(hours=2)


ODD_HOURS = [
    # zone, wall time, UTC
    ("Europe/Warsaw", "2027-03-28 02:30", "2027-03-28 01:30"),  # left out: 03:30 summer time
    ("Europe/Warsaw", "2027-10-31 02:30", "2027-10-31 00:30"),  # comes twice: the first
    ("America/New_York", "2027-03-14 02:30", "2027-03-14 07:30"),
    ("America/New_York", "2027-11-07 01:30", "2027-11-07 05:30"),
    ("Asia/Tokyo", "2027-03-28 02:30", "2027-03-27 17:30"),
]


@pytest.mark.parametrize(("zone", "wall", "utc"), ODD_HOURS)
def test_hour_left_out_is_shifted_forward_and_of_two_the_first_is_meant(zone, wall, utc):
    moment = at(wall, zone)
    assert reservation_reminders.fires_at(moment.date(), moment.time(), zone).isoformat() == at(utc, "UTC").isoformat()


def test_fresh_confirmation_needs_no_reminder():
    start = at("2026-11-24 17:00")
    fire = start - timedelta(days=1)
    reservation = ReservationFactory(service=ServiceFactory(), start=start)
    assert reservation_reminders.plan(reservation, now=fire - timedelta(hours=2, minutes=59)) == []
    assert reservation_reminders.plan(reservation, now=fire + timedelta(hours=2)) == []
    assert len(reservation_reminders.plan(reservation, now=fire - timedelta(hours=3))) == 1


SAID = {
    "en": "A reminder: Thursday 26 November, 17:00–18:00. Will you come?",
    "pl": "Przypomnienie: czwartek 26 listopada, 17:00–18:00. Czy wizyta jest aktualna?",
    "uk": "Нагадуємо: четвер 26 листопада, 17:00–18:00. Усе в силі?",
    "ru": "Напоминаем: четверг 26 ноября, 17:00–18:00. Всё в силе?",
    "es": "Te recordamos: jueves 26 de noviembre, 17:00–18:00. ¿Sigue en pie?",
}


@pytest.mark.parametrize(("language", "expected"), SAID.items())
def test_reminder_is_queued_once_in_the_customers_language(language, expected):
    reservation = visit(language=language)
    fire = at("2026-11-25 17:00")
    assert reminder_queue.queue_due(fire - timedelta(minutes=1)) == 0
    assert reminder_queue.queue_due(fire) == 1
    assert reminder_queue.queue_due(fire + timedelta(minutes=1)) == 0
    message = Message.objects.get()
    assert (message.text, message.purpose) == (expected, Message.Purpose.REMINDER)
    assert message.expires_at == at("2026-11-26 15:00")
    assert message.dedupe_key == f"reservation:{reservation.pk}:{reservation.version}:reminder 24h"
    assert Reminder.objects.get().status == Reminder.Status.SENT


def test_cancelled_visit_is_not_reminded_of():
    reservation = visit()
    reservation_actions.cancel(reservation.pk, by=Actor.customer(), now=NOW)
    assert reminder_queue.queue_due(at("2026-11-25 17:00")) == 0
    assert not Message.objects.exists()
    assert Reminder.objects.get().status == Reminder.Status.DROPPED


@pytest.mark.parametrize("change", [{"status": "cancelled"}, {"status": "moved"}, {"version": 7}])
def test_visit_is_looked_at_again_at_the_last_moment(change):
    reservation = visit()
    Reservation.objects.filter(pk=reservation.pk).update(**change)
    assert reminder_queue.queue_due(at("2026-11-25 17:00")) == 0
    assert Reminder.objects.get().status == Reminder.Status.DROPPED
    assert not Message.objects.exists()


def test_moved_visit_is_reminded_of_at_its_new_time_only():
    service = ServiceFactory()
    draft = DraftFactory(service=service, day=at("2026-11-26 17:00").date(), start_time=at("2026-11-26 17:00").time())
    old = reservation_actions.request(draft.pk, by=STAFF, now=NOW)
    reschedule.move(old.pk, by=STAFF, start=at("2026-11-27 11:00"), now=NOW)
    Message.objects.all().delete()
    assert reminder_queue.queue_due(at("2026-11-25 18:00")) == 0
    assert reminder_queue.queue_due(at("2026-11-26 11:00")) == 1
    assert "Friday 27 November" in Message.objects.get().text


STEPS = [
    # hours before, the visit, the reminder, not sent any more from
    (48, "2026-11-27 17:00", "2026-11-25 17:00", "2026-11-27 15:00"),
    (3, "2026-11-26 17:00", "2026-11-26 14:00", "2026-11-26 15:30"),
    (3, "2026-11-26 12:00", "2026-11-26 09:00", "2026-11-26 10:30"),
    (3, "2026-11-26 11:00", "2026-11-26 09:00", "2026-11-26 09:30"),  # 8:00 is night
    (3, "2026-11-26 10:00", "2026-11-25 20:30", "2026-11-26 08:30"),  # 9:00 would be too late
    (12, "2026-11-26 10:00", "2026-11-25 20:30", "2026-11-26 08:00"),  # 22:00 is night
    (12, "2026-11-26 17:00", "2026-11-26 09:00", "2026-11-26 15:00"),
    (1, "2026-11-26 17:00", "2026-11-26 16:00", "2026-11-26 16:30"),
    (20, "2027-03-28 17:00", "2027-03-27 20:00", "2027-03-28 15:00"),  # twenty hours that pass; one was left out
    (24, "2027-03-28 17:00", "2027-03-27 17:00", "2027-03-28 15:00"),  # a day on the clock
]


@pytest.mark.parametrize(("hours", "start", "fire", "expires"), STEPS)
def test_each_step_has_its_own_time(hours, start, fire, expires):
    service = ServiceFactory()
    ReminderRule.objects.create(business=service.business, hours_before=hours)
    reservation = ReservationFactory(service=service, start=at(start))
    (reminder,) = reservation_reminders.plan(reservation, now=NOW)
    assert (reminder.fire_at, reminder.expires_at, reminder.kind) == (at(fire), at(expires), f"{hours}h")


def test_business_may_have_several_steps_or_none():
    service = ServiceFactory()
    for hours, asks in [(24, True), (3, False)]:
        ReminderRule.objects.create(business=service.business, hours_before=hours, asks=asks)
    reservation = ReservationFactory(service=service, start=at("2026-11-26 17:00"), conversation__language="en")
    reservation_reminders.plan(reservation, now=NOW)
    for now in ["2026-11-25 17:00", "2026-11-25 17:01", "2026-11-26 14:00", "2026-11-26 14:01"]:
        reminder_queue.queue_due(at(now))
    asked, told = Message.objects.order_by("pk")
    assert (asked.asks, len(asked.buttons), told.asks, told.buttons) == (["coming"], 3, [], [])
    ReminderRule.objects.update(is_active=False)
    assert reservation_reminders.plan(reservation, now=NOW) == []


def test_steps_that_fall_together_are_one_message_which_asks():
    service = ServiceFactory()
    for hours, asks in [(14, True), (12, False)]:
        ReminderRule.objects.create(business=service.business, hours_before=hours, asks=asks)
    reservation = ReservationFactory(service=service, start=at("2026-11-26 11:00"))
    (reminder,) = reservation_reminders.plan(reservation, now=NOW)
    assert (reminder.fire_at, reminder.asks) == (at("2026-11-25 20:30"), True)


NIGHTS = [
    # zone, the night of the clocks, the visit after it
    ("Europe/Berlin", "2027-03-28", "2027-03-28 17:00"),
    ("Europe/Berlin", "2027-10-31", "2027-10-31 17:00"),
    ("America/New_York", "2027-03-14", "2027-03-14 17:00"),
    ("America/New_York", "2027-11-07", "2027-11-07 17:00"),
    ("Asia/Tokyo", "2027-03-28", "2027-03-28 17:00"),
]


@pytest.mark.parametrize(("zone", "night", "start"), NIGHTS)
@pytest.mark.parametrize("down", [False, True])
def test_over_the_nights_of_the_clocks_each_reminder_comes_once_at_its_wall_time(zone, night, start, down):
    """Three visits around the night; the sweep runs every half hour, or stands still over the night itself."""
    service = ServiceFactory(business__timezone=zone, resources=[ResourceFactory(capacity=9)])
    middle = at(start, zone)
    visits = [middle - timedelta(days=1), middle, middle + timedelta(days=1)]
    for moment in visits:
        wall = moment.replace(hour=17)
        reservation = ReservationFactory(service=service, start=wall, conversation__language="en")
        reservation_reminders.plan(reservation, now=middle - timedelta(days=9))
    moment = at(f"{night} 00:00", zone) - timedelta(days=3)
    said = {}
    while moment < middle + timedelta(days=2):
        moment = (moment.astimezone(UTC) + timedelta(minutes=30)).astimezone(moment.tzinfo)
        if down and at(f"{night} 00:00", zone) - timedelta(hours=8) < moment < at(f"{night} 08:00", zone):
            continue
        reminder_queue.queue_due(moment)
        for message in Message.objects.exclude(pk__in=said):
            said[message.pk] = f"{moment:%d %H:%M}"
    days = [middle - timedelta(days=2), middle - timedelta(days=1), middle]
    late = {1: f"{days[2]:%d} 09:00"} if down else {}  # held up over the night: in the morning
    assert list(said.values()) == [late.get(number, f"{day:%d} 17:00") for number, day in enumerate(days)]
    assert set(Reminder.objects.values_list("status", flat=True)) == {Reminder.Status.SENT}


LATE = [
    # the outage ends, status, said
    ("2026-11-25 20:45", Reminder.Status.SENT, 1),
    ("2026-11-25 22:00", Reminder.Status.SCHEDULED, 0),  # waits for the morning
    ("2026-11-26 08:59", Reminder.Status.SCHEDULED, 0),
    ("2026-11-26 09:00", Reminder.Status.SENT, 1),
    ("2026-11-26 14:59", Reminder.Status.SENT, 1),
    ("2026-11-26 15:00", Reminder.Status.LATE, 0),
    ("2026-11-30 12:00", Reminder.Status.LATE, 0),
]


@pytest.mark.parametrize(("now", "status", "said"), LATE)
def test_after_an_outage_nothing_is_sent_at_night_or_too_late(now, status, said):
    visit()
    reminder_queue.queue_due(at(now))
    assert Reminder.objects.get().status == status
    assert Message.objects.count() == said


def test_replan_follows_the_wall_clock():
    visit()
    visit("2026-11-27 17:00")
    Reminder.objects.filter(local_day="2026-11-25").update(fire_at=at("2026-11-25 18:00"))
    assert reservation_reminders.replan(NOW) == 1
    assert list(Reminder.objects.order_by("pk").values_list("fire_at", flat=True)) == [
        at("2026-11-25 17:00"),
        at("2026-11-26 17:00"),
    ]
    assert reservation_reminders.replan(NOW) == 0


def test_visit_without_a_conversation_has_no_reminder():
    service = ServiceFactory(resources=None)
    contact = ConversationFactory(account__bot__business=service.business).contact
    resource = ResourceFactory(business=service.business)
    reservation = ReservationFactory(
        service=service, resource=resource, conversation=None, contact=contact, start=at("2026-11-26 17:00")
    )
    assert reservation_reminders.plan(reservation, now=NOW) == []
