"""What stands between a model and an action: whether the customer was shown it, and said yes to exactly that."""

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import date, time
from typing import Any

from bookings.availability.wish import changes, known
from bookings.models import Reservation
from bookings.reservations import wording
from bookings.reservations.chat.flow import FRAME
from conversations.chat.skills import Failed, ModelRetry, TurnContext
from conversations.dialogue import consent
from conversations.dialogue.state import OpenQuestion
from conversations.models import Message


def question_in(message: Message, question: OpenQuestion) -> OpenQuestion | None:
    """Return what one of our messages asks about a visit, and what a yes and a no to it stand for; None: not ours."""
    payloads = [button.payload for button in question.buttons]
    if not any(payload.startswith("booking:") for payload in payloads):
        return None
    takes = [payload for payload in payloads if payload.startswith("booking:take:")]
    refusal = next((payload for payload in payloads if payload.startswith("booking:decline:")), "")
    if len(takes) == 1:
        return replace(question, yes=takes[0], no=refusal)
    comes = next((payload for payload in payloads if payload.startswith("booking:come:")), "")
    agrees = next((payload for payload in payloads if payload.startswith("booking:yes:")), "")
    return replace(question, yes=comes or agrees, no=refusal)


def yes_of(draft: Reservation) -> tuple[str, ...]:
    """Return the payload of the button that agrees to exactly this draft."""
    return (f"booking:yes:{draft.pk}:{wording.mark(draft)}",)


def summary_is_open(turn: TurnContext, draft: Reservation) -> bool:
    """Return whether the customer has the summary of exactly this draft before them, or pressed its button."""
    yes = yes_of(draft)
    return turn.choice in yes or (turn.question is not None and turn.question.yes in yes)


def is_asked_about(turn: TurnContext, visit: Reservation) -> bool:
    """Return whether the customer was asked what shall become of this very visit."""
    about = {f"booking:cancel:{visit.pk}", f"booking:notcome:{visit.pk}"}
    asked = turn.question.buttons if turn.question else ()
    return turn.choice in about or any(button.payload in about for button in asked)


def offer_of(turn: TurnContext, visit: Reservation) -> str:
    """Return the button of the one time that staff offer for this visit. Raises Failed if no such offer is open."""
    prefix = f"booking:take:{visit.pk}:"
    offer = turn.dialogue.offer
    payloads = [button.payload for button in (offer.buttons if offer else ()) if button.payload.startswith(prefix)]
    if turn.choice in payloads:
        return turn.choice
    if len(set(payloads)) != 1:
        raise Failed("No single time was offered for this visit. Ask the customer to press the button of one.")
    return payloads[0]


def must_agree(turn: TurnContext, words: str, *, choices: Collection[str]) -> None:
    """Raises ModelRetry unless the button was pressed, or the customer's message as a whole is a firm yes."""
    if turn.choice in choices:
        return
    _must_be_own(turn, words)
    if not consent.agrees(turn):
        raise ModelRetry("Their message as a whole is no firm yes. Answer what they ask, and let them confirm.")


def must_agree_to_cancel(turn: TurnContext, words: str, visit: Reservation) -> None:
    """Raises ModelRetry unless they said to cancel it, with no question and no condition."""
    if turn.choice in (f"booking:cancel:{visit.pk}", f"booking:notcome:{visit.pk}"):
        return
    _must_be_own(turn, words)
    understood = turn.understood
    says_so = understood.does("cancel", surely=True) and understood.has("cancel") and not understood.questions
    is_meant = turn.question is not None and turn.question.yes == f"booking:cancel:{visit.pk}"
    if understood.answer in (consent.LATER, consent.BUT, consent.NO) or not (
        says_so or (is_meant and consent.agrees(turn))
    ):
        raise ModelRetry("These words do not clearly say to cancel it. Let the customer confirm.")


def must_still_fit(turn: TurnContext, draft: Reservation) -> None:
    """Raises ModelRetry if the words that say yes also wish for something else than what was summed up."""
    wish = known(turn.frame(FRAME), draft)
    found = changes(turn.understood, wish, draft.service, None)
    other = [name for name, value in found.items() if value not in (None, ()) and getattr(wish, name) != value]
    if other:
        raise ModelRetry(f"The customer changes {', '.join(other)}: note it with keep_wish first.")


def compare(turn: TurnContext, found: Mapping[str, date | time | int | None]) -> None:
    """Hold what a model read against what the rules read in the same words.

    Raises ModelRetry the first time they differ. Said again it passes, for the customer sees the summary before
    anything is sent; staff see that they differed.
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
        if differ not in turn.log.disagreements:
            turn.log.disagreements.append(differ)
            raise ModelRetry(f"{field} {value}: the customer's words seem to say {read}. Check with the calendar.")


def _must_be_own(turn: TurnContext, words: str) -> None:
    quote = " ".join(words.casefold().split())
    if not quote or quote not in " ".join(turn.text.casefold().split()):
        raise ModelRetry("The agreement must be the customer's own words from their last message.")
