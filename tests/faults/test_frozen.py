"""F18, F19, F20: what does not die but stands still: a row that somebody holds, beat, a worker that wakes up late."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from tests.faults.checker import check, names, traces
from tests.faults.rig import PYTHON, ROOT, TURN_LEASE_SECONDS, Process, Rig, until

pytestmark = [pytest.mark.slow, pytest.mark.faults, pytest.mark.timeout(300)]


# --- F20: a worker frozen for longer than its lease ---------------------------------------------------------------------------


def is_frozen(process: Process) -> bool:
    stat = Path(f"/proc/{process.popen.pid}/stat").read_text()
    return stat.rsplit(")", 1)[1].split()[0] == "T"


def freeze_and_take_over(rig: Rig, point: str, *, without: str = "") -> None:
    """One worker freezes at the point; another does the work; then the first one wakes up and goes on."""
    sleeper = rig.worker("sleeper", restarts=False, HARM_KILL_AT=point, HARM_SIGNAL="SIGSTOP", HARM_WITHOUT=without)
    rig.ready(rig.web(wait=False), sleeper)
    rig.customers.write("2000", "m2000")
    until(lambda: is_frozen(sleeper), 20, "the worker to freeze")
    rig.ready(rig.worker("heir"), rig.beat())
    rig.drain(30)
    time.sleep(TURN_LEASE_SECONDS)
    os.kill(sleeper.popen.pid, signal.SIGCONT)
    time.sleep(3)
    rig.drain(10)


def test_a_turn_that_wakes_up_late_has_no_effect(rig):
    freeze_and_take_over(rig, "thought")
    check(rig, experiment="F20 turn").assert_good()
    assert rig.sql("SELECT outcome FROM conversations_turn ORDER BY id") == [("answered",), ("fenced",)]
    assert len(rig.deliveries(customer="2000")) == 1


def test_control_without_the_fence_it_answers_a_second_time(rig):
    freeze_and_take_over(rig, "thought", without="fence,dedupe key")
    assert "answered_twice" in check(rig, experiment="F20 control").faults


@pytest.mark.parametrize(("point", "echo", "times"), [
    ("send claimed", "never", 1),  # it sees by its own clock that it slept too long
    ("sent", "after", 1),  # the echo has told
    ("sent", "never", 2),  # nobody can know: once more, and flagged
])  # fmt: skip
def test_a_send_that_wakes_up_late_is_not_repeated_unnoticed(make_rig, point, echo, times):
    rig = make_rig(echo=echo)
    freeze_and_take_over(rig, point)
    check(rig, experiment="F20 send", point=point, echo=echo).assert_good()
    assert len(rig.deliveries(customer="2000")) == times


# --- F18: somebody holds a conversation's row ----------------------------------------------------------------------------------

HELD = "1800"


def hold_a_conversation(rig: Rig, *, writes_on: bool, patience: float) -> tuple[list[str], float]:
    """An outsider holds a conversation that waits for its answer, while twenty others write for twelve seconds.

    With `writes_on` the held one's own customer sends eight messages more at once, twice as many as the web has
    threads. Returns which of the others' messages were not answered `patience` seconds after the last was written, the
    row still held, and how long the slowest delivery of theirs took.
    """
    with psycopg.connect(rig.database_url) as outsider:
        rig.customers.write(HELD, "slow")
        outsider.execute("SELECT * FROM conversations_conversation WHERE peer = %s FOR UPDATE", [HELD])
        own = [rig.customers.submit(HELD, f"held{number}") for number in range(8 if writes_on else 0)]
        talk = rig.customers.talk(people=20, messages=60, seconds=12, seed=18)
        time.sleep(talk.seconds)
        others = {text for _, _, text in talk.plan}
        with suppress(AssertionError):
            until(lambda: not others - answered(rig), patience, "the others to be answered")
        waiting = sorted(others - answered(rig))
        assert not rig.deliveries(customer=HELD)
        assert not any(future.done() for future in own)
    talk.wait()
    for future in own:
        future.result(timeout=60)
    rig.drain(30)
    return waiting, round(max(max(rig.customers.written[text].seconds) for text in others), 2)


def answered(rig: Rig) -> set[str]:
    return {name for one in rig.deliveries() for name in names(one.text)}


def test_a_conversation_that_an_outsider_holds_keeps_no_other_waiting(rig):
    """Held for some 15 seconds, 60 in the list."""
    rig.run(workers=2)
    waiting, slowest = hold_a_conversation(rig, writes_on=True, patience=5)
    check(rig, experiment="F18", slowest=slowest).assert_good()
    assert waiting == []
    assert slowest <= 3.5


@pytest.mark.parametrize("without", ["lock time-out", "waiting alone"])
def test_control_without_a_guard_of_the_webs_threads_they_pile_up(rig, without):
    rig.ready(rig.web(wait=False, without=without), rig.worker(), rig.beat())
    waiting, slowest = hold_a_conversation(rig, writes_on=True, patience=5)
    check(rig, experiment="F18 control", slowest=slowest, waiting=len(waiting), without=without)
    assert slowest > 3.5


@pytest.mark.parametrize("without", ["", "skip locked"])
def test_sweeps_pass_over_what_somebody_holds(rig, without):
    """Nobody rings, so that the sweeps must find everything. The control: sweeps that wait at a row that is held."""
    workers = [rig.worker(f"worker{number}", HARM_WITHOUT=without) for number in range(2)]
    rig.ready(rig.web(wait=False, without="wake-up"), rig.beat(), *workers)
    waiting, _ = hold_a_conversation(rig, writes_on=False, patience=12)
    if without:
        assert waiting
        return
    assert waiting == []
    check(rig, experiment="F18 sweeps").assert_good()


# --- F19: beat ---------------------------------------------------------------------------------------------------------------------

REMINDERS = 12


def plan_reminders(rig: Rig, seconds: float) -> None:
    command = [PYTHON, "-m", "tests.faults.reminders", str(REMINDERS), str(seconds)]
    subprocess.run(command, cwd=ROOT, env=rig.environment, check=True, timeout=60)


def reminded(rig: Rig) -> list[int]:
    return [len(rig.deliveries(customer=f"19{number:02d}")) for number in range(REMINDERS)]


def live_without_beat(rig: Rig, *, seconds: float, without: str = "") -> None:
    """Beat is killed, and customers write; reminders fall due meanwhile."""
    beat = rig.beat()
    workers = [rig.worker(f"worker{number}", HARM_WITHOUT=without, HARM_LINGER="0.3") for number in range(2)]
    rig.ready(rig.web(wait=False, without=without), beat, *workers)
    beat.restarts = False
    rig.kill(beat)
    plan_reminders(rig, 1)
    rig.customers.talk(people=20, messages=int(2 * seconds), seconds=seconds, seed=19).wait()
    rig.drain(20)


def come_back_twice(rig: Rig) -> int:
    """Two beats at once, until both have come for the reminders. Returns how often one was about to be claimed."""
    rig.ready(rig.beat("beat1"), rig.beat("beat2"))
    until(lambda: all(reminded(rig)), 60, "the reminders to be sent")
    time.sleep(5)  # the slower of the two ends as well
    return len(traces(rig, "reminder"))


def test_without_beat_rung_turns_go_on_and_reminders_follow_once_when_two_are_back(rig):
    """Beat is dead for 20 seconds, 60 in the list."""
    live_without_beat(rig, seconds=20)
    check(rig, experiment="F19 without beat").assert_good()
    assert reminded(rig) == [0] * REMINDERS
    assert come_back_twice(rig) > REMINDERS, "the two never met"
    assert reminded(rig) == [1] * REMINDERS
    time.sleep(35)  # one more round of each beat
    assert reminded(rig) == [1] * REMINDERS


def test_control_without_rings_nothing_goes_on_while_beat_is_dead(rig):
    live_without_beat(rig, seconds=5, without="wake-up")
    faults = check(rig, experiment="F19 control").faults
    assert len(faults["lost"]) == len(rig.customers.written)


def test_control_without_the_claim_two_beats_remind_twice(rig):
    live_without_beat(rig, seconds=2, without="reminder claim,dedupe key")
    assert come_back_twice(rig) > REMINDERS
    assert max(reminded(rig)) > 1
