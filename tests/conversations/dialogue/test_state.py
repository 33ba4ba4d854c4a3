"""What is going on stands in one JSON value: what was written is read again, and what is too old is forgotten."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from bots.channels.base import Button
from conversations.dialogue.consent import fingerprint
from conversations.dialogue.state import LOOSE_FOR, VERSION, Dialogue, Frame, Offer, OpenQuestion

NOW = datetime(2026, 11, 22, 18, 40, tzinfo=UTC)
BUTTONS = (Button("Yes, send it", "booking:yes:7:0123456789"), Button("Change", "booking:change:7"))
FRAME = Frame(kind="visit", at=NOW).with_values({"day": "2026-11-24", "days": ["2026-11-25"]}, seq=3, at=NOW)
STATE = Dialogue(
    frames=(FRAME,),
    question=OpenQuestion(
        skill="booking", asks=("confirm",), buttons=BUTTONS, yes=BUTTONS[0].payload, no=BUTTONS[1].payload, seq=4,
        times=2, text="Shall I send the request?",
    ),
    offer=Offer(buttons=BUTTONS[:1], seq=2),
    upto_seq=4,
    at=NOW,
)  # fmt: skip


def kept(state: Dialogue, *, after: timedelta = timedelta(0)) -> Dialogue:
    return Dialogue.from_json(json.loads(json.dumps(state.as_json())), now=NOW + after)


def test_what_was_written_is_read_again() -> None:
    assert kept(STATE) == STATE
    assert kept(Dialogue()) == Dialogue()


@pytest.mark.parametrize("data", [None, {}, {"version": VERSION + 1, "frames": 7}, {"version": 0}])
def test_another_version_or_none_is_nothing(data: dict[str, object] | None) -> None:
    assert Dialogue.from_json(data, now=NOW) == Dialogue()


def test_what_stands_in_no_row_is_forgotten_after_a_day_and_the_question_stays() -> None:
    later = kept(STATE, after=LOOSE_FOR)
    assert (later.frames, later.offer) == ((), None)
    assert later.question == STATE.question
    assert kept(STATE, after=LOOSE_FOR - timedelta(seconds=1)) == STATE


def test_a_slot_remembers_what_it_replaced_and_who_said_it() -> None:
    changed = FRAME.with_values({"day": "2026-11-26", "people": 2}, seq=5, at=NOW, how="pressed")
    assert (changed.slots["day"].value, changed.slots["day"].replaced) == ("2026-11-26", "2026-11-24")
    assert (changed.slots["people"].seq, changed.slots["people"].how) == (5, "pressed")
    assert changed.with_values({"day": None}, seq=6, at=NOW).value("day") is None
    assert changed.with_values({"people": 2}, seq=9, at=NOW).slots["people"].seq == 5, "said again is nothing new"


def test_what_is_talked_about_now_is_on_top() -> None:
    other = Frame(kind="enquiry_time", at=NOW)
    state = STATE.with_frame(other)
    assert [one.kind for one in state.frames] == ["enquiry_time", "visit"]
    assert [one.kind for one in state.with_frame(FRAME).frames] == ["visit", "enquiry_time"]
    assert state.without_frame("visit").frames == (other,)


def test_a_fingerprint_is_of_exactly_these_values() -> None:
    values = (3, "2026-11-24", "17:00", 2, None)
    assert fingerprint(*values) == fingerprint(*values)
    for place in range(len(values)):
        other = [*values[:place], 9, *values[place + 1 :]]
        assert fingerprint(*other) != fingerprint(*values)
