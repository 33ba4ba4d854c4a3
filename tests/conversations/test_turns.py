"""Who speaks next: one turn at a time, none lost, and none said that somebody else has overtaken."""

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bots.staff.actors import Actor
from bots.work import drain
from conversations import outbox, takeover, turns
from conversations.models import Conversation, Message, Turn
from tests.conversations.parrot import Parrot
from tests.conversations.test_inbox import at_once
from tests.conversations.writer import InstagramWriter, row, said, the_conversation
from tests.features import only

pytestmark = pytest.mark.django_db(transaction=True)

EWA = Actor("Ewa", "admin")


@pytest.fixture(autouse=True)
def parrot() -> Iterator[type[Parrot]]:
    with only(skills=(Parrot(),)):
        yield Parrot
    Parrot.meanwhile.clear()
    Parrot.acting.clear()
    Parrot.heard.clear()


def answer() -> int:
    return turns.answer(the_conversation().pk, patience=0)


def outcomes() -> list[str]:
    return list(Turn.objects.order_by("pk").values_list("outcome", flat=True))


def write(writer: InstagramWriter, text: str, **more: Any) -> str:
    mid = writer.write(text, **more)
    Conversation.objects.update(disclosed_at=timezone.now())
    return mid


def test_turn_answers_everything_that_waits(writer: InstagramWriter) -> None:
    write(writer, "one")
    write(writer, "two")
    assert answer() == 1
    assert said() == ["heard: one | two"]
    conversation = the_conversation()
    assert (conversation.answered_seq, conversation.lease_until, conversation.failed_turns) == (2, None, 0)
    assert (conversation.oldest_unanswered_at, conversation.redo, conversation.enqueued_at) == (None, 0, None)
    turn = Turn.objects.get()
    assert (turn.outcome, turn.after_seq, turn.upto_seq, turn.generation) == ("answered", 0, 2, 1)
    message = Message.objects.get(author="bot")
    assert (message.turn, message.dedupe_key, message.status) == (turn, f"turn:{conversation.pk}:2:0", "queued")
    assert answer() == 0, "nothing waits any more"


def test_words_are_read_in_the_order_they_were_written(writer: InstagramWriter) -> None:
    write(writer, "three", ago=timedelta(seconds=10))
    write(writer, "one", ago=timedelta(seconds=50))
    write(writer, "two", ago=timedelta(seconds=30))
    answer()
    assert Parrot.heard == [["one", "two", "three"]]


def test_late_one_is_the_next_turns(writer: InstagramWriter) -> None:
    write(writer, "second", ago=timedelta(seconds=1))
    answer()
    write(writer, "first", ago=timedelta(seconds=30))
    answer()
    assert Parrot.heard == [["second"], ["first"]]
    assert the_conversation().answered_seq == the_conversation().last_inbound_seq


def test_edited_before_the_answer_is_answered_as_it_reads_now(writer: InstagramWriter) -> None:
    mid = write(writer, "Tuesday")
    writer.edit(mid, "Wednesday")
    answer()
    assert said() == ["heard: Wednesday"]


def test_edited_after_the_answer_is_not_answered_again(writer: InstagramWriter) -> None:
    mid = write(writer, "Tuesday")
    answer()
    writer.edit(mid, "Wednesday")
    assert answer() == 0


def test_deleted_among_others_is_not_answered(writer: InstagramWriter) -> None:
    mid = write(writer, "secret")
    write(writer, "question")
    writer.delete(mid)
    answer()
    assert said() == ["heard: question"]


def test_all_that_waited_was_deleted_so_nothing_is_said(writer: InstagramWriter) -> None:
    mid = write(writer, "secret")
    writer.delete(mid)
    answer()
    assert said() == []
    assert outcomes() == ["silent"]
    assert the_conversation().answered_seq == the_conversation().last_inbound_seq


