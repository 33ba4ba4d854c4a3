"""How the API says that something is wrong: plain sentences, never a stack trace."""

from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404
from rest_framework.exceptions import NotAuthenticated, NotFound, PermissionDenied
from rest_framework.response import Response
from rest_framework.views import exception_handler

from bots.staff.decisions import AlreadyDecided, NotAllowed

WHO_ARE_YOU = "Send an API key in the header X-Admin-API-Key, or log in."
MAY_NOT = "You may not do this."
FOREIGN_PAGE = "This did not come from a page of ours. Send its CSRF token, or an API key."
NOTHING_THERE = "There is nothing here, or it is not yours."


def plain_words(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's own answers in our words; 409 with who was first and when; 503 while the database is away."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return Response(
            {"detail": "Not available right now. Please try again."}, status=503, headers={"Retry-After": "5"}
        )
    if isinstance(error, AlreadyDecided):
        body = {"detail": str(error), "status": error.status, "by": error.by, "at": error.at}
        return Response(body, status=409)
    if isinstance(error, NotAllowed):
        return Response({"detail": str(error)}, status=409)
    response = exception_handler(error, context)
    if response is not None and (words := _words(error)):
        response.data = {"detail": words}
    return response


def _words(error: Exception) -> str:
    """Ours in place of what DRF says when nobody has said anything better; "" to leave it."""
    if isinstance(error, NotAuthenticated):
        return WHO_ARE_YOU
    if isinstance(error, (Http404, NotFound)):
        return NOTHING_THERE
    if isinstance(error, PermissionDenied) and str(error.detail).startswith("CSRF"):
        return FOREIGN_PAGE
    if isinstance(error, DjangoPermissionDenied) or (
        isinstance(error, PermissionDenied) and error.detail == PermissionDenied.default_detail
    ):
        return MAY_NOT
    return ""
