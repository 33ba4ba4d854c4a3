"""Whatever is decided, however jobs interleave, die, or find Google in trouble: in the end calendar = reservation."""

import contextlib
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given, settings, strategies as st

from bookings.availability import reasons
from bookings.mirrors.google_calendar import sync
from bookings.mirrors.google_calendar.claims import claim_next, due, note
from bookings.mirrors.google_calendar.errors import CalendarError
from bookings.mirrors.google_calendar.events import is_shown
from bookings.models import CalendarEvent, GoogleCalendar, Reservation
from bookings.reservations import actions as reservation_actions, reschedule
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed
from tests.bookings.mirrors.test_calendar import STUDIO, google, soon
from tests.factories import ReservationFactory, ResourceFactory, ServiceFactory
from tests.standins.google import Google

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True), pytest.mark.timeout(600)]
__all__ = ["google"]

STAFF = Actor("Maria", "admin")
CUSTOMER = Actor.customer()
TROUBLE = ["lost", "dropped", "500", "429", "403-rate", "401"]

VISIT = st.sampled_from([0, 0, 0, 1, 2, 3])
LATER = st.integers(1, 20)  # twenty minutes each
DECIDED = st.one_of(
    st.tuples(st.just("approve"), VISIT),
    st.tuples(st.just("cancel"), VISIT),
    st.tuples(st.sampled_from(["move", "ask to move", "offer"]), VISIT, LATER),
    st.tuples(st.just("take"), VISIT),
)
MOVE = st.tuples(st.just("move"), st.just(0), LATER)
MIRROR = st.tuples(st.just("mirror"), VISIT)
HARM = st.tuples(st.just("harm"), st.sampled_from(TROUBLE))
BEGIN = st.tuples(st.just("begin"), VISIT)  # claims, and goes on later
GO_ON = st.tuples(st.just("go on"), st.integers(0, 2), st.booleans())  # asks Google; writes it down or dies
LEASE = st.just(("lease runs out",))
BITS = st.one_of(
    DECIDED.map(lambda one: [one]),
    MIRROR.map(lambda one: [one]),
    GO_ON.map(lambda one: [one]),
    LEASE.map(lambda one: [one]),
    st.tuples(MIRROR, MOVE, BEGIN, LEASE, MOVE).map(list),  # a job is held up while more is decided
    st.tuples(HARM, MIRROR, MOVE).map(list),
)
STEPS = st.lists(BITS, min_size=2, max_size=8).map(lambda bits: [step for bit in bits for step in bit])


