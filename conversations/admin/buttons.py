"""The buttons of a conversation's page. Each calls one action and says in plain words what came of it."""

from collections.abc import Callable

from django.http import HttpRequest

from bots.admin.answers import acting
from bots.admin.scoped import moment_of
from bots.staff.decisions import AlreadyDecided, NotAllowed
from conversations.admin.answers import moment_text, who_was_first
from conversations.admin.inbox import window_left
from conversations.models import Conversation, Message
from conversations.outbox import discard, reply_as_staff, retry
from conversations.takeover import clear_state, pause, resume, settle_attention

PAUSE_HOURS = ("1", "3", "6", "24")
STALE = "Something has changed here meanwhile. Nothing was done; look again."


class Stale(Exception):
    """The page that was pressed showed something else than what is."""


def act(request: HttpRequest, conversation: Conversation) -> tuple[bool, str]:
    """Do what the pressed button says; (whether it was done, words for the person)."""
    act = ACTIONS.get(request.POST.get("verb", ""))
    if act is None:
        return False, "There is no such button."
    try:
        return True, act(request, conversation)
    except Stale:
        return False, STALE
    except AlreadyDecided as error:
        return False, who_was_first(error, dict(Conversation.Mode.choices), conversation.business.zone)
    except NotAllowed as error:
        return False, str(error)


def _reply(request: HttpRequest, conversation: Conversation) -> str:
    reply_as_staff(conversation.pk, request.POST.get("text", ""), by=acting(request))
    _words, closed = window_left(conversation, moment_of(request))
    if closed:
        return "The channel takes it only once the customer writes again. Until then it waits here."
    return "Sent. You hold this conversation now."


def _pause(request: HttpRequest, conversation: Conversation) -> str:
    hours = request.POST.get("hours", "")
    if hours not in PAUSE_HOURS:
        raise NotAllowed("Choose for how long.")
    made = pause(conversation.pk, by=acting(request), hours=float(hours))
    return f"You hold this conversation until {moment_text(made.until, conversation.business.zone)}."


def _resume(request: HttpRequest, conversation: Conversation) -> str:
    _same(request, conversation.mode)
    resume(conversation.pk, by=acting(request))
    return "The bot answers again."


def _done(request: HttpRequest, conversation: Conversation) -> str:
    _same(request, conversation.attention)
    settle_attention(conversation.pk, by=acting(request))
    return "Done. It is off your list."


def _clear(request: HttpRequest, conversation: Conversation) -> str:
    cleared = clear_state(conversation.pk, by=acting(request))
    parts = [name.replace("_", " ") for name, number in cleared.items() if number]
    return f"Cleared what was unfinished ({', '.join(parts)})." if parts else "There was nothing unfinished."


def _message(request: HttpRequest, conversation: Conversation) -> Message:
    """Return the message that a button is about. Only one of this conversation, in the status that was shown."""
    number = request.POST.get("message", "")
    message = conversation.messages.filter(pk=int(number)).first() if number.isdecimal() and len(number) < 18 else None
    if message is None:
        raise NotAllowed("There is no such message here.")
    _same(request, message.status)
    return message


def _retry(request: HttpRequest, conversation: Conversation) -> str:
    retry(_message(request, conversation).pk, by=acting(request))
    return "It is being sent again."


def _discard(request: HttpRequest, conversation: Conversation) -> str:
    discard(_message(request, conversation).pk, by=acting(request))
    return "Dropped. It will not be sent."


def _same(request: HttpRequest, status: str) -> None:
    """Raises Stale if the page showed another status than the one that is."""
    if request.POST.get("from_status", "") != status:
        raise Stale


ACTIONS: dict[str, Callable[[HttpRequest, Conversation], str]] = {
    "reply": _reply,
    "pause": _pause,
    "resume": _resume,
    "done": _done,
    "clear": _clear,
    "retry": _retry,
    "discard": _discard,
}
