"""`manage.py understand`: one answer a line, in order, whatever the line is."""

from __future__ import annotations

import json

from bots.management.commands.understand import KEYS, answer


def ask(**data: object) -> dict:
    return answer(json.dumps({"now": "2026-11-25T10:00:00+01:00", "tz": "Europe/Warsaw", **data}))


def test_an_answer_has_every_field_and_null_where_unsaid() -> None:
    found = ask(id=7, text="jutro o 17")

    assert found["id"] == 7
    assert set(KEYS) <= set(found)
    assert (found["lang"], found["date"], found["time"]) == ("pl", "2026-11-26", "17:00")
    assert found["people"] is None
    assert found["spans"][0] == {"field": "date", "start": 0, "end": 5, "value": "2026-11-26"}


def test_context_comes_as_plain_json() -> None:
    found = ask(
        id="a",
        text="wed, manicur with Anna at 8",
        context={
            "region": "GB",
            "requested": ["date", "time"],
            "offered": [{"date": "2026-12-02", "time": "20:00"}],
            "services": ["Manicure", "Pedicure"],
            "specialists": ["Anna", "Olga"],
            "opening_hours": {"wednesday": [["16:00", "21:00"]]},
        },
    )

    assert (found["service"], found["specialist"]) == ("Manicure", "Anna")
    assert (found["date"], found["time"]) == ("2026-12-02", "20:00")


def test_later_is_relative_to_the_state() -> None:
    assert ask(id=1, text="an hour later", context={"state": {"time": "17:00"}})["time"] == "18:00"


def test_a_bad_line_is_answered_with_its_error() -> None:
    assert answer("nonsense")["error"]
    assert answer('{"id": 3}') == {"id": 3, "error": "KeyError: 'text'"}
    assert "error" in ask(id=4, text="hi", tz="Nowhere/Land")
    assert "error" in answer('{"id": 5, "text": "hi", "now": "yesterday"}')
    assert "error" in answer('{"id": 6, "text": 5}')
