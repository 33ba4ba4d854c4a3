"""F5, F7 – F10, F14: what comes in repeated, broken, all at once, in the wrong order, and while the bot thinks."""

import os
import random
import signal
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from config import embedded
from tests.faults.checker import check, names
from tests.faults.rig import Rig, until
from tests.standins.graph import encode, envelope, item, post_signed

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def living(installation, tmp_path_factory):
    """A rig for experiments that leave no damage behind; each has customers of its own."""
    with Rig(installation, tmp_path_factory.mktemp("living")) as rig:
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
@pytest.mark.again
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
@pytest.mark.again
def test_control_without_the_external_id_repeats_are_new_messages(rig):
    rig.ready(rig.web(wait=False, without="external id"), rig.worker(), rig.beat())
    assert len(bring_again_and_again(rig)) > 40
    assert "answered_twice" in check(rig, experiment="F7 control").faults


# --- F8, F9, F10: a batch that is broken in part, an album of somebody new, and the wrong order ------------------------------


@pytest.fixture(scope="module")
def bare(installation, tmp_path_factory):
    """A rig without the guards that the next three experiments need; each guard concerns one of them only."""
    with Rig(installation, tmp_path_factory.mktemp("bare")) as rig:
        web = rig.web(wait=False, without="one by one,one person")
        rig.ready(web, rig.worker(HARM_WITHOUT="written order"), rig.beat())
        yield rig


def bring_a_broken_batch(rig: Rig, customer: str) -> tuple[set[int], list[str], int]:
    """Three broken of twenty, twice. How it was answered, which messages were, how many items were set aside."""
    good = [item(customer, message={"mid": f"b{number}", "text": f"b{number}"}) for number in range(17)]
    broken = [{"sender": "?"}, item(customer, message={"text": "no mid"}), item(customer, message="not an object")]
    batch = [*good[:5], broken[0], *good[5:11], broken[1], *good[11:], broken[2]]
    before = set_aside(rig)
    statuses = {bring(rig, *batch) for _ in range(2)}
    rig.drain(20)
    return statuses, sorted(name for reply in replies(rig, customer) for name in reply), set_aside(rig) - before


def set_aside(rig: Rig) -> int:
    return int(rig.sql("SELECT count(*) FROM conversations_deadletter")[0][0])


def test_three_broken_of_twenty_are_set_aside_and_the_rest_is_answered(living):
    assert bring_a_broken_batch(living, "8000") == ({200}, sorted(f"b{number}" for number in range(17)), 3)


@pytest.mark.again
def test_control_without_reading_one_by_one_the_broken_spoil_the_rest(bare):
    statuses, answered, _ = bring_a_broken_batch(bare, "8000")
    assert 200 not in statuses
    assert answered == []


@pytest.mark.faults
@pytest.mark.again
def test_control_without_the_digest_a_repeated_delivery_is_set_aside_again(rig):
    rig.ready(rig.web(wait=False, without="digest"), rig.worker(), rig.beat())
    assert bring_a_broken_batch(rig, "8000")[2] == 6


def bring_an_album(rig: Rig, customer: str) -> tuple[set[int], list[int]]:
    """Ten photos at once of somebody new.

    How they were answered, and how many identities, conversations, messages and replies there are then.
    """
    photo = [{"type": "image", "payload": {"url": "https://lookaside.fbsbx.com/photo"}}]
    with ThreadPoolExecutor(10) as pool:
        album = [item(customer, message={"mid": f"photo{number}", "attachments": photo}) for number in range(10)]
        statuses = set(pool.map(lambda one: bring(rig, one), album))
    rig.drain(20)
    identities = rig.sql("SELECT count(*) FROM conversations_contactidentity WHERE value = %s", customer)
    conversations = rig.sql("SELECT count(*) FROM conversations_conversation WHERE peer = %s", customer)
    messages = rig.sql(
        "SELECT count(*) FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id "
        "WHERE m.author = 'customer' AND c.peer = %s", customer,
    )  # fmt: skip
    replies = len(rig.deliveries(customer=customer))
    return statuses, [identities[0][0], conversations[0][0], messages[0][0], replies]


