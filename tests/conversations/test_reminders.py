"""The engine of reminders, with a rule that reminds everybody of their conversation: due, looked at again, said once."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import OperationalError
from django.db.models import QuerySet
from django.db.utils import IntegrityError

from conversations import outbox, quiet_hours, reminders
from conversations.models import Conversation, Message
from conversations.reminders import ReminderText
from tests.bookings.availability.times import at
from tests.factories import ConversationFactory

pytestmark = pytest.mark.django_db

NOON = at("2026-11-24 12:00")


class OfTalks:
    """Reminds of conversations by the code of their language, which stands for what may change meanwhile."""

    subject = "talk"

    def __init__(self, *, still: str = "en", text: str = "Are you there?") -> None:
        self.still, self.text = still, text
        self.marked: set[int] = set()
        self.looked_at: list[int] = []

    def due(self, now: datetime) -> QuerySet[Conversation]:
        return Conversation.objects.exclude(pk__in=self.marked).order_by("pk")

    def locked(self, found: Conversation, now: datetime) -> Conversation | None:
        self.looked_at.append(found.pk)
        row = outbox.lock(found.pk)
        return row if row.language == self.still else None

    def zone(self, row: Conversation) -> ZoneInfo:
        return row.business.zone

    def said(self, row: Conversation, now: datetime) -> ReminderText | None:
        if not self.text:
            return None
        return ReminderText(row.pk, self.text, f"talk:{row.pk}", now + timedelta(hours=1), "talk", {"name": "Ewa"})

    def mark(self, row: Conversation, now: datetime) -> bool:
        if row.pk in self.marked:
            return False
        self.marked.add(row.pk)
        return True


def talk(**fields: object) -> Conversation:
    made: Conversation = ConversationFactory(language="en", **fields)
    return made


def test_what_is_due_is_queued_as_a_reminder_and_once() -> None:
    row, kind = talk(), OfTalks()
    assert reminders.queue_due(kind, NOON) == 1
    assert reminders.queue_due(kind, NOON) == 0
    message = Message.objects.get()
    assert (message.conversation, message.text, message.purpose) == (row, "Are you there?", Message.Purpose.REMINDER)
    assert (message.expires_at, message.dedupe_key) == (NOON + timedelta(hours=1), f"talk:{row.pk}")
    assert (message.template["key"], message.template["parameters"]) == ("talk", {"name": "Ewa"})


def test_who_forgot_that_it_was_said_does_not_say_it_again() -> None:
    talk()
    reminders.queue_due(OfTalks(), NOON)
    reminders.queue_due(OfTalks(), NOON)
    assert Message.objects.count() == 1


def test_what_another_has_marked_meanwhile_is_not_said() -> None:
    row, kind = talk(), OfTalks()
    kind.due = lambda now: Conversation.objects.all()  # type: ignore[method-assign]  # found before it was marked
    kind.marked.add(row.pk)
    assert reminders.queue_due(kind, NOON) == 0
    assert not Message.objects.exists()


@pytest.mark.parametrize("kind", [OfTalks(still="pl"), OfTalks(text="")], ids=["gone", "nothing to say"])
def test_what_is_not_due_any_more_when_looked_at_again_is_neither_said_nor_marked(kind: OfTalks) -> None:
    talk()
    assert reminders.queue_due(kind, NOON) == 0
    assert not kind.marked
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("now", "queued"), [("08:59:59", 0), ("09:00:00", 1), ("20:59:59", 1), ("21:00:00", 0), ("00:00:00", 0)]
)
def test_at_night_nothing_is_said_and_it_stays_due(now: str, queued: int) -> None:
    talk(account__bot__business__timezone="Asia/Tokyo")
    kind = OfTalks()
    assert reminders.queue_due(kind, at(f"2026-11-24 {now}", "Asia/Tokyo")) == queued
    assert len(kind.marked) == queued


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-11-24 21:00", "2026-11-25 09:00"),
        ("2026-11-24 08:59", "2026-11-24 09:00"),
        ("2027-03-27 23:30", "2027-03-28 09:00"),  # the clocks change in this night
    ],
)
def test_night_ends_on_the_wall_clock(now: str, ends: str) -> None:
    assert quiet_hours.end_of_night(at(now)) == at(ends)


class Clash(Exception):
    def __init__(self, sqlstate: str) -> None:
        self.sqlstate = sqlstate


def clashing(kind: OfTalks, row: Conversation, error: Exception) -> OfTalks:
    original = kind.locked

    def locked(found: Conversation, now: datetime) -> Conversation | None:
        if found.pk == row.pk:
            raise error
        return original(found, now)

    kind.locked = locked  # type: ignore[method-assign]
    return kind


@pytest.mark.parametrize("sqlstate", ["40001", "40P01", "55P03"])
def test_one_that_somebody_holds_is_left_and_the_others_are_said(sqlstate: str) -> None:
    held, free = talk(), talk()
    error = OperationalError("held")
    error.__cause__ = Clash(sqlstate)
    kind = clashing(OfTalks(), held, error)
    assert reminders.queue_due(kind, NOON) == 1
    assert kind.marked == {free.pk}


@pytest.mark.parametrize("error", [OperationalError("gone"), IntegrityError("wrong")])
def test_an_error_that_does_not_pass_is_heard(error: Exception) -> None:
    with pytest.raises(type(error)):
        reminders.queue_due(clashing(OfTalks(), talk(), error), NOON)


def test_so_many_at_once_the_longest_due_first(monkeypatch: pytest.MonkeyPatch) -> None:
    first, second, third = talk(), talk(), talk()
    monkeypatch.setattr(reminders, "AT_ONCE", 2)
    kind = OfTalks()
    assert reminders.queue_due(kind, NOON) == 2
    assert kind.looked_at == [first.pk, second.pk]
    assert reminders.queue_due(kind, NOON) == 1
    assert kind.marked == {first.pk, second.pk, third.pk}
