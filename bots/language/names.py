"""Names of this business in a customer's words: declined, shortened, misspelt, in another script.

The candidates come in with the context; nothing about any business stands here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from bots.language.message import Message
from bots.language.tokens import skeleton, tokenize

HARD_C = "aouklrtdn"

SHORTEST_STEM = 3
SMALL = 3  # words this short ("and", "dla") do not carry a name
GOOD = 0.62
SURE_LENGTH = 6  # an everyday word shorter than this is a name only if it is exactly the name


@dataclass(slots=True)
class Named:
    """A candidate's key and where it was found."""

    key: str
    start: int
    end: int
    score: float


def find(message: Message, candidates: Mapping[str, Sequence[str]]) -> Named | None:
    """The candidate that the message speaks of, if one stands out."""
    if not candidates:
        return None
    index = _index(tuple((key, tuple(words)) for key, words in candidates.items()))
    words = [
        (place, sound(token.fold), token.fold in message.lexicon.vocabulary)
        for place, token in enumerate(message.tokens)
        if token.kind == "word" and len(token.fold) >= SHORTEST_STEM and message.used[place] in ("", "name")
    ]
    best: Named | None = None
    for key, phrases in index:
        for phrase in phrases:
            found = _match(phrase, words)
            if found and (best is None or found[0] > best.score + 1e-9):
                best = Named(key, found[1], found[2], found[0])
    return best


@lru_cache(maxsize=256)
def _index(candidates: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """Each key with the skeletons of its names' words."""
    out = []
    for key, names in candidates:
        phrases = []
        for name in (*names, key):
            words = tuple(sound(token.fold) for token in tokenize(name) if token.kind == "word")
            weighty = tuple(word for word in words if len(word) > SMALL) or words
            if weighty:
                phrases.append(weighty)
        out.append((key, tuple(dict.fromkeys(phrases))))
    return tuple(out)


def _match(phrase: tuple[str, ...], words: list[tuple[int, str, bool]]) -> tuple[float, int, int] | None:
    """(score, first token, index behind the last) of the best fit of a name's words."""
    total, first, last, hits = 0.0, -1, -1, 0
    for wanted in phrase:
        best, spot = 0.0, -1
        for place, word, common in words:
            score = likeness(wanted, word)
            if common and score < 1 and len(word) < SURE_LENGTH:
                continue
            if score > best:
                best, spot = score, place
        if spot >= 0:
            hits += 1
            total += best
            first = spot if first < 0 else min(first, spot)
            last = max(last, spot)
    if not hits:
        return None
    share = total / len(phrase)
    whole = hits == len(phrase)
    score = share + (0.02 * len(phrase) if whole else 0)
    if not whole and (hits / len(phrase) < 0.5 or share < 0.45):
        return None
    return (score, first, last + 1) if (whole and share >= GOOD) or not whole else None


@lru_cache(maxsize=8192)
def sound(folded: str) -> str:
    """Roughly how a word sounds, so that brands and names meet across scripts.

    >>> sound("маникюр"), sound("manicure")
    ('manikur', 'manikure')
    """
    word = skeleton(folded)
    letters: list[str] = []
    for place, letter in enumerate(word):
        following = word[place + 1 : place + 2]
        if letter == "c":
            letter = "k" if following and following in HARD_C else "s"
        elif letter == "q":
            letter = "k"
        elif letter == "i" and following in ("a", "u", "e", "o"):
            continue
        if not letters or letters[-1] != letter:
            letters.append(letter)
    return "".join(letters).replace("ph", "f").replace("ks", "x")


@lru_cache(maxsize=16384)
def likeness(wanted: str, word: str) -> float:
    """1 for the same word, less for another ending or a slip of the finger, 0 for another word.

    >>> likeness("manikur", "manikura") > 0.8
    True
    """
    if wanted == word:
        return 1.0
    shorter, longer = sorted((len(wanted), len(word)))
    if shorter < SHORTEST_STEM or longer - shorter > 5:
        return 0.0
    common = 0
    while common < shorter and wanted[common] == word[common]:
        common += 1
    if len(wanted) <= 4 and common >= max(2, len(wanted) - 1) and len(word) - common <= 2:
        return 0.7 + 0.2 * common / longer
    if (
        common >= SHORTEST_STEM
        and common >= len(wanted) - 3
        and len(word) - common <= 4
        and common / len(wanted) >= 0.6
    ):
        return 0.75 + 0.2 * common / longer
    if shorter >= 5 and wanted[0] == word[0]:
        allowed = 2 if shorter >= 8 else 1
        distance = DamerauLevenshtein.distance(wanted, word, score_cutoff=allowed)
        if distance <= allowed:
            return 0.85 - 0.08 * distance
        if common >= 1 and shorter >= 6:
            stem = min(len(wanted), len(word)) - 2
            if DamerauLevenshtein.distance(wanted[:stem], word[:stem], score_cutoff=1) <= 1:
                return 0.65
    return 0.0
