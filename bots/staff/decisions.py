"""What a person may decide: one list, of which admin buttons, Telegram buttons, links and the API are faces.

An app lists its choices in its Feature.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import F
from django.utils.functional import Promise

from bots.models import Decision
from bots.registry import brought


class AlreadyDecided(Exception):
    """Someone was first. Says who and when, so that the second one is told."""

    def __init__(self, status: str, by: str = "", at: datetime | None = None) -> None:
        super().__init__(status)
        self.status = status
        self.by = by
        self.at = at

    def __str__(self) -> str:
        who = f" by {self.by}" if self.by else ""
        when = f" at {self.at:%H:%M on %d %B}" if self.at else ""
        return f"Already decided: {self.status}{who}{when}."


class NotAllowed(Exception):
    """The choice cannot be made now; the message says why in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One button. `run(subject_id, by=Actor, **answers)` is the action; it raises AlreadyDecided or NotAllowed."""

    subject: str  # "reservation"
    verb: str  # "approve"
    label: str | Promise  # what the button says, in the language of who looks
    explains: str | Promise = ""  # what comes of it, told before it is done
    done: str | Promise = ""  # what is said once it is done
    from_statuses: tuple[str, ...]
    run: Callable[..., Any]
    asks: tuple[str, ...] = ()  # what the person must or may add: "reason", "time"
    destructive: bool = False  # asks once more
    icon: str = ""


def all_choices() -> tuple[Choice, ...]:
    return brought("decisions")


def choices_for(subject: str, status: str) -> list[Choice]:
    return [choice for choice in all_choices() if choice.subject == subject and status in choice.from_statuses]


def already(subject: str, subject_id: int, status: str, status_word: str) -> AlreadyDecided:
    """Return the error for who comes second, with who brought the subject into the status that it has."""
    first = decision_into(subject, subject_id, status)
    return AlreadyDecided(status_word, first.by_name if first else "", first.at if first else None)


def decision_into(subject: str, subject_id: int, status: str) -> Decision | None:
    """Return the latest decision that brought the subject into this status; None if none did. One query."""
    decided = Decision.objects.filter(subject=subject, subject_id=subject_id, to_status=status)
    return decided.exclude(from_status=F("to_status")).first()
