"""Which key is used, which rests and which is retired; for all workers alike."""

from collections import Counter
from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection
from django.utils import timezone

from bots.llm import keys
from bots.llm.base import BadRequest, KeyRefused, KeySpent, RateLimited, Unavailable
from bots.llm.environment import NamedKey, keys_of_environment
from bots.models import KeyState

pytestmark = pytest.mark.django_db

KEYS = [NamedKey(f"OPENAI_API_KEY_{number}", f"sk-{number}") for number in range(3)]


def test_keys_are_found_in_the_order_of_their_numbers():
    environment = {
        "OPENAI_API_KEY_10": "ten", "OPENAI_API_KEY": " plain ", "OPENAI_API_KEY_2": "two", "OPENAI_API_KEY_3": " ",
        "ANTHROPIC_API_KEY": "a", "CLAUDE_API_KEY_1": "c1", "CLAUDE_API_KEY_2": "a", "MY_OPENAI_API_KEY": "no",
        "OPENAI_API_KEY_X": "no",
    }  # fmt: skip
    assert keys_of_environment(environment) == {
        "openai": [("OPENAI_API_KEY", "plain"), ("OPENAI_API_KEY_2", "two"), ("OPENAI_API_KEY_10", "ten")],
        "anthropic": [("ANTHROPIC_API_KEY", "a"), ("CLAUDE_API_KEY_1", "c1")],
    }


def test_a_key_is_not_shown_when_it_is_printed():
    assert "sk-1" not in repr([NamedKey("OPENAI_API_KEY_1", "sk-1")])


def test_a_conversation_keeps_its_key_and_the_load_spreads():
    first = [keys.usable("openai", KEYS, f"c{number}")[0].name for number in range(300)]
    again = [keys.usable("openai", list(reversed(KEYS)), f"c{number}")[0].name for number in range(300)]
    assert first == again
    assert all(70 < times < 130 for times in Counter(first).values())


def test_a_key_that_goes_moves_only_its_own_conversations():
    before = {number: keys.usable("openai", KEYS, f"c{number}")[0] for number in range(60)}
    keys.failed("openai", KEYS[0], KeyRefused("401"))
    for number, key in before.items():
        now = keys.usable("openai", KEYS, f"c{number}")[0]
        assert now != KEYS[0] and (key == KEYS[0] or now == key)


def test_neither_key_nor_plain_hash_is_stored():
    keys.failed("openai", KEYS[0], KeyRefused("401"))
    with connection.cursor() as cursor:
        cursor.execute("SELECT s::text FROM bots_keystate s")
        [(row,)] = cursor.fetchall()
    import hashlib

    assert "sk-0" not in row and hashlib.sha256(b"sk-0").hexdigest() not in row


def state(number: int) -> KeyState:
    return KeyState.objects.get(fingerprint=keys.fingerprint("openai", KEYS[number].key))


@pytest.mark.parametrize(("named", "least", "most"), [(7.0, 6, 7), (0.5, 0, 0.5), (86_400.0, 3590, 3600), (None, 4, 5)])
def test_a_limited_key_rests_for_the_time_that_was_named(named, least, most):
    keys.failed("openai", KEYS[0], RateLimited("429", rest_seconds=named))
    rest = (state(0).resting_until - timezone.now()).total_seconds()
    assert least <= rest <= most


def test_without_a_named_time_each_failure_doubles_the_rest_up_to_a_minute_and_success_ends_it():
    rests = []
    for _ in range(6):
        keys.failed("openai", KEYS[0], RateLimited("429"))
        rests.append(round((state(0).resting_until - timezone.now()).total_seconds()))
    assert rests == [5, 10, 20, 40, 60, 60]
    keys.worked("openai", KEYS[0])
    assert (state(0).failures, state(0).resting_until) == (0, None)


def test_a_shorter_rest_does_not_end_a_longer_one():
    keys.failed("openai", KEYS[0], RateLimited("429", rest_seconds=600))
    keys.failed("openai", KEYS[0], RateLimited("429", rest_seconds=1))
    assert state(0).resting_until > timezone.now() + timedelta(seconds=500)


def test_a_spent_key_rests_until_tomorrow():
    keys.failed("openai", KEYS[0], KeySpent("429 insufficient_quota"))
    assert state(0).resting_until == keys.tomorrow()
    assert [key.name for key in keys.usable("openai", KEYS, "c")].count("OPENAI_API_KEY_0") == 0


def test_a_refused_key_is_retired_until_a_person_brings_it_back():
    keys.failed("openai", KEYS[0], KeyRefused("401 invalid_api_key"))
    assert state(0).retired_at and state(0).reason == "Refused: 401 invalid_api_key"
    assert KEYS[0] not in keys.usable("openai", KEYS, "c")
    assert keys.bring_back([state(0).pk]) == 1
    assert KEYS[0] in keys.usable("openai", KEYS, "c")


@pytest.mark.parametrize("error", [Unavailable("503"), BadRequest("400")])
def test_what_is_not_the_keys_fault_leaves_it_alone(error):
    keys.failed("openai", KEYS[0], error)
    assert not KeyState.objects.exists()


def test_the_same_key_at_another_provider_is_another_key():
    keys.failed("openai", KEYS[0], KeyRefused("401"))
    assert KEYS[0] in keys.usable("anthropic", KEYS, "c")


def test_it_is_known_when_the_first_key_wakes():
    assert keys.wakes_in("openai", []) is None
    keys.failed("openai", KEYS[0], RateLimited("429", rest_seconds=30))
    keys.failed("openai", KEYS[1], RateLimited("429", rest_seconds=9))
    keys.failed("openai", KEYS[2], KeyRefused("401"))
    assert 8 < keys.wakes_in("openai", KEYS) < 9.1
    assert keys.wakes_in("openai", KEYS[2:]) is None


def test_use_is_written_down_once_a_minute(django_assert_num_queries):
    keys.worked("openai", KEYS[0])
    with django_assert_num_queries(1):
        keys.worked("openai", KEYS[0])


@pytest.mark.django_db(transaction=True)
def test_two_workers_that_fail_at_once_leave_one_row():
    barrier = Barrier(8)

    def work() -> None:
        barrier.wait()
        keys.failed("openai", KEYS[0], RateLimited("429"))
        connection.close()

    threads = [Thread(target=work) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert (KeyState.objects.count(), state(0).failures) == (1, 8)
