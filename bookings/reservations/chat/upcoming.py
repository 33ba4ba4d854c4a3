"""The coming visits of the one who writes, and the times that were offered to them."""

from datetime import datetime
from zoneinfo import ZoneInfo

from bookings.models import Reservation
from conversations.chat.skills import Failed, TurnContext
from conversations.models import Message


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


def offered_starts(last_reply: Message | None, zone: ZoneInfo) -> list[datetime]:
    """Return the times that stand on the buttons of the last message, whatever a press on them would do."""
    starts = []
    for button in last_reply.buttons if last_reply else []:
        prefix, _, rest = str(button.get("payload", "")).partition(":")
        action, _, rest = rest.partition(":")
        if prefix == "booking" and action in ("slot", "take"):
            starts.append(datetime.fromisoformat(rest.split(":", 1 if action == "slot" else 2)[-1]).astimezone(zone))
    return starts
