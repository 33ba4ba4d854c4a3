"""What managers may do about a conversation by a command: hold the bot back, and let it go on. In their language."""

from html import escape

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _, gettext_lazy

from bots.models import Manager
from bots.staff.actors import Actor
from bots.staff.commands import Command, CommandReply
from bots.staff.presentation import one_line
from conversations import takeover
from conversations.models import Conversation

MOST = 8  # customers of one name that are listed


def _found(manager: Manager, who: str) -> QuerySet[Conversation]:
    """Return the conversations that a manager means by a number (“#12”), a name, a handle or a phone number."""
    rows = Conversation.objects.filter(account__bot__business=manager.business).select_related("contact", "account")
    if who.startswith("#") and who[1:].isdigit():
        return rows.filter(pk=int(who[1:]))
    digits = "".join(filter(str.isdigit, who))
    named = Q(contact__name__icontains=who) | Q(peer__iexact=who.removeprefix("@"))
    if len(digits) >= 5:
        named |= Q(contact__phone__contains=digits)
    return rows.filter(named).order_by("-last_message_at")


def _pause(manager: Manager, argument: str) -> CommandReply:
    return _do(manager, argument, "pause")


def _resume(manager: Manager, argument: str) -> CommandReply:
    return _do(manager, argument, "resume")


def _do(manager: Manager, argument: str, command: str) -> CommandReply:
    who = argument.strip()
    if not who:
        return _held(manager) if command == "resume" else CommandReply(_("Write whom, like this: /pause Maria"))
    found = list(_found(manager, who)[: MOST + 1])
    if not found:
        return CommandReply(_("I know no customer “%(who)s”.") % {"who": escape(one_line(who, 60))})
    if len(found) > 1:
        return _which(found, command)
    by = Actor(manager.name, "telegram", manager.user_id)
    name = escape(one_line(str(found[0].contact), 60))
    if command == "resume":
        takeover.resume(found[0].pk, by=by)
        return CommandReply(_("The bot answers %(name)s again.") % {"name": name})
    pause = takeover.pause(found[0].pk, by=by)
    until = pause.until.astimezone(manager.business.zone)
    words = _("The bot is silent for %(name)s until %(time)s. To let it go on: /resume_%(number)d")
    return CommandReply(words % {"name": name, "time": f"{until:%H:%M}", "number": found[0].pk})


def _which(found: list[Conversation], command: str) -> CommandReply:
    lines = [f"/{command}_{one.pk} {escape(one_line(str(one.contact), 40))}, {one.account}" for one in found[:MOST]]
    return CommandReply("\n".join([_("Which one?"), *lines]))


def _held(manager: Manager) -> CommandReply:
    """Whom a person holds just now."""
    rows = Conversation.objects.filter(account__bot__business=manager.business, mode=Conversation.Mode.PERSON)
    found = list(rows.select_related("contact", "account").order_by("-last_message_at")[:MOST])
    if not found:
        return CommandReply(_("The bot answers everybody."))
    return _which(found, "resume")


COMMANDS = [
    Command("pause", gettext_lazy("the bot is silent for this customer"), _pause, gettext_lazy("CUSTOMER")),
    Command("resume", gettext_lazy("the bot answers this customer again"), _resume, gettext_lazy("CUSTOMER")),
]
