"""`manage.py understand`: what the language layer makes of messages, as JSON Lines. No database, no network."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand

from bots.language import LANGUAGES, Context, understand

KEYS = (
    "lang", "intents", "intent", "date", "date_end", "time", "end_time", "duration_minutes", "people",
    "service", "specialist", "phone", "email", "name", "spans",
)  # fmt: skip


class Command(BaseCommand):
    """One JSON object in, one out, in the same order; a bad line answers with its error and the rest goes on."""

    help = (
        'Reads {"id", "text", "lang"?, "now", "tz"?, "context"?} a line on standard input, '
        "writes what was understood a line on standard output."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer every line until the input ends."""
        for line in sys.stdin:
            if line.strip():
                self.stdout.write(json.dumps(answer(line), ensure_ascii=False))
                self.stdout.flush()


def answer(line: str) -> dict[str, Any]:
    """The output object for one input line."""
    identity: Any = None
    try:
        data = json.loads(line)
        if not isinstance(data, dict):
            raise TypeError("a line must be a JSON object")
        identity = data.get("id")
        text = data["text"]
        if not isinstance(text, str):
            raise TypeError("text must be a string")
        zone = ZoneInfo(data.get("tz") or "UTC")
        now = datetime.fromisoformat(data["now"]) if data.get("now") else datetime.now(UTC)
        if now.tzinfo is None:
            now = now.replace(tzinfo=zone)
        lang = data.get("lang") or ""
        found = understand(
            text,
            now=now,
            tz=zone,
            lang=lang if lang in LANGUAGES else "",
            context=Context.from_json(data.get("context") or {}),
        )
    except Exception as error:
        return {"id": identity, "error": f"{type(error).__name__}: {error}"}
    result = found.as_json()
    return {
        "id": identity,
        **{key: result[key] for key in KEYS},
        **{key: value for key, value in result.items() if key not in KEYS},
    }
