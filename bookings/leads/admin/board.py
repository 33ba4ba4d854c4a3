"""The board of enquiries: a column for each status that is not over, oldest first, and lists of the rest."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Q, QuerySet, Value, When, Window
from django.db.models.functions import RowNumber
from django.http import HttpRequest

from bookings.leads.admin.cards import PILLS, LeadCard, cards_of, with_cards
from bookings.models import Lead
from bookings.reservations.admin.filters import HiddenFilter

Status = Lead.Status

IN_COLUMN = 30  # cards; the rest stand in the column's own list
BOOKED_SHOWN = timedelta(days=14)
COLUMNS = [
    Status.DRAFT, Status.PENDING_APPROVAL, Status.APPROVED, Status.DEPOSIT_REQUESTED, Status.DEPOSIT_PAID,
    Status.BOOKING_LINK_SENT, Status.BOOKED,
]  # fmt: skip
YOURS = (Status.PENDING_APPROVAL, Status.APPROVED, Status.DEPOSIT_PAID)
LATE = "late"
FOR_STAFF = Q(status__in=YOURS) | Q(paid_late_at__isnull=False)
LISTS: dict[str, tuple[str, Q]] = {
    "needs": ("Needs you", FOR_STAFF),
    LATE: ("Paid too late", Q(paid_late_at__isnull=False)),
    "closed": ("Closed", Q(status__in=[Status.REJECTED, Status.EXPIRED, Status.WITHDRAWN])),
    "all": ("All", Q()),
    **{str(status): (str(status.label), Q(status=status)) for status in COLUMNS},
}
TABS = ["board", "needs", "closed", "all"]


@dataclass(frozen=True, slots=True)
class Column:
    status: str
    label: str
    icon: str
    colour: str
    count: int
    more: int
    cards: list[LeadCard]
    is_yours: bool  # what stands here goes on only when somebody of the staff does something


def chosen(request: HttpRequest) -> str:
    """Return what is looked at: the board, or all while one searches, unless a list is asked for."""
    asked = request.GET.get("show", "")
    if asked in LISTS:
        return asked
    return "all" if request.GET.get("q") else "board"


class ListFilter(HiddenFilter):
    title = "status"
    parameter_name = "show"

    def queryset(self, request: HttpRequest, queryset: QuerySet[Lead]) -> QuerySet[Lead]:
        show = chosen(request)
        return queryset.filter(LISTS[show][1]) if show in LISTS else queryset


def needing_staff(rows: QuerySet[Lead]) -> QuerySet[Lead]:
    """Those that go on only when somebody of the staff does something."""
    return rows.filter(FOR_STAFF)


def tabs(rows: QuerySet[Lead], show: str) -> list[tuple[str, str, int, bool]]:
    """Code, label, number and whether it is open; one query."""
    counts = rows.order_by().aggregate(
        board=Count("pk", filter=Q(status__in=Lead.ACTIVE)),
        **{code: Count("pk", filter=LISTS[code][1]) for code in TABS[1:]},
    )
    found = [(code, LISTS[code][0] if code in LISTS else "Board", counts[code], code == show) for code in TABS]
    return found if show in TABS else [*found, (show, LISTS[show][0], rows.filter(LISTS[show][1]).count(), True)]


def columns(rows: QuerySet[Lead], now: datetime) -> list[Column]:
    """Return the board. Five queries, however many cards there are. What was paid too late has a column of its own."""
    booked = Q(status=Status.BOOKED, status_at__gte=now - BOOKED_SHOWN)
    shown = rows.filter(Q(status__in=COLUMNS[:-1]) | booked | Q(paid_late_at__isnull=False))
    column = Case(When(paid_late_at__isnull=False, then=Value(LATE)), default=F("status"), output_field=CharField())
    shown = shown.order_by().annotate(column=column)
    counts = dict(shown.values_list("column").annotate(n=Count("pk")))
    found: dict[str, list[LeadCard]] = defaultdict(list)
    for card in cards_of(_first_of_each(with_cards(shown)), now):
        found[LATE if card.is_late else card.status].append(card)
    late = [Column(LATE, "Paid too late", "running_with_errors", "orange", counts[LATE],
                   max(counts[LATE] - IN_COLUMN, 0), found[LATE], True)] if LATE in counts else []  # fmt: skip
    return [*late, *(_column(status, found[status], counts.get(status, 0)) for status in COLUMNS)]


def _first_of_each(rows: QuerySet[Any]) -> QuerySet[Any]:
    """Return the oldest of each column, in order."""
    place = Window(RowNumber(), partition_by="column", order_by=[F("status_at").asc(), F("pk").asc()])
    first: QuerySet[Any] = rows.annotate(place=place).filter(place__lte=IN_COLUMN).order_by("place")
    return first


def _column(status: Any, cards: list[LeadCard], count: int) -> Column:
    icon, colour = PILLS[status]
    more = max(count - len(cards), 0)
    return Column(str(status), str(status.label), icon, colour, count, more, cards, status in YOURS)


def jumps(found: list[Column]) -> list[Column]:
    """Return the same, what is staff's turn first: in the order of a phone, where columns stand one below the other."""
    return sorted(found, key=lambda column: not column.is_yours)


def badge(request: HttpRequest) -> str:
    """Return the number beside *Enquiries* in the menu: how many wait for somebody of the staff. Empty if none does."""
    if not request.user.is_authenticated:
        return ""
    return str(needing_staff(Lead.objects.of(request.user)).count() or "")
