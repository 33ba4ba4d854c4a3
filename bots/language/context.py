"""What is known about a conversation when a message arrives."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, time
from typing import Any

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """Everything that a short answer may refer to. All of it may be missing."""

    region: str = ""  # "US", "GB", "PL": the order of day and month, the country of a phone number
    requested: tuple[str, ...] = ()  # date, time, people, ages, duration, service, specialist, name, phone, confirm
    bot_text: str = ""
    proposed: str = ""  # "move" or "cancel" where the open question is whether to do that: "cancel it" is a yes then
    offered_date: date | None = None
    offered_time: time | None = None
    offered: tuple[tuple[date, time], ...] = ()  # several slots: "the second one", "18:30" or "wed" picks one
    state: Mapping[str, Any] = field(default_factory=dict)
    services: Mapping[str, Sequence[str]] = field(default_factory=dict)  # key -> other words for it, in any language
    specialists: Mapping[str, Sequence[str]] = field(default_factory=dict)
    opening_hours: Mapping[int, Sequence[tuple[time, time]]] = field(default_factory=dict)  # 0 is Monday

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "Context":
        """Return the context of `manage.py understand`: names as lists or mappings, dates and times as text.

        Raises ValueError or TypeError on what cannot be a context.
        """
        offered = data.get("offered") or {}
        one: Mapping[str, Any] = {}
        several: tuple[tuple[date, time], ...] = ()
        if isinstance(offered, Mapping):
            one = offered
        else:
            several = tuple(
                (date.fromisoformat(item["date"]), time.fromisoformat(item["time"]))
                for item in offered
                if item.get("date") and item.get("time")
            )
        requested = data.get("requested") or ()
        return cls(
            region=str(data.get("region") or ""),
            requested=(requested,) if isinstance(requested, str) else tuple(str(item) for item in requested),
            bot_text=str(data.get("bot_text") or ""),
            proposed=str(data.get("proposed") or ""),
            offered_date=date.fromisoformat(one["date"][:10]) if one.get("date") else None,
            offered_time=time.fromisoformat(one["time"]) if one.get("time") else None,
            offered=several,
            state=dict(data.get("state") or {}),
            services=_names(data.get("services")),
            specialists=_names(data.get("specialists")),
            opening_hours=_hours(data.get("opening_hours")),
        )


def _names(data: Any) -> Mapping[str, Sequence[str]]:
    if not data:
        return {}
    if isinstance(data, Mapping):
        return {
            str(key): [words] if isinstance(words, str) else [str(word) for word in words or ()]
            for key, words in data.items()
        }
    names: dict[str, Sequence[str]] = {}
    for item in data:
        if isinstance(item, Mapping):
            names[str(item.get("name") or item.get("key"))] = [str(word) for word in item.get("aliases") or ()]
        else:
            names[str(item)] = ()
    return names


def _hours(data: Any) -> Mapping[int, Sequence[tuple[time, time]]]:
    """{"monday": [["10:00", "18:00"]]}, {"0": "10:00-18:00"}, {"mon": {"open": …, "close": …}}, or a list of seven."""
    if not data:
        return {}
    pairs = enumerate(data) if not isinstance(data, Mapping) else data.items()
    hours: dict[int, Sequence[tuple[time, time]]] = {}
    for key, value in pairs:
        hours[_weekday(key)] = list(_windows(value))
    return hours


def _weekday(key: Any) -> int:
    text = str(key).strip().lower()
    if text.isdigit():
        return int(text)
    for index, name in enumerate(WEEKDAYS):
        if len(text) >= 2 and name.startswith(text):
            return index
    raise ValueError(f"not a weekday: {key!r}")


def _windows(value: Any) -> Sequence[tuple[time, time]]:
    if not value:
        return ()
    if isinstance(value, str):
        return [_window(part) for part in value.split(",") if "-" in part or "–" in part]
    if isinstance(value, Mapping):
        begin, end = (
            value.get("open") or value.get("from") or value.get("start"),
            value.get("close") or value.get("to") or value.get("end"),
        )
        return [(_time(begin), _time(end))]
    if len(value) == 2 and all(isinstance(part, str) and "-" not in part for part in value):
        return [(_time(value[0]), _time(value[1]))]
    windows: list[tuple[time, time]] = []
    for part in value:
        windows.extend(_windows(part))
    return windows


def _window(text: str) -> tuple[time, time]:
    begin, _, end = text.replace("–", "-").partition("-")
    return _time(begin), _time(end)


def _time(value: Any) -> time:
    if isinstance(value, time):
        return value
    hour, _, minute = str(value).strip().partition(":")
    if int(hour) >= 24:
        return time(23, 59)
    return time(int(hour), int(minute[:2] or 0))
