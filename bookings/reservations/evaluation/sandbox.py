"""What there is of places, services and visits in a copy of a business."""

from collections.abc import Collection, Mapping
from datetime import date, datetime, time
from typing import Any, ClassVar

from bookings.availability import schedule
from bookings.models import HolidayRule, Reservation, Resource, Service, TimeOff
from bookings.reservations import actions, drafts
from bots.channels.base import Identity
from bots.models import Bot, Business
from bots.staff.actors import Actor
from conversations.evaluation.sandbox import PREFIX, Commitment, Sandbox, copied
from conversations.models import Contact, Conversation
from conversations.people.contacts import find_conversation

STAFF = Actor("Evaluation", "command")
Status = Reservation.Status


class ReservationSandbox(Sandbox):
    case_keys: ClassVar[tuple[str, ...]] = ("before", "visits")

    def copy(self, old: Bot, new: Bot) -> None:
        places: dict[int, Resource] = {}
        for resource in Resource.objects.filter(business=old.business).order_by("pk"):
            places[resource.pk] = copied(resource, business_id=new.business_id)
            for hours in resource.hours.all():
                copied(hours, resource_id=places[resource.pk].pk)
        for service in Service.objects.filter(business=old.business).order_by("pk"):
            offer = copied(service, business_id=new.business_id)
            offer.resources.set([places[resource.pk] for resource in service.resources.all()])
            for name in service.names.all():
                copied(name, service_id=offer.pk)
        for rule in HolidayRule.objects.filter(business=old.business):
            copied(rule, business_id=new.business_id)
        for off in TimeOff.objects.filter(business=old.business):
            resource_id = places[off.resource_id].pk if off.resource_id else None
            copied(off, business_id=new.business_id, resource_id=resource_id)

    def free(self, business: Business) -> None:
        Reservation.objects.filter(business=business, status__in=Reservation.LIVE).update(status=Status.EXPIRED)

    def forget(self, business: Business) -> None:
        Reservation.objects.filter(business=business).delete()

    def commitments(self, contact: Contact) -> set[Commitment]:
        """Return every visit that is no draft, with all that a customer agrees to."""
        rows = Reservation.objects.filter(contact=contact).exclude(status=Status.DRAFT).order_by("pk")
        return {
            (f"visit {pk}", str(status), period.lower.isoformat() if period else "", people, service)
            for pk, status, period, people, service in rows.values_list("pk", "status", "period", "people", "service")
        }

    # --- recorded talks ----------------------------------------------------------------------------------------------

    def closed_days(self, business: Business, first: date, last: date) -> Collection[date]:
        return schedule.closed_days(business, first, last)

    def prepare(self, conversation: Conversation, case: Mapping[str, Any], days: Mapping[str, Any]) -> None:
        for row in case.get("before") or ():
            talk = conversation if row.get("mine") else stranger(conversation)
            services = Service.objects.filter(business=conversation.business, is_active=True)
            named = services.filter(name=row["service"]) if row.get("service") else services.order_by("-is_usual", "pk")
            book(
                talk,
                service=named[0],
                start=datetime.combine(days[row["day"]], time.fromisoformat(row["time"]), conversation.business.zone),
                people=row.get("people", 1),
            )

    def differences(self, conversation: Conversation, case: Mapping[str, Any], days: Mapping[str, Any]) -> list[str]:
        if case.get("visits") is None:
            return []
        # A day that has no name of its own stands there as a date.
        expected = [
            (row["status"], f"{days.get(row['day'], row['day'])} {row['time']}", row.get("people", 1))
            for row in case["visits"]
        ]
        real = [(str(one.status), f"{start(one):%Y-%m-%d %H:%M}", one.people or 0) for one in _visits(conversation)]
        return [] if real == expected else [f"visits are {real}, not {expected}"]

    def days_of(self, conversation: Conversation) -> set[date]:
        return {start(visit).date() for visit in _visits(conversation)}

    def nothing(self) -> dict[str, Any]:
        return {"visits": []}

    def goal_of(self, conversation: Conversation, days: Mapping[Any, str]) -> dict[str, Any]:
        visits = _visits(conversation)
        rows = [{"status": str(visit.status), **_when(visit, days)} for visit in visits]
        first = conversation.messages.order_by("seq").first()
        there = [visit for visit in visits if first is not None and visit.created_at < first.received_at]
        before = [{"mine": True, **_when(visit, days)} for visit in there]
        return {"visits": rows} | ({"before": before} if before else {})


def _when(visit: Reservation, days: Mapping[Any, str]) -> dict[str, Any]:
    day = days.get(start(visit).date(), f"{start(visit):%Y-%m-%d}")
    return {"day": day, "time": f"{start(visit):%H:%M}", "people": visit.people or 1}


def _visits(conversation: Conversation) -> list[Reservation]:
    rows = Reservation.objects.filter(conversation=conversation, period__isnull=False).exclude(status=Status.DRAFT)
    return list(rows.select_related("business", "service").order_by("pk"))


def start(visit: Reservation) -> datetime:
    """Return when it begins, on the business's clock."""
    found: datetime = visit.period.lower.astimezone(visit.business.zone)
    return found


def stranger(conversation: Conversation) -> Conversation:
    """Return the conversation of somebody else."""
    account = conversation.account
    return find_conversation(account, Identity("webchat", "session", f"{PREFIX}{conversation.pk}-{conversation.peer}"))


def book(conversation: Conversation, *, service: Service, start: datetime, people: int) -> Reservation:
    """Confirm a visit, as staff do. `start` on the business's clock. Raises NotFree."""
    draft = drafts.start_draft(conversation, service=service, day=start.date(), start_time=start.time(), people=people)
    made = actions.request(draft.pk, by=STAFF)
    return made if made.status == Status.CONFIRMED else actions.approve(made.pk, by=STAFF)
