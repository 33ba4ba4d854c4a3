"""Pages that a person opens by a secret token in their address: no cookie, no script, no login.

The address itself is the proof, so Django's CSRF cookie adds nothing there (a page that takes a POST says so by
`csrf_exempt`). Nothing of such a page may be kept, indexed or told to other sites.
"""

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, Generic, TypeVar

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.decorators import method_decorator
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views import View

from bots.language import LANGUAGES
from bots.limits import Limit

POLICY = {
    "default-src": [NONE],
    "style-src": [SELF],
    "img-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [NONE],
}
HEADERS = {
    "Cache-Control": "no-store",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex, nofollow, noarchive",
    "X-Content-Type-Options": "nosniff",
}
Row = TypeVar("Row")


class Opened(Limit):
    scope, rate = "links", "60/min"


class Missed(Limit):
    """Links that never were: who tries many is guessing."""

    scope, rate = "links-missed", "10/min"


@method_decorator(csp(POLICY), name="dispatch")
class TokenPage(View, Generic[Row]):
    """GET and HEAD show what is behind the token, POST does what was asked for; both in the language of whom it is for.

    What is behind no token is Django's own 404.
    """

    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = super().dispatch(request, *args, **kwargs)
        for name, value in HEADERS.items():
            response[name] = value
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.open(token, self.show)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        return self.open(token, self.submit)

    def open(self, token: str, then: Callable[[Row], HttpResponse]) -> HttpResponse:
        row = self.find(token)
        if row is None:
            return self.missed()
        with translation.override(self.language_of(row)):
            return then(row)

    @abstractmethod
    def find(self, token: str) -> Row | None:
        """Return what is behind the token; None for what never was one."""

    @abstractmethod
    def language_of(self, row: Row) -> str: ...

    @abstractmethod
    def show(self, row: Row) -> HttpResponse:
        """Answer a GET. Reads only, however often programs that preview links come by."""

    def submit(self, row: Row) -> HttpResponse:
        """Answer a POST."""
        raise NotImplementedError

    def missed(self) -> HttpResponse:
        """Answer what is mistyped, cut off or guessed: all alike, and nothing of it is looked at closer."""
        raise Http404("There is nothing behind this link.")


class LimitedTokenPage(TokenPage[Row]):
    """One that an address may open so often, and guess at hardly ever; in plain words 404, 429, and 503 without the
    database."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return super().dispatch(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            return plain(request, "away", 503, {**HEADERS, "Retry-After": "5"})

    def open(self, token: str, then: Callable[[Row], HttpResponse]) -> HttpResponse:
        if Opened().over(self.request) or Missed().is_over(self.request):
            return plain(self.request, "many", 429, {"Retry-After": "60"})
        return super().open(token, then)

    def missed(self) -> HttpResponse:
        Missed().over(self.request)
        return plain(self.request, "unknown", 404)


def page(
    template: str, context: dict[str, Any], status: int = 200, headers: dict[str, str] | None = None
) -> HttpResponse:
    """Return the page in the active language."""
    language = translation.get_language() or "en"
    text = render_to_string(template, {"language": language, **context})
    return HttpResponse(text, status=status, headers={"Content-Language": language, **(headers or {})})


def plain(request: HttpRequest, kind: str, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    """Return a page with nothing behind it, in the browser's language."""
    known = [code for code in preferred_languages(request) if code in LANGUAGES]
    with translation.override(known[0] if known else "en"):
        return page("links/plain.html", {"kind": kind}, status, headers)


def preferred_languages(request: HttpRequest) -> list[str]:
    """Return what the browser asks for, the best first, without regions."""
    header = request.headers.get("Accept-Language", "")
    return [code.split("-")[0] for code, _weight in parse_accept_lang_header(header)]
