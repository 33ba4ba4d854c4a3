"""What bookings add to the inbox and to a conversation's page: drafts in progress and request cards."""

from typing import Any, ClassVar

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.expressions import Combinable
from django.db.models.functions import JSONObject, Now
from django.http import HttpRequest
from django.urls import reverse

from bookings.models import Reservation
from bookings.reservations.admin.buttons import SHOWN_AFTERWARDS
from bookings.reservations.admin.cards import cards_of, with_cards
from bots.admin.scoped import moment_of
from bots.staff.presentation import counted
from conversations.admin.panels import Panel
from conversations.models import Contact, Conversation

LOOKED_AT = 20  # reservations of one conversation
FIRST = [Reservation.Status.PENDING, Reservation.Status.HELD, Reservation.Status.DRAFT, Reservation.Status.CONFIRMED]


class ReservationPanel(Panel):
    name: ClassVar[str] = "reservations"
    reason: ClassVar[str] = "Reservation to approve"
    icon: ClassVar[str] = "event"
    template: ClassVar[str] = "admin/bookings/reservation/panel.html"

    def waiting(self) -> QuerySet[Reservation]:
        return Reservation.objects.filter(status=Reservation.Status.PENDING, conversation__isnull=False).order_by()

    def since(self) -> Combinable:
        mine = self.waiting().filter(conversation=OuterRef("pk")).values("conversation")
        return Subquery(mine.annotate(at=Min("created_at")).values("at"))

    def mark(self) -> Combinable:
        """Everything on a card changes one of these columns."""
        mine = Reservation.objects.filter(conversation=OuterRef("pk")).order_by("-updated_at")
        seen = JSONObject(id="pk", version="version", at="updated_at", until="hold_until")
        return ArraySubquery(mine.values(seen=seen)[:LOOKED_AT])

    def context(self, conversation: Conversation, request: HttpRequest) -> dict[str, Any] | None:
        now = moment_of(request)
        live = Q(status__in=Reservation.LIVE, period__endswith__gt=now) | Q(status=Reservation.Status.DRAFT)
        recent = Q(updated_at__gte=now - SHOWN_AFTERWARDS)
        rows = with_cards(Reservation.objects.filter(live | recent, conversation=conversation)).order_by("-updated_at")
        cards = cards_of(sorted(rows[:LOOKED_AT], key=_place), now)
        if not cards:
            return None
        page = reverse("admin:conversations_conversation_change", args=[conversation.pk])
        may_act = request.user.has_perm("bookings.change_reservation")
        return {"cards": cards, "in_chat": True, "next": page, "may_decide": may_act}

    def contact_facts(self, contact: Contact) -> list[tuple[str, str]]:
        """Return how often they came, and did not."""
        status = Reservation.Status
        visits = list(
            contact.reservations.filter(
                status__in=[status.CONFIRMED, status.NO_SHOW], period__endswith__lte=Now()
            ).values_list("status", flat=True)
        )
        missed = visits.count(status.NO_SHOW)
        return [
            ("Visits", str(len(visits) - missed) if visits else ""),
            ("Did not come", counted(missed, "time") if missed else ""),
        ]


def _place(row: Reservation) -> tuple[int, float]:
    place = FIRST.index(row.status) if row.status in FIRST else len(FIRST)  # type: ignore[arg-type]
    return place, -row.updated_at.timestamp()
