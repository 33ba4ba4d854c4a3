"""Asks Telegram, by way of python-telegram-bot, and sorts what can go wrong by what to do next.

The library is async only, and its connections belong to the event loop that opened them: each call runs in a short
loop of its own, with a connection of its own.
"""

import asyncio
import os
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import TypeVar
from urllib.parse import urlsplit

import httpx
from django.conf import settings
from django.db.models.functions import Now
from telegram import Bot, error as errors
from telegram.request import HTTPXRequest

from bots.models import StaffBot
from bots.staff.notifications.backends import GivenUp, NotificationDeferred

# `retry_after` as a timedelta, which the library's next major version gives without being asked.
os.environ.setdefault("PTB_TIMEDELTA", "1")

T = TypeVar("T")
Work = Callable[[Bot], Awaitable[T]]

SECONDS = 15.0
REFUSED = "Telegram refuses the bot's token. Ask @BotFather for it, and enter it anew."
NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class Unchanged(Exception):
    """The message shows this already."""


class Gone(Exception):
    """The message to change, or the callback to answer, is not there any more."""


class TwoReaders(Exception):
    """Someone else reads this bot's updates: another poller, or a webhook."""


class ChatMoved(Exception):
    """The group became a supergroup with another number."""

    def __init__(self, chat_id: int) -> None:
        super().__init__(str(chat_id))
        self.chat_id = chat_id


def ask(staff_bot: StaffBot, work: Work[T], *, seconds: float = SECONDS) -> T:
    """Run `work` with the bot. Outside of transactions only.

    Raises Unchanged, Gone, TwoReaders, Moved, and TryLater or GivenUp for the rest; none carries the token. What
    concerns the whole bot (its token, its speed) is noted on its row.
    """
    try:
        found = asyncio.run(_with_bot(staff_bot.token, work, seconds))
    except (errors.TelegramError, KeyError, ValueError) as error:
        raise _sorted(staff_bot, error) from None
    if staff_bot.paused_reason:
        StaffBot.objects.filter(pk=staff_bot.pk).update(paused_reason="")
    return found


async def _with_bot(token: str, work: Work[T], seconds: float) -> T:
    at_home = urlsplit(settings.TELEGRAM_API_URL).hostname in ("127.0.0.1", "localhost", "::1")
    request = HTTPXRequest(
        connection_pool_size=1,
        connect_timeout=5,
        read_timeout=seconds,
        write_timeout=seconds,
        httpx_kwargs={"trust_env": not at_home},
    )
    base = settings.TELEGRAM_API_URL
    async with request:
        bot = Bot(token, base_url=f"{base}/bot", base_file_url=f"{base}/file/bot", request=request)
        return await work(bot)


def _sorted(staff_bot: StaffBot, error: Exception) -> Exception:
    row = StaffBot.objects.filter(pk=staff_bot.pk)
    match error:
        case errors.RetryAfter():
            seconds = error.retry_after.total_seconds()  # type: ignore[union-attr]
            row.update(send_not_before=Now() + timedelta(seconds=seconds))
            return NotificationDeferred("Telegram asks to write more slowly.", seconds)
        case errors.ChatMigrated():
            return ChatMoved(error.new_chat_id)
        case errors.BadRequest():
            return _bad_request(error)
        case errors.Forbidden():
            return GivenUp("They have blocked the bot, or have never started it.")
        case errors.InvalidToken():
            row.update(paused_reason=REFUSED)
            return NotificationDeferred(REFUSED, 60)
        case errors.Conflict():
            return TwoReaders()
        case errors.NetworkError():
            certain = isinstance(error.__cause__, NEVER_SENT)
            return NotificationDeferred(
                "Telegram cannot be reached." if certain else "Telegram did not answer.", certain=certain
            )
        case _:
            return NotificationDeferred("Telegram answered something that cannot be read.", certain=False)


def _bad_request(error: errors.BadRequest) -> Exception:
    words = error.message.lower()
    if "not modified" in words:
        return Unchanged()
    if "too old" in words or "query id is invalid" in words or "message to edit not found" in words:
        return Gone()
    if "message can't be edited" in words or "message_id_invalid" in words or "message to be replied" in words:
        return Gone()
    if "chat not found" in words:
        return GivenUp("Telegram does not know this chat: they must write /start to the bot first.")
    return GivenUp(f"Telegram refuses the message: {error.message}"[:200])
