"""The owner decides in Telegram: cards out, presses in, over HTTP both ways."""

import json
import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from bookings.models import Reservation
from bookings.reservations import actions as reservation_actions
from bots.models import Decision, StaffNotice, TelegramUpdate
from bots.staff.actors import Actor
from bots.staff.telegram.updates import handle
from conversations.models import Message
from tests.bots.staff.conftest import OWNER, STRANGER, Studio
from tests.factories import DraftFactory, ServiceFactory

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def soon(days: int = 3, hour: int = 12) -> Any:
    return (timezone.now() + timedelta(days=days)).replace(hour=hour, minute=0, second=0, microsecond=0)


def request(studio: Studio, **fields: Any) -> Reservation:
    """A customer's request, as the chat makes it."""
    service = fields.pop("service", None) or ServiceFactory(business=studio.business)
    start = fields.pop("start", soon()).astimezone(studio.business.zone)
    draft = DraftFactory(service=service, day=start.date(), start_time=start.time().replace(tzinfo=None), **fields)
    row = reservation_actions.request(draft.pk, by=Actor.customer())
    studio.work()
    return row


def status_of(row: Reservation) -> str:
    return Reservation.objects.get(pk=row.pk).status


def test_a_request_arrives_as_a_card_and_confirm_confirms_it(studio: Studio) -> None:
    row = request(studio, note="We come with a <b>child</b> & a dog")
    card = studio.telegram.last(OWNER)
    assert "New request" in card.text and "We come with a <b>child</b> & a dog" in card.text
    assert card.buttons == ["✅ Confirm", "🕒 Other time", "✖️ Decline"]
    studio.telegram.press(OWNER, "Confirm")
    assert status_of(row) == "confirmed"
    assert [answer["text"] for answer in studio.telegram.answers] == ["Confirmed. The customer is told."]
    decision = Decision.objects.filter(subject="reservation", subject_id=row.pk).first()
    assert decision and (decision.verb, decision.by_name, decision.source) == ("approve", "Ewa", "telegram")
    card = studio.telegram.last(OWNER)
    assert len(studio.telegram.chat(OWNER)) == 1 and card.edits == 1
    assert card.buttons == [] and "Confirmed" in card.text and "Ewa" in card.text
    told = Message.objects.filter(conversation=row.conversation, purpose="news").get()
    assert told.text.startswith("Confirmed:")
    assert studio.telegram.refused == []


# --- reasons and times -------------------------------------------------------------------------------------------


def news_of(row: Reservation) -> list[str]:
    return list(Message.objects.filter(conversation=row.conversation, purpose="news").values_list("text", flat=True))


def test_declining_asks_for_a_reason_and_the_customer_reads_it_in_their_language(studio: Studio) -> None:
    row = request(studio)
    row.conversation.language = "pl"
    row.conversation.save()
    studio.telegram.press(OWNER, "Decline")
    assert status_of(row) == "pending"
    assert studio.telegram.last(OWNER).buttons == [
        "Everything is taken", "We are closed then", "Nobody is there to do it", "Another reason: write it",
        "Decline without a reason", "Back",
    ]  # fmt: skip
    studio.telegram.press(OWNER, "Back")
    assert studio.telegram.last(OWNER).buttons[0] == "✅ Confirm"
    studio.telegram.press(OWNER, "Decline")
    studio.telegram.press(OWNER, "Everything is taken")
    assert status_of(row) == "rejected"
    assert studio.telegram.last(OWNER).buttons == []


def test_a_typed_reason_is_what_the_customer_reads(studio: Studio) -> None:
    row = request(studio)
    studio.telegram.press(OWNER, "Decline")
    studio.telegram.press(OWNER, "write it")
    question = studio.telegram.last(OWNER)
    assert "Write the reason" in question.text
    studio.telegram.write(OWNER, "The kiln is broken <until Monday>", reply_to=question.message_id)
    assert status_of(row) == "rejected"
    assert "The kiln is broken <until Monday>" in news_of(row)[0]
    assert studio.telegram.last(OWNER).text == "Declined. The customer is told."
    studio.telegram.write(OWNER, "and one more thing")
    assert TelegramUpdate.objects.latest("pk").outcome == "no question was open"


