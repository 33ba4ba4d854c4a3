"""Two readings of one message, the rules' and a model's, made into one. Pure.

- What the rules found stands explicitly in the text, with its span, and was resolved by the calendar: where both found
  a field and differ, the rules' value counts and the difference is written down for staff.
- What only the model found fills the gap, if it can be true: a day that exists and is not past, a time, a number of
  people that a booking can have, a service from this business's own list.
- Questions count only if they are the customer's own words. Intents are added, never taken away, except “other”.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from typing import Any

from bots.language import LANGUAGES, Understanding

INTENTS = (
    "book", "change", "cancel", "my_booking", "ask", "affirm", "deny", "greet", "thank", "human", "complaint", "stop",
    "other",
)  # fmt: skip
# What only the rules may read, because something is done upon it: silence, a request, a cancellation.
ONLY_RULES = {"stop", "affirm", "cancel"}
HORIZON = timedelta(days=400)
MOST_PEOPLE = 100
MODEL_SCORE = 0.6
MOST_QUESTIONS = 4

Facts = dict[str, Any]


def reconcile(
    rules: Understanding, model: Mapping[str, Any], *, text: str, now: datetime, services: Mapping[str, str]
) -> tuple[Understanding, list[Facts]]:
    """One understanding, and where the two differed: [{"field", "rules", "model"}]."""
    read = _readable(model, now, services)
    fields: Facts = {}
    differ: list[Facts] = []
    for name, value in read.items():
        own = getattr(rules, name)
        if own is None:
            if _fits(name, rules):
                fields[name] = value
        elif own != value:
            differ.append({"field": name, "rules": str(own), "model": str(value)})
    if fields.get("date_end") and not (rules.date or fields.get("date")):
        fields.pop("date_end")
    language = model.get("language")
    if language in LANGUAGES and language != rules.lang and rules.lang_score < 0.5:
        fields["lang"] = language
    fields["questions"] = rules.questions or _own_questions(model.get("questions"), text)
    fields |= _intents(rules, model)
    return replace(rules, **fields), differ


def _fits(name: str, rules: Understanding) -> bool:
    """Whether a gap may be filled: not beside what the rules read as several days or times, nor against a problem."""
    if name in ("date", "date_end"):
        return not (rules.alternatives or rules.excluded or rules.date_end)
    if name in ("time", "end_time"):
        return not (rules.time_alternatives or rules.end_time)
    return True


def _readable(model: Mapping[str, Any], now: datetime, services: Mapping[str, str]) -> Facts:
    """Return the model's fields that can be true, typed."""
    read: Facts = {
        "date": _day(model.get("date"), now),
        "date_end": _day(model.get("date_end"), now),
        "time": _clock(model.get("time")),
        "end_time": _clock(model.get("end_time")),
        "people": _number(model.get("people"), MOST_PEOPLE),
        "duration_minutes": _number(model.get("duration_minutes"), 24 * 60),
        "service": str(model.get("service")) if str(model.get("service")) in services else None,
    }
    if read["date"] and read["date_end"] and read["date_end"] <= read["date"]:
        read["date_end"] = None
    return {name: value for name, value in read.items() if value is not None}


def _day(value: Any, now: datetime) -> date | None:
    try:
        day = datetime.strptime(str(value), "%Y-%m-%d").date()
    except ValueError:
        return None
    return day if now.date() <= day <= now.date() + HORIZON else None


def _clock(value: Any) -> time | None:
    try:
        return time.fromisoformat(str(value)[:5]) if isinstance(value, str) and ":" in value else None
    except ValueError:
        return None


def _number(value: Any, most: int) -> int | None:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 < value <= most else None


def _own_questions(given: Any, text: str) -> tuple[str, ...]:
    """Return only what the customer wrote: a question that a model makes up is none."""
    plain = _plain(text)
    found = [one.strip() for one in given if isinstance(one, str)] if isinstance(given, list) else []
    return tuple(one for one in found if one and _plain(one) in plain)[:MOST_QUESTIONS]


def _plain(text: str) -> str:
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text.casefold()).split())


def _intents(rules: Understanding, model: Mapping[str, Any]) -> Facts:
    given = model.get("intents")
    named = [one for one in given if one in INTENTS and one not in ONLY_RULES] if isinstance(given, list) else []
    new = [one for one in dict.fromkeys(named) if not rules.has(one) and one != "other"]
    if not new:
        return {}
    kept = [(name, score) for name, score in rules.intents if name != "other"]
    merged = (*kept, *((name, MODEL_SCORE) for name in new))
    return {"intents": merged, "intent": rules.intent if rules.intent != "other" else merged[0][0]}
