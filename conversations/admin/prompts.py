"""A bot's prompts: edited here, tried on a message beside the one that is in use, then switched on."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from unfold.widgets import UnfoldAdminTextareaWidget

from bots.admin.scoped import ScopedAdmin, ScopedFilter
from bots.admin.unfold import action, display
from conversations.agents.preview import try_prompt
from conversations.agents.prompts import PURPOSES, built_in, version_of
from conversations.models import BotPrompt

MESSAGE_CHARACTERS = 1000


class Trial(forms.Form):
    """What is tried: the text as it stands in the box, on this message."""

    message = forms.CharField(
        max_length=MESSAGE_CHARACTERS,
        widget=UnfoldAdminTextareaWidget(attrs={"rows": 2}),
        help_text="As a customer would write it. Nothing happens, but the model is asked twice, which costs.",
    )
    text = forms.CharField(
        max_length=20_000, label="Edited prompt", widget=UnfoldAdminTextareaWidget(attrs={"rows": 18})
    )


@admin.register(BotPrompt)
class BotPromptAdmin(ScopedAdmin):
    business_path = "bot__business"
    list_display = ["__str__", "bot", "in_use", "changed_at"]
    list_filter = [("bot", ScopedFilter), "purpose", "is_active"]
    list_select_related = ["bot"]
    fields = ["bot", "purpose", "text", "is_active"]
    actions_detail = ["preview"]

    @display(description="State", label={"In use": "success", "Kept": "default"})
    def in_use(self, prompt: BotPrompt) -> str:
        return "In use" if prompt.is_active else "Kept"

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """A new prompt begins with the built-in one."""
        initial = super().get_changeform_initial_data(request)
        purpose = str(initial.get("purpose", "main_response"))
        purpose = purpose if purpose in PURPOSES else "main_response"
        return {"purpose": purpose, "text": built_in(purpose).text} | initial

    def save_model(self, request: HttpRequest, obj: BotPrompt, form: Any, change: bool) -> None:
        """A changed text is a new version, the old one is kept. Only one of a purpose is in use."""
        obj.version = version_of(obj.text)
        with transaction.atomic():
            if change and "text" in form.changed_data:
                BotPrompt.objects.filter(pk=obj.pk).update(is_active=False)
                obj.pk = None
                obj._state.adding = True
            if obj.is_active:
                BotPrompt.objects.filter(bot=obj.bot, purpose=obj.purpose).exclude(pk=obj.pk).update(is_active=False)
            super().save_model(request, obj, form, change)

    def get_urls(self) -> list[Any]:
        return [self.url_for("preview", self.preview_view), *super().get_urls()]

    @action(description="Try it on a message", url_path="try", permissions=["change"])
    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        return self.preview_view(request, int(object_id))

    def preview_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Return the prompt in use and the edited one, side by side, on one message. Changes nothing."""
        prompt: BotPrompt = self.get_row(request, str(object_id))
        form = Trial(request.POST or None, initial={"text": prompt.text})
        columns = []
        if request.method == "POST" and form.is_valid():
            message = form.cleaned_data["message"]
            edited = {prompt.purpose: form.cleaned_data["text"]}
            columns = [
                ("In use now", try_prompt(prompt.bot, prompt.purpose, message)),
                ("Edited", try_prompt(prompt.bot, prompt.purpose, message, instead=edited)),
            ]
        context = {
            **self.admin_site.each_context(request),
            "title": f"Try it: {prompt}",
            "prompt": prompt,
            "form": form,
            "columns": columns,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/conversations/botprompt/preview.html", context)
