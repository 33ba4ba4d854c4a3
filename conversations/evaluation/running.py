"""Plays many talks with copies of a bot: draws goals and behaviours by their rates, on several processes."""

import gc
import multiprocessing
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import connections
from django.db.backends.postgresql.base import DatabaseWrapper

from bots import wakeups
from bots.models import Bot
from bots.registry import brought
from conversations.evaluation import bank, sandbox
from conversations.evaluation.goals import Behaviour, Goal, NotPossible
from conversations.evaluation.playing import Result, Talk, set_clock

MOST_BEHAVIOURS = 4
TRIES = 20  # goals that are drawn before a business is taken to have none
AT_ONCE = 4  # talks that a process takes at a time


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be played: the talk with an id is the same for the same bot and day."""

    bot: str
    languages: tuple[str, ...]
    count: int
    seed: int = 1
    part: str = bank.SEEN
    agent: str = Bot.Agent.RULES
    only: str = ""  # the id of one talk

    def ids(self) -> list[tuple[str, str]]:
        """Return each talk's id and language; the languages take turns."""
        found = [
            (f"{language}-{self.seed}-{number // len(self.languages)}", language)
            for number in range(self.count)
            for language in [self.languages[number % len(self.languages)]]
        ]
        return [one for one in found if not self.only or one[0] == self.only]


def simulate(
    plan: Plan,
    *,
    jobs: int = 1,
    tell: Callable[[Result], None] = lambda _: None,
    prepare: Callable[[Bot], None] = lambda _: None,
) -> list[Result]:
    """Play all talks of a plan on so many processes, each with a copy of its own, which is taken away at the end.

    `tell` hears of each talk as it ends; `prepare` may change each copy before.
    """
    bot = Bot.objects.select_related("business").get(slug=plan.bot)
    ids, results, copies = plan.ids(), [], []
    with wakeups.silenced():
        try:
            for _ in range(max(jobs, 1)):
                copies.append(sandbox.copy_of(bot, agent=plan.agent))
                prepare(copies[-1])
            for result in _played(plan, ids, copies):
                tell(result)
                results.append(result)
        finally:
            for copy in copies:
                sandbox.remove(copy)
    order = {id: place for place, (id, _) in enumerate(ids)}
    return sorted(results, key=lambda result: order[result.id])


def _played(plan: Plan, ids: Sequence[tuple[str, str]], copies: Sequence[Bot]) -> Iterator[Result]:
    if len(copies) == 1:
        player = _Player(plan, copies[0])
        yield from (player.play(*each) for each in ids)
        return
    for connection in connections.all():  # neither a connection nor the threads of a pool go on in a child
        connection.close()
        if isinstance(connection, DatabaseWrapper):
            connection.close_pool()
    context = multiprocessing.get_context("fork")
    waiting: Any = context.SimpleQueue()
    for copy in copies:
        waiting.put(copy.pk)
    with context.Pool(len(copies), initializer=_begin, initargs=(plan, waiting)) as pool:
        yield from pool.imap_unordered(_play, ids, chunksize=AT_ONCE)


_player: "_Player | None" = None  # of a child process


def _begin(plan: Plan, waiting: Any) -> None:
    """Take one of the copies. Nothing that is written to it needs to outlive a power cut, or to be looked through."""
    global _player
    options = connections["default"].settings_dict["OPTIONS"]
    options["options"] = f"{options.get('options', '')} -c synchronous_commit=off"
    gc.freeze()
    _player = _Player(plan, Bot.objects.select_related("business").get(pk=waiting.get()))


def _play(each: tuple[str, str]) -> Result:
    assert _player is not None
    return _player.play(*each)


class _Player:
    """Plays talks with one copy, one after another."""

    def __init__(self, plan: Plan, copy: Bot) -> None:
        self.plan, self.copy = plan, copy
        self.goals: list[type[Goal]] = [goal for goal in brought("goals") if goal.fits(copy)]

    def play(self, id: str, language: str) -> Result:
        """Draw what this customer wants and how they go about it, and play it. Raises NotPossible."""
        rng = Random(f"{self.plan.bot} {id}")  # noqa: S311 - customers, no secrets
        for _ in range(TRIES):
            goal = rng.choices(self.goals, [one.weight for one in self.goals])[0]
            behaviours = _drawn(goal, rng)
            at_night = goal.at_night or any(one.at_night for one in behaviours)
            set_clock(self.copy.business, rng, at_night=at_night)
            sandbox.free(self.copy.business)
            talk = Talk(self.copy, id=id, rng=rng, language=language, part=self.plan.part)
            try:
                talk.take_up(goal, behaviours)
            except NotPossible:
                continue
            return talk.play()
        raise NotPossible(f"“{self.plan.bot}” has nothing that customers could want of it.")


def _drawn(goal: type[Goal], rng: Random) -> tuple[Behaviour, ...]:
    """Return the behaviours of one customer, each by its rate, of a group the first that was drawn."""
    fitting = [one for one in brought("behaviours") if goal.code in one.goals]
    rng.shuffle(fitting)
    found: list[Behaviour] = []
    for one in fitting:
        taken = one.group and any(other.group == one.group for other in found)
        if len(found) < MOST_BEHAVIOURS and not taken and rng.random() < one.rate:
            found.append(one)
    return tuple(found)
