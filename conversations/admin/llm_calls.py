"""What was asked of language models: a list to look through. Beside its message each call stands under *Why?*."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html

from bots.admin.llm import dollars
from bots.admin.scoped import ReadOnlyAdmin, ScopedFilter
from bots.admin.unfold import display
from bots.staff.presentation import clock_time
from conversations.models import LLMCall


@admin.register(LLMCall)
class LLMCallAdmin(ReadOnlyAdmin):
    business_path = "bot__business"
    list_display = ["when", "bot", "shown_purpose", "model", "tokens", "cost", "took", "shown_outcome", "error"]
    list_filter = [("bot", ScopedFilter), "provider", "outcome", "purpose"]
    list_select_related = ["bot__business"]
    search_fields = ["model", "error", "request_id"]
    ordering = ["-id"]
    fields: ClassVar[tuple[str, ...]] = (
        "at", "bot", "talk", "purpose", "prompt_version", "provider", "model", "key", "tokens", "cost", "took",
        "shown_outcome", "error", "request_id",
    )  # fmt: skip
    readonly_fields = fields
    actions = None

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(asked_at=Now())
        return rows

    @display(description="When", ordering="at")
    def when(self, call: Any) -> str:
        return clock_time(call.at, call.bot.business.zone, call.asked_at)

    @display(description="Purpose", ordering="purpose")
    def shown_purpose(self, call: LLMCall) -> str:
        return call.purpose.replace("_", " ").capitalize()

    @display(description="Tokens in (cached) → out")
    def tokens(self, call: LLMCall) -> str:
        cached = f" ({call.cached_tokens:,})" if call.cached_tokens else ""
        return f"{call.input_tokens:,}{cached} → {call.output_tokens:,}"

    @display(description="Cost", ordering="cost_microdollars")
    def cost(self, call: LLMCall) -> str:
        return dollars(call.cost_microdollars)

    @display(description="Took", ordering="latency_ms")
    def took(self, call: LLMCall) -> str:
        return f"{call.latency_ms / 1000:.1f} s"

    @display(description="Outcome", label={"failed": "danger", "refused": "warning", "length": "warning"})
    def shown_outcome(self, call: LLMCall) -> str:
        return call.outcome

    @display(description="Conversation")
    def talk(self, call: LLMCall) -> str:
        if call.conversation_id is None:
            return ""
        link = reverse("admin:conversations_conversation_change", args=[call.conversation_id])
        return format_html('<a class="text-primary-600 underline dark:text-primary-500" href="{}">Open</a>', link)
