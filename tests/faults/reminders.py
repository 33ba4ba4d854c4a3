"""Plans reminders in the database of DATABASE_URL: `python -m tests.faults.reminders COUNT SECONDS_FROM_NOW`.

RIG_CHANNEL names the channel; RIG_SILENT_FOR how many seconds ago the customers last wrote.
"""

import os
import sys
from datetime import datetime, timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.utils import timezone  # noqa: E402 - the apps must be ready first

from bookings.models import Reminder  # noqa: E402
from bots.models import Business, ChannelAccount  # noqa: E402
from tests.factories import ConversationFactory, ReservationFactory, ServiceFactory  # noqa: E402


def main(count: int, seconds: float) -> None:
    now = timezone.now()
    zone = f"Etc/GMT{now.hour - 12:+d}"  # where it is about noon: nobody is reminded at night
    Business.objects.update(timezone=zone)
    channel = os.environ.get("RIG_CHANNEL", "instagram")
    account = ChannelAccount.objects.filter(channel=channel).order_by("pk").first()
    wrote_at = now - timedelta(seconds=float(os.environ.get("RIG_SILENT_FOR", "0")))
    prefix = "4860000" if channel == "whatsapp" else ""
    kind = "phone" if channel == "whatsapp" else "session"
    service = ServiceFactory(business=account.bot.business)
    for number in range(count):
        conversation = ConversationFactory(
            account=account, contact__business=account.bot.business, peer=f"{prefix}19{number:02d}", peer_kind=kind,
            last_inbound_at=wrote_at,
        )  # fmt: skip
        start = (now + timedelta(days=1, hours=number)).replace(minute=0, second=0, microsecond=0)
        plan(ReservationFactory(service=service, conversation=conversation, start=start), zone, now, seconds)


def plan(reservation: object, zone: str, now: datetime, seconds: float) -> None:
    Reminder.objects.create(
        reservation=reservation,
        reservation_version=reservation.version,  # type: ignore[attr-defined]
        local_day=now.date(),
        local_time=now.time(),
        zone=zone,
        fire_at=now + timedelta(seconds=seconds),
        expires_at=now + timedelta(hours=20),
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]))
