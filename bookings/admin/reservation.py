"""Reservations: what waits for a decision, and what was decided. Every button calls one verb."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Count, F, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.views.decorators.http import require_GET, require_POST

from bookings.admin import deciding, linking
from bookings.admin.cards import cards_of, done_of, when, with_cards
from bookings.admin.filters import DAYS, TABS, DayFilter, StatusFilter, chosen_tab, day_condition
from bookings.models import Reminder, Reservation
from bookings.staff_card import times_for
from bots.db import clock
from bots.models import Decision
from bots.staff.scoped import ReadOnlyAdmin, ScopedFilter, moment_of, number_of_businesses
from conversations.admin.answers import acting, answer
from conversations.admin.words import clock_time, counted, language_name, shown
from conversations.wording import short_day, time_text


@admin.register(Reservation)
class ReservationAdmin(ReadOnlyAdmin):
    business_path = "business"
    front_desk = ("view", "change")
    list_display = ["__str__"]
    list_filter = [StatusFilter, DayFilter, ("business", ScopedFilter), ("resource", ScopedFilter)]
    search_fields = ["contact__name", "contact__phone", "contact__email", "note", "service__name"]
    search_help_text = "Name, phone or service"
    list_per_page = 30
    actions = ["approve_selected", "reject_selected"]

    # --- the list ------------------------------------------------------------------------------------------

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """What waits: the longest waiting first. Visits: in order of time, what is past: the latest first."""
        tab = chosen_tab(request)
        if tab == "waiting":
            return ["created_at", "pk"]
        if tab in ("closed", "all", "drafts") or request.GET.get("day") == "past":
            return ["-updated_at", "-pk"]
        return [F("period__startswith").asc(nulls_last=True), "pk"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        response = super().changelist_view(request, {"title": "Reservations", **(extra_context or {})})
        cl = getattr(response, "context_data", {}).get("cl") if isinstance(response, TemplateResponse) else None
        if cl is None:
            return response
        shown_ids = [row.pk for row in cl.result_list]
        by_id = {row.pk: row for row in with_cards(Reservation.objects.filter(pk__in=shown_ids))}
        day = request.GET.get("day", "")
        tab = chosen_tab(request)
        counts = self._counts(request, day)
        cl.full_result_count = cl.result_count  # the tabs tell the numbers
        response.context_data |= {
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
        return response

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

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        name = "bookings_reservation"
        return [
            path("<int:object_id>/decide/", wrap(require_POST(self.decide_view)), name=f"{name}_decide"),
            path("<int:object_id>/link/", wrap(require_POST(self.link_view)), name=f"{name}_link"),
            path("<int:object_id>/take-back/", wrap(require_POST(self.take_back_view)), name=f"{name}_take_back"),
            path("<int:object_id>/times/", wrap(require_GET(self.times_view)), name=f"{name}_times"),
            *super().get_urls(),
        ]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a reservation. It has no form to save: `decide_view` takes its buttons."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        found = self.get_object(request, object_id) if self.has_view_permission(request) else None
        if found is None:
            raise Http404("There is no such page.")
        now = moment_of(request)
        row = with_cards(Reservation.objects.filter(pk=found.pk)).get()
        decisions = Decision.objects.filter(subject="reservation", subject_id=row.pk)
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            "original": row,
            "title": when(row, now),
            "card": cards_of([row], now)[0],
            "history": [done_of(decision, row, now) for decision in decisions],
            "facts": facts_of(row),
            "next": request.get_full_path(),
            "may_decide": self.has_change_permission(request),
            **(linking.context(row) if self.has_change_permission(request) else {}),
        }
        return TemplateResponse(request, "admin/bookings/reservation/page.html", context)

    def decide_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        row = self.get_row(request, str(object_id))
        ok, words = deciding.decide(request, row)
        return answer(request, words, ok=ok, back=reverse("admin:bookings_reservation_change", args=[row.pk]))

    def link_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return linking.make(request, self.get_row(request, str(object_id)))

    def take_back_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        row = self.get_row(request, str(object_id))
        done = linking.take_back(request, row)
        words = "The link was taken back." if done else "It has been used, or taken back, already."
        return answer(request, words, ok=done, back=reverse("admin:bookings_reservation_change", args=[row.pk]))

    def times_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """The three nearest free times, as buttons of the form that asked for them."""
        row = self.get_row(request, str(object_id))
        zone = row.business.zone
        slots = [slot.start.astimezone(zone) for slot in times_for(row)]
        times = [(start.isoformat(), f"{short_day(start.date(), 'en')} {time_text(start)}") for start in slots]
        return render(request, "admin/bookings/reservation/times.html", {"times": times})


def facts_of(row: Reservation) -> list[tuple[str, str]]:
    """Label and value of what is known; what is not known is left out."""
    zone, now = row.business.zone, clock.now()
    reminders = row.reminders.order_by("fire_at")
    facts = [
        ("Number", str(row.pk)),
        ("Business", row.business.name),
        ("Customer", shown(str(row.contact), 80) if row.contact else ""),
        ("Language", language_name(row.language)),
        ("Asked for", clock_time(row.created_at, zone, now)),
        ("Last change", clock_time(row.updated_at, zone, now)),
        ("Kept until", clock_time(row.hold_until, zone, now) if row.hold_until else ""),
    ]
    facts += [
        ("Reminder", f"{Reminder.Status(one.status).label}, {clock_time(one.fire_at, zone, now)}") for one in reminders
    ]
    return [(label, value) for label, value in facts if value]
