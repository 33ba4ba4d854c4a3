"""Recorded talks: the presets' own go as they should, whoever answers, and playing them leaves nothing behind."""

from datetime import date
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from bots.llm.environment import NamedKey
from conversations.evaluation import cases
from tests import brains, factories
from tests.again import once
from tests.snapshots import load_preset
from tests.standins.llm import KEY, Model

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LANGUAGES = ["en", "es", "pl", "ru", "uk"]


def evaluate(*options: str, bot: str = "ceramics") -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("evaluate", bot, *options, stdout=out)
    except SystemExit as end:
        return int(end.code or 0), out.getvalue()
    return 0, out.getvalue()


def counts() -> dict[str, int]:
    ours = [model for model in apps.get_models() if model._meta.app_label in ("bots", "conversations", "bookings")]
    return {model.__name__: model._default_manager.count() for model in ours}


@pytest.fixture
def model(settings: Any) -> Any:
    with Model(brains.sensible) as server:
        settings.OPENAI_BASE_URL, settings.ANTHROPIC_BASE_URL = server.openai_url, server.anthropic_url
        settings.LLM_KEYS = {"openai": [NamedKey("OPENAI_API_KEY", KEY)], "anthropic": []}
        yield server


@pytest.mark.parametrize("language", LANGUAGES)
def test_rules_answer_the_presets_talks_rightly(language: str) -> None:
    load_preset("ceramics", {})
    before = counts()
    code, told = evaluate("--agent", "rules", "--only", f"{language}-")
    assert code == 0, told
    assert counts() == before


@pytest.mark.parametrize("language", once(LANGUAGES))
def test_a_model_answers_them_rightly(language: str, model: Model) -> None:
    load_preset("ceramics", {})
    before = counts()
    code, told = evaluate("--agent", "llm", "--only", f"{language}-")
    assert code == 0, told
    assert counts() | {"KeyState": 0} == before | {"KeyState": 0}


def test_days_are_none_on_which_the_business_is_closed() -> None:
    business = factories.BusinessFactory(country="PL")
    factories.HolidayRuleFactory(business=business, day="2026-12-29")
    factories.HolidayRuleFactory(business=business, day="2026-12-24", is_open=True)
    today = date(2026, 12, 20)
    closed = cases.sandboxes()[0].closed_days(business, today, date(2027, 2, 20))
    days = cases.coming(today, closed)
    assert {name: f"{day:%d.%m}" for name, day in days.items() if not name.endswith(cases.AFTER)} == {
        "wednesday": "23.12", "thursday": "24.12", "saturday": "02.01", "sunday": "27.12", "monday": "28.12",
        "tuesday": "05.01", "friday": "08.01",
    }  # fmt: skip
    assert days["friday_after"] == date(2027, 1, 15)


def test_there_are_at_least_forty() -> None:
    folder = Path("bots/presets/ceramics/evaluation")
    assert sum(file.read_text().count("\n- id:") for file in folder.glob("*.yaml")) >= 40


def test_a_talk_that_goes_wrong_is_shown_and_ends_with_one(tmp_path: Path) -> None:
    load_preset("ceramics", {})
    file = tmp_path / "wrong.yaml"
    file.write_text('- id: en-wrong\n  talk:\n    - says: "How much is it?"\n      reply: ["a million"]\n')
    code, told = evaluate("--cases", str(file))
    assert code == 1
    assert "WRONG" in told and "a million" in told and "> How much is it?" in told and "0 of 1 right" in told


def test_what_must_stand_at_the_end_is_compared_row_by_row(tmp_path: Path) -> None:
    load_preset("ceramics", {})
    file = tmp_path / "end.yaml"
    file.write_text(
        '- id: en-end\n  talk:\n    - says: "How much is it?"\n  held_by: person\n  attention: question\n'
        '  visits: [{status: pending, day: tuesday, time: "18:00"}]\n  lead: {status: draft}\n'
    )
    code, told = evaluate("--cases", str(file))
    assert code == 1
    for words in ("held by bot, not person", "attention is “”", "visits are []", "of the enquiry status is none"):
        assert words in told


def test_a_prompt_is_tried_before_it_is_switched_on(model: Model, tmp_path: Path) -> None:
    load_preset("ceramics", {})
    file = tmp_path / "prompt.md"
    file.write_text("You are a test of {business}. {skills}")
    evaluate("--agent", "llm", "--only", "en-price", "--prompt", f"main_response={file}")
    assert any("You are a test of Studio Ceramiki" in asked.stable for asked in model.asked)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--only", "zzz"], "No recorded talk"),
        (["--cases", "nowhere.yaml"], "no recorded talks"),
        (["--agent", "llm"], "no key"),
        (["--prompt", "main_response=nowhere"], "write a purpose"),
        (["--simulate", "0"], "At least one"),
        (["--simulate", "5", "--language", "de"], "does not speak de"),
        (["--simulate", "5", "--only", "en-1-9"], "none is called"),
        (["--simulate", "5", "--agent", "llm"], "no key"),
    ],
)
def test_what_cannot_be_done_is_said(options: list[str], words: str) -> None:
    load_preset("ceramics", {})
    before = counts()
    with pytest.raises(CommandError, match=words):
        call_command("evaluate", "ceramics", *options, stdout=StringIO())
    assert counts() == before


def test_a_bot_that_is_not_there_is_named() -> None:
    with pytest.raises(CommandError, match="no bot yet"):
        call_command("evaluate", stdout=StringIO())
    load_preset("ceramics", {})
    with pytest.raises(CommandError, match="no bot “barber”"):
        call_command("evaluate", "barber", stdout=StringIO())


@pytest.mark.parametrize(
    "text",
    ["- id: pl-x\n  talks: []\n", "- id: xx-y\n  talk: []\n", "5", "[", "- id: pl-a\n  talk:\n    - sings: la\n"],
)
def test_a_file_that_is_no_case_is_refused_with_its_name(text: str, tmp_path: Path) -> None:
    load_preset("ceramics", {})
    file = tmp_path / "bad.yaml"
    file.write_text(text)
    with pytest.raises(CommandError, match=r"bad\.yaml"):
        call_command("evaluate", "ceramics", "--cases", str(file), stdout=StringIO())
