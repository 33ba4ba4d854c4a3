"""A simulated customer: one language, one way of typing, and the bank to speak from."""

from collections.abc import Mapping
from datetime import date
from random import Random
from typing import Any

from conversations.evaluation import bank, noise
from conversations.evaluation.utterances import Asked, Utterance
from conversations.evaluation.words import Words


class Customer:
    """Says what a goal wants said. `part`: which lines of the bank are used."""

    def __init__(self, rng: Random, *, language: str, part: str, today: date) -> None:
        self.rng, self.language, self.part, self.today = rng, language, part, today
        self.habits = noise.Habits.drawn(rng)
        self.words = Words(language, rng, today)
        self._used: set[str] = set()
        self._values: set[str] = set()  # the words of what was said of days, hours and the like

    def speak(self, language: str) -> None:
        """From now on in another language."""
        self.language = language
        self.words = Words(language, self.rng, self.today, relative=self.words.relative)

    def phrase(self, act: str, values: Mapping[str, Any] | None = None, *, must: frozenset[str] = frozenset()) -> str:
        """Return a line of the bank with the values filled in, none twice in a talk while there are others.

        A line may name any of the `values` and no others; `must` names those without which it would say too little.
        Raises NoPhrasing.
        """
        values = values or {}
        lines = [
            line
            for line in bank.phrasings(self.language, self.part).get(act, ())
            if must <= bank.places(line) <= values.keys()
        ]
        if not lines:
            raise bank.NoPhrasing(f"{act} in {self.language} with {', '.join(values) or 'nothing'}")
        line = self.rng.choice([line for line in lines if line not in self._used] or lines)
        self._used.add(line)
        self._values.update(
            noise.without_marks(word) for value in values.values() for word in str(value).lower().split()
        )
        return bank.filled(line, values)

    def says(
        self,
        act: str,
        values: Mapping[str, Any] | None = None,
        *,
        must: frozenset[str] = frozenset(),
        said: Mapping[str, Any] | None = None,
        asked: tuple[Asked, ...] = (),
        agrees: bool = False,
    ) -> Utterance:
        text = self.phrase(act, values, must=must)
        return Utterance(text=text, acts=(act,), said=said or {}, asked=asked, agrees=agrees)

    def presses(
        self, button: Mapping[str, str], act: str, *, said: Mapping[str, Any] | None = None, agrees: bool = False
    ) -> Utterance:
        return Utterance(text=button["title"], acts=(act,), choice=button["payload"], said=said or {}, agrees=agrees)

    def typed(self, utterance: Utterance) -> list[str]:
        """Return the messages that thumbs make of it."""
        return (
            [utterance.text]
            if utterance.choice
            else noise.typed(utterance.text, self.habits, self.rng, kept=self._values)
        )


def together(*parts: Utterance, joint: str = " ") -> Utterance:
    """Return one message that does all of it. A yes with anything beside it is none."""
    texts = [part.text.strip() for part in parts]
    text = joint.join(one if one[-1:] in ".!?…" or not one[-1:].isalnum() else f"{one}," for one in texts[:-1])
    return Utterance(
        text=f"{text}{joint}{texts[-1]}",
        acts=tuple(act for part in parts for act in part.acts),
        said={name: value for part in parts for name, value in part.said.items()},
        asked=tuple(one for part in parts for one in part.asked),
        agrees=len(parts) == 1 and parts[0].agrees,
    )
