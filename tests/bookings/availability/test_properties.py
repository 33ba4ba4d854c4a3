"""For any calendar: what is offered can be had, and what is not offered has the reason that a plain reckoning gives."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings, strategies as st

from bookings.availability import free_times
from bookings.availability.reasons import Why
from bookings.reservations import actions as reservation_actions
from bots.staff.actors import Actor
from tests.factories import (
    BusinessFactory,
    DraftFactory,
    HolidayRuleFactory,
    ReservationFactory,
    ResourceFactory,
    ServiceFactory,
    TimeOffFactory,
)

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

DAYS = [  # ordinary ones and both nights of the clocks, in two zones
    ("Europe/Warsaw", date(2026, 11, 24)),
    ("Europe/Warsaw", date(2027, 3, 28)),
    ("Europe/Warsaw", date(2027, 10, 31)),
    ("America/New_York", date(2027, 3, 14)),
    ("America/New_York", date(2027, 11, 7)),
]
quarters = st.integers(0, 95).map(lambda number: number * 15)


@st.composite
def spans(draw, most=3):
    ends = sorted(draw(st.sets(quarters, min_size=0, max_size=2 * most)))
    return list(zip(ends[::2], ends[1::2], strict=False))


situations = st.fixed_dictionaries(
    {
        "place": st.sampled_from(DAYS),
        "hours": spans(),
        "off": spans(most=1),
        "busy": st.lists(st.tuples(quarters, st.sampled_from([30, 60, 90]), st.integers(1, 3)), max_size=5),
        "capacity": st.sampled_from([1, 2, 4]),
        "people": st.integers(0, 4),
        "length": st.sampled_from([30, 60, 90, 240]),
        "step": st.sampled_from([15, 30, 45]),
        "before": st.sampled_from([0, 15]),
        "after": st.sampled_from([0, 30]),
        "lead": st.sampled_from([0, 180]),
        "now": st.integers(-600, 1200),
        "holiday": st.booleans(),
    }
)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def utc(day: date, minutes: int, zone: ZoneInfo) -> datetime:
    """By the clock's own definition: gap forward, of two the first."""
    return (datetime(day.year, day.month, day.day, tzinfo=zone) + timedelta(minutes=minutes)).astimezone(UTC)


def build(facts: dict) -> SimpleNamespace:
    zone_name, day = facts["place"]
    zone = ZoneInfo(zone_name)
    business = BusinessFactory(timezone=zone_name)
    resource = ResourceFactory(
        business=business,
        capacity=facts["capacity"],
        hours={day.weekday(): [(clock(opens), clock(closes)) for opens, closes in facts["hours"]]},
    )
    service = ServiceFactory(
        business=business,
        resources=[resource],
        duration_minutes=60,
        min_duration_minutes=30,
        max_duration_minutes=120,
        step_minutes=facts["step"],
        buffer_before_minutes=facts["before"],
        buffer_after_minutes=facts["after"],
        lead_time_minutes=facts["lead"],
        horizon_days=1,
        max_people=3,
    )
    off = [(utc(day, since, zone), utc(day, until, zone)) for since, until in facts["off"]]
    off = [(since, until) for since, until in off if since < until]
    for period in off:
        TimeOffFactory(business=business, period=period)
    visits = []
    for start, length, people in facts["busy"]:
        try:
            with transaction.atomic():
                visits.append(
                    ReservationFactory(
                        service=service,
                        start=utc(day, start, zone),
                        duration_minutes=length,
                        people=people,
                        conversation=None,
                    )
                )
        except Exception:
            continue  # would overlap at an exclusive place, which the database does not allow
    if facts["holiday"]:
        HolidayRuleFactory(business=business, day=day)
    return SimpleNamespace(
        zone=zone, day=day, service=service, off=off, visits=visits, now=utc(day, facts["now"], zone), facts=facts
    )


def plain_reason(it: SimpleNamespace, wall: int) -> Why | None:
    """The rules once more, minute by minute and without any cleverness. `wall` in minutes of the day."""
    facts, zone, day = it.facts, it.zone, it.day
    start = utc(day, wall, zone)
    if start.astimezone(zone).strftime("%H:%M") != clock(wall):
        return Why.NONEXISTENT_TIME
    length, people = facts["length"], facts["people"]
    if not 30 <= length <= 120:
        return Why.BAD_DURATION
    if people < 1:
        return Why.TOO_FEW_PEOPLE
    if people > 3:
        return Why.TOO_MANY_PEOPLE
    if start < it.now:
        return Why.PAST
    if start < it.now + timedelta(minutes=facts["lead"]):
        # On a day on which nobody works anyway, that is the reason.
        return Why.HOLIDAY if facts["holiday"] else Why.TOO_SOON if facts["hours"] else Why.CLOSED_DAY
    if day > it.now.astimezone(zone).date() + timedelta(days=1):
        return Why.TOO_FAR
    if facts["holiday"]:
        return Why.HOLIDAY
    end = start + timedelta(minutes=length)
    return plain_place(it, start, end, wall)


