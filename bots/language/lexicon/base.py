"""What a language has to say about itself, and how that becomes one tree of phrases.

In a lexicon, `|` stands between phrases, `{a,b}` inside a word gives variants, and a star at the end of a word
means any ending, a star alone any one word: "przełoż* | zmieni{ć,my} termin". Accents may be written; they are folded
like a customer's words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from itertools import chain
from typing import Any

from bots.language.tokens import skeleton, tokenize

SHORTEST_STEM = 2
_BETWEEN = re.compile(r"\s+(?![^{]*\})")  # blanks that are not inside of braces
ANY = "*"  # standing alone inside a phrase: any one word


def numbered(first: int, stems: str, endings: str = "") -> dict[int, str]:
    """The words of a row of numbers from `first` on: each stem with every one of the endings, if there are any."""
    return {
        number: " | ".join(stem + ending for ending in endings.split() or [""])
        for number, stem in enumerate(stems.split(), start=first)
    }


@dataclass(frozen=True)
class Lexicon:
    """One language as data. The grammar that reads it is the same for all."""

    code: str
    script: str  # "latin" or "cyrillic"
    weekdays: Sequence[str]  # Monday first
    months: Sequence[str]  # January first
    numbers: Mapping[int, str]
    ordinals: Mapping[int, str]
    days: Mapping[int, str]  # days from today
    units: Mapping[str, str]  # minute, hour, day, week, weekend, month, year
    parts: Mapping[str, str]  # morning, afternoon…
    durations: Mapping[int, str]  # minutes of a phrase that is a duration by itself
    together: Mapping[int, str]  # "the three of us" in one word or phrase
    words: Mapping[str, str]  # the grammar's small words, by role
    clock: Sequence[str]  # "M past H | M after H = +": minutes after the hour; "M to H = -": before it
    intents: Mapping[str, Mapping[float, str]]
    feasts: Mapping[tuple[int, int], str]  # (month, day) of days that have a name
    common: str  # frequent words, for telling languages apart
    letters: str = ""  # letters that only this language has among its neighbours
    endings: str = ""  # how its words like to end, for telling languages apart
    lends: bool = False  # its words turn up in messages in other languages of its script
    infinitives: str = ""  # how verbs end after "cannot"; where verbs have no ending, any word that is no "excuse"
    ordinal_hours: bool = False  # "o piątej": the fifth is an hour, not a day
    ordinal_hours_alone: bool = True  # with no noun needed; in Russian it is "в шестом часу" or "половина шестого"
    past_endings: str = ""  # how verbs end that tell what happened; those with no such ending are the words "past"
    hour_endings: str = ""  # how the ordinal of an hour ends, in the gender of the word for hour
    hour_noun_is_clock: bool = False  # "после 2 часов" is a time of day
    number_after_weekday_is_hour: bool = True  # "wt 15"; in English "Tuesday 15" is rather a date
    bare_for_is_time: bool = False  # "завтра на 5" is a time
    acts: Mapping[str, str] = field(default_factory=dict)  # what a message does: `lexicon/acts`

    def entries(self) -> Iterator[tuple[str, str, object]]:
        """(phrases, category, value) of everything that is looked up."""
        for weekday, phrases in enumerate(self.weekdays):
            yield phrases, "weekday", weekday
        for month, phrases in enumerate(self.months, start=1):
            yield phrases, "month", month
        tables: tuple[tuple[str, Mapping[Any, str]], ...] = (
            ("num", self.numbers),
            ("ord", self.ordinals),
            ("day", self.days),
            ("unit", self.units),
            ("part", self.parts),
            ("dur", self.durations),
            ("together", self.together),
            ("feast", self.feasts),
        )
        for category, table in tables:
            for value, phrases in table.items():
                yield phrases, category, value
        for role, phrases in self.words.items():
            yield phrases, role, role
        for intent, weights in self.intents.items():
            for weight, phrases in weights.items():
                yield phrases, "i:" + intent, weight

    @cached_property
    def tree(self) -> "Node":
        """The phrases as customers write them."""
        return self._build(romanized=False)

    @cached_property
    def romanized(self) -> "Node":
        """The same phrases for a customer who has no Cyrillic keyboard at hand: "privet, na zavtra mozhno?"."""
        return self._build(romanized=True)

    def _build(self, *, romanized: bool) -> "Node":
        root = Node()
        for phrases, category, value in self.entries():
            for words in expand(phrases):
                node = root
                for word in words:
                    star = word.endswith("*") and word != ANY
                    key = word.rstrip("*") or ANY
                    if romanized:
                        key = skeleton(key)
                    children = node.stems if star else node.words
                    node = children.setdefault(key, Node())
                node.found[category] = value
        root.measure()
        return root

    @cached_property
    def everyday(self) -> frozenset[str]:
        """The frequent words alone."""
        return frozenset(token.fold for token in tokenize_all(self.common))

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        """Every word of this language that we know in full."""
        known = {token.fold for token in tokenize_all(self.common)}
        for line in self.clock:
            known.update(
                token.fold for token in tokenize(line.partition("=")[0].replace("+H", "")) if len(token.fold) > 2
            )
        for phrases, category, _value in self.entries():
            if category == "money":  # of that only what stands alone is a word
                words = {whole[0] for whole in expand(phrases) if len(whole) == 1}
            else:
                parts = (part for phrase in phrases.split("|") for part in split_phrase(phrase))
                words = {word for variants in parts for word in chain(*variants)}
            known.update(word for word in words if not word.endswith("*"))
        return frozenset(word for word in known if word.isalpha())


@dataclass(slots=True)
class Node:
    """A place in the tree of phrases: where one can go from here, and what has been found on arriving."""

    words: dict[str, "Node"] = field(default_factory=dict)
    stems: dict[str, "Node"] = field(default_factory=dict)
    found: dict[str, object] = field(default_factory=dict)
    lengths: tuple[int, ...] = ()  # of the stems, so that none is tried in vain

    def measure(self) -> None:
        """Note how long the stems are, here and below, once all are there."""
        self.lengths = tuple(sorted({len(stem) for stem in self.stems if len(stem) >= SHORTEST_STEM}))
        for child in (*self.words.values(), *self.stems.values()):
            child.measure()


def tokenize_all(text: str) -> Iterator[Any]:
    """Tokens of a text of any length."""
    for line in text.split():
        yield from tokenize(line)


def expand(phrases: str) -> Iterator[tuple[str, ...]]:
    """Each phrase of "a {b,c} | d*" as a tuple of folded words."""
    for phrase in phrases.split("|"):
        for plain in _variants(phrase.strip()):
            words = _folded(plain)
            if any(word != ANY for word in words):  # a phrase of which nothing is left would match everything
                yield words


def split_phrase(phrase: str) -> list[list[tuple[str, ...]]]:
    """Return what may stand at each place of one phrase: of "a {b,c d}" (a), then (b) or (c, d)."""
    parts = _BETWEEN.split(phrase.strip())
    return [[_folded(plain) for plain in _variants(part)] for part in parts if part]


def _folded(plain: str) -> tuple[str, ...]:
    return tuple(part for word in plain.split() for part in _word(word))


@cache
def _word(word: str) -> tuple[str, ...]:
    """Return one written word as customers' words are compared; the same ones stand in thousands of phrases."""
    if word == ANY:
        return (ANY,)
    if word.endswith("*"):
        return (tokenize(word[:-1])[0].fold + "*",)
    return tuple(token.fold for token in tokenize(word))


def _variants(phrase: str) -> Iterator[str]:
    opened = phrase.find("{")
    if opened < 0:
        yield phrase
        return
    closed = phrase.index("}", opened)
    for option in phrase[opened + 1 : closed].split(","):
        yield from _variants(phrase[:opened] + option.strip() + phrase[closed + 1 :])
