"""`manage.py understand`: what the language layer makes of messages, as JSON Lines. No database, no network."""

import io
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
        "writes what was understood a line on standard output: one answer for each line that is not blank, in order. "
        "Blank lines are passed over. Needs no database, and loads none of the apps when run by manage.py."
    )
    requires_system_checks: list[str] = []
    requires_migrations_checks = False

    def handle(self, *args: Any, **options: Any) -> None:
        """Answer every line until the input ends."""
        if isinstance(sys.stdin, io.TextIOWrapper):
            sys.stdin.reconfigure(encoding="utf-8", errors="surrogateescape")  # bytes that are no UTF-8 stop nothing
        for line in sys.stdin:
            if line.strip():
                self.stdout.write(written(answer(line)))
                self.stdout.flush()


def written(result: dict[str, Any]) -> str:
    """One line of JSON; half a surrogate pair, which UTF-8 has no bytes for, goes out as its escape."""
    line = json.dumps(result, ensure_ascii=False)
    return line if line.isprintable() or _encodes(line) else json.dumps(result)


def _encodes(line: str) -> bool:
    try:
        line.encode()
    except UnicodeEncodeError:
        return False
    return True


def _no_number(name: str) -> None:
    """NaN and Infinity are no JSON."""
    raise ValueError(f"{name} is not JSON")


def _machines_now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251 - this command needs no database, and decides nothing


def answer(line: str) -> dict[str, Any]:
    """Return the output object for one input line."""
    identity: Any = None
    try:
        data = json.loads(line, parse_constant=_no_number)
        if not isinstance(data, dict):
            raise TypeError("a line must be a JSON object")
        identity = data.get("id")
        text = data["text"]
        if not isinstance(text, str):
            raise TypeError("text must be a string")
        zone = ZoneInfo(data.get("tz") or "UTC")
        now = datetime.fromisoformat(data["now"]) if data.get("now") else _machines_now()
        if now.tzinfo is None:
            now = now.replace(tzinfo=zone)
        lang = data.get("lang") or ""
        known = data.get("context") or {}
        if not isinstance(known, dict):
            raise TypeError("context must be an object")
        found = understand(
            text, now=now, tz=zone, lang=lang if lang in LANGUAGES else "", context=Context.from_json(known)
        )
    except Exception as error:
        return {"id": identity, "error": f"{type(error).__name__}: {error}"}
    result = found.as_json()
    return {
        "id": identity,
        **{key: result[key] for key in KEYS},
        **{key: value for key, value in result.items() if key not in KEYS},
    }
