"""What stands behind a button: at most 64 bytes, bound to its notice and its chat, and never trusted for more.

Who presses it is asked anew each time; the signature only keeps made-up data from getting that far.
"""

import hmac
from dataclasses import dataclass

from django.conf import settings
from django.utils.crypto import salted_hmac

LONGEST = 64  # bytes, says Telegram
SIGNATURE = 12  # characters of a base-16 signature: 48 bits for what a logged-in manager might send anyway

DECIDE, OPEN, BACK, REASON, TIME, WRITE = "d", "o", "b", "r", "t", "w"
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@dataclass(frozen=True, slots=True)
class Callback:
    """What a button means: an action upon a choice of the notice's subject, as its status was when it was shown."""

    action: str
    verb: str
    status: str
    notice_id: int
    argument: str = ""


def pack(callback: Callback, chat_id: int) -> str:
    """Raises ValueError if it would be too long."""
    body = ".".join(
        (
            callback.action,
            callback.verb,
            callback.status,
            base36(callback.notice_id),
            callback.argument.replace(".", ""),
        )
    )
    data = f"{body}.{_sign(body, chat_id, settings.SECRET_KEY)}"
    if len(data.encode()) > LONGEST:
        raise ValueError(f"Too long for a button: {body}")
    return data


def unpack(data: str, chat_id: int) -> Callback | None:
    """None for what we did not make for this chat."""
    body, _dot, signature = data.rpartition(".")
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    if not any(hmac.compare_digest(signature.encode(), _sign(body, chat_id, key).encode()) for key in keys):
        return None
    action, verb, status, number, argument = body.split(".")
    return Callback(action, verb, status, int(number, 36), argument)


def _sign(body: str, chat_id: int, key: str) -> str:
    return salted_hmac("bots.staff.telegram.buttons", f"{chat_id}:{body}", secret=key).hexdigest()[:SIGNATURE]


def base36(number: int) -> str:
    digits = ""
    while True:
        number, digit = divmod(number, 36)
        digits = DIGITS[digit] + digits
        if not number:
            return digits
