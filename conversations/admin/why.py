"""Why the bot said that, in plain words instead of JSON: what it understood, what was open before, which tools it
called and by which rules it decided.
"""

import calendar
import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bots.staff.presentation import language_name, one_line, printable
from conversations.dialogue.representation import Reader, as_it_was, joined, label
from conversations.models import LLMCall, Turn

AGENTS = {"rules": "Rules", "llm": "Language model"}
LONGEST = 240
WHOLE_MINUTE = re.compile(r"\d\d:\d\d:00")
HIDDEN = {"span", "start", "end", "score", "confidence"}
TOLD_APART = {
    "lang", "lang_score", "intent", "intents", "spans", "open_ended", "acts", "answer", "unclear", "excluded",
}  # fmt: skip
ACTS = {
    "inform": "tells", "correct": "corrects", "exclude": "rules out", "select": "chooses", "accept": "agrees",
    "decline": "says no", "defer": "puts it off", "ask": "asks", "request": "wants it done", "change": "wants a change",
    "cancel": "cancels", "status": "asks where it stands", "repeat": "asks to hear it again",
    "ask_total": "asks for the total", "ask_end": "asks when it ends", "ask_duration": "asks how long it takes",
    "ask_when": "asks when the visit is", "greet": "greets", "thank": "thanks", "complain": "complains",
    "urgent": "says it is urgent", "stop": "wants no more messages", "human": "wants a person",
    "bot": "asks whether this is a bot", "chat": "makes small talk",
}  # fmt: skip
ANSWERS = {"yes": "a firm yes", "but": "yes, but something else in it", "later": "puts it off", "no": "no"}
UNCLEAR = {"weekday_differs": "day and date differ", "past": "it is past", "number": "the number may mean either",
           "several": "several were named"}  # fmt: skip


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
    before: list[tuple[str, str]]  # what was going on when the customer wrote
    called: list[Called]
    decided: list[str]  # by which rules
    asked: list[Asked]
    took: str
    error: str


def why(turn: Turn, text: str, reader: Reader) -> Explanation:
    """What stands behind one answer. `text` is what the customer had written: fields tell the words they come from.

    Reads `turn.llm_calls`: prefetch them for many turns. `reader` is of the conversation's business.
    """
    seconds = (turn.finished_at - turn.started_at).total_seconds()
    return Explanation(
        agent=AGENTS.get(turn.agent, turn.agent),
        understood=understood_lines(turn.understood, text),
        before=reader.lines(as_it_was(turn.before), turn.started_at),
        called=[
            Called(label(str(step.get("tool", ""))), pairs(step.get("arguments")), pairs(step.get("facts")))
            for step in turn.steps
            if isinstance(step, dict)
        ],
        decided=[_as_sentence(rule) for rule in turn.rules],
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
    """Language, wishes, what the message does and answers, and each field with the words it was read from."""
    if not isinstance(understood, dict):
        return []
    intents = [str(one[0] if isinstance(one, list) else one) for one in understood.get("intents") or []]
    lines = [
        ("Language", language_name(str(understood.get("lang") or ""))),
        ("Wants", ", ".join(label(intent).lower() for intent in intents)),
        ("Does", _does(understood.get("acts") or [], text)),
        ("Answers", ANSWERS.get(str(understood.get("answer") or ""), "")),
        ("Not", joined([_excluded(day) for day in understood.get("excluded") or []], "or")),
        *(("Unclear", _unclear(one)) for one in understood.get("unclear") or []),
    ]
    words = {span["field"]: _cut(text, span) for span in understood.get("spans") or [] if "field" in span}
    for name, fact in understood.items():
        told = "" if name in TOLD_APART or fact is False else value(fact)
        if told:
            read_from = printable(words.get(name, ""), 60)
            lines.append((label(name), f"{told} (from “{read_from}”)" if read_from and read_from != told else told))
    return [(name, told) for name, told in lines if told]


def _cut(text: str, span: dict[str, Any]) -> str:
    start, end = span.get("start"), span.get("end")
    return text[start:end] if isinstance(start, int) and isinstance(end, int) and 0 <= start < end <= len(text) else ""


def _does(acts: list[dict[str, Any]], text: str) -> str:
    """Return “tells, asks how long it takes (“na 17, ile to trwa?”)”, clause by clause."""
    clauses: dict[tuple[Any, Any], list[str]] = {}
    for act in acts:
        kind = str(act.get("kind", ""))
        told = ACTS.get(kind, label(kind).lower())
        told = told if act.get("sure", True) else f"taken to mean: {told}"
        clauses.setdefault((act.get("start"), act.get("end")), []).append(told)
    lines = []
    for (start, end), kinds in clauses.items():
        clause = one_line(_cut(text, {"start": start, "end": end}), 60)
        lines.append(f"{', '.join(kinds)} (“{clause}”)" if clause else ", ".join(kinds))
    return "; ".join(lines)


def _excluded(day: Any) -> str:
    """Return a weekday by its number (Monday is 0), or a date."""
    return calendar.day_name[day] if isinstance(day, int) and 0 <= day < 7 else value(day)


def _unclear(one: dict[str, Any]) -> str:
    """Return “date: Friday 18 December 2026 or Wednesday 16 December 2026 (day and date differ)”."""
    reason = str(one.get("why", ""))
    readings = joined([value(reading) for reading in one.get("values") or []], "or")
    return f"{label(str(one.get('field', ''))).lower()}: {readings} ({UNCLEAR.get(reason, label(reason).lower())})"


def _as_sentence(rule: Any) -> str:
    text = printable(str(rule), LONGEST)
    return text[:1].upper() + text[1:]


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
    """Return an ISO day, time or moment as a person writes it; any other text as it is."""
    if WHOLE_MINUTE.fullmatch(text):
        return text[:5]
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
