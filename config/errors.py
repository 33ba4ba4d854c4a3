"""How the API says that something is wrong: one plain sentence, never a stack trace."""

from typing import Any

from django.db import InterfaceError, OperationalError
from rest_framework.response import Response
from rest_framework.views import exception_handler


def plain_words(error: Exception, context: dict[str, Any]) -> Response | None:
    """DRF's own answers, and 503 while the database is away, so that the other side tries again."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return Response(
            {"detail": "Not available right now. Please try again."}, status=503, headers={"Retry-After": "5"}
        )
    return exception_handler(error, context)
