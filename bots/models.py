"""Who answers: businesses, their bots, the accounts these are reached by, and what they know."""

import secrets
import zoneinfo
from datetime import datetime, time

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.crypto import salted_hmac
from pgvector.django import HalfVectorField

from bots.channels import CHANNELS
from bots.db import clock
from bots.db.fields import SavedAtField
from bots.embeddings import DIMENSIONS
from bots.fields import EncryptedDictField
from bots.language import LANGUAGES
from bots.machine_tables import ApiKey, RefusedDelivery, Tallied, Tally
from bots.message_templates import MessageTemplate

__all__ = ["ApiKey", "MessageTemplate", "RefusedDelivery", "Tallied", "Tally"]  # tables beside those below

LANGUAGE_NAMES = {"en": "English", "pl": "Polski", "uk": "Українська", "ru": "Русский", "es": "Español"}
PROVIDER_CHOICES = [("openai", "OpenAI, or a server that speaks like it"), ("anthropic", "Anthropic")]
LANGUAGE_CHOICES = [(code, LANGUAGE_NAMES.get(code, code)) for code in LANGUAGES]


def check_timezone(name: str) -> None:
    if name not in zoneinfo.available_timezones():
        raise ValidationError(f"“{name}” is not a time zone. Write it like Europe/Warsaw.")


def new_key() -> str:
    """For a webhook's address: nobody guesses it."""
    return secrets.token_urlsafe(24)


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
        return clock.now().astimezone(self.zone)


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
        """The bot's own keys for a provider, in the order they were given."""
        return self.own_keys.get(provider, "").split()

    @property
    def own_keys(self) -> dict[str, str]:
        return dict(self.llm_keys)  # type: ignore[arg-type]  # the field gives a dict, whatever its column is


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
    updated_at = SavedAtField()

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
    at = models.DateTimeField(db_default=Now())

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
        return dict(self.credentials).get("token", "")  # type: ignore[arg-type, call-overload]

    @property
    def hook_secret(self) -> str:
        """What Telegram sends back in a header with each delivery; made from the token, so it changes with it."""
        return salted_hmac("bots.StaffBot.hook", f"{self.key}:{self.token}", algorithm="sha256").hexdigest()


class Manager(models.Model):
    """A person who decides for a business, and by which ways they are reached."""

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
    def way(self) -> str:
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


class StaffNotice(models.Model):
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
    way = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    subject = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(default=0)
    facts = models.JSONField(default=dict, blank=True)
    status = models.CharField(max_length=12, choices=Status, default=Status.QUEUED)
    status_at = models.DateTimeField(db_default=Now())
    attempts = models.PositiveSmallIntegerField(default=0)
    wanted_version = models.PositiveIntegerField(default=1)
    shown_version = models.PositiveIntegerField(default=0)
    next_try_at = models.DateTimeField(db_default=Now())
    give_up_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True, blank=True)
    external_id = models.CharField(max_length=40, blank=True, help_text="The message at the other side.")
    maybe_twice = models.BooleanField(default=False, help_text="It is not known whether an earlier try arrived.")
    error = models.CharField(max_length=200, blank=True)
    dedupe_key = models.CharField(max_length=120, unique=True)
    created_at = models.DateTimeField(db_default=Now())

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["next_try_at"], name="staff_notice_due", condition=Q(status="queued")),
            models.Index(fields=["lease_until"], name="staff_notice_leases", condition=Q(status="sending")),
            models.Index(fields=["subject", "subject_id"], name="staff_notice_subject"),
            models.Index(fields=["business"], name="staff_notice_failed", condition=Q(status="failed")),
        ]

    def __str__(self) -> str:
        return f"{self.kind} for {self.manager_id}"


class TelegramUpdate(models.Model):
    """One thing that Telegram brought: stored first, handled once. `outcome` says what became of it, for staff."""

    staff_bot = models.ForeignKey(StaffBot, on_delete=models.CASCADE, related_name="updates")
    update_id = models.BigIntegerField()
    payload = models.JSONField()
    received_at = models.DateTimeField(db_default=Now())
    handled_at = models.DateTimeField(null=True, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    from_user = models.BigIntegerField(null=True, blank=True)
    outcome = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["staff_bot", "update_id"], name="telegram_update_once")]
        indexes = [
            models.Index(fields=["received_at"], name="telegram_update_due", condition=Q(handled_at=None)),
        ]

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
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject} {self.subject_id}"
