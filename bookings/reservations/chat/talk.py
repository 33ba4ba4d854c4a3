"""What was written or pressed about a visit, and which way the talk goes from there.

In this order: what answers an open question; what takes back or changes; what is told; and if nothing of it is about a
visit, None. Who agrees is decided by `conversations.dialogue.consent` alone.
"""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from bookings.models import Reservation
from bookings.reservations import wording
from bookings.reservations.chat.buttons import CANCELS, COMES, MOVES, VisitButtons
from bookings.reservations.chat.facts import VisitFacts
from bookings.reservations.chat.flow import VisitFlow
from bookings.reservations.chat.reading import WHEN, Reading
from bookings.reservations.chat.visits import OwnVisits
from bots.channels.base import Button
from conversations.chat.everyday import person_button
from conversations.chat.skills import Failed, Outcome, Reply, ReplyPart, Section, Speaking, TurnContext
from conversations.dialogue import consent
from conversations.dialogue.state import OpenQuestion
from conversations.people import details

ASKS_OF_CANCELLING = ("ask_cancelling", "ask_refund")
WISHES = 0.4  # of a word that may want a visit, where nothing else can be meant
PLAIN_YES = 2  # words
FEW_WORDS = 6  # “no thanks, just write here”


class VisitTalk(Speaking):
    def __init__(self, turn: TurnContext, opening: Button) -> None:
        self.turn, self.understood = turn, turn.understood
        self.flow = VisitFlow(turn)
        self.visits = OwnVisits(turn, self.flow, opening)
        self.question = turn.question if turn.question and turn.question.skill == "booking" else None
        self.asked = self.question.asks if self.question else ()
        self.buttons = VisitButtons(turn, self.flow, self.visits, self.asked)
        self.reading = Reading(turn, self.flow, self.visits, self.asked)

    def reply(self) -> Reply | None:
        """Return what to say in this turn; None if it is not about a visit."""
        try:
            if self.turn.choice.startswith("booking:"):
                return Reply(list(self.buttons.pressed(self.turn.choice).says))
            facts = VisitFacts(self.turn, self.flow, self.visits)
            answered = [] if self.reading.says_it_stands() else facts.answers()
            came = self.said(answered=bool(answered))
            if came is None and not answered:
                answered = [facts.nothing()] if self._asks_of_nothing() else facts.way_in()
        except Failed:
            text = _("I cannot find that visit. Shall a person look for it?")
            return Reply([self._say(text, buttons=(person_button(),))])
        says = [*answered, *self._voucher(), *(came.says if came else ())]
        return Reply(says) if says else None

    def _voucher(self) -> list[ReplyPart]:
        """A voucher is staff's business: what was said of it stands in the draft, which they see."""
        if self.flow.draft is None or not self.understood.does("voucher"):
            return []
        self.flow.note(self.turn.text)
        self.turn.decide("a voucher was told: noted for staff")
        return [self._say(_("I have noted the voucher for the team."))]

    # --- written ---------------------------------------------------------------------------------------------------

    def said(self, *, answered: bool) -> Outcome | None:
        """Return the next step; None if there is none of a visit. `answered`: what was asked of it is answered."""
        found = self.reading.found
        if (came := self._contact(found)) is not None:
            return came
        told = self.reading.when() or bool(found.get("people"))
        return self._goes_on(found, tells=told or not answered)

    def _goes_on(self, found: Mapping[str, Any], *, tells: bool = True) -> Outcome | None:
        for way in (self._answers_news, self._takes_back, self._answers_question):
            came = way(found)
            if came is not None:
                return came
        return self._tells(found) if tells else None

    def _contact(self, found: Mapping[str, Any]) -> Outcome | None:
        """Who comes and how to reach them: taken whenever it is told, asked for or not."""
        understood = self.understood
        told = {"name": understood.name, "phone": understood.phone, "email": understood.email}
        given = {name: value for name, value in told.items() if value}
        asked = "name" in self.asked
        about_visit = self.flow.draft is not None or asked or bool(given and self.visits.all())
        if given and found and not about_visit:
            details.keep(self.turn.contact, **given)  # “I am Kate, 600 100 200, Tuesday at five?”
        if not given or not about_visit:
            is_short = len(self.turn.text.split()) <= FEW_WORDS and "?" not in self.turn.text
            declines = understood.answer in (consent.NO, consent.LATER) and not understood.does("cancel")
            if asked and is_short and declines and not found:
                return Outcome(says=(self._say(_("All right."), section=Section.OUTCOME),))
            return None
        details.keep(self.turn.contact, **given)
        self.turn.decide("a name or an address was told: kept for staff")
        said = _("Noted: %(who)s.") % {"who": ", ".join(given.values())}
        if self.flow.draft is None and not found:
            return Outcome(says=(self._say(said, section=Section.OUTCOME if asked else Section.ANSWER),))
        noted = self._say(said)
        if consent.agrees(self.turn) and "confirm" in self.asked and not self.reading.differs():
            return None  # “yes, Anna Kowalska, 600 100 200”
        came = self._goes_on(found) if self.reading.differs() else self.flow.go_on() if self.flow.draft else None
        return Outcome(came.facts if came else {}, (noted, *(came.says if came else ())))

    def _answers_news(self, found: Mapping[str, Any]) -> Outcome | None:
        """What was written to a reminder, to a time that staff offer, or to “what shall become of it?”."""
        visit = self.visits.asked_about()
        if visit is not None and "coming" in self.asked:
            return self._about_coming(visit, found)
        if visit is not None and "visit" in self.asked:
            return self._about_visit(visit, found)
        if visit is None and "visit" in self.asked and len(meant := self.visits.meant()) == 1:
            cancels = "cancel" in self.asked or self.understood.does("cancel")
            return self.visits.which(meant, cancels=cancels) if len(self.visits.all()) > 1 else None
        if self.question and self.question.yes.startswith("booking:take:"):
            if consent.agrees(self.turn) and not self.reading.differs_from_offer():
                self.turn.decide("a firm yes to the time that staff offer")
                return self.buttons.pressed(self.question.yes)
            if consent.declines(self.turn) and not found and self.question.no:
                return self.buttons.pressed(self.question.no)
        if taken := self.reading.taken():
            return self.buttons.pressed(taken)
        offered = self.visits.offered() if self.flow.draft is None and self.reading.is_about_offer() else None
        return self.visits.instead(offered, found) if offered is not None else None

    def _about_coming(self, visit: Reservation, found: Mapping[str, Any]) -> Outcome | None:
        """What was written to “Will you come?”. A plain no cancels nothing: it is asked what shall become of it."""
        understood = self.understood
        if self.reading.changes() or (self.reading.when() and not self.reading.is_of(visit)):
            return self.visits.answer_reminder(visit, MOVES, found)
        if self.reading.cancels_firmly():
            return self.visits.answer_reminder(visit, CANCELS)
        if understood.answer == consent.NO or understood.has("cancel"):
            return self.visits.which([visit], cancels=True)
        names_it = self.reading.is_of(visit) and found and not understood.questions
        if consent.agrees(self.turn) or names_it or self.reading.says_it_stands():
            return self.visits.answer_reminder(visit, COMES)
        return None

    def _about_visit(self, visit: Reservation, found: Mapping[str, Any]) -> Outcome | None:
        """What was written to “cancel it, move it, or keep it?”."""
        understood = self.understood
        assert self.question is not None
        says_other = (self.reading.when() or bool(found.get("people"))) and not self.reading.is_of(visit)
        asks = understood.does("ask") or understood.does("status")
        asks_other = understood.has("ask_price") or (self.reading.when() and self.reading.changes())
        keeps = understood.does("keep") and not asks_other  # “does the deposit stay?” keeps nothing
        in_few_words = len(self.turn.text.split()) <= FEW_WORDS  # “it went wrong, strike it out” is no plain no
        refuses = understood.answer == consent.NO and in_few_words and not (found or asks)
        firm = understood.answer == consent.FIRM
        names_it = firm and self.reading.when() and not understood.has("cancel")  # “let it be Friday at six”
        if (keeps or refuses or names_it) and not (says_other or understood.does("cancel")):
            return self.visits.keep()
        if says_other or (self.reading.changes() and not self.reading.cancels_firmly()):
            return self.visits.move(visit, found)
        agrees = consent.agrees(self.turn) and bool(self.question.yes) and not understood.does("thank")
        plainly = not found and len(self.turn.text.split()) <= PLAIN_YES  # to a question with three answers
        agrees = (agrees and plainly) or (firm and understood.has("cancel"))  # “yes, cancel Friday”
        again = ("cancel" in self.asked or self.question.times > 1) and self.reading.cancels_firmly()
        if agrees or again:  # every word of it, or said twice: “needn't have cancelled” speaks of cancelling too
            self.turn.decide("a firm wish to cancel the visit that was asked about")
            return self.visits.cancel(visit)
        if understood.answer == consent.FIRM or understood.does("cancel"):
            return self.visits.which([visit], cancels=understood.does("cancel"))
        takes_leave = understood.does("thank") and understood.does("accept") and not asks  # “ok, thanks”
        if takes_leave:
            return Outcome(says=_only(self.visits.ask_again())) if "cancel" in self.asked else self.visits.keep()
        return None

    def _takes_back(self, found: Mapping[str, Any]) -> Outcome | None:
        """Cancelling and changing: what is open, or the visit that was named."""
        understood = self.understood
        says_yes = self.flow.draft is not None and understood.answer == consent.BUT and understood.does("accept")
        if understood.does("cancel") and understood.answer != consent.LATER:
            named = self.reading.named_visit()
            day_only = {name for name, value in found.items() if value} <= self.reading.only_names()
            if says_yes:
                return self.visits.which([named], cancels=True) if named else None  # “yes, and cancel the 8th”
            joins = not self.reading.when() and (understood.people_shift or 0) > 0  # “give my place to someone else”
            if not self.reading.differs() or day_only or named or joins:
                return self._cancel(found)
        return self._about_what_is_booked(found) or self._changes_it(found)

    def _about_what_is_booked(self, found: Mapping[str, Any]) -> Outcome | None:
        """When it is, which one was named, that something of it shall be different."""
        understood, flow = self.understood, self.flow
        asks_when = understood.has("my_booking") or understood.does("ask_when")
        if asks_when and not (self.reading.when() or found.get("people")) and not understood.does("status"):
            return self.visits.tell() if flow.draft is None or self.visits.all() else self._not_sent()
        if flow.draft is None and not understood.does("status") and (named := self.reading.only_named()):
            return self.visits.which([named], cancels=understood.does("cancel"))
        if flow.draft is None and understood.does("mine") and not self.reading.when() and not found.get("people"):
            visits = self.visits.meant()
            asks_only = bool(understood.questions) and not self.reading.changes()
            if visits and not asks_only and not understood.does("status"):
                return self.visits.what_to_change(visits) if not self.reading.changes() else self._moves(visits, {})
        return None

    def _changes_it(self, found: Mapping[str, Any]) -> Outcome | None:
        """Another day, hour or number for a visit that there is, or for the one that is talked about."""
        understood, flow = self.understood, self.flow
        if understood.does("another") and not consent.agrees(self.turn):
            return self._beside(found)
        if not (flow.draft and flow.draft.moves_id) and (visit := self.reading.instead_of()):
            wished = {name: value for name in WHEN if (value := getattr(flow.wish, name))}
            return self.visits.move(visit, wished | dict(found))  # “Friday, instead of my Thursday”
        if flow.draft is None and (self.reading.changes() or self.reading.is_of_what_is_booked()):
            visits = self.visits.meant()
            if len(visits) == 1 and found and self.reading.is_of(visits[0]) and not self.reading.changes():
                return self.visits.which(visits)  # “tomorrow at 6, that stands, right?” changes nothing
            return self._moves(visits, found)
        if self.reading.changes() and not found and not consent.agrees(self.turn):
            return flow.questions.what_to_change(flow.draft, flow.service())
        is_change = understood.has("correct") or found.keys() <= {"people", "duration_minutes", *WHEN}
        if flow.draft is None and found and is_change and not understood.has("book"):
            visit = self.visits.just_asked_for()
            if visit is not None and not found.get("last_day") and not found.get("days"):
                return self.visits.move(visit, found)
        return None

    def _beside(self, found: Mapping[str, Any]) -> Outcome | None:
        """Another visit beside the one there is; what was taken for a move of that is let go."""
        flow = self.flow
        if flow.draft is None or not flow.draft.moves_id:
            return None
        wished = {name: value for name in WHEN if (value := getattr(flow.wish, name))}
        self.turn.decide("another visit, no move of the one there is")
        flow.forget()
        return flow.take_in(wished | dict(found))

    def _moves(self, visits: list[Reservation], found: Mapping[str, Any]) -> Outcome:
        if not visits and self.reading.when():  # booked elsewhere, or a first wish with “rather” in it
            came = self.flow.take_in(found)
            return Outcome(came.facts, (self._say(_("I see no coming visit of yours.")), *came.says))
        return self.visits.move(visits[0], found) if len(visits) == 1 else self.visits.which(visits)

    def _not_sent(self) -> Outcome:
        """They ask for a visit of which nothing is sent yet: that, and the question that is open."""
        came = self.flow.go_on()
        return Outcome(came.facts, (self._say(_("Nothing of this is sent yet.")), *came.says))

    def _cancel(self, found: Mapping[str, Any]) -> Outcome:
        """What is open goes, unless it was the visit that was named; a visit that stands is not touched unasked."""
        visits = self.visits.meant(found.get("day"))
        draft = self.flow.draft
        days = {visit.period.lower.astimezone(self.flow.zone).date() for visit in visits}
        understood = self.understood
        names_visit = understood.does("mine") or understood.has("my_booking") or found.get("day") in days
        if draft is None:
            return self.visits.which(visits, cancels=found.get("day") in (None, *days))
        if draft.moves is not None and draft.moves.status in Reservation.LIVE:
            self.turn.decide("cancelled while it was being moved: the move is dropped, the visit is asked about")
            moved = [visit for visit in visits if visit.pk == draft.moves_id] or visits
            self.flow.forget()
            return self.visits.which(moved, cancels=True)
        if visits and (names_visit or not self.flow.wish.is_exact):
            self.flow.forget()
            return self.visits.which(visits, cancels=True)
        in_many_words = len(self.turn.text.split()) > FEW_WORDS and understood.answer != consent.NO
        if in_many_words or not understood.does("cancel", surely=True):
            self.turn.decide("may mean to cancel what is open, but does not plainly say so: asked")
            return self.flow.questions.shall_it_go(draft)
        came = self.flow.let_go()
        if not visits:
            return came
        lines = ", ".join(wording.visit_line(visit, self.turn.language) for visit in visits)
        stays = self._say(
            _("This one is let go, nothing of it was sent. What you have stays: %(visits)s.") % {"visits": lines},
            section=Section.OUTCOME,
        )
        return Outcome(came.facts, (stays,))

    def _answers_question(self, found: Mapping[str, Any]) -> Outcome | None:
        """Yes, no, later: to the summary, to times, to what is not a question of yes and no."""
        understood, flow, question = self.understood, self.flow, self.question
        if question is None:
            return None
        if self.reading.puts_off() and not self.reading.when():
            return self._takes_time()  # also where “I will ask my friend” sounds like two people
        if self.reading.keeps_what_stands():
            self.turn.decide("what there is shall stay: the move is dropped")
            flow.forget()
            return self.visits.keep()
        if self.reading.differs():
            return None
        if "confirm" in self.asked and flow.draft is not None:
            return self._at_summary(question, found)
        if understood.answer not in (consent.FIRM, consent.NO):
            return None
        if {"date", "time"} & set(self.asked):
            return self._at_times(question)
        if understood.answer == consent.NO and "people" not in self.asked:
            return None
        if question.yes and understood.answer == consent.FIRM:
            return self.buttons.pressed(question.yes) if question.yes.startswith("booking:") else None
        return Outcome(says=_only(flow.ask_again(question)))

    def _at_summary(self, question: OpenQuestion, found: Mapping[str, Any]) -> Outcome | None:
        """What was said to the summary, and changes nothing of it."""
        flow = self.flow
        if consent.agrees(self.turn):
            return self.buttons.pressed(question.yes)
        if found:
            return flow.go_on()  # “no, Thursday I said”: and Thursday it is
        if self._gives_up():
            return flow.let_go()
        if self.understood.does("thank") and self.understood.does("accept") and not self.understood.does("ask"):
            return Outcome(says=_only(flow.ask_again(question)))  # “ok, thanks”: for what was said, or a yes?
        if self.understood.answer == consent.NO:
            return flow.questions.what_to_change(flow.draft, flow.service())
        return None

    def _at_times(self, question: OpenQuestion) -> Outcome:
        """A yes or a no where a day or an hour was asked for."""
        flow = self.flow
        if flow.is_as_booked():
            flow.forget()  # “nothing”, to what shall be different of a visit there is
            return self.visits.keep()
        if self._gives_up():
            return flow.let_go()
        if self.understood.answer == consent.NO:
            return flow.questions.which_day()
        if question.yes:
            return self.buttons.pressed(question.yes)
        offer = self.turn.dialogue.offer
        shows_times = offer is not None and offer.seq == question.seq
        if flow.draft is not None and flow.wish.is_exact and not shows_times:
            return flow.go_on()  # a yes to “what shall I change?”: nothing, it seems
        return flow.which_time() if flow.shown else Outcome(says=_only(flow.ask_again(question)))

    def _gives_up(self) -> bool:
        """Return whether the no is to the visit as such: “no thanks” to a summary, “rezygnuję” to times as well."""
        understood = self.understood
        gives_up = understood.has("cancel", 0.5) or understood.does("cancel")
        in_few_words = len(self.turn.text.split()) <= FEW_WORDS
        thanks = "confirm" in self.asked and understood.does("thank") and in_few_words
        refuses = understood.answer == consent.NO and not understood.does("repeat")
        return refuses and (gives_up or thanks) and self.flow.draft is not None

    def _takes_time(self) -> Outcome:
        """They want to think or to ask somebody: nothing is sent, and the question stands."""
        self.turn.decide("put off: nothing is done, the question stands")
        question = self.question
        assert question is not None
        text = _("All right, take your time: nothing is sent yet. When you know, just write.")
        if self.flow.draft is None and self.visits.all():
            text = _("All right, take your time: nothing changes until you say so.")
        part = self._ask(text, asks=question.asks, buttons=question.buttons, yes=question.yes, no=question.no)
        return Outcome(says=(part,))

    def _tells(self, found: Mapping[str, Any]) -> Outcome | None:
        """What is wished, and what is only mentioned."""
        understood, flow = self.understood, self.flow
        about_this = flow.draft is not None or understood.has("book") or self.reading.when()
        if about_this and understood.unclear and (came := self._unclear(found)):
            return came
        if understood.problems and about_this and (came := flow.questions.problem(understood.problems[0])):
            return came
        if not found and any(understood.does(act) for act in ("human", "complain", "urgent", *ASKS_OF_CANCELLING)):
            return None
        if flow.draft is None and understood.does("mine") and not self.reading.when() and self.visits.all():
            return None  # something of the visit there is: no other one is offered
        asks_only = not found and (understood.does("ask") or "?" in self.turn.text)
        asked_more = 0.75 if asks_only else WISHES if understood.does("request") else 0.5
        wants = understood.has("book", WISHES if self._asks_of_nothing() else asked_more) or (
            flow.draft is not None and self.reading.differs()
        )
        if not wants and found:
            wants = self.reading.answers() or self.reading.is_wish()
        if not wants:
            if found:
                flow.remember(found)
            return None
        if self.reading.only_asks_hours():
            return None
        if (same := self.reading.asked_for_already()) is not None:
            people = self.reading.wished_people()
            return self.visits.move(same, {"people": people}) if people != same.people else self.visits.which([same])
        return flow.take_in(found)

    def _asks_of_nothing(self) -> bool:
        """Return whether it is asked how a visit stands, where there is none and none is wished for."""
        return self.understood.does("status") and self.flow.draft is None and not self.visits.all()

    def _unclear(self, found: Mapping[str, Any]) -> Outcome | None:
        one = self.understood.unclear[0]
        if one.field not in ("date", "time", "people"):
            return None
        if found:
            self.flow.keep(found)
        self.turn.decide(f"two readings of the {one.field}: asked")
        return self.flow.questions.unclear(one.field, one.values, one.why)


def _only(part: ReplyPart | None) -> tuple[ReplyPart, ...]:
    return (part,) if part else ()
