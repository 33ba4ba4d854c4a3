"""What is going on in a conversation, as staff read it, in a few lines: what is wanted, was asked, was offered.

What the slots of a frame mean, only the app knows that fills them: its Feature brings `FrameWords` by the frame's kind.
A slot that nobody has words for is shown by its own name.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any

from bots.channels.base import Button
from bots.models import Business
from bots.registry import brought
from bots.staff.presentation import one_line
from conversations.dialogue.state import Dialogue, Frame, Offer, OpenQuestion, Slot

LONGEST_QUESTION, LONGEST_VALUE, LONGEST_TITLE = 120, 80, 40  # characters
MOST_OFFERED = 8
HOW = {"pressed": "by a button", "inferred": "worked out", "default": "taken for granted"}
ASKED = {"confirm": "a yes", "date": "the day", "time": "the time", "people": "how many people"}

_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_CLOCK = re.compile(r"(\d\d:\d\d)(:\d\d(\.\d+)?)?")
_LONG_AGO = datetime.min.replace(tzinfo=UTC)

Words = str | Callable[[Any], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameWords:
    """How staff read one kind of frame.

    `slots` are in the order in which they are read. In their words `{}` is the value; of several values it is all of
    them (“a and b”), and `{either}` any of them (“a or b”). Words that begin with a blank go on where those before them
    end: “Thursday 3 December” and “ at 17:00”; others come after a comma.
    `names` tell what values are called that say nothing by themselves: numbers of rows, of weekdays.
    """

    title: str  # “Wants a visit”
    slots: Mapping[str, Words]
    names: Mapping[str, Callable[[Business], Mapping[Any, str]]] = field(default_factory=dict)


def as_it_was(data: Mapping[str, Any]) -> Dialogue:
    """Read the state that a turn found, whatever has become too old since."""
    at = data.get("at")
    return Dialogue.from_json(data, now=datetime.fromisoformat(at) if at else _LONG_AGO)


class Reader:
    """Reads states of one business's conversations. Looks what values are called up once, and only where it is told."""

    def __init__(self, business: Business) -> None:
        self.business = business
        self._words: dict[str, FrameWords] = dict(brought("frames"))
        self._names: dict[tuple[str, str], Mapping[Any, str]] = {}

    def lines(self, state: Dialogue, now: datetime) -> list[tuple[str, str]]:
        """Return label and words of all that is going on; nothing if nothing is. Days of this year go without it."""
        found = [self._frame(frame, now.date()) for frame in state.frames]
        question = state.question
        if question and (question.asks or question.is_plain):  # “How can I help?” asks for nothing in particular
            found.append(("Asked", _question(question)))
        if state.offer and state.offer.buttons:
            found.append(("Offered", _offer(state.offer)))
        return found

    def _frame(self, frame: Frame, today: date) -> tuple[str, str]:
        words = self._words.get(frame.kind) or FrameWords(title=f"Wants: {label(frame.kind).lower()}", slots={})
        wordless = [name for name in frame.slots if name not in words.slots]
        told = ""
        for name in [*(name for name in words.slots if name in frame.slots), *wordless]:
            said = self._slot(frame.kind, name, frame.slots[name], words, today)
            told += f", {said}" if told and not said.startswith(" ") else said
        return words.title, told.strip() or "nothing more is known yet"

    def _slot(self, kind: str, name: str, slot: Slot, words: FrameWords, today: date) -> str:
        """Return “ at 17:00 (by a button, before it was 16:00)”."""
        template = words.slots.get(name, f"{label(name).lower()} {{}}")
        called = self._called(kind, name, words)
        told = _filled(template, slot.value, called, today)
        before = _filled("{}", slot.replaced, called, today) if slot.replaced not in (None, "", [], {}) else ""
        notes = [HOW.get(slot.how, ""), f"before it was {before}" if before else ""]
        noted = ", ".join(filter(None, notes))
        return f"{told} ({noted})" if noted else told

    def _called(self, kind: str, name: str, words: FrameWords) -> Mapping[Any, str]:
        if name not in words.names:
            return {}
        if (kind, name) not in self._names:
            self._names[kind, name] = words.names[name](self.business)
        return self._names[kind, name]


def _filled(template: Words, value: Any, called: Mapping[Any, str], today: date) -> str:
    values = value if isinstance(value, (list, tuple)) else [value]
    if callable(template):
        return template(value)
    told = [called[one] if _is_key(one) and one in called else plain(one, today) for one in values]
    return template.format(joined(told, "and"), either=joined(told, "or"))


def _is_key(value: Any) -> bool:
    return isinstance(value, (str, int))


def joined(words: list[str], last: str) -> str:
    """Return “a, b and c”."""
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def plain(value: Any, today: date) -> str:
    """Return one value as a person writes it: days and times too."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, Mapping):
        return joined([f"{label(str(name)).lower()} {plain(one, today)}" for name, one in value.items()], "and")
    text = one_line(str(value), LONGEST_VALUE)
    if clock := _CLOCK.fullmatch(text):
        return clock[1]
    if not _DAY.match(text):
        return text
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        return text
    day = day_words(at.date(), today)
    return day if _DAY.fullmatch(text) else f"{day}, {at:%H:%M}"


def day_words(day: date, today: date) -> str:
    """Return “Thursday 3 December”, with the year where it is another one."""
    return f"{day:%A} {day.day} {day:%B}" + ("" if day.year == today.year else f" {day.year}")


def label(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


def _question(question: OpenQuestion) -> str:
    """Return “Shall I send it?”, how often it was asked, and what a yes and a no to it stand for."""
    text = _end_of(one_line(question.text, 0))
    asked = joined([ASKED.get(name, label(name).lower()) for name in question.asks], "and")
    told = [f"asked {question.times} times"] if question.times > 1 else []
    for word, payload in (("yes", question.yes), ("no", question.no)):
        if payload:
            title = _title(payload, question.buttons)
            told.append(f"a plain {word} means “{title}”" if title else f"a plain {word} answers it")
    if asked and not question.is_plain:
        told.append(f"waits for {asked}")
    return " – ".join(filter(None, [f"“{text}”" if text else "", ", ".join(told)]))


def _end_of(text: str) -> str:
    """Return the last words of a long text: there the question stands."""
    return text if len(text) <= LONGEST_QUESTION else "…" + text[-LONGEST_QUESTION:].partition(" ")[2]


def _title(payload: str, buttons: tuple[Button, ...]) -> str:
    return next((one_line(button.title, LONGEST_TITLE) for button in buttons if button.payload == payload), "")


def _offer(offer: Offer) -> str:
    titles = [one_line(button.title, LONGEST_TITLE) for button in offer.buttons]
    more = len(titles) - MOST_OFFERED
    return ", ".join(titles[:MOST_OFFERED]) + (f" and {more} more" if more > 0 else "")
