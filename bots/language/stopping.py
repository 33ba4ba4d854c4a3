"""STOP and START as whole messages: heard at the door, before anything is understood.

The words are the lexicons' own phrases, those that are written out in full. What says it less plainly ("I would rather
not get these any more") is left to `understanding`, which reads the whole sentence.
"""

from functools import lru_cache

from bots.language.lexicon import LEXICONS
from bots.language.lexicon.base import expand
from bots.language.tokens import tokenize

STOP, START = "stop", "start"
LONGEST = 60  # characters; a longer message says something else as well
COURTESY = (
    "please | pls | thanks | thank you | proszę | dziękuję | будь ласка | дякую | пожалуйста | спасибо | por favor | "
    "gracias"
)


def command_in(text: str) -> str:
    """STOP or START if the whole message says so and nothing else, else "". Punctuation and courtesy do not count."""
    if not text or len(text) > LONGEST:
        return ""
    words = tuple(token.fold for token in tokenize(text) if token.kind == "word")
    if not words or any(token.kind == "number" for token in tokenize(text)):
        return ""
    for plain in (words, _without_courtesy(words)):
        for wish in (STOP, START):
            if plain in _phrases(wish):
                return wish
    return ""


def language_of(text: str) -> str:
    """Return the only language in which these words say it; "" where several do ("stop")."""
    words = _without_courtesy(tuple(token.fold for token in tokenize(text[:LONGEST]) if token.kind == "word"))
    found = [code for code in LEXICONS for wish in (STOP, START) if words in _phrases_of(code, wish)]
    return found[0] if len(set(found)) == 1 else ""


def _without_courtesy(words: tuple[str, ...]) -> tuple[str, ...]:
    for polite in _courtesies():
        size = len(polite)
        if len(words) > size and words[:size] == polite:
            words = words[size:]
        if len(words) > size and words[-size:] == polite:
            words = words[:-size]
    return words


@lru_cache(maxsize=1)
def _courtesies() -> tuple[tuple[str, ...], ...]:
    return tuple(expand(COURTESY))


@lru_cache(maxsize=2)
def _phrases(wish: str) -> frozenset[tuple[str, ...]]:
    return frozenset().union(*(_phrases_of(code, wish) for code in LEXICONS))


@lru_cache(maxsize=16)
def _phrases_of(code: str, wish: str) -> frozenset[tuple[str, ...]]:
    """Of weight 1 only; those with a star in them stand for too much."""
    written = LEXICONS[code].intents.get(wish, {}).get(1.0, "")
    return frozenset(words for words in expand(written) if not any(word.endswith("*") for word in words))
