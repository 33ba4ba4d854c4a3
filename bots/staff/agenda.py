"""The day's visits, queued to each manager in the morning: once a day, at their hour on the business's clock."""

from datetime import datetime, time, timedelta

from bots.db import clock
from bots.models import Manager
from bots.staff.notifications import queue as notification_queue

STILL_MORNING = timedelta(hours=3)  # later than so long after the hour it is not sent any more


def notify_due(now: datetime | None = None) -> int:
    """Queue the agendas whose hour has come. Returns how many."""
    now = now or clock.now()
    queued = 0
    managers = Manager.objects.filter(is_active=True, agenda_at__isnull=False).select_related("business")
    for manager in managers:
        here = now.astimezone(manager.business.zone)
        if manager.agenda_at and _is_due(here, manager.agenda_at):
            notice = notification_queue.notify(
                manager,
                "command",
                facts={"command": "today"},
                dedupe_key=f"agenda:{manager.pk}:{here.date()}",
                good_for=STILL_MORNING,
            )
            queued += notice is not None
    return queued


def _is_due(here: datetime, at: time) -> bool:
    begins = here.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    return begins <= here < begins + STILL_MORNING
