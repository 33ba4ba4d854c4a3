"""Who comes with whoever writes: "me and her", "for my wife and myself", "dad and son", "прийти з ним"."""

from bots.language.message import Message
from bots.language.numbers import number
from bots.language.people import ages, party
from bots.language.people.found import People

Group = tuple[int, int, int]  # first token, index behind the last, so many people

ASIDE = 3  # words between "talk" and "to my mum"
NEAR = 3  # tokens between a verb of coming and "with him"
WE_NEAR = 5  # tokens between "venimos" and "las dos"
WOMEN = 8
TOGETHER = ("junt", "sol", "jubil")  # how two women are, and no things of which there are two
AND_MARKS = "+&/"
OTHERWISE = ("a", "а", "plus", "плюс")  # joints that rather oppose or add
ARTICLES = ("the", "el", "la")
UNOWNED = ("a", "an", "un", "una", "the", "one")
WE_ENDINGS = ("my", "мо", "mos", "им", "ем", "ём")  # "ja i młoda wpadniemy": a verb, and no noun that is young


def find(message: Message) -> Group | None:
    """Return the first pair or group that the writer or a parent makes with somebody, with no number said."""
    for index in range(len(message)):
        found = _listed(message, index) or _parent_and_child(message, index)
        if found:
            return found
    for index in range(len(message)):
        found = _beside_him(message, index)
        if found:
            return found
    return None


def companion(message: Message, index: int) -> tuple[int, int] | None:
    """(how many, index behind) of "my daughter", "two friends", "братан мой", "my 7 year old"."""
    if message.word(index) in ARTICLES and message.tag(index + 1, "child"):
        index += 1  # "with the little one"
    place, count = party.behind_owner(message, index, "my")
    aged = ages.behind(message, place)
    one = message.tag(aged, "relation")
    many = message.tag(aged, "relations")
    if one and not (many and count > 1):
        if _describes(message, aged, one[1]):
            return None
        return max(count, 1), ages.behind(message, message.after(one[1], "mine"))
    if many:
        told = ages.behind(message, many[1])
        count = count or sum("num" in tags for tags in message.tags[many[1] : told])
        return (count, told) if count else None
    if aged > place > index:
        return max(count, 1), aged  # "my 7 year old"
    for spot in range(index, place):  # "mój mały" and "my little one": the words of an owner may be somebody as well
        lone = message.tag(spot, "relation")
        if lone and lone[1] >= place and not _describes(message, spot, lone[1]):
            return 1, ages.behind(message, lone[1])
    return None


def _describes(message: Message, index: int, end: int) -> bool:
    """ "З малою групою", "z młodą parą": a word that could be a child describes the noun behind it."""
    if not message.tag(index, "adjectival") or end >= len(message) or message.tokens[end].kind != "word":
        return False
    word = message.word(end)
    noun = not message.tags[end] or any(
        message.tag(end, role) for role in ("people", "goods", "relation", "unit", "together")
    )
    return noun and len(word) > NEAR and not word.endswith(WE_ENDINGS)


def talked_to(message: Message, start: int, end: int) -> bool:
    """ "I have to talk to my mum", "надо с мужем обсудить": they are asked, and do not come."""
    for step, spots in ((-1, range(start - 1, -1, -1)), (1, range(end, len(message)))):
        for spot in spots:
            if message.tokens[spot].kind == "mark" or abs(spot - (start if step < 0 else end)) > ASIDE:
                break
            if message.tag(spot, "talks"):
                return True
    return message.tag(start, "talks") is not None


def _listed(message: Message, index: int) -> Group | None:
    """ "Me and her", "братан мой и я", "для неї і для мене", "ja tata + córka": the writer among others."""
    if _owned(message, index) or (message.before(index, "and") is not None and not message.before(index, "with")):
        return None
    others, end, place, myself, parts = 0, index, index, False, 0
    while True:
        spot = _skip_preposition(message, place) if parts or message.tag(place, "for") else place
        if (me := _me(message, spot, first=not parts)) is not None and not myself:
            myself, end = True, me
        else:
            the = spot + (message.word(spot) in ARTICLES and parts > 0)  # "me and the missus"
            other = _him(message, spot) or companion(message, the)
            if other is None or not message.free_but_age(spot, other[1]):
                break
            others, end = others + other[0], other[1]
        parts += 1
        joint = _joint(message, end)
        if joint is None:
            break
        place = joint
    if not myself or not others or parts < 2:
        return None
    led = message.before(index, "for")
    if led is not None and _is_subject(message, end - 1) and _goes_on(message, end):
        return None  # "a class for my mum, and I want…"
    return index, end, others + 1


def _skip_preposition(message: Message, index: int) -> int:
    for role in ("for", "to_whom"):
        found = message.tag(index, role)
        if found and found[1] == index + 1:
            return found[1]
    return index


def _me(message: Message, index: int, *, first: bool) -> int | None:
    """Return the index behind "me", "ja mama", "myself", if it stands here; "my" is none, and a bare "mi" neither."""
    found = message.tag(index, "me") or message.tag(index, "oneself")
    owner = message.tag(index, "my")
    if found is None or (owner and owner[1] >= found[1] and message.tokens[index].text.lower() != "mí"):
        return None
    joined = message.tag(found[1], "and") is not None or message.mark(found[1], AND_MARKS)
    parent = message.tag(found[1], "parent")
    if parent and first:
        return parent[1]
    return found[1] if joined or not first else None


def goes_with(message: Message, index: int) -> bool:
    """ "(Just me) and her", "(только я) и дочка": whether somebody is joined to the writer here."""
    joint = _joint(message, index)
    return joint is not None and (_him(message, joint) or companion(message, joint)) is not None


