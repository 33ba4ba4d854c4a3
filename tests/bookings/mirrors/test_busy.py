"""What the owner blocks in their own calendar is not offered; our own visits in it do not block themselves."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.availability import free_times
from bookings.availability.reasons import Why
from bookings.mirrors.google_calendar import busy, sync
from bookings.models import BusyPeriod, GoogleCalendar
from tests.bookings.mirrors.test_calendar import STUDIO, google, settle, soon
from tests.factories import ReservationFactory, ResourceFactory, ServiceFactory

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["google"]


def offered(service, day):
    slots = free_times.free_slots(service, first_day=day, last_day=day, people=1, now=timezone.now())
    return [f"{slot.start.astimezone(service.business.zone):%H:%M}" for slot in slots]


def test_what_is_blocked_in_google_is_not_offered(google):
    service = ServiceFactory(step_minutes=60)
    GoogleCalendar.objects.create(business=service.business, calendar_id=STUDIO)
    start = soon(3, 12)
    assert "12:00" in offered(service, start.date())
    google.block(STUDIO, start.isoformat(), (start + timedelta(hours=2)).isoformat())
    google.block(STUDIO, soon(3, 16).isoformat(), soon(3, 17).isoformat(), transparency="transparent")
    assert busy.read_due() == 1
    assert offered(service, start.date()) == ["10:00", "11:00", "14:00", "15:00", "16:00", "17:00"]
    reason = free_times.why_not(service, start, people=1, now=timezone.now())
    assert reason.why == Why.TIME_OFF
    assert busy.read_due() == 0


def test_own_visits_do_not_close_a_place_with_room_for_more(google):
    wheels = ResourceFactory(capacity=12)
    service = ServiceFactory(business=wheels.business, resources=[wheels], max_people=12)
    service.business.country = ""
    service.business.save()
    GoogleCalendar.objects.create(business=service.business, calendar_id=STUDIO)
    ReservationFactory(service=service, start=soon(3, 12), people=2)
    settle()
    busy.read_due()
    assert "12:00" in offered(service, soon(3).date())


def test_own_visit_of_one_person_keeps_its_place_by_itself_and_no_more(google):
    anna = ResourceFactory()
    service = ServiceFactory(business=anna.business, resources=[anna])
    theirs = GoogleCalendar.objects.create(business=anna.business, resource=anna, calendar_id=STUDIO)
    visit = ReservationFactory(service=service, start=soon(3, 12))
    settle()
    google.block(STUDIO, soon(3, 13).isoformat(), soon(3, 14).isoformat())
    assert busy.read(theirs.pk)
    (period,) = BusyPeriod.objects.values_list("period", flat=True)
    assert (period.lower, period.upper) == (soon(3, 13), soon(3, 14))
    assert google.events(STUDIO)[0]["transparency"] == "opaque"
    assert visit.calendar_event.status == "shown"


@pytest.mark.parametrize("harm", ["503", "dropped", "403-forbidden", "400"])
def test_what_cannot_be_read_stays_as_it_was_and_says_why(google, harm):
    service = ServiceFactory()
    theirs = GoogleCalendar.objects.create(business=service.business, calendar_id=STUDIO)
    google.block(STUDIO, soon(3, 12).isoformat(), soon(3, 14).isoformat())
    assert busy.read(theirs.pk)
    google.harm(harm, times=3)
    assert not busy.read(theirs.pk)
    theirs.refresh_from_db()
    assert theirs.trouble
    assert theirs.lease_until is None
    assert BusyPeriod.objects.count() == 1


def test_calendar_that_is_not_shared_is_never_taken_for_free(google):
    service = ServiceFactory()
    theirs = GoogleCalendar.objects.create(business=service.business, calendar_id="stranger@example.com")
    assert not busy.read(theirs.pk)
    theirs.refresh_from_db()
    assert "stranger@example.com" in theirs.trouble
    assert theirs.busy_read_at is None


def test_change_of_ours_has_the_calendar_read_anew(google):
    service = ServiceFactory()
    GoogleCalendar.objects.create(business=service.business, calendar_id=STUDIO)
    busy.read_due()
    assert busy.read_due() == 0
    sync.mirror(ReservationFactory(service=service, start=soon()).pk)
    assert busy.read_due() == 1
