"""What is counted of those who answer: turned-away deliveries, what models cost, what was decided, who was not told."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet, Sum
from prometheus_client.core import CounterMetricFamily
from prometheus_client.metrics_core import Metric

from bots.db import clock
from bots.metrics.exposition import PREFIX, gauge
from bots.models import BotSpend, Business, Decision, Heartbeat, RefusedDelivery
from bots.staff.notifications import queue as notification_queue


def families(businesses: QuerySet[Business] | None) -> Iterator[Metric]:
    if businesses is None:
        yield refused()
        yield from heartbeat()
    yield from models(businesses)
    yield decisions(businesses)
    failed = notification_queue.failed(Business.objects.all() if businesses is None else businesses)
    yield gauge("notices_given_up", "Notices to managers that could not be delivered by any try.", failed.count())


def refused() -> Metric:
    """Nobody knows whose they were: counted for the installation only."""
    family = CounterMetricFamily(
        f"{PREFIX}webhooks_refused", "Deliveries turned away at the channel.", labels=["channel", "reason"]
    )
    for row in RefusedDelivery.objects.order_by("channel", "why").values("channel", "why").annotate(n=Sum("times")):
        family.add_metric([row["channel"], row["why"]], row["n"])
    return family


def heartbeat() -> Iterator[Metric]:
    at = Heartbeat.objects.filter(name="beat and worker").values_list("at", flat=True).first()
    if at is not None:
        age = max((clock.now() - at).total_seconds(), 0)
        yield gauge("heartbeat_age_seconds", "Since when nothing was heard of beat and workers.", age)


def models(businesses: QuerySet[Business] | None) -> Iterator[Metric]:
    rows = BotSpend.objects.order_by("bot__slug").values("bot__slug")
    if businesses is not None:
        rows = rows.filter(bot__business__in=businesses)
    cost = CounterMetricFamily(f"{PREFIX}llm_cost_dollars", "What language models cost, in US dollars.", labels=["bot"])
    asked = CounterMetricFamily(f"{PREFIX}llm_requests", "Requests to language models that were paid.", labels=["bot"])
    for row in rows.annotate(spent=Sum("spent_microdollars"), n=Sum("requests")):
        cost.add_metric([row["bot__slug"]], row["spent"] / 1_000_000)
        asked.add_metric([row["bot__slug"]], row["n"])
    yield cost
    yield asked


def decisions(businesses: QuerySet[Business] | None) -> Metric:
    """Return how often which decision was made from where: staff's buttons, links, the API, customers, the clock."""
    family = CounterMetricFamily(f"{PREFIX}decisions", "Decisions that were made.", labels=["subject", "verb", "way"])
    rows = Decision.objects.all() if businesses is None else Decision.objects.filter(business__in=businesses)
    names = ("subject", "verb", "source")
    for row in rows.order_by(*names).values(*names).annotate(n=Count("pk")):
        family.add_metric([row[name] for name in names], row["n"])
    return family
