"""Polling: nothing is lost, nothing is done twice, and two readers do not fight."""

import threading
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from bots.models import StaffBot, TelegramUpdate
from bots.staff.telegram import polling
from tests.bots.staff.conftest import OWNER, Studio
from tests.bots.staff.test_telegram import request, status_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def polled(studio: Studio) -> Studio:
    studio.telegram.deliver = None
    return studio


def run(**options: Any) -> str:
    said = StringIO()
    call_command("run_telegram", once=True, stderr=said, stdout=said, **options)
    return said.getvalue()


def test_a_press_is_fetched_kept_and_confirmed_to_telegram(polled: Studio) -> None:
    row = request(polled)
    polled.telegram.press(OWNER, "Confirm")
    assert run() == ""
    polled.work()
    assert status_of(row) == "confirmed"
    assert StaffBot.objects.get().next_update == 901 and StaffBot.objects.get().username == "frontdesk_test_bot"
    run()
    assert polled.telegram.updates == [] and TelegramUpdate.objects.count() == 1


def test_what_is_fetched_twice_is_kept_once(polled: Studio) -> None:
    polled.telegram.write(OWNER, "/today")
    run()
    StaffBot.objects.update(next_update=0)  # as after a crash before the commit
    run()
    polled.work()
    assert len(polled.telegram.chat(OWNER)) == 1


def test_a_webhook_elsewhere_is_said_plainly_and_left_alone(polled: Studio) -> None:
    polled.telegram.webhook = {"url": "https://desk.example/webhooks/telegram/x/"}
    said = run()
    assert "somebody else reads its messages" in said and "--remove-webhook" in said
    assert polled.telegram.webhook["url"]
    call_command("run_telegram", remove_webhook=True, stdout=StringIO())
    assert polled.telegram.webhook == {} and run() == ""


def test_the_webhook_is_set_with_our_secret(polled: Studio) -> None:
    call_command("run_telegram", webhook="https://desk.example/", stdout=StringIO())
    bot = StaffBot.objects.get()
    assert polled.telegram.webhook == {
        "url": f"https://desk.example/webhooks/telegram/{bot.key}/", "secret_token": bot.hook_secret
    }  # fmt: skip
    with pytest.raises(CommandError, match="https"):
        call_command("run_telegram", webhook="http://desk.example/", stdout=StringIO())


def test_a_second_process_of_ours_does_not_read(polled: Studio) -> None:
    bot = StaffBot.objects.get()
    mine, done = threading.Event(), threading.Event()

    def first() -> None:
        with polling.the_only_reader(bot) as yes:
            assert yes
            mine.set()
            done.wait(10)
        connection.close()

    thread = threading.Thread(target=first)
    thread.start()
    assert mine.wait(10)
    assert "another process of ours reads it already" in run()
    assert polled.telegram.asked == []
    done.set()
    thread.join()
    assert run() == ""


@pytest.mark.parametrize(
    ("harm", "words"), [("401", "refuses the bot's token"), ("502", "did not answer"), ("garbage", "cannot be read")]
)
def test_failures_are_said_in_plain_words(polled: Studio, harm: str, words: str) -> None:
    run()
    polled.telegram.harm(harm, method="getUpdates")
    assert words in run()
