"""The actions of money that goes back: given back by staff, or taken back by the payer's bank."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import Sum
from django.utils.translation import gettext as _

from bots import wakeups
from bots.db import clock
from bots.db.transactions import atomic_with_retry
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed
from payments.models import DISPUTE_OVER, Deposit, Refund
from payments.money import money
from payments.providers.base import RefundSeen
from payments.settlement import Taken
from payments.transitions import DEPOSIT, announce, lock, write

__all__ = ["AlreadyDecided", "DisputeSeen", "NotAllowed", "disputed", "never", "refund", "refunded"]

REFUND_TASK = "payments.refund"  # payments.refund_sync, which takes refunds to the provider
FIRST_ASKED_AFTER = timedelta(minutes=10)
Status = Refund.Status
RANK = {Status.REQUESTED: 0, Status.PENDING: 1, Status.SUCCEEDED: 2, Status.FAILED: 3}  # a refund may fail days later


@dataclass(frozen=True, slots=True, kw_only=True)
class DisputeSeen:
    """A dispute at the provider; `status` is the provider's word."""

    dispute_id: str
    payment_intent: str
    status: str
    reason: str = ""


def left(row: Deposit) -> int:
    """Return how much of it can still be given back, in minor units."""
    gone = row.refunds.exclude(status=Status.FAILED).aggregate(total=Sum("amount"))["total"] or 0
    return max(row.amount - gone, 0)


@atomic_with_retry
def refund(deposit_id: int, *, by: Actor, amount: int | None = None, reason: str = "") -> Refund:
    """Give money back: so much (minor units), or with None all that is left. It takes the provider a moment, or days.

    From paid, late and partly refunded; a late payment is decided about by this. Locks subject and deposit. Raises
    AlreadyDecided, NotAllowed if that is more than there is.
    """
    row = lock(deposit_id)
    before = DEPOSIT.must_be(row, "refund")
    rest = left(row)
    if not row.payment_intent:
        raise NotAllowed(_("There is no payment to give back."))
    if amount is not None and not 0 < amount <= rest:
        raise NotAllowed(_("At most %(rest)s can be given back.") % {"rest": money(rest, row.currency)})
    now = clock.now()
    made = Refund.objects.create(deposit=row, amount=amount or rest, by_name=by.name, reason=reason[:500], due_at=now)
    DEPOSIT.update(row, **({"decided_at": now} if row.late and row.decided_at is None else {}))
    DEPOSIT.note(row, "refund", before, by, reason)
    wakeups.enqueue(REFUND_TASK, made.pk)
    return made


@atomic_with_retry
def refunded(deposit_id: int, seen: RefundSeen, *, by: Actor) -> Taken:
    """Take in how a refund is, ours or one that was made at the provider. Safe with old and new in any order.

    Locks subject and deposit. What arrives is told as “refunded”, also when less has gone back than it seemed.
    """
    row = lock(deposit_id)
    found = _found(row, seen)
    if found.refund_id not in ("", seen.refund_id):
        return Taken("another refund has its place", is_suspicious=True)
    if found.pk and found.refund_id and RANK[Status(seen.status)] <= RANK[Status(found.status)]:
        return Taken("known already")
    before = row.standing
    found.status, found.status_at, found.refund_id = seen.status, clock.now(), seen.refund_id
    found.trouble, found.failures = "", 0
    is_over = seen.status in (Status.SUCCEEDED, Status.FAILED)
    found.due_at = None if is_over else found.due_at or clock.now() + FIRST_ASKED_AFTER
    if seen.status == Status.FAILED:
        found.reason = (seen.reason or "The bank did not take it.")[:500]
    found.save()
    return _count(row, found, before, by)


@atomic_with_retry
def never(refund_id: int, *, reason: str, by: Actor) -> None:
    """The provider will never take this refund: staff see why. Locks subject and deposit."""
    row = lock(Refund.objects.values_list("deposit_id", flat=True).get(pk=refund_id))
    found = Refund.objects.select_for_update().get(pk=refund_id)
    if found.status not in Refund.UNDER_WAY or found.refund_id:
        return
    before = row.standing
    found.status, found.status_at, found.reason, found.due_at = Status.FAILED, clock.now(), reason[:500], None
    found.save()
    _count(row, found, before, by)


def _found(row: Deposit, seen: RefundSeen) -> Refund:
    """Return the row of this refund, or a new one for what was made at the provider."""
    rows = list(row.refunds.select_for_update().order_by("pk"))
    by_id = [one for one in rows if one.refund_id == seen.refund_id]
    by_reference = [one for one in rows if seen.reference and one.reference.hex == seen.reference]
    return next(iter(by_id + by_reference), None) or Refund(deposit=row, amount=seen.amount, due_at=None)


def _count(row: Deposit, found: Refund, before: str, by: Actor) -> Taken:
    total = row.refunds.filter(status=Status.SUCCEEDED).aggregate(total=Sum("amount"))["total"] or 0
    changed: dict[str, Any] = {"refunded_amount": min(total, row.amount)}
    if total > row.amount:
        changed["problem"] = "More was given back at the provider than was paid."
    if found.status == Status.FAILED:
        changed["problem"] = f"A refund of {money(found.amount, row.currency, 'en')} failed: {found.reason}"[:300]
    has_moved = changed["refunded_amount"] != row.refunded_amount
    DEPOSIT.update(row, **changed)
    name = "refund_failed" if found.status == Status.FAILED else "refunded" if has_moved else "refund_under_way"
    DEPOSIT.note(row, name, before, by, found.reason)
    if has_moved and name == "refund_failed":  # less has gone back than it seemed
        announce(row, "refunded")
    return Taken(f"refund {found.status}")


def _rank(status: str) -> int:
    """Return how far a dispute is: of two words for it, in whatever order they come, the further one is true."""
    appealed = 3 if status.startswith("appeal_") else 0
    return 4 if status == "won" else 2 if status in DISPUTE_OVER else appealed or (1 if "review" in status else 0)


@atomic_with_retry
def disputed(deposit_id: int, seen: DisputeSeen, *, by: Actor) -> Taken:
    """The payer's bank wants the money back, or has decided; what was decided stays so, unless it is appealed.

    Locks subject and deposit.
    """
    row = lock(deposit_id)
    is_over, was_over = seen.status in DISPUTE_OVER, row.dispute_status in DISPUTE_OVER
    is_known = row.dispute_id == seen.dispute_id and _rank(seen.status) <= _rank(row.dispute_status)
    if is_known:
        return Taken("known already")
    fields: dict[str, Any] = {
        "dispute_id": seen.dispute_id,
        "dispute_status": seen.status[:40],
        "dispute_reason": seen.reason[:60],
    }
    is_news = row.dispute_id != seen.dispute_id or is_over != was_over
    if not is_news:
        write(row, **fields)
        return Taken(f"dispute {seen.status}")
    DEPOSIT.change(row, "dispute", by=by, reason=seen.reason, **fields)
    return Taken(f"dispute {seen.status}")
