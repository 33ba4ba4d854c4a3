"""F5, F7 – F10, F14: what comes in repeated, broken, all at once, in the wrong order, and while the bot thinks."""

import os
import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from config import embedded
from tests.faults.checker import check, names
from tests.faults.rig import Rig, until
from tests.standins.graph import encode, envelope, item, post_signed


@pytest.fixture(scope="module")
def living(house, tmp_path_factory):
    """A rig for experiments that leave no damage behind; each has customers of its own."""
    with Rig(house, tmp_path_factory.mktemp("living")) as rig:
        rig.run(workers=1)
        yield rig


def bring(rig: Rig, *items: dict) -> int:
    return post_signed(rig.webhook_url, encode(envelope(*items)))


def replies(rig: Rig, customer: str) -> list[list[str]]:
    return [names(one.text) for one in rig.deliveries(customer=customer)]


# --- F5: more is written while the agent thinks -------------------------------------------------------------------------

PEOPLE = 30  # 50 in the list; two cores


def write_while_it_thinks(rig: Rig) -> list[list[list[str]]]:
    """Each writes `slow`, and `later` in the seconds that the agent thinks about that. Each one's replies."""
    people = [f"50{number:02d}" for number in range(PEOPLE)]
    for prefix in ("slow", "later"):
        for future in [rig.customers.submit(one, prefix + one) for one in people]:
            future.result(timeout=30)
        until(lambda: rig.trace.read_text().count("begin") >= PEOPLE, 20, "everybody's first turn to begin")
    rig.drain(30)
    return [replies(rig, one) for one in people]


def test_what_is_written_while_the_agent_thinks_is_in_the_reply(living):
    said = write_while_it_thinks(living)
    check(living, experiment="F5").assert_good()
    assert all(len(one) == 1 and len(one[0]) == 2 for one in said)
    assert living.sql("SELECT count(*) FROM conversations_turn WHERE outcome = 'redo'")[0][0] >= PEOPLE / 2


@pytest.mark.faults
def test_control_without_the_second_look_the_later_words_are_ignored(rig):
    rig.run(workers=1, without="second look")
    said = write_while_it_thinks(rig)
    assert any(one[0] == [one[0][0]] for one in said)


# --- F7: the same delivery again and again -------------------------------------------------------------------------------


def bring_again_and_again(rig: Rig, *, seed: int = 7) -> list[tuple]:
    """Forty messages of ten customers, each delivered one to five times at once and shuffled; the rows of them."""
    chance = random.Random(seed)
    bodies = [item(f"70{number % 10:02d}", message={"mid": f"d{number}", "text": f"d{number}"}) for number in range(40)]
    deliveries = [one for one in bodies for _ in range(chance.randint(1, 5))]
    chance.shuffle(deliveries)
    with ThreadPoolExecutor(12) as pool:
        assert set(pool.map(lambda one: bring(rig, one), deliveries)) == {200}
    rig.drain(30)
    return rig.sql("SELECT text FROM conversations_message WHERE author = 'customer' AND text LIKE 'd%%' AND %s", True)


def timers(rig: Rig) -> list[tuple]:
    return rig.sql(
        "SELECT peer, last_seq, last_inbound_seq, due_at, last_inbound_at, last_message_at, oldest_unanswered_at "
        "FROM conversations_conversation WHERE peer LIKE '70%%' AND %s ORDER BY peer", True,
    )  # fmt: skip


def test_a_delivery_repeated_is_one_message_and_moves_no_timer(living):
    assert len(bring_again_and_again(living)) == 40
    before = timers(living)
    bring_again_and_again(living, seed=8)
    assert timers(living) == before
    said = [name for number in range(10) for reply in replies(living, f"70{number:02d}") for name in reply]
    assert sorted(said) == sorted(f"d{number}" for number in range(40))
    check(living, experiment="F7").assert_good()


@pytest.mark.faults
def test_control_without_the_external_id_repeats_are_new_messages(rig):
    rig.ready(rig.web(wait=False, without="external id"), rig.worker(), rig.beat())
    assert len(bring_again_and_again(rig)) > 40
    assert "answered_twice" in check(rig, experiment="F7 control").faults


