"""Google's calendars: which are connected and whether they work, and the copies that somebody changed by hand."""

from datetime import UTC, datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest

from bookings.mirrors.google_calendar import account
from bookings.mirrors.google_calendar.errors import CalendarForbidden
from bookings.models import CalendarEvent, GoogleCalendar
from bookings.reservations.admin.cards import when
from bots.admin.answers import acting
from bots.admin.scoped import ReadOnlyAdmin, ScopedAdmin, ScopedFilter, businesses_of
from bots.admin.unfold import display
from bots.staff.decisions import AlreadyDecided, NotAllowed, choices_for
from bots.staff.presentation import clock_time, counted, one_line

Status = CalendarEvent.Status

WORKING, PAUSED, OFF = "Working", "Google does not let us in", "Off"


def badge(request: HttpRequest) -> str:
    """Beside *Google Calendar* in the sidebar: calendars that do not work, and copies to decide about."""
    if not request.user.is_authenticated:
        return ""
    businesses = businesses_of(request).values("pk")
    paused = GoogleCalendar.objects.filter(business__in=businesses, is_active=True).exclude(paused_at=None).count()
    copies = CalendarEvent.objects.needing_staff().filter(reservation__business__in=businesses).count()
    return str(paused + copies) if paused + copies else ""


@admin.register(GoogleCalendar)
class GoogleCalendarAdmin(ScopedAdmin):
    business_path = "business"
    list_display = ["calendar_id", "business", "whose", "state", "busy_read_at"]
    list_filter = [("business", ScopedFilter)]
    list_select_related = ["business", "resource"]
    search_fields = ["calendar_id"]
    readonly_fields = ["state", "problem", "busy_read_at"]
    actions = ["try_again"]

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        fields = ["business", "resource", "calendar_id", "shows_visits", "blocks_times", "is_active"]
        seen = [("State", {"fields": ["state", "problem", "busy_read_at"]})] if obj else []
        return [(None, {"fields": fields, "description": _how()}), *seen]

    @display(description="For", ordering="resource")
    def whose(self, calendar: GoogleCalendar) -> str:
        return calendar.resource.name if calendar.resource else "All other places"

    @display(description="State", label={WORKING: "success", OFF: "default", PAUSED: "danger"})
    def state(self, calendar: GoogleCalendar) -> str:
        if not calendar.is_active:
            return OFF
        return PAUSED if calendar.paused_at else WORKING

    @display(description="What is wrong")
    def problem(self, calendar: GoogleCalendar) -> str:
        words = [calendar.paused_reason if calendar.paused_at else "", calendar.trouble]
        return " ".join(dict.fromkeys(filter(None, words))) or "Nothing"

    def save_model(self, request: HttpRequest, obj: GoogleCalendar, form: Any, change: bool) -> None:
        """Whatever was changed, it is tried again at once."""
        obj.paused_at, obj.paused_reason, obj.try_at = None, "", None
        obj.due_at, obj.trouble = Now(), ""
        if change:  # a reading may have begun since the row was read
            rows = GoogleCalendar.objects.select_for_update()
            obj.refresh_from_db(fields=["lease_until", "tries", "failures"], from_queryset=rows)
        super().save_model(request, obj, form, change)

    @admin.action(description="Try again now", permissions=["change"])
    def try_again(self, request: HttpRequest, queryset: QuerySet[GoogleCalendar]) -> None:
        queryset.update(try_at=None, due_at=Now())
        CalendarEvent.objects.filter(calendar__in=queryset).update(due_at=Now())
        self.message_user(request, "It is being tried; look again in a few seconds.", messages.SUCCESS)


def _how() -> str:
    """With whom the calendar must be shared, or why nothing can work yet."""
    if not account.is_configured():
        return "Set GOOGLE_CREDENTIALS_BASE64 first: without a service account nothing is copied."
    try:
        email = account.load().email
    except CalendarForbidden as error:
        return error.words
    return (
        f"In Google Calendar, open the calendar's settings, “Share with specific people”, add {email} "
        "and choose “Make changes to events”."
    )


class NeedsYouFilter(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("needs_you", "Needs you"), ("all", "All")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[CalendarEvent]) -> QuerySet[CalendarEvent]:
        return queryset if self.value() == "all" else queryset.filter(status__in=CalendarEvent.NEED_STAFF)

    def choices(self, changelist: Any) -> Any:
        for value, title in self.lookup_choices:
            chosen = self.value() == value or (self.value() is None and value == "needs_you")
            link = changelist.get_query_string({self.parameter_name: value})
            yield {"selected": chosen, "query_string": link, "display": title}


@admin.register(CalendarEvent)
class CalendarEventAdmin(ReadOnlyAdmin):
    """Looked at, and decided about by its two actions."""

    business_path = "reservation__business"
    front_desk = ("view", "change")
    list_display = ["customer", "state", "here", "in_google", "problem"]
    list_display_links = None
    list_filter = [NeedsYouFilter, ("calendar", ScopedFilter)]
    list_select_related = ["reservation__business", "reservation__contact", "calendar"]
    search_fields = ["reservation__contact__name"]
    actions = ["ours_again", "keep_theirs"]
    ordering = ["-status_at"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request)

    @display(description="Customer")
    def customer(self, copy: CalendarEvent) -> str:
        return one_line(str(copy.reservation.contact or "Unknown"), 60)

    @display(
        description="State",
        label={
            Status.SHOWN.label: "success",
            Status.EDITED.label: "warning",
            Status.DELETED.label: "warning",
            Status.REFUSED.label: "danger",
        },
    )
    def state(self, copy: CalendarEvent) -> str:
        return copy.get_status_display()

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(asked_at=Now())
        return rows

    @display(description="problem", ordering="trouble")
    def problem(self, copy: CalendarEvent) -> str:
        return copy.trouble

    @display(description="Here")
    def here(self, copy: Any) -> str:
        return f"{when(copy.reservation, copy.asked_at)} ({copy.reservation.get_status_display().lower()})"

    @display(description="In Google")
    def in_google(self, copy: Any) -> str:
        if copy.status == Status.DELETED:
            return "Deleted"
        shown = copy.found or copy.seen
        zone, now = copy.reservation.business.zone, copy.asked_at
        times = [_moment(shown.get(name, ""), zone, now) for name in ("start", "end")]
        return one_line(f"{'–'.join(filter(None, times))} {shown.get('summary', '')}", 120)

    @admin.action(description="Write it as it is here", permissions=["change"])
    def ours_again(self, request: HttpRequest, queryset: QuerySet[CalendarEvent]) -> None:
        self._decide(request, queryset, "ours_again")

    @admin.action(description="Leave it as it is in Google", permissions=["change"])
    def keep_theirs(self, request: HttpRequest, queryset: QuerySet[CalendarEvent]) -> None:
        self._decide(request, queryset, "keep_theirs")

    def _decide(self, request: HttpRequest, queryset: QuerySet[CalendarEvent], name: str) -> None:
        made = 0
        for row in queryset:
            choice = next((one for one in choices_for("calendar_event", row.status) if one.verb == name), None)
            try:
                if choice is None:
                    raise NotAllowed("There is nothing to decide about it.")
                choice.run(row.pk, by=acting(request))
                made += 1
            except (AlreadyDecided, NotAllowed) as error:
                self.message_user(request, f"{self.customer(row)}: {error}", messages.WARNING)
        if made:
            self.message_user(request, f"{counted(made, 'copy', 'copies')} decided.", messages.SUCCESS)


def _moment(text: str, zone: Any, now: datetime) -> str:
    return clock_time(datetime.fromtimestamp(int(text), UTC), zone, now) if text.isdigit() else text
