"""Enquiries: the board, lists of them, and the page of one. Every button calls one action."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.http import HttpRequest

from bookings.leads.admin import board, page
from bookings.leads.admin.cards import LeadCard, cards_of, with_cards
from bookings.models import Lead
from bookings.reservations.admin import linking
from bots.admin.scoped import ScopedFilter, moment_of, number_of_businesses


@admin.register(Lead)
class LeadAdmin(linking.LinkedAdmin):
    subject = "lead"
    page_template = "admin/bookings/lead/page.html"
    business_path = "business"
    list_display = ["__str__"]
    list_filter = [board.ListFilter, ("business", ScopedFilter), ("bot", ScopedFilter)]
    search_fields = ["contact__name", "contact__phone", "contact__email", "title"]
    search_help_text = "Name, phone or idea"
    list_per_page = 30
    actions = None

    # --- the board and the lists ------------------------------------------------------------------------------

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Return what waits: the longest waiting first. What is over: the latest first."""
        show = board.chosen(request)
        return ["-status_at", "-pk"] if show in ("closed", "all", Lead.Status.BOOKED) else ["status_at", "pk"]

    list_title = "Enquiries"

    def list_context(self, request: HttpRequest, cl: ChangeList) -> dict[str, Any]:
        now, show = moment_of(request), board.chosen(request)
        cl.full_result_count = cl.result_count  # the tabs tell the numbers
        is_board = show == "board"
        columns = board.columns(cl.queryset, now) if is_board else []
        columns = columns if any(column.count for column in columns) else []  # then one sentence says so
        return {
            "columns": columns,
            "jumps": board.jumps(columns),
            "cards": [] if is_board else self._cards([lead.pk for lead in cl.result_list], now),
            "tabs": board.tabs(self.get_queryset(request), show),
            "open_tab": show,
            "next": request.get_full_path(),
            "may_decide": self.has_change_permission(request),
            "several_businesses": number_of_businesses(request) > 1,
        }

    def _cards(self, ids: list[int], now: datetime) -> list[LeadCard]:
        """Cards in the order of the list."""
        cards = {card.pk: card for card in cards_of(with_cards(Lead.objects.filter(pk__in=ids)), now)}
        return [cards[pk] for pk in ids if pk in cards]

    # --- one enquiry ------------------------------------------------------------------------------------------

    def page_context(self, request: HttpRequest, row: Lead) -> dict[str, Any]:
        now = moment_of(request)
        lead = with_cards(Lead.objects.filter(pk=row.pk)).get()
        card = cards_of([lead], now)[0]
        return {
            **page.context(lead, now),
            "original": lead,
            "title": card.title or f"Enquiry {lead.pk}",
            "card": card,
            "whole": True,
            **(linking.context(lead) if self.has_change_permission(request) else {}),
        }
