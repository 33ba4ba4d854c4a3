"""manage.py train_reader: learn from the bank what messages do, and write it to the reader's file."""

from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from django.core.management.base import BaseCommand
from numpy.typing import NDArray

from bots.embeddings import embedder
from bots.language import LANGUAGES
from conversations.dialogue import reading
from conversations.dialogue.reading import VOTED, Weights
from conversations.evaluation import bank, teaching
from conversations.evaluation.teaching import Sample


class Command(BaseCommand):
    help = (
        "Teaches the reader of acts from the seen part of the bank; takes some minutes. Prints how it does, "
        "cross-validated on the seen part and once on the other, of which only figures are shown."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--into", type=Path, default=reading.FILE, help="the file to write")

    def handle(self, *args: Any, **options: Any) -> None:
        found = teaching.samples(bank.SEEN)
        acts = sorted({sample.act for sample in found})
        answers, matrix = _numbers(found, acts), teaching.vectors(found)
        unsure = np.array([reading.is_unsure(teaching.read_by_rules(one), one.text) for one in found])
        told = teaching.cross_validated(found, matrix, answers, acts)
        floors = teaching.floors(told, answers, acts, unsure)
        learnt = teaching.fitted(matrix, answers, acts)
        learnt = Weights(learnt.acts, learnt.weights, {act: floors[act] for act in VOTED})
        learnt.save(options["into"], model=embedder().name)
        self._table("seen, cross-validated", found, told, learnt)
        unseen = teaching.samples(bank.UNSEEN, ways=1)
        self._table("unseen", unseen, learnt.probabilities(teaching.vectors(unseen)), learnt)

    def _table(self, title: str, found: Sequence[Sample], told: NDArray[np.float32], learnt: Weights) -> None:
        """Print how often the likeliest act is right, and how often rules find what they may with and without votes."""
        answers, chosen = _numbers(found, learnt.acts), told.argmax(axis=1)
        languages = np.array([sample.language for sample in found])
        self.stdout.write(f"{title}: {len(found)} texts, {np.mean(answers == chosen):.1%} right")
        for language in LANGUAGES:
            here = languages == language
            self.stdout.write(f"  {language}  {np.mean((answers == chosen)[here]):.1%}")
        for place, act in enumerate(learnt.acts):
            votes = (chosen == place) & (told[:, place] >= learnt.floors.get(act, reading.NEVER))
            right = np.mean(answers[votes] == place) if votes.any() else 0.0
            mine = answers == place
            self.stdout.write(
                f"  {act:13} {mine.sum():5}  likeliest {np.mean(chosen[mine] == place):6.1%}"
                f"  above its floor {np.mean(votes[mine]):6.1%}, right {right:6.1%}"
            )


def _numbers(found: Sequence[Sample], acts: Sequence[str]) -> NDArray[np.int64]:
    return np.array([acts.index(sample.act) for sample in found])
