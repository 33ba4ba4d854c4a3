"""F1, F4, F11, F13, F16, F21: many customers write while something is killed again and again.

The list asks for 500 messages of 50 customers in 25 seconds and two workers of two; two cores that also run the
customers, Meta and the tests take 200 messages of 20 customers in 20 to 30 seconds. The kills are as often and as real.
"""

import random
import signal
import threading
import time
from collections.abc import Callable
from typing import Any

import pytest

from config import embedded
from tests.faults.checker import Verdict, check, traces
from tests.faults.rig import Process, Rig, until

pytestmark = [pytest.mark.slow, pytest.mark.faults, pytest.mark.timeout(400)]

LOAD = {"people": 20, "messages": 200}


def talk_and_harm(
    rig: Rig, harm: Callable[[], None], *, every: float, seconds: float, seed: int, patience: float = 90, **load: Any
) -> float:
    """Let customers write for `seconds` and do the harm every so often, then wait for peace. How long that took."""
    talk = rig.customers.talk(**LOAD | load, seconds=seconds, seed=seed)
    while talk.goes_on:
        time.sleep(every)
        harm()
    talk.wait()
    return round(rig.drain(patience), 1)


def a_worker(rig: Rig, workers: list[Process], seed: int) -> Callable[[], None]:
    chance = random.Random(seed)
    return lambda: rig.kill(chance.choice(workers))


# --- F1: workers killed ------------------------------------------------------------------------------------------------


def kill_workers(rig: Rig, *, seed: int, without: str = "", echo: str = "after") -> Verdict:
    workers = rig.run(workers=2, without=without, HARM_THINK="0.15")
    drained = talk_and_harm(rig, a_worker(rig, workers, seed), every=3, seconds=25, seed=seed, prefix="slow")
    return check(rig, experiment="F1", seed=seed, echo=echo, without=without, drained=drained)


@pytest.mark.parametrize(("seed", "echo"), [(1, "after"), (2, "never")])
def test_workers_killed_all_the_time_lose_nothing_and_answer_nothing_twice(make_rig, seed, echo):
    rig = make_rig(echo=echo)
    verdict = kill_workers(rig, seed=seed, echo=echo)
    verdict.assert_good()
    turns = sum(verdict.numbers["turns"].values())
    assert verdict.numbers["thoughts"] <= turns + 64 * rig.kills  # each kill ends what its threads were thinking
    assert verdict.numbers["duplicates"] <= 64 * rig.kills


def test_control_without_lease_and_fence_much_is_answered_twice(rig):
    faults = kill_workers(rig, seed=1, without="lease,dedupe key").faults
    assert "answered_twice" in faults
    assert "I3 answered twice" in faults["broken"]


# --- F4: one conversation, two workers -----------------------------------------------------------------------------------


def one_conversation(rig: Rig, *, without: str = "") -> Verdict:
    """A hundred messages at five a second; each turn thinks for a while, so that the next one is due meanwhile."""
    rig.run(workers=2, without=without, HARM_THINK="0.5")
    for number in range(100):
        rig.customers.submit("4000", f"slow{number}")
        time.sleep(0.2)
    rig.drain(60)
    return check(rig, experiment="F4", without=without)


def test_one_conversation_is_answered_by_one_worker_at_a_time(rig):
    one_conversation(rig).assert_good()


def test_control_without_the_lease_two_workers_think_about_the_same_conversation(rig):
    assert "overlaps" in one_conversation(rig, without="lease,dedupe key").faults


# --- F11, F13: the broker --------------------------------------------------------------------------------------------------


def flush(rig: Rig) -> None:
    with rig.installation.valkey() as client:
        client.flushall()


def test_a_broker_that_forgets_everything_loses_nothing(rig):
    rig.run(workers=2)
    drained = talk_and_harm(rig, lambda: flush(rig), every=5, seconds=25, seed=11)
    verdict = check(rig, experiment="F11", drained=drained)
    verdict.assert_good()
    assert verdict.numbers["duplicates"] == 0
    assert verdict.numbers["p95"] <= 5 + 0.2 + 1  # debounce and its ceiling on top of what the list allows


def test_control_without_the_sweeps_what_the_broker_forgot_is_lost(rig):
    """The rings are forgotten before a worker hears them."""
    workers = [rig.worker(f"worker{number}", queues="turns,sends") for number in range(2)]
    rig.ready(rig.web(wait=False), *workers)

    def flush_unheard() -> None:
        for number in (signal.SIGSTOP, signal.SIGCONT):
            for worker in workers:
                worker.send(number)
            if number == signal.SIGSTOP:
                time.sleep(1)
                flush(rig)

    talk_and_harm(rig, flush_unheard, every=0.5, seconds=10, seed=11, people=100, messages=100, patience=10)
    assert "lost" in check(rig, experiment="F11 control").faults


