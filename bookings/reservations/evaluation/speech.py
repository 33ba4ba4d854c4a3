"""How a simulated customer says what they wish of a visit."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bookings.models import Service
from bookings.reservations.evaluation.wishes import Wish
from conversations.evaluation.bank import NoPhrasing
from conversations.evaluation.customer import Customer, together
from conversations.evaluation.utterances import Utterance

DAY = frozenset({"on_day"})
WHOLE = frozenset({"on_day", "at_time", "for_people"})
PART = frozenset({"on_day", "part"})
PART_PEOPLE = PART | {"for_people"}
COUPLE = 2
UNNAMED = 0.6  # how often the usual service is not named at all


def service_name(service: Service, customer: Customer) -> str:
    """Return a name that customers of that language have for it."""
    for row in service.names.all():
        if row.language == customer.language:
            return str(customer.rng.choice([row.name, *row.other_words.splitlines()]).strip().lower())
    return service.name


def values(wish: Wish, customer: Customer, *slots: str, bare: bool = True) -> dict[str, str]:
    """Return the words for some slots of a wish: day, time, part, people, service.

    Unless `bare`, no number stands without a word or a sign that says what it counts: “no, 14” may be an hour or a day.
    """
    words = customer.words
    found: dict[str, str] = {}
    if "day" in slots:
        found |= {"day": words.day(wish.day), "on_day": words.day(wish.day, inside=True)}
    if "time" in slots and wish.time is not None:
        found |= {"time": words.time(wish.time, bare=bare), "at_time": words.time(wish.time, inside=True)}
    if "part" in slots:
        found["part"] = words.part(wish.part)
    if "people" in slots:
        found |= {name: words.of(name, wish.people) for name in ("people", "for_people", "we_are")}
        if not bare:
            del found["people"]
    if "service" in slots:
        found["service"] = service_name(wish.service, customer)
    return found


def slots_of(wish: Wish, *slots: str) -> dict[str, Any]:
    """Return what is said, as the judge compares it: without a time of its own the part of the day stands for it."""
    named: dict[str, Any] = {
        "day": wish.day, "time": wish.time, "part": wish.part, "people": wish.people, "service": wish.service.pk,
    }  # fmt: skip
    return {slot: named[slot] for slot in slots if named[slot] is not None}


def tells(
    wish: Wish, customer: Customer, act: str, *slots: str, must: frozenset[str] = frozenset(), bare: bool = True
) -> Utterance:
    """Say some slots by one act of the bank. Raises NoPhrasing."""
    return customer.says(act, values(wish, customer, *slots, bare=bare), must=must, said=slots_of(wish, *slots))


def when(wish: Wish) -> str:
    return "time" if wish.time is not None else "part"


def whole(wish: Wish, customer: Customer) -> Utterance:
    """Say all of it in one message, whichever way it is said."""
    slots = ["day", when(wish)] + (["people"] if wish.service.asks_people else [])
    if not wish.service.asks_people:
        day, clock = (
            tells(wish, customer, "inform.day", "day"),
            tells(wish, customer, f"inform.{when(wish)}", when(wish)),
        )
        said = together(day, clock, joint=", ")
    elif wish.time is not None:
        said = _named_if_it_can(wish, customer, "inform.all", slots, WHOLE)
    elif wish.people == COUPLE and customer.rng.random() < 0.4:
        said = _couple(wish, customer)
    else:
        said = _named_if_it_can(wish, customer, "inform.day_part", slots, PART_PEOPLE)
    return with_service(wish, customer, said)


def _named_if_it_can(wish: Wish, customer: Customer, act: str, slots: list[str], must: frozenset[str]) -> Utterance:
    """Prefer a line that has a place for the service, where it must be named."""
    if not wish.service.is_usual and not wish.any_service:
        try:
            return tells(wish, customer, act, *slots, "service", must=must | {"service"})
        except NoPhrasing:
            pass
    return tells(wish, customer, act, *slots, must=must)


def _couple(wish: Wish, customer: Customer) -> Utterance:
    text = customer.phrase("inform.couple", values(wish, customer, "day", "part"), must=PART)
    return Utterance(text=text, acts=("inform.couple",), said=slots_of(wish, "day", "part", "people"))


def with_service(wish: Wish, customer: Customer, said: Utterance) -> Utterance:
    """Name the service after it, unless it is named or would be taken for granted."""
    if "service" in said.said or wish.any_service or (wish.service.is_usual and customer.rng.random() < UNNAMED):
        return said
    named = replace(said, text=service_name(wish.service, customer), said=slots_of(wish, "service"), asked=())
    return together(said, named, joint=", ")


def change(wish: Wish, customer: Customer, slot: str) -> Utterance:
    """Say that one slot is another than the bot has, or than was said."""
    act = {"part": "inform.part"}.get(slot, f"correct.{slot}")
    return tells(wish, customer, act, slot, bare=False)


def offers(buttons: list[Mapping[str, str]], wish: Wish) -> list[datetime]:
    """Return the times on the buttons, on the business's clock."""
    zone = wish.service.business.zone
    return [datetime.fromisoformat(one["payload"].split(":", 3)[3]).astimezone(zone) for one in buttons]


def excludes(day: date, customer: Customer) -> Utterance:
    forms = {"day": customer.words.day(day), "on_day": customer.words.day(day, inside=True)}
    must = customer.rng.choice(sorted(forms))
    text = customer.phrase("exclude", forms, must=frozenset({must}))
    return Utterance(text=text, acts=("exclude",), said={"excluded": day})
