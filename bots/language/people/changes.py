"""How many are left: "from two people to one", "only 1 now", "przyjdę, tylko że sama", "asistiré sin él"."""

from bots.language.message import Message
from bots.language.numbers import number
from bots.language.people import headcount
from bots.language.people.found import People
from bots.language.people.pairs import companion

NEAR = 4  # tokens between "I will come" and "alone"


def from_to(message: Message, index: int) -> People | None:
    """ "From two people to one", "z dwóch osób na jedną", "de dos plazas a una sola": the last number is meant."""
    led = message.tag(index, "from")
    old = _so_many(message, led[1]) if led else None
    joint = message.tag(old[1], "to") if old else None
    new = _so_many(message, joint[1]) if joint else None
    if not old or not new or not 1 <= new[0] <= headcount.MOST:
        return None
    if not (old[2] or new[2] or (new[0] == 1 and _no_hours(message, old[1] - 1, new[1] - 1))):
        return None
    if headcount.followed(message, new[1]) or message.tag(new[1], "oclock"):
        return None
    return People(index, new[1], new[0], alone=True)


def _no_hours(message: Message, *places: int) -> bool:
    """ "Zmień z dwóch na jedną", "с двух на одного": hours have other words there, or an article; not so in English."""
    spelled = all(message.tokens[place].kind == "word" for place in places)
    return spelled and message.lexicon.code != "en" and "i:change" in message.roles


def _so_many(message: Message, index: int) -> tuple[int, int, bool] | None:
    """(how many, index behind, whether they are surely people) of "two", "two places", "двоих", "nas dwoje"."""
    together = message.tag(index, "together")
    counted = together or number(message, index)
    if counted is None:
        return None
    noun = message.tag(counted[1], "people") or message.tag(counted[1], "relations")
    end = noun[1] if noun else counted[1]
    return counted[0], message.after(end, "sole"), noun is not None or together is not None


def alone(message: Message, index: int) -> People | None:
    """ "Yo sí voy, pero sola", "прийду самотою", "I'll have to come without her": one comes, whoever does not."""
    comes = message.tag(index, "i_come")
    if comes is None or message.before(index, "not") is not None:
        return None
    for place in range(comes[1], min(comes[1] + NEAR, len(message))):
        if message.mark(place, ".!?;") or _with_somebody(message, place):
            return None
        sole = message.tag(place, "sole")
        if sole and not only_to(message, sole[1]) and _ends(message, sole[1]) and message.free(place, sole[1]):
            return People(index, sole[1], 1, alone=True)
        without = message.tag(place, "minus")
        him = message.tag(without[1], "he") if without else None
        if him and not message.tag(him[1], "relation"):
            return People(index, him[1], 1, alone=True)
    return None


def closing(message: Message) -> People | None:
    """ "We wtorek o 17, sama", "el martes a las 17, sola": behind a day or an hour, with nothing after it."""
    for index, tags in enumerate(message.tags):
        sole = tags.get("sole")
        if sole is None or not index or not message.free(index, sole[1]):
            continue
        before = index - 2 if message.mark(index - 1, ",") and index > 1 else index - 1
        ends = sole[1] >= len(message) or message.tokens[sole[1]].kind == "mark"
        if ends and message.used[before] in ("date", "time"):
            return People(index, sole[1], 1, sure=False)
    return None


def _with_somebody(message: Message, index: int) -> bool:
    """ "Прийду з дочкою": whoever comes does not come alone."""
    led = message.tag(index, "with")
    return led is not None and (message.tag(led[1], "he") or companion(message, led[1])) is not None


def _ends(message: Message, index: int) -> bool:
    """Return whether the word for "alone" has no noun behind it: "буду один раз" and "the only one" are no number."""
    if index >= len(message) or message.tokens[index].kind == "mark" or message.used[index]:
        return True
    roles = ("the", "clock", "at", "day", "weekday", "part", "please", "and", "but", "now", "for", "to", "i_come")
    counted = any(message.tag(index, role) for role in ("unit", "people", "goods", "nth_noun"))
    if message.tag(index, "with") and not message.tag(index, "and"):
        return False
    return not counted and any(message.tag(index, role) for role in roles)


def only_so_many(message: Message, index: int) -> People | None:
    """ "Only 1 now", "только двое придут", "solo 1 ahora": with a word that says that it is about who comes."""
    just = message.tag(index, "just")
    counted = number(message, just[1]) if just else None
    if not counted or not 1 <= counted[0] <= headcount.MOST or headcount.followed(message, counted[1]):
        return None
    if headcount.is_clock(message, just[1] if just else index, counted[1]):
        return None
    roles = ("now", "comes", "i_come", "absent")
    left = any(message.tag(counted[1], role) for role in roles) or message.before(index, "now") is not None
    return People(index, counted[1], counted[0], alone=True) if left else None


def only_to(message: Message, index: int) -> bool:
    """ "Vengo solo a preguntar": only for that, and not alone."""
    return message.lexicon.code == "es" and message.word(index - 1) == "solo" and message.word(index) in ("a", "para")


def miscounted(message: Message) -> People | None:
    """ "Not that many! 2", "не так посчитали, 2 же": the first number behind it that counts nothing else."""
    for index, tags in enumerate(message.tags):
        said = tags.get("miscounted")
        for place in range(said[1], min(said[1] + NEAR, len(message))) if said else ():
            counted = number(message, place) or message.tag(place, "together")
            if not counted or not 1 <= counted[0] <= headcount.MOST or headcount.followed(message, counted[1]):
                continue
            if not headcount.is_clock(message, place, counted[1]) and message.before(place, "clock") is None:
                return People(index, counted[1], counted[0], alone=True)
    return None
