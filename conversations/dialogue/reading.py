"""What a message seems to do where no rule reads it: a small linear reader over its meaning, in every language.

Rules read first, and what they read stands. The reader may only add an act to a message of which they know no more than
days, numbers and courtesies; it is marked as not sure, and nothing is done upon it without a question back. It never
votes for a yes. `manage.py train_reader` makes its file; docs/decisions/0016-reading-acts.md has the figures.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bots.embeddings import embedder
from bots.language.acts.reader import Act
from bots.language.understanding import Understanding

FILE = Path(__file__).with_name("acts.npz")
LONGEST = 240  # characters: a longer message does several things
BESIDE = frozenset({"inform", "greet", "thank", "chat"})  # what rules may have read, and yet not what it is about
# What is asked and wanted of us: to hear one of these where there is none costs an answer or a question too many.
VOTED = (
    "ask", "ask_duration", "ask_end", "ask_total", "cancel", "complain", "human", "status", "stop", "urgent",
)  # fmt: skip
NEVER = 2.0  # no probability reaches it


@dataclass(frozen=True, slots=True)
class Weights:
    """One row of weights an act, the last of them for what all messages have; from which probability on it may vote."""

    acts: tuple[str, ...]
    weights: NDArray[np.float32]
    floors: Mapping[str, float]
    model: str = ""  # whose vectors it reads

    @classmethod
    def load(cls, path: Path) -> "Weights":
        with np.load(path, allow_pickle=False) as kept:
            acts = tuple(str(act) for act in kept["acts"])
            floors = dict(zip(acts, map(float, kept["floors"]), strict=True))
            return cls(acts, kept["weights"].astype(np.float32), floors, str(kept["model"]))

    def save(self, path: Path, *, model: str) -> None:
        floors = [self.floors.get(act, NEVER) for act in self.acts]
        kept: dict[str, Any] = {"acts": np.array(self.acts), "floors": np.array(floors), "model": np.array(model)}
        with path.open("wb") as file:
            np.savez_compressed(file, weights=self.weights.astype(np.float16), **kept)

    def probabilities(self, vectors: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return one row a text, one column an act."""
        scores = vectors @ self.weights[:, :-1].T + self.weights[:, -1]
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        found: NDArray[np.float32] = raised / raised.sum(axis=1, keepdims=True)
        return found


@lru_cache(maxsize=1)
def weights() -> Weights:
    """Return what was learnt, loaded at first use."""
    return Weights.load(FILE)


def vote(text: str) -> Mapping[str, float]:
    """Return how likely it is that a message does this, act by act; "other" is all that rules read better."""
    learnt = weights()
    vector = np.array([embedder().query(text)], dtype=np.float32)
    return dict(zip(learnt.acts, map(float, learnt.probabilities(vector)[0]), strict=True))


def is_unsure(understood: Understanding, text: str) -> bool:
    """Return whether rules read no more than days, numbers and courtesies, so that the reader may be asked."""
    if understood.answer or not any(sign.isalpha() for sign in text) or len(text) > LONGEST:
        return False
    return {act.kind for act in understood.acts} <= BESIDE


def read_on(understood: Understanding, text: str) -> Understanding:
    """Return it with the act that the reader is certain enough of, over the whole message; mostly as it was."""
    if not is_unsure(understood, text):
        return understood
    learnt = weights()
    if learnt.model != embedder().name:
        return understood  # another model's vectors say nothing to it
    kind, probability = max(vote(text).items(), key=lambda each: each[1])
    if kind not in VOTED or probability < learnt.floors[kind]:
        return understood
    return replace(understood, acts=(*understood.acts, Act(kind, 0, len(text), sure=False)))
