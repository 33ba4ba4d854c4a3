"""The keys that the environment names: OPENAI_API_KEY, OPENAI_API_KEY_1, …, and likewise ANTHROPIC_ and CLAUDE_."""

import re
from collections.abc import Mapping
from typing import NamedTuple

_NAME = re.compile(r"(OPENAI|ANTHROPIC|CLAUDE)_API_KEY(?:_(\d{1,4}))?")
_PROVIDERS = {"OPENAI": "openai", "ANTHROPIC": "anthropic", "CLAUDE": "anthropic"}


class NamedKey(NamedTuple):
    """A key and where it comes from. The name may be shown, the key never."""

    name: str
    key: str

    def __repr__(self) -> str:
        return f"NamedKey({self.name!r}, …)"


def keys_of_environment(environment: Mapping[str, str]) -> dict[str, list[NamedKey]]:
    """Keys by provider, in the order of their numbers; the same key under two names counts once."""
    found: dict[str, dict[str, tuple[int, str]]] = {"openai": {}, "anthropic": {}}
    for name, value in environment.items():
        match, key = _NAME.fullmatch(name), value.strip()
        if match and key:
            named = found[_PROVIDERS[match[1]]]
            named[key] = min(named.get(key, (10_000, name)), (int(match[2] or 0), name))
    return {
        provider: [NamedKey(name, key) for key, (_, name) in sorted(keys.items(), key=lambda item: item[1])]
        for provider, keys in found.items()
    }
