"""Whatever a model does, the customer has exactly one sensible answer in time, and nothing was done that should not be."""

import time

import pytest

from bookings.models import Reservation
from conversations.models import LLMCall, Message
from tests.again import once
from tests.customer import Customer
from tests.standins.llm import HARMS, LONG, Model, calls_in_a_row

pytestmark = pytest.mark.slow

QUESTION = "How much is the wheel workshop, and can we come on Tuesday 24 November at 18:30, two of us?"


@pytest.mark.parametrize("harm", sorted(HARMS))
@pytest.mark.parametrize("provider", once(["openai", "anthropic"]))
def test_harm_for_ever_is_one_sensible_answer(
    harm: str, provider: str, model: Model, customer: Customer, settings: object
) -> None:
    settings.LLM_KEYS = {name: keys if name == provider else [] for name, keys in settings.LLM_KEYS.items()}  # type: ignore[attr-defined]
    settings.LLM_TURN_SECONDS = 2  # type: ignore[attr-defined]
    model.harm(harm, times=-1)
    began = time.monotonic()
    said = customer.writes(QUESTION)
    assert time.monotonic() - began < 12  # two seconds for the model, the rest for a busy machine
    if customer.turn.agent == "rules":
        assert customer.turn.fallback
        assert any("120" in text for text in said)
    text = "\n".join(said)
    assert said and len(text) < 1500 and LONG[:40] not in text and "\x00" not in text and "予約" not in text
    assert customer.conversation.answered_seq == customer.conversation.last_inbound_seq
    assert not Reservation.objects.exclude(status="draft").exists()
    assert LLMCall.objects.filter(turn=customer.turn).exists() or customer.turn.fallback
    before = Message.objects.count()
    assert customer.hears() == []
    assert Message.objects.count() == before


def test_fifty_tools_in_a_row_come_to_an_end(model: Model, customer: Customer) -> None:
    wish = {"service_id": None, "day": "2026-11-24", "start_time": "18:30", "people": 2, "duration_minutes": None}
    model.harm(calls_in_a_row("keep_wish", wish))
    said = customer.writes(QUESTION)
    assert customer.turn.agent == "rules"
    assert "no end" in customer.turn.fallback or "too many" in customer.turn.fallback
    assert len(model.asked) <= 6
    assert said and Reservation.objects.count() <= 1


def test_over_budget_rules_answer_before_the_money_is_spent(model: Model, customer: Customer) -> None:
    customer.account.bot.llm_daily_budget_cents = 0
    customer.account.bot.save()
    said = customer.writes(QUESTION)
    assert not model.asked
    assert (customer.turn.agent, customer.turn.fallback) == ("rules", "the daily budget is used up")
    assert any("120" in text for text in said)
