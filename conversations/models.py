"""What is said: people, their conversations, every message in and out, and why the bot answered as it did."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from bots.channels import CHANNELS
from bots.db.fields import SavedAtField
from bots.models import Bot, Business, ChannelAccount
from conversations.attachment_tables import Attachment

__all__ = ["Attachment"]  # a table of this app, beside those below


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


class ConversationQuerySet(models.QuerySet["Conversation"]):
    def of(self, user: AbstractBaseUser) -> "ConversationQuerySet":
        return self if getattr(user, "is_superuser", False) else self.filter(account__bot__business__staff=user.pk)

    def answerable(self) -> "ConversationQuerySet":
        """Those with something unanswered whose time has come, held by the bot and by no other worker."""
        return self.filter(
            Q(next_try_at=None) | Q(next_try_at__lte=Now()),
            Q(lease_until=None) | Q(lease_until__lt=Now()),
            mode=Conversation.Mode.BOT,
            answered_seq__lt=F("last_inbound_seq"),
            due_at__lte=Now(),
        )

    def needs_you(self) -> "ConversationQuerySet":
        return self.exclude(attention="").order_by("attention_at")


class Conversation(models.Model):
    """One person on one account. The row is the lock, the lease and the watermark of everything said in it.

    `seq` numbers all messages; what a customer wrote up to `answered_seq` has been answered, or was given to a person.
    """

    class Mode(models.TextChoices):
        BOT = "bot", "Bot"
        PERSON = "person", "Person"
        NOBODY = "nobody", "Nobody"

    class Attention(models.TextChoices):
        NOTHING = "", "Nothing"
        WANTS_PERSON = "wants_person", "Wants a person"
        QUESTION = "question", "Unanswered question"
        WAITING = "waiting", "Waits for your answer"
        FAILED_SEND = "failed_send", "Message not delivered"
        LATE = "late", "Old message, not answered"
        STUCK = "stuck", "Bot could not answer"

    account = models.ForeignKey(
        ChannelAccount, on_delete=models.CASCADE, related_name="conversations", db_index=False
    )  # indexed by conversation_once
    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="conversations")
    peer_kind = models.CharField(max_length=20)
    peer = models.CharField(max_length=200, help_text="The identity that replies go to.")
    language = models.CharField(max_length=8, blank=True)
    disclosed_at = models.DateTimeField(null=True, blank=True, help_text="When it was told that an assistant answers.")

    mode = models.CharField(max_length=8, choices=Mode, default=Mode.BOT)
    attention = models.CharField(max_length=16, choices=Attention, default=Attention.NOTHING, blank=True)
    attention_at = models.DateTimeField(null=True, blank=True)

    last_seq = models.BigIntegerField(default=0)
    last_inbound_seq = models.BigIntegerField(default=0)
    answered_seq = models.BigIntegerField(default=0)
    staff_read_seq = models.BigIntegerField(default=0)
    last_inbound_at = models.DateTimeField(null=True, blank=True)
    window_refused_at = models.DateTimeField(
        null=True, blank=True, help_text="When the channel refused a reply as too late, whatever our own clock says."
    )
    last_message_at = models.DateTimeField(null=True, blank=True)

    due_at = models.DateTimeField(null=True, blank=True)
    oldest_unanswered_at = models.DateTimeField(null=True, blank=True)
    rung_at = models.DateTimeField(
        null=True, blank=True, help_text="When a worker was last rung for; a claim clears it."
    )
    generation = models.BigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    redo = models.PositiveSmallIntegerField(default=0)
    failed_turns = models.PositiveSmallIntegerField(default=0)
    not_understood = models.PositiveSmallIntegerField(default=0)
    next_try_at = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField(db_default=Now(), editable=False)

    objects = ConversationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "peer_kind", "peer"], name="conversation_once"),
            models.CheckConstraint(condition=Q(answered_seq__lte=F("last_seq")), name="conversation_answered_in_range"),
        ]
        indexes = [
            models.Index(
                fields=["due_at"],
                name="conversation_due",
                condition=Q(mode="bot", answered_seq__lt=F("last_inbound_seq")),
            ),
            models.Index(fields=["attention_at"], name="conversation_attention", condition=~Q(attention="")),
            models.Index(fields=["-last_message_at"], name="conversation_latest"),
        ]

    def __str__(self) -> str:
        return f"{self.contact} on {self.account.get_channel_display()}"

    @property
    def bot(self) -> Bot:
        return self.account.bot

    @property
    def business(self) -> Business:
        return self.account.bot.business

    def window_until(self, *, by_staff: bool = False) -> datetime | None:
        """When the channel stops taking replies; None where it never does or before anything was written."""
        limits = CHANNELS[self.account.channel].limits
        window: timedelta | None = limits.staff_window if by_staff else limits.window
        if window is None:
            return None
        refused, heard = self.window_refused_at, self.last_inbound_at
        is_for_all = not by_staff or limits.staff_window == limits.window
        if refused and is_for_all and (heard is None or refused >= heard):
            return refused
        return heard + window if heard else None


class Turn(models.Model):
    """One answer of the bot: what it had before it, what it understood, which tools it called and what they said."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "Answered"
        SILENT = "silent", "Nothing to say"
        REDO = "redo", "Put aside: more was written meanwhile"
        FENCED = "fenced", "Put aside: someone else took over"
        FAILED = "failed", "Failed"

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="turns")
    generation = models.BigIntegerField()
    after_seq = models.BigIntegerField()
    upto_seq = models.BigIntegerField()
    agent = models.CharField(max_length=20, help_text="Who answered in the end.")
    fallback = models.CharField(max_length=200, blank=True, help_text="Why rules answered although a model was asked.")
    understood = models.JSONField(default=dict)
    steps = models.JSONField(default=list, help_text="Tools called, with their facts.")
    outcome = models.CharField(max_length=10, choices=Outcome)
    error = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["conversation", "-id"], name="turn_conversation")]

    def __str__(self) -> str:
        return f"Turn {self.pk} of conversation {self.conversation_id}"


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


