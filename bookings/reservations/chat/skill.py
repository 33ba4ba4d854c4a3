"""What bookings let a bot do: find times, keep a draft, ask for the visit, change it, cancel it."""

import re
from collections.abc import Collection, Mapping
from datetime import date, time, timedelta
from typing import Annotated, Any, ClassVar

from django.utils.translation import gettext as _

from bookings.availability import free_times, wording as availability_wording
from bookings.availability.wish import Wish, known
from bookings.models import Reminder, Reservation, Service
from bookings.reservations import drafts
from bookings.reservations.chat import agreeing, knowing
from bookings.reservations.chat.facts import ASKED, cancelling_policy, waits_for_deposit
from bookings.reservations.chat.flow import FRAME, VisitFlow, times_open
from bookings.reservations.chat.past import as_booked, own_visit, own_visits, visits_shown
from bookings.reservations.chat.talk import VisitTalk
from bookings.reservations.chat.visits import OwnVisits
from bots.channels.base import Button
from bots.models import Business
from conversations.chat.skills import ModelRetry, Outcome, Reply, ReplyPart, Skill, ToolResult, TurnContext, tool
from conversations.dialogue.state import Dialogue, OpenQuestion
from conversations.models import Conversation, Message

ServiceId = Annotated[int | None, "Number of the service; null for the usual one or the one in the draft."]
People = Annotated[int | None, "How many people come; null if nobody has said."]
Minutes = Annotated[int | None, "Length in minutes if the customer named one, else null."]
Agreement = Annotated[str, "The words of the customer's last message that say yes, copied letter by letter."]
VisitId = Annotated[int, "Number of the visit, as in my_visits."]

LONGEST_LOOK = timedelta(days=60)
CANCELLING = ("cancel", "ask_cancelling", "ask_refund")
SENTENCE_END = re.compile(r"[.!?…\n]")


