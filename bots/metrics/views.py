"""The numbers of `exposition`: `/metrics` as Prometheus reads them, `/api/metrics` for people and their programs.

`/metrics` tells of the whole installation, so it is for keys that open every business, for the one who runs the
installation, and for the addresses that METRICS_ALLOW names. `/api/metrics` tells each of their own businesses.
"""

import ipaddress
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe
from drf_spectacular.utils import extend_schema, inline_serializer
from prometheus_client.exposition import choose_encoder
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import BaseThrottle
from rest_framework.views import APIView

from bots.db import clock
from bots.metrics import exposition
from bots.staff.api_keys.authentication import ApiKeyHeader, businesses_of

FORWARDED = ("X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Forwarded")


@require_safe
def prometheus(request: HttpRequest) -> HttpResponse:
    """What is counted, in the text format that the other side asks for. 401, 403 or 429 for who may not read it."""
    try:
        held = ApiKeyHeader().authenticate(Request(request))
    except APIException as error:
        return _plain(str(error.detail), error.status_code)
    who = held[0] if held else request.user
    if not who.is_superuser and not is_allowed(request):
        if who.is_authenticated:
            return _plain("This tells of every business. Ask /api/metrics for your own.", 403)
        return _plain("Send an API key: “Authorization: Bearer …”.", 401)
    encode, content_type = choose_encoder(request.headers.get("Accept", ""))
    return HttpResponse(encode(exposition.registry()), content_type=content_type, headers={"Cache-Control": "no-store"})


def is_allowed(request: HttpRequest) -> bool:
    """Whether METRICS_ALLOW names the address that asks. What came through a proxy that we do not know is nobody's."""
    if not settings.METRICS_ALLOW:
        return False
    if not settings.REST_FRAMEWORK["NUM_PROXIES"] and any(name in request.headers for name in FORWARDED):
        return False
    try:
        address = ipaddress.ip_address(BaseThrottle().get_ident(Request(request)))
        return any(address in ipaddress.ip_network(one, strict=False) for one in settings.METRICS_ALLOW)
    except ValueError:
        return False


def _plain(words: str, status: int) -> HttpResponse:
    response = HttpResponse(words, status=status, content_type="text/plain; charset=utf-8")
    if status == 401:
        response["WWW-Authenticate"] = "Bearer"
    return response


class Numbers(APIView):
    """What is counted of your businesses: messages, turns, who waits, decisions, money."""

    @extend_schema(
        responses=inline_serializer(
            "Numbers",
            {
                "at": serializers.DateTimeField(),
                "businesses": serializers.ListField(child=serializers.CharField()),
                "metrics": serializers.DictField(
                    child=inline_serializer(
                        "Number",
                        {
                            "says": serializers.CharField(),
                            "values": serializers.ListField(child=serializers.DictField()),
                        },
                    )
                ),
            },
        )
    )
    def get(self, request: Request) -> Response:
        mine = businesses_of(request.user)
        everything = bool(request.user.is_superuser)
        body: dict[str, Any] = {
            "at": clock.now(),
            "businesses": list(mine.values_list("name", flat=True)),
            "metrics": exposition.for_people(None if everything else mine),
        }
        return Response(body, headers={"Cache-Control": "no-store"})
