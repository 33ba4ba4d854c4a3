"""A button under a card was pressed: who pressed it is looked at anew, and so is what it may do."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.utils import translation
from django.utils.translation import gettext as _
from telegram import CallbackQuery, InlineKeyboardMarkup

from bots.db import clock
from bots.models import Manager, StaffBot, StaffNotice, TelegramQuestion
from bots.staff import notices
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, Choice, NotAllowed
from bots.staff.linking import manager_of
from bots.staff.subjects import SubjectCard, choice_of, press, subject_of
from bots.staff.telegram.buttons import BACK, OPEN, REASON, TIME, WRITE, Pressed, unpack
from bots.staff.telegram.letters import (
    Letter,
    first_keyboard,
    moment_of,
    reasons_keyboard,
    times_keyboard,
)
from bots.staff.telegram.way import answer_press, send, show_keyboard
from bots.transactions import verb

ANSWER_WITHIN = timedelta(minutes=30)


def handle(staff_bot: StaffBot, query: CallbackQuery) -> str:
    """Do what the button says, if this person may. Returns what became of it, for the record."""
    manager = manager_of(staff_bot, query.from_user.id)
    if manager is None:
        with translation.override(staff_bot.business.default_language):
            text = _("This bot is for the team of %(business)s only.") % {"business": staff_bot.business.name}
        answer_press(staff_bot, query.id, text, alert=True)
        return "stranger: refused"
    with translation.override(manager.language):
        return _handle(staff_bot, manager, query)


def _handle(staff_bot: StaffBot, manager: Manager, query: CallbackQuery) -> str:
    chat_id = query.message.chat.id if query.message else query.from_user.id
    message_id = query.message.message_id if query.message else 0
    pressed = unpack(query.data or "", chat_id)
    notice = _notice(staff_bot, pressed, chat_id) if pressed else None
    if pressed is None or notice is None:
        answer_press(staff_bot, query.id, _("This button does not work any more."), alert=True)
        return "unknown button: refused"
    _remember(notice, message_id)
    if pressed.action in (OPEN, BACK, WRITE):
        words, alert = _open(staff_bot, manager, notice, pressed, chat_id, message_id)
        outcome = f"opened {pressed.verb}"
    else:
        outcome, words = decide(manager, notice, pressed, _answers(notice, pressed))
        alert = not outcome.startswith("decided")
    answer_press(staff_bot, query.id, words, alert=alert)
    return outcome


def _notice(staff_bot: StaffBot, pressed: Pressed, chat_id: int) -> StaffNotice | None:
    """The card that the button stands under: of this business, and of the one who has this chat."""
    rows = StaffNotice.objects.filter(
        pk=pressed.notice_id, business_id=staff_bot.business_id, manager__telegram_chat_id=chat_id
    )
    return rows.select_related("manager__business").first()


def _remember(notice: StaffNotice, message_id: int) -> None:
    """A card of which it was not known whether it arrived has arrived, as this message."""
    if message_id and not notice.external_id:
        StaffNotice.objects.filter(pk=notice.pk, external_id="").update(external_id=str(message_id))


def decide(manager: Manager, notice: StaffNotice, pressed: Pressed, answers: Mapping[str, Any]) -> tuple[str, str]:
    """Make the decision; what became of it, and the words for the manager, in the active language."""
    by = Actor(manager.name, "telegram", manager.user_id)
    about = subject_of(notice.subject)
    refused: tuple[type[Exception], ...] = (AlreadyDecided, NotAllowed, *about.refusals)
    try:
        choice = _press(notice, pressed, by, answers)
    except refused as error:
        notices.changed(notice.subject, notice.subject_id)  # whatever the card shows, it is not the state of things
        return f"refused: {type(error).__name__}", about.told(error, notice.subject_id)
    return f"decided: {pressed.verb}", str(choice.done) or _("Done.")


@verb
def _press(notice: StaffNotice, pressed: Pressed, by: Actor, answers: Mapping[str, Any]) -> Choice:
    about = subject_of(notice.subject)
    given = dict(answers)
    if "time" in given:
        given["time"] = about.time(notice.subject_id, given["time"])
    return press(notice.subject, pressed.verb, notice.subject_id, from_status=pressed.status, by=by, answers=given)


def _answers(notice: StaffNotice, pressed: Pressed) -> dict[str, Any]:
    if pressed.action == REASON:
        return {"reason": subject_of(notice.subject).reason_text(pressed.argument, notice.subject_id)}
    if pressed.action == TIME:
        return {"time": moment_of(pressed.argument)}
    return {}


# --- second keyboards ------------------------------------------------------------------------------------------------


def _open(
    staff_bot: StaffBot, manager: Manager, notice: StaffNotice, pressed: Pressed, chat_id: int, message_id: int
) -> tuple[str, bool]:
    """Show what a choice asks, or the first buttons again; the words for the press, and whether they are an alert."""
    card = subject_of(notice.subject).card(notice.subject_id)
    choice = choice_of(notice.subject, pressed.verb)
    if card is None or card.status != pressed.status or (choice is None and pressed.action != BACK):
        notices.changed(notice.subject, notice.subject_id)
        return card.decided.words if card and card.decided else _("That cannot be decided now."), True
    if pressed.action == WRITE:
        assert choice is not None
        _ask_to_write(staff_bot, manager, notice, pressed, choice, chat_id)
        return "", False
    keyboard = _keyboard(notice, card, choice if pressed.action == OPEN else None)
    show_keyboard(staff_bot, chat_id, message_id, Letter("", keyboard))
    return "", False


def _keyboard(notice: StaffNotice, card: SubjectCard, choice: Choice | None) -> InlineKeyboardMarkup:
    about = subject_of(notice.subject)
    if choice is None:
        return first_keyboard(notice, card)
    if "time" in choice.asks:
        return times_keyboard(notice, card, choice, about.times(notice.subject_id))
    return reasons_keyboard(notice, card, choice, about.reasons() if "reason" in choice.asks else [])


def _ask_to_write(
    staff_bot: StaffBot, manager: Manager, notice: StaffNotice, pressed: Pressed, choice: Choice, chat_id: int
) -> None:
    """The manager's next message is the answer."""
    asks = pressed.argument if pressed.argument in choice.asks else choice.asks[0]
    text = (
        _("Write the time, like “25 November 18:30” or “tomorrow at 12”.")
        if asks == "time"
        else _("Write the reason. The customer will read it as you write it.")
    )
    message_id = send(staff_bot, chat_id, Letter(text))
    TelegramQuestion.objects.filter(manager=manager, answered_at=None).delete()
    TelegramQuestion.objects.create(
        staff_bot=staff_bot,
        manager=manager,
        message_id=message_id,
        notice=notice,
        verb=pressed.verb,
        from_status=pressed.status,
        asks=asks,
        expires_at=clock.now() + ANSWER_WITHIN,
    )
