"""What Telegram brings: stored first, each update once; then handled, by whichever worker comes first.

Handling may happen twice after a crash: decisions are locked by status, so that the second time only says so.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from celery import shared_task
from django.db import transaction
from django.db.models.functions import Now
from telegram import Update

from bots import bell
from bots.db import clock
from bots.models import StaffBot, TelegramUpdate
from bots.staff.telegram import messages, presses
from bots.staff.ways import GivenUp, TryLater

logger = logging.getLogger(__name__)

TASK = "telegram.handle"
LEASE = timedelta(seconds=60)
TRIES = 3
KEPT = timedelta(days=14)  # a manager's words are not needed for longer
WANTED = ["message", "callback_query", "my_chat_member"]


def store(staff_bot: StaffBot, payload: Mapping[str, Any]) -> bool:
    """Keep one update and ring for it; whether it was new. Raises ValueError for what is no update."""
    update_id = payload.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < 2**62:
        raise ValueError("no update_id")
    with transaction.atomic():
        row, made = TelegramUpdate.objects.get_or_create(
            staff_bot=staff_bot, update_id=update_id, defaults={"payload": dict(payload)}
        )
        if made:
            bell.ring(TASK, row.pk)
    return made


def handle(row_id: int) -> bool:
    """Do what an update asks for, once. Whether it was done now."""
    row = _claim(row_id)
    if row is None:
        return False
    try:
        user_id, outcome = _handle(row.staff_bot, row.payload)
    except TryLater as error:
        if row.attempts < TRIES:
            TelegramUpdate.objects.filter(pk=row.pk).update(lease_until=Now() + timedelta(seconds=5))
            return False
        user_id, outcome = None, f"answer not sent: {error.words}"
    except GivenUp as error:
        user_id, outcome = None, f"answer not sent: {error.words}"
    TelegramUpdate.objects.filter(pk=row.pk).update(
        handled_at=Now(), lease_until=None, from_user=user_id, outcome=outcome[:120]
    )
    logger.info("update handled", extra={"update": row.pk, "outcome": outcome})
    return True


@transaction.atomic
def _claim(row_id: int) -> TelegramUpdate | None:
    now = clock.now()
    row = (
        TelegramUpdate.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("staff_bot__business")
        .filter(pk=row_id, handled_at=None)
        .first()
    )
    if row is None or (row.lease_until and row.lease_until > now):
        return None
    row.attempts += 1
    row.lease_until = now + LEASE
    if row.attempts > TRIES:
        row.handled_at, row.outcome = now, "given up: it failed each time"
    row.save(update_fields=["attempts", "lease_until", "handled_at", "outcome"])
    return None if row.handled_at else row


def _handle(staff_bot: StaffBot, payload: Mapping[str, Any]) -> tuple[int | None, str]:
    """Who it came from, and what became of it in a few words."""
    try:
        update = Update.de_json(dict(payload), None)
    except (KeyError, TypeError, ValueError, AttributeError):
        return None, "unreadable"
    user = update.effective_user
    if user is None or user.is_bot:
        return None, "not from a person"
    if update.callback_query:
        return user.id, presses.handle(staff_bot, update.callback_query)
    if update.message:
        return user.id, messages.handle(staff_bot, update.message)
    if update.my_chat_member:
        return user.id, messages.membership(staff_bot, update.my_chat_member)
    return user.id, "nothing to do"


def due(limit: int = 200) -> list[int]:
    """Updates that nobody has handled, or that a worker died over."""
    rows = TelegramUpdate.objects.filter(handled_at=None).exclude(lease_until__gt=Now())
    return list(rows.order_by("pk").values_list("pk", flat=True)[:limit])


def forget_old() -> int:
    """Delete what was handled two weeks ago."""
    return TelegramUpdate.objects.filter(handled_at__lt=Now() - KEPT).delete()[0]


@shared_task(name=TASK)
def handle_task(row_id: int) -> None:
    handle(row_id)
