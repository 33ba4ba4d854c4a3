"""Telephone numbers, e-mail addresses and the name someone introduces themselves with."""

from dataclasses import dataclass

import phonenumbers

from bots.language.message import Message

REGION_OF = {"pl": "PL", "uk": "UA", "ru": "RU", "es": "ES", "en": "GB"}
FEWEST_DIGITS, MOST_DIGITS = 7, 15
ADDRESS_MARKS = "._-+"
# What a number or an address is called in front of it: "tel.", "mój numer:". Possessives only with one.
LABELS = {
    "tel", "telefon", "telefonu", "phone", "mobile", "mob", "cell", "number", "numer", "nr", "mail", "email", "correo",
    "telefono", "tfno", "tlf", "telf", "movil", "numero", "тел", "телефон", "телефону", "номер", "моб",
    "почта", "пошта",
}  # fmt: skip
IS = {"is", "jest", "to", "es", "это", "це"}
OF_MINE = {"my", "moj", "mi", "мой", "мій", "contact"}


@dataclass(slots=True)
class Contact:
    """A finding at tokens start…end."""

    start: int
    end: int
    value: str


def phone(message: Message, region: str) -> Contact | None:
    """Return the first number that can be dialled, as +48600700800."""
    tokens = message.tokens
    index = 0
    while index < len(tokens):
        if tokens[index].kind != "number" or message.used[index]:
            index += 1
            continue
        start = index
        led = index > 0 and tokens[index - 1].text in "+(" and tokens[index - 1].kind == "mark"
        begin = index - 1 if led else index
        if led and tokens[begin].text == "(" and begin > 0 and tokens[begin - 1].text == "+":
            begin -= 1
        digits, end = 0, index
        while end < len(tokens) and digits <= MOST_DIGITS:
            token = tokens[end]
            if token.kind == "number":
                digits += len(token.text)
            elif token.text not in "-()./" or token.kind != "mark":
                break
            end += 1
        while end > start and tokens[end - 1].kind != "number":
            end -= 1
        index = max(end, start + 1)
        if not FEWEST_DIGITS <= digits <= MOST_DIGITS or _is_a_date(message, start, end):
            continue
        written = message.text[tokens[begin].start : tokens[end - 1].end]
        parsed = _parse(written, region, message.lexicon.code)
        if parsed:
            _take(message, begin, end, "phone")
            return Contact(begin, end, parsed)
    return None


def _is_a_date(message: Message, start: int, end: int) -> bool:
    """24.11.2026 and 15:00-17:00 are eight digits too."""
    texts = [message.tokens[place].text for place in range(start, min(end, start + 5))]
    return (
        len(texts) == 5
        and texts[1] == texts[3]
        and texts[1] in "./-"
        and 4 in (len(texts[0]), len(texts[4]))
        and (len(texts[2]) <= 2)
    )


def _parse(written: str, region: str, lang: str) -> str | None:
    regions = [region.upper()] if region else []
    regions.append(REGION_OF.get(lang, "GB"))
    if lang == "en" and not region:
        regions.append("US")
    for candidate in regions:
        try:
            parsed = phonenumbers.parse(written, candidate)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_valid_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    if not written.startswith("+"):
        try:
            parsed = phonenumbers.parse("+" + written, None)
        except phonenumbers.NumberParseException:
            return None
        if len(str(parsed.national_number)) >= 8 and phonenumbers.is_valid_number(parsed):
            return phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return None


def email(message: Message) -> Contact | None:
    """Return the first address; built outward from the @, so its cost is its length."""
    tokens = message.tokens
    for at, token in enumerate(tokens):
        if token.text != "@" or not token.glued or not message.glued(at + 1):
            continue
        start = at - 1
        while start > 0 and tokens[start].glued and _belongs(message, start - 1):
            start -= 1
        end = at + 2
        while end < len(tokens) and tokens[end].glued and _belongs(message, end):
            end += 1
        while end > at + 1 and tokens[end - 1].kind == "mark":
            end -= 1
        domain = message.text[tokens[at].end : tokens[end - 1].end]
        if start < at and "." in domain and domain.isascii():
            _take(message, start, end, "email")
            begin, finish = message.offsets(start, end)
            return Contact(start, end, message.text[begin:finish])
    return None


def _belongs(message: Message, index: int) -> bool:
    token = message.tokens[index]
    return token.kind in ("word", "number") or token.text in ADDRESS_MARKS


