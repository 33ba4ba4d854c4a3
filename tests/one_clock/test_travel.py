"""What tests travel with: both clocks move together, for every connection, and are back afterwards."""

import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.models.functions import Now
from django.utils import timezone
from django_celery_beat.models import IntervalSchedule, PeriodicTask

from bots import wakeups
from bots.db import clock
from bots.models import Heartbeat
from config import beat
from config.celery import app
from conversations.models import BotPrompt
from tests.clock import skewed, travel
from tests.factories import BotFactory, BusinessFactory
from tests.one_clock import by_the_database

pytestmark = pytest.mark.django_db(transaction=True)

THEN = datetime(2031, 2, 3, 4, 5, 6, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)


def all_clocks() -> list[datetime]:
    """Every way to ask, one after another."""
    found = [timezone.now(), clock.now(), by_the_database(), BusinessFactory().now()]
    with connection.cursor() as cursor:
        cursor.execute("SELECT now(), transaction_timestamp(), statement_timestamp(), clock_timestamp()")
        found += cursor.fetchone()
    stored = Heartbeat.objects.create(name=str(Heartbeat.objects.count()), at=Now())
    stored.refresh_from_db()
    return [*found, stored.at, timezone.now()]


def test_all_clocks_show_the_moment_and_go_on_in_order() -> None:
    with travel(THEN):
        found = all_clocks()
    assert found == sorted(found)
    assert found[0] >= THEN and found[-1] < THEN + 10 * A_SECOND


def test_clocks_that_stand_still_show_one_moment() -> None:
    with travel(THEN, tick=False):
        assert set(all_clocks()) == {THEN}


def test_other_connections_see_it() -> None:
    found: list[datetime] = []

    def ask() -> None:
        found.append(clock.now())
        connection.close()

    with travel(THEN):
        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
    assert THEN < found[0] < THEN + 10 * A_SECOND


def test_one_travels_on_from_there_and_comes_back() -> None:
    real = by_the_database()
    with travel(THEN) as moved:
        moved.shift(hours=2)
        assert THEN + timedelta(hours=2) < clock.now() < THEN + timedelta(hours=2) + 10 * A_SECOND
        with travel(timedelta(days=1)):
            assert clock.now() > THEN + timedelta(days=1, hours=2)
        assert clock.now() < THEN + timedelta(hours=2) + 10 * A_SECOND
        moved.move_to(THEN - timedelta(days=400))
        assert abs(clock.now() - (THEN - timedelta(days=400))) < 10 * A_SECOND
    assert real < clock.now() < real + 10 * A_SECOND
    assert abs(timezone.now() - clock.now()) < A_SECOND


def test_columns_take_the_databases_time_when_a_row_is_made_and_saved() -> None:
    with skewed(timedelta(minutes=10)):
        row = BotPrompt.objects.create(bot=BotFactory(), purpose="main_response", text="Hello")
        made = row.changed_at
        assert abs(made - by_the_database()) < A_SECOND
        row.save()
        assert made < row.changed_at < by_the_database()


# --- beat keeps its rounds by its machine's clock, and loses none when that is set back ------------------------------------


def entry(**fields: Any) -> beat.Entry:
    interval = IntervalSchedule.objects.create(every=2, period="seconds")
    row = PeriodicTask.objects.create(name="turns", task="sweeps.turns", interval=interval, **fields)
    return beat.Entry(row, app=app)


def test_a_job_whose_last_run_lies_in_the_future_is_not_waited_for() -> None:
    is_due, seconds = entry(last_run_at=timezone.now() + timedelta(minutes=10)).is_due()
    assert not is_due and seconds <= 2


def test_when_the_clock_was_set_back_all_jobs_are_put_in_order_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(beat.Scheduler, "apply_async", lambda *_, **__: None)

    def latest(scheduler: beat.Scheduler) -> float:
        """Seconds until the last of the jobs that are due every two seconds."""
        waits = [at - time.time() for at, _, job in scheduler._heap if job.task in ("sweeps.turns", "sweeps.sends")]
        assert len(waits) == 2
        return max(waits)

    with skewed(timedelta(minutes=10)):
        scheduler = beat.Scheduler(app=app)
        scheduler.tick()
        assert latest(scheduler) <= 2
    assert latest(scheduler) > 590
    scheduler.tick()
    assert latest(scheduler) <= 2


@pytest.mark.parametrize(("waiting", "task", "rings"), [
    (beat.FULL - 1, "sweeps.turns", True),
    (beat.FULL, "sweeps.turns", False),
    (beat.FULL, "sweeps.old_links", True),  # once a day: it is enqueued whatever waits
])  # fmt: skip
def test_beat_does_not_fill_the_broker_of_absent_workers(
    monkeypatch: pytest.MonkeyPatch, waiting: int, task: str, rings: bool
) -> None:
    rung: list[str] = []
    monkeypatch.setattr(wakeups, "waiting", lambda _: waiting)
    scheduler = beat.Scheduler(app=app, lazy=True)
    monkeypatch.setattr(scheduler, "apply_async", lambda entry, **_: rung.append(entry.task))
    due = entry()
    due.task = task
    scheduler.apply_entry(due)
    assert rung == ([task] if rings else [])
