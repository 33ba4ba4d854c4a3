"""Who answers: businesses, their bots, the accounts these are reached by, and what they know."""

import zoneinfo
from datetime import datetime

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from pgvector.django import HalfVectorField

from bots.channels import CHANNELS
from bots.embeddings import DIMENSIONS
from bots.fields import EncryptedDictField
from bots.language import LANGUAGES

LANGUAGE_NAMES = {"en": "English", "pl": "Polski", "uk": "Українська", "ru": "Русский", "es": "Español"}
LANGUAGE_CHOICES = [(code, LANGUAGE_NAMES.get(code, code)) for code in LANGUAGES]


def check_timezone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is not a time zone. Write it like Europe/Warsaw.")


class BusinessQuerySet(models.QuerySet["Business"]):
    def of(self, user: AbstractBaseUser) -> "BusinessQuerySet":
        """The businesses that this member of staff belongs to; all of them for the one who runs the installation."""
        return self if getattr(user, "is_superuser", False) else self.filter(staff=user.pk)


class Business(models.Model):
    """A tenant. Everything else belongs to one, and its staff see nothing of another."""

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    timezone = models.CharField("time zone", max_length=64, default="Europe/Warsaw", validators=[check_timezone])
    country = models.CharField(max_length=2, default="PL", help_text="Two letters; decides public holidays.")
    currency = models.CharField(max_length=3, default="PLN")
    default_language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES, default="en")
    languages = ArrayField(
        models.CharField(max_length=8),
        default=list,
        blank=True,
        help_text="Languages the bot answers in; none chosen means all that it knows.",
    )
    staff = models.ManyToManyField(settings.AUTH_USER_MODEL, related_name="businesses", blank=True)
    people_answer_from = models.TimeField("people answer from", default="09:00")
    people_answer_until = models.TimeField("people answer until", default="20:00")
    people_answer_on = ArrayField(
        models.PositiveSmallIntegerField(),
        verbose_name="people answer on",
        default=list,
        blank=True,
        help_text="Weekdays, Monday is 0; empty means every day.",
    )

    objects = BusinessQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "businesses"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def zone(self) -> zoneinfo.ZoneInfo:
        return zoneinfo.ZoneInfo(self.timezone)

    def language_for(self, code: str) -> str:
        """The language to answer someone in who writes this one."""
        known = self.languages or list(LANGUAGES)
        return code if code in known else self.default_language

    def now(self) -> datetime:
        """This moment on the business's clock, aware."""
        return timezone.now().astimezone(self.zone)


class Bot(models.Model):
    """Answers for a business. What it may do are its skills."""

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

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


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


class ChannelAccount(models.Model):
    """A connected number, page or chat. Its credentials are encrypted and never shown again."""

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="accounts")
    channel = models.CharField(max_length=20, choices=[(code, channel.label) for code, channel in CHANNELS.items()])
    external_id = models.CharField(
        "account id", max_length=80, help_text="The platform's own id of the account; for the web chat the bot's slug."
    )
    name = models.CharField(max_length=80, blank=True)
    credentials = EncryptedDictField(default=dict, editable=False)
    is_active = models.BooleanField(default=True)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    paused_reason = models.CharField(max_length=200, blank=True, editable=False)
    send_not_before = models.DateTimeField(null=True, blank=True, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["channel", "external_id"], name="channel_account_once")]
        ordering = ["channel", "external_id"]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.name or self.external_id}"

    @property
    def secrets(self) -> dict[str, str]:
        return dict(self.credentials)  # type: ignore[arg-type]  # the field gives a dict, whatever its column is

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


class Knowledge(models.Model):
    """One thing that the business knows, with its answer in any number of languages."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="knowledge")
    topic = models.CharField(max_length=120, help_text="For staff, like “Parking”.")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["topic"]
        verbose_name_plural = "knowledge"

    def __str__(self) -> str:
        return self.topic


class KnowledgeText(models.Model):
    """The questions and the answer in one language."""

    knowledge = models.ForeignKey(Knowledge, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES)
    questions = models.TextField(help_text="One a line, as customers ask it.")
    answer = models.TextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["knowledge", "language"], name="knowledge_text_once")]

    def __str__(self) -> str:
        return f"{self.knowledge} ({self.language})"


class KnowledgeVector(models.Model):
    """One phrasing of a knowledge text as a vector; apart from the text, so that editing stays cheap."""

    text = models.ForeignKey(KnowledgeText, on_delete=models.CASCADE, related_name="vectors")
    phrasing = models.TextField()
    model = models.CharField(max_length=60, help_text="Which embedding model made it.")
    embedding = HalfVectorField(dimensions=DIMENSIONS)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["text", "phrasing", "model"], name="knowledge_vector_once")]

    def __str__(self) -> str:
        return self.phrasing


class Decision(models.Model):
    """What a person (or the customer, or the clock) decided: who, by which way, from what, to what."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="decisions")
    subject = models.CharField(max_length=40, help_text="What it was about, like “reservation”.")
    subject_id = models.BigIntegerField()
    verb = models.CharField(max_length=40)
    from_status = models.CharField(max_length=20, blank=True)
    to_status = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150)
    way = models.CharField(max_length=20)
    reason = models.TextField(blank=True)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        indexes = [models.Index(fields=["subject", "subject_id", "-id"], name="decision_subject")]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id} by {self.by_name}"


class Heartbeat(models.Model):
    """When a process last did its work: a connected but deaf worker is seen here."""

    name = models.CharField(primary_key=True, max_length=60)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
