"""Who answers for a business: persona, skills, limits, and sentences in its own words."""

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models

from bots.db.fields import EncryptedDictField
from bots.models.business import LANGUAGE_CHOICES, Business

PROVIDER_CHOICES = [("openai", "OpenAI, or a server that speaks like it"), ("anthropic", "Anthropic")]


class Bot(models.Model):
    """Answers for a business. What it may do are its skills."""

    class Agent(models.TextChoices):
        AUTO = "auto", "A language model where there is a key, else rules"
        RULES = "rules", "Rules"
        LLM = "llm", "A language model"

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="bots")
    name = models.CharField(max_length=80, help_text="How it introduces itself.")
    slug = models.SlugField(unique=True, help_text="Part of the chat page's address: /chat/<slug>/")
    is_active = models.BooleanField(default=True)
    skills = ArrayField(
        models.CharField(max_length=40), default=list, blank=True, help_text="Empty means every skill there is."
    )
    debounce_seconds = models.FloatField(
        default=2.0, help_text="How long a customer must be quiet before the bot answers, so that a burst is one turn."
    )
    debounce_ceiling_seconds = models.FloatField(default=12.0, help_text="The longest that a burst may put it off.")
    takeover_hours = models.PositiveSmallIntegerField(
        default=3, help_text="How long the bot stays quiet after a person has written."
    )
    colour = models.CharField(max_length=7, default="#1f6f5c", help_text="Of the chat page, like #1f6f5c.")

    class Extraction(models.TextChoices):
        UNSURE = "unsure", "Only where the rules are unsure"
        ALWAYS = "always", "Always"
        NEVER = "never", "Never"

    agent = models.CharField(
        "answers with",
        max_length=8,
        choices=Agent,
        default=Agent.AUTO,
        help_text="Whatever is chosen: when the model fails, rules answer.",
    )
    llm_provider = models.CharField(
        "provider", max_length=12, choices=PROVIDER_CHOICES, blank=True, help_text="Empty: whichever has a key."
    )
    llm_model = models.CharField(
        "model", max_length=80, blank=True, help_text="Of the provider above. Empty: as the installation says."
    )
    llm_temperature = models.FloatField(
        "temperature",
        null=True,
        blank=True,
        validators=[MinValueValidator(0), MaxValueValidator(2)],
        help_text="0 to 2, for models that take one. Empty: the model's own.",
    )
    llm_max_output_tokens = models.PositiveIntegerField(
        "longest answer",
        default=2000,
        validators=[MinValueValidator(100), MaxValueValidator(20_000)],
        help_text="In tokens, with what the model thinks before it answers.",
    )
    llm_daily_budget_cents = models.PositiveIntegerField(
        "daily budget",
        default=200,
        help_text="In US cents, per day of the business. Beyond it rules answer; 0 means that a model is never asked.",
    )
    llm_keys = EncryptedDictField(default=dict, editable=False)
    persona = models.TextField(
        max_length=4000, blank=True, help_text="Who it is, how it speaks, how it sells: told to the language model."
    )
    llm_extraction = models.CharField(
        "reads messages with the model",
        max_length=8,
        choices=Extraction,
        default=Extraction.UNSURE,
        help_text="One request more for a turn, before the answer is thought of.",
    )

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    def keys_of(self, provider: str) -> list[str]:
        """Return the bot's own keys for a provider, in the order they were given."""
        return self.own_keys.get(provider, "").split()

    @property
    def own_keys(self) -> dict[str, str]:
        return dict(self.llm_keys)


class Wording(models.Model):
    """This bot's own words for a sentence that it must say, in one language."""

    class Sentence(models.TextChoices):
        DISCLOSURE = "disclosure", "First contact: an assistant answers, a person can be had"
        HANDOVER = "handover", "Handing over to a person"
        UNKNOWN = "unknown", "Does not know, will ask"

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="wordings")
    sentence = models.CharField(max_length=20, choices=Sentence)
    language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES)
    text = models.TextField(max_length=400)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["bot", "sentence", "language"], name="wording_once")]

    def __str__(self) -> str:
        return f"{self.get_sentence_display()} ({self.language})"
