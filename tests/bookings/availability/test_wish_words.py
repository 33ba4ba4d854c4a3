"""What a customer wants of a visit, as staff read it beside the conversation."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from bookings.availability.wish import Wish
from bookings.availability.wish_words import SLOTS
from bookings.leads.chat import choosing_time
from bookings.reservations.chat import flow
from bots.registry import brought
from conversations.dialogue.representation import Reader
from conversations.dialogue.state import Dialogue, Frame
from tests import factories

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
THURSDAY, SATURDAY = date(2026, 12, 3), date(2026, 12, 5)


def read(wish: Wish, business: Any = None, kind: str = flow.FRAME) -> tuple[str, str]:
    frame = Frame(kind=kind, at=NOW).with_values(wish.as_slots(), seq=1, at=NOW)
    [line] = Reader(business).lines(Dialogue(frames=(frame,)), NOW)
    return line


@pytest.mark.parametrize(
    ("wish", "words"),
    [
        (
            Wish(day=THURSDAY, earliest=time(17), latest=time(20, 59), people=2),
            "Thursday 3 December from 17:00 until 20:59, 2 people",
        ),
        (Wish(day=THURSDAY, start_time=time(17), people=1), "Thursday 3 December at 17:00, 1 person"),
        (Wish(day=THURSDAY, last_day=SATURDAY), "Thursday 3 December until Saturday 5 December"),
        (Wish(days=(THURSDAY, SATURDAY), clocks=(time(17), time(18))),
         "Thursday 3 December or Saturday 5 December at 17:00 or 18:00"),
        (Wish(day=THURSDAY, then=(SATURDAY,), start_time=time(17)),
         "Thursday 3 December and also Saturday 5 December at 17:00"),
        (Wish(excluded=(0, SATURDAY), people=3), "3 people, not on Mondays or Saturday 5 December"),
        (Wish(people=5, ages=(5, 7, 9), duration_minutes=90), "5 people, children aged 5, 7 and 9, 90 min long"),
        (Wish(earliest=time(17)), "from 17:00"),
    ],
)  # fmt: skip
def test_a_wish_is_one_sentence(wish: Wish, words: str) -> None:
    assert read(wish) == ("Wants a visit", words)


@pytest.mark.django_db
def test_a_service_is_called_by_its_name_and_only_of_this_business() -> None:
    service = factories.ServiceFactory(name="Wheel workshop")
    assert read(Wish(day=THURSDAY, service_id=service.pk), service.business)[1] == "Thursday 3 December, Wheel workshop"
    other = factories.BusinessFactory()
    assert "Wheel" not in read(Wish(service_id=service.pk), other)[1]


def test_every_slot_of_a_wish_has_words() -> None:
    assert set(SLOTS) == set(Wish.__slots__)


@pytest.mark.parametrize("kind", [flow.FRAME, choosing_time.FRAME])
def test_every_frame_of_bookings_has_words(kind: str) -> None:
    assert kind in dict(brought("frames"))
