"""What Google's own discovery document says of a request: the parameters and fields it may have, and their kinds."""

from __future__ import annotations

import json
import re
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import googleapiclient

EVENT_ID = re.compile(r"[0-9a-v]{5,1024}")
KINDS: dict[str, tuple[type, ...]] = {
    "string": (str,), "boolean": (bool,), "integer": (int,), "number": (int, float), "array": (list,), "object": (dict,),
}  # fmt: skip
CHOICES = {
    "status": {"confirmed", "tentative", "cancelled"},
    "transparency": {"opaque", "transparent"},
    "visibility": {"default", "public", "private", "confidential"},
}


class BadRequest(Exception):
    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason, self.message = reason, message


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    folder = Path(googleapiclient.__file__).parent / "discovery_cache" / "documents"
    return json.loads((folder / "calendar.v3.json").read_text())


def method(resource: str, name: str) -> dict[str, Any]:
    return document()["resources"][resource]["methods"][name]


def check_query(spec: dict[str, Any], query: dict[str, str]) -> None:
    known = {**document()["parameters"], **spec.get("parameters", {})}
    for key, value in query.items():
        if key not in known:
            raise BadRequest("badRequest", f"Unknown parameter {key}")
        if known[key].get("deprecated"):
            raise BadRequest("badRequest", f"{key} is deprecated")
        if "enum" in known[key] and value not in known[key]["enum"]:
            raise BadRequest("invalidParameter", f"Invalid value for {key}: {value}")
        if known[key].get("type") == "integer" and not value.isdigit():
            raise BadRequest("invalidParameter", f"Invalid integer for {key}: {value}")


def check_body(name: str, body: Any) -> None:
    _check({"$ref": name}, body, name)


def _check(schema: dict[str, Any], value: Any, path: str) -> None:
    if "$ref" in schema:
        schema = document()["schemas"][schema["$ref"]]
    kind = schema.get("type", "any")
    if kind != "any" and (not isinstance(value, KINDS[kind]) or (isinstance(value, bool) and kind != "boolean")):
        raise BadRequest("invalid", f"{path} must be of type {kind}")
    if kind == "object":
        properties, others = schema.get("properties", {}), schema.get("additionalProperties")
        for key, inner in value.items():
            if key not in properties and others is None:
                raise BadRequest("parseError", f'Invalid JSON payload received. Unknown name "{key}" at {path}')
            if properties.get(key, {}).get("readOnly"):
                raise BadRequest("invalid", f"{path}.{key} is read-only")
            _check(properties.get(key) or others, inner, f"{path}.{key}")
    if kind == "array":
        for number, inner in enumerate(value):
            _check(schema["items"], inner, f"{path}[{number}]")
    if schema.get("format") == "date":
        date.fromisoformat(value)
    if (leaf := path.rpartition(".")[2]) in CHOICES and path.count(".") == 1 and value not in CHOICES[leaf]:
        raise BadRequest("invalid", f"Invalid value for: {value}")


def check_event(event: dict[str, Any]) -> None:
    """What the document says in words only: the id's letters, and times that are a time."""
    if "id" in event and not EVENT_ID.fullmatch(event["id"]):
        raise BadRequest("invalid", "Invalid resource id value.")
    if "start" not in event or "end" not in event:
        raise BadRequest("required", "Missing end time.")
    if moment(event["start"]) >= moment(event["end"]):
        raise BadRequest("timeRangeEmpty", "The specified time range is empty.")
    private = (event.get("extendedProperties") or {}).get("private") or {}
    if any(len(key) > 44 or len(value) > 1024 for key, value in private.items()):
        raise BadRequest("invalid", "Extended property too long.")
    if len(event.get("summary", "")) > 1024 or len(event.get("description", "")) > 8192:
        raise BadRequest("invalid", "Too long.")
    if event.get("attendees"):
        raise PermissionError


def moment(value: dict[str, Any]) -> datetime:
    """An event's start or end as a moment."""
    if "date" in value:
        return datetime.fromisoformat(value["date"]).replace(tzinfo=ZoneInfo(value.get("timeZone", "UTC")))
    try:
        zone = ZoneInfo(value["timeZone"]) if "timeZone" in value else None
        at = datetime.fromisoformat(value["dateTime"])
    except (KeyError, ValueError):
        raise BadRequest("invalid", "Invalid start or end time.") from None
    if at.tzinfo is None and zone is None:
        raise BadRequest("required", "Missing time zone definition for start time.")
    return at if at.tzinfo else at.replace(tzinfo=zone)


def rfc3339(text: Any) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise BadRequest("badRequest", "Bad Request") from None
    if at.tzinfo is None or "T" not in text:
        raise BadRequest("badRequest", "Bad Request: a time needs an offset")
    return at
