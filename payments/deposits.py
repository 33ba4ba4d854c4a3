"""The actions: what may become of a deposit. Each is one transaction: lock, check, change, record, announce.

The table and the order of locks stand in `payments.transitions`. What a provider says of a payment, whether it told us
or was asked, comes in by one action, `settle`, as often and in whatever order it likes. `refunds` has the actions of
money that goes back.
"""

from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from bots.db import clock
from bots.db.transactions import atomic_with_retry
from bots.models import Business
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed
from payments import money, providers
from payments.models import Deposit
from payments.settlement import Taken, opened, settle
from payments.transitions import DEPOSIT, enqueue, lock, lock_subject

__all__ = [
    "AlreadyDecided", "NotAllowed", "Taken", "dismiss", "expire", "fail", "keep", "opened", "request", "settle",
    "withdraw",
]  # fmt: skip


@atomic_with_retry
def request(
    *,
    business: Business,
    subject: str,
    subject_id: int,
    title: str,
    amount: int,
    currency: str,
    language: str,
    expires_at: datetime,
    by: Actor,
) -> Deposit:
    """Ask for a deposit; its link is known a moment later (`payment_changed`, “opened”, then `deposit.url`).

    `amount` in minor units of `currency`, `expires_at` aware, `title` is what the payer reads. Locks the subject.
    Raises NotAllowed, in plain words, for an amount that cannot be paid, a time that is over, where no provider is set
    up, or while another deposit for the same thing can still be paid.
    """
    code = currency.upper()
    money.check(amount, code)
    provider = providers.chosen()
    if provider is None:
        raise NotAllowed(_("Payments are not set up: STRIPE_SECRET_KEY is empty."))
    if expires_at <= clock.now():
        raise NotAllowed(_("The time to pay would be over already."))
    lock_subject(subject, subject_id)
    if Deposit.objects.about(subject, subject_id).live().exists():
        raise NotAllowed(_("A deposit for this has been asked for already."))
    row = Deposit(
        business=business,
        subject=subject,
        subject_id=subject_id,
        title=" ".join(title.split())[:200] or business.name,
        amount=amount,
        currency=code,
        language=language,
        expires_at=expires_at.replace(microsecond=0),
        provider=provider.code,
        due_at=clock.now(),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # two at once, for a subject that nobody could lock
        raise NotAllowed(_("A deposit for this has been asked for already.")) from None
    DEPOSIT.change(row, "request", by=by)
    enqueue(row.pk)
    return row


@atomic_with_retry
def withdraw(deposit_id: int, *, by: Actor, reason: str = "") -> Deposit:
    """Take the request back; its page at the provider is closed a moment later.

    From requested and open. If the payer was faster there, the payment is shown to staff as too late. Locks subject and
    deposit. Raises AlreadyDecided.
    """
    row = lock(deposit_id)
    DEPOSIT.must_be(row, "withdraw")
    due_at = clock.now() if row.session_status != Deposit.Session.NONE else None
    DEPOSIT.change(row, "withdraw", by=by, reason=reason, due_at=due_at)
    enqueue(row.pk)
    return row


@atomic_with_retry
def expire(deposit_id: int, *, by: Actor, now: datetime | None = None) -> Deposit:
    """Nobody paid in time. From requested and open, once `expires_at` is past. Locks subject and deposit.

    A page that may still be open at the provider is closed by the job. Raises AlreadyDecided; NotAllowed if it can
    still be paid, or the payer is done and only the bank is not.
    """
    now = now or clock.now()
    row = lock(deposit_id)
    DEPOSIT.must_be(row, "expire")
    if not row.run_out(now) or row.session_status == Deposit.Session.PROCESSING:
        raise NotAllowed(_("It can still be paid."))
    DEPOSIT.change(row, "expire", by=by, due_at=_until_closed(row, now))
    return row


@atomic_with_retry
def fail(deposit_id: int, *, reason: str, by: Actor) -> Deposit:
    """Return the provider will never make a page for it. From requested and open. Raises AlreadyDecided."""
    row = lock(deposit_id)
    DEPOSIT.must_be(row, "fail")
    due_at = _until_closed(row, clock.now())
    DEPOSIT.change(row, "fail", by=by, reason=reason, failure=reason[:200], due_at=due_at)
    return row


@atomic_with_retry
def keep(deposit_id: int, *, by: Actor, now: datetime | None = None) -> Deposit:
    """Staff keep money that came too late: it counts as paid, and is told as “paid”. From late. Locks subject and
    deposit. Raises AlreadyDecided."""
    row = lock(deposit_id)
    DEPOSIT.must_be(row, "keep")
    DEPOSIT.change(row, "keep", by=by, decided_at=now or clock.now())
    return row


@atomic_with_retry
def dismiss(deposit_id: int, *, by: Actor) -> Deposit:
    """Staff have seen to what only a person could settle. Raises NotAllowed if nothing is wrong."""
    row = lock(deposit_id)
    if not row.problem:
        raise NotAllowed(_("There is nothing to see to any more."))
    DEPOSIT.change(row, "see_to", by=by, reason=row.problem, problem="")
    return row


def _until_closed(row: Deposit, now: datetime) -> datetime | None:
    is_open = row.session_status in (Deposit.Session.OPEN, Deposit.Session.PROCESSING)
    if is_open:
        enqueue(row.pk)
    return now if is_open else None
