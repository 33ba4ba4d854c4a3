"""Names of this business in a customer's words: declined, shortened, misspelt, in another script.

The candidates come in with the context; nothing about any business stands here. What keeps the matching honest:
function words carry no name, a short word must match down to its ending, and only a long word may differ in
its script or by a slip of the finger.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

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
SURE = 0.9  # of two names that stand side by side, each must fit so well
GAP = 4  # tokens between them, or between "not" and a name
LED_BY = 3  # tokens between "about" and what it is about
REACH = 5  # tokens behind "allergic"
LED_IN = ("the", "for", "clock", "at", "article", "of", "my", "this", "in")  # may stand between "not" and a name
# What the words of a name may be taken for: "without the wheel", "one to one", "for kids".
OTHERWISE_READ = {"minus", "not", "instead", "except", "denies", "i:deny", "num", "ord", "together", "before_number"}
MOST_WORDS = 250  # a message that is longer is not a message about one service
NO_NAMES = (
    "people", "relation", "relations", "child", "option", "name_intro", "come", "service_word", "idiom", "every",
    "bars", "then_not", "hindered", "others", "suits", "unchanged",
)  # fmt: skip


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
    return best_of(fits(message, candidates, people=people))


def best_of(found: list[Named]) -> Named | None:
    """Return the one that fits best, unless another one fits as well."""
    best: Named | None = None
    tied = False
    for fit in found:
        if best and fit.score < best.score - 1e-9:
            continue
        if best and abs(fit.score - best.score) < 1e-9:
            tied = tied or best.key != fit.key
            continue
        best, tied = fit, False
    return None if tied else best


def both(message: Message, found: list[Named]) -> tuple[Named, Named] | None:
    """Return two candidates that are named beside each other: "wheel or hand-building?"."""
    sure = sorted((fit for fit in found if fit.score >= SURE), key=lambda fit: (fit.start, fit.end))
    for one, other in pairwise(sure):
        gap = range(one.end, other.start)
        if one.key != other.key and 1 <= len(gap) <= GAP and any(_joins(message, place) for place in gap):
            return one, other
    return None


def without_subjects(message: Message, found: list[Named]) -> list[Named]:
    """Leave out what another one is only about: "a consultation about a tattoo" is a consultation."""
    kept: list[Named] = []
    for fit in found:
        led = any(message.tag(place, "subject") for place in range(max(fit.start - LED_BY, 0), fit.start))
        ahead = (one for one in found if one.key != fit.key and one.score >= SURE and one.end < fit.start)
        if not (led and any(fit.start - one.end <= GAP for one in ahead)):
            kept.append(fit)
    return kept


def _joins(message: Message, index: int) -> bool:
    return message.mark(index, "/&+") or any(message.tag(index, role) for role in ("or", "and"))


def fits(message: Message, candidates: Mapping[str, Sequence[str]], *, people: bool = False) -> list[Named]:
    """Return every way in which a candidate may be named, but for what is denied or told of an allergy."""
    if not candidates:
        return []
    index = _index(tuple((key, tuple(words)) for key, words in candidates.items()), people)
    words = [
        (place, _word(token.fold))
        for place, token in enumerate(message.tokens[:MOST_WORDS])
        if token.kind == "word" and message.used[place] in ("", "name")
    ]
    apart = set() if people else _set_apart(message)
    found: list[Named] = []
    for key, phrases in index:
        for phrase in phrases:
            fitting = _close(phrase, message) if phrase.close else _match(phrase, words, message, people)
            if fitting and not apart & set(range(fitting[1], fitting[2])):
                found.append(Named(key, fitting[1], fitting[2], fitting[0]))
    return found


def own_words(message: Message, candidates: Mapping[str, Sequence[str]]) -> Named | None:
    """Find the longest name of several words that stands here word for word, and keep its words from other readings.

    "Bez koła", "sin torno", "one to one" may be what a business calls something: then nothing in them is denied.
    """
    best: Named | None = None
    for key, names in _spelled(tuple((key, tuple(words)) for key, words in candidates.items())):
        for folds in names:
            for start, token in enumerate(message.tokens[:MOST_WORDS]):
                end = _run(message, start, folds) if token.fold == folds[0] else None
                if end and (best is None or end - start > best.end - best.start):
                    best = Named(key, start, end, 1.0 + EACH_WORD * len(folds))
    if best is None or not any(OTHERWISE_READ & message.tags[place].keys() for place in range(best.start, best.end)):
        return None
    message.take(best.start, best.end, "service")
    return best


@lru_cache(maxsize=64)
def _spelled(
    candidates: tuple[tuple[str, tuple[str, ...]], ...],
) -> tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]:
    """Each key with its names of several words, folded."""
    return tuple(
        (key, tuple(folds for folds in map(_folds, (*names, key)) if len(folds) > 1)) for key, names in candidates
    )


def _folds(name: str) -> tuple[str, ...]:
    return tuple(token.fold for token in tokenize(name) if token.kind != "mark")


def _run(message: Message, start: int, folds: tuple[str, ...]) -> int | None:
    """Return the index behind these words, if they stand here side by side or with hyphens between."""
    place = start
    for count, wanted in enumerate(folds):
        if count and message.mark(place, "-"):
            place += 1
        if place >= len(message) or message.tokens[place].fold != wanted:
            return None
        place += 1
    return place


def _set_apart(message: Message) -> set[int]:
    """Words that choose nothing: what is denied ("not the kids one", "bez dzieci"), and what one is allergic to."""
    apart: set[int] = set()
    if message.roles.isdisjoint(("denies", "instead", "minus", "condition")) and message.lexicon.code != "en":
        return apart
    for index, tags in enumerate(message.tags):
        denier = tags.get("denies") or tags.get("instead") or tags.get("minus")
        if denier is None and message.word(index) == "no" and message.lexicon.code == "en":
            denier = "no", index + 1
        if denier and not message.mark(denier[1], ",.!?"):
            place = denier[1]
            while place < denier[1] + GAP and any(message.tag(place, role) for role in LED_IN):
                place += 1
            apart.add(place)
        condition = tags.get("condition")
        for place in range(condition[1], condition[1] + REACH) if condition else ():
            if place >= len(message) or message.tokens[place].kind == "mark" or message.tag(place, "but"):
                break
            apart.add(place)
        for place in range(index - 1, max(-1, index - GAP), -1) if condition else ():
            if message.tokens[place].kind == "mark" or message.tag(place, "and"):
                break
            apart.add(place)
    return apart


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
