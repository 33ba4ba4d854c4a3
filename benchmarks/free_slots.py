"""Free slots: ours as a ratio to four other ways of working them out. `python -m benchmarks.free_slots`

Two sizes: 1 specialist for 7 days, and 5 for 60 days with 3,000 bookings; 60-minute visits on a 30-minute grid, with a
change of the clocks in the window. Rounds are interleaved; shown are medians of ratios. The target (PERFORMANCE.md):
ours within 1.5 times the better of the first two, which know no notice, horizon, holidays, time off, buffers, groups or
holds. Needs DATABASE_URL of a migrated database; works in transactions that are rolled back.
"""

import os
import random
import statistics
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, time as clock, timedelta, tzinfo

os.environ.setdefault("SECRET_KEY", "benchmark")
os.environ.setdefault("DEBUG", "false")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.db import connection, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange

from bookings.availability import free_times
from bookings.models import Reservation, Resource, Service, WorkingHours
from bots.models import Business

FIRST_DAY = date(2027, 3, 22)  # the clocks go forward on the 28th
LENGTH, STEP, OPENS, CLOSES = 60, 30, 9 * 60, 18 * 60
SIZES = [(1, 7, 50), (5, 60, 3000)]
ROUNDS = 9
NOW = datetime(2027, 3, 1, 12, tzinfo=UTC)


def fill(specialists: int, days: int, bookings: int) -> Service:
    business = Business.objects.create(name="Benchmark", slug=f"benchmark-{specialists}-{days}", country="")
    service = Service.objects.create(
        business=business, name="Visit", duration_minutes=LENGTH, step_minutes=STEP, horizon_days=200
    )
    resources = [Resource.objects.create(business=business, name=f"Specialist {n}") for n in range(specialists)]
    service.resources.set(resources)
    WorkingHours.objects.bulk_create(
        WorkingHours(resource=one, weekday=weekday, opens="09:00", closes="18:00")
        for one in resources
        for weekday in range(7)
    )
    cells = [(one, day, minute) for one in resources for day in range(days) for minute in range(OPENS, CLOSES, 30)]
    chosen = random.Random(7).sample(cells, min(bookings, len(cells)))
    rows = []
    for resource, day, minute in chosen:
        wall = datetime.combine(FIRST_DAY + timedelta(days=day), datetime.min.time(), business.zone)
        start = (wall + timedelta(minutes=minute)).astimezone(UTC)
        period = DateTimeTZRange(start, start + timedelta(minutes=30))
        rows.append(
            Reservation(
                business=business,
                service=service,
                resource=resource,
                status="confirmed",
                people=1,
                period=period,
                block=period,
                exclusive=True,
            )
        )
    Reservation.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE bookings_reservation, bookings_workinghours, bookings_resource")
    return Service.objects.select_related("business").get(pk=service.pk)


def ours(service: Service, days: int) -> list[datetime]:
    slots = free_times.free_slots(
        service, first_day=FIRST_DAY, last_day=FIRST_DAY + timedelta(days=days - 1), people=1, now=NOW
    )
    return [slot.start for slot in slots]


def _clock(day: date, hour: int, zone: tzinfo) -> datetime:
    return datetime.combine(day, clock(hour), zone)


