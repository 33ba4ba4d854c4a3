"""What every verb upon deposits shares: the order of locks, the change, the record, the announcement.

Locks are always taken in this order:

1. the first lock of what the deposit is for, as its own verbs take it (`Subject.status(…, lock=True)`, which is the
   conversation's row for a lead or a reservation), because whoever hears of the payment changes that too;
2. the deposit's row;
3. its refunds, by primary key.
"""

from contextlib import suppress
from typing import Any

from bots import bell
from bots.db import clock
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed, already
from bots.staff.records import record
from bots.staff.subjects import all_subjects
from payments.models import Deposit
from payments.signals import payment_changed

SUBJECT = "deposit"
CHECKOUT_TASK = "payments.checkout"  # payments.checkout, which takes deposits to the provider


def lock_subject(subject: str, subject_id: int) -> None:
    """Step 1. Whatever the subject is by now, or if it is gone: money is taken in all the same."""
    about = all_subjects().get(subject)
    if about is not None:
        with suppress(NotAllowed):
            about.status(subject_id, lock=True)


def lock(deposit_id: int) -> Deposit:
    """Steps 1 and 2. Raises Deposit.DoesNotExist."""
    subject, subject_id = Deposit.objects.values_list("subject", "subject_id").get(pk=deposit_id)
    lock_subject(subject, subject_id)
    return Deposit.objects.select_for_update(of=("self",)).select_related("business").get(pk=deposit_id)


def must_stand(row: Deposit, *standings: str) -> str:
    """Where it stands. Raises AlreadyDecided, with who and when, if that is none of these. The row must be locked."""
    standing = row.standing
    if standing not in standings:
        raise already(SUBJECT, row.pk, standing, str(Deposit.STANDINGS[standing]))
    return standing


def change(row: Deposit, *, verb: str, by: Actor, tells: str = "", reason: str = "", **fields: Any) -> Decision:
    """Write the fields, count the version up, record who did it, ring the bell if it `tells` something.

    The row must be locked.
    """
    before = row.standing
    if "status" in fields and fields["status"] != row.status:
        fields["status_at"] = clock.now()
    for name, value in fields.items():
        setattr(row, name, value)
    row.version += 1
    row.save(update_fields=["version", *fields])
    return note(row, before, verb=verb, by=by, tells=tells, reason=reason)


def note(row: Deposit, before: str, *, verb: str, by: Actor, tells: str = "", reason: str = "") -> Decision:
    """The record and the bell, where the fields are written already."""
    decision = record(
        business_id=row.business_id,
        subject=SUBJECT,
        subject_id=row.pk,
        verb=verb,
        from_status=before,
        to_status=row.standing,
        by=by,
        reason=reason,
    )
    if tells:
        payment_changed.send(sender=Deposit, deposit=row, change=tells)
    return decision


def write(row: Deposit, **fields: Any) -> None:
    """Fields of the errand only: nothing was decided, nobody is told."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


def ring(deposit_id: int) -> None:
    """Ring for the errand once the transaction has committed. Never raises."""
    bell.ring(CHECKOUT_TASK, deposit_id)
