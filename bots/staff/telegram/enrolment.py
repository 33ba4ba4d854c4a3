"""A manager's Telegram account becomes known by a code that works once, within a day, for who has it."""

from datetime import timedelta

from django.db import transaction
from django.db.models.functions import Now

from bots.db import clock
from bots.models import Manager, ManagerCode, StaffBot
from bots.tokens import find_by_token, hash_token, new_token

GOOD_FOR = timedelta(days=1)


def make_code(manager: Manager) -> str:
    """Return a new code; those made before stop working. It is kept as a hash only, so it can be shown just now."""
    code = new_token(16)
    with transaction.atomic():
        manager.codes.filter(used_at=None).delete()
        ManagerCode.objects.create(manager=manager, code_hash=hash_token(code), expires_at=Now() + GOOD_FOR)
    return code


def link_for(staff_bot: StaffBot, code: str) -> str:
    """Return what the manager opens on the phone; "" as long as the bot's name is not known."""
    return f"https://t.me/{staff_bot.username}?start={code}" if staff_bot.username else ""


@transaction.atomic
def use_code(staff_bot: StaffBot, code: str, *, user_id: int, chat_id: int) -> Manager | None:
    """Make this Telegram account the manager's. None for a code that is unknown, used, too old or for another bot.

    Locks the code. Whoever had the account in this business before has it no more.
    """
    now = clock.now()
    codes = ManagerCode.objects.select_for_update(of=("self",)).select_related("manager__business")
    usable = codes.filter(
        used_at=None, expires_at__gt=now, manager__is_active=True, manager__business_id=staff_bot.business_id
    )
    row = find_by_token(usable, code, column="code_hash")
    if row is None:
        return None
    manager = row.manager
    others = Manager.objects.filter(business_id=manager.business_id).exclude(pk=manager.pk)
    others.filter(telegram_chat_id=chat_id).update(telegram_chat_id=None)
    others.filter(telegram_user_id=user_id).update(telegram_user_id=None)
    manager.telegram_chat_id, manager.telegram_user_id = chat_id, user_id
    manager.save(update_fields=["telegram_chat_id", "telegram_user_id"])
    row.used_at, row.used_by = now, user_id
    row.save(update_fields=["used_at", "used_by"])
    return manager


def manager_of(staff_bot: StaffBot, user_id: int) -> Manager | None:
    """Who this Telegram user is for the bot's business; None for a stranger, and for who decides no more."""
    rows = Manager.objects.filter(business_id=staff_bot.business_id, telegram_user_id=user_id, is_active=True)
    return rows.select_related("business").first()
