"""What a visit looks like in a calendar, and whether what stands there is still what we wrote. No network."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils import translation

from bookings.models import CalendarEvent, GoogleCalendar, Reservation
from bookings.reservations import wording as reservation_wording
from conversations.wording import money

Event = dict[str, Any]  # as Google's API writes it
Facts = dict[str, str]  # the four fields that are ours, in one spelling: times in UTC

SHOWN = (Reservation.Status.CONFIRMED, Reservation.Status.NO_SHOW)
MARK = "frontdesk"  # the private property by which we know our own events
SUMMARY_LENGTH, DESCRIPTION_LENGTH = 250, 4000


def is_shown(reservation: Reservation) -> bool:
    """Return whether the visit belongs into the calendar: once it is sure, and not any more when it is called off."""
    return reservation.status in SHOWN


def event_of(row: CalendarEvent, reservation: Reservation) -> Event:
    """The event that shall stand there. Times with their offset, so that the hour that comes twice is told apart.

    No attendees: a service account may not invite anybody.
    """
    zone = reservation.business.zone
    start, end = reservation.period.lower.astimezone(zone), reservation.period.upper.astimezone(zone)
    with translation.override(reservation.business.default_language):
        summary, description = _summary(reservation), _description(reservation)
    return {
        "id": row.event_id,
        "status": "confirmed",
        "summary": summary,
        "description": description,
        "start": {"dateTime": start.isoformat(), "timeZone": zone.key},
        "end": {"dateTime": end.isoformat(), "timeZone": zone.key},
        "transparency": "opaque" if is_exclusive(row.calendar) else "transparent",
        "extendedProperties": {"private": {MARK: str(row.pk), "reservation": str(reservation.pk)}},
    }


def is_exclusive(calendar: GoogleCalendar) -> bool:
    """Return whether one visit fills all that the calendar stands for; only then a visit makes it busy."""
    return calendar.resource is not None and calendar.resource.capacity == 1


def _summary(reservation: Reservation) -> str:
    service, contact = reservation.service, reservation.contact
    language = reservation.business.default_language
    parts = [contact.name if contact else "", reservation_wording.service_name(service, language) if service else ""]
    if service is not None and (service.asks_people or (reservation.people or 1) > 1):
        parts.append(reservation_wording.people_count(reservation.people or 1))
    return _plain(", ".join(part for part in parts if part), SUMMARY_LENGTH)


def _description(reservation: Reservation) -> str:
    contact, business = reservation.contact, reservation.business
    lines = [
        contact.phone if contact else "",
        reservation.resource.name if reservation.resource else "",
        money(reservation.price, business.currency, business.default_language) if reservation.price else "",
        reservation.note,
    ]
    return _plain("\n".join(line for line in lines if line), DESCRIPTION_LENGTH)


def _plain(text: str, length: int) -> str:
    """Google shows descriptions as HTML; what a customer calls themselves shall stay text."""
    text = text.replace("<", "‹").replace(">", "›").strip()
    return text if len(text) <= length else text[: length - 1] + "…"


def facts(event: Mapping[str, Any]) -> Facts:
    """What counts of an event as it was sent, or as it came back. Colours, guests, reminders are the owner's own."""
    return {
        "start": _moment(event.get("start")),
        "end": _moment(event.get("end")),
        "summary": str(event.get("summary") or "").strip(),
        "description": str(event.get("description") or "").strip(),
    }


def _moment(value: object) -> str:
    """In UTC; a whole day, which only a person can have made of it, as its date."""
    if not isinstance(value, Mapping):
        return ""
    try:
        moment = datetime.fromisoformat(str(value["dateTime"]))
    except (KeyError, ValueError):
        return str(value.get("date", ""))
    return str(int(moment.timestamp())) if moment.tzinfo else str(value["dateTime"])


def is_ours(event: Mapping[str, Any], row: CalendarEvent) -> bool:
    private = (event.get("extendedProperties") or {}).get("private") or {}
    return bool(private.get(MARK) == str(row.pk))


def is_cancelled(event: Mapping[str, Any]) -> bool:
    return event.get("status") == "cancelled"
