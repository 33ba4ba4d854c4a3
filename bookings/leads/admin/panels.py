"""What enquiries add to the inbox and to a conversation's page."""

from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject
from django.http import HttpRequest
from django.urls import reverse

from bookings.leads.admin.board import needing_staff
from bookings.leads.admin.cards import cards_of, with_cards
from bookings.models import Lead
from bookings.reservations.admin.buttons import SHOWN_AFTERWARDS
from bots.admin.scoped import moment_of
from conversations.admin.panels import Panel
from conversations.models import Conversation

LOOKED_AT = 5  # enquiries of one conversation


class LeadPanel(Panel):
    name: ClassVar[str] = "leads"
    reason: ClassVar[str] = "Enquiry: your turn"
    icon: ClassVar[str] = "view_kanban"
    template: ClassVar[str] = "admin/bookings/lead/panel.html"

    def waiting(self) -> QuerySet[Lead]:
        return needing_staff(Lead.objects.filter(conversation__isnull=False)).order_by()

    def since(self) -> Combinable:
        mine = self.waiting().filter(conversation=OuterRef("pk")).values("conversation")
        return Subquery(mine.annotate(at=Min("status_at")).values("at"))

    def mark(self) -> Combinable:
        """Everything on a card changes one of these columns."""
        mine = Lead.objects.filter(conversation=OuterRef("pk")).order_by("-updated_at")
        return ArraySubquery(mine.values(seen=JSONObject(id="pk", version="version", at="updated_at"))[:LOOKED_AT])

    def context(self, conversation: Conversation, request: HttpRequest) -> dict[str, Any] | None:
        now = moment_of(request)
        lately = Q(status__in=Lead.ACTIVE) | Q(status_at__gte=now - SHOWN_AFTERWARDS) | Q(paid_late_at__isnull=False)
        rows = with_cards(Lead.objects.filter(lately, conversation=conversation)).order_by("-updated_at")
        cards = cards_of(rows[:LOOKED_AT], now)
        if not cards:
            return None
        page = reverse("admin:conversations_conversation_change", args=[conversation.pk])
        may_act = request.user.has_perm("bookings.change_lead")
        return {"cards": cards, "in_chat": True, "next": page, "may_decide": may_act}
