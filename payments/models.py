"""What customers are asked to pay, what came of it, and what payment services said about it."""

import uuid
from datetime import datetime

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now
from django.urls import reverse

from bots import tokens
from bots.db.claims import Claimable, ClaimQuerySet
from bots.models import LANGUAGE_CHOICES, Business

TOKEN_SIZE = 16  # bytes


def new_token() -> str:
    """For the address of a deposit's page."""
    return tokens.new_token(TOKEN_SIZE)


class DepositQuerySet(ClaimQuerySet["Deposit"]):
    def about(self, subject: str, subject_id: int) -> "DepositQuerySet":
        """Return those asked for one thing, the latest first."""
        return self.filter(subject=subject, subject_id=subject_id).order_by("-pk")

    def live(self) -> "DepositQuerySet":
        """Those that can still be paid in time."""
        return self.filter(status__in=Deposit.LIVE)

    def needing_staff(self) -> "DepositQuerySet":
        """Paid too late and not decided about, or something is wrong that only a person can settle."""
        return self.filter(Q(late=True, decided_at=None) | ~Q(problem=""))


class Deposit(Claimable):
    """Money asked of a customer for one thing (a lead, a reservation), at most once at a time.

    `amount` and `refunded_amount` are in minor units of `currency`. `status` never leaves PAID. `url` is our own page,
    which sends the payer on; it stays the same however many sessions the provider needs (Stripe's live a day).

    `due_at` is when the job (`checkout`) must see to it next; None: nothing is left to do at the provider.
    """

    class Status(models.TextChoices):
        REQUESTED = "requested", "Being prepared"
        OPEN = "open", "Waits for the payment"
        PAID = "paid", "Paid"
        EXPIRED = "expired", "Not paid in time"
        FAILED = "failed", "Failed"
        WITHDRAWN = "withdrawn", "Taken back"

    class Session(models.TextChoices):
        """The page at the provider, as far as we know."""

        NONE = "none", "Not made"
        OPEN = "open", "Open"
        PROCESSING = "processing", "The bank is still working"
        OVER = "over", "Closed"

    LIVE = (Status.REQUESTED, Status.OPEN)
    STANDINGS = {
        **dict(Status.choices),
        "late": "Paid too late",
        "refunding": "Being given back",
        "partly_refunded": "Partly given back",
        "refunded": "Given back",
        "disputed": "Disputed by the payer's bank",
    }

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="deposits")
    subject = models.CharField(max_length=40, help_text="What it is for, like “lead”.")
    subject_id = models.BigIntegerField()
    title = models.CharField(max_length=200, help_text="What the payer reads.")
    amount = models.PositiveIntegerField(help_text="In minor units.")
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES)
    status = models.CharField(max_length=10, choices=Status, default=Status.REQUESTED)
    status_at = models.DateTimeField(db_default=Now())
    failure = models.CharField(max_length=200, blank=True, help_text="Why it failed, for staff.")
    expires_at = models.DateTimeField(help_text="Until then it can be paid.")
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False, help_text="How providers know it.")
    token = models.CharField(max_length=22, unique=True, default=new_token, editable=False)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(db_default=Now())

    provider = models.CharField(max_length=12)
    livemode = models.BooleanField(null=True, help_text="Real money; as the provider said when the session was made.")
    session_id = models.CharField(max_length=255, blank=True)
    sessions = ArrayField(models.CharField(max_length=255), default=list, blank=True, help_text="All it was given.")
    session_status = models.CharField(max_length=10, choices=Session, default=Session.NONE)
    session_expires_at = models.DateTimeField(null=True, blank=True)
    session_url = models.TextField(blank=True, help_text="The provider's page; url is ours and leads there.")
    attempt = models.PositiveSmallIntegerField(default=1, help_text="Counts the sessions asked for.")
    must_look = models.BooleanField(default=False, help_text="Look for the session before another is asked for.")
    opened_at = models.DateTimeField(null=True, blank=True)

    payment_intent = models.CharField(max_length=255, blank=True)
    paid_at = models.DateTimeField(null=True, blank=True)
    late = models.BooleanField(default=False, help_text="Paid after it was over: staff decide.")
    decided_at = models.DateTimeField(null=True, blank=True, help_text="When staff decided about a late payment.")
    refunded_amount = models.PositiveIntegerField(default=0)
    dispute_id = models.CharField(max_length=255, blank=True)
    dispute_status = models.CharField(max_length=40, blank=True, help_text="As the provider says it.")
    dispute_reason = models.CharField(max_length=60, blank=True)
    problem = models.CharField(max_length=300, blank=True, help_text="What only a person can settle.")

    must_ask_refunds = models.BooleanField(default=False, help_text="Something was given back: ask what.")
    asked_at = models.DateTimeField(null=True, blank=True)

    objects = DepositQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "subject_id"], name="deposit_one_live", condition=Q(status__in=["requested", "open"])
            ),
            models.CheckConstraint(condition=Q(amount__gt=0), name="deposit_amount_positive"),
            models.CheckConstraint(condition=Q(refunded_amount__lte=F("amount")), name="deposit_refunds_fit"),
            models.CheckConstraint(condition=Q(paid_at__isnull=False) | ~Q(status="paid"), name="deposit_paid_when"),
        ]
        indexes = [
            models.Index(fields=["due_at"], name="deposit_due", condition=Q(due_at__isnull=False)),
            models.Index(fields=["subject", "subject_id"], name="deposit_subject"),
            models.Index(fields=["payment_intent"], name="deposit_intent", condition=~Q(payment_intent="")),
            models.Index(fields=["business", "status"], name="deposit_status"),
            models.Index(fields=["business"], name="deposit_late", condition=Q(late=True, decided_at=None)),
        ]

    def __str__(self) -> str:
        return f"Deposit {self.pk}"

    @property
    def url(self) -> str:
        """The link for the customer; "" until it can be paid."""
        return settings.PUBLIC_URL + reverse("pay", args=[self.token]) if self.opened_at else ""

    @property
    def is_live(self) -> bool:
        return self.status in Deposit.LIVE

    @property
    def standing(self) -> str:
        """One word for where it stands, in which decisions are offered: the status, or for what is paid
        late, refunding, partly_refunded, refunded, disputed."""
        if self.status != Deposit.Status.PAID:
            return str(self.status)
        if any(one.status in Refund.UNDER_WAY for one in self.refunds.all()):
            return "refunding"
        if self.refunded_amount >= self.amount:
            return "refunded"
        if self.late and self.decided_at is None:
            return "late"
        if self.dispute_status and self.dispute_status not in DISPUTE_HARMLESS:
            return "disputed"
        return "partly_refunded" if self.refunded_amount else "paid"

    def run_out(self, now: datetime) -> bool:
        return self.expires_at <= now


