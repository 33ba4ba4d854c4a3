"""What came in becomes rows: each once, in order, whoever else writes at the same moment."""

import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from bots.models import ChannelAccount
from conversations.models import Contact, ContactIdentity, Conversation, DeadLetter, Message, ParkedEcho
from tests.conversations.writer import InstagramWriter, row, the_conversation
from tests.factories import MessageFactory
from tests.standins import graph


def at_once(*jobs: Callable[[], Any]) -> list[Exception]:
    """Run jobs in threads that begin together, each with a connection of its own; what they raised."""
    gate, raised = threading.Barrier(len(jobs)), []

    def run(job: Callable[[], Any]) -> None:
        gate.wait()
        try:
            job()
        except Exception as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[job]) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return raised


def our_message(conversation: Conversation, mid: str = "ours", **fields: Any) -> Message:
    given = {"author": "bot", "status": "sent", "purpose": "reply", "external_id": mid, "text": "See you!"} | fields
    return MessageFactory(conversation=conversation, **given)


# --- once, and in order --------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_repeat_changes_nothing_not_even_a_timer(writer: InstagramWriter) -> None:
    body = graph.encode(graph.envelope(graph.item("9001", message={"mid": "m1", "text": "Hi"})))
    writer.post(body)
    conversation = the_conversation()
    Conversation.objects.filter(pk=conversation.pk).update(due_at=timezone.now() - timedelta(hours=2), enqueued_at=None)
    tables = [Contact, ContactIdentity, Conversation, Message, ChannelAccount]
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    for _ in range(100):
        assert writer.post(body).status_code == 200
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before
    assert not DeadLetter.objects.exists()


@pytest.mark.django_db
def test_repeat_of_every_kind_changes_nothing(writer: InstagramWriter) -> None:
    writer.write("Hi", mid="m1")
    our_message(the_conversation())
    items = [
        graph.item("9001", message_edit={"mid": "m1", "text": "Hello", "num_edit": 1}),
        graph.item("9001", reaction={"mid": "m1", "action": "react", "emoji": "❤"}),
        graph.item("9001", message={"mid": "m1", "is_deleted": True}),
        graph.item("9001", read={"mid": "ours"}),
        graph.item("9001", postback={"mid": "p1", "title": "Book", "payload": "booking:start"}),
        graph.item("9001", something_new={"a": 1}),
        graph.echo("9001", "theirs", "We call you"),
    ]
    writer.bring(*items)
    before = [list(table.objects.order_by("pk").values()) for table in (Conversation, Message, ParkedEcho)]
    assert [len(rows) for rows in before] == [1, 7, 1]
    writer.bring(*items)
    assert [list(table.objects.order_by("pk").values()) for table in (Conversation, Message, ParkedEcho)] == before


@pytest.mark.django_db
def test_messages_are_numbered_as_they_come(writer: InstagramWriter) -> None:
    for text in ("one", "two", "three"):
        writer.write(text)
    assert list(Message.objects.order_by("seq").values_list("seq", "text")) == [(1, "one"), (2, "two"), (3, "three")]
    conversation = the_conversation()
    assert (conversation.last_seq, conversation.last_inbound_seq, conversation.answered_seq) == (3, 3, 0)


@pytest.mark.django_db
def test_burst_slides_the_answer_up_to_the_ceiling(writer: InstagramWriter, account: ChannelAccount) -> None:
    account.bot.debounce_seconds, account.bot.debounce_ceiling_seconds = 2, 12
    account.bot.save()
    writer.write("one")
    first = the_conversation()
    assert first.oldest_unanswered_at and first.due_at == first.oldest_unanswered_at + timedelta(seconds=2)
    eleven_ago = first.oldest_unanswered_at - timedelta(seconds=11)
    Conversation.objects.update(oldest_unanswered_at=eleven_ago)
    writer.write("two")
    assert the_conversation().due_at == eleven_ago + timedelta(seconds=12)


@pytest.mark.django_db
def test_timestamp_of_the_future_counts_as_now(writer: InstagramWriter) -> None:
    writer.write("Hi", ago=timedelta(days=-400))
    assert Message.objects.get().sent_at <= timezone.now()
    assert the_conversation().last_inbound_at <= timezone.now()


@pytest.mark.django_db
def test_late_message_does_not_open_the_window_anew(writer: InstagramWriter) -> None:
    writer.write("now")
    opened = the_conversation().last_inbound_at
    writer.write("of last week", ago=timedelta(days=7))
    assert the_conversation().last_inbound_at == opened


