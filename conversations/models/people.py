"""People who write, and how each channel knows them."""

from django.db import models
from django.db.models.functions import Now

from bots.models import Business


class Contact(models.Model):
    """A person who writes to a business, whatever the channel."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=200, blank=True)
    phone = models.CharField(max_length=20, blank=True, help_text="International form; never required.")
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=8, blank=True)
    opted_out_at = models.DateTimeField(null=True, blank=True, help_text="Wants no automatic messages since then.")
    opted_out_by = models.CharField(max_length=10, blank=True, help_text="By words of theirs, or by the platform.")
    consent_at = models.DateTimeField(
        null=True, blank=True, help_text="When they last said whether they want automatic messages."
    )
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    def __str__(self) -> str:
        return self.name or f"Guest {self.pk}"


class ContactIdentity(models.Model):
    """How one channel knows a contact: (channel, kind, value), within one business."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="identities")
    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["business", "channel", "kind", "value"], name="identity_once")]
        verbose_name_plural = "contact identities"

    def __str__(self) -> str:
        return f"{self.channel} {self.kind}"