def integer_minutes(service: Service, days: int) -> list[datetime]:
    """The bare idea: one grouped query, whole minutes; no capacity, holidays, time off, notice or buffers."""
    zone = service.business.zone
    last = FIRST_DAY + timedelta(days=days)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT r.id, h.weekdays, h.opens, h.closes, v.starts, v.ends FROM bookings_resource r"
            " JOIN bookings_service_resources o ON o.resource_id = r.id AND o.service_id = %s"
            " LEFT JOIN LATERAL (SELECT array_agg(weekday) weekdays,"
            "  array_agg(extract(epoch FROM opens)::int / 60) opens,"
            "  array_agg(extract(epoch FROM closes)::int / 60) closes FROM bookings_workinghours"
            "  WHERE resource_id = r.id) h ON true"
            " LEFT JOIN LATERAL (SELECT array_agg(s ORDER BY s) starts, array_agg(e ORDER BY s) ends FROM ("
            "  SELECT (extract(epoch FROM lower(block))::bigint / 60)::int s,"
            "   (extract(epoch FROM upper(block))::bigint / 60)::int e FROM bookings_reservation"
            "  WHERE resource_id = r.id AND status IN ('held', 'pending', 'confirmed')"
            "   AND block && tstzrange(%s, %s)) x) v ON true",
            [service.pk, _clock(FIRST_DAY, 0, zone), _clock(last, 0, zone)],
        )
        rows = cursor.fetchall()
    found = set()
    # Counted from nine o'clock: in this zone the clocks change before that.
    bases = [int(_clock(FIRST_DAY + timedelta(days=n), 9, zone).timestamp()) // 60 - 9 * 60 for n in range(days)]
    for _id, weekdays, opens, closes, starts, ends in rows:
        hours: dict[int, list[tuple[int, int]]] = {}
        for weekday, since, until in zip(weekdays, opens, closes, strict=True):
            hours.setdefault(weekday, []).append((since, until))
        starts, ends, index = starts or [], ends or [], 0
        for number in range(days):
            base = bases[number]
            for since, until in hours.get((FIRST_DAY.weekday() + number) % 7, ()):
                for start in range(base + since, base + until - LENGTH + 1, STEP):
                    while index < len(ends) and ends[index] <= start:
                        index += 1
                    if index == len(starts) or starts[index] >= start + LENGTH:
                        found.add(start)
    return [datetime.fromtimestamp(start * 60, zone) for start in sorted(found)]


def one_query(service: Service, days: int) -> list[datetime]:
    """Multirange subtraction in PostgreSQL."""
    zone = service.business.timezone
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH resources AS (
                SELECT r.id FROM bookings_resource r JOIN bookings_service_resources o
                ON o.resource_id = r.id AND o.service_id = %(service)s WHERE r.is_active
            ), works AS (
                SELECT h.resource_id, day::date AS day,
                       tstzrange((day::date + h.opens) AT TIME ZONE %(zone)s,
                                 (day::date + h.closes) AT TIME ZONE %(zone)s) AS hours
                FROM generate_series(%(first)s::date, %(last)s::date, interval '1 day') day
                JOIN bookings_workinghours h ON h.weekday = extract(isodow FROM day) - 1
                WHERE h.resource_id IN (SELECT id FROM resources)
            ), taken AS (
                SELECT resource_id, range_agg(block) AS blocks FROM bookings_reservation
                WHERE resource_id IN (SELECT id FROM resources) AND status IN ('held', 'pending', 'confirmed')
                  AND block && tstzrange(%(first)s::timestamptz, %(last)s::timestamptz + interval '2 days')
                GROUP BY resource_id
            ), free AS (
                SELECT w.hours, unnest(tstzmultirange(w.hours)
                       - coalesce(t.blocks * tstzmultirange(w.hours), tstzmultirange())) AS span
                FROM works w LEFT JOIN taken t USING (resource_id)
            )
            SELECT DISTINCT start FROM free,
            generate_series(lower(hours)
                              + ceil(extract(epoch FROM lower(span) - lower(hours)) / 1800) * interval '30 min',
                            upper(span) - interval '60 min', interval '30 min') start
            ORDER BY start
            """,
            {"service": service.pk, "zone": zone, "first": FIRST_DAY, "last": FIRST_DAY + timedelta(days=days - 1)},
        )
        tz = service.business.zone
        return [row[0].astimezone(tz) for row in cursor.fetchall()]


def objects(service: Service, days: int) -> list[datetime]:
    """Datetimes and ORM objects, each start compared with the visits of its day."""
    zone = service.business.zone
    found = set()
    for resource in service.resources.prefetch_related("hours"):
        by_day: dict[date, list[Reservation]] = {}
        rows = Reservation.objects.occupying().filter(
            resource=resource,
            period__endswith__gt=datetime.combine(FIRST_DAY, datetime.min.time(), zone),
            period__startswith__lt=datetime.combine(FIRST_DAY + timedelta(days=days), datetime.min.time(), zone),
        )
        for row in rows:
            by_day.setdefault(row.block.lower.astimezone(zone).date(), []).append(row)
        for number in range(days):
            day = FIRST_DAY + timedelta(days=number)
            for hours in resource.hours.all():
                if hours.weekday != day.weekday():
                    continue
                start = datetime.combine(day, hours.opens, zone)
                closes = datetime.combine(day, hours.closes, zone)
                while start + timedelta(minutes=LENGTH) <= closes:
                    begin = start.astimezone(UTC)
                    end = begin + timedelta(minutes=LENGTH)
                    if not any(one.block.lower < end and begin < one.block.upper for one in by_day.get(day, ())):
                        found.add(begin)
                    start += timedelta(minutes=STEP)
    return [start.astimezone(zone) for start in sorted(found)]


def each_cell(service: Service, days: int) -> list[datetime]:
    """NOT EXISTS for every cell of the grid."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT DISTINCT cell FROM bookings_service_resources o
            CROSS JOIN generate_series(%(first)s::date, %(last)s::date, interval '1 day') day
            JOIN bookings_workinghours h
              ON h.resource_id = o.resource_id AND h.weekday = extract(isodow FROM day) - 1
            CROSS JOIN LATERAL generate_series(
                (day::date + h.opens) AT TIME ZONE %(zone)s,
                (day::date + h.closes) AT TIME ZONE %(zone)s - interval '60 min', interval '30 min') cell
            WHERE o.service_id = %(service)s AND NOT EXISTS (
                SELECT 1 FROM bookings_reservation v WHERE v.resource_id = o.resource_id
                AND v.status IN ('held', 'pending', 'confirmed')
                AND v.block && tstzrange(cell, cell + interval '60 min'))
            ORDER BY cell
            """,
            {
                "service": service.pk,
                "zone": service.business.timezone,
                "first": FIRST_DAY,
                "last": FIRST_DAY + timedelta(days=days - 1),
            },
        )
        zone = service.business.zone
        return [row[0].astimezone(zone) for row in cursor.fetchall()]


WAYS: dict[str, Callable[[Service, int], list[datetime]]] = {
    "integer minutes in Python, nothing else": integer_minutes,
    "one SQL query, multiranges": one_query,
    "datetimes + ORM objects": objects,
    "NOT EXISTS per cell": each_cell,
}


def seconds(way: Callable[[Service, int], list[datetime]], service: Service, days: int) -> float:
    repeats = 5 if days < 30 else 1
    began = time.perf_counter()
    for _ in range(repeats):
        way(service, days)
    return (time.perf_counter() - began) / repeats


def main() -> None:
    for specialists, days, bookings in SIZES:
        with transaction.atomic():
            service = fill(specialists, days, bookings)
            expected = ours(service, days)
            for name, way in WAYS.items():
                assert way(service, days) == expected, f"{name} finds other slots"
            taken: dict[str, list[float]] = {"ours": [], **{name: [] for name in WAYS}}
            for _ in range(ROUNDS):
                for name in taken:
                    taken[name].append(seconds(WAYS.get(name, ours), service, days))
            print(f"\n{specialists} x {days} days, {bookings} bookings, {len(expected)} free starts")
            print(f"  ours: {statistics.median(taken['ours']) * 1000:.2f} ms")
            for name in WAYS:
                ratio = statistics.median(mine / other for mine, other in zip(taken["ours"], taken[name], strict=True))
                print(f"  ours takes {ratio:5.2f} x {name}")
            transaction.set_rollback(True)


if __name__ == "__main__":
    main()
