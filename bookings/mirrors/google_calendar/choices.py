"""What staff decide about a copy that somebody changed or deleted by hand in Google. One transaction each."""

from datetime import datetime

from django.db.models.functions import Now
from django.utils.translation import pgettext

from bookings.mirrors.google_calendar.claims import new_event_id
from bookings.models import CalendarEvent
from bots import wakeups
from bots.db import clock
from bots.db.transactions import atomic_with_retry
from bots.staff.actors import Actor
from bots.staff.decisions import NotAllowed, already
from bots.staff.records import record

Status = CalendarEvent.Status

SUBJECT = "calendar_event"
TASK = "calendar.mirror"


@atomic_with_retry
def ours_again(copy_id: int, *, by: Actor, now: datetime | None = None) -> CalendarEvent:
    """Write the visit into the calendar as it is here, over what was done by hand. Raises AlreadyDecided."""
    row = _locked(copy_id, by)
    before = row.status
    if before == Status.DELETED:  # a deleted event's id stays used
        row.event_id, row.etag, row.seen = new_event_id(row.reservation_id), "", {}
    row.status = Status.SHOWN if row.seen else Status.WAITING
    row.mirrored_version, row.found, row.trouble, row.due_at = 0, {}, "", clock.now()
    row.save()
    wakeups.enqueue(TASK, row.reservation_id)
    return _decided(row, "ours_again", before, by)


@atomic_with_retry
def keep_theirs(copy_id: int, *, by: Actor, now: datetime | None = None) -> CalendarEvent:
    """Leave the calendar as somebody made it; the visit here stays as it is too. When the visit changes again, the
    copy follows it again, unless it was deleted. Raises AlreadyDecided."""
    row = _locked(copy_id, by)
    before = row.status
    row.status = Status.REMOVED if before in (Status.DELETED, Status.REFUSED) else Status.SHOWN
    row.mirrored_version, row.found, row.trouble = row.reservation.version, {}, ""
    row.save()
    return _decided(row, "keep_theirs", before, by)


def _locked(copy_id: int, by: Actor) -> CalendarEvent:
    if by.is_customer:
        raise NotAllowed(pgettext("staff", "Only staff decide this."))
    rows = CalendarEvent.objects.select_for_update(of=("self",)).select_related("reservation")
    row = rows.get(pk=copy_id)
    if row.status not in CalendarEvent.NEED_STAFF:
        raise already(SUBJECT, row.pk, row.status, row.get_status_display())
    return row


def _decided(row: CalendarEvent, name: str, before: str, by: Actor) -> CalendarEvent:
    CalendarEvent.objects.filter(pk=row.pk).update(status_at=Now())
    record(
        business_id=row.reservation.business_id,
        subject=SUBJECT,
        subject_id=row.pk,
        verb=name,
        from_status=before,
        to_status=row.status,
        by=by,
    )
    return row
