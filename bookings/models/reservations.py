"""Who has reserved what, and the reminders of it."""

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import BigIntegerRangeField, DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Now

from bots.db.fields import SavedAtField
from bots.models import Business
from conversations.models import Contact, Conversation


class Int8Range(Func):
    """A range of one number, so that an exclusion constraint can compare it without the btree_gist extension."""

    function = "int8range"
    output_field = BigIntegerRangeField()


class ReservationQuerySet(models.QuerySet["Reservation"]):
    def of(self, user: AbstractBaseUser) -> "ReservationQuerySet":
        return self if getattr(user, "is_superuser", False) else self.filter(business__staff=user.pk)

    def occupying(self) -> "ReservationQuerySet":
        """Those that keep a place: confirmed, or held and asked for while their time to be decided has not run out."""
        return self.filter(status__in=Reservation.LIVE)

    def upcoming(self) -> "ReservationQuerySet":
        return self.occupying().filter(period__endswith__gt=Now())


class Reservation(models.Model):
    """A visit, from the customer's first word about it (a draft, whose fields may be missing) to its end.

    `period` is the visit; `block` is what it takes up with the service's buffers. Price in minor units. Held: staff
    keep it for a customer to whom they offered it. `exclusive` rows may not overlap; one that would take the place of
    an overlapping visit of its own is not, until that visit has made way.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Being talked about"
        HELD = "held", "Held"
        PENDING = "pending", "Waits for approval"
        CONFIRMED = "confirmed", "Confirmed"
        REJECTED = "rejected", "Declined"
        CANCELLED = "cancelled", "Cancelled"
        EXPIRED = "expired", "Expired"
        MOVED = "moved", "Moved to another time"
        NO_SHOW = "no_show", "Did not come"

    LIVE = (Status.HELD, Status.PENDING, Status.CONFIRMED)

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="reservations")
    contact = models.ForeignKey(Contact, null=True, blank=True, on_delete=models.PROTECT, related_name="reservations")
    conversation = models.ForeignKey(
        Conversation, null=True, blank=True, on_delete=models.SET_NULL, related_name="reservations"
    )
    service = models.ForeignKey(
        "bookings.Service", null=True, blank=True, on_delete=models.PROTECT, related_name="reservations"
    )
    resource = models.ForeignKey(
        "bookings.Resource", null=True, blank=True, on_delete=models.PROTECT, related_name="reservations"
    )
    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT)
    people = models.PositiveSmallIntegerField(null=True, blank=True)
    day = models.DateField(null=True, blank=True, help_text="Wished for, while it is a draft.")
    start_time = models.TimeField(null=True, blank=True, help_text="Wished for, on the business's clock.")
    duration_minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    period = DateTimeRangeField(null=True, blank=True)
    block = DateTimeRangeField(null=True, blank=True)
    exclusive = models.BooleanField(default=False, editable=False)
    price = models.PositiveIntegerField(default=0)
    language = models.CharField(max_length=8, blank=True)
    note = models.TextField(blank=True)
    hold_until = models.DateTimeField(null=True, blank=True)
    moves = models.ForeignKey(
        "self",
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="moved_by",
        help_text="The visit that this one takes the place of, which keeps its own place until this is confirmed.",
    )
    version = models.PositiveIntegerField(default=1, help_text="Grows with every change; mirrors follow it.")
    created_at = models.DateTimeField(db_default=Now(), editable=False)
    updated_at = SavedAtField()

    objects = ReservationQuerySet.as_manager()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="reservation_no_overlap",
                expressions=[
                    (Int8Range("resource_id", "resource_id", Value("[]")), RangeOperators.OVERLAPS),
                    ("block", RangeOperators.OVERLAPS),
                ],
                condition=Q(status__in=["held", "pending", "confirmed"], exclusive=True),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["held", "pending", "confirmed"])
                | Q(
                    service__isnull=False,
                    resource__isnull=False,
                    period__isnull=False,
                    block__isnull=False,
                    people__isnull=False,
                ),
                name="reservation_live_is_complete",
            ),
            models.UniqueConstraint(fields=["conversation"], name="reservation_one_draft", condition=Q(status="draft")),
        ]
        indexes = [
            models.Index(fields=["business", "status"], name="reservation_status"),
            # An expired one keeps its `hold_until` until the customer has been told.
            models.Index(
                fields=["hold_until"], name="reservation_holds", condition=Q(status__in=["held", "pending", "expired"])
            ),
            GistIndex(
                fields=["block"], name="reservation_live", condition=Q(status__in=["held", "pending", "confirmed"])
            ),
        ]
        ordering = ["-id"]

    def __str__(self) -> str:
        return f"Reservation {self.pk}"


class ReminderRule(models.Model):
    """One step of a business's reminders. A business without any has one, a day before, which asks.

    Whole days before mean the visit's own hour on the wall clock; other lengths are hours that pass.
    """

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="reminder_rules")
    hours_before = models.PositiveSmallIntegerField(default=24, help_text="24: a day before, at the visit's own hour.")
    asks = models.BooleanField(
        "asks whether they will come", default=True, help_text="With buttons: yes, move it, cancel it."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["-hours_before"]
        constraints = [
            models.UniqueConstraint(fields=["business", "hours_before"], name="reminder_rule_once"),
            models.CheckConstraint(condition=Q(hours_before__gte=1, hours_before__lte=336), name="reminder_rule_hours"),
        ]

    def __str__(self) -> str:
        return f"{self.hours_before} hours before"


class Reminder(models.Model):
    """A message due before a visit: wall time and zone are kept, so that a change of the clocks moves it rightly."""

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", "Scheduled"
        SENT = "sent", "Sent"
        DROPPED = "dropped", "Not needed any more"
        LATE = "late", "Too late, not sent"

    class Answer(models.TextChoices):
        COMES = "comes", "Says they will come"
        CANCELS = "cancels", "Wants to cancel"
        MOVES = "moves", "Wants another time"

    reservation = models.ForeignKey(Reservation, on_delete=models.CASCADE, related_name="reminders")
    kind = models.CharField(max_length=20, default="24h", help_text="Which step: hours before the visit.")
    asks = models.BooleanField(default=False, help_text="Whether it asks if they will come.")
    reservation_version = models.PositiveIntegerField()
    local_day = models.DateField()
    local_time = models.TimeField(help_text="Wall time on the business's clock.")
    zone = models.CharField(max_length=64)
    fire_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status, default=Status.SCHEDULED)
    status_at = models.DateTimeField(db_default=Now())
    answer = models.CharField(max_length=10, choices=Answer, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["reservation", "kind", "reservation_version"], name="reminder_once")
        ]
        indexes = [models.Index(fields=["fire_at"], name="reminder_due", condition=Q(status="scheduled"))]

    def __str__(self) -> str:
        return f"Reminder for reservation {self.reservation_id}"
