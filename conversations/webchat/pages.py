"""The web chat's page and the script that puts it on another site. Their words are gettext, their rules the API's."""

import json
import re

from csp.constants import NONE, SELF
from csp.decorators import csp
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from bots.language import LANGUAGES
from bots.models import Bot, Business, ChannelAccount
from bots.pages import preferred_languages
from conversations.chat.everyday import HUMAN_CHOICE

DEFAULT_COLOUR = "#1f6f5c"
EMBED_SECONDS = 300  # how long a site's visitors may keep the script

# Nothing but our own files, no inline script or style; any site may frame it, because that is how it is embedded.
POLICY = {
    "default-src": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
    "form-action": [SELF],
    "frame-ancestors": ["*"],
}


def account_of(bot: str) -> ChannelAccount | None:
    """Return the web chat of this bot, with its bot and business; None if there is none that is switched on."""
    return (
        ChannelAccount.objects.select_related("bot__business")
        .filter(channel="webchat", external_id=bot, is_active=True, bot__is_active=True)
        .first()
    )


def business_languages(business: Business) -> list[str]:
    return [code for code in business.languages if code in LANGUAGES] or [business.default_language]


def page_language(request: HttpRequest, business: Business) -> str:
    """What the visitor asked for (`?lang=`) or what their browser prefers, among the languages of the business."""
    known = business_languages(business)
    asked = [request.GET.get("lang", ""), *preferred_languages(request)]
    return next((code for code in asked if code in known), business.default_language)


def colour_of(bot: Bot) -> str:
    return bot.colour if re.fullmatch(r"#[0-9a-fA-F]{6}", bot.colour) else DEFAULT_COLOUR


def ink_on(colour: str) -> str:
    """White or nearly black: what can be read on this colour (WCAG 2, relative luminance, 4.5 to 1)."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if 1.05 / (luminance + 0.05) >= 4.5 else "#10211c"


@require_safe
@xframe_options_exempt
@csp(POLICY)  # type: ignore[arg-type]  # its types know no view with arguments
def page(request: HttpRequest, bot: str) -> HttpResponse:
    """The chat page; in plain words 404 for a chat that is not there and 503 (it tries again) without the database."""
    try:
        account = account_of(bot)
    except (OperationalError, InterfaceError):
        return _sorry(request, "chat/away.html", 503, {"Retry-After": "5", "Refresh": "5"})
    if account is None:
        return _sorry(request, "chat/unknown.html", 404)
    language = page_language(request, account.bot.business)
    embedded = request.GET.get("embedded") == "1"
    with translation.override(language):
        html = render_to_string("chat/page.html", _context(account, language, embedded))
    return HttpResponse(
        html, headers={"Cache-Control": "no-cache", "Vary": "Accept-Language", "Content-Language": language}
    )


def _sorry(request: HttpRequest, template: str, status: int, headers: dict[str, str] | None = None) -> HttpResponse:
    asked = [request.GET.get("lang", ""), *preferred_languages(request), "en"]
    language = next(code for code in asked if code in LANGUAGES)
    with translation.override(language):
        html = render_to_string(template, {"language": language})
    return HttpResponse(html, status=status, headers={"Cache-Control": "no-store", **(headers or {})})


def _context(account: ChannelAccount, language: str, embedded: bool) -> dict[str, object]:
    bot, business = account.bot, account.bot.business
    colour = colour_of(bot)
    config = {
        "slug": account.external_id,
        "business": business.name,
        "bot": bot.name,
        "language": language,
        "colour": colour,
        "ink": ink_on(colour),
        "embedded": embedded,
        "person": {"text": _("Talk to a person"), "choice": HUMAN_CHOICE},
        "words": _words(),
    }
    return {
        "language": language,
        "bot": bot,
        "business": business,
        "colour": colour,
        "embedded": embedded,
        "initial": business.name[:1].upper(),
        "config": config,
    }


def _words() -> dict[str, str]:
    """Return what the page's scripts say."""
    return {
        "assistant": _("Assistant"),
        "person": _("Person from the team"),
        "you": _("You"),
        "assistantHere": _("An assistant answers here"),
        "personHere": _("A person from the team has taken over"),
        "sending": _("Sending…"),
        "sent": _("Sent"),
        "waiting": _("Kept, not sent yet"),
        "failed": _("Not sent"),
        "again": _("Try again"),
        "remove": _("Remove"),
        "offline": _("You are offline. What you write is kept and goes out when the connection is back."),
        "away": _("We cannot be reached right now. What you write is kept; trying again by itself."),
        "slower": _("These were many messages at once. What you wrote is kept and goes out in a moment."),
        "gone": _("This chat has been switched off."),
        "tooLong": _("This is too long. Please send it in parts."),
        "newMessages": _("New messages"),
        "choices": _("Suggested answers"),
    }


@require_safe
@csp(POLICY)  # type: ignore[arg-type]  # its types know no view with arguments
def embed(request: HttpRequest, bot: str) -> HttpResponse:
    """Return the script for other sites: a button in the corner that opens the page in a frame."""
    try:
        account = account_of(bot)
    except (OperationalError, InterfaceError):
        return _script("/* The chat is not available right now. */", 503)
    if account is None:
        return _script("/* There is no chat at this address. */", 404)
    business, colour = account.bot.business, colour_of(account.bot)
    config = {
        "colour": colour,
        "ink": ink_on(colour),
        "language": business.default_language,
        "labels": {code: _embed_labels(code, business) for code in business_languages(business)},
    }
    return _script(render_to_string("chat/embed.js", {"config": json.dumps(config)}), 200)


def _embed_labels(language: str, business: Business) -> dict[str, str]:
    with translation.override(language):
        return {
            "open": _("Chat with %(business)s") % {"business": business.name},
            "close": _("Close the chat"),
            "unread": _("New messages"),
        }


def _script(text: str, status: int) -> HttpResponse:
    return HttpResponse(
        text,
        status=status,
        content_type="text/javascript; charset=utf-8",
        headers={
            "Cache-Control": f"public, max-age={EMBED_SECONDS}" if status == 200 else "no-store",
            "Cross-Origin-Resource-Policy": "cross-origin",
            "X-Content-Type-Options": "nosniff",
        },
    )
