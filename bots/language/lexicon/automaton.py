"""Phrases with variants as one automaton: "{i,we} {want,need} {it,this}" is twelve phrases, and seven words.

Writing every variant out multiplies; here each place of a phrase is kept once, and where several phrases are under way
at the same time, that is worked out when a customer first writes such words.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from bots.language.lexicon.base import ANY, SHORTEST_STEM, split_phrase

Spelling = Callable[[str], str]


@dataclass(slots=True, eq=False)
class Place:
    """How far one has got in one phrase: by which words it goes on, and what has been found here."""

    words: dict[str, list["Place"]] = field(default_factory=dict)
    stems: dict[str, list["Place"]] = field(default_factory=dict)
    found: set[str] = field(default_factory=set)

    def lead(self, word: str, place: "Place") -> None:
        star = word.endswith("*") and word != ANY
        (self.stems if star else self.words).setdefault(word.rstrip("*") or ANY, []).append(place)

    def skip_to(self, place: "Place") -> None:
        """Go on as from there: what is between may be left out."""
        for mine, others in ((self.words, place.words), (self.stems, place.stems)):
            for word, places in others.items():
                mine.setdefault(word, []).extend(places)
        self.found |= place.found


class State:
    """All places at which one may be after the same words. Those that follow are made when they are first needed.

    `spell` is how words are compared: as they are, or as they look in another script.
    """

    __slots__ = ("_known", "_spell", "found", "lengths", "stems", "words")

    def __init__(self, places: Iterable[Place], spell: Spelling, known: dict[tuple[int, ...], "State"]) -> None:
        whole = Place()
        for place in places:
            whole.skip_to(place)
        self.words, self.stems = _spelled(whole.words, spell), _spelled(whole.stems, spell)
        self.found = tuple(sorted(whole.found))
        self.lengths = sorted({len(stem) for stem in self.stems if len(stem) >= SHORTEST_STEM})
        self._spell, self._known = spell, known

    def step(self, word: str, *, anything: bool) -> "State | None":
        """Return where one is after one word more. `anything`: whether a star alone stands for it."""
        places = list(self.words.get(word, ()))
        for length in self.lengths:
            if length > len(word):
                break
            places += self.stems.get(word[:length], ())
        if anything:
            places += self.words.get(ANY, ())
        if not places:
            return None
        key = tuple(sorted({id(place) for place in places}))
        state = self._known.get(key)
        if state is None:
            state = self._known.setdefault(key, State(places, self._spell, self._known))
        return state


def plant(start: Place, phrases: str, category: str, *, known: frozenset[str] = frozenset()) -> None:
    """Add phrases to those that begin at `start`, but none whose first word is among the `known` ones."""
    for phrase in phrases.split("|"):
        end = Place(found={category})
        for variants in reversed(split_phrase(phrase)):
            begin = Place()
            for words in variants:
                _lead(begin, words, end)
            end = begin
        for mine, first in ((start.words, end.words), (start.stems, end.stems)):
            for word, places in first.items():
                if word not in known:
                    mine.setdefault(word, []).extend(places)


def _lead(begin: Place, words: Sequence[str], end: Place) -> None:
    if not words:
        begin.skip_to(end)
        return
    place = begin
    for word in words[:-1]:
        further = Place()
        place.lead(word, further)
        place = further
    place.lead(words[-1], end)


def opened(start: Place, spell: Spelling = str) -> State:
    """Return where one is before the first word."""
    return State([start], spell, {})


def _spelled(words: dict[str, list[Place]], spell: Spelling) -> dict[str, list[Place]]:
    if spell is str:
        return words
    found: dict[str, list[Place]] = {}
    for word, places in words.items():
        found.setdefault(word if word == ANY else spell(word), []).extend(places)
    return found


def words_of(phrases: str) -> Iterator[str]:
    """Yield every word of some phrases, stems without their star."""
    for phrase in phrases.split("|"):
        for variants in split_phrase(phrase):
            for words in variants:
                yield from (word.rstrip("*") for word in words)
