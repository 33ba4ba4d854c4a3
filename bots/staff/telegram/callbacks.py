"""A button under a card was pressed: who pressed it is looked at anew, and so is what it may do."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from telegram import CallbackQuery, InlineKeyboardMarkup

from bots.db import clock
from bots.db.transactions import atomic_with_retry
from bots.models import Manager, StaffBot, StaffNotice, TelegramQuestion
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, Choice, NotAllowed
from bots.staff.notifications import queue as notification_queue
from bots.staff.subjects import SubjectCard, choice_of, decide_about, subject_of
from bots.staff.telegram.backend import answer_callback, send, show_keyboard
from bots.staff.telegram.buttons import BACK, OPEN, REASON, TIME, WRITE, Callback, unpack
from bots.staff.telegram.enrolment import manager_of
from bots.staff.telegram.rendering import Rendered, first_keyboard, moment_of, reasons_keyboard, times_keyboard

ANSWER_WITHIN = timedelta(minutes=30)


def handle(staff_bot: StaffBot, query: CallbackQuery) -> str:
    """Do what the button says, if this person may. Returns what became of it, for the record."""
    manager = manager_of(staff_bot, query.from_user.id)
    if manager is None:
        with translation.override(staff_bot.business.default_language):
            text = _("This bot is for the team of %(business)s only.") % {"business": staff_bot.business.name}
        answer_callback(staff_bot, query.id, text, alert=True)
        return "stranger: refused"
    with translation.override(manager.language):
        return _handle(staff_bot, manager, query)


def _handle(staff_bot: StaffBot, manager: Manager, query: CallbackQuery) -> str:
    chat_id = query.message.chat.id if query.message else query.from_user.id
    message_id = query.message.message_id if query.message else 0
    callback = unpack(query.data or "", chat_id)
    notice = _notice(staff_bot, callback, chat_id) if callback else None
    if callback is None or notice is None:
        answer_callback(staff_bot, query.id, _("This button does not work any more."), alert=True)
        return "unknown button: refused"
    _remember(notice, message_id)
    if callback.action in (OPEN, BACK, WRITE):
        words, alert = _open(staff_bot, manager, notice, callback, chat_id, message_id)
        outcome = f"opened {callback.verb}"
    else:
        outcome, words = decide(manager, notice, callback, _answers(notice, callback))
        alert = not outcome.startswith("decided")
    answer_callback(staff_bot, query.id, words, alert=alert)
    return outcome


def _notice(staff_bot: StaffBot, callback: Callback, chat_id: int) -> StaffNotice | None:
    """Return the card that the button stands under: of this business, and of the one who has this chat."""
    rows = StaffNotice.objects.filter(
        pk=callback.notice_id, business_id=staff_bot.business_id, manager__telegram_chat_id=chat_id
    )
    return rows.select_related("manager__business").first()


def _remember(notice: StaffNotice, message_id: int) -> None:
    """A card of which it was not known whether it arrived has arrived, as this message."""
    if message_id and not notice.external_id:
        StaffNotice.objects.filter(pk=notice.pk, external_id="").update(external_id=str(message_id))


def decide(manager: Manager, notice: StaffNotice, callback: Callback, answers: Mapping[str, Any]) -> tuple[str, str]:
    """Make the decision; what became of it, and the words for the manager, in the active language."""
    by = Actor(manager.name, "telegram", manager.user_id)
    about = subject_of(notice.subject)
    refused: tuple[type[Exception], ...] = (AlreadyDecided, NotAllowed, *about.refusals)
    try:
        choice = _decide(notice, callback, by, answers)
    except refused as error:
        notification_queue.changed(
            notice.subject, notice.subject_id
        )  # whatever the card shows, it is not the state of things
        return f"refused: {type(error).__name__}", about.explain(error, notice.subject_id)
    return f"decided: {callback.verb}", str(choice.done) or _("Done.")


@atomic_with_retry
def _decide(notice: StaffNotice, callback: Callback, by: Actor, answers: Mapping[str, Any]) -> Choice:
    about = subject_of(notice.subject)
    given = dict(answers)
    if "time" in given:
        given["time"] = about.time(notice.subject_id, given["time"])
    return decide_about(
        notice.subject, callback.verb, notice.subject_id, from_status=callback.status, by=by, answers=given
    )


def _answers(notice: StaffNotice, callback: Callback) -> dict[str, Any]:
    if callback.action == REASON:
        return {"reason": subject_of(notice.subject).reason_text(callback.argument, notice.subject_id)}
    if callback.action == TIME:
        return {"time": moment_of(callback.argument)}
    return {}


# --- second keyboards ------------------------------------------------------------------------------------------------


def _open(
    staff_bot: StaffBot, manager: Manager, notice: StaffNotice, callback: Callback, chat_id: int, message_id: int
) -> tuple[str, bool]:
    """Show what a choice asks, or the first buttons again; the words for the callback, and whether they alert."""
    card = subject_of(notice.subject).card(notice.subject_id)
    choice = choice_of(notice.subject, callback.verb)
    if card is None or card.status != callback.status or (choice is None and callback.action != BACK):
        notification_queue.changed(notice.subject, notice.subject_id)
        return card.decided.words if card and card.decided else _("That cannot be decided now."), True
    if callback.action == WRITE:
        assert choice is not None
        _ask_to_write(staff_bot, manager, notice, callback, choice, chat_id)
        return "", False
    keyboard = _keyboard(notice, card, choice if callback.action == OPEN else None)
    show_keyboard(staff_bot, chat_id, message_id, Rendered("", keyboard))
    return "", False


def _keyboard(notice: StaffNotice, card: SubjectCard, choice: Choice | None) -> InlineKeyboardMarkup:
    about = subject_of(notice.subject)
    if choice is None:
        return first_keyboard(notice, card)
    if "time" in choice.asks:
        return times_keyboard(notice, card, choice, about.times(notice.subject_id))
    return reasons_keyboard(notice, card, choice, about.reasons() if "reason" in choice.asks else [])


def _ask_to_write(
    staff_bot: StaffBot, manager: Manager, notice: StaffNotice, callback: Callback, choice: Choice, chat_id: int
) -> None:
    """The manager's next message is the answer."""
    asks = callback.argument if callback.argument in choice.asks else choice.asks[0]
    text = (
        _("Write the time, like “25 November 18:30” or “tomorrow at 12”.")
        if asks == "time"
        else _("Write the reason. The customer will read it as you write it.")
    )
    message_id = send(staff_bot, chat_id, Rendered(text))
    TelegramQuestion.objects.filter(manager=manager, answered_at=None).delete()
    TelegramQuestion.objects.create(
        staff_bot=staff_bot,
        manager=manager,
        message_id=message_id,
        notice=notice,
        verb=callback.verb,
        from_status=callback.status,
        asks=asks,
        expires_at=clock.now() + ANSWER_WITHIN,
    )
