"""The story once more, with its owner: Instagram on one side, Telegram and Google Calendar on the other, nothing clicked.

As a text to read: tests/dialogues/story_owner.txt, which this test holds to be word for word true.
"""

import json
import re
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from bookings.models import Reservation
from bots import accounts
from bots.models import Decision, StaffBot
from bots.staff.telegram.webhook import HEADER
from tests.clock import travel
from tests.snapshots import load_preset
from tests.standins import graph
from tests.standins.google import Google
from tests.standins.telegram import TOKEN, Telegram
from tests.test_story import ENVIRONMENT, WARSAW, Story

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]

SCRIPT = Path(__file__).parent / "dialogues" / "story_owner.txt"
CALENDAR, OWNER = "studio@example.com", 4242
GIVEN = ENVIRONMENT | {
    "TELEGRAM_BOT_TOKEN": TOKEN,
    "OWNER_TELEGRAM_CHAT_ID": str(OWNER),
    "GOOGLE_CALENDAR_ID": CALENDAR,
}


class OwnersStory(Story):
    """Beside what the customer reads (<), what the owner reads (T<) and presses (T>), and what the calendar shows (C)."""

    def __init__(self, api: graph.Graph, clock: Any, telegram: Telegram, google: Google) -> None:
        super().__init__(api, clock)
        self.telegram, self.google = telegram, google
        self.seen: dict[int, tuple[str, list[str]]] = {}
        self.calendar: list[str] = []
        telegram.deliver = self._deliver

    def _deliver(self, update: dict[str, Any]) -> None:
        bot = StaffBot.objects.get()
        headers = {HEADER: bot.hook_secret}
        response = Client().post(
            f"/webhooks/telegram/{bot.key}/", json.dumps(update), content_type="application/json", headers=headers
        )
        assert response.status_code == 200

    def owner_presses(self, label: str) -> None:
        self.lines.append(f"T> {label}")
        self.telegram.press(OWNER, label)
        self.work()

    def work(self) -> None:
        super().work()
        for message in self.telegram.chat(OWNER):
            shown = (message.text, message.buttons)
            if self.seen.get(message.message_id) != shown:
                edited = " (changed)" if message.message_id in self.seen else ""
                self.seen[message.message_id] = shown
                self.lines.append(f"T<{edited} " + "\n   ".join(message.text.splitlines()).replace("\n   \n", "\n\n"))
                if message.buttons:
                    self.lines.append("   " + " ".join(f"[{title}]" for title in message.buttons))
        events = [
            f"{datetime.fromisoformat(event['start']['dateTime']).astimezone(WARSAW):%Y-%m-%d %H:%M} {event['summary']}"
            for event in self.google.events(CALENDAR)
        ]
        if events != self.calendar:
            self.calendar = events
            self.lines.append("C  " + ("; ".join(events) or "nothing"))


def test_the_customer_on_instagram_the_owner_in_telegram_the_visit_in_the_calendar(settings: Any) -> None:
    with (
        graph.Graph() as api,
        Telegram() as telegram,
        Google() as google,
        travel(datetime(2026, 11, 22, 19, 40, tzinfo=WARSAW)) as clock,
    ):
        google.share(CALENDAR)
        telegram.start(OWNER)
        settings.GRAPH_API_URL, settings.TELEGRAM_API_URL = api.url, telegram.url
        settings.GOOGLE_API_URL, settings.GOOGLE_CREDENTIALS_BASE64 = google.url, google.credentials()
        bot = load_preset("ceramics", GIVEN)
        bot.debounce_seconds = 0
        bot.save()
        accounts.forget()
        story = OwnersStory(api, clock, telegram, google)

        story.writes("Poproszę warsztaty na kole we wtorek o 18:30 dla 3 osób")
        story.presses("Tak, wyślij")
        story.owner_presses("Potwierdź")
        story.at("2026-11-23 18:31")
        story.presses("Przenieś")
        story.writes("w sobotę 28 listopada o 12")
        story.presses("Tak, wyślij")
        story.owner_presses("Potwierdź")

    told = re.sub(r"Guest \d+", "Guest", "\n".join(story.lines))  # the number is only the row's
    assert told == "\n".join(line for line in SCRIPT.read_text().splitlines() if not line.startswith("# ")).strip()
    assert telegram.refused == []
    assert Reservation.objects.get(status="confirmed").period.lower.astimezone(WARSAW).hour == 12
    ways = list(Decision.objects.filter(to_status="confirmed").order_by("pk").values_list("source", "by_name"))
    assert ways == [("telegram", "Ewa"), ("telegram", "Ewa")]
