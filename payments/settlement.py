"""What a provider says of a deposit's page, told or asked: as often, and in whatever order it likes.

Actions, like those of `payments.deposits`: each is one transaction, with the locks of `payments.transitions`.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models.functions import Now

from bots import wakeups
from bots.db import clock
from bots.db.transactions import atomic_with_retry
from bots.staff.actors import Actor
from payments import money
from payments.models import Deposit, PaymentEvent
from payments.providers.base import Session, SessionState
from payments.transitions import DEPOSIT, enqueue, lock, write

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


@atomic_with_retry
def opened(deposit_id: int, session: Session, *, attempt: int, by: Actor) -> bool:
    """The provider has made the page. False if it is not wanted any more: another attempt has begun meanwhile.

    From requested to open, which is told once. Locks subject and deposit.
    """
    row = lock(deposit_id)
    if row.attempt != attempt:
        return False
    if row.session_id == session.session_id:
        return True
    now = clock.now()
    page: dict[str, Any] = {
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
    if DEPOSIT.allows(row, "open"):
        DEPOSIT.change(row, "open", by=by, opened_at=now, **page)
    else:
        write(row, **page)
    return True


@atomic_with_retry
def settle(deposit_id: int, seen: Session, *, by: Actor, now: datetime | None = None) -> Taken:
    """Take in how a payment page is. Safe to call with the same, with old and with new, in any order.

    Only money for a page that this deposit was given, of the right amount, currency and reference, pays it. Paid after
    it was over makes it paid and late: of paid and expired the first one wins, and no payment is ever lost. Locks
    subject and deposit.
    """
    now = now or clock.now()
    row = lock(deposit_id)
    misfit = _misfit(row, seen)
    if misfit:
        return _suspect(row, seen, misfit, by)
    if seen.state == SessionState.PAID:
        return _paid(row, seen, by, now)
    if seen.session_id != row.session_id or row.session_status == Deposit.Session.OVER:
        return Taken("old news")
    if seen.state == SessionState.PROCESSING:
        write(row, session_status=Deposit.Session.PROCESSING, due_at=now + PROCESSING_ASKED_EVERY)
        return Taken("the bank is still working")
    if seen.state == SessionState.FAILED:
        return _over(row, "fail", "the payment failed", by)
    if seen.state == SessionState.EXPIRED:
        return _closed(row, by, now)
    return Taken("nothing new")


@atomic_with_retry
def lost(deposit_id: int, *, by: Actor) -> None:
    """The provider knows nothing of the page any more, and its time is over: nobody can pay it. Locks as `settle`."""
    row = lock(deposit_id)
    if row.session_status in (Deposit.Session.OPEN, Deposit.Session.PROCESSING):
        _over(row, "expire", "expired", by)


def asked(deposit_id: int) -> None:
    """The provider was asked about an open page: when next."""
    row = Deposit.objects.get(pk=deposit_id)
    if row.session_status == Deposit.Session.OPEN and row.is_live:
        Deposit.objects.filter(pk=row.pk, due_at=row.due_at).update(due_at=ask_at(row, clock.now()))


def ask_refunds(deposit_id: int) -> None:
    """Something was given back at the provider: ask what. In a transaction that has locked the deposit, or in none."""
    Deposit.objects.filter(pk=deposit_id).update(must_ask_refunds=True, due_at=Now())
    enqueue(deposit_id)


# --- what `settle` is made of ---------------------------------------------------------------------------------------


def _misfit(row: Deposit, seen: Session) -> str:
    """Return why this page is not the one that was asked for; "" if it is."""
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
    if seen.state not in (SessionState.PAID, SessionState.PROCESSING):
        return Taken(f"not taken: {misfit}")
    problem = f"A payment does not fit: {misfit} ({seen.session_id})."[:300]
    if row.problem != problem:
        DEPOSIT.change(row, "doubt", by=by, reason=problem, problem=problem)
    return Taken(f"not taken: {misfit}", is_suspicious=True)


def _paid(row: Deposit, seen: Session, by: Actor, now: datetime) -> Taken:
    if row.paid_at is not None:
        if not seen.payment_intent or seen.payment_intent == row.payment_intent:
            return Taken("known already")
        problem = f"It was paid twice: give {seen.payment_intent} back at the provider."[:300]
        if row.problem != problem:
            DEPOSIT.change(row, "doubt", by=by, reason=problem, problem=problem)
        return Taken("paid twice", is_suspicious=True)
    late = not row.is_live
    is_current = seen.session_id == row.session_id
    fields: dict[str, Any] = {"paid_at": now, "late": late, "payment_intent": seen.payment_intent, "failure": ""}
    if is_current:
        fields |= {"session_status": Deposit.Session.OVER, "due_at": None}
    else:  # another page of it is open: it must not be paid a second time
        fields |= {"due_at": now}
        enqueue(row.pk)
    if seen.payment_intent:
        waiting = PaymentEvent.objects.filter(payment_intent=seen.payment_intent, handled_at=None)
        for event_id in waiting.values_list("pk", flat=True):
            wakeups.enqueue(EVENT_TASK, event_id)
    DEPOSIT.change(row, "pay_late" if late else "pay", by=by, **fields)
    return Taken("paid too late" if late else "paid")


def _closed(row: Deposit, by: Actor, now: datetime) -> Taken:
    """The page can never be paid. While there is time left, another one is made."""
    if not row.is_live or row.expires_at - now < REOPEN_LEAST:
        return _over(row, "expire", "expired", by)
    page = {"session_status": Deposit.Session.NONE, "session_expires_at": None, "attempt": row.attempt + 1}
    write(row, due_at=now, failures=0, **page)
    enqueue(row.pk)
    return Taken("the page is made anew")


def _over(row: Deposit, name: str, words: str, by: Actor) -> Taken:
    page: dict[str, Any] = {"session_status": Deposit.Session.OVER, "due_at": None}
    if not DEPOSIT.allows(row, name):
        write(row, **page)
        return Taken(f"{words}; it was over already")
    if name == "fail":
        page["failure"] = "The bank said no."
    DEPOSIT.change(row, name, by=by, **page)
    return Taken(words)


def ask_at(row: Deposit, now: datetime) -> datetime:
    """Return when the provider is asked next about an open page: now and then, and when the time is over."""
    return min(now + timedelta(seconds=settings.PAYMENTS_ASK_SECONDS), max(row.expires_at, now))
