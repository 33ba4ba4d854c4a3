"""The copies in Google Calendar: follow the visit whatever happens; what was changed by hand is shown, not overwritten."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.mirrors.google_calendar import choices, sync
from bookings.mirrors.google_calendar.claims import due
from bookings.models import CalendarEvent, GoogleCalendar, Reservation
from bookings.reservations import actions as reservation_actions, reschedule
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided
from tests.bookings.availability.times import at
from tests.factories import ReservationFactory, ResourceFactory, ServiceFactory
from tests.standins.google import EMAIL, Google

pytestmark = pytest.mark.django_db(transaction=True)

STAFF = Actor("Maria", "admin")
STUDIO = "studio@example.com"
Status = CalendarEvent.Status


@pytest.fixture
def google(settings):
    with Google() as google:
        google.share(STUDIO)
        settings.GOOGLE_API_URL, settings.GOOGLE_CREDENTIALS_BASE64 = google.url, google.credentials()
        yield google


def soon(days=3, hour=12):
    return (
        (timezone.now() + timedelta(days=days))
        .astimezone(at("2026-01-01 00:00").tzinfo)
        .replace(hour=hour, minute=0, second=0, microsecond=0)
    )


@pytest.fixture
def service():
    service = ServiceFactory(needs_approval=True, free_cancellation_hours=0)
    GoogleCalendar.objects.create(business=service.business, calendar_id=STUDIO)
    return service


def visit(service, **fields) -> Reservation:
    return ReservationFactory(service=service, **{"start": soon(), **fields})


def settle() -> None:
    """All that a sweep would ring for, now: retries do not wait."""
    for _ in range(20):
        CalendarEvent.objects.update(due_at=timezone.now())
        GoogleCalendar.objects.update(try_at=None)
        waiting = due()
        if not waiting:
            return
        for pk in waiting:
            sync.mirror(pk)
    raise AssertionError(f"still due: {list(CalendarEvent.objects.values())}")


def test_confirmed_visit_stands_in_the_calendar_on_the_business_s_clock(google, service):
    row = visit(service, people=3, conversation__contact__name="Anna <b>", note="Birthday")
    settle()
    (event,) = google.events(STUDIO)
    assert event["summary"] == "Anna ‹b›, Wheel workshop, 3 osoby"
    assert event["start"] == {
        "dateTime": row.period.lower.astimezone(soon().tzinfo).isoformat(),
        "timeZone": "Europe/Warsaw",
    }
    assert "Birthday" in event["description"]
    copy = row.calendar_event
    assert (copy.status, copy.mirrored_version, copy.event_id) == (Status.SHOWN, row.version, event["id"])
    assert copy.link.startswith("https://www.google.com/")
    assert due() == []


def test_cancelled_visit_leaves_the_calendar(google, service):
    row = visit(service)
    settle()
    reservation_actions.cancel(row.pk, by=STAFF)
    settle()
    assert google.events(STUDIO) == []
    row.calendar_event.refresh_from_db()
    assert row.calendar_event.status == Status.REMOVED


def test_moved_visit_moves_the_same_event(google, service):
    row = visit(service)
    settle()
    (before,) = google.events(STUDIO)
    google.edit(STUDIO, before["id"], colorId="5")  # the owner's own business
    new = reschedule.move(row.pk, by=STAFF, start=soon(4, 15))
    settle()
    (after,) = google.events(STUDIO)
    assert (after["id"], after["colorId"]) == (before["id"], "5")
    assert after["start"]["dateTime"] == soon(4, 15).isoformat()
    assert new.calendar_event.status == Status.SHOWN


@pytest.mark.parametrize("order", ["old first", "new first"])
def test_event_moves_whichever_ring_comes_first(google, service, order):
    row = visit(service)
    settle()
    new = reschedule.move(row.pk, by=STAFF, start=soon(4, 15))
    for pk in [row.pk, new.pk] if order == "old first" else [new.pk, row.pk]:
        sync.mirror(pk)
    assert [one["start"]["dateTime"] for one in google.events(STUDIO, cancelled=True)] == [soon(4, 15).isoformat()]
    assert due() == []


@pytest.mark.parametrize("harm", ["lost", "dropped", "500", "503", "429", "403-rate", "403-quota", "401"])
@pytest.mark.parametrize("method", ["POST", "PATCH", "DELETE"])
def test_trouble_ends_with_one_event_that_is_right(google, service, harm, method):
    row = visit(service)
    if method == "POST":
        google.harm(harm)
        sync.mirror(row.pk)
    settle()
    if method == "PATCH":
        google.harm(harm, method="PATCH")
        new = reschedule.move(row.pk, by=STAFF, start=soon(4, 15))
        sync.mirror(new.pk)
        settle()
        assert [one["start"]["dateTime"] for one in google.events(STUDIO, cancelled=True)] == [soon(4, 15).isoformat()]
    elif method == "DELETE":
        google.harm(harm, method="DELETE")
        reservation_actions.cancel(row.pk, by=STAFF)
        sync.mirror(row.pk)
        settle()
        assert google.events(STUDIO) == []
    else:
        assert len(google.events(STUDIO, cancelled=True)) == 1
    assert not CalendarEvent.objects.needing_staff().exists()


def test_calendar_that_is_not_shared_pauses_and_says_with_whom_to_share_it(google, service):
    google.share(STUDIO, role="")
    row = visit(service)
    sync.mirror(row.pk)
    theirs = GoogleCalendar.objects.get()
    assert theirs.paused_at and EMAIL in theirs.paused_reason and STUDIO in theirs.paused_reason
    assert due() == []
    google.share(STUDIO)
    settle()
    theirs.refresh_from_db()
    assert (theirs.paused_at, theirs.paused_reason, len(google.events(STUDIO))) == (None, "", 1)


def test_calendar_shared_for_reading_only_pauses(google, service):
    google.share(STUDIO, role="reader")
    sync.mirror(visit(service).pk)
    assert "Make changes to events" in GoogleCalendar.objects.get().paused_reason


def test_event_edited_by_hand_is_not_overwritten(google, service):
    row = visit(service)
    settle()
    (event,) = google.events(STUDIO)
    google.edit(STUDIO, event["id"], summary="Anna, moved to the garden")
    new = reschedule.move(row.pk, by=STAFF, start=soon(4, 15))
    settle()
    assert google.events(STUDIO)[0]["summary"] == "Anna, moved to the garden"
    assert new.calendar_event.status == Status.EDITED
    assert new.calendar_event.found["summary"] == "Anna, moved to the garden"


def test_event_deleted_by_hand_is_not_made_again(google, service):
    row = visit(service)
    settle()
    google.delete(STUDIO, google.events(STUDIO)[0]["id"])
    new = reschedule.move(row.pk, by=STAFF, start=soon(4, 15))
    settle()
    assert google.events(STUDIO) == []
    assert new.calendar_event.status == Status.DELETED
    reservation_actions.cancel(new.pk, by=STAFF)
    settle()
    new.calendar_event.refresh_from_db()
    assert new.calendar_event.status == Status.REMOVED


def test_each_resource_may_have_its_own_calendar(google):
    anna, room = ResourceFactory(name="Anna"), ResourceFactory(name="Room")
    room.business = anna.business
    room.save()
    google.share("anna@example.com")
    GoogleCalendar.objects.create(business=anna.business, calendar_id=STUDIO)
    GoogleCalendar.objects.create(business=anna.business, resource=anna, calendar_id="anna@example.com")
    hers = visit(ServiceFactory(business=anna.business, resources=[anna]))
    theirs = visit(ServiceFactory(business=anna.business, resources=[room]))
    settle()
    assert [one["id"] for one in google.events("anna@example.com")] == [hers.calendar_event.event_id]
    assert [one["id"] for one in google.events(STUDIO)] == [theirs.calendar_event.event_id]


def test_refused_event_is_shown_to_staff_and_tried_again_when_the_visit_changes(google, service):
    row = visit(service)
    google.harm("400")
    sync.mirror(row.pk)
    assert (row.calendar_event.status, due()) == (Status.REFUSED, [])
    new = reschedule.move(row.pk, by=STAFF, start=soon(4, 15))
    settle()
    assert len(google.events(STUDIO)) == 1
    assert new.calendar_event.status == Status.SHOWN


def edited(google, service) -> Reservation:
    row = visit(service)
    settle()
    google.edit(STUDIO, google.events(STUDIO)[0]["id"], summary="By hand")
    new = reschedule.move(row.pk, by=STAFF, start=soon(4, 15))
    settle()
    return new


def test_staff_write_it_as_it_is_here(google, service):
    new = edited(google, service)
    choices.ours_again(new.calendar_event.pk, by=STAFF)
    settle()
    (event,) = google.events(STUDIO)
    assert (event["summary"] != "By hand", event["start"]["dateTime"]) == (True, soon(4, 15).isoformat())
    with pytest.raises(AlreadyDecided):
        choices.keep_theirs(new.calendar_event.pk, by=STAFF)
    decision = Decision.objects.get(subject="calendar_event")
    assert (decision.by_name, decision.verb, decision.from_status) == ("Maria", "ours_again", "edited")


def test_staff_leave_it_as_it_is_in_google_until_the_visit_changes_again(google, service):
    new = edited(google, service)
    choices.keep_theirs(new.calendar_event.pk, by=STAFF)
    settle()
    assert google.events(STUDIO)[0]["summary"] == "By hand"
    reservation_actions.cancel(new.pk, by=STAFF)
    settle()
    assert google.events(STUDIO) == []


def test_deleted_event_is_made_again_when_staff_say_so(google, service):
    row = visit(service)
    settle()
    google.delete(STUDIO, google.events(STUDIO)[0]["id"])
    row = reschedule.move(row.pk, by=STAFF, start=soon(4, 15))
    settle()
    choices.ours_again(row.calendar_event.pk, by=STAFF)
    settle()
    assert [one["start"]["dateTime"] for one in google.events(STUDIO)] == [soon(4, 15).isoformat()]
