"""Text that may cross to a model and back: what UTF-8, JSON or PostgreSQL cannot carry is taken out."""

import json
import re
from typing import Any

# NUL is refused by PostgreSQL, lone halves of surrogate pairs by UTF-8; other control characters say nothing.
_UNUSABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


def clean(value: Any) -> Any:
    """The same text, dict or list without what cannot be stored or sent."""
    if isinstance(value, str):
        return _UNUSABLE.sub("", value)
    if isinstance(value, dict):
        return {clean(name): clean(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [clean(one) for one in value]
    return value


def json_object(text: Any) -> dict[str, Any] | None:
    """The JSON object that a model wrote; None if it is anything else. NaN and Infinity are not JSON."""
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


def number(value: Any) -> int:
    """A count of tokens as a service gave it; 0 for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
