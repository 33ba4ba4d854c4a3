"""What a request costs, and that a bot never spends more in a day than it may."""

from datetime import UTC, date, datetime
from threading import Barrier, Thread

import pytest
from django.db import connection

from bots.llm import prices
from bots.llm.base import ChatMessage, Exchange, ToolOutput, ToolUse, Usage
from bots.llm.budget import Budget
from bots.models import BotSpend
from tests import factories
from tests.bots.llm.conftest import TOOL, asking
from tests.clock import travel

DAY = date(2026, 11, 21)


@pytest.mark.parametrize(
    ("model", "usage", "microdollars"),
    [
        ("gpt-5.6-luna", Usage(input_tokens=1_000_000), 200_000),
        ("gpt-5.6-luna-2026-10-01", Usage(output_tokens=1_000_000), 1_200_000),
        ("gpt-5.6-luna", Usage(input_tokens=1000, cached_tokens=900), 38),
        ("gpt-5.6-luna", Usage(input_tokens=1000, cache_write_tokens=1000), 250),
        ("claude-haiku-5-5", Usage(input_tokens=100_000, output_tokens=1000), 10_500),
        ("claude-haiku-5-5", Usage(input_tokens=200_000, output_tokens=1000), 102_500),
        ("gpt-5.5-pro", Usage(input_tokens=1000), 30_000),
        ("gpt-5.5", Usage(input_tokens=1000), 5_000),
        ("nobody-knows-it", Usage(input_tokens=1000, output_tokens=1000), 210_000),
        ("gpt-5.6-luna", Usage(input_tokens=1), 1),
        ("gpt-5.6-luna", Usage(), 0),
    ],
)
def test_the_price_follows_the_list(model, usage, microdollars):
    assert prices.cost(model, usage) == microdollars


def test_prices_of_ones_own_come_first(settings):
    settings.LLM_PRICES = {"llama": [0, 0], "gpt-5.6": [1, 2]}
    assert prices.cost("llama-4-local", Usage(input_tokens=1000)) == 0
    assert prices.cost("gpt-5.6-luna", Usage(input_tokens=1000)) == 1000


def test_cached_tokens_that_are_more_than_the_input_do_not_make_it_cheaper_than_nothing():
    assert prices.cost("gpt-5.6-luna", Usage(input_tokens=10, cached_tokens=99_999, cache_write_tokens=99_999)) == 1


@pytest.mark.parametrize(
    "text", ["hello there, a visit please " * 50, "добрий день, хочу записатися " * 50, "👩‍👩‍👧 " * 50]
)
def test_the_estimate_is_more_than_what_is_counted(text):
    """Counted at two thirds of a letter of Cyrillic for a token, which is less than the services' own count."""
    call = ToolUse(id="1", name="x", arguments={"text": text})
    exchange = Exchange(native=None, calls=(call,), results=(ToolOutput(call_id="1", text=text),))
    request = asking(ChatMessage(role="customer", text=text), exchange, stable=text, facts=text, tools=[TOOL])
    counted = Usage(input_tokens=5 * len(text) // 3, cache_write_tokens=5 * len(text) // 3, output_tokens=500)
    assert prices.most("gpt-5.6-luna", request) >= prices.cost("gpt-5.6-luna", counted)


@pytest.fixture
def bot(db):
    return factories.BotFactory(llm_daily_budget_cents=1)


@pytest.mark.django_db
def test_money_is_held_back_and_settled(bot):
    budget = Budget(bot.pk, DAY, 10_000)
    assert budget.hold(6_000)
    assert not budget.hold(6_000)
    budget.commit(6_000, 1_000)
    assert budget.hold(9_000) and not budget.hold(1)
    [row] = BotSpend.objects.all()
    assert (row.reserved_microdollars, row.spent_microdollars, row.requests) == (9_000, 1_000, 1)


@pytest.mark.django_db
def test_a_budget_of_nothing_lets_nothing_through(bot):
    assert not Budget(bot.pk, DAY, 0).hold(1)
    assert not BotSpend.objects.exists()


@pytest.mark.django_db
def test_the_day_is_that_of_the_business(bot):
    with travel(datetime(2026, 11, 20, 23, 30, tzinfo=UTC), tick=False):
        assert Budget.of(bot) == Budget(bot.pk, date(2026, 11, 21), 10_000)
    bot.business.timezone = "America/New_York"
    with travel(datetime(2026, 11, 21, 3, 30, tzinfo=UTC), tick=False):
        assert Budget.of(bot).day == date(2026, 11, 20)


@pytest.mark.django_db
def test_a_new_day_has_new_money_and_another_bot_its_own(bot):
    assert Budget(bot.pk, DAY, 10_000).hold(10_000)
    assert Budget(bot.pk, date(2026, 11, 22), 10_000).hold(10_000)
    assert Budget(factories.BotFactory().pk, DAY, 10_000).hold(10_000)


@pytest.mark.django_db
def test_that_it_is_empty_is_told_once_a_day(bot):
    assert [Budget(bot.pk, DAY, 0).note_empty() for _ in range(3)] == [True, False, False]
    assert Budget(bot.pk, date(2026, 11, 22), 0).note_empty()


@pytest.mark.django_db(transaction=True)
def test_many_workers_at_once_cannot_hold_more_than_there_is():
    bot = factories.BotFactory()
    budget, held, barrier = Budget(bot.pk, DAY, 10_000), [], Barrier(10)

    def work() -> None:
        barrier.wait()
        for _ in range(5):
            if budget.hold(1_500):
                held.append(1)
                budget.commit(1_500, 1_400)
        connection.close()

    threads = [Thread(target=work) for _ in range(10)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    row = BotSpend.objects.get()
    assert row.reserved_microdollars == 0
    assert row.spent_microdollars == 1_400 * len(held) <= 10_000
    assert len(held) >= 6
