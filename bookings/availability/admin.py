"""What a business offers and when: services, places and hours, time off, holidays."""

from datetime import datetime
from typing import Any

from django import forms
from django.contrib import admin
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange as Range
from django.db.models import QuerySet
from django.db.models.functions import Now
from django.http import HttpRequest
from unfold.widgets import UnfoldAdminTextInputWidget

from bookings.models import HolidayRule, ReminderRule, Resource, Service, ServiceName, TimeOff, WorkingHours
from bots.admin.scoped import ScopedAdmin, ScopedFilter, ScopedTabularInline, section
from bots.admin.unfold import ModelForm, display
from bots.staff.presentation import clock_time
from conversations.wording import money


class ServiceForm(ModelForm):
    class Meta:
        model = Service
        exclude: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        business = cleaned.get("business")
        strangers = [place.name for place in cleaned.get("resources") or () if business and place.business != business]
        if strangers:
            self.add_error("resources", f"Belongs to another business: {', '.join(strangers)}.")
        return cleaned


class ServiceNameInline(ScopedTabularInline):
    model = ServiceName
    verbose_name_plural = "what customers call it, in each language"


@admin.register(Service)
class ServiceAdmin(ScopedAdmin):
    business_path = "business"
    form = ServiceForm
    list_display = ["name", "business", "length", "price_told", "needs_approval", "is_active"]
    list_filter = [("business", ScopedFilter), "is_active"]
    list_select_related = ["business"]
    search_fields = ["name", "names__name"]
    inlines = [ServiceNameInline]
    fieldsets = [
        section(None, "business", "name", "is_active", "resources"),
        section("Length", "duration_minutes", ("min_duration_minutes", "max_duration_minutes"), "step_minutes"),
        section("People and price", ("min_people", "max_people"), "asks_people", "price", "price_per_person"),
        section("Asking and deciding", "needs_approval", "hold_minutes", "free_cancellation_hours"),
        section(
            "Notice and room between",
            *("lead_time_minutes", "horizon_days", ("buffer_before_minutes", "buffer_after_minutes")),
        ),
    ]

    @display(description="Length", ordering="duration_minutes")
    def length(self, service: Service) -> str:
        if service.min_duration_minutes and service.max_duration_minutes:
            return f"{service.min_duration_minutes}–{service.max_duration_minutes} min"
        return f"{service.duration_minutes} min"

    @display(description="Price", ordering="price")
    def price_told(self, service: Service) -> str:
        if not service.price:
            return "not told"
        return money(service.price, service.business.currency, "en") + (" a person" if service.price_per_person else "")


class WorkingHoursInline(ScopedTabularInline):
    model = WorkingHours


@admin.register(Resource)
class ResourceAdmin(ScopedAdmin):
    business_path = "business"
    list_display = ["name", "business", "capacity", "is_active"]
    list_filter = [("business", ScopedFilter), "is_active"]
    list_select_related = ["business"]
    search_fields = ["name"]
    inlines = [WorkingHoursInline]
    fieldsets = [(None, {"fields": ["business", "name", "capacity", "is_active"]})]


class MomentInput(UnfoldAdminTextInputWidget):  # type: ignore[misc]
    """The browser's own field for a day with a time."""

    input_type = "datetime-local"

    def format_value(self, value: Any) -> str:
        return value.strftime("%Y-%m-%dT%H:%M") if isinstance(value, datetime) else str(value or "")


class TimeOffForm(ModelForm):
    """A beginning and an end on the business's clock, instead of a range in UTC."""

    begins = forms.DateTimeField(widget=MomentInput, help_text="On the business’s clock.")
    ends = forms.DateTimeField(widget=MomentInput)

    class Meta:
        model = TimeOff
        fields = ("business", "resource", "reason")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and self.instance.period:
            zone = self.instance.business.zone
            self.initial["begins"] = self.instance.period.lower.astimezone(zone).replace(tzinfo=None)
            self.initial["ends"] = self.instance.period.upper.astimezone(zone).replace(tzinfo=None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        business, resource = cleaned.get("business"), cleaned.get("resource")
        begins, ends = cleaned.get("begins"), cleaned.get("ends")
        if business and resource and resource.business_id != business.pk:
            self.add_error("resource", "Belongs to another business.")
        if begins and ends and ends <= begins:
            self.add_error("ends", "The end must come after the beginning.")
        elif business and begins and ends:
            zone = business.zone
            self.instance.period = Range(begins.replace(tzinfo=zone), ends.replace(tzinfo=zone))
        return cleaned


@admin.register(TimeOff)
class TimeOffAdmin(ScopedAdmin):
    business_path = "business"
    form = TimeOffForm
    list_display = ["__str__", "business", "whose", "begins", "ends"]
    list_filter = [("business", ScopedFilter), ("resource", ScopedFilter)]
    list_select_related = ["business", "resource"]
    search_fields = ["reason"]
    ordering = ["-period"]
    fieldsets = [(None, {"fields": ["business", "resource", ("begins", "ends"), "reason"]})]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = super().get_queryset(request).annotate(asked_at=Now())
        return rows

    @display(description="Who or what", ordering="resource")
    def whose(self, row: TimeOff) -> str:
        return row.resource.name if row.resource else "The whole business"

    @display(description="From", ordering="period")
    def begins(self, row: Any) -> str:
        return clock_time(row.period.lower, row.business.zone, row.asked_at)

    @display(description="Until")
    def ends(self, row: Any) -> str:
        return clock_time(row.period.upper, row.business.zone, row.asked_at)


@admin.register(HolidayRule)
class HolidayRuleAdmin(ScopedAdmin):
    """Public holidays are known; here stand the exceptions."""

    business_path = "business"
    list_display = ["day", "business", "name", "is_open"]
    list_filter = [("business", ScopedFilter), "is_open"]
    list_select_related = ["business"]
    ordering = ["-day"]
    fieldsets = [
        section(
            None,
            *("business", "day", "is_open", "name"),
            description="Public holidays of the country are closed by themselves. A day here is an exception: "
            "open on a holiday, or closed on a day of your own.",
        )
    ]


@admin.register(ReminderRule)
class ReminderRuleAdmin(ScopedAdmin):
    """The steps of a business's reminders."""

    business_path = "business"
    list_display = ["__str__", "business", "asks", "is_active"]
    list_filter = [("business", ScopedFilter), "is_active"]
    list_select_related = ["business"]
    fieldsets = [
        section(
            None,
            *("business", "hours_before", "asks", "is_active"),
            description="Without any row here, customers are reminded once, 24 hours before. For visits that "
            "are confirmed from now on; never between 21:00 and 9:00.",
        )
    ]
