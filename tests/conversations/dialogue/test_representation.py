"""What is going on, as staff read it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bots.channels.base import Button
from conversations.dialogue.representation import FrameWords, Reader, as_it_was, joined, plain
from conversations.dialogue.state import Dialogue, Frame, Offer, OpenQuestion, Slot
from tests.features import only

NOW = datetime(2026, 11, 30, 9, tzinfo=UTC)
WORDS = FrameWords(
    title="Wants a table",
    slots={"day": "{}", "clocks": " at {either}", "room": "{}", "guests": lambda number: f"{number} guests"},
    names={"room": lambda business: {7: f"the hall of {business}"}},
)
SEND, NOT = Button("Yes, send it", "table:yes:1"), Button("Another day", "table:no:1")


def lines(state: Dialogue, words: FrameWords | None = WORDS) -> list[tuple[str, str]]:
    with only(frames={"table": words} if words else {}):
        return Reader("Glinka").lines(state, NOW)  # type: ignore[arg-type]


def frame(**slots: Any) -> Dialogue:
    given = {name: value if isinstance(value, Slot) else Slot(value=value, seq=1) for name, value in slots.items()}
    return Dialogue(frames=(Frame(kind="table", slots=given, at=NOW),))


def asked(**fields: Any) -> str:
    [(label, words)] = lines(Dialogue(question=OpenQuestion(**fields)))
    assert label == "Asked"
    return words


def test_nothing_going_on_is_nothing_to_read() -> None:
    assert lines(Dialogue()) == []
    assert lines(Dialogue(upto_seq=5, at=NOW, offer=Offer())) == []


def test_a_frame_is_one_sentence_in_the_order_of_its_words() -> None:
    state = frame(guests=2, room=7, clocks=["17:00", "18:30:00"], day="2026-12-03")
    assert lines(state) == [
        ("Wants a table", "Thursday 3 December at 17:00 or 18:30, the hall of Glinka, 2 guests"),
    ]  # fmt: skip
    assert lines(frame(clocks=["17:00"], guests=2)) == [("Wants a table", "at 17:00, 2 guests")]


def test_what_nobody_said_and_what_was_replaced_are_told() -> None:
    state = frame(
        day=Slot(value="2026-12-03", seq=4, replaced="2026-12-02"),
        clocks=Slot(value=["17:00"], seq=4, how="pressed", replaced=["16:00"]),
        room=Slot(value=7, how="default"),
        guests=Slot(value=2, how="inferred", replaced=None),
    )
    [(_, words)] = lines(state)
    assert words == (
        "Thursday 3 December (before it was Wednesday 2 December) at 17:00 (by a button, before it was 16:00), "
        "the hall of Glinka (taken for granted), 2 guests (worked out)"
    )


def test_slots_and_frames_without_words_are_read_by_their_names() -> None:
    state = frame(day="2026-12-03", shoe_size=44, gift=True)
    assert lines(state) == [("Wants a table", "Thursday 3 December, shoe size 44, gift yes")]
    assert lines(state, None) == [("Wants: table", "day Thursday 3 December, shoe size 44, gift yes")]
    assert lines(frame()) == [("Wants a table", "nothing more is known yet")]


def test_names_are_looked_up_once_and_only_where_they_are_told() -> None:
    asked = []
    words = FrameWords(title="t", slots={"room": "{}"}, names={"room": lambda business: asked.append(business) or {}})
    with only(frames={"table": words}):
        reader = Reader("Glinka")  # type: ignore[arg-type]
        reader.lines(frame(day="2026-12-03"), NOW)
        assert asked == []
        for _ in range(3):
            reader.lines(frame(room=Slot(value=7, replaced=8)), NOW)
    assert asked == ["Glinka"]


def test_a_question_tells_how_often_it_was_asked_and_what_answers_it() -> None:
    question = {"text": "Shall I send\nthe request?", "buttons": (SEND, NOT), "asks": ("confirm",)}
    assert asked(**question, yes=SEND.payload, no=NOT.payload, times=2) == (
        "“Shall I send the request?” – asked 2 times, a plain yes means “Yes, send it”, a plain no means “Another day”"
    )
    assert asked(text="Shall I?", yes="gone") == "“Shall I?” – a plain yes answers it"
    assert asked(text="When, and how many?", asks=("date", "people")) == (
        "“When, and how many?” – waits for the day and how many people"
    )
    assert asked(asks=("shoe_size",)) == "waits for shoe size"


def test_what_asks_for_nothing_in_particular_is_nothing_going_on() -> None:
    assert lines(Dialogue(question=OpenQuestion(text="How can I help?", buttons=(SEND,)))) == []


def test_of_a_long_question_the_end_is_read() -> None:
    told = asked(text=f"{'This is the assistant. ' * 10}Which day suits you?", asks=("date",))
    assert told.startswith("“…") and told.endswith("Which day suits you?” – waits for the day")
    assert len(told) < 150


def test_an_offer_is_the_titles_of_its_buttons() -> None:
    buttons = tuple(Button(f"Thu 3/12 {hour}:00", f"slot:{hour}") for hour in range(10, 20))
    state = Dialogue(offer=Offer(buttons=buttons[:2]))
    assert lines(state) == [("Offered", "Thu 3/12 10:00, Thu 3/12 11:00")]
    [(_, many)] = lines(Dialogue(offer=Offer(buttons=buttons)))
    assert many.endswith("Thu 3/12 17:00 and 2 more")


def test_invisible_marks_of_customers_are_made_visible() -> None:
    assert lines(frame(name="\u202eannA")) == [("Wants a table", "name [U+202E]annA")]


def test_a_turn_of_long_ago_tells_what_was_open_then() -> None:
    long_ago = NOW - timedelta(days=400)
    state = Dialogue(
        frames=(Frame(kind="table", slots={"guests": Slot(value=2)}, at=long_ago - timedelta(hours=3)),),
        question=OpenQuestion(text="When?"),
        offer=Offer(buttons=(SEND,)),
        at=long_ago,
    )
    assert as_it_was(state.as_json()) == state


@pytest.mark.parametrize("written", [{}, {"version": 0, "frames": "of another shape"}])
def test_what_was_written_otherwise_is_nothing(written: dict[str, Any]) -> None:
    assert as_it_was(written) == Dialogue()


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("2026-12-03", "Thursday 3 December"),
        ("2027-01-03", "Sunday 3 January 2027"),
        ("2026-12-03T17:00:00+01:00", "Thursday 3 December, 17:00"),
        ("2026-99-99", "2026-99-99"),
        ("09:05", "09:05"),
        ("09:05:00", "09:05"),
        (False, "no"),
        (3, "3"),
        ({"width_cm": 12, "day": "2026-12-03"}, "width cm 12 and day Thursday 3 December"),
    ],
)
def test_values_are_read_as_people_write_them(value: Any, words: str) -> None:
    assert plain(value, NOW.date()) == words


@pytest.mark.parametrize(
    ("words", "one"), [([], ""), (["a"], "a"), (["a", "b"], "a or b"), (["a", "b", "c"], "a, b or c")]
)
def test_words_are_joined_as_in_a_sentence(words: list[str], one: str) -> None:
    assert joined(words, "or") == one
