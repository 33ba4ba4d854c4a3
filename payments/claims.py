"""What is due at the provider, the right to see to it, and what came of it: short transactions, no network.

Only the deposit's (or the refund's) row is locked, and nothing is decided here: that is the actions' business.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from bots.db import claims, clock
from payments.models import Deposit, ProviderState, Refund
from payments.providers import PROVIDERS
from payments.providers.base import NoAccess, Order, ProviderError, ProviderUnavailable

WAITS = [5, 15, 30, 60, 120, 300, 600]  # seconds; the last one again and again
GRACE = timedelta(minutes=15)  # so long after its time a place is kept when the provider cannot say whether it was paid
PAUSE = timedelta(minutes=5)  # after which a provider that shut us out is tried again
Session = Deposit.Session


class Todo(StrEnum):
    MAKE = "make"  # a page at the provider
    ASK = "ask"  # how the page is
    CLOSE = "close"  # so that nobody pays any more
    REFUNDS = "refunds"  # what was given back
    EXPIRE = "expire"  # here, without the provider's word


@dataclass(frozen=True, slots=True)
class DepositClaim:
    """The right to see to one deposit. `row.tries` fences off an older claim."""

    row: Deposit
    todo: Todo


def todo_for(row: Deposit, now: datetime, *, rests: bool = False) -> Todo | None:
    """Return what is to be done next. `rests`: the provider cannot be asked at present."""
    if row.must_ask_refunds and row.payment_intent:
        return Todo.REFUNDS
    if row.session_status == Session.PROCESSING:
        return Todo.ASK
    if row.session_status == Session.OPEN:
        if row.is_live and row.expires_at + GRACE <= now and (rests or row.failures):
            return Todo.EXPIRE
        return Todo.CLOSE if not row.is_live or row.run_out(now) else Todo.ASK
    if not row.is_live or row.session_status == Session.OVER:
        return None
    return Todo.EXPIRE if row.run_out(now) else Todo.MAKE


@transaction.atomic
def claim(deposit_id: int) -> DepositClaim | None:
    """Take it for `SEND_LEASE_SECONDS`; None if nothing is due, or somebody else is at it."""
    row, now = claims.lock(Deposit.objects.select_related("business").due(), deposit_id), clock.now()
    if row is None:
        return None
    resting = rests(row.provider, now)
    todo = todo_for(row, now, rests=resting)
    if todo is None:
        claims.write(row, due_at=None)
        return None
    if resting and todo != Todo.EXPIRE:
        return None
    if todo == Todo.MAKE:
        _plan(row, now)
    plan = {"session_expires_at": row.session_expires_at, "must_look": row.must_look}
    claims.lease(row, settings.SEND_LEASE_SECONDS, **plan)
    return DepositClaim(row, todo)


def _plan(row: Deposit, now: datetime) -> None:
    """Until when the page shall live: written down before it is asked for, as it may not change between tries."""
    kind = PROVIDERS[row.provider]
    if row.session_expires_at is None:
        shortest, longest = now + timedelta(seconds=kind.shortest), now + timedelta(seconds=kind.longest)
        row.session_expires_at = min(max(row.expires_at, shortest), longest).replace(microsecond=0)
    elif (row.session_expires_at - now).total_seconds() < kind.shortest - 60:
        row.must_look = True  # too late for this time: the provider would refuse it, unless it has made it already


def order_of(row: Deposit) -> Order:
    """Return what the provider is asked for. Nothing in it depends on when it is asked."""
    done = settings.PUBLIC_URL + reverse("pay-done", args=[row.token])
    assert row.session_expires_at is not None  # `claim` has seen to it
    return Order(
        reference=row.reference.hex,
        attempt=row.attempt,
        key=f"deposit-{row.reference.hex}-{row.attempt}",
        amount=row.amount,
        currency=row.currency,
        title=row.title,
        language=row.language,
        expires_at=row.session_expires_at,
        done_url=done,
        back_url=f"{done}?back=1",
        business=row.business.name,
        since=row.created_at,
    )


def give_back(row: Deposit | Refund) -> None:
    """The call is over and went well."""
    claims.release(row, **({"asked_at": Now()} if isinstance(row, Deposit) else {}))
    state = ProviderState.objects.filter(pk=_provider_of(row)).exclude(paused_at=None, try_at=None)
    state.update(paused_at=None, paused_reason="", try_at=None)


def _provider_of(row: Deposit | Refund) -> str:
    return row.provider if isinstance(row, Deposit) else row.deposit.provider


def another_attempt(row: Deposit | Refund) -> None:
    """Nothing was made under the old key: take a new one, at once."""
    fields = {"session_expires_at": None} if isinstance(row, Deposit) else {}
    mine = claims.still_mine(row).filter(attempt=row.attempt)
    mine.update(attempt=F("attempt") + 1, must_look=False, lease_until=None, due_at=Now(), **fields)


def put_off(row: Deposit | Refund, error: ProviderError) -> None:
    """It did not work: when to try again, and whether the whole provider rests."""
    after = error.after if isinstance(error, ProviderUnavailable) else None
    fields = {"must_look": True} if isinstance(error, ProviderUnavailable) and error.stale_key else {}
    # A provider that shuts us out is no fault of the row's, which goes at once when we are let in again.
    waits = [0] if isinstance(error, NoAccess) else WAITS
    claims.put_off(row, waits, after=after, trouble=error.words[:300], **fields)
    if isinstance(error, NoAccess):
        _pause(_provider_of(row), error.words, clock.now())
    elif after:
        try_at = clock.now() + claims.wait_of(WAITS, row.failures + 1, after)
        ProviderState.objects.update_or_create(pk=_provider_of(row), defaults={"try_at": try_at})


def _pause(code: str, words: str, now: datetime) -> None:
    state, _made = ProviderState.objects.get_or_create(pk=code)
    since = state.paused_at or now
    ProviderState.objects.filter(pk=code).update(paused_at=since, paused_reason=words[:400], try_at=now + PAUSE)


def rests(code: str, now: datetime) -> bool:
    """Return whether nothing is asked of the provider at present."""
    return ProviderState.objects.filter(pk=code, try_at__gt=now).exists()


def due(limit: int = 200) -> list[int]:
    """The deposits that must be seen to now, the longest waiting first; of a resting provider only what is overdue."""
    now = Now()
    resting = ProviderState.objects.filter(try_at__gt=now).values("provider")
    rows = Deposit.objects.due().exclude(Q(provider__in=resting) & Q(expires_at__gt=now - GRACE))
    return list(rows.values_list("pk", flat=True)[:limit])


def due_refunds(limit: int = 200) -> list[int]:
    """Return the refunds that must be seen to now."""
    resting = ProviderState.objects.filter(try_at__gt=Now()).values("provider")
    rows = Refund.objects.due().exclude(deposit__provider__in=resting)
    return list(rows.values_list("pk", flat=True)[:limit])


@transaction.atomic
def claim_refund(refund_id: int) -> Refund | None:
    """Take it for `SEND_LEASE_SECONDS`; None if it is not due, or somebody else is at it."""
    rows = Refund.objects.select_related("deposit").filter(status__in=Refund.UNDER_WAY)
    row = claims.lock(rows.due(), refund_id)
    if row is None or rests(row.deposit.provider, clock.now()):
        return None
    claims.lease(row, settings.SEND_LEASE_SECONDS)
    return row
