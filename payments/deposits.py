"""The verbs: what may become of a deposit. Each is one transaction: lock, check, change, record, announce.

The order of locks stands in `payments.ledger`. What a provider says of a payment, whether it told us or was asked,
comes in by one verb, `settle`, as often and in whatever order it likes. `refunds` has the verbs of money that goes
back.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from bots import bell
from bots.models import Business
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed
from bots.transactions import verb
from payments import money, providers
from payments.ledger import change, lock, lock_subject, must_stand, write
from payments.models import Deposit, PaymentEvent
from payments.providers.base import Session, State

__all__ = [
    "AlreadyDecided", "NotAllowed", "Taken", "dismiss", "expire", "fail", "keep", "opened", "request", "settle",
    "withdraw",
]  # fmt: skip

CHECKOUT_TASK = "payments.checkout"  # payments.checkout, which takes deposits to the provider
EVENT_TASK = "payments.event"  # payments.events
ASKED_AGAIN_AFTER = timedelta(seconds=10)
REOPEN_LEAST = timedelta(minutes=5)  # with less time left, a page that the provider closed is not made anew
PROCESSING_ASKED_EVERY = timedelta(hours=1)

Status = Deposit.Status


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of something that the provider said. Suspicious: staff must look at it."""

    words: str
    is_suspicious: bool = False


@verb
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
    if expires_at <= timezone.now():
        raise NotAllowed(_("The time to pay would be over already."))
    lock_subject(subject, subject_id)
    if Deposit.objects.about(subject, subject_id).live().exists():
        raise NotAllowed(_("A deposit for this has been asked for already."))
    row = Deposit(
        business=business,
        subject=subject,
        subject_id=subject_id,
        title=" ".join(title.split())[:200],
        amount=amount,
        currency=code,
        language=language,
        expires_at=expires_at.replace(microsecond=0),
        provider=provider.code,
        due_at=timezone.now(),
    )
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError:  # two at once, for a subject that nobody could lock
        raise NotAllowed(_("A deposit for this has been asked for already.")) from None
    change(row, verb="request", by=by)
    ring(row.pk)
    return row


@verb
def withdraw(deposit_id: int, *, by: Actor, reason: str = "") -> Deposit:
    """Take the request back; its page at the provider is closed a moment later.

    From requested and open. If the payer was faster there, the payment is shown to staff as too late. Locks subject and
    deposit. Raises AlreadyDecided.
    """
    row = lock(deposit_id)
    must_stand(row, Status.REQUESTED, Status.OPEN)
    due_at = timezone.now() if row.session_status != Deposit.Session.NONE else None
    change(row, status=Status.WITHDRAWN, due_at=due_at, verb="withdraw", by=by, tells="withdrawn", reason=reason)
    ring(row.pk)
    return row


@verb
def opened(deposit_id: int, session: Session, *, attempt: int, by: Actor) -> bool:
    """The provider has made the page. False if it is not wanted any more: another attempt has begun meanwhile.

    From requested to open, which is told once. Locks subject and deposit.
    """
    row = lock(deposit_id)
    if row.attempt != attempt:
        return False
    if row.session_id == session.session_id:
        return True
    now = timezone.now()
    page = {
        "session_id": session.session_id,
        "sessions": [*row.sessions, session.session_id],
        "session_status": Deposit.Session.OPEN,
        "session_url": session.url,
        "livemode": session.livemode,
        "must_look": False,
        "due_at": ask_at(row, now) if row.is_live else now,
    }
    if session.expires_at is not None:
        page["session_expires_at"] = session.expires_at
    if row.status == Status.REQUESTED:
        change(row, status=Status.OPEN, opened_at=now, verb="open", by=by, tells="opened", **page)
    else:
        write(row, **page)
    return True


