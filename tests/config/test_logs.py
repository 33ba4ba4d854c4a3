"""What is logged carries ids only: no words, no names, no secrets, whatever goes wrong (S47)."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from django.utils.module_loading import import_string

from bots.models import ChannelAccount
from bots.staff.actors import Actor
from config.logs import redacted
from conversations import outbox, turns
from conversations.models import Contact, Conversation, Message, ParkedEcho
from tests.conversations.parrot import Parrot
from tests.conversations.writer import URL, InstagramWriter, instagram_account, the_conversation
from tests.features import only
from tests.standins import graph

WORDS = "Zażółć-gęślą-jaźń"
NAME = "Grzegorz-Brzęczyszczykiewicz"
PHONE = "+48601234567"
EMAIL = "grzegorz@example.pl"
VERIFY = "a-verify-token-of-ours"
PRIVATE = [WORDS, NAME, PHONE, PHONE[1:], EMAIL, VERIFY, graph.TOKEN, graph.APP_SECRET]


@pytest.fixture
def lines() -> Iterator[io.StringIO]:
    """All that our handler writes, at the most talkative level."""
    written = io.StringIO()
    handler = logging.StreamHandler(written)
    given = django_settings.LOGGING["formatters"]["json"]
    arguments = {"fmt": given["format"], "rename_fields": given["rename_fields"]}
    handler.setFormatter(import_string(given["()"])(**arguments))
    for name in django_settings.LOGGING["handlers"]["console"]["filters"]:
        handler.addFilter(import_string(django_settings.LOGGING["filters"][name]["()"])())
    root = logging.getLogger()
    level = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield written
    root.removeHandler(handler)
    root.setLevel(level)


def private_in(written: io.StringIO) -> list[str]:
    text = written.getvalue()
    escaped = [json.dumps(one)[1:-1] for one in PRIVATE]
    return [one for one in {*PRIVATE, *escaped} if one in text]


@pytest.fixture
def private_talk(db: Any, settings: Any) -> InstagramWriter:
    settings.VERIFY_TOKEN = VERIFY
    instagram_account()
    writer = InstagramWriter()
    writer.write(f"{WORDS} {PHONE} {EMAIL}, {NAME}")
    Contact.objects.update(name=NAME, phone=PHONE, email=EMAIL)
    return writer


@pytest.mark.django_db(transaction=True)
def test_nothing_private_is_logged_whatever_happens(
    private_talk: InstagramWriter, lines: io.StringIO, settings: Any
) -> None:
    writer = private_talk
    with graph.Graph(anyone=True) as api:
        settings.GRAPH_API_URL = api.url
        for harm in ("throttled", "closed", "token_dead", "temporary", "fault"):
            Conversation.objects.update(mode="bot", due_at=timezone.now())
            for message in Message.objects.filter(status="sending"):
                Message.objects.filter(pk=message.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
            writer.write(f"{WORDS} {PHONE}")
            outbox.say(the_conversation().pk, f"{WORDS} {NAME}", purpose="news")
            api.harm(harm)
            ChannelAccount.objects.update(paused_at=None)
            call_command("drain", stdout=io.StringIO())
            api.calm()
        outbox.reply_as_staff(the_conversation().pk, WORDS, by=Actor(NAME, "admin"))
        writer.echo("theirs", WORDS)
        ParkedEcho.objects.update(decide_at=timezone.now())
        call_command("drain", stdout=io.StringIO())
        writer.bring(graph.item("9" * 250, message={"mid": "x", "text": WORDS}), {"message": {"text": WORDS}})
        writer.post(f'{{"entry": "{WORDS}"'.encode())
        writer.post(WORDS.encode(), "sha256=" + "0" * 64)
        Client().get(URL, {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "<>"})
    assert lines.getvalue().count('"conversation": ') >= 3, "ids are there"
    assert all(json.loads(line) for line in lines.getvalue().splitlines())
    assert private_in(lines) == []


@pytest.mark.django_db(transaction=True)
def test_turn_that_fails_over_a_customers_words_logs_where_and_not_what(
    private_talk: InstagramWriter, lines: io.StringIO, settings: Any
) -> None:

    def choke(turn: Any) -> None:
        try:
            int(turn.text)
        except ValueError as error:
            raise KeyError(turn.text, PHONE) from error

    def too_long(turn: Any) -> None:
        Contact.objects.filter(pk=turn.contact.pk).update(phone=f"{WORDS} {PHONE} and more than twenty letters")

    def twice(turn: Any) -> None:
        Contact.objects.create(pk=turn.contact.pk, business_id=turn.business.pk, name=NAME)

    try:
        for fault in (choke, too_long, twice):
            Parrot.acting.append(fault)
            Conversation.objects.update(next_try_at=None)
            with only(skills=(Parrot(),)):
                turns.answer(the_conversation().pk, patience=0)
    finally:
        Parrot.heard.clear()
    text = lines.getvalue()
    assert text.count("turn failed") == 3
    assert all(name in text for name in ("KeyError", "DataError", "IntegrityError", "parrot.py")), "staff can find it"
    assert private_in(lines) == []


SECRETS = [
    ("key sk_live_51HabcDEF rolled", "51HabcDEF"),
    ("rk_test_51HabcDEF", "51HabcDEF"),
    ("whsec_3fQx81kLmN", "3fQx81kLmN"),
    ("GET /pay/Zr3kQ0v1x2y3z4A5b6C7d8/done/", "Zr3kQ0v1x2y3z4A5b6C7d8"),
    ("Authorization: Bearer EAAGm0PX4ZCpsBA", "EAAGm0PX4ZCpsBA"),
    ("GET /v25.0/me?access_token=EAAGm0PX4ZCpsBA&x=1", "EAAGm0PX4ZCpsBA"),
    ('{"password": "hunter2hunter2"}', "hunter2hunter2"),
    ("token='abcdefgh'", "abcdefgh"),
    ("hub.verify_token=our-own-word", "our-own-word"),
    ("called +48601234567 twice", "+48601234567"),
    ("key fd_Zk3vQ0mXy1r8h2Wb7nT4cUe9aSdFgHjKlPqRsTuVwXy tried", "Zk3vQ0mXy1r8h2Wb7nT4cUe9aSdFgHjKlPqRsTuVwXy"),
    ("GET /pay/Zk3vQ0mXy1r8h2Wb7nT4cU/ 200", "Zk3vQ0mXy1r8h2Wb7nT4cU"),
    ("GET /book/Zk3vQ0mXy1r8h2Wb7nT4cUe9aSdFgHjKlPqRsTuVwXy/ 200", "Zk3vQ0mXy1r8h2Wb7nT4cUe9aSdFgHjKlPqRsTuVwXy"),
]


@pytest.mark.parametrize(("line", "secret"), SECRETS)
def test_what_looks_like_a_secret_is_blotted_out(line: str, secret: str) -> None:
    assert secret not in redacted(line)


def test_a_line_stays_one_line(lines: io.StringIO) -> None:
    logging.getLogger("x").warning("one\ntwo %s", "three\r\n{}")
    assert len(lines.getvalue().splitlines()) == 1
    assert json.loads(lines.getvalue())["level"] == "WARNING"


def test_extras_are_blotted_out_too(lines: io.StringIO) -> None:
    logging.getLogger("x").warning("call", extra={"url": "https://graph/me?access_token=EAAGm0PX4ZCpsBA"})
    assert "access_token=" in lines.getvalue() and "EAAGm0" not in lines.getvalue()
