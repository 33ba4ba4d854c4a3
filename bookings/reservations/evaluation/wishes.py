"""A visit as a simulated customer wants it, drawn from what is really free."""

import datetime as dt
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from functools import cache
from random import Random

from bookings.availability import free_times
from bookings.models import LeadSettings, Reservation, Service
from bots.models import Bot, Business
from conversations.evaluation.goals import NotPossible
from conversations.evaluation.words import PARTS, part_of

FIRST_DAY, LAST_DAY = 1, 13  # days ahead: near enough to be called by their weekday, or by a date
MOST_PEOPLE = 5
LATE_DAY = 3  # from then on a visit can still be cancelled or moved without staff


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What would do: that day, at this time or (without one) in this part of the day, for so many.

    `any_service`: the customer does not care which. `first_day` limits where another one is drawn from.
    """

    service: Service
    day: date
    time: dt.time | None
    part: str
    people: int
    any_service: bool = False

    def takes_time(self, clock: dt.time) -> bool:
        if self.time is not None:
            return clock == self.time
        earliest, latest = PARTS[self.part]
        return earliest <= clock <= latest

    def takes(self, start: datetime) -> bool:
        """Return whether a start, on the business's clock, would do."""
        return start.date() == self.day and self.takes_time(start.time())

    def is_met_by(self, visit: Reservation) -> bool:
        start = visit.period.lower.astimezone(visit.business.zone)
        is_service = self.any_service or visit.service_id == self.service.pk
        return is_service and visit.people == self.people and self.takes(start)


def bookable(bot: Bot) -> list[Service]:
    """Return the services that customers book in the chat, the usual ones first."""
    services = Service.objects.filter(business=bot.business_id, is_active=True).exclude(
        pk__in=LeadSettings.objects.filter(bot=bot).values("needs_enquiry")
    )
    return list(services.select_related("business").prefetch_related("names").order_by("-is_usual", "pk"))


def _free(service: Service, people: int) -> tuple[tuple[date, time], ...]:
    """Return what is free in the empty timetable of a copy, on the business's clock."""
    business = service.business
    return _free_in(business.slug, business.timezone, service.pk, people, business.now().date())


@cache
def _free_in(slug: str, timezone: str, service_id: int, people: int, today: date) -> tuple[tuple[date, time], ...]:
    service = Service.objects.select_related("business").get(pk=service_id)
    slots = free_times.free_slots(
        service,
        first_day=today + timedelta(days=FIRST_DAY),
        last_day=today + timedelta(days=LAST_DAY),
        people=people,
        now=service.business.now(),
    )
    zone = service.business.zone
    return tuple((start.date(), start.time()) for start in (slot.start.astimezone(zone) for slot in slots))


def draw(
    bot: Bot,
    rng: Random,
    *,
    people: int | None = None,
    exact: bool | None = None,
    service: Service | None = None,
    but: Collection[date] = (),
    ahead: int = FIRST_DAY,
) -> Wish:
    """Return a wish that can be met. `but`: days that are out of the question. Raises NotPossible."""
    services = [service] if service else bookable(bot)
    if not services:
        raise NotPossible
    chosen = services[0] if rng.random() < 0.7 else rng.choice(services)
    count = people or (rng.choice((1, 2, 2, 2, 3, 4, MOST_PEOPLE)) if chosen.asks_people else 1)
    count = min(max(count, chosen.min_people), chosen.max_people)
    today = bot.business.now().date()
    found = [
        (day, clock)
        for day, clock in _free(chosen, count)
        if day not in but and (day - today).days >= ahead and part_of(clock)
    ]
    if not found:
        raise NotPossible
    day = rng.choice(sorted({day for day, _ in found}))
    clock = rng.choice([clock for on, clock in found if on == day])
    is_exact = rng.random() < 0.6 if exact is None else exact
    return Wish(service=chosen, day=day, time=clock if is_exact else None, part=part_of(clock), people=count)


def exact(wish: Wish, rng: Random) -> Wish:
    """Return the wish with one time of those that would do."""
    if wish.time is not None:
        return wish
    times = [
        clock
        for day, clock in _free(wish.service, wish.people)
        if day == wish.day and wish.takes_time(clock) and part_of(clock)
    ]
    return replace(wish, time=rng.choice(times))


def fits_somewhere(wish: Wish, people: int | None = None) -> bool:
    """Return whether an empty timetable has a time that would do."""
    return any(day == wish.day and wish.takes_time(clock) for day, clock in _free(wish.service, people or wish.people))


def closed_day(business: Business, rng: Random) -> date:
    """Return a day of the coming week on which the business never opens. Raises NotPossible."""
    hours = free_times.opening_hours(business)
    today = business.now().date()
    coming = [today + timedelta(days=ahead) for ahead in range(1, 7)]
    closed = [day for day in coming if day.weekday() not in hours]
    if not closed or not hours:
        raise NotPossible
    return rng.choice(closed)


def middle_of(part: str) -> time:
    """Return an hour that stands for a part of the day."""
    return {"morning": time(10), "afternoon": time(15), "evening": time(18)}[part]
