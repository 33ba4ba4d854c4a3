"""Why the bot said that: what it understood and which tools it called, in plain words instead of JSON."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bots.staff.presentation import language_name, printable
from conversations.models import LLMCall, Turn

AGENTS = {"rules": "Rules", "llm": "Language model"}
LONGEST = 240
HIDDEN = {"span", "start", "end", "score", "confidence"}
TOLD_APART = {"lang", "lang_score", "intent", "intents", "spans", "open_ended"}


@dataclass(frozen=True, slots=True)
class Called:
    tool: str
    asked: list[tuple[str, str]]
    said: list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One request to a language model."""

    purpose: str
    model: str
    tokens: str
    cost: str
    took: str
    outcome: str


@dataclass(frozen=True, slots=True)
class Explanation:
    agent: str
    fallback: str
    understood: list[tuple[str, str]]
    called: list[Called]
    asked: list[Asked]
    took: str
    error: str


def why(turn: Turn, text: str = "") -> Explanation:
    """What stands behind one answer. `text` is what the customer had written: fields tell the words they come from.

    Reads `turn.llm_calls`: prefetch them for many turns.
    """
    seconds = (turn.finished_at - turn.started_at).total_seconds()
    return Explanation(
        agent=AGENTS.get(turn.agent, turn.agent),
        understood=understood_lines(turn.understood, text),
        called=[
            Called(label(str(step.get("tool", ""))), pairs(step.get("arguments")), pairs(step.get("facts")))
            for step in turn.steps
            if isinstance(step, dict)
        ],
        fallback=printable(turn.fallback, LONGEST),
        asked=[_asked(call) for call in sorted(turn.llm_calls.all(), key=lambda call: call.pk)],
        took=f"{seconds:.1f} s",
        error=printable(turn.error),
    )


def _asked(call: LLMCall) -> Asked:
    cached = f", {call.cached_tokens} of them cached" if call.cached_tokens else ""
    version = f" (prompt {call.prompt_version})" if call.prompt_version else ""
    return Asked(
        purpose=f"{label(call.purpose)}{version}",
        model=printable(call.model, 60),
        tokens=f"{call.input_tokens} in{cached}, {call.output_tokens} out",
        cost=f"${call.cost_microdollars / 1_000_000:.5f}",
        took=f"{call.latency_ms / 1000:.1f} s",
        outcome=printable(f"{call.outcome}: {call.error}" if call.error else call.outcome, 120),
    )


def understood_lines(understood: Any, text: str) -> list[tuple[str, str]]:
    """Language, wishes, and each field with the words it was read from."""
    if not isinstance(understood, dict):
        return []
    intents = [str(one[0] if isinstance(one, list) else one) for one in understood.get("intents") or []]
    lines = [
        ("Language", language_name(str(understood.get("lang") or ""))),
        ("Wants", ", ".join(label(intent).lower() for intent in intents)),
    ]
    words = {span["field"]: _cut(text, span) for span in understood.get("spans") or [] if "field" in span}
    for name, fact in understood.items():
        told = "" if name in TOLD_APART else value(fact)
        if told:
            read_from = printable(words.get(name, ""), 60)
            lines.append((label(name), f"{told} (from “{read_from}”)" if read_from and read_from != told else told))
    return [(name, told) for name, told in lines if told]


def _cut(text: str, span: dict[str, Any]) -> str:
    start, end = span.get("start"), span.get("end")
    return text[start:end] if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text) else ""


def label(name: str) -> str:
    return name.replace("_", " ").strip().capitalize()


def pairs(facts: Any) -> list[tuple[str, str]]:
    """Return a dict of facts as lines (label, value); empty ones are left out."""
    if not isinstance(facts, dict):
        return [("", text)] if (text := value(facts)) else []
    lines = []
    for name, fact in facts.items():
        text = language_name(str(fact)) if name == "language" else value(fact)
        if text and name not in ("text", "raw"):
            lines.append((label(str(name)), text))
    return lines


def value(fact: Any) -> str:
    """One fact as a person would write it."""
    if fact is None or fact in ("", [], {}):
        return ""
    if isinstance(fact, bool):
        return "yes" if fact else "no"
    if isinstance(fact, dict):
        return printable(_of_dict(fact), LONGEST)
    if isinstance(fact, (list, tuple)):
        return printable(", ".join(filter(None, (value(one) for one in fact))), LONGEST)
    return printable(_moment(str(fact)), LONGEST)


def _moment(text: str) -> str:
    """Return an ISO day or moment as a person writes it; any other text as it is."""
    try:
        at = datetime.fromisoformat(text) if text[4:5] == "-" and text[7:8] == "-" else None
    except ValueError:
        return text
    if at is None:
        return text
    day = f"{at:%A} {at.day} {at:%B} {at.year}"
    return day if len(text) == 10 else f"{day}, {at:%H:%M}"


def _of_dict(fact: dict[str, Any]) -> str:
    """“17:00 (from “na 17”)” for what has a value and the words it was read from; else its parts."""
    words = fact.get("text") or fact.get("words") or ""
    main = fact.get("value", fact.get("name"))
    if main is not None:
        return f"{value(main)} (from “{words}”)" if words and str(words) != value(main) else value(main)
    parts = [
        f"{label(str(name)).lower()} {value(one)}" for name, one in fact.items() if name not in HIDDEN and value(one)
    ]
    return "; ".join(parts)
