"""Names of this business in a customer's words: declined, shortened, misspelt, in another script.

The candidates come in with the context; nothing about any business stands here. What keeps the matching honest:
function words carry no name, a short word must match down to its ending, and only a long word may differ in
its script or by a slip of the finger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import DamerauLevenshtein

from bots.language.diminutives import short_forms
from bots.language.lexicon import LEXICONS
from bots.language.message import Message
from bots.language.tokens import fold, skeleton, tokenize

HARD_C = "aouklrtdn"
VOWELS = "aeiouyаеиоуыэюяіїєй"

SHORT = 4  # up to so many letters a word must match but for its ending
LONG_ENOUGH_FOR_A_SLIP = 6
LONG_ENOUGH_FOR_TWO = 9
LONG_ENOUGH_FOR_ANOTHER_SCRIPT = 5
EACH_WORD = 0.05  # of two names that fit as well, the one with more words is meant
MOST_WORDS = 250  # a message that is longer is not a message about one service
NO_NAMES = ("people", "relation", "relations", "option", "name_intro", "come", "service_word", "idiom", "every")


@dataclass(slots=True)
class Named:
    """A candidate's key and where it was found."""

    key: str
    start: int
    end: int
    score: float


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a name or of the message, in the forms in which they are compared."""

    fold: str
    sound: str
    cyrillic: bool


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to say a name; `close` if its words must stand side by side because few of them carry meaning."""

    words: tuple[Word, ...]
    close: bool


def find(message: Message, candidates: Mapping[str, Sequence[str]], *, people: bool = False) -> Named | None:
    """Return the candidate that the message speaks of, if one stands out; `people` if they are first names."""
    if not candidates:
        return None
    index = _index(tuple((key, tuple(words)) for key, words in candidates.items()), people)
    words = [
        (place, _word(token.fold))
        for place, token in enumerate(message.tokens[:MOST_WORDS])
        if token.kind == "word" and message.used[place] in ("", "name")
    ]
    best: Named | None = None
    tied = False
    for key, phrases in index:
        for phrase in phrases:
            fitting = _close(phrase, message) if phrase.close else _match(phrase, words, message, people)
            if not fitting or (best and fitting[0] < best.score - 1e-9):
                continue
            if best and abs(fitting[0] - best.score) < 1e-9:
                tied = tied or best.key != key
                continue
            best, tied = Named(key, fitting[1], fitting[2], fitting[0]), False
    return None if tied else best


@lru_cache(maxsize=256)
def _index(
    candidates: tuple[tuple[str, tuple[str, ...]], ...], people: bool
) -> tuple[tuple[str, tuple[Phrase, ...]], ...]:
    """Each key with the ways to say it."""
    out = []
    for key, names in candidates:
        given = (*names, key)
        extra = tuple(form for name in given for form in short_forms(name)) if people else ()
        phrases = []
        for name in (*given, *extra):
            words = tuple(_word(token.fold) for token in tokenize(name) if token.kind == "word")
            weighty = words if people else tuple(word for word in words if word.fold not in function_words())
            if not words:
                continue
            if len(words) == 1:
                phrases.append(Phrase(words, close=False))
            elif len(weighty) < len(words) and len(weighty) < 2:
                phrases.append(Phrase(words, close=True))
            else:
                phrases.append(Phrase(weighty, close=False))
            if people and len(words) > 1:
                phrases.append(Phrase(words[:1], close=False))
        out.append((key, tuple(dict.fromkeys(phrases))))
    return tuple(out)


@cache
def function_words() -> frozenset[str]:
    """Return the grammar's small words of every language: "for", "para", "dla", "один"."""
    small: set[str] = set()
    for lexicon in LEXICONS.values():
        for role, phrases in lexicon.words.items():
            if role not in NO_NAMES:
                small.update(fold(word) for phrase in phrases.split("|") for word in phrase.replace("*", "").split())
        for phrases in (*lexicon.numbers.values(), *lexicon.together.values()):
            small.update(fold(word) for word in phrases.replace("|", " ").split())
    return frozenset(small)


@lru_cache(maxsize=8192)
def _word(folded: str) -> Word:
    return Word(folded, sound(folded), any("а" <= letter <= "ӿ" for letter in folded))


