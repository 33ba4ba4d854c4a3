"""The scripted talks of the presets go as they should, whoever answers, and an evaluation leaves nothing behind."""

from datetime import date, timedelta
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command

from bookings.availability.schedule import closed_days
from bookings.evaluation import scenarios
from bots.llm.environment import NamedKey
from tests import brains, factories
from tests.snapshots import load_preset
from tests.standins.llm import KEY, Model

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
LANGUAGES = ["en", "es", "pl", "ru", "uk"]


def evaluate(*options: str) -> tuple[int, str]:
    out = StringIO()
    try:
        call_command("evaluate", "ceramics", *options, stdout=out)
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


@pytest.mark.parametrize("language", LANGUAGES)
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
    closed = closed_days(business, today, today + timedelta(days=60))
    days = scenarios.coming(today, closed)
    assert {name: f"{day:%d.%m}" for name, day in days.items()} == {
        "wednesday": "23.12", "thursday": "24.12", "saturday": "02.01", "sunday": "27.12", "monday": "28.12",
        "tuesday": "05.01", "friday": "08.01",
    }  # fmt: skip


def test_there_are_at_least_forty() -> None:
    folder = Path("bots/presets/ceramics/evaluation")
    assert sum(file.read_text().count("\n- id:") for file in folder.glob("*.yaml")) >= 40


def test_a_talk_that_goes_wrong_is_shown_and_ends_with_one(tmp_path: Path) -> None:
    load_preset("ceramics", {})
    file = tmp_path / "wrong.yaml"
    file.write_text('- id: en-wrong\n  talk:\n    - says: "How much is it?"\n      reply: ["a million"]\n')
    code, told = evaluate("--scenarios", str(file))
    assert code == 1
    assert "WRONG" in told and "a million" in told and "> How much is it?" in told and "0 of 1 right" in told


def test_a_prompt_is_tried_before_it_is_switched_on(model: Model, tmp_path: Path) -> None:
    load_preset("ceramics", {})
    file = tmp_path / "prompt.md"
    file.write_text("You are a test of {business}. {skills}")
    evaluate("--agent", "llm", "--only", "en-price", "--prompt", f"main_response={file}")
    assert any("You are a test of Studio Ceramiki" in asked.stable for asked in model.asked)


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--only", "zzz"], "No scenario"),
        (["--scenarios", "nowhere.yaml"], "no scenarios"),
        (["--agent", "llm"], "no key"),
        (["--prompt", "main_response=nowhere"], "write a purpose"),
    ],
)
def test_what_cannot_be_done_is_said(options: list[str], words: str) -> None:
    load_preset("ceramics", {})
    before = counts()
    with pytest.raises(CommandError, match=words):
        call_command("evaluate", "ceramics", *options, stdout=StringIO())
    assert counts() == before


@pytest.mark.parametrize(
    "text",
    ["- id: pl-x\n  talks: []\n", "- id: xx-y\n  talk: []\n", "5", "[", "- id: pl-a\n  talk:\n    - sings: la\n"],
)
def test_a_file_that_is_no_scenario_is_refused_with_its_name(text: str, tmp_path: Path) -> None:
    load_preset("ceramics", {})
    file = tmp_path / "bad.yaml"
    file.write_text(text)
    with pytest.raises(CommandError, match=r"bad\.yaml"):
        call_command("evaluate", "ceramics", "--scenarios", str(file), stdout=StringIO())
