"""Where the words of consent and of acts stand in a message, in its own language and in those it is mixed with."""

import re
from functools import cache

from bots.language.lexicon import LEXICONS
from bots.language.lexicon.base import ANY, Node, expand
from bots.language.message import DEEPEST, LONGEST_STEM, Message, one_slip
from bots.language.tokens import skeleton

Cues = list[dict[str, int]]  # for each token: category -> where its longest phrase that begins here ends

# What is said in the middle of another language ("ok, wysyłaj please"), or alone, where the language is a guess.
LENT = {"yes", "go", "right", "fill", "decline", "defer", "repeat", "human", "stop", "urgent"}
FORGIVEN = ("yes", "go", "fill")  # a slip of the finger in one of these may pass
SHORTEST_FORGIVEN = 5
SHORTEST_RESPELT = 5
# Where a slip is forgiven as well: in nothing that counts for a yes, and in nothing that calls a person.
RESPELT = {
    "ends", "fetched", "at_what", "until_what", "agreed", "forgot", "off", "visit", "letters", "gives_up", "cancel",
    "moves", "elsewhen", "keep", "mine", "status", "settled", "voucher",
}  # fmt: skip
_TWICE = re.compile(r"(.)\1+")


def find(message: Message) -> Cues:
    """Look every token up."""
    root = _tree(message.lexicon.code, message.romanized, tuple(LEXICONS))
    tokens = message.tokens
    keys = [skeleton(token.fold) for token in tokens] if message.romanized else [token.fold for token in tokens]
    found: Cues = []
    for index, key in enumerate(keys):
        here = _look_up(root, keys, index)
        if not here and tokens[index].kind == "word" and _TWICE.search(key):
            for kept in (r"\1", r"\1\1"):  # "yess", "даа"; "helllo"
                once = list(keys)
                once[index] = _TWICE.sub(kept, key)
                here = here or _look_up(root, once, index)
        found.append(here)
    if not message.romanized:
        _read_misspelt(message, root, keys, found)
    if "\n" in message.text:
        found = [_on_one_line(message, index, here) for index, here in enumerate(found)]
    return found


def _read_misspelt(message: Message, root: Node, keys: list[str], found: Cues) -> None:
    """Look again where a word that nobody knows is one slip away from a word of these phrases: "finsh", "anulra"."""
    known, shapes = _known(tuple(LEXICONS)), _shapes(message.lexicon.code)
    respelt = list(keys)
    slips = []
    for place, token in enumerate(message.tokens):
        word = keys[place]
        if token.kind != "word" or not SHORTEST_RESPELT <= len(word) <= LONGEST_STEM or found[place] or word in known:
            continue
        for variant in (word, *(word[:spot] + word[spot + 1 :] for spot in range(len(word)))):
            meant_here = next((one for one in shapes.get(variant, ()) if one[0] == word[0] and one_slip(one, word)), "")
            if meant_here:
                respelt[place] = meant_here
                slips.append(place)
                break
    for begin in sorted({max(0, slip - back) for slip in slips for back in range(DEEPEST)}):
        for category, end in _look_up(root, respelt, begin).items():
            if category in RESPELT and any(begin <= slip < end for slip in slips):
                found[begin].setdefault(category, end)


def _on_one_line(message: Message, index: int, here: dict[str, int]) -> dict[str, int]:
    """Keep the phrases that no line break cuts."""
    begin = message.tokens[index].start
    return {
        category: end for category, end in here.items() if "\n" not in message.text[begin : message.tokens[end - 1].end]
    }


