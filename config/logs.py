"""The last guard before a log line leaves: values that look like secrets or phone numbers are blotted out."""

import logging
import re

# Each pattern is a plain run of characters, so matching is linear in the length of the line.
_SECRETS = [
    re.compile(r"(?i)(bearer )[A-Za-z0-9._~+/=-]{8,}"),
    re.compile(r"(?i)((?:access_token|token|secret|password|api_key|signature)[\"']?[=:] ?[\"']?)[^\s\"'&,}]{4,}"),
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
