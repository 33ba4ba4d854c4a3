"""The story of one customer, told end to end: Meta's webhooks in, the Graph API out, staff in the admin.

Told once by rules, once by each provider's model, and once with both down. As a text to read: tests/dialogues/story_instagram.txt, which this test holds to be word for word true.
"""

from datetime import datetime
from io import StringIO
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from bookings.models import Reminder, Reservation
from bots import accounts
from bots.llm.environment import NamedKey
from bots.models import Decision
from bots.staff.roles import front_desk_group
from conversations.models import Contact, Conversation, DeadLetter, LLMCall, Message, ParkedEcho, Turn
from tests import brains
from tests.clock import Clock, travel
from tests.conversations.writer import InstagramWriter
from tests.factories import UserFactory
from tests.snapshots import load_preset
from tests.standins import graph
from tests.standins.llm import FOR_EVER, KEY, Model

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SCRIPT = Path(__file__).parent / "dialogues" / "story_instagram.txt"
WARSAW = ZoneInfo("Europe/Warsaw")
ENVIRONMENT = {
    "INSTAGRAM_ACCOUNT_ID": graph.ACCOUNT,
    "INSTAGRAM_TOKEN": graph.TOKEN,
    "META_APP_SECRET": graph.APP_SECRET,
}


class Story:
    """Everything goes over HTTP: what the customer writes, what staff press, what the bot sends."""

    def __init__(self, api: graph.Graph, clock: Clock) -> None:
        self.api, self.clock = api, clock
        self.writer = InstagramWriter("5550001")
        self.staff, self.owner = Client(), UserFactory(username="ewa")
        self.lines: list[str] = []
        self.heard = 0

    def at(self, moment: str) -> None:
        self.clock.move_to(datetime.fromisoformat(moment).replace(tzinfo=WARSAW))
        self.lines.append(f"* {moment}")
        self.work()

    def writes(self, text: str) -> None:
        self.api.customer_wrote(self.writer.customer)
        self.lines.append(f"> {text}")
        self.writer.write(text)
        self.work()

    def presses(self, title: str) -> None:
        replies = [one for got in self.api.deliveries for one in got.body["message"].get("quick_replies", [])]
        payload = next(one["payload"] for one in reversed(replies) if one["title"] == title)
        self.api.customer_wrote(self.writer.customer)
        self.lines.append(f">> {title}")
        self.writer.press(title, payload)
        self.work()

    def work(self) -> None:
        """What workers and beat do; then what the customer's phone shows, and its echoes come back to us."""
        call_command("drain", stdout=StringIO())
        for got in self.api.deliveries[self.heard :]:
            self.heard += 1
            message = got.body["message"]
            self.lines.append("< " + message["text"].replace("\n", "\n  "))
            if titles := [f"[{one['title']}]" for one in message.get("quick_replies", [])]:
                self.lines.append("  " + " ".join(titles))
            self.writer.echo(got.message_id, got.text)

    def decides(self, verb: str, **answers: str) -> None:
        """A member of staff opens the request in the admin and presses its button."""
        self.staff.force_login(self.owner)  # a session lasts for one working day
        visit = Reservation.objects.latest("pk")
        page = self.staff.get(reverse("admin:bookings_reservation_change", args=[visit.pk]))
        assert page.status_code == 200
        form = {"choice": verb, "from_status": visit.status, **answers}
        response = self.staff.post(reverse("admin:bookings_reservation_decide", args=[visit.pk]), form)
        assert response.status_code in (200, 302), response.content
        self.lines.append(f"* staff: {verb}")
        self.work()


