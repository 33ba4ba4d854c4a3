"""What every way to reach a manager speaks: one send, and two errors that say what to do next."""

from abc import ABC, abstractmethod
from typing import ClassVar

from bots.models import StaffNotice


class NotificationError(Exception):
    """`words` are plain, for staff, and safe to log."""

    def __init__(self, words: str) -> None:
        super().__init__(words)
        self.words = words


class NotificationDeferred(NotificationError):
    """It may arrive later. `after` in seconds if the other side said so; `certain` is False if it may have arrived."""

    def __init__(self, words: str, after: float | None = None, *, certain: bool = True) -> None:
        super().__init__(words)
        self.after = after
        self.certain = certain


class GivenUp(NotificationError):
    """It will never arrive: a person must see to it."""


class NothingToSay(Exception):
    """What was to be told is over or gone, so that nobody needs to hear it."""


class Backend(ABC):
    """One way to reach managers."""

    code: ClassVar[str]
    can_edit: ClassVar[bool] = False  # whether what was sent can follow what becomes of its subject

    @abstractmethod
    def send(self, notice: StaffNotice) -> str:
        """Send once, or bring up to date what `notice.external_id` names; returns its id at the other side.

        Called outside of transactions. Raises TryLater, GivenUp, NothingToSay.
        """
