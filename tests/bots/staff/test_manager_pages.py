"""Staff set up managers and their Telegram in the admin, and see what could not be told."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from bots.models import Manager, ManagerCode, StaffBot, StaffNotice
from bots.presets import PresetError
from bots.presets.loading import load_managers
from bots.staff.roles import front_desk_group
from tests.bots.staff.conftest import OWNER, Studio
from tests.bots.staff.test_telegram import request, status_of
from tests.factories import BusinessFactory, UserFactory
from tests.standins.telegram import TOKEN

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def desk(studio: Studio) -> Client:
    user = UserFactory()
    user.groups.add(front_desk_group())
    studio.business.staff.add(user)
    client = Client()
    client.force_login(user)
    return client


def words(response: Any) -> str:
    return " ".join(str(message) for message in response.context["messages"])


def form(business: Any, **change: Any) -> dict[str, Any]:
    fields = {
        "business": business.pk,
        "name": "Anna",
        "language": "pl",
        "is_active": "on",
        "quiet_from": "21:00",
        "quiet_until": "08:00",
        "agenda_at": "08:00",
    }
    return fields | change  # fmt: skip


def test_a_link_for_telegram_is_shown_once_and_links(studio: Studio, desk: Client) -> None:
    StaffBot.objects.update(username="frontdesk_test_bot")
    response = desk.post(reverse("admin:bots_manager_add"), form(studio.business, new_link="on"), follow=True)
    said = words(response)
    assert "https://t.me/frontdesk_test_bot?start=" in said, response.context.get("errors")
    code = said.partition("start=")[2].split()[0]
    assert ManagerCode.objects.get().code_hash != code
    studio.telegram.start(77, code)
    assert Manager.objects.get(name="Anna").telegram_user_id == 77
    assert code not in desk.get(reverse("admin:bots_manager_changelist")).content.decode()


def test_a_manager_of_another_business_is_not_there(studio: Studio, desk: Client) -> None:
    foreign = Manager.objects.create(business=BusinessFactory(), name="Foreign")
    assert desk.get(reverse("admin:bots_manager_change", args=[foreign.pk])).status_code == 404
    desk.post(reverse("admin:bots_manager_add"), form(foreign.business), follow=True)
    assert not Manager.objects.filter(name="Anna").exists()


def test_a_token_is_checked_kept_and_never_shown(studio: Studio, desk: Client) -> None:
    StaffBot.objects.all().delete()
    url = reverse("admin:bots_staffbot_add")
    given = {"business": studio.business.pk, "is_active": "on"}
    assert b"A token is like" in desk.post(url, given | {"token": "nonsense"}).content
    response = desk.post(url, given | {"token": TOKEN}, follow=True)
    assert "Telegram knows it as @frontdesk_test_bot." in words(response)
    bot = StaffBot.objects.get()
    assert (bot.token, bot.telegram_id) == (TOKEN, 8100200300)
    page = desk.get(reverse("admin:bots_staffbot_change", args=[bot.pk])).content.decode()
    assert "AAstand-in" not in page and f"/webhooks/telegram/{bot.key}/" in page
    studio.telegram.harm("401")
    change = reverse("admin:bots_staffbot_change", args=[bot.pk])
    assert "refuses the bot's token" in words(desk.post(change, given, follow=True)).replace("&#x27;", "'")
    assert StaffBot.objects.get().token == TOKEN


def test_what_was_given_up_is_counted_on_the_first_page_and_sent_again(studio: Studio, desk: Client) -> None:
    studio.telegram.blocked.add(OWNER)
    row = request(studio)
    front = desk.get(reverse("admin:index")).content.decode()
    assert "<b>1</b><span>notice was not delivered" in front
    url = reverse("admin:bots_staffnotice_changelist")
    page = desk.get(f"{url}?status__exact=failed").content.decode()
    assert "blocked the bot" in page
    studio.telegram.blocked.clear()
    notice = StaffNotice.objects.get()
    desk.post(url, {"action": "send_again", "_selected_action": [notice.pk]})
    studio.work()
    assert "notice was not delivered" not in desk.get(reverse("admin:index")).content.decode()
    studio.telegram.press(OWNER, "Confirm")
    assert status_of(row) == "confirmed"


def test_what_came_from_telegram_is_listed_without_its_words(studio: Studio, desk: Client) -> None:
    studio.telegram.start(6666)
    studio.telegram.write(6666, "a secret word")
    page = desk.get(reverse("admin:bots_telegramupdate_changelist")).content.decode()
    assert "stranger: answered politely" in page and "6666" in page and "a secret word" not in page
    assert desk.get(reverse("admin:bots_telegramupdate_change", args=[studio.bot.updates.get().pk])).status_code == 200


# --- the preset ---------------------------------------------------------------------------------------------------

ENTRY = {"token_from": "T", "chat_from": "C", "name": "Ewa", "language": "pl"}


@pytest.mark.parametrize(
    ("environment", "chat", "user"),
    [
        ({}, None, None),
        ({"T": TOKEN}, None, None),
        ({"T": TOKEN, "C": "42"}, 42, 42),
        ({"T": TOKEN, "C": "-42"}, -42, None),
    ],
)
def test_the_environment_makes_the_owner(environment: dict[str, str], chat: int | None, user: int | None) -> None:
    business = BusinessFactory()
    for _twice in range(2):
        load_managers(business, ENTRY, environment, overwrite=False)
    manager = Manager.objects.filter(business=business).first()
    assert (manager.telegram_chat_id if manager else None, manager.telegram_user_id if manager else None) == (
        chat,
        user,
    )
    assert StaffBot.objects.filter(business=business).exists() == bool(environment)


@pytest.mark.parametrize("environment", [{"C": "42"}, {"T": "x"}, {"T": TOKEN, "C": "@ewa"}])
def test_half_of_it_or_nonsense_is_said_in_plain_words(environment: dict[str, str]) -> None:
    with pytest.raises(PresetError, match="must be"):
        load_managers(BusinessFactory(), ENTRY, environment, overwrite=False)
