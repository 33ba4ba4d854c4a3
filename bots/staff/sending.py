"""Takes notices to managers out of the house: claim, send, note what came of it.

Nothing of a customer's waits for this. A notice is tried until it is delivered, or given up where staff see it.
"""

import logging
import random
import time
from datetime import datetime, timedelta

from celery import shared_task
from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from bots import bell
from bots.db import clock
from bots.models import StaffBot, StaffNotice
from bots.staff import notices
from bots.staff.email import Email
from bots.staff.telegram.way import Telegram
from bots.staff.ways import GivenUp, NothingToSay, TryLater, Way

logger = logging.getLogger(__name__)

WAYS: dict[str, Way] = {way.code: way for way in (Telegram(), Email())}
WAITS = [2, 5, 15, 30, 60, 120, 300, 600]  # seconds; the last one again and again, until `give_up_at`
AT_ONCE = 200

Status = StaffNotice.Status


def deliver(notice_id: int) -> bool:
    """Send one notice, or bring up to date what was sent. Whether it was delivered.

    Holds no lock, transaction or connection while the other side is asked.
    """
    until = time.monotonic() + settings.SEND_LEASE_SECONDS
    notice = _claim(notice_id)
    if notice is None:
        return False
    way = WAYS.get(notice.way)
    connection.close()
    try:
        if way is None:
            raise GivenUp(f"There is no way called {notice.way}.")
        if notice.external_id and not way.can_edit:
            raise NothingToSay
        if time.monotonic() > until:
            return False  # this process was frozen for a while: the sweep has given it to somebody else
        external_id = way.send(notice)
    except TryLater as error:
        _later(notice, error)
    except GivenUp as error:
        _given_up(notice, error.words)
    except NothingToSay:
        _settle(notice, Status.SENT if notice.external_id else Status.SUPERSEDED)
    else:
        _sent(notice, external_id)
        return True
    return False


@transaction.atomic
def _claim(notice_id: int) -> StaffNotice | None:
    """Mark it as being sent, if it is due and nobody else has it."""
    now = clock.now()
    notice = (
        StaffNotice.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("manager__business")
        .filter(pk=notice_id, status=Status.QUEUED, next_try_at__lte=now)
        .first()
    )
    if notice is None or (notice.way == Telegram.code and _must_rest(notice, now)):
        return None
    if not notice.manager.is_active:
        _settle(notice, Status.SUPERSEDED)
        return None
    if notice.give_up_at <= now:
        _given_up(notice, notice.error or "It could not be sent in time.")
        return None
    notice.status, notice.attempts = Status.SENDING, notice.attempts + 1
    notice.lease_until = now + timedelta(seconds=settings.SEND_LEASE_SECONDS)
    notice.status_at = now
    notice.save(update_fields=["status", "attempts", "lease_until", "status_at"])
    return notice


def _must_rest(notice: StaffNotice, now: datetime) -> bool:
    rests = StaffBot.objects.filter(business_id=notice.business_id, send_not_before__gt=now)
    until = rests.values_list("send_not_before", flat=True).first()
    if until:
        StaffNotice.objects.filter(pk=notice.pk).update(next_try_at=until)
    return until is not None


def _sent(notice: StaffNotice, external_id: str) -> None:
    """Noted, unless a sweep took it away meanwhile. What has changed since the claim is shown next."""
    shown = _mine(notice).update(
        external_id=external_id[:40], shown_version=notice.wanted_version, attempts=0, error="", maybe_twice=False
    )
    if shown:
        _settle(notice, Status.SENT)
        logger.info("notice sent", extra={"notice": notice.pk, "kind": notice.kind})


def _settle(notice: StaffNotice, status: str) -> None:
    """Done with this version of it; queued again if there is a newer one that the manager should see."""
    now = clock.now()
    rows = StaffNotice.objects.filter(pk=notice.pk)
    rows.update(status=status, status_at=now, lease_until=None)
    behind = rows.filter(status=Status.SENT, wanted_version__gt=notice.wanted_version)
    if behind.update(status=Status.QUEUED, next_try_at=now, attempts=0):
        bell.ring(notices.TASK, notice.pk)


def _later(notice: StaffNotice, error: TryLater) -> None:
    now = clock.now()
    if now >= notice.give_up_at:
        _given_up(notice, error.words)
        return
    wait = error.after if error.after is not None else WAITS[min(notice.attempts, len(WAITS)) - 1]
    wait += random.uniform(0, wait / 10)  # noqa: S311 - spreads the tries, guards nothing
    _mine(notice).update(
        status=Status.QUEUED,
        status_at=now,
        lease_until=None,
        next_try_at=now + timedelta(seconds=wait),
        error=error.words[:200],
        maybe_twice=notice.maybe_twice or not error.certain,
    )
    logger.warning("notice not sent yet", extra={"notice": notice.pk, "tries": notice.attempts, "why": error.words})


def _given_up(notice: StaffNotice, words: str) -> None:
    rows = StaffNotice.objects.filter(pk=notice.pk, status__in=[Status.QUEUED, Status.SENDING])
    rows.update(status=Status.FAILED, status_at=Now(), lease_until=None, error=words[:200])
    logger.error("notice given up", extra={"notice": notice.pk, "why": words})


def _mine(notice: StaffNotice) -> QuerySet[StaffNotice]:
    """The row, as long as this try of it is the one that counts."""
    return StaffNotice.objects.filter(pk=notice.pk, status=Status.SENDING, attempts=notice.attempts)


def due(limit: int = AT_ONCE) -> list[int]:
    """Notices that should leave now, the longest waiting first."""
    rows = StaffNotice.objects.filter(status=Status.QUEUED, next_try_at__lte=Now())
    return list(rows.order_by("next_try_at").values_list("pk", flat=True)[:limit])


def take_back() -> int:
    """Queue again what a worker died over: it may have arrived. Returns how many."""
    lost = StaffNotice.objects.filter(status=Status.SENDING, lease_until__lt=Now())
    return lost.update(status=Status.QUEUED, lease_until=None, maybe_twice=True, next_try_at=Now())


def deliver_due() -> int:
    """Send all that is due, in this thread. Returns how many arrived."""
    return sum(deliver(notice_id) for notice_id in due())


def ring_due() -> int:
    """Ring for what is due and was not rung for."""
    take_back()
    ids = due()
    for notice_id in ids:
        bell.ring(notices.TASK, notice_id)
    return len(ids)


@shared_task(name="notices.deliver")
def deliver_task(notice_id: int) -> None:
    deliver(notice_id)
