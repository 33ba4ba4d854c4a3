"""People who decide: how they are reached, what they were told, what was decided, one-time links."""

from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from bots.db.claims import Claimable, ClaimQuerySet
from bots.models.business import LANGUAGE_CHOICES, Business


class Decision(models.Model):
    """What a person (or the customer, or the clock) decided: who, from where, from what, to what."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="decisions")
    subject = models.CharField(max_length=40, help_text="What it was about, like “reservation”.")
    subject_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150)
    source = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id", "-id"], name="decision_subject")]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id} by {self.by_name}"


class Manager(models.Model):
    """A person who decides for a business, and by which backend they are reached."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="managers")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="managers",
        help_text="If they also log in here: their decisions are recorded under this name as well.",
    )
    name = models.CharField(max_length=80, help_text="Stands beside what they decide; customers do not see it.")
    language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES, default="en")
    telegram_chat_id = models.BigIntegerField(
        "Telegram chat", null=True, blank=True, help_text="Filled in by the link below; a group's number is negative."
    )
    telegram_user_id = models.BigIntegerField("Telegram user", null=True, blank=True, editable=False)
    email = models.EmailField("e-mail", blank=True, help_text="Used when there is no Telegram.")
    is_active = models.BooleanField(default=True)
    agenda_at = models.TimeField(
        "daily agenda at", null=True, blank=True, default=time(8), help_text="On the business's clock. Empty: never."
    )
    quiet_from = models.TimeField("silent from", default=time(21), help_text="Messages then come without a sound…")
    quiet_until = models.TimeField("silent until", default=time(8), help_text="…unless they are about the same day.")

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["business", "telegram_chat_id"], name="manager_chat_once"),
            models.UniqueConstraint(fields=["business", "telegram_user_id"], name="manager_telegram_user_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def backend(self) -> str:
        """How they are told things; "" if they cannot be."""
        return "telegram" if self.telegram_chat_id else "email" if self.email else ""


class ManagerCode(models.Model):
    """Lets the one who sends it to the Telegram bot become the manager's account. Once, and for one day."""

    manager = models.ForeignKey(Manager, on_delete=models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64, unique=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_by = models.BigIntegerField(null=True, blank=True, help_text="The Telegram user.")

    def __str__(self) -> str:
        return f"Code for {self.manager_id}"


class StaffNotice(Claimable):
    """Something a manager is told: a card that mirrors its subject, or a message. Texts are made when it is sent.

    Each decision about the subject counts `wanted_version` up; `shown_version` is what the manager's copy was made of.
    """

    class Status(models.TextChoices):
        QUEUED = "queued", "Waits to be sent"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Delivered"
        FAILED = "failed", "Given up"
        SUPERSEDED = "superseded", "Not needed any more"

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="staff_notices")
    manager = models.ForeignKey(Manager, on_delete=models.CASCADE, related_name="notices")
    backend = models.CharField("way", max_length=20)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(default=0)
    facts = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.QUEUED)
    status_at = models.DateTimeField(db_default=Now())
    wanted_version = models.PositiveIntegerField(default=1)
    shown_version = models.PositiveIntegerField(default=0)
    give_up_at = models.DateTimeField()
    external_id = models.CharField(max_length=40, blank=True, help_text="The message at the other side.")
    maybe_twice = models.BooleanField(default=False, help_text="It is not known whether an earlier try arrived.")
    dedupe_key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(db_default=Now())

    objects = ClaimQuerySet["StaffNotice"].as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["due_at"], name="staff_notice_due", condition=Q(status="queued")),
            models.Index(fields=["lease_until"], name="staff_notice_leases", condition=Q(status="sending")),
            models.Index(fields=["subject", "subject_id"], name="staff_notice_subject"),
            models.Index(fields=["business"], name="staff_notice_failed", condition=Q(status="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.manager_id}"


class ActionLink(models.Model):
    """One decision that can be made by whoever holds a link: once, for a time, from the status it was made for.

    Only a hash of what stands in the link is kept. It speaks for its manager, or for the user who copied it.
    """

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="links")
    manager = models.ForeignKey(Manager, null=True, blank=True, on_delete=models.CASCADE, related_name="links")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    subject = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    from_status = models.CharField(max_length=20)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    used_from = models.CharField(max_length=200, blank=True, help_text="Address and browser, for the record.")
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        verbose_name = "one-time link"
        indexes = [
            models.Index(fields=["subject", "subject_id"], name="action_link_subject"),
            models.Index(fields=["expires_at"], name="action_link_old"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(manager__isnull=False) | Q(user__isnull=False), name="action_link_speaks_for_someone"
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id}"
