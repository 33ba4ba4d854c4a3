"""What managers may ask for in words (/today, /pause): lists named by `settings.STAFF_COMMANDS`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from bots.models import Manager


@dataclass(frozen=True, slots=True)
class Answer:
    """What is said, in a little HTML whose texts are escaped; `cards` are (subject, id) shown beneath it."""

    html: str
    cards: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class Command:
    """`run(manager, argument)` answers in the active language. `help` is translated lazily."""

    name: str
    help: Any
    run: Callable[[Manager, str], Answer]
    argument: Any = ""  # what to write behind it, for the list of commands


@lru_cache(maxsize=1)
def all_commands() -> Mapping[str, Command]:
    return {command.name: command for path in settings.STAFF_COMMANDS for command in import_string(path)}


def run_command(name: str, manager: Manager, argument: str) -> Answer:
    """Raises KeyError for a name that no app knows."""
    return all_commands()[name].run(manager, argument)
