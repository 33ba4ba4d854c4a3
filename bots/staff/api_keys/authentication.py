"""Machines that use the API: a key in the header `X-Admin-API-Key`, or as `Authorization: Bearer …`.

Keys stand in the admin (named, revocable, for one business or for all), where only a hash of each is kept; those of the
environment, `ADMIN_API_KEY` and its older name `ADMIN_TOKEN`, open every business. A key counts in a header only, never
in an address, where logs would keep it.
"""

import hmac
import logging
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, ClassVar

from django.db.models import Q, QuerySet
from django.db.models.functions import Now
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed, Throttled
from rest_framework.request import Request

from bots.limits import Limit
from bots.models import ApiKey, Business
from bots.staff.actors import Actor
from bots.staff.api_keys import environment
from bots.tokens import find_by_token, hash_token, new_token

logger = logging.getLogger(__name__)

HEADER = "X-Admin-API-Key"
NOTED_EVERY = timedelta(
    minutes=1
)  # `last_used_at` is as exact as this, so that busy machines do not write all the time


class MissedKeys(Limit):
    """Wrong keys of one address; beyond these it is not listened to, right key or not, for a minute."""

    scope, rate = "api-keys-missed", "10/min"


@dataclass(frozen=True, slots=True)
class Machine:
    """Who holds a key; stands where REST framework expects a user. Without a business it may act in all of them."""

    name: str
    business_id: int | None = None
    key_id: int | None = None

    is_authenticated: ClassVar[bool] = True
    is_active: ClassVar[bool] = True
    is_anonymous: ClassVar[bool] = False
    is_staff: ClassVar[bool] = True
    pk: ClassVar[int] = (
        0  # no user's: what asks for rows of this user's gets none, where None would find those of nobody
    )

    @property
    def is_superuser(self) -> bool:
        return self.business_id is None


def businesses_of(who: Any) -> QuerySet[Business]:
    """Return the businesses in which a machine, or a user, may act."""
    if isinstance(who, Machine) and who.business_id is not None:
        return Business.objects.filter(pk=who.business_id)
    return Business.objects.of(who)


def actor_of(who: Any) -> Actor:
    """Return how decisions that come by the API are signed: by the key's name, or by the user's."""
    return Actor(who.name, "api") if isinstance(who, Machine) else Actor.staff(who, source="api")


class ApiKeyHeader(BaseAuthentication):
    """Compared by hashes and in constant time. Wrong keys are counted by address, and written down without the key."""

    def authenticate(self, request: Request) -> tuple[Machine, None] | None:
        given = _given(request)
        if given is None:
            return None
        missed = MissedKeys()
        if missed.is_over(request):
            raise Throttled(wait=60, detail="Too many wrong keys came from your address.")
        machine = holder_of(given)
        if machine is None:
            missed.over(request)
            logger.warning("wrong API key", extra={"address": missed.get_ident(request), "path": request.path})
            raise AuthenticationFailed("This API key is not known here, or was revoked.")
        return machine, None

    def authenticate_header(self, request: Request) -> str:
        return "Bearer"


def _given(request: Request) -> str | None:
    """Return the key that a request carries; None if it carries none."""
    if HEADER in request.headers:
        return request.headers[HEADER].strip()
    kind, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if kind.lower() == "bearer" else None


def holder_of(given: str) -> Machine | None:
    """Whose key it is; None if nobody's. Notes when it was last used."""
    for name, own in environment.usable().items():
        if hmac.compare_digest(hash_token(given), hash_token(own)):
            return Machine(name)
    noted = Q(last_used_at__gte=Now() - NOTED_EVERY)
    row = find_by_token(ApiKey.objects.usable().annotate(is_noted=noted), given, column="key_hash")
    if row is None:
        return None
    if not row.is_noted:  # type: ignore[attr-defined]
        ApiKey.objects.filter(pk=row.pk).update(last_used_at=Now())
    return Machine(row.name, row.business_id, row.pk)


def make(name: str, *, business_id: int | None = None, user_id: int | None = None) -> tuple[ApiKey, str]:
    """A new key: its row, and the key itself, which cannot be had again. Raises IntegrityError for a used name."""
    key = f"fd_{new_token()}"
    row = ApiKey.objects.create(name=name, business_id=business_id, created_by_id=user_id, key_hash=hash_token(key))
    return row, key


def revoke(ids: list[int]) -> int:
    """Keys that open nothing from now on. Returns how many there were."""
    return ApiKey.objects.usable().filter(pk__in=ids).update(revoked_at=Now())


class Described(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """How the schema describes it."""

    target_class = "bots.staff.api_keys.authentication.ApiKeyHeader"
    name = ["apiKey", "bearer"]

    def get_security_requirement(self, auto_schema: object) -> list[dict[str, list[Any]]]:
        return [{one: []} for one in self.name]

    def get_security_definition(self, auto_schema: object) -> list[dict[str, str]]:
        words = "A key made in the admin under “API keys”, or the installation's ADMIN_API_KEY."
        return [
            {"type": "apiKey", "in": "header", "name": HEADER, "description": words},
            {"type": "http", "scheme": "bearer", "description": f"The same key. {words}"},
        ]
