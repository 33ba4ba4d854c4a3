"""Whether payments work, in plain words (`manage.py check_setup`)."""

from collections.abc import Iterator

from bots.models import Bot
from bots.setup import Finding


def check(bot: Bot | None) -> Iterator[Finding]:
    """One reading question to the provider."""
    return iter(())
