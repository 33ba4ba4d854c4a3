"""The payer's pages: one that sends on to the provider (or plays it), one to come back to. Neither proves a payment.

The address is the secret (`bots.pages`). What is shown is how the deposit stands here; looking at it only makes us ask
the provider sooner.
"""

from typing import Any

from django.conf import settings
from django.db.models.functions import Now
from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import dateformat
from django.utils.decorators import method_decorator
from django.views.decorators.csrf import csrf_exempt

from bots.pages import TokenPage, page
from bots.tokens import is_token
from payments import checkout, settlement, transitions
from payments.models import TOKEN_SIZE, Deposit
from payments.money import money
from payments.providers import sandbox

REFRESHES = 20  # of the page that waits for the payment, three seconds apart
BUTTONS = ("pay", "fail", "expire")
Session = Deposit.Session


class _DepositPage(TokenPage[Deposit]):
    def find(self, token: str) -> Deposit | None:
        rows = Deposit.objects.select_related("business")
        return rows.filter(token=token).first() if is_token(token, TOKEN_SIZE) else None

    def language_of(self, row: Deposit) -> str:
        return row.language


@method_decorator(csrf_exempt, name="dispatch")  # a browser that tells no referrer names no origin, which is refused
class PayPage(_DepositPage):
    """GET: on to the provider's page; in the sandbox, its buttons. POST: one of these was pressed."""

    def show(self, row: Deposit) -> HttpResponse:
        if _can_pay(row) and row.session_url:
            return HttpResponseRedirect(row.session_url)
        if _plays(row):
            return _page("pay/sandbox.html", row)
        if row.is_live and row.session_status == Session.NONE:
            transitions.enqueue(row.pk)
            return _page("pay/state.html", row, refresh="3")
        return _page("pay/state.html", row)

    def submit(self, row: Deposit) -> HttpResponse:
        if _plays(row) and self.request.POST.get("button") in BUTTONS:
            _simulate(row, self.request.POST["button"])
        return HttpResponseRedirect(reverse("pay-done", args=[row.token]))


class PaidPage(_DepositPage):
    """Where the provider sends the payer back to. While nothing is known yet it looks again by itself for a minute."""

    http_method_names = ["get", "head"]

    def show(self, row: Deposit) -> HttpResponse:
        asked = self.request.GET
        if not _can_pay(row) or "back" in asked:
            return _page("pay/state.html", row)
        checkout.look_soon(row)
        count = asked.get("n", "0")
        number = int(count) if count.isascii() and count.isdecimal() and len(count) < 4 else REFRESHES
        again = f"3; url={reverse('pay-done', args=[row.token])}?n={number + 1}" if number < REFRESHES else ""
        return _page("pay/state.html", row, refresh=again, is_back=True)


def _can_pay(row: Deposit) -> bool:
    return row.is_live and row.session_status == Session.OPEN


def _plays(row: Deposit) -> bool:
    return _can_pay(row) and row.provider == "sandbox" and not settings.IN_PRODUCTION


def _simulate(row: Deposit, button: str) -> None:
    """What a provider would tell us by a webhook. “Expire” plays that the time is over."""
    if button == "expire":
        Deposit.objects.filter(pk=row.pk, status__in=Deposit.LIVE).update(expires_at=Now())
    settlement.settle(row.pk, sandbox.simulate(row.session_id, button), by=checkout.said_by(row.provider))


def _page(template: str, row: Deposit, *, refresh: str = "", **more: Any) -> HttpResponse:
    context = {
        "deposit": row,
        "business": row.business,
        "standing": row.standing,
        "is_processing": row.session_status == Session.PROCESSING,
        "amount": money(row.amount, row.currency, row.language),
        "refunded": money(row.refunded_amount, row.currency, row.language),
        "until": dateformat.format(row.expires_at.astimezone(row.business.zone), "j E, H:i"),
        "waits": bool(refresh),
        "can_pay": _can_pay(row),
        **more,
    }
    return page(template, context, headers={"Refresh": refresh} if refresh else None)
