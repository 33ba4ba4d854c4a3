"""The form of a channel account: credentials can be written, and are never shown again."""

from collections.abc import Iterable
from typing import Any

from django import forms
from unfold.widgets import UnfoldAdminPasswordWidget, UnfoldAdminTextareaWidget

from bots.admin.unfold import ModelForm
from bots.channels import CHANNELS
from bots.models import ChannelAccount

PREFIX = "secret_"


class NeverShownTextarea(UnfoldAdminTextareaWidget):  # type: ignore[misc]
    """Takes text and does not give it back, not even after a mistake elsewhere in the form."""

    def format_value(self, value: Any) -> str:
        return ""


class AccountForm(ModelForm):
    """Base of the forms that `account_form` makes; the fields of secrets stand there as `secret_<name>`."""

    more_secrets = forms.CharField(
        label="Other credentials",
        required=False,
        widget=NeverShownTextarea(attrs={"rows": 3, "autocomplete": "off", "spellcheck": "false"}),
        help_text="One a line, as name=value. A name with nothing behind the = is forgotten.",
    )

    class Meta:
        model = ChannelAccount
        fields = ("bot", "channel", "external_id", "name", "is_active")

    def clean_more_secrets(self) -> dict[str, str]:
        found = {}
        for number, line in enumerate(self.cleaned_data["more_secrets"].splitlines(), start=1):
            if not line.strip():
                continue
            name, equals, value = line.partition("=")
            if not equals or not name.strip().isidentifier():
                raise forms.ValidationError(f"Line {number} is not like name=value.")
            found[name.strip()] = value.strip()
        return found

    def clean(self) -> dict[str, Any]:
        """Put the credentials together before the account checks whether any is missing."""
        cleaned = super().clean() or self.cleaned_data
        typed = {name.removeprefix(PREFIX): value for name, value in cleaned.items() if name.startswith(PREFIX)}
        new = {name: value for name, value in typed.items() if value} | (cleaned.get("more_secrets") or {})
        merged = {**self.instance.secrets, **new}
        self.instance.credentials = {name: value for name, value in merged.items() if value}
        self.credentials_changed = bool(new)
        return cleaned


def secret_names(account: ChannelAccount | None) -> list[str]:
    """The credentials that the form asks for: those of the account's channel, or of every channel for a new one."""
    codes: Iterable[str] = [account.channel] if account else CHANNELS
    known = [CHANNELS[code] for code in codes if code in CHANNELS]
    names = [name for channel in known for name in (*channel.required_secrets, *channel.optional_secrets)]
    return list(dict.fromkeys(names))


def account_form(account: ChannelAccount | None) -> type[AccountForm]:
    """Return the form for this account, with one write-only field for each of its channel's credentials."""
    fields: dict[str, Any] = {}
    for name in secret_names(account):
        is_set = bool(account and account.secrets.get(name))
        fields[PREFIX + name] = forms.CharField(
            label=name.replace("_", " ").capitalize(),
            required=False,
            widget=UnfoldAdminPasswordWidget(attrs={"autocomplete": "new-password"}),
            help_text="Set. It is not shown again; leave this empty to keep it." if is_set else "Not set.",
        )
    return type("AccountForm", (AccountForm,), fields)
