"""What thumbs do to sentences: typing errors, missing letters' marks, no capitals, two messages instead of one."""

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from random import Random

_WORD = re.compile(r"[^\W\d_]{5,}")
_MARKS = str.maketrans("łŁđ", "lLd")
_EMOJI = ("🙂", "👍", "🙏", "😊", "❤️", "😅")
_KEPT = "йЙїЇёЁ"  # letters of their own, which no keyboard leaves the mark of


@dataclass(frozen=True, slots=True)
class Habits:
    """How one customer types; the same from the first message to the last."""

    lower: bool = False
    bare: bool = False  # no full stops or commas
    unmarked: bool = False  # ł is l, é is e
    typos: float = 0.0  # how likely one is in a message
    bursts: float = 0.0  # how likely it comes as two
    emoji: float = 0.0

    @classmethod
    def drawn(cls, rng: Random) -> "Habits":
        return cls(
            lower=rng.random() < 0.5,
            bare=rng.random() < 0.3,
            unmarked=rng.random() < 0.3,
            typos=rng.choice((0.0, 0.0, 0.15, 0.4)),
            bursts=rng.choice((0.0, 0.0, 0.0, 0.3)),
            emoji=rng.choice((0.0, 0.0, 0.1)),
        )


def typed(text: str, habits: Habits, rng: Random, *, kept: Collection[str] = ()) -> list[str]:
    """Return the messages that these words become.

    Digits and the words that are `kept` (in small letters) stay as they are: what they mean must not change.
    """
    if habits.lower:
        text = text.lower()
    if habits.unmarked:
        text = without_marks(text)
    if rng.random() < habits.typos:
        text = with_typo(text, rng, kept=kept)
    if habits.bare:
        text = re.sub(r"(?<!\d)[.,!](?!\d)", "", text)
    if rng.random() < habits.emoji:
        text = f"{text} {rng.choice(_EMOJI)}"
    return halves(text, rng) if rng.random() < habits.bursts else [text]


def without_marks(text: str) -> str:
    """Return it as it is typed without the marks of its letters."""
    plain = []
    for letter in text.translate(_MARKS):
        if letter in _KEPT:
            plain.append(letter)
            continue
        plain += [part for part in unicodedata.normalize("NFD", letter) if not unicodedata.combining(part)]
    return "".join(plain)


def with_typo(text: str, rng: Random, *, kept: Collection[str] = ()) -> str:
    """Return it with one slip of the thumb in a longer word: two letters swapped, one left out, one doubled."""
    words = [found for found in _WORD.finditer(text) if without_marks(found[0].lower()) not in kept]
    if not words:
        return text
    found = rng.choice(words)
    at = found.start() + rng.randrange(1, len(found[0]) - 1)
    match rng.randrange(3):
        case 0:
            return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        case 1:
            return text[:at] + text[at + 1 :]
    return text[:at] + text[at] + text[at:]


def halves(text: str, rng: Random) -> list[str]:
    """Return it as two messages, cut where one pauses; as one where there is no such place."""
    cuts = [found.end() for found in re.finditer(r"[,.!?;]\s+", text)] or [
        found.end() for found in re.finditer(r"\s+", text)
    ][1:-1]
    if not cuts:
        return [text]
    at = rng.choice(cuts)
    return [part for part in (text[:at].rstrip(" ,"), text[at:].strip()) if part]
