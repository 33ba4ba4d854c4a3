"""What the booking skill says about services, times and visits, and the buttons beneath it."""

from datetime import UTC, date, datetime, timedelta

from django.utils.translation import gettext as _, ngettext

from bookings.models import Reservation, Service
from bots.channels.base import Button
from conversations import wording
from conversations.dialogue.consent import fingerprint

REASON_LENGTH = 300  # characters of a reason that staff gave


def as_sentence(reason: str) -> str:
    """Clip staff's reason (not empty) and end it as a sentence, for the customer."""
    words = " ".join(reason.split())
    short = words if len(words) <= REASON_LENGTH else words[: REASON_LENGTH - 1] + "…"
    return short if short[-1] in ".!?…" else short + "."


def service_name(service: Service, language: str) -> str:
    """As customers of that language call it; the business's own name where there is no other."""
    return next((row.name for row in service.names.all() if row.language == language), service.name)


def people_count(people: int) -> str:
    return ngettext("%(count)d person", "%(count)d people", people) % {"count": people}


def _line(start: datetime, end: datetime, people: int, service: Service | None, language: str) -> str:
    text = wording.span_text(start, end, language)
    if people > 1 or (service is not None and service.asks_people):
        text += f", {people_count(people)}"
    return text


def visit_line(visit: Reservation, language: str) -> str:
    """“Tuesday 24 November, 18:30–20:30, 3 people”; the people only where it is asked how many."""
    zone = visit.business.zone
    start, end = visit.period.lower.astimezone(zone), visit.period.upper.astimezone(zone)
    return _line(start, end, visit.people or 1, visit.service, language)


def summary(draft: Reservation, start: datetime, language: str) -> str:
    """Return what was understood, said back before it is sent: service, day, hours, people, price.

    `start` on the business's clock.
    """
    service = draft.service
    assert service is not None
    people = draft.people or 1
    minutes = service.duration_minutes if draft.duration_minutes is None else draft.duration_minutes
    end = (start.astimezone(UTC) + timedelta(minutes=minutes)).astimezone(start.tzinfo)
    text = f"{service_name(service, language)}: {_line(start, end, people, service, language)}"
    price = service.price_for(people, minutes)
    if price:
        text += ", " + _("%(price)s in all") % {"price": wording.money(price, draft.business.currency, language)}
    return f"{text}."


def button_day(day: date, today: date) -> str:
    """“Fri 18/12”, with the year where it is not this one's."""
    return wording.short_day(day) if day.year == today.year else f"{wording.short_day(day)} {day.year}"


def mark(draft: Reservation) -> str:
    """Return a short mark of exactly this visit, as it was summed up."""
    return fingerprint(
        draft.service_id, draft.day, draft.start_time, draft.people, draft.duration_minutes, draft.moves_id
    )


def confirm_buttons(draft: Reservation) -> tuple[Button, ...]:
    """Return the buttons of a summary; the yes carries exactly what is summed up, so that an old one agrees to nothing
    else.
    """
    asks = draft.service is None or draft.service.needs_approval
    does = _("Yes, move it") if draft.moves_id else _("Yes, book it")
    return (
        Button(_("Yes, send it") if asks else does, f"booking:yes:{draft.pk}:{mark(draft)}"),
        Button(_("Change"), f"booking:change:{draft.pk}"),
        Button(_("Cancel"), f"booking:drop:{draft.pk}"),
    )


def visit_buttons(visit: Reservation) -> tuple[Button, ...]:
    return (
        Button(_("Cancel it"), f"booking:cancel:{visit.pk}"),
        Button(_("Move it"), f"booking:move:{visit.pk}"),
        Button(_("Keep it"), f"booking:keep:{visit.pk}"),
    )


def status_sentence(visit: Reservation) -> str:
    """Return what an old button is answered with."""
    if visit.status in (Reservation.Status.PENDING, Reservation.Status.HELD):
        return _("This one has been sent already and waits for the team's answer.")
    if visit.status == Reservation.Status.CONFIRMED:
        return _("This one is confirmed already.")
    return _("This one is not open any more.")
