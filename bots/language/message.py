"""A message on the grammar's table: tokens, what the lexicon says about them, and what is already understood."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from functools import cache
from typing import Any

from bots.language.lexicon.base import ANY, Lexicon, Node
from bots.language.tokens import Token, skeleton

DEEPEST = 7  # no phrase of a lexicon has more words
LONGEST_STEM = 16
LONG_ENOUGH = 5  # letters of "jutro" or "mañana" in a message in another language
BORROWED = {"weekday", "day", "unit", "part"}  # what turns up in messages of another language: "na weekend", "friday"


@dataclass(slots=True)
class Message:
    """Tokens with tags. `tags[i][category]` is (value, index after the phrase that begins at i)."""

    text: str
    tokens: list[Token]
    lexicon: Lexicon
    tags: list[dict[str, tuple[Any, int]]] = field(default_factory=list)
    ends: list[dict[str, int]] = field(default_factory=list)
    used: list[str] = field(default_factory=list)
    roles: set[str] = field(default_factory=set)  # every category of which the lexicon has found a phrase
    romanized: bool = False
    near: tuple[date, ...] = ()  # days that are talked about: of the wish so far, of what was offered
    shown: frozenset[date] = frozenset()  # days that were offered
    hours: frozenset[int] = frozenset()  # hours that were offered
    opening: Mapping[int, Sequence[tuple[time, time]]] = field(default_factory=dict)  # 0 is Monday

    def __len__(self) -> int:
        return len(self.tokens)

    def open_on(self, weekday: int) -> list[tuple[int, int]]:
        """Return the hours between which the business is open on a weekday; on any, if it is closed then."""
        windows = self.opening.get(weekday) or [one for day in self.opening.values() for one in day]
        return [(begin.hour, end.hour) for begin, end in windows]

    def tag(self, index: int, category: str) -> tuple[Any, int] | None:
        """Return the phrase of this category that begins here."""
        if index < 0:
            return None
        try:  # asked some six hundred times a message
            return self.tags[index].get(category)
        except IndexError:
            return None

    def after(self, index: int, category: str) -> int:
        """Return the index behind a phrase of this category, or `index` itself if there is none."""
        found = self.tag(index, category)
        return found[1] if found else index

    def before(self, index: int, *categories: str) -> int | None:
        """Return where a phrase of one of these categories begins that ends right before `index`."""
        if 0 < index <= len(self.tokens):
            ends = self.ends[index]
            for category in categories:
                if category in ends:
                    return ends[category]
        return None

    def mark(self, index: int, marks: str) -> bool:
        """Return whether a punctuation mark of these stands here."""
        return 0 <= index < len(self.tokens) and self.tokens[index].kind == "mark" and self.tokens[index].text in marks

    def glued(self, index: int) -> bool:
        """Return whether there is a token here that no space parts from the one before."""
        return 0 <= index < len(self.tokens) and self.tokens[index].glued

    def word(self, index: int) -> str:
        """Return the fold of the token here, or nothing."""
        return self.tokens[index].fold if 0 <= index < len(self.tokens) else ""

    def free(self, start: int, end: int) -> bool:
        """Return whether none of these tokens has been understood as something else."""
        return not any(self.used[start:end])

    def free_but_age(self, start: int, end: int) -> bool:
        """Return whether none of these tokens has been understood as something besides an age."""
        return not any(what and what != "age" for what in self.used[start:end])

    def take(self, start: int, end: int, what: str) -> None:
        """Note that these tokens are understood."""
        for index in range(max(0, start), min(end, len(self.used))):
            self.used[index] = what

    def offsets(self, start: int, end: int) -> tuple[int, int]:
        """Return where tokens start…end stand in the customer's text."""
        return self.tokens[start].start, self.tokens[end - 1].end


def annotate(text: str, tokens: list[Token], lexicon: Lexicon, *, romanized: bool, others: list[Lexicon]) -> Message:
    """Look everything up: in the language of the message, and what it does not know in the neighbours'."""
    message = Message(text, tokens, lexicon, romanized=romanized)
    size = len(tokens)
    keys = [skeleton(token.fold) for token in tokens] if romanized else [token.fold for token in tokens]
    root = lexicon.romanized if romanized else lexicon.tree
    message.used = [""] * size
    message.tags = [_look_up(tokens, keys, index, root) for index in range(size)]
    plain = [token.fold for token in tokens] if romanized else keys
    for index, token in enumerate(tokens):
        if message.tags[index] or token.kind != "word" or len(token.fold) < 3 or token.fold in lexicon.vocabulary:
            continue
        for other in others:
            found = _look_up(tokens, plain, index, other.tree)
            if other.script == "latin":  # "once" is no eleven in English, "marca" no March in Spanish
                if len(token.fold) < (4 if other.lends else LONG_ENOUGH):
                    continue
                found = {
                    name: value
                    for name, value in found.items()
                    if name == "day" or (other.lends and (name in BORROWED or name.startswith("i:")))
                }
            if found and (len(token.fold) >= 4 or set(found) & {"weekday", "unit", "day", "i:greet"}):
                message.tags[index] = found
                break
        else:
            meant = _misspelt(token.fold, lexicon)
            if meant:
                message.tags[index] = {category: (value, index + 1) for category, value in meant.items()}
    message.roles.update(*message.tags)
    message.ends = [{} for _ in range(size + 1)]
    for index, tags in enumerate(message.tags):
        for category, (_value, end) in tags.items():
            message.ends[end].setdefault(category, index)
    return message


