"""What many talks show, as a table for people and as plain values for machines."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from bots.registry import brought
from conversations.evaluation.faults import INVARIANTS, SAYS, Fault, Kind
from conversations.evaluation.playing import Result

FEW = 8  # talks: below that a share says little, and is marked so


class Report:
    """The figures of some talks of one bot."""

    def __init__(self, bot: str, part: str, agent: str, results: Sequence[Result]) -> None:
        self.bot, self.part, self.agent, self.results = bot, part, agent, results

    @property
    def success(self) -> float:
        return share(result.succeeded for result in self.results)

    @property
    def faulty(self) -> float:
        """The share of turns with a fault."""
        turns = sum(result.turns for result in self.results)
        return sum(result.faulty_turns for result in self.results) / turns if turns else 0.0

    def faults(self) -> Iterator[Fault]:
        for result in self.results:
            yield from result.faults

    def kinds(self) -> Counter[Kind]:
        return Counter(fault.kind for fault in self.faults())

    def by(self, key: Callable[[Result], Iterable[str]]) -> dict[str, list[Result]]:
        found: dict[str, list[Result]] = {}
        for result in self.results:
            for name in key(result):
                found.setdefault(name, []).append(result)
        return dict(sorted(found.items()))

    def worst(self, count: int) -> list[Result]:
        """Return the talks that went worst: those that failed, with the most faults for their length."""
        return sorted(self.results, key=lambda one: (one.succeeded, -len(one.faults), one.id))[:count]

    # --- for people --------------------------------------------------------------------------------------------------

    def lines(self) -> Iterator[str]:
        count, turns = len(self.results), sum(result.turns for result in self.results)
        yield f"{self.bot}: {count} talks, {turns} turns, by {self.agent}, phrasings: {self.part}"
        yield f"  {percent(self.success)} reached their goal; {percent(self.faulty)} of the turns had a fault"
        yield ""
        yield from self._table("language", self.by(lambda one: (one.language,)), {})
        goals = {goal.code: goal.says for goal in brought("goals")}
        yield from self._table("goal", self.by(lambda one: (one.goal,)), goals)
        ways = {one.code: one.says for one in brought("behaviours")} | {"": "nothing in particular"}
        yield from self._table("behaviour", self.by(lambda one: one.behaviours or ("",)), ways)
        yield from self._faults(turns)

    def _table(self, title: str, groups: dict[str, list[Result]], says: dict[str, str]) -> Iterator[str]:
        yield f"  {title:48} {'talks':>6} {'reached':>8} {'faulty turns':>13}"
        for name, results in groups.items():
            part = Report(self.bot, self.part, self.agent, results)
            label = says.get(name, name)
            mark = "  (few)" if len(results) < FEW else ""
            yield f"    {label:46} {len(results):6} {percent(part.success):>8} {percent(part.faulty):>13}{mark}"
        yield ""

    def _faults(self, turns: int) -> Iterator[str]:
        kinds = self.kinds()
        yield f"  {'invariant':74} {'broken':>6} {'per 100 turns':>14}"
        yield from (self._fault(kind, kinds[kind], turns) for kind in INVARIANTS)
        yield f"  {'fault':74} {'seen':>6} {'per 100 turns':>14}"
        others = [kind for kind, _ in kinds.most_common() if kind not in INVARIANTS]
        yield from (self._fault(kind, kinds[kind], turns) for kind in others)

    def _fault(self, kind: Kind, count: int, turns: int) -> str:
        return f"    {SAYS[kind]:72} {count:6} {100 * count / turns if turns else 0:14.1f}"

    # --- for machines ------------------------------------------------------------------------------------------------

    def as_json(self) -> dict[str, Any]:
        return {
            "bot": self.bot,
            "phrasings": self.part,
            "agent": self.agent,
            "talks": len(self.results),
            "turns": sum(result.turns for result in self.results),
            "success": round(self.success, 4),
            "faulty_turns": round(self.faulty, 4),
            "languages": self._shares(lambda one: (one.language,)),
            "goals": self._shares(lambda one: (one.goal,)),
            "behaviours": self._shares(lambda one: one.behaviours or ("none",)),
            "invariants": {kind.name.lower(): self.kinds()[kind] for kind in INVARIANTS},
            "faults": {kind.name.lower(): self.kinds()[kind] for kind in Kind if kind not in INVARIANTS},
            "microdollars": sum(result.microdollars for result in self.results),
            "results": [
                {
                    "id": one.id,
                    "goal": one.goal,
                    "behaviours": list(one.behaviours),
                    "succeeded": one.succeeded,
                    "turns": one.turns,
                    "needs": one.needs,
                    "faults": [[fault.turn, fault.kind.name.lower(), fault.note] for fault in one.faults],
                }
                for one in self.results
            ],
        }

    def _shares(self, key: Callable[[Result], Iterable[str]]) -> dict[str, dict[str, float]]:
        found = {}
        for name, results in self.by(key).items():
            part = Report(self.bot, self.part, self.agent, results)
            found[name] = {
                "talks": len(results),
                "success": round(part.success, 4),
                "faulty_turns": round(part.faulty, 4),
            }
        return found


def share(flags: Iterable[bool]) -> float:
    found = list(flags)
    return sum(found) / len(found) if found else 0.0


def percent(value: float) -> str:
    return f"{100 * value:.0f} %"


def talk_lines(result: Result) -> Iterator[str]:
    """Return a talk as it went, with what was wrong beside each turn."""
    ways = ", ".join(result.behaviours) or "nothing in particular"
    mark = "reached" if result.succeeded else "NOT reached"
    yield f"{result.id}  {result.goal} ({ways}): {mark}, {result.turns} turns, needs {result.needs}"
    yield from (f"    {line}" for line in result.lines)
