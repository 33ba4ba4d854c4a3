"""What a bot asks before the studio decides, how its enquiries go on, and when it reminds of them."""

from typing import Any

from django.contrib import admin

from bookings.models import ConsultationQuestion, ConsultationQuestionText, LeadReminderRule, LeadSettings
from bots.admin.scoped import ScopedAdmin, ScopedFilter, ScopedStackedInline, section
from bots.admin.unfold import display
from conversations.wording import money


class TextInline(ScopedStackedInline):
    model = ConsultationQuestionText
    verbose_name = "the question"
    verbose_name_plural = "the question, in each language"


@admin.register(ConsultationQuestion)
class QuestionAdmin(ScopedAdmin):
    business_path = "bot__business"
    list_display = ["code", "bot", "position", "kind", "is_required", "follows", "is_active"]
    list_filter = [("bot", ScopedFilter), "kind", "is_active"]
    list_select_related = ["bot", "only_if"]
    search_fields = ["code", "texts__name", "texts__text"]
    inlines = [TextInline]
    fieldsets = [
        (None, {"fields": ["bot", "code", "kind", "position", ("is_required", "is_active")]}),
        ("What is taken as an answer", {"fields": ["takes_other_words", ("least", "most")]}),
        ("Asked only after another answer", {"fields": ["only_if", "only_if_value"]}),
    ]

    def get_ordering(self, request: Any) -> tuple[str, ...]:
        return ("bot__name", "position", "pk")

    @display(description="Only if")
    def follows(self, question: ConsultationQuestion) -> str:
        if question.only_if is None:
            return ""
        return (
            f"{question.only_if.code} = {question.only_if_value}" if question.only_if_value else question.only_if.code
        )


@admin.register(LeadSettings)
class LeadSettingsAdmin(ScopedAdmin):
    business_path = "bot__business"
    list_display = ["bot", "service", "deposit", "deposit_hours", "link_days", "link_follows_payment"]
    list_select_related = ["bot__business", "service"]
    fieldsets = [
        section(None, "bot", "service", "needs_enquiry"),
        section("Deposit", ("deposit_amount", "deposit_hours")),
        section("Choosing a time", ("link_days", "link_follows_payment")),
        section("Unfinished ones", "draft_days"),
    ]

    @display(description="Deposit", ordering="deposit_amount")
    def deposit(self, row: LeadSettings) -> str:
        return money(row.deposit_amount, row.bot.business.currency, "en") if row.deposit_amount else "none"


@admin.register(LeadReminderRule)
class LeadReminderRuleAdmin(ScopedAdmin):
    business_path = "bot__business"
    list_display = ["__str__", "bot", "is_active"]
    list_filter = [("bot", ScopedFilter), "step", "is_active"]
    list_select_related = ["bot"]
    fieldsets = [
        section(
            None,
            *("bot", "step", "hours_after", "is_active"),
            description="Each step is said at most once for an enquiry, and never between 21:00 and 9:00. "
            "Without any row here nobody is reminded.",
        )
    ]
