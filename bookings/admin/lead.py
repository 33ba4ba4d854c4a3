"""Enquiries: the board, lists of them, and the page of one. Every button calls one verb."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import path
from django.views.decorators.http import require_GET, require_POST

from bookings.admin import lead_board, lead_deciding, lead_page, linking
from bookings.admin.lead_cards import Card, cards_of, with_cards
from bookings.models import Lead
from bots.staff.scoped import ReadOnlyAdmin, ScopedFilter, moment_of, number_of_businesses
from bots.staff.subjects import subject_of
from conversations.admin.answers import answer


@admin.register(Lead)
class LeadAdmin(ReadOnlyAdmin):
    business_path = "business"
    front_desk = ("view", "change")
    list_display = ["__str__"]
    list_filter = [lead_board.ListFilter, ("business", ScopedFilter), ("bot", ScopedFilter)]
    search_fields = ["contact__name", "contact__phone", "contact__email", "title"]
    search_help_text = "Name, phone or idea"
    list_per_page = 30
    actions = None

    # --- the board and the lists ------------------------------------------------------------------------------

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """What waits: the longest waiting first. What is over: the latest first."""
        show = lead_board.chosen(request)
        return ["-status_at", "-pk"] if show in ("closed", "all", Lead.Status.BOOKED) else ["status_at", "pk"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        response = super().changelist_view(request, {"title": "Enquiries", **(extra_context or {})})
        cl = getattr(response, "context_data", {}).get("cl") if isinstance(response, TemplateResponse) else None
        if cl is None:
            return response
        now, show = moment_of(request), lead_board.chosen(request)
        cl.full_result_count = cl.result_count  # the tabs tell the numbers
        is_board = show == "board"
        columns = lead_board.columns(cl.queryset, now) if is_board else []
        response.context_data |= {
            "columns": columns,
            "jumps": lead_board.jumps(columns),
            "cards": [] if is_board else self._cards([lead.pk for lead in cl.result_list], now),
            "tabs": lead_board.tabs(self.get_queryset(request), show),
            "open_tab": show,
            "next": request.get_full_path(),
            "may_decide": self.has_change_permission(request),
            "several_businesses": number_of_businesses(request) > 1,
        }
        return response

    def _cards(self, ids: list[int], now: datetime) -> list[Card]:
        """Cards in the order of the list."""
        cards = {card.pk: card for card in cards_of(with_cards(Lead.objects.filter(pk__in=ids)), now)}
        return [cards[pk] for pk in ids if pk in cards]

    # --- one enquiry ------------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        wrap = self.admin_site.admin_view
        name = "bookings_lead"
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
        """The page of an enquiry. It has no form to save: `decide_view` takes its buttons."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        found = self.get_object(request, object_id) if self.has_view_permission(request) else None
        if found is None:
            raise Http404("There is no such page.")
        now = moment_of(request)
        lead = with_cards(Lead.objects.filter(pk=found.pk)).get()
        card = cards_of([lead], now)[0]
        may_decide = self.has_change_permission(request)
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            **lead_page.context(lead, now),
            "original": lead,
            "title": card.title or f"Enquiry {lead.pk}",
            "card": card,
            "whole": True,
            "next": request.get_full_path(),
            "may_decide": may_decide,
            **(linking.context(lead) if may_decide else {}),
        }
        return TemplateResponse(request, "admin/bookings/lead/page.html", context)

    def decide_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        lead = self.get_row(request, str(object_id))
        ok, words = lead_deciding.decide(request, lead)
        return answer(request, words, ok=ok, back=linking.page(lead, "change"))

    def link_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        return linking.make(request, self.get_row(request, str(object_id)))

    def take_back_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        lead = self.get_row(request, str(object_id))
        done = linking.take_back(request, lead)
        words = "The link was taken back." if done else "It has been used, or taken back, already."
        return answer(request, words, ok=done, back=linking.page(lead, "change"))

    def times_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        """Free times, as buttons of the form that asked for them."""
        lead = self.get_row(request, str(object_id))
        times = subject_of("lead").times(lead.pk)
        return render(request, "admin/bookings/reservation/times.html", {"times": times})
