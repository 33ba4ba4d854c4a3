"""The sync with the payment provider: sees to one deposit, as often as it takes, with the same end.

It makes the page that the payer is sent to, asks now and then how it is (a webhook may be lost), and closes it when the
time is over or the request was taken back. Whatever it learns goes through `settlement.settle`, like what webhooks say.
A place is given free only once the provider says that nobody can pay any more, or cannot say anything for long.
"""

import logging
import time
from contextlib import suppress

from django.db import connection
from django.db.models.functions import Now

from bots.db import clock
from bots.db.claims import still_mine
from bots.staff.actors import Actor
from payments import claims, deposits, refunds, settlement, transitions
from payments.claims import DepositClaim, Todo
from payments.models import Deposit
from payments.providers import PROVIDERS, provider
from payments.providers.base import Missing, Provider, ProviderError, ProviderUnavailable, Refused, SessionState

logger = logging.getLogger(__name__)

TASK = transitions.CHECKOUT_TASK
ROUNDS, ENOUGH_SECONDS = 4, 20  # of one job; what is still due then, the sweep finds


def see_to(deposit_id: int) -> int:
    """Do at the provider what is due for this deposit; how many calls that took. Holds nothing meanwhile."""
    enough = time.monotonic() + ENOUGH_SECONDS
    for calls in range(ROUNDS):
        claim = claims.claim(deposit_id) if time.monotonic() < enough else None
        if claim is None:
            return calls
        if claim.todo == Todo.EXPIRE:
            _expire(claim.row)
            continue
        let_go()
        try:
            _go(provider(claim.row.provider), claim)
        except ProviderError as error:
            _failed(claim, error)
            return calls + 1
        claims.give_back(claim.row)
    return ROUNDS


def let_go() -> None:
    """Give the connection back to the pool: the provider may take its time."""
    if not connection.in_atomic_block:
        connection.close()


def said_by(code: str) -> Actor:
    """Who has done it, when a provider says so."""
    return Actor(PROVIDERS[code].label, "provider")


def _go(at: Provider, claim: DepositClaim) -> None:
    row, by = claim.row, said_by(claim.row.provider)
    match claim.todo:
        case Todo.MAKE:
            _make(at, row)
        case Todo.CLOSE:
            seen = at.close(row.session_id)
            if seen.state == SessionState.OPEN:
                raise ProviderUnavailable("The page did not close.")
            settlement.settle(row.pk, seen, by=by)
        case Todo.REFUNDS:
            for given in at.refunds(row.payment_intent):
                refunds.refunded(row.pk, given, by=by)
            still_mine(row).update(must_ask_refunds=False)
        case _:
            settlement.settle(row.pk, at.look(row.session_id), by=by)
            settlement.asked(row.pk)


def _make(at: Provider, row: Deposit) -> None:
    order, by = claims.order_of(row), said_by(row.provider)
    session = at.find(order) if row.must_look else at.open(order)
    if session is None:
        claims.another_attempt(row)
        return
    settlement.opened(row.pk, session, attempt=row.attempt, by=by)
    settlement.settle(row.pk, session, by=by)  # one that was found may have a story already


def _failed(claim: DepositClaim, error: ProviderError) -> None:
    row = claim.row
    logger.info("job put off", extra={"deposit": row.pk, "todo": claim.todo, "error": type(error).__name__})
    if isinstance(error, Refused) and claim.todo == Todo.MAKE:
        with suppress(deposits.AlreadyDecided):
            deposits.fail(row.pk, reason=error.words, by=said_by(row.provider))
        claims.give_back(row)
        return
    claims.put_off(row, error)
    is_gone = isinstance(error, Missing) and claim.todo in (Todo.ASK, Todo.CLOSE)
    if is_gone and row.session_expires_at and row.session_expires_at <= clock.now():
        settlement.lost(row.pk, by=said_by(row.provider))


def _expire(row: Deposit) -> None:
    with suppress(deposits.AlreadyDecided, deposits.NotAllowed):
        deposits.expire(row.pk, by=Actor.clock())
    still_mine(row).update(lease_until=None)


def look_soon(row: Deposit) -> None:
    """The payer says to be done: ask the provider now and not in ten minutes. At most every ten seconds."""
    now = Now()
    open_ones = Deposit.objects.filter(pk=row.pk, session_status=Deposit.Session.OPEN, status__in=Deposit.LIVE)
    if open_ones.exclude(asked_at__gt=now - settlement.ASKED_AGAIN_AFTER).update(due_at=now, asked_at=now):
        transitions.enqueue(row.pk)
