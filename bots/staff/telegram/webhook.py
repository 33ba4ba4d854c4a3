"""Telegram's webhook endpoint: the secret is checked, the update kept, then answered. Never thinks, never calls out."""

import hmac
import json
import logging
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from bots.metrics import rejections
from bots.models import StaffBot
from bots.staff.telegram import updates

logger = logging.getLogger(__name__)

HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST = 1_000_000  # bytes; an update is a few thousand


@csrf_exempt
def telegram(request: HttpRequest, key: str) -> HttpResponse:
    """Forged 403, wrong type 415, too large 413, unreadable 400, repeated 200, database away 503."""
    if request.method != "POST":
        return _plain("Deliveries come by POST.", 405)
    try:
        return _receive(request, key)
    except (OperationalError, InterfaceError) as error:
        logger.error("delivery not stored", extra={"channel": "telegram", "error": type(error).__name__})
        return _plain("Not available right now.", 503)


def _receive(request: HttpRequest, key: str) -> HttpResponse:
    staff_bot = StaffBot.objects.filter(key=key, is_active=True).first()
    secret = request.headers.get(HEADER, "")
    wanted = staff_bot.hook_secret if staff_bot else "nobody"
    if not hmac.compare_digest(secret.encode(), wanted.encode()) or staff_bot is None:
        logger.warning("forged delivery refused", extra={"channel": "telegram"})
        rejections.count("telegram", rejections.Why.FORGED)
        return _plain("Forged.", 403)
    if request.content_type != "application/json":
        return _plain("Send JSON.", 415)
    body = _body(request)
    if body is None:
        rejections.count("telegram", rejections.Why.TOO_LARGE)
        return _plain("Too large.", 413)
    try:
        payload = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
        if not isinstance(payload, dict):
            raise ValueError("not an object")
        updates.store(staff_bot, clean(payload))
    except (ValueError, RecursionError, UnreadablePostError):
        rejections.count("telegram", rejections.Why.UNREADABLE)
        return _plain("Unreadable.", 400)
    return _plain("ok", 200)


def _body(request: HttpRequest) -> bytes | None:
    try:
        body = request.body
    except RequestDataTooBig:
        return None
    return body if len(body) <= min(LONGEST, settings.WEBHOOK_MAX_BYTES) else None


def _no_constant(name: str) -> None:
    raise ValueError(name)


def clean(value: Any) -> Any:
    """Return the same without what PostgreSQL's JSON cannot hold: NUL and halves of pairs."""
    if isinstance(value, str):
        return value.replace("\x00", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if isinstance(value, list):
        return [clean(one) for one in value]
    if isinstance(value, dict):
        return {clean(key): clean(one) for key, one in value.items()}
    if isinstance(value, float):
        return value if abs(value) < 1e300 else 0
    return value


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