@verb
def settle(deposit_id: int, seen: Session, *, by: Actor, now: datetime | None = None) -> Taken:
    """Take in how a payment page is. Safe to call with the same, with old and with new, in any order.

    Only money for a page that this deposit was given, of the right amount, currency and reference, pays it. Paid after
    it was over makes it paid and late: of paid and expired the first one wins, and no payment is ever lost. Locks
    subject and deposit.
    """
    now = now or timezone.now()
    row = lock(deposit_id)
    misfit = _misfit(row, seen)
    if misfit:
        return _suspect(row, seen, misfit, by)
    if seen.state == State.PAID:
        return _paid(row, seen, by, now)
    if seen.session_id != row.session_id or row.session_status == Deposit.Session.OVER:
        return Taken("old news")
    if seen.state == State.PROCESSING:
        write(row, session_status=Deposit.Session.PROCESSING, due_at=now + PROCESSING_ASKED_EVERY)
        return Taken("the bank is still working")
    if seen.state == State.FAILED:
        return _over(row, Status.FAILED, "the payment failed", by)
    if seen.state == State.EXPIRED:
        return _closed(row, by, now)
    return Taken("nothing new")


@verb
def expire(deposit_id: int, *, by: Actor, now: datetime | None = None) -> Deposit:
    """Nobody paid in time. From requested and open, once `expires_at` is past. Locks subject and deposit.

    A page that may still be open at the provider is closed by the errand. Raises AlreadyDecided, NotAllowed.
    """
    now = now or timezone.now()
    row = lock(deposit_id)
    must_stand(row, Status.REQUESTED, Status.OPEN)
    if not row.run_out(now):
        raise NotAllowed(_("It can still be paid."))
    change(row, status=Status.EXPIRED, due_at=_until_closed(row, now), verb="expire", by=by, tells="expired")
    return row


@verb
def fail(deposit_id: int, *, reason: str, by: Actor) -> Deposit:
    """The provider will never make a page for it. From requested and open. Raises AlreadyDecided."""
    row = lock(deposit_id)
    must_stand(row, Status.REQUESTED, Status.OPEN)
    fields = {"status": Status.FAILED, "failure": reason[:200], "due_at": _until_closed(row, timezone.now())}
    change(row, verb="fail", by=by, tells="failed", reason=reason, **fields)
    return row


@verb
def keep(deposit_id: int, *, by: Actor, now: datetime | None = None) -> Deposit:
    """Staff keep money that came too late: it counts as paid, and is told as “paid”. From late. Locks subject and
    deposit. Raises AlreadyDecided."""
    row = lock(deposit_id)
    must_stand(row, "late")
    change(row, decided_at=now or timezone.now(), verb="keep", by=by, tells="paid")
    return row


@verb
def dismiss(deposit_id: int, *, by: Actor) -> Deposit:
    """Staff have seen to what only a person could settle. Raises NotAllowed if nothing is wrong."""
    row = lock(deposit_id)
    if not row.problem:
        raise NotAllowed(_("There is nothing to see to any more."))
    change(row, verb="see to", by=by, reason=row.problem, problem="")
    return row


@verb
def lost(deposit_id: int, *, by: Actor) -> None:
    """The provider knows nothing of the page any more, and its time is over: nobody can pay it. Locks as `settle`."""
    row = lock(deposit_id)
    if row.session_status in (Deposit.Session.OPEN, Deposit.Session.PROCESSING):
        _over(row, Status.EXPIRED, "expired", by)


def asked(deposit_id: int) -> None:
    """The provider was asked about an open page: when next."""
    row = Deposit.objects.get(pk=deposit_id)
    if row.session_status == Deposit.Session.OPEN and row.is_live:
        Deposit.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=ask_at(row, timezone.now()))


def ask_refunds(deposit_id: int) -> None:
    """Something was given back at the provider: ask what. In a transaction that has locked the deposit, or in none."""
    Deposit.objects.filter(pk=deposit_id).update(must_ask_refunds=True, due_at=timezone.now())
    ring(deposit_id)


def ring(deposit_id: int) -> None:
    """Ring for the errand once the transaction has committed. Never raises."""
    bell.ring(CHECKOUT_TASK, deposit_id)


# --- what `settle` is made of ---------------------------------------------------------------------------------------