def _him(message: Message, index: int) -> tuple[int, int] | None:
    """ "Her", "она": somebody spoken of before; "her sister" is somebody else."""
    found = message.tag(index, "he")
    if found is None or message.tag(found[1], "relation") or message.tag(found[1], "relations"):
        return None
    if message.tag(found[1], "goods") or message.tag(found[1], "before_number"):
        return None  # "me and her mug"
    if message.tokens[index].text.lower() == "el" and message.tag(found[1], "and") is None:
        return None  # "con el perro": an article, and no "él"
    return 1, found[1]


def _joint(message: Message, index: int) -> int | None:
    """Return the index behind an "and" or a "+" that stands here."""
    joined = message.tag(index, "and")
    if joined and message.word(index) not in OTHERWISE and message.free(index, joined[1]):
        return joined[1]
    if message.mark(index, AND_MARKS):
        return index + 1
    return None


def _is_subject(message: Message, index: int) -> bool:
    """Return whether the writer is named as the one who does something: "I", not "me"."""
    return message.tag(index, "i_self") is not None


def _goes_on(message: Message, index: int) -> bool:
    """Return whether a verb follows, so that what is said of the writer is told and not listed."""
    if index >= len(message) or message.tokens[index].kind != "word" or message.used[index]:
        return False
    ends = ("the", "at", "clock", "day", "weekday", "part", "please", "for", "in", "num")
    return not any(message.tag(index, role) for role in ends)


def _parent_and_child(message: Message, index: int) -> Group | None:
    """ "Dad and son", "тато + син", "papá e hijo", "mother-daughter": whoever writes is one of the two."""
    if message.tag(index, "parent") is None and message.tag(index, "child") is None:
        return None
    asks = any(message.mark(place, "?") for place in range(index, len(message)))
    if asks and not any(role in message.roles for role in ("weekday", "day", "month")):
        return None  # "do you have classes for mother and child?"
    for one, other in (("parent", "child"), ("child", "parent")):
        first = message.tag(index, one)
        if first is None or _owned(message, index):
            continue
        place = _joint(message, ages.behind(message, first[1]))
        if place is None:
            place = first[1] + message.mark(first[1], "-–")
            if place == first[1] and message.lexicon.code != "en":
                continue
        start = place
        while message.word(place) in UNOWNED:
            place += 1
        second = message.tag(place, other)
        if second and (place == start or not _owned(message, place)) and message.tag(place, "relation"):
            if message.before(index, "me") is not None:
                return None
            return index, ages.behind(message, second[1]), 2
    return None


def _owned(message: Message, index: int) -> bool:
    """Return whether somebody's is said of whom: "my mum", but not "a mum"."""
    owner = message.before(index, "my")
    return owner is not None and message.word(owner) not in UNOWNED


def _beside_him(message: Message, index: int) -> Group | None:
    """ "Прийти з ним", "lepić razem z nią", "llevarla", "I would bring her": the writer and somebody named before."""
    led = message.tag(index, "beside") or message.tag(index, "along")
    him = _him(message, led[1]) if led else None
    brings = message.tag(index, "brings_him")
    if brings and (any("child" in tags for tags in message.tags[:index]) or "age" in message.used):
        return None if _also(message, brings[1]) else (index, brings[1], 2)
    if not led or not him or number(message, him[1]):
        return None
    if _also(message, him[1]) and message.before(index, "i_self") is None:  # "я с ней тоже сяду"
        return None
    if message.before(index, "not") is not None or not message.free(index, him[1]):
        return None
    around = [*range(max(0, index - NEAR), index), *range(him[1], min(len(message), him[1] + NEAR))]
    comes = any(message.tag(place, role) for place in around for role in ("come", "comes", "i_come", "makes"))
    wanted = comes or message.tag(index, "along") or "age" in message.used
    denied = any(message.tag(place, role) for place in around for role in ("cannot", "not", "minus", "i:human"))
    return (index, him[1], 2) if wanted and not denied else None


def _also(message: Message, index: int) -> bool:
    """ "Bring her too": one more than before, and not two in all."""
    return any(message.tag(place, "too") for place in range(index, index + NEAR))


def both_women(message: Message, index: int) -> People | None:
    """ "Venimos las dos", "mi comadre y yo, las dos jubiladas", "apuntadas las dos": women, and not two o'clock."""
    counted = number(message, index + 1) if message.word(index) == "las" and message.lexicon.code == "es" else None
    if not counted or not 2 <= counted[0] <= WOMEN or message.mark(counted[1], ":."):
        return None
    if any(message.tag(counted[1], role) for role in ("unit", "goods", "part", "and", "oclock", "pm", "am", "minus")):
        return None
    apart = message.mark(index - 1, ",(")
    behind = message.word(counted[1])
    if not apart and behind.endswith("s") and not message.tags[counted[1]] and not behind.startswith(TOGETHER):
        return None  # "cambiamos las dos fechas"
    before = index - 1 - apart
    word = message.word(before)
    signed_up = word.endswith(("adas", "idas", "itas", "ntas")) and not message.tag(before, "weekday")
    named = find(message) is not None or "age" in message.used
    told_of = named and (apart or any(_we_do(message, place) for place in range(max(0, index - WE_NEAR), index)))
    if not (_we_do(message, before) or signed_up or told_of or word in ("nosotras", "vosotras")):
        return None
    return People(index, counted[1], counted[0])


def _we_do(message: Message, index: int) -> bool:
    """ "Venimos": a verb of the writer and somebody; "preferimos las dos" and "podemos las dos" choose an hour."""
    return message.word(index).endswith("mos") and not message.tag(index, "propose")
