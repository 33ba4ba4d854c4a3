"""Sends notices to managers: claim, send, note what came of it.

Nothing of a customer's waits for this. A notice is tried until it is delivered, or given up where staff see it.
"""

import logging
import random
import time
from datetime import datetime

from django.conf import settings
from django.db import connection, transaction
from django.db.models import QuerySet
from django.db.models.functions import Now

from bots import wakeups
from bots.db import claims, clock
from bots.models import StaffBot, StaffNotice
from bots.staff.notifications import queue
from bots.staff.notifications.backends import Backend, GivenUp, NothingToSay, NotificationDeferred
from bots.staff.notifications.email import Email
from bots.staff.telegram.backend import Telegram

logger = logging.getLogger(__name__)

BACKENDS: dict[str, Backend] = {backend.code: backend for backend in (Telegram(), Email())}
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
    backend = BACKENDS.get(notice.backend)
    connection.close()
    try:
        if backend is None:
            raise GivenUp(f"There is no way called {notice.backend}.")
        if notice.external_id and not backend.can_edit:
            raise NothingToSay
        if time.monotonic() > until:
            return False  # this process was frozen for a while: the sweep has given it to somebody else
        external_id = backend.send(notice)
    except NotificationDeferred as error:
        _later(notice, error)
    except GivenUp as error:
        _give_up(notice, claims.still_mine(notice), error.words)
    except NothingToSay:
        status = Status.SENT if notice.external_id else Status.SUPERSEDED
        _settle(notice, status, failures=notice.failures, trouble=notice.trouble)
    else:
        _sent(notice, external_id)
        return True
    return False


@transaction.atomic
def _claim(notice_id: int) -> StaffNotice | None:
    """Mark it as being sent, if it is due and nobody else has it.

    The failure is counted now, so that a notice that kills its worker counts too; success takes it back.
    """
    queued = StaffNotice.objects.select_related("manager__business").filter(status=Status.QUEUED)
    notice, now = claims.lock(queued.due(), notice_id), clock.now()
    if notice is None or (notice.backend == Telegram.code and _must_rest(notice, now)):
        return None
    rows = StaffNotice.objects.filter(pk=notice.pk)
    if not notice.manager.is_active:
        rows.update(status=Status.SUPERSEDED, status_at=Now())
        return None
    if notice.give_up_at <= now:
        _give_up(notice, rows, notice.trouble or "It could not be sent in time.")
        return None
    failures = notice.failures + 1
    claims.lease(notice, settings.SEND_LEASE_SECONDS, status=Status.SENDING, status_at=now, failures=failures)
    return notice


def _must_rest(notice: StaffNotice, now: datetime) -> bool:
    rests = StaffBot.objects.filter(business_id=notice.business_id, send_not_before__gt=now)
    until = rests.values_list("send_not_before", flat=True).first()
    if until:
        StaffNotice.objects.filter(pk=notice.pk).update(due_at=until)
    return until is not None


def _sent(notice: StaffNotice, external_id: str) -> None:
    """What has changed since the claim is shown next."""
    shown = {"external_id": external_id[:40], "shown_version": notice.wanted_version, "maybe_twice": False}
    if _settle(notice, Status.SENT, **shown):
        logger.info("notice sent", extra={"notice": notice.pk, "kind": notice.kind})


def _settle(notice: StaffNotice, status: str, **fields: object) -> bool:
    """Done with this version of it; queued again if there is a newer one that the manager should see.

    False, and nothing noted, if a sweep took it away meanwhile.
    """
    if not claims.release(notice, status=status, status_at=Now(), **fields):
        return False
    rows = StaffNotice.objects.filter(pk=notice.pk, status=Status.SENT, wanted_version__gt=notice.wanted_version)
    if rows.update(status=Status.QUEUED, due_at=Now(), failures=0):
        wakeups.enqueue(queue.TASK, notice.pk)
    return True


def _later(notice: StaffNotice, error: NotificationDeferred) -> None:
    if clock.now() >= notice.give_up_at:
        _give_up(notice, claims.still_mine(notice), error.words)
        return
    waits = WAITS if error.after is None else [error.after]
    claims.put_off(
        notice,
        [wait * random.uniform(1, 1.1) for wait in waits],  # noqa: S311 - spreads the tries, guards nothing
        failures=notice.failures,
        trouble=error.words[:200],
        status=Status.QUEUED,
        status_at=Now(),
        maybe_twice=notice.maybe_twice or not error.certain,
    )
    logger.warning("notice not sent yet", extra={"notice": notice.pk, "tries": notice.failures, "why": error.words})


def _give_up(notice: StaffNotice, rows: QuerySet[StaffNotice], words: str) -> None:
    """Staff see that it was not sent. `rows`: the notice, unless another worker has claimed it meanwhile."""
    rows.update(status=Status.FAILED, status_at=Now(), lease_until=None, trouble=words[:200])
    logger.error("notice given up", extra={"notice": notice.pk, "why": words})


def due(limit: int = AT_ONCE) -> list[int]:
    """Notices that should leave now, the longest waiting first."""
    return list(StaffNotice.objects.filter(status=Status.QUEUED).due().values_list("pk", flat=True)[:limit])


def take_back() -> int:
    """Queue again what a worker died over: it may have arrived. Returns how many."""
    lost = StaffNotice.objects.filter(status=Status.SENDING, lease_until__lt=Now())
    return lost.update(status=Status.QUEUED, lease_until=None, maybe_twice=True, due_at=Now())


def deliver_due() -> int:
    """Send all that is due, in this thread. Returns how many arrived."""
    return sum(deliver(notice_id) for notice_id in due())


def enqueue_due() -> int:
    """Enqueue what is due and was not enqueued."""
    take_back()
    ids = due()
    for notice_id in ids:
        wakeups.enqueue(queue.TASK, notice_id)
    return len(ids)