def test_another_time_is_chosen_among_free_ones(studio: Studio) -> None:
    row = request(studio)
    studio.telegram.press(OWNER, "Other time")
    labels = studio.telegram.last(OWNER).buttons
    assert len(labels) == 5 and labels[-2:] == ["Another time: write it", "Back"]
    studio.telegram.press(OWNER, labels[0])
    held = Reservation.objects.get(status="held")
    assert held.moves_id == row.pk and status_of(row) == "pending"
    assert "Could you come at another time" in news_of(row)[0]


def test_another_time_can_be_written_in_words(studio: Studio) -> None:
    request(studio)
    studio.telegram.press(OWNER, "Other time")
    studio.telegram.press(OWNER, "write it")
    studio.telegram.write(OWNER, "whenever they like")
    assert "Which time is that?" in studio.telegram.last(OWNER).text
    studio.telegram.write(OWNER, "tomorrow at 14:30")
    held = Reservation.objects.get(status="held")
    start = held.period.lower.astimezone(studio.business.zone)
    assert start.date() == studio.business.now().date() + timedelta(days=1)
    assert (start.hour, start.minute) == (14, 30)


# --- who decided -------------------------------------------------------------------------------------------------


def test_a_card_follows_what_others_decide(studio: Studio) -> None:
    row = request(studio)
    reservation_actions.approve(row.pk, by=Actor("Jan", "admin"))
    studio.work()
    card = studio.telegram.chat(OWNER)[0]
    assert card.buttons == [] and "Jan" in card.text


def test_a_customers_cancellation_edits_the_card_and_is_told_aloud(studio: Studio) -> None:
    row = request(studio)
    reservation_actions.cancel(row.pk, by=Actor.customer())
    studio.work()
    card, news = studio.telegram.chat(OWNER)
    assert card.buttons == [] and "the customer" in card.text
    assert "Cancelled" in news.text


def test_the_second_presser_is_told_who_was_first_and_when(studio: Studio) -> None:
    studio.manager(4343, "Jan")
    row = request(studio)
    stale = studio.telegram.last(4343).keyboard[0][0]["callback_data"]
    studio.telegram.press(OWNER, "Confirm")
    studio.telegram.press(4343, "", data=stale, message_id=studio.telegram.last(4343).message_id)
    assert studio.telegram.answers[-1]["text"].startswith("Already decided. Confirmed: Ewa")
    assert studio.telegram.answers[-1]["show_alert"] == "true"
    assert Decision.objects.filter(subject_id=row.pk, to_status="confirmed").count() == 1


def test_buttons_pressed_by_two_managers_at_the_same_instant_decide_once(studio: Studio) -> None:
    studio.manager(4343, "Jan")
    for _round in range(10):
        row = request(studio, start=soon(hour=9 + _round % 6, days=3 + _round))
        studio.telegram.deliver = None
        studio.telegram.press(OWNER, "Confirm")
        studio.telegram.press(4343, "Confirm")
        updates, studio.telegram.updates, studio.telegram.deliver = studio.telegram.updates, [], studio.deliver
        for update in updates:
            assert studio.post(update).status_code == 200
        ids = list(TelegramUpdate.objects.filter(handled_at=None).values_list("pk", flat=True))
        barrier = threading.Barrier(len(ids))

        def run(pk: int, barrier: threading.Barrier = barrier) -> None:
            barrier.wait()
            handle(pk)
            connection.close()

        threads = [threading.Thread(target=run, args=(pk,)) for pk in ids]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        decided = Decision.objects.filter(subject="reservation", subject_id=row.pk, to_status="confirmed")
        assert decided.count() == 1
        outcomes = sorted(TelegramUpdate.objects.filter(pk__in=ids).values_list("outcome", flat=True))
        assert outcomes == ["decided: approve", "refused: AlreadyDecided"]
        assert len(news_of(row)) == 1
        studio.work()


# --- strangers and forgeries -------------------------------------------------------------------------------------


def test_a_strangers_press_changes_nothing_and_is_recorded(studio: Studio) -> None:
    row = request(studio)
    data = studio.telegram.last(OWNER).keyboard[0][0]["callback_data"]
    studio.telegram.press(STRANGER, "", data=data)
    assert status_of(row) == "pending"
    assert "for the team of Studio Ceramiki only" in studio.telegram.answers[-1]["text"]
    record = TelegramUpdate.objects.latest("pk")
    assert (record.from_user, record.outcome) == (STRANGER, "stranger: refused")


