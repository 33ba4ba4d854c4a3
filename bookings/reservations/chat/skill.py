"""What bookings let a bot do: find times, keep a draft, ask for the visit, change it, cancel it."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, ClassVar

from django.utils.translation import gettext as _

from bookings.availability import free_times as availability_free_times, reasons
from bookings.availability.request import Window
from bookings.models import Reservation, Service
from bookings.reservations import actions, drafts, notifications, reschedule
from bookings.reservations.chat.talk import Talk
from bookings.reservations.chat.tools import ModelTools, draft_facts, service_facts, visits_facts
from bookings.reservations.chat.upcoming import offered_starts, own_visit
from bookings.reservations.reminders import planning as reminder_planning
from bots.channels.base import Button
from bots.models import Business
from bots.staff.actors import Actor
from conversations.chat.skills import Reply, Skill, ToolResult, TurnContext, tool
from conversations.models import Conversation, Message


class Booking(ModelTools, Skill):
    """Visits, from the first request to the reminder. The tools are the same for rules and for a model."""

    code: ClassVar[str] = "booking"
    answers_late: ClassVar[bool] = False
    instructions: ClassVar[str] = (
        "When the customer wants to come, call keep_wish with all that they said, at once, even if something is "
        "missing; ask only for what is missing. When they only ask about times, call find_times. Never name a free "
        "time that no tool gave in this turn. After keep_wish the customer is shown the summary or the nearest times "
        "with buttons; when they agree to the summary, call request_visit. A request is not confirmed before the team "
        "approves it: call it a request. To cancel or move, find the visit in the facts or with my_visits first."
    )

    numbered: ClassVar[Collection[str]] = ("service", "visit")

    def opening(self) -> Button:
        return Button(_("Book a visit"), f"{self.code}:start")

    def context(self, conversation: Conversation, last_reply: Message | None, context: dict[str, Any]) -> None:
        services = _services(conversation.business.pk).prefetch_related("names")
        context["services"] = {str(service.pk): _words(service) for service in services}
        context["opening_hours"] = availability_free_times.opening_hours(conversation.business)
        draft = drafts.draft(conversation)
        if draft:
            context["state"] = _state(draft)
        offered = offered_starts(last_reply, conversation.business.zone)
        context["offered"] = tuple((start.date(), start.time()) for start in offered)
        if len(offered) == 1:
            context["offered_date"], context["offered_time"] = offered[0].date(), offered[0].time()

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        return Talk(self, turn).reply()

    def claims(self, turn: TurnContext, question: str) -> bool:
        """Return whether the clause asks for a time, or for one's own visit."""
        understood = turn.understood
        where = turn.text.find(question)
        about_time = any(
            span.field in ("date", "time", "people", "duration", "date_end", "end_time")
            and (where < 0 or where <= span.start < where + len(question))
            for span in understood.spans
        )
        wants = any(understood.has(intent) for intent in ("book", "change", "cancel", "my_booking"))
        return about_time or (wants and not understood.has("ask"))

    def clear(self, conversation: Conversation) -> int:
        draft = drafts.draft(conversation)
        if draft is None:
            return 0
        drafts.drop(draft.pk)
        return 1

    def static_facts(self, business: Business) -> ToolResult:
        services = _services(business.pk).prefetch_related("names").order_by("pk")
        return {"services": [service_facts(service) for service in services]}

    def facts(self, turn: TurnContext) -> ToolResult:
        draft = drafts.draft(turn.conversation)
        offered = offered_starts(turn.last_reply, turn.business.zone)
        found: ToolResult = {"draft": draft_facts(draft), "visits": visits_facts(turn)}
        return found | {"times_offered_before": [start.isoformat() for start in offered]}

    # --- tools -----------------------------------------------------------------------------------------------------

    @tool(for_model=False)
    def free_times(
        self, turn: TurnContext, *, service: Service, window: Window, people: int, duration_minutes: int | None = None
    ) -> ToolResult:
        """Up to three free times that fit what the customer wishes; if there are none in it, why, and the nearest."""
        slots = availability_free_times.free_slots(
            service,
            first_day=max(window.first_day, turn.now.date()),
            last_day=window.last_day,
            people=people,
            duration_minutes=duration_minutes,
            now=turn.now,
            ignore_reservation_id=_moving(turn),
        )
        fitting = [slot.start for slot in slots if window.takes(slot.start)]
        if fitting:
            return {"fits": True, "offers": [start.isoformat() for start in spread(fitting, service, duration_minutes)]}
        wanted = window.wanted(turn.now)
        reason = availability_free_times.why_not(
            service, wanted, people=people, duration_minutes=duration_minutes, now=turn.now
        )
        return {
            "fits": False,
            "wanted": wanted.isoformat(),
            "why": notifications.why(reason, turn.language) if reason else "",
            "reason": str(reason.why) if reason else "full",
            "offers": self._nearest(turn, service, wanted, people, duration_minutes),
        }

    @tool(for_model=False)
    def check_time(
        self, turn: TurnContext, *, service: Service, start: datetime, people: int, duration_minutes: int | None = None
    ) -> ToolResult:
        """Whether a visit can start exactly then; if not, why, and the three nearest times."""
        reason = availability_free_times.why_not(
            service,
            start,
            people=people,
            duration_minutes=duration_minutes,
            now=turn.now,
            ignore_reservation_id=_moving(turn),
        )
        if reason is None:
            return {"free": True, "start": start.isoformat()}
        return {
            "free": False,
            "start": start.isoformat(),
            "why": notifications.why(reason, turn.language),
            "reason": str(reason.why),
            "offers": self._nearest(turn, service, start, people, duration_minutes),
        }

    def _nearest(
        self, turn: TurnContext, service: Service, wanted: datetime, people: int, duration_minutes: int | None
    ) -> list[str]:
        slots = availability_free_times.nearest(
            service,
            wanted,
            people=min(people, service.max_people),
            duration_minutes=duration_minutes,
            now=turn.now,
            ignore_reservation_id=_moving(turn),
        )
        return [slot.start.isoformat() for slot in slots]

    @tool(changes=True, for_model=False)
    def note_wish(self, turn: TurnContext, **fields: Any) -> ToolResult:
        """Keep what the customer wishes in the draft, which staff see: service, day, time, people, minutes."""
        draft = drafts.draft(turn.conversation)
        draft = drafts.start_draft(turn.conversation, **fields) if draft is None else drafts.fill(draft.pk, **fields)
        return {"draft": draft.pk, **{key: str(value) for key, value in _state(draft).items()}}

    @tool(changes=True)
    def drop_wish(self, turn: TurnContext) -> ToolResult:
        """Let the draft go: the customer does not want it any more."""
        return {"dropped": self.clear(turn.conversation)}

    @tool(changes=True, for_model=False)
    def send_request(self, turn: TurnContext, *, draft_id: int) -> ToolResult:
        """Ask for the visit that the draft describes. Only after the customer has agreed to the summary."""
        try:
            return _asked(actions.request(draft_id, by=Actor.customer(), now=turn.now))
        except reasons.NotFree as error:
            return _refused(error, turn)

    @tool(changes=True, for_model=False)
    def take_offer(self, turn: TurnContext, *, reservation_id: int, version: int, start: datetime) -> ToolResult:
        """Take a time that staff hold for the customer, or ask for one instead of a visit that fell through."""
        own_visit(turn, reservation_id)
        try:
            taken = reschedule.take(reservation_id, by=Actor.customer(), version=version, start=start, now=turn.now)
        except reasons.NotFree as error:
            return _refused(error, turn)
        return _asked(taken)

    @tool()
    def my_visits(self, turn: TurnContext) -> ToolResult:
        """The customer's coming visits, the next one first."""
        return {"visits": visits_facts(turn)}

    @tool(changes=True, for_model=False)
    def note_answer(self, turn: TurnContext, *, visit_id: int, answer: str) -> ToolResult:
        """Keep for staff what the customer answered to the reminder."""
        return {"noted": reminder_planning.answered(own_visit(turn, visit_id).pk, answer), "answer": str(answer)}

    @tool(changes=True, for_model=False)
    def cancel_visit(self, turn: TurnContext, *, reservation_id: int) -> ToolResult:
        """Cancel one of the customer's own visits, and a move they may have asked for. Only after they agreed."""
        visit = own_visit(turn, reservation_id)
        while visit.moves and visit.moves.status in Reservation.LIVE and visit.status != Reservation.Status.HELD:
            visit = visit.moves
        after = actions.cancel(visit.pk, by=Actor.customer(), now=turn.now)
        return {"reservation": visit.pk, "status": str(after.status)}


