"""Enquiries: what a bot asks about, what a customer answered, and how far the studio has come with it."""

from django.contrib.auth.models import AbstractBaseUser
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from bots.db.fields import SavedAtField
from bots.models import LANGUAGE_CHOICES, Bot, Business
from conversations.models import Attachment, Contact, Conversation, Message


class LeadSettings(models.Model):
    """How a bot's enquiries go on once they are approved. A bot without a row has these defaults."""

    bot = models.OneToOneField(Bot, on_delete=models.CASCADE, related_name="lead_settings")
    service = models.ForeignKey(
        "bookings.Service",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What is booked in the end, unless staff choose another one for an enquiry.",
    )
    needs_enquiry = models.ManyToManyField(
        "bookings.Service",
        blank=True,
        related_name="+",
        verbose_name="booked only after an enquiry",
        help_text="The bot takes an enquiry for these; all others are booked in the chat at once.",
    )
    deposit_amount = models.PositiveIntegerField(
        default=0, help_text="In minor units of the business's currency. 0: no deposit is asked for."
    )
    deposit_hours = models.PositiveSmallIntegerField(default=48, help_text="How long the deposit can be paid.")
    link_days = models.PositiveSmallIntegerField(default=14, help_text="How long a booking link can be used.")
    link_follows_payment = models.BooleanField(
        default=False, help_text="The booking link is sent as soon as the deposit is paid; else staff send it."
    )
    draft_days = models.PositiveSmallIntegerField(
        default=30, help_text="An enquiry that nobody has gone on with for so long is put away."
    )

    class Meta:
        verbose_name = "settings of enquiries"
        verbose_name_plural = "settings of enquiries"
        constraints = [
            models.CheckConstraint(
                condition=Q(deposit_hours__gte=1, link_days__gte=1, draft_days__gte=1), name="lead_settings_positive"
            )
        ]

    def __str__(self) -> str:
        return f"Enquiries of {self.bot}"


class ConsultationQuestion(models.Model):
    """One thing that a bot asks about. A bot without any takes no enquiries."""

    class Kind(models.TextChoices):
        TEXT = "text", "Words"
        CHOICE = "choice", "Choice"
        NUMBER = "number", "Number"
        DATE = "date", "Day or days"
        SIZE = "size", "Size in centimetres"
        BUDGET = "budget", "Budget"
        PHOTOS = "photos", "Photos"

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="consultation_questions")
    code = models.SlugField(max_length=40, help_text="A short English name, like “placement”; answers are kept by it.")
    kind = models.CharField(max_length=8, choices=Kind, default=Kind.TEXT)
    position = models.PositiveSmallIntegerField(default=0)
    is_required = models.BooleanField(default=True, help_text="If not, the customer may skip it.")
    takes_other_words = models.BooleanField(
        default=False, help_text="For a choice: what is none of the choices is kept as it was written."
    )
    least = models.PositiveIntegerField(
        null=True, blank=True, help_text="Smallest number, size in cm, or budget in whole units of the currency."
    )
    most = models.PositiveIntegerField(null=True, blank=True, help_text="The same, largest.")
    only_if = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="followed_by",
        help_text="Asked only if this one was answered…",
    )
    only_if_value = models.CharField(
        max_length=80, blank=True, help_text="…with this choice. Empty: with anything but a skip."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [models.UniqueConstraint(fields=["bot", "code"], name="consultation_question_once")]

    def __str__(self) -> str:
        return self.code

    def clean(self) -> None:
        if self.least is not None and self.most is not None and self.least > self.most:
            raise ValidationError("Give the smallest first, then the largest.")
        if self.only_if is not None and (self.only_if.bot_id != self.bot_id or self.only_if.position >= self.position):
            raise ValidationError("It can only follow a question of the same bot that is asked before it.")


class ConsultationQuestionText(models.Model):
    """The question in one language."""

    question = models.ForeignKey(ConsultationQuestion, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES)
    name = models.CharField(
        max_length=60, help_text="What it is about, in a word or two, as it stands in the summary: “Placement”."
    )
    other_names = models.CharField(
        max_length=200, blank=True, help_text="With commas: how else customers call it, as in “change my budget”."
    )
    text = models.TextField(max_length=400, help_text="The question itself.")
    choices = models.TextField(
        blank=True, help_text="For a choice, one a line: value = what the button says | other words | more words."
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["question", "language"], name="consultation_text_once")]

    def __str__(self) -> str:
        return f"{self.question} ({self.language})"


