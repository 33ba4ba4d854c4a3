"""What a table of transitions promises: an action begins where the table says and leads there, or changes nothing."""

from collections.abc import Callable
from typing import Any

import pytest

from bots.models import Decision
from bots.staff.decisions import AlreadyDecided
from bots.staff.transitions import Transitions
from conversations.models import Message


def check(table: Transitions, row: Any, act: Callable[[Any], Any], *names: str) -> None:
    """Try the action, which takes the one of these transitions that begins where the row stands, if any does."""
    rows = type(row).objects.filter(pk=row.pk)
    before, status = rows.values().get(), table.status(row)
    name = next((one for one in names if status in table[one].start), None)
    if name is None:
        with pytest.raises(AlreadyDecided):
            act(row)
        assert rows.values().get() == before
        assert not Decision.objects.exists()
        assert not Message.objects.exists()
        return
    act(row)
    to, verb = table[name].to, table[name].verb or name
    if to:
        assert table.status(rows.get()) in to
        decisions = Decision.objects.filter(subject=table.subject, subject_id=row.pk)
        assert (decisions.earliest("pk").from_status, decisions.latest("pk").verb) == (status, verb)
        assert decisions.latest("pk").to_status == table.status(rows.get())
