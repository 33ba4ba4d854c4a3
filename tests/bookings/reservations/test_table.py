"""The way of a reservation: every action in every status, and the buttons that staff are offered there."""

from datetime import timedelta

import pytest

from bookings.models import Reservation
from bookings.reservations import actions, drafts, holds, reschedule
from bookings.reservations.transitions import RESERVATION
from bots.staff.actors import Actor
from bots.staff.decisions import choices_for
from tests.bookings.availability.times import NOW, at
from tests.factories import ReservationFactory, ServiceFactory
from tests.transitions import check

pytestmark = pytest.mark.django_db

STAFF = Actor("Maria", "admin")
Status = Reservation.Status
START, OTHER = at("2026-11-26 12:00"), at("2026-11-26 15:00")

ACTIONS = {  # the transitions of which one is taken: what is done
    ("fill",): lambda visit: drafts.fill(visit.pk, note="By the window"),
    ("request",): lambda visit: actions.request(visit.pk, by=STAFF, now=NOW),
    ("approve",): lambda visit: actions.approve(visit.pk, by=STAFF, now=NOW),
    ("reject",): lambda visit: actions.reject(visit.pk, by=STAFF, now=NOW),
    ("cancel",): lambda visit: actions.cancel(visit.pk, by=STAFF, now=NOW),
    ("no_show",): lambda visit: actions.no_show(visit.pk, by=STAFF, now=START + timedelta(minutes=5)),
    ("move",): lambda visit: reschedule.move(visit.pk, by=STAFF, start=OTHER, now=NOW),
    ("offer",): lambda visit: reschedule.offer_other_time(visit.pk, by=STAFF, start=OTHER, now=NOW),
    ("take", "request_instead"): lambda visit: reschedule.take(
        visit.pk, by=STAFF, version=visit.version, start=START, now=NOW
    ),
}


def visit_in(status: str, **fields) -> Reservation:
    return ReservationFactory(service=ServiceFactory(), start=START, status=status, people=1, **fields)


@pytest.mark.parametrize("names", ACTIONS, ids=lambda names: names[0])
@pytest.mark.parametrize("status", Status.values)
def test_only_the_transitions_of_the_table_can_be_taken(names, status):
    check(RESERVATION, visit_in(status), ACTIONS[names], *names)


@pytest.mark.parametrize("status", Status.values)
def test_what_ran_out_expires_where_the_table_says(status):
    visit = visit_in(status, hold_until=NOW - timedelta(minutes=1))
    holds.expire_holds(NOW)
    visit.refresh_from_db()
    assert visit.status == (Status.EXPIRED if status in RESERVATION.start("expire") else status)


@pytest.mark.parametrize("status", Status.values)
def test_no_button_is_offered_where_its_action_is_refused(status):
    names = {"other_time": "offer"}
    for choice in choices_for("reservation", status):
        assert status in RESERVATION.start(names.get(choice.verb, choice.verb))