def worked(rig: Rig, worker: Process, since: float) -> bool:
    return any(one["pid"] == worker.popen.pid and one["at"] > since for one in traces(rig, "begin"))


def stop_and_kill_broker(rig: Rig, *, times: int, without: str = "") -> Verdict:
    """Valkey is shut down and killed in turns with tasks in flight; each worker must take work again in 30 seconds."""
    workers = rig.run(workers=2, without=without, HARM_THINK="1.5")
    talk = rig.customers.talk(people=20, messages=50 * times, seconds=15 * times, seed=13)
    returns: list[float] = []
    for number in range(times):
        time.sleep(4)
        rig.customers.submit(f"13{number:02d}", f"slow{number}")
        time.sleep(1)  # that task is in flight now
        embedded.stop_valkey(rig.installation.data_dir, kill=number % 2 == 1)
        time.sleep(2)
        embedded.start_valkey(rig.installation.data_dir)
        returned = time.monotonic()
        for worker in workers:
            until(lambda worker=worker, since=returned: worked(rig, worker, since), 30, f"{worker.name} to work again")
        returns.append(round(time.monotonic() - returned, 1))
    talk.wait()
    drained = round(rig.drain(90), 1)
    deaths = sum(worker.deaths for worker in workers)
    return check(rig, experiment="F13", drained=drained, back_after=returns, deaths=deaths, without=without)


def test_workers_find_back_to_a_broker_that_was_stopped_and_killed(rig):
    verdict = stop_and_kill_broker(rig, times=6)
    verdict.assert_good()
    assert verdict.numbers["deaths"] == 0


def test_control_acknowledging_late_workers_die_with_the_broker(rig):
    assert stop_and_kill_broker(rig, times=3, without="early ack").numbers["deaths"] > 0


# --- F16: the database -------------------------------------------------------------------------------------------------------


def restart_database(rig: Rig, *, without: str = "") -> Verdict:
    rig.ready(rig.web(wait=False, without=without), rig.beat(), *(rig.worker(f"worker{number}") for number in range(2)))
    talk = rig.customers.talk(**LOAD, seconds=24, seed=16)
    for _ in range(2):
        time.sleep(8)
        embedded.stop_postgres(rig.installation.data_dir, "immediate")
        time.sleep(6)  # longer than the web waits for a connection
        embedded.start_postgres(rig.installation.data_dir)
    talk.wait()
    drained = round(rig.drain(90), 1)
    statuses = {status for one in rig.customers.written.values() for status in one.statuses}
    return check(rig, experiment="F16", drained=drained, statuses=sorted(statuses), without=without)


def test_a_database_that_crashes_twice_loses_nothing_that_was_thanked_for(rig):
    verdict = restart_database(rig)
    verdict.assert_good()
    assert verdict.numbers["statuses"] == [200, 503]


def test_control_thanks_before_the_commit_lose_messages(rig):
    assert "not_stored" in restart_database(rig, without="commit before 200").faults


# --- F21: deployments ----------------------------------------------------------------------------------------------------------


def deploy(rig: Rig, *, seconds: float, without: str = "") -> Verdict:
    """Worker after worker is told to stop and started anew, while turns and sends take their time and no echo tells."""
    workers = rig.run(workers=2, without=without, HARM_THINK="0.5")
    rig.meta("harm", name="slow", wait=0.6, times=-1)
    turn = iter(range(100))

    def stop_one() -> None:
        worker = workers[next(turn) % 2]
        threading.Thread(target=worker.stop, daemon=True).start()  # the supervisor starts it again

    drained = talk_and_harm(rig, stop_one, every=7, seconds=seconds, seed=21, prefix="slow")
    deaths = sum(worker.deaths for worker in workers)
    return check(rig, experiment="F21", drained=drained, deaths=deaths, without=without)


def test_a_rolling_restart_repeats_nothing(make_rig):
    verdict = deploy(make_rig(echo="never"), seconds=35)
    verdict.assert_good()
    assert verdict.numbers["deaths"] >= 4
    assert verdict.numbers["uncertain"] == 0, "a send was cut off"
    assert verdict.numbers["thoughts"] == sum(verdict.numbers["turns"].values()), "a turn was cut off"


def test_control_workers_that_drop_everything_leave_turns_and_sends_in_doubt(make_rig):
    verdict = deploy(make_rig(echo="never"), seconds=21, without="warm shutdown")
    assert verdict.numbers["uncertain"] > 0
    assert verdict.numbers["thoughts"] > sum(verdict.numbers["turns"].values())
