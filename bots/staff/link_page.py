"""The pages of one-time links: GET and HEAD show what would happen, POST does it. No cookie, no script, no login.

The address itself is the proof, so Django's CSRF cookie adds nothing here; a signed mark in the form says that the page
was really shown, and that what it showed is still so. Nothing of the page may be kept, indexed or told to other sites.
"""

import logging
from typing import Any

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import dateformat, translation
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation.trans_real import parse_accept_lang_header
from django.views import View
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request

from bots.language import LANGUAGES
from bots.models import ActionLink
from bots.staff import links
from bots.staff.decisions import AlreadyDecided, NotAllowed
from bots.staff.limits import Limit as _Limit
from bots.staff.links import NotOpen, StalePage, State
from bots.staff.subjects import SubjectCard, choice_of, subject_of

logger = logging.getLogger(__name__)

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
STATUS = {State.USED: 410, State.EXPIRED: 410, State.WITHDRAWN: 410, State.OVERTAKEN: 409}


class Opened(_Limit):
    scope, rate = "links", "60/min"


class Missed(_Limit):
    """Links that never were: who tries many is guessing."""

    scope, rate = "links-missed", "10/min"


@method_decorator([csrf_exempt, csp(POLICY)], name="dispatch")
class ActionLinkPage(View):
    http_method_names = ["get", "head", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        try:
            response = super().dispatch(request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            response = _plain(request, "away", 503)
            response["Retry-After"] = "5"
        for name, value in HEADERS.items():
            response[name] = value
        return response

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        if refused := _refused(request):
            return refused
        link = links.find(token)
        if link is None:
            return _missed(request)
        with translation.override(_language(link)):
            return _show(link)

    def post(self, request: HttpRequest, token: str) -> HttpResponse:
        if refused := _refused(request):
            return refused
        link = links.find(token)
        if link is None:
            return _missed(request)
        with translation.override(_language(link)):
            return _use(request, link, token)


def _refused(request: HttpRequest) -> HttpResponse | None:
    if Opened().over(request) or Missed().is_over(request):
        response = _plain(request, "many", 429)
        response["Retry-After"] = "60"
        return response
    return None


def _missed(request: HttpRequest) -> HttpResponse:
    """Mistyped, cut off, guessed: the same answer to all, and nothing of it is looked at closer."""
    Missed().over(request)
    return _plain(request, "unknown", 404)


def _language(link: ActionLink) -> str:
    who = links.speaker(link)
    return who.language if who else link.manager.language if link.manager else link.business.default_language


def _use(request: HttpRequest, link: ActionLink, token: str) -> HttpResponse:
    subject = subject_of(link.subject)
    try:
        choice = links.use(token, request.POST, used_from=_from(request))
    except NotOpen as error:
        return _over(link, error.state)
    except AlreadyDecided:
        return _over(link, State.OVERTAKEN)
    except StalePage:
        return _show(link, problem=_("This page was open for a while. Please look again, then press."), status=409)
    except NotAllowed as error:
        return _show(link, problem=str(error), status=409)
    except subject.refusals as error:
        return _show(link, problem=subject.told(error, link.subject_id), status=409)
    logger.info("one-time link used", extra={"link": link.pk, "verb": link.verb})
    card = subject.card(link.subject_id)
    return _page("links/done.html", {"words": str(choice.done), "card": card, "link": link})


def _show(link: ActionLink, *, problem: str = "", status: int = 200) -> HttpResponse:
    """What would happen. Reads only."""
    subject = subject_of(link.subject)
    card = subject.card(link.subject_id)
    state = links.state_of(link, card.status if card else None)
    choice, who = choice_of(link.subject, link.verb), links.speaker(link)
    if state != State.OPEN or card is None or choice is None or who is None:
        return _over(link, state)
    context = {
        "card": card,
        "choice": choice,
        "who": who.name,
        "asks_reason": "reason" in choice.asks,
        "times": subject.times(link.subject_id) if "time" in choice.asks else None,
        "page": links.page_mark(link, card.version),
        "problem": problem,
    }
    return _page("links/ask.html", context, status)


def _over(link: ActionLink, state: State) -> HttpResponse:
    """The link is good for nothing any more: why, and how things stand now."""
    card: SubjectCard | None = subject_of(link.subject).card(link.subject_id)
    used_at = link.used_at
    if state == State.USED and used_at is None:  # used by somebody else while this page was on its way
        used_at = ActionLink.objects.values_list("used_at", flat=True).get(pk=link.pk)
    context = {
        "state": str(state),
        "card": card if state != State.WITHDRAWN else None,
        "used_at": dateformat.format(used_at.astimezone(link.business.zone), "j E, H:i") if used_at else "",
    }
    return _page("links/over.html", context, STATUS.get(state, 410))


def _page(template: str, context: dict[str, Any], status: int = 200) -> HttpResponse:
    language = translation.get_language()
    return HttpResponse(
        render_to_string(template, {"language": language, **context}),
        status=status,
        headers={"Content-Language": language or "en"},
    )


def _plain(request: HttpRequest, kind: str, status: int) -> HttpResponse:
    """A page without a link behind it, in the browser's language."""
    asked = [
        code.split("-")[0] for code, _weight in parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    ]
    with translation.override(next((code for code in asked if code in LANGUAGES), "en")):
        return _page("links/plain.html", {"kind": kind}, status)


def _from(request: HttpRequest) -> str:
    """Address and browser, for the record."""
    browser = "".join(char for char in request.headers.get("User-Agent", "") if char.isprintable())
    return f"{Opened().get_ident(Request(request))} {browser[:150]}"
