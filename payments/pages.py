"""The payer's pages: one that sends on to the provider (or plays it), one to come back to. Neither proves a payment.

The address is the secret, as with every link in a message; nothing of the pages may be kept, indexed or told to other
sites. What is shown is how the deposit stands here; looking at it only makes us ask the provider sooner.
"""

import re
from typing import Any

from csp.decorators import csp
from django.conf import settings
from django.db.models.functions import Now
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import dateformat, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from bots.staff.link_page import HEADERS, POLICY
from payments import checkout, ledger, settling
from payments.models import Deposit
from payments.money import money
from payments.providers import sandbox

REFRESHES = 20  # of the page that waits for the payment, three seconds apart
_TOKEN = re.compile(r"[A-Za-z0-9_-]{22}")
BUTTONS = ("pay", "fail", "expire")
Session = Deposit.Session


@csrf_exempt  # without a referrer a browser names no origin, which the check refuses; the address is the secret
@csp(POLICY)  # type: ignore[arg-type]  # its types know no view with arguments
@require_http_methods(["GET", "HEAD", "POST"])
def pay(request: HttpRequest, token: str) -> HttpResponse:
    """GET: on to the provider's page; in the sandbox, its buttons. POST: one of these was pressed."""
    row = _deposit(token)
    can_pay = row.is_live and row.session_status == Session.OPEN
    plays = can_pay and row.provider == "sandbox" and not settings.IN_PRODUCTION
    if request.method == "POST":
        if plays and request.POST.get("button") in BUTTONS:
            _press(row, request.POST["button"])
        return _kept_to_itself(HttpResponseRedirect(reverse("pay-done", args=[token])))
    if can_pay and row.session_url:
        return _kept_to_itself(HttpResponseRedirect(row.session_url))
    if plays:
        return _page(request, "pay/sandbox.html", row)
    if row.is_live and row.session_status == Session.NONE:
        ledger.ring(row.pk)
        return _page(request, "pay/state.html", row, refresh="3")
    return _page(request, "pay/state.html", row)


@csp(POLICY)  # type: ignore[arg-type]  # its types know no view with arguments
@require_safe
def done(request: HttpRequest, token: str) -> HttpResponse:
    """Where the provider sends the payer back to. While nothing is known yet it looks again by itself for a minute."""
    row = _deposit(token)
    waits = row.is_live and row.session_status == Session.OPEN and "back" not in request.GET
    if not waits:
        return _page(request, "pay/state.html", row)
    checkout.look_soon(row)
    count = request.GET.get("n", "0")
    number = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else REFRESHES
    again = f"3; url={reverse('pay-done', args=[token])}?n={number + 1}" if number < REFRESHES else ""
    return _page(request, "pay/state.html", row, refresh=again, is_back=True)


def _deposit(token: str) -> Deposit:
    row = Deposit.objects.select_related("business").filter(token=token).first() if _TOKEN.fullmatch(token) else None
    if row is None:
        raise Http404("There is nothing behind this link.")
    return row


def _press(row: Deposit, button: str) -> None:
    """What a provider would tell us by a webhook. “Expire” plays that the time is over."""
    if button == "expire":
        Deposit.objects.filter(pk=row.pk, status__in=Deposit.LIVE).update(expires_at=Now())
    settling.settle(row.pk, sandbox.press(row.session_id, button), by=checkout.said_by(row.provider))


def _page(request: HttpRequest, template: str, row: Deposit, *, refresh: str = "", **more: Any) -> HttpResponse:
    """In the payer's language."""
    with translation.override(row.language):
        standing = row.standing
        ends = row.expires_at.astimezone(row.business.zone)
        context = {
            "language": row.language,
            "deposit": row,
            "business": row.business,
            "standing": standing,
            "is_processing": row.session_status == Session.PROCESSING,
            "amount": money(row.amount, row.currency, row.language),
            "refunded": money(row.refunded_amount, row.currency, row.language),
            "until": dateformat.format(ends, "j E, H:i"),
            "waits": bool(refresh),
            "can_pay": row.is_live and row.session_status == Session.OPEN,
            **more,
        }
        response = HttpResponse(render_to_string(template, context, request=request))
    response["Content-Language"] = row.language
    if refresh:
        response["Refresh"] = refresh
    return _kept_to_itself(response)


def _kept_to_itself(response: HttpResponse) -> HttpResponse:
    for name, value in HEADERS.items():
        response[name] = value
    return response
