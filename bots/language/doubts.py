"""What a message may mean in two ways, for the customer to say which."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

Reading = dt.date | dt.time | int | str


@dataclass(frozen=True, slots=True)
class Unclear:
    """One field with two or more readings, best first; the field itself stays empty.

    `field` is "date", "time", "people" or "service". `why` is "weekday_differs" (the date is another weekday),
    "past" (the day is over), "number" (a number may be an hour, a day or people: so the readings may be of several
    kinds) or "several" (more than one was named).
    """

    field: str
    values: tuple[Reading, ...]
    why: str

    def as_json(self) -> dict[str, Any]:
        """The readings as text, except numbers of people."""
        return {"field": self.field, "values": [_plain(value) for value in self.values], "why": self.why}


def _plain(value: Reading) -> str | int:
    if isinstance(value, dt.time):
        return value.strftime("%H:%M")
    return value.isoformat() if isinstance(value, dt.date) else value
