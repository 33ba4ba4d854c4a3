"""Makes the tables and one Instagram account in the database of DATABASE_URL: `python -m tests.faults.prepare`."""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - the apps must be ready first

from bots.models import Bot, Business, ChannelAccount  # noqa: E402
from tests.standins import graph  # noqa: E402


def main() -> None:
    call_command("migrate", verbosity=0)
    business = Business.objects.create(name="Rig", timezone="Europe/Warsaw", default_language="en")
    bot = Bot.objects.create(
        business=business, name="Bot", slug="bot", debounce_seconds=0.2, debounce_ceiling_seconds=1.0
    )
    ChannelAccount.objects.create(
        bot=bot,
        channel="instagram",
        external_id=graph.ACCOUNT,
        credentials={"token": graph.TOKEN, "app_secret": graph.APP_SECRET},
    )


if __name__ == "__main__":
    main()
