"""What staff see and do about language models: keys that are never shown, keys that need somebody, money."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse

from bots.admin.llm import chart_of, dollars, models_badge
from bots.llm import keys as pool
from bots.llm.base import KeyRefused, RateLimited
from bots.llm.environment import NamedKey
from bots.models import Bot, BotSpend, KeyState
from bots.staff.roles import front_desk_group
from tests import factories
from tests.clock import travel

pytestmark = pytest.mark.django_db

OWN = "sk-own-key-of-the-bot"


@pytest.fixture
def bot():
    return factories.BotFactory(llm_keys={"openai": OWN})


@pytest.fixture
def client(bot):
    user = factories.UserFactory()
    user.groups.add(front_desk_group())
    bot.business.staff.add(user)
    client = Client()
    client.force_login(user)
    client.user = user
    return client


def page_of(client, bot) -> str:
    return client.get(reverse("admin:bots_bot_change", args=[bot.pk])).content.decode()


def save(client, bot, **fields):
    data = {
        "business": bot.business_id, "name": bot.name, "slug": bot.slug, "is_active": "on", "takeover_hours": 3,
        "debounce_seconds": 2, "debounce_ceiling_seconds": 12, "colour": "#1f6f5c", "agent": "auto",
        "llm_max_output_tokens": 2000, "llm_daily_budget_cents": 200, "llm_extraction": "unsure", "openai_keys": "",
        "anthropic_keys": "", "wordings-TOTAL_FORMS": 0, "wordings-INITIAL_FORMS": 0, **fields,
    }  # fmt: skip
    response = client.post(reverse("admin:bots_bot_change", args=[bot.pk]), data)
    bot.refresh_from_db()
    return response


def test_keys_are_written_and_never_shown(client, bot):
    assert OWN not in page_of(client, bot)
    assert "Set: 1." in page_of(client, bot)
    assert (
        save(client, bot, anthropic_keys="sk-ant-number-one\nsk-ant-number-two\nsk-ant-number-one").status_code == 302
    )
    assert bot.own_keys == {"openai": OWN, "anthropic": "sk-ant-number-one\nsk-ant-number-two"}
    assert "sk-ant" not in page_of(client, bot)


def test_keys_are_kept_when_nothing_is_typed_and_forgotten_by_a_dash(client, bot):
    save(client, bot)
    assert bot.own_keys == {"openai": OWN}
    save(client, bot, openai_keys="-")
    assert bot.own_keys == {}


def test_a_mistake_elsewhere_does_not_show_what_was_typed(client, bot):
    response = save(client, bot, openai_keys="sk-typed-just-now", llm_max_output_tokens=1)
    assert response.status_code == 200 and "sk-typed-just-now" not in response.content.decode()
    response = save(client, bot, openai_keys="ключ")
    assert "does not look like a key" in response.content.decode()
    assert bot.own_keys == {"openai": OWN}


def test_keys_are_encrypted_in_the_table(bot):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT llm_keys FROM bots_bot WHERE id = %s", [bot.pk])
        assert OWN.encode() not in bytes(cursor.fetchone()[0])


def test_a_refused_key_is_seen_on_the_bots_page_and_in_the_sidebar_until_it_is_replaced(client, bot):
    pool.failed("openai", NamedKey("Bot x", OWN), KeyRefused("401 invalid_api_key"))
    body = page_of(client, bot)
    assert "Refused by the service" in body and "401 invalid_api_key" in body
    request = RequestFactory().get("/")
    request.user = client.user
    assert models_badge(request) == "1"
    save(client, bot, openai_keys="sk-a-new-and-better-one")
    assert models_badge(request) == ""
    assert "Refused by the service" not in page_of(client, bot)


def test_a_key_of_the_installation_that_was_refused_is_told_to_those_who_use_it(client, bot, settings):
    settings.LLM_KEYS = {"openai": [], "anthropic": [NamedKey("ANTHROPIC_API_KEY", "sk-shared")]}
    pool.failed("anthropic", settings.LLM_KEYS["anthropic"][0], KeyRefused("403"))
    body = page_of(client, bot)
    assert "ANTHROPIC_API_KEY" in body and "sk-shared" not in body and "Refused by the service" in body


def test_a_bot_without_money_is_seen_in_the_sidebar_until_the_day_is_over(client, bot):
    request = RequestFactory().get("/")
    request.user = client.user
    today = bot.business.now().date()
    for day in (today, today - timedelta(days=1)):
        BotSpend.objects.create(bot=bot, day=day, over_budget_at=datetime.now(UTC))
    BotSpend.objects.create(bot=factories.BotFactory(), day=today, over_budget_at=datetime.now(UTC))
    assert models_badge(request) == "1"


def test_the_badge_asks_two_queries_while_all_is_well(client, django_assert_num_queries):
    request = RequestFactory().get("/")
    request.user = client.user
    with django_assert_num_queries(2):
        assert models_badge(request) == ""


def test_typing_the_same_key_again_brings_it_back(client, bot):
    pool.failed("openai", NamedKey("Bot x", OWN), KeyRefused("401"))
    save(client, bot, openai_keys=OWN)
    assert KeyState.objects.get().retired_at is None


def test_staff_bring_back_their_own_keys_and_see_no_others(client, bot):
    pool.failed("openai", NamedKey("Bot x", OWN), KeyRefused("401"))
    pool.failed("openai", NamedKey("OPENAI_API_KEY", "sk-shared"), RateLimited("429"))
    url = reverse("admin:bots_keystate_changelist")
    body = client.get(url).content.decode()
    assert "Bot x" in body and "OPENAI_API_KEY" not in body
    both = list(KeyState.objects.values_list("pk", flat=True))
    client.post(url, {"action": "bring_back", "_selected_action": both, "index": 0})
    assert KeyState.objects.get(name="Bot x").retired_at is None
    assert KeyState.objects.get(name="OPENAI_API_KEY").resting_until is not None


def test_the_installations_keys_are_for_the_superuser(bot):
    pool.failed("openai", NamedKey("OPENAI_API_KEY", "sk-shared"), KeyRefused("401"))
    boss = Client()
    boss.force_login(factories.UserFactory(is_superuser=True))
    assert "OPENAI_API_KEY" in boss.get(reverse("admin:bots_keystate_changelist")).content.decode()


# --- money -----------------------------------------------------------------------------------------------


def test_dollars():
    assert [dollars(0), dollars(42), dollars(4_200), dollars(1_250_000)] == [
        "$0.00",
        "under $0.0001",
        "$0.0042",
        "$1.25",
    ]


def test_the_chart_shows_thirty_days_in_parts_of_the_dearest():
    today = date(2026, 11, 21)
    one, two = factories.BotFactory(name="One"), factories.BotFactory(name="Two")
    for bot, ago, spent in ((one, 0, 2_000), (two, 0, 2_000), (one, 3, 1_000), (one, 31, 9_000)):
        BotSpend.objects.create(bot=bot, day=today - timedelta(days=ago), spent_microdollars=spent)
    chart = chart_of(BotSpend.objects.all(), today)
    assert (len(chart["bars"]), chart["whole"], chart["highest"]) == (30, "$0.0050", "$0.0040")
    assert [part["height"] for part in chart["bars"][-1]["parts"]] == [50, 50]
    assert [part["height"] for part in chart["bars"][-4]["parts"]] == [25]
    assert [bot["name"] for bot in chart["legend"]] == ["One", "Two"]


def test_spending_is_shown_with_its_chart_and_without_rows_there_is_none(client, bot):
    url = reverse("admin:bots_botspend_changelist")
    assert "fd-bars" not in client.get(url).content.decode()
    with travel(datetime(2026, 11, 21, 12, tzinfo=UTC), tick=False):
        BotSpend.objects.create(bot=bot, day="2026-11-20", spent_microdollars=1_500_000)
        other = factories.BotFactory(name="Nobody else's")
        BotSpend.objects.create(bot=other, day="2026-11-20", spent_microdollars=9_000_000)
        user = client.user
        client.force_login(user)
        body = client.get(url).content.decode()
    assert "fd-bars" in body and "$1.50" in body and "$9.00" not in body and "Nobody else" not in body


def test_the_bots_page_says_what_was_spent_today(client, bot):
    day = bot.business.now().date()
    BotSpend.objects.create(bot=bot, day=day, spent_microdollars=1_990_000, over_budget_at=datetime.now(UTC))
    assert "$1.99, and the budget is used up: rules answer" in page_of(client, bot)


def test_a_new_bot_can_be_made(client, bot):
    assert client.get(reverse("admin:bots_bot_add")).status_code == 200
    assert Bot.objects.count() == 1
