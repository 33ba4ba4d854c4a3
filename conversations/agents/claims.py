"""What a reply claims: that something is done, paid, granted, free. The words stand in claims.yaml."""

import re
from collections.abc import Collection
from functools import lru_cache
from pathlib import Path

import yaml

DONE = ("confirmed", "sent", "cancelled", "moved")
GRANTED = ("money", "promise")


@lru_cache(maxsize=1)
def _patterns() -> dict[str, dict[str, re.Pattern[str]]]:
    rows = yaml.safe_load((Path(__file__).parent / "claims.yaml").read_text())
    return {
        name: {language: re.compile(words, re.IGNORECASE) for language, words in row.items()}
        for name, row in rows.items()
    }


def found(name: str, sentence: str) -> str:
    """Return the words of this kind in a sentence, in whatever language; "" if there are none."""
    for pattern in _patterns()[name].values():
        if match := pattern.search(sentence.strip()):
            return match[0].lower()
    return ""


def claimed(name: str, sentence: str) -> str:
    """Return the words that claim it, unless the sentence takes them back, asks, or makes it a condition."""
    words = found(name, sentence)
    if not words or sentence.rstrip().endswith("?"):
        return ""
    return "" if found("taken_back", sentence) else words


def granted_in(words: str, grounds: Collection[str]) -> bool:
    """Return whether the facts themselves speak so: by the beginning of the word, for endings differ."""
    stem = words[: max(5, len(words) - 3)]
    return any(stem in ground.lower() for ground in grounds)
