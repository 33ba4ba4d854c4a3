"""What a worker loads before it takes its first wake-up: the first customer after a start waits for none of it."""

import logging
import time
from datetime import UTC, datetime
from typing import Any

from celery.signals import worker_init
from django.conf import settings
from django.utils import timezone, translation

from bots.embeddings import embedder
from bots.language import understand
from conversations import wording
from conversations.chat.skills import all_skills

logger = logging.getLogger(__name__)


def warm_up() -> None:
    """Build the lexicons (1.5 seconds), load the embedding model, the skills and every language's sentences."""
    now = datetime(2026, 11, 24, 12, tzinfo=UTC)  # any will do
    all_skills()
    for code, _name in settings.LANGUAGES:
        understand(f"Anna, 12:30 {code}?", now=now, tz=timezone.get_current_timezone(), lang=code)
        with translation.override(code):  # reads the catalogues of that language
            wording.long_day(now.date())
    embedder().query("12:30")


@worker_init.connect
def before_the_first_task(sender: Any, **_: Any) -> None:
    """Only where turns are taken: sending needs no language."""
    if "turns" not in sender.app.amqp.queues.consume_from:
        return
    began = time.monotonic()
    warm_up()
    logger.info("warmed up", extra={"seconds": round(time.monotonic() - began, 1)})
