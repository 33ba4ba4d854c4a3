"""What may become of a deposit: the table of its transitions, the order of locks, the announcement.

Locks are always taken in this order:

1. the first lock of what the deposit is for, as its own actions take it (`Subject.status(…, lock=True)`, which is the
   conversation's row for a lead or a reservation), because whoever hears of the payment changes that too;
2. the deposit's row;
3. its refunds, by primary key.
"""

from contextlib import suppress
from datetime import datetime
from typing import Any

from bots import wakeups
from bots.db import clock
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from bots.staff.subjects import all_subjects
from bots.staff.transitions import Transition, Transitions
from payments.models import Deposit
from payments.signals import payment_changed

SUBJECT = "deposit"
CHECKOUT_TASK = "payments.checkout"  # payments.checkout, which takes deposits to the provider

Status = Deposit.Status

UNPAID = (Status.EXPIRED, Status.FAILED, Status.WITHDRAWN)
PAID = ("paid", "late", "refunding", "partly_refunded", "refunded", "disputed")
EVERYWHERE = (*Deposit.STANDINGS,)
TELLS = {
    "open": "opened", "pay": "paid", "pay_late": "paid_late", "expire": "expired", "fail": "failed",
    "withdraw": "withdrawn", "keep": "paid", "refunded": "refunded", "dispute": "disputed",
}  # fmt: skip


class DepositTransitions(Transitions):
    """The table is about `Deposit.standing`; what follows from refunds and disputes is no value of the column."""

    def columns(self, to: str, *, reason: str, now: datetime | None) -> dict[str, Any]:
        column = Status.PAID if to == "late" else to
        return {"status": column, "status_at": now or clock.now()} if column in Status.values else {}

    def note(self, row: Deposit, name: str, before: str, by: Actor, reason: str = "") -> Decision:
        """Record it, and announce what it tells whom the deposit is for."""
        decision = super().note(row, name, before, by, reason)
        if name in TELLS:
            announce(row, TELLS[name])
        return decision


DEPOSIT = DepositTransitions(
    SUBJECT,
    {
        "request": Transition((Status.REQUESTED,)),
        "open": Transition((Status.REQUESTED,), (Status.OPEN,)),
        "pay": Transition(Deposit.LIVE, (Status.PAID,)),
        "pay_late": Transition(UNPAID, ("late",), verb="pay late"),
        "expire": Transition(Deposit.LIVE, (Status.EXPIRED,)),
        "fail": Transition(Deposit.LIVE, (Status.FAILED,)),
        "withdraw": Transition(Deposit.LIVE, (Status.WITHDRAWN,)),
        "keep": Transition(("late",), ("paid", "partly_refunded", "disputed")),
        "refund": Transition(("paid", "late", "partly_refunded"), ("refunding",)),
        # Facts about money that was paid: where it stands then is worked out from all of them (`Deposit.standing`).
        "refund_under_way": Transition(PAID, verb="refund under way"),
        "refunded": Transition(PAID),
        "refund_failed": Transition(PAID, verb="refund failed"),
        "dispute": Transition(PAID),
        "doubt": Transition(EVERYWHERE),
        "see_to": Transition(EVERYWHERE, verb="see to"),
    },
    words=Deposit.STANDINGS,
    attribute="standing",
)


def announce(row: Deposit, change: str) -> None:
    """Tell whom the deposit is for, inside the transaction."""
    payment_changed.send(sender=Deposit, deposit=row, change=change)


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


def write(row: Deposit, **fields: Any) -> None:
    """Fields of the job only: nothing was decided, nobody is told."""
    for name, value in fields.items():
        setattr(row, name, value)
    row.save(update_fields=list(fields))


def enqueue(deposit_id: int) -> None:
    """Enqueue a sync once the transaction has committed. Never raises."""
    wakeups.enqueue(CHECKOUT_TASK, deposit_id)
