"""Taking a place: the one way by which a reservation comes to keep a time. The lock gives the kind answer, the
exclusion constraint the guarantee."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from bookings.availability import free_times
from bookings.availability.reasons import NotFree, Reason, Why
from bookings.availability.slots import Slot
from bookings.models import Reservation, Resource, Service
from bookings.reservations.transitions import RESERVATION, lock_resources
from bots.db.transactions import sqlstate
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed

OVERLAP = "23P01"
HOPELESS = {Why.NOT_OFFERED, Why.BAD_DURATION, Why.TOO_FEW_PEOPLE, Why.TOO_MANY_PEOPLE}  # at any other time as well


def is_late(row: Reservation, now: datetime) -> bool:
    """Return whether the time in which the customer cancels or moves alone is over."""
    if row.service is None:
        return False
    return bool(now > row.period.lower - timedelta(hours=row.service.free_cancellation_hours))


def allocate(
    row: Reservation,
    start: datetime,
    *,
    resources: Mapping[int, Resource],
    status: str,
    name: str,
    by: Actor,
    now: datetime,
    before: Sequence[Reservation] = (),
    lenient: bool = False,
) -> Reservation:
    """Give the row its time and write it as held, pending or confirmed, by this transition.

    `resources` are locked already (`transitions.lock_for_allocation`). `before` are locked visits that it would take
    the place of, which do not stand in its way. `lenient`: staff chose the time, so notice, horizon and grid do not
    count. Raises NotFree.
    """
    service = row.service
    if service is None or row.people is None:
        raise NotAllowed(_("The service and the number of people are not known yet."))
    length = service.duration_minutes if row.duration_minutes is None else row.duration_minutes
    ignore = [visit.pk for visit in before]
    found = free_times.find_slot(
        service, start, people=row.people, duration_minutes=length, now=now, ignore=ignore, by_staff=lenient
    )
    if isinstance(found, Slot) and found.resource_id not in resources:
        raise NotAllowed(_("Something was changed in the calendar just now. Please try again."))
    if isinstance(found, Reason):
        raise not_free(row, found, length, now, ignore)
    _fill(row, found, resources[found.resource_id], length, [visit for visit in before if is_live(visit)])
    _free_overdue(row, now)
    row.hold_until = None if status == Reservation.Status.CONFIRMED else _hold_until(service, found.start, now)
    before_status, row.status = row.status, RESERVATION.target(name, status)
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if sqlstate(error) != OVERLAP:
            raise
        full = Reason(why=Why.FULL, start=found.start)
        raise not_free(row, full, length, now, ignore) from error
    RESERVATION.note(row, name, before_status, by)
    return row


def allocate_new(visit: Reservation, start: datetime, *, status: str, by: Actor, now: datetime) -> Reservation:
    """Give an unsaved visit, which moves no other, its time. Staff may go beyond notice, horizon and grid.

    Locks resources; the conversation must be locked. Raises NotFree.
    """
    return allocate(
        visit,
        start,
        resources=lock_resources(visit.service_id),
        status=status,
        name="book",
        by=by,
        now=now,
        lenient=not by.is_customer,
    )


def is_live(row: Reservation) -> bool:
    return row.status in Reservation.LIVE


def not_free(row: Reservation, reason: Reason, length: int, now: datetime, ignore: Sequence[int] = ()) -> NotFree:
    """Return the refusal, which knows how to look for the nearest times that can be had."""
    service, people = row.service, row.people or 1
    if service is None or reason.why in HOPELESS:
        return NotFree(reason)
    moved = ignore[0] if ignore else None
    return NotFree(
        reason,
        lambda: free_times.nearest(
            service, reason.start, people=people, duration_minutes=length, now=now, ignore_reservation_id=moved
        ),
    )


def _fill(row: Reservation, slot: Slot, resource: Resource, length: int, before: Sequence[Reservation]) -> None:
    service = row.service
    assert service is not None and row.people is not None
    start, end = slot.start.astimezone(UTC), slot.end.astimezone(UTC)
    row.resource = resource
    row.duration_minutes = length
    row.day, row.start_time = slot.start.date(), slot.start.time().replace(tzinfo=None)
    row.period = DateTimeTZRange(start, end)
    row.block = DateTimeTZRange(
        start - timedelta(minutes=service.buffer_before_minutes), end + timedelta(minutes=service.buffer_after_minutes)
    )
    row.price = service.price_for(row.people, length)
    beside = [visit for visit in before if visit.resource_id == resource.pk and overlap(visit, row)]
    row.exclusive = resource.capacity == 1 and not beside


def overlap(one: Reservation, other: Reservation) -> bool:
    return bool(one.block.lower < other.block.upper and other.block.lower < one.block.upper)


def _free_overdue(row: Reservation, now: datetime) -> None:
    """Step 4. The constraint cannot know the time, so what ran out is written down first. The sweep tells them."""
    in_the_way = Reservation.objects.select_for_update(of=("self",)).filter(
        resource=row.resource, status__in=RESERVATION.start("expire"), hold_until__lte=now, block__overlap=row.block
    )
    for overdue in in_the_way.exclude(pk=row.pk).order_by("pk"):
        RESERVATION.change(overdue, "expire", by=Actor.clock())


def _hold_until(service: Service, start: datetime, now: datetime) -> datetime:
    """Never later than the visit itself."""
    return min(now + timedelta(minutes=service.hold_minutes), start)
