"""Reminders before a visit: each step once, in the customer's language, at a decent hour, with one question back.

The steps are the business's `ReminderRule`s; without any, one a day before. Whole days before mean the visit's own
hour on the business's clock, other lengths are hours that pass; never between 21:00 and 9:00 (then at 20:30 or 9:00 of
that same day, or on the evening before where the morning would be too late). None if the customer has had the
confirmation for less than three hours by then. From two hours before the visit (half the step, if that is shorter) it
would only confuse, and is not sent any more.

Wall time and zone are kept beside the moment, so that `replan` can follow a change of the clocks' rules. What is due
is said by `queue`.
"""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models.functions import Now

from bookings.availability.timetable import instant, moment_of
from bookings.models import Reminder, ReminderRule, Reservation
from bookings.reservations.transitions import starts_at
from bots.db import clock
from bots.models import Business
from conversations.quiet_hours import EVENING, QUIET_FROM, QUIET_UNTIL

FRESH = timedelta(hours=3)
USELESS_BEFORE_VISIT = timedelta(hours=2)

Status = Reminder.Status


def wall_time(visit_start: datetime, hours_before: int = 24) -> tuple[date, time]:
    """Day and hour of the reminder on the wall clock of the visit's start."""
    days, hours = divmod(hours_before, 24)
    if hours:
        wished = (visit_start.astimezone(UTC) - timedelta(hours=hours_before)).astimezone(visit_start.tzinfo)
    else:
        wished = visit_start - timedelta(days=days)  # the same hour, whatever the clocks do in between
    day, clock = wished.date(), wished.time().replace(tzinfo=None)
    if clock >= QUIET_FROM:
        return day, EVENING
    if clock >= QUIET_UNTIL:
        return day, clock
    morning = datetime.combine(day, QUIET_UNTIL, visit_start.tzinfo)
    if morning <= visit_start - useless_before(hours_before):
        return day, QUIET_UNTIL
    return day - timedelta(days=1), EVENING


def useless_before(hours_before: int) -> timedelta:
    """From so long before the visit the reminder is not sent any more."""
    return min(USELESS_BEFORE_VISIT, timedelta(hours=hours_before) / 2)


def rules_of(business: Business) -> list[ReminderRule]:
    """Return the steps of this business; none if it has switched them all off."""
    rules = list(ReminderRule.objects.filter(business=business))
    return [rule for rule in rules if rule.is_active] if rules else [ReminderRule(business=business)]


def fires_at(day: date, clock: time, zone: str) -> datetime:
    """Return the moment (UTC) when the wall clock shows it: forward over the hour left out, of two the first."""
    return moment_of(instant(day, clock.hour * 60 + clock.minute, ZoneInfo(zone)), UTC)


def plan(reservation: Reservation, *, now: datetime) -> list[Reminder]:
    """Schedule the reminders of a confirmed visit, inside the action's transaction. Of two for one moment, one."""
    drop(reservation)
    if reservation.conversation_id is None:
        return []
    planned: dict[datetime, Reminder] = {}
    for rule in rules_of(reservation.business):
        day, clock = wall_time(starts_at(reservation), rule.hours_before)
        fire_at = fires_at(day, clock, reservation.business.timezone)
        if fire_at - now < FRESH:
            continue
        planned[fire_at] = Reminder(
            reservation=reservation,
            reservation_version=reservation.version,
            kind=f"{rule.hours_before}h",
            asks=rule.asks or (fire_at in planned and planned[fire_at].asks),
            local_day=day,
            local_time=clock,
            zone=reservation.business.timezone,
            fire_at=fire_at,
            expires_at=reservation.period.lower - useless_before(rule.hours_before),
        )
    return Reminder.objects.bulk_create([*planned.values()])


def drop(reservation: Reservation) -> None:
    """What was scheduled for this visit is not needed any more."""
    Reminder.objects.filter(reservation=reservation, status=Status.SCHEDULED).update(
        status=Status.DROPPED, status_at=Now()
    )


@transaction.atomic
def answered(reservation_id: int, answer: str, *, now: datetime | None = None) -> bool:
    """Note what the customer answers to the last reminder that asked; False if none has."""
    asked = Reminder.objects.select_for_update().filter(reservation=reservation_id, asks=True, status=Status.SENT)
    reminder = asked.order_by("-fire_at").first()
    if reminder is None:
        return False
    reminder.answer, reminder.answered_at = answer, now or clock.now()
    reminder.save(update_fields=["answer", "answered_at"])
    return True


def replan(now: datetime | None = None) -> int:
    """Work out future reminders anew from their wall time, in case a zone's rules changed. Returns how many moved."""
    now = now or clock.now()
    moved = 0
    for reminder in Reminder.objects.filter(status=Status.SCHEDULED, fire_at__gt=now).iterator():
        fire_at = fires_at(reminder.local_day, reminder.local_time, reminder.zone)
        if fire_at != reminder.fire_at:
            rows = Reminder.objects.filter(pk=reminder.pk, status=Status.SCHEDULED)
            moved += rows.update(fire_at=fire_at)
    return moved