LONGEST_NAME = 3


def name(message: Message, *, asked: bool) -> Contact | None:
    """After "my name is", or the whole short message when we asked for a name."""
    for index in range(len(message)):
        intro = message.tag(index, "name_intro") or message.tag(index, "name_weak")
        if intro:
            weak = intro[0] == "name_weak"
            found = _proper(message, intro[1], strict=weak, introduced=not weak)
            if found:
                message.take(found.start, found.end, "name")
                return found
    reached = next((place for place, used in enumerate(message.used) if used in ("phone", "email")), None)
    if reached is not None and (found := _beside(message, reached)):
        return found
    if not asked:
        return None
    free = [
        place for place, token in enumerate(message.tokens) if token.kind == "word" and not _is_said(message, place)
    ]
    found = _proper(message, free[0], strict=False, loose=True) if free else None
    if found is None:
        return None
    begins = found.start == 0 and message.mark(found.end, ",.;\n") and message.tokens[0].text[0].isupper()
    if found.end - found.start != len(free) and not begins:
        return None  # something else is said as well: then a word that nobody knows is no name
    small = message.tokens[found.start].text[0].islower()
    if small and any(tag in tags for tags in message.tags for tag in ("i:thank", "i:affirm", "i:bye")):
        return None  # "спасибо большое"
    message.take(found.start, found.end, "name")
    return found


def _beside(message: Message, reached: int) -> Contact | None:
    """Return the name that stands right before or behind a phone or an address: up to three words with capitals."""
    start = reached
    while start > 0 and (message.mark(start - 1, ",:-–(+") or message.tag(start - 1, "phone_word")):
        start -= 1
    begin = start
    while begin > 0 and start - begin < LONGEST_NAME and _is_capital(message, begin - 1):
        begin -= 1
    end = reached
    while end < len(message) and (message.used[end] in ("phone", "email") or message.mark(end, ",-–)")):
        end += 1
    finish = end
    while finish < len(message) and finish - end < LONGEST_NAME and _is_capital(message, finish):
        finish += 1
    for first, last in ((begin, start), (end, finish)):
        if first < last:
            message.take(first, last, "name")
            begins, ends = message.offsets(first, last)
            return Contact(first, last, message.text[begins:ends])
    return None


def _is_capital(message: Message, place: int) -> bool:
    token = message.tokens[place]
    if token.kind != "word" or message.used[place] or len(token.text) < 2 or not token.text[0].isupper():
        return False
    return not _is_said(message, place) and token.fold not in message.lexicon.vocabulary


def _is_said(message: Message, place: int) -> bool:
    """Return whether a word is understood as something else than a name: a phone, a greeting, thanks, "phone:"."""
    if message.used[place]:
        return True
    return any(tag in message.tags[place] for tag in ("i:greet", "i:thank", "i:affirm", "and", "me"))


def _take(message: Message, begin: int, end: int, kind: str) -> None:
    """Take a number or an address, with what says in front of it that it is one."""
    first, place = begin, begin
    while place > 0 and not message.used[place - 1]:
        place -= 1
        token = message.tokens[place]
        if token.fold in LABELS or (first < begin and token.fold in OF_MINE):
            first = place
        elif token.text not in (".", ":") and not (place == begin - 1 and token.fold in IS):
            break
    message.take(first, end, kind)


def _proper(
    message: Message, index: int, *, strict: bool, loose: bool = False, introduced: bool = False
) -> Contact | None:
    """Up to three words that no dictionary of ours knows; strict: they must also begin with a capital."""
    end = index
    while end < len(message) and end - index < LONGEST_NAME:
        token = message.tokens[end]
        if token.kind != "word" or message.used[end] or len(token.text) < 2:
            break
        capital = token.text[0].isupper()
        if end == index and capital and introduced and token.fold not in message.lexicon.vocabulary:
            end += 1
            continue
        known = set(message.tags[end]) - {"weekday", "month"} or token.fold in message.lexicon.vocabulary
        if known and not (capital and end > index and not message.lexicon.vocabulary.intersection({token.fold})):
            break
        if (strict or (end > index and not loose)) and not capital:
            break
        end += 1
    if end == index:
        return None
    start_offset, end_offset = message.offsets(index, end)
    value = message.text[start_offset:end_offset]
    return Contact(index, end, value if any(letter.isupper() for letter in value) else value.title())
