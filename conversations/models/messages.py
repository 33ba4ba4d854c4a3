"""Every message in and out, the turns that answered them, and what could not be read."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from bots.models import ChannelAccount


class Turn(models.Model):
    """One answer of the bot: what it had before it, what it understood, which tools it called and what they said."""

    class Outcome(models.TextChoices):
        ANSWERED = "answered", "Answered"
        SILENT = "silent", "Nothing to say"
        REDO = "redo", "Put aside: more was written meanwhile"
        FENCED = "fenced", "Put aside: someone else took over"
        FAILED = "failed", "Failed"

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="turns")
    generation = models.BigIntegerField()
    after_seq = models.BigIntegerField()
    upto_seq = models.BigIntegerField()
    agent = models.CharField(max_length=20, help_text="Who answered in the end.")
    fallback = models.CharField(max_length=200, blank=True, help_text="Why rules answered although a model was asked.")
    understood = models.JSONField(default=dict)
    steps = models.JSONField(default=list, help_text="Tools called, with their facts.")
    before = models.JSONField(
        default=dict, db_default={}, help_text="What was going on before: frames, open question, offer."
    )
    rules = models.JSONField(default=list, db_default=[], help_text="By which rules it was decided, in plain words.")
    outcome = models.CharField(max_length=10, choices=Outcome)
    error = models.CharField(max_length=200, blank=True)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(db_default=Now())

    class Meta:
        indexes = [models.Index(fields=["conversation", "-id"], name="turn_conversation")]

    def __str__(self) -> str:
        return f"Turn {self.pk} of conversation {self.conversation_id}"


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
    conversation = models.ForeignKey(
        "conversations.Conversation", on_delete=models.CASCADE, related_name="messages", db_index=False
    )
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


class ParkedEcho(models.Model):
    """The account said something that we do not know yet: our own send come back early, or a person in the app.

    Decided a few seconds later, when our own send has had the time to be noted.
    """

    conversation = models.ForeignKey("conversations.Conversation", on_delete=models.CASCADE, related_name="+")
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


class DeadLetter(models.Model):
    """Something that came in and could not be read; kept whole for staff and developers."""

    channel = models.CharField(max_length=20)
    account = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=200)
    body = models.BinaryField()
    digest = models.CharField(max_length=64, help_text="SHA-256 of channel, account and body: the same is kept once.")
    times = models.PositiveIntegerField(default=1)
    received_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="unreadable_once")]
        verbose_name, verbose_name_plural = "unreadable delivery", "unreadable deliveries"

    def __str__(self) -> str:
        return f"{self.channel}: {self.reason}"
