"""How often one address may try. Each web process counts for itself, so that it holds with no other server up."""

from typing import Any

from django.core.cache.backends.locmem import LocMemCache
from django.http import HttpRequest
from rest_framework.request import Request
from rest_framework.throttling import SimpleRateThrottle

_NO_VIEW: Any = None  # limits of ours go by the address alone


class Limit(SimpleRateThrottle):
    """So many tries of one address in so much time: `scope` names what for, `rate` is like “60/min”."""

    num_requests: int
    duration: int  # seconds
    cache = LocMemCache("address-rates", {"OPTIONS": {"MAX_ENTRIES": 20_000}})

    def get_cache_key(self, request: Request, view: Any) -> str | None:
        return self.cache_format % {"scope": self.scope, "ident": self.get_ident(request)}

    def over(self, request: HttpRequest) -> bool:
        """Count one more try; whether it was one too many."""
        return not self.allow_request(_drf(request), _NO_VIEW)

    def is_over(self, request: HttpRequest) -> bool:
        """Return whether there were too many tries already, without counting one more."""
        self.key = self.get_cache_key(_drf(request), None)
        since = self.timer() - self.duration
        return bool(sum(at > since for at in self.cache.get(self.key, [])) >= self.num_requests)


def _drf(request: Any) -> Request:
    return request if isinstance(request, Request) else Request(request)
