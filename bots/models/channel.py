"""The accounts by which customers come."""

from django.core.exceptions import ValidationError
from django.db import models

from bots.channels import CHANNELS
from bots.db.fields import EncryptedDictField, SavedAtField
from bots.models.bot import Bot
from bots.tokens import new_token


def new_key() -> str:
    """For a webhook's address: nobody guesses it."""
    return new_token(24)


def channel_choices() -> list[tuple[str, str]]:
    """Return each channel with what staff read. Called by the field, so that a new channel needs no migration."""
    return [(code, channel.label) for code, channel in CHANNELS.items()]


class ChannelAccount(models.Model):
    """A connected number, page or chat. Its credentials are encrypted and never shown again."""

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="accounts")
    channel = models.CharField(max_length=20, choices=channel_choices)
    external_id = models.CharField(
        "account id", max_length=80, help_text="The platform's own id of the account; for the web chat the bot's slug."
    )
    name = models.CharField(max_length=80, blank=True)
    credentials = EncryptedDictField(default=dict, editable=False)
    is_active = models.BooleanField(default=True)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    paused_reason = models.CharField(max_length=200, blank=True, editable=False)
    send_not_before = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = SavedAtField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "external_id"], name="channel_account_once")]
        ordering = ["channel", "external_id"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.name or self.external_id}"

    @property
    def secrets(self) -> dict[str, str]:
        return dict(self.credentials)

    def missing_secrets(self) -> list[str]:
        """Names of the secrets without which this account may not run."""
        channel = CHANNELS.get(self.channel)
        return [name for name in (channel.required_secrets if channel else ()) if not self.secrets.get(name)]

    def clean(self) -> None:
        if self.is_active and (missing := self.missing_secrets()):
            raise ValidationError(
                f"{self.get_channel_display()} cannot run without: {', '.join(missing)}. "
                "Fill these in, or switch the account off."
            )
