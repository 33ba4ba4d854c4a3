"""State machines: one table of allowed transitions per kind of object, and the one way to take one.

An object's table names each transition, the statuses in which it begins and those to which it leads. Actions, the
statuses in which buttons are offered, the API's answers and the diagrams of docs/state-machines.md all read it.
"""

from collections.abc import Collection, Mapping
from datetime import datetime
from itertools import product
from typing import Any, ClassVar, NamedTuple

from django.db.models import F

from bots.models import Decision
from bots.staff.actors import Actor
from bots.staff.decisions import AlreadyDecided, already
from bots.staff.records import record


class Transition(NamedTuple):
    """From one of the statuses `start` to one of `to`.

    Without `to` the row stays where it is, or goes where the action says or what it writes down implies. `verb` is what
    the record calls it, where that is not the transition's name.
    """

    start: tuple[str, ...]
    to: tuple[str, ...] = ()
    verb: str = ""


class Transitions:
    """The table of one kind of object, and how its transitions are taken.

    A row is one of a model with a `status`, and a `version` that grows with every change.
    `subject` is the object's code in decisions, `words` what staff call each status, `attribute` the row's property
    that tells it, where that is more than the column. A change is one UPDATE that holds only from the status that was
    looked at: locks give the kind answer, this condition the guarantee.
    """

    stamps: ClassVar[Mapping[str, Any]] = {}  # columns that every change writes

    def __init__(
        self, subject: str, table: Mapping[str, Transition], *, words: Mapping[str, Any], attribute: str = "status"
    ) -> None:
        self.subject, self.table, self.words, self.attribute = subject, table, words, attribute

    def __getitem__(self, name: str) -> Transition:
        return self.table[name]

    def status(self, row: Any) -> str:
        """Return the status in which the row stands."""
        return str(getattr(row, self.attribute))

    def columns(self, to: str, *, reason: str, now: datetime | None) -> dict[str, Any]:
        """Return what a transition writes beside its own fields: the status, if it leads `to` one."""
        return {"status": to} if to else {}

    def allows(self, row: Any, *names: str) -> bool:
        """Tell whether any of these transitions begins where the row stands."""
        return any(self.status(row) in self.table[name].start for name in names)

    def start(self, name: str, *, but: Collection[str] = ()) -> tuple[str, ...]:
        """Return where the transition begins, less where one of those `but` does."""
        others = {status for other in but for status in self.table[other].start}
        return tuple(status for status in self.table[name].start if status not in others)

    def target(self, name: str, to: str = "") -> str:
        """Return where the transition leads; "" if the table leaves that open. Raises ValueError for another `to`."""
        allowed = self.table[name].to
        if to and allowed and to not in allowed:
            raise ValueError(f"{self.subject}: {name} does not lead to {to}.")
        return to or (allowed[0] if len(allowed) == 1 else "")

    def must_be(self, row: Any, *names: str) -> str:
        """Return the row's status. Raises AlreadyDecided, with who and when, if none of these can be taken from it."""
        status = self.status(row)
        if not any(status in self.table[name].start for name in names):
            raise self.already(row)
        return status

    def change(
        self, row: Any, name: str, *, by: Actor, to: str = "", reason: str = "", now: datetime | None = None, **new: Any
    ) -> Decision:
        """Take the transition: write the status and what is new, count the version up, record who did it.

        `to` is needed where the table does not say where it leads. Raises AlreadyDecided, with who and when, if the
        transition does not begin where the row stands, or somebody moved it meanwhile.
        """
        before = self.must_be(row, name)
        self.update(row, **{**self.columns(self.target(name, to), reason=reason, now=now), **new})
        return self.note(row, name, before, by, reason)

    def update(self, row: Any, **fields: Any) -> None:
        """Write fields and count the version up. Raises AlreadyDecided if the row is not in its status any more."""
        same = type(row)._default_manager.filter(pk=row.pk, status=row.status)
        if not same.update(**{**self.stamps, **fields, "version": F("version") + 1}):
            raise self.already(row)
        for name, value in fields.items():
            setattr(row, name, value)
        row.version += 1

    def note(self, row: Any, name: str, before: str, by: Actor, reason: str = "") -> Decision:
        """Record a transition that is written already, or one that changes no status."""
        return record(
            business_id=row.business_id,
            subject=self.subject,
            subject_id=row.pk,
            verb=self.table[name].verb or name,
            from_status=before,
            to_status=self.status(row),
            by=by,
            reason=reason,
        )

    def already(self, row: Any) -> AlreadyDecided:
        """Return the error for who comes second: the status in the database, and who brought the row there."""
        status = self.status(type(row)._default_manager.get(pk=row.pk))
        return already(self.subject, row.pk, status, str(self.words[status]))

    def diagram(self) -> str:
        """Return the table as a mermaid state diagram; a transition without `to` draws no arrow."""
        arrows: dict[tuple[str, str], list[str]] = {}
        for name, transition in self.table.items():
            for start, to in product(transition.start, transition.to):
                arrows.setdefault((start, to), []).append(name)
        first = {start for start, _ in arrows} - {to for _, to in arrows}
        lines = [f"    [*] --> {status}" for status in self.words if status in first]
        lines += [f"    {start} --> {to}: {', '.join(names)}" for (start, to), names in arrows.items()]
        return "\n".join(["stateDiagram-v2", *lines])
