"""manage.py clear_state"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from bots.staff.actors import Actor
from conversations import takeover
from conversations.models import Conversation


class Command(BaseCommand):
    help = "Forgets what is half-finished with one customer (drafts, open questions). Messages and visits stay."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("conversation", type=int, help="the conversation's number, as the admin shows it")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            cleared = takeover.clear_state(options["conversation"], by=Actor("manage.py", "command"))
        except Conversation.DoesNotExist as error:
            raise CommandError(f"There is no conversation {options['conversation']}.") from error
        what = ", ".join(f"{count} × {code}" for code, count in cleared.items()) or "nothing was half-finished"
        self.stdout.write(f"Cleared: {what}.")
