"""Stripe's webhook endpoint: verify, keep, answer. Never thinks, never calls out.

Forged or unreadable 400 and nothing kept, too large 413, repeated 200, database away 503 so that Stripe tries again.
"""

import logging

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.views.decorators.csrf import csrf_exempt

from bots.metrics import rejections
from bots.staff.telegram.webhook import clean
from payments import events
from payments.providers.stripe.provider import verified

logger = logging.getLogger(__name__)

HEADER = "Stripe-Signature"
LONGEST = 1_000_000  # bytes; an event is a few thousand


@csrf_exempt
def stripe(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        refusal = _plain("Events come by POST.", 405)
        refusal.headers["Allow"] = "POST"
        return refusal
    try:
        return _receive(request)
    except (OperationalError, InterfaceError) as error:
        logger.error("event not stored", extra={"error": type(error).__name__})
        return _plain("Not available right now.", 503)


def _receive(request: HttpRequest) -> HttpResponse:
    try:
        body = request.body
        if len(body) > min(LONGEST, settings.WEBHOOK_MAX_BYTES):
            raise RequestDataTooBig
        event = verified(body, request.headers.get(HEADER))
    except RequestDataTooBig:
        rejections.count("stripe", rejections.Why.TOO_LARGE)
        return _plain("Too large.", 413)
    except UnreadablePostError:
        rejections.count("stripe", rejections.Why.UNREADABLE)
        return _plain("The body did not arrive whole.", 400)
    except ValueError:  # who sent it is not known, so neither why it is refused nor what it said is told
        logger.warning("forged or unreadable payment event refused")
        rejections.count("stripe", rejections.Why.FORGED)
        return _plain("Not signed by Stripe, or unreadable.", 400)
    events.store("stripe", clean(event))
    return _plain("ok", 200)


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")
