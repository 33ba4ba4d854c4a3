"""What may become of a reservation: the table of its transitions, and the order of locks.

Locks are always taken in this order, so that no two actions can wait for each other:

1. the conversation's row, if there is one (`conversations.outbox.lock`): the customer may be told something;
2. the rows of all resources that could take the visit, by primary key, in actions that take up a place;
3. the reservations concerned (the visit, what it moves and what would move it), by primary key;
4. requests of other customers whose time ran out and which are in the way, by primary key.

Whoever holds a lock of step 4 only (the sweep) waits for nothing of steps 1 and 2 afterwards.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from django.db.models.functions import Now
from django.utils.translation import gettext as _

from bookings.models.reservations import Reservation
from bookings.models.resources import Resource
from bots import wakeups
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from bots.staff.transitions import Transition, Transitions
from conversations import outbox

CALENDAR_TASK = (
    "calendar.mirror"  # bookings.mirrors.google_calendar.sync, which is not needed, nor loaded, to decide anything
)

Status = Reservation.Status


class ReservationTransitions(Transitions):
    stamps: ClassVar[Mapping[str, Any]] = {"updated_at": Now()}

    def note(self, row: Reservation, name: str, before: str, by: Actor, reason: str = "") -> Decision:
        """Record it; calendars follow what a confirmed visit becomes."""
        if Status.CONFIRMED in (before, row.status):
            wakeups.enqueue(CALENDAR_TASK, row.pk)
        return super().note(row, name, before, by, reason)


RESERVATION = ReservationTransitions(
    "reservation",
    {
        "fill": Transition((Status.DRAFT,)),
        "request": Transition((Status.DRAFT,), (Status.PENDING, Status.CONFIRMED)),
        "book": Transition((Status.DRAFT,), (Status.HELD, Status.CONFIRMED)),
        "approve": Transition((Status.PENDING,), (Status.CONFIRMED,)),
        "confirm_held": Transition((Status.HELD,), (Status.CONFIRMED,), verb="approve"),
        "reject": Transition((Status.PENDING,), (Status.REJECTED,)),
        "cancel": Transition(Reservation.LIVE, (Status.CANCELLED,)),
        "ask_to_cancel": Transition((Status.CONFIRMED,), verb="ask to cancel"),
        "no_show": Transition((Status.CONFIRMED,), (Status.NO_SHOW,), verb="no-show"),
        "expire": Transition((Status.HELD, Status.PENDING), (Status.EXPIRED,)),
        # Another time is another reservation. The old one stays until the new one is sure, and makes way for it then.
        "move": Transition((Status.PENDING, Status.CONFIRMED)),
        "request_move": Transition((Status.DRAFT,), (Status.PENDING, Status.CONFIRMED), verb="move"),
        "offer": Transition((Status.PENDING, Status.CONFIRMED)),
        "hold_offer": Transition((Status.DRAFT,), (Status.HELD,), verb="offer"),
        "take": Transition((Status.HELD,), (Status.CONFIRMED,)),
        "request_instead": Transition((Status.REJECTED, Status.CANCELLED, Status.EXPIRED)),
        "make_way": Transition(Reservation.LIVE, (Status.MOVED,), verb="make way"),
        "withdraw": Transition(Reservation.LIVE, (Status.CANCELLED,)),
    },
    words=dict(Status.choices),
)


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


def lock_for_allocation(reservation_id: int) -> tuple[dict[int, Resource], Family]:
    """Steps 1 to 3, for actions that take up a place. Raises NotAllowed if there is no service yet."""
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


def starts_at(row: Reservation) -> datetime:
    """Return the visit's beginning, on the business's clock."""
    start: datetime = row.period.lower
    return start.astimezone(row.business.zone)


def ends_at(row: Reservation) -> datetime:
    end: datetime = row.period.upper
    return end.astimezone(row.business.zone)
