"""What is counted of payments: deposits and what they come to, by where they stand and in which currency."""

from collections.abc import Iterator

from django.db.models import Count, QuerySet, Sum
from prometheus_client.core import GaugeMetricFamily
from prometheus_client.metrics_core import Metric

from bots.metrics.exposition import PREFIX, gauge
from bots.models import Business
from payments.models import Deposit, PaymentEvent


def families(businesses: QuerySet[Business] | None) -> Iterator[Metric]:
    rows = Deposit.objects.all() if businesses is None else Deposit.objects.filter(business__in=businesses)
    names = ["status", "currency"]
    number = GaugeMetricFamily(f"{PREFIX}deposits", "Deposits by where they stand.", labels=names)
    asked = GaugeMetricFamily(f"{PREFIX}deposits_minor_units", "What they come to, in cents.", labels=names)
    back = GaugeMetricFamily(f"{PREFIX}deposits_given_back_minor_units", "Of these, given back.", labels=names)
    sums = rows.order_by(*names).values(*names)
    for row in sums.annotate(n=Count("pk"), amount=Sum("amount"), returned=Sum("refunded_amount")):
        labels = [row["status"], row["currency"].upper()]
        number.add_metric(labels, row["n"])
        asked.add_metric(labels, row["amount"])
        back.add_metric(labels, row["returned"])
    yield from (number, asked, back)
    waiting = rows.needing_staff().count()
    yield gauge("deposits_needing_staff", "Deposits that came late, or of which something is wrong.", waiting)
    if businesses is None:  # an event that fits no deposit is nobody's
        odd = PaymentEvent.objects.filter(is_suspicious=True, seen_at=None).count()
        yield gauge("payment_events_suspicious", "What payment services told that does not fit.", odd)
