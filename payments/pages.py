"""The payer's pages."""

from django.http import Http404, HttpRequest, HttpResponse


def pay(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404


def done(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404
