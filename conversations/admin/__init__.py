"""Staff's pages for what is said: the inbox, the page of a conversation, customers."""

from typing import Any

from django.http import HttpRequest

from bots.admin.managers import failed_count
from conversations.admin import conversation, llm_calls, people, prompts
from conversations.admin.inbox import needs_you_count

__all__ = ["conversation", "dashboard", "llm_calls", "needs_you_badge", "people", "prompts"]


def needs_you_badge(request: HttpRequest) -> str:
    """Return the number beside *Inbox* in the sidebar: what its first tab counts. Empty if there is nothing."""
    count = needs_you_count(request) if request.user.is_authenticated else 0
    return str(count) if count else ""


def dashboard(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Return what the first page shows: how many wait for this person, and what managers could not be told."""
    count = needs_you_count(request) if request.user.is_authenticated else 0
    return {**context, "needs_you": count, "not_told": failed_count(request)}
