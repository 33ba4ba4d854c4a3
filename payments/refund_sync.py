"""The sync that gives money back at the provider, and asks until the bank has taken it."""

import logging

from django.db.models.functions import Now

from bots.db.claims import still_mine, wait_of
from payments import claims, refunds
from payments.checkout import let_go, said_by
from payments.models import Refund
from payments.providers import provider
from payments.providers.base import Missing, Provider, ProviderError, RefundSeen, Refused

logger = logging.getLogger(__name__)

TASK = refunds.REFUND_TASK
ASKED_EVERY = [600, 1800, 3600, 6 * 3600]  # seconds; banks take days


def see_to(refund_id: int) -> bool:
    """Do at the provider what is due for this refund. Whether a call was made. Holds nothing meanwhile."""
    row = claims.claim_refund(refund_id)
    if row is None:
        return False
    let_go()
    by = said_by(row.deposit.provider)
    try:
        at = provider(row.deposit.provider)
        found = _go(at, row)
    except (Refused, Missing) as error:
        _refused(row, error)
        return True
    except ProviderError as error:
        logger.info("refund put off", extra={"refund": row.pk, "error": type(error).__name__})
        claims.put_off(row, error)
        return True
    for seen in found:
        refunds.refunded(row.deposit_id, seen, by=by)
    if row.must_look and not _is_among(row, found):
        claims.another_attempt(row)
        return True
    _ask_later(row)
    claims.give_back(row)
    return True


def _go(at: Provider, row: Refund) -> list[RefundSeen]:
    if row.refund_id or row.must_look:
        return at.refunds(row.deposit.payment_intent)
    key = f"refund-{row.reference.hex}-{row.attempt}"
    return [at.refund(row.deposit.payment_intent, row.amount, reference=row.reference.hex, key=key)]


def _refused(row: Refund, error: ProviderError) -> None:
    """Perhaps it was given back there already: what stands there counts, and only then the refusal."""
    by = said_by(row.deposit.provider)
    try:
        for seen in provider(row.deposit.provider).refunds(row.deposit.payment_intent):
            refunds.refunded(row.deposit_id, seen, by=by)
    except (Missing, Refused):
        pass
    except ProviderError as trouble:
        claims.put_off(row, trouble)
        return
    refunds.never(row.pk, reason=error.words, by=by)
    claims.give_back(row)


def _is_among(row: Refund, found: list[RefundSeen]) -> bool:
    return any(seen.reference == row.reference.hex or seen.refund_id == row.refund_id for seen in found)


def _ask_later(row: Refund) -> None:
    under_way = still_mine(row).filter(status__in=Refund.UNDER_WAY)
    under_way.update(due_at=Now() + wait_of(ASKED_EVERY, row.tries), must_look=False)
