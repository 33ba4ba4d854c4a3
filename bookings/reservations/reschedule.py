"""Another time instead: the customer moves a visit, or staff offer another time and the customer takes it.

A visit that is confirmed keeps its place until the new one is sure; a request that nobody has decided yet is simply
replaced. The new reservation names the old one in `moves`.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime

from django.utils.translation import gettext as _

from bookings.availability.wording import at_day
from bookings.models import Reservation, Resource
from bookings.reservations import notifications
from bookings.reservations.allocation import allocate, is_late
from bookings.reservations.confirmation import confirm, supersede, withdraw
from bookings.reservations.reminders import planning as reminder_planning
from bookings.reservations.transitions import RESERVATION, Family, lock_for_allocation, starts_at
from bots.db import clock
from bots.db.transactions import atomic_with_retry
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed

Status = Reservation.Status


@atomic_with_retry
def move(
    reservation_id: int,
    *,
    by: Actor,
    start: datetime,
    people: int | None = None,
    duration_minutes: int | None = None,
    now: datetime | None = None,
) -> Reservation:
    """Ask for another time; returns the new reservation, pending or, if nobody has to agree, confirmed.

    Staff decide where the service needs approval, or when the customer comes late (`free_cancellation_hours`). From
    pending and confirmed. Locks conversation, resources, reservations. Raises NotFree, AlreadyDecided, NotAllowed.
    """
    now = now or clock.now()
    resources, family = lock_for_allocation(reservation_id)
    old = family.row
    RESERVATION.must_be(old, "move")
    _not_begun(old, now)
    new = another(old, people=people, duration_minutes=duration_minutes)
    before = [old, *family.before]
    ask(new, start, resources=resources, before=before, beside=family.after, by=by, now=now, name="request_move")
    if not by.is_customer:
        notifications.moved(new, old)
    return new


@atomic_with_retry
def offer_other_time(reservation_id: int, *, by: Actor, start: datetime, now: datetime | None = None) -> Reservation:
    """Offer the customer another time, which is held for them meanwhile; the visit stays as it is until they answer.

    From pending and confirmed; returns the held reservation. An earlier offer is withdrawn. Staff may go beyond notice,
    horizon and grid. Locks conversation, resources, reservations. Raises NotFree, AlreadyDecided, NotAllowed.
    """
    now = now or clock.now()
    resources, family = lock_for_allocation(reservation_id)
    old = family.row
    RESERVATION.must_be(old, "offer")
    if by.is_customer:
        raise NotAllowed(_("Only staff offer another time."))
    _not_begun(old, now)
    withdraw(family.after, by)
    new = allocate(
        another(old),
        start,
        resources=resources,
        status=Status.HELD,
        name="hold_offer",
        by=by,
        now=now,
        before=[old, *family.before],
        lenient=True,
    )
    if old.status == Status.PENDING and old.hold_until and new.hold_until:
        # The request must not run out while the customer thinks about staff's own offer.
        old.hold_until = min(max(old.hold_until, new.hold_until), old.period.lower)
        old.save(update_fields=["hold_until"])
    notifications.offered(new, old)
    return new


@atomic_with_retry
def take(reservation_id: int, *, by: Actor, version: int, start: datetime, now: datetime | None = None) -> Reservation:
    """A button under our news was pressed: take the time that staff hold for the customer, or ask for one instead of
    what was declined, cancelled or expired.

    `version` and `start` are what the button said; a held time is confirmed at once, even a little late as long as
    nobody else has it. Locks conversation, resources, reservations. Raises NotFree, AlreadyDecided, NotAllowed.
    """
    now = now or clock.now()
    resources, family = lock_for_allocation(reservation_id)
    row = family.row
    RESERVATION.must_be(row, "take", "request_instead")
    if row.version != version or family.after:
        raise AlreadyDecided(row.get_status_display())
    if RESERVATION.allows(row, "take"):
        return _agree(family, start, by, now)
    new = another(row)
    ask(new, start, resources=resources, before=family.before, beside=family.beside, by=by, now=now, name="request")
    if not by.is_customer:
        notifications.confirmed(new)
    return new


def _agree(family: Family, start: datetime, by: Actor, now: datetime) -> Reservation:
    row = family.row
    if row.period.lower != start.astimezone(UTC):
        raise NotAllowed(_("This is not the time that was offered."))
    _not_begun(row, now)
    supersede(family.before, by)
    confirm(row, "take", by=by, now=now)
    if not by.is_customer:
        notifications.confirmed(row)
    return row


def ask(
    row: Reservation,
    start: datetime,
    *,
    resources: Mapping[int, Resource],
    before: Sequence[Reservation],
    beside: Iterable[Reservation],
    by: Actor,
    now: datetime,
    name: str,
) -> Reservation:
    """Take a place as pending or confirmed, whichever is due, and let those make way that have to. All locked."""
    old = before[0] if before else None
    late = old is not None and old.status == Status.CONFIRMED and is_late(old, now)
    needs_approval = row.service is not None and row.service.needs_approval
    status = Status.PENDING if by.is_customer and (needs_approval or late) else Status.CONFIRMED
    withdraw(beside, by)
    supersede([one for one in before if status == Status.CONFIRMED or one.status == Status.PENDING], by)
    allocate(row, start, resources=resources, status=status, name=name, by=by, now=now, before=before)
    if status == Status.CONFIRMED:
        reminder_planning.plan(row, now=now)
    return row


def another(old: Reservation, *, people: int | None = None, duration_minutes: int | None = None) -> Reservation:
    """Return an unsaved reservation of the same for the same person, in place of the old one."""
    return Reservation(
        business=old.business,
        contact=old.contact,
        conversation=old.conversation,
        service=old.service,
        people=old.people if people is None else people,
        duration_minutes=old.duration_minutes if duration_minutes is None else duration_minutes,
        language=old.language,
        note=old.note,
        moves=old,
        version=0,
    )


def _not_begun(row: Reservation, now: datetime) -> None:
    if starts_at(row) <= now:
        raise NotAllowed(_("The visit has begun: %(when)s.") % {"when": at_day(starts_at(row))})
