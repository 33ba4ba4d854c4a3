"""A number of people as it was found in a text."""

from dataclasses import dataclass


@dataclass(slots=True)
class People:
    """So many people, said at tokens start…end."""

    start: int
    end: int
    count: int
    sure: bool = True
    companions: bool = False
    alone: bool = False  # "just me", or counted in so many words: whatever else is told
    shift: int = 0  # so many more or fewer than before
