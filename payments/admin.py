"""Staff's pages for deposits: what needs them first, each with its story; every button calls one action."""

import json
from typing import Any

from django.contrib import admin, messages
from django.db.models import BooleanField, Case, Q, QuerySet, Value, When
from django.http import HttpRequest
from django.utils import dateformat
from django.utils.html import format_html

from bots.admin.answers import acting
from bots.admin.decidable import DecidableAdmin
from bots.admin.scoped import ReadOnlyAdmin, ScopedFilter, businesses_of
from bots.admin.unfold import display
from bots.models import Decision
from bots.staff.decisions import AlreadyDecided, Choice, NotAllowed, choices_for
from payments import deposits, events
from payments.card import who_of
from payments.models import Deposit, PaymentEvent, ProviderState, Refund
from payments.money import minor_units, money
from payments.providers import PROVIDERS
from payments.refunds import left
from payments.transitions import SUBJECT

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


class TabFilter(admin.SimpleListFilter):
    title, parameter_name = "state", "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [(code, label) for code, label, _ in TABS]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Deposit]) -> QuerySet[Deposit]:
        chosen = next((condition for code, _, condition in TABS if code == self.value()), None)
        return queryset if chosen is None else queryset.filter(chosen)


@admin.register(Deposit)
class DepositAdmin(DecidableAdmin):
    subject = SUBJECT
    page_template = "admin/payments/deposit/page.html"
    business_path = "business"
    list_display = ["what", "amount_shown", "state", "note", "moment", "business"]
    list_filter = [TabFilter, ("business", ScopedFilter)]
    list_select_related = ["business"]
    search_fields = ["title", "session_id", "payment_intent"]
    search_help_text = "What it is for, or the payment’s id at the provider"

    def get_queryset(self, request: HttpRequest) -> QuerySet[Deposit]:
        return super().get_queryset(request).prefetch_related("refunds")

    def get_ordering(self, request: HttpRequest) -> list[Any]:
        """Return what needs a person stands above everything."""
        first = Case(When(TABS[0][2], then=Value(True)), default=Value(False), output_field=BooleanField())
        return [first.desc(), "-id"]

    list_title = "Deposits"

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> Any:
        if request.method == "GET":
            for state in ProviderState.objects.exclude(paused_reason="", warning=""):
                for words in filter(None, (state.paused_reason, state.warning)):
                    messages.warning(request, f"{PROVIDERS[state.provider].label}: {words}")
        return super().changelist_view(request, extra_context)

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

    def page_context(self, request: HttpRequest, row: Deposit) -> dict[str, Any]:
        standing = row.standing
        decisions = Decision.objects.filter(subject=SUBJECT, subject_id=row.pk)
        return {
            "title": f"{money(row.amount, row.currency, 'en')}, {row.title}",
            "standing": standing,
            "standing_word": Deposit.STANDINGS[standing],
            "pill": PILLS.get(standing, "grey"),
            "facts": _facts(row),
            "choices": choices_for(SUBJECT, standing) if self.has_change_permission(request) else [],
            "rest": money(left(row), row.currency, "en"),
            "history": [(DONE.get(one.verb, one.verb), one, _when(one.at, row)) for one in decisions],
            "refunds": [(money(one.amount, row.currency, "en"), one) for one in row.refunds.all()],
            "told": [(one, _when(one.received_at, row)) for one in row.events.all()[:50]],
        }

    def decide(self, request: HttpRequest, row: Deposit) -> tuple[bool, str]:
        """Make the decision that was pressed, or note that somebody has seen to what was wrong."""
        if request.POST.get("choice") != "see to":
            return super().decide(request, row)
        try:
            deposits.dismiss(row.pk, by=acting(request))
        except NotAllowed as error:
            return False, str(error)
        return True, "Seen to."

    def answers(self, request: HttpRequest, choice: Choice, row: Deposit) -> dict[str, Any]:
        return {"amount": minor_units(request.POST.get("amount", ""), row.currency)} if "amount" in choice.asks else {}

    def explain(self, error: Exception, row: Deposit) -> str:
        if not isinstance(error, AlreadyDecided):
            return str(error)
        by = f" by {error.by}" if error.by else ""
        return f"Already decided: {error.status.lower()}{by}{', ' + _when(error.at, row) if error.at else ''}."


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
