"""A studio whose owner lives in Telegram, and the stand-in for it."""

import json
from collections.abc import Iterator
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from bots.models import Manager, StaffBot
from bots.staff.telegram.webhook import HEADER
from tests.factories import BusinessFactory
from tests.standins.telegram import TOKEN, Telegram

OWNER, STRANGER = 4242, 6666


class Studio:
    """A business, its bot for staff, its owner's Telegram: updates come in by webhook, workers run when told to."""

    def __init__(self, telegram: Telegram, **manager: Any) -> None:
        self.telegram = telegram
        self.business = BusinessFactory(timezone="Europe/Warsaw", default_language="en")
        self.bot = StaffBot.objects.create(
            business=self.business, telegram_id=int(TOKEN.partition(":")[0]), credentials={"token": TOKEN}
        )
        self.owner = self.manager(OWNER, **manager)
        self.web = Client(enforce_csrf_checks=True)
        self.statuses: list[int] = []
        telegram.deliver = self.deliver

    def manager(self, user: int, name: str = "Ewa", **fields: Any) -> Manager:
        self.telegram.start(user)
        fields = {"agenda_at": None, "language": "en", "telegram_chat_id": user, "telegram_user_id": user} | fields
        return Manager.objects.create(business=self.business, name=name, **fields)

    def post(self, payload: Any, secret: str | None = None, key: str = "", **more: Any) -> Any:
        body = payload if isinstance(payload, bytes) else json.dumps(payload).encode()
        headers = {HEADER: self.bot.hook_secret if secret is None else secret}
        url = f"/webhooks/telegram/{key or self.bot.key}/"
        return self.web.post(url, body, headers=headers, **({"content_type": "application/json"} | more))

    def deliver(self, update: dict[str, Any]) -> None:
        self.statuses.append(self.post(update).status_code)
        self.work()

    def work(self) -> None:
        call_command("drain", stdout=StringIO())


@pytest.fixture
def telegram(settings: Any) -> Iterator[Telegram]:
    with Telegram() as running:
        settings.TELEGRAM_API_URL = running.url
        yield running


@pytest.fixture
def studio(telegram: Telegram, transactional_db: None) -> Studio:
    return Studio(telegram)
