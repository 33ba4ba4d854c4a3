"""What is going on in a conversation, as one versioned JSON value: frames with their slots, what we asked, what we
showed. Pure.

What is half-finished stands in its own row (a draft) as well; here stands what no row has: a part of the day, days that
will not do, the children's ages, and above all what was asked last and not answered yet. It is written in the turn's
own transaction, shown to staff in plain words, and cleared by *clear state*.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bots.channels.base import Button

VERSION = 1
LOOSE_FOR = timedelta(days=1)  # what stands in no row is forgotten after this


@dataclass(frozen=True, slots=True, kw_only=True)
class Slot:
    """A value, who said it and when, and what it took the place of. Values are plain JSON."""

    value: Any
    seq: int = 0  # of the customer's message that said it; 0 where nobody did
    how: str = "said"  # or: pressed, inferred, default
    replaced: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One thing that the customer wants, with what is known of it."""

    kind: str
    slots: Mapping[str, Slot] = field(default_factory=dict)
    at: datetime

    def value(self, name: str) -> Any:
        """Return what is known of a slot; None if nothing is."""
        slot = self.slots.get(name)
        return slot.value if slot else None

    def with_values(self, values: Mapping[str, Any], *, seq: int, at: datetime, how: str = "said") -> "Frame":
        """Return the frame with these slots set, each remembering what it replaced; None takes a slot out."""
        slots = dict(self.slots)
        for name, value in values.items():
            before = slots.pop(name, None)
            if value is None:
                continue
            if before is not None and before.value == value:
                slots[name] = before
            else:
                slots[name] = Slot(value=value, seq=seq, how=how, replaced=before.value if before else None)
        return replace(self, slots=slots, at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenQuestion:
    """What we asked and what answers it. It stays open until it is answered, withdrawn or overtaken.

    `yes` and `no` are the payloads of buttons that a plain yes and a plain no stand for; where `yes` is empty, the
    question is none of yes and no. `seq` is the message that asked: a yes that was written before it is none to it.
    """

    skill: str = ""  # whose question it is
    asks: tuple[str, ...] = ()
    buttons: tuple[Button, ...] = ()
    yes: str = ""
    no: str = ""
    seq: int = 0
    times: int = 1  # how often it was asked in a row
    text: str = ""

    @property
    def is_plain(self) -> bool:
        """Whether a yes or a no answers it."""
        return bool(self.yes)


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """The options that were shown last, to be chosen by button or in words until others are shown."""

    buttons: tuple[Button, ...] = ()
    seq: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Dialogue:
    """All of it. `upto_seq` is the last message of ours that is accounted for here."""

    frames: tuple[Frame, ...] = ()
    question: OpenQuestion | None = None
    offer: Offer | None = None
    upto_seq: int = 0
    at: datetime | None = None

    def frame(self, kind: str) -> Frame | None:
        """Return what the customer wants of this kind, if anything."""
        return next((one for one in self.frames if one.kind == kind), None)

    def with_frame(self, frame: Frame) -> "Dialogue":
        """Return the state with this frame on top: it is what is talked about now."""
        others = tuple(one for one in self.frames if one.kind != frame.kind)
        return replace(self, frames=(frame, *others))

    def without_frame(self, kind: str) -> "Dialogue":
        return replace(self, frames=tuple(one for one in self.frames if one.kind != kind))

    @classmethod
    def from_json(cls, data: Mapping[str, Any] | None, *, now: datetime) -> "Dialogue":
        """Read what was written; what is of another version or too old to hold is nothing."""
        if not data or data.get("version") != VERSION:
            return cls()
        at = datetime.fromisoformat(data["at"]) if data.get("at") else None
        is_fresh = at is not None and now - at < LOOSE_FOR
        question, offer = data.get("question"), data.get("offer")
        return cls(
            frames=tuple(frame for frame in map(_frame_from, data.get("frames", ())) if now - frame.at < LOOSE_FOR),
            question=_question_from(question) if question else None,
            offer=Offer(buttons=buttons_from(offer["buttons"]), seq=offer["seq"]) if offer and is_fresh else None,
            upto_seq=data.get("upto_seq", 0),
            at=at,
        )

    def as_json(self) -> dict[str, Any]:
        """As it is kept in the conversation's row."""
        question, offer = self.question, self.offer
        return {
            "version": VERSION,
            "at": self.at.isoformat() if self.at else None,
            "upto_seq": self.upto_seq,
            "frames": [_frame_as(frame) for frame in self.frames],
            "question": question
            and {
                "skill": question.skill,
                "asks": list(question.asks),
                "buttons": buttons_as(question.buttons),
                "yes": question.yes,
                "no": question.no,
                "seq": question.seq,
                "times": question.times,
                "text": question.text,
            },
            "offer": offer and {"buttons": buttons_as(offer.buttons), "seq": offer.seq},
        }


def buttons_from(rows: Sequence[Mapping[str, Any]]) -> tuple[Button, ...]:
    """Read buttons as messages and this state keep them."""
    return tuple(Button(str(row["title"]), str(row["payload"])) for row in rows)


def buttons_as(buttons: Sequence[Button]) -> list[dict[str, str]]:
    return [{"title": button.title, "payload": button.payload} for button in buttons]


def _frame_as(frame: Frame) -> dict[str, Any]:
    slots = {
        name: {"value": slot.value, "seq": slot.seq, "how": slot.how, "replaced": slot.replaced}
        for name, slot in frame.slots.items()
    }
    return {"kind": frame.kind, "at": frame.at.isoformat(), "slots": slots}


def _frame_from(data: Mapping[str, Any]) -> Frame:
    slots = {name: Slot(**slot) for name, slot in data["slots"].items()}
    return Frame(kind=data["kind"], at=datetime.fromisoformat(data["at"]), slots=slots)


def _question_from(data: Mapping[str, Any]) -> OpenQuestion:
    return OpenQuestion(
        skill=data["skill"],
        asks=tuple(data["asks"]),
        buttons=buttons_from(data["buttons"]),
        yes=data["yes"],
        no=data["no"],
        seq=data["seq"],
        times=data["times"],
        text=data.get("text", ""),
    )