# --- F8: a batch that is broken in part ------------------------------------------------------------------------------------


def test_three_broken_of_twenty_are_set_aside_and_the_rest_is_answered(living):
    good = [item("8000", message={"mid": f"b{number}", "text": f"b{number}"}) for number in range(17)]
    broken = [{"sender": "?"}, item("8000", message={"text": "no mid"}), item("8000", message="not an object")]
    batch = [*good[:5], broken[0], *good[5:11], broken[1], *good[11:], broken[2]]
    before = living.sql("SELECT count(*) FROM conversations_unreadabledelivery")[0][0]
    for _ in range(2):
        assert bring(living, *batch) == 200
    living.drain(20)
    assert sorted(name for reply in replies(living, "8000") for name in reply) == sorted(f"b{n}" for n in range(17))
    assert living.sql("SELECT count(*) FROM conversations_unreadabledelivery")[0][0] - before == 3


# --- F9: an album of somebody new ------------------------------------------------------------------------------------------


def test_ten_photos_at_once_of_a_stranger_are_one_contact_and_one_reply(living):
    photo = [{"type": "image", "payload": {"url": "https://lookaside.fbsbx.com/photo"}}]
    with ThreadPoolExecutor(10) as pool:
        album = [item("9900", message={"mid": f"photo{number}", "attachments": photo}) for number in range(10)]
        assert set(pool.map(lambda one: bring(living, one), album)) == {200}
    living.drain(20)
    rows = living.sql("SELECT id, contact_id FROM conversations_conversation WHERE peer = '9900'")
    assert len(rows) == 1
    assert living.sql("SELECT count(*) FROM conversations_contactidentity WHERE value = '9900'") == [(1,)]
    assert living.sql("SELECT count(*) FROM conversations_message WHERE author = 'customer' "
                      "AND conversation_id = %s", rows[0][0]) == [(10,)]  # fmt: skip
    assert len(living.deliveries(customer="9900")) == 1


# --- F10: in the wrong order -----------------------------------------------------------------------------------------------


def test_what_arrives_out_of_order_is_read_in_the_order_it_was_written(living):
    now = time.time()
    order = list(range(8))
    random.Random(10).shuffle(order)
    assert bring(living, *(
        item("1000", at=now - 60 + 5 * number, message={"mid": f"o{number}", "text": f"o{number}"}) for number in order
    )) == 200  # fmt: skip
    living.drain(20)
    assert bring(living, item("1000", at=now - 55, message={"mid": "late", "text": "late"})) == 200
    living.drain(20)
    assert replies(living, "1000") == [[f"o{number}" for number in range(8)], ["late"]]


# --- F14: the broker takes connections and answers nothing ------------------------------------------------------------------


def write_at_a_frozen_broker(rig: Rig, *, seconds: float) -> list[float]:
    """How long each delivery took while Valkey was frozen."""
    valkey = embedded.valkey_pid(rig.house.data_dir)
    os.kill(valkey, signal.SIGSTOP)
    try:
        talk = rig.customers.talk(people=8, messages=int(5 * seconds), seconds=seconds, seed=14)
        talk.wait()
    finally:
        os.kill(valkey, signal.SIGCONT)
    rig.drain(60)
    return sorted(max(rig.customers.written[text].seconds) for _, _, text in talk.plan)


@pytest.mark.parametrize("seconds", [4, pytest.param(30, marks=pytest.mark.faults)])
def test_a_broker_that_does_not_answer_keeps_no_customer_waiting(living, seconds):
    took = write_at_a_frozen_broker(living, seconds=seconds)
    statuses = {status for one in living.customers.written.values() for status in one.statuses}
    check(living, experiment="F14", seconds=seconds, slowest=round(took[-1], 2)).assert_good()
    assert statuses == {200}
    assert took[-1] <= 3  # one time-out of two seconds, then nobody rings for a while
    assert seconds < 10 or took[len(took) // 2] < 0.5
