"""The bank: how customers write what they want to do, by act and language, apart from any bot.

An app's folder has two files a language: `en.yaml`, which whoever builds may read, and `en.unseen.gz`, a third of the
same lines, which nobody reads while building: figures for it tell whether a bot has learnt sentences or language. Each
line is marked by who wrote it: `outside` had seen neither the lexicon nor the lab. `manage.py phrasings` adds lines.
"""

import gzip
import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bots.registry import brought

SEEN, UNSEEN, BOTH = "seen", "unseen", "both"
WRITERS = ("outside", "house")
UNSEEN_OF = 3  # one line in so many is kept unseen

Lines = dict[str, dict[str, list[str]]]  # by act, by who wrote it


class NoPhrasing(Exception):
    """Nobody has written yet how one does this in this language."""


def folders() -> list[Path]:
    return [Path(folder) for folder in brought("phrasings")]


@cache
def phrasings(language: str, part: str) -> Mapping[str, tuple[str, ...]]:
    """Return all lines of a language by act, in the order of the files. `part`: SEEN, UNSEEN or BOTH."""
    found: dict[str, list[str]] = {}
    for folder in folders():
        for each in (SEEN, UNSEEN) if part == BOTH else (part,):
            for act, by_writer in read(folder, language, each).items():
                found.setdefault(act, []).extend(line for lines in by_writer.values() for line in lines)
    return {act: tuple(lines) for act, lines in found.items()}


def read(folder: Path, language: str, part: str) -> Lines:
    """Return the lines of one file; none where there is no such file."""
    path = path_of(folder, language, part)
    if not path.exists():
        return {}
    text = gzip.decompress(path.read_bytes()).decode() if part == UNSEEN else path.read_text("utf-8")
    found: Lines = yaml.load(text, Loader=yaml.CSafeLoader) or {}
    return found


def write(folder: Path, language: str, part: str, lines: Lines) -> None:
    path = path_of(folder, language, part)
    text = yaml.safe_dump(lines, allow_unicode=True, sort_keys=True, width=200)
    if part == UNSEEN:
        path.write_bytes(gzip.compress(text.encode(), mtime=0))
    else:
        path.write_text(text, "utf-8")


def path_of(folder: Path, language: str, part: str) -> Path:
    return folder / (f"{language}.unseen.gz" if part == UNSEEN else f"{language}.yaml")


def is_unseen(line: str) -> bool:
    """Whether a line belongs to the third that is kept unseen: its words decide, so that it never changes sides."""
    return hashlib.sha256(line.encode()).digest()[0] % UNSEEN_OF == 0


def add(folder: Path, language: str, writer: str, lines: Mapping[str, Iterable[str]]) -> int:
    """Add new lines to a folder's two files; returns how many were new. One that is there already stays as it is."""
    both = {part: read(folder, language, part) for part in (SEEN, UNSEEN)}
    known = {
        line for found in both.values() for by_writer in found.values() for each in by_writer.values() for line in each
    }
    added = 0
    for act, texts in lines.items():
        for text in texts:
            line = " ".join(text.split())
            if line in known:
                continue
            part = both[UNSEEN if is_unseen(line) else SEEN]
            part.setdefault(act, {}).setdefault(writer, []).append(line)
            known.add(line)
            added += 1
    for name, found in both.items():
        write(folder, language, name, found)
    phrasings.cache_clear()
    return added


_PLACE = re.compile(r"\{(\w+)\}")


def places(line: str) -> set[str]:
    """Return the names of what is to be filled in."""
    return set(_PLACE.findall(line))


def filled(line: str, values: Mapping[str, Any]) -> str:
    return _PLACE.sub(lambda found: str(values[found[1]]), line)
