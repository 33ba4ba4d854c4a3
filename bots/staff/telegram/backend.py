"""Telegram as a way to reach managers: a message, or the same message brought up to date."""

from contextlib import suppress
from typing import ClassVar

from django.utils import translation
from telegram import LinkPreviewOptions
from telegram.constants import ParseMode

from bots.models import Manager, StaffBot, StaffNotice
from bots.staff.notifications.backends import Backend, GivenUp, NothingToSay, NotificationDeferred
from bots.staff.telegram.client import ChatMoved, Gone, Unchanged, ask
from bots.staff.telegram.rendering import Rendered, rendered

NO_PREVIEW = LinkPreviewOptions(is_disabled=True)


class Telegram(Backend):
    code: ClassVar[str] = "telegram"
    can_edit: ClassVar[bool] = True

    def send(self, notice: StaffNotice) -> str:
        staff_bot = staff_bot_of(notice.business_id)
        chat_id = notice.manager.telegram_chat_id
        if staff_bot is None or not chat_id:
            raise GivenUp("No Telegram bot is set up, or the manager's Telegram is not linked.")
        with translation.override(notice.manager.language):
            message = rendered(notice)
        try:
            if notice.external_id:
                return edit(staff_bot, chat_id, int(notice.external_id), message)
            return str(send(staff_bot, chat_id, message, silent=not message.is_urgent and is_quiet(notice.manager)))
        except ChatMoved as moved:
            Manager.objects.filter(pk=notice.manager_id).update(telegram_chat_id=moved.chat_id)
            raise NotificationDeferred("The group has got a new number.", 0) from None


def staff_bot_of(business_id: int) -> StaffBot | None:
    return StaffBot.objects.filter(business_id=business_id, is_active=True).select_related("business").first()


def is_quiet(manager: Manager) -> bool:
    """Return whether the manager's clock shows an hour in which messages come without a sound."""
    now, begins, ends = manager.business.now().time(), manager.quiet_from, manager.quiet_until
    return begins <= now or now < ends if begins > ends else begins <= now < ends


def send(staff_bot: StaffBot, chat_id: int, message: Rendered, *, silent: bool = False) -> int:
    """Send a new message; returns its number. Raises what `client.ask` does."""
    sent = ask(
        staff_bot,
        lambda bot: bot.send_message(
            chat_id,
            message.html,
            parse_mode=ParseMode.HTML,
            reply_markup=message.keyboard,
            disable_notification=silent,
            link_preview_options=NO_PREVIEW,
        ),
    )
    return sent.message_id


def edit(staff_bot: StaffBot, chat_id: int, message_id: int, message: Rendered) -> str:
    """Bring a message up to date; one that shows this already is right as it is.

    Raises NothingToSay if it was deleted and there is nothing to press on it any more; then it is sent anew otherwise.
    """
    try:
        ask(
            staff_bot,
            lambda bot: bot.edit_message_text(
                message.html,
                chat_id,
                message_id,
                parse_mode=ParseMode.HTML,
                reply_markup=message.keyboard,
                link_preview_options=NO_PREVIEW,
            ),
        )
    except Unchanged:
        pass
    except Gone:
        if message.keyboard is None:
            raise NothingToSay from None
        return str(send(staff_bot, chat_id, message))
    return str(message_id)


def answer_callback(staff_bot: StaffBot, callback_id: str, text: str, *, alert: bool = False) -> bool:
    """End the waiting mark on a button. Whether Telegram still knew the callback."""
    try:
        return ask(
            staff_bot, lambda bot: bot.answer_callback_query(callback_id, text=text[:200] or None, show_alert=alert)
        )
    except Gone:
        return False


def show_keyboard(staff_bot: StaffBot, chat_id: int, message_id: int, message: Rendered) -> None:
    """Change only the buttons of a message."""
    with suppress(Unchanged, Gone):
        ask(staff_bot, lambda bot: bot.edit_message_reply_markup(chat_id, message_id, reply_markup=message.keyboard))