class LeadQuerySet(models.QuerySet["Lead"]):
    def of(self, user: AbstractBaseUser) -> "LeadQuerySet":
        return self if getattr(user, "is_superuser", False) else self.filter(business__staff=user.pk)

    def active(self) -> "LeadQuerySet":
        """Those with which something is still to happen."""
        return self.filter(status__in=Lead.ACTIVE)

    def paid_late(self) -> "LeadQuerySet":
        """Paid when it was over already: staff give the money back, or take it and offer a time."""
        return self.filter(paid_late_at__isnull=False)


class Lead(models.Model):
    """An enquiry, from its first word to the booked visit. Money in minor units; `leads.transitions` has the moves.

    What the customer answered stands in `answers`; `title`, `size_cm`, `budget_…` and `wished_day` repeat of it what
    staff look through lists by. `reservation` is the visit that is held for its deposit, or booked.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Being talked about"
        PENDING_APPROVAL = "pending_approval", "Waits for approval"
        APPROVED = "approved", "Approved"
        DEPOSIT_REQUESTED = "deposit_requested", "Deposit asked for"
        DEPOSIT_PAID = "deposit_paid", "Deposit paid"
        BOOKING_LINK_SENT = "booking_link_sent", "Booking link sent"
        BOOKED = "booked", "Booked"
        REJECTED = "rejected", "Declined"
        EXPIRED = "expired", "Ran out"
        WITHDRAWN = "withdrawn", "Withdrawn"

    ACTIVE = (
        Status.DRAFT,
        Status.PENDING_APPROVAL,
        Status.APPROVED,
        Status.DEPOSIT_REQUESTED,
        Status.DEPOSIT_PAID,
        Status.BOOKING_LINK_SENT,
    )

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="leads")
    bot = models.ForeignKey(Bot, on_delete=models.PROTECT, related_name="leads")
    contact = models.ForeignKey(Contact, on_delete=models.PROTECT, related_name="leads")
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="leads"
    )
    status = models.CharField(max_length=20, choices=Status, default=Status.DRAFT)
    status_at = models.DateTimeField(db_default=Now())
    version = models.PositiveIntegerField(default=1, help_text="Grows with every move and every answer.")
    language = models.CharField(max_length=8, blank=True)
    asking = models.ForeignKey(
        ConsultationQuestion,
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text="What the customer was asked last.",
    )
    title = models.CharField(max_length=200, blank=True, help_text="The idea, in the customer's own words.")
    size_cm = models.DecimalField(max_digits=6, decimal_places=1, null=True, blank=True, help_text="The longest side.")
    budget_amount = models.PositiveBigIntegerField(null=True, blank=True, help_text="In minor units; the most of it.")
    budget_currency = models.CharField(max_length=3, blank=True)
    wished_day = models.DateField(null=True, blank=True)
    service = models.ForeignKey(
        "bookings.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="leads"
    )
    deposit_amount = models.PositiveIntegerField(default=0, help_text="In minor units. 0: none is asked for.")
    deposit_expires_at = models.DateTimeField(null=True, blank=True)
    paid_late_at = models.DateTimeField(
        null=True, blank=True, help_text="A deposit came when it was over already; empty again once staff decided."
    )
    reservation = models.ForeignKey(
        "bookings.Reservation", null=True, blank=True, on_delete=models.SET_NULL, related_name="leads"
    )
    reason = models.TextField(blank=True, help_text="Why it was declined or withdrawn.")
    submitted_at = models.DateTimeField(null=True, blank=True)
    touched_at = models.DateTimeField(db_default=Now(), help_text="When the customer last went on with it.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = SavedAtField()

    objects = LeadQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = "enquiry"
        verbose_name_plural = "enquiries"
        constraints = [
            models.UniqueConstraint(fields=["bot", "contact"], name="lead_one_draft", condition=Q(status="draft"))
        ]
        indexes = [
            models.Index(fields=["business", "status", "status_at"], name="lead_board"),
            models.Index(fields=["status", "status_at"], name="lead_due"),
            models.Index(fields=["contact", "-id"], name="lead_of_contact"),
            models.Index(fields=["business"], name="lead_paid_late", condition=Q(paid_late_at__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"Enquiry {self.pk}"


class LeadAnswer(models.Model):
    """What the customer answered to one question, in their words and as a value that can be worked with.

    `value` by kind: text {"text"}, choice {"choice"} or {"text"}, number {"number"}, date {"from", "to"} as ISO days
    or {"any": true}, size {"cm": [width, height]}, budget {"low", "high", "currency"} in minor units, photos {"count"}.
    Skipped ones have none.
    """

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="answers")
    question = models.ForeignKey(ConsultationQuestion, on_delete=models.PROTECT, related_name="answers")
    words = models.TextField(blank=True)
    value = models.JSONField(default=dict, blank=True)
    is_skipped = models.BooleanField(default=False)
    said_at = models.DateTimeField(
        db_default=Now(), help_text="By the channel's clock: an older message that comes late changes nothing."
    )

    class Meta:
        ordering = ["question__position", "pk"]
        constraints = [models.UniqueConstraint(fields=["lead", "question"], name="lead_answer_once")]

    def __str__(self) -> str:
        return f"{self.question}: {self.words[:40]}"


class LeadPhoto(models.Model):
    """One photo of a message that belongs to an enquiry: `message.media[position]`."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="photos")
    message = models.ForeignKey(Message, on_delete=models.CASCADE, related_name="+")
    position = models.PositiveSmallIntegerField(default=0, help_text="In the message's list of media, from 0.")

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["lead", "message", "position"], name="lead_photo_once")]

    def __str__(self) -> str:
        return f"Photo {self.position + 1} of message {self.message_id}"

    @property
    def file(self) -> Attachment | None:
        """The file that was fetched for it; asks nothing if `message__attachments` came along."""
        return next((file for file in self.message.attachments.all() if file.position == self.position), None)


