"""Words of not being able to: "I can't come", "sorry, I can't", "Saturday is out"."""

from collections.abc import Iterable

from bots.language.clauses import Clause
from bots.language.message import Message

DENIES = ("not", "minus", "denies")
SURE_CHANGE = 0.75
NEAR = 4  # tokens from a negation to what it denies
REACH = 4  # tokens behind the last slot where "instead of" may still stand


def cannot_come(message: Message, clause: Clause) -> bool:
    """ "Nie dam rady jutro przyjść"."""
    for index in range(clause.start, clause.end):
        cannot = message.tag(index, "cannot")
        if message.used[index] == "people":
            continue  # "my friend can't make it": one fewer
        if cannot and any(message.tag(place, "come") for place in range(cannot[1], min(clause.end, cannot[1] + 6))):
            return True
    return False


def cannot_at_all(message: Message) -> bool:
    """ "Sorry, I can't", "nie mogę": but "I can't find you" is something else that cannot be done."""
    lexicon = message.lexicon
    for index, tags in enumerate(message.tags):
        if "cannot" not in tags or message.used[index] == "people":
            continue
        end = tags["cannot"][1]
        verb = False
        for place in range(end, min(end + 2, len(message))):
            word = message.word(place)
            if message.tokens[place].kind != "word" or message.tag(place, "come"):
                break
            if lexicon.infinitives and word.endswith(tuple(lexicon.infinitives.split())):
                verb = True
            elif not lexicon.infinitives and place == end and not message.tag(place, "excuse"):
                verb = "i:cancel" not in message.tags[place] and message.tag(place, "day") is None
        if not verb:
            return True
    return False


def only_refuses(message: Message) -> bool:
    """ "I'm afraid Saturday is out": one day, and that it does not suit."""
    if not any("cannot" in tags for tags in message.tags) or any(
        message.mark(place, "?") for place in range(len(message))
    ):
        return False
    starts = [place for place, what in enumerate(message.used) if what == "date" and message.used[place - 1] != "date"]
    return len(starts) == 1 and not {"time", "people"} & set(message.used)


def exchanges(message: Message) -> bool:
    """One thing instead of another: "Thursday instead of Wednesday", "rather at 5 than at 4", "6, not 5"."""
    slots = [place for place, what in enumerate(message.used) if what in ("date", "time", "people", "excluded")]
    if not slots:
        return False
    for index in range(slots[0], min(slots[-1] + REACH, len(message))):
        instead = message.tag(index, "instead")
        if (
            instead
            and message.tag(index, "not") is None
            and (index in range(slots[0], slots[-1]) or index == slots[-1] + 1)
        ):
            return True
        joint = message.tag(index, "and") or message.tag(index, "but")
        spot = joint[1] if joint and message.tag(index, "not") is None else index
        first = message.before(index, "num") is not None and message.tag(spot, "not")
        if first and message.tag(first[1], "num") and not any("i:correct" in tags for tags in message.tags[:index]):
            return True
    rather = next((place for place, tags in enumerate(message.tags) if "rather" in tags), None)
    if rather is None:
        return False
    than = (
        place
        for place in range(slots[0] + 1, len(message))
        if message.tag(place, "than") and not message.used[place] and _names_a_slot(message, place + 1)
    )
    return any(message.before(place, "later", "earlier") is None for place in than)


def _names_a_slot(message: Message, index: int) -> bool:
    """Return whether a day or a number stands here or a few words on."""
    kinds = {"num", "ord", "weekday", "day", "part"}
    return any(kinds & tags.keys() for tags in message.tags[index : index + REACH])


def rather_cancels(message: Message, others: Iterable[int] = ()) -> bool:
    """ "Don't move it, cancel it", «другое время не нужно, отмените»: changing is refused in so many words.

    `others` are further tokens that speak of changing.
    """
    changes = [*others] + [
        place for place, tags in enumerate(message.tags) if tags.get("i:change", (0.0, 0))[0] >= SURE_CHANGE
    ]
    cancels = any("i:cancel" in tags and "i:change" not in tags for tags in message.tags)
    slots = {"date", "time"} & set(message.used)
    return bool(changes) and cancels and not slots and all(_is_denied(message, place) for place in changes)


def _is_denied(message: Message, place: int) -> bool:
    """Return whether a negation stands a few words before it or right behind it, with no mark between."""
    end = message.tags[place].get("i:change", (0.0, place + 1))[1]
    if any(message.tag(spot, "not") for spot in range(place, end)):
        return True
    for spots in (range(place - 1, max(-1, place - 1 - NEAR), -1), range(end, min(end + NEAR, len(message)))):
        for spot in spots:
            if any(message.tag(spot, role) for role in DENIES):
                return True
            if message.tokens[spot].kind == "mark" or "i:cancel" in message.tags[spot]:
                break
    return False
