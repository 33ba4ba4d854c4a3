"""What is counted of bookings: visits and enquiries by where they stand, and how many enquiries become visits."""

from collections.abc import Iterator

from django.db.models import Count, Min, Q, QuerySet
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from bookings.models import Lead, Reservation
from bots.db import clock
from bots.metrics.exposition import PREFIX, gauge
from bots.models import Business


def families(businesses: QuerySet[Business] | None) -> Iterator[Metric]:
    leads, visits = Lead.objects.order_by(), Reservation.objects.order_by()
    if businesses is not None:
        leads, visits = leads.filter(business__in=businesses), visits.filter(business__in=businesses)
    yield by_status("reservations", "Visits by where they stand.", visits)
    yield by_status("leads", "Enquiries by where they stand.", leads)
    yield from conversion(leads)
    waiting = leads.filter(status=Lead.Status.PENDING_APPROVAL).aggregate(oldest=Min("status_at"))["oldest"]
    age = max((clock.now() - waiting).total_seconds(), 0) if waiting else 0
    yield gauge("leads_pending_oldest_seconds", "How long the first enquiry has waited for approval.", age)
    yield gauge("leads_paid_late", "Enquiries whose deposit came too late: staff decide.", leads.paid_late().count())


def by_status(name: str, says: str, rows: QuerySet[Lead] | QuerySet[Reservation]) -> Metric:
    family = GaugeMetricFamily(PREFIX + name, says, labels=["status"])
    for row in rows.values("status").annotate(n=Count("pk")).order_by("status"):
        family.add_metric([row["status"]], row["n"])
    return family


def conversion(leads: QuerySet[Lead]) -> Iterator[Metric]:
    """Of those that came before the studio; nothing is said while there are none."""
    counted = leads.exclude(submitted_at=None).aggregate(
        n=Count("pk"), booked=Count("pk", filter=Q(status=Lead.Status.BOOKED))
    )
    if counted["n"]:
        says = "Share of the enquiries put before the studio that were booked."
        yield gauge("lead_conversion_ratio", says, counted["booked"] / counted["n"])
