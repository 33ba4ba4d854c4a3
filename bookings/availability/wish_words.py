"""How staff read what a customer wants of a visit: the slots of a `Wish`, in plain English."""

import calendar
from collections.abc import Mapping

from bookings.models import Service
from bots.models import Business
from bots.staff.presentation import counted
from conversations.dialogue.representation import FrameWords, Words

SLOTS: dict[str, Words] = {
    "day": "{}",
    "last_day": " until {}",
    "days": "{either}",
    "then": " and also {}",
    "start_time": " at {}",
    "earliest": " from {}",
    "latest": " until {}",
    "clocks": " at {either}",
    "service_id": "{}",
    "people": lambda number: counted(number, "person", "people"),
    "ages": "children aged {}",
    "duration_minutes": "{} min long",
    "excluded": "not on {either}",
}


def wish_words(title: str) -> FrameWords:
    return FrameWords(title=title, slots=SLOTS, names={"service_id": _services, "excluded": _weekdays})


def _services(business: Business) -> Mapping[int, str]:
    return dict(Service.objects.filter(business=business).values_list("pk", "name"))


def _weekdays(business: Business) -> Mapping[int, str]:
    """Return what the numbers of weekdays are called where a wish rules them out; Monday is 0."""
    return {number: f"{name}s" for number, name in enumerate(calendar.day_name)}
