"""What is counted of what is said: messages in and out and what became of them, turns, who waits and for how long."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Case, CharField, Count, F, Min, Q, QuerySet, Value, When
from django.db.models.functions import Extract, Now
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily
from prometheus_client.metrics_core import Metric

from bots.db import clock
from bots.metrics import rollups
from bots.metrics.exposition import PREFIX, gauge
from bots.models import Business
from conversations.admin.inbox import needs_you, with_needs_since
from conversations.models import Contact, Conversation, Message, Turn

BUCKETS = [0.1, 0.25, 0.5, 1, 2.5, 5, 10, 20, 45]  # seconds; rules take milliseconds, a model is cut off at 45
SECONDS = Extract(F("finished_at") - F("started_at"), "epoch")

MESSAGES = rollups.Source(
    name="messages",
    rows=Message.objects.all,
    business="account__bot__business",
    at="received_at",
    settles=timedelta(days=10),  # Meta repeats a receipt for a week
    labels={"channel": F("account__channel"), "author": F("author"), "status": F("status")},
)
TURNS = rollups.Source(
    name="turns",
    rows=Turn.objects.all,
    business="conversation__account__bot__business",
    at="finished_at",
    settles=timedelta(hours=1),
    labels={
        "agent": F("agent"),
        "outcome": F("outcome"),
        "upto": Case(
            *(When(finished_at__lte=F("started_at") + timedelta(seconds=bucket), then=Value(str(bucket)))
              for bucket in BUCKETS),
            default=Value("+Inf"),
            output_field=CharField(),
        ),
    },
    amount=SECONDS,
)  # fmt: skip


def families(businesses: QuerySet[Business] | None) -> Iterator[Metric]:
    yield from messages(businesses)
    yield turns(businesses)
    yield from queues(businesses)
    contacts = Contact.objects.exclude(opted_out_at=None)
    if businesses is not None:
        contacts = contacts.filter(business__in=businesses)
    yield gauge("customers_opted_out", "Customers who want no automatic messages.", contacts.count())


def messages(businesses: QuerySet[Business] | None) -> Iterator[Metric]:
    received = CounterMetricFamily(f"{PREFIX}messages_received", "Messages from customers.", labels=["channel"])
    written = CounterMetricFamily(
        f"{PREFIX}messages_written", "Messages to customers, sent or not.", labels=["channel", "author"]
    )
    outcomes = GaugeMetricFamily(
        f"{PREFIX}messages_by_outcome", "Messages to customers by what became of them.", labels=["channel", "outcome"]
    )
    counts: list[dict[tuple[str, ...], int]] = [defaultdict(int) for _ in range(3)]
    for labels, count, _ in rollups.read(MESSAGES, businesses):
        channel = labels["channel"]
        if labels["author"] == Message.Author.CUSTOMER:
            counts[0][channel,] += count
        else:
            counts[1][channel, labels["author"]] += count
            counts[2][channel, labels["status"]] += count
    family: Any
    for family, values in zip((received, written, outcomes), counts, strict=True):
        for names, value in sorted(values.items()):
            family.add_metric(names, value)
        yield family


def turns(businesses: QuerySet[Business] | None) -> Metric:
    """Return how long the bot took for an answer, from taking the turn to the answer's being written down."""
    family = HistogramMetricFamily(
        f"{PREFIX}turn_seconds", "How long the bot thought about an answer.", labels=["agent", "outcome"]
    )
    counts: dict[tuple[str, str], dict[str, int]] = defaultdict(lambda: defaultdict(int))
    sums: dict[tuple[str, str], float] = defaultdict(float)
    for labels, count, seconds in rollups.read(TURNS, businesses):
        counts[labels["agent"], labels["outcome"]][labels["upto"]] += count
        sums[labels["agent"], labels["outcome"]] += seconds
    for names, of_bucket in sorted(counts.items()):
        total, buckets = 0, []
        for bound in [*map(str, BUCKETS), "+Inf"]:
            total += of_bucket[bound]
            buckets.append((bound if bound == "+Inf" else str(float(bound)), float(total)))
        family.add_metric(names, buckets=buckets, sum_value=sums[names])
    return family


def queues(businesses: QuerySet[Business] | None) -> Iterator[Metric]:
    """Who waits, and for how long the longest has waited; 0 where nobody does. Each reads its own small index."""
    talks = Conversation.objects.all()
    unsent = Message.objects.filter(status__in=[Message.Status.QUEUED, Message.Status.SENDING])
    if businesses is not None:
        talks = talks.filter(account__bot__business__in=businesses)
        unsent = unsent.filter(account__bot__business__in=businesses)
    unanswered = talks.filter(mode=Conversation.Mode.BOT, answered_seq__lt=F("last_inbound_seq"))
    needing = with_needs_since(talks.filter(needs_you()))
    due = unsent.filter(Q(not_before=None) | Q(not_before__lte=Now()))
    waiting: list[tuple[str, str, QuerySet[Any], str]] = [
        ("unanswered_conversations", "Customers who wait for the bot", unanswered, "oldest_unanswered_at"),
        ("conversations_needing_staff", "Conversations that wait for a person", needing, "needs_since"),
        ("unsent_messages", "Messages that wait to be sent", due, "received_at"),
    ]
    for name, says, rows, since in waiting:
        found = rows.order_by().aggregate(n=Count("pk"), oldest=Min(since))
        yield gauge(name, f"{says}.", found["n"])
        yield gauge(f"{name}_oldest_seconds", f"{says}: how long the first of them has waited.", _age(found["oldest"]))


def _age(since: datetime | None) -> float:
    return max((clock.now() - since).total_seconds(), 0) if since else 0.0
