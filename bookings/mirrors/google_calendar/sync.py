"""The sync to Google Calendar: brings the copy of one visit up to date, as often as it takes, with the same end.

Whatever order jobs run in, and wherever one dies: the event's id is ours, so that making it twice makes one; each
change names the etag that it was looked at with, so that a late one finds it changed and does nothing. What somebody
changed or deleted by hand is not overwritten: staff are shown it and decide (`choices`).
"""

import logging
import time

from django.db import connection

from bookings.mirrors.google_calendar import errors
from bookings.mirrors.google_calendar.claims import (
    IN_DOUBT,
    CopyClaim,
    Status,
    SyncResult,
    claim_next,
    due,
    note,
    note_failure,
)
from bookings.mirrors.google_calendar.client import Client
from bookings.mirrors.google_calendar.events import Event, facts, is_cancelled, is_ours
from bots import wakeups
from bots.db import clock
from bots.db.claims import still_mine

logger = logging.getLogger(__name__)

TASK = "calendar.mirror"
GOES_ON_SECONDS, GOES_ON_WITH = 20, 5
ROUNDS = 5  # of one job; whatever is still due then, the sweep finds


def mirror(reservation_id: int) -> int:
    """Bring the copy of this visit up to date; how many calls that took. Holds nothing while Google is asked."""
    for calls in range(ROUNDS):
        claim = claim_next(reservation_id)
        if claim is None:
            return calls
        connection.close()  # back to the pool: Google may take its time
        try:
            outcome = _bring(claim)
        except errors.CalendarRefused as error:
            outcome = SyncResult(Status.REFUSED, trouble=error.words)
        except errors.CalendarError as error:
            _failed(claim, error)
            return calls + 1
        note(claim, outcome)
    return ROUNDS


def _failed(claim: CopyClaim, error: errors.CalendarError) -> None:
    logger.info("calendar job put off", extra={"copy": claim.row.pk, "error": type(error).__name__})
    note_failure(
        claim,
        error.words,
        after=error.after if isinstance(error, errors.CalendarUnavailable) else None,
        whole_calendar=isinstance(error, errors.Quota | errors.Trouble),
        paused=isinstance(error, errors.CalendarForbidden),
    )


def _bring(claim: CopyClaim) -> SyncResult:
    client = Client(claim.row.calendar.calendar_id, until=claim.until)
    if claim.event is None:
        return _remove(client, claim)
    return _change(client, claim, claim.event) if claim.row.seen else _add(client, claim, claim.event)


def _add(client: Client, claim: CopyClaim, event: Event) -> SyncResult:
    try:
        return _shown(client.insert(event))
    except errors.Duplicate:
        pass  # an earlier job made it and did not live to write it down
    except errors.EventMissing:
        raise errors.CalendarForbidden(client.not_shared()) from None
    try:
        there = client.get(claim.row.event_id)
    except errors.EventMissing:
        return _deleted()
    return _over(client, claim, event, there)


def _change(client: Client, claim: CopyClaim, event: Event) -> SyncResult:
    try:
        return _shown(client.patch(claim.row.event_id, event, etag=claim.row.etag))
    except errors.EventChanged:
        pass
    except errors.EventMissing:
        client.ping()  # is it the event that is missing, or are we shut out?
        return _deleted()
    try:
        there = client.get(claim.row.event_id)
    except errors.EventMissing:
        client.ping()
        return _deleted()
    return _over(client, claim, event, there)


def _over(client: Client, claim: CopyClaim, event: Event, there: Event) -> SyncResult:
    """Write over what stands there, if that is what we wrote ourselves."""
    if is_cancelled(there):
        return _deleted()
    if not _is_untouched(claim, there):
        return _edited(there)
    _still_ours(claim)
    try:
        return _shown(client.patch(claim.row.event_id, event, etag=str(there.get("etag", ""))))
    except (errors.EventChanged, errors.EventMissing):
        raise errors.CalendarUnavailable("The event was being changed just now.") from None


def _remove(client: Client, claim: CopyClaim) -> SyncResult:
    """Take it out; one that is gone already is fine. Raises NoAccess when we cannot know."""
    row, etag = claim.row, claim.row.etag
    try:
        if row.seen:
            client.delete(row.event_id, etag=etag)
            return SyncResult(Status.REMOVED)
    except errors.EventChanged:
        pass
    except errors.EventMissing:
        return _gone(client, claim)
    try:
        there = client.get(row.event_id)
        if is_cancelled(there):
            return SyncResult(Status.REMOVED)
        if not _is_untouched(claim, there):
            return _edited(there)
        _still_ours(claim)
        client.delete(row.event_id, etag=str(there.get("etag", "")))
    except errors.EventMissing:
        return _gone(client, claim)
    except errors.EventChanged:
        raise errors.CalendarUnavailable("The event was being changed just now.") from None
    return SyncResult(Status.REMOVED)


def _still_ours(claim: CopyClaim) -> None:
    """Before writing upon a fresh etag: whoever was held up may be looking at what another job wrote meanwhile."""
    ours = still_mine(claim.row).exists()
    connection.close()
    if not ours:
        raise errors.CalendarUnavailable("Another worker has taken over.")


def _gone(client: Client, claim: CopyClaim) -> SyncResult:
    """It is not there. If one of our own requests may still be on its way, look again when it cannot be any more."""
    client.ping()
    sent_at = claim.row.sent_at
    if not claim.row.seen and sent_at is not None:
        left = (sent_at + IN_DOUBT - clock.now()).total_seconds()
        if left > 0:
            raise errors.CalendarUnavailable("Waiting until a lost request can no longer arrive.", after=left)
    return SyncResult(Status.REMOVED)


def _is_untouched(claim: CopyClaim, there: Event) -> bool:
    """Return whether it is as we wrote it: the last time, or in a request whose answer was lost."""
    return is_ours(there, claim.row) and facts(there) in [claim.row.seen, *claim.row.sent]


def _shown(there: Event) -> SyncResult:
    return SyncResult(Status.SHOWN, there)


def _edited(there: Event) -> SyncResult:
    return SyncResult(Status.EDITED, there, found=facts(there))


def _deleted() -> SyncResult:
    return SyncResult(Status.DELETED)


def enqueue(reservation_id: int) -> None:
    """Enqueue the copy of this visit once the transaction has committed. Never raises."""
    wakeups.enqueue(TASK, reservation_id)


def sweep() -> int:
    """Enqueue the copies that are due and were not enqueued. Returns how many."""
    waiting = due()
    for reservation_id in waiting:
        enqueue(reservation_id)
    return len(waiting)


def mirror_and_go_on(reservation_id: int) -> None:
    """Whoever got through goes on with what else is due, since few may go to one calendar at once."""
    enough = time.monotonic() + GOES_ON_SECONDS
    waiting = [reservation_id]
    while waiting and time.monotonic() < enough:
        if not sum(map(mirror, waiting)):
            return
        waiting = due(GOES_ON_WITH)
