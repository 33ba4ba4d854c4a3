"""Sizes and sums of money as customers write them: "12 cm", "4 x 6 inches", "do 1500 zł", "две тысячи злотых".

Pure like its neighbours. Sizes come out in centimetres, money in whole and hundredth units of its currency.

>>> sizes("like 10 by 15 cm")
[Size(cm=(10.0, 15.0))]
>>> money("around 300-400 euro", currency="PLN")
Money(low=Decimal('300'), high=Decimal('400'), currency='EUR')
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from bots.language import numbers
from bots.language.lexicon import LEXICONS
from bots.language.message import annotate
from bots.language.tokens import LIMIT, tokenize

INCH = 2.54  # centimetres, exactly, since 1959
LARGEST = Decimal(10_000_000)  # what is more is a telephone number

_NUMBER = r"\d{1,3}(?:[ \u00a0.,']\d{3})+(?![\d])|\d+(?:[.,]\d{1,2})?"
_CM = r"(?:cm|centymetr\w*|centimet\w*|centímet\w*|см|сантим\w*|cms)\b\.?"
_MM = r"(?:mm|milimetr\w*|millimet\w*|milímet\w*|мм|миллим\w*|мілім\w*)\b\.?"
_INCH = r"(?:inch(?:es)?\b|ins\b|cal[ie]?\b|дюйм\w*|pulgadas?\b|[\"”“″]|'')"
_IN = r"in\b\.?(?=\s*(?:$|[,.;!?x×]|tall|wide|long|high|by|big|across|or so))"  # "4 in december" is no size
_BY = r"\s*(?:x|х|×|\*|by|na|на|por)\s*"
_TO = r"\s*(?:-|–|—|to|and|do|a|i|и|і|й|до|al|y|or|lub|или|або|o)\s*"
_UNIT = rf"(?:(?P<cm>{_CM})|(?P<mm>{_MM})|(?P<inch>{_INCH}|{_IN}))"
_MIDDLE = rf"(?:\s*(?:{_CM}|{_MM}|{_INCH}))?"
_SIZE = re.compile(
    rf"(?<![\w.,])(?P<first>{_NUMBER})"
    rf"(?:{_MIDDLE}{_BY}(?P<second>{_NUMBER})|{_MIDDLE}{_TO}(?P<upto>{_NUMBER}))?\s*{_UNIT}"
    rf"(?:{_BY}(?P<last>{_NUMBER})(?![\d.,]*\d))?",
    re.IGNORECASE,
)
_BARE_SIZE = re.compile(
    rf"(?<![\w.,])(?P<first>{_NUMBER})(?:{_BY}(?P<second>{_NUMBER})|{_TO}(?P<upto>{_NUMBER}))?(?![\w])", re.IGNORECASE
)

CURRENCIES: dict[str, str] = {
    "EUR": r"€|(?<=\d)e\b|eur[oó]?s?\b|euro\w{0,3}|євро|евро",
    "PLN": r"z[łl](?:\b|ot\w*)|pln\b|злот\w*|зл\b\.?",
    "USD": r"\$|usd\b|dollars?\b|bucks?\b|dolar\w*|dólar\w*|доллар\w*|долар\w*",
    "GBP": r"£|gbp\b|pounds?\b|quid\b|funt\w*|фунт\w*|libras?\b",
    "UAH": r"₴|uah\b|грн\b\.?|грив\w*|hrywn\w*|hryvn\w*|grivn\w*",
    "RUB": r"₽|rub\b|руб\w*\.?|rubl\w*",
    "CZK": r"kč|czk\b|koron\w*|крон\w*|coronas?\b",
    "CHF": r"chf\b|frank\w*|franc\w*|франк\w*",
}
_CURRENCY = "|".join(CURRENCIES.values())
_THOUSAND = r"(?:k\b|к\b|thousand\b|tys\b\.?|tysi[ąa]\w*|тыс\b\.?|тысяч\w*|тис\b\.?|тисяч\w*|mil\b)"
_MONEY = re.compile(
    rf"(?:(?P<ahead>{_CURRENCY})\s*)?"
    rf"(?<![\d.,])(?P<first>{_NUMBER})\s*(?P<k1>{_THOUSAND})?"
    rf"(?:\s*(?P<between>{_CURRENCY})?{_TO}(?:[€$£₴₽]\s*)?(?P<upto>{_NUMBER})\s*(?P<k2>{_THOUSAND})?)?"
    rf"\s*(?P<behind>{_CURRENCY})?(?!\w)",
    re.IGNORECASE,
)
_ONE_THOUSAND = re.compile(rf"(?<![\w\d.,])(?<!\d )(?:{_THOUSAND})(?=\s*(?:{_CURRENCY}))", re.IGNORECASE)
_FROM = re.compile(
    r"\b(?:from|at least|min\.?|minimum|starting|od|от|від|desde|a partir de|mínimo|minimo)\s*[€$£]?\s*$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Size:
    """In centimetres: one length, or width and height. Of a stretch ("10-12 cm") the longer end."""

    cm: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Money:
    """A sum or a stretch of sums. `low` is None where only the most was said, `high` where only the least was."""

    low: Decimal | None
    high: Decimal | None
    currency: str


def sizes(text: str, *, lang: str = "en", bare: bool = False) -> list[Size]:
    """The sizes that a text names. With `bare` a number without a unit is taken for centimetres: that was asked for."""
    plain = in_figures(text[:LIMIT], lang)
    found = [_size(match) for match in _SIZE.finditer(plain)]
    if not found and bare:
        found = [_size(match) for match in _BARE_SIZE.finditer(plain)]
    return [size for size in found if all(0 < length < 1000 for length in size.cm)]


def money(text: str, *, currency: str, lang: str = "en", bare: bool = False) -> Money | None:
    """Return the first sum of money. With `bare` a number alone is one, in `currency`: that was asked for."""
    plain = in_figures(text[:LIMIT], lang)
    plain = _ONE_THOUSAND.sub(lambda match: f"1 {match[0]}", _SIZE.sub(" ", plain))
    for take_bare in (False, True) if bare else (False,):
        for match in _MONEY.finditer(plain):
            named = _code(match["ahead"] or match["behind"] or match["between"] or "")
            if not named and not take_bare and not (match["k1"] or match["k2"]):
                continue
            if found := _sum(match, plain, named or currency):
                return found
    return None


def number(text: str, *, lang: str = "en") -> Decimal | None:
    """Return the first number, in figures or in words."""
    match = re.search(_NUMBER, in_figures(text[:LIMIT], lang))
    return _decimal(match[0]) if match else None


def in_figures(text: str, lang: str) -> str:
    """Return the text with its numbers in figures; words that count nothing ("a", "one of") stay as they are."""
    lexicon = LEXICONS.get(lang) or LEXICONS["en"]
    tokens = tokenize(text)
    if not tokens:
        return text
    message = annotate(text, tokens, lexicon, romanized=False, others=[])
    numbers.read(message)
    pieces, place, index = [], 0, 0
    while index < len(tokens):
        tag = message.tag(index, "num")
        if tag and tokens[index].kind == "word" and isinstance(tag[0], int):
            pieces += [text[place : tokens[index].start], str(tag[0])]
            place = tokens[tag[1] - 1].end
            index = tag[1]
        else:
            index += 1
    return "".join([*pieces, text[place:]])


def _code(words: str) -> str:
    if words in ("e", "E"):
        return "EUR"
    return next((code for code, known in CURRENCIES.items() if words and re.fullmatch(known, words, re.IGNORECASE)), "")


def _size(match: re.Match[str]) -> Size:
    named = match.groupdict()
    factor = 0.1 if named.get("mm") else INCH if named.get("inch") else 1.0
    first = float(_decimal(match["first"])) * factor
    if second := match["second"] or named.get("last"):
        return Size((round(first, 1), round(float(_decimal(second)) * factor, 1)))
    longest = max(first, float(_decimal(match["upto"])) * factor) if match["upto"] else first
    return Size((round(longest, 1),))


def _sum(match: re.Match[str], text: str, currency: str) -> Money | None:
    low = _decimal(match["first"])
    high = _decimal(match["upto"]) if match["upto"] else None
    if match["k2"] and high is not None:
        low *= 1000 if match["k1"] or low < high else 1
        high *= 1000
    elif match["k1"]:
        low *= 1000
    if max(low, high or low) > LARGEST or not max(low, high or low):
        return None
    if high is not None:
        return Money(min(low, high), max(low, high), currency)
    if _FROM.search(text[: match.start()]):
        return Money(low, None, currency)
    return Money(None, low, currency)


def _decimal(written: str) -> Decimal:
    """ "1 500", "1.500" and "1,500" are a thousand and a half; "1,5" and "1.50" one and a half."""
    digits = re.sub(r"[ \u00a0']", "", written)
    if re.fullmatch(r"\d{1,3}(?:[.,]\d{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    return Decimal(digits.replace(",", "."))
