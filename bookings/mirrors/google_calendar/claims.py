"""Which copy is due, the right to bring it up to date, and what came of it: two short transactions, no network.

The copy of a reservation is due whenever its `mirrored_version` is not the reservation's version. So no wake-up and no
action has to be relied upon: whatever was decided, in whatever order jobs run, the tables say what is left to do.

Only the copy's row is locked. The reservation is read without a lock: if it changes meanwhile, its version does, and
the copy is due again.
"""

import secrets
import time
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import Now

from bookings.mirrors.google_calendar.events import SHOWN, Event, Facts, event_of, facts, is_shown
from bookings.models import CalendarEvent, GoogleCalendar, Reservation
from bots.db import claims, clock

Status = CalendarEvent.Status

IN_DOUBT = timedelta(minutes=2)  # so long a request of ours whose answer got lost may still arrive at Google
WAITS = [5, 15, 30, 60, 120, 300, 600, 900]  # seconds; the last one again and again
AT_ONCE = 4  # jobs to one calendar: Google asks for no more, and a Google that hangs shall not hold up customers
PAUSE = timedelta(minutes=5)  # after which a calendar that shut us out is tried again by itself
SENT_KEPT = 20  # of requests whose answers were lost
LETTERS = "0123456789abcdefghijklmnopqrstuv"  # all that Google takes in an event's id (base32hex)


@dataclass(frozen=True, slots=True)
class CopyClaim:
    """The right to make one copy as `event` says; None: it shall be gone. `row.tries` fences off an older claim."""

    row: CalendarEvent
    event: Event | None
    version: int
    until: float  # by this process's monotonic clock


@dataclass(frozen=True, slots=True)
class SyncResult:
    """What stands in the calendar now."""

    status: str
    event: Event | None = None  # as Google gave it back
    found: Facts | None = None  # what somebody made of it
    trouble: str = ""


def calendar_for(reservation: Reservation) -> GoogleCalendar | None:
    """Return the calendar of its resource, else that of the business; None if there is none that shows visits."""
    mine = Q(resource=None) | Q(resource=reservation.resource_id)
    found = GoogleCalendar.objects.filter(mine, business=reservation.business_id, is_active=True, shows_visits=True)
    return found.select_related("resource").order_by(F("resource").asc(nulls_last=True)).first()


def new_event_id(reservation_id: int) -> str:
    """Ours for good: an id that was used once, Google never gives free again."""
    return f"visit{reservation_id}v{''.join(secrets.choice(LETTERS) for _ in range(16))}"


@transaction.atomic
def claim_next(reservation_id: int) -> CopyClaim | None:
    """Take the copy of this visit for `SEND_LEASE_SECONDS`; None if nothing is due, or somebody else is at it."""
    until = time.monotonic() + settings.SEND_LEASE_SECONDS  # before the lease itself begins
    (row, reservation), now = _copy_of(reservation_id), clock.now()
    if row is None or not row.is_due(now):
        return None
    calendar = calendar_for(reservation) if is_shown(reservation) else None
    if not _is_due(row, reservation, calendar):
        return None
    if not row.calendar.is_active or _in_no_calendar(row):
        _start_over(row, calendar)  # what stands in a calendar that is switched off stays there
    event = event_of(row, reservation) if calendar and calendar.pk == row.calendar_id else None
    if event is None and _in_no_calendar(row):
        claims.write(row, status=Status.REMOVED, mirrored_version=reservation.version, trouble="")
        return None
    if not row.calendar.is_active or (row.calendar.try_at and row.calendar.try_at > now):
        return None
    if CalendarEvent.objects.filter(calendar=row.calendar_id, lease_until__gt=now).count() >= AT_ONCE:
        return None
    if event and facts(event) not in row.sent:
        row.sent = [*row.sent, facts(event)][-SENT_KEPT:]
    sent_at = (row.sent_at or clock.now()) if event else row.sent_at
    claims.lease(row, settings.SEND_LEASE_SECONDS, sent=row.sent, sent_at=sent_at)
    # A copy that leaves one calendar for another is due again once it has left.
    version = reservation.version if event or not calendar else 0
    return CopyClaim(row, event, version, until)


