"""The one gate: a table of who may send what at this moment."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from conversations import gate
from conversations.gate import Drop, Go, Hold, Wait
from conversations.models import Message
from tests.conversations.writer import instagram_account, zone_by_day
from tests.factories import ConversationFactory, MessageFactory

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
ALL = ["reply", "news", "reminder", "notice", "staff"]


def asked(
    purpose: str, *, message: Any = (), conversation: Any = (), account: Any = (), opted_out: bool = False
) -> Any:
    """What the gate says of a message of this purpose in a conversation that is open and held by the bot."""
    ours = instagram_account(bot__business__timezone=zone_by_day(), **dict(account))
    talk = ConversationFactory(account=ours, last_inbound_at=timezone.now() - HOUR)
    for name, value in dict(conversation).items():
        setattr(talk, name, value)
    if opted_out:
        talk.contact.opted_out_at = timezone.now()
    one = MessageFactory(conversation=talk, author="bot", status="queued", purpose=purpose, **dict(message))
    return gate.verdict(one, talk)


@pytest.mark.parametrize("purpose", ALL)
def test_open_window_lets_everything_go(purpose: str) -> None:
    assert asked(purpose) == Go(window_open=True)


@pytest.mark.parametrize(
    ("purpose", "said"),
    [
        ("reply", Drop("a person holds the conversation")),
        ("news", Go()),
        ("reminder", Go()),
        ("notice", Go()),
        ("staff", Go()),
    ],
)
def test_pause_drops_replies_only(purpose: str, said: Any) -> None:
    assert asked(purpose, conversation={"mode": "person"}) == said


@pytest.mark.parametrize("purpose", ["reply", "news", "reminder"])
def test_opt_out_drops_what_is_automatic(purpose: str) -> None:
    assert asked(purpose, opted_out=True) == Drop("opted out")


@pytest.mark.parametrize("purpose", ["notice", "staff"])
def test_opt_out_lets_a_person_write_and_the_last_word_out(purpose: str) -> None:
    assert asked(purpose, opted_out=True) == Go()


@pytest.mark.parametrize("purpose", ["reply", "news", "reminder", "notice"])
@pytest.mark.parametrize("silent_for", [timedelta(hours=24, seconds=1), timedelta(days=30)])
def test_closed_window_holds_what_is_automatic(purpose: str, silent_for: timedelta) -> None:
    talk = {"last_inbound_at": timezone.now() - silent_for}
    assert asked(purpose, conversation=talk) == Hold("the channel's reply window is closed")


def test_a_person_may_write_for_seven_days() -> None:
    assert asked("staff", conversation={"last_inbound_at": timezone.now() - timedelta(days=6)}) == Go(window_open=False)


def test_after_seven_days_nobody_may() -> None:
    talk = {"last_inbound_at": timezone.now() - timedelta(days=7, seconds=1)}
    assert isinstance(asked("staff", conversation=talk), Hold)


def test_where_the_customer_never_wrote_the_channel_itself_decides() -> None:
    """An echo made the conversation: the business wrote first, in the app. Meta refuses, and the message is held."""
    assert asked("staff", conversation={"last_inbound_at": None}) == Go()


@pytest.mark.parametrize("purpose", ALL)
def test_what_is_expired_is_dropped_before_anything_else(purpose: str) -> None:
    late = {"expires_at": timezone.now() - timedelta(seconds=1)}
    assert asked(purpose, message=late, account={"paused_at": timezone.now()}) == Drop("too late")


@pytest.mark.parametrize("purpose", ALL)
@pytest.mark.parametrize("account", [{"paused_at": timezone.now()}, {"is_active": False}], ids=["paused", "off"])
def test_account_that_is_stopped_keeps_everything_waiting(purpose: str, account: Any) -> None:
    assert asked(purpose, account=account) == Wait(None)


def test_limited_account_and_message_wait_until_then() -> None:
    soon = timezone.now() + timedelta(seconds=30)
    assert asked("reply", account={"send_not_before": soon}) == Wait(soon)


def test_message_waits_until_its_time() -> None:
    soon = timezone.now() + timedelta(seconds=30)
    assert asked("reply", message={"not_before": soon}) == Wait(soon)
    assert Message.objects.get().status == "queued"
