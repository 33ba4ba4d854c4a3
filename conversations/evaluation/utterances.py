"""One turn of a talk: what the customer writes, as a human reader would see it, and what comes back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from conversations.models import Conversation, Message


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question within what a customer writes, and what answers it.

    One of `words` in the reply, or one of the knowledge's `topics`. Without either nobody can know: it is passed on.
    """

    about: str
    words: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        return bool(self.words or self.topics)


@dataclass(frozen=True, slots=True, kw_only=True)
class Utterance:
    """One turn of a customer's: the words or the button, and what a human reader would see in them.

    `acts` as the bank names them. `said`: the slots that it tells, with their values. `agrees`: a firm yes, as a whole,
    to what was summed up or asked: only then may something be done.
    """

    text: str
    acts: tuple[str, ...]
    choice: str = ""
    said: Mapping[str, Any] = field(default_factory=dict)
    asked: tuple[Asked, ...] = ()
    agrees: bool = False

    def does(self, *acts: str) -> bool:
        """Return whether it does one of these, whatever else; “ask” stands for “ask.price” too."""
        return any(one == act or one.startswith(f"{act}.") for one in self.acts for act in acts)

    def does_only(self, *acts: str) -> bool:
        """Return whether it does nothing but these."""
        return all(any(one == act or one.startswith(f"{act}.") for act in acts) for one in self.acts)


@dataclass(slots=True, kw_only=True)
class Heard:
    """What came back in one turn, and what is still open from before as a customer sees it on the screen."""

    messages: list[Message]
    question: Message | None  # the last message that asks or offers something, of this turn or an earlier one
    mode: str = Conversation.Mode.BOT  # who held the talk after it
    attention: str = ""  # what of this turn needs a person
    failed: str = ""  # the error that the bot's turn ended in

    @property
    def text(self) -> str:
        return "\n".join(message.text for message in self.messages)

    @property
    def is_silence(self) -> bool:
        return not self.messages

    @property
    def asks_now(self) -> bool:
        """Whether this turn leaves a question or buttons."""
        return self.question is not None and any(self.question.pk == message.pk for message in self.messages)

    @property
    def asks(self) -> tuple[str, ...]:
        return tuple(self.question.asks) if self.question else ()

    def buttons(self, prefix: str = "") -> list[Mapping[str, str]]:
        """Return the buttons of the open question whose payload begins so."""
        found = self.question.buttons if self.question else []
        return [button for button in found if str(button.get("payload", "")).startswith(prefix)]


@dataclass(slots=True, kw_only=True)
class Played:
    """One turn as it went: what was written, what came back, what changed."""

    number: int  # from 1
    utterance: Utterance
    sent: list[str]
    heard: Heard
    question_before: Message | None
    steps: list[dict[str, Any]]
    new_commitments: frozenset[tuple[Any, ...]]
    lost_commitments: frozenset[tuple[Any, ...]]
    language: str  # that the customer has written a sentence in; "" before the first
    was_called: bool  # a person was called already before this turn, or held the talk
    was_reached: bool  # the customer had what they wanted before this turn