def _look_up(tokens: list[Token], keys: list[str], index: int, root: Node) -> dict[str, tuple[Any, int]]:
    """Return every category of which a phrase begins here, each with its longest phrase."""
    found: dict[str, tuple[Any, int]] = {}
    stack = [(root, index, 0, True)]
    size = len(tokens)
    while stack:
        node, place, depth, arrived = stack.pop()
        for category, value in node.found.items() if arrived else ():
            if category not in found or found[category][1] < place:
                found[category] = (value, place)
        if place >= size or depth >= DEEPEST:
            continue
        key = keys[place]
        if node.stems:
            for length in node.lengths:
                child = node.stems.get(key[:length]) if length <= len(key) else None
                if child is not None:
                    stack.append((child, place + 1, depth + 1, True))
        if depth and key == "-" and place + 1 < size:
            stack.append((node, place + 1, depth + 1, False))
        child = node.words.get(key)
        if child is not None:
            stack.append((child, place + 1, depth + 1, True))
        child = node.words.get(ANY) if depth else None
        if child is not None and tokens[place].kind == "word":
            stack.append((child, place + 1, depth + 1, True))
    return found


_SHORTEST_MISSPELT = 6
_CORRECTED = (
    "weekday", "month", "day", "part", "ord", "relation", "relations", "people", "i:book", "i:cancel", "i:change",
    "i:thank", "i:greet",
)  # fmt: skip
_deletions: dict[str, dict[str, list[tuple[str, dict[str, object]]]]] = {}


def _misspelt(word: str, lexicon: Lexicon) -> dict[str, object] | None:
    """Return what a word of the calendar, of people, or a common verb with one slip of the finger was meant to be."""
    if len(word) < _SHORTEST_MISSPELT - 1 or len(word) > LONGEST_STEM:
        return None  # a letter may be missing: "secnd"
    index = _deletions.get(lexicon.code)
    if index is None:
        index = _deletions[lexicon.code] = _index_of_deletions(lexicon)
    for variant in (word, *(word[:place] + word[place + 1 :] for place in range(len(word)))):
        for original, found in index.get(variant, ()):
            if original[0] == word[0] and one_slip(original, word):
                return found
    return None


def _index_of_deletions(lexicon: Lexicon) -> dict[str, list[tuple[str, dict[str, object]]]]:
    index: dict[str, list[tuple[str, dict[str, object]]]] = {}
    for word, node in lexicon.tree.words.items():
        found = {category: value for category, value in node.found.items() if category in _CORRECTED}
        if not found or len(word) < _SHORTEST_MISSPELT:
            continue
        for variant in {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}:
            index.setdefault(variant, []).append((word, found))
    return index


_KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "йцукенгшщзхї", "фівапролджє", "фывапролджэ", "ячсмитьбю")
_ALIKE = ("aoeiuy", "sz", "cks", "bv", "jiy", "mn", "dt", "аоеиіыєяу", "сз", "дт", "бп", "жш", "шщ", "гх", "иі", "ьи")


@cache
def _confused(meant: str, typed: str) -> bool:
    """Whether a letter is beside another on a keyboard or sounds like it: "dominio" is no Sunday, "dominho" may be."""
    if any(meant in group and typed in group for group in _ALIKE):
        return True
    for row in _KEYS:
        place, other = row.find(meant), row.find(typed)
        if place >= 0 and other >= 0 and abs(place - other) == 1:
            return True
    return False


def one_slip(meant: str, typed: str) -> bool:
    """One letter too many, missing, wrong, or two letters swapped."""
    if abs(len(meant) - len(typed)) > 1:
        return False
    start = 0
    while start < min(len(meant), len(typed)) and meant[start] == typed[start]:
        start += 1
    rest_meant, rest_typed = meant[start:], typed[start:]
    if len(meant) == len(typed):
        swapped = rest_meant[1:2] + rest_meant[:1] + rest_meant[2:]
        one_wrong = rest_meant[1:] == rest_typed[1:] and _confused(rest_meant[:1], rest_typed[:1])
        return one_wrong or swapped == rest_typed
    return rest_meant[1:] == rest_typed or rest_meant == rest_typed[1:]