class LeadReminderRule(models.Model):
    """One reminder of a bot's: so long after an enquiry came to a stop. A bot without any reminds nobody."""

    class Step(models.TextChoices):
        UNFINISHED = "unfinished", "Questions half answered"
        UNPAID = "unpaid", "Deposit not paid"
        UNBOOKED = "unbooked", "Paid, no time chosen"

    bot = models.ForeignKey(Bot, on_delete=models.CASCADE, related_name="lead_reminder_rules")
    step = models.CharField(max_length=10, choices=Step)
    hours_after = models.PositiveSmallIntegerField(default=24)
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["step", "hours_after"]
        verbose_name = "reminder of enquiries"
        verbose_name_plural = "reminders of enquiries"
        constraints = [
            models.UniqueConstraint(fields=["bot", "step", "hours_after"], name="lead_reminder_rule_once"),
            models.CheckConstraint(condition=Q(hours_after__gte=1, hours_after__lte=720), name="lead_reminder_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.get_step_display()}, {self.hours_after} hours after"


class LeadReminder(models.Model):
    """That a reminder was queued for an enquiry: each step once, whatever becomes of the enquiry."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="reminders")
    step = models.CharField(max_length=10, choices=LeadReminderRule.Step)
    hours_after = models.PositiveSmallIntegerField()
    queued_at = models.DateTimeField(db_default=Now())

    class Meta:
        constraints = [models.UniqueConstraint(fields=["lead", "step", "hours_after"], name="lead_reminder_once")]

    def __str__(self) -> str:
        return f"{self.step} {self.hours_after}h of lead {self.lead_id}"


class BookingLink(models.Model):
    """A page where the customer of an enquiry chooses a time. The link is not kept, only a hash of it."""

    lead = models.ForeignKey(Lead, on_delete=models.CASCADE, related_name="links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(db_default=Now())
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Booking link of lead {self.lead_id}"
