"""Simulated customers: the same seed the same talks, nothing left behind, and today's bot as good as it was measured."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command

from bots.llm.environment import NamedKey
from bots.registry import brought
from conversations.evaluation import bank
from conversations.evaluation.faults import INVARIANTS, SAYS, Kind
from conversations.evaluation.playing import Result
from conversations.evaluation.reporting import Report, talk_lines
from conversations.evaluation.running import Plan, simulate
from conversations.models import Conversation, Turn
from tests import brains
from tests.again import once
from tests.clock import travel
from tests.conversations.evaluation.test_cases import counts
from tests.snapshots import load_preset
from tests.standins.llm import KEY, Model

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

ALL = ("en", "pl", "uk", "ru", "es")
A_MONDAY = datetime(
    2026, 11, 30, 12, tzinfo=UTC
)  # the moment decides days and holidays: with it all talks are the same
# What the bot reaches on the engine (docs/decisions/0017-the-dialogue-engine.md): it may get better, and not worse.
FLOORS = {"ceramics": 0.76, "tattoo": 0.55}
OF_VISITS = {"visit", "move", "change", "cancel", "keep", "two_visits", "thinks_better"}
VISITS_FLOOR = 0.95


@pytest.fixture
def on_a_monday() -> Iterator[None]:
    with travel(A_MONDAY):
        yield


@pytest.fixture
def model(settings: Any) -> Iterator[Model]:
    with Model(brains.sensible) as server:
        settings.OPENAI_BASE_URL, settings.ANTHROPIC_BASE_URL = server.openai_url, server.anthropic_url
        settings.LLM_KEYS = {"openai": [NamedKey("OPENAI_API_KEY", KEY)], "anthropic": []}
        yield server


def play(bot: str, count: int, **options: Any) -> list[Result]:
    return simulate(Plan(bot=bot, languages=ALL, count=count, **options))


@pytest.mark.parametrize("talks", once([20, 50]))  # a bot
def test_talks_go_as_well_as_they_did_and_nothing_is_done_without_consent(on_a_monday: None, talks: int) -> None:
    for bot, floor in FLOORS.items():
        load_preset(bot, {}) if bot == "ceramics" else _load_beside(bot)
        before = counts()
        report = Report(bot, bank.SEEN, "rules", play(bot, talks))
        told = "\n".join(report.lines())
        assert not [one for one in report.faults() if one.kind == Kind.BROKE], told
        assert report.success >= floor, told
        assert counts() == before
        assert not report.kinds()[Kind.CONSENT], told  # nothing is done without a firm yes
        visits = [result for result in report.results if result.goal in OF_VISITS]
        assert sum(result.succeeded for result in visits) >= VISITS_FLOOR * len(visits), told


def _load_beside(name: str) -> None:
    from conversations.presets import loading

    loading.load(name, {})


@pytest.mark.parametrize("talks", once([3, 20]))
def test_the_same_seed_plays_the_same_talks_and_another_others(on_a_monday: None, talks: int) -> None:
    load_preset("ceramics", {})
    first, again, other = (play("ceramics", talks, seed=seed) for seed in (1, 1, 2))
    assert [(one.id, one.goal, one.lines) for one in first] == [(one.id, one.goal, one.lines) for one in again]
    assert [one.lines for one in first] != [one.lines for one in other]
    alone = play("ceramics", talks, only=first[2].id)
    assert [one.lines for one in alone] == [first[2].lines]


@pytest.mark.again
def test_an_hour_of_the_night_changes_no_talk_by_day() -> None:
    load_preset("ceramics", {})
    by_hour = []
    for hour in (3, 12):
        with travel(A_MONDAY.replace(hour=hour)):
            by_hour.append([one.lines for one in play("ceramics", 6)])
    assert by_hour[0] == by_hour[1]


def test_unseen_lines_are_played_and_not_printed(on_a_monday: None) -> None:
    load_preset("ceramics", {})
    out = StringIO()
    options = ["--simulate", "6", "--jobs", "1", "--worst", "6"]
    call_command("evaluate", "ceramics", *options, "--phrasings", bank.UNSEEN, stdout=out)
    assert "6 talks" in out.getvalue() and "> " not in out.getvalue()
    call_command("evaluate", "ceramics", *options, "--phrasings", bank.SEEN, stdout=out)
    assert "> " in out.getvalue()


def test_the_report_tells_people_and_machines_the_same(on_a_monday: None) -> None:
    load_preset("ceramics", {})
    out, told = StringIO(), StringIO()
    options = ["--simulate", "4", "--jobs", "1", "--language", "en", "--language", "pl"]
    call_command("evaluate", "ceramics", *options, "--worst", "1", stdout=told)
    call_command("evaluate", "ceramics", *options, "--json", "-", stdout=out)
    (found,) = json.loads(out.getvalue())
    assert found["talks"] == 4 and set(found["languages"]) == {"en", "pl"}
    assert f"{round(100 * found['success'])} % reached their goal" in told.getvalue()
    assert len(found["results"]) == 4 and set(found["invariants"]) == {kind.name.lower() for kind in INVARIANTS}
    for kind in INVARIANTS:
        assert SAYS[kind] in told.getvalue()
    assert sum(one["succeeded"] for one in found["results"]) == round(found["success"] * 4)


@pytest.mark.again
def test_several_processes_play_what_one_plays(on_a_monday: None) -> None:
    load_preset("ceramics", {})
    before = counts()
    plan = Plan(bot="ceramics", languages=ALL, count=10)
    assert [one.lines for one in simulate(plan, jobs=2)] == [one.lines for one in simulate(plan, jobs=1)]
    assert counts() == before


@pytest.mark.again
def test_the_same_customers_talk_to_a_model(on_a_monday: None, model: Model) -> None:
    load_preset("ceramics", {})
    told: list[Result] = []
    asked: list[str] = []

    def note(result: Result) -> None:
        told.append(result)
        asked.extend(Turn.objects.values_list("agent", flat=True))

    by_model = simulate(Plan(bot="ceramics", languages=ALL, count=6, agent="llm"), tell=note)
    by_rules = play("ceramics", 6)
    assert [one.goal for one in by_model] == [one.goal for one in by_rules]
    assert [one.lines[0] for one in by_model] == [one.lines[0] for one in by_rules]  # the same first words
    assert "llm" in asked and model.asked
    assert not [line for one in by_model for line in talk_lines(one) if "broke" in line]


def test_the_copies_of_a_run_that_breaks_are_taken_away(on_a_monday: None) -> None:
    load_preset("ceramics", {})
    before = counts()

    def stop(_: Result) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(Plan(bot="ceramics", languages=ALL, count=5), tell=stop)
    assert counts() == before and not Conversation.objects.exists()


def test_every_app_s_goals_and_behaviours_are_told_apart() -> None:
    goals, behaviours = brought("goals"), brought("behaviours")
    assert len({goal.code for goal in goals}) == len(goals) > 10
    assert len({one.code for one in behaviours}) == len(behaviours) > 25
    assert {code for one in behaviours for code in one.goals} <= {goal.code for goal in goals}
    assert all(goal.says and goal.weight > 0 for goal in goals) and all(one.says and one.rate > 0 for one in behaviours)
