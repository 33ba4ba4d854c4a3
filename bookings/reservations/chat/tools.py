"""The booking tools that a model chooses from: plain arguments in, and what the rules would say to the customer out.

A model decides what is wanted. Whether a time is free, what is said of it, and whether the customer has agreed is
decided here, by the same talk that the rules lead: a request leaves only when the very summary of it stood in an
earlier message and the customer's own words, or their press of its button, say yes.
"""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Annotated, Any, cast

from bookings.availability import wording as availability_wording
from bookings.availability.request import SlotRequest, Window
from bookings.models import Reminder, Reservation, Service
from bookings.reservations import wording as reservation_wording
from bookings.reservations.chat import consent
from bookings.reservations.chat.talk import Talk
from bookings.reservations.chat.upcoming import own_visit, own_visits
from conversations import wording
from conversations.chat.skills import ModelRetry, ReplyPart, Section, ToolResult, TurnContext, tool

if TYPE_CHECKING:
    from bookings.reservations.chat.skill import Booking

ServiceId = Annotated[int | None, "Number of the service; null for the usual one or the one in the draft."]
People = Annotated[int | None, "How many people come; null if nobody has said."]
Minutes = Annotated[int | None, "Length in minutes if the customer named one, else null."]
Agreement = Annotated[str, "The words of the customer's last message that say yes, copied letter by letter."]
VisitId = Annotated[int, "Number of the visit, as in my_visits."]

ASKS = {"service": "service", "day": "date", "start_time": "time", "people": "people"}


class ModelTools:
    """Mixed into the booking skill."""

    @tool()
    def find_times(
        self,
        turn: TurnContext,
        *,
        first_day: Annotated[date, "The first day to look at."],
        last_day: Annotated[date | None, "The last day; null for the first day only."],
        earliest: Annotated[time | None, "A visit begins at this time or later; null if any time will do."],
        latest: Annotated[time | None, "A visit begins at this time or sooner; like earliest for an exact time."],
        people: People,
        duration_minutes: Minutes,
        service_id: ServiceId,
    ) -> ToolResult:
        """Look for up to three free times. Use it for questions about times; use keep_wish when they want to come."""
        talk = self._talk(turn)
        service = self._service(talk, service_id)
        today = turn.now.date()
        first = max(first_day, today)
        last = min(max(last_day or first, first), first + timedelta(days=60))
        window = Window(first_day=first, last_day=last, zone=talk.zone, earliest=earliest, latest=latest)
        count = _positive(people, "people") or (talk.draft.people if talk.draft else None) or 1
        minutes = _positive(duration_minutes, "duration_minutes")
        facts = turn.call(talk.skill.free_times, service=service, window=window, people=count, duration_minutes=minutes)
        return _readable(facts, talk, service)

    @tool(changes=True)
    def keep_wish(
        self,
        turn: TurnContext,
        *,
        service_id: ServiceId,
        day: Annotated[date | None, "The day they want to come; null if not said in these words."],
        start_time: Annotated[time | None, "When the visit begins; null if not said in these words."],
        people: People,
        duration_minutes: Minutes,
    ) -> ToolResult:
        """Note what the customer wants to book; null leaves a field as it is. As soon as day and time are known, the
        customer is shown the summary with buttons, or why it cannot be and the nearest free times."""
        talk = self._talk(turn)
        if day and day < turn.now.date():
            raise ModelRetry(f"{day} has passed; today is {turn.now.date()}.")
        consent.compare(turn, {"date": day, "time": start_time, "people": people})
        fields: dict[str, Any] = {
            "service_id": self._service(talk, service_id).pk if service_id is not None else None,
            "day": day,
            "start_time": start_time,
            "people": _positive(people, "people"),
            "duration_minutes": _positive(duration_minutes, "duration_minutes"),
        }
        request = SlotRequest({name: value for name, value in fields.items() if value is not None})
        talk._keep(request.fields)
        return self._standing(talk)

    @tool(changes=True)
    def request_visit(self, turn: TurnContext, *, agreement: Agreement) -> ToolResult:
        """Send the request for the visit in the draft. Only after the customer agreed to the summary they were shown;
        if they were not shown it yet, it is shown now and nothing is sent."""
        talk = self._talk(turn)
        draft = talk.draft
        if draft is None:
            raise ModelRetry("There is no draft. Note the request with keep_wish first.")
        if missing := _missing(draft):
            raise ModelRetry(f"Still missing: {', '.join(missing)}.")
        if not consent.summary_was_told(turn, draft):
            return {"sent": False, "not_agreed_yet": True} | self._standing(talk)
        consent.must_agree(turn, agreement, payload=f"booking:yes:{draft.pk}", intents=("affirm",))
        consent.must_still_fit(talk._request(), draft)
        for say in talk._send(draft):
            turn.say(say)
        return _told_facts(turn, "send_request")

    @tool(changes=True)
    def cancel_visit_of_mine(self, turn: TurnContext, *, visit_id: VisitId, agreement: Agreement) -> ToolResult:
        """Cancel a visit of the customer. If they were not asked about this very visit yet, they are asked now, with
        buttons, and nothing is cancelled."""
        talk = self._talk(turn)
        visit = own_visit(turn, visit_id)
        if not consent.asked_about(turn, visit):
            return {"cancelled": False, "customer_is_asked": True} | self._tell(talk._which_visit([visit]), turn)
        consent.must_agree(turn, agreement, payload=f"booking:cancel:{visit.pk}", intents=("affirm", "cancel"))
        said = self._tell(talk._cancel_visit(visit), turn)
        return _told_facts(turn, "cancel_visit") | said

    @tool(changes=True)
    def customer_comes(self, turn: TurnContext, *, visit_id: VisitId) -> ToolResult:
        """Note that the customer said yes to a reminder that asked whether they will come. Changes no visit."""
        talk = self._talk(turn)
        says = talk._answer(own_visit(turn, visit_id), Reminder.Answer.COMES)
        return {"noted": True} | self._tell(says, turn)

    @tool(changes=True)
    def move_visit(
        self,
        turn: TurnContext,
        *,
        visit_id: VisitId,
        day: Annotated[date | None, "The new day; null if they did not name one."],
        start_time: Annotated[time | None, "The new time; null if they did not name one."],
    ) -> ToolResult:
        """Begin to move a visit. It keeps its place until the new time is agreed; then call request_visit."""
        talk = self._talk(turn)
        fields = {"day": day, "start_time": start_time}
        request = SlotRequest({name: value for name, value in fields.items() if value is not None})
        consent.compare(turn, {"date": day, "time": start_time})
        says = talk._move(own_visit(turn, visit_id), request)
        return {"moving": True} | self._tell(says, turn)

    @tool(changes=True)
    def accept_offer(self, turn: TurnContext, *, visit_id: VisitId, agreement: Agreement) -> ToolResult:
        """Take the other time that the team has offered for a visit, after the customer said yes to it."""
        payload = consent.offer_payload(turn, own_visit(turn, visit_id))
        consent.must_agree(turn, agreement, payload=payload, intents=("affirm",))
        talk = self._talk(turn)
        says = talk._take(visit_id, payload.split(":", 3)[3])
        return _told_facts(turn, "take_offer") | self._tell(says, turn)

    def _talk(self, turn: TurnContext) -> Talk:
        return Talk(cast("Booking", self), turn)

    def _service(self, talk: Talk, service_id: int | None) -> Service:
        """Return the service of this business with this number. Raises ModelRetry, with what there is."""
        offered = Service.objects.filter(business=talk.turn.business, is_active=True).order_by("pk")
        found = talk._service(None) if service_id is None else offered.filter(pk=service_id).first()
        if found is None:
            known = "; ".join(f"{one.pk}: {one.name}" for one in offered)
            raise ModelRetry(f"Which service? Say its number: {known}.")
        return found

    def _standing(self, talk: Talk) -> ToolResult:
        """Return how the draft stands: what is missing, or what the customer is shown."""
        draft, turn = talk.draft, talk.turn
        assert draft is not None
        service = talk._service(draft)
        if service is None:
            return self._tell(talk._which_service(), turn)
        if draft.service_id is None:
            talk._keep({"service_id": service.pk})
        if draft.day and draft.start_time:
            shown = self._tell(talk._check(service, talk._start()), turn)
            return _told_facts(turn, "check_time") | shown | {"draft": draft_facts(talk.draft)}
        facts = draft_facts(talk.draft)
        asks = tuple(ASKS[name] for name in facts["missing"])
        turn.say(ReplyPart(text="", asks=asks))
        return {"draft": facts, "hint": "Look for times with find_times, unless you did, and offer them."}

    def _tell(self, says: list[ReplyPart], turn: TurnContext) -> ToolResult:
        for say in says:
            turn.say(say)
        asks = any(say.section == Section.QUESTION for say in says)
        return {"next_question_is_asked": True} if asks else {}


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
    return {key: value for key, value in known.items() if value} | {"missing": _missing(draft)}