def _services(business_id: int) -> Any:
    return Service.objects.filter(business_id=business_id, is_active=True).order_by("-is_usual", "name")


def _words(service: Service) -> Sequence[str]:
    words = [service.name]
    for row in service.names.all():
        words += [row.name, *row.other_words.splitlines()]
    return list(dict.fromkeys(word.strip() for word in words if word.strip()))


def _state(draft: Reservation) -> Mapping[str, Any]:
    known = {
        "service": str(draft.service_id) if draft.service_id else None,
        "date": draft.day,
        "time": draft.start_time,
        "people": draft.people,
        "duration_minutes": draft.duration_minutes,
    }
    return {key: value for key, value in known.items() if value is not None}


def _moving(turn: TurnContext) -> int | None:
    """Return the visit whose place does not count against the customer, because the draft moves it."""
    draft = drafts.draft(turn.conversation)
    return draft.moves_id if draft else None


def spread(
    starts: Sequence[datetime], service: Service, duration_minutes: int | None, count: int = 3
) -> list[datetime]:
    """A real choice out of many: one time of each day if there are several days, else visits one after another."""
    by_day: dict[date, list[datetime]] = {}
    for start in starts:
        by_day.setdefault(start.date(), []).append(start)
    if len(by_day) >= count:
        return [times[0] for times in list(by_day.values())[:count]]
    length = timedelta(minutes=duration_minutes or service.duration_minutes)
    chosen: list[datetime] = []
    for start in starts:
        if not chosen or start >= chosen[-1] + length:
            chosen.append(start)
    if len(chosen) > count:  # keep the first, one from the middle, the last
        chosen = [chosen[0], chosen[len(chosen) // 2], chosen[-1]]
    more = [start for start in starts if start not in chosen]
    return sorted([*chosen, *more[: max(0, count - len(chosen))]])


def _asked(visit: Reservation) -> ToolResult:
    moved = visit.moves is not None and visit.moves.status in Reservation.LIVE
    return {"sent": True, "reservation": visit.pk, "status": str(visit.status), "moved": moved}


def _refused(error: reasons.NotFree, turn: TurnContext) -> ToolResult:
    return {
        "sent": False,
        "why": notifications.why(error.reason, turn.language),
        "offers": [slot.start.isoformat() for slot in error.nearest],
    }