def plain_place(it: SimpleNamespace, start: datetime, end: datetime, wall: int) -> Why | None:
    facts, zone, day = it.facts, it.zone, it.day
    minutes = [start + timedelta(minutes=one) for one in range(int((end - start).total_seconds() // 60))]
    hours = [(utc(day, opens, zone), utc(day, closes, zone)) for opens, closes in facts["hours"]]
    if not hours:
        return Why.CLOSED_DAY
    if not all(any(opens <= one < closes for opens, closes in hours) for one in minutes):
        return Why.BREAK if hours[0][0] <= start and end <= hours[-1][1] else Why.OUTSIDE_HOURS
    if any(since <= one < until for since, until in it.off for one in minutes):
        return Why.TIME_OFF
    if not any(opens <= wall < closes and (wall - opens) % facts["step"] == 0 for opens, closes in facts["hours"]):
        return Why.NOT_ON_GRID
    since, until = start - timedelta(minutes=facts["before"]), end + timedelta(minutes=facts["after"])
    moments = [since + timedelta(minutes=one) for one in range(int((until - since).total_seconds() // 60))]
    for moment in moments:
        there = [visit.people for visit in it.visits if visit.block.lower <= moment < visit.block.upper]
        full = bool(there) if facts["capacity"] == 1 else sum(there) + facts["people"] > facts["capacity"]
        if full:
            return Why.FULL
    if facts["capacity"] > 1 and facts["people"] > facts["capacity"]:
        return Why.FULL
    return None


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(facts=situations)
def test_offered_and_refused_are_what_a_plain_reckoning_says(facts):
    with transaction.atomic():
        it = build(facts)
        slots = free_times.free_slots(
            it.service,
            first_day=it.day,
            last_day=it.day,
            people=facts["people"],
            duration_minutes=facts["length"],
            now=it.now,
        )
        offered = {slot.start.hour * 60 + slot.start.minute for slot in slots}
        for wall in sorted({*range(0, 24 * 60, 75), *offered, *(opens for opens, _ in facts["hours"])}):
            start = datetime(it.day.year, it.day.month, it.day.day, wall // 60, wall % 60, tzinfo=it.zone)
            reason = free_times.why_not(
                it.service, start, people=facts["people"], duration_minutes=facts["length"], now=it.now
            )
            expected = plain_reason(it, wall)
            assert (reason and reason.why) == expected, clock(wall)
            assert (wall in offered) is (expected is None), clock(wall)
        transaction.set_rollback(True)


bookable = situations.map(
    lambda facts: (
        facts
        | {
            "hours": facts["hours"] or [(9 * 60, 18 * 60)],
            "people": 1 + facts["people"] % 3,
            "length": min(facts["length"], 90),
            "now": min(facts["now"], 0),
            "holiday": False,
        }
    )
)


def test_what_is_offered_is_never_refused():
    had = []

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(facts=bookable, choose=st.randoms(use_true_random=False))
    def is_had(facts, choose):
        with transaction.atomic():
            it = build(facts)
            slots = free_times.free_slots(
                it.service,
                first_day=it.day,
                last_day=it.day + timedelta(days=1),
                people=facts["people"],
                duration_minutes=facts["length"],
                now=it.now,
            )
            for slot in choose.sample(slots, min(2, len(slots))):
                with transaction.atomic():
                    draft = DraftFactory(
                        service=it.service,
                        conversation=None,
                        people=facts["people"],
                        day=slot.start.date(),
                        start_time=slot.start.time(),
                        duration_minutes=facts["length"],
                    )
                    visit = reservation_actions.request(draft.pk, by=Actor.customer(), now=it.now)
                    assert (visit.period.lower, visit.period.upper) == (slot.start, slot.end)
                    assert visit.resource_id == slot.resource_id
                    had.append(visit)
                    transaction.set_rollback(True)
            transaction.set_rollback(True)

    is_had()
    assert len(had) >= 10
