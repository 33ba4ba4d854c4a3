"""The visits of the one who writes: those that are coming, and what the last one was like."""

from datetime import datetime
from typing import Any

from bookings.availability.wish import Wish
from bookings.models import Reservation
from conversations.chat.skills import Failed, TurnContext
from conversations.dialogue.state import Dialogue
from conversations.models import Conversation


def own_visits(turn: TurnContext) -> list[Reservation]:
    """The coming visits of this customer, the next one first; of a visit and its wished-for move only the move."""
    coming = list(
        Reservation.objects.upcoming()
        .filter(contact=turn.contact, business=turn.business)
        .select_related("service", "business")
        .prefetch_related("service__names")
        .order_by("period")
    )
    replaced = {visit.moves_id for visit in coming}
    return [visit for visit in coming if visit.pk not in replaced]


def own_visit(turn: TurnContext, reservation_id: int) -> Reservation:
    """A reservation of this customer, whatever its status. Raises Failed for anybody else's, as for none at all."""
    found = Reservation.objects.filter(pk=reservation_id, contact=turn.contact)
    visit = found.select_related("service", "business").first()
    if visit is None:
        raise Failed("There is no such visit of this customer.")
    return visit


def like_last_visit(turn: TurnContext, wish: Wish) -> dict[str, Any]:
    """Return service, people, hour and length of the customer's last visit, where the wish says nothing of them."""
    last = (
        Reservation.objects.filter(contact=turn.contact, business=turn.business, period__isnull=False)
        .exclude(status__in=(Reservation.Status.REJECTED, Reservation.Status.EXPIRED, Reservation.Status.DRAFT))
        .select_related("service")
        .order_by("-period")
        .first()
    )
    if last is None or last.service is None or not last.service.is_active:
        return {}
    start, end = (moment.astimezone(turn.business.zone) for moment in (last.period.lower, last.period.upper))
    was: dict[str, Any] = {"service_id": last.service_id, "people": last.people}
    minutes = int((end - start).total_seconds() // 60)
    if minutes != last.service.duration_minutes:
        was["duration_minutes"] = minutes
    if not (wish.start_time or wish.earliest or wish.latest or wish.clocks):
        was["start_time"] = start.time()
    return {name: value for name, value in was.items() if not getattr(wish, name)}


def as_booked(conversation: Conversation) -> Wish:
    """Return the one coming visit of the customer as it is: “an hour later” and “one more” are read of it."""
    mine = {"contact": conversation.contact_id, "business": conversation.business, "moved_by": None}
    visits = list(Reservation.objects.upcoming().filter(**mine)[:2]) if conversation.pk else []
    if len(visits) != 1:
        return Wish()
    start = visits[0].period.lower.astimezone(conversation.business.zone)
    return Wish(day=start.date(), start_time=start.time(), people=visits[0].people, service_id=visits[0].service_id)


def visits_shown(conversation: Conversation, dialogue: Dialogue) -> list[datetime]:
    """Return when the visits are of which it was asked which one is meant: “the second one”, “Saturday's”."""
    buttons = dialogue.question.buttons if dialogue.question else ()
    ids = [int(one.payload.split(":")[2]) for one in buttons if one.payload.startswith("booking:visit:")]
    if not ids:
        return []
    starts = dict(Reservation.objects.filter(pk__in=ids).values_list("pk", "period__startswith"))
    return [starts[pk].astimezone(conversation.business.zone) for pk in ids if pk in starts]