def _match(
    phrase: Phrase, words: list[tuple[int, Word]], message: Message, people: bool
) -> tuple[float, int, int] | None:
    """(score, first token, index behind the last) of the best fit of a name's words, wherever they stand."""
    total, first, last, hits = 0.0, -1, -1, 0
    for wanted in phrase.words:
        best, spot = 0.0, -1
        for place, word in words:
            if not people and word.fold in function_words() and word.fold != wanted.fold:
                continue
            score = likeness(wanted, word, people)
            if score < 1 and score > best and (people or len(word.fold) <= SHORT + 1):
                known = word.fold in message.lexicon.vocabulary
                score = 0.0 if known else score
            if score > best:
                best, spot = score, place
        if spot >= 0:
            hits += 1
            total += best
            first = spot if first < 0 else min(first, spot)
            last = max(last, spot)
    if not hits or (hits < len(phrase.words) and (people or not _enough(phrase, hits, first, message))):
        return None
    return total / len(phrase.words) + EACH_WORD * hits, first, last + 1


def _enough(phrase: Phrase, hits: int, first: int, message: Message) -> bool:
    """Return whether a part of a name will do: most of it, or half if that is a word that says something."""
    if hits * 2 < len(phrase.words):
        return False
    if hits * 2 > len(phrase.words):
        return True
    plain = any(category in message.tags[first] for category in ("people", "relation", "relations"))
    token = message.tokens[first].fold
    return len(token) > SHORT and not plain and token not in message.lexicon.vocabulary


def _close(phrase: Phrase, message: Message) -> tuple[float, int, int] | None:
    """Return a name such as "one to one" or "a mano": its very words, side by side."""
    size = len(phrase.words)
    for start in range(min(len(message), MOST_WORDS) - size + 1):
        if message.tokens[start].fold != phrase.words[0].fold:
            continue
        pairs = zip(phrase.words[1:], message.tokens[start + 1 : start + size], strict=True)
        if all(token.kind == "word" and likeness(word, _word(token.fold), False) for word, token in pairs):
            return (1.0 + EACH_WORD * size, start, start + size) if message.free(start, start + size) else None
    return None


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


@lru_cache(maxsize=32768)
def likeness(wanted: Word, word: Word, people: bool) -> float:
    """1 for the same word, less for another ending or a slip of the finger, 0 for another word."""
    if wanted.fold == word.fold:
        return 1.0
    across = wanted.cyrillic != word.cyrillic
    short = min(len(wanted.sound), len(word.sound))
    if across and short < (3 if people else LONG_ENOUGH_FOR_ANOTHER_SCRIPT):
        return 0.0
    if not across and max(len(wanted.fold), len(word.fold)) <= SHORT + 2:
        return _declined(wanted.fold, word.fold)
    if wanted.sound == word.sound:
        return 0.95
    declined = _declined(wanted.sound, word.sound)
    if declined:
        return declined
    return 0.0 if wanted.sound[:1] != word.sound[:1] else _slip(wanted.sound, word.sound)


def _declined(wanted: str, word: str) -> float:
    """Return the same stem with another ending. An ending begins with a vowel, or is missing.

    >>> _declined("kolo", "kole") > 0, _declined("kolo", "kold") > 0
    (True, False)
    """
    common = 0
    while common < min(len(wanted), len(word)) and wanted[common] == word[common]:
        common += 1
    if common < 2 or common < len(wanted) - (1 if len(wanted) <= SHORT else 3) or common / len(wanted) < 0.65:
        return 0.0
    rest_wanted, rest = wanted[common:], word[common:]
    if len(wanted) <= SHORT and rest_wanted and rest_wanted[0] not in VOWELS:
        return 0.0
    if len(rest) > (2 if len(wanted) <= SHORT else 4):
        return 0.0
    if common < 5 and any(part and part[0] not in VOWELS for part in (rest_wanted, rest)):
        return 0.0
    if common < 3 and not rest:
        return 0.0
    return 0.75 + 0.15 * common / max(len(wanted), len(word))


def _slip(wanted: str, word: str) -> float:
    """One letter wrong, missing or swapped in a long word, two in a very long one."""
    shorter = min(len(wanted), len(word))
    if shorter < LONG_ENOUGH_FOR_A_SLIP:
        return 0.0
    allowed = 2 if shorter >= LONG_ENOUGH_FOR_TWO else 1
    distance = DamerauLevenshtein.distance(wanted, word, score_cutoff=allowed)
    if distance <= allowed:
        return 0.85 - 0.08 * distance
    stem = shorter - 2
    if stem >= LONG_ENOUGH_FOR_A_SLIP and DamerauLevenshtein.distance(wanted[:stem], word[:stem], score_cutoff=1) <= 1:
        return 0.65 if abs(len(wanted) - len(word)) <= 3 else 0.0
    return 0.0
