"""Which reservations the list shows: by status, opening on what waits, and by day."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest

from bookings.models import Reservation
from bots.admin.scoped import businesses_of, moment_of

Status = Reservation.Status

TABS: list[tuple[str, str, Q]] = [
    ("waiting", "Waiting", Q(status=Status.PENDING)),
    ("confirmed", "Confirmed", Q(status=Status.CONFIRMED)),
    ("held", "Held", Q(status=Status.HELD)),
    ("drafts", "Being talked about", Q(status=Status.DRAFT)),
    (
        "closed",
        "Closed",
        Q(status__in=[Status.REJECTED, Status.CANCELLED, Status.EXPIRED, Status.MOVED, Status.NO_SHOW]),
    ),
    ("all", "All", Q()),
]
DAYS = [("", "Any day"), ("today", "Today"), ("tomorrow", "Tomorrow"), ("week", "Next 7 days"), ("past", "Past")]


def chosen_tab(request: HttpRequest) -> str:
    """Return the tab that is open: what waits, or everything while one searches, unless another one is asked for."""
    asked = request.GET.get("show", "")
    if asked in {code for code, _, _ in TABS}:
        return asked
    return "all" if request.GET.get("q") else "waiting"


class HiddenFilter(SimpleListFilter):
    """A filter whose choices stand above the list, not in the drawer of filters."""

    template = "admin/conversations/conversation/no_filter.html"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("any", "any")]

    def choices(self, changelist: Any) -> Iterator[Any]:
        return iter(())


class StatusFilter(HiddenFilter):
    title = "status"
    parameter_name = "show"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> QuerySet[Reservation]:
        tab = chosen_tab(request)
        return queryset.filter(next(condition for code, _, condition in TABS if code == tab))


class DayFilter(HiddenFilter):
    title = "day"
    parameter_name = "day"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Reservation]) -> QuerySet[Reservation]:
        condition = day_condition(request, self.value() or "")
        return queryset if condition is None else queryset.filter(condition)


def day_condition(request: HttpRequest, asked: str) -> Q | None:
    """Visits of the asked days, each on its own business's clock; None for any day or nonsense."""
    if not asked:
        return None
    condition, now = Q(pk__in=[]), moment_of(request)
    for zone in {business.zone for business in businesses_of(request)}:
        days = _days(asked, now.astimezone(zone).date())
        if days is None:
            return None
        first, after = (datetime.combine(day, time.min, tzinfo=zone) for day in days)
        condition |= Q(business__timezone=zone.key, period__startswith__gte=first, period__startswith__lt=after)
    return condition


def _days(asked: str, today: date) -> tuple[date, date] | None:
    """Return the first day, and the one after the last."""
    one = timedelta(days=1)
    known = {
        "today": (today, today + one),
        "tomorrow": (today + one, today + 2 * one),
        "week": (today, today + 7 * one),
        "past": (today - 366 * one, today),
    }
    if asked in known:
        return known[asked]
    try:
        day = date.fromisoformat(asked)
        return day, day + one
    except (ValueError, OverflowError):
        return None
