"""What providers tell us: stored first, each event once; then handled, by whichever worker comes first.

Events are hints that come late, twice and in any order; every action that they lead to takes that. What does not fit is
kept, never taken, and shown to staff where it may be money.
"""

import logging
import uuid
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import stripe
from django.db import transaction
from django.db.models import F
from django.db.models.functions import Now

from bots import wakeups
from bots.db import clock
from bots.db.transactions import atomic_with_retry
from payments import refunds, settlement
from payments.checkout import said_by
from payments.models import Deposit, PaymentEvent, ProviderState, Refund
from payments.providers.base import Session, SessionState
from payments.providers.stripe import objects
from payments.providers.stripe.objects import Report
from payments.providers.stripe.provider import expects_livemode
from payments.settlement import Taken

logger = logging.getLogger(__name__)

TASK = settlement.EVENT_TASK
TRIES = 5
WAITS = [60, 300, 900, 3600, 6 * 3600, 24 * 3600]  # seconds that a refund or dispute waits for its payment to be known
KEPT = timedelta(days=90)  # longer than any provider repeats itself; what is kept then is no more than the outcome


class NotYet(Exception):
    """It is about a payment that is not known, or not yet."""


def store(provider: str, event: Mapping[str, Any]) -> bool:
    """Keep one event and enqueue it; whether it was new. `event` is a verified snapshot event."""
    thing = (event.get("data") or {}).get("object")
    intent = thing.get("payment_intent") if isinstance(thing, dict) else ""
    livemode = event.get("livemode")
    fields = {
        "account": str(event.get("account") or "")[:255],
        "type": str(event.get("type") or "")[:120],
        "livemode": livemode if isinstance(livemode, bool) else None,
        "api_version": str(event.get("api_version") or "")[:60],
        "payment_intent": intent[:255] if isinstance(intent, str) else "",
        "payload": dict(event),
    }
    with transaction.atomic():
        row, made = PaymentEvent.objects.get_or_create(
            provider=provider, event_id=str(event["id"])[:255], defaults=fields
        )
        if made:
            wakeups.enqueue(TASK, row.pk)
    return made


def handle(row_id: int) -> bool:
    """Take an event in, once. Whether it was done now."""
    try:
        return _handle(row_id)
    except Exception as error:
        logger.exception("payment event not handled", extra={"event": row_id, "error": type(error).__name__})
    row = PaymentEvent.objects.get(pk=row_id)
    fields: dict[str, Any] = {"tries": F("tries") + 1, "due_at": Now() + timedelta(seconds=60)}
    if row.tries + 1 >= TRIES:
        fields |= {"handled_at": Now(), "outcome": "given up: it failed each time", "is_suspicious": True}
    PaymentEvent.objects.filter(pk=row_id, handled_at=None).update(**fields)
    return False


@atomic_with_retry
def _handle(row_id: int) -> bool:
    """Locks the event, then what the actions lock."""
    row = PaymentEvent.objects.select_for_update(skip_locked=True).filter(pk=row_id, handled_at=None).first()
    if row is None:
        return False
    _mind_version(row)
    try:
        deposit, taken = _take(row)
    except NotYet:
        return _wait(row)
    row.deposit, row.outcome, row.is_suspicious = deposit, taken.words[:200], taken.is_suspicious
    row.handled_at = clock.now()
    row.save(update_fields=["deposit", "outcome", "is_suspicious", "handled_at"])
    if taken.is_suspicious:
        logger.warning("suspicious payment event", extra={"event": row.pk, "type": row.type})
    return True


def _wait(row: PaymentEvent) -> bool:
    if row.tries >= len(WAITS):
        row.handled_at, row.outcome = clock.now(), "about a payment that is not ours"
    else:
        row.due_at = clock.now() + timedelta(seconds=WAITS[row.tries])
        row.tries, row.outcome = row.tries + 1, "waits until its payment is known"
    row.save(update_fields=["handled_at", "due_at", "tries", "outcome"])
    return row.handled_at is not None


