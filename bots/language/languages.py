"""Which language is a message in? Words first, letters second, the conversation's own language as a prior."""

from collections.abc import Iterator
from functools import cache

from bots.language.lexicon import LEXICONS
from bots.language.tokens import Token, skeleton

PRIOR = 0.9  # a conversation stays in its language until about one clear word says otherwise
DEFAULT = 0.25
BORROWED = 0.6  # more than the default, less than the conversation so far
GREETINGS = {"i:greet", "i:thank", "i:bye"}
SAYS_SOMETHING = 0.15  # half a short word that two languages share
FEW_CYRILLIC = 4  # one word of so many in Cyrillic is a greeting or a name in a romanized message
ONE_WORD = 1.05  # what a single word can say at most
FEWEST_DIGITS, FEW = 7, 4  # of a phone; words of a name
CYRILLIC_FIRST, CYRILLIC_LAST = "Ѐ", "ԯ"


@cache
def _votes(codes: tuple[str, ...]) -> dict[str, tuple[tuple[str, float], ...]]:
    """Word -> how much it says for each language; a word that several share says less for each."""
    owners: dict[str, list[str]] = {}
    for code in codes:
        lexicon = LEXICONS[code]
        for word in lexicon.vocabulary:
            owners.setdefault(word, []).append(code)
    votes = {word: tuple((code, 1.0 / len(names) ** 1.5) for code in names) for word, names in owners.items()}
    votes.update((word, ((lender, BORROWED),)) for word, lender in _borrowed_greetings(owners))
    return votes


def _borrowed_greetings(owners: dict[str, list[str]]) -> Iterator[tuple[str, str]]:
    """ "Hello" and "thanks" are said in Polish too, but they are English: (word, the language that lends it)."""
    for word, codes in owners.items():
        lenders = [code for code in codes if LEXICONS[code].lends]
        if not lenders or len(codes) == 1:
            continue
        nodes = [LEXICONS[code].tree.words.get(word) for code in codes if code not in lenders]
        if all(node is not None and node.found and node.found.keys() <= GREETINGS for node in nodes):
            yield word, lenders[0]


@cache
def _romanized_votes(codes: tuple[str, ...]) -> dict[str, tuple[tuple[str, float], ...]]:
    owners: dict[str, set[str]] = {}
    for code in codes:
        lexicon = LEXICONS[code]
        if lexicon.script == "cyrillic":
            for word in lexicon.vocabulary:
                if len(word) >= 3:
                    owners.setdefault(skeleton(word), set()).add(code)
    return {word: tuple((code, 1.0 / len(codes) ** 1.5) for code in codes) for word, codes in owners.items()}


@cache
def _endings(codes: tuple[str, ...]) -> dict[str, tuple[tuple[str, float], ...]]:
    owners: dict[str, list[str]] = {}
    for code in codes:
        for ending in LEXICONS[code].endings.split():
            owners.setdefault(ending, []).append(code)
    return {ending: tuple((code, 0.3 / len(codes)) for code in codes) for ending, codes in owners.items()}


