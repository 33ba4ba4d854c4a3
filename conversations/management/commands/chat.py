"""manage.py chat"""

import sys
import time
import uuid
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models.functions import Now

from bots.channels.base import Identity, Inbound
from bots.db import clock
from bots.llm.choosing import choices_for
from bots.models import Bot, ChannelAccount
from bots.work import drain
from conversations import inbox
from conversations.agents import answering
from conversations.models import Conversation, Message, Turn


class Command(BaseCommand):
    help = (
        "Talk to a bot in the terminal: the same conversation as in the web chat, on the same tables. "
        "A number presses a button; an empty line or Ctrl-D ends."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("bot", help="the bot's slug, like ceramics")
        parser.add_argument("--session", default="", help="go on with an earlier talk of this name")
        parser.add_argument("--agent", choices=["llm", "rules"], default="", help="who answers; else as the bot says")
        parser.add_argument("--show-understanding", action="store_true", help="show what was understood and done")

    def handle(self, *args: Any, **options: Any) -> None:
        account = self._account(options["bot"])
        account.bot.agent = options["agent"] or account.bot.agent
        if options["agent"] == "llm" and not choices_for(account.bot):
            raise CommandError("There is no key for a language model: set OPENAI_API_KEY or ANTHROPIC_API_KEY.")
        with answering(options["agent"]):
            self._talk(account, options)

    def _talk(self, account: ChannelAccount, options: dict[str, Any]) -> None:
        peer = Identity("webchat", "session", f"terminal-{options['session'] or uuid.uuid4().hex}")
        self.stdout.write(f"You are a customer of {account.bot.business}. An empty line ends.")
        shown, buttons = self._where_it_stopped(account, peer)
        while text := self._line():
            choice = ""
            if text.isdigit() and 0 < int(text) <= len(buttons):
                text, choice = buttons[int(text) - 1]["title"], buttons[int(text) - 1]["payload"]
            event = Inbound(
                account=account.external_id,
                external_id=f"terminal:{uuid.uuid4()}",
                sender=peer,
                sent_at=clock.now(),
                text=text,
                choice=choice,
            )
            inbox.receive(account, [event])
            conversation = Conversation.objects.get(account=account, peer_kind=peer.kind, peer=peer.value)
            Conversation.objects.filter(pk=conversation.pk).update(due_at=Now())
            self._until_answered(conversation)
            if options["show_understanding"]:
                self._show_turn(conversation)
            shown, buttons = self._show(conversation, shown)

    def _account(self, slug: str) -> ChannelAccount:
        found = ChannelAccount.objects.filter(channel="webchat", bot__slug=slug, is_active=True).first()
        if found is None:
            known = (
                ", ".join(Bot.objects.values_list("slug", flat=True)) or "none yet; run manage.py load_preset ceramics"
            )
            raise CommandError(f"There is no bot “{slug}” with a web chat. Bots: {known}.")
        return ChannelAccount.objects.select_related("bot__business").get(pk=found.pk)

    def _where_it_stopped(self, account: ChannelAccount, peer: Identity) -> tuple[int, list[dict[str, str]]]:
        """Return how far an earlier talk went, and the buttons of what was said last; it is not told all over again."""
        earlier = Message.objects.filter(conversation__account=account, conversation__peer=peer.value).last()
        return (earlier.seq, earlier.buttons) if earlier else (0, [])

    def _line(self) -> str:
        self.stdout.write("> ", ending="")
        self.stdout.flush()
        return sys.stdin.readline().strip()

    def _until_answered(self, conversation: Conversation) -> None:
        """Usually at once; a worker may have taken the turn already."""
        give_up = time.monotonic() + 30
        while time.monotonic() < give_up:
            drain()
            conversation.refresh_from_db()
            answered = conversation.answered_seq >= conversation.last_inbound_seq
            if answered or conversation.mode != Conversation.Mode.BOT:
                return
            time.sleep(0.1)

    def _show(self, conversation: Conversation, after: int) -> tuple[int, list[dict[str, str]]]:
        news = Message.objects.filter(conversation=conversation, seq__gt=after).order_by("seq")
        buttons: list[dict[str, str]] = []
        for message in news:
            after = message.seq
            if message.author == Message.Author.CUSTOMER:
                continue
            self.stdout.write(f"< {message.text}")
            for number, button in enumerate(message.buttons, start=len(buttons) + 1):
                self.stdout.write(f"    {number}. [{button['title']}]")
            buttons += message.buttons
        if conversation.mode != Conversation.Mode.BOT:
            self.stdout.write("  (a person holds this conversation now)")
        return after, buttons

    def _show_turn(self, conversation: Conversation) -> None:
        turn = Turn.objects.filter(conversation=conversation).order_by("-pk").first()
        if turn is None:
            return
        by = f"{turn.agent}, because {turn.fallback}" if turn.fallback else turn.agent
        self.stdout.write(f"  · answered by {by}")
        for field, value in turn.understood.items():
            if value not in (None, "", [], {}, False):
                self.stdout.write(f"  · {field}: {value}")
        for step in turn.steps:
            self.stdout.write(f"  * {step['tool']}({step['arguments']}) -> {step['facts']}")
