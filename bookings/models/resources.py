"""Where and when visits can be: places, their hours, time off, holidays."""

from django.contrib.postgres.fields import DateTimeRangeField
from django.db import models
from django.db.models import F, Q

from bots.models import Business

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