class Interleaving:
    def __init__(self, google: Google) -> None:
        self.google = google
        wheels = ResourceFactory(capacity=50)
        service = ServiceFactory(
            business=wheels.business, resources=[wheels], step_minutes=5, max_people=50, free_cancellation_hours=0
        )
        service.business.country = ""
        service.business.save()
        GoogleCalendar.objects.create(business=service.business, calendar_id=STUDIO)
        ReservationFactory(service=service, start=soon(3, 12), status="confirmed", people=1)
        ReservationFactory(service=service, start=soon(3, 12), status="pending", people=2)
        self.begun: list = []

    def visit(self, number: int) -> Reservation:
        """The newest confirmed visit first: most happens to that."""
        rows = sorted(Reservation.objects.all(), key=lambda row: (row.status != "confirmed", -row.pk))
        return rows[number % len(rows)]

    def do(self, what: str, *arguments: object) -> None:
        with contextlib.suppress(AlreadyDecided, NotAllowed, reasons.NotFree):
            getattr(self, what.replace(" ", "_"))(*arguments)

    def approve(self, number):
        reservation_actions.approve(self.visit(number).pk, by=STAFF)

    def cancel(self, number):
        reservation_actions.cancel(self.visit(number).pk, by=STAFF)

    def move(self, number, hours):
        reschedule.move(self.visit(number).pk, by=STAFF, start=soon(4, 10) + timedelta(minutes=20 * hours))

    def ask_to_move(self, number, hours):
        reschedule.move(self.visit(number).pk, by=CUSTOMER, start=soon(5, 10) + timedelta(minutes=20 * hours))

    def offer(self, number, hours):
        start = soon(6, 10) + timedelta(minutes=20 * hours)
        reschedule.offer_other_time(self.visit(number).pk, by=STAFF, start=start)

    def take(self, number):
        row = self.visit(number)
        reschedule.take(row.pk, by=CUSTOMER, version=row.version, start=row.period.lower)

    def mirror(self, number):
        sync.mirror(self.visit(number).pk)

    def begin(self, number):
        if claim := claim_next(self.visit(number).pk):
            self.begun.append(claim)

    def go_on(self, which, lives):
        """An job that was held up, perhaps for so long that another has taken over."""
        if not self.begun:
            return
        claim = self.begun.pop(which % len(self.begun))
        try:
            outcome = sync._bring(claim)
        except CalendarError as error:
            if lives:
                sync._failed(claim, error)
            return
        if lives:
            note(claim, outcome)

    def lease_runs_out(self):
        CalendarEvent.objects.update(lease_until=timezone.now() - timedelta(seconds=1))

    def harm(self, name):
        self.google.harm(name)

    def end(self):
        """The trouble is over and the sweep goes on; those that were held up arrive last, in any order."""
        self.google._harms.clear()
        for _ in range(6):
            self.sweep()
        while self.begun:
            self.go_on(7, lives=True)
        for _ in range(60):
            CalendarEvent.objects.exclude(sent_at=None).update(sent_at=timezone.now() - timedelta(minutes=3))
            if not self.sweep():
                return
        raise AssertionError("the sweep never ends")

    def sweep(self) -> int:
        self.lease_runs_out()
        CalendarEvent.objects.update(due_at=timezone.now())
        GoogleCalendar.objects.update(try_at=None)
        waiting = due()
        for pk in waiting:
            sync.mirror(pk)
        return len(waiting)

    def check(self):
        shown = {str(row.pk): row.period for row in Reservation.objects.all() if is_shown(row)}
        there = {one["extendedProperties"]["private"]["reservation"]: one for one in self.google.events(STUDIO)}
        assert len(there) == len(self.google.events(STUDIO)), "one event a visit"
        assert there.keys() == shown.keys()
        for pk, period in shown.items():
            assert there[pk]["start"]["dateTime"] == period.lower.astimezone(soon().tzinfo).isoformat()
        assert not CalendarEvent.objects.needing_staff().exists()


@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
@given(steps=STEPS)
def test_any_interleaving_ends_with_the_calendar_as_the_reservations(google, steps):
    for table in ("bookings_calendarevent", "bookings_reservation", "bookings_googlecalendar", "conversations_message"):
        with connection.cursor() as cursor:
            cursor.execute(f"TRUNCATE {table} CASCADE")
    google.calendars[STUDIO].events.clear()
    google._harms.clear()
    story = Interleaving(google)
    for step in steps:
        story.do(*step)
    story.end()
    story.check()


HELD_UP = [
    [("mirror", 0), ("move", 0, 3), ("begin", 0), ("lease runs out",), ("move", 0, 9)],
    [("mirror", 0), ("move", 0, 3), ("begin", 0), ("lease runs out",), ("move", 0, 3)],  # there and there again
    [("begin", 0), ("lease runs out",), ("move", 0, 3)],
    [("begin", 0), ("lease runs out",), ("cancel", 0)],
    [("mirror", 0), ("cancel", 0), ("begin", 1), ("begin", 2), ("lease runs out",)],
    [("harm", "lost"), ("mirror", 0), ("move", 0, 3)],
    [("mirror", 0), ("harm", "lost"), ("move", 0, 3), ("mirror", 0), ("move", 0, 9), ("mirror", 0)],
    [("harm", "lost"), ("mirror", 0), ("move", 0, 3), ("harm", "lost"), ("mirror", 0), ("cancel", 0)],
]


@pytest.mark.parametrize("steps", HELD_UP)
def test_errand_that_was_held_up_harms_nothing(google, steps):
    story = Interleaving(google)
    for step in steps:
        story.do(*step)
    story.end()
    story.check()
