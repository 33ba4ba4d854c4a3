"""manage.py run_telegram"""

import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db import InterfaceError, OperationalError, connection
from django.urls import reverse

from bots.models import StaffBot
from bots.staff.notifications.backends import NotificationError
from bots.staff.telegram import polling
from bots.staff.telegram.client import TwoReaders

LOOK_AGAIN = 10.0  # seconds between two looks for bots that were set up meanwhile
WAIT = 20  # seconds that Telegram keeps one question open


class Command(BaseCommand):
    help = (
        "Fetches what managers press and write in Telegram, for installations that Telegram cannot reach. "
        "With --webhook, lets Telegram come to this address instead, and ends."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--webhook", metavar="URL", help="this site's address, like https://desk.example.com")
        parser.add_argument("--remove-webhook", action="store_true", help="let nobody but polling read")
        parser.add_argument("--once", action="store_true", help="fetch what there is now, and end")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["webhook"] or options["remove_webhook"]:
            for staff_bot in StaffBot.objects.filter(is_active=True):
                self._set_webhook(staff_bot, options["webhook"] or "")
            return
        if options["once"]:
            for staff_bot in StaffBot.objects.filter(is_active=True):
                self._round(staff_bot, 0)
            return
        self._for_ever()

    def _set_webhook(self, staff_bot: StaffBot, site: str) -> None:
        url = site.rstrip("/") + reverse("telegram", args=[staff_bot.key]) if site else ""
        try:
            polling.set_webhook(staff_bot, url)
        except (NotificationError, TwoReaders) as error:
            raise CommandError(f"{staff_bot}: {error}") from None
        self.stdout.write(f"{staff_bot}: " + ("Telegram comes to this site now." if url else "no webhook any more."))

    def _for_ever(self) -> None:
        """One thread a bot, since each question to Telegram stays open for a while."""
        threads: dict[int, threading.Thread] = {}
        while True:
            try:
                for staff_bot in StaffBot.objects.filter(is_active=True):
                    if staff_bot.pk not in threads or not threads[staff_bot.pk].is_alive():
                        threads[staff_bot.pk] = threading.Thread(target=self._read, args=(staff_bot.pk,), daemon=True)
                        threads[staff_bot.pk].start()
            except (OperationalError, InterfaceError):
                self.stderr.write("The database does not answer; trying again.")
            connection.close()
            try:
                time.sleep(LOOK_AGAIN)
            except KeyboardInterrupt:
                return

    def _read(self, staff_bot_id: int) -> None:
        """Until the bot is switched off, or the database fails: then the main thread begins anew."""
        try:
            while staff_bot := StaffBot.objects.filter(pk=staff_bot_id, is_active=True).first():
                if not self._round(staff_bot, WAIT):
                    return
        except (OperationalError, InterfaceError):
            self.stderr.write("The database does not answer; trying again.")
        finally:
            connection.close()

    def _round(self, staff_bot: StaffBot, seconds: int) -> bool:
        """Return whether to go on."""
        with polling.the_only_reader(staff_bot) as mine:
            if not mine:
                self.stderr.write(f"{staff_bot}: another process of ours reads it already.")
                return False
            if not staff_bot.username:
                self._learn_name(staff_bot)
            rest = polling.read(staff_bot, seconds=seconds, say=self.stderr.write)
        if rest and seconds:
            time.sleep(rest)
        return True

    def _learn_name(self, staff_bot: StaffBot) -> None:
        try:
            polling.learn_name(staff_bot)
        except (NotificationError, TwoReaders) as error:
            self.stderr.write(f"{staff_bot}: {error}")
