"""Many at once, with real connections: the place goes to exactly as many as there is room for, and nobody sees a fault.

Each race has its control: the same without the guard, where it does go wrong.
"""

import random
import threading
from collections import Counter
from collections.abc import Callable, Iterable
from datetime import timedelta

import psycopg
import pytest
from django.db import connection, connections, transaction

from bookings.availability import free_times
from bookings.availability.reasons import NotFree
from bookings.models import Reminder, Reservation, Resource
from bookings.reservations import actions as reservation_actions, allocation, holds, reschedule
from bots.db.transactions import atomic_with_retry
from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided
from conversations.models import Message
from tests.bookings.availability.times import NOW, at
from tests.factories import DraftFactory, ResourceFactory, ServiceFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

CUSTOMER = Actor.customer()
MANY = 100
START = at("2026-11-24 17:00")


def at_once(*jobs: Callable[[], object]) -> list[object]:
    """Run all at the same moment, each on a connection of its own; what each returned or raised."""
    results: list[object] = [None] * len(jobs)
    ready = threading.Barrier(len(jobs))

    def run(number: int, job: Callable[[], object]) -> None:
        own = connections.create_connection("default")
        options = {key: value for key, value in own.settings_dict["OPTIONS"].items() if key != "pool"}
        own.settings_dict = own.settings_dict | {"OPTIONS": options}
        connections["default"] = own
        try:
            own.ensure_connection()
            ready.wait(timeout=60)
            results[number] = job()
        except Exception as error:
            results[number] = error
        finally:
            own.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(jobs)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=100)
    return results


def kinds(results: Iterable[object]) -> Counter[str]:
    return Counter(type(result).__name__ for result in results)


def drafts(service, count: int, people: Iterable[int]) -> list[Reservation]:
    sizes = list(people)
    day, clock = START.date(), START.time()
    return [
        DraftFactory(service=service, day=day, start_time=clock, people=sizes[number % len(sizes)])
        for number in range(count)
    ]


def requests(rows: Iterable[Reservation]) -> list[Callable[[], object]]:
    return [lambda pk=row.pk: reservation_actions.request(pk, by=CUSTOMER, now=NOW) for row in rows]


def live_people() -> int:
    return sum(Reservation.objects.occupying().values_list("people", flat=True))


