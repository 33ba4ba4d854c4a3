"""Say whether the installation works: the database, and whether beat and a worker were heard of. Cheap to poll."""

from datetime import timedelta

from django.db import InterfaceError, OperationalError
from django.db.models import Q
from django.db.models.functions import Now
from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from bots.models import Heartbeat

SILENT_AFTER = timedelta(seconds=60)


@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """200 while the web can take messages (nothing is lost then), with what else is known; 503 without the database."""
    try:
        rows = Heartbeat.objects.filter(name="beat and worker").annotate(is_fresh=Q(at__gt=Now() - SILENT_AFTER))
        is_fresh = rows.values_list("is_fresh", flat=True).first()
    except (OperationalError, InterfaceError):
        return JsonResponse({"database": "away", "work": "unknown"}, status=503)
    return JsonResponse({"database": "ok", "work": "ok" if is_fresh else "silent"})