# --- who writes ------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_first_words_in_parallel_make_one_contact_and_one_conversation(writer: InstagramWriter) -> None:
    """An album: ten pictures at the same moment from somebody unknown."""
    pictures = [
        lambda n=n: InstagramWriter().write(
            mid=f"m{n}", attachments=[{"type": "image", "payload": {"url": f"https://x/{n}"}}]
        )
        for n in range(10)
    ]
    assert at_once(*pictures) == []
    assert [table.objects.count() for table in (Contact, ContactIdentity, Conversation, Message)] == [1, 1, 1, 10]
    assert sorted(Message.objects.values_list("seq", flat=True)) == list(range(1, 11))
    assert (the_conversation().last_seq, the_conversation().last_inbound_seq) == (10, 10)


@pytest.mark.django_db(transaction=True)
def test_one_delivery_in_parallel_is_stored_once(writer: InstagramWriter) -> None:
    assert at_once(*[lambda: InstagramWriter().write("Hi", mid="m1")] * 8) == []
    assert (Message.objects.count(), the_conversation().last_seq) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_batches_that_name_known_and_new_people_do_not_wait_for_each_other_for_ever(writer: InstagramWriter) -> None:
    """A deadlock would show as 503 after a second: nothing lost, but Meta counts it against us."""
    for known in ("a1", "a2", "a3", "a4"):
        InstagramWriter(known).write("Hi")

    def batch(number: int) -> None:
        people = [f"a{number % 4 + 1}", f"b{number}", "c-new", f"d{number}", "e-new"]
        items = [graph.item(one, message={"mid": f"{one}-{number}", "text": "Hi"}) for one in people]
        if number % 2:
            items.reverse()
        assert InstagramWriter().bring(*items).status_code == 200

    for round_ in range(3):
        assert at_once(*[lambda n=n: batch(n) for n in range(round_ * 10, round_ * 10 + 8)]) == []
    assert Conversation.objects.filter(peer__in=["c-new", "e-new"]).count() == 2
    assert Message.objects.count() == 4 + 24 * 5


@pytest.mark.django_db(transaction=True)
def test_receipts_and_messages_at_once_do_not_wait_for_each_other_for_ever(writer: InstagramWriter) -> None:
    writer.write("Hi")
    for number in range(5):
        our_message(the_conversation(), f"ours{number}")

    def batch(number: int) -> None:
        items = [
            graph.item("9001", read={"mid": f"ours{number % 5}"}),
            graph.item("9001", message={"mid": f"more{number}", "text": "Hi"}),
            graph.echo("9001", f"echo{number}", "words"),
        ]
        assert InstagramWriter().bring(*(items if number % 2 else items[::-1])).status_code == 200

    assert at_once(*[lambda n=n: batch(n) for n in range(8)]) == []
    assert Message.objects.filter(author="customer").count() == 9


@pytest.mark.django_db
def test_same_person_on_two_accounts_of_a_business_is_one_contact(
    writer: InstagramWriter, account: ChannelAccount
) -> None:
    from tests.conversations.writer import instagram_account

    instagram_account(external_id="1784000", bot=account.bot)
    writer.write("Hi")
    writer.bring(graph.item("9001", "1784000", message={"mid": "m2", "text": "Hi"}), account="1784000")
    assert (Contact.objects.count(), Conversation.objects.count()) == (1, 2)


# --- what is not a message -----------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_edit_before_the_answer_changes_what_is_answered(writer: InstagramWriter) -> None:
    mid = writer.write("Tuesday")
    writer.edit(mid, "Wednesday")
    message, change = Message.objects.order_by("seq")
    assert message.text == "Wednesday"
    assert (change.kind, change.text, change.raw["target"], change.expected) == ("edited", "Wednesday", mid, False)


@pytest.mark.django_db
def test_edit_after_the_answer_is_kept_beside_what_was_answered(writer: InstagramWriter) -> None:
    mid = writer.write("Tuesday")
    Conversation.objects.update(answered_seq=1)
    before = row(the_conversation())
    writer.edit(mid, "Wednesday")
    assert list(Message.objects.order_by("seq").values_list("text", flat=True)) == ["Tuesday", "Wednesday"]
    after = row(the_conversation())
    changed = {name for name in after if after[name] != before[name]}
    assert changed <= {"last_seq", "last_message_at"}, "no timer and no window"


