"""Makes the tables and the accounts in the database of DATABASE_URL: `python -m tests.faults.prepare`.

One of Instagram and two of WhatsApp, of one bot.
"""

import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.core.management import call_command  # noqa: E402 - the apps must be ready first

from bots.models import Bot, Business, ChannelAccount  # noqa: E402
from tests.standins import graph, whatsapp  # noqa: E402

SECOND_NUMBER = "106000000000002"


def main() -> None:
    call_command("migrate", verbosity=0)
    business = Business.objects.create(name="Rig", timezone="Europe/Warsaw", default_language="en")
    bot = Bot.objects.create(
        business=business, name="Bot", slug="bot", debounce_seconds=0.2, debounce_ceiling_seconds=1.0
    )
    secrets = {"token": graph.TOKEN, "app_secret": graph.APP_SECRET, "business_account_id": whatsapp.BUSINESS}
    for channel, external_id, token in (
        ("instagram", graph.ACCOUNT, graph.TOKEN),
        ("whatsapp", whatsapp.NUMBER, graph.TOKEN),
        ("whatsapp", SECOND_NUMBER, "second-token"),
    ):
        credentials = {**secrets, "token": token}
        ChannelAccount.objects.create(bot=bot, channel=channel, external_id=external_id, credentials=credentials)


if __name__ == "__main__":
    main()
