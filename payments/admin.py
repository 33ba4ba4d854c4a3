"""Staff's pages for deposits: what needs them first, each with its story; every button calls one verb."""

import json
from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import dateformat
from django.utils.html import format_html
from django.views.decorators.http import require_POST
from unfold.decorators import display

from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, NotAllowed, choices_for
from bots.staff.scoped import ReadOnlyAdmin, ScopedFilter, businesses_of
from bots.staff.subjects import choice_of, press
from payments import deposits, events
from payments.ledger import SUBJECT
from payments.models import Deposit, PaymentEvent, ProviderState, Refund
from payments.money import minor_units, money
from payments.providers import PROVIDERS
from payments.refunds import left
from payments.staff_card import who_of

COLOURS = {
    "requested": "info", "open": "info", "paid": "success", "late": "warning", "refunding": "info", "failed": "danger",
    "disputed": "danger",
}  # fmt: skip
PILLS = {
    "late": "orange", "disputed": "red", "failed": "red", "paid": "green", "open": "yellow", "requested": "yellow",
    "refunding": "blue",
}  # fmt: skip
UNDER_WAY = Refund.objects.filter(status__in=Refund.UNDER_WAY).values("deposit")
DISPUTED = ~Q(dispute_status="")
TABS: list[tuple[str, str, Q]] = [
    ("needs_you", "Needs you", Q(late=True, decided_at=None) | ~Q(problem="")),
    ("open", "Open", Q(status__in=Deposit.LIVE)),
    ("paid", "Paid", Q(status="paid")),
    ("late", "Paid too late", Q(late=True)),
    ("refunded", "Given back", Q(refunded_amount__gt=0) | Q(pk__in=UNDER_WAY)),
    ("disputed", "Disputed", DISPUTED),
    ("over", "Not paid", Q(status__in=["expired", "failed", "withdrawn"])),
]
DONE = {
    "request": "Asked for", "open": "Link ready", "pay": "Paid", "pay late": "Paid too late",
    "expire": "Not paid in time", "fail": "Failed", "withdraw": "Taken back", "keep": "Late payment kept",
    "refund": "Refund asked for", "refund under way": "Refund under way", "refunded": "Given back",
    "refund failed": "Refund failed", "dispute": "Dispute", "doubt": "Something does not fit", "see to": "Seen to",
}  # fmt: skip


def badge(request: HttpRequest) -> str:
    """Beside *Deposits* in the sidebar: what needs a person."""
    if not request.user.is_authenticated:
        return ""
    mine = businesses_of(request).values("pk")
    number = Deposit.objects.needing_staff().filter(business__in=mine).count()
    if request.user.is_superuser:
        number += PaymentEvent.objects.filter(is_suspicious=True, seen_at=None, deposit=None).count()
        number += ProviderState.objects.exclude(paused_at=None).count()
    return str(number) if number else ""


def acting(request: HttpRequest) -> Actor:
    """Who presses the button."""
    assert isinstance(request.user, AbstractBaseUser)  # the admin's pages are for people who are logged in
    return Actor.staff(request.user)


class TabFilter(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, label) for code, label, _ in TABS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Deposit]) -> QuerySet[Deposit]:
        chosen = next((condition for code, _, condition in TABS if code == self.value()), None)
        return queryset if chosen is None else queryset.filter(chosen)


@admin.register(Deposit)
class DepositAdmin(ReadOnlyAdmin):
    business_path = "business"
    front_desk = ("view", "change")
    list_display = ["what", "amount_shown", "state", "note", "moment", "business"]
    list_filter = [TabFilter, ("business", ScopedFilter)]
    list_select_related = ["business"]
    search_fields = ["title", "session_id", "payment_intent"]
    search_help_text = "What it is for, or the payment’s id at the provider"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deposit]:
        return super().get_queryset(request).prefetch_related("refunds")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """What needs a person stands above everything."""
        first = Case(When(TABS[0][2], then=Value(True)), default=Value(False), output_field=BooleanField())
        return [first.desc(), "-id"]

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if request.method == "GET":
            for state in ProviderState.objects.exclude(paused_reason="", warning=""):
                for words in filter(None, (state.paused_reason, state.warning)):
                    messages.warning(request, f"{PROVIDERS[state.provider].label}: {words}")
        return super().changelist_view(request, {"title": "Deposits", **(extra_context or {})})

    @display(description="For", ordering="title")
    def what(self, row: Deposit) -> str:
        return row.title

    @display(description="Amount", ordering="amount")
    def amount_shown(self, row: Deposit) -> str:
        return money(row.amount, row.currency, "en")

    @display(description="State", label={Deposit.STANDINGS[code]: colour for code, colour in COLOURS.items()})
    def state(self, row: Deposit) -> str:
        return str(Deposit.STANDINGS[row.standing])

    @display(description="Note")
    def note(self, row: Deposit) -> str:
        if row.problem:
            return row.problem
        return "Paid too late: keep it or give it back" if row.late and row.decided_at is None else row.failure

    @display(description="When", ordering="status_at")
    def moment(self, row: Deposit) -> str:
        """Until when it can be paid, or when it got where it is; on the business's clock."""
        at = row.expires_at if row.is_live else row.status_at
        return ("until " if row.is_live else "") + _when(at, row)

    # --- one deposit ------------------------------------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view(require_POST(self.decide_view))
        return [path("<int:object_id>/decide/", view, name="payments_deposit_decide"), *super().get_urls()]

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """The page of a deposit. It has no form to save: `decide_view` takes its buttons."""
        if request.method not in ("GET", "HEAD"):
            return HttpResponse(status=405, headers={"Allow": "GET, HEAD"})
        row = self.get_object(request, object_id) if self.has_view_permission(request) else None
        if row is None:
            raise Http404("There is no such page.")
        standing = row.standing
        decisions = Decision.objects.filter(subject=SUBJECT, subject_id=row.pk)
        context = {
            **self.admin_site.each_context(request),
            **(extra_context or {}),
            "original": row,
            "title": f"{money(row.amount, row.currency, 'en')}, {row.title}",
            "standing": standing,
            "standing_word": Deposit.STANDINGS[standing],
            "pill": PILLS.get(standing, "grey"),
            "facts": _facts(row),
            "choices": choices_for(SUBJECT, standing) if self.has_change_permission(request) else [],
            "may_decide": self.has_change_permission(request),
            "rest": money(left(row), row.currency, "en"),
            "history": [(DONE.get(one.verb, one.verb), one, _when(one.at, row)) for one in decisions],
            "refunds": [(money(one.amount, row.currency, "en"), one) for one in row.refunds.all()],
            "told": [(one, _when(one.received_at, row)) for one in row.events.all()[:50]],
        }
        return TemplateResponse(request, "admin/payments/deposit/page.html", context)

    def decide_view(self, request: HttpRequest, object_id: int) -> HttpResponse:
        row = self.get_row(request, str(object_id))
        ok, words = _decide(request, row)
        messages.add_message(request, messages.SUCCESS if ok else messages.WARNING, words)
        return redirect(reverse("admin:payments_deposit_change", args=[row.pk]))


