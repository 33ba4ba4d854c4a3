"""How the reader of `conversations.dialogue.reading` is taught: what it reads, the fit, and how sure it must be.

It learns from the seen part of the bank only, each line with its places filled in, as it stands and as thumbs make it.
The same bank gives the same weights.
"""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray

from bots.embeddings import embedder
from bots.language import LANGUAGES, Understanding, understand
from conversations.dialogue import reading
from conversations.dialogue.reading import Weights
from conversations.evaluation import bank, noise
from conversations.evaluation.words import Words

OTHER = "other"
# Acts of the bank, by their beginning, as the acts of the language layer; the longest beginning counts.
ACTS: Mapping[str, str] = {
    "ask": "ask", "ask.duration": "ask_duration", "ask.end": "ask_end", "ask.free": OTHER, "ask.total": "ask_total",
    "cancel": "cancel", "request.alone": "change", "request.change_people": "change", "request.move": "change",
    "request.move_bare": "change", "request.one_more": "change", "select.keep": "keep", "person": "human",
    **{act: act for act in ("chat", "complain", "decline", "defer", "greet", "repeat", "status", "stop", "thank",
                            "urgent")},
}  # fmt: skip
TODAY = dt.date(2026, 11, 30)  # a Monday; any would do
NOW = dt.datetime(2026, 11, 30, 9, tzinfo=dt.UTC)
WAYS = 3  # of writing each line: as it stands, as some customer types it, with a slip of the thumb and perhaps a hello
HELLO = 0.35
FOLDS = 5
L2, STEPS = 0.001, 250
PRECISE, FEWEST = 0.97, 4  # how often a vote must be right, and of how many at least that is known
SERVICES = {
    "en": ("wheel throwing", "kids class", "mug painting", "the date on the wheel"),
    "es": ("torno", "taller para niños", "pintar tazas"),
    "pl": ("toczenie na kole", "zajęcia dla dzieci", "malowanie kubków"),
    "ru": ("гончарный круг", "детский мастер-класс", "роспись кружек"),
    "uk": ("гончарне коло", "дитячий майстер-клас", "розпис горнят"),
}

Matrix = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Sample:
    language: str
    line: str
    act: str  # of the language layer, or OTHER
    text: str


def act_of(name: str) -> str:
    """Return what an act of the bank is for the reader."""
    fitting = [one for one in ACTS if name == one or name.startswith(f"{one}.")]
    return ACTS[max(fitting, key=len)] if fitting else OTHER


def samples(part: str, *, ways: int = WAYS) -> list[Sample]:
    """Return all lines of a part of the bank as customers may write them."""
    found = []
    for language in LANGUAGES:
        for name, lines in sorted(bank.phrasings(language, part).items()):
            for line in lines:
                for way in range(ways):
                    text = _written(language, name, line, way)
                    found.append(Sample(language, line, act_of(name), text))
    return found


def _written(language: str, name: str, line: str, way: int) -> str:
    rng = Random(f"{way} {line}")  # noqa: S311 - customers, no secrets
    text = bank.filled(line, _values(language, rng))
    if way == 0:
        return text
    if way == 1:
        return "\n".join(noise.typed(text, noise.Habits.drawn(rng), rng))
    habits = noise.Habits(lower=rng.random() < 0.5, unmarked=rng.random() < 0.5, typos=1.0)
    text = "\n".join(noise.typed(text, habits, rng))
    if name in ("greet", "thank") or rng.random() > HELLO:
        return text
    return rng.choice(bank.phrasings(language, bank.SEEN)["greet"]) + rng.choice((" ", ", ", ". ")) + text


def _values(language: str, rng: Random) -> dict[str, str]:
    """Return words for whatever a line may have a place for."""
    words = Words(language, rng, TODAY)
    day = TODAY + dt.timedelta(days=rng.randrange(1, 13))
    clock = dt.time(rng.randrange(10, 20), rng.choice((0, 30)))
    people, body = rng.randrange(2, 5), rng.choice(sorted(words.forms["bodies"]))
    return {
        "day": words.day(day), "on_day": words.day(day, inside=True),
        "on_other_day": words.day(day + dt.timedelta(days=3), inside=True),
        "time": words.time(clock), "at_time": words.time(clock, inside=True),
        "part": words.part(rng.choice(("morning", "afternoon", "evening"))),
        **{name: words.of(name, people) for name in ("people", "for_people", "we_are")},
        "service": rng.choice(SERVICES[language]), "age": str(rng.randrange(5, 15)), "idea": words.any("ideas"),
        "on_body": words.of("on_bodies", body), "body": words.of("bodies", body),
        "size": words.number("sizes", rng.randrange(3, 30)),
        "money": words.number("moneys", rng.choice((300, 500, 800))),
        "month": words.of("in_months", rng.randrange(1, 13)),
    }  # fmt: skip


