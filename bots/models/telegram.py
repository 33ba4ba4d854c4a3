"""The bots by which managers are reached in Telegram, and what came from there."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac

from bots.db.claims import Claimable, ClaimQuerySet
from bots.db.fields import EncryptedDictField
from bots.models.business import Business
from bots.models.channel import new_key
from bots.models.staff import Manager, StaffNotice

# --- staff who decide, and what they are told ------------------------------------------------------------------------


class StaffBot(models.Model):
    """The Telegram bot by which a business's managers are reached. Its token is encrypted and never shown again."""

    business = models.OneToOneField(Business, on_delete=models.CASCADE, related_name="staff_bot")
    telegram_id = models.BigIntegerField("bot id", unique=True, help_text="The number before the colon of its token.")
    username = models.CharField(max_length=64, blank=True, editable=False)
    credentials = EncryptedDictField(default=dict, editable=False)
    key = models.CharField(max_length=43, unique=True, default=new_key, editable=False)
    is_active = models.BooleanField(default=True)
    paused_reason = models.CharField(max_length=200, blank=True, editable=False)
    send_not_before = models.DateTimeField(null=True, blank=True, editable=False)
    next_update = models.BigIntegerField(default=0, editable=False, help_text="What polling asks for next.")

    class Meta:
        verbose_name = "Telegram bot for staff"
        verbose_name_plural = "Telegram bots for staff"

    def __str__(self) -> str:
        return f"@{self.username}" if self.username else f"Telegram bot {self.telegram_id}"

    @property
    def token(self) -> str:
        return str(self.credentials.get("token", ""))

    @property
    def hook_secret(self) -> str:
        """What Telegram sends back in a header with each delivery; made from the token, so it changes with it."""
        return salted_hmac("bots.StaffBot.hook", f"{self.key}:{self.token}", algorithm="sha256").hexdigest()


class TelegramUpdate(Claimable):
    """One thing that Telegram brought: stored first, handled once. `outcome` says what became of it, for staff."""

    staff_bot = models.ForeignKey(StaffBot, on_delete=models.CASCADE, related_name="updates")
    update_id = models.BigIntegerField()
    payload = models.JSONField()
    received_at = models.DateTimeField(db_default=Now())
    handled_at = models.DateTimeField(null=True, blank=True)
    from_user = models.BigIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=120, blank=True)

    objects = ClaimQuerySet["TelegramUpdate"].as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["staff_bot", "update_id"], name="telegram_update_once")]
        indexes = [models.Index(fields=["due_at"], name="telegram_update_due", condition=Q(handled_at=None))]

    def __str__(self) -> str:
        return f"Update {self.update_id}"


class TelegramQuestion(models.Model):
    """What a manager was asked to write (a reason, a time), until they have: the next message is the answer."""

    staff_bot = models.ForeignKey(StaffBot, on_delete=models.CASCADE, related_name="+")
    manager = models.ForeignKey(Manager, on_delete=models.CASCADE, related_name="+")
    message_id = models.BigIntegerField(default=0, help_text="Of the question; an answer may name it.")
    notice = models.ForeignKey(StaffNotice, on_delete=models.CASCADE, related_name="+")
    verb = models.CharField(max_length=40)
    from_status = models.CharField(max_length=20)
    asks = models.CharField(max_length=20)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.verb}, notice {self.notice_id}?"
