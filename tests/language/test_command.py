"""`manage.py understand`: one answer a line, in order, whatever the line is."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from bots.management.commands.understand import KEYS, answer, written


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


def test_what_is_no_json_is_answered_and_not_echoed() -> None:
    for line in ('{"id": NaN, "text": "hi"}', "[" * 100_000, "[]", "null", '{"id": 1, "text": "hi", "context": "x"}'):
        assert answer(line)["error"]
        json.loads(written(answer(line)))


def test_a_context_of_the_wrong_types_is_an_error_and_nulls_are_as_good_as_nothing() -> None:
    wrong: list[dict[str, object]] = [
        {"requested": 5}, {"offered": 5}, {"offered": {"date": 5}}, {"services": 5}, {"state": "x"},
        {"opening_hours": {"someday": []}},
    ]  # fmt: skip
    for context in wrong:
        assert "error" in ask(id=1, text="an hour later", context=context)
    nulls = dict.fromkeys(
        ("region", "requested", "bot_text", "offered", "state", "services", "specialists", "opening_hours")
    )
    assert ask(id=2, text="tomorrow", context=nulls, lang=None)["date"] == "2026-11-26"


def test_half_a_surrogate_pair_is_written_as_an_escape() -> None:
    found = written(answer('{"id": "\\ud800", "text": "\\ud800 tomorrow at 5", "now": "2026-11-25T10:00:00+01:00"}'))

    found.encode()
    assert json.loads(found)["date"] == "2026-11-26"


def test_the_command_answers_line_by_line_without_a_database() -> None:
    lines = [
        b'{"id": 1, "text": "tomorrow at 5", "now": "2026-11-25T10:00:00+01:00"}',
        b"\xff\xfe nonsense",
        b"",
        b'{"id": 2, "text": "jutro \xff", "now": "2026-11-25T10:00:00+01:00"}',
    ]
    done = subprocess.run(
        [sys.executable, "manage.py", "understand"],
        input=b"\n".join(lines) + b"\n",
        capture_output=True,
        cwd=Path(__file__).parents[2],
        env={**os.environ, "SECRET_KEY": "x", "DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"},
        check=True,
    )
    answers = [json.loads(line) for line in done.stdout.decode().splitlines()]

    assert [found["id"] for found in answers] == [1, None, 2]
    assert [found.get("date") for found in answers] == ["2026-11-26", None, "2026-11-26"]
    assert "error" in answers[1]
