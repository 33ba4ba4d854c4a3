"""The files that came with messages, as we keep them."""

import secrets

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from bots.db.claims import Claimable, ClaimQuerySet


def new_name() -> str:
    """Of a file on our disk: nobody guesses it, and nothing of the customer's is in it."""
    name = secrets.token_hex(16)
    return f"{name[:2]}/{name}"


class Attachment(Claimable):
    """One file of a message, fetched from the platform after the message was stored.

    `content_type` is what its bytes are, whatever the platform or its name said.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Being fetched"
        STORED = "stored", "Stored"
        REFUSED = "refused", "Not kept"  # too large, or not what it says it is
        LOST = "lost", "Could not be fetched"

    message = models.ForeignKey("conversations.Message", on_delete=models.CASCADE, related_name="attachments")
    position = models.PositiveSmallIntegerField(default=0, help_text="Its place in the message's media.")
    kind = models.CharField(max_length=12)
    source_id = models.CharField(max_length=200, blank=True, help_text="The platform's own id of the file.")
    source_url = models.TextField(blank=True)
    title = models.CharField(max_length=200, blank=True, help_text="The name that the customer's side gave it.")

    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    file = models.CharField(max_length=80, default=new_name, editable=False, help_text="Where it is under MEDIA_ROOT.")
    has_thumbnail = models.BooleanField(default=False)
    content_type = models.CharField(max_length=100, blank=True)
    size = models.PositiveBigIntegerField(default=0, help_text="In bytes.")
    sha256 = models.CharField(max_length=64, blank=True)
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)

    created_at = models.DateTimeField(db_default=Now(), editable=False)
    status_at = models.DateTimeField(db_default=Now())

    objects = ClaimQuerySet["Attachment"].as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["message", "position"], name="attachment_once")]
        indexes = [models.Index(fields=["due_at"], name="attachment_waiting", condition=Q(status="waiting"))]
        ordering = ["message", "position"]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.kind} {self.pk}"

    @property
    def is_image(self) -> bool:
        """Whether it is kept and can be shown as a picture: only what Pillow has read whole."""
        return self.status == self.Status.STORED and self.has_thumbnail
