"""How long a message takes to understand: ours, and as a ratio to dateparser. `python -m benchmarks.language`

One core, every message of tests/language/*.jsonl and held_out/*.jsonl, each in the language that it is written in. The
target: median under 1 ms, 99th percentile under 5 ms. dateparser (1.5.0 was measured) is no dependency of this project:
in an environment of its own (see benchmarks/language_libraries.py) the same command shows the ratio as well.
"""

import importlib.util
import os
import statistics
import time
from collections.abc import Callable
from typing import Any

from bots.language import LANGUAGES
from tests.language.examples import NOW, load, run

ROUNDS = 3
Message = tuple[dict[str, Any], str]


def messages() -> list[Message]:
    return [(example, lang) for lang in LANGUAGES for kept in (False, True) for example in load(lang, held_out=kept)]


def dateparser_search() -> Callable[[Message], object] | None:
    if importlib.util.find_spec("dateparser") is None:
        return None
    from dateparser.search import search_dates  # noqa: PLC0415 - optional

    settings = {"RELATIVE_BASE": NOW.replace(tzinfo=None), "PREFER_DATES_FROM": "future"}
    return lambda message: search_dates(message[0]["text"], languages=[message[1]], settings=settings)


def timed(understand: Callable[[Message], object], found: list[Message]) -> list[float]:
    """Milliseconds a message, the best of a few rounds each, after one round to fill the caches."""
    best = [float("inf")] * len(found)
    for round_number in range(ROUNDS + 1):
        for index, message in enumerate(found):
            start = time.perf_counter()
            understand(message)
            if round_number:
                best[index] = min(best[index], (time.perf_counter() - start) * 1000)
    return best


def shown(name: str, taken: list[float]) -> str:
    last = statistics.quantiles(taken, n=100)[98]
    return f"  {name}: median {statistics.median(taken):.3f} ms, 99th percentile {last:.3f} ms, longest {max(taken):.3f} ms"


def main() -> None:
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    found = messages()
    print(f"\n{len(found)} messages in {len(LANGUAGES)} languages, one core")
    ours = timed(lambda message: run(*message), found)
    print(shown("ours", ours))
    search = dateparser_search()
    if search is None:
        print("  dateparser is not installed here: no ratio (benchmarks/language_libraries.py says how)")
        return
    theirs = timed(search, found)
    print(shown("dateparser.search", theirs))
    ratio = statistics.median(mine / other for mine, other in zip(ours, theirs, strict=True))
    print(f"  ours takes {ratio:.2f} x dateparser.search, which finds dates only and is told the language")


if __name__ == "__main__":
    main()
