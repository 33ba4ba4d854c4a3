"""Requests and offers that nobody decided in time: their places become free and the customer is told."""

import logging
from datetime import datetime

from django.db import OperationalError

from bookings import news
from bookings.models import Reservation
from bookings.moves import withdraw
from bookings.verbs import PASSING, change, lock_conversation, lock_family, sqlstate, verb
from bots.db import clock
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
    due = Reservation.objects.filter(status__in=[Status.HELD, Status.PENDING, Status.EXPIRED], hold_until__lte=now)
    done = 0
    for reservation_id in list(due.order_by("hold_until").values_list("pk", flat=True)[:AT_ONCE]):
        try:
            done += _expire(reservation_id, now=now)
        except OperationalError as error:
            if sqlstate(error) not in PASSING:
                raise
            logger.info("hold left for the next sweep", extra={"reservation": reservation_id})
    return done


@verb
def _expire(reservation_id: int, *, now: datetime) -> bool:
    lock_conversation(reservation_id)
    family = lock_family(reservation_id)
    row = family.row
    if row.hold_until is None or row.hold_until > now:
        return False
    if row.status in (Status.HELD, Status.PENDING):
        withdraw(family.after, Actor.clock())
        change(row, Status.EXPIRED, verb="expire", by=Actor.clock(), hold_until=None)
    elif row.status == Status.EXPIRED:
        row.hold_until = None
        row.save(update_fields=["hold_until"])
    else:
        return False
    news.expired(row, family.before, now=now)
    return True
