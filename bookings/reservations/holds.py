"""Requests and offers that nobody decided in time: their places become free and the customer is told."""

import logging
from datetime import datetime

from django.db import OperationalError

from bookings.models import Reservation
from bookings.reservations import notifications
from bookings.reservations.confirmation import withdraw
from bookings.reservations.transitions import RESERVATION, lock_conversation, lock_family
from bots.db import clock
from bots.db.transactions import PASSING, atomic_with_retry, sqlstate
from bots.staff.actors import Actor

logger = logging.getLogger(__name__)

AT_ONCE = 500

Status = Reservation.Status


def expire_holds(now: datetime | None = None) -> int:
    """Expire what ran out, and tell those whose request made way for somebody else's already. Returns how many.

    One transaction each, so that one that is being decided at this moment (it is left for the next time) holds up
    nobody else's.
    """
    now = now or clock.now()
    ran_out = [*RESERVATION.start("expire"), Status.EXPIRED]
    due = Reservation.objects.filter(status__in=ran_out, hold_until__lte=now)
    done = 0
    for reservation_id in list(due.order_by("hold_until").values_list("pk", flat=True)[:AT_ONCE]):
        try:
            done += _expire(reservation_id, now=now)
        except OperationalError as error:
            if sqlstate(error) not in PASSING:
                raise
            logger.info("hold left for the next sweep", extra={"reservation": reservation_id})
    return done


@atomic_with_retry
def _expire(reservation_id: int, *, now: datetime) -> bool:
    lock_conversation(reservation_id)
    family = lock_family(reservation_id)
    row = family.row
    if row.hold_until is None or row.hold_until > now:
        return False
    if RESERVATION.allows(row, "expire"):
        withdraw(family.after, Actor.clock())
        RESERVATION.change(row, "expire", by=Actor.clock(), hold_until=None)
    elif row.status == Status.EXPIRED:
        row.hold_until = None
        row.save(update_fields=["hold_until"])
    else:
        return False
    notifications.expired(row, family.before, now=now)
    return True
