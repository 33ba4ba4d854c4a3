"""What managers are told arrives in the end, or is given up where staff see it; customers never wait for it."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from bookings.reservations import actions as reservation_actions
from bots.models import StaffBot, StaffNotice
from bots.staff.actors import Actor
from bots.staff.notifications import delivery as notification_delivery, queue
from tests.bots.staff.conftest import OWNER, Studio
from tests.bots.staff.test_telegram import request, soon, status_of
from tests.clock import travel
from tests.factories import ServiceFactory
from tests.standins.telegram import FOR_EVER

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

Status = StaffNotice.Status


def the_notice() -> StaffNotice:
    return StaffNotice.objects.get()


def later(studio: Studio, **length: float) -> None:
    with travel(timedelta(**length)):
        studio.work()


@pytest.mark.parametrize("harm", ["500", "502", "429"])
def test_what_is_refused_for_now_is_tried_again_until_it_is_delivered(studio: Studio, harm: str) -> None:
    studio.telegram.harm(harm, method="sendMessage", times=1)
    row = request(studio)
    assert status_of(row) == "pending"
    notice = the_notice()
    assert (notice.status, notice.failures, studio.telegram.messages) == (Status.QUEUED, 1, [])
    assert notice.due_at > timezone.now()
    later(studio, seconds=10)
    assert the_notice().status == Status.SENT and len(studio.telegram.chat(OWNER)) == 1


def test_retry_after_rests_the_whole_bot(studio: Studio) -> None:
    studio.telegram.harm("429", method="sendMessage", parameters={"retry_after": 60})
    request(studio)
    asked = len(studio.telegram.asked)
    later(studio, seconds=30)
    assert len(studio.telegram.asked) == asked
    later(studio, seconds=70)
    assert the_notice().status == Status.SENT


def test_a_lost_answer_may_cost_a_second_card_and_the_first_press_still_counts(studio: Studio) -> None:
    studio.telegram.harm("cut", method="sendMessage")
    row = request(studio)
    assert the_notice().maybe_twice
    first = studio.telegram.last(OWNER)
    studio.telegram.press(OWNER, "Confirm", message_id=first.message_id)
    assert status_of(row) == "confirmed"
    later(studio, seconds=10)
    assert len(studio.telegram.chat(OWNER)) == 1 and first.buttons == []


def test_nonsense_from_the_service_is_tried_again(studio: Studio) -> None:
    studio.telegram.harm("garbage", method="sendMessage")
    request(studio)
    assert the_notice().status == Status.QUEUED


def test_a_manager_who_blocked_the_bot_is_shown_and_told_once_they_let_it_in_again(studio: Studio) -> None:
    studio.telegram.blocked.add(OWNER)
    row = request(studio)
    notice = the_notice()
    assert notice.status == Status.FAILED and "blocked" in notice.trouble
    studio.telegram.blocked.clear()
    member = {"user": {"id": 81, "is_bot": True, "first_name": "Desk"}}
    chat = {"id": OWNER, "type": "private"}
    studio.telegram.bring({
        "my_chat_member": {
            "chat": chat, "date": 1, "from": studio.telegram.person(OWNER),
            "old_chat_member": {**member, "status": "kicked", "until_date": 0}, "new_chat_member": {**member, "status": "member"},
        }
    })  # fmt: skip
    assert the_notice().status == Status.SENT
    studio.telegram.press(OWNER, "Confirm")
    assert status_of(row) == "confirmed"


def test_what_was_never_told_need_not_be_once_it_is_decided(studio: Studio) -> None:
    studio.telegram.harm("500", method="sendMessage", times=1)
    row = request(studio)
    reservation_actions.reject(row.pk, by=Actor("Jan", "admin"))
    later(studio, seconds=10)
    assert the_notice().status == Status.SUPERSEDED and studio.telegram.messages == []
    studio.telegram.blocked.add(OWNER)
    second = request(studio)
    assert StaffNotice.objects.filter(status=Status.FAILED).count() == 1
    reservation_actions.reject(second.pk, by=Actor("Jan", "admin"))
    assert StaffNotice.objects.filter(status=Status.FAILED).count() == 0


def test_after_a_day_in_vain_it_is_given_up_and_staff_can_send_it_again(studio: Studio) -> None:
    studio.telegram.harm("500", method="sendMessage", times=FOR_EVER)
    request(studio, service=ServiceFactory(business=studio.business, hold_minutes=3 * 24 * 60), start=soon(days=6))
    for hours in (1, 5, 23):
        later(studio, hours=hours)
    assert the_notice().status == Status.QUEUED
    later(studio, hours=24.1)
    assert the_notice().status == Status.FAILED
    studio.telegram.harms.clear()
    queue.try_again(the_notice().pk)
    studio.work()
    assert the_notice().status == Status.SENT


def test_a_refused_token_is_said_on_the_bot_and_ends_when_it_is_right_again(studio: Studio) -> None:
    studio.telegram.harm("401")
    request(studio)
    bot = StaffBot.objects.get()
    assert "refuses the bot's token" in bot.paused_reason and "AAstand-in" not in the_notice().trouble
    later(studio, minutes=2)
    assert StaffBot.objects.get().paused_reason == "" and the_notice().status == Status.SENT


def test_an_edit_that_shows_the_same_counts_as_done(studio: Studio) -> None:
    row = request(studio)
    StaffNotice.objects.update(status=Status.QUEUED, wanted_version=2)
    studio.work()
    notice = the_notice()
    assert (notice.status, notice.shown_version) == (Status.SENT, 2) and status_of(row) == "pending"


def test_a_card_that_was_deleted_is_sent_anew_while_it_waits_for_a_decision(studio: Studio) -> None:
    request(studio)
    studio.telegram.messages.clear()
    StaffNotice.objects.update(status=Status.QUEUED, wanted_version=2)
    studio.work()
    assert len(studio.telegram.chat(OWNER)) == 1
    studio.telegram.messages.clear()
    StaffNotice.objects.update(status=Status.QUEUED, wanted_version=3, facts={"status": "confirmed"})
    studio.work()
    assert studio.telegram.messages == [] and the_notice().status == Status.SENT


def test_a_group_that_became_a_supergroup_is_followed(studio: Studio) -> None:
    studio.telegram.known.add(-1009)
    studio.telegram.harm("migrated", method="sendMessage")
    request(studio)
    later(studio, seconds=5)
    assert len(studio.telegram.chat(-1009)) == 1


def test_a_worker_that_died_while_sending_is_taken_over(studio: Studio) -> None:
    request(studio)
    StaffNotice.objects.update(status=Status.SENDING, lease_until=timezone.now() - timedelta(seconds=1), external_id="")
    studio.work()
    assert the_notice().status == Status.SENT and len(studio.telegram.chat(OWNER)) == 2


def test_a_decision_during_the_send_is_shown_next(studio: Studio) -> None:
    """The claim is older than the decision: the row is behind what the manager should see, and goes again."""
    row = request(studio)
    StaffNotice.objects.update(status=Status.QUEUED, external_id="")
    claimed = notification_delivery._claim(the_notice().pk)
    assert claimed
    reservation_actions.approve(row.pk, by=Actor("Jan", "admin"))
    notification_delivery._sent(claimed, str(studio.telegram.last(OWNER).message_id))
    assert the_notice().status == Status.QUEUED
    studio.work()
    assert studio.telegram.last(OWNER).buttons == [] and the_notice().status == Status.SENT


def test_without_managers_a_request_costs_nothing_and_works(studio: Studio) -> None:
    studio.owner.delete()
    assert status_of(request(studio)) == "pending"
    assert not StaffNotice.objects.exists()


def test_cards_come_without_a_sound_at_night_unless_they_are_about_today(studio: Studio) -> None:
    studio.owner.quiet_from, studio.owner.quiet_until = "00:00", "23:59:59"
    studio.owner.save()
    request(studio)
    assert studio.telegram.last(OWNER).silent


@pytest.mark.parametrize("language", ["en", "pl", "uk", "ru", "es"])
def test_cards_speak_the_managers_language(studio: Studio, language: str) -> None:
    studio.owner.language = language
    studio.owner.save()
    row = request(studio)
    card = studio.telegram.last(OWNER)
    english = ["New request", "Confirm", "Decline", "Service", "People", "Also that day", "Asked for", "Please decide"]
    shown = card.text + "\n" + "\n".join(card.buttons)
    found = [word for word in english if re.search(rf"\b{word}\b", shown)]
    assert found == (english if language == "en" else [])
    studio.telegram.press(OWNER, card.buttons[0])
    assert status_of(row) == "confirmed"
    assert ("customer" in studio.telegram.answers[-1]["text"]) == (language == "en")


def test_a_very_long_note_is_cut_and_no_tag_with_it(studio: Studio) -> None:
    request(studio, note="<b>&" * 5000)
    assert the_notice().status == Status.SENT
    assert len(studio.telegram.last(OWNER).text) < 4096


def test_an_unknown_way_is_given_up(studio: Studio) -> None:
    request(studio)
    StaffNotice.objects.update(status=Status.QUEUED, backend="pigeon")
    studio.work()
    assert the_notice().trouble == "There is no way called pigeon."


def test_errors_carry_no_token(studio: Studio, caplog: Any) -> None:
    for harm in ("401", "500", "garbage", "cut"):
        studio.telegram.harm(harm)
    request(studio)
    for minutes in (2, 4, 6, 8, 20):
        later(studio, minutes=minutes)
    assert caplog.text.count("notice not sent yet") == 4
    assert "AAstand-in" not in caplog.text + str([record.__dict__ for record in caplog.records])


def test_who_had_not_opened_the_bot_yet_is_told_when_they_do(studio: Studio) -> None:
    studio.telegram.known.clear()
    row = request(studio)
    assert the_notice().status == Status.FAILED and "/start" in the_notice().trouble
    studio.telegram.start(OWNER)
    studio.telegram.write(OWNER, "/start")
    assert the_notice().status == Status.SENT
    studio.telegram.press(OWNER, "Confirm")
    assert status_of(row) == "confirmed"
