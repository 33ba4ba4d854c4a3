"""What every channel speaks: closed words of ours, errors that say what to do next, and one protocol.

Knows no vendor and no booking; reads the account it is given, writes nothing.
"""

from abc import ABC, abstractmethod
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, ClassVar, Literal, Protocol

# --- words ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Identity:
    """How a channel knows a person: (channel, kind, value). A phone number is never required."""

    channel: str
    kind: str  # "igsid", "session", "phone", "bsuid", "chat_id"
    value: str


@dataclass(frozen=True, slots=True)
class Media:
    """A picture, voice note or file that came with a message. The link may expire."""

    kind: Literal["image", "audio", "video", "file", "share", "story", "sticker", "location", "contact", "other"]
    url: str = ""
    title: str = ""
    id: str = ""  # the platform's own, where a file is asked for by its id


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a message: `payload` comes back when `title` is pressed."""

    title: str
    payload: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One thing that came in about a person, whatever it is."""

    account: str  # which of our numbers, pages or bots it is about (the platform's id)
    external_id: str  # the platform's own id; the same id twice is the same item
    also: tuple[Identity, ...] = ()  # other identities of the same person
    raw: Mapping[str, Any] = field(default_factory=dict)  # as the platform has it


@dataclass(frozen=True, slots=True, kw_only=True)
class Inbound(Item):
    """Something that a customer wrote or pressed."""

    sender: Identity
    sent_at: datetime | None = None  # aware; None where the channel does not say: now
    text: str = ""
    choice: str = ""  # the payload of the button that was pressed
    media: tuple[Media, ...] = ()
    reply_to: str = ""  # external id of the message that this one quotes
    referral: str = ""  # where the customer came from, for staff
    sender_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """What became of something that we sent."""

    account: str
    external_id: str  # the platform's id of our message
    status: Literal["sent", "delivered", "read", "failed"]
    at: datetime | None = None  # aware; None: now
    sender: Identity | None = None  # whose receipt it is, where the channel says
    upto: bool = False  # also everything before it
    error: str = ""
    client_ref: str = ""  # our own id, where the channel brings it back
    failure: "type[ChannelError] | None" = None  # of a failed one: what to do next


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffEcho(Item):
    """The business's own account said this: our own send come back, or a person in the platform's app."""

    recipient: Identity
    sent_at: datetime
    text: str = ""
    media: tuple[Media, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Change(Item):
    """The customer edited, deleted, or reacted to a message. Stored, never answered. The id is of this change alone."""

    kind: Literal["edited", "deleted", "reaction"]
    target: str  # external id of the message it is about
    sender: Identity
    at: datetime
    text: str = ""  # the new text, or the reaction's emoji; empty when a reaction was taken back


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsupported(Item):
    """Understood as an event, not as content. With a sender it is shown to staff; `raw` stays readable for them.

    `silent` ones (thread control, standby traffic, referrals) are stored and never answered.
    """

    kind: str  # "unsupported", "standby", "pass_thread_control", "referral"…
    at: datetime | None = None  # aware; None: now
    sender: Identity | None = None
    text: str = ""
    silent: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved(Item):
    """A person is known by other identities from now on; the old one may become somebody else's."""

    sender: Identity  # the old one
    now: tuple[Identity, ...]
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent(Item):
    """The customer told the platform whether they want automatic messages."""

    sender: Identity
    wanted: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Unreadable:
    """An item that could not be translated; kept whole so that nothing is lost."""

    account: str
    reason: str
    raw: bytes


Event = Inbound | Receipt | StaffEcho | Change | Unsupported | Moved | Consent | Unreadable


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """An approved text of the platform, with what goes into its places."""

    name: str
    language: str
    parameters: tuple[tuple[str, str], ...] = ()  # (name of the place or "", value)
    buttons: tuple[str, ...] = ()  # payloads of its quick replies, in order


@dataclass(frozen=True, slots=True, kw_only=True)
class TemplateState:
    """What the platform says of one of its templates."""

    name: str
    language: str
    status: str  # "APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED"
    body: str = ""
    places: tuple[str, ...] = ()  # of its body: their names, or "1", "2", …
    is_named: bool = False
    buttons: int = 0  # quick replies
    other_places: bool = False  # a header or a link with a place of its own, which we cannot fill


@dataclass(frozen=True, slots=True, kw_only=True)
class Outbound:
    """One message that fits the channel's limits already."""

    to: Identity
    text: str = ""
    buttons: tuple[Button, ...] = ()
    client_ref: str = ""  # our own id, for channels that carry one
    by_staff: bool = False  # a person wrote it
    window_open: bool = True
    choose: str = ""  # what opens the choices where they are not all shown at once, in the customer's language
    image: str = ""  # a public link to a picture that goes with the text
    template: Template | None = None  # sent instead of text and buttons
    attempt: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one message of the channel takes. `delivery` fits messages to this; adapters do not."""

    text: int  # longest text, counted as `text_unit`
    text_unit: Literal["characters", "bytes"]
    buttons: int
    button_title: int  # characters
    window: timedelta | None  # how long after the customer's last message an automatic reply may go
    staff_window: timedelta | None  # the same for a person's reply


# --- what to do next -----------------------------------------------------------------------------


class ChannelError(Exception):
    """A send that did not succeed. `code` is the vendor's, safe to log and to show to staff."""

    def __init__(self, code: str = "", detail: str = "") -> None:
        super().__init__(f"{code} {detail}".strip())
        self.code = code
        self.detail = detail


class TryLater(ChannelError):
    """Not accepted, may succeed later: refused connection, rate limit, temporary fault."""

    def __init__(
        self, code: str = "", detail: str = "", *, after: timedelta | None = None, whole_account: bool = False
    ) -> None:
        super().__init__(code, detail)
        self.after = after  # what the service asked for, if it did
        self.whole_account = whole_account  # nobody of this account should send before then


class Rejected(ChannelError):
    """Refused for good: tell staff, do not repeat."""


class WindowClosed(ChannelError):
    """The reply window is over: a template, or wait for staff."""


class Unreachable(ChannelError):
    """The customer is gone or blocked us: silence until they write again."""


class OptedOut(ChannelError):
    """The customer told the platform that they want no automatic messages: opt them out here too."""


class TemplateUnusable(ChannelError):
    """The platform does not take this template: mark it, and let the message wait."""


class AccountBroken(ChannelError):
    """Token dead, permission missing, account restricted: stop all sends of this account, tell the operator."""


class Uncertain(ChannelError):
    """It may have been sent: reconcile before anything else."""


# --- what comes in ---------------------------------------------------------------------------------


class Forged(Exception):
    """The signature or secret is missing or wrong. Nothing is stored."""


class BadDelivery(Exception):
    """Not a delivery that can be read at all (not JSON, wrong shape). The raw body is kept."""


class AccountLike(Protocol):
    """What a channel may read of its account."""

    external_id: str

    @property
    def secrets(self) -> Mapping[str, str]: ...


@dataclass(frozen=True, slots=True)
class Delivery:
    """A webhook's request, without Django: the raw body and the headers (names in lower case)."""

    body: bytes
    headers: Mapping[str, str]
    key: str = ""  # what stands in the address, where a service can be told nothing but an address


class Channel(ABC):
    code: ClassVar[str]  # "instagram": stored on the account
    label: ClassVar[str]  # what staff read
    icon: ClassVar[str] = "forum"  # of Material Symbols, in the inbox
    webhook: ClassVar[str] = ""  # its address behind /webhooks/, like “instagram/” or “green-api/<str:key>/”
    limits: ClassVar[Limits]
    required_secrets: ClassVar[Collection[str]] = ()  # without these an account refuses to start
    optional_secrets: ClassVar[Collection[str]] = ()  # asked for beside these
    leaves_server: ClassVar[bool] = True  # False: a send is a row that the customer's browser fetches
    echoes_sends: ClassVar[bool] = False  # what we send comes back as an echo: an uncertain send can be reconciled
    patience: ClassVar[timedelta] = timedelta(seconds=20)  # how long an uncertain send waits for its echo or receipt
    shows_attention: ClassVar[bool] = False  # `typing` also marks what the customer wrote as read
    has_templates: ClassVar[bool] = False
    keeps_files: ClassVar[frozenset[str]] = frozenset()  # kinds of media that `fetch` can download

    @classmethod
    @abstractmethod
    def parse(cls, delivery: Delivery, accounts: Collection[AccountLike]) -> list[Event]:
        """Check the signature over the raw body (raise Forged), then translate. No database, no network.

        `accounts` are all active accounts of this channel. Events of an account that is not among those whose
        secret signed the body are left out. Raises BadDelivery for a body that cannot be read as a whole.
        """

    @classmethod
    def verify_tokens(cls) -> Mapping[str, str]:
        """Return the words by which the platform makes sure of our address, by their settings; the first counts."""
        return {}

    @classmethod
    def handshake(cls, params: Mapping[str, str], accounts: Collection[AccountLike]) -> str | None:
        """Return what to answer when the platform asks by GET whether the address is ours; None: it is not."""
        return None

    @abstractmethod
    def __init__(self, account: AccountLike) -> None: ...

    @abstractmethod
    def send(self, message: Outbound) -> str:
        """Send once and return the platform's id ("" if accepted without one), or raise a ChannelError."""

    def typing(self, to: Identity, *, read: str = "") -> None:  # noqa: B027 - most channels have nothing to show
        """Show that an answer is being written, and the message `read` (its id) as read. Best effort, never raises."""

    def fetch(self, media: Media, *, max_bytes: int) -> bytes:
        """Download a file that a customer sent. Raises TryLater, Rejected (gone or too large), AccountBroken."""
        raise Rejected("no files", "this channel keeps no files")

    def templates(self) -> list[TemplateState]:
        """Return what the platform says of the account's templates. Raises a ChannelError."""
        return []

    def check(self) -> str:
        """Ask the platform one reading question about the account: what staff should see to, "" if all is well.

        Raises a ChannelError.
        """
        return ""