def _copy_of(reservation_id: int) -> tuple[CalendarEvent | None, Reservation]:
    """The visit's copy, locked, made or inherited if it shall have one. A visit that was moved gives its copy away."""
    reservation = _read(reservation_id)
    row = _locked(reservation)
    if row is not None:
        heir = _heir(reservation) if reservation.status == Reservation.Status.MOVED else None
        if heir is None or not _hand_on(row, heir):
            return row, reservation
        return row, heir
    if not is_shown(reservation) or reservation.period.upper <= clock.now():
        return None, reservation
    calendar = calendar_for(reservation)
    if calendar is None:
        return None, reservation
    old = _to_inherit(reservation)
    if old is not None and _hand_on(old, reservation):
        return old, reservation
    if old is not None and not old.is_free(clock.now()):
        return None, reservation  # it will be free in a moment
    return _made(reservation, calendar), reservation


def _read(reservation_id: int) -> Reservation:
    related = Reservation.objects.select_related("business", "service", "resource", "contact")
    return related.prefetch_related("service__names").get(pk=reservation_id)


def _locked(reservation: Reservation) -> CalendarEvent | None:
    rows = CalendarEvent.objects.select_for_update(of=("self",)).select_related("calendar__resource")
    return rows.filter(reservation=reservation).first()


def _made(reservation: Reservation, calendar: GoogleCalendar) -> CalendarEvent | None:
    """Two jobs at once make one row; the second waits here for the first."""
    fields: dict[str, object] = {"calendar": calendar, "event_id": new_event_id(reservation.pk)}
    CalendarEvent.objects.get_or_create(reservation=reservation, defaults=fields)
    return _locked(reservation)


def _heir(reservation: Reservation) -> Reservation | None:
    """Return the visit that took this one's place, however often it was moved on."""
    waiting, passed = [reservation.pk], set[int]()
    while waiting:
        movers = Reservation.objects.filter(moves_id=waiting.pop()).order_by("pk")
        for pk, status in movers.values_list("pk", "status"):
            if status in SHOWN:
                return _read(pk)
            if status == Reservation.Status.MOVED and pk not in passed:
                passed.add(pk)
                waiting.append(pk)
    return None


def _to_inherit(reservation: Reservation) -> CalendarEvent | None:
    """The copy of the visit that this one took the place of, so that its event moves and keeps what the owner added."""
    old = reservation.moves
    while old is not None and old.status == Reservation.Status.MOVED:
        if (row := _locked(old)) is not None:
            return row
        old = old.moves
    return None


def _hand_on(row: CalendarEvent, heir: Reservation) -> bool:
    """Give the copy to the visit's heir; False if that has its own, belongs elsewhere, or a job is under way."""
    calendar = calendar_for(heir)
    if calendar is None or calendar.pk != row.calendar_id or row.status == Status.REMOVED:
        return False
    if not row.is_free(clock.now()) or CalendarEvent.objects.filter(reservation=heir).exists():
        return False
    claims.write(row, reservation=heir, mirrored_version=0)
    return True


def _is_due(row: CalendarEvent, reservation: Reservation, calendar: GoogleCalendar | None) -> bool:
    if row.status == Status.EDITED or (row.status == Status.DELETED and calendar):
        return False  # staff have been asked
    elsewhere = calendar is not None and calendar.pk != row.calendar_id
    if is_shown(reservation) and calendar is None:
        return False  # it shall not be shown anywhere any more: what stands there stays
    return elsewhere or row.mirrored_version != reservation.version


def _in_no_calendar(row: CalendarEvent) -> bool:
    """Nothing stands in a calendar, nor can anything still arrive there."""
    if row.status in (Status.REMOVED, Status.DELETED):
        return True
    return row.status == Status.WAITING and row.sent_at is None


