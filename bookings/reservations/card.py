"""A reservation as staff read it in Telegram, in e-mails and behind links; in the active language."""

from datetime import datetime

from django.db.models import Count, Q
from django.db.models.functions import Now
from django.utils.translation import get_language, gettext as _, gettext_lazy, pgettext, pgettext_lazy

from bookings.availability.free_times import nearest
from bookings.availability.slots import Slot
from bookings.availability.wording import at_day
from bookings.models import Reservation
from bookings.reservations.commands import others_that_day
from bookings.reservations.notifications import language_of
from bookings.reservations.subjects import BookingSubject
from bookings.reservations.transitions import lock_conversation, starts_at
from bookings.reservations.wording import people_count, service_name
from bots.db import clock
from bots.models import Decision
from bots.staff.cards import QUOTE_LENGTH
from bots.staff.decisions import Choice, choices_for
from bots.staff.presentation import one_line, printable
from bots.staff.subjects import SubjectCard
from conversations import wording

Status = Reservation.Status

ORDER = ["approve", "other_time", "reject", "cancel", "no_show"]
OTHERS = 6  # visits of the same day that a card lists


class ReservationSubject(BookingSubject):
    code = "reservation"
    asks = {"request": gettext_lazy("New request"), "cancellation": gettext_lazy("Wants to cancel late")}
    gone = gettext_lazy("This reservation does not exist any more.")
    undecided = (Status.DRAFT, Status.PENDING)
    words = {
        Status.DRAFT: pgettext_lazy("staff", "Being talked about"),
        Status.HELD: pgettext_lazy("staff", "Held for the customer"),
        Status.PENDING: pgettext_lazy("staff", "Waits for your answer"),
        Status.CONFIRMED: pgettext_lazy("staff", "Confirmed"),
        Status.REJECTED: pgettext_lazy("staff", "Declined"),
        Status.CANCELLED: pgettext_lazy("staff", "Cancelled"),
        Status.EXPIRED: pgettext_lazy("staff", "Not answered in time"),
        Status.MOVED: pgettext_lazy("staff", "Moved to another time"),
        Status.NO_SHOW: pgettext_lazy("staff", "Did not come"),
    }
    refuse_because = {
        "full": (pgettext_lazy("staff", "Everything is taken"), gettext_lazy("everything is taken at that time")),
        "closed": (pgettext_lazy("staff", "We are closed then"), gettext_lazy("we are closed at that time")),
        "away": (pgettext_lazy("staff", "Nobody is there to do it"), gettext_lazy("the person who does this is away")),
    }

    def row(self, subject_id: int) -> Reservation | None:
        related = ("business", "contact", "service", "resource", "conversation", "moves")
        return Reservation.objects.select_related(*related).filter(pk=subject_id).first()

    def lock(self, subject_id: int) -> Reservation:
        """The conversation's row is locked, with which every action begins; a reservation without a conversation stays
        unlocked, and the action's own check decides."""
        lock_conversation(subject_id)
        return Reservation.objects.get(pk=subject_id)

    def slots(self, row: Reservation) -> list[Slot]:
        return times_for(row)

    language_of = staticmethod(language_of)

    def card_of(self, row: Reservation, status: str, now: datetime | None) -> SubjectCard:
        """Three queries with the row's own: how often the customer came, who decided last."""
        now, zone = now or clock.now(), row.business.zone
        until = row.hold_until if status in (Status.PENDING, Status.HELD) else None
        return self.fill(
            row,
            status,
            title=_time_of(row),
            who=one_line(str(row.contact), 60) if row.contact else pgettext("staff", "Unknown"),
            facts=facts_of(row),
            choices=choices_now(row, now),
            quote=printable(row.note, QUOTE_LENGTH),
            deadline=_("Please decide before %(when)s.") % {"when": at_day(until.astimezone(zone))} if until else "",
            is_soon=bool(row.period) and starts_at(row).date() == now.astimezone(zone).date(),
        )

    def kind_for(self, decision: Decision) -> str:
        """A request and a late wish to cancel wait for an answer; what a customer or the clock changes is news."""
        if decision.to_status == Status.PENDING and decision.from_status != Status.PENDING:
            return "request"
        if decision.verb == "ask to cancel":
            return "cancellation"
        was_live = decision.from_status in Reservation.LIVE
        if was_live and decision.source in ("chat", "clock") and decision.verb in ("cancel", "take", "expire"):
            return "news"
        return "news" if decision.to_status == Status.CONFIRMED and decision.source == "chat" else ""