def _decide(request: HttpRequest, row: Deposit) -> tuple[bool, str]:
    """Make the decision that was pressed; (whether it was made, words for the person)."""
    name, shown = request.POST.get("choice", ""), request.POST.get("from_status", "")
    try:
        if name == "see to":
            deposits.dismiss(row.pk, by=acting(request))
            return True, "Seen to."
        choice = choice_of(SUBJECT, name)
        asks = choice.asks if choice else ()
        answers = {"amount": minor_units(request.POST.get("amount", ""), row.currency)} if "amount" in asks else {}
        done = press(SUBJECT, name, row.pk, from_status=shown, by=acting(request), answers=answers)
    except AlreadyDecided as error:
        by = f" by {error.by}" if error.by else ""
        return False, f"Already decided: {error.status.lower()}{by}{', ' + _when(error.at, row) if error.at else ''}."
    except NotAllowed as error:
        return False, str(error)
    return True, str(done.done) or "Done."


def _facts(row: Deposit) -> list[tuple[str, str]]:
    facts = [
        ("Who", who_of(row)),
        ("For", f"{row.subject} {row.subject_id}"),
        ("To be paid before", _when(row.expires_at, row)),
        ("Link for the customer", row.url if row.is_live else ""),
        ("Paid", _when(row.paid_at, row) if row.paid_at else ""),
        ("Given back", money(row.refunded_amount, row.currency, "en") if row.refunded_amount else ""),
        ("Dispute", f"{row.dispute_status} {row.dispute_reason}".replace("_", " ").strip()),
        ("Why it failed", row.failure),
        ("Payment provider", f"{PROVIDERS[row.provider].label}{' (test)' if row.livemode is False else ''}"),
        ("Session there", row.session_id),
        ("Payment there", row.payment_intent),
        ("Asked there", _when(row.asked_at, row) if row.asked_at else ""),
        ("Trouble", row.trouble),
    ]
    return [(label, value) for label, value in facts if value]


def _when(moment: Any, row: Deposit) -> str:
    return dateformat.format(moment.astimezone(row.business.zone), "j M Y, H:i")


class SuspiciousFilter(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("look", "Look at these"), ("waiting", "Not taken in yet")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[PaymentEvent]) -> QuerySet[PaymentEvent]:
        if self.value() == "look":
            return queryset.filter(is_suspicious=True, seen_at=None)
        return queryset.filter(handled_at=None) if self.value() == "waiting" else queryset


@admin.register(PaymentEvent)
class PaymentEventAdmin(ReadOnlyAdmin):
    """What providers told us. Those that belong to no deposit are for the one who runs the installation."""

    business_path = "deposit__business"
    list_display = ["type", "received_at", "outcome", "look", "deposit"]
    list_filter = [SuspiciousFilter, "provider"]
    list_select_related = ["deposit"]
    search_fields = ["event_id", "payment_intent", "type"]
    actions = ["mark_seen", "take_again"]
    fields = ["type", "event_id", "received_at", "outcome", "deposit", "account", "livemode", "api_version", "content"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is None and super().has_change_permission(request)

    @display(description="Look at it", label={"Look at it": "warning", "Seen": "default"})
    def look(self, row: PaymentEvent) -> str:
        return ("Seen" if row.seen_at else "Look at it") if row.is_suspicious else ""

    @display(description="What it said")
    def content(self, row: PaymentEvent) -> str:
        return format_html("<pre>{}</pre>", json.dumps(row.payload, indent=1, ensure_ascii=False))

    @admin.action(description="I have looked at them", permissions=["change"])
    def mark_seen(self, request: HttpRequest, queryset: QuerySet[PaymentEvent]) -> None:
        number = events.seen(list(queryset.values_list("pk", flat=True)))
        self.message_user(request, f"{number} marked as seen.", messages.SUCCESS)

    @admin.action(description="Take them in again", permissions=["change"])
    def take_again(self, request: HttpRequest, queryset: QuerySet[PaymentEvent]) -> None:
        number = events.again(list(queryset.values_list("pk", flat=True)))
        self.message_user(request, f"{number} are being taken in again.", messages.SUCCESS)
