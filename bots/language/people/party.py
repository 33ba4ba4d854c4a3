"""More or fewer than before: "plus one", "my sister is coming too", "minus one", "my husband is not coming"."""

from typing import Any

from bots.language.message import Message
from bots.language.numbers import number
from bots.language.people import ages

MOST = 20
MOST_SIGNED = 6  # "+18" is an age
REACH = 5  # tokens between "my sister" and "too", "my husband" and "is not coming"
FEW_WORDS = 3
WITHOUT = ("without", "w", "sin", "bez", "без")
SET = ("pon", "apunta", "ponme", "apuntame", "apuntanos")  # "pon dos personas" says how many, not how many more
BEGIN = {"adds", "and", "num", "minus"}  # a phrase of more or fewer begins with one of these
TELL = {"joins", "too", "absent"}
SEATS = ("place", "spot", "seat", "miejsc", "sitio", "lugar", "plaza", "мест", "місц")  # "another place" is no person
DAYS = ("weekday", "day", "part", "month")

Shift = tuple[int, int, int]  # first token, index behind the last, so many more or fewer


def shift_at(message: Message, index: int) -> Shift | None:
    """Return how many more or fewer come, if a phrase that says so begins at this token."""
    if message.tags[index].keys().isdisjoint(BEGIN) and not message.mark(index, "+"):
        return None
    return _added(message, index) or _counted(message, index) or _left_out(message, index)


def shift_of_somebody(message: Message) -> Shift | None:
    """ "A friend joins", "siostra też idzie", "муж не придёт": somebody by name, anywhere in the message."""
    counted_in = _counted_in(message)
    if counted_in:
        return counted_in
    if message.roles.isdisjoint(TELL):
        return None
    supposed = _supposed(message)
    for index, tags in enumerate(message.tags):
        if ("joins" in tags or "too" in tags) and not (supposed and not _asks(message)):
            if message.before(index, "not") is not None:
                continue
            if "joins" not in tags and _does_something_else(message, tags["too"][1]):
                continue
            somebody = _somebody_near(message, index, tags.get("joins") or tags["too"])
            if somebody and ("joins" in tags or _comes(message, index, somebody)):
                return somebody[0], somebody[1], somebody[2]
            spoken_of = _he_joins(message, index, tags)
            if spoken_of:
                return spoken_of
        absent = tags.get("absent")
        if absent and not supposed and not any(role in other for role in DAYS for other in message.tags):
            somebody = _before(message, index)
            if somebody:
                return somebody[0], max(absent[1], index + 1), -somebody[2]
    return None


def _he_joins(message: Message, index: int, tags: dict[str, tuple[Any, int]]) -> Shift | None:
    """ "My brother heard about it and now he wants in as well": a pronoun for somebody of the writer's joins."""
    him = message.before(index, "he")
    named = any(message.tag(place, "relation") for place in range(index))
    if him is None or not named or "joins" not in tags or ("i:ask" in message.roles and _asks(message)):
        return None
    return him, tags["joins"][1], 1


def _counted_in(message: Message) -> Shift | None:
    """ "Его тоже впишите", "дорахуйте його", "add her as well", "súmala": somebody who was named before comes too."""
    for index, tags in enumerate(message.tags):
        if "adds_him" in tags:
            return index, tags["adds_him"][1], 1
        verb = tags.get("writes_down")
        if not verb:
            continue
        behind = message.after(verb[1], "please")
        him = message.tag(behind, "he")
        too = message.before(index, "too")
        before = message.before(index if too is None else too, "he")
        named = him is not None or before is not None
        also = too is not None or (him is not None and message.tag(him[1], "too")) or message.tag(behind, "too")
        if him and not _ends_him(message, him[1]):
            continue  # "dopisz jego numer"
        if named and (also or "adds_surely" in tags) and not (him and _somebody(message, behind)):
            end = message.after(him[1] if him else verb[1], "too")
            return min(index, index if before is None else before), end, 1
    return None


def _ends_him(message: Message, index: int) -> bool:
    """Return whether nothing stands behind a "him" that would be his."""
    if index >= len(message) or message.tokens[index].kind != "word":
        return True
    roles = ("too", "to_us", "please", "at", "the", "for", "and", "but", "clock", "weekday", "with", "now", "in")
    return any(message.tag(index, role) for role in roles)


