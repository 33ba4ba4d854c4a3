"""From a request to one answer: which key, which provider, how often, how long, for how much; whatever the services do."""

import time
from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, connections
from django.utils import timezone

from bots.llm import asking as module, keys as pool, outage, prices
from bots.llm.asking import NoCompletion, OverBudget, ask
from bots.llm.base import Finish, KeyRefused, RateLimited
from bots.llm.budget import Budget
from bots.llm.choosing import ModelChoice, choices_for
from bots.llm.environment import NamedKey
from bots.models import BotSpend, KeyState
from tests import factories
from tests.again import once
from tests.bots.llm.conftest import asking
from tests.clock import travel
from tests.standins.llm import FOR_EVER, HARMS, Model

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# Far less than the deadline of a request here, and far more than a busy machine needs.
AT_ONCE = 15.0
BUSY = 8.0  # what a busy machine may take on top of a deadline

ONE, TWO, THREE = "sk-stand-in-1", "sk-stand-in-2", "sk-stand-in-3"


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    monkeypatch.setattr(module, "BACKOFF", 0.02)


@pytest.fixture
def other():
    """A second service, for the other provider."""
    with Model(lambda asked: {"text": "from the other"}) as standin:
        yield standin


def other_choice(dialect, standin: Model) -> ModelChoice:
    is_anthropic = dialect.provider == "openai"
    return ModelChoice(
        provider="anthropic" if is_anthropic else "openai",
        model="claude-haiku-5-5" if is_anthropic else "gpt-5.6-luna",
        keys=[NamedKey("OTHER", ONE)],
        base_url=standin.anthropic_url if is_anthropic else standin.openai_url,
    )


def run(*choices: ModelChoice, seconds: float = 40, budget: Budget | None = None, **fields):
    """The answer (or what was raised) with the attempts and the time it took."""
    attempts, began = [], time.monotonic()
    try:
        found = ask(asking(**fields), choices=choices, deadline=began + seconds, attempts=attempts, budget=budget)
    except NoCompletion as error:
        found = error
    return found, attempts, time.monotonic() - began


def test_an_answer_and_its_attempt(dialect):
    answer, [attempt], _ = run(dialect.choice())
    assert answer.text == "Hello, how can I help?"
    assert (attempt.provider, attempt.model, attempt.outcome) == (dialect.provider, "gpt-5.6-luna", Finish.DONE)
    assert attempt.cost_microdollars == prices.cost("gpt-5.6-luna", answer.usage) > 0
    assert (attempt.usage, attempt.error) == (answer.usage, "")
    assert attempt.latency_ms < 3000 and attempt.request_id == answer.request_id
    assert ONE not in repr(attempt)


# --- keys ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("harm", "kind"), [("401", "key refused"), ("403", "key refused"), ("429", "rate limited")])
def test_the_next_key_takes_over_from_a_bad_one(dialect, model, harm, kind):
    choice = dialect.choice(ONE, TWO)
    first = pool.usable(dialect.provider, choice.keys, "c1")[0].key
    model.harm(harm, key=first, times=FOR_EVER)
    answer, attempts, _ = run(choice)
    assert answer.finish == Finish.DONE
    assert [attempt.error.split(":")[0] for attempt in attempts] == [kind, ""]
    assert attempts[0].cost_microdollars == 0
    _, attempts, _ = run(choice)
    assert len(attempts) == 1  # the bad one rests, or is retired


def test_a_key_without_money_rests_until_tomorrow(dialect, model):
    model.harm("spend_limit" if dialect.name == "messages" else "quota")
    found, _, _ = run(dialect.choice(ONE))
    assert isinstance(found, NoCompletion) and "key spent" in found.reason
    assert KeyState.objects.get().resting_until == pool.tomorrow()


def test_every_key_refused_ends_at_once_with_the_reason(dialect):
    found, attempts, took = run(dialect.choice("sk-bad-1", "sk-bad-2"))
    assert isinstance(found, NoCompletion) and found.reason.startswith(f"{dialect.provider}: key refused, 401")
    assert len(attempts) == 2 and took < AT_ONCE
    assert KeyState.objects.exclude(retired_at=None).count() == 2
    found, attempts, _ = run(dialect.choice("sk-bad-1", "sk-bad-2"))
    assert attempts == [] and "no key is usable now" in found.reason


def test_a_short_rest_of_the_only_key_is_waited_for(dialect, model):
    model.harm(HARMS["429_wait"], headers={"Retry-After": "1"})
    answer, attempts, took = run(dialect.choice(ONE))
    assert answer.finish == Finish.DONE and len(attempts) == 2
    assert 1 <= took < AT_ONCE


def test_a_long_rest_is_not_waited_for(dialect, model):
    model.harm(HARMS["429_wait"], headers={"Retry-After": "7200"}, times=FOR_EVER)
    found, attempts, took = run(dialect.choice(ONE))
    assert isinstance(found, NoCompletion) and len(attempts) == 1 and took < AT_ONCE
    rest = (KeyState.objects.get(name="KEY_0").resting_until - timezone.now()).total_seconds()
    assert 3500 < rest <= 3600  # an hour at the most, whatever they say


