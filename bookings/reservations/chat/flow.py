"""A visit that is being talked about, from the first word to the request: keep what was told, ask only for what is
missing, offer real times, sum up, send.

One of these lives for one turn. Rules and models call the same public methods, and each returns what came of it and
what is to be said. Nothing leaves without a summary of exactly this that was agreed to.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _, ngettext

from bookings.availability.reasons import NotFree, Why
from bookings.availability.slot_picker import SlotPicker, Times, offered
from bookings.availability.wish import Wish, known
from bookings.models import Reservation, Service
from bookings.reservations import actions, drafts, wording
from bookings.reservations.chat import knowing, past
from bookings.reservations.chat.questions import VisitQuestions
from bots.channels import CHANNELS
from bots.channels.base import Button
from bots.staff.actors import Actor
from conversations.chat.everyday import person_button
from conversations.chat.skills import Outcome, ReplyPart, Section, Speaking, ToolResult, TurnContext
from conversations.dialogue.state import Dialogue, OpenQuestion
from conversations.wording import people_promise, time_text

FRAME, WHO = "visit", "who_comes"
SHOWS_TIMES = ("booking:slot:", "booking:take:")
LONGEST_NOTE = 300  # characters
MANY_TIMES = 3  # asked so often, a question comes with a way out


class VisitFlow(Speaking):
    def __init__(self, turn: TurnContext) -> None:
        self.turn = turn
        self.language = turn.language
        self.zone = turn.business.zone
        self.draft = drafts.draft(turn.conversation)
        self.wish = known(turn.frame(FRAME), self.draft)
        self.questions = VisitQuestions(turn)
        self.shown = times_open(turn.dialogue, self.zone)

    # --- what is wanted --------------------------------------------------------------------------------------------

    def remember(self, found: Mapping[str, Any], *, how: str = "said") -> None:
        """Keep what was told, without beginning anything: it holds for a day."""
        self.wish = replace(self.wish, **found)
        self.turn.remember(FRAME, self.wish.as_slots(), how=how)

    def keep(self, found: Mapping[str, Any], *, how: str = "said") -> None:
        """Keep what was told in the draft, which begins with it and which staff see."""
        self.remember(found, how=how)
        row = self.wish.row()
        if self.draft is None or any(getattr(self.draft, name) != value for name, value in row.items()):
            self.turn.call(self.note_wish, **row)
            self.reload()

    def reload(self) -> Reservation | None:
        self.draft = drafts.draft(self.turn.conversation)
        return self.draft

    def note_wish(self, turn: TurnContext, **fields: Any) -> ToolResult:
        """Keep what the customer wishes in the draft, which staff see: service, day, time, people, minutes."""
        draft = drafts.draft(turn.conversation)
        draft = drafts.start_draft(turn.conversation, **fields) if draft is None else drafts.fill(draft.pk, **fields)
        return {"draft": draft.pk, **{name: str(value) for name, value in fields.items() if value is not None}}

    def note(self, words: str) -> None:
        """Put the customer's words beside the draft, for staff."""
        assert self.draft is not None
        told = " ".join(words.split())[:LONGEST_NOTE]
        if told not in self.draft.note:
            note = f"{self.draft.note}\n{told}".strip()
            self.draft = drafts.fill(self.draft.pk, note=note)

    def let_go(self) -> Outcome:
        """Let the draft go: the customer does not want it any more."""
        dropped = self.forget()
        text = _("All right, I have let it go. Write whenever you like.")
        return Outcome({"dropped": dropped}, (self._say(text, section=Section.OUTCOME),))

    def forget(self) -> int:
        """Forget what was wished; returns how many drafts that were."""
        gone = bool(self.draft and drafts.drop(self.draft.pk))
        self.draft, self.wish = None, Wish()
        self.turn.forget(FRAME)
        return int(gone)

    def service(self) -> Service | None:
        """Return the one that was named, else the usual one, else the only one."""
        if self.wish.service_id:
            services = Service.objects.filter(business=self.turn.business, is_active=True)
            return services.prefetch_related("names").filter(pk=self.wish.service_id).first()
        candidates = list(knowing.bookable(self.turn).order_by("-is_usual", "name"))
        usual = [service for service in candidates if service.is_usual]
        return usual[0] if usual else candidates[0] if len(candidates) == 1 else None

    # --- the next step ---------------------------------------------------------------------------------------------

    def take_in(self, found: Mapping[str, Any], *, how: str = "said") -> Outcome:
        """Keep what was told and say the next thing: a free time, why not, what is missing, or the summary."""
        self.keep(found, how=how)
        return self.go_on()

    def go_on(self) -> Outcome:
        """Return the next step of the visit as it is wanted now."""
        service = self.service()
        if service is None:
            return self.questions.which_service()
        if self.wish.service_id is None or self.draft is None:
            self.keep({"service_id": service.pk}, how="default")
        times = self.picker(service).look(self.wish)
        if not times.fits:
            self.turn.decide(f"not to be had ({times.reason}): why, and the nearest that fit what was said")
            return self._not_free(service, times)
        only = times.starts[0]
        if not self.wish.is_exact and len(times.starts) == 1 and self._is_named(only):
            self.keep(_chosen(self.wish, only), how="inferred")
        if not self.wish.is_exact:
            self.turn.decide("day or hour is open: free times are offered")
            question, asks = self._offer_question(service)
            part = self.picker(service).offer(times.starts, question=question, asks=asks)
            return Outcome(_found(times), (part,))
        if self.wish.people is None and service.asks_people:
            return Outcome(_found(times), (self.questions.how_many(service, self.wish.start(self.zone)),))
        if self.wish.people is None:
            self.keep({"people": 1}, how="default")
        if self.is_as_booked():
            self.turn.decide("the same as the visit there is: nothing is changed")
            assert self.draft is not None
            return self.questions.what_else(self.draft, service)
        self.turn.decide("all is known and free: summed up and asked")
        return Outcome(_found(times), (self.summary(),))

    def is_as_booked(self) -> bool:
        """Return whether what is to be moved would stand exactly as it does."""
        visit = self.draft.moves if self.draft else None
        if visit is None or not self.wish.is_exact:
            return False
        minutes = int((visit.period.upper - visit.period.lower).total_seconds() // 60)
        service = self.service()
        wished = self.wish.duration_minutes or (service.duration_minutes if service else minutes)
        same = self.wish.people == visit.people and self.wish.service_id == visit.service_id and wished == minutes
        return same and self.wish.start(self.zone) == visit.period.lower

    def _is_named(self, start: datetime) -> bool:
        """Return whether day and hour were both told, so that one time that fits needs no choice."""
        has_day = bool(self.wish.day or self.wish.days) and not self.wish.last_day
        return has_day and self.wish.start_time == start.time()

    def picker(self, service: Service) -> SlotPicker:
        moving = self.draft.moves_id if self.draft else None
        return SlotPicker(
            self.turn, service, payload=lambda start: f"booking:slot:{service.pk}:{start.isoformat()}", ignore=moving
        )

    # --- asking ----------------------------------------------------------------------------------------------------

    def summary(self) -> ReplyPart:
        """Return what was understood, said back before it is sent, with buttons that carry exactly this."""
        draft = self.draft
        assert draft is not None and draft.service is not None
        text = wording.summary(draft, self.wish.start(self.zone), self.language)
        approves = draft.service.needs_approval
        if draft.moves_id:
            question = _("Shall I ask for this instead?") if approves else _("Shall I move it?")
        else:
            question = _("Shall I send the request?") if approves else _("Shall I book it?")
        buttons = wording.confirm_buttons(draft)
        return self._ask(
            f"{text} {question}", asks=("confirm",), buttons=buttons, yes=buttons[0].payload, no=buttons[1].payload
        )

    def _offer_question(self, service: Service) -> tuple[str, tuple[str, ...]]:
        if self.wish.people is None and service.asks_people:
            return _("Which suits you, and for how many people?"), ("people",)
        return _("Which suits you?"), ()

    def _comes_along(self) -> Outcome:
        """Somebody comes along to what is for one: staff read it, and the visit is not refused for it."""
        self.note(self.turn.text)
        self.keep({"people": None})
        self.turn.decide("somebody comes along to what is for one: noted for staff")
        return self.go_on()

    def _not_free(self, service: Service, times: Times) -> Outcome:
        """Say why; what can be had instead is offered in the same message. What was told stays."""
        if times.reason in (Why.TOO_MANY_PEOPLE, Why.TOO_FEW_PEOPLE):
            if not service.asks_people and self.wish.people:
                return self._comes_along()
            return self._wrong_size(times)
        if times.reason == Why.BAD_DURATION:
            self.keep({"duration_minutes": None})
            if not service.min_duration_minutes and not service.max_duration_minutes:  # there is nothing to choose
                came = self.go_on()
                return Outcome(came.facts, (self._say(times.why), *came.says))
            return Outcome(_found(times), (self._ask(times.why, asks=("duration",), buttons=(person_button(),)),))
        if times.minutes and self.wish.is_exact:
            return self._shorter(service, times)
        question, asks = self._offer_question(service)
        part = self.picker(service).offer(times.starts, before=times.why, question=question, asks=asks)
        return Outcome(_found(times), (part,))

    def _wrong_size(self, times: Times) -> Outcome:
        """A group is handed on with all that was said; a smaller number may be told instead."""
        self.turn.decide("more or fewer people than the service takes: a person may arrange it")
        person = person_button()
        text = f"{times.why} " + _("Shall a person arrange it with you? Or tell me another number of people.")
        part = self._ask(text, asks=("people", "person"), buttons=(person,), yes=person.payload)
        return Outcome(_found(times), (part,))

    def _shorter(self, service: Service, times: Times) -> Outcome:
        """The visit would not end in time, but a shorter one would."""
        start = self.wish.start(self.zone)
        assert times.minutes is not None
        fits = ngettext(
            "At %(time)s %(count)d minute would fit.", "At %(time)s %(count)d minutes would fit.", times.minutes
        ) % {"time": time_text(start), "count": times.minutes}
        shorter = Button(
            f"{time_text(start)} ({times.minutes} min)", f"booking:short:{times.minutes}:{start.isoformat()}"
        )
        question, asks = self._offer_question(service)
        part = self.picker(service).offer(times.starts, before=f"{times.why} {fits}", question=question, asks=asks)
        return Outcome(_found(times), (replace(part, buttons=(shorter, *part.buttons), yes=""),))

    def which_time(self) -> Outcome:
        """A yes where several times were shown: which of them?"""
        service = self.service()
        assert service is not None
        buttons = self.picker(service).buttons(self.shown)
        return Outcome(says=(self._ask(_("Which of these times?"), asks=("date", "time"), buttons=buttons),))

    def ask_again(self, question: OpenQuestion) -> ReplyPart | None:
        """Return the open question as it is to be asked now; the third time with a way out."""
        part = self._as_it_is_now(question)
        if (
            part is not None
            and question.times >= MANY_TIMES
            and all(one.payload != person_button().payload for one in part.buttons)
        ):
            part = replace(part, buttons=(*part.buttons, person_button()))
        return part

    def _as_it_is_now(self, question: OpenQuestion) -> ReplyPart | None:
        if "confirm" in question.asks:
            says = self.go_on().says if self.draft and self.wish.is_exact else ()
            return says[-1] if says else None
        if not question.asks or (self.draft is None and not question.yes and "visit" not in question.asks):
            return None
        if "people" in question.asks and self.wish.people is None and self.draft and self.wish.is_exact:
            return self._ask(_("For how many people?"), asks=question.asks, buttons=question.buttons)
        short = _("Which suits you?") if {"date", "time"} <= set(question.asks) and self.shown else question.text
        return self._ask(short, asks=question.asks, buttons=question.buttons, yes=question.yes, no=question.no)

    # --- doing -----------------------------------------------------------------------------------------------------

    def send(self) -> Outcome:
        """Ask for the visit that the draft describes. Only after the customer has agreed to exactly this."""
        assert self.draft is not None
        return self.turn.call(self.send_request, draft_id=self.draft.pk)

    def send_request(self, turn: TurnContext, *, draft_id: int) -> Outcome:
        """Ask for the visit that the draft describes. Only after the customer has agreed to the summary."""
        try:
            visit = actions.request(draft_id, by=Actor.customer(), now=turn.now)
        except NotFree as error:
            return self.taken_meanwhile(error)
        then = self.wish.then
        self.turn.forget(FRAME)
        self.draft = None
        came = self.sent(visit)
        if not then:
            return Outcome(came.facts, (*came.says, *self._who_comes()))
        following = Wish(
            service_id=visit.service_id,
            day=then[0],
            start_time=visit.period.lower.astimezone(self.zone).time(),
            people=visit.people,
            duration_minutes=self.wish.duration_minutes,
            then=then[1:],
        )
        self.wish = Wish()
        self.keep({name: getattr(following, name) for name in Wish.__slots__})
        return Outcome(came.facts, (*came.says, *self.go_on().says))

    def sent(self, visit: Reservation) -> Outcome:
        """Return what is said of a request that went out."""
        moved = visit.moves is not None and visit.moves.status in Reservation.LIVE
        facts = {"sent": True, "reservation": visit.pk, "status": str(visit.status), "moved": moved}
        if visit.status == Reservation.Status.CONFIRMED:
            row = Reservation.objects.select_related("service", "business").get(pk=visit.pk)
            text = _("Booked: %(visit)s. If anything changes, just write.") % {
                "visit": wording.visit_line(row, self.language)
            }
            return Outcome(facts, (self._say(text, section=Section.OUTCOME),))
        promise = people_promise(self.turn.business, self.turn.now)
        if moved:
            text = _("Asked. The team will answer %(when)s; until they say yes, your first time is kept.")
        else:
            text = _("Sent. The team will answer %(when)s, and I will tell you at once.")
        return Outcome(facts, (self._say(text % {"when": promise}, section=Section.OUTCOME),))

    def taken_meanwhile(self, error: NotFree) -> Outcome:
        """Return what is said when the time has gone: why, and what can be had instead."""
        service = self.service()
        assert service is not None
        times = Times.refused(error)
        starts = [start.astimezone(self.zone) for start in times.starts]
        question, asks = self._offer_question(service)
        part = self.picker(service).offer(starts, before=times.why, question=question, asks=asks)
        return Outcome({"sent": False} | _found(times), (part,))

    def _who_comes(self) -> tuple[ReplyPart, ...]:
        """Ask once who comes and how to reach them, where the channel says neither."""
        contact, channel = self.turn.contact, CHANNELS[self.turn.conversation.account.channel]
        was_asked = self.turn.frame(WHO) is not None
        if was_asked or channel.leaves_server or contact.name or contact.phone or contact.email:
            return ()
        self.turn.remember(WHO, {"asked": True}, how="default")
        text = _("Under what name shall the team note it, and by which phone number or e-mail can they reach you?")
        return (self._ask(text, asks=("name", "phone", "email")),)

    def as_last_time(self) -> dict[str, Any]:
        """Return what the customer's last visit was like, as far as they did not say otherwise now."""
        return past.like_last_visit(self.turn, self.wish)


def times_open(dialogue: Dialogue, zone: ZoneInfo) -> list[datetime]:
    """Return the times that were shown last and are still to choose from: with a summary open, one is chosen."""
    if dialogue.question and "confirm" in dialogue.question.asks:
        return []
    return offered(dialogue.offer, SHOWS_TIMES, zone)


def _chosen(wish: Wish, start: datetime) -> dict[str, Any]:
    chosen = wish.chosen(start)
    return {name: getattr(chosen, name) for name in Wish.__slots__}


def _found(times: Times) -> ToolResult:
    """Return what was found, as a model reads it."""
    facts: ToolResult = {"free": times.fits, "offers": [start.isoformat() for start in times.starts]}
    return facts if times.fits else facts | {"why": times.why, "reason": times.reason}