class Booking(Skill):
    """Visits, from the first word to the reminder. A model decides what is wanted; what is free, what is said of it,
    and whether the customer has agreed is decided by the flow that the rules lead too.
    """

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
    offers: ClassVar[Collection[str]] = ("booking:slot", "booking:take")

    def opening(self) -> Button:
        return Button(_("Book a visit"), f"{self.code}:start")

    def context(self, conversation: Conversation, dialogue: Dialogue, context: dict[str, Any]) -> None:
        services = knowing.services_of(conversation.business.pk)
        context["services"] = {str(service.pk): knowing.words_of(service) for service in services}
        context["opening_hours"] = free_times.opening_hours(conversation.business)
        draft = drafts.draft(conversation)
        wish = known(dialogue.frame(FRAME), draft)
        if draft is None and wish == Wish():
            wish = as_booked(conversation)
        if state := _state(wish):
            context["state"] = state
        question = dialogue.question
        if question and question.skill == self.code:
            context["proposed"] = _proposed(question, draft, conversation)
        shown = times_open(dialogue, conversation.business.zone) or visits_shown(conversation, dialogue)
        context["offered"] = tuple((start.date(), start.time()) for start in shown)
        if len(shown) == 1:
            context["offered_date"], context["offered_time"] = shown[0].date(), shown[0].time()

    def opens(self, message: Message, question: OpenQuestion) -> OpenQuestion | None:
        return agreeing.question_in(message, question)

    def answer(self, turn: TurnContext, *, already_said: bool) -> Reply | None:
        return VisitTalk(turn, self.opening()).reply()

    def asks_again(self, turn: TurnContext, question: OpenQuestion) -> ReplyPart | None:
        flow = VisitFlow(turn)
        return OwnVisits(turn, flow, self.opening()).ask_again() or flow.ask_again(question)

    def claims(self, turn: TurnContext, question: str) -> bool:
        """Return whether the clause asks for a time, or about the visit itself."""
        understood = turn.understood
        where = turn.text.find(question)
        about_time = any(
            span.field in ("date", "time", "people", "duration", "date_end", "end_time")
            and (where < 0 or where <= span.start < where + len(question))
            for span in understood.spans
        )
        wants = any(understood.has(intent) for intent in ("book", "change", "cancel", "my_booking"))
        about_visit = any(understood.does(act) for act in (*ASKED, "ask_when"))
        return about_time or about_visit or (wants and not understood.has("ask"))

    def knows(self, turn: TurnContext, question: str) -> bool:
        """Return whether the clause asks how a visit stands, when it is or ends, or what it costs, and there is one.

        Until when one may cancel is known always, but not what becomes of a deposit.
        """
        asked = self._asked(turn, question)
        if "ask_cancelling" in asked or not asked & {*ASKED, "ask_when"}:
            return "ask_cancelling" in asked and not waits_for_deposit(turn)
        flow = VisitFlow(turn)
        return (flow.draft is not None and flow.wish.is_exact) or bool(own_visits(turn))

    def tells(self, turn: TurnContext, question: str) -> str:
        """Return until when one may cancel, where that or its cost is asked and the knowledge does not know."""
        asked = self._asked(turn, question)
        cancels = "cancel" in asked or _cancels_beside(turn, question)
        of_cancelling = bool(asked & {"ask_refund", "ask_cancelling"}) or (cancels and "ask" in asked)
        return cancelling_policy(turn) if of_cancelling else ""

    def _asked(self, turn: TurnContext, question: str) -> set[str]:
        """Return what the clause does."""
        where = turn.text.find(question)
        return {
            act.kind
            for act in turn.understood.acts
            if where < 0 or where <= act.start < where + len(question) or act.start <= where < act.end
        }

    def clear(self, conversation: Conversation) -> int:
        draft = drafts.draft(conversation)
        return int(draft is not None and drafts.drop(draft.pk))

    def static_facts(self, business: Business) -> ToolResult:
        services = knowing.services_of(business.pk).order_by("pk")
        return {"services": [knowing.service_facts(service) for service in services]}

    def facts(self, turn: TurnContext) -> ToolResult:
        flow = VisitFlow(turn)
        return {
            "draft": knowing.draft_facts(flow.draft),
            "visits": knowing.visits_facts(turn),
            "times_offered_before": [start.isoformat() for start in flow.shown],
        }

    # --- tools of a model ------------------------------------------------------------------------------------------

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
    ) -> Outcome:
        """Look for up to three free times. Use it for questions about times; use keep_wish when they want to come."""
        flow = VisitFlow(turn)
        service = self._service(flow, service_id)
        first = max(first_day, turn.now.date())
        wish = Wish(
            service_id=service.pk,
            day=first,
            last_day=min(max(last_day or first, first), first + LONGEST_LOOK),
            earliest=earliest,
            latest=latest,
            people=_positive(people, "people") or flow.wish.people,
            duration_minutes=_positive(duration_minutes, "duration_minutes"),
        )
        times = flow.picker(service).look(wish)
        said = availability_wording.times(times.starts, turn.now) if times.starts else ""
        facts: ToolResult = {
            "fits": times.fits,
            "service_id": service.pk,
            "offers": [start.isoformat() for start in times.starts],
            "offers_said": said,
        }
        if not times.fits:
            facts |= {"why": times.why, "reason": times.reason}
        beneath = ReplyPart(text="", buttons=flow.picker(service).buttons(times.starts), asks=("date", "time"))
        return Outcome(facts, (beneath,) if times.starts else ())

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
    ) -> Outcome:
        """Note what the customer wants to book; null leaves a field as it is. As soon as day and time are known, the
        customer is shown the summary with buttons, or why it cannot be and the nearest free times."""
        flow = VisitFlow(turn)
        if day and day < turn.now.date():
            raise ModelRetry(f"{day} has passed; today is {turn.now.date()}.")
        agreeing.compare(turn, {"date": day, "time": start_time, "people": people})
        fields: dict[str, Any] = {
            "service_id": self._service(flow, service_id).pk if service_id is not None else None,
            "day": day,
            "start_time": start_time,
            "people": _positive(people, "people"),
            "duration_minutes": _positive(duration_minutes, "duration_minutes"),
        }
        flow.keep({name: value for name, value in fields.items() if value is not None})
        return self._standing(flow)

    @tool(changes=True)
    def request_visit(self, turn: TurnContext, *, agreement: Agreement) -> Outcome:
        """Send the request for the visit in the draft. Only after the customer agreed to the summary they were shown;
        if they were not shown it yet, it is shown now and nothing is sent."""
        flow = VisitFlow(turn)
        draft = flow.draft
        if draft is None:
            raise ModelRetry("There is no draft. Note the request with keep_wish first.")
        if missing := knowing.missing(draft):
            raise ModelRetry(f"Still missing: {', '.join(missing)}.")
        if not agreeing.summary_is_open(turn, draft):
            shown = self._standing(flow)
            return Outcome({"sent": False, "not_agreed_yet": True} | shown.facts, shown.says)
        agreeing.must_agree(turn, agreement, choices=agreeing.yes_of(draft))
        agreeing.must_still_fit(turn, draft)
        return _told(flow.send())

    @tool()
    def my_visits(self, turn: TurnContext) -> ToolResult:
        """The customer's coming visits, the next one first."""
        return {"visits": knowing.visits_facts(turn)}

    @tool(changes=True)
    def drop_wish(self, turn: TurnContext) -> ToolResult:
        """Let the draft go: the customer does not want it any more."""
        return {"dropped": VisitFlow(turn).forget()}

    @tool(changes=True)
    def cancel_visit_of_mine(self, turn: TurnContext, *, visit_id: VisitId, agreement: Agreement) -> Outcome:
        """Cancel a visit of the customer. If they were not asked about this very visit yet, they are asked now, with
        buttons, and nothing is cancelled."""
        visits = self._visits(turn)
        visit = own_visit(turn, visit_id)
        if not agreeing.is_asked_about(turn, visit):
            asked = visits.which([visit], cancels=True)
            return _told(asked, cancelled=False, customer_is_asked=True)
        agreeing.must_agree_to_cancel(turn, agreement, visit)
        return _told(visits.cancel(visit))

    @tool(changes=True)
    def customer_comes(self, turn: TurnContext, *, visit_id: VisitId) -> Outcome:
        """Note that the customer said yes to a reminder that asked whether they will come. Changes no visit."""
        return _told(self._visits(turn).answer_reminder(own_visit(turn, visit_id), Reminder.Answer.COMES))

    @tool(changes=True)
    def move_visit(
        self,
        turn: TurnContext,
        *,
        visit_id: VisitId,
        day: Annotated[date | None, "The new day; null if they did not name one."],
        start_time: Annotated[time | None, "The new time; null if they did not name one."],
    ) -> Outcome:
        """Begin to move a visit. It keeps its place until the new time is agreed; then call request_visit."""
        fields = {"day": day, "start_time": start_time}
        agreeing.compare(turn, {"date": day, "time": start_time})
        found = {name: value for name, value in fields.items() if value is not None}
        return _told(self._visits(turn).move(own_visit(turn, visit_id), found), moving=True)

    @tool(changes=True)
    def accept_offer(self, turn: TurnContext, *, visit_id: VisitId, agreement: Agreement) -> Outcome:
        """Take the other time that the team has offered for a visit, after the customer said yes to it."""
        payload = agreeing.offer_of(turn, own_visit(turn, visit_id))
        agreeing.must_agree(turn, agreement, choices=(payload,))
        return _told(self._visits(turn).take(visit_id, payload.split(":", 3)[3]))

    def _visits(self, turn: TurnContext) -> OwnVisits:
        return OwnVisits(turn, VisitFlow(turn), self.opening())

    def _service(self, flow: VisitFlow, service_id: int | None) -> Service:
        """Return the service of this business with this number. Raises ModelRetry, with what there is."""
        candidates = Service.objects.filter(business=flow.turn.business, is_active=True).order_by("pk")
        found = flow.service() if service_id is None else candidates.filter(pk=service_id).first()
        if found is None:
            names = "; ".join(f"{one.pk}: {one.name}" for one in candidates)
            raise ModelRetry(f"Which service? Say its number: {names}.")
        return found

    def _standing(self, flow: VisitFlow) -> Outcome:
        """Return how the draft stands: what is missing, or what the customer is shown."""
        if flow.service() is None or flow.wish.is_exact:
            came = flow.go_on()
            return _told(came, draft=knowing.draft_facts(flow.draft))
        service = flow.service()
        assert service is not None
        if flow.wish.service_id is None:
            flow.keep({"service_id": service.pk}, how="default")
        facts = knowing.draft_facts(flow.draft)
        asks = tuple(knowing.ASKS[name] for name in facts["missing"])
        hint = "Look for times with find_times, unless you did, and offer them."
        return Outcome({"draft": facts, "hint": hint}, (ReplyPart(text="", asks=asks),))


