"""What Telegram brings: stored first, each update once; then handled, by whichever worker comes first.

Handling may happen twice after a crash: decisions are locked by status, so that the second time only says so.
"""

import logging
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from telegram import Update

from bots import wakeups
from bots.db import claims
from bots.models import StaffBot, TelegramUpdate
from bots.staff.notifications.backends import GivenUp, NotificationDeferred
from bots.staff.telegram import callbacks, messages

logger = logging.getLogger(__name__)

TASK = "telegram.handle"
LEASE_SECONDS = 60
TRIES = 3
WAITS = [5]  # seconds
KEPT = timedelta(days=14)  # a manager's words are not needed for longer
WANTED = ["message", "callback_query", "my_chat_member"]


def store(staff_bot: StaffBot, payload: Mapping[str, Any]) -> bool:
    """Keep one update and enqueue it; whether it was new. Raises ValueError for what is no update."""
    update_id = payload.get("update_id")
    if not isinstance(update_id, int) or isinstance(update_id, bool) or not 0 <= update_id < 2**62:
        raise ValueError("no update_id")
    with transaction.atomic():
        row, made = TelegramUpdate.objects.get_or_create(
            staff_bot=staff_bot, update_id=update_id, defaults={"payload": dict(payload)}
        )
        if made:
            wakeups.enqueue(TASK, row.pk)
    return made


def handle(row_id: int) -> bool:
    """Do what an update asks for, once. Whether it was done now."""
    row = _claim(row_id)
    if row is None:
        return False
    try:
        user_id, outcome = _handle(row.staff_bot, row.payload)
    except NotificationDeferred as error:
        if row.tries < TRIES:
            claims.put_off(row, WAITS, trouble=error.words)
            return False
        user_id, outcome = None, f"answer not sent: {error.words}"
    except GivenUp as error:
        user_id, outcome = None, f"answer not sent: {error.words}"
    if not claims.release(row, handled_at=Now(), from_user=user_id, outcome=outcome[:120]):
        return False
    logger.info("update handled", extra={"update": row.pk, "outcome": outcome})
    return True


@transaction.atomic
def _claim(row_id: int) -> TelegramUpdate | None:
    rows = TelegramUpdate.objects.select_related("staff_bot__business").filter(handled_at=None)
    row = claims.claim(rows.due(), row_id, LEASE_SECONDS)
    if row is None or row.tries <= TRIES:
        return row
    claims.release(row, handled_at=Now(), outcome="given up: it failed each time")
    return None


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
        return user.id, callbacks.handle(staff_bot, update.callback_query)
    if update.message:
        return user.id, messages.handle(staff_bot, update.message)
    if update.my_chat_member:
        return user.id, messages.membership(staff_bot, update.my_chat_member)
    return user.id, "nothing to do"


def due(limit: int = 200) -> list[int]:
    """Updates that nobody has handled, or that a worker died over."""
    return list(TelegramUpdate.objects.filter(handled_at=None).due().values_list("pk", flat=True)[:limit])


def forget_old() -> int:
    """Delete what was handled two weeks ago."""
    return TelegramUpdate.objects.filter(handled_at__lt=Now() - KEPT).delete()[0]
