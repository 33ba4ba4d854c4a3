"""Whether a customer agrees to exactly what they were shown. For rules and models alike, with no exceptions.

Something is sent, booked, moved, cancelled or paid only upon a button that carries what was shown, or upon a message
that as a whole is a firm yes to the open question, written after that was asked. A question, a condition, “let me
think”, a word that nobody understood: then it is no firm yes, and the question stands.
"""

import hashlib
from typing import Any

from conversations.chat.skills import TurnContext
from conversations.dialogue.state import OpenQuestion

FIRM, LATER, NO, BUT = "yes", "later", "no", "but"  # what `Understanding.answer` may be


def fingerprint(*values: Any) -> str:
    """Return a short mark of exactly these values: another day, hour or number of people has another one."""
    told = "|".join("" if value is None else str(value) for value in values)
    return hashlib.sha256(told.encode()).hexdigest()[:10]


def agrees(turn: TurnContext, question: OpenQuestion | None = None) -> bool:
    """Return whether the customer's words, as a whole, are a firm yes to what is open, and were written after it."""
    question = question or turn.question
    if question is None or not turn.messages:
        return False
    written_after = min(message.seq for message in turn.messages) > question.seq
    return written_after and turn.understood.answer == FIRM


def declines(turn: TurnContext) -> bool:
    return turn.question is not None and turn.understood.answer == NO


def puts_off(turn: TurnContext) -> bool:
    """Return whether the customer wants to think, to ask somebody, to decide later: the question stands."""
    return turn.understood.answer == LATER