@pytest.mark.django_db(transaction=True)
def test_a_limit_that_one_worker_meets_is_known_to_the_others(dialect, model):
    model.harm("429_wait", key=ONE)
    choice = dialect.choice(ONE, TWO)
    pool.failed(dialect.provider, choice.keys[0], RateLimited("429", rest_seconds=60))
    seen = []

    def work() -> None:
        answer, attempts, _ = run(choice)
        seen.append((answer.finish, len(attempts)))
        connection.close()

    threads = [Thread(target=work) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == [(Finish.DONE, 1)] * 4
    assert {asked.key for asked in model.asked} == {TWO}


# --- services that fail ------------------------------------------------------------------------------------


@pytest.mark.parametrize("harm", ["500", "503", "529", "cut", "half", "html", "not_an_object", "null", "wrong_shape"])
def test_a_passing_failure_is_tried_again(dialect, model, harm):
    model.harm(harm)
    answer, attempts, took = run(dialect.choice(ONE))
    assert answer.finish == Finish.DONE
    assert [attempt.outcome for attempt in attempts] == ["failed", Finish.DONE]
    assert took < AT_ONCE
    assert not KeyState.objects.exclude(resting_until=None, retired_at=None).exists()


@pytest.mark.parametrize("harm", once(["500", "529", "cut", "half", "html", "hang", "huge", "400", "drip"], first=8))
def test_a_service_that_goes_on_failing_is_left_for_the_other_one(dialect, model, other, harm):
    model.harm(harm, times=FOR_EVER)
    answer, attempts, took = run(dialect.choice(ONE), other_choice(dialect, other), seconds=8)
    assert answer.text == "from the other"
    assert {attempt.provider for attempt in attempts} == {"openai", "anthropic"}
    assert took < 8 + BUSY


@pytest.mark.parametrize(
    "harm", once(["401", "429", "429_wait", "500", "529", "cut", "half", "html", "hang", "400", "drip"], first=10)
)
def test_with_everything_failing_it_gives_up_in_time_and_says_why(dialect, model, other, harm):
    for standin in (model, other):
        standin.harm(harm, times=FOR_EVER)
    found, attempts, took = run(dialect.choice(ONE), other_choice(dialect, other), seconds=6)
    assert isinstance(found, NoCompletion)
    assert took < 6 + BUSY
    assert all(attempt.outcome == "failed" and attempt.error for attempt in attempts)
    assert {attempt.provider for attempt in attempts} == {"openai", "anthropic"}
    assert "openai" in found.reason and "anthropic" in found.reason


def test_a_bad_request_is_never_repeated_with_another_key(dialect, model):
    model.harm("400", times=FOR_EVER)
    found, attempts, _ = run(dialect.choice(ONE, TWO, THREE))
    assert isinstance(found, NoCompletion) and len(attempts) == 1
    assert not KeyState.objects.exclude(resting_until=None, retired_at=None).exists()


def test_a_retry_after_beyond_the_deadline_is_not_slept_through(dialect, model):
    model.harm(HARMS["503"], headers={"Retry-After": "7200"}, times=FOR_EVER)
    found, _, took = run(dialect.choice(ONE))
    assert isinstance(found, NoCompletion) and took < AT_ONCE


def test_no_time_left_means_that_nobody_is_asked(dialect, model):
    found, attempts, _ = run(dialect.choice(ONE), seconds=-1)
    assert isinstance(found, NoCompletion) and attempts == [] and model.asked == []


def test_no_key_at_all_says_so():
    found, attempts, _ = run()
    assert (found.reason, attempts) == ("no key", [])


def test_a_client_that_breaks_in_an_unforeseen_way_is_one_more_failure(dialect, monkeypatch, other):
    def broken(*_, **__):
        raise ZeroDivisionError

    monkeypatch.setattr(module, "provider", lambda code: type("Broken", (), {"ask": broken}))
    found, _, _ = run(dialect.choice(ONE))
    assert isinstance(found, NoCompletion) and "ZeroDivisionError" in found.reason


# --- a service that is down --------------------------------------------------------------------------------


def test_a_service_that_is_down_is_left_alone_and_found_again(dialect, model):
    choice = dialect.choice(ONE)
    model.harm("503", times=FOR_EVER)
    assert [len(run(choice)[1]) > 0 for _ in range(4)] == [True, True, False, False]
    assert outage.is_down(choice)
    found, attempts, _ = run(choice)
    assert "is down" in found.reason and attempts == []
    model.heal()
    with travel(timedelta(seconds=outage.LONGEST_REST)):
        assert run(choice)[0].finish == Finish.DONE
    assert not KeyState.objects.exclude(failures=0).exists()


def test_one_unlucky_request_does_not_make_a_service_count_as_down(dialect, model):
    model.harm("503", times=4)
    choice = dialect.choice(ONE)
    assert isinstance(run(choice)[0], NoCompletion)
    assert run(choice)[0].finish == Finish.DONE


# --- money -------------------------------------------------------------------------------------------------


@pytest.fixture
def bot(db):
    return factories.BotFactory(llm_daily_budget_cents=200)


def test_what_it_cost_is_written_down(dialect, bot):
    _, [attempt], _ = run(dialect.choice(ONE), budget=Budget.of(bot))
    row = BotSpend.objects.get()
    assert (row.spent_microdollars, row.reserved_microdollars, row.requests) == (attempt.cost_microdollars, 0, 1)


def test_over_budget_nobody_is_asked_and_staff_are_told_once(dialect, model, other, bot):
    bot.llm_daily_budget_cents = 0
    first, attempts, _ = run(dialect.choice(ONE), other_choice(dialect, other), budget=Budget.of(bot))
    second, _, _ = run(dialect.choice(ONE), budget=Budget.of(bot))
    assert isinstance(first, OverBudget) and first.is_first
    assert isinstance(second, OverBudget) and not second.is_first
    assert attempts == [] and model.asked == [] == other.asked
    assert BotSpend.objects.get().over_budget_at


def test_a_dear_model_leaves_room_for_a_cheap_one(dialect, other, bot):
    bot.llm_daily_budget_cents = 1
    answer, attempts, _ = run(
        dialect.choice(ONE, model="gpt-5.5-pro"), other_choice(dialect, other), budget=Budget.of(bot)
    )
    assert answer.text == "from the other" and len(attempts) == 1


@pytest.mark.parametrize(
    ("harm", "counts"), [("hang", True), ("half", True), ("html", True), ("500", False), ("401", False)]
)
def test_what_may_have_been_done_counts_in_full_and_a_refusal_nothing(dialect, model, bot, harm, counts):
    model.harm(harm, times=FOR_EVER)
    _, attempts, _ = run(dialect.choice(ONE), budget=Budget.of(bot), seconds=1.2 if harm == "hang" else 40)
    row = BotSpend.objects.get()
    most = prices.most("gpt-5.6-luna", asking())
    assert row.spent_microdollars == (most * len(attempts) if counts else 0)
    assert row.reserved_microdollars == 0


def test_a_server_that_counts_nothing_is_counted_in_full(dialect, model, bot):
    model.harm("no_usage")
    run(dialect.choice(ONE), budget=Budget.of(bot))
    assert BotSpend.objects.get().spent_microdollars == prices.most("gpt-5.6-luna", asking())


# --- connections -------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_no_connection_is_held_while_the_model_thinks(dialect, model):
    bot = factories.BotFactory()
    held = []
    ours = connections["default"]  # this thread's

    def brain(asked):
        held.append(ours.connection is not None)
        return {"text": "Hello"}

    model.brain = brain
    answer, _, _ = run(dialect.choice(ONE), budget=Budget.of(bot))
    assert answer.text == "Hello" and held == [False]


# --- which models a bot may ask ----------------------------------------------------------------------------


@pytest.fixture
def both(settings):
    settings.LLM_KEYS = {"openai": [NamedKey("OPENAI_API_KEY", "o")], "anthropic": [NamedKey("ANTHROPIC_API_KEY", "a")]}


def told(bot) -> list[tuple[str, str, list[str]]]:
    return [(choice.provider, choice.model, [key.key for key in choice.keys]) for choice in choices_for(bot)]


def test_without_a_key_there_is_no_choice(bot):
    assert choices_for(bot) == []


def test_rules_means_rules(bot, both):
    bot.agent = "rules"
    assert choices_for(bot) == []


def test_the_wished_provider_comes_first_with_its_model_and_the_other_stands_behind(bot, both):
    assert told(bot) == [("openai", "gpt-5.6-luna", ["o"]), ("anthropic", "claude-haiku-5-5", ["a"])]
    bot.llm_provider, bot.llm_model = "anthropic", "claude-opus-5-5"
    assert told(bot) == [("anthropic", "claude-opus-5-5", ["a"]), ("openai", "gpt-5.6-luna", ["o"])]


def test_a_model_goes_with_its_provider_and_never_to_the_other(bot, both, settings):
    settings.LLM_KEYS = {**settings.LLM_KEYS, "anthropic": []}
    bot.llm_provider, bot.llm_model = "anthropic", "claude-opus-5-5"
    assert told(bot) == [("openai", "gpt-5.6-luna", ["o"])]


def test_a_bots_own_keys_replace_those_of_the_environment(bot, both):
    bot.llm_keys = {"anthropic": "mine-1\nmine-2"}
    bot.save()
    bot.refresh_from_db()
    assert told(bot) == [("openai", "gpt-5.6-luna", ["o"]), ("anthropic", "claude-haiku-5-5", ["mine-1", "mine-2"])]


def test_a_retired_key_stays_retired_for_all_who_use_it(dialect, model):
    pool.failed(dialect.provider, NamedKey("X", ONE), KeyRefused("401"))
    found, attempts, _ = run(dialect.choice(ONE))
    assert isinstance(found, NoCompletion) and attempts == []