def overlaps() -> int:
    """How many pairs of visits that keep a place overlap at the same resource."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM bookings_reservation a JOIN bookings_reservation b"
            " ON a.resource_id = b.resource_id AND a.id < b.id AND a.block && b.block"
            " WHERE a.status = ANY(%(live)s) AND b.status = ANY(%(live)s)",
            {"live": [str(status) for status in Reservation.LIVE]},
        )
        row = cursor.fetchone()
    return int(row[0])


def test_a_hundred_at_once_for_an_exclusive_place_end_in_one_reservation():
    results = at_once(*requests(drafts(ServiceFactory(), MANY, [1])))
    assert kinds(results) == {"Reservation": 1, "NotFree": MANY - 1}
    assert Reservation.objects.occupying().count() == 1
    assert Reservation.objects.filter(status="draft").count() == MANY - 1
    assert Decision.objects.count() == 1


@pytest.mark.parametrize("seed", range(3))
def test_thirty_at_once_for_times_that_overlap_leave_no_overlap_and_no_needless_refusal(seed):
    """Two hours each, beginning at any half hour from 10 to 16."""
    service = ServiceFactory(duration_minutes=120)
    starts = random.Random(seed).choices([at("2026-11-24 10:00") + timedelta(minutes=30 * n) for n in range(13)], k=30)
    rows = [DraftFactory(service=service, day=start.date(), start_time=start.time()) for start in starts]
    results = at_once(*requests(rows))
    taken = Reservation.objects.occupying()
    assert kinds(results) == {"Reservation": taken.count(), "NotFree": 30 - taken.count()}
    assert overlaps() == 0
    for start in starts:
        assert taken.filter(block__overlap=(start, start + timedelta(minutes=120))).exists()


def test_a_hundred_at_once_for_a_shared_place_fill_it_exactly():
    service = ServiceFactory(max_people=3)
    service.resources.update(capacity=12)
    results = at_once(*requests(drafts(service, MANY, [1])))
    assert kinds(results) == {"Reservation": 12, "NotFree": MANY - 12}
    assert live_people() == 12


def test_groups_at_once_never_go_over_the_capacity_and_leave_no_room_that_fits():
    service = ServiceFactory(max_people=3)
    service.resources.update(capacity=12)
    results = at_once(*requests(drafts(service, 60, [1, 2, 3])))
    assert set(kinds(results)) == {"Reservation", "NotFree"}
    assert live_people() == 12


def test_several_resources_at_once_each_take_one():
    service = ServiceFactory()
    service.resources.add(*[ResourceFactory(business=service.business) for _ in range(3)])
    results = at_once(*requests(drafts(service, 40, [1])))
    assert kinds(results) == {"Reservation": 4, "NotFree": 36}
    assert Reservation.objects.occupying().values("resource").distinct().count() == 4


def test_one_customer_who_taps_many_times_sends_one_request():
    row = drafts(ServiceFactory(), 1, [1])[0]
    results = at_once(*requests([row] * 20))
    assert kinds(results) == {"Reservation": 1, "AlreadyDecided": 19}
    assert Decision.objects.count() == 1


# --- controls: without the guards the races do happen ----------------------------------------------------------------


@pytest.fixture
def no_lock(monkeypatch):
    """Every action works as ever, but the resources' rows are not locked."""
    monkeypatch.setattr(Resource.objects, "select_for_update", lambda **_: Resource.objects.all())


@pytest.fixture
def no_constraint():
    """The table takes rows that overlap, until the test is over."""
    constraint = next(one for one in Reservation._meta.constraints if one.name == "reservation_no_overlap")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Reservation, constraint)
    yield
    Reservation.objects.update(status="cancelled")
    with connection.schema_editor() as editor:
        editor.add_constraint(Reservation, constraint)


@pytest.fixture
def all_look_first(monkeypatch):
    """Ten requests meet between the look and the insert, where a race would happen."""
    looked = threading.Barrier(10)
    real = free_times.find_slot

    def find_slot(*args, **kwargs):
        found = real(*args, **kwargs)
        looked.wait(timeout=60)
        return found

    monkeypatch.setattr(allocation.free_times, "find_slot", find_slot)


def test_control_without_lock_and_constraint_an_exclusive_place_goes_to_many(no_constraint, no_lock, all_look_first):
    results = at_once(*requests(drafts(ServiceFactory(), 10, [1])))
    assert kinds(results)["Reservation"] > 1
    assert overlaps() > 0


def test_control_without_the_lock_a_shared_place_overflows(no_lock, all_look_first):
    service = ServiceFactory(max_people=3)
    service.resources.update(capacity=4)
    at_once(*requests(drafts(service, 10, [1])))
    assert live_people() > 4


def test_constraint_alone_keeps_an_exclusive_place_and_the_losers_hear_it_kindly(no_lock, all_look_first):
    results = at_once(*requests(drafts(ServiceFactory(), 10, [1])))
    assert kinds(results) == {"Reservation": 1, "NotFree": 9}
    assert Reservation.objects.occupying().count() == 1
    refused = [result for result in results if isinstance(result, NotFree)]
    assert all(len(one.nearest) == 3 for one in refused)


