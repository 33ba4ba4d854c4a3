"""The commands, as a person at the keyboard runs them: real runs, and clear words for what is wrong."""

import os
import subprocess
import sys
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command, get_commands, load_command_class
from django.db import connection
from django.utils import timezone

from bookings.models import Reservation
from bots.models import ChannelAccount, Decision
from bots.staff.actors import Actor
from conversations import inbox, outbox, takeover
from conversations.models import Contact, Conversation, Message
from tests.config.server import ROOT, database_url
from tests.conversations.writer import InstagramWriter, the_conversation
from tests.factories import ConversationFactory, ServiceFactory, UserFactory
from tests.snapshots import load_preset
from tests.standins.graph import Graph

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def manage(*arguments: str, typed: str = "") -> subprocess.CompletedProcess[str]:
    """A real manage.py on the test's database."""
    connection.close()
    given = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "DATABASE_URL": database_url()}
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(command, cwd=ROOT, env=given, input=typed, capture_output=True, text=True, timeout=100)


# --- chat ----------------------------------------------------------------------------------------------------


def test_chat_is_a_talk_in_the_terminal() -> None:
    load_preset("ceramics", {})
    done = manage("chat", "ceramics", "--session", "t1", "--show-understanding", typed="hello\n1\n\n")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("\n< ") + done.stdout.count("> < ") >= 2
    assert "1. [" in done.stdout and "intents" in done.stdout
    conversation = the_conversation()
    assert (conversation.peer, conversation.account.channel) == ("terminal-t1", "webchat")
    assert set(Message.objects.filter(author="bot").values_list("status", flat=True)) == {"sent"}
    pressed = Message.objects.filter(author="customer").last()
    assert pressed and pressed.choice
    again = manage("chat", "ceramics", "--session", "t1", typed="stop\n")
    assert again.returncode == 0
    assert Conversation.objects.count() == 1
    assert Contact.objects.get().opted_out_at


@pytest.mark.again
def test_chat_goes_on_with_an_earlier_talk_without_telling_it_all_again() -> None:
    load_preset("ceramics", {})
    first = manage("chat", "ceramics", "--session", "t1", typed="hello\n")
    again = manage("chat", "ceramics", "--session", "t1", typed="thanks\n")
    assert "assistant of" in first.stdout and "assistant of" not in again.stdout


def test_chat_with_nobody_names_who_there_is() -> None:
    with pytest.raises(CommandError, match="load_preset ceramics"):
        call_command("chat", "ceramic")
    load_preset("ceramics", {})
    with pytest.raises(CommandError, match="Bots: ceramics"):
        call_command("chat", "ceramic")


# --- drain ------------------------------------------------------------------------------------------------------


def test_drain_answers_and_sends_without_celery(writer: InstagramWriter, graph_api: Graph) -> None:
    writer.write("Hello")
    out = StringIO()
    call_command("drain", stdout=out)
    assert "Nothing else is due" in out.getvalue()
    assert graph_api.count(customer="9001") >= 1
    assert the_conversation().answered_seq == 1
    asked = len(graph_api.asked)
    call_command("drain", stdout=out)
    assert len(graph_api.asked) == asked


# --- clear state, three ways --------------------------------------------------------------------------------------


@pytest.fixture
def half_finished() -> Iterator[Conversation]:
    service = ServiceFactory(business__slug="studio")
    talk = ConversationFactory(account__bot__business=service.business)
    Reservation.objects.create(
        business=service.business, conversation=talk, contact=talk.contact, service=service, people=2
    )
    outbox.say(talk.pk, "How many people?", asks=["people"])
    Conversation.objects.filter(pk=talk.pk).update(failed_turns=2, not_understood=1, redo=1)
    yield talk


def by_function(talk: Conversation) -> None:
    takeover.clear_state(talk.pk, by=Actor("Ewa", "admin"))


def by_command(talk: Conversation) -> None:
    done = manage("clear_state", str(talk.pk))
    assert (done.returncode, done.stdout.strip()) == (0, "Cleared: 1 × booking."), done.stderr


def by_api(talk: Conversation) -> None:
    from django.test import Client

    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    response = client.post(f"/api/conversations/{talk.pk}/clear-state/")
    assert response.json() == {"conversation": talk.pk, "cleared": {"booking": 1}}


WAYS = {"admin": by_function, "command": by_command, "api": by_api}


