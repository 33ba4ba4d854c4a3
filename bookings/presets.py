"""Loads what a preset says about visits: places with their hours, services, calendars. In a transaction."""

from collections.abc import Mapping
from datetime import time
from typing import Any

from bookings.models import WEEKDAYS, GoogleCalendar, Resource, Service, ServiceName, WorkingHours
from bots.models import Bot, Business
from bots.presets.loading import Environment, ensure

WEEKDAY_NUMBERS = {name.lower(): number for number, name in WEEKDAYS}


Entries = list[dict[str, Any]]


def load_resources(bot: Bot, entries: Entries, environment: Environment, *, overwrite: bool) -> None:
    """Load the places, each with its hours."""
    for entry in entries:
        names = {"business": bot.business, "name": entry["name"]}
        fields = {key: value for key, value in entry.items() if key not in ("name", "hours")}
        resource = ensure(Resource, names, fields, overwrite=overwrite)
        if overwrite or not resource.hours.exists():
            _load_hours(resource, entry.get("hours", {}))


def load_services(bot: Bot, entries: Entries, environment: Environment, *, overwrite: bool) -> None:
    """Load the services, each with its places and its names."""
    for entry in entries:
        _load_service(bot.business, entry, _resources(bot.business), overwrite=overwrite)


def load_calendars(bot: Bot, entries: Entries, environment: Environment, *, overwrite: bool) -> None:
    """Load the Google calendars that the environment names."""
    for entry in entries:
        calendar_id = environment.get(entry["calendar_id_from"], "").strip()
        if calendar_id:
            names = {"business": bot.business, "resource": _resources(bot.business).get(entry.get("resource", ""))}
            ensure(GoogleCalendar, names, {"calendar_id": calendar_id}, overwrite=overwrite)


def _resources(business: Business) -> dict[str, Resource]:
    return {resource.name: resource for resource in Resource.objects.filter(business=business)}


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
    for language, words in entry.get("names", {}).items():
        named = {"name": words["name"], "other_words": words.get("other_words", "").strip()}
        ensure(ServiceName, {"service": service, "language": language}, named, overwrite=overwrite)