def test_a_group_member_who_is_no_manager_cannot_press(studio: Studio) -> None:
    studio.telegram.known.add(-500)
    studio.owner.telegram_chat_id = -500
    studio.owner.save()
    row = request(studio)
    studio.telegram.press(STRANGER, "Confirm", chat=-500)
    assert status_of(row) == "pending"
    studio.telegram.press(OWNER, "Confirm", chat=-500)
    assert status_of(row) == "confirmed"


def test_a_manager_who_was_removed_cannot_press_any_more(studio: Studio) -> None:
    row = request(studio)
    studio.owner.is_active = False
    studio.owner.save()
    studio.telegram.press(OWNER, "Confirm")
    assert status_of(row) == "pending"


@pytest.mark.parametrize(
    "data", ["", "x", "d.approve.pending.1..000000000000", "." * 40, "d.approve.pending.zz.1", "ж" * 32]
)
def test_forged_data_changes_nothing(studio: Studio, data: str) -> None:
    row = request(studio)
    studio.telegram.press(OWNER, "", data=data or " ")
    assert status_of(row) == "pending"
    assert studio.telegram.answers[-1]["text"] == "This button does not work any more."


def test_a_genuine_button_of_another_business_is_refused(studio: Studio) -> None:
    row = request(studio)
    notice = StaffNotice.objects.get()
    StaffNotice.objects.update(business=ServiceFactory().business)
    studio.telegram.press(OWNER, "Confirm")
    assert status_of(row) == "pending" and notice.subject_id == row.pk


def test_a_message_of_a_stranger_is_answered_politely(studio: Studio) -> None:
    studio.telegram.start(STRANGER)
    studio.telegram.write(STRANGER, "/today")
    assert "for the team of Studio Ceramiki only" in studio.telegram.last(STRANGER).text
    studio.telegram.write(STRANGER, "/start wrong-code")
    assert "does not work any more" in studio.telegram.last(STRANGER).text


# --- what comes in ----------------------------------------------------------------------------------------------------

UPDATE = {
    "update_id": 1,
    "message": {
        "message_id": 1,
        "date": 1,
        "chat": {"id": OWNER, "type": "private"},
        "text": "/today",
        "from": {"id": OWNER, "is_bot": False, "first_name": "E"},
    },
}


@pytest.mark.parametrize(
    ("payload", "change", "expected"),
    [
        (UPDATE, {}, 200),
        (UPDATE, {"secret": "wrong"}, 403),
        (UPDATE, {"secret": ""}, 403),
        (UPDATE, {"key": "unknown"}, 403),
        (UPDATE, {"content_type": "text/plain"}, 415),
        (b"[" * 100_000, {}, 400),
        (b"{", {}, 400),
        (b"[]", {}, 400),
        (b'{"update_id": NaN}', {}, 400),
        (b'{"update_id": "1"}', {}, 400),
        (b'{"update_id": ' + b"9" * 5000 + b"}", {}, 400),
        (b'{"update_id": 3, "x": 1e999, "y": "\\u0000\\ud800"}', {}, 200),
        (b" " * 1_000_001, {}, 413),
        (json.dumps(UPDATE).encode("utf-16"), {}, 400),
    ],
)  # fmt: skip
def test_the_letter_box(studio: Studio, payload: Any, change: dict[str, Any], expected: int) -> None:
    assert studio.post(payload, **change).status_code == expected
    assert TelegramUpdate.objects.count() == (expected == 200)


def test_an_update_that_comes_twice_is_handled_once(studio: Studio) -> None:
    assert [studio.post(UPDATE).status_code for _ in range(3)] == [200] * 3
    studio.work()
    studio.work()
    assert len(studio.telegram.chat(OWNER)) == 1


def test_what_cannot_be_read_is_noted_and_ends(studio: Studio) -> None:
    studio.post({"update_id": 5, "message": {"message_id": "x"}})
    studio.post({"update_id": 6, "callback_query": 7})
    studio.work()
    assert list(TelegramUpdate.objects.values_list("outcome", flat=True)) == ["unreadable", "unreadable"]
    assert not TelegramUpdate.objects.filter(handled_at=None).exists()
