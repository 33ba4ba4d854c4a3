"""`manage.py load_preset ceramics`: a ready business with its bot, services, hours and knowledge."""

import os
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import AbstractUser
from django.core.management.base import BaseCommand, CommandError, CommandParser

from bots.models import Bot
from bots.presets import PRESETS, PresetError, read
from bots.presets.loading import names_an_account
from bots.staff.actors import Actor
from bots.staff.roles import front_desk_group
from conversations.presets import history, loading

PASSWORD_VARIABLE = "FRONTDESK_DEMO_PASSWORD"  # noqa: S105 - the variable's name


class Command(BaseCommand):
    help = (
        "Load a ready business: bot, accounts, services, hours, knowledge. Loading again adds what is missing and "
        "leaves what staff have changed."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("preset", help=f"Which one: {', '.join(sorted(PRESETS))}.")
        parser.add_argument("--overwrite", action="store_true", help="Put the preset's words over what staff changed.")
        parser.add_argument(
            "--with-history",
            action="store_true",
            help=(
                "For a demonstration: a few days of talks and visits, and the users “owner” and “admin” with the "
                f"password from {PASSWORD_VARIABLE}."
            ),
        )

        parser.add_argument(
            "--also",
            choices=sorted(PRESETS),
            default="",
            help="This preset too, if the environment names an account of it.",
        )

    def handle(self, *, preset: str, also: str, overwrite: bool, with_history: bool, **options: Any) -> None:
        if with_history and not os.environ.get(PASSWORD_VARIABLE):
            raise CommandError(f"--with-history makes users, so {PASSWORD_VARIABLE} must be set to their password.")
        wanted = [preset, *([also] if also and also != preset and names_an_account(read(also), os.environ) else [])]
        try:
            for name in wanted:
                self._load(name, overwrite=overwrite, with_history=with_history)
        except PresetError as error:
            raise CommandError(str(error)) from error

    def _load(self, name: str, *, overwrite: bool, with_history: bool) -> None:
        bot = loading.load(name, os.environ, overwrite=overwrite)
        self.stdout.write(f"{bot.business}: the bot “{bot.slug}” is ready.")
        if with_history:
            owner = self._demo_users(bot, os.environ[PASSWORD_VARIABLE])
            preset = read(name)
            told = history.tell(bot, preset, owner=Actor.staff(owner), now=bot.business.now())
            if preset.get("history"):
                self.stdout.write(f"{told} talks written." if told else "The talks are there already.")

    def _demo_users(self, bot: Bot, password: str) -> AbstractUser:
        """The owner, who works at this front desk, and the one who runs the installation. Known users are kept."""
        users = get_user_model().objects
        owner = users.filter(username="owner").first() or users.create_user("owner", password=password, is_staff=True)
        owner.groups.add(front_desk_group())
        bot.business.staff.add(owner)
        if not users.filter(username="admin").exists():
            users.create_superuser("admin", password=password)
        return owner
