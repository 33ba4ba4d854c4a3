"""F22, F23, F29: a language model that fails in every way, one that is away, and a message that kills its worker.

The list asks for a holding text while the model is away. Here rules answer the same turn, so nobody is held: each
message has one answer, the turn says why rules gave it, and nothing is answered again when the model is back.
"""

import json
import time
import urllib.request
from typing import Any

import pytest

from tests.faults.checker import Verdict, check
from tests.faults.rig import PYTHON, READY_SECONDS, Rig, until
from tests.standins.llm import KEY

pytestmark = [pytest.mark.slow, pytest.mark.faults, pytest.mark.timeout(400)]

TURN_SECONDS, LEASE_SECONDS = "2", "8"  # 45 and 120 in production


def with_model(rig: Rig, *, share: float, seed: int = 1) -> str:
    """Start the model and tell all processes that come of it; its address."""
    command = [str(PYTHON), "-m", "tests.faults.model", "--seed", str(seed), "--share", str(share)]
    process = rig._add("model", command, {})
    until(lambda: process.log.exists() and process.said("\n"), READY_SECONDS, "the model's stand-in")
    url = process.log.read_text().strip()
    rig.environment |= {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"{url}/v1"}
    rig.environment |= {"LLM_TURN_SECONDS": TURN_SECONDS, "TURN_LEASE_SECONDS": LEASE_SECONDS}
    rig.sql("UPDATE bots_bot SET llm_extraction = 'never'")
    return url


def order(url: str, verb: str, **options: Any) -> None:
    body = json.dumps(options).encode()
    with urllib.request.urlopen(urllib.request.Request(f"{url}/_control/{verb}", body, method="POST"), timeout=10):
        pass


def by(rig: Rig) -> dict[str, int]:
    return dict(rig.sql("SELECT agent, count(*) FROM conversations_turn WHERE outcome = 'answered' GROUP BY 1"))


def nothing_strange_was_said(rig: Rig) -> None:
    for one in rig.deliveries():
        assert one.text.startswith("re m") and len(one.text) < 2000, one.text[:200]


def test_f22_a_model_that_fails_in_every_way_loses_nothing(rig: Rig) -> None:
    with_model(rig, share=1.0, seed=22)
    rig.run(workers=2)
    talk = rig.customers.talk(people=40, messages=150, seconds=25, seed=22)
    talk.wait()
    drained = round(rig.drain(60), 1)
    verdict: Verdict = check(rig, experiment="F22", drained=drained, by=by(rig))
    verdict.assert_good()
    nothing_strange_was_said(rig)
    assert by(rig)["llm"] > 0 and by(rig)["rules"] > 0
    reasons = rig.sql(
        "SELECT count(*) FROM conversations_turn WHERE agent = 'rules' AND fallback = '' AND outcome = 'answered'"
    )
    assert reasons == [(0,)]
    calls = dict(rig.sql("SELECT outcome, count(*) FROM conversations_llmcall GROUP BY 1"))
    assert calls["failed"] > 0


def test_f23_a_model_that_is_away_for_a_while_is_not_missed(rig: Rig) -> None:
    url = with_model(rig, share=0.0)
    rig.run(workers=2)
    rig.customers.talk(people=10, messages=20, seconds=5, seed=1).wait()
    rig.drain(30)
    before = by(rig)
    assert set(before) == {"llm"}
    order(url, "harm", name="503", times=-1)
    for number in range(80):
        rig.customers.submit(f"94{number % 20:02d}", f"maway{number}")
        time.sleep(0.5)
    rig.drain(30)
    meanwhile = by(rig)
    assert meanwhile["llm"] == before["llm"] and meanwhile["rules"] > 0
    order(url, "heal")
    until(lambda: not rig.sql("SELECT 1 FROM bots_keystate WHERE resting_until > now()"), 70, "the rest to be over")
    for number in range(10):
        rig.customers.write(f"95{number:02d}", f"mback{number}")
    rig.drain(30)
    verdict = check(rig, experiment="F23", by=by(rig))
    verdict.assert_good()
    nothing_strange_was_said(rig)
    assert by(rig)["llm"] > before["llm"]
    assert verdict.numbers["max"] < 15


def test_f29_a_message_that_kills_its_worker_is_given_to_a_person(rig: Rig) -> None:
    rig.run(workers=2)
    rig.customers.write("6666", "poison")
    talk = rig.customers.talk(people=49, messages=100, seconds=40, seed=29)
    talk.wait()
    poisoned = rig.conversation("6666")

    def given_up() -> bool:
        rows = rig.sql("SELECT mode, attention FROM conversations_conversation WHERE id = %s", poisoned)
        return rows == [("nobody", "stuck")]

    until(given_up, 120, "the poisoned conversation to be given to staff")
    rig.drain(60)
    time.sleep(1)
    told = [one.text for one in rig.deliveries(customer="6666")]
    assert len(told) == 1 and not told[0].startswith("re "), told
    begins = [json.loads(line) for line in rig.trace.read_text().splitlines()]
    claims = sum(one["what"] == "begin" and one["conversation"] == poisoned for one in begins)
    verdict = check(rig, experiment="F29", claims=claims)
    assert claims <= 5
    held = {"lost", "overlaps", "answered_twice"}  # it is lost for the bot; the holding text names no message
    assert verdict.lost == ["poison"]
    assert not [name for name in verdict.answered_twice if name.startswith("m")]
    assert not {name: value for name, value in verdict.faults.items() if name not in held}, verdict.faults
