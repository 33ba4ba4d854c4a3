"""Rows that are due at a moment, claimed under a lease by one worker at a time, and tried again after waits.

    parcel = claim(Parcel.objects.filter(status="waiting").due(), pk, seconds=60)
    …  # nothing is held while somebody is asked
    release(parcel, status="sent")  # or put_off(parcel, WAITS, trouble="Nobody answered.")

A worker that dies leaves its lease to run out. One that wakes up after that has lost its claim to the next one, which
`tries` tells apart: what is written by way of `still_mine`, as `release` and `put_off` do, an older claim cannot write.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, Self, TypeVar

from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Now

from bots.db import clock

TROUBLE_CHARACTERS = 400

M = TypeVar("M", bound=models.Model)


class ClaimQuerySet(models.QuerySet[M]):
    """Rows with `lease_until` and `due_at`."""

    def free(self) -> Self:
        """Those that no worker holds."""
        return self.filter(Q(lease_until=None) | Q(lease_until__lte=Now()))

    def due(self, *, missed_for: timedelta = timedelta(0)) -> Self:
        """Those that are free and have been due for so long, the longest waiting first."""
        return self.free().filter(due_at__lte=Now() - missed_for).order_by("due_at")


class Claimable(models.Model):
    """What workers need to know of a row. A new row is due at once; without `due_at` there is nothing to do.

    `tries` counts the claims and is never set back; `failures`, in a row, choose the wait; `trouble` is for staff.
    """

    due_at = models.DateTimeField(null=True, db_default=Now(), editable=False)
    lease_until = models.DateTimeField(null=True, editable=False)
    tries = models.PositiveIntegerField(default=0, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    trouble = models.CharField(max_length=TROUBLE_CHARACTERS, blank=True, editable=False)

    class Meta:
        abstract = True

    def is_free(self, now: datetime) -> bool:
        """Return whether no worker holds it."""
        return self.lease_until is None or self.lease_until <= now

    def is_due(self, now: datetime) -> bool:
        """Return whether it is free and its time has come."""
        return self.is_free(now) and self.due_at is not None and self.due_at <= now


C = TypeVar("C", bound=Claimable)


def claim(rows: ClaimQuerySet[C], pk: int, seconds: float, **fields: Any) -> C | None:
    """Take one of these rows for so many seconds, writing `fields` too; None if it is not among them or not free."""
    with transaction.atomic():
        row = lock(rows, pk)
        if row is not None:
            lease(row, seconds, **fields)
    return row


def lock(rows: ClaimQuerySet[C], pk: int) -> C | None:
    """Lock one of these rows, to decide whether to take it; None if it is not among them, not free, or locked.

    In a transaction.
    """
    return rows.free().select_for_update(of=("self",), skip_locked=True, no_key=True).filter(pk=pk).first()


def lease(row: Claimable, seconds: float, **fields: Any) -> None:
    """Take a locked, free row for so many seconds, writing `fields` too. Older claims of it can write nothing now."""
    write(row, tries=row.tries + 1, lease_until=clock.now() + timedelta(seconds=seconds), **fields)


def write(row: Claimable, **fields: Any) -> None:
    """Write these fields of a locked row, and keep them in it."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


def still_mine(row: C) -> models.QuerySet[C]:
    """Return the row as long as this claim of it is the one that counts, else none."""
    return type(row)._default_manager.filter(pk=row.pk, tries=row.tries).exclude(lease_until=None)


def release(row: Claimable, **fields: Any) -> bool:
    """Give a claimed row back after success, writing `fields` too. False, and nothing written, if the claim is lost."""
    return bool(still_mine(row).update(**{"lease_until": None, "failures": 0, "trouble": "", **fields}))


def put_off(
    row: Claimable,
    waits: Sequence[float],
    *,
    after: float | None = None,
    failures: int | None = None,
    trouble: str = "",
    **fields: Any,
) -> bool:
    """Give a claimed row back after a failure, due again after the wait that follows so many failures.

    `waits` and `after` as in `wait_of`; `failures` if they are not counted here. False, and nothing written, if the
    claim is lost.
    """
    failures = row.failures + 1 if failures is None else failures
    due_at = Now() + wait_of(waits, failures, after)
    noted = {"due_at": due_at, "failures": failures, "trouble": trouble[:TROUBLE_CHARACTERS]}
    return release(row, **noted | fields)


def wait_of(waits: Sequence[float], failures: int, after: float | None = None) -> timedelta:
    """Return how long to wait after so many failures in a row, at least one: the last of `waits` again and again.

    `after` is what the other side asked for, as the least. Both in seconds.
    """
    return timedelta(seconds=max(after or 0, waits[min(failures, len(waits)) - 1]))
