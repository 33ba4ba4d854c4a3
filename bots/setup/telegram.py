"""Telegram, by which managers are reached: whether its bot's token is good, and how updates come to us."""

from collections.abc import Iterator

from django.conf import settings

from bots.models import Bot, Manager, StaffBot
from bots.setup import LOOK, OFF, OK, WRONG, Finding
from bots.staff.notifications.backends import NotificationError
from bots.staff.telegram.client import ask

SERVICE = "Telegram"


def check(bot: Bot | None) -> Iterator[Finding]:
    rows = StaffBot.objects.select_related("business").order_by("pk")
    rows = rows.filter(business=bot.business_id) if bot else rows
    for row in rows:
        yield _look_into(row)
    if not rows:
        words = "No Telegram bot is set up: TELEGRAM_BOT_TOKEN is empty, and the admin has none."
        yield Finding(service=SERVICE, state=OFF, words=words)


def _look_into(row: StaffBot) -> Finding:
    name = f"{SERVICE}, {row.business}"
    if not row.is_active:
        return Finding(service=name, state=OFF, words="It is switched off.")
    try:
        hook = ask(row, lambda telegram: telegram.get_webhook_info(), seconds=10)
    except NotificationError as error:
        todo = "" if "@BotFather" in error.words else "Check the way out and TELEGRAM_API_URL; then try again."
        return Finding(service=name, state=WRONG, words=error.words, todo=todo)
    reached = Manager.objects.filter(business=row.business_id, is_active=True).exclude(telegram_chat_id=None).count()
    if not reached:
        todo = "Open a manager in the admin and make a link for Telegram, or set OWNER_TELEGRAM_CHAT_ID."
        return Finding(service=name, state=LOOK, words="The token is good; nobody is linked to it yet.", todo=todo)
    if hook.last_error_message and hook.url:
        words = f"The token is good, but Telegram could not reach us lately: {hook.last_error_message[:120]}"
        return Finding(service=name, state=LOOK, words=words, todo=f"Check that {settings.PUBLIC_URL} is reachable.")
    way = "Updates come by webhook" if hook.url else "Updates are polled for (manage.py run_telegram)"
    return Finding(service=name, state=OK, words=f"The token is good. {way}; managers linked: {reached}.")
