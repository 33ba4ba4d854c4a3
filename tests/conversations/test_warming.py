"""A worker loads its languages before its first turn, and only where turns are taken."""

from types import SimpleNamespace
from typing import Any

import pytest
from celery import Celery

from bots.language.lexicon import LEXICONS
from config.celery import warm_up


@pytest.fixture
def cold() -> None:
    for lexicon in LEXICONS.values():
        lexicon.__dict__.pop("vocabulary", None)


def starts(*queues: str) -> None:
    app = Celery("worker", set_as_current=False)
    app.amqp.queues.select(list(queues))
    worker: Any = SimpleNamespace(app=app)
    warm_up(worker)


def test_every_language_is_there_before_the_first_turn(cold: None) -> None:
    starts("turns")

    assert all("vocabulary" in lexicon.__dict__ for lexicon in LEXICONS.values())


def test_who_only_sends_needs_no_language(cold: None) -> None:
    starts("sends", "sweeps")

    assert not any("vocabulary" in lexicon.__dict__ for lexicon in LEXICONS.values())
