"""Whether the customer was shown what is about to happen and said yes to it. Asked in the tools, never in a prompt."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any

from django.utils import translation

from bookings import sentences
from bookings.models import Reservation
from bookings.wish import Wish
from bots.language import LANGUAGES
from conversations.models import Message
from conversations.skills import AskAgain, Failed, Situation

LOOK_BACK = 12  # messages: what was shown longer ago has left the screen
SHORT = 24  # characters: what is so short and asks nothing may be a yes that the language layer does not know
NOT_SEEN = (Message.Status.CANCELLED, Message.Status.FAILED, Message.Status.HELD)


def shown_before(situation: Situation) -> list[Message]:
    """What the customer had before them when they wrote, the latest first."""
    first = min((message.seq for message in situation.messages), default=situation.conversation.last_seq + 1)
    shown = Message.objects.filter(
        conversation_id=situation.conversation.pk, seq__lt=first, seq__gte=first - LOOK_BACK
    ).exclude(author=Message.Author.CUSTOMER)
    return list(shown.exclude(status__in=NOT_SEEN).order_by("-seq"))


def summary_was_told(situation: Situation, draft: Reservation) -> bool:
    """Whether the last summary that the customer was asked to confirm is word for word that of the draft as it is."""
    assert draft.day and draft.start_time
    asked = next((one for one in shown_before(situation) if "confirm" in one.asks), None)
    if asked is None:
        return False
    start = datetime.combine(draft.day, draft.start_time, draft.business.zone)
    for language in LANGUAGES:
        with translation.override(language):
            text = sentences.summary(draft, start, language)
        if text.casefold() in asked.text.casefold():
            return True
    return False


def asked_about(situation: Situation, visit: Reservation) -> bool:
    """Whether the customer was asked what shall become of this visit.

    A reminder's “Will you come?” is such a question for who says in so many words that they cancel; a yes is none.
    """
    payloads = {f"booking:cancel:{visit.pk}"}
    if situation.understood.has("cancel"):
        payloads.add(f"booking:notcome:{visit.pk}")
    return any(button.get("payload") in payloads for one in shown_before(situation) for button in one.buttons)


def offer_payload(situation: Situation, visit: Reservation) -> str:
    """The button of the one time that staff offer for this visit. Raises Failed if no such offer was shown."""
    prefix = f"booking:take:{visit.pk}:"
    payloads = [
        str(button["payload"])
        for one in shown_before(situation)
        for button in one.buttons
        if str(button.get("payload", "")).startswith(prefix)
    ]
    if situation.choice in payloads:
        return situation.choice
    if len(set(payloads)) != 1:
        raise Failed("No single time was offered for this visit. Ask the customer to press the button of one.")
    return payloads[0]


def must_agree(situation: Situation, words: str, *, payload: str, intents: Collection[str]) -> None:
    """Raises AskAgain unless the button was pressed, or these are words of the customer's and they mean yes."""
    if situation.choice == payload:
        return
    quote = _plain(words)
    if not quote or quote not in _plain(situation.text):
        raise AskAgain("The agreement must be the customer's own words from their last message.")
    understood = situation.understood
    if understood.has("deny"):
        raise AskAgain("The customer does not say yes in these words.")
    if any(understood.has(intent) for intent in intents):
        return
    asks = understood.questions or understood.has("ask") or "?" in situation.text
    if asks or len(situation.text) > SHORT:
        raise AskAgain("These words do not clearly say yes. Answer what they ask, and let them confirm.")


def must_still_fit(wish: Wish, draft: Reservation) -> None:
    """Raises AskAgain if the words that say yes also wish for something else than what was summed up."""
    other = [name for name, value in wish.fields.items() if getattr(draft, name) not in (None, value)]
    if other or wish.window:
        raise AskAgain(f"The customer changes {', '.join(other) or 'the time'}: note it with keep_wish first.")


def compare(situation: Situation, found: Mapping[str, date | time | int | None]) -> None:
    """Hold what a model read against what the rules read in the same words. Raises AskAgain the first time they differ.

    Said again it passes, for the customer sees the summary before anything is sent; staff see that they differed.
    """
    understood = situation.understood
    several = understood.alternatives or understood.date_end or understood.excluded or understood.from_date
    for field, value in found.items():
        read: Any = getattr(understood, field)
        if value is None or read is None or value == read:
            continue
        if (field == "date" and several) or (field == "time" and (understood.end_time or understood.time_alternatives)):
            continue
        differ = {"field": field, "rules": str(read), "model": str(value)}
        if differ not in situation.disagreements:
            situation.disagreements.append(differ)
            raise AskAgain(f"{field} {value}: the customer's words seem to say {read}. Check with the calendar.")


def _plain(text: str) -> str:
    return " ".join(text.casefold().split())
