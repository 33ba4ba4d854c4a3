"""What managers may ask for in words (/today, /pause): apps list them in their Feature."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from bots.models import Manager
from bots.registry import brought


@dataclass(frozen=True, slots=True)
class CommandReply:
    """What is said, in a little HTML whose texts are escaped; `cards` are (subject, id) shown beneath it."""

    html: str
    cards: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """`run(manager, argument)` answers in the active language. `help` is translated lazily."""

    name: str
    help: Any
    run: Callable[[Manager, str], CommandReply]
    argument: Any = ""  # what to write behind it, for the list of commands


def all_commands() -> Mapping[str, Command]:
    return {command.name: command for command in brought("commands")}


def run_command(name: str, manager: Manager, argument: str) -> CommandReply:
    """Raises KeyError for a name that no app knows."""
    return all_commands()[name].run(manager, argument)
