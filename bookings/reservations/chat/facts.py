"""What the rows know of a visit, told when it is asked: how it stands, when it ends, what it costs in all."""

from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from bookings.availability.wording import capital
from bookings.models import Reservation
from bookings.reservations import wording
from bookings.reservations.chat.flow import VisitFlow
from bookings.reservations.chat.knowing import services_of
from bookings.reservations.chat.past import own_visits
from bookings.reservations.chat.visits import OwnVisits
from bots.channels.base import Button
from conversations.chat.everyday import person_button
from conversations.chat.skills import ReplyPart, Speaking, TurnContext
from conversations.wording import day_and_time, money, people_promise, time_text

ASKS_ONLY = ("ask_price", "ask_hours", "ask_address")  # the answer is all that is wanted for now
MAY_COME = 0.4  # of the wish for a visit, where it is only asked how
ASKED = ("status", "ask_total", "ask_end", "ask_duration")  # acts that are answered here


class VisitFacts(Speaking):
    """Of the visit that is talked about, else of the one there is."""

    def __init__(self, turn: TurnContext, flow: VisitFlow, visits: OwnVisits) -> None:
        self.turn, self.flow, self.visits = turn, flow, visits

    def answers(self) -> list[ReplyPart]:
        """Return a sentence for each thing that is asked and known."""
        understood = self.turn.understood
        asked = [act for act in ASKED if understood.does(act) and not (act == "status" and self._only_says())]
        if understood.does("ask_cancelling") and not waits_for_deposit(self.turn):
            asked.append("ask_cancelling")
        if not asked or self.turn.choice:
            return []
        said = []
        if "status" in asked:
            said += self._status()
        span = self._span()
        if span is not None:
            start, end, _price, _people = span
            if "ask_end" in asked:
                said.append(_("It is from %(start)s to %(end)s.") % {"start": time_text(start), "end": time_text(end)})
            if "ask_duration" in asked and "ask_end" not in asked:
                minutes = int((end - start).total_seconds() // 60)
                said.append(
                    _("It takes %(minutes)d minutes, until %(end)s.") % {"minutes": minutes, "end": time_text(end)}
                )
        if "ask_cancelling" in asked:
            said.append(cancelling_policy(self.turn))
        if "ask_total" in asked and (total := self._total(span)):
            said.append(total)
        if said:
            self.turn.decide("asked about the visit itself: answered from its row")
        buttons = self._change() if {"status", "ask_cancelling"} & {*asked} else ()
        return [self._say(" ".join(capital(one) for one in said), buttons=buttons)] if said else []

    def _change(self) -> tuple[Button, ...]:
        """Return the way on from how the only visit stands: whoever asks may want it otherwise."""
        visits = self.visits.all()
        if self.flow.draft is not None or len(visits) != 1:
            return ()
        return (Button(_("Change or cancel"), f"booking:visit:{visits[0].pk}"),)

    def _only_says(self) -> bool:
        """ "We are booked already, but there will be three of us" asks nothing."""
        understood = self.turn.understood
        told = understood.people or understood.people_shift or understood.date or understood.time
        changes = understood.has("change") or understood.does("change") or understood.does("cancel")
        return changes or (bool(told) and "?" not in self.turn.text)

    def _span(self) -> tuple[datetime, datetime, int, int] | None:
        """(start, end, price in minor units, people) of what is talked about."""
        wish, draft, zone = self.flow.wish, self.flow.draft, self.flow.zone
        service = self.flow.service()
        if draft is not None and wish.is_exact and service is not None:
            start = wish.start(zone)
            minutes = wish.duration_minutes or service.duration_minutes
            people = wish.people or 1
            return start, start + timedelta(minutes=minutes), service.price_for(people, minutes), people
        visits = self.visits.all()
        if not visits:
            return None
        visit = visits[0]
        start, end = (moment.astimezone(zone) for moment in (visit.period.lower, visit.period.upper))
        return start, end, visit.price, visit.people or 1

    def _total(self, span: tuple[datetime, datetime, int, int] | None) -> str:
        """Return what it costs in all, also while only people and service are known."""
        service, wish = self.flow.service(), self.flow.wish
        price, people = (span[2], span[3]) if span else (0, 0)
        if span is None and service is not None and wish.people:
            price, people = service.price_for(wish.people, wish.duration_minutes), wish.people
        if not price:
            return ""
        cost = money(price, self.turn.business.currency, self.turn.language)
        return _("%(people)s: %(price)s in all.") % {"people": wording.people_count(people), "price": cost}

    def _status(self) -> list[str]:
        said = []
        if self.flow.draft is not None:
            said.append(_("Nothing of this is sent yet."))
        said += [self.standing(visit) for visit in self.visits.all()[:3]]
        return said

    def nothing(self) -> ReplyPart:
        """Return what to say to “is it booked?” where there is nothing, and what may be done about it."""
        text = _("You have no visit here yet, and nothing has been sent.")
        return self._ask(text, asks=(), buttons=(self.visits.opening, person_button()))

    def way_in(self) -> list[ReplyPart]:
        """ "How does one sign up?", "do you have wheel classes?": what is known of it, and a time is one word away."""
        understood, opening = self.turn.understood, self.visits.opening
        of_service = understood.service is not None and not any(map(understood.has, ASKS_ONLY))
        of_coming = understood.has("book", MAY_COME) or of_service
        wishes = self.turn.first_contact and of_coming and understood.does("ask")
        if not wishes or self.turn.question or self.flow.draft is not None or self.visits.all():
            return []
        return [self._ask(_("Shall I look for a time?"), asks=(), buttons=(opening,), yes=opening.payload)]

    def standing(self, visit: Reservation) -> str:
        """Return how a visit stands, in one sentence."""
        line = wording.visit_line(visit, self.turn.language)
        if visit.status == Reservation.Status.CONFIRMED:
            return _("%(visit)s: that is confirmed.") % {"visit": line}
        if visit.status == Reservation.Status.HELD and visit.hold_until:
            until = day_and_time(visit.hold_until.astimezone(self.flow.zone))
            return _("%(visit)s: that is kept for you until %(until)s, and not confirmed yet.") % {
                "visit": line, "until": until,
            }  # fmt: skip
        promise = people_promise(self.turn.business, self.turn.now)
        return _("%(visit)s: you have asked for that, it is not confirmed yet. The team will answer %(when)s.") % {
            "visit": line, "when": promise,
        }  # fmt: skip


def waits_for_deposit(turn: TurnContext) -> bool:
    """Return whether a visit waits for a deposit: what becomes of that, staff's own words tell better than a row."""
    return any(visit.status == Reservation.Status.HELD for visit in own_visits(turn))


def cancelling_policy(turn: TurnContext) -> str:
    """Return until when one may cancel alone, by the settings of what is booked or usually booked."""
    visits = own_visits(turn)
    service = visits[0].service if visits else services_of(turn.business.pk).first()
    hours = service.free_cancellation_hours if service else 0
    if not hours:
        return _("You can cancel or move a visit yourself, here in the chat.")
    text = _("Until %(hours)d h before a visit you can cancel or move it yourself, here. After that the team decides.")
    return text % {"hours": hours}