def _start_over(row: CalendarEvent, calendar: GoogleCalendar | None) -> None:
    """A new id, in the calendar where it belongs now."""
    if calendar is None or (row.status == Status.WAITING and row.calendar_id == calendar.pk):
        return
    fields: dict[str, object] = {"calendar": calendar, "event_id": new_event_id(row.reservation_id)}
    fields |= {"status": Status.WAITING, "etag": "", "link": "", "seen": {}, "sent": [], "sent_at": None}
    fields |= {"found": {}, "trouble": ""}
    claims.write(row, **fields)


@transaction.atomic
def note(claim: CopyClaim, outcome: SyncResult) -> bool:
    """Write down what came of it. False if somebody else has the copy by now: they see for themselves."""
    fields: dict[str, object] = {
        "status": outcome.status,
        "status_at": Now(),
        "trouble": outcome.trouble[:400],
        "mirrored_version": claim.version,
        "due_at": Now(),
        "sent": [],
        "sent_at": None,
        "found": outcome.found or {},
    }
    if outcome.event is not None:
        link, event_id = str(outcome.event.get("htmlLink", "")), str(outcome.event.get("id", ""))
        fields |= {"etag": str(outcome.event.get("etag", ""))[:200], "seen": facts(outcome.event)}
        fields |= {"event_id": event_id[:64] or claim.row.event_id}
        fields |= {"link": link[:1000] if link.startswith("https://") else ""}
    if not claims.release(claim.row, **fields):
        return False
    calendar = GoogleCalendar.objects.filter(pk=claim.row.calendar_id)
    calendar.exclude(paused_at=None, try_at=None).update(paused_at=None, paused_reason="", try_at=None)
    calendar.filter(blocks_times=True).update(due_at=Now())  # what is busy there has changed by our own doing
    return True


@transaction.atomic
def note_failure(claim: CopyClaim, trouble: str, *, after: float | None, whole_calendar: bool, paused: bool) -> None:
    """It did not work: when to try again, this copy or the whole calendar. `after` in seconds, if Google said so."""
    wait = claims.wait_of(WAITS, claim.row.failures + 1, after)
    # A calendar that shuts us out is no fault of the copy's, which goes at once when we are let in again.
    claims.put_off(claim.row, [0] if paused else WAITS, after=after, trouble=trouble)
    calendar = GoogleCalendar.objects.filter(pk=claim.row.calendar_id)
    if paused:
        calendar.filter(paused_at=None).update(paused_at=Now())
        calendar.update(paused_reason=trouble[:400], try_at=Now() + PAUSE)
    elif whole_calendar:
        calendar.update(try_at=Now() + wait)


def due(limit: int = 200) -> list[int]:
    """Return the reservations whose copies are due now and can be seen to, the longest waiting first."""
    now = Now()
    open_calendar = Q(calendar__is_active=True) & (Q(calendar__try_at=None) | Q(calendar__try_at__lte=now))
    behind = (
        CalendarEvent.objects.due()
        .exclude(mirrored_version=F("reservation__version"))
        .exclude(status=Status.EDITED)
        .exclude(status=Status.DELETED, reservation__status__in=SHOWN)
        .filter(open_calendar)
    )
    found = list(behind.order_by("status_at").values_list("reservation_id", flat=True)[:limit])
    return found + list(_without_copy(now)[: limit - len(found)])


def _without_copy(now: object) -> QuerySet[Reservation, int]:
    """Coming visits that have no copy yet although there is a calendar for them."""
    mine = Q(resource=None) | Q(resource=OuterRef("resource"))
    calendars = GoogleCalendar.objects.filter(mine, business=OuterRef("business"), is_active=True, shows_visits=True)
    calendars = calendars.filter(Q(try_at=None) | Q(try_at__lte=now))
    confirmed = Reservation.objects.filter(status=Reservation.Status.CONFIRMED, period__endswith__gt=now)
    missing = confirmed.filter(Exists(calendars), calendar_event=None)
    return missing.order_by("pk").values_list("pk", flat=True)
