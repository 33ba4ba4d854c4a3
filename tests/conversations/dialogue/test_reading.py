"""The reader of acts votes where no rule reads a message, in every language, and never for a yes."""

from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import pytest

from bots.embeddings import embedder
from bots.language import Understanding, understand
from bots.language.acts.reader import KINDS
from conversations.admin.why import understood_lines
from conversations.dialogue import reading
from conversations.dialogue.reading import NEVER, VOTED, Weights

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)


def by_rules(text: str, language: str) -> Understanding:
    return understand(text, now=NOW, tz="Europe/Warsaw", lang=language)


def voted(text: str, language: str) -> str:
    """Return the act that was added to what rules read; "" if none."""
    read = reading.read_on(by_rules(text, language), text)
    return next((act.kind for act in read.acts if not act.sure), "")


def test_the_file_is_small_and_of_the_model_that_is_bundled() -> None:
    learnt = reading.weights()
    assert reading.FILE.stat().st_size < 200_000
    assert learnt.model == embedder().name
    assert set(VOTED) <= set(learnt.acts) & set(KINDS)
    assert all(learnt.floors[act] > 0.3 for act in VOTED)
    assert all(floor == NEVER for act, floor in learnt.floors.items() if act not in VOTED)


@pytest.mark.parametrize(
    ("language", "text", "act"),
    [
        ("en", "stop spamming my phone already", "stop"),
        ("en", "tell me the sum for the four of us", "ask_total"),
        ("en", "around what o'clock are we free to leave", "ask_end"),
        ("es", "dejad de bombardearme con mensajes", "stop"),
        ("pl", "dajcie mi kogos zywego", "human"),
        ("pl", "zaprzestańcie wysyłania mi tych powiadomień", "stop"),
        ("ru", "хватит заваливать меня сообщениями", "stop"),
        ("uk", "не турбуйте мене більше повідомленнями", "stop"),
    ],
)
def test_what_rules_miss_is_heard_in_every_language(language: str, text: str, act: str) -> None:
    blind = Understanding(lang=language)  # rules may learn to read these as well
    assert [(one.kind, one.sure) for one in reading.read_on(blind, text).acts] == [(act, False)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "friday works"), ("en", "Anna Kowalska, +48 600 100 200"), ("en", "hello there"), ("en", "hmm"),
        ("es", "el jueves por la tarde"), ("es", "somos cuatro"), ("es", "buenas tardes"), ("pl", "w piątek po pracy"),
        ("pl", "różę z kolcami na przedramię"), ("pl", "cześć"), ("ru", "в субботу утром"), ("ru", "нас трое"),
        ("uk", "у неділю ввечері"), ("uk", "дракона на спині, 20 см"), ("uk", "дякую"),
    ],
)  # fmt: skip
def test_days_people_ideas_and_courtesies_get_no_vote(language: str, text: str) -> None:
    assert voted(text, language) == ""


def test_probabilities_add_up_to_one() -> None:
    found = reading.vote("how much would that be for the lot of us")
    assert set(found) == set(reading.weights().acts)
    assert sum(found.values()) == pytest.approx(1, abs=1e-4)


def test_a_yes_can_never_be_voted_for() -> None:
    assert not {"accept", "select", "keep", "inform", "request"} & set(VOTED)


def test_what_rules_read_stands_and_is_not_voted_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "vote", lambda _: pytest.fail("no vote was needed"))
    for text, language in (
        ("yes please", "en"), ("do you have parking?", "en"), ("nie, dziękuję", "pl"), ("отмените запись", "ru"),
        ("lo pienso y te digo", "es"), ("👍", "uk"), ("15:30", "en"), ("", "en"), ("la " * 200, "es"),
    ):  # fmt: skip
        understood = by_rules(text, language)
        assert reading.read_on(understood, text) is understood, text


def test_weights_of_another_model_are_silent(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "gimme an actual person, not a machine"
    blind = Understanding(lang="en")
    assert reading.read_on(blind, text).acts
    learnt = reading.weights()
    monkeypatch.setattr(
        reading, "weights", lambda: Weights(learnt.acts, learnt.weights, learnt.floors, "another model")
    )
    assert reading.read_on(blind, text) is blind


def test_a_vote_is_marked_and_is_a_reason_to_ask_only() -> None:
    text = "gimme an actual person, not a machine"
    read = reading.read_on(Understanding(lang="en"), text)
    [act] = read.acts
    assert (act.kind, act.start, act.end, act.sure) == ("human", 0, len(text), False)
    assert read.does("human") and read.seems_to("human") and not read.does("human", surely=True)
    assert read.as_json()["acts"] == [{"kind": "human", "start": 0, "end": len(text), "sure": False}]
    assert ("Does", f"taken to mean: wants a person (“{text}”)") in understood_lines(read.as_json(), text)


def test_what_is_kept_is_read_again(tmp_path: Path) -> None:
    learnt = Weights(("ask", "other"), np.ones((2, 4), dtype=np.float32), {"ask": 0.75})
    learnt.save(tmp_path / "acts.npz", model="some model")
    read = Weights.load(tmp_path / "acts.npz")
    assert read.acts == learnt.acts and read.model == "some model"
    assert read.floors == {"ask": 0.75, "other": NEVER}
    assert (read.weights == learnt.weights).all()
