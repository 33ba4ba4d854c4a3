"""What a business offers."""

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from bots.models import LANGUAGE_CHOICES, Business


class Service(models.Model):
    """What can be booked. Times in minutes, prices in minor currency units (grosze, cents)."""

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="services")
    name = models.CharField(max_length=120)
    resources = models.ManyToManyField("bookings.Resource", related_name="services")
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

    def price_for(self, people: int, duration_minutes: int | None = None) -> int:
        """In minor units; in proportion where the customer chooses the length, halves rounded up. 0: not told."""
        length = self.duration_minutes if duration_minutes is None else duration_minutes
        amount = self.price * (people if self.price_per_person else 1)
        return (amount * length * 2 + self.duration_minutes) // (self.duration_minutes * 2)


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
