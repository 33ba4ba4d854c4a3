"""Keys of the machines that use the API, and what is counted: turned-away deliveries, settled rows of long tables."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Now

from bots.models.business import Business


class ApiKeyQuerySet(models.QuerySet["ApiKey"]):
    def usable(self) -> "ApiKeyQuerySet":
        return self.filter(revoked_at=None)


class ApiKey(models.Model):
    """Lets a machine use the API: in one business or, without one, in all of them. Only a hash of it is kept."""

    name = models.CharField(
        max_length=80, unique=True, help_text="Which machine has it; stands beside what it decides."
    )
    business: models.ForeignKey[Business | None] = models.ForeignKey(
        "bots.Business",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="api_keys",
        help_text="Empty: every business of this installation.",
    )
    key_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", editable=False
    )
    last_used_at = models.DateTimeField("last used", null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField("revoked", null=True, blank=True, editable=False)

    objects = ApiKeyQuerySet.as_manager()

    class Meta:
        ordering = ["name"]
        verbose_name = "API key"

    def __str__(self) -> str:
        return self.name


class RefusedDelivery(models.Model):
    """How many deliveries one channel turned away on one day (UTC), and why: a count, nothing of what they said."""

    class Why(models.TextChoices):
        FORGED = "forged", "Forged"
        UNREADABLE = "unreadable", "Unreadable"
        TOO_LARGE = "too_large", "Too large"

    channel = models.CharField(max_length=20, help_text="The channel or service: “instagram”, “stripe”.")
    why = models.CharField(max_length=12, choices=Why)
    day = models.DateField()
    times = models.PositiveBigIntegerField(default=0)

    class Meta:
        ordering = ["-day", "channel"]
        constraints = [models.UniqueConstraint(fields=["channel", "why", "day"], name="refused_delivery_once")]
        verbose_name_plural = "refused deliveries"

    def __str__(self) -> str:
        return f"{self.channel}: {self.why}, {self.times} on {self.day}"


class RollupMark(models.Model):
    """Up to which row of a long table the rollups below are counted (`bots.metrics.rollups`)."""

    source = models.CharField(primary_key=True, max_length=40)
    upto_id = models.BigIntegerField(default=0)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.source} up to {self.upto_id}"


class Rollup(models.Model):
    """How many settled rows of a long table there were, by the labels under which they are counted, and their sum."""

    source = models.CharField(max_length=40)
    business: models.ForeignKey[Business] = models.ForeignKey(
        "bots.Business", on_delete=models.CASCADE, related_name="+"
    )
    labels = models.JSONField()
    count = models.BigIntegerField(default=0)
    amount = models.FloatField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["source", "business", "labels"], name="tally_once")]

    def __str__(self) -> str:
        return f"{self.source} {self.labels}: {self.count}"
