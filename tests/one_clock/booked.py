"""What is booked, reminded of and copied to a calendar."""

from datetime import datetime, timedelta
from typing import Any

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.db.models.functions import Now
from django.utils import timezone

from bookings.leads import booking, reminders as lead_reminders
from bookings.mirrors.google_calendar import claims
from bookings.models import BookingLink, CalendarEvent, GoogleCalendar, LeadReminderRule, Reminder, Reservation
from bookings.reservations import actions as reservation_actions, holds
from bookings.reservations.reminders import queue as reminder_queue
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed
from bots.tokens import hash_token
from tests.factories import LeadFactory, ReservationFactory, ServiceFactory
from tests.one_clock import Ask, situation

OWNER = Actor("Ewa", "admin")


def pending(**fields: Any) -> Reservation:
    service = ServiceFactory()
    start = (timezone.now() + timedelta(days=3)).replace(minute=0, second=0, microsecond=0)
    row = ReservationFactory(service=service, start=start, status=Reservation.Status.PENDING)
    Reservation.objects.filter(pk=row.pk).update(**fields)
    return row


@situation
def a_hold_ends(moment: datetime) -> Ask:
    pending(hold_until=moment)
    return lambda: holds.expire_holds() == 1


@situation
def a_request_can_be_approved_no_more(moment: datetime) -> Ask:
    row = pending(hold_until=moment)

    def is_refused() -> bool:
        try:
            return reservation_actions.approve(row.pk, by=OWNER) is None
        except NotAllowed:
            return True

    return is_refused


@situation
def a_visit_has_begun(moment: datetime) -> Ask:
    row = pending()
    period = DateTimeTZRange(moment, moment + timedelta(hours=1))
    Reservation.objects.filter(pk=row.pk).update(period=period, block=period, status="confirmed")

    def did_not_come() -> bool:
        try:
            return reservation_actions.no_show(row.pk, by=OWNER) is not None
        except NotAllowed:
            return False

    return did_not_come


@situation
def a_reminder_is_due(moment: datetime) -> Ask:
    row = pending(status=Reservation.Status.CONFIRMED)
    now = timezone.now()
    row.business.timezone = f"Etc/GMT{now.hour - 12:+d}"  # where it is about noon: nobody is reminded at night
    row.business.save()
    Reminder.objects.create(
        reservation=row, reservation_version=row.version, local_day=now.date(), local_time=now.time(),
        zone=row.business.timezone, fire_at=moment, expires_at=Now() + timedelta(hours=20),
    )  # fmt: skip
    return lambda: reminder_queue.queue_due() == 1


@situation
def a_reminder_of_an_enquiry_is_due(moment: datetime) -> Ask:
    lead = LeadFactory()
    lead.business.timezone = f"Etc/GMT{timezone.now().hour - 12:+d}"
    lead.business.save()
    LeadReminderRule.objects.create(bot=lead.bot, step=LeadReminderRule.Step.UNFINISHED, hours_after=24)
    type(lead).objects.filter(pk=lead.pk).update(touched_at=moment - timedelta(hours=24))
    return lambda: lead_reminders.queue_due() == 1


@situation
def a_booking_link_is_over(moment: datetime) -> Ask:
    token = "y" * 43
    BookingLink.objects.create(lead=LeadFactory(), token_hash=hash_token(token), expires_at=moment)
    return lambda: bool(booking.find_link(token).is_over)  # type: ignore[union-attr]


def copy(**fields: Any) -> CalendarEvent:
    """The copy of a visit in Google Calendar, behind its visit."""
    visit = pending(status=Reservation.Status.CONFIRMED)
    calendar = GoogleCalendar.objects.create(business=visit.business, calendar_id="studio@example.com")
    return CalendarEvent.objects.create(reservation=visit, calendar=calendar, event_id="visit1v", **fields)


@situation
def a_calendars_copy_is_tried_again(moment: datetime) -> Ask:
    row = copy(due_at=moment)
    return lambda: claims.due() == [row.reservation_id] and claims.claim_next(row.reservation_id) is not None


@situation
def a_copys_lease_is_over(moment: datetime) -> Ask:
    row = copy(lease_until=moment)
    return lambda: claims.due() == [row.reservation_id] and claims.claim_next(row.reservation_id) is not None


@situation
def a_calendar_is_open_again(moment: datetime) -> Ask:
    row = copy()
    GoogleCalendar.objects.update(try_at=moment)
    return lambda: claims.due() == [row.reservation_id] and claims.claim_next(row.reservation_id) is not None
