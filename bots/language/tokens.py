"""Words with their places: the only module that looks at single characters of a message.

Everything after this works on tokens. A token keeps where it stood in the text that the customer wrote,
and its *fold*: lower case, no accents, no apostrophes, no looong letters, so that "Środę" and "sroda"'s
family or "п’ятниця" and "пятниця" meet in one dictionary.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

# A customer's message is short. Whoever pastes a novel is understood by its beginning: the work stays bounded.
LIMIT = 2000

# Three kinds of things, none of which can overlap another: nothing here can run away on hostile input.
_TOKEN = re.compile(r"(?P<number>[0-9]+)|(?P<word>[^\W\d_]+(?:['’ʼ`´‘][^\W\d_]+)*)|(?P<mark>[^\w\s]|_|[^\W0-9])")
_LONG = re.compile(r"(.)\1{2,}")

_SPECIAL = {"ł": "l", "ø": "o", "đ": "d", "ß": "ss", "æ": "ae", "œ": "oe", "ё": "е", "ґ": "г", "ў": "у", "ѝ": "и"}
_KEEP = set("йїієъьы")


def _fold_table() -> dict[int, str]:
    """Every Latin or Cyrillic letter with an accent, to the letter below it; й and ї are letters of their own."""
    table: dict[int, str] = {ord(mark): "" for mark in "'’ʼ`´‘"}
    for code in range(0xC0, 0x530):
        letter = chr(code)
        if letter in _KEEP:
            continue
        base = unicodedata.normalize("NFD", letter)[0]
        if base != letter:
            table[code] = base
    table.update({ord(letter): base for letter, base in _SPECIAL.items()})
    return table


_TABLE = _fold_table()


@lru_cache(maxsize=8192)
def fold(word: str) -> str:
    """Return the form under which a word is looked up."""
    folded = word.casefold().translate(_TABLE)
    return _LONG.sub(r"\1", folded) if len(folded) > 2 else folded


@dataclass(slots=True)
class Token:
    """A word, a number or a mark, and where it stood."""

    text: str
    fold: str
    start: int
    end: int
    kind: str  # "word", "number", "mark"
    number: int  # the value of a number, -1 for everything else
    glued: bool  # nothing stands between it and the token before


def tokenize(text: str) -> list[Token]:
    """Return the tokens of the first LIMIT characters, with offsets into `text` itself."""
    text = text[:LIMIT]
    places: list[int] | None = None
    source = text
    if not unicodedata.is_normalized("NFC", text):
        source, places = _compose(text)
    tokens: list[Token] = []
    last_end = -1
    for match in _TOKEN.finditer(source):
        kind = match.lastgroup or "mark"
        word = match.group()
        start, end = match.start(), match.end()
        number = -1
        if kind == "number":
            number = int(word) if len(word) <= 15 else 10**15
            folded = word
        elif kind == "word":
            folded = fold(word) if len(word) <= 60 else word[:60]
        else:
            folded = word
        glued = start == last_end
        last_end = end
        if places is not None:
            start, end = places[start], places[end]
        tokens.append(Token(word, folded, start, end, kind, number, glued))
    return tokens


def _compose(text: str) -> tuple[str, list[int]]:
    """NFC of a text that was typed with separate accents, and for each of its characters the old offset."""
    pieces: list[str] = []
    places: list[int] = []
    start = 0
    for index in range(1, len(text) + 1):
        if index < len(text) and unicodedata.combining(text[index]):
            continue
        cluster = unicodedata.normalize("NFC", text[start:index])
        pieces.append(cluster)
        places.extend([start] * len(cluster))
        start = index
    places.append(len(text))
    return "".join(pieces), places


_CYRILLIC = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "є": "ie", "ж": "j", "з": "z", "и": "i", "і": "i",
    "ї": "i", "й": "i", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "h", "ц": "c", "ч": "4", "ш": "w", "щ": "w", "ъ": "", "ы": "i", "ь": "", "э": "e",
    "ю": "iu", "я": "ia",
}  # fmt: skip
_CYRILLIC_TABLE = {ord(letter): latin for letter, latin in _CYRILLIC.items()}
_DIGRAPHS = (
    ("shch", "w"), ("sch", "w"), ("sh", "w"), ("zh", "j"), ("kh", "h"), ("ch", "4"), ("cz", "4"), ("sz", "w"),
    ("ts", "c"), ("tz", "c"), ("ya", "ia"), ("ja", "ia"), ("yu", "iu"), ("ju", "iu"), ("ye", "e"),
    ("yo", "e"), ("jo", "e"), ("yi", "i"), ("x", "h"), ("w", "v"), ("y", "i"), ("gh", "g"),
)  # fmt: skip
_KEEP_W = "\0"


@lru_cache(maxsize=8192)
def skeleton(folded: str) -> str:
    """Return what remains of a word that may be Cyrillic or Cyrillic spelt in Latin letters: both give the same.

    >>> skeleton("можно") == skeleton("mozhno")
    True
    """
    if any("а" <= letter <= "ӿ" for letter in folded):
        out = folded.translate(_CYRILLIC_TABLE)
    else:
        out = folded
        for latin, short in _DIGRAPHS:
            if latin in out:
                out = out.replace(latin, _KEEP_W if short == "w" else short)
        out = out.replace(_KEEP_W, "w")
    out = out.replace("ii", "i").replace("iie", "ie").replace("ie", "e")
    return out[:-1] if len(out) > 3 and out.endswith("i") and out[-2] in "aeou" else out
