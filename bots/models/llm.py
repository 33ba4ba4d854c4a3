"""Language models: how their keys are, and what each bot spent."""

from django.db import models

from bots.models.bot import Bot


class KeyState(models.Model):
    """What all workers know of one key of a provider, or of the provider itself: whether it rests, or is retired.

    The key itself is not here, only a keyed hash of it.
    """

    provider = models.CharField(max_length=12)
    fingerprint = models.CharField(max_length=64, help_text="A keyed hash of the key, or of the service's address.")
    name = models.CharField(max_length=120, help_text="Where the key comes from: a variable, or a bot.")
    resting_until = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=200, blank=True)
    failures = models.PositiveSmallIntegerField(default=0, help_text="In a row.")
    last_used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["provider", "fingerprint"], name="key_state_once")]
        ordering = ["provider", "name"]
        verbose_name = "language model key"

    def __str__(self) -> str:
        return f"{self.provider}: {self.name}"


class BotSpend(models.Model):
    """What a bot's models cost on one day of its business, in millionths of a US dollar.

    `reserved` is what running requests may cost at most: it counts as spent until they are back.
    """

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="spending")
    day = models.DateField()
    reserved_microdollars = models.BigIntegerField("reserved", default=0)
    spent_microdollars = models.BigIntegerField("spent", default=0)
    requests = models.PositiveIntegerField(default=0)
    over_budget_at = models.DateTimeField(
        "over budget since", null=True, blank=True, help_text="When a request was first held back on this day."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bot", "day"], name="bot_spend_once")]
        ordering = ["-day", "bot"]
        verbose_name = "day of spending"
        verbose_name_plural = "days of spending"

    def __str__(self) -> str:
        return f"{self.bot_id} on {self.day}"
