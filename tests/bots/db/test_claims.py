"""A row is taken by one worker at a time, comes back after its wait, and obeys nobody who has lost it."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models.functions import Now

from bots.db import claims, clock
from bots.models import StaffBot, TelegramUpdate
from tests.bookings.reservations.test_races import at_once
from tests.factories import BusinessFactory

pytestmark = pytest.mark.django_db(transaction=True)

WAITS = [5, 60]


@pytest.fixture
def staff_bot() -> StaffBot:
    return StaffBot.objects.create(business=BusinessFactory(), telegram_id=1, credentials={"token": "1:x"})


@pytest.fixture
def row(staff_bot: StaffBot) -> TelegramUpdate:
    return TelegramUpdate.objects.create(staff_bot=staff_bot, update_id=1, payload={})


def claim(row: TelegramUpdate, **fields: Any) -> TelegramUpdate | None:
    return claims.claim(TelegramUpdate.objects.due(), row.pk, 60, **fields)


def taken(row: TelegramUpdate) -> TelegramUpdate:
    found = claim(row)
    assert found
    return found


def lapse() -> None:
    TelegramUpdate.objects.update(lease_until=Now() - timedelta(seconds=1))


def seconds_left(row: TelegramUpdate) -> int:
    row.refresh_from_db()
    assert row.due_at
    return round((row.due_at - clock.now()).total_seconds())


def test_a_row_is_taken_once_until_it_is_given_back(row: TelegramUpdate) -> None:
    mine = claim(row, outcome="under way")
    assert mine and (mine.tries, mine.outcome) == (1, "under way")
    assert not mine.is_free(clock.now())
    assert claim(row) is None
    assert claims.release(mine, outcome="done")
    again = taken(row)
    assert (again.tries, again.outcome) == (2, "done")


def test_of_many_workers_at_once_one_takes_it(row: TelegramUpdate) -> None:
    found = at_once(*[lambda: claim(row)] * 6)
    assert len([one for one in found if one]) == 1
    row.refresh_from_db()
    assert row.tries == 1


def test_what_somebody_has_locked_is_passed_over_and_not_waited_for(row: TelegramUpdate) -> None:
    with transaction.atomic():
        TelegramUpdate.objects.select_for_update().get()
        assert at_once(lambda: claim(row)) == [None]


def test_what_is_not_among_the_rows_is_not_taken(row: TelegramUpdate) -> None:
    assert claims.claim(TelegramUpdate.objects.filter(update_id=2), row.pk, 60) is None
    for due_at in (None, Now() + timedelta(seconds=60)):
        TelegramUpdate.objects.update(due_at=due_at)
        assert claim(row) is None
        row.refresh_from_db()
        assert not row.is_due(clock.now())
    assert claims.claim(TelegramUpdate.objects.all(), row.pk, 60), "free, whether due or not"
    assert claims.claim(TelegramUpdate.objects.all(), row.pk, 60) is None, "all but what is held"


def test_the_longest_waiting_are_due_first(staff_bot: StaffBot) -> None:
    for update_id, ago in enumerate([10, 30, 20, -10]):
        due_at = Now() - timedelta(seconds=ago)
        TelegramUpdate.objects.create(staff_bot=staff_bot, update_id=update_id, payload={}, due_at=due_at)
    due = TelegramUpdate.objects.due
    assert list(due().values_list("update_id", flat=True)) == [1, 2, 0]
    assert list(due(missed_for=timedelta(seconds=15)).values_list("update_id", flat=True)) == [1, 2]


def test_a_worker_that_dies_leaves_its_row_to_the_next(row: TelegramUpdate) -> None:
    taken(row)
    assert not TelegramUpdate.objects.free().exists()
    lapse()
    assert TelegramUpdate.objects.due().get() == row
    assert taken(row).tries == 2


def older_and_newer(row: TelegramUpdate) -> tuple[TelegramUpdate, TelegramUpdate]:
    older = taken(row)
    lapse()
    return older, taken(row)


def test_an_older_claim_writes_nothing(row: TelegramUpdate) -> None:
    older, newer = older_and_newer(row)
    before = TelegramUpdate.objects.values().get()
    assert not claims.release(older, outcome="late")
    assert not claims.put_off(older, WAITS, outcome="late")
    assert not claims.still_mine(older).exists()
    assert TelegramUpdate.objects.values().get() == before
    assert claims.still_mine(newer).get() == row
    assert claims.release(newer, outcome="done")
    assert not claims.release(newer, outcome="twice"), "what was given back is nobody's"
    assert TelegramUpdate.objects.get().outcome == "done"


def test_control_without_the_fence_an_older_claim_writes(row: TelegramUpdate, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(claims, "still_mine", lambda row: TelegramUpdate.objects.filter(pk=row.pk))
    older, _newer = older_and_newer(row)
    assert claims.release(older, outcome="late")
    assert TelegramUpdate.objects.get().outcome == "late"
    assert claim(row), "and a third worker is let in beside the second"


def test_what_fails_comes_back_after_longer_and_longer_waits(row: TelegramUpdate) -> None:
    for failures, wait in enumerate([5, 60, 60], start=1):
        TelegramUpdate.objects.update(due_at=Now())
        assert claims.put_off(taken(row), WAITS, trouble="x" * 500)
        assert seconds_left(row) == wait
        assert (row.failures, row.trouble, row.lease_until) == (failures, "x" * 400, None)
        assert claim(row) is None
    TelegramUpdate.objects.update(due_at=Now())
    assert claims.release(taken(row))
    row.refresh_from_db()
    assert (row.failures, row.trouble, row.tries) == (0, "", 4)


def test_who_counts_failures_and_who_knows_when_may_say_so(row: TelegramUpdate) -> None:
    assert claims.put_off(taken(row), WAITS, failures=2)
    assert (seconds_left(row), row.failures) == (60, 2)
    TelegramUpdate.objects.update(due_at=Now())
    assert claims.put_off(taken(row), WAITS, after=90)
    assert (seconds_left(row), row.failures) == (90, 3)
    TelegramUpdate.objects.update(due_at=Now())
    assert claims.put_off(taken(row), WAITS, due_at=Now(), outcome="at once")
    assert (seconds_left(row), row.outcome) == (0, "at once")


@pytest.mark.parametrize(
    ("failures", "after", "wait"), [(1, None, 5), (2, None, 60), (9, None, 60), (1, 2, 5), (1, 7, 7), (9, 0, 60)]
)
def test_waits(failures: int, after: float | None, wait: int) -> None:
    assert claims.wait_of(WAITS, failures, after) == timedelta(seconds=wait)


def test_a_claim_holds_no_lock(row: TelegramUpdate) -> None:
    taken(row)
    assert not connection.in_atomic_block
    with transaction.atomic():
        TelegramUpdate.objects.select_for_update(nowait=True).get()
