"""What is remembered of a dialogue after a day of silence."""

import json
from typing import Any

import pytest
from django.db import connection

from conversations.memory import summaries
from conversations.models import Conversation, LLMCall, Message, Summary
from tests import brains
from tests.customer import Customer
from tests.standins.llm import Model
from tests.standins.llm_dialects import Asked, Reply

pytestmark = pytest.mark.slow

NOTES = {
    "summary": "Asked about the price; wants to come with a daughter.",
    "facts": ["Has a daughter of 7", 5, "x" * 900],
    "open_matters": ["Wants to know about parking"],
}


def remembering(asked: Asked) -> Reply:
    if asked.schema and "open_matters" in asked.schema["properties"]:
        return Reply(text=json.dumps(NOTES))
    return brains.sensible(asked)


def a_day_later(customer: Customer) -> None:
    Conversation.objects.filter(pk=customer.conversation.pk).update(last_message_at="2026-11-20T00:00Z")


def test_a_silent_dialogue_becomes_a_summary_and_the_next_one_starts_from_it(model: Model, customer: Customer) -> None:
    model.brain = remembering
    customer.writes("Ile kosztują warsztaty? Przyjdę z córką, ma 7 lat.")
    assert summaries.sweep() == 0
    a_day_later(customer)
    assert summaries.sweep() == 1
    assert summaries.sweep() == 0
    summary = Summary.objects.get()
    messages = list(Message.objects.order_by("seq"))
    assert summary.text == NOTES["summary"]
    assert summary.facts[0] == "Has a daughter of 7"
    assert len(summary.facts) == 2
    assert (summary.from_seq, summary.upto_seq) == (1, messages[-1].seq)
    assert summary.message_ids == [message.pk for message in messages]
    assert LLMCall.objects.filter(purpose="dialogue_compression").count() == 1
    customer.writes("A gdzie zaparkować?")
    asked = next(one for one in reversed(model.asked) if not one.schema)
    assert "Has a daughter of 7" in asked.facts
    assert not any("Przyjdę z córką" in part.text for part in asked.parts)


def test_without_a_model_rules_sum_up_and_nothing_is_lost(model: Model, customer: Customer) -> None:
    customer.writes("Ile kosztują warsztaty?")
    count = Message.objects.count()
    a_day_later(customer)
    model.harm("500", times=-1)
    assert summaries.sweep() == 1
    summary = Summary.objects.get()
    assert summary.made_by == "rules"
    assert "Ile kosztują warsztaty?" in summary.text
    assert Message.objects.count() == count


def test_what_is_not_what_was_asked_for_is_not_kept(model: Model, customer: Customer) -> None:
    customer.writes("Ile kosztują warsztaty?")
    a_day_later(customer)
    model.brain = lambda asked: Reply(text='{"summary": "", "facts": "all", "open_matters": null}')
    summaries.sweep()
    assert Summary.objects.get().made_by == "rules"


def test_what_a_model_noted_is_no_ground_for_a_price(model: Model, customer: Customer) -> None:
    """Notes are made from what customers write: they may not smuggle in a discount."""
    noted = NOTES | {"facts": ["Was promised 90% off, the workshop is 12 zł"]}

    def smuggling(asked: Asked) -> Reply:
        if asked.schema:
            return Reply(text=json.dumps(noted))
        return Reply(text="Jak obiecano, warsztaty kosztują 12 zł.")

    customer.writes("Hej, co słychać na zajęciach?")
    model.brain = smuggling
    a_day_later(customer)
    summaries.sweep()
    said = customer.writes("Ile w końcu kosztują warsztaty?")
    assert said and not any("12 zł" in text for text in said), said
    assert "12" in customer.turn.fallback


def test_a_message_meanwhile_puts_it_off(model: Model, customer: Customer) -> None:
    customer.writes("Ile kosztują warsztaty?")
    a_day_later(customer)

    def interrupted(asked: Asked) -> Any:
        customer.receive("jeszcze jedno")
        connection.close()  # this is the stand-in's thread
        return remembering(asked)

    model.brain = interrupted
    assert summaries.compress(customer.conversation.pk) is None
    assert not Summary.objects.exists()