def _take(row: PaymentEvent) -> tuple[Deposit | None, Taken]:
    """Return what became of it, and the deposit it was about. Raises NotYet."""
    about_us = objects.is_about_us(row.payload)
    if row.account:
        return None, Taken("of another account: not taken", is_suspicious=True)
    wanted = expects_livemode()
    if None not in (wanted, row.livemode) and wanted != row.livemode:
        return None, Taken("test and real money mixed up: not taken", is_suspicious=about_us)
    try:
        report = objects.report_of(row.payload)
    except (ValueError, AttributeError, TypeError):
        return None, Taken("makes no sense: not taken", is_suspicious=True)
    if report is None:
        return None, Taken("of no meaning to us")
    if report.session is not None:
        return _session(row, report.session, about_us=about_us)
    deposit = _deposit_of(report)
    if deposit is None:
        raise NotYet
    return deposit, _money_back(row, deposit, report)


def _session(row: PaymentEvent, seen: Session, *, about_us: bool) -> tuple[Deposit | None, Taken]:
    by_page = Deposit.objects.filter(provider=row.provider, sessions__contains=[seen.session_id])
    deposit = _by_reference(seen.reference) or by_page.first()
    if deposit is not None:
        return deposit, settlement.settle(deposit.pk, seen, by=said_by(row.provider))
    is_money = seen.state in (SessionState.PAID, SessionState.PROCESSING)
    words = "names a deposit that there is not" if about_us else "not ours"
    return None, Taken(words, is_suspicious=about_us and is_money)


def _by_reference(reference: str) -> Deposit | None:
    try:
        return Deposit.objects.filter(reference=uuid.UUID(hex=reference)).first()
    except ValueError:
        return None


def _deposit_of(report: Report) -> Deposit | None:
    if report.payment_intent and (found := Deposit.objects.filter(payment_intent=report.payment_intent).first()):
        return found
    if report.refund is None or not report.refund.reference:
        return None
    try:
        ours = Refund.objects.filter(reference=uuid.UUID(hex=report.refund.reference)).select_related("deposit").first()
    except ValueError:
        return None
    return ours.deposit if ours else None


def _money_back(row: PaymentEvent, deposit: Deposit, report: Report) -> Taken:
    by = said_by(row.provider)
    if report.refund is not None:
        return refunds.refunded(deposit.pk, report.refund, by=by)
    if report.dispute is not None:
        number, status, reason = report.dispute
        seen = refunds.DisputeSeen(
            dispute_id=number, payment_intent=report.payment_intent, status=status, reason=reason
        )
        return refunds.disputed(deposit.pk, seen, by=by)
    settlement.ask_refunds(deposit.pk)
    return Taken("the provider is asked what was given back")


def _mind_version(row: PaymentEvent) -> None:
    """An endpoint has a version of its own, which decides what events look like."""
    ours = stripe.api_version
    words = ""
    if row.api_version != ours:
        words = f"The webhook endpoint sends API version {row.api_version or '?'}; set it to {ours} at Stripe."
    known = ProviderState.objects.filter(pk=row.provider)
    if words:
        ProviderState.objects.get_or_create(pk=row.provider)
    if known.exclude(warning=words).update(warning=words) and words:
        logger.warning("webhook endpoint has another API version", extra={"theirs": row.api_version, "ours": ours})


def due(limit: int = 200) -> list[int]:
    """Return the events that were not handled yet and are due."""
    rows = PaymentEvent.objects.filter(handled_at=None, due_at__lte=Now())
    return list(rows.order_by("due_at").values_list("pk", flat=True)[:limit])


def forget_old() -> int:
    """Of old events keep what became of them, not what they said: payers' names stand in it. Returns how many."""
    old = PaymentEvent.objects.filter(received_at__lt=Now() - KEPT).exclude(handled_at=None)
    return old.exclude(payload={}).update(payload={})


def again(ids: list[int]) -> int:
    """Staff want events that were given up to be taken in anew. Returns how many."""
    rows = PaymentEvent.objects.filter(pk__in=ids, is_suspicious=True).exclude(payload={})
    return rows.update(handled_at=None, tries=0, due_at=Now(), is_suspicious=False, seen_at=None)


def seen(ids: list[int]) -> int:
    """Staff have looked at suspicious ones. Returns how many."""
    rows = PaymentEvent.objects.filter(pk__in=ids, is_suspicious=True, seen_at=None)
    return rows.update(seen_at=Now())