def visits_facts(turn: TurnContext) -> list[ToolResult]:
    return [
        {
            "id": visit.pk,
            "start": visit.period.lower.astimezone(turn.business.zone).isoformat(),
            "said": reservation_wording.visit_line(visit, turn.language),
            "service": visit.service.name if visit.service else "",
            "status": str(visit.status),
        }
        for visit in own_visits(turn)
    ]


def service_facts(service: Service) -> ToolResult:
    """Return what can be booked, as a model sees it: the same from turn to turn. Prices as customers read them."""
    currency, people = service.business.currency, [service.min_people, service.max_people]
    price = wording.money(service.price, currency, "en") if service.price else "not told"
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


def _missing(draft: Reservation) -> list[str]:
    needed = {"service": draft.service_id, "day": draft.day, "start_time": draft.start_time}
    if draft.service is None or draft.service.asks_people:
        needed["people"] = draft.people
    return [name for name, value in needed.items() if not value]


def _positive(number: int | None, name: str) -> int | None:
    if number is not None and not 0 < number < 1000:
        raise ModelRetry(f"{name} must be a number above zero.")
    return number


def _readable(facts: ToolResult, talk: Talk, service: Service) -> ToolResult:
    """Offers with their weekday and date in the customer's language, so that nobody has to work them out; their
    buttons go beneath what the model makes of them."""
    starts = [datetime.fromisoformat(start).astimezone(talk.zone) for start in facts.get("offers", [])]
    said = availability_wording.times(starts, talk.turn.now) if starts else ""
    if starts:
        asks = talk._offer_question(service)[1]
        talk.turn.say(ReplyPart(text="", buttons=reservation_wording.time_buttons(starts, service), asks=asks))
    return facts | {"service_id": service.pk, "offers": [one.isoformat() for one in starts], "offers_said": said}


def _told_facts(turn: TurnContext, tool_name: str) -> ToolResult:
    """Return what the last step of this name found, without the numbers of rows, which mean nothing to a model."""
    facts = next((step.facts for step in reversed(turn.steps) if step.tool == tool_name), {})
    return {key: value for key, value in facts.items() if key not in ("reservation", "draft")}
