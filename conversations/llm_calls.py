"""Writes down what was asked of models, so that staff see it beside the message that came of it."""

import time
from collections.abc import Sequence
from datetime import timedelta

from django.db.models.functions import Now

from bots.llm.asking import Attempt
from conversations.models import LLMCall, Turn


def record(
    attempts: Sequence[Attempt], *, bot_id: int, conversation_id: int | None, purpose: str, prompt_version: str = ""
) -> list[int]:
    """One row for each attempt, at once: it stays when the turn is put aside. Returns their ids."""
    rows = [
        LLMCall(
            bot_id=bot_id,
            conversation_id=conversation_id,
            purpose=purpose[:40],
            prompt_version=prompt_version[:40],
            provider=attempt.provider,
            model=attempt.model[:80],
            key=attempt.key[:12],
            input_tokens=attempt.usage.input_tokens,
            cached_tokens=attempt.usage.cached_tokens,
            cache_write_tokens=attempt.usage.cache_write_tokens,
            output_tokens=attempt.usage.output_tokens,
            cost_microdollars=attempt.cost_microdollars,
            latency_ms=attempt.latency_ms,
            outcome=attempt.outcome[:12],
            error=attempt.error[:200],
            request_id=attempt.request_id[:100],
            at=Now() - timedelta(seconds=time.monotonic() - attempt.ended),
        )
        for attempt in attempts
    ]
    return [row.pk for row in LLMCall.objects.bulk_create(rows)]


def belong_to(ids: Sequence[int], turn: Turn) -> None:
    """These calls led to that turn."""
    LLMCall.objects.filter(pk__in=ids).update(turn=turn)