def facts_of(row: Reservation) -> list[tuple[str, str]]:
    """Return label and value, the weightiest first; "" for what is not known."""
    language = get_language() or "en"
    return [
        (_("Service"), service_name(row.service, language) if row.service else ""),
        (_("Place"), row.resource.name if row.resource else ""),
        (_("People"), people_count(row.people) if row.people else ""),
        (_("Price"), wording.money(row.price, row.business.currency, language) if row.price else ""),
        (_("Customer"), _visits(row)),
        (_("Phone"), printable(row.contact.phone) if row.contact else ""),
        (_("Instead of"), _time_of(row.moves, row) if row.moves else ""),
        (_("Also that day"), _others(row, language)),
        (_("Asked for"), at_day(row.created_at.astimezone(row.business.zone))),
    ]


def _others(row: Reservation, language: str) -> str:
    """Return what else is booked then, as far as there is room."""
    others = others_that_day(row, language)
    more = [f"+{len(others) - OTHERS}"] if len(others) > OTHERS else []
    return "; ".join([*others[:OTHERS], *more]) or _("nothing")


def _visits(row: Reservation) -> str:
    """New, or how often they were here and stayed away."""
    if row.contact is None:
        return ""
    past = Q(status=Status.CONFIRMED, period__endswith__lte=Now())
    counts = row.contact.reservations.aggregate(
        came=Count("pk", filter=past), missed=Count("pk", filter=Q(status=Status.NO_SHOW))
    )
    came = _("came %(count)d×") % {"count": counts["came"]} if counts["came"] else _("first visit")
    missed = _("did not come %(count)d×") % {"count": counts["missed"]} if counts["missed"] else ""
    return ", ".join(filter(None, (came, missed)))


def _time_of(row: Reservation, owner: Reservation | None = None) -> str:
    """“Tuesday 24 November, 18:30–20:30”, or what is known of it."""
    zone = (owner or row).business.zone
    if row.period:
        start, end = row.period.lower.astimezone(zone), row.period.upper.astimezone(zone)
        return wording.span_text(start, end)
    day = wording.long_day(row.day) if row.day else ""
    return ", ".join(filter(None, (day, wording.time_text(row.start_time) if row.start_time else ""))) or _(
        "No time yet"
    )


def choices_now(row: Reservation, now: datetime) -> list[Choice]:
    """Return what can be decided about it at this moment, in the order that staff expect."""
    begun = bool(row.period and row.period.lower <= now)
    over = bool(row.period and row.period.upper <= now)
    offered = [
        choice
        for choice in choices_for("reservation", row.status)
        if not (begun and choice.verb in ("approve", "other_time"))
        and not (over and choice.verb == "cancel")
        and (begun or choice.verb != "no_show")
    ]
    return sorted(offered, key=lambda choice: ORDER.index(choice.verb) if choice.verb in ORDER else len(ORDER))


def times_for(row: Reservation) -> list[Slot]:
    """Return the three free times nearest to the one asked for."""
    if row.service is None or row.people is None or row.period is None:
        return []
    start, end = row.period.lower, row.period.upper
    return nearest(
        row.service,
        start,
        people=row.people,
        duration_minutes=int((end - start).total_seconds() // 60),
        now=clock.now(),
        count=3,
        ignore_reservation_id=row.pk,
        but_not=[start],
    )
