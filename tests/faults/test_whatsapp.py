"""F24 – F28: answers of the channel that get lost, a channel that fails, a dead token, a window that closes.

On WhatsApp a status brings our own reference back, so that a lost answer is settled by it; on Instagram, here without
its echoes, nothing does. The list asks for ten times as many messages; two cores.
"""

import subprocess
import time
from collections import Counter
from typing import Any

import pytest

from tests.faults.checker import check
from tests.faults.rig import PYTHON, ROOT, Rig, until

pytestmark = [pytest.mark.slow, pytest.mark.faults, pytest.mark.timeout(300)]


def plan_reminders(rig: Rig, count: int, *, seconds: float = 1, **environment: str) -> None:
    subprocess.run(
        [PYTHON, "-m", "tests.faults.reminders", str(count), str(seconds)],
        cwd=ROOT, env=rig.environment | {"RIG_CHANNEL": rig.channel} | environment, check=True, timeout=60,
    )  # fmt: skip


def statuses(rig: Rig, purpose: str) -> Counter[str]:
    return Counter(row[0] for row in rig.sql("SELECT status FROM conversations_message WHERE purpose = %s", purpose))


def sends(rig: Rig) -> list[dict[str, Any]]:
    """Messages that we asked to be sent, delivered or not; read marks are none."""
    asked = [one for one in rig.asked() if one["method"] == "POST" and isinstance(one["body"], dict)]
    return [one for one in asked if "status" not in one["body"] and "sender_action" not in one["body"]]


# --- F24: the answer to a send is lost, a status tells ---------------------------------------------------------------


def lose_answers(rig: Rig, *, every: float = 1.0, seconds: float = 15, patience: float = 60) -> int:
    talk = rig.customers.talk(people=12, messages=100, seconds=seconds, seed=24)
    lost = 0
    while talk.goes_on:
        time.sleep(every)
        rig.meta("harm", name="closed")
        lost += 1
    talk.wait()
    rig.drain(patience)
    return lost


def test_a_lost_answer_is_settled_by_a_status_with_our_reference(make_rig):
    rig = make_rig(channel="whatsapp")
    rig.run(workers=2)
    lost = lose_answers(rig)
    verdict = check(rig, experiment="F24", lost=lost)
    verdict.assert_good()
    assert lost >= 10
    assert verdict.numbers["duplicates"] == 0


def test_control_without_the_reference_they_are_sent_twice(make_rig):
    rig = make_rig(channel="whatsapp")
    rig.ready(rig.web(wait=False, without="reference"), rig.beat(), rig.worker(HARM_WITHOUT="reference"))
    lose_answers(rig)
    verdict = check(rig, experiment="F24 control")
    assert verdict.numbers["duplicates"] > 0
    assert not verdict.unflagged_duplicates, "at most once more, and it says so"


# --- F25: the answer is lost, and nothing tells ----------------------------------------------------------------------


def remind_and_lose(rig: Rig, *, count: int = 6, without: str = "") -> Counter[str]:
    plan_reminders(rig, count)
    rig.meta("harm", name="closed", times=count)
    rig.ready(rig.beat(), rig.worker(HARM_WITHOUT=without))
    until(lambda: statuses(rig, "reminder").total() == count, 60, "the reminders to be queued")
    until(lambda: not set(statuses(rig, "reminder")) & {"queued", "sending"}, 90, "them to be settled")
    return Counter(one.customer for one in rig.deliveries())


def test_where_nothing_tells_a_reply_may_come_twice_and_says_so(make_rig):
    rig = make_rig(echo="never")
    rig.run(workers=2)
    lost = lose_answers(rig, every=2.5, patience=90)
    verdict = check(rig, experiment="F25", lost=lost)
    verdict.assert_good()
    assert verdict.numbers["duplicates"] <= lost
    assert max(Counter((one.customer, one.text) for one in rig.deliveries()).values()) <= 2


def test_where_nothing_tells_a_reminder_is_sent_once_and_called_unknown(make_rig):
    rig = make_rig(echo="never")
    times = remind_and_lose(rig)
    assert set(times.values()) == {1}
    assert statuses(rig, "reminder") == {"unknown": 6}


