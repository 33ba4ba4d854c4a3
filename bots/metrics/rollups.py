"""Counting long tables without reading them whole: what has settled is added up once, the rest is counted fresh.

A source names a table, by which labels its rows are counted, and for how long they may still change. A sweep adds what
has settled since the last time to the rollups and moves the mark up; whoever asks gets the rollups plus a count of the
rows above the mark, read together. So a count is as true as the table, however often processes start anew, and does not
sink when old rows are deleted.
"""

import json
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.db.models import Count, F, FloatField, QuerySet, Sum, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Now

from bots.models import Business, Rollup, RollupMark

STEP = 100_000  # rows, at most, in one statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A long table: its rows by growing id, never counted again once they have settled."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    business: str  # the path from a row to its business's id
    at: str  # the field that tells when a row was written
    settles: timedelta  # after so long nothing of it that is counted changes any more
    labels: dict[str, Combinable]
    amount: Combinable | None = None


class Counted(NamedTuple):
    labels: dict[str, Any]
    number: int
    amount: float


def read(source: Source, businesses: QuerySet[Business] | None = None) -> list[Counted]:
    """Return all rows counted by their labels; of these businesses only, unless None."""
    mark, found = _mark(source), []
    while True:
        rollups = Rollup.objects.filter(source=source.name)
        if businesses is not None:
            rollups = rollups.filter(business__in=businesses)
        fresh = _grouped(source, source.rows().filter(pk__gt=mark), businesses)
        found = [*fresh, *rollups.values_list("labels", "count", "amount")]
        before, mark = mark, _mark(source)
        if mark == before:  # else the sweep came between, and the two do not belong together
            return _summed(found)


def aggregate(source: Source) -> int:
    """Add all that has settled to the rollups, in steps of one short transaction each. Returns how many rows."""
    RollupMark.objects.get_or_create(source=source.name)
    settled = source.rows().order_by("-pk").filter(**{f"{source.at}__lt": Now() - source.settles})
    upto = settled.values_list("pk", flat=True).first() or 0
    counted = 0
    while _mark(source) < upto:
        counted += _step(source, upto)
    return counted


@transaction.atomic
def _step(source: Source, upto: int) -> int:
    """Count the next rows and move the mark over them. Locks the mark."""
    mark = RollupMark.objects.select_for_update().get(source=source.name)
    last = min(upto, mark.upto_id + STEP)
    counted = 0
    for business_id, labels, count, amount in _by_business(
        source, source.rows().filter(pk__gt=mark.upto_id, pk__lte=last)
    ):
        rollup, _ = Rollup.objects.get_or_create(source=source.name, business_id=business_id, labels=labels)
        Rollup.objects.filter(pk=rollup.pk).update(count=F("count") + count, amount=F("amount") + amount)
        counted += count
    RollupMark.objects.filter(pk=source.name, upto_id__lt=last).update(upto_id=last, at=Now())
    return counted


def _mark(source: Source) -> int:
    return RollupMark.objects.filter(source=source.name).values_list("upto_id", flat=True).first() or 0


def _by_business(source: Source, rows: QuerySet[Any]) -> list[tuple[int, dict[str, Any], int, float]]:
    """Business, labels, count and sum of these rows: one query."""
    grouped = rows.order_by().values(in_business=F(source.business), **{f"by_{k}": v for k, v in source.labels.items()})
    amount = Sum(source.amount or Value(0.0), output_field=FloatField())
    return [
        (row["in_business"], {name: row[f"by_{name}"] for name in source.labels}, row["n"], row["total"] or 0.0)
        for row in grouped.annotate(n=Count("pk"), total=amount)
    ]


def _grouped(source: Source, rows: QuerySet[Any], businesses: QuerySet[Business] | None) -> list[Counted]:
    if businesses is not None:
        rows = rows.filter(**{f"{source.business}__in": businesses})
    return [Counted(labels, count, amount) for _, labels, count, amount in _by_business(source, rows)]


def _summed(parts: list[Any]) -> list[Counted]:
    """Return the same labels added up, in the labels' order."""
    sums: dict[str, list[float]] = defaultdict(lambda: [0, 0.0])
    for labels, count, amount in parts:
        sums[json.dumps(labels, sort_keys=True)][0] += count
        sums[json.dumps(labels, sort_keys=True)][1] += amount
    return [Counted(json.loads(key), int(count), amount) for key, (count, amount) in sorted(sums.items())]
