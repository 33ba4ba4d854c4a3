"""What was asked of models is written down, whatever became of it."""

import pytest
from django.test import Client
from django.urls import reverse

from bots.llm.asking import Attempt
from bots.llm.base import Usage
from conversations import llm_calls
from conversations.models import LLMCall, Turn
from tests import factories

pytestmark = pytest.mark.django_db


def attempt(**fields) -> Attempt:
    base = {
        "provider": "openai", "model": "gpt-5.6-luna", "key": "f" * 64, "cost_microdollars": 42, "latency_ms": 1500,
        "usage": Usage(input_tokens=1200, cached_tokens=1000, output_tokens=30), "outcome": "done",
    }  # fmt: skip
    return Attempt(**{**base, **fields})


def test_every_attempt_has_its_row_and_finds_its_turn():
    talk = factories.ConversationFactory()
    failed = attempt(outcome="failed", error="unavailable: 529 overloaded_error" + "x" * 300, usage=Usage())
    ids = llm_calls.record(
        [failed, attempt()],
        bot_id=talk.bot.pk,
        conversation_id=talk.pk,
        purpose="main_response",
        prompt_version="v" * 99,
    )
    first, second = LLMCall.objects.filter(pk__in=ids).order_by("pk")
    assert (first.outcome, first.error[:33], len(first.error)) == ("failed", "unavailable: 529 overloaded_error", 200)
    assert (second.input_tokens, second.cached_tokens, second.output_tokens) == (1200, 1000, 30)
    assert (second.cost_microdollars, second.latency_ms, second.key, second.turn) == (42, 1500, "f" * 12, None)
    turn = Turn.objects.create(
        conversation=talk, generation=1, after_seq=0, upto_seq=1, agent="llm", outcome="answered", started_at=first.at
    )
    llm_calls.belong_to(ids, turn)
    assert turn.llm_calls.count() == 2


def test_the_list_of_calls_shows_them_and_what_was_spent_outlives_the_conversation():
    talk = factories.ConversationFactory()
    llm_calls.record([attempt()], bot_id=talk.bot.pk, conversation_id=talk.pk, purpose="main_response")
    boss = Client()
    boss.force_login(factories.UserFactory(is_superuser=True))
    body = boss.get(reverse("admin:conversations_llmcall_changelist")).content.decode()
    assert "1,200 (1,000) → 30" in body and "under $0.0001" in body and "1.5 s" in body
    talk.delete()
    assert LLMCall.objects.get().conversation is None
