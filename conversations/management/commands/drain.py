"""manage.py drain"""

import time
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import InterfaceError, OperationalError, connection

from bots.work import drain
from conversations.sweeps import beat, show_stuck


class Command(BaseCommand):
    help = (
        "Does what the workers and beat do, without Celery and without a broker: answers, sends, reminders, calendars, "
        "sweeps. Once, or with --forever until Ctrl-C. Safe beside running workers."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--forever", action="store_true", help="go on until Ctrl-C")
        parser.add_argument("--pause", type=float, default=0.5, help="seconds between two rounds (with --forever)")

    def handle(self, *args: Any, **options: Any) -> None:
        while True:
            try:
                done = self._rounds()
            except (OperationalError, InterfaceError):
                if not options["forever"]:
                    raise
                connection.close()
                self.stderr.write("The database does not answer; trying again.")
                done = 0
            if not options["forever"]:
                self.stdout.write(f"Done: {done} things. Nothing else is due.")
                return
            try:
                time.sleep(options["pause"])
            except KeyboardInterrupt:
                return

    def _rounds(self) -> int:
        done = drain()
        show_stuck()
        beat("drain")
        return done