def detect(tokens: list[Token], *, prior: str, default: str) -> tuple[str, float, bool]:
    """(language, how sure from 0 to 1, whether it is Cyrillic written in Latin letters)."""
    words = _no_names(tokens)
    scores = dict.fromkeys(LEXICONS, 0.0)
    romanized = dict.fromkeys((code for code, lexicon in LEXICONS.items() if lexicon.script == "cyrillic"), 0.0)
    evidence = 0.0
    for token in words[:120]:
        evidence += _weigh(token, scores, romanized)
    evidence += _weigh_letters(words, scores)
    fallback = prior or default
    if prior in scores:
        scores[prior] += PRIOR
    elif default in scores:
        scores[default] += DEFAULT
    written = {_is_cyrillic(token.fold) for token in words}
    if written == {True}:  # no Latin letter at all: none of the Latin languages, whatever the conversation was in
        for code, lexicon in LEXICONS.items():
            if lexicon.script == "latin":
                scores[code] = 0.0
    best = max(scores, key=lambda code: scores[code])
    if scores[best] <= 0:
        best = fallback if fallback in scores else next(iter(scores))
    total = sum(scores.values()) or 1.0
    sure = scores[best] / total if evidence else (0.5 if prior else 0.2)
    mixed = len(written) == 2 and sum(map(_is_cyrillic, (token.fold for token in words))) * FEW_CYRILLIC <= len(words)
    if romanized and (True not in written or mixed) and words:
        slavic = max(romanized, key=lambda code: romanized[code] + (PRIOR if code == prior else 0))
        bar = scores[best] - (PRIOR if best == prior else DEFAULT if best == default else 0)
        if mixed:  # "привет! zapishite menya": the greeting speaks for the same language
            bar = max(scores[code] - (DEFAULT if code == default else 0) for code in scores if code not in romanized)
        is_latin = prior in LEXICONS and LEXICONS[prior].script == "latin"
        enough = ONE_WORD if is_latin else 0.5  # a talk in Polish is not in Russian because of a “Marta”
        if romanized[slavic] > enough and romanized[slavic] > bar * 1.2:
            return slavic, min(0.9, romanized[slavic] / (romanized[slavic] + bar + 0.2)), True
        if best == prior and LEXICONS[best].script == "cyrillic":
            if romanized[best] > 0:
                return best, 0.6, True
            latin = max((code for code in scores if code not in romanized), key=lambda code: scores[code])
            if scores[latin] >= SAYS_SOMETHING:  # "at 5", "o 17": read in its own script; "ok" says nothing
                return latin, 0.5, False
    return best, round(min(1.0, sure), 3), False


def _no_names(tokens: list[Token]) -> list[Token]:
    """Return the words that tell a language: beside a phone or an address, capitals are names."""
    words = [token for token in tokens if token.kind == "word"]
    digits = sum(len(token.text) for token in tokens if token.kind == "number")
    at = next((place for place, token in enumerate(tokens) if token.text == "@"), None)
    if at is None and digits < FEWEST_DIGITS:
        return words
    if at is not None:
        start, end = at, at + 1
        while start > 0 and tokens[start].glued:
            start -= 1
        while end < len(tokens) and tokens[end].glued:
            end += 1
        words = [token for token in words if not tokens[start].start <= token.start < tokens[end - 1].end]
    if at is None and len(words) == 1:
        return []  # "ola 600 700 800"
    return [token for token in words if not token.text[0].isupper() or (token.start == 0 and len(words) > FEW)]


def _weigh_letters(words: list[Token], scores: dict[str, float]) -> float:
    """Cyrillic without one і, ї or є is Russian the more likely the longer it is; without ы and э rather Ukrainian."""
    text = "".join(token.text.lower() for token in words[:120] if _is_cyrillic(token.fold))
    if len(text) < 3:
        return 0.0
    said = 0.0
    for code, lexicon in LEXICONS.items():
        if lexicon.script == "cyrillic" and not any(letter in lexicon.letters for letter in text):
            for other, lexicon_other in LEXICONS.items():
                if other != code and lexicon_other.script == "cyrillic":
                    vote = min(0.6, 0.012 * len(text) * (2 if len(lexicon.letters) == 4 and code == "uk" else 1))
                    scores[other] += vote
                    said += vote
    return said


def _weigh(token: Token, scores: dict[str, float], romanized: dict[str, float]) -> float:
    """Add what this word says; returns how much that was."""
    word = token.fold
    codes = tuple(LEXICONS)
    said = 0.0
    cyrillic = _is_cyrillic(word)
    for code, vote in _votes(codes).get(word, ()):
        weight = vote if len(word) > 2 else vote * 0.5
        scores[code] += weight
        said += weight
    original = token.text.lower()
    for code, lexicon in LEXICONS.items():
        if lexicon.letters and any(letter in lexicon.letters for letter in original):
            scores[code] += 1.0
            said += 1.0
    if not said:
        for length in (4, 3, 2):
            for code, vote in _endings(codes).get(word[-length:], ()) if len(word) > length else ():
                scores[code] += vote
                said += vote
        if cyrillic:
            for code in romanized:
                scores[code] += 0.1
            said += 0.1
    if not cyrillic and len(word) >= 3:
        for code, vote in _romanized_votes(codes).get(skeleton(word), ()):
            if word not in _votes(codes):
                romanized[code] += vote
    return said


def _is_cyrillic(word: str) -> bool:
    return any(CYRILLIC_FIRST <= letter <= CYRILLIC_LAST for letter in word)
