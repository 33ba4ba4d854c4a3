"""Staff's pages for who answers: businesses, bots, channel accounts, knowledge, and the people who log in."""

from dataclasses import asdict
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin as DjangoGroupAdmin, UserAdmin as DjangoUserAdmin
from django.contrib.auth.models import Group, User
from django.db import models, transaction
from django.db.models import Max
from django.http import HttpRequest
from django.template.loader import render_to_string
from unfold.forms import AdminPasswordChangeForm, UserChangeForm, UserCreationForm
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget

from bots import accounts
from bots.admin import api_keys, managers, message_templates
from bots.admin.account_form import account_form, secret_names
from bots.admin.bot_form import BotForm
from bots.admin.llm import dollars
from bots.admin.scoped import ScopedAdmin, ScopedFilter, ScopedStackedInline, ScopedTabularInline, is_superuser, section
from bots.admin.unfold import ModelAdmin, ModelForm, display
from bots.knowledge.search import index
from bots.llm import state
from bots.llm.state import keys_of
from bots.models import (
    LANGUAGE_CHOICES,
    LANGUAGE_NAMES,
    Bot,
    BotSpend,
    Business,
    ChannelAccount,
    Knowledge,
    KnowledgeText,
    Wording,
)

KEY_COLOURS = {state.GOOD: "green", state.RESTING: "yellow", state.RETIRED: "red"}
WEEKDAYS = list(enumerate(["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]))

__all__ = ["api_keys", "managers", "message_templates"]  # which register their own

admin.site.unregister(User)
admin.site.unregister(Group)


class BusinessForm(ModelForm):
    languages = forms.MultipleChoiceField(
        choices=LANGUAGE_CHOICES,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        required=False,
        help_text="Languages the bot answers in. None ticked: the default language only.",
    )
    people_answer_on = forms.TypedMultipleChoiceField(
        label="People answer on",
        choices=WEEKDAYS,
        coerce=int,
        required=False,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        help_text="None ticked means every day.",
    )

    class Meta:
        model = Business
        exclude: tuple[str, ...] = ()


@admin.register(Business)
class BusinessAdmin(ScopedAdmin):
    business_path = "pk"
    front_desk = ("view", "change")
    form = BusinessForm
    list_display = ["name", "timezone", "default_language"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    fieldsets = [
        (None, {"fields": ["name", "slug", ("timezone", "country", "currency"), "default_language", "languages"]}),
        ("When people answer", {"fields": [("people_answer_from", "people_answer_until"), "people_answer_on"]}),
        ("Who works here", {"fields": ["staff"], "description": "They see this business, and no other."}),
    ]

    def get_fieldsets(self, request: HttpRequest, obj: models.Model | None = None) -> Any:
        """Who works here is decided by the one who runs the installation."""
        fieldsets = super().get_fieldsets(request, obj)
        return fieldsets if request.user.is_superuser else fieldsets[:-1]


class WordingInline(ScopedTabularInline):
    model = Wording
    verbose_name_plural = "its own words for what it must say"


@admin.register(Bot)
class BotAdmin(ScopedAdmin):
    business_path = "business"
    form = BotForm
    list_display = ["name", "business", "is_active"]
    list_filter = [("business", ScopedFilter), "is_active"]
    list_select_related = ["business"]
    search_fields = ["name", "slug"]
    prepopulated_fields = {"slug": ["name"]}
    inlines = [WordingInline]
    readonly_fields = ["keys", "spent_today"]
    fieldsets = [
        section(None, "business", "name", "slug", "is_active", "skills"),
        section(
            "Language model",
            "agent",
            "persona",
            ("llm_provider", "llm_model"),
            ("llm_temperature", "llm_max_output_tokens"),
            "llm_extraction",
            ("llm_daily_budget_cents", "spent_today"),
            "keys",
            "openai_keys",
            "anthropic_keys",
        ),
        section("When a person takes over", "takeover_hours"),
        section(
            "Patience",
            ("debounce_seconds", "debounce_ceiling_seconds"),
            description="People write in bursts. The bot waits for the end of one, and answers once.",
        ),
        section("Chat page", "colour"),
    ]

    class Media:
        css = {"all": ["staff/staff.css"]}

    @display(description="Keys that it uses")
    def keys(self, bot: Bot) -> str:
        lines = [{**asdict(line), "colour": KEY_COLOURS[line.state]} for line in keys_of(bot)] if bot.pk else []
        return render_to_string("admin/bots/bot/keys.html", {"keys": lines})

    @display(description="Spent today")
    def spent_today(self, bot: Bot) -> str:
        row = BotSpend.objects.filter(bot=bot, day=bot.business.now().date()).first() if bot.pk else None
        over = ", and the budget is used up: rules answer" if row and row.over_budget_at else ""
        return dollars(row.spent_microdollars if row else 0) + over

    def save_model(self, request: HttpRequest, obj: Bot, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        form.bring_typed_keys_back()

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return "llm_keys" not in lookup and super().lookup_allowed(lookup, value, request)


@admin.register(ChannelAccount)
class ChannelAccountAdmin(ScopedAdmin):
    business_path = "bot__business"
    list_display = ["__str__", "bot", "state", "last_heard"]
    list_filter = ["channel", ("bot", ScopedFilter)]
    list_select_related = ["bot"]
    search_fields = ["name", "external_id"]
    readonly_fields = ["state", "paused_reason", "last_heard"]
    actions = ["send_again"]
    change_form_before_template = "admin/bots/channelaccount/connect.html"

    @display(
        description="State",
        label={"Working": "success", "Off": "default", "Credentials missing": "danger", "Sending stopped": "danger"},
    )
    def state(self, account: ChannelAccount) -> str:
        if not account.is_active:
            return "Off"
        if account.missing_secrets():
            return "Credentials missing"
        return "Sending stopped" if account.paused_at else "Working"

    def get_queryset(self, request: HttpRequest) -> Any:
        heard = super().get_queryset(request).annotate(heard_at=Max("conversations__last_inbound_at"))
        return heard.order_by("channel", "external_id")

    @admin.action(description="Send again: what had stopped it is put right", permissions=["change"])
    def send_again(self, request: HttpRequest, chosen: Any) -> None:
        """What waits is sent in order, within a minute."""
        resumed = ChannelAccount.objects.filter(pk__in=chosen.values("pk"), paused_at__isnull=False).update(
            paused_at=None, paused_reason=""
        )
        self.message_user(request, f"{resumed} of {len(chosen)} had stopped and send again.")

    @display(description="Last message", ordering="heard_at")
    def last_heard(self, account: ChannelAccount) -> Any:
        """Return when a customer last wrote here: a channel that has gone silent is seen."""
        return getattr(account, "heard_at", None)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        return super().get_form(request, obj, change=change, form=account_form(obj), **kwargs)

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        kept = "Kept encrypted. What is stored is never shown, only whether it is there."
        secrets = [f"secret_{name}" for name in secret_names(obj)]
        return [
            section(None, "bot", "channel", "external_id", "name", "is_active"),
            section("Credentials", *secrets, "more_secrets", description=kept),
            *([section("State", "state", "paused_reason", "last_heard")] if obj else []),
        ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = list(super().get_readonly_fields(request, obj))
        return [*fields, "channel"] if obj else fields

    def lookup_allowed(self, lookup: str, value: str, request: HttpRequest) -> bool:
        return "credentials" not in lookup and super().lookup_allowed(lookup, value, request)

    def save_model(self, request: HttpRequest, obj: ChannelAccount, form: Any, change: bool) -> None:
        """New credentials end a stop that the old ones had caused."""
        if form.credentials_changed:
            obj.paused_at, obj.paused_reason = None, ""
        super().save_model(request, obj, form, change)
        transaction.on_commit(accounts.forget)


class KnowledgeTextInline(ScopedStackedInline):
    model = KnowledgeText
    verbose_name = "answer"
    verbose_name_plural = "the answer, in each language"


@admin.register(Knowledge)
class KnowledgeAdmin(ScopedAdmin):
    business_path = "business"
    list_display = ["topic", "business", "languages", "is_active"]
    list_filter = [("business", ScopedFilter), "is_active"]
    list_select_related = ["business"]
    search_fields = ["topic", "texts__questions", "texts__answer"]
    inlines = [KnowledgeTextInline]
    fieldsets = [(None, {"fields": ["business", "topic", "is_active"]})]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Knowledge]:
        return super().get_queryset(request).prefetch_related("texts")

    @display(description="Languages")
    def languages(self, knowledge: Knowledge) -> str:
        return ", ".join(LANGUAGE_NAMES.get(text.language, text.language) for text in knowledge.texts.all())

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        """What was written is found by its meaning from now on."""
        super().save_related(request, form, formsets, change)
        knowledge_id = form.instance.pk
        transaction.on_commit(lambda: index(knowledge_id), robust=True)


class SuperusersOnly(ModelAdmin):
    """Pages for the one who runs the installation; permissions alone do not open them."""

    def has_module_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_superuser(request)

    has_view_permission = has_add_permission = has_change_permission = has_delete_permission = has_module_permission


@admin.register(User)
class UserAdmin(SuperusersOnly, DjangoUserAdmin):  # type: ignore[type-arg]
    form = UserChangeForm
    add_form = UserCreationForm
    change_password_form = AdminPasswordChangeForm


@admin.register(Group)
class GroupAdmin(SuperusersOnly, DjangoGroupAdmin):
    pass