def play(settings: Any) -> tuple[Story, graph.Graph]:
    """The whole story; what was said, and what Meta saw."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with graph.Graph() as api, travel(datetime(2026, 11, 22, 19, 40, tzinfo=WARSAW)) as clock:
        settings.GRAPH_API_URL = api.url
        bot = load_preset("ceramics", ENVIRONMENT)
        bot.debounce_seconds = 0
        bot.save()
        accounts.forget()
        story = Story(api, clock)
        story.owner.groups.add(front_desk_group())
        bot.business.staff.add(story.owner)

        story.writes("Добрий день! Скільки коштує заняття на гончарному колі і де припаркуватися?")
        story.writes("Poproszę warsztaty na kole we wtorek o 17 dla 2 osób")
        story.writes("18:30, ale będziemy w 3")
        story.presses("Tak, wyślij")
        story.decides("approve")
        story.at("2026-11-23 18:31")
        story.writes("Muszę odwołać, dziecko jest chore")
        story.decides("cancel")
    return story, api


def test_one_customer_from_the_first_question_to_the_cancellation(settings: Any) -> None:
    story, api = play(settings)
    told = "\n".join(story.lines)
    assert told == "\n".join(line for line in SCRIPT.read_text().splitlines() if not line.startswith("# ")).strip()
    what_stands_in_the_tables()
    what_meta_saw(api)


@pytest.mark.parametrize("provider", ["openai", "anthropic"])
def test_the_same_story_with_a_model(provider: str, settings: Any) -> None:
    """Other words, the same reservation and the same state. What rules alone decide, a tap, costs no request."""
    with Model(brains.sensible) as model:
        _keys(settings, model, [provider])
        _story, api = play(settings)
    what_stands_in_the_tables()
    what_meta_saw(api)
    assert not model.refusals
    assert {asked.api for asked in model.asked} == {{"openai": "responses", "anthropic": "messages"}[provider]}
    agents = list(Turn.objects.order_by("pk").values_list("agent", "fallback"))
    assert agents == [("llm", ""), ("llm", ""), ("llm", ""), ("rules", ""), ("llm", "")]
    assert LLMCall.objects.filter(provider=provider, cost_microdollars__gt=0, turn__isnull=False).count() >= 4


def test_the_same_story_with_both_models_down(settings: Any) -> None:
    settings.LLM_TURN_SECONDS = 3
    with Model(brains.sensible) as model:
        _keys(settings, model, ["openai", "anthropic"])
        model.harm("529", times=FOR_EVER)
        story, api = play(settings)
    told = "\n".join(story.lines)
    assert told == "\n".join(line for line in SCRIPT.read_text().splitlines() if not line.startswith("# ")).strip()
    what_stands_in_the_tables()
    what_meta_saw(api)
    assert set(Turn.objects.values_list("agent", flat=True)) == {"rules"}
    assert Turn.objects.exclude(fallback="").count() == 4


def _keys(settings: Any, model: Model, providers: list[str]) -> None:
    settings.OPENAI_BASE_URL, settings.ANTHROPIC_BASE_URL = model.openai_url, model.anthropic_url
    settings.LLM_KEYS = {
        name: [NamedKey(f"{name.upper()}_API_KEY", KEY)] if name in providers else []
        for name in ("openai", "anthropic")
    }


def what_stands_in_the_tables() -> None:
    contact, talk, visit = Contact.objects.get(), Conversation.objects.get(), Reservation.objects.get()
    assert (talk.contact, talk.language, talk.mode) == (contact, "pl", "bot")
    assert talk.answered_seq == talk.last_inbound_seq
    assert (visit.status, visit.contact, visit.people) == ("cancelled", contact, 3)
    assert visit.period.lower == datetime(2026, 11, 24, 18, 30, tzinfo=WARSAW)
    assert [(one.status, one.local_day.isoformat()) for one in Reminder.objects.all()] == [("sent", "2026-11-23")]
    rows = Decision.objects.filter(subject="reservation").order_by("pk")
    verbs = list(rows.values_list("verb", "by_name", "source"))
    decided = [("approve", "ewa", "admin"), ("ask to cancel", "Customer", "chat"), ("cancel", "ewa", "admin")]
    assert verbs[-3:] == decided
    ours = Message.objects.exclude(author="customer")
    assert set(ours.values_list("status", "maybe_duplicate")) == {("sent", False)}
    assert not ParkedEcho.objects.exists() and not DeadLetter.objects.exists()


def what_meta_saw(api: graph.Graph) -> None:
    """Only messages, each once, each to this customer, and nothing that Meta refused."""
    assert len(api.asked) == len(api.deliveries) + len(api.actions)
    assert {one.customer for one in api.deliveries} == {"5550001"}
    assert len({one.text for one in api.deliveries}) == len(api.deliveries)
