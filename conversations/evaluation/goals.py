"""What a simulated customer wants, and how they go about it: what an app's Feature brings to the lab."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any, ClassVar, Protocol, TypeVar

from bots.models import Bot, Business
from conversations.evaluation.customer import Customer
from conversations.evaluation.faults import Fault
from conversations.evaluation.utterances import Heard, Played, Utterance
from conversations.evaluation.wire import Wire

T = TypeVar("T")


class NotPossible(Exception):
    """The business has nothing to want so: another goal is drawn."""


class Scene(Protocol):
    """What goals, behaviours and judges know of the talk that they are in. Times are on the business's clock."""

    bot: Bot
    business: Business
    customer: Customer
    goal: "Goal | None"
    language: str  # that the customer began in
    log: list[Played]
    now: datetime  # when it began
    reached: bool  # whether the customer had what they wanted after the latest turn
    rng: Random
    wire: Wire

    def has(self, code: str) -> bool:
        """Return whether the customer has this behaviour."""


class Goal(ABC):
    """What one customer wants. Draws its values from the business's rows when it is made; may raise NotPossible.

    `needs`: how many turns of the customer's a good bot takes for it, behaviours not counted.
    """

    code: ClassVar[str]
    says: ClassVar[str]  # a plain line of the report
    weight: ClassVar[float] = 1.0
    at_night: ClassVar[bool] = False
    needs: int = 1

    def __init__(self, talk: Scene) -> None:
        self.talk = talk
        self.customer = talk.customer
        self.rng = talk.rng
        self._read: dict[str, tuple[int, Any]] = {}

    @classmethod
    def fits(cls, bot: Bot) -> bool:
        """Return whether this bot serves it at all."""
        return True

    def prepare(self) -> None:  # noqa: B027 - most have nothing to make
        """Make the rows that are there before the first word, like a visit that is to be moved."""

    def once(self, name: str, read: Callable[[], T]) -> T:
        """Return what `read` finds in the rows as they are after the latest turn, asked for once a turn."""
        turn = len(self.talk.log)
        if self._read.get(name, (-1, None))[0] != turn:
            self._read[name] = (turn, read())
        found: T = self._read[name][1]
        return found

    @abstractmethod
    def open(self) -> Utterance:
        """Return the first thing that is written about it."""

    @abstractmethod
    def go_on(self, heard: Heard) -> Utterance | None:
        """Return what the customer answers; None when they have what they wanted, or give up."""

    @abstractmethod
    def is_reached(self) -> bool:
        """Return whether the rows in the database are what the customer wanted, no more and no less."""

    def is_open(self) -> bool:
        """Return whether something is under way, so that a reply must leave a next step."""
        return not self.talk.reached

    def inspect(self, played: Played) -> Iterator[Fault]:
        """Yield what the app's own rows show to be wrong with a turn."""
        yield from ()

    def facts(self) -> Mapping[str, tuple[str, ...]]:
        """Return what the rows know of this customer's matter now, by what is asked: status, total, end."""
        return {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Behaviour:
    """A way that people have in a talk. Drawn with its `rate` for goals it goes with; of one `group` only one.

    With `interrupt` it cuts in by itself, once, whatever the goal is about: called each turn until it returns words.
    Without, the goal looks whether it `has` it.
    """

    code: str
    says: str  # a plain line of the report
    rate: float
    goals: tuple[str, ...]
    group: str = ""
    turns: int = 1  # how many turns of the customer's it takes with a good bot
    at_night: bool = False
    interrupt: Callable[[Scene, Heard], Utterance | None] | None = None
