"""Text that may cross to a model and back: what UTF-8, JSON or PostgreSQL cannot carry is taken out."""

import json
import re
from typing import Any

from bots.llm.base import Finish, ToolUse, Usage

# NUL is refused by PostgreSQL, lone halves of surrogate pairs by UTF-8; other control characters say nothing.
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(value: Any) -> Any:
    """Return the same text, dict or list without what cannot be stored or sent."""
    if isinstance(value, str):
        return _UNUSABLE.sub("", value)
    if isinstance(value, dict):
        return {clean(name): clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [clean(one) for one in value]
    return value


def json_object(text: Any) -> dict[str, Any] | None:
    """Return the JSON object that a model wrote; None if it is anything else. NaN and Infinity are not JSON."""
    if isinstance(text, dict):
        cleaned: dict[str, Any] | None = clean(text)
        return cleaned
    if not isinstance(text, str):
        return None
    try:
        found = json.loads(text, parse_constant=_refuse)
    except (ValueError, RecursionError):
        return None
    return clean(found) if isinstance(found, dict) else None


def _refuse(name: str) -> Any:
    raise ValueError(name)


def finish(text: str, calls: tuple[ToolUse, ...], *, refused: bool, cut: bool) -> Finish:
    """Return how an answer ended: what the service said of it, else what it holds."""
    if refused:
        return Finish.REFUSED
    if cut:
        return Finish.LENGTH
    if calls:
        return Finish.TOOLS
    return Finish.DONE if clean(text).strip() else Finish.EMPTY


def usage(found: Any, asked: str, answered: str) -> Usage:
    """Return the tokens of an answer in OpenAI's shape, whose input is called `asked` and whose output `answered`."""
    if not isinstance(found, dict):
        return Usage()
    details = found.get(f"{asked}_details")
    details = details if isinstance(details, dict) else {}
    return Usage(
        input_tokens=number(found.get(asked)),
        cached_tokens=number(details.get("cached_tokens")),
        cache_write_tokens=number(details.get("cache_write_tokens")),
        output_tokens=number(found.get(answered)),
    )


def number(value: Any) -> int:
    """Return a count of tokens as a service gave it; 0 for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
