"""The webhook's whole path, as ratios to a bare Django view in the same server, and how long a reply takes to leave."""

import itertools
import statistics
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager

import psycopg

from benchmarks.load import Round, load, request
from config import embedded
from tests.faults.rig import PYTHON, ROOT, Rig, until
from tests.standins.graph import APP_SECRET, encode, envelope, item, sign

VARIANTS = {
    "bare": "/bare/",
    "insert": "/insert/",
    "without nudge": "/webhooks/instagram/",
    "whole": "/webhooks/instagram/",
}
ROUNDS, SECONDS = 7, 2.0
CONVERSATIONS = 6000  # more than one round reaches, so that every message finds its conversation without a wake-up
TEXT = "Dzień dobry, czy w sobotę są jeszcze wolne miejsca na warsztaty?"

_numbers = itertools.count()


def compare(rig: Rig) -> None:
    """Print requests per second and p99 of each variant, and the ratios with their targets."""
    with psycopg.connect(rig.database_url, autocommit=True) as database, ExitStack() as stack:
        database.execute("CREATE TABLE benchmark_inbox (external_id text PRIMARY KEY, sender text, body jsonb)")
        ports = {name: stack.enter_context(_server(rig, name)) for name in VARIANTS}
        load(ports["whole"], _messages("whole"), seconds=60)  # every conversation exists
        rounds: dict[str, list[Round]] = {name: [] for name in VARIANTS}
        for _ in range(ROUNDS):
            for name, port in ports.items():
                database.execute("UPDATE conversations_conversation SET enqueued_at = NULL")
                database.execute("VACUUM conversations_conversation")
                with rig.installation.valkey() as valkey:
                    valkey.flushall()
                requests = list(_messages(name))
                if name == "bare":
                    requests *= 4
                rounds[name].append(load(port, iter(requests), seconds=SECONDS))
    _report(rounds)


def _messages(variant: str) -> Iterator[bytes]:
    """A signed delivery for every conversation, each with an id that was never used."""
    for number in range(CONVERSATIONS):
        body = encode(envelope(item(f"{50_000 + number}", message={"mid": f"b{next(_numbers)}", "text": TEXT})))
        yield request(VARIANTS[variant], body, {"X-Hub-Signature-256": sign(body)})


@contextmanager
def _server(rig: Rig, variant: str) -> Iterator[int]:
    port = embedded.free_port(0)
    environment = rig.environment | {
        "PROCESS": "web", "LOG_LEVEL": "CRITICAL", "BENCHMARK_VARIANT": variant, "BENCHMARK_SECRET": APP_SECRET,
    }  # fmt: skip
    command = [
        PYTHON.parent / "granian", "--interface", "wsgi", "--http", "1", "--no-ws", "--workers", "2",
        "--blocking-threads", "4", "--host", "127.0.0.1", "--port", str(port), "--log-level", "error",
        "benchmarks.applications:application",
    ]  # fmt: skip
    server = subprocess.Popen(command, cwd=ROOT, env=environment)
    try:
        until(
            lambda: load(port, iter([request("/webhooks/", b"", {})]), seconds=5, connections=1).waits,
            60,
            f"the server {variant}",
        )
        yield port
    finally:
        server.terminate()
        server.wait(15)


def _report(rounds: dict[str, list[Round]]) -> None:
    print(f"\nThe webhook path ({ROUNDS} interleaved rounds of {SECONDS:.0f} s, 2 workers x 4 threads, 16 connections)")
    for name, many in rounds.items():
        rate = statistics.median(one.per_second for one in many)
        p50, p99 = (statistics.median(one.percentile(percent) for one in many) for percent in (50, 99))
        ratio = _ratio(many, rounds["bare"])
        bad = sum(one.bad for one in many)
        print(f"  {name:15} {rate:6.0f}/s  ratio {ratio:.2f}  p50 {p50:5.1f} ms  p99 {p99:5.1f} ms  refused {bad}")
    slower = statistics.median(
        whole.percentile(99) / insert.percentile(99)
        for whole, insert in zip(rounds["whole"], rounds["insert"], strict=True)
    )
    _target("whole path / bare view", _ratio(rounds["whole"], rounds["bare"]), 0.16)
    _target("with nudge / without", _ratio(rounds["whole"], rounds["without nudge"]), 0.8)
    _target("p99 / p99 of the INSERT alone", slower, 1.5, at_most=True)


def _ratio(one: list[Round], other: list[Round]) -> float:
    return statistics.median(a.per_second / b.per_second for a, b in zip(one, other, strict=True))


def _target(what: str, value: float, target: float, *, at_most: bool = False) -> None:
    met = value <= target if at_most else value >= target
    print(f"  {what}: {value:.2f} (target {'<=' if at_most else '>='} {target}: {'met' if met else 'NOT met'})")


def time_to_reply(rig: Rig, *, per_second: int = 20, seconds: int = 15) -> None:
    """Print how long it takes from a webhook's arrival to the reply's arrival at Meta, without debounce and model."""
    rig.sql("UPDATE bots_bot SET debounce_seconds = 0, debounce_ceiling_seconds = 0")
    rig.environment["LOG_LEVEL"] = "INFO"
    worker = rig.worker("turns", queues="turns")
    sender = rig.worker("sender", queues="sends,sweeps", PROCESS="sender")
    rig.ready(rig.web(wait=False, workers=2), worker, sender, rig.beat())
    began: dict[str, float] = {}

    def write(number: int) -> None:
        text = f"t{number}"
        began[text] = time.time()
        rig.customers.write(f"{60_000 + number % 200}", text)

    with ThreadPoolExecutor(16) as pool:
        started = time.monotonic()
        for number in range(per_second * seconds):
            time.sleep(max(0.0, started + number / per_second - time.monotonic()))
            pool.submit(write, number)
    rig.drain(30)
    waits = sorted(1000 * (one.at - began[name]) for one in rig.deliveries() for name in one.text.split()[1:])
    print(f"\nFrom webhook to the reply leaving ({per_second} messages/s for {seconds} s, {len(waits)} answered)")
    _target("median, ms", statistics.median(waits), 40, at_most=True)
    _target("p99, ms", waits[int(len(waits) * 0.99) - 1], 150, at_most=True)
