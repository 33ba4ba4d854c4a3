"""Whether a visit that there is shall stay: what keeps it, and words of cancelling and moving that ask for neither."""

from bots.language.acts.cues import Cues
from bots.language.message import Message
from bots.language.refusals import SURE_CHANGE

REACH = 5  # words from a negation to what it denies
AFTER = 3  # words from «отменять» to what denies it
WISHED = 3  # words from "I'd like" to "book", and from there to "a visit"
DENIES = ("minus", "denies", "i:deny")  # before a word of cancelling: "without cancelling"


def keeps(message: Message, cues: Cues, proposed: str) -> bool:
    """Return whether what there is shall stay, where it would be cancelled or moved: "change nothing", "keep it".

    To "cancel, move or keep it?" there are more ways to say so: "leave it", "I'll come", "nothing to change".
    """
    said = {category for here in cues for category in here}
    if proposed == "move":
        either = any(0 < here.get("keep", 0) <= here.get("yes", 0) for here in cues)  # «хай буде»: so, or so again?
        return "keep" in said and not either and not _outside(cues, "keep", ("yes", "right", "go", "go_move"))
    if proposed != "cancel":
        return False
    cancels = [place for place in range(len(message)) if _is_strong(message, place, "i:cancel")]
    nouns = [place for place in cancels if message.tag(place, "cancelling")]
    ends = {message.tags[place]["i:cancel"][1] for place in cancels}
    twice = any(message.before(place, "the", "my", "that") in ends for place in cancels)
    if twice or any({place - 1, place + 1} & {*cancels} or _barred(message, place) for place in nouns):
        return True  # "cancel the cancelling", "the cancellation is cancelled", "ignore the cancellation"
    keeps = [place for place, here in enumerate(cues) if {"keep", "forget"} & here.keys()]
    if any(
        not (denied(message, place) or _inside(cues, place, "keep") or _inside(cues, place, "forget"))
        for place in cancels
        if place > max(keeps, default=-1)  # what is said last counts: "we wanted to cancel, but leave it"
    ):
        return False
    if "keep" in said or cancels:
        return True
    if said & {"go_cancel", "moves", "elsewhen"} or any(
        _is_strong(message, place, "i:change") for place in range(len(message))
    ):
        return False
    plainly = any("yes" in here and "right" not in here for here in cues)
    return (not plainly and "right" in said) or "forget" in said or stays(message, cues)


def may_not_move(cues: Cues) -> bool:
    """Return whether what accepts may leave a visit where it is, or be of another one.

    To "shall I move it?": "yes, keep it", "nothing to change", "I'd like to book a visit".
    """
    if "keep" in {category for here in cues for category in here}:
        return not _outside(cues, "keep", ("go_move",))
    plain = ("yes", "go", "go_move")
    for place, here in enumerate(cues):
        changes = any("go_move" in other for other in cues[place : here.get("right", 0)])
        if changes and not _outside(cues, "right", plain):
            return True
        wished = any({"may", "wants"} & other.keys() for other in cues[max(place - WISHED, 0) : place])
        if wished and "go" in here and any("visit" in other for other in cues[place + 1 : place + 1 + WISHED]):
            return not _outside(cues, "go", ("go_move",))
    return False


def may_not_cancel(message: Message, cues: Cues) -> bool:
    """ "I wanted to cancel but I can make it", "no need for cancelling": perhaps the opposite."""
    places = [place for place, tags in enumerate(message.tags) if "i:cancel" in tags]
    opposed = any("but" in tags and "or" not in tags for tags in message.tags[max(places, default=0) :])
    named = any(_is_named(message, cues, place) for place in places) and not _alone(message, cues, places)
    refused = any(denied(message, place) or message.before(place, *DENIES) is not None for place in places)
    hedged = any("perhaps" in tags for tags in message.tags)
    return bool(places) and (opposed or named or refused or hedged or stays(message, cues))


def names_cancelling(message: Message, cues: Cues) -> bool:
    """Return whether it is asked for in so many words, and not only told that nobody can come."""
    said = {category for here in cues for category in here}
    return bool(said & {"go_cancel", "cancel", "gives_up", "off"}) or bool(message.roles & {"cancelling", "speaks_of"})


def _is_named(message: Message, cues: Cues, place: int) -> bool:
    """Return whether cancelling is only spoken of, in a noun or «отменять», “cancelled”, that nobody asks for."""
    noun = message.tag(place, "cancelling") is not None and "go_cancel" not in cues[place]
    if message.before(place, "plea") is not None:
        return True  # “I take my request to cancel back”
    asked_for = any(message.before(spot, "asked_for") is not None for spot in range(max(place - 1, 0), place + 1))
    return (noun or message.tag(place, "speaks_of") is not None) and not asked_for


def _alone(message: Message, cues: Cues, places: list[int]) -> bool:
    """«Отмена», "cancellation, thanks": nothing is said about it."""
    reach = 0
    for place, token in enumerate(message.tokens):
        tags, here = message.tags[place], cues[place]
        reach = max(reach, here.get("fill", 0), tags.get("i:thank", (0.0, 0))[1], tags.get("i:bye", (0.0, 0))[1])
        if token.kind == "word" and place >= reach and place not in places:
            return False
    return True


def denied(message: Message, place: int) -> bool:
    """ "I didn't want to cancel", «отменять точно не будем»: not «отменить, не переносить»."""
    if negated(message, place):
        return True
    end = message.tags[place]["i:cancel"][1]
    far = AFTER if message.tag(place, "speaks_of") else 1
    for spot in range(end, min(end + far, len(message))):
        if message.tokens[spot].kind == "mark":
            return False
        if behind := message.tag(spot, "not"):
            return not message.tag(behind[1], "i:change")
    return False


def stays(message: Message, cues: Cues) -> bool:
    """ "Leave it", "I'll be there": not "I won't be there", "I can't come"."""
    return any(
        "stays" in here
        and not _cancels_there(message, place)
        and message.before(place, "not", "cannot", "i:deny") is None
        and not any(other.get("no") == place for other in cues[:place])
        for place, here in enumerate(cues)
    )


def _cancels_there(message: Message, place: int) -> bool:
    """The "coming" of "I won't be coming"."""
    starts = range(max(0, place - REACH), place)
    return any(message.tags[start].get("i:cancel", (0.0, 0))[1] > place for start in starts)


def negated(message: Message, place: int) -> bool:
    """ "I didn't want to cancel anything": a negation stands a few words before, and no mark between."""
    for spot in range(place - 1, max(-1, place - REACH), -1):
        if message.tokens[spot].kind == "mark":
            return False
        if message.tag(spot, "not"):
            return True
    return False


def _barred(message: Message, place: int) -> bool:
    begin = message.before(place, "the", "my")
    return message.before(place if begin is None else begin, "bars") is not None


def _is_strong(message: Message, place: int, intent: str) -> bool:
    found = message.tag(place, intent)
    return found is not None and found[0] >= SURE_CHANGE


def _outside(cues: Cues, around: str, categories: tuple[str, ...]) -> bool:
    """Return whether one of these is said elsewhere than inside of a phrase of that kind: "go" in "let it go"."""
    return any(
        category in here and not _inside(cues, place, around)
        for place, here in enumerate(cues)
        for category in categories
    )


def _inside(cues: Cues, place: int, category: str) -> bool:
    return any(start <= place < here.get(category, 0) for start, here in enumerate(cues[: place + 1]))
