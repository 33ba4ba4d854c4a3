"""Values that are named by what is known: "same time", "that same day", "as last time"."""

from bots.language.message import Message

KINDS = {"same_time": "time", "same_day": "day", "as_last": "last"}
Reference = tuple[str, int, int]  # "time", "day" or "last", first token, index behind the last


REACH = 3  # tokens between the hour and what is said of it
SHORT = 7  # words: in a longer message "that day" is a reference only beside something to book


def find(message: Message) -> list[Reference]:
    """Return what is to be as it is known already, in the order of the text."""
    found: list[Reference] = []
    if message.roles.isdisjoint((*KINDS, "hour_noun", "oclock")):
        return found
    for index, tags in enumerate(message.tags):
        if message.shown and message.before(index, "ord", "last") is not None:
            continue  # "the second time suits us": one of those that were offered
        for role, kind in KINDS.items():
            said = tags.get(role)
            if said and (_spoken_against(message, index, said[1]) or message.before(index, "which") is not None):
                continue  # "ese día no", "what time works"
            if said and kind not in [one[0] for one in found] and message.used[index] in ("", "idiom"):
                found.append((kind, index, said[1]))
                message.take(index, said[1], "same")
    if "time" not in [one[0] for one in found]:
        found += _unchanged_hour(message) or _liked_hour(message)
    return found


def _spoken_against(message: Message, start: int, end: int) -> bool:
    """ "Ese día no", "la hora no me va bien": a phrase against it begins inside and reaches further."""
    against = ("then_not", "bars", "cannot")
    return any(
        role in message.tags[place] and message.tags[place][role][1] > end
        for place in range(start, end)
        for role in against
    )


def _unchanged_hour(message: Message) -> list[Reference]:
    """ "The time can stay", "sin tocar la hora", "час лишаємо": the hour and a word of staying side by side."""
    if "unchanged" not in message.roles:
        return []
    for index, tags in enumerate(message.tags):
        hour = tags.get("hour_noun") or (tags.get("oclock") if message.before(index, "unchanged") is not None else None)
        if hour is None or message.used[index]:
            continue
        for place in range(max(0, index - REACH), min(len(message), hour[1] + REACH)):
            stays = message.tag(place, "unchanged")
            if stays is None or message.used[place] not in ("", "idiom"):
                continue
            first, last = min(index, place), max(hour[1], stays[1])
            if not any(_parts(message, spot) for spot in range(first, last)):
                message.take(first, last, "same")
                return [("time", first, last)]
    return []


def _liked_hour(message: Message) -> list[Reference]:
    """ "The time's great, only make it Friday", "el horario va bien", "время меня устраивает": it can stay."""
    for index, tags in enumerate(message.tags):
        hour = tags.get("hour_noun")
        if hour is None or message.used[index] or not _the_hour(message, index):
            continue
        for place in range(hour[1], min(len(message), hour[1] + REACH + 1)):
            if message.mark(place, ",.;!?()") or "num" in message.tags[place] or message.tag(place, "not"):
                break
            liked = message.tag(place, "liked")
            if liked and not message.used[place]:
                if message.mark(liked[1], "?"):
                    break  # "is the time ok?"
                message.take(index, liked[1], "same")
                return [("time", index, liked[1])]
    return []


def _the_hour(message: Message, index: int) -> bool:
    """ "The time", "la hora", "godzina" where a clause begins: not "what time", "another hour", "a good time"."""
    led = message.before(index, "the", "article", "this", "my")
    start = index if led is None else led
    if led is None and message.lexicon.code in ("en", "es") and start and message.tokens[start - 1].kind == "word":
        return False
    if message.word(start) in ("a", "an", "una", "un") or message.before(start, "another", "num", "every") is not None:
        return False
    opens = start == 0 or message.tokens[start - 1].kind == "mark"
    return opens or any(message.before(start, role) is not None for role in ("but", "and", "i:affirm", "i:correct"))


def _parts(message: Message, index: int) -> bool:
    """Return whether a mark or a number stands here: then what is around it does not belong together."""
    return message.mark(index, ",.;!?:()") or "num" in message.tags[index] or bool(message.used[index] == "date")


def meant(message: Message, found: list[Reference]) -> list[Reference]:
    """Return those that are meant for a visit: "do I get it the same day or later?" asks about something else."""
    slots = {"date", "time", "people", "choice"} & set(message.used)
    words = sum(1 for token in message.tokens if token.kind != "mark")
    return found if slots or words <= SHORT else []
