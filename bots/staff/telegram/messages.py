"""What a manager (or a stranger) wrote: commands, a code, or the answer to our question."""

import re
from html import escape

from django.db.models import QuerySet
from django.db.models.functions import Now
from django.utils import translation
from django.utils.translation import gettext as _
from telegram import ChatMemberUpdated, Message

from bots.language import LANGUAGES
from bots.models import Manager, StaffBot, StaffNotice, TelegramQuestion
from bots.staff.commands import all_commands, run_command
from bots.staff.notifications import queue as notification_queue
from bots.staff.subjects import subject_of
from bots.staff.telegram import callbacks
from bots.staff.telegram.backend import send
from bots.staff.telegram.buttons import DECIDE, Callback
from bots.staff.telegram.enrolment import manager_of, use_code
from bots.staff.telegram.rendering import Rendered, shortened
from bots.staff.telegram.text_input import moment_in

REASON_LENGTH = 500
_COMMAND = re.compile(r"/([a-z]+)(?:_(\d+))?(?:@\w+)?(?:\s+(.*))?", re.IGNORECASE | re.DOTALL)


def handle(staff_bot: StaffBot, message: Message) -> str:
    """Answer what was written. Returns what became of it, for the record."""
    user = message.from_user
    assert user is not None  # `updates` has seen to it
    text = (message.text or message.caption or "").strip()
    command = _COMMAND.fullmatch(text)
    if command and command[1].lower() == "start" and command[3]:
        return _link(staff_bot, message, command[3].strip())
    manager = manager_of(staff_bot, user.id)
    if manager is None:
        if message.chat.type != "private":
            return "stranger in a group: not answered"
        with translation.override(_language(staff_bot, user.language_code)):
            words = _(
                "This bot is for the team of %(business)s only. If you belong to it, ask for your link: it is on your"
                " page under “Managers”."
            )
            _say(staff_bot, message, escape(words % {"business": staff_bot.business.name}))
        return "stranger: answered politely"
    with translation.override(manager.language):
        if command:
            return _command(staff_bot, manager, message, command)
        return _answer(staff_bot, manager, message, text)


def membership(staff_bot: StaffBot, change: ChatMemberUpdated) -> str:
    """Return a manager blocked the bot, or lets it in again: then what could not be told is told now."""
    manager = manager_of(staff_bot, change.from_user.id)
    if manager is None:
        return "stranger: nothing to do"
    if change.new_chat_member.status in ("kicked", "left"):
        return "the manager has blocked the bot"
    return f"the manager let the bot in: {_tell_again(manager)} notices"


def _link(staff_bot: StaffBot, message: Message, code: str) -> str:
    user = message.from_user
    assert user is not None
    manager = use_code(staff_bot, code, user_id=user.id, chat_id=message.chat.id)
    if manager is None:
        with translation.override(_language(staff_bot, user.language_code)):
            _say(staff_bot, message, _("This link does not work any more. Ask for a new one."))
        return "code refused"
    _tell_again(manager)
    with translation.override(manager.language):
        words = _("Hello, %(name)s. From now on the requests of %(business)s come to you here.")
        greeting = escape(words % {"name": manager.name, "business": staff_bot.business.name})
        _say(staff_bot, message, f"{greeting}\n\n{help_text()}")
    return "linked"


def _tell_again(manager: Manager) -> int:
    """Try anew what was given up in the last day."""
    since = Now() - notification_queue.GIVE_UP_AFTER
    failed = StaffNotice.objects.filter(manager=manager, status=StaffNotice.Status.FAILED, created_at__gte=since)
    return sum(notification_queue.try_again(pk) for pk in failed.values_list("pk", flat=True))


def _command(staff_bot: StaffBot, manager: Manager, message: Message, command: re.Match[str]) -> str:
    name = command[1].lower()
    if name not in all_commands():
        if name == "start":
            _tell_again(manager)  # before they opened the bot, it could not write to them
        known = name in ("start", "help")
        _say(staff_bot, message, help_text() if known else _("I do not know that command.") + "\n\n" + help_text())
        return f"/{name}"
    answer = run_command(name, manager, f"#{command[2]}" if command[2] else (command[3] or "").strip())
    _say(staff_bot, message, answer.html)
    for subject, subject_id in answer.cards:
        card = subject_of(subject).card(subject_id)
        if card:
            notification_queue.notify(
                manager,
                "request",
                subject=subject,
                subject_id=subject_id,
                facts={"status": card.status},
                dedupe_key=f"asked:{staff_bot.pk}:{message.chat.id}:{message.message_id}:{subject}:{subject_id}",
            )
    return f"/{name}"


def help_text() -> str:
    lines = [_("What you can write:")]
    for command in all_commands().values():
        argument = f" {escape(str(command.argument))}" if command.argument else ""
        lines.append(f"/{command.name}{argument} – {escape(str(command.help))}")
    lines.append("/help – " + _("this list"))
    return "\n".join(lines)


def open_questions(manager: Manager) -> QuerySet[TelegramQuestion]:
    """Return what the manager was asked and may still answer."""
    return TelegramQuestion.objects.filter(manager=manager, answered_at=None, expires_at__gt=Now())


def _answer(staff_bot: StaffBot, manager: Manager, message: Message, text: str) -> str:
    """The next message after our question is its answer; a reply to one of several names which."""
    open_ones = open_questions(manager)
    replied = message.reply_to_message.message_id if message.reply_to_message else 0
    question = open_ones.filter(message_id=replied).first() if replied else open_ones.order_by("-pk").first()
    if question is None:
        if message.chat.type == "private":
            _say(staff_bot, message, help_text())
        return "no question was open"
    if not text:
        _say(staff_bot, message, _("Please write it as text."))
        return "no text"
    notice = StaffNotice.objects.select_related("manager__business").get(pk=question.notice_id)
    answers = {question.asks: text[:REASON_LENGTH]}
    if question.asks == "time":
        business = manager.business
        at = moment_in(text, now=business.now(), zone=business.zone, language=manager.language)
        if at is None:
            _say(staff_bot, message, _("Which time is that? Write it like “25 November 18:30”."))
            return "time not understood"
        answers["time"] = at.isoformat()
    outcome, words = callbacks.decide(
        manager, notice, Callback(DECIDE, question.verb, question.from_status, notice.pk), answers
    )
    if outcome.startswith("decided") or question.asks != "time":
        TelegramQuestion.objects.filter(pk=question.pk).update(answered_at=Now())
    _say(staff_bot, message, escape(words))
    return outcome


def _language(staff_bot: StaffBot, code: str | None) -> str:
    short = (code or "")[:2]
    return short if short in LANGUAGES else staff_bot.business.default_language


def _say(staff_bot: StaffBot, message: Message, html: str) -> None:
    send(staff_bot, message.chat.id, Rendered(shortened(html)))