@pytest.mark.parametrize("way", WAYS)
def test_clear_state_is_the_same_whichever_way(half_finished: Conversation, way: str) -> None:
    WAYS[way](half_finished)
    talk = Conversation.objects.get(pk=half_finished.pk)
    assert (talk.failed_turns, talk.not_understood, talk.redo, talk.generation) == (0, 0, 0, 1)
    assert not Reservation.objects.filter(conversation=talk, status="draft").exists()
    assert not Message.objects.exclude(asks=[]).exists() and Message.objects.count() == 1
    decision = Decision.objects.get(verb="clear state")
    assert (decision.subject_id, decision.source) == (talk.pk, way)


def test_clear_state_of_nothing_says_so() -> None:
    talk = ConversationFactory()
    out = StringIO()
    call_command("clear_state", str(talk.pk), stdout=out)
    assert out.getvalue().strip() == "Cleared: nothing was half-finished."


@pytest.mark.parametrize("argument", ["999999", "abc"])
def test_clear_state_of_nobody_is_told_plainly(argument: str) -> None:
    with pytest.raises(CommandError) as raised:
        call_command("clear_state", argument)
    assert "999999" in str(raised.value) or "abc" in str(raised.value)


@pytest.mark.parametrize("command", ["chat", "clear_state", "drain", "demo", "load_preset", "understand"])
def test_every_command_has_help(command: str) -> None:
    parser = load_command_class(get_commands()[command], command).create_parser("manage.py", command)
    assert len(parser.format_help()) > 200


# --- dates and numbers that cannot be, as short talks -----------------------------------------------------------------

NONSENSE = {
    "31 February": "I would like to book a wheel workshop on 31 February at 17:00 for 2 people",
    "the past": "Book the wheel workshop for 2 on 3 March 2019 at 17:00",
    "yesterday": "book wheel workshop yesterday 17:00, 2 people",
    "nobody comes": "book wheel workshop on Tuesday at 17:00 for 0 people",
    "five hundred": "book wheel workshop on Tuesday at 17:00 for 500 people",
    "a closed day": "book wheel workshop on Sunday at 11:00 for 2 people",
    "far away": "book wheel workshop on 1 May 2099 at 17:00 for 2",
    "hour 25": "book wheel workshop on Tuesday at 25:00 for 2",
    "an hour left out": "book wheel workshop on 28 March 2027 at 02:30 for 2",
    "an hour that comes twice": "book wheel workshop on 31 October 2027 at 02:30 for 2",
    "everything": "31.02 29.02.2027 32/13/2026 99:99 0 people -3 people 1e9 people",
    "10,000 letters": "book " * 2000,
    "emoji": "🏺🏺🏺",
    "right to left": "אני רוצה להזמין סדנה ליום שלישי",
    "HTML": "<script>alert(1)</script> book",
    "percent": "%(visit)s %s {0} book on Tuesday",
}


@pytest.mark.parametrize("text", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_gets_an_answer_and_books_nothing(text: str) -> None:
    from bots.channels.base import Identity, Inbound

    bot = load_preset("ceramics", {})
    account = ChannelAccount.objects.select_related("bot__business").get(bot=bot, channel="webchat")
    peer = Identity("webchat", "session", "s")

    def write(words: str, number: int) -> None:
        event = Inbound(
            account=account.external_id, external_id=f"m{number}", sender=peer, sent_at=timezone.now(), text=words
        )
        inbox.receive(account, [event])
        Conversation.objects.update(due_at=timezone.now())
        call_command("drain", stdout=StringIO())

    write(text, 1)
    talk = the_conversation()
    assert (talk.failed_turns, talk.answered_seq) == (0, 1), "a turn failed"
    assert Message.objects.filter(author="bot", status="sent").exists()
    assert not Reservation.objects.exclude(status="draft").exists()
    write("yes", 2)
    assert not Reservation.objects.filter(status__in=["pending", "confirmed", "held"]).exists()
    assert the_conversation().mode == "bot"
    before = Message.objects.filter(author="bot").count()
    write("how much does it cost?", 3)
    assert Message.objects.filter(author="bot").count() > before, "the next one works"


def test_drain_reports_an_unknown_option() -> None:
    done: Any = manage("drain", "--wrong")
    assert done.returncode == 2 and "unrecognized arguments" in done.stderr