# Stripe's words for a dispute that is decided. They may come before those for one that is not.
DISPUTE_HARMLESS = ("won", "warning_closed", "prevented")  # the money stays here
DISPUTE_OVER = (*DISPUTE_HARMLESS, "lost")


class Refund(Claimable):
    """Money that goes back to the payer: asked for here, or noticed at the provider (then without `by_name`)."""

    class Status(models.TextChoices):
        REQUESTED = "requested", "Asked for"
        PENDING = "pending", "Under way"
        SUCCEEDED = "succeeded", "Done"
        FAILED = "failed", "Failed"

    UNDER_WAY = (Status.REQUESTED, Status.PENDING)

    deposit = models.ForeignKey(Deposit, on_delete=models.CASCADE, related_name="refunds")
    reference = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    amount = models.PositiveIntegerField(help_text="In minor units.")
    status = models.CharField(max_length=10, choices=Status, default=Status.REQUESTED)
    status_at = models.DateTimeField(db_default=Now())
    refund_id = models.CharField(max_length=255, blank=True, help_text="At the provider.")
    reason = models.CharField(max_length=500, blank=True, help_text="Why it failed, or what staff wrote.")
    by_name = models.CharField(max_length=150, blank=True)
    attempt = models.PositiveSmallIntegerField(default=1)
    must_look = models.BooleanField(default=False)
    created_at = models.DateTimeField(db_default=Now())

    objects = ClaimQuerySet["Refund"].as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(condition=Q(amount__gt=0), name="refund_amount_positive"),
            models.UniqueConstraint(fields=["deposit", "refund_id"], name="refund_once", condition=~Q(refund_id="")),
        ]
        indexes = [models.Index(fields=["due_at"], name="refund_due", condition=Q(due_at__isnull=False))]

    def __str__(self) -> str:
        return f"Refund {self.pk}"


class PaymentEvent(models.Model):
    """One thing that a provider told us: stored first, handled once. `outcome` says what became of it, for staff.

    Suspicious ones (money that does not fit what was asked, another account) are shown to staff until `seen_at`.
    """

    provider = models.CharField(max_length=12)
    event_id = models.CharField(max_length=255)
    account = models.CharField(max_length=255, blank=True, help_text="Another account's, if it names one.")
    type = models.CharField(max_length=120)
    livemode = models.BooleanField(null=True)
    api_version = models.CharField(max_length=60, blank=True)
    payload = models.JSONField()
    received_at = models.DateTimeField(db_default=Now())
    handled_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(db_default=Now())
    tries = models.PositiveSmallIntegerField(default=0)
    payment_intent = models.CharField(max_length=255, blank=True)
    deposit = models.ForeignKey(Deposit, null=True, blank=True, on_delete=models.SET_NULL, related_name="events")
    outcome = models.CharField(max_length=200, blank=True)
    is_suspicious = models.BooleanField(default=False)
    seen_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["provider", "event_id"], name="payment_event_once")]
        indexes = [
            models.Index(fields=["due_at"], name="payment_event_due", condition=Q(handled_at=None)),
            models.Index(fields=["payment_intent"], name="payment_event_waits", condition=Q(handled_at=None)),
            models.Index(
                fields=["received_at"], name="payment_event_look", condition=Q(is_suspicious=True, seen_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.type} {self.event_id}"


class ProviderState(models.Model):
    """What all workers know of a provider: since when it lets us in no more, and when to try again."""

    provider = models.CharField(primary_key=True, max_length=12)
    paused_at = models.DateTimeField(null=True, blank=True)
    paused_reason = models.CharField(max_length=400, blank=True)
    try_at = models.DateTimeField(null=True, blank=True)
    warning = models.CharField(max_length=400, blank=True, help_text="Works, but look at it.")

    def __str__(self) -> str:
        return self.provider


class SandboxSession(models.Model):
    """A payment page of the sandbox, which plays the provider where there are no keys. No money moves."""

    session_id = models.CharField(primary_key=True, max_length=80)
    key = models.CharField(max_length=120, unique=True, help_text="Ours, so that asking twice makes one.")
    reference = models.CharField(max_length=40)
    amount = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    status = models.CharField(max_length=10, default="open")
    payment = models.CharField(max_length=10, default="unpaid")
    payment_intent = models.CharField(max_length=80, blank=True)
    expires_at = models.DateTimeField()
    refunds = models.JSONField(default=dict, blank=True)

    def __str__(self) -> str:
        return self.session_id
