"""Fetches updates where Telegram cannot reach us: one reader a bot, guarded by a lock in the database.

What was fetched is committed before Telegram is asked for more, which is what makes it forget: nothing is lost.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, transaction
from telegram import Bot

from bots.models import StaffBot
from bots.staff.notifications.backends import GivenUp, NotificationDeferred
from bots.staff.telegram import updates
from bots.staff.telegram.client import TwoReaders, ask
from bots.staff.telegram.webhook import clean

logger = logging.getLogger(__name__)

LOCK = 7_302_114  # a number of ours for PostgreSQL's advisory locks; the bot's id stands beside it
LIMIT = 100


@contextmanager
def the_only_reader(staff_bot: StaffBot) -> Iterator[bool]:
    """Return whether this process may read; holds until the end of the block, or of the database connection."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, %s)", [LOCK, staff_bot.pk])
        mine = bool(cursor.fetchone()[0])
    try:
        yield mine
    finally:
        if mine:
            with connection.cursor() as cursor:
                cursor.execute("SELECT pg_advisory_unlock(%s, %s)", [LOCK, staff_bot.pk])


def read_once(staff_bot: StaffBot, *, seconds: int) -> int:
    """Fetch what there is, waiting up to `seconds` for it, and keep it. Returns how many were new.

    Raises TwoReaders, TryLater, GivenUp.
    """
    offset = staff_bot.next_update

    async def work(bot: Bot) -> list[dict[str, Any]]:
        found = await bot.get_updates(
            offset=offset or None, limit=LIMIT, timeout=seconds, allowed_updates=updates.WANTED
        )
        return [update.to_dict() for update in found]

    found = ask(staff_bot, work, seconds=seconds + 10)
    if not found:
        return 0
    with transaction.atomic():
        new = sum(updates.store(staff_bot, clean(payload)) for payload in found)
        staff_bot.next_update = max(payload["update_id"] for payload in found) + 1
        StaffBot.objects.filter(pk=staff_bot.pk).update(next_update=staff_bot.next_update)
    return new


def read(staff_bot: StaffBot, *, seconds: int, say: Callable[[str], None]) -> float:
    """One round for one bot; how long to rest before the next, in seconds. What is wrong is said in plain words."""
    try:
        read_once(staff_bot, seconds=seconds)
    except TwoReaders:
        say(
            f"{staff_bot}: somebody else reads its messages: another program with the same token, or a webhook. "
            "Stop the other one, or remove the webhook with --remove-webhook. Trying again in 30 seconds."
        )
        return 30
    except NotificationDeferred as error:
        say(f"{staff_bot}: {error.words}")
        return error.after or 5
    except GivenUp as error:
        say(f"{staff_bot}: {error.words}")
        return 60
    return 0


def learn_name(staff_bot: StaffBot) -> None:
    """Ask Telegram what the bot is called, for links. Raises TwoReaders, TryLater, GivenUp."""

    async def work(bot: Bot) -> str:
        return (await bot.get_me()).username or ""

    staff_bot.username = ask(staff_bot, work)
    StaffBot.objects.filter(pk=staff_bot.pk).update(username=staff_bot.username)


def set_webhook(staff_bot: StaffBot, url: str) -> None:
    """Let Telegram bring updates to our address; "" ends that, so that polling works."""

    async def work(bot: Bot) -> bool:
        if not url:
            return await bot.delete_webhook()
        return await bot.set_webhook(url, secret_token=staff_bot.hook_secret, allowed_updates=updates.WANTED)

    ask(staff_bot, work)
