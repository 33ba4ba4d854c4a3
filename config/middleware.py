"""Webhooks skip the middleware that they have no use for: no session, no CSRF cookie, no user, no redirect."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve


def straight_to_webhooks(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    def middleware(request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith("/webhooks/"):
            return get_response(request)
        try:
            match = resolve(request.path_info)
        except Resolver404:
            return HttpResponse(status=404)
        request.resolver_match = match
        response: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return response

    return middleware
