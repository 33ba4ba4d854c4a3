"""What every way to reach a manager speaks: one send, and two errors that say what to do next."""

from abc import ABC, abstractmethod
from typing import ClassVar

from django.utils.translation import gettext_lazy

from bots.models import StaffNotice

# Kinds of notices that wait for a decision, with what stands above them.
QUESTIONS = {
    "request": gettext_lazy("New request"),
    "wish": gettext_lazy("Wants to cancel late"),
    "enquiry": gettext_lazy("New enquiry"),
    "next": gettext_lazy("Your turn"),
    "money": gettext_lazy("Paid too late: please decide"),
}


class WayError(Exception):
    """`words` are plain, for staff, and safe to log."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class TryLater(WayError):
    """It may arrive later. `after` in seconds if the other side said so; `certain` is False if it may have arrived."""

    def __init__(self, words: str, after: float | None = None, *, certain: bool = True) -> None:
        super().__init__(words)
        self.after = after
        self.certain = certain


class GivenUp(WayError):
    """It will never arrive: a person must see to it."""


class NothingToSay(Exception):
    """What was to be told is over or gone, so that nobody needs to hear it."""


class Way(ABC):
    """One way to reach managers."""

    code: ClassVar[str]
    can_edit: ClassVar[bool] = False  # whether what was sent can follow what becomes of its subject

    @abstractmethod
    def send(self, notice: StaffNotice) -> str:
        """Send once, or bring up to date what `notice.external_id` names; returns its id at the other side.

        Called outside of transactions. Raises TryLater, GivenUp, NothingToSay.
        """