def test_ten_photos_at_once_of_a_stranger_are_one_contact_and_one_reply(living):
    assert bring_an_album(living, "9900") == ({200}, [1, 1, 10, 1])


@pytest.mark.again
def test_control_without_lock_and_constraint_a_stranger_becomes_several(bare):
    _, (identities, *_) = bring_an_album(bare, "9900")
    assert identities > 1


def write_out_of_order(rig: Rig, customer: str) -> tuple[list[str], list[list[str]]]:
    """Eight messages of the last minute in one shuffled delivery, and a ninth, older one after the reply.

    How they arrived, and the replies.
    """
    now = time.time()
    moments = {f"o{number}": now - 60 + 5 * number for number in range(8)}
    arrived = random.Random(10).sample(list(moments), 8)
    batch = [item(customer, at=moments[name], message={"mid": name, "text": name}) for name in arrived]
    assert bring(rig, *batch) == 200
    rig.drain(20)
    assert bring(rig, item(customer, at=now - 55, message={"mid": "late", "text": "late"})) == 200
    rig.drain(20)
    return arrived, replies(rig, customer)


def test_what_arrives_out_of_order_is_read_in_the_order_it_was_written(living):
    _, said = write_out_of_order(living, "1000")
    assert said == [[f"o{number}" for number in range(8)], ["late"]]


@pytest.mark.again
def test_control_without_the_written_order_it_is_read_as_it_arrived(bare):
    arrived, said = write_out_of_order(bare, "1000")
    assert said == [arrived, ["late"]]


# --- F14: the broker takes connections and answers nothing ------------------------------------------------------------------


def write_at_a_frozen_broker(rig: Rig, *, seconds: float) -> list[float]:
    """Valkey is frozen for `seconds` while strangers write, each of whom is enqueued: one wake-up is enough for a talk.

    How long their deliveries took, the quickest first.
    """
    valkey = embedded.valkey_pid(rig.installation.data_dir)
    os.kill(valkey, signal.SIGSTOP)
    thaw = threading.Timer(seconds, os.kill, (valkey, signal.SIGCONT))
    thaw.start()
    try:
        talk = rig.customers.talk(people=500, messages=int(5 * seconds), seconds=seconds - 0.5, seed=14)
        talk.wait()
    finally:
        thaw.join()
    rig.drain(60)
    return sorted(max(rig.customers.written[text].seconds) for _, _, text in talk.plan)


@pytest.mark.parametrize("seconds", [5, pytest.param(30, marks=pytest.mark.faults)])
def test_a_broker_that_does_not_answer_keeps_no_customer_waiting(living, seconds):
    took = write_at_a_frozen_broker(living, seconds=seconds)
    statuses = {status for one in living.customers.written.values() for status in one.statuses}
    check(living, experiment="F14", seconds=seconds, slowest=round(took[-1], 2)).assert_good()
    assert statuses == {200}
    assert took[-1] <= 3  # one time-out of two seconds, then nobody rings for a while
    assert took[len(took) // 2] < 0.5


@pytest.mark.faults
@pytest.mark.again
def test_control_without_the_time_out_who_rings_hangs_as_long_as_the_broker(rig):
    rig.ready(rig.web(wait=False, without="wake-up time-out"), rig.worker(), rig.beat())
    assert write_at_a_frozen_broker(rig, seconds=8)[-1] > 5


@pytest.mark.faults
@pytest.mark.again
def test_control_without_the_quiet_time_everybody_waits(rig):
    rig.ready(rig.web(wait=False, without="quiet"), rig.worker(), rig.beat())
    took = write_at_a_frozen_broker(rig, seconds=8)
    assert took[len(took) // 2] > 1.5
