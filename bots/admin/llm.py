"""Staff's pages for language models: how the keys are, and what each bot spent on which day."""

from datetime import date, timedelta
from typing import Any, ClassVar

from django.contrib import admin
from django.contrib.admin.views.main import ChangeList
from django.contrib.auth.models import AnonymousUser
from django.db.models import QuerySet, Sum
from django.db.models.functions import Now, TruncDate
from django.http import HttpRequest

from bots.admin.scoped import ReadOnlyAdmin, ScopedFilter, businesses_of
from bots.admin.unfold import action, display
from bots.db import clock
from bots.llm import keys as pool, state
from bots.models import Bot, BotSpend, KeyState

DAYS = 30
COLOURS = ["blue", "green", "orange", "yellow", "red", "grey"]


def dollars(micro: int) -> str:
    """Millionths of a US dollar as staff read them: $0.0042, $0.13, $1.25."""
    amount = micro / 1_000_000
    if 0 < micro < 100:
        return "under $0.0001"
    return f"${amount:.2f}" if amount >= 0.1 or not micro else f"${amount:.4f}"


def bots_of(request: HttpRequest) -> QuerySet[Bot]:
    return Bot.objects.filter(business__in=businesses_of(request))


def models_badge(request: HttpRequest) -> str:
    """The number beside *Bots* in the sidebar: refused keys, and bots whose money for today is used up. Or empty."""
    if isinstance(request.user, AnonymousUser):
        return ""
    bots = bots_of(request)
    count = state.refused_keys(bots.only("name", "llm_keys")) + _without_money(bots)
    return str(count) if count else ""


def _without_money(bots: QuerySet[Bot]) -> int:
    """Return how many of these bots have used up the budget of their business's today."""
    lately = BotSpend.objects.filter(bot__in=bots, day__gte=TruncDate(Now() - timedelta(days=1)))
    rows = lately.exclude(over_budget_at=None).select_related("bot__business").annotate(asked_at=Now())
    return sum(row.day == row.asked_at.astimezone(row.bot.business.zone).date() for row in rows)


@admin.register(KeyState)
class KeyStateAdmin(ReadOnlyAdmin):
    """All keys for the one who runs the installation; others see those that they gave to their own bots."""

    business_path = "pk"
    front_desk = ("view", "change")
    list_display = ["name", "provider", "shown_state", "reason", "resting_until", "last_used_at"]
    list_filter = ["provider"]
    fields: ClassVar[tuple[str, ...]] = (
        "provider", "name", "shown_state", "reason", "resting_until", "retired_at", "failures", "last_used_at",
    )  # fmt: skip
    readonly_fields = fields
    actions = ["bring_back"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[KeyState]:
        rows = KeyState.objects.order_by("provider", "name").annotate(asked_at=Now())
        if request.user.is_superuser:
            return rows
        return rows.filter(fingerprint__in=state.own_fingerprints(bots_of(request)))

    @display(description="State", label={state.GOOD: "success", state.RESTING: "warning", state.RETIRED: "danger"})
    def shown_state(self, row: Any) -> str:
        return state.state_of(row, row.asked_at)

    @action(description="Use again", permissions=["change"])
    def bring_back(self, request: HttpRequest, queryset: QuerySet[KeyState]) -> None:
        count = pool.bring_back(list(queryset.values_list("pk", flat=True)))
        self.message_user(request, f"{count} used again from now on." if count else "They were in use already.")


@admin.register(BotSpend)
class BotSpendAdmin(ReadOnlyAdmin):
    business_path = "bot__business"
    list_display = ["day", "bot", "spent", "budget", "requests", "shown_over"]
    list_filter = [("bot", ScopedFilter)]
    list_select_related = ["bot"]
    list_before_template = "admin/bots/botspend/chart.html"
    fields: ClassVar[tuple[str, ...]] = ("bot", "day", "spent", "waiting", "budget", "requests", "over_budget_at")
    readonly_fields = fields
    actions = None

    @display(description="Spent", ordering="spent_microdollars")
    def spent(self, row: BotSpend) -> str:
        return dollars(row.spent_microdollars)

    @display(description="Held for running requests")
    def waiting(self, row: BotSpend) -> str:
        return dollars(row.reserved_microdollars)

    @display(description="Daily budget now")
    def budget(self, row: BotSpend) -> str:
        return f"${row.bot.llm_daily_budget_cents / 100:.2f}"

    @display(description="Budget", label={"Used up": "warning", "Kept": "success"})
    def shown_over(self, row: BotSpend) -> str:
        return "Used up" if row.over_budget_at else "Kept"

    def list_context(self, request: HttpRequest, cl: ChangeList) -> dict[str, Any]:
        return chart_of(cl.queryset, clock.now().date())


def chart_of(rows: QuerySet[BotSpend], today: date) -> dict[str, Any]:
    """Thirty days of bars, each made of what its bots spent; heights in percent of the dearest day."""
    days = [today - timedelta(days=ago) for ago in range(DAYS - 1, -2, -1)]  # zones: somewhere it is tomorrow
    sums = rows.order_by().filter(day__gte=days[0]).values("day", "bot_id", "bot__name")
    spent = {(row["day"], row["bot_id"]): row["spent"] for row in sums.annotate(spent=Sum("spent_microdollars"))}
    names = {row["bot_id"]: row["bot__name"] for row in sums}
    colours = {bot: COLOURS[number % len(COLOURS)] for number, bot in enumerate(sorted(names))}
    totals = {day: sum(value for (when, _), value in spent.items() if when == day) for day in days}
    if not totals[days[-1]]:
        days.pop()
    highest = max(totals.values(), default=0)
    bars = [
        {
            "day": day,
            "total": dollars(totals[day]),
            "parts": [
                {"colour": colours[bot], "height": round(100 * spent[day, bot] / highest, 2)}
                for bot in sorted(names)
                if spent.get((day, bot)) and highest
            ],
        }
        for day in days
    ]
    legend = [{"name": names[bot], "colour": colours[bot]} for bot in sorted(names)]
    return {"bars": bars, "legend": legend, "highest": dollars(highest), "whole": dollars(sum(totals.values()))}
