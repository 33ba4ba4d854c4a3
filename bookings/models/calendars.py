"""The copies of visits in Google's calendars, and what is busy there."""

from django.contrib.auth.models import AbstractBaseUser
from django.contrib.postgres.fields import DateTimeRangeField
from django.contrib.postgres.indexes import GistIndex
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Now

from bots.db.claims import Claimable, ClaimQuerySet
from bots.models import Business


class GoogleCalendar(Claimable):
    """A calendar that the business has shared with our service account, for one resource or for all the others.

    It is claimed, and due, for reading its busy times. `try_at`: nothing is asked of Google about it before. Paused:
    Google lets us in no more; tried again now and then.
    """

    business = models.ForeignKey(Business, on_delete=models.CASCADE, related_name="calendars")
    resource = models.ForeignKey(
        "bookings.Resource",
        null=True,
        blank=True,
        on_delete=models.CASCADE,
        related_name="calendars",
        verbose_name="for",
        help_text="Empty: for all places that have no calendar of their own; what is busy in it closes them all.",
    )
    calendar_id = models.CharField(
        "calendar's address",
        max_length=254,
        help_text="From Google Calendar: Settings of the calendar, Integrate calendar, Calendar ID.",
    )
    shows_visits = models.BooleanField(default=True, help_text="Confirmed visits are copied into it.")
    blocks_times = models.BooleanField(
        default=True, help_text="Times when something else stands in it are not offered to customers."
    )
    is_active = models.BooleanField(default=True)
    paused_at = models.DateTimeField(null=True, blank=True, editable=False)
    paused_reason = models.CharField(max_length=400, blank=True, editable=False)
    try_at = models.DateTimeField(null=True, blank=True, editable=False)
    busy_read_at = models.DateTimeField("busy times read", null=True, blank=True, editable=False)

    objects = ClaimQuerySet["GoogleCalendar"].as_manager()

    class Meta:
        ordering = ["business", "resource"]
        constraints = [
            models.UniqueConstraint(
                fields=["business", "resource"],
                name="google_calendar_once",
                nulls_distinct=False,
                violation_error_message="There is a calendar for this already.",
            )
        ]
        verbose_name = "Google calendar"

    def __str__(self) -> str:
        return f"Google Calendar {self.calendar_id}"

    def clean(self) -> None:
        self.calendar_id = self.calendar_id.strip()
        if self.resource is not None and self.resource.business_id != self.business_id:
            raise ValidationError({"resource": "That place belongs to another business."})
        elsewhere = GoogleCalendar.objects.filter(calendar_id=self.calendar_id).exclude(business_id=self.business_id)
        if elsewhere.exists():  # our one service account sees them all, so that whose it is must be kept apart here
            raise ValidationError({"calendar_id": "This calendar is connected to another business."})


class CalendarEventQuerySet(ClaimQuerySet["CalendarEvent"]):
    def of(self, user: AbstractBaseUser) -> "CalendarEventQuerySet":
        everybody = getattr(user, "is_superuser", False)
        return self if everybody else self.filter(reservation__business__staff=user.pk)

    def needing_staff(self) -> "CalendarEventQuerySet":
        return self.filter(status__in=CalendarEvent.NEED_STAFF)


class CalendarEvent(Claimable):
    """The copy of one visit in a calendar. A visit that is moved hands its copy on to the one that takes its place.

    `mirrored_version` is the reservation's when the copy was last brought up to date. `seen` is what stood in it then,
    `sent` what was sent since and got no answer: what is neither was changed by hand. Before `due_at` it is not tried.
    """

    class Status(models.TextChoices):
        WAITING = "waiting", "Not in the calendar yet"
        SHOWN = "shown", "In the calendar"
        REMOVED = "removed", "Not in the calendar any more"
        EDITED = "edited", "Changed by hand in Google"
        DELETED = "deleted", "Deleted by hand in Google"
        REFUSED = "refused", "Google refused it"

    NEED_STAFF = (Status.EDITED, Status.DELETED, Status.REFUSED)

    reservation = models.OneToOneField("bookings.Reservation", on_delete=models.CASCADE, related_name="calendar_event")
    calendar = models.ForeignKey(GoogleCalendar, on_delete=models.CASCADE, related_name="events")
    event_id = models.CharField(max_length=64)
    status = models.CharField(max_length=10, choices=Status, default=Status.WAITING)
    status_at = models.DateTimeField(db_default=Now())
    mirrored_version = models.PositiveIntegerField(default=0)
    etag = models.CharField(max_length=200, blank=True)
    link = models.CharField(max_length=1000, blank=True)
    seen = models.JSONField(default=dict, blank=True)
    sent = models.JSONField(default=list, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True, help_text="Set while it is not known what came of it.")
    found = models.JSONField(default=dict, blank=True, help_text="What somebody made of it by hand.")

    objects = CalendarEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(
                fields=["status"],
                name="calendar_event_problems",
                condition=models.Q(status__in=["edited", "deleted", "refused"]),
            )
        ]
        verbose_name = "copy in Google Calendar"
        verbose_name_plural = "copies in Google Calendar"

    def __str__(self) -> str:
        return f"Copy of reservation {self.reservation_id}"


class BusyPeriod(models.Model):
    """A time at which something else than a visit of ours stands in a calendar. Replaced whole at each reading."""

    calendar = models.ForeignKey(GoogleCalendar, on_delete=models.CASCADE, related_name="busy_periods")
    period = DateTimeRangeField()

    class Meta:
        indexes = [GistIndex(fields=["period"], name="busy_period")]

    def __str__(self) -> str:
        return f"Busy in calendar {self.calendar_id}"
