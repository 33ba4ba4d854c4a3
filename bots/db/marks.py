"""What a page carries to show, when it is sent, that it was really shown, of what, and how long ago."""

from datetime import timedelta
from typing import Any

from django.core import signing

from bots.db import clock


def mark(value: Any, *, salt: str) -> str:
    """Sign a value together with this moment. One query."""
    return signing.dumps([value, clock.now().timestamp()], salt=salt)


def read(text: str, *, salt: str, good_for: timedelta) -> Any:
    """Return the value that was marked. One query. Raises BadSignature for what we did not sign, or too long ago.

    Django's own time stamp goes by the machine's clock, which is another one on another machine.
    """
    try:
        value, at = signing.loads(text, salt=salt)
    except (ValueError, TypeError) as error:
        raise signing.BadSignature("not a mark") from error
    if clock.now().timestamp() - at > good_for.total_seconds():
        raise signing.SignatureExpired("too old")
    return value