# --- deciding at once ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("round_", range(3))
def test_of_many_who_decide_at_once_one_wins_and_the_others_hear_who(round_):
    visit = reservation_actions.request(drafts(ServiceFactory(), 1, [1])[0].pk, by=CUSTOMER, now=NOW)
    people = [Actor(f"Person {number}", "admin") for number in range(12)]
    choices = [reservation_actions.approve, reservation_actions.reject]
    jobs = [lambda by=by, verb=choices[number % 2]: verb(visit.pk, by=by, now=NOW) for number, by in enumerate(people)]
    results = at_once(*jobs)
    assert kinds(results) == {"Reservation": 1, "AlreadyDecided": 11}
    winner = next(people[number].name for number, one in enumerate(results) if isinstance(one, Reservation))
    assert {str(one.by) for one in results if isinstance(one, AlreadyDecided)} == {winner}
    assert Message.objects.count() == 1
    assert Decision.objects.exclude(verb="request").count() == 1
    assert Reminder.objects.count() <= 1


@pytest.mark.parametrize("round_", range(5))
def test_hold_that_runs_out_while_sweep_rival_and_owner_race(round_):
    service = ServiceFactory(hold_minutes=60)
    mine = reservation_actions.request(drafts(service, 1, [1])[0].pk, by=CUSTOMER, now=NOW)
    rivals = drafts(service, 4, [1])
    late = NOW.replace(hour=13)
    just_in_time = NOW.replace(hour=12, minute=59)
    staff = Actor("Maria", "admin")
    results = at_once(
        lambda: reservation_actions.approve(mine.pk, by=staff, now=just_in_time),
        lambda: holds.expire_holds(late),
        lambda: holds.expire_holds(late),
        *[lambda pk=row.pk: reservation_actions.request(pk, by=CUSTOMER, now=late) for row in rivals],
    )
    assert set(kinds(results)) <= {"Reservation", "NotFree", "AlreadyDecided", "int"}, results
    assert Reservation.objects.occupying().count() == 1
    holds.expire_holds(late)
    assert Message.objects.filter(conversation=mine.conversation).count() == 1


def test_moves_across_each_other_do_not_deadlock():
    service = ServiceFactory(needs_approval=False)
    service.resources.add(ResourceFactory(business=service.business))
    visits = [
        reservation_actions.request(
            DraftFactory(service=service, day=START.date(), start_time=START.replace(hour=hour).time()).pk,
            by=CUSTOMER,
            now=NOW,
        )
        for hour in (10, 11, 12, 13, 14, 15)
    ]
    targets = [START.replace(hour=hour) for hour in (15, 14, 13, 12, 11, 10)]
    staff = Actor("Maria", "admin")
    results = at_once(
        *[
            lambda pk=visit.pk, start=start: reschedule.move(pk, by=staff, start=start, now=NOW)
            for visit, start in zip(visits, targets, strict=True)
        ],
        *[lambda pk=visit.pk: reservation_actions.cancel(pk, by=staff, now=NOW) for visit in visits[:2]],
        lambda: holds.expire_holds(NOW),
    )
    assert set(kinds(results)) <= {"Reservation", "NotFree", "AlreadyDecided", "int"}, results
    assert overlaps() == 0


def test_outermost_verb_tries_again_after_a_clash_of_locks():
    row = drafts(ServiceFactory(), 1, [1])[0]
    tries = []

    @atomic_with_retry
    def clashing():
        tries.append(1)
        if len(tries) < 3:
            with connection.cursor() as cursor:
                cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'clash' USING ERRCODE = '40P01'; END $$")
        return reservation_actions.request(row.pk, by=CUSTOMER, now=NOW)

    assert clashing().status == Reservation.Status.PENDING
    assert len(tries) == 3


def test_verb_inside_a_transaction_leaves_the_clash_to_its_owner():
    tries = []

    @atomic_with_retry
    def clashing():
        tries.append(1)
        with connection.cursor() as cursor:
            cursor.execute("DO $$ BEGIN RAISE EXCEPTION 'clash' USING ERRCODE = '40P01'; END $$")

    with pytest.raises(Exception) as fault, transaction.atomic():
        clashing()
    assert isinstance(fault.value.__cause__, psycopg.errors.DeadlockDetected)
    assert len(tries) == 1
