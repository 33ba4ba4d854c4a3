"""The request card: a reservation as staff see it, on every page alike."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce, Now, NullIf
from django.urls import reverse

from bookings.models import Reminder, Reservation
from bookings.reservations.admin.buttons import CardButton, Done, button_of, done_of
from bookings.reservations.card import choices_now
from bots.models import Decision
from bots.staff.presentation import clock_time, counted, day_name, one_line, printable, span
from conversations.wording import money

Status = Reservation.Status

PILLS = {
    Status.DRAFT: ("edit_note", "grey"),
    Status.HELD: ("hourglass_top", "yellow"),
    Status.PENDING: ("hourglass_top", "yellow"),
    Status.CONFIRMED: ("event_available", "green"),
    Status.REJECTED: ("block", "grey"),
    Status.CANCELLED: ("event_busy", "grey"),
    Status.EXPIRED: ("timer_off", "grey"),
    Status.MOVED: ("redo", "grey"),
    Status.NO_SHOW: ("person_off", "red"),
}
REMINDERS = {
    Reminder.Status.SCHEDULED: ("schedule", "Reminder scheduled"),
    Reminder.Status.SENT: ("notifications_active", "Reminder sent"),
    Reminder.Status.DROPPED: ("notifications_off", "No reminder needed"),
    Reminder.Status.LATE: ("notifications_off", "Too late for a reminder"),
    Reminder.Answer.COMES: ("how_to_reg", "Says they will come"),
    Reminder.Answer.MOVES: ("redo", "Wants another time"),
    Reminder.Answer.CANCELS: ("event_busy", "Wants to cancel"),
}
DONE_WORDS = {
    "approve": "Confirmed", "reject": "Declined", "cancel": "Cancelled", "expire": "Expired", "no-show": "Did not come",
    "no_show": "Did not come", "move": "Moved", "request": "Asked for", "offer": "Other time offered",
    "ask to cancel": "Asked to cancel", "take": "Offer taken",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class ReservationCard:
    pk: int
    status: str
    status_word: str
    icon: str
    colour: str
    day: str
    when: str
    what: list[str]
    customer: str
    visits: str
    phone: str
    note: str
    missing: str
    instead_of: str
    deadline: str
    age: str
    reminder_icon: str
    reminder: str
    buttons: list[CardButton]
    done: Done | None
    url: str
    chat_url: str
    decide_url: str
    times_url: str


def with_cards(reservations: QuerySet[Reservation]) -> QuerySet[Reservation]:
    """Return the same reservations with all that their cards tell but the decisions, in one query."""
    of_contact = Reservation.objects.filter(contact=OuterRef("contact")).order_by().values("contact")

    def number(condition: Q) -> Coalesce:
        counted_rows = of_contact.filter(condition).annotate(n=Count("pk")).values("n")
        return Coalesce(Subquery(counted_rows, output_field=IntegerField()), Value(0))

    reminders = Reminder.objects.filter(reservation=OuterRef("pk")).order_by("-fire_at")
    reminders = reminders.annotate(word=Coalesce(NullIf("answer", Value("")), "status"))
    related = ("business", "contact", "service", "resource", "conversation", "moves")
    return reservations.select_related(*related).annotate(
        visits=number(Q(status=Status.CONFIRMED, period__endswith__lte=Now())),
        no_shows=number(Q(status=Status.NO_SHOW)),
        reminder=Subquery(reminders.values("word")[:1]),
    )


def cards_of(reservations: Iterable[Any], now: datetime) -> list[ReservationCard]:
    """Cards of reservations that come from `with_cards`. One query, for who decided them."""
    rows = list(reservations)
    latest = {}
    decided = Decision.objects.filter(subject="reservation", subject_id__in=[row.pk for row in rows])
    for decision in decided.order_by("subject_id", "-pk").distinct("subject_id"):
        latest[decision.subject_id] = decision
    return [_card(row, latest.get(row.pk), now) for row in rows]


def _card(row: Any, decision: Decision | None, now: datetime) -> ReservationCard:
    zone = row.business.zone
    icon, colour = PILLS[row.status]
    start = row.period.lower.astimezone(zone) if row.period else None
    reminder_icon, reminder = REMINDERS.get(row.reminder, ("", "")) if row.status == Status.CONFIRMED else ("", "")
    waits = row.status in (Status.PENDING, Status.HELD)
    return ReservationCard(
        pk=row.pk,
        status=row.status,
        status_word=row.get_status_display(),
        icon=icon,
        colour=colour,
        day=day_name(start, now.astimezone(zone)) if start else "No time yet",
        when=when(row, now),
        what=_what(row),
        customer=one_line(str(row.contact), 60) if row.contact else "Unknown",
        visits=_visits(row),
        phone=printable(row.contact.phone) if row.contact else "",
        note=printable(row.note),
        missing=_missing(row) if row.status == Status.DRAFT else "",
        instead_of=f"Instead of {when(row.moves, now, row.business)}" if row.moves and row.moves.period else "",
        deadline=f"decide before {clock_time(row.hold_until, zone, now)}" if waits and row.hold_until else "",
        age=f"asked {span(now - row.created_at)} ago" if waits else "",
        reminder_icon=reminder_icon,
        reminder=reminder,
        buttons=buttons_of(row, now),
        done=done_of(decision, row, now, DONE_WORDS) if decision else None,
        url=reverse("admin:bookings_reservation_change", args=[row.pk]),
        chat_url=(
            reverse("admin:conversations_conversation_change", args=[row.conversation_id])
            if row.conversation_id
            else ""
        ),
        decide_url=reverse("admin:bookings_reservation_decide", args=[row.pk]),
        times_url=reverse("admin:bookings_reservation_times", args=[row.pk]),
    )


def when(row: Reservation, now: datetime, business: Any = None) -> str:
    """“Tuesday 24 November, 17:00–19:00”, or what is known of it so far."""
    zone = (business or row.business).zone
    if row.period:
        start, end = row.period.lower.astimezone(zone), row.period.upper.astimezone(zone)
        year = "" if start.year == now.astimezone(zone).year else f" {start.year}"
        return f"{start:%A} {start.day} {start:%B}{year}, {start:%H:%M}–{end:%H:%M}"
    day = f"{row.day:%A} {row.day.day} {row.day:%B}" if row.day else ""
    clock = f"{row.start_time:%H:%M}" if row.start_time else ""
    return ", ".join(filter(None, (day, clock))) or "No time yet"


def _what(row: Any) -> list[str]:
    parts = [row.service.name if row.service else "", row.resource.name if row.resource else ""]
    if row.people:
        parts.append(counted(row.people, "person", "people"))
    if row.price:
        parts.append(money(row.price, row.business.currency, "en"))
    return [part for part in parts if part]


def _visits(row: Any) -> str:
    """New or a customer who has been here, and whether they stayed away before."""
    if row.contact is None:
        return ""
    missed = f", {counted(row.no_shows, 'no-show')}" if row.no_shows else ""
    return (f"{counted(row.visits, 'visit')} before" if row.visits else "first visit") + missed


def _missing(row: Reservation) -> str:
    known = {"service": row.service_id, "people": row.people, "day": row.day, "time": row.start_time}
    missing = [name for name, value in known.items() if not value]
    return f"Still to ask: {', '.join(missing)}" if missing else "Everything is known; waits for the customer’s yes"


def buttons_of(row: Reservation, now: datetime) -> list[CardButton]:
    """Return what may be decided about it now, in the order in which staff expect it."""
    return [button_of(choice) for choice in choices_now(row, now)]
