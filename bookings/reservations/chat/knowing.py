"""Services, the draft and the visits of a customer as facts: for understanding words, and for a model."""

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

from bookings.models import LeadSettings, Reservation, Service
from bookings.reservations import wording
from bookings.reservations.chat.past import own_visits
from conversations.chat.skills import ToolResult, TurnContext
from conversations.wording import money

ASKS = {"service": "service", "day": "date", "start_time": "time", "people": "people"}


def services_of(business_id: int) -> Any:
    """Return what the business offers, the usual one first."""
    found = Service.objects.filter(business_id=business_id, is_active=True).prefetch_related("names")
    return found.order_by("-is_usual", "name")


def bookable(turn: TurnContext) -> QuerySet[Service]:
    """Return the services that are booked in the chat at once: none of those that need an enquiry first."""
    enquired = LeadSettings.objects.filter(bot__business=turn.business, needs_enquiry__isnull=False)
    return (
        Service.objects.filter(business=turn.business, is_active=True)
        .exclude(pk__in=enquired.values("needs_enquiry"))
        .prefetch_related("names")
    )


def words_of(service: Service) -> Sequence[str]:
    """Return by which words customers ask for it."""
    words = [service.name]
    for row in service.names.all():
        words += [row.name, *row.other_words.splitlines()]
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))


def service_facts(service: Service) -> ToolResult:
    """Return what can be booked, as a model sees it: the same from turn to turn. Prices as customers read them."""
    currency, people = service.business.currency, [service.min_people, service.max_people]
    price = money(service.price, currency, "en") if service.price else "not told"
    return {
        "id": service.pk,
        "name": service.name,
        "names": {row.language: row.name for row in sorted(service.names.all(), key=lambda row: row.language)},
        "minutes": service.duration_minutes,
        "minutes_can_be": [service.min_duration_minutes, service.max_duration_minutes],
        "people_from_to": people,
        "price": f"{price} {'per person' if service.price_per_person else 'in all'}",
        "usual": service.is_usual,
        "team_approves": service.needs_approval,
    }


def draft_facts(draft: Reservation | None) -> ToolResult:
    """Return the draft as a model sees it."""
    if draft is None:
        return {}
    known = {
        "service": draft.service.name if draft.service else None,
        "day": draft.day and draft.day.isoformat(),
        "start_time": draft.start_time and f"{draft.start_time:%H:%M}",
        "people": draft.people,
        "duration_minutes": draft.duration_minutes,
        "moves_visit": draft.moves_id,
    }
    return {key: value for key, value in known.items() if value} | {"missing": missing(draft)}


def missing(draft: Reservation) -> list[str]:
    """Return which fields of the draft must still be told."""
    needed = {"service": draft.service_id, "day": draft.day, "start_time": draft.start_time}
    if draft.service is None or draft.service.asks_people:
        needed["people"] = draft.people
    return [name for name, value in needed.items() if not value]


def visits_facts(turn: TurnContext) -> list[ToolResult]:
    """Return the customer's coming visits as a model sees them."""
    return [
        {
            "id": visit.pk,
            "start": visit.period.lower.astimezone(turn.business.zone).isoformat(),
            "said": wording.visit_line(visit, turn.language),
            "service": visit.service.name if visit.service else "",
            "status": str(visit.status),
        }
        for visit in own_visits(turn)
    ]
