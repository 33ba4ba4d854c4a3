"""The standard verdict: what was promised, held against the tables, Meta's stand-in and the agent's traces."""

import json
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import quantiles
from typing import Any

from conversations import invariants
from tests.faults.rig import Rig
from tests.standins.graph import Delivered


@dataclass
class Verdict:
    """Every list is empty when all went well; `numbers` is for the reader."""

    not_stored: list[str] = field(default_factory=list)  # thanked for and not in the tables
    lost: list[str] = field(default_factory=list)  # never answered
    answered_twice: list[str] = field(default_factory=list)
    overlaps: list[int] = field(default_factory=list)  # two turns of a conversation thinking at once
    out_of_order: list[str] = field(default_factory=list)
    unflagged_duplicates: list[str] = field(default_factory=list)
    unfinished: list[str] = field(default_factory=list)
    broken: dict[str, list[int]] = field(default_factory=dict)  # invariants
    numbers: dict[str, Any] = field(default_factory=dict)

    @property
    def faults(self) -> dict[str, Any]:
        return {name: value for name, value in vars(self).items() if value and name != "numbers"}

    def assert_good(self) -> None:
        assert not self.faults, json.dumps({"faults": self.faults, "numbers": self.numbers}, indent=1)

    def __str__(self) -> str:
        return json.dumps(self.numbers | {"faults": {name: len(value) for name, value in self.faults.items()}})


def check(rig: Rig, **numbers: Any) -> Verdict:
    """Judge what has come to rest, and print the report line."""
    deliveries = rig.deliveries()
    verdict = Verdict(
        not_stored=_not_stored(rig),
        lost=_lost(rig, deliveries),
        answered_twice=_answered_twice(rig),
        overlaps=_overlaps(rig),
        out_of_order=_out_of_order(deliveries, rig),
        unfinished=_unfinished(rig),
        broken={name: [row[0] for row in rows] for name, rows in _broken(rig).items()},
    )
    duplicates = _duplicates(rig, deliveries)
    verdict.unflagged_duplicates = [text for text, flagged in duplicates.items() if not flagged]
    verdict.numbers = numbers | {
        "kills": rig.kills,
        "messages": len(rig.customers.written),
        "replies": len({one.text for one in deliveries}),
        "duplicates": len(duplicates),
        "uncertain": _uncertain(rig),
        "turns": dict(rig.sql("SELECT outcome, count(*) FROM conversations_turn GROUP BY 1")),
        "thoughts": len(traces(rig, "begin")),
        **_latencies(rig, deliveries),
    }
    print(f"\n{verdict}")
    return verdict


def names(text: str) -> list[str]:
    """The messages that a reply of the Tracer answers."""
    return text.removeprefix("re ").split()


def _not_stored(rig: Rig) -> list[str]:
    stored = {row[0] for row in rig.sql("SELECT text FROM conversations_message WHERE author = 'customer'")}
    return [name for name, one in rig.customers.written.items() if one.acked_at and name not in stored]


def _lost(rig: Rig, deliveries: list[Delivered]) -> list[str]:
    answered = {name for one in deliveries for name in names(one.text)}
    return [name for name in rig.customers.written if name not in answered]


def _answered_twice(rig: Rig) -> list[str]:
    """Named in two replies; the same reply delivered twice is a duplicate, judged elsewhere."""
    replies = rig.sql("SELECT text FROM conversations_message WHERE author = 'bot' AND status <> 'cancelled'")
    times = Counter(name for (text,) in replies for name in names(text))
    return [name for name, count in times.items() if count > 1]


def traces(rig: Rig, what: str) -> list[dict[str, Any]]:
    lines = rig.trace.read_text().splitlines() if rig.trace.exists() else []
    return [one for one in map(json.loads, lines) if one["what"] == what]


def _overlaps(rig: Rig) -> list[int]:
    """Conversations with two thoughts at the same moment, of those that came to an end."""
    ends: dict[tuple[int, int], list[float]] = defaultdict(list)
    for one in traces(rig, "end"):
        ends[one["conversation"], one["pid"]].append(one["at"])
    spans: dict[int, list[tuple[float, float]]] = defaultdict(list)
    for one in traces(rig, "begin"):
        later = [at for at in ends[one["conversation"], one["pid"]] if at >= one["at"]]
        if later:
            spans[one["conversation"]].append((one["at"], min(later)))
    found = []
    for conversation, own in spans.items():
        own.sort()
        if any(after[0] < before[1] for before, after in pairwise(own)):
            found.append(conversation)
    return found


def _out_of_order(deliveries: list[Delivered], rig: Rig) -> list[str]:
    """Replies that left before an earlier one of the same conversation; only the first copy counts."""
    rows = rig.sql(
        "SELECT m.text, c.peer, m.seq FROM conversations_message m "
        "JOIN conversations_conversation c ON c.id = m.conversation_id WHERE m.author <> 'customer'"
    )
    number = {(peer, text): seq for text, peer, seq in rows}
    latest: dict[str, int] = defaultdict(int)
    seen, found = set(), []
    for one in deliveries:
        key = (one.customer, one.text)
        if key in seen:
            continue
        seen.add(key)
        if number.get(key, 0) < latest[one.customer]:
            found.append(one.text)
        latest[one.customer] = max(latest[one.customer], number.get(key, 0))
    return found


def _duplicates(rig: Rig, deliveries: list[Delivered]) -> dict[str, bool]:
    """Texts that were delivered more than once, each with whether its row says that this may be so."""
    times = Counter((one.customer, one.text) for one in deliveries)
    flagged = {row[0] for row in rig.sql("SELECT text FROM conversations_message WHERE maybe_duplicate")}
    return {text: text in flagged for (_, text), count in times.items() if count > 1}


def _uncertain(rig: Rig) -> int:
    """How many messages were once in doubt: sent again with a flag, or left as unknown."""
    rows = rig.sql("SELECT count(*) FROM conversations_message WHERE maybe_duplicate OR status = 'unknown'")
    return int(rows[0][0])


def _unfinished(rig: Rig) -> list[str]:
    rows = rig.sql("SELECT status, text FROM conversations_message WHERE status IN ('queued', 'sending')")
    rows += rig.sql("SELECT mode, peer FROM conversations_conversation WHERE answered_seq < last_inbound_seq")
    return [" ".join(row) for row in rows]


def _broken(rig: Rig) -> dict[str, list[Any]]:
    return {name: rows for name, query in invariants.QUERIES.items() if (rows := rig.sql(query))}


def _latencies(rig: Rig, deliveries: list[Delivered]) -> dict[str, float]:
    """Seconds from the thanks for a message to the first reply that names it."""
    first: dict[str, float] = {}
    for one in deliveries:
        for name in names(one.text):
            first.setdefault(name, one.at)
    waits = sorted(
        first[name] - one.acked_at for name, one in rig.customers.written.items() if name in first and one.acked_at
    )
    if len(waits) < 2:
        return {}
    cuts = quantiles(waits, n=100, method="inclusive")
    return {"p50": round(cuts[49], 2), "p95": round(cuts[94], 2), "max": round(waits[-1], 2)}
