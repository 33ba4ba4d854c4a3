"""The pages of one-time links (`bots.pages`): GET and HEAD show what would happen, POST does it.

A signed mark in the form says that the page was really shown, and that what it showed is still so.
"""

import logging

from django.http import HttpRequest, HttpResponse
from django.utils import dateformat
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from rest_framework.request import Request

from bots.models import ActionLink
from bots.pages import LimitedTokenPage, Opened, page
from bots.staff.decisions import AlreadyDecided, NotAllowed
from bots.staff.links import actions
from bots.staff.links.actions import LinkState, NotOpen, StalePage
from bots.staff.subjects import SubjectCard, choice_of, subject_of

logger = logging.getLogger(__name__)

STATUS = {LinkState.USED: 410, LinkState.EXPIRED: 410, LinkState.WITHDRAWN: 410, LinkState.OVERTAKEN: 409}


@method_decorator(csrf_exempt, name="dispatch")
class ActionLinkPage(LimitedTokenPage[ActionLink]):
    find = staticmethod(actions.find)

    def language_of(self, row: ActionLink) -> str:
        who = actions.speaker(row)
        return who.language if who else row.manager.language if row.manager else row.business.default_language

    def show(self, row: ActionLink) -> HttpResponse:
        return _show(row)

    def submit(self, row: ActionLink) -> HttpResponse:
        return _use(self.request, row, self.kwargs["token"])


def _use(request: HttpRequest, link: ActionLink, token: str) -> HttpResponse:
    subject = subject_of(link.subject)
    try:
        choice = actions.use(token, request.POST, used_from=_from(request))
    except NotOpen as error:
        return _over(link, error.state)
    except AlreadyDecided:
        return _over(link, LinkState.OVERTAKEN)
    except StalePage:
        return _show(link, problem=_("This page was open for a while. Please look again, then press."), status=409)
    except NotAllowed as error:
        return _show(link, problem=str(error), status=409)
    except subject.refusals as error:
        return _show(link, problem=subject.explain(error, link.subject_id), status=409)
    logger.info("one-time link used", extra={"link": link.pk, "verb": link.verb})
    card = subject.card(link.subject_id)
    return page("links/done.html", {"words": str(choice.done), "card": card, "link": link})


def _show(link: ActionLink, *, problem: str = "", status: int = 200) -> HttpResponse:
    """Return what would happen. Reads only."""
    subject = subject_of(link.subject)
    card = subject.card(link.subject_id)
    state = actions.state_of(link, card.status if card else None)
    choice, who = choice_of(link.subject, link.verb), actions.speaker(link)
    if state != LinkState.OPEN or card is None or choice is None or who is None:
        return _over(link, state)
    context = {
        "card": card,
        "choice": choice,
        "who": who.name,
        "asks_reason": "reason" in choice.asks,
        "times": subject.times(link.subject_id) if "time" in choice.asks else None,
        "page": actions.page_mark(link, card.version),
        "problem": problem,
    }
    return page("links/ask.html", context, status)


def _over(link: ActionLink, state: LinkState) -> HttpResponse:
    """The link is good for nothing any more: why, and how things stand now."""
    card: SubjectCard | None = subject_of(link.subject).card(link.subject_id)
    used_at = link.used_at
    if state == LinkState.USED and used_at is None:  # used by somebody else while this page was on its way
        used_at = ActionLink.objects.values_list("used_at", flat=True).get(pk=link.pk)
    context = {
        "state": str(state),
        "card": card if state != LinkState.WITHDRAWN else None,
        "used_at": dateformat.format(used_at.astimezone(link.business.zone), "j E, H:i") if used_at else "",
    }
    return page("links/over.html", context, STATUS.get(state, 410))


def _from(request: HttpRequest) -> str:
    """Address and browser, for the record."""
    browser = "".join(char for char in request.headers.get("User-Agent", "") if char.isprintable())
    return f"{Opened().get_ident(Request(request))} {browser[:150]}"
