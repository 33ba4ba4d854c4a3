"""Machines that speak for the one who runs the installation: `Authorization: Bearer <ADMIN_TOKEN>`."""

import hashlib
import hmac

from django.conf import settings
from django.contrib.auth.models import User
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request


class AdminToken(BaseAuthentication):
    """The token counts in the header only, never in an address, where logs would keep it."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        kind, _, given = request.headers.get("Authorization", "").partition(" ")
        if kind.lower() != "bearer":
            return None
        if not is_right(given.strip()):
            raise AuthenticationFailed("This token is not the right one.")
        return machine(), None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def is_right(given: str) -> bool:
    """Compared by hashes, so that the time it takes tells nothing; always false while none of some length is set."""
    token = settings.ADMIN_TOKEN
    return len(token) >= settings.ADMIN_TOKEN_SHORTEST and hmac.compare_digest(_hash(given), _hash(token))


def _hash(text: str) -> bytes:
    return hashlib.sha256(text.encode("utf-8", "replace")).digest()


def machine() -> User:
    """Whoever holds the token: may what the one who runs the installation may. Stands in no table."""
    return User(username="API", is_staff=True, is_superuser=True, is_active=True)


class Described(OpenApiAuthenticationExtension):
    """How the schema describes it."""

    target_class = "bots.staff.admin_token.AdminToken"
    name = "adminToken"

    def get_security_definition(self, auto_schema: object) -> dict[str, str]:
        return {"type": "http", "scheme": "bearer", "description": "The installation's ADMIN_TOKEN."}
