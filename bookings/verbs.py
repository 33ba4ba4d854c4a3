"""What every verb upon reservations shares: one transaction, the order of locks, the record of what was decided.

Locks are always taken in this order, so that no two verbs can wait for each other:

1. the conversation's row, if there is one (`conversations.outbox.lock`): the customer may be told something;
2. the rows of all resources that could take the visit, by primary key, in verbs that take up a place;
3. the reservations concerned (the visit, what it moves and what would move it), by primary key;
4. requests of other customers whose time ran out and which are in the way, by primary key.

Whoever holds a lock of step 4 only (the sweep) waits for nothing of steps 1 and 2 afterwards.
"""

import random
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar

from django.db import Error, OperationalError, connection, transaction
from django.db.models import F

from bookings.models import Reservation, Resource
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed, record
from conversations import outbox

P = ParamSpec("P")
R = TypeVar("R")

PASSING = {"40001", "40P01", "55P03"}  # serialization failure, deadlock, lock not available: the next try may succeed
TRIES = 4


def sqlstate(error: Error) -> str:
    return getattr(error.__cause__, "sqlstate", None) or ""


def verb(function: Callable[P, R]) -> Callable[P, R]:
    """One transaction. Repeated up to three times after a clash of locks, if it is the outermost one."""

    @wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> R:
        tries = 1 if connection.in_atomic_block else TRIES
        for left in range(tries - 1, -1, -1):
            try:
                with transaction.atomic():
                    return function(*args, **kwargs)
            except OperationalError as error:
                if not left or sqlstate(error) not in PASSING:
                    raise
                time.sleep(random.uniform(0.01, 0.1))  # noqa: S311 - spreads the next tries, guards nothing
        raise AssertionError("unreachable")

    return run


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
    # Without the key, so that rows that merely refer to a resource can be written meanwhile.
    found = Resource.objects.select_for_update(no_key=True).filter(services=service_id, is_active=True)
    resources = {row.pk: row for row in found.order_by("pk")} if service_id else {}
    family = lock_family(reservation_id)
    if family.row.service_id != service_id:
        raise NotAllowed("It was being changed just now. Please try again.")
    return resources, family


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
    if row.status in statuses:
        return
    decided = Decision.objects.filter(subject="reservation", subject_id=row.pk, to_status=row.status)
    first = decided.exclude(from_status=F("to_status")).first()
    raise AlreadyDecided(row.get_status_display(), first.by_name if first else "", first.at if first else None)


def change(row: Reservation, status: str, *, verb: str, by: Actor, reason: str = "", **fields: Any) -> None:
    """Write the new status and fields, count the version up and record who did it. The row must be locked."""
    before, row.status = row.status, status
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=["status", "version", "updated_at", *fields])
    note(row, verb, before, status, by, reason)


def note(row: Reservation, verb: str, before: str, after: str, by: Actor, reason: str = "") -> Decision:
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
