"""F3: a worker is killed at each named point between a message and its reply, and what is left is taken up by others."""

import signal
from collections.abc import Iterable

import pytest

from tests.again import once
from tests.faults.checker import check
from tests.faults.harm import KILL_POINTS
from tests.faults.rig import Rig, until

pytestmark = pytest.mark.slow


def kill_at(points: Iterable[str], rig: Rig, *, without: str = "") -> dict[str, str]:
    """One worker for each point, each with a customer of its own, killed there. Returns point -> customer."""
    web = rig.web(wait=False)
    doomed = {
        point: rig.worker(
            point.replace(" ", "-"), queues=point.replace(" ", "-"), restarts=False,
            HARM_KILL_AT=point, HARM_QUEUE=point.replace(" ", "-"),
        )
        for point in points
    }  # fmt: skip
    rig.ready(web)
    customers = {point: f"91{number:02d}" for number, point in enumerate(points)}
    for point, customer in customers.items():
        rig.customers.write(customer, f"m{customer}")
        rig.ring("turns.answer", rig.conversation(customer), point.replace(" ", "-"))
    for process in doomed.values():
        until(lambda process=process: not process.is_alive, 40, f"{process.name} to be killed")
        assert process.popen.returncode == -signal.SIGKILL
        rig.kills += 1
    rig.ready(rig.worker("heir", HARM_WITHOUT=without), rig.beat())
    rig.drain(40)
    return customers


def judge(rig: Rig, *, echo: str) -> None:
    customers = kill_at(KILL_POINTS, rig)
    times = {point: len(rig.deliveries(customer=customer)) for point, customer in customers.items()}
    flagged = rig.sql(
        "SELECT c.peer FROM conversations_message m JOIN conversations_conversation c ON c.id = m.conversation_id "
        "WHERE m.maybe_duplicate"
    )
    check(rig, experiment="F3", echo=echo).assert_good()
    uncertain = {"send claimed", "sent"} if echo == "never" else {"send claimed"}
    assert times == dict.fromkeys(KILL_POINTS, 1) | ({"sent": 2} if echo == "never" else {})
    assert {point for point, customer in customers.items() if (customer,) in flagged} == uncertain


@pytest.mark.again
def test_a_worker_killed_at_any_point_loses_nothing_and_an_echo_saves_the_second_copy(rig):
    judge(rig, echo="after")


@pytest.mark.faults
@pytest.mark.parametrize("round", once(range(3)))
def test_without_echoes_a_second_copy_is_sent_and_says_so(make_rig, round):
    judge(make_rig(echo="never"), echo="never")


@pytest.mark.again
def test_control_without_the_flag_a_second_copy_goes_unnoticed(make_rig):
    rig = make_rig(echo="never")
    kill_at(["sent"], rig, without="flag")
    assert set(check(rig, experiment="F3 control").faults) == {"unflagged_duplicates"}
