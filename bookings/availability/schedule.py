"""Reads a service's calendar: hours, time off, what Google says is busy, holidays and visits, in one query."""

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

from django.db import connection
from django.utils.translation import get_language

from bookings.availability import holidays
from bookings.availability.timetable import DAY, Bookable, Calendar, Rules, Span, merge, midnight, moment_of, pile
from bookings.models.services import Service
from bots.models import Business

# One row a resource; minutes since 1970 as whole numbers, since making datetimes of thousands of visits costs most.
# A request whose time to be decided has run out keeps no time, whether or not the sweep has been by.
_QUERY = """
SELECT resource.id, resource.capacity,
       hours.weekdays, hours.opens, hours.closes,
       off.starts, off.ends,
       visits.starts, visits.ends, visits.people,
       (SELECT json_agg(json_build_array(day, is_open, name)) FROM bookings_holidayrule
        WHERE business_id = %(business)s AND day BETWEEN %(first)s AND %(last)s)::text
FROM bookings_resource resource
JOIN bookings_service_resources offer ON offer.resource_id = resource.id AND offer.service_id = %(service)s
LEFT JOIN LATERAL (
    SELECT array_agg(weekday) AS weekdays,
           array_agg((date_part('epoch', opens) / 60)::int) AS opens,
           array_agg((date_part('epoch', closes) / 60)::int) AS closes
    FROM bookings_workinghours WHERE resource_id = resource.id
) hours ON true
LEFT JOIN LATERAL (
    SELECT array_agg(floor(date_part('epoch', greatest(lower(period), %(since)s)) / 60)::int) AS starts,
           array_agg(ceil(date_part('epoch', least(upper(period), %(until)s)) / 60)::int) AS ends
    FROM (
        SELECT period FROM bookings_timeoff
        WHERE business_id = %(business)s AND (resource_id = resource.id OR resource_id IS NULL)
          AND period && tstzrange(%(since)s, %(until)s)
        UNION ALL
        SELECT busy.period FROM bookings_googlecalendar calendar
        JOIN bookings_busyperiod busy ON busy.calendar_id = calendar.id
        WHERE calendar.business_id = %(business)s AND calendar.is_active AND calendar.blocks_times
          AND (calendar.resource_id = resource.id OR calendar.resource_id IS NULL)
          AND busy.period && tstzrange(%(since)s, %(until)s)
    ) closed
) off ON true
LEFT JOIN LATERAL (
    SELECT string_agg(start::text, ' ' ORDER BY start) AS starts, string_agg(until::text, ' ' ORDER BY start) AS ends,
           CASE WHEN resource.capacity > 1 THEN string_agg(people::text, ' ' ORDER BY start) END AS people
    FROM (
        SELECT floor(date_part('epoch', lower(block)) / 60)::int AS start,
               ceil(date_part('epoch', upper(block)) / 60)::int AS until, people
        FROM bookings_reservation
        WHERE resource_id = resource.id AND status IN ('held', 'pending', 'confirmed')
          AND block && tstzrange(%(since)s, %(until)s)
          AND (status = 'confirmed' OR hold_until IS NULL OR hold_until > %(now)s)
          {ignored}
    ) visit
) visits ON true
WHERE resource.is_active
ORDER BY resource.id
"""
_IGNORED = "AND NOT (id = ANY(%(ignore)s) OR coalesce(moves_id = ANY(%(ignore)s), false))"


def rules_of(service: Service) -> Rules:
    length = service.duration_minutes
    return Rules(
        zone=service.business.zone,
        step=service.step_minutes,
        before=service.buffer_before_minutes,
        after=service.buffer_after_minutes,
        lead=service.lead_time_minutes,
        horizon_days=service.horizon_days,
        shortest=service.min_duration_minutes or length,
        longest=service.max_duration_minutes or length,
        min_people=service.min_people,
        max_people=service.max_people,
        is_active=service.is_active,
    )


def load(service: Service, *, first_day: date, last_day: date, now: datetime, ignore: Collection[int] = ()) -> Calendar:
    """The service's calendar for these days and what reaches into them. One query, two if the business is not loaded.

    `ignore` names reservations that shall not count, and with each the requests and offers that would move it.
    """
    rules = rules_of(service)
    first, last = first_day - timedelta(days=2), last_day + timedelta(days=3 + rules.longest // DAY)
    values: dict[str, Any] = {
        "business": service.business_id,
        "first": first,
        "last": last,
        "service": service.pk,
        "since": _utc(midnight(first, rules.zone)),
        "until": _utc(midnight(last, rules.zone)),
        "now": now,
        "ignore": list(ignore),
    }
    with connection.cursor() as cursor:
        cursor.execute(_QUERY.format(ignored=_IGNORED if ignore else ""), values)
        rows = cursor.fetchall()
    bookables = tuple(_bookable(row) for row in rows)
    found = json.loads(rows[0][10] or "[]") if rows else []
    own = [(date.fromisoformat(day), is_open, name) for day, is_open, name in found]
    return Calendar(rules=rules, bookables=bookables, closed=_closed(service.business, first, last, own))


def _utc(minute: int) -> datetime:
    return moment_of(minute, UTC)


def _bookable(row: Sequence[Any]) -> Bookable:
    resource_id, capacity, weekdays, opens, closes, off_starts, off_ends, starts, ends, people = row[:10]
    begins = _numbers(starts)
    # One visit fills an exclusive bookable, whoever comes along.
    there = [1] * len(begins) if capacity == 1 else _numbers(people)
    return Bookable(
        id=resource_id,
        capacity=capacity,
        hours=hours_by_weekday(zip(weekdays or (), opens or (), closes or (), strict=True)),
        off=merge(zip(off_starts or (), off_ends or (), strict=True)),
        load=pile(begins, _numbers(ends), there),
    )


def _numbers(text: str | None) -> list[int]:
    """Thousands of numbers come as one text: read much faster than as an array."""
    return [*map(int, text.split())] if text else []


def hours_by_weekday(rows: Iterable[tuple[int, int, int]]) -> dict[int, list[Span]]:
    """(weekday, opens, closes) in minutes of the day, closing at 0 meaning midnight, as spans that do not overlap."""
    by_day: dict[int, list[Span]] = {}
    for weekday, opens, closes in rows:
        by_day.setdefault(weekday, []).append((opens, closes or DAY))
    return {weekday: merge(spans, touching=False) for weekday, spans in by_day.items()}


def closed_days(business: Business, first: date, last: date) -> dict[date, str]:
    """Its holidays between two days, both included: public ones and its own, with their names."""
    own = business.holiday_rules.filter(day__range=(first, last)).values_list("day", "is_open", "name")
    return _closed(business, first, last, own)


def _closed(business: Business, first: date, last: date, own: Iterable[tuple[date, bool, str]]) -> dict[date, str]:
    """Days on which the business is closed, with their names in the language that is being spoken."""
    country, language = business.country, get_language() or "en"
    closed = {day: holidays.name_of(country, day, language) for day in holidays.between(country, first, last)}
    for day, is_open, name in own:
        if is_open:
            closed.pop(day, None)
        else:
            closed[day] = name or closed.get(day, "")
    return closed
