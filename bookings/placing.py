"""Taking a place: the one way by which a reservation comes to keep a time. The lock gives the kind answer, the
exclusion constraint the guarantee."""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from functools import cached_property

from django.db import IntegrityError, transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from bookings import availability, verbs
from bookings.availability import Reason, Slot, Why
from bookings.models import Reservation, Resource, Service
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed

OVERLAP = "23P01"
HOPELESS = {Why.NOT_OFFERED, Why.BAD_DURATION, Why.TOO_FEW_PEOPLE, Why.TOO_MANY_PEOPLE}  # at any other time as well


class NotFree(Exception):
    """The time cannot be had: why, and the nearest that can. Nothing was changed."""

    def __init__(self, reason: Reason, look: Callable[[], list[Slot]] = list) -> None:
        super().__init__(str(reason.why))
        self.reason = reason
        self._look = look

    @cached_property
    def nearest(self) -> list[Slot]:
        """Looked for when asked, so that nobody waits for it at the locks of the verb that was refused."""
        return self._look()


def price_for(service: Service, people: int, duration_minutes: int | None = None) -> int:
    """In minor units; in proportion where the customer chooses the length, halves rounded up. 0: not told."""
    length = service.duration_minutes if duration_minutes is None else duration_minutes
    amount = service.price * (people if service.price_per_person else 1)
    return (amount * length * 2 + service.duration_minutes) // (service.duration_minutes * 2)


def is_late(row: Reservation, now: datetime) -> bool:
    """Whether the time in which the customer cancels or moves alone is over."""
    if row.service is None:
        return False
    return now > row.period.lower - timedelta(hours=row.service.free_cancellation_hours)


def take_place(
    row: Reservation,
    start: datetime,
    *,
    resources: Mapping[int, Resource],
    status: str,
    verb: str,
    by: Actor,
    now: datetime,
    before: Sequence[Reservation] = (),
    lenient: bool = False,
) -> Reservation:
    """Give the row its time and write it as held, pending or confirmed.

    `resources` are locked already (`verbs.lock_for_place`). `before` are locked visits that it would take the place
    of, which do not stand in its way. `lenient`: staff chose the time, so notice, horizon and grid do not count. Raises
    NotFree.
    """
    service = row.service
    if service is None or row.people is None:
        raise NotAllowed(_("The service and the number of people are not known yet."))
    length = service.duration_minutes if row.duration_minutes is None else row.duration_minutes
    ignore = [visit.pk for visit in before]
    found = availability.place_for(
        service, start, people=row.people, duration_minutes=length, now=now, ignore=ignore, by_staff=lenient
    )
    if isinstance(found, Slot) and found.resource_id not in resources:
        raise NotAllowed(_("Something was changed in the calendar just now. Please try again."))
    if isinstance(found, Reason):
        raise not_free(row, found, length, now, ignore)
    _fill(row, found, resources[found.resource_id], length, [visit for visit in before if is_live(visit)])
    _free_overdue(row, now)
    row.hold_until = None if status == Reservation.Status.CONFIRMED else _hold_until(service, found.start, now)
    from_status, row.status = row.status, status
    row.version += 1
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if verbs.sqlstate(error) != OVERLAP:
            raise
        full = Reason(why=Why.FULL, start=found.start)
        raise not_free(row, full, length, now, ignore) from error
    verbs.note(row, verb, from_status, status, by)
    return row


def is_live(row: Reservation) -> bool:
    return row.status in Reservation.LIVE


def not_free(row: Reservation, reason: Reason, length: int, now: datetime, ignore: Sequence[int] = ()) -> NotFree:
    """The refusal, which knows how to look for the nearest times that can be had."""
    service, people = row.service, row.people or 1
    if service is None or reason.why in HOPELESS:
        return NotFree(reason)
    moved = ignore[0] if ignore else None
    return NotFree(
        reason,
        lambda: availability.nearest(
            service,
            reason.start,
            people=people,
            duration_minutes=length,
            now=now,
            ignore_reservation_id=moved,
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
    row.price = price_for(service, row.people, length)
    beside = [visit for visit in before if visit.resource_id == resource.pk and overlap(visit, row)]
    row.exclusive = resource.capacity == 1 and not beside


def overlap(one: Reservation, other: Reservation) -> bool:
    return one.block.lower < other.block.upper and other.block.lower < one.block.upper


def _free_overdue(row: Reservation, now: datetime) -> None:
    """Step 4. The constraint cannot know the time, so what ran out is written down first. The sweep tells them."""
    in_the_way = Reservation.objects.select_for_update(of=("self",)).filter(
        resource=row.resource,
        status__in=[Reservation.Status.HELD, Reservation.Status.PENDING],
        hold_until__lte=now,
        block__overlap=row.block,
    )
    for overdue in in_the_way.exclude(pk=row.pk).order_by("pk"):
        verbs.change(overdue, Reservation.Status.EXPIRED, verb="expire", by=Actor.clock())


def _hold_until(service: Service, start: datetime, now: datetime) -> datetime:
    """Never later than the visit itself."""
    return min(now + timedelta(minutes=service.hold_minutes), start)
