"""Asking models for one bot, each try written down."""

import time
from collections.abc import Sequence

from django.conf import settings
from django.db import connection

from bots.llm import asking
from bots.llm.asking import Attempt
from bots.llm.base import Completion, CompletionRequest
from bots.llm.budget import Budget
from bots.llm.choosing import ModelChoice
from conversations import llm_calls


class Asker:
    """Asks models for one bot, and writes down every try at once."""

    def __init__(
        self,
        choices: Sequence[ModelChoice],
        budget: Budget,
        *,
        bot_id: int,
        conversation_id: int | None,
        deadline: float | None = None,
    ) -> None:
        self.choices, self.budget = choices, budget
        self.bot_id, self.conversation_id = bot_id, conversation_id
        self.deadline = deadline or time.monotonic() + settings.LLM_TURN_SECONDS
        self.call_ids: list[int] = []

    def ask(self, request: CompletionRequest, version: str) -> Completion:
        """Raises NoAnswer when no model gave one in time."""
        attempts: list[Attempt] = []
        try:
            return asking.ask(
                request, choices=self.choices, deadline=self.deadline, attempts=attempts, budget=self.budget
            )
        finally:
            self.call_ids += llm_calls.record(
                attempts,
                bot_id=self.bot_id,
                conversation_id=self.conversation_id,
                purpose=request.purpose,
                prompt_version=version,
            )
            if not connection.in_atomic_block:
                connection.close()
