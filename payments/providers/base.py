"""What every payment provider speaks: four questions, and errors that say what to do next. Knows no table."""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar


class SessionState(StrEnum):
    """What is known of a payment page, in our own words."""

    OPEN = "open"  # it can be paid
    PROCESSING = "processing"  # the payer is done, the bank is not: no money yet, and no other way to pay
    PAID = "paid"
    FAILED = "failed"  # the payer was done, and the bank said no
    EXPIRED = "expired"  # it can never be paid


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What a payment page is asked for. With one key everything in it stays the same. Amount in minor units."""

    reference: str
    attempt: int
    key: str
    amount: int
    currency: str
    title: str
    language: str
    expires_at: datetime
    done_url: str
    back_url: str
    business: str
    since: datetime  # no page for it is older


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A payment page at the provider, as it was when we were told. Amount in minor units, currency in capitals."""

    session_id: str
    state: SessionState
    amount: int
    currency: str
    reference: str
    attempt: int = 0  # 0: it does not say
    payment_intent: str = ""
    url: str = ""
    expires_at: datetime | None = None
    livemode: bool | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RefundSeen:
    """A refund at the provider. `reference` is ours; "" if it was made there by hand."""

    refund_id: str
    payment_intent: str
    amount: int
    status: str  # a Refund.Status
    reference: str = ""
    reason: str = ""


class ProviderError(Exception):
    """`words` are plain, and safe to log and to show to staff."""

    def __init__(self, words: str = "") -> None:
        super().__init__(words)
        self.words = words


class ProviderUnavailable(ProviderError):
    """The same again may succeed, after so many seconds if the provider said so.

    `stale_key`: with the same key the same failure would come back; look whether it was done, then take another.
    """

    def __init__(self, words: str = "", after: float | None = None, *, stale_key: bool = False) -> None:
        super().__init__(words)
        self.after = after
        self.stale_key = stale_key


class NoAccess(ProviderError):
    """We are not let in, whatever we ask: everything rests, and staff are told what to do."""


class Refused(ProviderError):
    """This one request will never be taken."""


class Missing(ProviderError):
    """There is no such thing at the provider."""


class Provider(ABC):
    """Every method is one call, made outside of transactions, and raises TryLater, NoAccess, Refused or Missing."""

    code: ClassVar[str]
    label: ClassVar[str]
    longest: ClassVar[int]  # seconds that a session can live at most
    shortest: ClassVar[int]  # and at least

    @abstractmethod
    def open(self, order: Order) -> Session:
        """Make the page; with a key that was used before, the page that was made then."""

    @abstractmethod
    def find(self, order: Order) -> Session | None:
        """Return the page that was made for this order by a request whose answer got lost."""

    @abstractmethod
    def look(self, session_id: str) -> Session:
        """Return how the page is now."""

    @abstractmethod
    def close(self, session_id: str) -> Session:
        """Make it impossible to pay, unless that has happened; how the page is then."""

    @abstractmethod
    def refund(self, payment_intent: str, amount: int, *, reference: str, key: str) -> RefundSeen:
        """Give so much back."""

    @abstractmethod
    def refunds(self, payment_intent: str) -> list[RefundSeen]:
        """All that was given back, or is on its way."""
