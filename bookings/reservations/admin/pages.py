"""Reservations: what waits for a decision, and what was decided. Every button calls one action."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.views.main import ChangeList
from django.db.models import Count, F, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from bookings.models import Reminder, Reservation
from bookings.reservations.admin import deciding, linking
from bookings.reservations.admin.buttons import done_of
from bookings.reservations.admin.cards import DONE_WORDS, cards_of, when, with_cards
from bookings.reservations.admin.filters import DAYS, TABS, DayFilter, StatusFilter, chosen_tab, day_condition
from bots.admin.answers import acting
from bots.admin.scoped import ScopedFilter, moment_of, number_of_businesses
from bots.db import clock
from bots.models import Decision
from bots.staff.presentation import clock_time, counted, language_name, printable


@admin.register(Reservation)
class ReservationAdmin(linking.LinkedAdmin):
    subject = "reservation"
    page_template = "admin/bookings/reservation/page.html"
    business_path = "business"
    list_display = ["__str__"]
    list_filter = [StatusFilter, DayFilter, ("business", ScopedFilter), ("resource", ScopedFilter)]
    search_fields = ["contact__name", "contact__phone", "contact__email", "note", "service__name"]
    search_help_text = "Name, phone or service"
    list_per_page = 30
    actions = ["approve_selected", "reject_selected"]

    # --- the list ------------------------------------------------------------------------------------------

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Return what waits: the longest waiting first. Visits: in order of time, what is past: the latest first."""
        tab = chosen_tab(request)
        if tab == "waiting":
            return ["created_at", "pk"]
        if tab in ("closed", "all", "drafts") or request.GET.get("day") == "past":
            return ["-updated_at", "-pk"]
        return [F("period__startswith").asc(nulls_last=True), "pk"]

    list_title = "Reservations"

    def list_context(self, request: HttpRequest, cl: ChangeList) -> dict[str, Any]:
        shown_ids = [row.pk for row in cl.result_list]
        by_id = {row.pk: row for row in with_cards(Reservation.objects.filter(pk__in=shown_ids))}
        day = request.GET.get("day", "")
        tab = chosen_tab(request)
        counts = self._counts(request, day)
        cl.full_result_count = cl.result_count  # the tabs tell the numbers
        return {
            "cards": cards_of([by_id[pk] for pk in shown_ids if pk in by_id], moment_of(request)),
            "tabs": [(code, label, counts[code], code == tab) for code, label, _ in TABS],
            "open_tab": tab,
            "by_day": tab in ("confirmed", "held"),
            "day": day,
            "days": [(code, label, code == day) for code, label in DAYS],
            "picked_day": "" if day in dict(DAYS) else day,
            "next": request.get_full_path(),
            "may_decide": self.has_change_permission(request),
            "several_businesses": number_of_businesses(request) > 1,
        }

    def _counts(self, request: HttpRequest, day: str) -> dict[str, int]:
        rows = self.get_queryset(request).order_by()
        condition = day_condition(request, day)
        rows = rows if condition is None else rows.filter(condition)
        return rows.aggregate(**{code: Count("pk", filter=tab) for code, _, tab in TABS})

    def get_actions(self, request: HttpRequest) -> Any:
        return super().get_actions(request) if self.has_change_permission(request) else {}

    @admin.action(description="Confirm the chosen", permissions=["change"])
    def approve_selected(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> None:
        made, refused = deciding.decide_many(self._chosen(queryset), "approve", by=acting(request))
        self._tell(request, made, "confirmed", refused)

    @admin.action(description="Decline the chosen…", permissions=["change"])
    def reject_selected(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> HttpResponse | None:
        """Asks once more, and for the reason."""
        rows = self._chosen(queryset)
        if request.POST.get("sure") != "yes":
            context = {
                **self.admin_site.each_context(request),
                "title": "Decline",
                "cards": cards_of(with_cards(queryset), moment_of(request)),
                "back": request.get_full_path(),
            }
            return render(request, "admin/bookings/reservation/reject_many.html", context)
        reason = " ".join(request.POST.get("reason", "").split())[:500]
        made, refused = deciding.decide_many(rows, "reject", by=acting(request), reason=reason)
        self._tell(request, made, "declined", refused)
        return None

    def _chosen(self, queryset: QuerySet[Reservation]) -> list[Reservation]:
        return list(queryset.select_related("business", "contact").order_by("pk"))

    def _tell(self, request: HttpRequest, made: int, what: str, refused: list[str]) -> None:
        if made:
            self.message_user(request, f"{counted(made, 'request')} {what}.", messages.SUCCESS)
        for words in refused:
            self.message_user(request, words, messages.WARNING)

    # --- one reservation -------------------------------------------------------------------------------------

    def explain(self, error: Exception, row: Reservation) -> str:
        return deciding.explanation(error, row)

    def page_context(self, request: HttpRequest, row: Reservation) -> dict[str, Any]:
        now = moment_of(request)
        shown_row = with_cards(Reservation.objects.filter(pk=row.pk)).get()
        decisions = Decision.objects.filter(subject="reservation", subject_id=row.pk)
        return {
            "original": shown_row,
            "title": when(shown_row, now),
            "card": cards_of([shown_row], now)[0],
            "history": [done_of(decision, shown_row, now, DONE_WORDS) for decision in decisions],
            "facts": facts_of(shown_row),
            **(linking.context(shown_row) if self.has_change_permission(request) else {}),
        }


def facts_of(row: Reservation) -> list[tuple[str, str]]:
    """Return label and value of what is known; what is not known is left out."""
    zone, now = row.business.zone, clock.now()
    reminders = row.reminders.order_by("fire_at")
    facts = [
        ("Number", str(row.pk)),
        ("Business", row.business.name),
        ("Customer", printable(str(row.contact), 80) if row.contact else ""),
        ("Language", language_name(row.language)),
        ("Asked for", clock_time(row.created_at, zone, now)),
        ("Last change", clock_time(row.updated_at, zone, now)),
        ("Kept until", clock_time(row.hold_until, zone, now) if row.hold_until else ""),
    ]
    facts += [
        ("Reminder", f"{Reminder.Status(one.status).label}, {clock_time(one.fire_at, zone, now)}") for one in reminders
    ]
    return [(label, value) for label, value in facts if value]
