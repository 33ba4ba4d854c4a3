"""The errand to Google Calendar: brings the copy of one visit up to date, as often as it takes, with the same end.

Whatever order errands run in, and wherever one dies: the event's id is ours, so that making it twice makes one; each
change names the etag that it was looked at with, so that a late one finds it changed and does nothing. What somebody
changed or deleted by hand is not overwritten: staff are shown it and decide (`calendar_choices`).
"""

import logging
import time

from celery import shared_task
from django.db import connection

from bookings.calendar_claims import IN_DOUBT, Claim, Outcome, Status, claim_next, due, note, note_failure, still_mine
from bookings.calendar_client import Client
from bookings.calendar_errors import (
    CalendarError,
    Changed,
    Duplicate,
    Missing,
    NoAccess,
    Quota,
    Refused,
    Trouble,
    TryLater,
)
from bookings.calendar_events import Event, facts, is_cancelled, is_ours
from bots import bell
from bots.db import clock

logger = logging.getLogger(__name__)

TASK = "calendar.mirror"
GOES_ON_SECONDS, GOES_ON_WITH = 20, 5
ROUNDS = 5  # of one errand; whatever is still due then, the sweep finds


def mirror(reservation_id: int) -> int:
    """Bring the copy of this visit up to date; how many trips that took. Holds nothing while Google is asked."""
    for trips in range(ROUNDS):
        claim = claim_next(reservation_id)
        if claim is None:
            return trips
        connection.close()  # back to the pool: Google may take its time
        try:
            outcome = _bring(claim)
        except Refused as error:
            outcome = Outcome(Status.REFUSED, problem=error.words)
        except CalendarError as error:
            _failed(claim, error)
            return trips + 1
        note(claim, outcome)
    return ROUNDS


def _failed(claim: Claim, error: CalendarError) -> None:
    logger.info("calendar errand put off", extra={"copy": claim.row.pk, "error": type(error).__name__})
    note_failure(
        claim,
        error.words,
        after=error.after if isinstance(error, TryLater) else None,
        whole_calendar=isinstance(error, Quota | Trouble),
        paused=isinstance(error, NoAccess),
    )


def _bring(claim: Claim) -> Outcome:
    client = Client(claim.row.calendar.calendar_id, until=claim.until)
    if claim.event is None:
        return _remove(client, claim)
    return _change(client, claim, claim.event) if claim.row.seen else _add(client, claim, claim.event)


def _add(client: Client, claim: Claim, event: Event) -> Outcome:
    try:
        return _shown(client.insert(event))
    except Duplicate:
        pass  # an earlier errand made it and did not live to write it down
    except Missing:
        raise NoAccess(client.not_shared()) from None
    try:
        there = client.get(claim.row.event_id)
    except Missing:
        return _deleted()
    return _over(client, claim, event, there)


def _change(client: Client, claim: Claim, event: Event) -> Outcome:
    try:
        return _shown(client.patch(claim.row.event_id, event, etag=claim.row.etag))
    except Changed:
        pass
    except Missing:
        client.knock()  # is it the event that is missing, or are we shut out?
        return _deleted()
    try:
        there = client.get(claim.row.event_id)
    except Missing:
        client.knock()
        return _deleted()
    return _over(client, claim, event, there)


def _over(client: Client, claim: Claim, event: Event, there: Event) -> Outcome:
    """Write over what stands there, if that is what we wrote ourselves."""
    if is_cancelled(there):
        return _deleted()
    if not _is_untouched(claim, there):
        return _edited(there)
    _still_ours(claim)
    try:
        return _shown(client.patch(claim.row.event_id, event, etag=str(there.get("etag", ""))))
    except (Changed, Missing):
        raise TryLater("The event was being changed just now.") from None


def _remove(client: Client, claim: Claim) -> Outcome:
    """Take it out; one that is gone already is fine. Raises NoAccess when we cannot know."""
    row, etag = claim.row, claim.row.etag
    try:
        if row.seen:
            client.delete(row.event_id, etag=etag)
            return Outcome(Status.REMOVED)
    except Changed:
        pass
    except Missing:
        return _gone(client, claim)
    try:
        there = client.get(row.event_id)
        if is_cancelled(there):
            return Outcome(Status.REMOVED)
        if not _is_untouched(claim, there):
            return _edited(there)
        _still_ours(claim)
        client.delete(row.event_id, etag=str(there.get("etag", "")))
    except Missing:
        return _gone(client, claim)
    except Changed:
        raise TryLater("The event was being changed just now.") from None
    return Outcome(Status.REMOVED)


def _still_ours(claim: Claim) -> None:
    """Before writing upon a fresh etag: whoever was held up may be looking at what another errand wrote meanwhile."""
    ours = still_mine(claim).exists()
    connection.close()
    if not ours:
        raise TryLater("Another worker has taken over.")


def _gone(client: Client, claim: Claim) -> Outcome:
    """It is not there. If one of our own requests may still be on its way, look again when it cannot be any more."""
    client.knock()
    sent_at = claim.row.sent_at
    if not claim.row.seen and sent_at is not None:
        left = (sent_at + IN_DOUBT - clock.now()).total_seconds()
        if left > 0:
            raise TryLater("Waiting until a lost request can no longer arrive.", after=left)
    return Outcome(Status.REMOVED)


def _is_untouched(claim: Claim, there: Event) -> bool:
    """Whether it is as we wrote it: the last time, or in a request whose answer was lost."""
    return is_ours(there, claim.row) and facts(there) in [claim.row.seen, *claim.row.sent]


def _shown(there: Event) -> Outcome:
    return Outcome(Status.SHOWN, there)


def _edited(there: Event) -> Outcome:
    return Outcome(Status.EDITED, there, found=facts(there))


def _deleted() -> Outcome:
    return Outcome(Status.DELETED)


def ring(reservation_id: int) -> None:
    """Ring for the copy of this visit once the transaction has committed. Never raises."""
    bell.ring(TASK, reservation_id)


def sweep() -> int:
    """Ring for the copies that are due and were not rung for. Returns how many."""
    waiting = due()
    for reservation_id in waiting:
        ring(reservation_id)
    return len(waiting)


@shared_task(name=TASK)
def mirror_task(reservation_id: int) -> None:
    """Whoever got through goes on with what else is due, since few may go to one calendar at once."""
    enough = time.monotonic() + GOES_ON_SECONDS
    waiting = [reservation_id]
    while waiting and time.monotonic() < enough:
        if not sum(map(mirror, waiting)):
            return
        waiting = due(GOES_ON_WITH)


@shared_task(name="sweeps.calendar")
def sweep_task() -> None:
    sweep()
