"""What managers may ask about visits by a command: today, tomorrow, what waits for them. In the active language."""

from datetime import date, datetime, timedelta
from html import escape

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models import QuerySet
from django.utils.translation import gettext as _, gettext_lazy, ngettext

from bookings.availability.timetable import instant, moment_of
from bookings.models import Reservation
from bookings.reservations.wording import people_count, service_name
from bots.db import clock
from bots.models import Business, Manager
from bots.staff.commands import Command, CommandReply
from bots.staff.presentation import one_line
from conversations import wording

MOST = 40  # visits in one message
CARDS = 10  # requests that are shown at once

Status = Reservation.Status


def visits_on(business: Business, day: date) -> list[Reservation]:
    """Return what keeps a place on that day, by the business's clock, in order."""
    zone = business.zone
    begins, ends = (moment_of(instant(one, 0, zone), zone) for one in (day, day + timedelta(days=1)))
    rows = Reservation.objects.occupying().filter(business=business, period__overlap=DateTimeTZRange(begins, ends))
    return list(rows.select_related("business", "contact", "service", "resource").order_by("period", "pk"))


def line(row: Reservation, language: str = "") -> str:
    """“10:00–12:00 Maria, Wheel workshop, 3 people (waits for an answer)”; plain text."""
    zone = row.business.zone
    start, end = row.period.lower.astimezone(zone), row.period.upper.astimezone(zone)
    parts = [
        one_line(str(row.contact), 40) if row.contact else "",
        service_name(row.service, language) if row.service else "",
        people_count(row.people or 1),
    ]
    waits = _("waits for an answer") if row.status == Status.PENDING else ""
    waits = _("held for the customer") if row.status == Status.HELD else waits
    text = f"{wording.time_text(start)}–{wording.time_text(end)} " + ", ".join(part for part in parts if part)
    return f"{text} ({waits})" if waits else text


def day_text(business: Business, day: date, language: str) -> str:
    """Return the day as its manager reads it, in the little HTML of messages."""
    rows = visits_on(business, day)
    head = f"<b>{escape(wording.long_day(day, language))}</b>"
    if not rows:
        return head + "\n" + _("Nobody is booked.")
    lines = [escape(line(row, language)) for row in rows[:MOST]]
    more = len(rows) - MOST
    if more > 0:
        lines.append(ngettext("and %(count)d more", "and %(count)d more", more) % {"count": more})
    waiting = _waiting(business).count()
    if waiting:
        asks = ngettext(
            "%(count)d request waits for your answer: /pending",
            "%(count)d requests wait for your answer: /pending",
            waiting,
        )
        lines += ["", asks % {"count": waiting}]
    return "\n".join([head, *lines])


def others_that_day(row: Reservation, language: str = "") -> list[str]:
    """Return what else keeps a place on the day of this one, shortest first to read."""
    if not row.period:
        return []
    day = row.period.lower.astimezone(row.business.zone).date()
    return [line(other, language) for other in visits_on(row.business, day) if other.pk != row.pk]


def _waiting(business: Business) -> QuerySet[Reservation]:
    return Reservation.objects.filter(business=business, status=Status.PENDING).order_by("created_at")


def _day(days_ahead: int, manager: Manager) -> CommandReply:
    now: datetime = clock.now().astimezone(manager.business.zone)
    return CommandReply(day_text(manager.business, now.date() + timedelta(days=days_ahead), manager.language))


def _pending(manager: Manager, argument: str) -> CommandReply:
    ids = list(_waiting(manager.business).values_list("pk", flat=True))
    if not ids:
        return CommandReply(_("No request waits for you."))
    text = ngettext("%(count)d request waits for you.", "%(count)d requests wait for you.", len(ids))
    return CommandReply(text % {"count": len(ids)}, tuple(("reservation", pk) for pk in ids[:CARDS]))


COMMANDS = [
    Command("today", gettext_lazy("today’s visits"), lambda manager, argument: _day(0, manager)),
    Command("tomorrow", gettext_lazy("tomorrow’s visits"), lambda manager, argument: _day(1, manager)),
    Command("pending", gettext_lazy("requests that wait for you"), _pending),
]
