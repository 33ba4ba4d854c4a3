"""Where the words of consent and of acts stand in a message, in its own language and in those it is mixed with."""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from bots.language.lexicon import LEXICONS
from bots.language.lexicon.automaton import Place, State, opened, plant, words_of
from bots.language.message import DEEPEST, LONGEST_STEM, Message, one_slip
from bots.language.tokens import skeleton

Cues = list[dict[str, int]]  # for each token: category -> where its longest phrase that begins here ends

# What is said in the middle of another language ("ok, wysyłaj please"), or alone, where the language is a guess.
LENT = {"yes", "go", "right", "fill", "decline", "defer", "repeat", "human", "stop", "urgent"}
SHORTEST_FORGIVEN = 4
SHORTEST_RESPELT = 5
# Where a slip is forgiven as well: in nothing that counts for a yes, and in nothing that calls a person.
RESPELT = {
    "ends", "fetched", "at_what", "until_what", "agreed", "forgot", "off", "visit", "letters", "gives_up", "cancel",
    "moves", "elsewhen", "keep", "mine", "status", "settled", "voucher",
}  # fmt: skip
# What a word is by its marks alone, whatever it would be without: "pasuję" passes, "pasuje" suits; "pasó" went through.
BY_MARKS = {"pasuję": "decline", "pasó": "settled"}
_TWICE = re.compile(r"(.)\1+")


def find(message: Message) -> Cues:
    """Look every token up."""
    root = _root(message.lexicon.code, message.romanized, tuple(LEXICONS))
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
    for index, token in enumerate(tokens):
        if (meant := BY_MARKS.get(token.text.lower())) is not None:
            found[index] = {category: end for category, end in found[index].items() if end > index + 1}
            found[index].setdefault(meant, index + 1)
    if not message.romanized:
        _read_misspelt(message, root, keys, found)
    if "\n" in message.text:
        found = [_on_one_line(message, index, here) for index, here in enumerate(found)]
    _pass_greetings(message, found)
    return found


def _pass_greetings(message: Message, found: Cues) -> None:
    """A hello at the beginning says nothing to what is open: “howdy, yes”, «алло, да»."""
    place = 0
    while place < len(message):
        _sure, end = message.tags[place].get("i:greet", (0.0, 0))
        if end <= place and message.tokens[place].kind != "mark":
            return
        follows = found[end].keys() if place < end < len(message) else set()
        if end > place and (follows & {"yes", "go"} or message.mark(end, ",.!-–—…\n")):  # not “qué tal el viernes”
            found[place]["fill"] = max(found[place].get("fill", 0), end)
        place = max(end, place + 1)


def _read_misspelt(message: Message, root: State, keys: list[str], found: Cues) -> None:
    """Look again where a word that nobody knows is one slip away from a word of these phrases: "finsh", "anulra"."""
    known, shapes = _known(tuple(LEXICONS)), _shapes(message.lexicon.code, SHORTEST_RESPELT)
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


def with_slip_mended(message: Message, found: Cues) -> Iterator[Cues]:
    """Yield what is found if one word that nobody knows was meant to be another: "sure thnig", "tak, wysłyaj".

    The first and the last letter must be right: "potwierdzę" is a promise, no misspelt "potwierdź".
    """
    known, shapes = _known(tuple(LEXICONS)), _shapes(message.lexicon.code, SHORTEST_FORGIVEN)
    root = _root(message.lexicon.code, message.romanized, tuple(LEXICONS))
    keys = [token.fold for token in message.tokens]
    for place, word in enumerate(keys):
        usual = SHORTEST_FORGIVEN - 1 <= len(word) <= LONGEST_STEM and message.tokens[place].kind == "word"
        if message.romanized or not usual or word in known or message.used[place]:
            continue
        for meant in _meant(word, shapes):
            respelt = [*keys[:place], meant, *keys[place + 1 :]]
            begin = max(0, place - DEEPEST)
            again = [_look_up(root, respelt, index) for index in range(begin, place + 1)]
            yield [*found[:begin], *again, *found[place + 1 :]]


def _meant(word: str, shapes: Mapping[str, Sequence[str]]) -> list[str]:
    """Return the words that this one may be with one slip of the finger; a short one has no letter too many."""
    variants = (word, *(word[:place] + word[place + 1 :] for place in range(len(word))))
    near = dict.fromkeys(one for variant in variants for one in shapes.get(variant, ()))
    return [
        one
        for one in near
        if one[0] == word[0]
        and (one[-1] == word[-1] or word[-2:] == one[-1] + one[-2])
        and one_slip(one, word)
        and (len(one) >= SHORTEST_RESPELT or len(word) <= len(one))  # "duele" is no misspelt "dele"
    ]


def _look_up(root: State, keys: list[str], index: int) -> dict[str, int]:
    found: dict[str, int] = {}
    state = root
    for place in range(index, min(len(keys), index + DEEPEST)):
        further = state.step(keys[place], anything=place > index)
        if further is None:
            break
        state = further
        for category in state.found:
            found[category] = place + 1
    return found


@cache
def _root(code: str, romanized: bool, codes: tuple[str, ...]) -> State:
    """The phrases of a language, then what the others lend it where it has no such word itself."""
    start, own = Place(), LEXICONS[code]
    for category, phrases in _acts(code).items():
        plant(start, phrases, category)
    known = own.vocabulary | _words(code)
    for other in codes:
        near = own.script == LEXICONS[other].script == "cyrillic"
        for category, phrases in _acts(other).items() if other != code else ():
            if near or category in LENT:
                plant(start, phrases, category, known=known)
    return opened(start, skeleton if romanized else str)


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
    return frozenset(word for phrases in _acts(code).values() for word in words_of(phrases))


@cache
def _known(codes: tuple[str, ...]) -> frozenset[str]:
    return frozenset().union(*(LEXICONS[code].vocabulary | _words(code) for code in codes))


@cache
def _shapes(code: str, shortest: int) -> dict[str, list[str]]:
    """Every word of so many letters or more of the language's phrases, under itself and itself without one letter."""
    index: dict[str, list[str]] = {}
    for word in sorted(_words(code)):
        if shortest <= len(word) <= LONGEST_STEM and word.isalpha():
            for variant in {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}:
                index.setdefault(variant, []).append(word)
    return index