def test_take_over_while_it_thinks_drops_the_draft(writer: InstagramWriter) -> None:
    write(writer, "Hi")
    pk = the_conversation().pk
    Parrot.meanwhile.append(lambda: outbox.reply_as_staff(pk, "I am here", by=EWA))
    answer()
    assert said() == ["I am here"] and outcomes() == ["fenced"] and Parrot.heard == []


def test_take_over_and_hand_back_while_it_thinks_drops_the_draft_too(writer: InstagramWriter) -> None:
    write(writer, "Hi")
    pk = the_conversation().pk

    def back_and_forth() -> None:
        takeover.pause(pk, by=EWA)
        takeover.resume(pk, by=EWA)

    Parrot.meanwhile.append(back_and_forth)
    answer()
    assert outcomes() == ["fenced", "answered"] and len(said()) == 1


def test_clear_state_while_it_thinks_drops_the_draft(writer: InstagramWriter) -> None:
    write(writer, "Hi")
    pk = the_conversation().pk
    Parrot.meanwhile.append(lambda: takeover.clear_state(pk, by=EWA))
    answer()
    assert outcomes() == ["fenced"] and said() == []


def test_another_workers_lease_drops_the_draft(writer: InstagramWriter) -> None:
    """This one was frozen past its lease; another has answered meanwhile."""
    write(writer, "Hi")
    pk = the_conversation().pk

    def another() -> None:
        Conversation.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
        turns.answer(pk, patience=0)

    Parrot.meanwhile.append(another)
    answer()
    assert said() == ["heard: Hi"] and outcomes() == ["answered", "fenced"]


def test_more_written_while_it_thinks_is_answered_together(writer: InstagramWriter) -> None:
    write(writer, "one")
    Parrot.meanwhile.append(lambda: write(writer, "two"))
    answer()
    assert said() == ["heard: one | two"] and outcomes() == ["redo", "answered"]
    conversation = the_conversation()
    assert (conversation.redo, conversation.failed_turns) == (0, 0)


def test_a_draft_is_put_aside_twice_at_most(writer: InstagramWriter) -> None:
    write(writer, "one")
    Parrot.meanwhile += [lambda text=text: write(writer, text) for text in ("two", "three", "four")]
    answer()
    assert outcomes() == ["redo", "redo", "answered", "answered"]
    assert said() == ["heard: one | two | three", "heard: four"]
    assert the_conversation().answered_seq == 4


def test_two_workers_at_once_answer_once(writer: InstagramWriter) -> None:
    write(writer, "Hi")
    assert at_once(answer, answer, answer, answer) == []
    assert said() == ["heard: Hi"] and outcomes() == ["answered"]


def test_failed_turn_comes_again_after_5_15_and_60_seconds_then_staff_get_it(writer: InstagramWriter) -> None:
    write(writer, "Hi")

    def fail(turn: Any) -> None:
        outbox.say(turn.conversation.pk, "half done")
        raise ValueError("secret of the customer")

    Parrot.acting += [fail] * 20
    waits = []
    for _ in range(5):
        before = timezone.now()
        answer()
        conversation = the_conversation()
        assert conversation.next_try_at and conversation.lease_until is None
        waits.append(round((conversation.next_try_at - before).total_seconds()))
        assert answer() == 0, "not before its time"
        Conversation.objects.update(next_try_at=timezone.now())
    assert waits == [5, 15, 60, 60, 60]
    assert said() == [], "what was half done was never done"
    assert list(Turn.objects.values_list("outcome", "error").distinct()) == [("failed", "ValueError")]
    answer()
    conversation = the_conversation()
    assert (conversation.mode, conversation.attention, conversation.answered_seq) == ("nobody", "stuck", 1)
    holding = Message.objects.get(author="bot")
    assert holding.purpose == "notice" and "zespołu" in holding.text
    write(writer, "Hello?")
    assert drain() == 0 and len(said()) == 1, "one holding sentence, then staff"


