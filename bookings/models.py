"""What a business offers, when it is open, and who has reserved what."""

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Now

from bookings.calendar_tables import BusyPeriod, CalendarEvent, GoogleCalendar
from bookings.fields import Int8Range
from bookings.lead_tables import (
    BookingLink,
    ConsultationQuestion,
    ConsultationQuestionText,
    Lead,
    LeadAnswer,
    LeadPhoto,
    LeadReminder,
    LeadReminderRule,
    LeadSettings,
)
from bots.db.fields import SavedAtField
from bots.models import LANGUAGE_CHOICES, Business
from conversations.models import Contact, Conversation

__all__ = [
    "BookingLink", "BusyPeriod", "CalendarEvent", "ConsultationQuestion", "ConsultationQuestionText", "GoogleCalendar",
    "HolidayRule", "Lead", "LeadAnswer", "LeadPhoto", "LeadReminder", "LeadReminderRule", "LeadSettings", "Reminder",
    "ReminderRule", "Reservation", "Resource", "Service", "ServiceName", "TimeOff", "WorkingHours",
]  # fmt: skip

WEEKDAYS = [
    (0, "Monday"),
    (1, "Tuesday"),
    (2, "Wednesday"),
    (3, "Thursday"),
    (4, "Friday"),
    (5, "Saturday"),
    (6, "Sunday"),
]


class Resource(models.Model):
    """What a visit takes up: a specialist (capacity 1) or a room with places (a studio with 12 wheels: 12)."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="resources")
    name = models.CharField(max_length=80)
    capacity = models.PositiveSmallIntegerField(default=1, help_text="People at once. With 1, visits never overlap.")
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [models.CheckConstraint(condition=Q(capacity__gte=1), name="resource_capacity_positive")]

    def __str__(self) -> str:
        return self.name


class Service(models.Model):
    """What can be booked. Times in minutes, prices in minor currency units (grosze, cents)."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(max_length=120)
    resources = models.ManyToManyField(Resource, related_name="services")
    duration_minutes = models.PositiveSmallIntegerField(default=60)
    min_duration_minutes = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text="If customers may choose the length: the shortest…"
    )
    max_duration_minutes = models.PositiveSmallIntegerField(null=True, blank=True, help_text="…and the longest.")
    step_minutes = models.PositiveSmallIntegerField(default=30, help_text="A visit may start every so many minutes.")
    buffer_before_minutes = models.PositiveSmallIntegerField(default=0)
    buffer_after_minutes = models.PositiveSmallIntegerField(default=0)
    lead_time_minutes = models.PositiveIntegerField(default=120, help_text="The shortest notice for a booking.")
    horizon_days = models.PositiveSmallIntegerField(default=60, help_text="How far ahead one may book.")
    min_people = models.PositiveSmallIntegerField(default=1)
    max_people = models.PositiveSmallIntegerField(default=1)
    asks_people = models.BooleanField(default=False, help_text="Whether the number of people must be asked.")
    price = models.PositiveIntegerField(default=0, help_text="In minor units, for the stated length. 0: not told.")
    price_per_person = models.BooleanField(default=True)
    needs_approval = models.BooleanField(default=True, help_text="Staff approve before it is confirmed.")
    hold_minutes = models.PositiveIntegerField(
        default=24 * 60, help_text="How long a request keeps its place while staff have not decided."
    )
    free_cancellation_hours = models.PositiveSmallIntegerField(
        default=24, help_text="Until so long before, the customer cancels or moves alone; later, staff decide."
    )
    is_usual = models.BooleanField(
        "usual", default=False, help_text="Taken for granted when a customer does not say which service."
    )
    is_active = models.BooleanField(default=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(duration_minutes__gte=5), name="service_duration_positive"),
            models.CheckConstraint(condition=Q(step_minutes__gte=5), name="service_step_positive"),
            models.CheckConstraint(condition=Q(max_people__gte=F("min_people")), name="service_people_in_order"),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        low, high = self.min_duration_minutes, self.max_duration_minutes
        if (low is None) != (high is None) or (low and high and low > high):
            raise ValidationError("Give both the shortest and the longest length, the shortest first, or neither.")


class ServiceName(models.Model):
    """What the service is called in one language, and what else customers call it there."""

    service = models.ForeignKey(Service, on_delete=models.CASCADE, related_name="names")
    language = models.CharField(max_length=8, choices=LANGUAGE_CHOICES)
    name = models.CharField(max_length=120)
    other_words = models.TextField(blank=True, help_text="One a line: words by which customers ask for it.")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["service", "language"], name="service_name_once")]

    def __str__(self) -> str:
        return f"{self.name} ({self.language})"


class WorkingHours(models.Model):
    """When a resource works, on the business's clock. Two rows on one day make a break."""

    resource = models.ForeignKey(Resource, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField(choices=WEEKDAYS)
    opens = models.TimeField()
    closes = models.TimeField(help_text="00:00 means midnight at the end of the day.")

    class Meta:
        ordering = ["weekday", "opens"]
        verbose_name_plural = "working hours"
        constraints = [
            models.CheckConstraint(condition=Q(closes__gt=F("opens")) | Q(closes="00:00"), name="hours_in_order"),
            models.UniqueConstraint(fields=["resource", "weekday", "opens"], name="hours_once"),
        ]

    def __str__(self) -> str:
        return f"{self.get_weekday_display()} {self.opens:%H:%M}–{self.closes:%H:%M}"


class TimeOff(models.Model):
    """A time when one resource, or with none the whole business, does not work."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="time_off")
    resource = models.ForeignKey(Resource, null=True, blank=True, on_delete=models.CASCADE, related_name="time_off")
    period = DateTimeRangeField()
    reason = models.CharField(max_length=120, blank=True)

    class Meta:
        verbose_name_plural = "time off"

    def __str__(self) -> str:
        return self.reason or "Time off"


class HolidayRule(models.Model):
    """Public holidays close the business; a date here opens it on one, or closes it on a day of its own."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="holiday_rules")
    day = models.DateField()
    is_open = models.BooleanField(default=False)
    name = models.CharField(max_length=120, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["business", "day"], name="holiday_rule_once")]

    def __str__(self) -> str:
        return f"{self.day} {'open' if self.is_open else 'closed'}"


class ReservationQuerySet(models.QuerySet["Reservation"]):
    def of(self, user: AbstractBaseUser) -> "ReservationQuerySet":
        return self if getattr(user, "is_superuser", False) else self.filter(business__staff=user.pk)

    def taking_up_place(self) -> "ReservationQuerySet":
        """Those that keep a place: confirmed, or held and asked for while their time to be decided has not run out."""
        return self.filter(status__in=Reservation.LIVE)

    def upcoming(self) -> "ReservationQuerySet":
        return self.taking_up_place().filter(period__endswith__gt=Now())


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
    service = models.ForeignKey(Service, null=True, blank=True, on_delete=models.PROTECT, related_name="reservations")
    resource = models.ForeignKey(Resource, null=True, blank=True, on_delete=models.PROTECT, related_name="reservations")
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