def _does_something_else(message: Message, index: int) -> bool:
    """ "My sister also asks": a word behind the "too" that is no verb of coming."""
    if index >= len(message) or message.tokens[index].kind == "mark":
        return False
    around = (index, index + 1) if message.tag(index, "my") else (index,)
    fitting = ("comes", "joins", "come", "relation", "please", "with", "i:book", "i:thank", "absent")
    return not any(message.tag(place, role) for place in around for role in fitting)


def _added(message: Message, index: int) -> Shift | None:
    """ "Plus one", "+1", "add a person", "jeszcze jedna osoba", "ещё двое", "plus my sister"."""
    sign = message.mark(index, "+") and not message.glued(index)
    adder = message.tag(index, "adds") or (message.tag(index, "and") if _begins(message, index) else None)
    if not (adder or sign) or _joined_before(message, index):
        return None
    place = adder[1] if adder else index + 1
    again = message.tag(place, "adds")
    more = message.tag(again[1] if again else place, "adds")
    place = more[1] if more else again[1] if again else place
    place = message.after(place, "comes")
    somewho = message.tag(place, "someone")
    if somewho and message.tag(index, "adds") and not _of_a_thing(message, index):
        return index, message.after(somewho[1], "num"), 1
    counted = number(message, place) or message.tag(place, "together")
    adds = sign or message.tag(index, "adds")
    if adds and counted and 1 <= counted[0] <= (MOST if not sign else MOST_SIGNED):
        noun = _persons(message, counted[1])
        if (
            message.word(index) in SET
            and not message.tag(counted[1], "extra")
            and not message.tag(noun or index, "extra")
        ):
            return None
        signed = sign and any(message.tag(counted[1], role) for role in ("at", "the", "to", "with", "for", "clock"))
        who = message.tag(counted[1], "who") is not None and message.tag(index, "adds_surely") is not None
        if noun or signed or who or (_ends(message, counted[1]) and message.word(place - 1) != "another"):
            return index, noun or counted[1], counted[0]
    another = message.tag(index, "another")
    person = message.tag(another[1], "people") if another else None
    seat = message.word(another[1]).startswith(SEATS) if another else False
    additional = message.tag(index, "additional") is not None
    if person and another and (additional or not seat) and not message.tag(person[1], "people"):
        return index, person[1], 1
    somebody = _somebody(message, place)
    if somebody and not (adds or _is_all(message, somebody[1])):
        return None  # "and my sister asks"
    if somebody and adder and not message.tag(index, "adds_surely") and _acts(message, somebody[1]):
        return None  # "niech jeszcze mąż potwierdzi"
    if somebody and not counted and not _of_a_thing(message, index):
        return index, somebody[1], somebody[2]
    return None


def _acts(message: Message, index: int) -> bool:
    """Return whether a word that we do not know stands right behind somebody, and no verb of coming near it."""
    if index >= len(message) or message.tokens[index].kind != "word":
        return False
    near = range(index, min(index + FEW_WORDS, len(message)))
    endings = tuple(message.lexicon.infinitives.split())  # "можно ещё подругу взять?"
    if message.lexicon.code == "uk":
        endings = ("ти", "тися", "тись")  # "підтвердить" does something
    words = [place for place in near[:2] if message.tokens[place].kind == "word" and not message.tags[place]]
    plain = [message.word(place) for place in words]
    unknown = any(not (endings and word.endswith(endings)) for word in plain)
    return unknown and not any(message.tag(place, role) for place in near for role in ("comes", "joins", "come", "too"))


def _is_all(message: Message, index: int) -> bool:
    """Return whether nothing but marks and a "please" stands behind."""
    rest = range(message.after(index, "please"), len(message))
    return all(message.tokens[place].kind == "mark" and not message.mark(place, "?") for place in rest)


def _begins(message: Message, index: int) -> bool:
    return all(token.kind == "mark" for token in message.tokens[:index])


def _of_a_thing(message: Message, index: int) -> bool:
    """Return whether "more" before a person asks something: "do you have more…", "jeszcze syn pyta"."""
    return message.before(index, "own") is not None


