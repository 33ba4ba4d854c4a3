"""What a language model costs besides its own time: `python -m benchmarks llm`.

Two questions. How much of a turn is ours (a stand-in that answers at once, a booking talk with two rounds of tools)? And
how many conversations does one worker process carry while models take five seconds each, holding neither a connection
to the database nor each other: ideal is that all are answered in the time of one.
"""

import math
import os
import statistics
import subprocess
import sys
import threading
import time

import psycopg

from tests.faults.rig import PYTHON, READY_SECONDS, ROOT, Rig, until
from tests.standins.llm import KEY

TURNS = 60
MODEL_SECONDS = 5.0
THREADS = 64  # of a worker, as in the Procfile


def measure(rig: Rig) -> None:
    ours(rig)
    carried(rig)


def _model(rig: Rig, brain: str, delay: float) -> dict[str, str]:
    port = rig.port + 1
    command = [str(PYTHON), "-m", "tests.standins.llm", "--port", str(port), "--brain", brain, "--delay", str(delay)]
    process = rig._add(f"model{delay}", command, {})
    until(lambda: process.log.exists() and process.said("OPENAI_BASE_URL"), READY_SECONDS, "the model's stand-in")
    return {"OPENAI_API_KEY": KEY, "OPENAI_BASE_URL": f"http://127.0.0.1:{port}/v1", "LOG_LEVEL": "ERROR"}


# --- our own part of a turn ------------------------------------------------------------------------------------------


def ours(rig: Rig) -> None:
    environment = rig.environment | _model(rig, "tests.brains:sensible", 0)
    sys.stdout.flush()
    subprocess.run([sys.executable, "-m", "benchmarks.llm"], cwd=ROOT, env=environment, check=True)
    rig.processes[-1].kill()


def take_turns() -> None:
    """In a process of its own, on the database of DATABASE_URL."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    import django  # noqa: PLC0415 - after the environment is set

    django.setup()
    from django.utils import timezone  # noqa: PLC0415 - after the environment is set

    from bots.channels.base import Identity, Inbound  # noqa: PLC0415 - after the environment is set
    from bots.models import Bot, ChannelAccount  # noqa: PLC0415 - after the environment is set
    from conversations import inbox, turns  # noqa: PLC0415 - after the environment is set
    from conversations.models import Conversation, LLMCall, Turn  # noqa: PLC0415 - after the environment is set
    from conversations.presets import loading  # noqa: PLC0415 - after the environment is set

    bot = loading.load("ceramics", {})
    Bot.objects.filter(pk=bot.pk).update(debounce_seconds=0, llm_daily_budget_cents=100_000)
    account = ChannelAccount.objects.select_related("bot__business").get(bot=bot, channel="webchat")
    text = "Ile kosztują warsztaty i czy można przyjść jutro o 17, we dwoje?"
    for agent in ("llm", "rules"):
        Bot.objects.filter(pk=bot.pk).update(agent=agent)
        took: list[float] = []
        for number in range(TURNS + 5):
            peer = Identity("webchat", "session", f"{agent}{number}")
            event = Inbound(
                account="ceramics", external_id=f"{agent}{number}", sender=peer, sent_at=timezone.now(), text=text
            )
            inbox.receive(account, [event])
            Conversation.objects.filter(peer=peer.value).update(due_at="2020-01-01T00:00Z")
            conversation = Conversation.objects.get(peer=peer.value)
            began = time.perf_counter()
            turns.answer(conversation.pk, patience=0)
            took.append((time.perf_counter() - began) * 1000)
            turn = Turn.objects.filter(conversation=conversation).latest("pk")
            assert turn.agent == agent, turn.fallback
        took = sorted(took[5:])
        waits = sum(LLMCall.objects.filter(turn__agent=agent).values_list("latency_ms", flat=True)) / (TURNS + 5)
        calls = LLMCall.objects.filter(turn__agent=agent).count() / (TURNS + 5)
        own = statistics.median(took) - waits
        print(
            f"turn by {agent:5}: median {statistics.median(took):.0f} ms, p95 {took[int(len(took) * 0.95)]:.0f} ms; "
            f"{calls:.1f} requests that took {waits:.0f} ms (SDK and stand-in); ours {own:.0f} ms"
        )


# --- conversations of one worker -------------------------------------------------------------------------------------


def carried(rig: Rig) -> None:
    rig.environment |= _model(rig, "tests.faults.model:echoing", MODEL_SECONDS)
    rig.sql("UPDATE bots_bot SET llm_extraction = 'never', llm_daily_budget_cents = 100000, debounce_seconds = 0")
    worker = rig.worker("worker", queues="turns,sends,sweeps")
    rig.ready(rig.web(wait=False), worker)
    rig.customers.write("1", "m0")  # the SDK is imported with the first request
    rig.drain(60)
    for people in (16, THREADS, 2 * THREADS):
        _wave(rig, people)


def _wave(rig: Rig, people: int) -> None:
    first = len(rig.customers.written)
    most = [0, 0]
    watching = threading.Event()

    def watch() -> None:
        query = (
            "SELECT count(*), count(*) FILTER (WHERE state LIKE 'idle in transaction%%' AND state_change < now() - interval '1 second') FROM pg_stat_activity "
            "WHERE datname = %s AND application_name LIKE '%%worker%%'"
        )
        with psycopg.connect(rig.database_url, autocommit=True) as connection:
            while not watching.wait(0.2):
                now = connection.execute(query, [rig.database]).fetchone() or (0, 0)
                most[:] = [max(one, other) for one, other in zip(most, now, strict=True)]

    watcher = threading.Thread(target=watch)
    watcher.start()
    began = time.perf_counter()
    for number in range(people):
        rig.customers.submit(f"{people}{number:04d}", f"m{first + number}")

    def answered() -> bool:
        rows = rig.sql(
            "SELECT count(*) FROM conversations_conversation WHERE answered_seq < last_inbound_seq OR last_inbound_seq = 0"
        )
        known = rig.sql("SELECT count(*) FROM conversations_conversation WHERE peer LIKE %s", f"{people}____")
        return rows == [(0,)] and known == [(people,)]

    until(answered, 120, f"{people} answers")
    took = time.perf_counter() - began
    watching.set()
    watcher.join()
    ideal = MODEL_SECONDS * math.ceil(people / THREADS)
    by = dict(rig.sql("SELECT agent, count(*) FROM conversations_turn WHERE outcome = 'answered' GROUP BY 1"))
    print(
        f"{people:4} conversations, {MODEL_SECONDS:.0f} s models, one worker of {THREADS} threads: {took:.1f} s, "
        f"ideal {ideal:.0f} s, ratio {ideal / took:.2f}; connections of the worker at most {most[0]}, "
        f"idle in transaction for over a second {most[1]}; turns so far {by}"
    )


if __name__ == "__main__":
    take_turns()
