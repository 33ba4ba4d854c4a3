"""Loads a whole preset: what `bots.presets` holds about the bot, and on top of it the services, places and hours."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from django.db import transaction

from bookings.lead_presets import load_consultation
from bookings.models import WEEKDAYS, GoogleCalendar, Resource, Service, ServiceName, WorkingHours
from bots.knowledge import search
from bots.models import Bot, Business
from bots.presets import read
from bots.presets.loading import Environment, ensure, load_bot

WEEKDAY_NUMBERS = {name.lower(): number for number, name in WEEKDAYS}


def load(name: str, environment: Environment, *, overwrite: bool = False) -> Bot:
    """The preset's bot with everything it needs, its knowledge searchable. Raises PresetError.

    One transaction for the rows; the vectors follow after it, since the model takes seconds. What is there already
    stays as it is, unless `overwrite`.
    """
    preset = read(name)
    with transaction.atomic():
        bot = load_bot(preset, environment, overwrite=overwrite)
        resources = _load_resources(bot.business, preset["business"]["resources"], overwrite=overwrite)
        for entry in preset["business"]["services"]:
            _load_service(bot.business, entry, resources, overwrite=overwrite)
        load_consultation(bot, preset["business"].get("consultation", {}), overwrite=overwrite)
        for entry in preset["business"].get("calendars", []):
            _load_calendar(bot.business, entry, environment, resources, overwrite=overwrite)
    search.index_all(bot.business_id)
    return bot


def _load_resources(business: Business, entries: list[dict[str, Any]], *, overwrite: bool) -> dict[str, Resource]:
    resources = {}
    for entry in entries:
        names = {"business": business, "name": entry["name"]}
        resource = ensure(Resource, names, {"capacity": entry["capacity"]}, overwrite=overwrite)
        if overwrite or not resource.hours.exists():
            _load_hours(resource, entry["hours"])
        resources[resource.name] = resource
    return resources


def _load_calendar(
    business: Business,
    entry: dict[str, Any],
    environment: Environment,
    resources: Mapping[str, Resource],
    *,
    overwrite: bool,
) -> None:
    """A Google calendar, if the environment names it."""
    calendar_id = environment.get(entry["calendar_id_from"], "").strip()
    if calendar_id:
        names = {"business": business, "resource": resources.get(entry.get("resource", ""))}
        ensure(GoogleCalendar, names, {"calendar_id": calendar_id}, overwrite=overwrite)


def _load_hours(resource: Resource, hours: Mapping[str, list[str]]) -> None:
    resource.hours.all().delete()
    for day, spans in hours.items():
        for span in spans:
            opens, closes = (time.fromisoformat(part) for part in span.split("-"))
            WorkingHours.objects.create(resource=resource, weekday=WEEKDAY_NUMBERS[day], opens=opens, closes=closes)


def _load_service(
    business: Business, entry: dict[str, Any], resources: Mapping[str, Resource], *, overwrite: bool
) -> None:
    fields = {key: value for key, value in entry.items() if key not in ("name", "names", "resources")}
    service = ensure(Service, {"business": business, "name": entry["name"]}, fields, overwrite=overwrite)
    if overwrite or not service.resources.exists():
        service.resources.set([resources[name] for name in entry["resources"]])
    for language, words in entry["names"].items():
        named = {"name": words["name"], "other_words": words.get("other_words", "").strip()}
        ensure(ServiceName, {"service": service, "language": language}, named, overwrite=overwrite)
