"""The skills that every bot has, as short talks on Instagram: stop and start, a person, questions, small talk."""

from typing import Any

import pytest
from django.utils import timezone

from bots import accounts
from bots.work import drain
from conversations import outbox, takeover
from conversations.models import Conversation, Message, Pause
from tests.conversations.writer import InstagramWriter, by_day, the_conversation
from tests.snapshots import load_preset
from tests.standins import graph
from tests.standins.graph import Graph
from tests.test_story import ENVIRONMENT

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


class Talk:
    def __init__(self, api: Graph) -> None:
        self.api, self.writer, self.heard = api, InstagramWriter(), 0

    def write(self, text: str = "", **more: Any) -> str:
        """What the bot said to it, as the customer's phone shows it."""
        self.writer.write(text, **more)
        drain()
        news = self.api.deliveries[self.heard :]
        self.heard += len(news)
        return "\n".join(one.text for one in news)


@pytest.fixture
def talk(settings: Any, graph_api: Graph) -> Talk:
    bot = load_preset("ceramics", ENVIRONMENT)
    bot.debounce_seconds = 0
    bot.save()
    accounts.forget()
    return Talk(graph_api)


STOPS = ["STOP", "stop", "Unsubscribe", "rezygnuję", "стоп", "відписатися", "отписаться", "baja"]


@pytest.mark.parametrize("word", STOPS)
def test_stop_is_obeyed_at_once_and_start_too(talk: Talk, word: str) -> None:
    talk.write("Dzień dobry, ile kosztują warsztaty?")
    assert talk.write(word), "it is confirmed, once"
    assert the_conversation().contact.opted_out_at
    assert talk.write("Ile kosztują warsztaty?") == ""
    assert the_conversation().attention == "waiting", "a person sees it"
    by_day()
    outbox.say(the_conversation().pk, "reminder", purpose="reminder")
    drain()
    assert Message.objects.get(text="reminder").status == "cancelled"
    assert talk.write("START")
    assert the_conversation().contact.opted_out_at is None
    assert talk.write("Ile kosztują warsztaty?")


@pytest.mark.parametrize(("answer", "is_quiet"), [("tak", True), ("nie", False), ("może, jeszcze pomyślę", False)])
def test_a_stop_that_no_rule_reads_is_asked_about_and_a_yes_to_that_obeyed(
    talk: Talk, answer: str, is_quiet: bool
) -> None:
    talk.write("Dzień dobry, ile kosztują warsztaty?")
    assert "Czy mam już nie wysyłać" in talk.write("zaprzestańcie wysyłania mi tych powiadomień")
    assert the_conversation().contact.opted_out_at is None, "nothing is done unasked"
    assert talk.write(answer)
    assert bool(the_conversation().contact.opted_out_at) is is_quiet


PERSON = [
    "człowiek",
    "human",
    "I want to talk to a person",
    "людина",
    "Хочу поговорити з людиною",
    "оператор",
    "persona",
]


@pytest.mark.parametrize("words", PERSON)
def test_a_person_is_one_word_away_and_announced(talk: Talk, words: str) -> None:
    talk.write("Dzień dobry")
    assert talk.write(words), "silence is no hand-over"
    conversation = the_conversation()
    assert (conversation.mode, conversation.attention) == ("bot", "wants_person")
    assert not Pause.objects.exists()
    assert "120" in talk.write("a ile kosztują warsztaty?"), "until a person writes, the bot goes on"
    assert the_conversation().attention == "wants_person"


def test_button_for_a_person(talk: Talk) -> None:
    talk.write("Dzień dobry")
    assert talk.write("Porozmawiaj z człowiekiem", quick_reply={"payload": "person:please"})
    assert (the_conversation().mode, the_conversation().attention) == ("bot", "wants_person")


def test_question_that_nobody_foresaw_goes_to_staff_with_a_promise(talk: Talk) -> None:
    said = talk.write("Dzień dobry, czy naprawiacie zegarki kwarcowe z kukułką?")
    assert "zespół" in said.lower() or "zespoł" in said.lower()
    assert (the_conversation().attention, the_conversation().mode) == ("question", "bot")


def test_assistant_says_once_that_it_is_one(talk: Talk) -> None:
    first = talk.write("Dzień dobry, gdzie można zaparkować?")
    second = talk.write("A ile kosztują warsztaty?")
    assert "asystent" in first and "asystent" not in second


def test_not_understood_once_offers_ways_and_twice_a_person(talk: Talk) -> None:
    talk.write("Dzień dobry")
    assert talk.write("qwpoeiru zmxncbv")
    assert the_conversation().mode == "bot"
    assert talk.write("asdlkfj qpwoeiru")
    assert (the_conversation().mode, the_conversation().attention) == ("bot", "wants_person")
    assert "120" in talk.write("ile kosztują warsztaty?"), "a misunderstanding is no reason to go silent"


def test_picture_is_shown_to_staff_and_answered(talk: Talk) -> None:
    talk.write("Dzień dobry")
    assert talk.write(attachments=[{"type": "image", "payload": {"url": "https://cdn.example/a.jpg"}}])
    assert the_conversation().attention == "question"


def test_what_the_channel_does_not_show_is_answered(talk: Talk) -> None:
    talk.write("Dzień dobry")
    assert talk.write(is_unsupported=True)
    assert Message.objects.filter(kind="unsupported").exists()


def test_reaction_is_not_answered(talk: Talk) -> None:
    talk.write("Dzień dobry")
    talk.writer.bring(graph.item(talk.writer.customer, reaction={"mid": "x", "action": "react", "emoji": "❤"}))
    before = len(talk.api.deliveries)
    drain()
    assert len(talk.api.deliveries) == before


def test_person_hands_back_and_the_bot_answers_what_waits(talk: Talk) -> None:
    from bots.staff.actors import Actor

    talk.write("Dzień dobry")
    takeover.pause(the_conversation().pk, by=Actor("Ewa", "admin"))
    assert talk.write("Ile kosztują warsztaty?") == ""
    takeover.resume(the_conversation().pk, by=Actor("Ewa", "admin"))
    Conversation.objects.update(due_at=timezone.now())
    drain()
    assert "120" in " ".join(one.text for one in talk.api.deliveries[talk.heard :])