def _misfit(row: Deposit, seen: Session) -> str:
    """Why this page is not the one that was asked for; "" if it is."""
    if seen.session_id not in row.sessions:
        return "a page that this deposit was not given"
    if seen.reference != row.reference.hex:
        return "the reference of something else"
    if seen.currency.upper() != row.currency:
        return f"{seen.currency.upper()} instead of {row.currency}"
    if seen.amount != row.amount:
        return (
            f"{money.money(seen.amount, row.currency, 'en')} instead of {money.money(row.amount, row.currency, 'en')}"
        )
    if None not in (seen.livemode, row.livemode) and seen.livemode != row.livemode:
        return "test money" if row.livemode else "real money in a test"
    return ""


def _suspect(row: Deposit, seen: Session, misfit: str, by: Actor) -> Taken:
    """Money that does not fit is never taken for the deposit; staff see it."""
    if seen.state not in (State.PAID, State.PROCESSING):
        return Taken(f"not taken: {misfit}")
    problem = f"A payment does not fit: {misfit} ({seen.session_id})."[:300]
    if row.problem != problem:
        change(row, verb="doubt", by=by, reason=problem, problem=problem)
    return Taken(f"not taken: {misfit}", is_suspicious=True)


def _paid(row: Deposit, seen: Session, by: Actor, now: datetime) -> Taken:
    if row.paid_at is not None:
        if not seen.payment_intent or seen.payment_intent == row.payment_intent:
            return Taken("known already")
        problem = f"It was paid twice: give {seen.payment_intent} back at the provider."[:300]
        if row.problem != problem:
            change(row, verb="doubt", by=by, reason=problem, problem=problem)
        return Taken("paid twice", is_suspicious=True)
    late = not row.is_live
    is_current = seen.session_id == row.session_id
    fields = {"status": Status.PAID, "paid_at": now, "late": late, "payment_intent": seen.payment_intent, "failure": ""}
    if is_current:
        fields |= {"session_status": Deposit.Session.OVER, "due_at": None}
    else:  # another page of it is open: it must not be paid a second time
        fields |= {"due_at": now}
        ring(row.pk)
    if seen.payment_intent:
        waiting = PaymentEvent.objects.filter(payment_intent=seen.payment_intent, handled_at=None)
        for event_id in waiting.values_list("pk", flat=True):
            bell.ring(EVENT_TASK, event_id)
    tells = "paid_late" if late else "paid"
    change(row, verb="pay late" if late else "pay", by=by, tells=tells, **fields)
    return Taken("paid too late" if late else "paid")


def _closed(row: Deposit, by: Actor, now: datetime) -> Taken:
    """The page can never be paid. While there is time left, another one is made."""
    if not row.is_live or row.expires_at - now < REOPEN_LEAST:
        return _over(row, Status.EXPIRED, "expired", by)
    page = {"session_status": Deposit.Session.NONE, "session_expires_at": None, "attempt": row.attempt + 1}
    write(row, due_at=now, failures=0, **page)
    ring(row.pk)
    return Taken("the page is made anew")


def _over(row: Deposit, status: str, words: str, by: Actor) -> Taken:
    page = {"session_status": Deposit.Session.OVER, "due_at": None}
    if not row.is_live:
        write(row, **page)
        return Taken(f"{words}; it was over already")
    if status == Status.FAILED:
        page["failure"] = "The bank said no."
    name = "fail" if status == Status.FAILED else "expire"
    change(row, status=status, verb=name, by=by, tells=str(status), **page)
    return Taken(words)


def ask_at(row: Deposit, now: datetime) -> datetime:
    """When the provider is asked next about an open page: now and then, and when the time is over."""
    return min(now + timedelta(seconds=settings.PAYMENTS_ASK_SECONDS), max(row.expires_at, now))


def _until_closed(row: Deposit, now: datetime) -> datetime | None:
    is_open = row.session_status in (Deposit.Session.OPEN, Deposit.Session.PROCESSING)
    if is_open:
        ring(row.pk)
    return now if is_open else None
