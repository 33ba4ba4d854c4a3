"""F38: workers whose own clocks are ten minutes ahead and ten behind, the database's right.

Only their processes are shifted, by libfaketime (tests/shifted). What each kind of moment means for one process is asked
in tests/one_clock; here whole workers meet over the same rows.
"""

import subprocess
import time

import pytest

from tests import shifted
from tests.faults.checker import Verdict, check
from tests.faults.rig import PYTHON, ROOT, Process, Rig, until

pytestmark = [pytest.mark.slow, pytest.mark.faults, pytest.mark.timeout(200)]

TEN_MINUTES = 600
AHEAD, RIGHT, BEHIND = TEN_MINUTES, 0, -TEN_MINUTES
REMINDERS = 4


def worker(rig: Rig, name: str, seconds: int, **environment: str) -> Process:
    skewed = shifted.by(seconds)
    skewed["PYTHONPATH"] = f"{skewed['PYTHONPATH']}:{ROOT}"
    return rig.worker(name, **skewed, **environment)


def live_with_them(rig: Rig, *skews: int, kills: bool, without: str = "") -> tuple[Verdict, float]:
    """Ten people write a hundred messages, each turn thinks for a second; the verdict, and how long peace took."""
    harm = {"HARM_THINK": "1", "HARM_WITHOUT": without}
    workers = [worker(rig, f"worker{number}", seconds, **harm) for number, seconds in enumerate(skews)]
    rig.ready(rig.web(wait=False), rig.beat(), *workers)
    talk = rig.customers.talk(people=10, messages=100, seconds=20, seed=38, prefix="slow")
    for killed in workers * 2 if kills else []:
        time.sleep(3)
        rig.kill(killed)
    talk.wait()
    drained = rig.drain(60)
    return check(rig, experiment="F38", without=without, drained=round(drained, 1)), drained


def test_no_lease_is_stolen(rig: Rig) -> None:
    verdict, drained = live_with_them(rig, AHEAD, RIGHT, BEHIND, kills=False)
    verdict.assert_good()
    assert verdict.numbers["turns"].keys() <= {"answered", "redo"}
    assert drained < 10


def test_no_lease_is_stuck_when_its_worker_is_killed(rig: Rig) -> None:
    """The leases of the one that is ahead would last ten minutes more by the clock of the others."""
    verdict, drained = live_with_them(rig, AHEAD, RIGHT, BEHIND, kills=True)
    verdict.assert_good()
    assert drained < 40


def test_control_where_each_goes_by_its_own_clock_leases_are_stolen(rig: Rig) -> None:
    """The one that is ahead takes over what the other is still thinking about."""
    verdict, _ = live_with_them(rig, AHEAD, RIGHT, without="one clock", kills=False)
    assert "overlaps" in verdict.faults


def reminded(rig: Rig) -> list[int]:
    return [len(rig.deliveries(customer=f"19{number:02d}")) for number in range(REMINDERS)]


def plan_reminders(rig: Rig, seconds: float) -> None:
    command = [PYTHON, "-m", "tests.faults.reminders", str(REMINDERS), str(seconds)]
    subprocess.run(command, cwd=ROOT, env=rig.environment, check=True, timeout=60)


@pytest.mark.parametrize("seconds", [AHEAD, BEHIND], ids=["ahead", "behind"])
def test_reminders_go_out_when_the_database_says_so(rig: Rig, seconds: int) -> None:
    rig.ready(rig.web(wait=False), rig.beat(), worker(rig, "skewed", seconds))
    plan_reminders(rig, 40)  # sweeps.reminders is enqueued every thirty seconds
    planned = time.monotonic()
    until(lambda: rig.sql("SELECT 1 FROM bots_heartbeat"), 30, "the worker to take sweeps")
    time.sleep(max(0.0, 35 - (time.monotonic() - planned)))
    assert reminded(rig) == [0] * REMINDERS
    until(lambda: reminded(rig) == [1] * REMINDERS, 70, "the reminders to be sent")
    (late,) = rig.sql("SELECT bool_and(status_at >= fire_at) FROM bookings_reminder")[0]
    assert late


def test_control_where_the_worker_goes_by_its_own_clock_they_go_out_early(rig: Rig) -> None:
    rig.ready(rig.web(wait=False), rig.beat(), worker(rig, "skewed", AHEAD, HARM_WITHOUT="one clock"))
    plan_reminders(rig, 300)
    until(lambda: reminded(rig) == [1] * REMINDERS, 60, "the reminders to be sent early")


@pytest.mark.parametrize("makes", [AHEAD, BEHIND], ids=["ahead", "behind"])
def test_a_link_is_good_for_three_days_wherever_it_is_made_and_opened(rig: Rig, makes: int) -> None:
    def run(seconds: int, *words: str) -> str:
        skewed = shifted.by(seconds)
        skewed["PYTHONPATH"] = f"{skewed['PYTHONPATH']}:{ROOT}"
        command = [PYTHON, "-m", "tests.faults.link", *words]
        done = subprocess.run(
            command, cwd=ROOT, env=rig.environment | skewed, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    token = run(makes, "make")
    (left,) = rig.sql("SELECT extract(epoch FROM expires_at - now()) FROM bots_actionlink")[0]
    assert 3 * 86400 - 60 < left <= 3 * 86400
    for seconds, state in ((2, "open"), (-1, "over")):
        rig.sql("UPDATE bots_actionlink SET expires_at = now() + make_interval(secs => %s)", seconds * 60)
        assert run(-makes, "open", token) == state
