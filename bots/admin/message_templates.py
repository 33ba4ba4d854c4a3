"""Staff's page for the platform's approved templates: which automatic message each stands for, and whether it can."""

from typing import Any

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminSelectWidget

from bots import wakeups
from bots.admin.scoped import ScopedAdmin, ScopedFilter, section
from bots.admin.unfold import ModelForm, display
from bots.channels import CHANNELS
from bots.channels.base import ChannelError
from bots.models import LANGUAGE_CHOICES, ChannelAccount
from bots.models.templates import MessageTemplate
from bots.templates import check as template_check
from bots.templates.automatic import automatic_messages, key_choices

USABLE, WAITS, NOT = "Can be used", "Not checked yet", "Cannot be used"


class TemplateForm(ModelForm):
    key = forms.ChoiceField(label="Stands for", choices=key_choices, widget=UnfoldAdminSelectWidget())
    language = forms.ChoiceField(
        label="Customer's language", choices=LANGUAGE_CHOICES, widget=UnfoldAdminSelectWidget()
    )

    class Meta:
        model = MessageTemplate
        fields = ("account", "key", "language", "name", "platform_language", "parameters", "is_active")


@admin.register(MessageTemplate)
class MessageTemplateAdmin(ScopedAdmin):
    business_path = "account__bot__business"
    form = TemplateForm
    list_display = ["name", "stands_for", "language", "account", "state", "checked_at"]
    list_filter = [("account", ScopedFilter), "language"]
    list_select_related = ["account"]
    search_fields = ["name", "key"]
    readonly_fields = ["state", "why_not", "facts", "body", "buttons", "checked_at"]
    actions = ["ask_now"]
    fieldsets = [
        section(
            None,
            "account",
            "key",
            ("language", "is_active"),
            ("name", "platform_language"),
            "parameters",
            "facts",
            description="Once a customer has been silent for 24 hours, WhatsApp takes only templates that Meta has "
            "approved. Make them in WhatsApp Manager; here you say which message each stands for, and what goes into "
            "its places.",
        ),
        section("What the platform says", "state", "why_not", "body", "buttons", "checked_at"),
    ]

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        field = super().formfield_for_foreignkey(db_field, request, **kwargs)
        if db_field.name == "account" and field is not None:
            channels = [code for code, channel in CHANNELS.items() if channel.has_templates]
            field.queryset = field.queryset.filter(channel__in=channels)
        return field

    @display(description="Stands for", ordering="key")
    def stands_for(self, template: MessageTemplate) -> str:
        return automatic_messages().get(template.key, (template.key, ()))[0]

    @display(description="State", label={USABLE: "success", WAITS: "warning", NOT: "danger", "Off": "default"})
    def state(self, template: MessageTemplate) -> str:
        if not template.is_active:
            return "Off"
        if template.is_usable:
            return USABLE
        return NOT if template.status or template.trouble else WAITS

    @display(description="Why not")
    def why_not(self, template: MessageTemplate) -> str:
        return template.why_not[:1].upper() + template.why_not[1:]

    @display(description="Facts of each message")
    def facts(self, template: MessageTemplate) -> str:
        return "\n".join(f"{label}: {', '.join(facts)}" for label, facts in automatic_messages().values())

    def save_model(self, request: HttpRequest, obj: MessageTemplate, form: Any, change: bool) -> None:
        """What was entered anew counts only once the platform has been asked about it."""
        if not change or {"name", "platform_language", "language", "parameters", "account"} & set(form.changed_data):
            obj.status, obj.trouble, obj.checked_at = "", "", None
        super().save_model(request, obj, form, change)
        wakeups.enqueue("templates.check", obj.account_id)

    @admin.action(description="Ask the platform now", permissions=["change"])
    def ask_now(self, request: HttpRequest, chosen: Any) -> None:
        for account in ChannelAccount.objects.filter(pk__in=chosen.values("account")):
            try:
                usable = template_check.check(account)
            except ChannelError as error:
                words = f"{account} could not be asked: {error.detail or error.code}."
                self.message_user(request, words, messages.WARNING)
                continue
            total = account.templates.filter(is_active=True).count()
            self.message_user(request, f"{account}: {usable} of {total} can be used.")
