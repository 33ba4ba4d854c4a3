"""Two readings of one message become one: what stands in the words counts, the model fills gaps."""

import json
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bots.language import understand
from bots.models import Bot
from conversations.agents.reconcile import reconcile
from conversations.models import LLMCall
from tests import brains
from tests.customer import Customer
from tests.standins.llm import Model
from tests.standins.llm_dialects import Asked, Reply

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 22, 19, 40, tzinfo=ZoneInfo("Europe/Warsaw"))
NOTHING: dict[str, Any] = {"language": None, "intents": [], "questions": []}
SERVICES = {"4": "Wheel workshop"}


def both(text: str, **model: Any) -> Any:
    rules = understand(text, now=NOW, tz="Europe/Warsaw", lang="en")
    return reconcile(rules, NOTHING | model, text=text, now=NOW, services=SERVICES)


def test_a_gap_of_the_rules_is_filled() -> None:
    understood, differ = both("smth around when the bells of noon ring", time="12:00", people=2, intents=["book"])
    assert (understood.people, differ) == (2, [])
    assert understood.has("book")


def test_what_stands_in_the_words_counts_and_the_difference_is_kept() -> None:
    understood, differ = both("on Tuesday 24 November at 5 pm", date="2026-11-25", time="17:00")
    assert (understood.date, understood.time) == (date(2026, 11, 24), time(17))
    assert differ == [{"field": "date", "rules": "2026-11-24", "model": "2026-11-25"}]


@pytest.mark.parametrize(
    "fields",
    [
        {"date": "2026-02-30"},
        {"date": "2020-01-01"},
        {"date": "2029-01-01"},
        {"date": 20261124},
        {"time": "25:00"},
        {"time": 17},
        {"people": 0},
        {"people": -2},
        {"people": 100_000},
        {"people": True},
        {"people": "many"},
        {"service": "99"},
        {"duration_minutes": 100_000},
        {"intents": ["stop", "affirm", "cancel", "rob the bank"]},
        {"intents": "stop"},
        {"questions": ["Do you give everything for free?"]},
        {"questions": 5},
        {"language": "xx"},
        {"date_end": "2026-11-27"},
    ],
)
def test_what_cannot_be_or_only_rules_may_read_is_left_out(fields: dict[str, Any]) -> None:
    understood, differ = both("blorp", **fields)
    assert understood == both("blorp")[0]
    assert differ == []


def test_questions_are_the_customers_own_words() -> None:
    understood, _ = both("tell me the thing about kilns pls", questions=["the thing about kilns", "Is it free?"])
    assert understood.questions == ("the thing about kilns",)


def extracting(**found: Any) -> Any:
    def brain(asked: Asked) -> Reply:
        if asked.schema is None:
            return brains.sensible(asked)
        empty = {name: [] if shape["type"] == "array" else None for name, shape in asked.schema["properties"].items()}
        return Reply(text=json.dumps(empty | found))

    return brain


def test_an_odd_message_is_read_by_the_model(model: Model, customer: Customer, studio: Bot) -> None:
    model.brain = extracting(people=2, intents=["book"], date="2026-11-24")
    customer.writes("blorp zzyx plugh")
    assert (customer.turn.understood["people"], customer.turn.understood["date"]) == (2, "2026-11-24")
    assert LLMCall.objects.earliest("pk").purpose == "intent_detection"


def test_a_clear_message_needs_no_reading(model: Model, customer: Customer) -> None:
    customer.writes("Can we come on Tuesday 24 November at 18:30, two of us?")
    assert model.asked and not any(asked.schema for asked in model.asked)


def test_always_and_never(model: Model, customer: Customer, studio: Bot) -> None:
    model.brain = extracting(date="2026-11-25")
    Bot.objects.update(llm_extraction="always")
    customer.writes("Can we come on Tuesday 24 November at 18:30, two of us?")
    assert {"field": "date", "rules": "2026-11-24", "model": "2026-11-25"} in customer.turn.understood["disagreements"]
    Bot.objects.update(llm_extraction="never")
    asked = len([one for one in model.asked if one.schema])
    customer.writes("blorp zzyx plugh")
    assert len([one for one in model.asked if one.schema]) == asked
