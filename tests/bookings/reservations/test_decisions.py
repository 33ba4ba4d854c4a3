"""What staff may decide is one list, and the clock's jobs call the actions."""

from datetime import timedelta

import pytest
from django.utils import timezone

from bookings.models import Reminder, Reservation
from bots.registry import brought
from bots.staff import decisions
from bots.staff.actors import Actor
from config.celery import app
from tests.bookings.availability.times import at
from tests.factories import ReservationFactory, ServiceFactory

pytestmark = pytest.mark.django_db
STAFF = Actor("Maria", "admin")


def choices(status: str) -> dict:
    return {choice.verb: choice for choice in decisions.choices_for("reservation", status)}


OFFERED = {
    "draft": [],
    "held": ["cancel"],
    "pending": ["approve", "other_time", "reject"],
    "confirmed": ["other_time", "cancel", "no_show"],
    "rejected": [],
    "moved": [],
}


@pytest.mark.parametrize(("status", "expected"), OFFERED.items())
def test_choices_follow_the_status(status, expected):
    assert list(choices(status)) == expected


def pending(**fields) -> Reservation:
    start = (timezone.now() + timedelta(days=3)).astimezone(at("2026-11-24 12:00").tzinfo).replace(hour=12, minute=0)
    start = start.replace(second=0, microsecond=0)
    service = ServiceFactory()
    return ReservationFactory(service=service, start=start, status="pending", **fields)


ANSWERS = [("approve", {}, "confirmed"), ("reject", {"reason": "full"}, "rejected")]


@pytest.mark.parametrize(("verb", "answers", "status"), ANSWERS)
def test_each_choice_runs_its_verb(verb, answers, status):
    visit = pending()
    choice = choices("pending")[verb]
    assert set(answers) == set(choice.asks)
    choice.run(visit.pk, by=STAFF, **answers)
    visit.refresh_from_db()
    assert visit.status == status


def test_other_time_holds_it_for_the_customer():
    visit = pending()
    new = choices("pending")["other_time"].run(visit.pk, by=STAFF, time=visit.period.lower + timedelta(hours=2))
    assert (new.status, new.moves_id) == ("held", visit.pk)


def test_doorbells_are_on_the_schedule_and_ring_their_verbs():
    app.loader.import_default_modules()
    assert {"sweeps.holds", "sweeps.reminders", "sweeps.replan_reminders"} <= {job.task for job in brought("jobs")}
    assert {"sweeps.holds", "sweeps.reminders", "sweeps.replan_reminders"} <= set(app.tasks)
    visit = pending(hold_until=timezone.now() - timedelta(minutes=1))
    app.tasks["sweeps.holds"]()
    visit.refresh_from_db()
    assert visit.status == "expired"
    app.tasks["sweeps.reminders"]()
    app.tasks["sweeps.replan_reminders"]()
    assert not Reminder.objects.exists()