@pytest.mark.django_db
def test_deleted_before_the_answer_is_not_kept(writer: InstagramWriter) -> None:
    mid = writer.write("My secret", quick_reply={"payload": "x"})
    writer.delete(mid)
    message = Message.objects.get(external_id=mid)
    assert (message.kind, message.text, message.choice, message.media, message.expected) == (
        "deleted",
        "",
        "",
        [],
        False,
    )


@pytest.mark.django_db
def test_change_of_another_persons_message_does_nothing_to_it(writer: InstagramWriter) -> None:
    mid = writer.write("Tuesday")
    InstagramWriter("9002").edit(mid, "Never")
    InstagramWriter("9002").delete(mid)
    assert Message.objects.get(external_id=mid).text == "Tuesday"


@pytest.mark.django_db
@pytest.mark.parametrize(
    "content",
    [
        {"reaction": {"mid": "m1", "action": "react", "emoji": "❤"}},
        {"reaction": {"mid": "m1", "action": "unreact"}},
        {"pass_thread_control": {"new_owner_app_id": "1"}},
        {"referral": {"ref": "summer", "source": "IGME"}},
        {"something_new": {"a": 1}},
    ],
    ids=lambda content: next(iter(content)),
)
def test_event_is_stored_and_not_answered(writer: InstagramWriter, content: dict[str, Any]) -> None:
    writer.bring(graph.item("9001", **content))
    message = Message.objects.get()
    assert message.expected is False
    conversation = the_conversation()
    assert (conversation.last_inbound_seq, conversation.due_at, conversation.attention) == (0, None, "")
    assert conversation.last_inbound_at is None, "it opens no window"


@pytest.mark.django_db
def test_standby_is_stored_and_not_answered(writer: InstagramWriter, account: ChannelAccount) -> None:
    said = graph.item("9001", message={"mid": "m1", "text": "to the other app"})
    entry = {"id": account.external_id, "time": 1, "standby": [said]}
    writer.post(graph.encode({"object": "instagram", "entry": [entry]}))
    message = Message.objects.get()
    assert (message.kind, message.expected) == ("event", False)
    assert the_conversation().due_at is None
    writer.write("to the other app", mid="m1")
    assert Message.objects.filter(expected=True).count() == 1, "it came to us after all"


@pytest.mark.django_db
def test_person_holds_the_conversation_what_comes_waits_for_them(writer: InstagramWriter) -> None:
    writer.write("Hi")
    Conversation.objects.update(mode="person", answered_seq=1)
    writer.write("Are you there?")
    conversation = the_conversation()
    assert conversation.attention == "waiting" and conversation.attention_at
    since = conversation.attention_at
    writer.write("Hello?")
    assert the_conversation().attention_at == since, "the age is that of the first"
    assert not Conversation.objects.answerable().exists()


# --- receipts --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_read_takes_all_before_it_along_and_leaves_the_others(writer: InstagramWriter) -> None:
    writer.write("Hi")
    conversation = the_conversation()
    for mid, status in {"o1": "delivered", "o2": "failed", "o3": "queued", "o4": "sent", "o5": "sent"}.items():
        our_message(conversation, mid, status=status)
    writer.seen("o4")
    assert dict(Message.objects.filter(author="bot").values_list("external_id", "status")) == {
        "o1": "read", "o2": "failed", "o3": "queued", "o4": "read", "o5": "sent",
    }  # fmt: skip
    assert Message.objects.get(author="customer").status == "received"


@pytest.mark.django_db
def test_receipt_never_goes_backwards(writer: InstagramWriter, account: ChannelAccount) -> None:
    from bots.channels.base import Receipt
    from conversations import inbox

    writer.write("Hi")
    ours = our_message(the_conversation())

    def receipt(status: Any) -> str:
        inbox.receive(
            account, [Receipt(account=account.external_id, external_id="ours", status=status, at=datetime.now(UTC))]
        )
        ours.refresh_from_db()
        return ours.status

    assert [receipt(status) for status in ("read", "delivered", "sent", "failed")] == ["read"] * 4
    Message.objects.filter(pk=ours.pk).update(status="sending")
    assert receipt("delivered") == "delivered", "it settles a send of which nothing was known"
    Message.objects.filter(pk=ours.pk).update(status="sent")
    assert receipt("failed") == "failed"
    assert the_conversation().attention == "failed_send"


@pytest.mark.django_db
def test_receipt_of_something_unknown_is_no_harm(writer: InstagramWriter) -> None:
    writer.seen("nobody knows this")
    assert not Message.objects.exists() and not DeadLetter.objects.exists()
