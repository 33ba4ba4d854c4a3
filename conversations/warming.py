"""What a worker loads before it takes its first wake-up: the first customer after a start waits for none of it."""

from datetime import UTC, datetime

from django.conf import settings
from django.utils import timezone, translation

from bots.language import understand
from conversations import wording
from conversations.chat.skills import all_skills
from conversations.dialogue import reading


def warm_up() -> None:
    """Build the lexicons (1.5 seconds), load the embedding model, the skills and every language's sentences."""
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)  # any will do
    all_skills()
    for code, _name in settings.LANGUAGES:
        for text in (f"Anna, 12:30 {code}?", "privet", "pryvit", "xy12"):  # read as romanised Cyrillic too
            understand(text, now=now, tz=timezone.get_current_timezone(), lang=code, default_lang=code)
        with translation.override(code):  # reads the catalogues of that language
            wording.long_day(now.date())
    reading.vote("12:30")  # loads the embedding model too