def _cancels_beside(turn: TurnContext, question: str) -> bool:
    """Return whether the same sentence speaks of cancelling before it asks: “I can't make it, is the money gone?”"""
    where = turn.text.find(question)
    ends = [act.end for act in turn.understood.acts if act.kind in CANCELLING and act.end <= where]
    return bool(ends) and not SENTENCE_END.search(turn.text, max(ends), where)


def _proposed(question: OpenQuestion, draft: Reservation | None, conversation: Conversation) -> str:
    """Return what a yes would do, where words for that accept as well: "yes, move it", "cancel it"."""
    if question.yes.startswith("booking:take:"):
        offered = Reservation.objects.filter(conversation=conversation, pk=question.yes.split(":")[2])
        return "move" if offered.filter(moves__isnull=False).exists() else ""
    if question.asks == ("drop",) or any(button.payload.startswith("booking:cancel:") for button in question.buttons):
        return "cancel"
    return "move" if draft is not None and draft.moves_id and "confirm" in question.asks else ""


def _state(wish: Wish) -> Mapping[str, Any]:
    found = {
        "service": str(wish.service_id) if wish.service_id else None,
        "date": wish.day,
        "time": wish.start_time,
        "people": wish.people,
        "duration_minutes": wish.duration_minutes,
    }
    return {name: value for name, value in found.items() if value is not None}


def _told(came: Outcome, **facts: Any) -> Outcome:
    """Return what came of it for a model: without the numbers of rows, and whether the customer is asked something."""
    shown = {name: value for name, value in came.facts.items() if name not in ("reservation", "draft")} | facts
    if any(say.asks for say in came.says):
        shown["next_question_is_asked"] = True
    return Outcome(shown, came.says)


def _positive(number: int | None, name: str) -> int | None:
    if number is not None and not 0 < number < 1000:
        raise ModelRetry(f"{name} must be a number above zero.")
    return number