def _counted(message: Message, index: int) -> Shift | None:
    """ "One more", "two less", "uno más", "на одного больше", "one person fewer"."""
    found = number(message, index)
    if not found or not 1 <= found[0] <= MOST or message.word(index - 1) in ("ni", "ani", "ни", "ні", "not"):
        return None
    place = found[1]
    noun = _persons(message, place)
    if noun and noun > place and not (message.tag(noun, "fewer") or message.tag(noun, "extra")):
        return None
    said = noun if noun else place
    for role, sign in (("fewer", -1), ("extra", 1)):
        shifted = message.tag(said, role)
        if not shifted:
            continue
        behind = _persons(message, shifted[1])
        told = _than_told(message, shifted[1]) or _is_coming(message, shifted[1])
        if message.tag(said + 1, "or") or not (noun or behind or told or _ends(message, shifted[1])):
            return None
        return index, behind or shifted[1], sign * found[0]
    return None


def _than_told(message: Message, index: int) -> bool:
    """ "(One more) than I said", "de lo que dije": a comparison with what was told before."""
    return message.tag(index, "than_told") is not None


def _is_coming(message: Message, index: int) -> bool:
    """ "(One more) is coming", "(uno más) va a venir"."""
    place = message.after(index, "is")
    return any(message.tag(place, role) for role in ("comes", "joins", "come"))


def _left_out(message: Message, index: int) -> Shift | None:
    """ "Minus one", "без мужа", "without my husband"."""
    led = message.tag(index, "minus")
    if not led or message.before(index, "num", "part") is not None or _supposed(message):
        return None  # "a las seis menos diez"
    counted = number(message, led[1])
    if message.tag(led[1], "the") and not counted:
        return None  # "quita el 7 de diciembre"
    if counted and counted[0] <= MOST:
        noun = _persons(message, counted[1])
        return (index, noun or counted[1], -counted[0]) if noun or _ends(message, counted[1]) else None
    other = message.tag(led[1], "he") if message.word(index) in WITHOUT else None
    somebody = _somebody(message, led[1]) or ((led[1], other[1], 1) if other else None)
    if not somebody or message.mark(somebody[1], "?") or _i_do_not(message, somebody[1]):
        return None
    return index, somebody[1], -somebody[2]


def _supposed(message: Message) -> bool:
    """Return whether somebody's coming is only supposed: "if my mother can't, we leave it"."""
    if "on_condition" not in message.roles:
        return False
    first = 1 if message.lexicon.code == "es" else 0  # "si" may be a yes without its accent
    return any(
        "on_condition" in tags and message.tokens[index].text.lower() != "sí"
        for index, tags in enumerate(message.tags)
        if index >= first
    )


def _asks(message: Message) -> bool:
    return any(message.mark(place, "?") for place in range(len(message)))


def _i_do_not(message: Message, index: int) -> bool:
    """ "Without my sister I won't come": that is no one fewer."""
    around = range(index, min(index + REACH, len(message)))
    return any(message.tag(place, role) for place in around for role in ("absent", "cannot", "i:cancel", "not"))


def _joined_before(message: Message, index: int) -> bool:
    """Return whether "2 adults plus…", "me plus…" stands before: then it is a sum, not a change."""
    if message.before(index, "people", "num", "relation", "relations", "together", "child") is not None:
        return True
    if message.before(index, "me") is not None and (message.tag(index, "with") or message.mark(index, "+")):
        return True
    return index > 0 and message.used[index - 1] in ("people", "age")


def _persons(message: Message, index: int) -> int | None:
    """Return the index behind a word for persons that a number counts, if one stands here."""
    noun = message.tag(index, "people") or message.tag(index, "relations") or message.tag(index, "relation")
    return noun[1] if noun else None


def _ends(message: Message, index: int) -> bool:
    """Return whether a number has nothing behind it that it could count."""
    if index >= len(message) or (message.tokens[index].kind == "mark" and message.tokens[index].text not in ":.%-/"):
        return True
    if message.mark(index, ".") and not message.glued(index + 1):
        return True
    roles = (
        "comes",
        "joins",
        "too",
        "laughs",
        "to_us",
        "adds",
        "i:book",
        "i:change",
        "i:affirm",
        "i:thank",
        "for",
        "and",
        "but",
        "now",
        "please",
    )
    counted = ("unit", "money", "measure", "age", "month", "goods", "nth_noun", "option")
    if any(message.tag(index, role) for role in counted):
        return False
    return any(message.tag(index, role) for role in roles)


