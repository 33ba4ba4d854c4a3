"""Which times can be had, and why one cannot: tables of situations on the wall clock."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from bookings.availability import free_times
from bookings.availability.reasons import Why
from bookings.models import Reservation, Service
from tests.bookings.availability.times import NOW, at, clock, day
from tests.factories import (
    BusinessFactory,
    HolidayRuleFactory,
    ReservationFactory,
    ResourceFactory,
    ServiceFactory,
    TimeOffFactory,
)

pytestmark = pytest.mark.django_db

TUESDAY = "2026-11-24"
NEW_YORK = "America/New_York"


def studio(*, zone="Europe/Warsaw", country="PL", capacity=1, hours=None, **fields) -> Service:
    business = BusinessFactory(timezone=zone, country=country)
    resource = ResourceFactory(business=business, capacity=capacity, hours=hours)
    return ServiceFactory(business=business, resources=[resource], **fields)


def starts(service, text=TUESDAY, *, now=NOW, people=1, **more) -> list[str]:
    slots = free_times.free_slots(service, first_day=day(text), last_day=day(text), people=people, now=now, **more)
    return [f"{slot.start:%H:%M}" for slot in slots]


def why(service, text, *, now=NOW, people=1, **more):
    start = at(text, service.business.timezone)
    reason = free_times.why_not(service, start, people=people, now=now, **more)
    return reason and reason.why


TUESDAY_HOURS = [
    # hours of the day, length, step, starts
    ([("10:00", "13:00")], 60, 60, ["10:00", "11:00", "12:00"]),
    ([("10:00", "13:00")], 60, 30, ["10:00", "10:30", "11:00", "11:30", "12:00"]),
    ([("10:15", "12:00")], 60, 30, ["10:15", "10:45"]),
    ([("10:00", "12:00")], 120, 30, ["10:00"]),
    ([("10:00", "11:30")], 120, 30, []),
    ([("10:00", "12:00"), ("13:00", "15:00")], 60, 60, ["10:00", "11:00", "13:00", "14:00"]),
    ([("10:00", "12:00"), ("13:00", "15:00")], 90, 30, ["10:00", "10:30", "13:00", "13:30"]),
    ([("10:00", "12:00"), ("12:00", "14:00")], 120, 60, ["10:00", "11:00", "12:00"]),
    ([("10:00", "13:00"), ("12:00", "14:00")], 60, 60, ["10:00", "11:00", "12:00", "13:00"]),
    ([("21:00", "00:00")], 60, 60, ["21:00", "22:00", "23:00"]),
    ([("21:00", "00:00")], 90, 30, ["21:00", "21:30", "22:00", "22:30"]),
]


@pytest.mark.parametrize(("hours", "length", "step", "expected"), TUESDAY_HOURS)
def test_starts_lie_on_the_grid_of_each_stretch_of_hours(hours, length, step, expected):
    assert starts(studio(hours={1: hours}, duration_minutes=length, step_minutes=step)) == expected


def test_a_visit_may_run_over_midnight_where_the_next_day_opens_at_once():
    service = studio(hours={1: [("22:00", "00:00")], 2: [("00:00", "02:00")]}, duration_minutes=120, step_minutes=60)
    assert starts(service) == ["22:00", "23:00"]
    assert starts(service, "2026-11-25") == ["00:00"]
    slots = free_times.free_slots(service, first_day=day(TUESDAY), last_day=day(TUESDAY), people=1, now=NOW)
    assert slots[-1].end == at("2026-11-25 01:00")


SPRING = "2027-03-28"  # Warsaw: 02:00 becomes 03:00 (and it is Easter, hence no country in these)
AUTUMN = "2027-10-31"  # Warsaw: 03:00 becomes 02:00
ALL_NIGHT = {6: [("00:00", "06:00")]}
DST_NIGHTS = [
    # zone, day, length, starts (wall clock)
    ("Europe/Warsaw", SPRING, 60, ["00:00", "01:00", "03:00", "04:00", "05:00"]),
    ("Europe/Warsaw", SPRING, 120, ["00:00", "01:00", "03:00", "04:00"]),
    ("Europe/Warsaw", AUTUMN, 60, ["00:00", "01:00", "02:00", "03:00", "04:00", "05:00"]),
    ("Europe/Warsaw", AUTUMN, 240, ["00:00", "01:00", "02:00"]),
    (NEW_YORK, "2027-03-14", 60, ["00:00", "01:00", "03:00", "04:00", "05:00"]),
    (NEW_YORK, "2027-11-07", 60, ["00:00", "01:00", "02:00", "03:00", "04:00", "05:00"]),
    (NEW_YORK, "2027-11-07", 300, ["00:00", "01:00"]),
]


@pytest.mark.parametrize(("zone", "text", "length", "expected"), DST_NIGHTS)
def test_both_nights_of_the_clocks_are_right(zone, text, length, expected):
    service = studio(zone=zone, country="", hours=ALL_NIGHT, duration_minutes=length, step_minutes=60, horizon_days=600)
    assert starts(service, text) == expected
    for start in expected:
        assert why(service, f"{text} {start}") is None


def test_a_visit_over_the_hour_left_out_keeps_its_real_length():
    service = studio(country="", hours=ALL_NIGHT, duration_minutes=120, horizon_days=600)
    slots = free_times.free_slots(service, first_day=day(SPRING), last_day=day(SPRING), people=1, now=NOW)
    slot = next(slot for slot in slots if slot.start == at(f"{SPRING} 01:00"))
    assert f"{slot.end:%H:%M}" == "04:00"
    assert slot.end.timestamp() - slot.start.timestamp() == 2 * 3600


def test_a_visit_in_the_hour_that_comes_twice_ends_an_hour_later_on_the_same_clock():
    service = studio(country="", hours=ALL_NIGHT, duration_minutes=60, horizon_days=600)
    slots = free_times.free_slots(service, first_day=day(AUTUMN), last_day=day(AUTUMN), people=1, now=NOW)
    slot = next(slot for slot in slots if f"{slot.start:%H:%M}" == "02:00")
    assert (f"{slot.end:%H:%M}", slot.start.fold, slot.end.fold) == ("02:00", 0, 1)


@pytest.mark.parametrize(("zone", "text"), [("Europe/Warsaw", f"{SPRING} 02:30"), (NEW_YORK, "2027-03-14 02:30")])
def test_the_hour_left_out_does_not_exist(zone, text):
    service = studio(zone=zone, country="", hours=ALL_NIGHT, horizon_days=600)
    assert why(service, text) == Why.NONEXISTENT_TIME


def test_busy_visit_on_a_night_of_the_clocks_blocks_its_own_hour_only():
    service = studio(country="", hours=ALL_NIGHT, duration_minutes=60, step_minutes=60, horizon_days=600)
    ReservationFactory(service=service, start=at(f"{SPRING} 03:00"))
    assert starts(service, SPRING) == ["00:00", "01:00", "04:00", "05:00"]


REASONS = [
    # asked for, people, duration, reason
    ("2026-11-24 10:00", 1, None, None),
    ("2026-11-24 10:10", 1, None, Why.NOT_ON_GRID),
    ("2026-11-24 09:30", 1, None, Why.OUTSIDE_HOURS),
    ("2026-11-24 17:30", 1, None, Why.OUTSIDE_HOURS),
    ("2026-11-24 12:30", 1, None, Why.BREAK),
    ("2026-11-24 13:00", 1, None, Why.BREAK),
    ("2026-11-28 11:00", 1, None, Why.CLOSED_DAY),
    ("2026-11-23 11:00", 1, None, Why.PAST),
    ("2026-11-23 14:00", 1, None, Why.TOO_SOON),
    ("2026-11-23 15:00", 1, None, None),
    ("2027-01-22 11:00", 1, None, None),
    ("2027-01-25 11:00", 1, None, Why.TOO_FAR),
    ("2026-12-25 11:00", 1, None, Why.HOLIDAY),
    ("2026-11-24 10:00", 4, None, Why.TOO_MANY_PEOPLE),
    ("2026-11-24 10:00", 0, None, Why.TOO_FEW_PEOPLE),
    ("2026-11-24 10:00", 1, 45, Why.BAD_DURATION),
    ("2026-11-24 10:00", 1, 0, Why.BAD_DURATION),
    ("2026-11-26 10:00", 1, None, Why.TIME_OFF),
    ("2026-11-26 15:00", 1, None, None),
    ("2026-11-24 15:00", 1, None, Why.FULL),
    ("2026-11-24 16:00", 1, None, None),
]


@pytest.mark.parametrize(("text", "people", "length", "expected"), REASONS)
def test_each_time_that_cannot_be_had_says_why(text, people, length, expected):
    hours = {weekday: [("10:00", "13:00"), ("14:00", "18:00")] for weekday in range(5)}
    service = studio(hours=hours, lead_time_minutes=180, max_people=3)
    TimeOffFactory(business=service.business, period=(at("2026-11-26 00:00"), at("2026-11-26 14:30")))
    ReservationFactory(service=service, start=at("2026-11-24 15:00"))
    assert why(service, text, people=people, duration_minutes=length) == expected
    offered = starts(service, text[:10], people=people, duration_minutes=length)
    assert (text[11:] in offered) is (expected is None)


def test_holiday_says_its_name_in_the_language_spoken():
    service = studio()
    with translation.override("pl"):
        reason = free_times.why_not(service, at("2026-12-25 11:00"), people=1, now=NOW)
        assert "Boże Narodzenie" in reason.name
    with translation.override("ru"):  # the calendar of Poland has no Russian names
        assert free_times.why_not(service, at("2026-12-25 11:00"), people=1, now=NOW).name == ""


def test_rules_open_a_holiday_and_close_a_day_of_their_own():
    service = studio()
    HolidayRuleFactory(business=service.business, day=day("2026-12-25"), is_open=True)
    HolidayRuleFactory(business=service.business, day=day(TUESDAY), name="Inventory")
    assert "10:00" in starts(service, "2026-12-25")
    assert starts(service, TUESDAY) == []
    assert free_times.why_not(service, at(f"{TUESDAY} 10:00"), people=1, now=NOW).name == "Inventory"


def test_unknown_country_has_no_holidays():
    assert "10:00" in starts(studio(country="QQ"), "2026-12-25")


def test_time_off_without_an_end_closes_for_good():
    service = studio()
    TimeOffFactory(business=service.business, resource=service.resources.get(), period=(at("2026-11-24 12:00"), None))
    assert starts(service) == ["10:00", "10:30", "11:00"]
    assert starts(service, "2026-12-01") == []


def test_buffers_keep_visits_apart_but_may_reach_beyond_the_hours():
    service = studio(buffer_before_minutes=15, buffer_after_minutes=30, step_minutes=15)
    ReservationFactory(service=service, start=at(f"{TUESDAY} 13:00"))  # takes up 12:45 to 14:30
    free = starts(service)
    assert (free[0], free[-1]) == ("10:00", "17:00")
    assert [text for text in free if "11:00" <= text <= "15:00"] == ["11:00", "11:15", "14:45", "15:00"]


SHARED = [
    # people there 10-11, 11-12; wanted; free starts between 9:30 and 12:00 of 2-hour visits, with places left
    (0, 0, 4, {"10:00": 4, "11:00": 4}),
    (3, 1, 1, {"10:00": 1, "11:00": 3}),
    (3, 1, 2, {"11:00": 3}),
    (2, 2, 2, {"10:00": 2, "11:00": 2}),
    (4, 4, 1, {}),
]


@pytest.mark.parametrize(("first", "second", "people", "expected"), SHARED)
def test_shared_place_counts_people_at_every_moment(first, second, people, expected):
    service = studio(capacity=4, hours={1: [("10:00", "13:00")]}, max_people=4, step_minutes=60, duration_minutes=120)
    for start, there in (("10:00", first), ("11:00", second)):
        if there:
            ReservationFactory(service=service, start=at(f"{TUESDAY} {start}"), people=there, duration_minutes=60)
    slots = free_times.free_slots(service, first_day=day(TUESDAY), last_day=day(TUESDAY), people=people, now=NOW)
    assert {f"{slot.start:%H:%M}": slot.left for slot in slots} == expected


def test_shared_place_that_is_full_says_how_many_places_are_left():
    service = studio(capacity=4, max_people=4)
    ReservationFactory(service=service, start=at(f"{TUESDAY} 10:00"), people=3)
    reason = free_times.why_not(service, at(f"{TUESDAY} 10:00"), people=2, now=NOW)
    assert (reason.why, reason.left) == (Why.FULL, 1)


def test_exclusive_place_takes_one_visit_whatever_the_people():
    service = studio(max_people=3)
    assert "10:00" in starts(service, people=3)
    ReservationFactory(service=service, start=at(f"{TUESDAY} 10:00"), people=1)
    assert "10:00" not in starts(service, people=1)


def test_of_several_resources_any_that_is_free_will_do():
    service = studio(hours={1: [("10:00", "12:00")]}, step_minutes=60)
    second = ResourceFactory(business=service.business, hours={1: [("11:00", "13:00")]})
    service.resources.add(second)
    ReservationFactory(service=service, resource=service.resources.order_by("pk")[0], start=at(f"{TUESDAY} 11:00"))
    slots = free_times.free_slots(service, first_day=day(TUESDAY), last_day=day(TUESDAY), people=1, now=NOW)
    assert [(f"{slot.start:%H:%M}", slot.resource_id == second.pk) for slot in slots] == [
        ("10:00", False),
        ("11:00", True),
        ("12:00", True),
    ]


def test_the_fullest_place_that_fits_is_taken_so_that_large_groups_find_room():
    service = studio(capacity=8, max_people=8)
    small = ResourceFactory(business=service.business, capacity=2)
    service.resources.add(small)
    slots = free_times.free_slots(service, first_day=day(TUESDAY), last_day=day(TUESDAY), people=2, now=NOW)
    assert {slot.resource_id for slot in slots} == {small.pk}


def test_inactive_resource_and_service_offer_nothing():
    service = studio()
    service.resources.update(is_active=False)
    assert starts(service) == []
    assert why(service, f"{TUESDAY} 10:00") == Why.NOT_OFFERED
    service.resources.update(is_active=True)
    service.is_active = False
    assert starts(service) == []
    assert why(service, f"{TUESDAY} 10:00") == Why.NOT_OFFERED


KEEPS = [
    ("held", 1, True),
    ("pending", 1, True),
    ("confirmed", None, True),
    ("pending", -1, False),
    ("held", -1, False),
]
KEEPS += [(status, None, False) for status in ("rejected", "cancelled", "expired", "moved", "no_show")]


@pytest.mark.parametrize(("status", "hours_left", "keeps"), KEEPS)
def test_only_what_is_live_and_in_time_keeps_its_place(status, hours_left, keeps):
    service = studio()
    hold_until = None if hours_left is None else NOW + timedelta(hours=hours_left)
    ReservationFactory(service=service, start=at(f"{TUESDAY} 10:00"), status=status, hold_until=hold_until)
    assert ("10:00" not in starts(service)) is keeps


def test_a_visit_that_moves_does_not_stand_in_its_own_way():
    service = studio()
    old = ReservationFactory(service=service, start=at(f"{TUESDAY} 10:00"))
    ReservationFactory(service=service, start=at(f"{TUESDAY} 12:00"), status="pending", moves=old)
    free = starts(service, ignore_reservation_id=old.pk)
    assert {"10:00", "10:30", "12:00"} <= set(free)
    assert not {"10:00", "10:30", "12:00"} & set(starts(service))


def test_length_may_be_chosen_where_the_service_says_so():
    service = studio(min_duration_minutes=60, max_duration_minutes=180, duration_minutes=120)
    assert starts(service)[-1] == "16:00"
    assert starts(service, duration_minutes=180)[-1] == "15:00"
    assert starts(service, duration_minutes=240) == []


NEAREST = [
    # taken on Tuesday, wanted, offered: hours are 10 to 20 every day, but 10 to 16 on Saturday and none on Sunday
    (["17:00"], "24 17:00", ["23 17:00", "24 16:00", "24 18:00"]),
    (["16:30", "17:30"], "24 17:00", ["23 17:00", "24 15:30", "24 18:30"]),
    ([], "24 12:00", ["23 12:00", "24 12:00", "25 12:00"]),
    (["10:00", "11:00"], "24 10:00", ["23 12:00", "24 12:00", "25 10:00"]),
    ([], "29 13:00", ["27 13:00", "28 13:00", "30 13:00"]),
]


@pytest.mark.parametrize(("taken", "wanted", "expected"), NEAREST)
def test_nearest_gives_that_day_around_the_hour_then_the_same_hour_nearby(taken, wanted, expected):
    hours = {weekday: [("10:00", "20:00")] for weekday in range(5)} | {5: [("10:00", "16:00")]}
    service = studio(hours=hours)
    for hour in taken:
        ReservationFactory(service=service, start=at(f"{TUESDAY} {hour}"))
    found = free_times.nearest(service, at(f"2026-11-{wanted}"), people=1, now=NOW)
    assert [f"{slot.start:%d %H:%M}" for slot in found] == expected


@pytest.mark.parametrize("wanted", ["2026-11-20 12:00", "2027-03-20 12:00"])
def test_nearest_stays_between_now_and_the_horizon(wanted):
    service = studio()
    found = free_times.nearest(service, at(wanted), people=1, now=NOW)
    assert len(found) == 3
    assert all(slot.start >= NOW and slot.start.date() <= day("2027-01-22") for slot in found)


WILD = [("9999-12-31T23:59:59-12:00", Why.TOO_FAR), ("0001-01-01T00:00:00+12:00", Why.PAST)]


@pytest.mark.parametrize(("text", "expected"), WILD)
@pytest.mark.parametrize("by_staff", [False, True])
def test_wild_dates_are_refused_like_any_other(text, expected, by_staff):
    service = studio()
    start = datetime.fromisoformat(text)
    found = free_times.find_slot(service, start, people=1, now=NOW, by_staff=by_staff)
    assert found.why == expected
    assert len(free_times.nearest(service, start, people=1, now=NOW)) == 3


def test_nearest_looks_further_when_the_weeks_around_are_full():
    service = studio()
    TimeOffFactory(business=service.business, period=(at("2026-11-23 00:00"), at("2027-01-10 00:00")))
    found = free_times.nearest(service, at("2026-11-24 12:00"), people=1, now=NOW)
    assert [f"{slot.start:%d.%m %H:%M}" for slot in found] == ["10.01 10:00", "10.01 12:00", "11.01 12:00"]


def test_opening_hours_join_all_resources():
    service = studio(hours={0: [("10:00", "13:00"), ("15:00", "18:00")], 5: [("20:00", "00:00")]})
    ResourceFactory(business=service.business, hours={0: [("12:00", "14:00")]})
    assert free_times.opening_hours(service.business) == {
        0: [(clock("10:00"), clock("14:00")), (clock("15:00"), clock("18:00"))],
        5: [(clock("20:00"), clock("00:00"))],
    }


def test_one_query_however_many_days_resources_and_visits():
    service = studio()
    service.resources.add(*[ResourceFactory(business=service.business) for _ in range(3)])
    for hour in (10, 12, 14):
        ReservationFactory(service=service, start=at(f"{TUESDAY} {hour}:00"))
    service = Service.objects.select_related("business").get(pk=service.pk)
    with CaptureQueriesContext(connection) as queries:
        free_times.free_slots(service, first_day=day("2026-11-23"), last_day=day("2027-01-20"), people=1, now=NOW)
    assert len(queries) == 1
    assert Reservation.objects.count() == 3


@pytest.mark.parametrize("days_ago", [1, 3, 30])
def test_a_stretch_of_days_that_has_passed_has_no_times(days_ago):
    """“27 November in the evening”, written on the 30th: the talk lab met an error of PostgreSQL's here."""
    service = studio()
    today = NOW.date()
    last = today - timedelta(days=days_ago)
    assert free_times.free_slots(service, first_day=today, last_day=last, people=1, now=NOW) == []