def test_control_a_reminder_that_is_worth_a_second_copy_comes_twice(make_rig):
    rig = make_rig(echo="never")
    assert max(remind_and_lose(rig, without="reminder once").values()) == 2


# --- F26: the channel fails, then asks for a rest ----------------------------------------------------------------------

REST = 7  # seconds that the stand-in asks for; 20 in the list


def fail_and_rest(rig: Rig, *, without: str = "") -> tuple[float, list[float], float]:
    """5xx for some seconds, then 429: when that was, when the account asked again, when another one was served."""
    rig.meta("account", account="106000000000002", token="second-token")
    rig.ready(rig.web(wait=False), rig.beat(), rig.worker(HARM_WITHOUT=without))
    rig.meta("harm", name="temporary", times=-1, text="re m")
    for number in range(12):
        rig.customers.write(f"{9000 + number}", f"m{number}")
    time.sleep(6)
    rig.meta("calm")
    rig.meta("harm", name="throttled", text="re m")
    before = len(sends(rig))
    until(lambda: len(sends(rig)) > before, 60, "the account to be told to rest")
    told = sends(rig)[before]["at"]
    rig.sql(
        "INSERT INTO conversations_message (conversation_id, account_id, seq, author, kind, status, external_id, text,"
        " choice, media, buttons, asks, raw, sent_at, received_at, expected, purpose, dedupe_key, client_ref, attempts,"
        " maybe_duplicate, error, status_at, template)"
        " SELECT c.id, c.account_id, 1, 'bot', 'text', 'queued', '', 'of another account', '', '[]', '[]', '[]', '{}',"
        " now(), now(), true, 'news', '', gen_random_uuid(), 0, false, '', now(), '{}' FROM conversations_conversation c"
        " WHERE c.peer = '48600099999'"
    )
    rig.drain(60)
    asked = [one["at"] for one in sends(rig) if "106000000000001" in one["path"]]
    other = [one.at for one in rig.deliveries() if one.text == "of another account"]
    return told, asked, other[0]


def another_conversation(rig: Rig) -> None:
    """Somebody who writes to the second number, and has been answered."""
    rig.sql(
        "WITH who AS (INSERT INTO conversations_contact (business_id, name, phone, email, language, opted_out_by,"
        " created_at) SELECT id, 'Other', '', '', '', '', now() FROM bots_business RETURNING id)"
        " INSERT INTO conversations_conversation (account_id, contact_id, peer_kind, peer, language, mode, attention,"
        " last_seq, last_inbound_seq, answered_seq, staff_read_seq, last_inbound_at, generation, redo, failed_turns,"
        " not_understood, created_at)"
        " SELECT a.id, who.id, 'phone', '48600099999', 'en', 'bot', '', 1, 0, 0, 0, now(), 0, 0, 0, 0, now()"
        " FROM who, bots_channelaccount a WHERE a.external_id = '106000000000002'"
    )


def test_an_account_rests_as_long_as_it_is_asked_to_and_others_go_on(make_rig):
    rig = make_rig(channel="whatsapp")
    another_conversation(rig)
    told, asked, other = fail_and_rest(rig)
    verdict = check(rig, experiment="F26")
    assert not verdict.lost and not verdict.answered_twice and not verdict.out_of_order
    assert verdict.numbers["duplicates"] == 0
    assert asked
    assert not [at for at in asked if told + 0.5 < at < told + REST - 0.5], "nobody of this account asked meanwhile"
    assert other < told + REST - 1, "another account was served meanwhile"


def test_control_without_the_rest_the_others_of_the_account_go_on_asking(make_rig):
    rig = make_rig(channel="whatsapp")
    another_conversation(rig)
    told, asked, _other = fail_and_rest(rig, without="account rest")
    assert [at for at in asked if told + 0.5 < at < told + REST - 0.5]


# --- F27: the token dies -----------------------------------------------------------------------------------------------


