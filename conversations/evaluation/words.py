"""Values as customers write them: days, hours, numbers of people, parts of the day, in each language."""

from collections.abc import Mapping, Sequence
from datetime import date, time
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "bank" / "words"

# When a part of the day begins and ends, as the business's customers mean it: a start within it would do.
PARTS: Mapping[str, tuple[time, time]] = {
    "morning": (time(6), time(11, 59)),
    "afternoon": (time(12), time(17, 30)),
    "evening": (time(17), time(22)),
}


@cache
def _forms(language: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.load((FOLDER / f"{language}.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    return found


class Words:
    """How one customer writes values; every call may choose another form. `today` is the business's."""

    def __init__(self, language: str, rng: Random, today: date, *, relative: bool = True) -> None:
        self.language, self.rng, self.today, self.relative = language, rng, today, relative
        self.forms = _forms(language)

    def day(self, day: date, *, inside: bool = False) -> str:
        """Return a day, alone or inside a sentence, so that it can only mean this one."""
        ahead = (day - self.today).days
        forms: list[str] = []
        if self.relative and ahead in (1, 2):
            forms = [*self.forms["tomorrow" if ahead == 1 else "day_after_tomorrow"]] * 2
        if self.relative and 1 < ahead < 7:
            forms += self.forms["on_weekdays" if inside else "weekdays"][day.weekday()]
        if not forms or self.rng.random() < 0.4:
            forms = self.forms["on_dates" if inside else "dates"]
        text = self.rng.choice(forms)
        return str(text).format(d=day.day, m=day.month, month=self.forms["months"][day.month])

    def time(self, clock: time, *, inside: bool = False, bare: bool = True) -> str:
        """Return an hour, alone or inside a sentence; unless `bare`, never as a number alone."""
        prefix = "at_" if inside else ""
        spoken = self.forms[f"{prefix}spoken_times"].get(f"{clock:%H:%M}")
        if spoken and self.rng.random() < 0.25:
            return str(self.rng.choice(spoken))
        forms = list(self.forms[f"{prefix}times"])
        if not clock.minute and clock.hour >= 10:
            forms += [form for form in self.forms[f"{prefix}full_times"] if bare or form != "{H}"]
        return str(self.rng.choice(forms)).format(
            H=clock.hour, MM=f"{clock.minute:02}", h=(clock.hour - 1) % 12 + 1, pm="pm" if clock.hour >= 12 else "am"
        )

    def part(self, part: str) -> str:
        return str(self.rng.choice(self.forms["parts"][part]))

    def of(self, what: str, key: Any) -> str:
        """Return a form of a value that has one list a key: people, for_people, we_are, bodies, in_months…"""
        forms: Mapping[Any, str | Sequence[str]] = self.forms[what]
        found = forms.get(key)
        if found is None:
            return str(key)
        return found if isinstance(found, str) else str(self.rng.choice(found))

    def number(self, what: str, number: int) -> str:
        return str(self.rng.choice(self.forms[what])).format(n=number)

    def any(self, what: str) -> str:
        return str(self.rng.choice(self.forms[what]))


def part_of(clock: time) -> str:
    """Return the part of the day that an hour is in beyond doubt; "" where people would argue."""
    if clock < time(12):
        return "morning"
    if time(13) <= clock < time(17):
        return "afternoon"
    return "evening" if clock >= time(18) else ""