# --- the fit -------------------------------------------------------------------------------------------------------


def vectors(found: Sequence[Sample]) -> Matrix:
    return np.array([embedder().query(sample.text) for sample in found], dtype=np.float32)


def fitted(matrix: Matrix, answers: NDArray[np.int64], acts: Sequence[str]) -> Weights:
    """Return the weights of a multinomial logistic regression with L2, by Nesterov's accelerated gradient."""
    middle, spread = matrix.mean(axis=0), matrix.std(axis=0)
    given = np.hstack([(matrix - middle) / spread, np.ones((len(matrix), 1), dtype=np.float32)])
    wanted = np.eye(len(acts), dtype=np.float32)[answers]
    rate = 1 / (0.5 * _steepest(given) + L2)
    weights = ahead = np.zeros((len(acts), given.shape[1]), dtype=np.float32)
    pace = 1.0
    for _ in range(STEPS):
        slope = (Weights(tuple(acts), ahead, {}).probabilities(given[:, :-1]) - wanted).T @ given / len(given)
        held = ahead.copy()
        held[:, -1] = 0  # how frequent an act is may be learnt freely
        following = ahead - rate * (slope + L2 * held)
        next_pace = (1 + (1 + 4 * pace * pace) ** 0.5) / 2
        ahead = following + np.float32((pace - 1) / next_pace) * (following - weights)
        weights, pace = following, next_pace
    plain = weights[:, :-1] / spread  # so that no text need be scaled later
    return Weights(tuple(acts), np.hstack([plain, weights[:, -1:] - (plain @ middle)[:, None]]), {})


def _steepest(given: Matrix) -> float:
    """Return the largest eigenvalue of the mean square, by which the longest safe step is known."""
    direction = np.ones(given.shape[1], dtype=np.float32)
    for _ in range(30):
        direction = given.T @ (given @ direction)
        direction /= np.linalg.norm(direction)
    return float(np.linalg.norm(given.T @ (given @ direction))) / len(given)


def cross_validated(
    found: Sequence[Sample], matrix: Matrix, answers: NDArray[np.int64], acts: Sequence[str]
) -> NDArray[np.float32]:
    """Return each sample's probabilities by weights that were fitted without its line."""
    folds = np.array([hashlib.sha256(f"f{sample.line}".encode()).digest()[0] % FOLDS for sample in found])
    told = np.zeros((len(found), len(acts)), dtype=np.float32)
    for fold in range(FOLDS):
        here = folds == fold
        told[here] = fitted(matrix[~here], answers[~here], acts).probabilities(matrix[here])
    return told


def floors(
    told: Matrix, answers: NDArray[np.int64], acts: Sequence[str], unsure: NDArray[np.bool_]
) -> dict[str, float]:
    """Return from which probability on each act is right often enough, among all samples and where rules are unsure."""
    found = {}
    for place, act in enumerate(acts):
        everywhere = _floor(told, answers, place, np.ones_like(unsure))
        found[act] = max(everywhere, _floor(told, answers, place, unsure) if everywhere < reading.NEVER else 0.0)
    return found


def _floor(told: Matrix, answers: NDArray[np.int64], place: int, among: NDArray[np.bool_]) -> float:
    """Return the lowest floor that holds; where too few samples tell, 0 among the few and NEVER among all."""
    chosen = among & (told.argmax(axis=1) == place)
    order = np.argsort(-told[chosen, place])
    right = (answers[chosen] == place)[order]
    holds = np.flatnonzero(right.cumsum() / np.arange(1, len(right) + 1) >= PRECISE)
    if len(holds) == 0 or holds[-1] < FEWEST - 1:
        return reading.NEVER if among.all() else 0.0
    return float(told[chosen, place][order][holds[-1]])


def read_by_rules(sample: Sample) -> Understanding:
    return understand(sample.text, now=NOW, tz="Europe/Warsaw", lang=sample.language)
