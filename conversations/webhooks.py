"""The webhook endpoint of every channel: verify, translate, store, answer. Never thinks, never calls out.

Forged 403, too large 413, unreadable 400 (and kept), not for us 200, repeated 200, database away 503 so that the other
side tries again.
"""

import logging
from collections import defaultdict
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.http.request import UnreadablePostError
from django.urls import path
from rest_framework.request import Request
from rest_framework.views import APIView

from bots.accounts import accounts_of
from bots.channels import CHANNELS
from bots.channels.base import BadDelivery, Delivery, Event, Forged
from bots.metrics import rejections
from conversations import inbox

logger = logging.getLogger(__name__)

JSON_TYPES = ("application/json", "text/json")


class Webhook(APIView):
    """One channel's endpoint. Trimmed to what a machine's POST needs: the raw body, no session, no negotiation."""

    authentication_classes = ()
    permission_classes = ()
    http_method_names = ["get", "post"]
    schema = None
    channel = ""

    def perform_content_negotiation(self, request: Request, force: bool = False) -> Any:
        return (None, "")

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        return response  # plain text already: there is nothing to negotiate or to render

    def handle_exception(self, error: Exception) -> Any:
        if not isinstance(error, OperationalError | InterfaceError):
            raise error
        logger.error("delivery not stored", extra={"channel": self.channel, "error": type(error).__name__})
        return _plain("Not available right now.", 503)

    def http_method_not_allowed(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        refusal = _plain("Deliveries come by POST.", 405)
        refusal.headers["Allow"] = ", ".join(self.allowed_methods)
        return refusal

    def get(self, request: Request, key: str = "") -> HttpResponse:
        """The platform asks whether the address is ours."""
        channel, params = CHANNELS[self.channel], request._request.GET
        answer = channel.handshake(params, ()) or channel.handshake(params, list(accounts_of(self.channel).values()))
        return _plain(answer, 200) if answer is not None else _plain("Not verified.", 403)

    def post(self, request: Request, key: str = "") -> HttpResponse:
        raw = request._request
        if raw.content_type not in JSON_TYPES:
            return _plain("Send JSON.", 415)
        try:
            body = _body(raw)
        except UnreadablePostError:
            rejections.count(self.channel, rejections.Why.UNREADABLE)
            return _plain("The body did not arrive whole.", 400)
        if body is None:
            rejections.count(self.channel, rejections.Why.TOO_LARGE)
            return _plain("Too large.", 413)
        return self._receive(Delivery(body, {name.lower(): value for name, value in raw.headers.items()}, key))

    def _receive(self, delivery: Delivery) -> HttpResponse:
        accounts = accounts_of(self.channel)
        try:
            events = CHANNELS[self.channel].parse(delivery, list(accounts.values()))
        except Forged:
            logger.warning("forged delivery refused", extra={"channel": self.channel})
            rejections.count(self.channel, rejections.Why.FORGED)
            return _plain("Forged.", 403)
        except BadDelivery as error:
            inbox.dead_letter(self.channel, "", str(error) or "unreadable", delivery.body)
            rejections.count(self.channel, rejections.Why.UNREADABLE)
            return _plain("Unreadable.", 400)
        for external_id, own in _by_account(events).items():
            if account := accounts.get(external_id):
                inbox.receive(account, own)
            else:
                _keep_for_staff(self.channel, external_id, own)
        return _plain("ok", 200)


def _keep_for_staff(channel: str, account: str, events: list[Event]) -> None:
    """What several accounts' secret signed but none is named in: kept for staff, whoever's it is."""
    for event in events:
        inbox.dead_letter(channel, account, getattr(event, "reason", "no account"), getattr(event, "raw", b"") or b"")


def _by_account(events: list[Event]) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = defaultdict(list)
    for event in events:
        found[event.account].append(event)
    return found


def _body(request: HttpRequest) -> bytes | None:
    """Return the raw body, or None if it is over the cap: by what it says of itself, or by what came.

    Raises UnreadablePostError if less came than was announced: granian hands over what it has when the line breaks.
    """
    try:
        length = int(request.headers.get("Content-Length") or 0)
    except ValueError:
        return None
    if length > settings.WEBHOOK_MAX_BYTES:
        return None
    try:
        body = request.body
    except RequestDataTooBig:
        return None
    if len(body) < length:
        raise UnreadablePostError("less came than was announced")
    return body if len(body) <= settings.WEBHOOK_MAX_BYTES else None


def _plain(text: str, status: int) -> HttpResponse:
    return HttpResponse(text, status=status, content_type="text/plain; charset=utf-8")


urlpatterns = [
    path(f"webhooks/{channel.webhook}", Webhook.as_view(channel=channel.code), name=channel.code)
    for channel in CHANNELS.values()
    if channel.webhook
]
