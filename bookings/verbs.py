"""What every verb upon reservations shares: one transaction, the order of locks, the record of what was decided.

Locks are always taken in this order, so that no two verbs can wait for each other:

1. the conversation's row, if there is one (`conversations.outbox.lock`): the customer may be told something;
2. the rows of all resources that could take the visit, by primary key, in verbs that take up a place;
3. the reservations concerned (the visit, what it moves and what would move it), by primary key;
4. requests of other customers whose time ran out and which are in the way, by primary key.

Whoever holds a lock of step 4 only (the sweep) waits for nothing of steps 1 and 2 afterwards.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from bookings.models import Reservation, Resource
from bots import bell
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed, already
from bots.staff.records import record
from bots.transactions import PASSING, sqlstate, verb
from conversations import outbox

__all__ = [
    "PASSING", "Family", "change", "ends_at", "lock_conversation", "lock_family", "lock_for_place", "lock_resources",
    "must_be", "note", "sqlstate", "starts_at", "verb",
]  # fmt: skip

CALENDAR_TASK = "calendar.mirror"  # bookings.calendar, which is not needed, nor loaded, to decide anything


@dataclass(slots=True)
class Family:
    """A reservation with the live ones around it: which it would take the place of, and which would take places."""

    row: Reservation
    before: list[Reservation]  # would make way for it, the nearest first
    after: list[Reservation]  # it would make way for
    beside: list[Reservation]  # would take the same place as it would


def lock_conversation(reservation_id: int) -> None:
    """Step 1. Raises Reservation.DoesNotExist for an unknown id."""
    conversation_id = Reservation.objects.values_list("conversation_id", flat=True).get(pk=reservation_id)
    if conversation_id is not None:
        outbox.lock(conversation_id)


def lock_for_place(reservation_id: int) -> tuple[dict[int, Resource], Family]:
    """Steps 1 to 3, for verbs that take up a place. Raises NotAllowed if there is no service yet."""
    lock_conversation(reservation_id)
    service_id = Reservation.objects.values_list("service_id", flat=True).get(pk=reservation_id)
    resources = lock_resources(service_id)
    family = lock_family(reservation_id)
    if family.row.service_id != service_id:
        raise NotAllowed(_("It was being changed just now. Please try again."))
    return resources, family


def lock_resources(service_id: int | None) -> dict[int, Resource]:
    """Step 2: all resources that could take a visit of this service."""
    if service_id is None:
        return {}
    # Without the key, so that rows that merely refer to a resource can be written meanwhile.
    found = Resource.objects.select_for_update(no_key=True).filter(services=service_id, is_active=True)
    return {row.pk: row for row in found.order_by("pk")}


def lock_family(reservation_id: int) -> Family:
    """Step 3: the reservation with all that it moves and all that would move it or the same visit."""
    up = _chain_up(reservation_id)
    down, siblings = _movers([reservation_id]), _movers(up)
    locked = Reservation.objects.select_for_update(of=("self",)).filter(pk__in=[reservation_id, *up, *down, *siblings])
    related = locked.select_related("business", "service", "resource", "conversation", "contact")
    rows = {row.pk: row for row in related.order_by("pk")}

    def live(ids: Collection[int]) -> list[Reservation]:
        return [rows[pk] for pk in ids if rows[pk].status in Reservation.LIVE]

    beside = [pk for pk in siblings if pk not in {reservation_id, *up, *down}]
    return Family(rows[reservation_id], live(up), live(down), live(beside))


def _chain_up(reservation_id: int) -> list[int]:
    chain = [reservation_id]
    while moved := Reservation.objects.values_list("moves_id", flat=True).get(pk=chain[-1]):
        chain.append(moved)
    return chain[1:]


def _movers(ids: Collection[int]) -> list[int]:
    found: list[int] = []
    latest = list(ids)
    while latest:
        movers = Reservation.objects.filter(moves_id__in=latest, status__in=Reservation.LIVE)
        latest = [pk for pk in movers.values_list("pk", flat=True) if pk not in found]
        found += latest
    return found


def must_be(row: Reservation, statuses: Collection[str]) -> None:
    """Raises AlreadyDecided, with who and when, if someone was first. The row must be locked."""
    if row.status not in statuses:
        raise already("reservation", row.pk, row.status, row.get_status_display())


def change(row: Reservation, status: str, *, verb: str, by: Actor, reason: str = "", **fields: Any) -> None:
    """Write the new status and fields, count the version up and record who did it. The row must be locked."""
    before, row.status = row.status, status
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=["status", "version", "updated_at", *fields])
    note(row, verb, before, status, by, reason)


def note(row: Reservation, verb: str, before: str, after: str, by: Actor, reason: str = "") -> Decision:
    if Reservation.Status.CONFIRMED in (before, after):
        bell.ring(CALENDAR_TASK, row.pk)
    return record(
        business_id=row.business_id,
        subject="reservation",
        subject_id=row.pk,
        verb=verb,
        from_status=before,
        to_status=after,
        by=by,
        reason=reason,
    )


def starts_at(row: Reservation) -> datetime:
    """The visit's beginning, on the business's clock."""
    return row.period.lower.astimezone(row.business.zone)


def ends_at(row: Reservation) -> datetime:
    return row.period.upper.astimezone(row.business.zone)
