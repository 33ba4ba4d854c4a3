"""Examples of what customers write, as data, and how an answer is compared with what was expected.

A line of `<lang>.jsonl` is {"text", "expect", "context"?, "lang"?}. What `expect` does not name must not be
found; "*" accepts anything; "has" lists intents that must be present beside the main one.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from bots.language import Context, Understanding, understand

NOW = datetime.fromisoformat("2026-11-25T10:00:00+01:00")  # a Wednesday
ZONE = "Europe/Warsaw"
SLOTS = ("date", "date_end", "time", "end_time", "people", "duration_minutes", "phone", "email", "name")
LISTS = ("alternatives", "excluded")


def load(lang: str, *, held_out: bool = False) -> Iterator[dict[str, Any]]:
    """The examples of one language: those the rules were written with, or those kept apart from them."""
    folder = Path(__file__).parent / ("held_out" if held_out else "")
    for line in (folder / f"{lang}.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def run(example: dict[str, Any], lang: str) -> Understanding:
    """What the language layer makes of an example. The language is the business's default, not told beforehand."""
    return understand(
        example["text"],
        now=datetime.fromisoformat(example["now"]) if "now" in example else NOW,
        tz=ZONE,
        lang=example.get("lang", ""),
        default_lang=lang,
        context=Context.from_json(example.get("context", {})),
    )


def differences(example: dict[str, Any], lang: str) -> dict[str, tuple[Any, Any]]:
    """What is not as expected: field -> (expected, found)."""
    found = run(example, lang)
    answer = found.as_json()
    expect = example["expect"]
    wrong: dict[str, tuple[Any, Any]] = {}
    if "intent" in expect and found.intent != expect["intent"]:
        wrong["intent"] = (expect["intent"], found.intents)
    for name in SLOTS:
        wanted = expect.get(name)
        if wanted != "*" and answer[name] != wanted:
            wrong[name] = (wanted, answer[name])
    for name in LISTS:
        wanted = expect.get(name, [])
        if wanted != "*" and answer[name] != wanted:
            wrong[name] = (wanted, answer[name])
    for name in ("from_date", "from_time", "service", "specialist", "questions"):
        if name in expect and answer[name] != expect[name]:
            wrong[name] = (expect[name], answer[name])
    missing = [intent for intent in expect.get("has", []) if not found.has(intent)]
    if missing:
        wrong["has"] = (missing, found.intents)
    if expect.get("problems") and not set(expect["problems"]) <= set(answer["problems"]):
        wrong["problems"] = (expect["problems"], answer["problems"])
    return wrong


def figures(
    name: str, *, held_out: bool = False, lang: str = ""
) -> tuple[dict[str, str], list[tuple[str, dict[str, tuple[Any, Any]]]]]:
    """Shares that are right, and the examples that are not, of `<name>.jsonl` in that language or in `lang`."""
    lang = lang or name
    total = moments = moments_right = intents = intents_right = bare = false = 0
    failures = []
    for example in load(name, held_out=held_out):
        total += 1
        wrong = differences(example, lang)
        expect = example["expect"]
        if expect.keys() & {"date", "time", "end_time"}:
            moments += 1
            moments_right += not wrong.keys() & {"date", "date_end", "time", "end_time"}
        elif not expect.keys() & set(SLOTS):
            bare += 1
            false += bool(wrong.keys() & set(SLOTS))
        if "intent" in expect:
            intents += 1
            intents_right += "intent" not in wrong
        if wrong:
            failures.append((example["text"], wrong))
    return {
        "all": f"{total - len(failures)}/{total}",
        "date and time": f"{moments_right}/{moments}",
        "intent": f"{intents_right}/{intents}",
        "false findings": f"{false}/{bare}",
    }, failures


if __name__ == "__main__":
    import sys

    for code in sys.argv[1:] or ("en", "pl", "uk", "ru", "es"):
        shares, failed = figures(code)
        print(code, shares)
        for text, wrong in failed:
            print("   ", repr(text), wrong)
