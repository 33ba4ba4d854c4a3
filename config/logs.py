"""The last guard before a log line leaves: ids only. What looks like a secret or a phone number is blotted out.

An error tells where it happened and of which kind it is, not what it says: the words of a ValueError or of the
database may be a customer's.
"""

import logging
import re
import traceback
from types import TracebackType
from typing import Any

from pythonjsonlogger.json import JsonFormatter

# Each pattern is a plain run of characters, so matching is linear in the length of the line.
_SECRETS = [
    re.compile(r"(?i)(bearer )[A-Za-z0-9._~+/=-]{8,}"),
    re.compile(
        r"(?i)((?:access_token|token|secret|password|api_key|signature)[\\\"']*[=:] ?[\\\"']*)[^\s\\\"'&,}]{4,}"
    ),
    re.compile(r"(/a/|/pay/|/book/)[A-Za-z0-9_-]{20,}"),  # one-time links, payers' and booking pages
    re.compile(r"((?:[sr]k_(?:live|test)|whsec)_)[A-Za-z0-9_]{6,}"),  # Stripe's keys
    re.compile(r"(\+)\d{8,15}\b"),
]


def redacted(text: str) -> str:
    for pattern in _SECRETS:
        text = pattern.sub(r"\1…", text)
    return text


class Redact(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        clean = redacted(message)
        if clean != message:
            record.msg, record.args = clean, ()
        return True


class JsonLine(JsonFormatter):
    """One JSON object a line, extras and errors redacted as well."""

    def format(self, record: logging.LogRecord) -> str:
        return redacted(super().format(record))

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the name that logging calls
        kinds, error = [], ei[1]
        frames: TracebackType | None = ei[2]
        while error is not None:
            kinds.append(type(error).__name__)
            frames = error.__traceback__ or frames
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        places = traceback.format_tb(ei[2])
        if len(kinds) > 1:
            places = [*traceback.format_tb(frames), "which led to\n", *places]
        return "".join(places) + " from ".join(kinds)
