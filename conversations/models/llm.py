"""What a bot asks of language models, and what was asked."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from bots.db.fields import SavedAtField
from bots.models import Bot


class BotPrompt(models.Model):
    """A bot's own text in place of one of the built-in prompts. Only one of a purpose is active; old ones are kept."""

    class Purpose(models.TextChoices):
        INTENT = "intent_detection", "Intent detection"
        SERVICE = "service_identification", "Service identification"
        RESPONSE = "main_response", "Main response"
        COMPRESSION = "dialogue_compression", "Dialogue compression"

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="prompts")
    purpose = models.CharField(max_length=30, choices=Purpose)
    text = models.TextField(max_length=20_000)
    version = models.CharField(max_length=12, editable=False, help_text="The same text has the same version.")
    is_active = models.BooleanField(default=False)
    changed_at = SavedAtField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bot", "purpose"], name="bot_prompt_one_active", condition=Q(is_active=True)
            )
        ]
        ordering = ["bot", "purpose", "-is_active", "-changed_at"]
        verbose_name = "prompt"

    def __str__(self) -> str:
        return f"{self.get_purpose_display()} {self.version}"


class LLMCall(models.Model):
    """One request to a language model, also a failed one: what for, what it took and cost. Never its texts."""

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="llm_calls")
    conversation = models.ForeignKey(
        "conversations.Conversation", null=True, blank=True, on_delete=models.SET_NULL, related_name="llm_calls"
    )
    turn = models.ForeignKey(
        "conversations.Turn", null=True, blank=True, on_delete=models.SET_NULL, related_name="llm_calls"
    )
    purpose = models.CharField(max_length=40)
    prompt_version = models.CharField(max_length=40, blank=True)
    provider = models.CharField(max_length=12)
    model = models.CharField(max_length=80)
    key = models.CharField(max_length=12, help_text="The beginning of the key's fingerprint.")
    input_tokens = models.PositiveIntegerField(default=0)
    cached_tokens = models.PositiveIntegerField(default=0)
    cache_write_tokens = models.PositiveIntegerField(default=0)
    output_tokens = models.PositiveIntegerField(default=0)
    cost_microdollars = models.PositiveBigIntegerField("cost", default=0, help_text="In millionths of a US dollar.")
    latency_ms = models.PositiveIntegerField("took", help_text="In milliseconds.")
    outcome = models.CharField(max_length=12)
    error = models.CharField(max_length=200, blank=True)
    request_id = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [
            models.Index(fields=["bot", "-at"], name="llm_call_bot"),
            models.Index(fields=["conversation", "-id"], name="llm_call_conversation"),
        ]
        verbose_name = "request to a language model"
        verbose_name_plural = "requests to language models"

    def __str__(self) -> str:
        return f"{self.purpose} by {self.model}: {self.outcome}"
