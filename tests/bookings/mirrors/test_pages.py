"""Google Calendar on staff's pages, in the preset, and in `check_setup`."""

import pytest
from django.urls import reverse

from bookings.mirrors.google_calendar import setup, sync
from bookings.models import CalendarEvent, GoogleCalendar
from bookings.reservations import reschedule
from bots.setup import OFF, OK, WRONG
from bots.staff.roles import front_desk_group
from tests.bookings.mirrors.test_calendar import STAFF, STUDIO, google, service, settle, soon, visit
from tests.factories import BusinessFactory, UserFactory
from tests.standins.google import EMAIL

pytestmark = pytest.mark.django_db(transaction=True)
__all__ = ["google", "service"]

CALENDARS = reverse("admin:bookings_googlecalendar_changelist")
COPIES = reverse("admin:bookings_calendarevent_changelist")


@pytest.fixture
def maria(client, service):
    user = UserFactory()
    user.groups.add(front_desk_group())
    service.business.staff.add(user)
    client.force_login(user)
    return client


def test_page_says_with_whom_to_share_and_what_is_wrong(google, service, maria):
    google.share(STUDIO, role="")
    sync.mirror(visit(service).pk)
    page = maria.get(reverse("admin:bookings_googlecalendar_change", args=[GoogleCalendar.objects.get().pk]))
    words = page.content.decode()
    assert EMAIL in words
    assert "Google does not let us in" in words


def test_saving_a_calendar_tries_it_again_at_once(google, service, maria):
    theirs = GoogleCalendar.objects.get()
    google.share(STUDIO, role="")
    row = visit(service)
    sync.mirror(row.pk)
    google.share(STUDIO)
    form = {"business": theirs.business_id, "resource": "", "calendar_id": f" {STUDIO} ", "shows_visits": "on"}
    answer = maria.post(
        reverse("admin:bookings_googlecalendar_change", args=[theirs.pk]),
        {**form, "blocks_times": "on", "is_active": "on"},
    )
    assert answer.status_code == 302
    assert sync.mirror(row.pk) == 1
    assert len(google.events(STUDIO)) == 1


def test_calendar_of_another_business_cannot_be_connected(google, service, maria):
    other = BusinessFactory()
    GoogleCalendar.objects.create(business=other, calendar_id="other@example.com")
    theirs = GoogleCalendar.objects.get(business=service.business)
    answer = maria.post(
        reverse("admin:bookings_googlecalendar_change", args=[theirs.pk]),
        {"business": service.business.pk, "resource": "", "calendar_id": "other@example.com", "is_active": "on"},
    )
    assert "connected to another business" in answer.content.decode()
    assert "other@example.com" not in maria.get(CALENDARS).content.decode()


@pytest.mark.parametrize(("action", "left"), [("ours_again", "Customer"), ("keep_theirs", "By hand")])
def test_copy_changed_by_hand_is_listed_and_decided_about(google, service, maria, action, left):
    row = visit(service)
    settle()
    google.edit(STUDIO, google.events(STUDIO)[0]["id"], summary="By hand")
    reschedule.move(row.pk, by=STAFF, start=soon(4, 15))
    settle()
    copy = CalendarEvent.objects.get()
    page = maria.get(COPIES).content.decode()
    assert "By hand" in page
    assert "Changed by hand in Google" in page
    maria.post(COPIES, {"action": action, "_selected_action": [copy.pk]})
    settle()
    assert google.events(STUDIO)[0]["summary"].startswith(left)
    assert "By hand" not in maria.get(COPIES).content.decode()


def test_check_says_whether_each_calendar_works(google, service, settings):
    assert [(one.state, STUDIO in one.words) for one in setup.check(None)] == [(OK, True)]
    google.share(STUDIO, role="")
    (finding,) = setup.check(None)
    assert finding.state == WRONG
    assert EMAIL in finding.words
    settings.GOOGLE_CREDENTIALS_BASE64 = "nonsense"
    assert [one.state for one in setup.check(None)] == [WRONG]
    settings.GOOGLE_CREDENTIALS_BASE64 = ""
    assert [one.state for one in setup.check(None)] == [WRONG]
    GoogleCalendar.objects.all().delete()
    assert [one.state for one in setup.check(None)] == [OFF]


def test_calendars_and_copies_that_need_someone_are_counted_beside_the_page(google, service, maria):
    google.share(STUDIO, role="")
    sync.mirror(visit(service).pk)
    page = maria.get(CALENDARS).content.decode()
    assert "bookings/calendarevent" in page
    from bookings.mirrors.google_calendar.admin import badge

    class Asking:
        user = service.business.staff.get()

    assert badge(Asking()) == "1"
