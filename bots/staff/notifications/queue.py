"""What managers are told: rows, written in the transaction of what happened. `delivery` sends them.

A card mirrors its subject: each decision only counts up what the card should show, and the job shows the state of
the moment. So a card is right in the end, in whatever order things happen.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from django.db.models import F, Q, QuerySet
from django.db.models.functions import Now

from bots import wakeups
from bots.db import clock
from bots.models import Business, Decision, Manager, StaffNotice

GIVE_UP_AFTER = timedelta(hours=24)
TASK = "notices.deliver"

Status = StaffNotice.Status


def notify(
    manager: Manager,
    kind: str,
    *,
    subject: str = "",
    subject_id: int = 0,
    facts: Mapping[str, Any] | None = None,
    dedupe_key: str,
    good_for: timedelta = GIVE_UP_AFTER,
) -> StaffNotice | None:
    """Queue one notice for a manager, and enqueue it on commit. It is tried again until `good_for` is over.

    None if they cannot be reached by any backend, or if the key was used before: one notice per cause.
    """
    if not manager.backend:
        return None
    now = clock.now()
    notice, made = StaffNotice.objects.get_or_create(
        dedupe_key=dedupe_key,
        defaults={
            "business_id": manager.business_id,
            "manager": manager,
            "backend": manager.backend,
            "kind": kind,
            "subject": subject,
            "subject_id": subject_id,
            "facts": dict(facts or {}),
            "due_at": now,
            "give_up_at": now + good_for,
        },
    )
    if not made:
        return None
    wakeups.enqueue(TASK, notice.pk)
    return notice


def notify_all(
    business_id: int,
    kind: str,
    *,
    subject: str,
    subject_id: int,
    facts: Mapping[str, Any] | None = None,
    key: str,
    but: int | None = None,
) -> list[StaffNotice]:
    """Return the same notice for every active manager of a business, except the user who did it themselves."""
    managers = Manager.objects.filter(business_id=business_id, is_active=True).order_by("pk")
    if but is not None:
        managers = managers.exclude(user_id=but)
    queued = [
        notify(manager, kind, subject=subject, subject_id=subject_id, facts=facts, dedupe_key=f"{key}:{manager.pk}")
        for manager in managers
    ]
    return [notice for notice in queued if notice]


def announce(decision: Decision, kind: str) -> None:
    """A decision was made about something: cards about it follow, and managers are told if it is worth a `kind`.

    In the decision's own transaction; two short statements unless there are managers to tell.
    """
    changed(decision.subject, decision.subject_id)
    if kind:
        notify_all(
            decision.business_id,
            kind,
            subject=decision.subject,
            subject_id=decision.subject_id,
            facts={"status": decision.to_status, "decision": decision.pk},
            key=f"{decision.subject}:{decision.pk}:{kind}",
            but=decision.by_id,
        )


def changed(subject: str, subject_id: int) -> None:
    """Let every card about this follow: the job shows its state of the moment."""
    cards = StaffNotice.objects.filter(subject=subject, subject_id=subject_id)
    shown = cards.filter(~Q(external_id=""), status__in=[Status.SENT, Status.FAILED])
    ids = list(shown.values_list("pk", flat=True))
    if ids:
        _queue(StaffNotice.objects.filter(pk__in=ids), wanted_version=F("wanted_version") + 1)
        for notice_id in ids:
            wakeups.enqueue(TASK, notice_id)
    under_way = cards.exclude(pk__in=ids).filter(status__in=[Status.QUEUED, Status.SENDING])
    under_way.update(wanted_version=F("wanted_version") + 1)
    cards.filter(external_id="", status=Status.FAILED).update(status=Status.SUPERSEDED, status_at=Now())


def try_again(notice_id: int) -> bool:
    """Staff want a notice that was given up to be tried anew. Whether it was one."""
    found = _queue(StaffNotice.objects.filter(pk=notice_id, status=Status.FAILED), trouble="")
    if found:
        wakeups.enqueue(TASK, notice_id)
    return bool(found)


def _queue(rows: QuerySet[StaffNotice], **fields: Any) -> int:
    """Have these sent as if they were new. Returns how many."""
    fields |= {"status": Status.QUEUED, "status_at": Now(), "due_at": Now(), "failures": 0}
    return rows.update(give_up_at=Now() + GIVE_UP_AFTER, **fields)


def failed(businesses: QuerySet[Business]) -> QuerySet[StaffNotice]:
    """Return what was given up: somebody did not hear of something."""
    return StaffNotice.objects.filter(business__in=businesses, status=Status.FAILED)


def late(businesses: QuerySet[Business], now: datetime) -> QuerySet[StaffNotice]:
    """Return what has been tried in vain for five minutes and still is."""
    since = now - timedelta(minutes=5)
    return StaffNotice.objects.filter(
        business__in=businesses, status__in=[Status.QUEUED, Status.SENDING], failures__gt=1, status_at__lt=now
    ).filter(created_at__lt=since)
