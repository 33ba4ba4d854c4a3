"""Whether what is configured works: one reading question to each service, answered in plain words.

Apps list the functions that ask in their Feature; `manage.py check_setup` runs them.
"""

import logging
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from django.db import DatabaseError

from bots.models import Bot
from bots.registry import brought

logger = logging.getLogger(__name__)

OK, LOOK, WRONG, OFF = "works", "look at it", "does not work", "not set up"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """How one service is. `words` say what was found, `todo` what a person should do about it."""

    service: str
    state: str
    words: str
    todo: str = ""


Check = Callable[[Bot | None], Iterable[Finding]]


def findings(bot: Bot | None) -> Iterator[Finding]:
    """Of this bot, or of everything. A check that breaks is a finding too; without a database the rest is not asked."""
    for check in brought("setup_checks"):
        try:
            yield from check(bot)
        except DatabaseError:
            words = "It cannot be asked about without the database and its tables."
            yield Finding(service="Everything else", state=WRONG, words=words, todo="See to the database first.")
            return
        except Exception as error:
            logger.exception("a check of the setup broke")
            name = check.__module__
            yield Finding(service=name, state=WRONG, words=f"The check itself broke ({type(error).__name__}).",
                          todo="See the log; this is a fault of ours.")  # fmt: skip
