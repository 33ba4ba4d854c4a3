"""Whether the customer was shown what is about to happen and said yes to it. Asked in the tools, never in a prompt."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import translation

from bookings.availability.request import SlotRequest
from bookings.models import Reservation
from bookings.reservations import wording
from bots.language import LANGUAGES
from conversations.chat.skills import Failed, ModelRetry, TurnContext
from conversations.models import Message

LOOK_BACK = 12  # messages: what was shown longer ago has left the screen
SHORT = 24  # characters: what is so short and asks nothing may be a yes that the language layer does not know
NOT_SEEN = (Message.Status.CANCELLED, Message.Status.FAILED, Message.Status.HELD)


def shown_before(turn: TurnContext) -> list[Message]:
    """Return what the customer had before them when they wrote, the latest first."""
    first = min((message.seq for message in turn.messages), default=turn.conversation.last_seq + 1)
    shown = Message.objects.filter(
        conversation_id=turn.conversation.pk, seq__lt=first, seq__gte=first - LOOK_BACK
    ).exclude(author=Message.Author.CUSTOMER)
    return list(shown.exclude(status__in=NOT_SEEN).order_by("-seq"))


def summary_was_told(turn: TurnContext, draft: Reservation) -> bool:
    """Whether the last summary that the customer was asked to confirm is word for word that of the draft as it is."""
    assert draft.day and draft.start_time
    asked = next((one for one in shown_before(turn) if "confirm" in one.asks), None)
    if asked is None:
        return False
    start = datetime.combine(draft.day, draft.start_time, draft.business.zone)
    for language in LANGUAGES:
        with translation.override(language):
            text = wording.summary(draft, start, language)
        if text.casefold() in asked.text.casefold():
            return True
    return False


def asked_about(turn: TurnContext, visit: Reservation) -> bool:
    """Return whether the customer was asked what shall become of this visit.

    A reminder's “Will you come?” is such a question for who says in so many words that they cancel; a yes is none.
    """
    payloads = {f"booking:cancel:{visit.pk}"}
    if turn.understood.has("cancel"):
        payloads.add(f"booking:notcome:{visit.pk}")
    return any(button.get("payload") in payloads for one in shown_before(turn) for button in one.buttons)


def offer_payload(turn: TurnContext, visit: Reservation) -> str:
    """Return the button of the one time that staff offer for this visit. Raises Failed if no such offer was shown."""
    prefix = f"booking:take:{visit.pk}:"
    payloads = [
        str(button["payload"])
        for one in shown_before(turn)
        for button in one.buttons
        if str(button.get("payload", "")).startswith(prefix)
    ]
    if turn.choice in payloads:
        return turn.choice
    if len(set(payloads)) != 1:
        raise Failed("No single time was offered for this visit. Ask the customer to press the button of one.")
    return payloads[0]


def must_agree(turn: TurnContext, words: str, *, payload: str, intents: Collection[str]) -> None:
    """Raises ModelRetry unless the button was pressed, or these are words of the customer's and they mean yes."""
    if turn.choice == payload:
        return
    quote = _plain(words)
    if not quote or quote not in _plain(turn.text):
        raise ModelRetry("The agreement must be the customer's own words from their last message.")
    understood = turn.understood
    if understood.has("deny"):
        raise ModelRetry("The customer does not say yes in these words.")
    if any(understood.has(intent) for intent in intents):
        return
    asks = understood.questions or understood.has("ask") or "?" in turn.text
    if asks or len(turn.text) > SHORT:
        raise ModelRetry("These words do not clearly say yes. Answer what they ask, and let them confirm.")


def must_still_fit(request: SlotRequest, draft: Reservation) -> None:
    """Raises ModelRetry if the words that say yes also request for something else than what was summed up."""
    other = [name for name, value in request.fields.items() if getattr(draft, name) not in (None, value)]
    if other or request.window:
        raise ModelRetry(f"The customer changes {', '.join(other) or 'the time'}: note it with keep_wish first.")


def compare(turn: TurnContext, found: Mapping[str, date | time | int | None]) -> None:
    """Hold what a model read against what the rules read in the same words.

    Raises ModelRetry the first time they differ.

    Said again it passes, for the customer sees the summary before anything is sent; staff see that they differed.
    """
    understood = turn.understood
    several = understood.alternatives or understood.date_end or understood.excluded or understood.from_date
    for field, value in found.items():
        read: Any = getattr(understood, field)
        if value is None or read is None or value == read:
            continue
        if (field == "date" and several) or (field == "time" and (understood.end_time or understood.time_alternatives)):
            continue
        differ = {"field": field, "rules": str(read), "model": str(value)}
        if differ not in turn.disagreements:
            turn.disagreements.append(differ)
            raise ModelRetry(f"{field} {value}: the customer's words seem to say {read}. Check with the calendar.")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
