"""What the installation counts, for Prometheus and for people: asked of the tables, so true for all processes.

Each app lists its numbers in a function of its Feature. It is given the businesses that are asked
about, or None for the whole installation, and yields prometheus_client's families. Names begin with `frontdesk_`.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from prometheus_client import CollectorRegistry
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from bots.models import Business
from bots.registry import brought

PREFIX = "frontdesk_"


def gauge(name: str, says: str, value: float) -> GaugeMetricFamily:
    """A number that goes up and down and has no labels."""
    return GaugeMetricFamily(PREFIX + name, says, value=value)


def families(businesses: QuerySet[Business] | None) -> Iterator[Metric]:
    """Everything that is counted, of these businesses; of the whole installation, unless they are named."""
    for provider in brought("metrics"):
        yield from provider(businesses)


class FromTables(Collector):
    """prometheus_client's way to be given numbers that are kept elsewhere: asked whenever they are written down."""

    def collect(self) -> Iterator[Metric]:
        return families(None)


def registry() -> CollectorRegistry:
    """Return the whole installation's numbers and nothing of this process alone."""
    made = CollectorRegistry(auto_describe=False)
    made.register(FromTables())
    return made


def for_people(businesses: QuerySet[Business] | None) -> dict[str, Any]:
    """Return the same numbers by name: what each says, and its values with their labels beside them."""
    return {
        family.name.removeprefix(PREFIX): {"says": family.documentation, "values": _values(family)}
        for family in families(businesses)
    }


def _values(family: Metric) -> list[dict[str, Any]]:
    if family.type != "histogram":
        return [{**sample.labels, "value": _plain(sample.value)} for sample in family.samples]
    found: dict[tuple[tuple[str, str], ...], dict[str, Any]] = {}
    for sample in family.samples:
        labels = {name: value for name, value in sample.labels.items() if name != "le"}
        line = found.setdefault(tuple(labels.items()), {**labels, "count": 0, "seconds": 0.0})
        if sample.name.endswith("_count"):
            line["count"] = int(sample.value)
        elif sample.name.endswith("_sum"):
            line["seconds"] = round(sample.value, 3)
    for line in found.values():
        line["average"] = round(line["seconds"] / line["count"], 3) if line["count"] else 0.0
    return list(found.values())


def _plain(value: float) -> float | int:
    return int(value) if float(value).is_integer() else round(value, 6)