def behind_owner(message: Message, index: int, *owners: str) -> tuple[int, int]:
    """Return where "my two" or "two of my" ends, and how many it says; the number itself may be the relation."""
    place, count = index, 0
    for _ in range(3):
        counted = number(message, place)
        owner = next((tag for tag in (message.tag(place, one) for one in owners) if tag), None)
        if counted and message.tag(place, "relation") is None and counted[0] <= MOST:
            count, place = counted[0], counted[1]
        elif owner:
            place = owner[1]
        else:
            break
    return place, count


def _somebody(message: Message, index: int) -> Shift | None:
    """ "My sister", "a friend", "dwie koleżanki", "another friend"."""
    place, count = behind_owner(message, index, "my", "adds")
    place = ages.behind(message, place)
    one = message.tag(place, "relation")
    many = message.tag(place, "relations")
    if one and not (many and count > 1):
        return index, ages.behind(message, one[1]), max(count, 1)
    if many and count:
        return index, ages.behind(message, many[1]), count
    noun = message.tag(place, "people")
    return (index, noun[1], count) if noun and count else None


def _before(message: Message, index: int) -> Shift | None:
    """Return the one or the ones of whom a verb tells, before it: "my husband (unfortunately) is not coming"."""
    several = message.before(index, "together", "num")
    if several is not None and any(message.tag(place, "us") for place in range(max(0, several - 1), index)):
        return None  # "could the two of us join"
    if several is not None:
        tags = message.tags[several]
        return several, index, (tags.get("together") or tags["num"])[0]
    for place in range(index - 1, max(-1, index - REACH), -1):
        if message.mark(place, ".!?;") or message.tag(place, "me"):
            return None
        person = message.tag(place, "relation") or _contracted(message, place)
        if person and person[1] <= index:
            start = message.before(place, "my")
            return place if start is None else start, index, 1
        noun = message.tag(place, "people")
        counted = message.before(place, "num") if noun else None
        if counted is not None:
            return counted, index, message.tags[counted]["num"][0]
    one = message.before(index, "one_of_us")
    return (one, index, 1) if one is not None else None


def _contracted(message: Message, index: int) -> tuple[object, int] | None:
    """ "My husband's not coming", however it is written."""
    word = message.word(index)
    owned = any(mark in message.tokens[index].text for mark in "'’")
    if message.lexicon.code != "en" or not word.endswith("s") or (message.tag(index, "relations") and not owned):
        return None
    node = message.lexicon.tree.words.get(word[:-1])
    return ("relation", index + 1) if node and "relation" in node.found else None


def _somebody_near(message: Message, index: int, found: tuple[object, int]) -> Shift | None:
    """Return who joins, on either side of the verb or the "too"."""
    before = _before(message, index)
    led = message.before(before[0], "with") if before else None
    beside = led is not None and message.before(led, "me", "relation") is not None
    if before and not beside:
        return before[0], max(found[1], before[1]), before[2]
    for place in range(found[1], min(found[1] + FEW_WORDS, len(message))):
        somebody = _somebody(message, place)
        if somebody:
            return index, somebody[1], somebody[2]
        if message.tokens[place].kind == "mark":
            break
    return None


def _comes(message: Message, too: int, somebody: Shift) -> bool:
    """Return whether the person of "my sister … too" comes: a verb that says so, or nothing else that is told."""
    start, end, _count = somebody
    around = range(max(0, start - REACH), min(len(message), end + REACH))
    if any(message.tag(place, "comes") or message.tag(place, "joins") for place in around):
        return True
    if message.before(start, "with") is not None:
        return True  # "bringing a friend as well"
    inner = range(start, too)
    plain = any(message.tokens[place].kind == "word" and not message.tags[place] for place in inner)
    return not plain and (start <= 1 or message.mark(start - 1, ",."))
