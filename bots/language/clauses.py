"""A message cut into clauses, each about one thing, with the phrases that say what is wanted."""

from dataclasses import dataclass, field

from bots.language.message import Message

SMALL_TALK = {"greet", "thank", "bye"}
BESIDE_PEOPLE = (
    "human",
    "cancel",
    "deny",
    "complaint",
)  # "my husband is not coming": one fewer, and no cancelled visit


@dataclass(slots=True)
class Cue:
    """A phrase that speaks for an intent."""

    intent: str
    weight: float
    start: int
    end: int


@dataclass(slots=True)
class Clause:
    """One part of a message about one thing."""

    start: int
    end: int
    asks: bool = False
    cues: list[Cue] = field(default_factory=list)
    scores: dict[str, float] = field(default_factory=dict)


def cues_of(message: Message) -> list[Cue]:
    found: list[Cue] = []
    for index, tags in enumerate(message.tags):
        for category, (value, end) in tags.items():
            if category == "need":
                found.append(Cue("need", 0.0, index, end))
            elif category.startswith("i:"):
                found.append(Cue(category[2:], value, index, end))
    found.sort(key=lambda cue: (cue.start, cue.start - cue.end))
    kept: list[Cue] = []
    reach, reach_start = -1, -1
    for cue in found:
        inside = cue.end <= reach and (cue.start > reach_start or cue.end < reach)
        if inside and kept:
            continue
        if message.glued(cue.start) and cue.start and message.tokens[cue.start - 1].kind == "number":
            continue  # the "k" of "4k"
        if message.used[cue.start] in ("people", "phone", "email") and cue.intent in BESIDE_PEOPLE:
            continue
        if message.used[cue.start] == "any" or (
            cue.intent == "bye" and message.used[cue.start] in ("shift", "time", "date")
        ):
            continue
        kept.append(cue)
        if cue.intent != "need" and cue.end > reach:
            reach, reach_start = cue.end, cue.start
    return kept


def clauses_of(message: Message, cues: list[Cue]) -> list[Clause]:
    """Cut at full stops and question marks, and at commas and "and" where both sides want something."""
    wants = [False] * (len(message) + 1)
    for cue in cues:
        if cue.intent not in SMALL_TALK:
            wants[cue.start] = True
    inside: set[int] = set()
    for cue in cues:
        inside.update(range(cue.start + 1, cue.end))
    clauses: list[Clause] = []
    start = 0
    for index in range(len(message)):
        end = index + 1
        if message.mark(index, "?!.;…\n¡¿") and not _inner(message, index):
            if message.mark(index, "¿¡"):
                _add(message, clauses, start, index)
                start = index
                continue
            _add(message, clauses, start, end)
            start = end
        elif end < len(message) and "\n" in message.text[message.tokens[index].end : message.tokens[end].start]:
            _add(message, clauses, start, end)
            start = end
        elif (
            index > start
            and index not in inside
            and _joint(message, index)
            and any(wants[start:index])
            and _wants_soon(message, wants, index)
        ):
            _add(message, clauses, start, index)
            start = index
    _add(message, clauses, start, len(message))
    waiting = 0
    for clause in clauses:
        clause.asks = any(message.mark(place, "?") for place in range(clause.start, clause.end))
        while waiting < len(cues) and cues[waiting].start < clause.end:
            clause.cues.append(cues[waiting])
            waiting += 1
    return clauses


def _add(message: Message, clauses: list[Clause], start: int, end: int) -> None:
    if end <= start:
        return
    if (
        clauses
        and clauses[-1].end == start
        and all(token.kind == "mark" and token.text.isascii() for token in message.tokens[start:end])
    ):
        clauses[-1].end = end
    else:
        clauses.append(Clause(start, end))


def _inner(message: Message, index: int) -> bool:
    """Return a full stop inside "5.12" or "godz. 17", not at the end of something said."""
    if not message.mark(index, "."):
        return False
    return (message.glued(index + 1) and index + 1 < len(message) and message.tokens[index + 1].kind != "mark") or bool(
        message.used[index]
    )


def _joint(message: Message, index: int) -> bool:
    if message.used[index]:
        return False
    dash = message.mark(index, ",-–—(") and not message.glued(index + 1)
    return dash or any(message.tag(index, role) for role in ("and", "but", "or"))


def _wants_soon(message: Message, wants: list[bool], index: int) -> bool:
    """Return whether something is wanted before the next full stop."""
    for place in range(index, min(len(message), index + 14)):
        if message.mark(place, "?!.;") and not _inner(message, place):
            return False
        if (wants[place] and place > index) or (wants[place] and message.mark(index, ",")):
            return True
    return False
