"""A machine whose clock is ten minutes wrong takes, frees, sends and refuses nothing early or late.

F38 of the faults (tests/faults/test_skewed.py) does the same with whole processes under load.
"""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.db.models.functions import Now

from bookings.mirrors.google_calendar import busy
from bookings.models import GoogleCalendar
from bots.db import clock
from tests.clock import skewed
from tests.one_clock import SITUATIONS, booked, by_the_database, decided, paid, said

pytestmark = pytest.mark.django_db(transaction=True)

ROOMS = (said, decided, booked, paid)  # importing them lists their situations
WRONG_BY = [timedelta(minutes=-10), timedelta(minutes=10)]


@pytest.fixture(autouse=True)
def stripe_is_set_up(settings: Any) -> Iterator[None]:
    settings.STRIPE_SECRET_KEY, settings.PAYMENTS_PROVIDER = "sk_test_example", "stripe"
    settings.STRIPE_WEBHOOK_SECRET = paid.SECRET
    yield


@pytest.mark.parametrize("by", WRONG_BY, ids=["behind", "ahead"])
@pytest.mark.parametrize("name", SITUATIONS)
def test_nothing_happens_early_and_nothing_late(name: str, by: timedelta) -> None:
    has_come = SITUATIONS[name](by_the_database(60))
    with skewed(by):
        assert has_come() is False
    call_command("flush", verbosity=0, interactive=False)
    has_come = SITUATIONS[name](by_the_database(-1))
    with skewed(by):
        assert has_come() is True


@pytest.mark.parametrize("by", WRONG_BY, ids=["behind", "ahead"])
@pytest.mark.parametrize("field", ["due_at", "lease_until", "try_at"])
def test_busy_times_are_read_when_it_is_time(monkeypatch: pytest.MonkeyPatch, field: str, by: timedelta) -> None:
    read: list[int] = []
    monkeypatch.setattr(busy, "_ask", lambda calendar, *_: read.append(calendar.pk) or [])
    calendar = booked.copy().calendar
    long_ago = {"due_at": Now() - timedelta(hours=1)}
    GoogleCalendar.objects.update(**{**long_ago, field: by_the_database(60)})
    with skewed(by):
        assert (busy.read_due(), read) == (0, [])
        GoogleCalendar.objects.update(**{**long_ago, field: by_the_database(-1)})
        assert (busy.read_due(), read) == (1, [calendar.pk])


@pytest.mark.parametrize("by", WRONG_BY, ids=["behind", "ahead"])
def test_the_moment_that_python_knows_is_the_databases(by: timedelta) -> None:
    before = by_the_database()
    with skewed(by):
        assert before <= clock.now() <= by_the_database()