def token_dies(rig: Rig, *, without: str = "", seconds: float = 6) -> list[dict[str, Any]]:
    rig.ready(rig.web(wait=False), rig.beat(), rig.worker(HARM_WITHOUT=without))
    rig.meta("harm", name="token_dead")
    for number in range(10):
        rig.customers.write("9001", f"m{number}")
        time.sleep(0.5)
    time.sleep(seconds)
    return sends(rig)


def test_a_dead_token_is_tried_once_and_what_waits_goes_later_in_order(make_rig):
    rig = make_rig(channel="whatsapp")
    assert len(token_dies(rig)) == 1
    [(paused, reason)] = rig.sql(
        "SELECT paused_at IS NOT NULL, paused_reason FROM bots_channelaccount WHERE external_id = '106000000000001'"
    )
    assert paused and "190" in reason
    assert rig.sql("SELECT DISTINCT attention FROM conversations_conversation") == [("failed_send",)]
    rig.meta("calm")
    rig.sql("UPDATE bots_channelaccount SET paused_at = NULL, paused_reason = ''")
    rig.drain(60)
    verdict = check(rig, experiment="F27")
    assert not verdict.lost and not verdict.out_of_order
    assert verdict.numbers["duplicates"] == 0


def test_control_without_the_pause_it_is_tried_again_and_again(make_rig):
    assert len(token_dies(make_rig(channel="whatsapp"), without="account pause")) > 1


# --- F28: the window closes between queue and claim ---------------------------------------------------------------------

DAY = 24 * 3600.0
OPEN_FOR = 60.0  # seconds from planning to the end of the window; reminders are looked for twice a minute


def close_the_window(rig: Rig, *, count: int = 8, without: str = "") -> list[dict[str, Any]]:
    """Reminders are queued while nobody sends, the window closes, then a worker comes. What it asked to be sent."""
    for number in range(count):
        rig.meta("customer_wrote", customer=f"486000019{number:02d}", hours_ago=(DAY - OPEN_FOR) / 3600)
    plan_reminders(rig, count, RIG_SILENT_FOR=str(DAY - OPEN_FOR))
    closes_at = time.monotonic() + OPEN_FOR
    sweeper = rig.worker("sweeper", queues="sweeps", restarts=False)
    rig.ready(rig.beat(), sweeper)
    until(lambda: statuses(rig, "reminder") == {"queued": count}, OPEN_FOR - 2, "the reminders to be queued")
    time.sleep(max(closes_at + 1 - time.monotonic(), 0))
    rig.ready(rig.worker("sender", queues="sends", HARM_WITHOUT=without))
    until(lambda: not set(statuses(rig, "reminder")) & {"queued", "sending"}, 60, "them to be decided on")
    return sends(rig)


def approve(rig: Rig) -> None:
    """The reminder has a template, and Meta has approved it."""
    rig.meta("template", name="visit_reminder", language="en", places=1)
    rig.sql(
        "INSERT INTO bots_messagetemplate (account_id, key, language, name, platform_language, parameters, is_active,"
        " status, trouble, body, buttons) SELECT id, 'visit_reminder', 'en', 'visit_reminder', '', 'visit', true,"
        " 'APPROVED', '', '', 0 FROM bots_channelaccount WHERE external_id = '106000000000001'"
    )


def test_what_leaves_after_the_window_closed_is_a_template(make_rig):
    rig = make_rig(channel="whatsapp")
    approve(rig)
    asked = close_the_window(rig)
    assert [one["body"]["type"] for one in asked] == ["template"] * 8
    assert {one.text.partition(" | ")[0] for one in rig.deliveries()} == {"template visit_reminder"}


def test_without_a_template_it_waits_for_staff(make_rig):
    rig = make_rig(channel="whatsapp")
    assert close_the_window(rig) == []
    assert statuses(rig, "reminder") == {"held": 8}
    assert rig.sql("SELECT DISTINCT attention FROM conversations_conversation") == [("failed_send",)]


def test_control_looking_only_when_it_is_queued_sends_free_text_after_the_window(make_rig):
    asked = close_the_window(make_rig(channel="whatsapp"), without="window")
    assert "text" in {one["body"]["type"] for one in asked} or "interactive" in {one["body"]["type"] for one in asked}
