"""How people go about a visit: the ways to begin, to choose, to change one's mind; each with its rate."""

from collections.abc import Iterable, Iterator

from conversations.evaluation.goals import Behaviour

VISIT = ("visit",)
SUMMARY = ("visit", "move", "two_visits", "enquiry")

# How one begins: code, what the report says, rate, how many turns it takes besides.
BEGINS = (
    ("all_at_once", "says all at once", 0.12, 0),
    ("nothing", "says nothing but that they want to come", 0.15, 2),
    ("bit_by_bit", "says one thing at a time", 0.15, 1),
    ("asks_too", "wishes and asks in one message", 0.2, 0),
    ("contradicts", "contradicts themselves", 0.12, 0),
    ("children", "comes with a child, and says its age", 0.12, 1),
    ("closed", "asks for a day that is closed", 0.1, 1),
    ("full", "asks for a time that is full", 0.1, 1),
    ("past", "asks for a day that has passed", 0.08, 1),
    ("excludes", "says what does not suit", 0.12, 3),
)
CHOOSES = (
    ("by_ordinal", "answers a choice by its place", 0.2, 0),
    ("by_hour", "answers a choice by its hour", 0.15, 0),
    ("by_words", "answers a choice in other words", 0.15, 0),
    ("by_button", "answers a choice by its button", 0.1, 0),
    ("just_yes", "says yes to what is no question of yes and no", 0.2, 1),
)
CHANGES = (
    ("changes_one", "changes one thing", 0.25, 1),
    ("changes_all", "changes everything", 0.1, 1),
    ("adds_people", "brings one more person", 0.15, 1),
    ("drops_people", "comes alone after all", 0.1, 1),
)
# What comes in the place of a plain yes.
AGREES = (
    ("defers", "wants to think about it, then says yes", 0.2, 1),
    ("yes_but", "says yes, but", 0.2, 1),
    ("yes_and_asks", "says yes with a question", 0.2, 1),
    ("asks_total", "asks what it costs altogether", 0.12, 1),
    ("asks_end", "asks when it ends", 0.1, 1),
)
MOVES = (
    ("cancels_first", "cancels, but means to move", 0.25, 1),
    ("bare_move", "wants to move, and says not where to", 0.2, 1),
    ("same_hour", "moves to the same hour of another day", 0.3, 1),
)


def _of(group: str, rows: Iterable[tuple[str, str, float, int]], goals: tuple[str, ...]) -> Iterator[Behaviour]:
    for code, says, rate, turns in rows:
        yield Behaviour(code=code, says=says, rate=rate, turns=turns, goals=goals, group=group)


BEHAVIOURS = (
    *_of("begins", BEGINS, VISIT),
    *_of("chooses", CHOOSES, VISIT),
    *_of("changes", CHANGES, VISIT),
    *_of("agrees", AGREES, SUMMARY),
    *_of("begins", MOVES, ("move",)),
)
