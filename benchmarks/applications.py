"""What granian serves in the comparison, each a WSGI application of this module."""

import hashlib
import hmac
import json
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

import django

django.setup()

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import path

from bots import wakeups

SECRET = os.environ.get("BENCHMARK_SECRET", "").encode()


def bare_view(request: HttpRequest) -> HttpResponse:
    request.body  # noqa: B018 - a view that takes something reads it
    return HttpResponse("ok")


def insert_view(request: HttpRequest) -> HttpResponse:
    """The least that keeps what came: verify, parse, one INSERT that a repetition does not double."""
    body = request.body
    expected = "sha256=" + hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    if not hmac.compare_digest(expected, request.headers.get("X-Hub-Signature-256", "")):
        return HttpResponse(status=403)
    one = json.loads(body)["entry"][0]["messaging"][0]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO benchmark_inbox (external_id, sender, body) VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [one["message"]["mid"], one["sender"]["id"], body.decode()],
        )
    return HttpResponse("ok")


urlpatterns = [path("bare/", bare_view), path("insert/", insert_view)]


def _without_middleware() -> WSGIHandler:
    settings.MIDDLEWARE = []
    settings.ROOT_URLCONF = __name__
    return WSGIHandler()


variant = os.environ.get("BENCHMARK_VARIANT", "")
if variant == "without nudge":
    wakeups.enqueue_now = lambda task, row_id: None
application = _without_middleware() if variant in ("bare", "insert") else WSGIHandler()
