"""The form of a bot: skills to tick, keys of language models that can be written and are never shown."""

import re
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminCheckboxSelectMultipleWidget, UnfoldAdminColorInputWidget

from bots.admin.account_form import NeverShownTextarea
from bots.admin.unfold import ModelForm
from bots.llm import keys as pool
from bots.llm.providers import LLMS
from bots.models import Bot, KeyState
from bots.registry import brought

FORGET = "-"
_KEY = re.compile(r"[\x21-\x7e]{8,400}")  # what an HTTP header can carry


def skill_choices() -> list[tuple[str, str]]:
    """Every skill there is, in order of priority."""
    codes = [skill.code for skill in sorted(brought("skills"), key=lambda skill: skill.priority)]
    return [(code, code.replace("_", " ").capitalize()) for code in codes]


def _keys_field(label: str) -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        widget=NeverShownTextarea(attrs={"rows": 2, "autocomplete": "off", "spellcheck": "false"}),
    )


class BotForm(ModelForm):
    skills = forms.MultipleChoiceField(
        choices=skill_choices,
        widget=UnfoldAdminCheckboxSelectMultipleWidget,
        required=False,
        help_text="What this bot may do. None ticked means everything.",
    )
    openai_keys = _keys_field("Its own OpenAI keys")
    anthropic_keys = _keys_field("Its own Anthropic keys")

    class Meta:
        model = Bot
        exclude: tuple[str, ...] = ()
        widgets = {"colour": UnfoldAdminColorInputWidget}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for provider in LLMS:
            count = len(self.instance.keys_of(provider))
            self.fields[f"{provider}_keys"].help_text = (
                f"Set: {count}. Not shown again; leave this empty to keep them, write a single dash to forget them."
                if count
                else "One a line. None: those of the installation, if it has any."
            )

    def clean(self) -> dict[str, Any]:
        """Put the keys together; what was typed is written into no other field."""
        cleaned = super().clean() or self.cleaned_data
        kept = self.instance.own_keys
        for provider in LLMS:
            typed = (cleaned.pop(f"{provider}_keys", "") or "").split()
            if not typed:
                continue
            wrong = [number for number, key in enumerate(typed, start=1) if not _KEY.fullmatch(key)]
            if typed != [FORGET] and wrong:
                self.add_error(f"{provider}_keys", f"Number {wrong[0]} does not look like a key.")
            kept[provider] = "" if typed == [FORGET] else "\n".join(dict.fromkeys(typed))
        self.instance.llm_keys = {provider: keys for provider, keys in kept.items() if keys}
        self.typed_keys = [
            (provider, key)
            for provider in LLMS
            if provider in self.changed_keys()
            for key in self.instance.keys_of(provider)
        ]
        return cleaned

    def changed_keys(self) -> list[str]:
        return [provider for provider in LLMS if f"{provider}_keys" in self.changed_data]

    def bring_typed_keys_back(self) -> None:
        """A key that a person has just typed gets another chance, even if it had been retired."""
        prints = [pool.fingerprint(provider, key) for provider, key in self.typed_keys]
        pool.bring_back(list(KeyState.objects.filter(fingerprint__in=prints).values_list("pk", flat=True)))
