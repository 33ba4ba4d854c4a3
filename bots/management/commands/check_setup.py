"""manage.py check_setup"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from bots.models import Bot
from bots.setup import LOOK, OFF, OK, WRONG, Finding, findings

MARKS = {OK: ("✓", "SUCCESS"), LOOK: ("!", "WARNING"), WRONG: ("✗", "ERROR"), OFF: ("–", "HTTP_NOT_MODIFIED")}


class Command(BaseCommand):
    help = "Says for every configured service whether it works, and what to do if not. One reading question to each."
    requires_system_checks: list[str] = []  # what is wrong is to be told, not to keep us from telling

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bot", nargs="?", help="only what this bot uses (its slug)")

    def handle(self, *args: Any, **options: Any) -> None:
        """Ends with an error if anything does not work, for scripts."""
        found = []
        for finding in findings(self._bot(options["bot"])):
            self._say(finding)
            found.append(finding.state)
        wrong, look = found.count(WRONG), found.count(LOOK)
        if wrong:
            raise CommandError(f"{wrong} of {len(found) - found.count(OFF)} services that are set up do not work.")
        self.stdout.write(
            "Everything that is set up works." if not look else "Nothing is broken; look at what has a “!”."
        )

    def _bot(self, slug: str | None) -> Bot | None:
        if not slug:
            return None
        try:
            bot = Bot.objects.select_related("business").filter(slug=slug).first()
            known = ", ".join(Bot.objects.values_list("slug", flat=True)) or "none yet"
        except DatabaseError as error:
            raise CommandError("The database cannot be reached: check DATABASE_URL, and that it runs.") from error
        if bot is None:
            raise CommandError(f"There is no bot {slug}. Known: {known}.")
        return bot

    def _say(self, finding: Finding) -> None:
        mark, colour = MARKS[finding.state]
        style = getattr(self.style, colour)
        self.stdout.write(style(f"{mark} {finding.service}: {finding.state}."))
        self.stdout.write(f"    {finding.words}")
        if finding.todo:
            self.stdout.write(f"    → {finding.todo}")
