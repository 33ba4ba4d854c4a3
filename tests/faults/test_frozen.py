"""F18, F19, F20: what does not die but stands still: a row that somebody holds, beat, a worker that wakes up late."""

import os
import signal
import subprocess
import time
from pathlib import Path

import psycopg
import pytest

from tests.faults.checker import check
from tests.faults.rig import PYTHON, ROOT, TURN_LEASE_SECONDS, Process, Rig, until

pytestmark = [pytest.mark.faults, pytest.mark.timeout(300)]


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


def test_a_conversation_that_an_outsider_holds_keeps_no_other_waiting(rig):
    """Held for 20 seconds (60 in the list) while its own customer and twenty others write."""
    rig.run(workers=2)
    rig.customers.write("1800", "m1800")
    rig.drain(20)
    with psycopg.connect(rig.database_url) as outsider:
        outsider.execute("SELECT * FROM conversations_conversation WHERE peer = '1800' FOR UPDATE")
        own = [rig.customers.submit("1800", f"held{number}") for number in range(3)]
        talk = rig.customers.talk(people=20, messages=60, seconds=17, seed=18)
        talk.wait()
        time.sleep(2)
        others = rig.deliveries()
        assert not any(future.done() for future in own)
    for future in own:
        future.result(timeout=30)
    rig.drain(30)
    verdict = check(rig, experiment="F18")
    verdict.assert_good()
    answered = {name for one in others for name in one.text.split()[1:]}
    assert {text for _, _, text in talk.plan} <= answered, "others waited for the held one"
    slowest = max(max(rig.customers.written[text].seconds) for _, _, text in talk.plan)
    assert slowest <= 3.5, slowest


# --- F19: beat ---------------------------------------------------------------------------------------------------------------------

REMINDERS = 12


def plan_reminders(rig: Rig, seconds: float) -> None:
    command = [PYTHON, "-m", "tests.faults.reminders", str(REMINDERS), str(seconds)]
    subprocess.run(command, cwd=ROOT, env=rig.environment, check=True, timeout=60)


def reminded(rig: Rig) -> list[int]:
    return [len(rig.deliveries(customer=f"19{number:02d}")) for number in range(REMINDERS)]


def test_without_beat_rung_turns_go_on_and_reminders_follow_when_it_is_back(rig):
    """Beat is dead for 20 seconds (60 in the list); then two beats run for 65."""
    beat = rig.beat()
    workers = [rig.worker("worker0"), rig.worker("worker1")]
    rig.ready(rig.web(wait=False), beat, *workers)
    beat.restarts = False
    rig.kill(beat)
    plan_reminders(rig, 1)
    talk = rig.customers.talk(people=20, messages=40, seconds=20, seed=19)
    talk.wait()
    rig.drain(20)
    check(rig, experiment="F19 without beat").assert_good()
    assert reminded(rig) == [0] * REMINDERS
    beats = [rig.beat("beat1"), rig.beat("beat2")]
    rig.ready(*beats)
    until(lambda: sum(reminded(rig)) >= REMINDERS, 60, "the reminders to be sent")
    time.sleep(35)  # one more round of each beat
    assert reminded(rig) == [1] * REMINDERS