class Summary(models.Model):
    """What was said up to a point, in short, for the next dialogue. The messages themselves stay."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="summaries")
    from_seq = models.BigIntegerField(help_text="The first message that it was made from…")
    upto_seq = models.BigIntegerField(help_text="…and the last.")
    message_ids = models.JSONField(default=list, help_text="All that it was made from.")
    earlier = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="+", help_text="The one it goes on from."
    )
    text = models.TextField()
    facts = models.JSONField(default=list, help_text="About the customer.")
    open_matters = models.JSONField(default=list)
    made_by = models.CharField(max_length=80, help_text="The model, or “rules”.")
    prompt_version = models.CharField(max_length=12, blank=True)
    made_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["conversation", "upto_seq"], name="summary_once")]
        ordering = ["-upto_seq"]
        verbose_name_plural = "summaries"

    def __str__(self) -> str:
        return f"Messages {self.from_seq} to {self.upto_seq}"


class LLMCall(models.Model):
    """One request to a language model, also a failed one: what for, what it took and cost. Never its texts."""

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="llm_calls")
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="llm_calls"
    )
    turn = models.ForeignKey(Turn, null=True, blank=True, on_delete=models.SET_NULL, related_name="llm_calls")
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


class Message(models.Model):
    """Anything said in a conversation, in or out, in the order of `seq`."""

    class Author(models.TextChoices):
        CUSTOMER = "customer", "Customer"
        BOT = "bot", "Bot"
        STAFF = "staff", "Staff"

    class Kind(models.TextChoices):
        TEXT = "text", "Text"
        MEDIA = "media", "Photo or file"
        EDITED = "edited", "Edit"
        DELETED = "deleted", "Deletion"
        REACTION = "reaction", "Reaction"
        UNSUPPORTED = "unsupported", "Not supported by the channel"
        EVENT = "event", "Event"

    class Status(models.TextChoices):
        RECEIVED = "received", "Received"
        QUEUED = "queued", "Queued"
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        DELIVERED = "delivered", "Delivered"
        READ = "read", "Read"
        FAILED = "failed", "Failed"
        HELD = "held", "Waits for a person"
        CANCELLED = "cancelled", "Not sent"
        UNKNOWN = "unknown", "Not known whether it arrived"

    class Purpose(models.TextChoices):
        REPLY = "reply", "Reply"
        NEWS = "news", "News about a booking"
        REMINDER = "reminder", "Reminder"
        NOTICE = "notice", "Says that a person takes over, or that it will be quiet"
        STAFF = "staff", "Written by a person"

    RANK = {Status.SENT: 1, Status.DELIVERED: 2, Status.READ: 3}

    # What the constraints below index is not indexed again, and the account is the conversation's, which is checked:
    # this table takes a row for every webhook.
    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="messages", db_index=False)
    account = models.ForeignKey(
        ChannelAccount, on_delete=models.CASCADE, related_name="+", db_index=False, db_constraint=False
    )
    seq = models.BigIntegerField()
    author = models.CharField(max_length=10, choices=Author)
    kind = models.CharField(max_length=12, choices=Kind, default=Kind.TEXT)
    status = models.CharField(max_length=10, choices=Status)
    external_id = models.CharField(max_length=400, blank=True, default="")
    text = models.TextField(blank=True)
    choice = models.CharField(max_length=400, blank=True, help_text="The button that was pressed.")
    media = models.JSONField(default=list, blank=True)
    buttons = models.JSONField(default=list, blank=True)
    asks = models.JSONField(default=list, blank=True, help_text="The fields that this message asked the customer for.")
    raw = models.JSONField(default=dict, blank=True)
    sent_at = models.DateTimeField(help_text="By the channel's clock for what came in, by ours for what goes out.")
    received_at = models.DateTimeField(db_default=Now())
    expected = models.BooleanField(default=True, help_text="Whether what came in waits for an answer.")

    purpose = models.CharField(max_length=10, choices=Purpose, blank=True)
    turn = models.ForeignKey(
        Turn, null=True, blank=True, on_delete=models.SET_NULL, related_name="messages", db_index=False
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+", db_index=False
    )
    dedupe_key = models.CharField(max_length=120, blank=True, default="")
    client_ref = models.UUIDField(default=uuid.uuid4)
    attempts = models.PositiveSmallIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    not_before = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    maybe_duplicate = models.BooleanField(default=False)
    error = models.CharField(max_length=200, blank=True)
    status_at = models.DateTimeField(db_default=Now())
    template = models.JSONField(
        default=dict,
        blank=True,
        help_text="Of which automatic message it is one, in which language, and the facts that it was made of.",
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation", "seq"], name="message_seq_once"),
            models.UniqueConstraint(
                fields=["account", "external_id"], name="message_external_once", condition=~Q(external_id="")
            ),
            models.UniqueConstraint(fields=["dedupe_key"], name="message_dedupe_once", condition=~Q(dedupe_key="")),
            models.UniqueConstraint(fields=["client_ref"], name="message_ref_once", condition=~Q(author="customer")),
            models.CheckConstraint(
                condition=~Q(author="customer") | ~Q(external_id=""), name="message_from_customer_has_id"
            ),
        ]
        indexes = [
            models.Index(
                fields=["conversation", "seq"], name="message_unsent", condition=Q(status__in=["queued", "sending"])
            ),
            models.Index(
                fields=["conversation"], name="message_stuck", condition=Q(status__in=["failed", "held", "unknown"])
            ),
            models.Index(fields=["turn"], name="message_of_turn", condition=Q(turn__isnull=False)),
            models.Index(fields=["by"], name="message_by_staff", condition=Q(by__isnull=False)),
        ]
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"Message {self.pk}"


class Pause(models.Model):
    """A time during which a person holds a conversation and the bot is quiet."""

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="pauses")
    started_at = models.DateTimeField(db_default=Now())
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    by_name = models.CharField(max_length=150)
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["conversation"], name="pause_one_open", condition=Q(ended_at=None))
        ]

    def __str__(self) -> str:
        return f"Pause of conversation {self.conversation_id}"


class ParkedEcho(models.Model):
    """The account said something that we do not know yet: our own send come back early, or a person in the app.

    Decided a few seconds later, when our own send has had the time to be noted.
    """

    conversation = models.ForeignKey(Conversation, on_delete=models.CASCADE, related_name="+")
    account = models.ForeignKey(ChannelAccount, on_delete=models.CASCADE, related_name="+")
    external_id = models.CharField(max_length=400)
    text = models.TextField(blank=True)
    media = models.JSONField(default=list, blank=True)
    raw = models.JSONField(default=dict, blank=True)
    sent_at = models.DateTimeField()
    decide_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["account", "external_id"], name="parked_echo_once")]

    def __str__(self) -> str:
        return f"Echo {self.pk}"


class UnreadableDelivery(models.Model):
    """Something that came in at the door and could not be read; kept whole for staff and developers."""

    channel = models.CharField(max_length=20)
    account = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200)
    body = models.BinaryField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of channel, account and body: the same is kept once.")
    times = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="unreadable_once")]
        verbose_name_plural = "unreadable deliveries"

    def __str__(self) -> str:
        return f"{self.channel}: {self.reason}"