def meant(message: Message, index: int) -> str:
    """Return the category of the word that was meant here, if it is one slip away and no known word itself."""
    token = message.tokens[index]
    word = token.fold
    if (
        token.kind != "word"
        or not SHORTEST_FORGIVEN - 1 <= len(word) <= LONGEST_STEM
        or word in _known(tuple(LEXICONS))
    ):
        return ""
    shapes = _deletions(message.lexicon.code, tuple(LEXICONS))
    for variant in (word, *(word[:place] + word[place + 1 :] for place in range(len(word)))):
        for original, category in shapes.get(variant, ()):
            # The ending must be right: "potwierdzę" is a promise, no misspelt "potwierdź".
            swapped = word[-2:] == original[-1] + original[-2]
            if original[0] == word[0] and (original[-1] == word[-1] or swapped) and one_slip(original, word):
                return category
    return ""


def _look_up(root: Node, keys: list[str], index: int) -> dict[str, int]:
    found: dict[str, int] = {}
    stack = [(root, index)]
    size = len(keys)
    while stack:
        node, place = stack.pop()
        if place > index:
            for category in node.found:
                if found.get(category, 0) < place:
                    found[category] = place
        if place >= size or place - index >= DEEPEST:
            continue
        key = keys[place]
        child = node.words.get(key)
        if child is not None:
            stack.append((child, place + 1))
        if node.stems:
            for length in node.lengths:
                child = node.stems.get(key[:length]) if length <= len(key) else None
                if child is not None:
                    stack.append((child, place + 1))
        child = node.words.get(ANY) if place > index else None
        if child is not None:
            stack.append((child, place + 1))
    return found


@cache
def _tree(code: str, romanized: bool, codes: tuple[str, ...]) -> Node:
    """The phrases of a language, then what the others lend it where it has no such word itself."""
    root = Node()
    own = LEXICONS[code]
    _plant(root, code, romanized, frozenset())
    known = own.vocabulary | _words(code)
    for other in codes:
        if other != code:
            near = own.script == LEXICONS[other].script == "cyrillic"
            _plant(root, other, romanized, known, near=near)
    root.measure()
    return root


def _plant(root: Node, code: str, romanized: bool, known: frozenset[str], *, near: bool = True) -> None:
    for category, phrases in _acts(code).items():
        if not near and category not in LENT:
            continue
        for words in expand(phrases):
            if words[0].rstrip("*") in known:
                continue
            node = root
            for word in words:
                star = word.endswith("*") and word != ANY
                key = word.rstrip("*") or ANY
                children = node.stems if star else node.words
                node = children.setdefault(skeleton(key) if romanized else key, Node())
            node.found[category] = category


def _acts(code: str) -> dict[str, str]:
    """The language's own words; where nobody has written them, its yes and no."""
    lexicon = LEXICONS[code]
    if lexicon.acts:
        return dict(lexicon.acts)
    plain = {"affirm": "yes", "deny": "no"}
    return {
        category: " | ".join(lexicon.intents[intent].values())
        for intent, category in plain.items()
        if intent in lexicon.intents
    }


@cache
def _words(code: str) -> frozenset[str]:
    return frozenset(
        word.rstrip("*") for phrases in _acts(code).values() for words in expand(phrases) for word in words
    )


@cache
def _known(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(LEXICONS[code].vocabulary | _words(code) for code in codes))


@cache
def _shapes(code: str) -> dict[str, list[str]]:
    """Every longer word of the language's phrases, under itself and itself without one letter."""
    index: dict[str, list[str]] = {}
    for word in sorted(_words(code)):
        if SHORTEST_RESPELT <= len(word) <= LONGEST_STEM and word.isalpha():
            for variant in {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}:
                index.setdefault(variant, []).append(word)
    return index


@cache
def _deletions(code: str, codes: tuple[str, ...]) -> dict[str, list[tuple[str, str]]]:
    index: dict[str, list[tuple[str, str]]] = {}
    for category in FORGIVEN:
        for words in expand(_acts(code).get(category, "")):
            word = words[0]
            if len(words) > 1 or len(word) < SHORTEST_FORGIVEN:
                continue
            for variant in {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}:
                index.setdefault(variant, []).append((word, category))
    return index
