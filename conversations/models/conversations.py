"""Conversations, who holds them, and what is remembered of earlier ones."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db import OperationalError, models
from django.db.models import F, Q
from django.db.models.functions import Now

from bots.channels import CHANNELS
from bots.channels.base import Identity
from bots.db.claims import ClaimQuerySet
from bots.models import Bot, Business, ChannelAccount


class ConversationQuerySet(ClaimQuerySet["Conversation"]):
    def of(self, user: AbstractBaseUser) -> "ConversationQuerySet":
        return self if getattr(user, "is_superuser", False) else self.filter(account__bot__business__staff=user.pk)

    def answerable(self, *, missed_for: timedelta = timedelta(0)) -> "ConversationQuerySet":
        """Return those with something unanswered, due for so long, held by the bot and by no other worker."""
        return self.due(missed_for=missed_for).filter(
            Q(next_try_at=None) | Q(next_try_at__lte=Now()),
            mode=Conversation.Mode.BOT,
            answered_seq__lt=F("last_inbound_seq"),
        )

    def needs_you(self) -> "ConversationQuerySet":
        return self.exclude(attention="").order_by("attention_at")


class Conversation(models.Model):
    """One person on one account. The row is the lock, the lease and the watermark of everything said in it.

    `seq` numbers all messages; what a customer wrote up to `answered_seq` has been answered, or was given to a person.
    """

    MERGED = "merged"  # the kind of peer that nobody writes to: the talk went on in another conversation

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
    contact = models.ForeignKey("conversations.Contact", on_delete=models.CASCADE, related_name="conversations")
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
    enqueued_at = models.DateTimeField(
        null=True, blank=True, help_text="When a worker was last woken up; a claim clears it."
    )
    generation = models.BigIntegerField(default=0)
    lease_until = models.DateTimeField(null=True, blank=True)
    redo = models.PositiveSmallIntegerField(default=0)
    failed_turns = models.PositiveSmallIntegerField(default=0)
    not_understood = models.PositiveSmallIntegerField(default=0)
    dialogue = models.JSONField(
        default=dict,
        db_default={},
        blank=True,
        editable=False,
        help_text="What is going on: see conversations.dialogue.state.",
    )
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

    def address(self) -> Identity:
        """Return where to write to: its peer, or, where it was merged into another, where that one's leads."""
        talk: Conversation = self
        if self.peer_kind == self.MERGED:
            alive = Conversation.objects.filter(account=self.account_id, contact=self.contact_id)
            talk = alive.exclude(peer_kind=self.MERGED).first() or self
        return Identity(self.account.channel, talk.peer_kind, talk.peer)

    def window_until(self, *, by_staff: bool = False) -> datetime | None:
        """Return when the channel stops taking replies; None where it never does or before anything was written."""
        limits = CHANNELS[self.account.channel].limits
        window: timedelta | None = limits.staff_window if by_staff else limits.window
        if window is None:
            return None
        refused, inbound = self.window_refused_at, self.last_inbound_at
        is_for_all = not by_staff or limits.staff_window == limits.window
        if refused and is_for_all and (inbound is None or refused >= inbound):
            return refused
        return inbound + window if inbound else None


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


LOCK_NOT_AVAILABLE = "55P03"

_held: dict[object, bool] = {}  # whose conversation was found held, and whether a thread of this process waits for it


def lock(conversation_id: int) -> Conversation:
    """The conversation, its row locked until the transaction ends. All that writes messages goes through this."""
    return (
        Conversation.objects.select_for_update(of=("self",))
        .select_related("account__bot__business", "contact")
        .get(pk=conversation_id)
    )


def next_seq(conversation: Conversation) -> int:
    """Return the number of the next message. The row must be locked."""
    conversation.last_seq += 1
    Conversation.objects.filter(pk=conversation.pk).update(last_seq=conversation.last_seq)
    return conversation.last_seq


def lock_if_free(conversation_id: int) -> Conversation | None:
    """Like `lock`, for sweeps: None, at once, when somebody else holds the row. The next sweep comes soon."""
    return (
        Conversation.objects.select_for_update(of=("self",), skip_locked=True)
        .select_related("account__bot__business", "contact")
        .filter(pk=conversation_id)
        .first()
    )


@contextmanager
def alone_if_held(who: object) -> Iterator[None]:
    """Wait for the conversation of `who` in here: one thread at a time, once somebody has held it for too long.

    Those who meet the held row first wait as long as `lock_timeout` lets them. From then on, until one gets through,
    the others hear OperationalError at once: one conversation cannot take up all the threads of the web.
    """
    if _held.get(who):
        raise OperationalError("Somebody holds this conversation, and another thread waits for it already.")
    if who in _held:
        _held[who] = True
    too_long = False
    try:
        yield
    except OperationalError as error:
        too_long = getattr(error.__cause__, "sqlstate", None) == LOCK_NOT_AVAILABLE
        raise
    finally:
        if too_long:
            _held[who] = False
        else:
            _held.pop(who, None)