def test_turn_that_killed_its_worker_counts_too(writer: InstagramWriter) -> None:
    write(writer, "Hi")
    pk = the_conversation().pk
    for _ in range(5):
        assert turns.claim(pk)
        assert turns.claim(pk) is None, "its lease is still good"
        Conversation.objects.update(lease_until=timezone.now() - timedelta(seconds=1))
    assert turns.claim(pk) is None
    assert (the_conversation().mode, the_conversation().attention) == ("nobody", "stuck")
    assert len(said()) == 1


def test_success_forgets_failures(writer: InstagramWriter) -> None:
    write(writer, "Hi")
    Parrot.acting.append(lambda turn: 1 / 0)
    answer()
    Conversation.objects.update(next_try_at=timezone.now())
    answer()
    assert (the_conversation().failed_turns, the_conversation().next_try_at) == (0, None)
    assert outcomes() == ["failed", "answered"]


def test_customer_who_wants_no_messages_gets_none_and_staff_see_it(writer: InstagramWriter) -> None:
    write(writer, "Hi")
    contact = the_conversation().contact
    contact.opted_out_at = timezone.now()
    contact.save()
    answer()
    assert said() == [] and outcomes() == ["silent"]
    assert the_conversation().attention == "waiting"


def test_two_machines_do_not_talk_for_ever(writer: InstagramWriter) -> None:
    write(writer, "Hi")
    turn = {"generation": 0, "after_seq": 0, "upto_seq": 0, "agent": "rules", "outcome": "answered"}
    turn |= {"conversation": the_conversation(), "started_at": timezone.now()}
    Turn.objects.bulk_create([Turn(**turn) for _ in range(turns.MAX_REPLIES_AN_HOUR)])
    answer()
    assert said() == [] and the_conversation().attention == "stuck"


def test_nothing_to_say_is_noted_and_not_tried_again(writer: InstagramWriter) -> None:
    write(writer, "silence")
    assert answer() == 1
    assert outcomes() == ["silent"] and answer() == 0


def test_answered_mark_never_goes_back(writer: InstagramWriter) -> None:
    write(writer, "one")
    lease = turns.claim(the_conversation().pk)
    assert lease
    Conversation.objects.update(answered_seq=1, generation=99)
    before = row(the_conversation())
    turns.take(lease)
    assert row(the_conversation()) == before


def test_conversation_of_a_person_is_not_claimed(writer: InstagramWriter) -> None:
    write(writer, "Hi")
    for mode in ("person", "nobody"):
        Conversation.objects.update(mode=mode)
        assert answer() == 0 and turns.claim(the_conversation().pk) is None
    assert turns.answer(0, patience=0) == 0, "and one that is not there is nobody's"


def test_a_lost_ring_is_rung_again_and_not_more_often_than_every_rest(writer: InstagramWriter) -> None:
    write(writer, "Hi")
    Conversation.objects.update(enqueued_at=None, due_at=timezone.now() - timedelta(seconds=5))
    short, rest = timedelta(seconds=1), timedelta(seconds=30)
    assert turns.enqueue_again(missed_for=short, rest=rest) == 1
    assert turns.enqueue_again(missed_for=short, rest=rest) == 0
    Conversation.objects.update(enqueued_at=timezone.now() - timedelta(seconds=31))
    assert turns.enqueue_again(missed_for=short, rest=rest) == 1


def test_first_words_tell_that_an_assistant_answers_once(writer: InstagramWriter) -> None:
    writer.write("Hi")
    answer()
    writer.write("Hi again")
    answer()
    assert "assistant of" in said()[0]
    assert said()[-1] == "heard: Hi again"
    takeover.pause(the_conversation().pk, by=EWA)
    writer.write("And now?")
    takeover.resume(the_conversation().pk, by=EWA)
    answer()
    assert said()[-1] != "heard: And now?" and said()[-1].endswith("heard: And now?"), "told again after a person"
