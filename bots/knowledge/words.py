"""How alike two texts are by their letters and words: what embeddings overlook (rare words, names, typos).

Pure: text in, numbers out. Everything is compared folded (lower case, no accents), so that “kosztuja” meets “kosztują”.
"""

import math
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz, process

from bots.language.tokens import fold, tokenize

LONGEST_QUESTION = 500  # characters
PICTURES = {"So", "Sk", "Cs", "Cc", "Co", "Cn"}  # emoji, lone surrogates, control characters
MARKS = ".,!?:;()"
# Words that say nothing about what is asked, folded as `fold` does it.
COURTESIES = frozenset(
    fold(word)
    for words in (
        "hej hejka hejo cześć witam witajcie siema dzień dobry proszę przepraszam sorki sorry dziękuję dzięki",
        "hi hello hey guys pls plz please thanks thx lol haha",
        "привіт вітаю добрий доброго день дня вечір вечора будь ласка підкажіть скажіть",
        "здравствуйте привет добрый пожалуйста подскажите скажите",
        "hola buenas buenos días tardes porfa favor",
    )
    for word in words.split()
)
GRAM_SIZES = (3, 4, 5)
SAME_WORD, SAME_STEM, TYPO = 1.0, 0.9, 0.8
STEM, TYPO_RATIO = 4, 80  # letters that must begin alike; how alike a misspelt word must be, of 100

Weights = dict[str, float]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike a question and a topic are, each from 0 to 1."""

    letters: float  # cosine of the rarer runs of letters with the topic's nearest phrasing
    words: float  # which share of the question's words, by weight, stands anywhere in the topic


def words_of(text: str) -> list[str]:
    """Return the words and numbers of a text, folded."""
    return [token.fold for token in tokenize(text) if token.kind != "mark"]


def cleaned(text: str) -> str:
    """Return a question without pictures, courtesies and repeated blanks; else as it was written."""
    kept = (" " if unicodedata.category(character) in PICTURES else character for character in text)
    words = "".join(kept).split()[:LONGEST_QUESTION]
    said = [word for word in words if fold(word.strip(MARKS)) not in COURTESIES]
    return " ".join(said if any(map(str.isalnum, "".join(said))) else words)[:LONGEST_QUESTION]


def _grams(text: str) -> Counter[str]:
    found: Counter[str] = Counter()
    for word in words_of(text):
        padded = f" {word} "
        for size in GRAM_SIZES:
            found.update(padded[at : at + size] for at in range(len(padded) - size + 1))
    return found


def _weighted(grams: Counter[str], rarity: Weights, unseen: float) -> Weights:
    """Weights of unit length: more for what is rarer among topics, little more for what is repeated."""
    weights = {gram: (1 + math.log(count)) * rarity.get(gram, unseen) for gram, count in grams.items()}
    length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
    return {gram: weight / length for gram, weight in weights.items()}


def same_word(left: str, right: str) -> float:
    """Return how surely two folded words are forms of one: endings vary in Slavic languages, and thumbs slip."""
    if left == right:
        return SAME_WORD
    shorter = min(len(left), len(right))
    if shorter < STEM:
        return 0.0
    shared = next((at for at in range(shorter) if left[at] != right[at]), shorter)
    if shared >= max(STEM, shorter - 2):
        return SAME_STEM
    return TYPO if shorter >= 5 and fuzz.ratio(left, right) >= TYPO_RATIO else 0.0


class Lexicon:
    """The words of all topics of one business, weighed by how few topics use them."""

    def __init__(self, phrasings: Iterable[tuple[int, str]]) -> None:
        texts: dict[int, list[Counter[str]]] = {}
        self._topics_with: dict[str, set[int]] = {}
        for topic, phrasing in phrasings:
            texts.setdefault(topic, []).append(_grams(phrasing))
            for word in words_of(phrasing):
                self._topics_with.setdefault(word, set()).add(topic)
        self._words = list(self._topics_with)
        self._by_stem: dict[str, list[str]] = {}
        for word in self._words:
            self._by_stem.setdefault(word[:STEM], []).append(word)
        self._unseen = math.log(2 * (len(texts) + 1))
        gram_topics = Counter(gram for counters in texts.values() for gram in set().union(*counters))
        self._rarity = {gram: math.log((len(texts) + 1) / (count + 0.5)) for gram, count in gram_topics.items()}
        self._texts = {
            topic: [_weighted(grams, self._rarity, self._unseen) for grams in counters]
            for topic, counters in texts.items()
        }

    def compare(self, question: str) -> dict[int, Likeness]:
        """Return how alike the question is to each topic."""
        grams = _weighted(_grams(question), self._rarity, self._unseen)
        words = self._share_of_words(set(words_of(question)))
        return {
            topic: Likeness(max(_dot(grams, text) for text in texts), words[topic])
            for topic, texts in self._texts.items()
        }

    def _share_of_words(self, question: set[str]) -> dict[int, float]:
        found = dict.fromkeys(self._texts, 0.0)
        total = 0.0
        for word in sorted(question):
            matches = self._matches(word)
            weight = max(math.log((len(found) + 1) / (len(matches) + 0.5)), 0.05)
            total += weight
            for topic, match in matches.items():
                found[topic] += weight * match
        return {topic: weight / total if total else 0.0 for topic, weight in found.items()}

    def _matches(self, word: str) -> dict[int, float]:
        """Return the topics that use the word, and how surely it is the word."""
        near = {*self._by_stem.get(word[:STEM], ()), word} & self._topics_with.keys()
        near.update(
            match[0]
            for match in process.extract(word, self._words, scorer=fuzz.ratio, score_cutoff=TYPO_RATIO, limit=50)
        )
        best: dict[int, float] = {}
        for other in near:
            if sure := same_word(word, other):
                best |= {topic: max(sure, best.get(topic, 0.0)) for topic in self._topics_with[other]}
        return best


def _dot(left: Weights, right: Weights) -> float:
    return sum(weight * right[gram] for gram, weight in left.items() if gram in right)


@lru_cache(maxsize=32)
def lexicon(phrasings: Sequence[tuple[int, str]]) -> Lexicon:
    """Return the lexicon of these (topic, phrasing) pairs; kept while the knowledge stays as it is."""
    return Lexicon(phrasings)
